"""Glyphs become runs of one style on one baseline, and runs become rows: what stands on one line of the page."""

from __future__ import annotations

import math
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
OPENING = "（〔［｛〈《「『【〖“‘"
"""Marks that are blank on the left half of a full-width place."""
CLOSING = "，。、；：？！」』）〕］｝〉》】〗”’"
"""Marks that are blank on the right half of a full-width place."""
SMALL = 0.85
_REACH = 0.6
"""A raised or lowered bit stands at most so many ems from the text that it belongs to."""
_LONG = 16
_COVERED, _KERNED = 0.4, 0.4
_IDEOGRAPHS = "\u3400"
_INITIAL = 1.8
"""An initial is so many times as large as the lines over which it hangs."""


@dataclass(slots=True)
class Run:
    """Glyphs that follow each other on one baseline in one style; ``raised``: set higher or lower than its line."""

    glyphs: list[Glyph]
    style: Style
    base: float
    superscript: bool = False
    raised: bool = False

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
    return _join_raised(_with_initials(rows), vertical)


def _with_initials(rows: list[Row]) -> list[Row]:
    """Return rows with a large initial, which hangs over several lines, moved to the first of them."""
    usual = median(row.size for row in rows) if rows else 0.0
    for index, row in enumerate(rows):
        if row.size < _INITIAL * usual:
            continue
        big = min(row.runs, key=lambda run: run.x0)
        if big.style.size < row.size or len(big.glyphs) > 2:
            continue
        rest = [run for run in row.runs if run is not big]
        beside = [other for other in rows[max(0, index - 5):index] if other.size <= big.style.size / _INITIAL
                  and other.base > big.base - 0.9 * big.style.size
                  and 0 <= min(run.x0 for run in other.runs) - big.x1 + 0.1 * big.style.size <= 2 * other.size]
        if beside and all(run.style.size <= big.style.size / _INITIAL for run in rest):
            beside[0].runs.append(big)
            row.runs, row.size = rest, max((run.style.size for run in rest), default=0.0)
    return [row for row in rows if row.runs]


def _row_for(run: Run, rows: list[Row]) -> Row | None:
    size = run.style.size
    for row in reversed(rows):
        if run.base - row.base > 2 * max(size, row.size):
            return None
        if abs(run.base - row.base) <= 0.25 * min(size, row.size):
            return row
    return None


def _join_raised(rows: list[Row], vertical: bool) -> list[Row]:
    """Return rows with every raised or lowered bit moved into the line beside which it stands.

    Small characters beside the columns of ``vertical`` text are remarks between the lines: they stay apart.
    """
    for index in sorted(range(len(rows)), key=lambda n: rows[n].size):
        row = rows[index]
        size = min(run.style.size for run in row.runs)
        around = rows[max(0, index - 4):index] + rows[index + 1:index + 5]
        near = [other for other in around if other.runs and size <= 1.02 * other.size
                and -0.5 <= (other.base - row.base) / (other.size or 1.0) <= 0.95]
        for bit in _bits(row) if near else ():
            distance, at = min((_distance(home, bit), n) for n, home in enumerate(near))
            if distance < _REACH and not (vertical and any(glyph.text >= _IDEOGRAPHS for glyph in bit[0].glyphs)):
                near[at].runs.extend(bit)
                row.runs = [run for run in row.runs if not any(run is moved for moved in bit)]
                for run in bit:
                    run.raised = True
    kept = [row for row in rows if row.runs]
    for row in kept:
        for run in row.runs:
            raised = row.base - run.base
            run.superscript = raised > RAISED * row.size and (
                run.style.size <= SMALL * row.size or raised > 2 * RAISED * row.size)
    return kept


def _bits(row: Row) -> list[list[Run]]:
    """Return the parts of a row, as gaps separate them."""
    bits: list[list[Run]] = []
    for run in sorted(row.runs, key=lambda r: r.x0):
        if bits and run.x0 - bits[-1][-1].x1 <= _REACH * row.size:
            bits[-1].append(run)
        else:
            bits.append([run])
    return bits


def _distance(home: Row, bit: list[Run]) -> float:
    """Return how far (in ems of ``home``) a raised or lowered bit stands from the nearest glyph of a line.

    It is infinite where the bit is no part of the line: text above or below it (a reading), or as long as a line of
    its own. A bit about as large as the line must stand closer; one hardly raised may be set into its neighbours.
    """
    x0, x1 = bit[0].x0, max(run.x1 for run in bit)
    em = home.size or 1.0
    size = max(run.style.size for run in bit)
    count = sum(len(run.glyphs) for run in bit)
    raised = home.base - bit[0].base
    if size > 1.02 * em or raised > (0.95 if size <= 0.7 * em else 0.75) * em or count > (
            _LONG if size <= SMALL * em else _LONG // 2):
        return math.inf
    best, covered = math.inf, 0.0
    for run in home.runs:
        if run.raised or run.style.size < size or run.x1 < x0 - em or run.x0 > x1 + em:
            continue
        for glyph in run.glyphs:
            if glyph.text.isalnum():
                covered += max(0.0, min(glyph.x1, x1) - max(glyph.x0, x0))
            if not glyph.text.isspace():
                best = min(best, abs(x0 - glyph.x1) if glyph.x1 < x1 else abs(glyph.x0 - x1))
    if covered > _COVERED * (x1 - x0) and abs(raised) > _KERNED * em:
        return math.inf
    return best / em * (1.0 if size <= SMALL * em else 2.0)
