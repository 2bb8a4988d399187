"""The printed lines of a reference list, and where each stands: indent, space above, room on the line before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sco_docs.chinese.texts import slice_text
from sco_docs.model import Block, Line, Source, Text

# The part at the start of a line that no line end divides; some programs do not divide after its closing mark either.
_FIRST_WORD = re.compile(r"([“‘「『《〈【〔（(\[［]*(?:[!-~]+|.)[，。、；：！？」』》〉】）”’]*)[!-~]*")
# What a program that divides addresses may leave for the next line.
_ADDRESS_CUT = re.compile(r"(?<=://)\S+|(?<=www\.)\S+")
_PRINTED = "application/pdf"


@dataclass(frozen=True, slots=True)
class Piece:
    """A printed line (or part of one) of the list: ``opens`` where the layout begins a paragraph.

    ``whole``: the list comes from a source whose lines are whole paragraphs. ``indent`` (``shallow``, ``deep``),
    ``gap`` above (``wide``, ``usual``) and ``room`` left for it on the line before (``short``: enough, ``full``:
    none, ``unsure``) are ``None`` where the source does not tell.
    """

    text: Text
    opens: bool
    whole: bool = False
    indent: str | None = None
    gap: str | None = None
    room: str | None = None


@dataclass(frozen=True, slots=True)
class _Spot:
    """A line in the direction of its writing, in points; ``frame`` is where its column begins."""

    page: int
    left: float
    right: float
    top: float
    size: float
    frame: float


def list_lines(blocks: Sequence[Block], source: Source | None = None) -> list[Piece]:
    """Return the printed lines of the blocks in order, with what the pages of ``source`` tell of their places."""
    if source and source.kind != _PRINTED:
        return [replace(piece, whole=True) for block in blocks for piece in _cut(block)]
    pages = source.pages if source else ()
    pieces: list[Piece] = []
    lines: list[Line | None] = []
    frames: list[tuple[int, float]] = []
    printed = {(page.number, line.number): line for page in pages for line in page.lines if not line.vertical}
    for block in blocks:
        cut = _cut(block)
        pieces += cut
        found = [printed.get(_place(piece)) for piece in cut]
        lines += found
        if found and (first := found[0]) is not None:
            frames.append((first.page, first.x0 - block.first_indent))
    spots = _level([_spot(line, frames) if line else None for line in lines])
    known = [spot for spot in spots if spot]
    return _measured(pieces, spots, known) if len(known) > 2 else pieces


def _cut(block: Block) -> list[Piece]:
    starts = [line.offset for line in block.text.lines if 0 < line.offset < len(block.text.text)]
    bounds = [0, *starts, len(block.text.text)]
    lines = [slice_text(block.text, a, b) for a, b in pairwise(bounds)]
    return [Piece(line, i == 0) for i, line in enumerate(lines) if line.text.strip()]


def _place(piece: Piece) -> tuple[int, int]:
    place = piece.text.lines[0].place if piece.text.lines else None
    return (place.page, place.line) if place else (0, 0)


def _width(text: str) -> float:
    """Return about how wide a text is, in ems."""
    return sum(1.0 if "\u2e80" <= c <= "\uffef" else 0.3 if c in " .,:;'!|ijlt/()[]-" else 0.5 for c in text)


def _size(line: Line) -> float:
    sizes = Counter(span.size for span in line.spans if span.size for _ in span.text)
    return sizes.most_common(1)[0][0] if sizes else max(line.bottom - line.top, 1.0)


def _spot(line: Line, frames: Sequence[tuple[int, float]]) -> _Spot:
    size = _size(line)
    edges = [edge for page, edge in frames if page == line.page and edge <= line.x0 + 0.5 * size]
    return _Spot(line.page, line.x0, line.x1, line.top, size, max(edges, default=line.x0))


def _level(spots: Sequence[_Spot | None]) -> list[_Spot | None]:
    """Return the lines with frames moved on pages that stand further in or out than the page with most lines (margins
    of left and right pages): both edges, or the shallow and the deep lines alike."""
    columns: dict[tuple[int, float], list[_Spot]] = {}
    for spot in spots:
        if spot:
            columns.setdefault((spot.page, spot.frame), []).append(spot)
    if not columns:
        return list(spots)
    usual = _edges(max(columns.values(), key=len))
    moves = {}
    for key, lines in columns.items():
        here, slack = _edges(lines), lines[0].size
        left, deep, right = (a - b for a, b in zip(here, usual, strict=True))
        same_step = abs(left - deep) < 0.5 * slack and here[1] - here[0] > 0.7 * slack
        moved = abs(left) > 0.3 * slack and (same_step or abs(left - right) < slack)
        moves[key] = left if moved else 0.0
    return [spot and replace(spot, frame=spot.frame + moves[spot.page, spot.frame]) for spot in spots]


def _edges(lines: Sequence[_Spot]) -> tuple[float, float, float]:
    """Return how far from their frame lines begin at least and at most, and end at most, in points."""
    begins = [line.left - line.frame for line in lines]
    return min(begins), max(begins), max(line.right - line.frame for line in lines)


def _measured(pieces: Sequence[Piece], spots: Sequence[_Spot | None], known: Sequence[_Spot]) -> list[Piece]:
    width = _column(known)
    shallow = _shallow(known)
    wide = _wide(spots)
    found = []
    for i, (piece, spot) in enumerate(zip(pieces, spots, strict=True)):
        before = spots[i - 1] if i else None
        if spot is None:
            found.append(piece)
            continue
        found.append(replace(
            piece,
            indent=None if shallow is None else "shallow" if spot.left - spot.frame <= shallow else "deep",
            gap=_gap(before, spot, wide),
            room=_room(before, spot, piece.text.text, width) if before else None,
        ))  # fmt: skip
    return found


def _column(known: Sequence[_Spot]) -> float:
    """Return how wide the column is: the widest line that another one agrees with."""
    widths = sorted((spot.right - spot.frame for spot in known), reverse=True)
    agreed = (a for a, b in pairwise(widths) if a - b < 0.6 * known[0].size)
    return next(agreed, widths[0])


def _shallow(known: Sequence[_Spot]) -> float | None:
    """Return the indent (points) up to which a line is shallow, or ``None`` where all lines begin alike."""
    indents = sorted(spot.left - spot.frame for spot in known)
    edge = indents[len(indents) // 20] + 0.7 * known[0].size
    deep = sum(indent > edge for indent in indents)
    return edge if deep * 20 >= len(indents) and deep > 1 else None


def _wide(spots: Sequence[_Spot | None]) -> float:
    """Return the step from line to line (points) from which on there is space between: where steps part in two kinds
    most clearly, or well beyond the smaller ones."""
    steps = sorted(step for a, b in pairwise(spots) if a and b and (step := _step(a, b)) is not None)
    if not steps:
        return 0.0
    few = len(steps) // 20 + 1
    parted = [(b - a, (a + b) / 2) for a, b in pairwise(steps[few - 1 : len(steps) - few + 1])]
    jump, middle = max(parted, default=(0.0, 0.0))
    pitch = steps[len(steps) // 10]
    return middle if jump > 0.1 * pitch else 1.2 * pitch + 1


def _step(before: _Spot, here: _Spot) -> float | None:
    step = here.top - before.top
    near = before.page == here.page and 0.5 * here.size < step < 8 * here.size
    return step if near and before.frame - here.size < here.frame < before.frame + here.size else None


def _gap(before: _Spot | None, here: _Spot, wide: float) -> str | None:
    step = _step(before, here) if before else None
    return None if step is None else "wide" if step > wide else "usual"


def _room(before: _Spot, here: _Spot, text: str, width: float) -> str:
    first = _FIRST_WORD.match(text.strip())
    least, whole = first.group(1, 0) if first else ("", "")
    need, most = _width(_ADDRESS_CUT.sub("", least)) * here.size, _width(whole) * here.size
    room = before.frame + width - before.right
    if room > 1.15 * most + 0.7 * here.size:
        return "short"
    return "full" if room < need + 0.2 * here.size else "unsure"
