"""Strips that were read become the lines of a page, in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from sco_docs.model import Line, Rule, Span
from sco_docs.readers.ocr_cells import em_of
from sco_docs.readers.ocr_marks import corrected
from sco_docs.readers.ocr_picture import Box
from sco_docs.readers.ocr_reading import Reading
from sco_docs.readers.pdf_glyphs import Glyph, Style
from sco_docs.readers.pdf_order import ordered
from sco_docs.readers.pdf_runs import DESCENT, Row, Run

_LARGEST = 1.12
_RAISED = 0.65


def size_of(reading: Reading, scale: float) -> float:
    """Return the size of the type of a strip, to half a point; ``scale``: points a pixel."""
    height = reading.strip.bottom - reading.strip.top
    return max(1.0, round(min(em_of(reading.letters, height), _LARGEST * height) * scale * 2) / 2)


def spans_of(reading: Reading, scale: float) -> list[Span]:
    """Return the spans of a strip; raised numbers stand alone."""
    strip, size = reading.strip, size_of(reading, scale)
    if strip.leader:
        return [Span("." * strip.leader, strip.x0 * scale, strip.x1 * scale, size=size)]
    found: list[Span] = []
    for raised, group in groupby(zip(reading.letters, reading.raised, reading.blanks, strict=True), lambda x: x[1]):
        some = list(group)
        text = corrected("".join(" " * blank + letter.text for letter, _, blank in some))
        x0, x1 = strip.x0 + some[0][0].x0, strip.x0 + some[-1][0].x1
        found.append(Span(text, x0 * scale, x1 * scale, size=round(size * _RAISED, 1) if raised else size,
                          superscript=raised))
    return found


def rules_of(boxes: Sequence[Box], scale: float) -> tuple[Rule, ...]:
    """Return the ruled strokes of a sheet in points."""
    return tuple(Rule(*(edge * scale for edge in box)) for box in boxes)


def _run(reading: Reading, scale: float) -> Run:
    strip, size = reading.strip, size_of(reading, scale)
    style = Style("", size, bold=False, italic=False)
    base = strip.bottom * scale - DESCENT * size
    return Run([Glyph("".join(x.text for x in reading.letters), strip.x0 * scale, strip.x1 * scale, base, style)],
               style, base)


def lines_of(readings: Sequence[Reading], page: int, scale: float, rules: Sequence[Rule]) -> tuple[Line, ...]:
    """Return what was read as lines in points, numbered from 1, column by column where text runs in columns."""
    rows: list[Row] = []
    by_run: dict[int, Reading] = {}
    for _, group in groupby((r for r in readings if r.letters), lambda r: r.strip.row):
        runs = []
        for reading in group:
            runs.append(_run(reading, scale))
            by_run[id(runs[-1])] = reading
        rows.append(Row(runs, max(run.base for run in runs), max(run.style.size for run in runs)))
    found: list[Line] = []
    for row in ordered(rows, rules):
        own = [by_run[id(run)] for run in sorted(row.runs, key=lambda run: run.x0)]
        found.append(_line(own, page, len(found) + 1, scale))
    return tuple(found)


def _line(readings: Sequence[Reading], page: int, number: int, scale: float) -> Line:
    parts = [spans_of(reading, scale) for reading in readings]
    spans = tuple(span for part in parts for span in part)
    text = " ".join("".join(span.text for span in part) for part in parts)
    sure = [letter.confidence for reading in readings if not reading.strip.leader for letter in reading.letters]
    return Line(text, page, number, spans[0].x0, min(r.strip.top for r in readings) * scale, spans[-1].x1,
                max(r.strip.bottom for r in readings) * scale, spans,
                confidence=round(sum(sure) / len(sure), 4) if sure else 1.0)
