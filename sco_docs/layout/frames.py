"""Where text may stand: the left and right edge for every line, from the pages themselves."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from sco_docs.layout.pieces import Parts, Piece
from sco_docs.model import Page
from sco_docs.sequences import Mapped

_COLUMN = 0.45
_ENOUGH = 8
_APART = 6.0
# Width and height of the page in points, and whether it is written in columns; with the side that it is on.
_Size = tuple[int, int, bool]
_Sort = tuple[_Size, int]
# Left and right, in points.
Edges = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece with the edges of its column; ``indent`` and ``room`` are the free space left and right of it.

    ``justified``: full lines of this column are stretched to the right edge. ``parts``: where they stand in columns.
    """

    piece: Piece
    left: float
    right: float
    run: int
    justified: bool = False
    parts: Parts | None = None

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


class Extents:
    """From where to where lines reach, with their sizes: all that their edges are found from."""

    def __init__(self) -> None:
        self._numbers = array("d")

    def add(self, pieces: Iterable[Piece]) -> None:
        """Take in lines."""
        for one in pieces:
            self._numbers.extend((one.left, one.right, one.size))

    def __len__(self) -> int:
        return len(self._numbers) // 3

    def __iadd__(self, other: Extents) -> Extents:
        self._numbers.extend(other._numbers)
        return self

    def __add__(self, other: Extents) -> Extents:
        both = Extents()
        both += self
        both += other
        return both

    @property
    def lefts(self) -> Sequence[float]:
        """Where the lines begin."""
        return self._numbers[0::3]

    @property
    def rights(self) -> Sequence[float]:
        """Where they end."""
        return self._numbers[1::3]

    @property
    def sizes(self) -> Sequence[float]:
        """How large they are set."""
        return self._numbers[2::3]


class _Column(NamedTuple):
    """A run that is a column: where it begins, on which page (index) which run it is, and its lines."""

    low: float
    page: int
    run: int
    lines: Extents


def _extents(pieces: Iterable[Piece]) -> Extents:
    found = Extents()
    found.add(pieces)
    return found


