"""The grid of a ruled table: strokes become cells, cells without a wall between them are one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sco_docs.model import Rule

_SNAP = 2.5
_TOUCH = 3.0
_THIN = 4.0
_MOST_PAIRS = 100_000
_MOST_CELLS = 10_000


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight stroke: at ``at`` across its direction, from ``start`` to ``end`` along it."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table on one page: the positions of its walls, and for each base cell the cell that it is part of.

    ``owner[r][c]`` is the ``(row, column)`` of the upper left base cell of the (merged) cell.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def _snap(values: Iterable[float]) -> list[float]:
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _SNAP:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _nearest(values: Sequence[float], value: float) -> float:
    i = bisect_left(values, value)
    return min(values[max(i - 1, 0): i + 1], key=lambda v: abs(v - value))


def _merged(strokes: Iterable[Stroke]) -> list[Stroke]:
    strokes = list(strokes)
    lines = _snap(stroke.at for stroke in strokes)
    found: list[Stroke] = []
    snapped = [Stroke(_nearest(lines, s.at), s.start, s.end) for s in strokes]
    for stroke in sorted(snapped, key=lambda s: (s.at, s.start)):
        if found and found[-1].at == stroke.at and stroke.start <= found[-1].end + _TOUCH:
            found[-1] = Stroke(stroke.at, found[-1].start, max(found[-1].end, stroke.end))
        else:
            found.append(stroke)
    return found


def strokes(rules: Iterable[Rule]) -> tuple[list[Stroke], list[Stroke]]:
    """Return the horizontal and the vertical strokes among ``rules``, with pieces of one stroke joined."""
    across, down = [], []
    for rule in rules:
        width, height = rule.x1 - rule.x0, rule.bottom - rule.top
        if height <= _THIN and width > height:
            across.append(Stroke((rule.top + rule.bottom) / 2, rule.x0, rule.x1))
        elif width <= _THIN and height > width:
            down.append(Stroke((rule.x0 + rule.x1) / 2, rule.top, rule.bottom))
    return _merged(across), _merged(down)


def _touches(across: Stroke, down: Stroke) -> bool:
    return (
        across.start - _TOUCH <= down.at <= across.end + _TOUCH
        and down.start - _TOUCH <= across.at <= down.end + _TOUCH
    )


def _components(across: Sequence[Stroke], down: Sequence[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    groups: list[tuple[list[Stroke], list[Stroke]]] = []
    open_across, open_down = list(across), list(down)
    while open_down:
        rows: list[Stroke] = []
        columns = [open_down.pop()]
        queue: list[tuple[bool, Stroke]] = [(False, columns[0])]
        while queue:
            is_row, stroke = queue.pop()
            if is_row:
                near = [d for d in open_down if _touches(stroke, d)]
                open_down = [d for d in open_down if d not in near]
                columns += near
            else:
                near = [a for a in open_across if _touches(a, stroke)]
                open_across = [a for a in open_across if a not in near]
                rows += near
            queue += [(not is_row, s) for s in near]
        groups.append((rows, columns))
    return groups


def _near(walls: Sequence[Stroke], places: Sequence[float]) -> list[list[Stroke]]:
    """Return the walls that stand at each of the places."""
    return [[wall for wall in walls if abs(wall.at - at) <= _SNAP] for at in places]


def _covered(walls: Sequence[Stroke], start: float, end: float) -> bool:
    covered = sum(max(0.0, min(wall.end, end) - max(wall.start, start)) for wall in walls)
    return covered >= 0.6 * (end - start)


def _grid(rows: Sequence[Stroke], columns: Sequence[Stroke]) -> Grid | None:
    if len(rows) < 2 and not _is_cut_row(rows, columns):
        return None
    xs = _snap([c.at for c in columns] + [min(r.start for r in rows), max(r.end for r in rows)])
    ys = _snap([r.at for r in rows] + [min(c.start for c in columns), max(c.end for c in columns)])
    if len(xs) < 2 or len(ys) < 2 or not 2 <= (len(xs) - 1) * (len(ys) - 1) <= _MOST_CELLS:
        return None
    at_x, at_y = _near(columns, xs), _near(rows, ys)
    owner = {(r, c): (r, c) for r in range(len(ys) - 1) for c in range(len(xs) - 1)}

    def root(cell: tuple[int, int]) -> tuple[int, int]:
        while owner[cell] != cell:
            cell = owner[cell]
        return cell

    def merge(a: tuple[int, int], b: tuple[int, int]) -> None:
        first, second = sorted((root(a), root(b)))
        owner[second] = first

    for r in range(len(ys) - 1):
        for c in range(len(xs) - 1):
            if c + 2 < len(xs) and not _covered(at_x[c + 1], ys[r], ys[r + 1]):
                merge((r, c), (r, c + 1))
            if r + 2 < len(ys) and not _covered(at_y[r + 1], xs[c], xs[c + 1]):
                merge((r, c), (r + 1, c))
    return _compact(xs, ys, {cell: root(cell) for cell in owner})


def _is_cut_row(rows: Sequence[Stroke], columns: Sequence[Stroke]) -> bool:
    """Say whether one stroke across with three or more down, as long as each other and ending at it, draw a row that
    a page end has cut off from its table."""
    if len(rows) != 1 or len(columns) < 3:
        return False
    alike = all(abs(a.start - b.start) <= _SNAP and abs(a.end - b.end) <= _SNAP for a, b in pairwise(columns))
    ends = abs(columns[0].start - rows[0].at) <= 2 * _SNAP or abs(columns[0].end - rows[0].at) <= 2 * _SNAP
    return alike and ends and all(rows[0].start - _TOUCH <= c.at <= rows[0].end + _TOUCH for c in columns)


def _compact(xs: Sequence[float], ys: Sequence[float], roots: dict[tuple[int, int], tuple[int, int]]) -> Grid | None:
    """Drop rows and columns in which no cell begins."""
    rows = sorted({r for r, _ in roots.values()})
    columns = sorted({c for _, c in roots.values()})
    if len(set(roots.values())) < 2:
        return None
    row_of, column_of = {r: i for i, r in enumerate(rows)}, {c: i for i, c in enumerate(columns)}
    owner = tuple(
        tuple((row_of[roots[r, c][0]], column_of[roots[r, c][1]]) for c in columns) for r in rows
    )
    return Grid((*tuple(xs[c] for c in columns), xs[-1]), (*tuple(ys[r] for r in rows), ys[-1]), owner)


def find_grids(rules: Iterable[Rule]) -> tuple[Grid, ...]:
    """Return the ruled tables that the strokes of a page draw, from top to bottom.

    A frame of one cell is none, nor is a drawing of very many strokes.
    """
    across, down = strokes(rules)
    if len(across) * len(down) > _MOST_PAIRS:
        return ()
    grids = [grid for rows, columns in _components(across, down) if (grid := _grid(rows, columns))]
    return tuple(sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0])))
