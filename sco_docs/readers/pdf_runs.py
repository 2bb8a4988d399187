"""Glyphs become runs of one style on one baseline, and runs become rows: what stands on one line of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from sco_docs.readers.pdf_glyphs import Glyph, Style

COLUMN_GAP = 1.8
"""A gap of so many ems between two glyphs separates columns: a new span begins."""
JUMP = 0.5
"""A gap of so many ems ends a run: it may be the gutter between two columns of text."""
DESCENT = 0.15
"""How far a glyph box reaches below its baseline, in ems: what fonts claim is too often wrong."""
RAISED = 0.12
SMALL = 0.85


@dataclass(slots=True)
class Run:
    """Glyphs that follow each other on one baseline in one style."""

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
    """Runs of one printed line while it is being put together; ``size`` is that of its largest run."""

    runs: list[Run] = field(default_factory=list)
    base: float = 0.0
    size: float = 0.0


def runs_of(glyphs: Iterable[Glyph]) -> list[Run]:
    """Return the runs of glyphs in the order of the content stream; a run ends at a jump or a change of style."""
    runs: list[Run] = []
    current: list[Glyph] = []
    style: Style | None = None
    base = x1 = size = 0.0
    for glyph in glyphs:
        same = glyph.style is style or glyph.style == style
        if not (same and abs(glyph.base - base) <= 0.1 * size and -0.4 * size <= glyph.x0 - x1 <= JUMP * size):
            if style is not None:
                runs.append(Run(current, style, median(g.base for g in current)))
            current, style, base, size = [], glyph.style, glyph.base, glyph.style.size
        current.append(glyph)
        x1 = glyph.x1
    if style is not None:
        runs.append(Run(current, style, median(g.base for g in current)))
    return runs


def rows_of(runs: list[Run], vertical: bool = False) -> list[Row]:
    """Return runs grouped to rows from top to bottom; small raised runs join the row beside which they stand.

    In ``vertical`` text there is no common baseline: only runs of like size stand on one line.
    """
    rows: list[Row] = []
    for run in sorted(runs, key=lambda r: r.base):
        row = _row_for(run, rows)
        if row is None or (vertical and not 0.7 <= run.style.size / (row.size or 1.0) <= 1.4):
            rows.append(Row([run], run.base, run.style.size))
        else:
            row.runs.append(run)
            if run.style.size > row.size:
                row.size, row.base = run.style.size, run.base
    rows.sort(key=lambda row: row.base)
    return rows if vertical else _join_raised(rows)


def _row_for(run: Run, rows: list[Row]) -> Row | None:
    size = run.style.size
    for row in reversed(rows):
        if run.base - row.base > 2 * max(size, row.size):
            return None
        if abs(run.base - row.base) <= 0.25 * min(size, row.size):
            return row
    return None


def _join_raised(rows: list[Row]) -> list[Row]:
    kept: list[Row] = []
    for index, small in enumerate(rows):
        around = rows[max(0, index - 4):index] + rows[index + 1:index + 5]
        home = next((row for row in around if _carries(row, small)), None)
        if home is None:
            kept.append(small)
        else:
            home.runs.extend(small.runs)
    for row in kept:
        for run in row.runs:
            run.superscript = run.style.size <= SMALL * row.size and row.base - run.base > RAISED * row.size
    return kept


def _carries(row: Row, small: Row) -> bool:
    """Return whether all of ``small`` stands raised or lowered right beside runs of ``row``."""
    if small.size > SMALL * row.size or not -0.3 * row.size <= row.base - small.base <= 0.75 * row.size:
        return False
    reach = 0.6 * row.size
    return all(any(-reach <= run.x0 - other.x1 <= reach or -reach <= other.x0 - run.x1 <= reach for other in row.runs
                   if other.style.size == row.size) for run in small.runs)
