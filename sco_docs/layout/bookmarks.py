"""The outline that the file itself carries, held against the headings on its pages."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from sco_docs.layout.words import numbering
from sco_docs.model import Block, Bookmark, Place, Problem

_LONGEST = 150
_TOP = 2


def _key(text: str) -> str:
    return re.sub(r"[\s　]+", "", text).casefold()


def bookmarked(
    blocks: Sequence[Block], bookmarks: Sequence[Bookmark]
) -> tuple[dict[int, Block], tuple[Problem, ...]]:
    """Return, by index, the blocks that a bookmark names, as headings, and where bookmarks and headings do not agree.

    A heading without numbering of its own takes the level of its bookmark. Bookmarks may point to the page before
    or after their heading; one that names nothing printed there is reported, and so is a chapter or section
    heading that has none while others do.
    """
    marks = [mark for mark in bookmarks if mark.page is not None and mark.title.strip()]
    if not marks:
        return {}, ()
    spots = _spots(blocks, {_key(mark.title) for mark in marks})
    changed: dict[int, Block] = {}
    problems: list[Problem] = []
    for mark in marks:
        near = (spots.get(((mark.page or 0) + step, _key(mark.title))) for step in (0, 1, -1))
        at = next((i for i in near if i is not None), None)
        if at is None:
            problems.append(Problem(
                "bookmark-without-heading", "info", f"A bookmark of the file says “{mark.title}”; no such heading is "
                "printed there.", Place(mark.page or 0), mark.title, "Look at the page; the printed text was kept."))
            continue
        block = changed.get(at, blocks[at])
        level = block.level if numbering(mark.title) and block.kind == "heading" else mark.level
        changed[at] = replace(block, kind="heading", level=level)
    return changed, (*problems, *_unmarked(blocks, changed))


def _spots(blocks: Sequence[Block], titles: Collection[str]) -> dict[tuple[int, str], int]:
    """Return where, by page and title, the blocks stand that a bookmark may mean; whole titles come first."""
    whole: dict[tuple[int, str], int] = {}
    named: dict[tuple[int, str], int] = {}
    for i, block in enumerate(blocks):
        text = block.text.text
        if block.kind in ("paragraph", "heading", "quote") and len(text) <= _LONGEST and _key(text) in titles:
            whole.setdefault((block.page, _key(text)), i)
        own = numbering(text) if block.kind == "heading" else None
        if own and (rest := _key(text[own.end:]).lstrip("、.．:：")) in titles:
            named.setdefault((block.page, rest), i)
    return named | whole


def _unmarked(blocks: Sequence[Block], named: Collection[int]) -> tuple[Problem, ...]:
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
