"""Captions and source notes find the table or figure that they belong to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sco_docs.layout.words import Caption, caption, is_source_note, is_table_note, is_unit
from sco_docs.model import Block
from sco_docs.sequences import Mapped

_LONGEST = 150
_REACH = 3


def _caption_of(block: Block, kind: str) -> Caption | None:
    text = block.text.text
    if block.kind not in ("paragraph", "caption", "heading", "quote") or len(text) > _LONGEST:
        return None
    found = caption(text)
    return found if found and found.kind == kind and not found.continued else None


def _above(blocks: Sequence[Block], at: int, kind: str, taken: Collection[int]) -> int | None:
    for i in range(at - 1, max(-1, at - 1 - _REACH), -1):
        if _caption_of(blocks[i], kind):
            return None if i in taken else i
        if not is_unit(blocks[i].text.text):
            return None
    return None


def _below(blocks: Sequence[Block], at: int, kind: str, taken: Collection[int]) -> int | None:
    for i in range(at + 1, min(len(blocks), at + 1 + _REACH)):
        text = blocks[i].text.text
        if _caption_of(blocks[i], kind):
            return None if i in taken else i
        if not (is_source_note(text) or is_table_note(text) or is_unit(text)):
            return None
    return None


def _matches(blocks: Sequence[Block], wanted: Sequence[int]) -> dict[int, int]:
    """Return, for tables and figures by index (``wanted``), the index of the caption.

    Tables look above first, figures below; what is left over then looks the other way.
    """
    found: dict[int, int] = {}
    taken: set[int] = set()
    for turn in (False, True):
        for i in wanted:
            if i in found:
                continue
            upward = (blocks[i].kind == "table") != turn
            look = _above if upward else _below
            at = look(blocks, i, blocks[i].kind, taken)
            if at is not None and not (turn and upward is False and _serves_next(blocks, at, wanted, found)):
                found[i] = at
                taken.add(at)
    return found


def _serves_next(blocks: Sequence[Block], at: int, wanted: Sequence[int], found: dict[int, int]) -> bool:
    """Say whether the caption at ``at`` stands right above another table or figure that has none."""
    after = next((i for i in wanted if i > at), None)
    return after is not None and after not in found and all(is_unit(b.text.text) for b in blocks[at + 1: after])


def _sources(blocks: Sequence[Block], at: int, skip: int | None) -> tuple[int, ...]:
    found = []
    for i in range(at + 1, min(len(blocks), at + 6)):
        text = blocks[i].text.text
        again = caption(text)
        if i == skip or is_unit(text) or (again and again.continued):
            continue
        if blocks[i].kind in ("table", "figure") or not (is_source_note(text) or is_table_note(text)):
            break
        found.append(i)
    return tuple(found)


def attach(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks with captions, units and source notes marked as such, and given to their tables and figures."""
    wanted = [i for i, block in enumerate(blocks) if block.kind in ("table", "figure")]
    matched = _matches(blocks, wanted)
    changed: dict[int, Block] = {}
    for i in wanted:
        block, at = blocks[i], matched.get(i)
        named = _caption_of(blocks[at], block.kind) if at is not None else None
        sources = _sources(blocks, i, at)
        if at is not None:
            changed |= {j: replace(blocks[j], kind="caption") for j in (at, *range(at + 1, i))}
        changed |= {j: replace(blocks[j], kind="source_note") for j in sources}
        note = next((blocks[j].text.text for j in sources if is_source_note(blocks[j].text.text)), None)
        id_, title = (named.id, named.title) if named else ("", "")
        if block.table:
            changed[i] = replace(block, table=replace(block.table, id=id_, caption=title, source_note=note))
        elif block.figure:
            changed[i] = replace(block, figure=replace(block.figure, id=id_, caption=title, source_note=note))
    return Mapped(lambda i, block: _lone_caption(changed.get(i, block)), blocks)


def _lone_caption(block: Block) -> Block:
    """A centred line that reads as a caption is one, though its figure was not seen or its table goes on here."""
    named = caption(block.text.text) if block.kind == "paragraph" and block.align in ("center", "right") else None
    short = len(block.text.text) <= _LONGEST and block.text.text[-1:] not in "，；"
    is_one = named and short and (named.continued or (named.title and block.align == "center"))
    return replace(block, kind="caption") if is_one else block
