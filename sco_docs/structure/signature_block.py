"""Where the signature block of a document stands: lines at its end that are no sentences, with a capacity or a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sco_docs.chinese.texts import slice_text, strip_text
from sco_docs.model import Block, Signatory, Text
from sco_docs.structure.markers import read_markers
from sco_docs.structure.provisions import is_date_line
from sco_docs.structure.signatures import (
    cells_of,
    looks_like_name,
    looks_like_party,
    looks_signed,
    may_be_signed,
    read_signatories,
)
from sco_docs.structure.words import words

_NEVER_SIGNED = ("中點", "頓號", "中括號")
_UPPER = ("container", "annex", "article")
_LONGEST_TAIL = 4


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature block: its printed lines, who signs, the line with the date, and where it stood in the blocks."""

    lines: tuple[Text, ...]
    signatories: tuple[Signatory, ...]
    date_line: Text | None
    start: int
    end: int


def find_signed(blocks: Sequence[Block]) -> Signed:
    """Return the signature block at the end of ``blocks`` (an empty one at the very end where there is none).

    A few paragraphs may follow it: a note of the press, a source.
    """
    size = len(blocks)
    for end in range(size, max(size - _LONGEST_TAIL, 0), -1):
        found = _ending_at(blocks, end)
        if found is not None and (end == size or _is_sure(found)):
            return found
    return Signed((), (), None, size, size)


def cut_parties(blocks: Sequence[Block]) -> list[Block]:
    """Cut the parties off the end of a sentence where the line below gives as many offices without a party."""
    out: list[Block] = []
    for index, block in enumerate(blocks):
        below = blocks[index + 1] if index + 1 < len(blocks) else None
        at = max(block.text.text.rfind(stop) for stop in "。；") + 1
        offices = _cells(below, 1) if below is not None and at and at < len(block.text.text) else ()
        parties = cells_of(strip_text(slice_text(block.text, at))) if len(offices) > 1 else ()
        if len(parties) == len(offices) > 1 and all(map(_is_party, parties)) and all(map(_is_office, offices)):
            out += [replace(block, text=slice_text(block.text, 0, at)),
                    replace(block, text=strip_text(slice_text(block.text, at)))]
        else:
            out.append(block)
    return out


def _is_party(part: Text) -> bool:
    return looks_like_party(part.text)


def _is_office(part: Text) -> bool:
    return all(who.party is None and who.capacity for who in read_signatories([[part]]))


def _is_sure(found: Signed) -> bool:
    return bool(found.signatories) and (len(found.signatories) > 1 or found.date_line is not None)


def _ending_at(blocks: Sequence[Block], end: int) -> Signed | None:
    start = end
    while start > 0 and _fits(blocks[start - 1]):
        start -= 1
    lines = [(index, line) for index in range(start, end) for line in _lines(blocks[index])]
    first = next((k for k, (_, line) in enumerate(lines) if _opens(line)), None)
    signed = any(looks_signed(part.text) for _, line in lines for part in _cells(line, 1))
    if first is None or not (signed or _parties_below_closing(blocks[:start], [line for _, line in lines])):
        return _date_alone(blocks, end)
    while first > 0 and looks_like_name(lines[first - 1][1].text.text):
        first -= 1
    return _signed([line for _, line in lines[first:]], lines[first][0], end)


def _parties_below_closing(above: Sequence[Block], lines: Sequence[Block]) -> bool:
    """Whether two parties or more, with nothing but names and a date, stand below the closing of an agreement."""
    parties = sum(looks_like_party(part.text) for line in lines for part in _cells(line, 1))
    return parties > 1 and bool(above) and bool(words("closing").match(above[-1].text.text.strip()))


def _signed(lines: list[Block], start: int, end: int) -> Signed:
    date_line, rows, columns = None, [], 1
    for line in lines:
        if is_date_line(line.text.text):
            date_line = line.text
            continue
        if words("end").fullmatch(line.text.text.strip()):
            continue
        row = _cells(line, columns)
        columns = len(row)
        rows.append(row)
    texts = tuple(line.text for line in lines if line.text is not date_line)
    return Signed(texts, read_signatories(rows), date_line, start, end)


def _date_alone(blocks: Sequence[Block], end: int) -> Signed | None:
    if end and is_date_line(blocks[end - 1].text.text) and end > 1:
        return Signed((), (), blocks[end - 1].text, end - 1, end)
    return None


def _cells(line: Block, columns: int) -> tuple[Text, ...]:
    return cells_of(line.text, line.cells, columns)


def _opens(line: Block) -> bool:
    if is_date_line(line.text.text):
        return False
    parts = _cells(line, 1)
    return any(looks_signed(part.text) for part in parts) or all(looks_like_party(part.text) for part in parts)


def _fits(block: Block) -> bool:
    if block.kind in ("table", "figure", "caption", "toc", "source_note"):
        return False
    markers = read_markers(block.text.text)
    if any(m.kind in _UPPER or m.series.split("/")[0] in _NEVER_SIGNED for m in markers):
        return False
    parts = block.cells if len(block.cells) > 1 else [line.text for line in _lines(block)]
    return all(may_be_signed(part.text) or is_date_line(part.text) for part in parts)


def _lines(block: Block) -> list[Block]:
    """Return the printed lines of a block as blocks of their own, where every one could be a line of signatures."""
    text = block.text
    if len(block.cells) > 1 or len(text.lines) < 2:
        return [block]
    starts = [0, *(line.offset for line in text.lines if line.offset)]
    pieces = [strip_text(slice_text(text, a, b)) for a, b in zip(starts, [*starts[1:], len(text.text)], strict=True)]
    if not any(looks_signed(piece.text) for piece in pieces):
        return [block]
    return [replace(block, text=piece, cells=()) for piece in pieces if piece.text]
