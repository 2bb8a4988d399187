"""The outline that the file itself carries, held against the headings on its pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sco_docs.layout.words import numbering
from sco_docs.model import Block, Bookmark, Place, Problem

_LONGEST = 150
_TOP = 2


def _key(text: str) -> str:
    return re.sub(r"[\s　]+", "", text).casefold()


def with_bookmarks(
    blocks: Sequence[Block], bookmarks: Sequence[Bookmark]
) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """Return the blocks with those marked as headings that a bookmark names, and where the two do not agree.

    A heading without numbering of its own takes the level of its bookmark. Bookmarks may point to the page before
    or after their heading; one that names nothing printed there is reported, and so is a chapter or section
    heading that has none while others do.
    """
    spots: dict[tuple[int, str], int] = {}
    for i, block in enumerate(blocks):
        if block.kind in ("paragraph", "heading", "quote") and len(block.text.text) <= _LONGEST:
            spots.setdefault((block.page, _key(block.text.text)), i)
    for i, block in enumerate(blocks):
        own = numbering(block.text.text) if block.kind == "heading" else None
        if own:
            spots.setdefault((block.page, _key(block.text.text[own.end:]).lstrip("、.．:：")), i)
    result = list(blocks)
    problems: list[Problem] = []
    named: set[int] = set()
    for mark in bookmarks:
        if mark.page is None or not mark.title.strip():
            continue
        near = (spots.get((mark.page + step, _key(mark.title))) for step in (0, 1, -1))
        at = next((i for i in near if i is not None), None)
        if at is None:
            problems.append(Problem(
                "bookmark-without-heading", "info", f"A bookmark of the file says “{mark.title}”; no such heading is "
                "printed there.", Place(mark.page), mark.title, "Look at the page; the printed text was kept."))
            continue
        named.add(at)
        level = result[at].level if numbering(mark.title) and result[at].kind == "heading" else mark.level
        result[at] = replace(result[at], kind="heading", level=level)
    return tuple(result), tuple(problems) + _unmarked(result, named)


def _unmarked(blocks: Sequence[Block], named: set[int]) -> tuple[Problem, ...]:
    if len(named) < 3:
        return ()
    found = []
    for i, block in enumerate(blocks):
        own = numbering(block.text.text) if block.kind == "heading" and i not in named else None
        if own and own.kind == "heading" and own.level <= _TOP:
            found.append(Problem(
                "heading-without-bookmark", "info", "The bookmarks of the file leave this heading out.",
                Place(block.page), block.text.text, "Nothing to do: the printed headings are followed."))
    return tuple(found)
