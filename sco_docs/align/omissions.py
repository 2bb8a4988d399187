"""Find the units that a bead swallowed although the other text leaves them out: a calibrated second look."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from sco_docs.align.beads import Matrix, Side
from sco_docs.align.path import Path
from sco_docs.data import table

LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Suspect:
    """A unit of a bead, with the evidence for and against its being an omission of the other text.

    ``evidence``, in the order of the table ``omission_model``: constant, covered, rest covered, difference, length
    with, length without, length gain, log length, marker found, marker missing, needed, needed for its size.
    """

    bead: int
    side: int
    unit: int
    evidence: tuple[float, ...]


def without_omissions(path: Path, a: Side, b: Side, words: sparse.csr_matrix) -> Path:
    """Return ``path`` with the units that are likely omissions taken out of their beads, next to them."""
    weights = np.array([float(row["weight"]) for row in table("omission_model")])
    found: dict[int, list[tuple[float, Suspect]]] = {}
    for suspect in suspects(path, a, b, words):
        likelihood = 1 / (1 + math.exp(-float(weights @ np.array(suspect.evidence))))
        if likelihood > LIKELY:
            found.setdefault(suspect.bead, []).append((likelihood, suspect))
    return [piece for i, bead in enumerate(path) for piece in _split(bead, found.get(i, ()))]


def _split(
    bead: tuple[tuple[int, ...], tuple[int, ...]], found: Sequence[tuple[float, Suspect]]
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    kept = [list(bead[0]), list(bead[1])]
    out: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    for _, suspect in sorted(found, key=lambda pair: -pair[0]):
        if len(kept[suspect.side]) > 1:
            kept[suspect.side].remove(suspect.unit)
            out.append(((suspect.unit,), ()) if suspect.side == 0 else ((), (suspect.unit,)))
    pieces = [(tuple(kept[0]), tuple(kept[1])), *out]
    yield from sorted(pieces, key=lambda piece: (piece[0] or bead[0], piece[1] or bead[1]))


@dataclass(frozen=True, slots=True)
class _Half:
    """One side of the comparison: its units, what their words lead to, how rare each word is, the scale of length."""

    own: Side
    leads: sparse.csr_matrix
    rarity: Matrix
    scale: float
    support: float


# Share of the words of a bead that the lexicon finds on the other side, in the texts that the model was learned on.
_USUAL_SUPPORT = 0.85


def suspects(path: Path, a: Side, b: Side, words: sparse.csr_matrix) -> Iterator[Suspect]:
    """Yield every unit of a bead that has more than one unit on its side, and something on the other."""
    known = sparse.csr_matrix(words > 0)
    halves = (
        _Half(a, known, _rarity(a), b.lengths.sum() / a.lengths.sum(), _support(path, a, b, known, 0)),
        _Half(b, sparse.csr_matrix(known.T), _rarity(b), 1.0, _support(path, b, a, sparse.csr_matrix(known.T), 1)),
    )
    for i, bead in enumerate(path):
        for s in (0, 1):
            if len(bead[s]) < 2 or not bead[1 - s]:
                continue
            for unit in bead[s]:
                rest = [k for k in bead[s] if k != unit]
                yield Suspect(i, s, unit, _evidence(halves[s], unit, rest, halves[1 - s], list(bead[1 - s])))


def _evidence(half: _Half, unit: int, rest: list[int], other: _Half, run: list[int]) -> tuple[float, ...]:
    own = half.own
    supported = _words(other.own, run) @ other.leads > 0
    covered, rest_covered = (
        min(1.0, half.support * _share(_words(own, units) * half.rarity, supported)) for units in ([unit], rest)
    )
    size, rest_size = own.lengths[unit] * half.scale, own.lengths[rest].sum() * half.scale
    length = other.own.lengths[run].sum() * other.scale
    gap_with = abs(math.log((size + rest_size + 8) / (length + 8)))
    gap_without = abs(math.log((rest_size + 8) / (length + 8)))
    numbers = set(map(int, other.own.markers[run].indices))
    own_numbers = own.markers[[unit]].indices
    found = float(len(own_numbers) > 0 and own_numbers[0] in numbers)
    missing = float(len(own_numbers) > 0 and len(numbers) > 0 and own_numbers[0] not in numbers)
    alone = (_words(own, [unit]) @ half.leads > 0) & ~(_words(own, rest) @ half.leads > 0)
    needed = min(1.0, other.support * _share(_words(other.own, run) * other.rarity, alone))
    return (
        1.0, covered, rest_covered, covered - rest_covered, gap_with, gap_without, gap_with - gap_without,
        math.log(size + 1), found, missing, needed, needed * (size + rest_size) / (size + 1),
    )  # fmt: skip


def _support(path: Path, own: Side, other: Side, leads: sparse.csr_matrix, s: int) -> float:
    """By how much support must be multiplied to be as usual: where few words are known, little of it says much."""
    back, rarity = sparse.csr_matrix(leads.T), _rarity(own)
    shares = [
        _share(_words(own, bead[s]) * rarity, _words(other, bead[1 - s]) @ back > 0)
        for bead in path
        if bead[0] and bead[1]
    ]
    return _USUAL_SUPPORT / max(sum(shares) / len(shares), 0.1) if shares else 1.0


def _words(own: Side, units: Sequence[int]) -> Matrix:
    return np.asarray(own.counts[list(units)].sum(axis=0), dtype=np.float64).ravel()


def _share(weight: Matrix, chosen: np.ndarray) -> float:
    return float(weight[chosen].sum() / max(weight.sum(), 1e-6))


def coverage(path: Path, a: Side, b: Side, words: sparse.csr_matrix) -> float:
    """Return how much more of the words of matched beads is supported by their partner than by a stranger.

    Numbers do not count: any two texts have their articles 1, 2 and 3.
    """
    plain = np.array([not token.startswith("#") for token in b.vocabulary] or [False])
    rarity, leads = _rarity(b) * plain, words.tocsr()
    pairs = [(p, q) for p, q in path if p and q and (_words(b, q) * rarity).any()]
    total = 0.0
    for k, (p, q) in enumerate(pairs):
        stranger = pairs[(k + len(pairs) // 2) % len(pairs)][0]
        for sign, run in ((1, p), (-1, stranger)):
            total += sign * _share(_words(b, q) * rarity, _words(a, run) @ leads > 0)
    return total / max(len(pairs), 1)


def _rarity(own: Side) -> Matrix:
    present = np.asarray((own.counts > 0).sum(axis=0)).ravel()
    return np.asarray(np.log((len(own.ends) + 1) / (present + 0.5)))
