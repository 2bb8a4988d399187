"""Where text may stand: the left and right edge for every line, from the pages themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sco_docs.layout.pieces import Piece
from sco_docs.model import Page

_COLUMN = 0.45
# Width and height of the page in points, whether it is written in columns, and its side (1: odd).
_Sort = tuple[int, int, bool, int]


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece with the edges of its column; ``indent`` and ``room`` are the free space left and right of it.

    ``justified``: full lines of this column are stretched to the right edge.
    """

    piece: Piece
    left: float
    right: float
    run: int
    justified: bool = False

    @property
    def indent(self) -> float:
        return self.piece.left - self.left

    @property
    def room(self) -> float:
        return self.right - self.piece.right

    @property
    def width(self) -> float:
        return self.right - self.left


def _runs(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces of a page by columns: a column ends where the reading goes up again.

    What stands above both columns, and below both, is a run of its own.
    """
    runs: list[list[Piece]] = []
    for one in pieces:
        if runs and one.top >= runs[-1][-1].top - 0.5 * max(one.size, 1.0):
            runs[-1].append(one)
        else:
            runs.append([one])
    if len(runs) < 2:
        return runs
    split: list[list[Piece]] = []
    for i, run in enumerate(runs):
        start = runs[i + 1][0].top if i + 1 < len(runs) else float("-inf")
        above = [one for one in run if one.bottom <= start + 1]
        end = max(one.bottom for one in runs[i - 1]) if i else float("inf")
        below = [one for one in run if one not in above and one.top >= end - 1]
        inner = [one for one in run if one not in above and one not in below]
        wide = {id(one) for one in below if one.left < min((o.left for o in inner), default=one.left) - 6}
        first = next((k for k, one in enumerate(below) if id(one) in wide), len(below))
        split += [above, [*inner, *below[:first]], below[first:]]
    return [run for run in split if run]


def _edges(pieces: Sequence[Piece]) -> tuple[float, float]:
    """Return the left edge at which lines begin, outliers aside, and the right edge that full lines reach."""
    lefts = Counter(round(one.left) for one in pieces)
    often = max(2, len(pieces) // 30)
    left = min((x for x, count in lefts.items() if count + lefts[x + 1] >= often), default=min(lefts))
    near = [one.left for one in pieces if abs(one.left - left) <= 1.5]
    rights = Counter(round(one.right) for one in pieces)
    often = max(2, max(rights.values()) // 4)
    right = max((x for x, count in rights.items() if count >= often), default=max(rights))
    reached = [one.right for one in pieces if abs(one.right - right) <= 1.5]
    return sum(near) / len(near), max(reached)


def _justified_sizes(pieces: Sequence[Piece], right: float) -> frozenset[int]:
    """Return the sizes of which nearly all lines that come near the right edge reach it."""
    rooms: dict[int, list[float]] = defaultdict(list)
    for one in pieces:
        rooms[round(one.size)].append((right - one.right) / max(one.size, 1.0))
    near = {size: [room for room in own if room < 2] for size, own in rooms.items()}
    return frozenset(
        size for size, own in near.items() if len(own) >= 8 and sum(room < 0.15 for room in own) >= 0.95 * len(own)
    )


def place(pages: Sequence[Page], pieces: Sequence[Sequence[Piece]]) -> tuple[tuple[Placed, ...], ...]:
    """Return the pieces of each page with the edges of their column.

    Pages of one size share their edges, odd and even ones apart where their margins differ; a page that is set in
    columns has edges of its own.
    """
    runs = [_runs(own) for own in pieces]
    groups: dict[_Sort, list[Piece]] = defaultdict(list)
    for page, own, columns in zip(pages, pieces, runs, strict=True):
        if len(columns) == 1:
            groups[_sort_of(page, own)] += own
    shared = _shared_edges(groups)
    stretched = {sort: _justified_sizes(groups[sort], right) for sort, (_, right) in shared.items()}
    narrow = _column_edges(pages, runs)
    placed: list[tuple[Placed, ...]] = []
    for i, (page, columns) in enumerate(zip(pages, runs, strict=True)):
        here: list[Placed] = []
        for number, run in enumerate(columns):
            sort = _sort_of(page, run)
            left, right = narrow.get((i, number)) or shared.get(sort) or _own_edges(run, columns)
            common = (left, right) == shared.get(sort)
            tight = stretched[sort] if common else _justified_sizes(run, right)
            here += [Placed(one, left, right, number, round(one.size) in tight) for one in run]
        placed.append(tuple(here))
    return tuple(placed)


def _column_edges(
    pages: Sequence[Page], runs: Sequence[Sequence[Sequence[Piece]]]
) -> dict[tuple[int, int], tuple[float, float]]:
    """Return the edges of the runs that are columns, by page index and run: columns of pages of one size that begin
    near one place share their edges."""
    columns: dict[_Sort, list[tuple[float, int, int]]] = defaultdict(list)
    for i, (page, own) in enumerate(zip(pages, runs, strict=True)):
        if len(own) < 2:
            continue
        for number, run in enumerate(own):
            low, high = min(one.left for one in run), max(one.right for one in run)
            across = page.height if run[0].line.vertical else page.width
            if high - low < _COLUMN * across and _has_neighbour(own, number):
                columns[_sort_of(page, run)].append((low, i, number))
    found: dict[tuple[int, int], tuple[float, float]] = {}
    for (width, _, _, _), spots in columns.items():
        groups: list[list[tuple[float, int, int]]] = []
        for spot in sorted(spots):
            if groups and spot[0] - groups[-1][-1][0] < 0.1 * width:
                groups[-1].append(spot)
            else:
                groups.append([spot])
        for group in groups:
            pieces = [one for _, i, number in group for one in runs[i][number]]
            if len(pieces) >= 3:
                found |= {(i, number): _edges(pieces) for _, i, number in group}
    return found


def _has_neighbour(runs: Sequence[Sequence[Piece]], number: int) -> bool:
    """Say whether another run of the page stands beside a run."""
    top, bottom = min(one.top for one in runs[number]), max(one.bottom for one in runs[number])
    return any(
        min(one.top for one in run) < bottom and top < max(one.bottom for one in run)
        for i, run in enumerate(runs)
        if i != number
    )


def _sort_of(page: Page, pieces: Sequence[Piece]) -> _Sort:
    vertical = bool(pieces) and pieces[0].line.vertical
    return round(page.width), round(page.height), vertical, page.number % 2


def _shared_edges(groups: Mapping[_Sort, Sequence[Piece]]) -> dict[_Sort, tuple[float, float]]:
    """Return the edges for every sort of page: of its own side where odd and even pages have text of one width
    at different places, else of both sides together."""
    shared: dict[_Sort, tuple[float, float]] = {}
    for width, height, vertical, side in groups:
        sides = [groups[width, height, vertical, side], groups.get((width, height, vertical, 1 - side), ())]
        if sum(map(len, sides)) < 5:
            continue
        edges = _edges([one for own in sides for one in own])
        if all(len(own) >= 10 for own in sides):
            (left, right), (other_left, other_right) = map(_edges, sides)
            same_width = abs((right - left) - (other_right - other_left)) < 6
            edges = (left, right) if same_width or abs(left - other_left) < 3 > abs(right - other_right) else edges
        shared[width, height, vertical, side] = edges
    return shared


def _own_edges(run: Sequence[Piece], runs: Sequence[Sequence[Piece]]) -> tuple[float, float]:
    """Return the edges of a run on a page without fellows: a few lines take those of the whole page."""
    if len(run) >= 5:
        return _edges(run)
    own = [one for each in runs for one in each]
    return min(one.left for one in own), max(one.right for one in own)
