"""Where text may stand: the left and right edge for every line, from the pages themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sco_docs.layout.pieces import Piece
from sco_docs.model import Page


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
    """Return the pieces of a page by columns: a column ends where the reading goes up again."""
    runs: list[list[Piece]] = []
    for one in pieces:
        if runs and one.top >= runs[-1][-1].top - 0.5 * max(one.size, 1.0):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _edges(pieces: Sequence[Piece]) -> tuple[float, float]:
    """Return the usual left edge and the right edge that full lines reach."""
    lefts = Counter(round(one.left) for one in pieces)
    often = max(3, max(lefts.values()) // 4)
    left = min((x for x, count in lefts.items() if count >= often), default=min(lefts))
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

    Pages of one size and side (odd, even) share their edges, unless a page is set in columns of its own.
    """
    groups: dict[tuple[int, int, int, bool], list[Piece]] = defaultdict(list)
    single: dict[int, list[list[Piece]]] = {}
    for i, (page, own) in enumerate(zip(pages, pieces, strict=True)):
        single[i] = _runs(own)
        if len(single[i]) == 1:
            groups[_sort_of(page, own)] += own
    shared = {sort: _edges(own) for sort, own in groups.items() if len(own) >= 5}
    stretched = {sort: _justified_sizes(groups[sort], right) for sort, (_, right) in shared.items()}
    placed: list[tuple[Placed, ...]] = []
    for i, page in enumerate(pages):
        here: list[Placed] = []
        for number, run in enumerate(single[i]):
            sort = _sort_of(page, run)
            left, right = _run_edges(run, shared.get(sort), len(single[i]))
            common = (left, right) == shared.get(sort)
            tight = stretched[sort] if common else _justified_sizes(run, right)
            here += [Placed(one, left, right, number, round(one.size) in tight) for one in run]
        placed.append(tuple(here))
    return tuple(placed)


def _sort_of(page: Page, pieces: Sequence[Piece]) -> tuple[int, int, int, bool]:
    vertical = bool(pieces) and pieces[0].line.vertical
    return round(page.width), round(page.height), page.number % 2, vertical


def _run_edges(run: Sequence[Piece], shared: tuple[float, float] | None, runs: int) -> tuple[float, float]:
    low, high = min(one.left for one in run), max(one.right for one in run)
    if shared is None:
        return (low, high) if len(run) < 5 else _edges(run)
    left, right = shared
    if runs > 1 and len(run) >= 5 and high - low < 0.6 * (right - left):
        return _edges(run)
    return left, right
