"""The headings of a thesis, from numbering, style, the printed contents and the file's own outline together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sco_docs.chinese.texts import join_texts, place_at
from sco_docs.model import Block, Bookmark, Heading, Layout, Place, Problem
from sco_docs.structure.levels import Ranked, levels
from sco_docs.structure.names import Named, divides_references, named, squeeze
from sco_docs.structure.numbering import Label, key, label_of
from sco_docs.structure.toc import Contents, check_contents, match_titles, read_contents

Role = Literal["front", "abstract", "contents", "chapter", "section", "references", "appendix", "back"]
Problems = tuple[Problem, ...]
_SENTENCE_ENDS = "。；;！!"
_LONGEST = 60
_NEVER = ("toc", "table", "figure", "caption", "source_note")


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A heading and where it stands: blocks ``index`` to ``last`` (both included) of ``layout.blocks``."""

    index: int
    heading: Heading
    role: Role
    last: int = -1


@dataclass(frozen=True, slots=True)
class _Look:
    """How a heading is set: size in points (half points), bold, centred."""

    size: float
    bold: bool
    centred: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What may be a heading: its blocks, title, number, name, look, and who vouches for it."""

    index: int
    last: int
    title: str
    label: Label | None
    name: Named | None
    look: _Look
    listed: bool = False
    marked: bool = False

    @property
    def vouched(self) -> bool:
        return self.listed or self.marked


@dataclass(frozen=True, slots=True)
class _Body:
    """How running text is set; ``styled`` is false where the source tells nothing of style (plain text)."""

    size: float
    bold: bool
    styled: bool


def find_outline(layout: Layout, bookmarks: Sequence[Bookmark] = ()) -> tuple[tuple[OutlineItem, ...], Problems]:
    """Return the headings of the document in order, with their levels, and what does not agree with the contents.

    ``bookmarks``: the outline that the file carries, which like the printed contents vouches for headings.
    """
    blocks = layout.blocks
    contents = read_contents(blocks)
    body = _body(blocks, contents)
    titles = [entry.title.text for entry in contents.entries], [bookmark.title for bookmark in bookmarks]
    candidates = _vouch(_candidates(blocks, contents, _Context(body, _keys(titles))), *titles)
    chosen = _choose(candidates, blocks, body)
    ranked = levels([Ranked(c.label, c.name, c.look.size, c.title) for c in chosen])
    items = tuple(
        OutlineItem(
            c.index,
            _heading(layout, c, level),
            role,
            c.last,
        )
        for c, (level, role) in zip(chosen, ranked, strict=True)
    )
    return items, check_contents(contents, [item.heading for item in items])


def _heading(layout: Layout, candidate: _Candidate, level: int) -> Heading:
    blocks = layout.blocks[candidate.index : candidate.last + 1]
    label = _page_label(layout, blocks[0].page)
    return Heading(candidate.title, level, label, _place(blocks[0]), join_texts([b.text for b in blocks], " "))


def _page_label(layout: Layout, page: int) -> str | None:
    return layout.labels[page - 1] if 0 < page <= len(layout.labels) else None


def _place(block: Block) -> Place:
    return place_at(block.text, 0) or Place(block.page)


def _look(block: Block) -> _Look:
    return _Look(round(block.size * 2) / 2, block.bold, block.align == "center")


def _body(blocks: Sequence[Block], contents: Contents) -> _Body:
    sizes: Counter[float] = Counter()
    bold = 0
    for index, block in enumerate(blocks):
        if block.kind in ("paragraph", "quote") and index not in contents.blocks:
            sizes[round(block.size * 2) / 2] += len(block.text.text)
            bold += len(block.text.text) * (1 if block.bold else -1)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    looks = {(_look(block).size, block.bold) for block in blocks}
    return _Body(size, bold > 0, len(looks) > 1)


def _stands_out(look: _Look, body: _Body) -> bool:
    return look.size > body.size * 1.04 or (look.bold and not body.bold)


# ---------------------------------------------------------------- what may be a heading


@dataclass(frozen=True, slots=True)
class _Context:
    """What a heading is seen against: running text, and the titles (keys) that contents and bookmarks give."""

    body: _Body
    titles: frozenset[str]


def _keys(titles: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(key(title) for group in titles for title in group)


def _candidates(blocks: Sequence[Block], contents: Contents, context: _Context) -> list[_Candidate]:
    found: list[_Candidate] = []
    for index, block in enumerate(blocks):
        if index in contents.blocks or block.kind in _NEVER or (found and index <= found[-1].last):
            continue
        candidate = _candidate(index, blocks, context)
        if candidate:
            found.append(candidate)
    return found


def _candidate(index: int, blocks: Sequence[Block], context: _Context) -> _Candidate | None:
    block = blocks[index]
    title = _title(block)
    if not title or len(squeeze(title)) > _LONGEST * (1 if _is_wide(title) else 3):
        return None
    label, name = label_of(title), named(title)
    last = index
    while last + 1 < len(blocks) and _continues(blocks[last], blocks[last + 1], title, context):
        last += 1
        title = f"{title} {_title(blocks[last])}"
    if label is None and name is None and last == index and not _apart(block, title, context):
        return None
    return _Candidate(index, last, title, label, name, _look(block))


def _apart(block: Block, title: str, context: _Context) -> bool:
    return block.kind == "heading" or _stands_out(_look(block), context.body) or key(title) in context.titles


def _title(block: Block) -> str:
    return " ".join(block.text.text.split())


def _is_wide(text: str) -> bool:
    return sum("\u2e80" <= c <= "\uffef" for c in text) * 2 > len(squeeze(text))


def _continues(block: Block, following: Block, title: str, context: _Context) -> bool:
    """Whether a heading that stands in ``block`` goes on in ``following``: 第一章 above 緒論, a title of two lines."""
    text = _title(following)
    if following.kind in _NEVER or not text or label_of(text) or named(text):
        return False
    begun, joined = key(title), key(title + text)
    if begun not in context.titles and any(t == joined or t.startswith(joined) for t in context.titles):
        return bool(begun)
    label = label_of(title)
    if label is None or named(title) or begun in context.titles or text[-1] in _SENTENCE_ENDS:
        return False
    if label.strong and not squeeze(title[label.end :]):
        return len(squeeze(text)) <= _LONGEST
    same = _look(block) == _look(following) and _stands_out(_look(block), context.body) and block.page == following.page
    near = 0 <= following.top - block.bottom <= 1.2 * (block.size or 12)
    return same and near and block.align == "center" and len(squeeze(title + text)) <= _LONGEST


# ---------------------------------------------------------------- who vouches for it


def _vouch(candidates: list[_Candidate], contents: list[str], bookmarks: list[str]) -> list[_Candidate]:
    titles = [c.title for c in candidates]
    in_contents = set(match_titles(contents, titles).values())
    in_file = set(match_titles(bookmarks, titles).values())
    return [replace(c, listed=i in in_contents, marked=i in in_file) for i, c in enumerate(candidates)]


def _choose(candidates: list[_Candidate], blocks: Sequence[Block], body: _Body) -> list[_Candidate]:
    looks: dict[str, set[_Look]] = {}
    for candidate in candidates:
        if candidate.vouched and candidate.label:
            looks.setdefault(candidate.label.style, set()).add(candidate.look)
    chosen: list[_Candidate] = []
    part: str | None = None
    for position, candidate in enumerate(candidates):
        following = candidates[position + 1] if position + 1 < len(candidates) else None
        if _accept(candidate, following, part, looks, blocks, body):
            chosen.append(candidate)
            part = _part(candidate, part)
    return chosen


def _part(candidate: _Candidate, part: str | None) -> str | None:
    if candidate.name:
        return candidate.name.role
    if candidate.label and candidate.label.style in ("chapter", "part"):
        return "chapter"
    if candidate.label and candidate.label.style == "appendix":
        return "appendix"
    return part


def _accept(
    candidate: _Candidate,
    following: _Candidate | None,
    part: str | None,
    looks: dict[str, set[_Look]],
    blocks: Sequence[Block],
    body: _Body,
) -> bool:
    label, title = candidate.label, candidate.title.rstrip()
    if candidate.vouched:
        return True
    if candidate.name:
        return not body.styled or _stands_out(candidate.look, body) or candidate.look.centred
    if label is None:
        return part == "references" and divides_references(title) and _stands_out(candidate.look, body)
    if title[-1] in _SENTENCE_ENDS or (part == "appendix" and label.style != "appendix"):
        return False
    if part in ("front", "abstract", "contents", "list") and label.style not in ("chapter", "part", "appendix"):
        return False
    if label.style in looks and candidate.look in looks[label.style] and _stands_out(candidate.look, body):
        return True
    if label.strong:
        return not body.styled or _stands_out(candidate.look, body) or candidate.look.centred
    if part == "references":
        return divides_references(title)
    if body.styled:
        return _stands_out(candidate.look, body) and len(squeeze(title)) <= _LONGEST
    return _plain_heading(candidate, following, blocks)


def _plain_heading(candidate: _Candidate, following: _Candidate | None, blocks: Sequence[Block]) -> bool:
    """Whether a numbered line of a source without styles is a heading and not the item of a list: it is short, ends
    in no punctuation, and running text follows, not the next of its series."""
    title, label = candidate.title.rstrip(), candidate.label
    if label is None or len(squeeze(title)) > 30 or not title[-1].isalnum() or candidate.last + 1 >= len(blocks):
        return False
    return not (
        following is not None
        and following.label is not None
        and following.label.style == label.style
        and following.index == candidate.last + 1
    )