def _edges(lines: Extents) -> Edges:
    """Return the left edge at which lines begin, outliers aside, and the right edge that full lines reach."""
    lefts = Counter(map(round, lines.lefts))
    often = max(2, len(lines) // 30)
    left = min((x for x, count in lefts.items() if count + lefts[x + 1] >= often), default=min(lefts))
    near = [x for x in lines.lefts if abs(x - left) <= 1.5]
    rights = Counter(map(round, lines.rights))
    often = max(2, max(rights.values()) // 4)
    right = max((x for x, count in rights.items() if count >= often), default=max(rights))
    return sum(near) / len(near), max(x for x in lines.rights if abs(x - right) <= 1.5)


def _justified_sizes(lines: Extents, right: float) -> frozenset[int]:
    """Return the sizes of which nearly all lines that come near the right edge reach it."""
    near: dict[int, list[float]] = defaultdict(list)
    for end, size in zip(lines.rights, lines.sizes, strict=True):
        room = (right - end) / max(size, 1.0)
        if room < 2:
            near[round(size)].append(room)
    return frozenset(
        size for size, own in near.items() if len(own) >= 8 and sum(room < 0.15 for room in own) >= 0.95 * len(own)
    )


def place(pages: Sequence[tuple[Page, Sequence[Piece]]]) -> Sequence[tuple[Placed, ...]]:
    """Return the pieces of each page with the edges of their column.

    Pages of one size share their edges, odd and even ones apart where their margins differ; a page that is set in
    columns has edges of its own.
    """
    single: list[tuple[int, _Size, Extents]] = []
    columns: list[tuple[_Size, _Column]] = []
    for i, (page, own) in enumerate(pages):
        runs = _runs(own)
        if len(runs) == 1:
            single.append((i, _size_of(page, own), _extents(own)))
        columns += [(_size_of(page, runs[column.run]), column) for column in _columns(i, page, runs)]
    sides = _sides(single, len(pages))
    groups: dict[_Sort, Extents] = defaultdict(Extents)
    for i, size, lines in single:
        groups[size, sides[i]] += lines
    shared = _shared_edges(groups)
    stretched = {sort: _justified_sizes(groups[sort], right) for sort, (_, right) in shared.items()}
    narrow = _column_edges(columns, sides)

    def placed(index: int, both: tuple[Page, Sequence[Piece]]) -> tuple[Placed, ...]:
        page, own = both
        here: list[Placed] = []
        runs = _runs(own)
        for number, run in enumerate(runs):
            sort = _size_of(page, run), sides[index]
            left, right = narrow.get((index, number)) or shared.get(sort) or _own_edges(run, runs)
            common = (left, right) == shared.get(sort)
            tight = stretched[sort] if common else _justified_sizes(_extents(run), right)
            here += [Placed(one, left, right, number, round(one.size) in tight) for one in run]
        return tuple(here)

    return Mapped(placed, pages)


def _columns(index: int, page: Page, runs: Sequence[Sequence[Piece]]) -> Iterator[_Column]:
    """Yield the runs of a page that are columns."""
    for number, run in enumerate(runs if len(runs) > 1 else ()):
        low, high = min(one.left for one in run), max(one.right for one in run)
        across = page.height if run[0].line.vertical else page.width
        if high - low < _COLUMN * across and _has_neighbour(runs, number):
            yield _Column(low, index, number, _extents(run))


def _column_edges(columns: Iterable[tuple[_Size, _Column]], sides: Sequence[int]) -> dict[tuple[int, int], Edges]:
    """Return the edges of columns, by page index and run: columns of pages of one sort that begin near one place
    share their edges."""
    sorts: dict[_Sort, list[_Column]] = defaultdict(list)
    for size, column in columns:
        sorts[size, sides[column.page]].append(column)
    found: dict[tuple[int, int], Edges] = {}
    for ((width, _, _), _), own in sorts.items():
        groups: list[list[_Column]] = []
        for column in sorted(own, key=lambda column: (column.low, column.page, column.run)):
            if groups and column.low - groups[-1][-1].low < 0.1 * width:
                groups[-1].append(column)
            else:
                groups.append([column])
        for group in groups:
            lines = sum((column.lines for column in group), Extents())
            if len(lines) >= 3:
                found |= {(column.page, column.run): _edges(lines) for column in group}
    return found


def _has_neighbour(runs: Sequence[Sequence[Piece]], number: int) -> bool:
    """Say whether another run of the page stands beside a run."""
    top, bottom = min(one.top for one in runs[number]), max(one.bottom for one in runs[number])
    return any(
        min(one.top for one in run) < bottom and top < max(one.bottom for one in run)
        for i, run in enumerate(runs)
        if i != number
    )


def _size_of(page: Page, pieces: Sequence[Piece]) -> _Size:
    return round(page.width), round(page.height), bool(pieces) and pieces[0].line.vertical


def _sides(pages: Sequence[tuple[int, _Size, Extents]], count: int) -> list[int]:
    """Return the side (0 or 1) that each of ``count`` pages is on, whatever side the book begins on.

    In a book with two margins a page belongs to the nearer of the two left edges that most pages have; one that has
    neither, like all pages of other books, takes turns with the page before it.
    """
    sure: dict[int, int] = {}
    for size in {size for _, size, _ in pages}:
        edges = {i: _edges(lines) for i, own, lines in pages if own == size and len(lines) >= _ENOUGH}
        lefts = Counter(round(left) for left, _ in edges.values())
        first = max(lefts, key=lambda x: lefts[x - 1] + lefts[x] + lefts[x + 1], default=0)
        far = Counter({x: number for x, number in lefts.items() if abs(x - first) > _APART})
        second = max(far, key=lambda x: far[x - 1] + far[x] + far[x + 1], default=first)
        near = [[i for i, (left, _) in edges.items() if abs(left - at) <= _APART / 2] for at in (first, second)]
        if second == first or len(near[1]) < max(3, 0.2 * len(edges)):
            continue
        widths = [median(edges[i][1] - edges[i][0] for i in own) for own in near]
        if abs(widths[0] - widths[1]) <= _APART:
            sure |= {i: side for side, own in enumerate(near) for i in own}
    sides: list[int] = []
    for i in range(count):
        sides.append(sure.get(i, 1 - sides[-1] if sides else 0))
    return sides


def _shared_edges(groups: Mapping[_Sort, Extents]) -> dict[_Sort, Edges]:
    """Return the edges for every sort of page: of its own side where odd and even pages have text of one width
    at different places, else of both sides together."""
    shared: dict[_Sort, Edges] = {}
    for (size, side), own in groups.items():
        other = groups.get((size, 1 - side), Extents())
        if len(own) + len(other) < 5:
            continue
        edges = _edges(own + other)
        if len(own) >= 10 and len(other) >= 10:
            (left, right), (other_left, other_right) = _edges(own), _edges(other)
            same_width = abs((right - left) - (other_right - other_left)) < 6
            edges = (left, right) if same_width or abs(left - other_left) < 3 > abs(right - other_right) else edges
        shared[size, side] = edges
    return shared


def _own_edges(run: Sequence[Piece], runs: Sequence[Sequence[Piece]]) -> Edges:
    """Return the edges of a run on a page without fellows: a few lines take those of the whole page."""
    if len(run) >= 5:
        return _edges(_extents(run))
    own = [one for each in runs for one in each]
    return min(one.left for one in own), max(one.right for one in own)
