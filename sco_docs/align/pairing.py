"""Which sentences of two folded texts of one language belong together, before anything is compared inside them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from sco_docs.align.path import Shape, best_path

Span = tuple[int, int, int, int]  # a[i:x] stands where the other text has b[j:y]

_ANCHOR = 24  # characters that stand once in both texts and hold them together
_SENTENCE_END = re.compile(r"(?<=[.!?;\n])(?![.!?;\n\"'”’」』)])")
_ALIKE = 0.35  # share of characters in common below which two sentences are not the same one
_JOINED = 0.05  # so much better must two sentences fit one than one does
_WINDOW = 400  # sentences that are compared at once


def sentence_pairs(a: str, b: str) -> Iterator[Span]:
    """Yield the stretches where two folded texts may differ, in order, of at most two sentences on a side, or none.

    What lies between the stretches is the same in both.
    """
    cuts_a, cuts_b = _cuts(a), _cuts(b)
    i = j = 0
    for x, x_end, y in [*_equal_runs(a, b, cuts_a, cuts_b), (len(a), len(a), len(b))]:
        if x > i or y > j:
            yield from _pairs(a, b, _between(cuts_a, i, x), _between(cuts_b, j, y))
        i, j = x_end, y + x_end - x


def _cuts(text: str) -> list[int]:
    return sorted({0, len(text), *(match.start() for match in _SENTENCE_END.finditer(text))})


def _between(cuts: Sequence[int], start: int, end: int) -> list[int]:
    inner = cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]
    return [start, *inner, end] if end > start else [start]


def _equal_runs(a: str, b: str, cuts_a: Sequence[int], cuts_b: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield whole sentences that are the same, around passages that stand once in each (patience diff)."""
    at_a, at_b = _once(a), _once(b)
    known = set(cuts_b)
    i = j = 0
    for x, y in rising(sorted((at_a[gram], at_b[gram]) for gram in at_a.keys() & at_b.keys())):
        if x < i or y < j:
            continue
        left = _common_end(a, i, x, b, j, y)
        right = _common_start(a, x, b, y)
        shift = y - x
        whole = [
            cut
            for cut in cuts_a[bisect_left(cuts_a, x - left) : bisect_right(cuts_a, x + right)]
            if cut + shift in known
        ]
        if len(whole) > 1:
            yield whole[0], whole[-1], whole[0] + shift
        i, j = x + right, y + right


def _common_end(a: str, a_floor: int, x: int, b: str, b_floor: int, y: int) -> int:
    most = min(x - a_floor, y - b_floor)
    return next((k for k in range(most) if a[x - k - 1] != b[y - k - 1]), most)


def _common_start(a: str, x: int, b: str, y: int) -> int:
    most = min(len(a) - x, len(b) - y)
    return next((k for k in range(_ANCHOR, most) if a[x + k] != b[y + k]), most)


def _once(text: str) -> dict[str, int]:
    grams = [text[i : i + _ANCHOR] for i in range(max(len(text) - _ANCHOR + 1, 0))]
    counts = Counter(grams)
    return {gram: i for i, gram in enumerate(grams) if counts[gram] == 1}


def rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest subsequence of pairs whose second members rise."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for k, (_, y) in enumerate(pairs):
        at = bisect_left(tails, y)
        before.append(last[at - 1] if at else -1)
        if at == len(tails):
            tails.append(y)
            last.append(k)
        else:
            tails[at], last[at] = y, k
    chain: list[tuple[int, int]] = []
    k = last[-1] if last else -1
    while k >= 0:
        chain.append(pairs[k])
        k = before[k]
    return chain[::-1]


def _pairs(a: str, b: str, cuts_a: Sequence[int], cuts_b: Sequence[int]) -> Iterator[Span]:
    """Align the sentences between the cuts, window after window."""
    i = j = 0
    rows, columns = len(cuts_a) - 1, len(cuts_b) - 1
    while i < rows or j < columns:
        left = cuts_a[i : i + _WINDOW + 1]
        right = cuts_b[j : j + _WINDOW + 1]
        path = _matched([a[x:y] for x, y in pairwise(left)], [b[x:y] for x, y in pairwise(right)])
        if rows - i > _WINDOW or columns - j > _WINDOW:
            path = path[: _last_match(path) + 1]
        for p, q in path:
            yield cuts_a[i], cuts_a[i + len(p)], cuts_b[j], cuts_b[j + len(q)]
            i, j = i + len(p), j + len(q)


def _last_match(path: Sequence[tuple[tuple[int, ...], tuple[int, ...]]]) -> int:
    """The last match in the first two thirds, or the end of them."""
    third = max(len(path) * 2 // 3, 1)
    return next((k for k in range(third - 1, -1, -1) if path[k][0] and path[k][1]), third - 1)


def _matched(a: Sequence[str], b: Sequence[str]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    if not a or not b:
        return [((k,), ()) for k in range(len(a))] + [((), (k,)) for k in range(len(b))]
    table: dict[Shape, np.ndarray] = {}
    for p, q in ((1, 1), (1, 2), (2, 1)):
        left, right = _runs(a, p), _runs(b, q)
        if left and right:
            likeness = cdist(left, right, scorer=Indel.normalized_similarity, dtype=np.float64)
            score = likeness - _ALIKE + 0.01 - (_JOINED if p + q > 2 else 0.0)
            table[p, q] = np.where(likeness < _ALIKE, -1.0, score)
    return best_path((len(a), len(b)), table, 0.0, 0.0)


def _runs(sentences: Sequence[str], size: int) -> list[str]:
    return ["".join(sentences[k : k + size]) for k in range(len(sentences) - size + 1)]
