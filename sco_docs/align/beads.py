"""How well a run of units of one text matches a run of the other: words, numbers, length, punctuation, markers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sco_docs.align.lexicon import Lexicon, translation_weights
from sco_docs.align.tokens import tokens
from sco_docs.chinese.numerals import han, letter, roman

Matrix = NDArray[np.float64]

# How often a run of so many units matches one of so many, in parallel editions; the rest of the mass is omissions.
SHAPES: Mapping[tuple[int, int], float] = {
    (1, 1): 0.75, (1, 2): 0.10, (2, 1): 0.08, (1, 3): 0.02, (3, 1): 0.015, (2, 2): 0.012, (1, 4): 0.006,
    (4, 1): 0.004, (2, 3): 0.004, (3, 2): 0.003, (1, 5): 0.003, (5, 1): 0.002, (3, 3): 0.002,
}  # fmt: skip
LONGEST_RUN = max(a for a, _ in SHAPES)

_SMOOTHING = 2000.0  # tokens that a short text is imagined to have besides its own, so that rare is not certain
_LEXICAL = 0.5  # weight of a translation against chance
_DICE, _SURPRISE, _LEARNED = 0.3, 4.0, 0.5
_SPREAD = 0.25  # standard deviation of the log ratio of lengths of two long units
_PUNCTUATION = 0.5
_SAME_MARKER, _ODD_MARKER = 8.0, 4.0
_NUMBERS = 4096
_ENDS = {"。": ".", "．": ".", "？": "?", "！": "!", "；": ";", "：": ":", "，": ",", "、": ","}
_BARE = (
    r"(?:第?\s*(?P<han>[零〇一二三四五六七八九十百]+)\s*[條条章节節款編编部]?(?:之(?P<inserted>[一二三四五六七八九十]+))?[、．.\s]"
    r"|(?:Article|Chapter|Section|Part|Статья|Глава|Раздел)\s+(?P<word>\d+|[IVXLC]+)\b"
    r"|第?\s*(?P<digits>\d+)\s*[、．.條条章节節](?!\d)|(?P<letter>[a-zA-Zа-я])[.)])"
)
_BRACKETED = (
    r"(?:[（(](?:(?P<bracketed>[一二三四五六七八九十百]+)|(?P<number>\d+)|(?P<roman>[ivxIVX]+)|(?P<sign>[a-zA-Zа-я]))[)）])"
)
# A bare marker stands at the head of a unit or after the end of a clause, one in brackets after any blank too, where
# it is no reference: paragraph 2 (c), subparagraph (a).
_REFERENCE = r"(?<!\d\s)(?<!paragraph\s)(?<!paragraphs\s)(?<!item\s)(?<!items\s)(?<!пункт\s)(?<!пункта\s)(?<!пункте\s)"
_HEAD = re.compile(
    rf"(?:^|(?<=[。；：.;:])|(?<=[.;:]\s)|(?<=[。；：]\s))\s*{_BARE}|(?:^|(?<=[\s。；：，:;,])){_REFERENCE}\s*{_BRACKETED}"
)


@dataclass(frozen=True, slots=True)
class Side:
    """The units of one text as the scores need them. ``counts``: units × vocabulary; ``markers``: units × number."""

    language: str
    vocabulary: tuple[str, ...]
    counts: sparse.csr_matrix
    token_counts: Matrix
    lengths: Matrix
    ends: tuple[str, ...]
    markers: sparse.csr_matrix


def side(units: Sequence[str], language: str, lexicon: Lexicon) -> Side:
    """Return what is compared of ``units``; ``language`` is ``zh``, ``en`` or ``ru``."""
    found = [tokens(unit, language, lexicon.words) for unit in units]
    vocabulary = tuple(dict.fromkeys(token for unit in found for token in unit))
    at = {token: i for i, token in enumerate(vocabulary)}
    rows = [i for i, unit in enumerate(found) for _ in unit]
    columns = [at[token] for unit in found for token in unit]
    counts = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(units), max(len(vocabulary), 1)))
    return Side(
        language,
        vocabulary,
        counts,
        np.array([max(1, len(unit)) for unit in found], dtype=np.float64),
        np.array([max(1, len("".join(unit.split()))) for unit in units], dtype=np.float64),
        tuple(_end(unit) for unit in units),
        _marker_counts(units),
    )


def _marker_counts(units: Sequence[str]) -> sparse.csr_matrix:
    found = [(i, number % _NUMBERS) for i, unit in enumerate(units) for number in markers(unit)]
    rows, columns = zip(*found, strict=True) if found else ((), ())
    return sparse.csr_matrix((np.ones(len(found)), (rows, columns)), shape=(len(units), _NUMBERS))


def heads(unit: str) -> tuple[int, ...]:
    """Return the offsets at which markers stand in a unit."""
    return tuple(match.start() for match in _HEAD.finditer(unit))


def markers(unit: str) -> tuple[int, ...]:
    """Return what the markers in a unit count (``二、``, ``(b)``, ``Article 7``): at its head and after each clause."""
    return tuple(filter(None, map(_marker_number, _HEAD.finditer(unit))))


def _marker_number(match: re.Match[str]) -> int:
    found = match.groupdict()
    if chinese := found["han"] or found["bracketed"]:
        return (han(chinese) or 0) + 1000 * (han(found["inserted"] or "") or 0)
    if word := found["word"]:
        return int(word) if word.isdigit() else roman(word) or 0
    if digits := found["digits"] or found["number"]:
        return int(digits)
    if numeral := found["roman"]:
        return roman(numeral) or 0
    return letter(found["letter"] or found["sign"]) or 0


def dictionary(a: Side, b: Side, lexicon: Lexicon) -> sparse.csr_matrix:
    """Return the translation weights between two vocabularies: a × b."""
    found = translation_weights(a.vocabulary, b.vocabulary, (a.language, b.language), lexicon)
    shape = (a.counts.shape[1], b.counts.shape[1])
    if not found:
        return sparse.csr_matrix(shape)
    rows, columns = zip(*found, strict=True)
    return sparse.csr_matrix((list(found.values()), (rows, columns)), shape=shape)


def learned(
    a: Side, b: Side, words: sparse.csr_matrix, path: Sequence[tuple[tuple[int, ...], tuple[int, ...]]]
) -> sparse.csr_matrix:
    """Return ``words`` with the pairs of words added that stand together in the beads of a first alignment.

    A pair counts that was seen twice or more, mostly together (Dice coefficient), and more than by chance.
    """
    pairs = [(p, q) for p, q in path if p and q and len(p) <= 3 and len(q) <= 3]
    if not pairs:
        return words
    in_a = _present(a, [p for p, _ in pairs])
    in_b = _present(b, [q for _, q in pairs])
    together = (in_a.T @ in_b).tocoo()
    of_a, of_b = np.asarray(in_a.sum(axis=0)).ravel(), np.asarray(in_b.sum(axis=0)).ravel()
    dice = 2 * together.data / (of_a[together.row] + of_b[together.col])
    surprise = together.data * np.log(together.data * len(pairs) / (of_a[together.row] * of_b[together.col]))
    kept = (together.data >= 2) & (dice > _DICE) & (surprise > _SURPRISE)
    found = sparse.csr_matrix((dice[kept], (together.row[kept], together.col[kept])), shape=words.shape)
    total = np.asarray(found.sum(axis=1)).ravel()
    added = _LEARNED * (sparse.diags(1 / np.maximum(total, 1)) @ found)
    return sparse.csr_matrix(words.maximum(added))


def _present(own: Side, runs: Sequence[tuple[int, ...]]) -> sparse.csr_matrix:
    rows = [k for k, run in enumerate(runs) for _ in run]
    columns = [i for run in runs for i in run]
    pick = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(runs), len(own.ends)))
    return sparse.csr_matrix((pick @ own.counts) > 0, dtype=np.float64)


def scores(a: Side, b: Side, words: sparse.csr_matrix) -> dict[tuple[int, int], Matrix]:
    """Return for each shape (p, q) the matrix of scores of ``a[i:i+p]`` against ``b[j:j+q]``.

    A score is a log-likelihood ratio against chance in the manner of Moore (2002), with the length model of
    Gale and Church (1993).
    """
    forward = _explained(a, b, words)
    backward = _explained(b, a, _reversed(words))
    ratio = b.lengths.sum() / a.lengths.sum()
    result = {}
    for (p, q), frequency in SHAPES.items():
        if p > len(a.ends) or q > len(b.ends):
            continue
        lexical = _column_sums(forward[p], q) + _column_sums(backward[q], p).T
        length = _length_score(_run_sums(a.lengths, p)[:, None] * ratio, _run_sums(b.lengths, q)[None, :])
        shared_end = np.equal.outer(np.array(a.ends)[p - 1 :], np.array(b.ends)[q - 1 :])
        result[p, q] = lexical + length + _PUNCTUATION * shared_end + math.log(frequency) + _marker_score(a, b, p, q)
    return result


def _explained(a: Side, b: Side, words: sparse.csr_matrix) -> dict[int, Matrix]:
    """For each run length p: how much the words of ``a[i:i+p]`` explain unit ``b[j]``, in nats against chance."""
    seen = np.asarray(b.counts.sum(axis=0)).ravel()
    chance = (seen + 1) / (seen.sum() + _SMOOTHING)
    expected = (a.counts @ words).tocsr()
    result = {}
    for p in range(1, min(LONGEST_RUN, len(a.ends)) + 1):
        runs = _run_matrix(len(a.ends), p) @ expected
        gain = sparse.diags(_LEXICAL / _run_sums(a.token_counts, p)) @ runs @ sparse.diags(1 / chance)
        gain = gain.tocsr()
        gain.data = np.log1p(gain.data)
        result[p] = np.asarray((gain @ b.counts.T).todense())
    return result


def _reversed(words: sparse.csr_matrix) -> sparse.csr_matrix:
    known = (words > 0).astype(np.float64)
    share = 1 / np.maximum(np.asarray(known.sum(axis=0)).ravel(), 1)
    return (known @ sparse.diags(share)).T.tocsr()


def _run_sums(values: Matrix, size: int) -> Matrix:
    return np.convolve(values, np.ones(size), "valid")


def _column_sums(matrix: Matrix, size: int) -> Matrix:
    total = np.concatenate([np.zeros((matrix.shape[0], 1)), np.cumsum(matrix, axis=1)], axis=1)
    return np.asarray(total[:, size:] - total[:, : total.shape[1] - size])


def _length_score(expected: Matrix, found: Matrix) -> Matrix:
    spread = np.sqrt(_SPREAD**2 + 6.0 / (expected + found + 16))
    return np.asarray(-0.5 * (np.log((found + 8) / (expected + 8)) / spread) ** 2 - 0.3 * np.log(spread / _SPREAD))


def _marker_score(a: Side, b: Side, p: int, q: int) -> Matrix:
    left, right = _run_matrix(len(a.ends), p) @ a.markers, _run_matrix(len(b.ends), q) @ b.markers
    same = np.asarray((left @ right.T).todense())
    of_a = np.asarray(left.sum(axis=1)).ravel()[:, None]
    of_b = np.asarray(right.sum(axis=1)).ravel()[None, :]
    inner = np.maximum(of_a - 1, 0) + np.maximum(of_b - 1, 0)
    odd = np.where((of_a > 0) & (of_b > 0), np.maximum(of_a + of_b - 2 * same, 0), inner)
    return np.asarray(_SAME_MARKER * np.minimum(same, 1) - _ODD_MARKER * odd)


def _run_matrix(size: int, run: int) -> sparse.csr_matrix:
    return sparse.csr_matrix(sparse.diags([1.0] * run, range(run), shape=(size - run + 1, size)))


def _end(unit: str) -> str:
    rest = unit.rstrip("”\"’」』）)》 '")
    return _ENDS.get(rest[-1:], rest[-1:] if rest[-1:] in ".?!;:," else "x")
