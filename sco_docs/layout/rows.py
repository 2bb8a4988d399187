"""Lines whose parts stand in columns: contents entries with leaders, signatures side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from sco_docs.layout.frames import Placed
from sco_docs.layout.join import is_wide
from sco_docs.layout.numbers import page_number
from sco_docs.layout.pieces import Cell, Entry, Parts, Piece, span_offsets
from sco_docs.layout.words import numbering

_LEADER = re.compile(r"(?:(?:\s*[.．…‥·・․﹒｡∙•]\s*){4,}|(?:\s*…\s*){2,}|_{4,}|[-–—─]{6,})")
_INNER = re.compile(r"(?<=[\u3001-\u9fff\uff00-\uffef])[ \u3000]+(?=[\u3001-\u9fff\uff00-\uffef])")
_GAP = 0.35  # ems from which on room at a blank is taken for a gap
_LABEL = r"[-–—(（]?\s*(?P<label>[A-Z]?-?\d{1,4}|[ivxlcdmIVXLCDM]{1,9})\s*[-–—)）]?\s*"


def contents_entry(text: str) -> Entry | None:
    """Return the parts of a line with a leader (``第一章 緒論………1``), or ``None``."""
    leaders = list(_LEADER.finditer(text))
    if not leaders:
        return None
    leader = leaders[-1]
    rest = re.compile(_LABEL + r"$").match(text, leader.end())
    if rest and text[: leader.start()].strip():
        return Entry(leader.start(), rest.start("label"), rest.end("label"))
    if not text[leader.end():].strip() and text[: leader.start()].strip() and len(leader[0].strip()) >= 8:
        return Entry(leader.start(), len(text), len(text))
    return None


def cells_of(one: Piece, least: float = 2.0) -> tuple[Cell, ...]:
    """Return the parts of a line that gaps of ``least`` ems or more separate; the number of an item is no part."""
    gap = least * max(one.size, 1.0)
    found: list[Cell] = []
    for start, end, left, right in _parts(one):
        close = found and left - found[-1].right < gap
        if close or (len(found) == 1 and _only_number(one.text[found[0].start: found[0].end])):
            found[-1] = Cell(found[-1].start, end, found[-1].left, right)
        else:
            found.append(Cell(start, end, left, right))
    return tuple(found)


def _parts(one: Piece) -> Iterator[tuple[int, int, float, float]]:
    """Yield the spans of a line as ``(start, end, left, right)``, cut at blanks between Chinese characters where the
    characters, as wide as they are high, leave room for a gap."""
    for start, end, span in span_offsets(one.line):
        text = one.text[start:end]
        blanks = list(_INNER.finditer(text)) if span.size and len(text.split(maxsplit=1)) > 1 else []
        if not blanks:
            yield start, end, span.x0, span.x1
            continue
        rest = sum(1.0 if is_wide(c) else 0.5 for c in _INNER.sub("", text)) * span.size
        gap = (span.x1 - span.x0 - rest) / len(blanks)
        left, at = span.x0, 0
        for blank in blanks if gap > _GAP * span.size else ():
            right = left + sum(1.0 if is_wide(c) else 0.5 for c in text[at: blank.start()]) * span.size
            yield start + at, start + blank.start(), left, right
            left, at = right + gap, blank.end()
        yield start + at, end, left, span.x1


def _only_number(text: str) -> bool:
    named = numbering(text + " ")
    return bool(named) and named is not None and named.end >= len(text.strip())


def _aligned(a: Sequence[Cell], b: Sequence[Cell], size: float) -> bool:
    """Say whether the second column of one line stands where a column of the other does (left edge or middle)."""
    near = 2.0 * size
    return any(
        abs(x.left - y.left) < near or abs((x.left + x.right) - (y.left + y.right)) < 2 * near
        for x in a[1:]
        for y in b
    )


def with_parts(lines: Sequence[Placed]) -> tuple[Placed, ...]:
    """Return the lines of a page, those whose parts stand in columns or make a contents entry with these parts."""
    rows = find_rows(lines)
    paged = paged_rows(lines, rows)
    found = list(lines)
    for i, line in enumerate(lines):
        parts: Parts | None = contents_entry(line.piece.text) or rows.get(i)
        if i in paged and not isinstance(parts, Entry):
            title, label = rows[i]
            parts = Entry(title.end, label.start, label.end)
        if parts:
            found[i] = replace(line, parts=parts)
    return tuple(found)


def find_rows(lines: Sequence[Placed]) -> dict[int, tuple[Cell, ...]]:
    """Return, by index, the lines of a page whose parts stand in columns.

    A gap of four ems is a column; one of two ems is when a line next to it has a part at the same place.
    """
    parts = {i: cells for i, line in enumerate(lines) if not line.piece.line.vertical
             and len(cells := cells_of(line.piece)) >= 2}
    found: dict[int, tuple[Cell, ...]] = {}
    for i, cells in parts.items():
        size = max(lines[i].piece.size, 1.0)
        wide = cells_of(lines[i].piece, 4.0)
        near = [parts[j] for j in (i - 2, i - 1, i + 1, i + 2) if j in parts]
        if any(_aligned(cells, other, size) for other in near) and not _is_stretched(lines[i], cells):
            found[i] = cells
        elif len(wide) >= 2 and not _is_stretched(lines[i], cells):
            found[i] = wide
    return found


def _is_stretched(line: Placed, cells: Sequence[Cell]) -> bool:
    """Say whether the gaps of a line only stretch it to the right edge."""
    size = max(line.piece.size, 1.0)
    widest = max(b.left - a.right for a, b in pairwise(cells))
    return line.room < 0.25 * size and (len(cells) > 3 or (line.justified and widest < 8 * size))


def paged_rows(lines: Sequence[Placed], rows: dict[int, tuple[Cell, ...]]) -> set[int]:
    """Return the rows that are contents entries without leaders: two parts, the second a page number at the edge."""
    ends = {
        i for i, cells in rows.items()
        if len(cells) == 2
        and page_number(lines[i].piece.text[cells[1].start: cells[1].end])
        and not page_number(lines[i].piece.text[cells[0].start: cells[0].end])
    }
    entries = ends | {i for i, line in enumerate(lines) if contents_entry(line.piece.text)}
    return {
        i
        for i in ends
        if sum(j in entries and abs(lines[j].piece.right - lines[i].piece.right) < 6 for j in range(i - 4, i + 5)) >= 3
    }
