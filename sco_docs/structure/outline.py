"""The headings of a thesis, from numbering, style, the printed contents and the file's own outline together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sco_docs.chinese.texts import join_texts, place_at
from sco_docs.model import Block, Bookmark, Heading, Layout, Place, Problem
from sco_docs.structure.candidates import (
    LONGEST,
    SENTENCE_ENDS,
    Body,
    Candidate,
    Context,
    Look,
    body_of,
    candidates,
    stands_out,
)
from sco_docs.structure.levels import Ranked, Role, levels
from sco_docs.structure.names import divides_references, squeeze
from sco_docs.structure.numbering import key
from sco_docs.structure.toc import check_bookmarks, check_contents, match_titles, read_contents


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A heading and where it stands: blocks ``index`` to ``last`` (both included) of ``layout.blocks``."""

    index: int
    heading: Heading
    role: Role
    last: int = -1


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the document shows of its headings: the looks of those vouched for, by style of number, the titles that
    are set apart somewhere, the styles of number that head sections quietly, how chapters without 第一章 are numbered
    and set, the blocks, and running text."""

    looks: Mapping[str, set[Look]]
    prominent: frozenset[str]
    quiet: frozenset[str]
    opening: tuple[str, Look] | None
    blocks: Sequence[Block]
    body: Body


def find_outline(
    layout: Layout, bookmarks: Sequence[Bookmark] = ()
) -> tuple[tuple[OutlineItem, ...], tuple[Problem, ...]]:
    """Return the headings of the document in order, with their levels, and what does not agree with the contents.

    ``bookmarks``: the outline that the file carries, which like the printed contents vouches for headings.
    """
    blocks = layout.blocks
    contents = read_contents(blocks)
    body = body_of(blocks, contents)
    titles = [entry.title.text for entry in contents.entries], [bookmark.title for bookmark in bookmarks]
    context = Context(body, frozenset(key(title) for group in titles for title in group))
    chosen = _choose(_vouch(candidates(blocks, contents, context), *titles), blocks, body)
    ranked = levels([Ranked(c.label, c.name, c.look) for c in chosen])
    items = tuple(
        OutlineItem(c.index, _heading(layout, c, level), role, c.last)
        for c, (level, role) in zip(chosen, ranked, strict=True)
    )
    headings = [item.heading for item in items]
    return items, check_contents(contents, headings) + check_bookmarks(bookmarks, headings)


def _heading(layout: Layout, candidate: Candidate, level: int) -> Heading:
    blocks = layout.blocks[candidate.index : candidate.last + 1]
    page = blocks[0].page
    label = layout.labels[page - 1] if 0 < page <= len(layout.labels) else None
    place = place_at(blocks[0].text, 0) or Place(page)
    return Heading(candidate.title, level, label, place, join_texts([b.text for b in blocks], " "))


def _vouch(found: list[Candidate], contents: list[str], bookmarks: list[str]) -> list[Candidate]:
    titles = [candidate.title for candidate in found]
    vouched = {*match_titles(contents, titles).values(), *match_titles(bookmarks, titles).values()}
    return [replace(candidate, vouched=i in vouched) for i, candidate in enumerate(found)]


def _choose(found: list[Candidate], blocks: Sequence[Block], body: Body) -> list[Candidate]:
    looks: dict[str, set[Look]] = {}
    for candidate in found:
        if candidate.vouched and candidate.label:
            looks.setdefault(candidate.label.style, set()).add(candidate.look)
    prominent = frozenset(key(candidate.title) for candidate in found if stands_out(candidate.look, body))
    first = next((i for i, c in enumerate(found) if c.label and c.label.style == "appendix"), len(found))
    quiet, opening = _quiet(found[:first], blocks, body), _opening(found[:first], body)
    evidence = _Evidence(looks, prominent, quiet, opening, blocks, body)
    chosen: list[Candidate] = []
    part: str | None = None
    for position, candidate in enumerate(found):
        again = part == "back" and key(candidate.title) in {key(c.title) for c in chosen}
        if not again and _accept(candidate, part, evidence, found[max(position - 1, 0) : position + 2]):
            chosen.append(candidate)
            part = "chapter" if _opens(candidate, evidence) else _part(candidate, part)
    return chosen


def _opening(found: Sequence[Candidate], body: Body) -> tuple[str, Look] | None:
    """Return the style of number and the look of the chapters of a document that calls none 第一章 (壹、前言; 1
    Introduction): those of the first number 1 set apart after which a 2 of its kind comes."""
    if any(c.label and c.label.style in ("chapter", "part") for c in found):
        return None
    heads = [(c.label.style, c.look, c.label.path) for c in found if c.label and stands_out(c.look, body)]
    for i, (style, look, path) in enumerate(heads):
        if path == (1,) and (style, look, (2,)) in heads[i + 1 :]:
            return style, look
    return None


def _opens(candidate: Candidate, evidence: _Evidence) -> bool:
    label = candidate.label
    return label is not None and (label.style, candidate.look) == evidence.opening and len(label.path) == 1


def _quiet(found: Sequence[Candidate], blocks: Sequence[Block], body: Body) -> frozenset[str]:
    """Return the styles of number that head sections though no style shows it: never set apart, more often found as
    headings stand than in lists, and, where lists too are numbered so, with a first and a second."""
    loud = {c.label.style for c in found if c.label and stands_out(c.look, body)}
    counts: Counter[str] = Counter()
    numbers: dict[str, set[int]] = {}
    for position, candidate in enumerate(found):
        label = candidate.label
        if label is None or label.style in loud or (label.strong and candidate.title.rstrip()[-1] in SENTENCE_ENDS):
            continue
        heads = _plain_heading(candidate, found[max(position - 1, 0) : position + 2], blocks)
        counts[label.style] += 1 if heads else -1
        numbers.setdefault(label.style, set()).update([label.number] if heads else [])
    strong = {c.label.style for c in found if c.label and c.label.strong}
    return frozenset(
        style for style, count in counts.items() if count > 0 and (style in strong or {1, 2} <= numbers[style])
    )


def _part(candidate: Candidate, part: str | None) -> str | None:
    """Return the part of the document that is open after a heading."""
    if candidate.name:
        return candidate.name.role
    if candidate.label and candidate.label.style in ("chapter", "part"):
        return "chapter"
    if candidate.label and candidate.label.style == "appendix":
        return "appendix"
    return part


def _accept(candidate: Candidate, part: str | None, evidence: _Evidence, near: Sequence[Candidate]) -> bool:
    """Whether a candidate is a heading of the document; ``near``: it with its neighbours, ``part``: what is open."""
    label, title, body = candidate.label, candidate.title.rstrip(), evidence.body
    apart = stands_out(candidate.look, body)
    if candidate.vouched and (label is not None or apart or key(title) not in evidence.prominent):
        return True
    if candidate.name:
        return not body.styled or apart or (candidate.look.centred and key(title) not in evidence.prominent)
    if label is None:
        return part == "references" and divides_references(title) and apart
    if title[-1] in SENTENCE_ENDS:
        return False
    if part == "appendix" and label.style != "appendix":
        return apart and label.style.startswith("decimal") and title[0].isalpha()
    if _opens(candidate, evidence) and part not in ("references", "appendix"):
        return True
    if part in ("front", "abstract", "contents", "list") and label.style not in ("chapter", "part", "appendix"):
        return False
    if label.style in evidence.looks and candidate.look in evidence.looks[label.style] and apart:
        return True
    quiet = label.style in evidence.quiet and len(evidence.blocks[candidate.index].text.lines) < 2
    if label.strong:
        return not body.styled or apart or candidate.look.centred or quiet
    if part == "references":
        return divides_references(title)
    if body.styled and not quiet:
        return apart and len(squeeze(title)) <= LONGEST
    return _plain_heading(candidate, near, evidence.blocks)


def _plain_heading(candidate: Candidate, near: Sequence[Candidate], blocks: Sequence[Block]) -> bool:
    """Whether a numbered line that no style shows is a heading and not the item of a list: it is short, ends in no
    punctuation, and running text stands between it and the others of its series."""
    title, label = candidate.title.rstrip(), candidate.label
    if label is None or len(squeeze(title)) > 30 or not title[-1].isalnum() or candidate.last + 1 >= len(blocks):
        return False
    return not any(
        other.label is not None
        and other.label.style == label.style
        and (other.index == candidate.last + 1 or other.last + 1 == candidate.index)
        for other in near
    )
