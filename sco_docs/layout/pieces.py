"""Lines seen in the direction of their writing, and the sizes that most of a document has.

A ``Piece`` is a line with the geometry of its flow: ``left`` to ``right`` runs along the line, ``top`` to
``bottom`` across the lines, whether the page is written in rows or in columns.
"""

from __future__ import annotations

import itertools
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from sco_docs.model import Line, Page, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A line in flow coordinates with its prevailing size (points), weight and font.

    ``origin``: how many characters of the printed line were taken off before ``line``.
    """

    line: Line
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool
    font: str
    origin: int = 0

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual in a document: ``size`` of the body in points, ``pitch`` from line to line, both medians.

    ``apart``: the step from line to line beyond which a new paragraph begins, where space says so.
    """

    size: float
    pitch: float
    bold: bool = False
    font: str = ""
    apart: float | None = None


def _main_style(spans: Sequence[Span], height: float) -> tuple[float, bool, str]:
    weights: Counter[float] = Counter()
    fonts: Counter[str] = Counter()
    bold = total = 0
    for span in spans:
        count = sum(not c.isspace() for c in span.text)
        if span.superscript or not count:
            continue
        weights[span.size] += count
        fonts[span.font] += count
        total += count
        bold += count * span.bold
    if not total:
        spans = [span for span in spans if span.text.strip()]
        return (spans[0].size, spans[0].bold, spans[0].font) if spans else (height, False, "")
    size, font = weights.most_common(1)[0][0], fonts.most_common(1)[0][0]
    return size or height, bold * 10 >= total * 9, font


def piece(line: Line, page: Page, origin: int = 0) -> Piece:
    """Return ``line`` of ``page`` as a piece; columns of a vertical page run from right to left."""
    size, bold, font = _main_style(line.spans, line.x1 - line.x0 if line.vertical else line.bottom - line.top)
    if line.vertical:
        left, top, right, bottom = line.top, page.width - line.x1, line.bottom, page.width - line.x0
    else:
        left, top, right, bottom = line.x0, line.top, line.x1, line.bottom
    return Piece(line, left, top, right, bottom, size, bold, font, origin)


@dataclass(frozen=True, slots=True)
class Cell:
    """Characters ``[start, end)`` of a line that stand in one column, from ``left`` to ``right``."""

    start: int
    end: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Entry:
    """A contents entry: the title is ``[0, end)`` of the line, the page label ``[start, stop)``."""

    end: int
    start: int
    stop: int


Parts = Entry | tuple[Cell, ...]


class Measuring:
    """Finds out what is usual, from one page of pieces after the other."""

    def __init__(self) -> None:
        self._sizes: Counter[float] = Counter()
        self._weights: Counter[bool] = Counter()
        self._fonts: Counter[str] = Counter()
        self._steps = array("d")

    def add(self, page: Sequence[Piece]) -> None:
        """Take in the pieces of a page."""
        for one in page:
            self._sizes[round(one.size * 2) / 2] += len(one.text)
            self._weights[one.bold] += len(one.text)
            self._fonts[one.font] += len(one.text)
        for high, low in itertools.pairwise(page):
            self._steps.extend((low.top - high.top, high.size, low.size))

    def measures(self) -> Measures:
        """Return the usual size, pitch, weight and font, each weighted by the characters that have it."""
        if not self._sizes:
            return Measures(12.0, 18.0)
        size = self._sizes.most_common(1)[0][0]
        steps = [
            step
            for step, high, low in zip(self._steps[::3], self._steps[1::3], self._steps[2::3], strict=True)
            if 0.5 * size < step < 4 * size and abs(high - size) < 1 and abs(low - size) < 1
        ]
        pitch = median(steps) if steps else 1.5 * size
        return Measures(size, pitch, self._weights.most_common(1)[0][0], self._fonts.most_common(1)[0][0])


def bare(one: Piece) -> Piece:
    """Return a piece as small as can be: its text and place, without the spans that say how it is set."""
    return replace(one, line=replace(one.line, spans=()))


def span_offsets(line: Line) -> tuple[tuple[int, int, Span], ...]:
    """Return ``(start, end, span)`` for the spans of a line, offsets in ``line.text``."""
    found = []
    cursor = 0
    for span in line.spans:
        body = span.text.strip()
        start = line.text.find(body, cursor) if body else -1
        if start < 0:
            continue
        cursor = start + len(body)
        found.append((start, cursor, span))
    return tuple(found)
