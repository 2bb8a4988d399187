"""The best way through two texts: dynamic programming over beads."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sco_docs.align.beads import Matrix

Shape = tuple[int, int]
Path = list[tuple[tuple[int, ...], tuple[int, ...]]]

_NEVER = -1e18


def best_path(sizes: tuple[int, int], scores: Mapping[Shape, Matrix], omission: float, edge: float) -> Path:
    """Return the sequence of beads with the highest sum of scores.

    ``omission`` is the cost of a unit without counterpart; ``edge`` that of one before the first or after the
    last match, since a witness may be an excerpt.
    """
    rows, columns = sizes
    total = np.full((rows + 1, columns + 1), _NEVER)
    shapes: list[Shape] = [*scores, (1, 0), (0, 1)]
    chosen = np.full((rows + 1, columns + 1), -1, dtype=np.int8)
    total[0, 0] = 0.0
    right, down = shapes.index((0, 1)), shapes.index((1, 0))
    for i in range(rows + 1):
        best = total[i].copy()
        pick = chosen[i].copy()
        for k, (p, q) in enumerate(shapes[:-2]):
            if p > i or q > columns:
                continue
            value = total[i - p, : columns + 1 - q] + scores[p, q][i - p]
            better = value > best[q:]
            best[q:][better] = value[better]
            pick[q:][better] = k
        if i:
            cost = np.full(columns + 1, omission)
            cost[[0, columns]] = edge
            value = total[i - 1] - cost
            better = value > best
            best[better] = value[better]
            pick[better] = down
        _along_the_row(best, pick, right, edge if i in (0, rows) else omission)
        total[i], chosen[i] = best, pick
    return _trace(shapes, chosen)


def _along_the_row(best: Matrix, pick: np.ndarray, right: int, cost: float) -> None:
    """Let a unit of the second text be left out: best[j] = max over j' <= j of best[j'] - cost * (j - j')."""
    steps = cost * np.arange(len(best))
    reached = np.maximum.accumulate(best + steps) - steps
    better = reached > best + 1e-9
    best[better] = reached[better]
    pick[better] = right


def _trace(shapes: list[Shape], chosen: np.ndarray) -> Path:
    i, j = chosen.shape[0] - 1, chosen.shape[1] - 1
    path: Path = []
    while i or j:
        p, q = shapes[chosen[i, j]]
        path.append((tuple(range(i - p, i)), tuple(range(j - q, j))))
        i, j = i - p, j - q
    return path[::-1]
