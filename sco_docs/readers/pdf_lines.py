"""Glyphs become lines: runs of one style on one baseline, joined along the line, in reading order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from sco_docs.model import Line, Span
from sco_docs.readers.pdf_glyphs import Glyph, Style

COLUMN_GAP = 1.8
"""A gap of so many ems between two glyphs separates columns: a new span begins."""
DESCENT = 0.15
"""How far a glyph box reaches below its baseline, in ems: what fonts claim is too often wrong."""
_RAISED = 0.12
_SMALL = 0.85
_WIDE = 0x2E7F


@dataclass(slots=True)
class Run:
    """Glyphs that follow each other on one baseline in one style; blanks at its ends are cut off."""

    glyphs: list[Glyph]
    style: Style
    base: float
    superscript: bool = False

    @property
    def x0(self) -> float:
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        return self.glyphs[-1].x1

    @property
    def bottom(self) -> float:
        return self.base + DESCENT * self.style.size

    @property
    def top(self) -> float:
        return self.bottom - self.style.size


@dataclass(slots=True)
class Row:
    """Runs of one printed line while it is being put together."""

    runs: list[Run] = field(default_factory=list)
    base: float = 0.0
    size: float = 0.0

    @property
    def x0(self) -> float:
        return min(run.x0 for run in self.runs)

    @property
    def x1(self) -> float:
        return max(run.x1 for run in self.runs)


def runs_of(glyphs: Iterable[Glyph]) -> list[Run]:
    """Return the runs of glyphs in the order of the content stream; a run ends at a jump or a change of style."""
    runs: list[Run] = []
    current: list[Glyph] = []
    style: Style | None = None
    base = x1 = 0.0
    for glyph in glyphs:
        size = glyph.style.size
        if (glyph.style is not style and glyph.style != style) or abs(glyph.base - base) > 0.1 * size or not (
                -0.4 * size <= glyph.x0 - x1 <= COLUMN_GAP * size):
            if current and style is not None:
                runs.append(Run(current, style, median(g.base for g in current)))
            current = []
            base = glyph.base
        current.append(glyph)
        style, x1 = glyph.style, glyph.x1
    if current and style is not None:
        runs.append(Run(current, style, median(g.base for g in current)))
    return runs


def rows_of(runs: list[Run]) -> list[Row]:
    """Return runs grouped to lines from top to bottom; small raised runs join the line beside which they stand."""
    rows: list[Row] = []
    for run in sorted(runs, key=lambda r: r.base):
        row = _row_for(run, rows)
        if row is None:
            rows.append(Row([run], run.base, run.style.size))
        else:
            row.runs.append(run)
            if run.style.size > row.size:
                row.size, row.base = run.style.size, run.base
    rows.sort(key=lambda row: row.base)
    return _join_raised(rows)


def _row_for(run: Run, rows: list[Row]) -> Row | None:
    size = run.style.size
    for row in reversed(rows):
        if run.base - row.base > 2 * max(size, row.size):
            return None
        if abs(run.base - row.base) <= 0.25 * min(size, row.size):
            return row
    return None


def _join_raised(rows: list[Row]) -> list[Row]:
    for small in list(rows):
        if all(run.style.size <= 0 for run in small.runs):
            continue
        for row in rows:
            if row is small or small.size > _SMALL * row.size:
                continue
            rise = row.base - small.base
            if not -0.3 * row.size <= rise <= 0.75 * row.size:
                continue
            if all(_beside(run, row) for run in small.runs):
                for run in small.runs:
                    run.superscript = rise > _RAISED * row.size
                row.runs.extend(small.runs)
                rows.remove(small)
                break
    for row in rows:
        for run in row.runs:
            if run.style.size <= _SMALL * row.size and row.base - run.base > _RAISED * row.size:
                run.superscript = True
    return rows


def _beside(run: Run, row: Row) -> bool:
    reach = 0.6 * row.size
    return any(-reach <= run.x0 - other.x1 <= reach or -reach <= other.x0 - run.x1 <= reach for other in row.runs)


def _is_wide(text: str) -> bool:
    return ord(text[0]) > _WIDE


def stretch(glyphs: list[Glyph]) -> float:
    """Return the usual gap between the Chinese glyphs of a line, in ems: not 0 where a line is spaced out to fill."""
    gaps = [(b.x0 - a.x1) / b.style.size for a, b in pairwise(glyphs)
            if b.style.size and _is_wide(a.text) and _is_wide(b.text)]
    gaps = [gap for gap in gaps if gap <= COLUMN_GAP]
    return max(0.0, median(gaps)) if len(gaps) > 2 else 0.0


def gap_kind(before: Glyph, after: Glyph, usual: float) -> str:
    """Return what stands between two glyphs of a line: nothing ``""``, a blank ``" "`` or a column ``"|"``.

    ``usual``: the ``stretch`` of the line.
    """
    gap = after.x0 - before.x1
    em = max(before.style.size, after.style.size)
    if gap > COLUMN_GAP * em:
        return "|"
    wide = _is_wide(before.text) + _is_wide(after.text)
    limit = (0.18, 0.45 + usual, max(0.6, 0.3 + 1.5 * usual))[wide]
    return " " if gap > limit * em else ""


def line_of(row: Row, page: int, number: int) -> Line | None:
    """Return a row as a line, or ``None`` if it holds nothing but blanks."""
    items = sorted(((glyph, run) for run in row.runs for glyph in run.glyphs), key=lambda item: item[0].x0)
    while items and items[-1][0].text.isspace():
        items.pop()
    usual = stretch([glyph for glyph, _ in items if not glyph.text.isspace()])
    spans: list[Span] = []
    text = ""
    part: list[str] = []
    part_run: Run | None = None
    x0 = x1 = 0.0
    blank = False
    last: Glyph | None = None

    def close() -> None:
        if part and part_run is not None:
            style = part_run.style
            spans.append(Span("".join(part), x0, x1, style.font, style.size, style.bold, style.italic,
                              part_run.superscript))
            part.clear()

    for glyph, run in items:
        if glyph.text.isspace():
            blank = blank or last is not None
            continue
        kind = gap_kind(last, glyph, usual) if last is not None else ""
        if kind == "|":
            close()
            text += " "
        elif blank or kind == " ":
            part.append(" ")
            text += " "
        if part_run is None or run.style != part_run.style or run.superscript != part_run.superscript or not part:
            close()
            part_run, x0 = run, glyph.x0
        part.append(glyph.text)
        text += glyph.text
        x1, last, blank = glyph.x1, glyph, False
    close()
    if not text:
        return None
    main = [run for run in row.runs if run.style.size >= _SMALL * row.size] or row.runs
    return Line(text, page, number, spans[0].x0, min(r.top for r in main), spans[-1].x1, max(r.bottom for r in main),
                tuple(spans))


def lines_of(glyphs: Iterable[Glyph], page: int) -> tuple[Line, ...]:
    """Return the lines of a page in reading order, numbered from 1."""
    lines: list[Line] = []
    for row in rows_of(runs_of(glyphs)):
        line = line_of(row, page, len(lines) + 1)
        if line is not None:
            lines.append(line)
    return tuple(lines)
