"""What may be a heading: blocks with a heading's number, name or look, each with how it is set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sco_docs.model import Block
from sco_docs.structure.names import Named, named, squeeze
from sco_docs.structure.numbering import Label, key, label_of
from sco_docs.structure.toc import Contents

SENTENCE_ENDS = "。；;！!"
LONGEST = 60
_NEVER = ("toc", "table", "figure", "caption", "source_note")


@dataclass(frozen=True, slots=True)
class Look:
    """How a heading is set: size in points (to the half point), bold, centred."""

    size: float
    bold: bool
    centred: bool


@dataclass(frozen=True, slots=True)
class Body:
    """How running text is set; ``styled`` is false where the source tells nothing of style (plain text)."""

    size: float
    bold: bool
    styled: bool


@dataclass(frozen=True, slots=True)
class Context:
    """What a heading is seen against: running text, and the titles (keys) that contents and bookmarks give."""

    body: Body
    titles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a heading: its blocks, title, number, name, look, and who vouches for it."""

    index: int
    last: int
    title: str
    label: Label | None
    name: Named | None
    look: Look
    vouched: bool = False


def look_of(block: Block) -> Look:
    """Return how a block is set."""
    return Look(round(block.size * 2) / 2, block.bold, block.align == "center")


def body_of(blocks: Sequence[Block], contents: Contents) -> Body:
    """Return how most of the running text is set."""
    sizes: Counter[float] = Counter()
    bold = 0
    for index, block in enumerate(blocks):
        if block.kind in ("paragraph", "quote") and index not in contents.blocks:
            sizes[look_of(block).size] += len(block.text.text)
            bold += len(block.text.text) * (1 if block.bold else -1)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    return Body(size, bold > 0, len({(look_of(block).size, block.bold) for block in blocks}) > 1)


def stands_out(look: Look, body: Body) -> bool:
    """Return whether something is set larger or bolder than running text."""
    return look.size > body.size * 1.04 or (look.bold and not body.bold)


def candidates(blocks: Sequence[Block], contents: Contents, context: Context) -> list[Candidate]:
    """Return every block, or run of blocks, outside the contents pages that may be a heading."""
    found: list[Candidate] = []
    for index, block in enumerate(blocks):
        caption = block.kind == "caption" and named(block.text.text)
        if index in contents.blocks or (block.kind in _NEVER and not caption) or (found and index <= found[-1].last):
            continue
        candidate = _candidate(index, blocks, context)
        if candidate:
            found.append(candidate)
    return found


def _candidate(index: int, blocks: Sequence[Block], context: Context) -> Candidate | None:
    block = blocks[index]
    title = _title(block)
    if not title or len(squeeze(title)) > LONGEST * (1 if _is_wide(title) else 3):
        return None
    label, name = label_of(title), named(title)
    last = index
    while last + 1 < len(blocks) and _continues(blocks[last], blocks[last + 1], title, context):
        last += 1
        alone = label is not None and not title[label.end :].strip()
        glue = "" if not alone and _is_wide(title[-1]) and _is_wide(_title(blocks[last])[0]) else " "
        title = title + glue + _title(blocks[last])
    if label is None and name is None and last == index and not _apart(block, title, context):
        return None
    if label and label.style == "appendix":
        title = re.sub(r"(?<=[)）])\s*《[^》]*》$", "", title)
    return Candidate(index, last, title, label, name, look_of(block))


def _apart(block: Block, title: str, context: Context) -> bool:
    return block.kind == "heading" or stands_out(look_of(block), context.body) or key(title) in context.titles


def _title(block: Block) -> str:
    return " ".join(block.text.text.split())


def _is_wide(text: str) -> bool:
    return sum("\u2e80" <= c <= "\uffef" for c in text) * 2 > len(squeeze(text))


def _continues(block: Block, following: Block, title: str, context: Context) -> bool:
    """Whether a heading that stands in ``block`` goes on in ``following``: 第一章 above 緒論, a title of two lines."""
    text = _title(following)
    begun, joined = key(title), key(title + text)
    label, name = label_of(title), named(text)
    alone = label is not None and label.strong and not squeeze(title[label.end :])
    if following.kind in _NEVER or not text or label_of(text) or key(text) in begun:
        return False
    if name and not (alone and name.role == "chapter"):
        return False
    if begun not in context.titles and any(t == joined or t.startswith(joined) for t in context.titles):
        return bool(begun)
    if label is None or named(title) or begun in context.titles or text[-1] in SENTENCE_ENDS or text[0] in "《〈「":
        return False
    if alone:
        return len(squeeze(text)) <= LONGEST
    same = look_of(block) == look_of(following) and stands_out(look_of(block), context.body)
    near = block.page == following.page and 0 <= following.top - block.bottom <= 1.2 * (block.size or 12)
    return same and near and block.align == "center" and len(squeeze(title + text)) <= LONGEST
