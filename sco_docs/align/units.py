"""Align two sequences of units, of any length, in one language or two.

The units are cut into clauses, the clauses are aligned, and two units belong together that share a clause: a
paragraph that is merged, split or left out in the other text shows at its clauses, not in its sum.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy import sparse

from sco_docs.align.beads import Matrix, Side, dictionary, heads, learned, scores, side
from sco_docs.align.embedder import Embedder, NoEmbedder, with_likeness
from sco_docs.align.lexicon import Lexicon, installed_lexicon
from sco_docs.align.omissions import coverage, without_omissions
from sco_docs.align.path import Path, Shape, best_path
from sco_docs.align.sentences import sentence_ends
from sco_docs.model import Bead

OMISSION = 2.0  # cost of a clause without counterpart
EDGE = 2.0  # the same before the first match and after the last
CROSSING = 2.0  # cost of a bead whose clauses come from different units
WINDOW = 800  # clauses of a long text that are aligned at once

_CLAUSE_END = re.compile(r"[；;]\s*")
_Clause = tuple[int, str]


@dataclass(frozen=True, slots=True)
class _Known:
    """What an alignment knows besides the two texts."""

    languages: tuple[str, str]
    lexicon: Lexicon
    embedder: Embedder


@dataclass(frozen=True, slots=True)
class Aligned:
    """The beads, and how far the two texts say the same: the share (0 to 1) of their words that match where they
    are aligned, above what matches by chance."""

    beads: tuple[Bead, ...]
    relation: float


def align_units(
    a: Sequence[str],
    b: Sequence[str],
    languages: tuple[str, str],
    lexicon: Lexicon | None = None,
    embedder: Embedder | None = None,
) -> Aligned:
    """Return the beads of two sequences of units, in order; every unit stands in exactly one bead.

    ``languages`` are ``zh``, ``en`` or ``ru``, in any order. The score of a bead is the likelihood that it is right.
    ``embedder`` adds its score to those of words, lengths, numbers and punctuation.
    """
    if order(languages) != languages:
        turned = align_units(b, a, (languages[1], languages[0]), lexicon, embedder)
        beads = [(bead.b, bead.a) for bead in turned.beads]
        score_of = {(bead.b, bead.a): bead.score for bead in turned.beads}
        return Aligned(tuple(Bead(*bead, score_of[bead]) for bead in _in_order(beads)), turned.relation)
    known = _Known(languages, lexicon or installed_lexicon(), embedder or NoEmbedder())
    left = [(i, clause) for i, unit in enumerate(a) for clause in clauses(unit, languages[0])]
    right = [(j, clause) for j, unit in enumerate(b) for clause in clauses(unit, languages[1])]
    pieces, relation = _align_windows(left, right, known)
    groups = _components(len(a), len(b), [(p, q) for p, q, _ in pieces if p and q])
    likelihoods: dict[tuple[int, int], list[float]] = {}
    for p, q, likelihood in pieces:
        for key in _keys(p, q):
            likelihoods.setdefault(key, []).append(likelihood)
    return Aligned(tuple(Bead(p, q, _mean(_keys(p, q), likelihoods)) for p, q in groups), relation)


def _keys(p: Iterable[int], q: Iterable[int]) -> list[tuple[int, int]]:
    return [(0, i) for i in p] + [(1, j) for j in q]


def _mean(keys: Iterable[tuple[int, int]], likelihoods: Mapping[tuple[int, int], list[float]]) -> float:
    found = [likelihood for key in keys for likelihood in likelihoods.get(key, ())]
    return round(sum(found) / len(found), 3) if found else 0.5


def order(languages: tuple[str, str]) -> tuple[str, str]:
    """Return two languages in the order in which the lexicon leads from one to the other: zh, en, ru."""
    first, second = sorted(languages, key=("zh", "en", "ru").index)
    return first, second


def clauses(unit: str, language: str) -> list[str]:
    """Return the clauses of a unit: cut at sentence ends, semicolons and before markers."""
    cuts = {0, *heads(unit), *(match.end() for match in _CLAUSE_END.finditer(unit)), *sentence_ends(unit, language)}
    ends = sorted(cuts)
    return [unit[i:j] for i, j in pairwise(ends) if unit[i:j].strip()]


_Piece = tuple[set[int], set[int], float]


def _align_windows(
    a: Sequence[_Clause], b: Sequence[_Clause], known: _Known
) -> tuple[list[_Piece], float]:
    """Align window after window, each from the last match in the first two thirds of the one before."""
    pieces: list[_Piece] = []
    relations: list[tuple[float, int]] = []
    i = j = 0
    while i < len(a) and j < len(b):
        last = len(a) - i <= WINDOW and len(b) - j <= WINDOW
        path, likelihoods, relation = _align_clauses(a[i : i + WINDOW], b[j : j + WINDOW], known)
        cut = len(path) if last else _safe_cut(path)
        for (p, q), likelihood in zip(path[:cut], likelihoods[:cut], strict=True):
            pieces.append(({a[i + k][0] for k in p}, {b[j + k][0] for k in q}, likelihood))
        relations.append((relation, cut))
        if last:
            break
        i += sum(len(p) for p, _ in path[:cut])
        j += sum(len(q) for _, q in path[:cut])
    weight = sum(size for _, size in relations)
    return pieces, sum(r * size for r, size in relations) / weight if weight else 0.0


def _safe_cut(path: Path) -> int:
    matched = [k for k, (p, q) in enumerate(path) if len(p) == len(q) == 1]
    wanted = [k for k in matched if k < len(path) * 2 // 3]
    return (wanted[-1] if wanted else len(path) * 2 // 3) + 1


def _align_clauses(
    a: Sequence[_Clause], b: Sequence[_Clause], known: _Known
) -> tuple[Path, list[float], float]:
    first = first_path(a, b, known.languages, known.lexicon, known.embedder)
    path = without_omissions(first.path, first.a, first.b, first.words)
    likelihoods = [_likelihood(bead, first.table) for bead in path]
    return path, likelihoods, coverage(path, first.a, first.b, first.known)


@dataclass(frozen=True, slots=True)
class First:
    """The best path before the second look at omissions, and what it rests on: ``known`` words and learned ones."""

    path: Path
    a: Side
    b: Side
    known: sparse.csr_matrix
    words: sparse.csr_matrix
    table: Mapping[Shape, Matrix]


def first_path(
    a: Sequence[_Clause],
    b: Sequence[_Clause],
    languages: tuple[str, str],
    lexicon: Lexicon,
    embedder: Embedder,
) -> First:
    """Align clauses, learn from the result which words go together, and align them again."""
    left = side([clause for _, clause in a], languages[0], lexicon)
    right = side([clause for _, clause in b], languages[1], lexicon)
    known = words = dictionary(left, right, lexicon)
    vectors = [embedder.embed([c for _, c in own], x) for own, x in zip((a, b), languages, strict=True)]
    path: Path = []
    table: dict[Shape, Matrix] = {}
    for again in (False, True):
        words = learned(left, right, known, path) if again else known
        table = with_likeness(scores(left, right, words), *vectors)
        for (p, q), score in table.items():
            score -= CROSSING * (_crosses(a, p)[:, None] + _crosses(b, q)[None, :])
        path = best_path((len(a), len(b)), table, OMISSION, EDGE)
    return First(path, left, right, known, words, table)


def _crosses(clauses_: Sequence[_Clause], run: int) -> Matrix:
    units = np.array([unit for unit, _ in clauses_])
    return np.asarray(units[run - 1 :] != units[: len(units) - run + 1], dtype=np.float64)


def _likelihood(bead: tuple[tuple[int, ...], tuple[int, ...]], table: Mapping[Shape, Matrix]) -> float:
    p, q = bead
    if p and q:
        score = table.get((len(p), len(q)))
        return _sigmoid(float(score[p[0], q[0]]) + OMISSION * (len(p) + len(q))) if score is not None else 0.5
    single = table[1, 1]
    best = float(single[p[0]].max() if p else single[:, q[0]].max())
    return 1 - _sigmoid(best + 2 * OMISSION - 8.0)


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-max(min(x, 30.0), -30.0)))


def _components(rows: int, columns: int, links: Iterable[tuple[set[int], set[int]]]) -> Path:
    """Return the groups of units that links hold together, and each unit without a link by itself, in order."""
    group: dict[tuple[int, int], set[tuple[int, int]]] = {
        key: {key} for key in _keys(range(rows), range(columns))
    }
    for p, q in links:
        joined = set().union(*(group[key] for key in _keys(p, q)))
        for key in joined:
            group[key] = joined
    groups = set(map(frozenset, group.values()))
    return _in_order(
        (tuple(sorted(k for s, k in g if s == 0)), tuple(sorted(k for s, k in g if s == 1))) for g in groups
    )


def _in_order(beads: Iterable[tuple[tuple[int, ...], tuple[int, ...]]]) -> Path:
    """Return beads in the order of the first text, those of the second alone before what follows them there."""
    beads = list(beads)
    path = sorted(bead for bead in beads if bead[0] and bead[1])
    for s in (0, 1):
        for bead in sorted((bead for bead in beads if bead[s] and not bead[1 - s]), reverse=True):
            at = next((k for k, other in enumerate(path) if other[s] and other[s] > bead[s]), len(path))
            path.insert(at, bead)
    return path
