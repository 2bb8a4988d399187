"""Where two texts of one language differ, in words and numbers rather than in single characters."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from sco_docs.align.fold import fold
from sco_docs.align.kinds import kind_of
from sco_docs.chinese.detect import detect
from sco_docs.model import VariantKind

_ANCHOR = 24  # characters that stand once in both texts and hold them together
_MOVED = 4  # a shorter passage that is missing here and added there is no transposition
_LONGEST_WORD = 6
_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;\n]*")  # in folded text
_RUN = re.compile(r"[0-9零〇一二三四五六七八九十百千万亿两]+(?:[.,][0-9]+)*|[a-zà-öø-ÿа-яё]+(?:['-][a-zа-яё]+)*")


@dataclass(frozen=True, slots=True)
class Difference:
    """``a[a_start:a_end]`` stands where the other text has ``b[b_start:b_end]``; in a transposition, elsewhere."""

    kind: VariantKind
    a_start: int
    a_end: int
    b_start: int
    b_end: int


_Span = tuple[int, int, int, int]


def differences(a: str, b: str, words: Container[str] = frozenset()) -> tuple[Difference, ...]:
    """Return where ``b`` differs from ``a``, in the order of ``a``; offsets are of the texts as they are.

    Texts are compared folded (script, width, variant characters), so a place where only the print differs is
    found as well, and classed as such. ``words``: Simplified words that a difference is extended to.
    """
    folded_a, folded_b = fold(a), fold(b)
    moved = _moved(folded_a, folded_b)
    rest_a = _without(len(a), [(m.a_start, m.a_end) for m in moved])
    rest_b = _without(len(b), [(m.b_start, m.b_end) for m in moved])
    texts = [_pick(text, rest) for text, rest in ((a, rest_a), (b, rest_b), (folded_a, rest_a), (folded_b, rest_b))]
    spans = _merged(list(_edits(texts[2], texts[3])), texts[2], texts[3], words)
    one_script = detect(a).script == detect(b).script
    found = [_classed(span, texts[0], texts[1], one_script) for span in _with_print(spans, texts[0], texts[1])]
    placed = _transpositions([_placed(d, rest_a, rest_b) for d in found], folded_a, folded_b)
    return tuple(sorted([*moved, *placed], key=lambda d: (d.a_start, d.b_start)))


def _moved(a: str, b: str) -> list[Difference]:
    """Return the sentences that stand once in both texts, but not in the same order."""
    at_a, at_b = _sentences_once(a), _sentences_once(b)
    pairs = sorted((at_a[sentence], at_b[sentence]) for sentence in at_a.keys() & at_b.keys())
    in_order = set(rising([(x, y) for (x, _), (y, _) in pairs]))
    return [
        Difference("transposition", x, x_end, y, y_end)
        for (x, x_end), (y, y_end) in pairs
        if (x, y) not in in_order
    ]


def _sentences_once(text: str) -> dict[str, tuple[int, int]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for match in _SENTENCE.finditer(text):
        if match.end() - match.start() > _MOVED:
            found.setdefault(match.group(), []).append(match.span())
    return {sentence: spans[0] for sentence, spans in found.items() if len(spans) == 1}


def _without(size: int, spans: Iterable[tuple[int, int]]) -> list[int]:
    """Return the offsets of a text outside the spans, with its end."""
    left_out = {i for start, end in spans for i in range(start, end)}
    return [i for i in range(size + 1) if i not in left_out]


def _pick(text: str, offsets: Sequence[int]) -> str:
    return "".join(text[i] for i in offsets[:-1])


def _placed(d: Difference, rest_a: Sequence[int], rest_b: Sequence[int]) -> Difference:
    return replace(
        d,
        a_start=rest_a[d.a_start],
        a_end=rest_a[d.a_end - 1] + 1 if d.a_end > d.a_start else rest_a[d.a_start],
        b_start=rest_b[d.b_start],
        b_end=rest_b[d.b_end - 1] + 1 if d.b_end > d.b_start else rest_b[d.b_start],
    )


def _edits(a: str, b: str) -> Iterator[_Span]:
    for a0, a1, b0, b1 in _gaps(a, b):
        for code in Levenshtein.opcodes(a[a0:a1], b[b0:b1]):
            if code.tag != "equal":
                yield a0 + code.src_start, a0 + code.src_end, b0 + code.dest_start, b0 + code.dest_end


def _gaps(a: str, b: str) -> Iterator[_Span]:
    """Cut both texts at passages that stand once in each, in the longest common order (patience diff)."""
    at_a = _once(a)
    at_b = _once(b)
    pairs = sorted((at_a[gram], at_b[gram]) for gram in at_a.keys() & at_b.keys())
    i = j = 0
    for x, y in rising(pairs):
        if x >= i and y >= j:
            yield i, x, j, y
            i, j = x + _ANCHOR, y + _ANCHOR
    yield i, len(a), j, len(b)


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


def _merged(edits: list[_Span], a: str, b: str, words: Container[str]) -> list[_Span]:
    """Extend edits to the words and numbers that they touch, and join those that then meet."""
    spans: list[_Span] = []
    for edit in edits:
        reach_a, reach_b = _reach(a, edit[0], edit[1], words), _reach(b, edit[2], edit[3], words)
        left, right = max(reach_a[0], reach_b[0]), max(reach_a[1], reach_b[1])
        floor = spans[-1] if spans else (0, 0, 0, 0)
        left = min(left, _common(a[floor[1] : edit[0]][::-1], b[floor[3] : edit[2]][::-1]))
        right = min(right, _common(a[edit[1] :][:64], b[edit[3] :][:64]))
        span = (edit[0] - left, edit[1] + right, edit[2] - left, edit[3] + right)
        if spans and (span[0] <= spans[-1][1] or span[2] <= spans[-1][3]):
            span = (spans[-1][0], max(span[1], spans[-1][1]), spans[-1][2], max(span[3], spans[-1][3]))
            spans.pop()
        spans.append(span)
    return spans


def _reach(text: str, start: int, end: int, words: Container[str]) -> tuple[int, int]:
    """How far the words or numbers that the edges of ``text[start:end]`` cut through reach to its left and right."""
    left = right = 0
    for match in _RUN.finditer(text, max(0, start - 24), min(len(text), end + 24)):
        if match.start() < start < match.end() or match.start() < end < match.end():
            left, right = max(left, start - match.start()), max(right, match.end() - end)
    for edge in (start, end):
        first, last = _word_across(text, edge, words)
        left, right = max(left, start - first), max(right, last - end)
    return left, right


def _word_across(text: str, edge: int, words: Container[str]) -> tuple[int, int]:
    for size in range(_LONGEST_WORD, 1, -1):
        for first in range(max(0, edge - size + 1), min(edge, len(text) - size + 1)):
            if text[first : first + size] in words:
                return first, first + size
    return edge, edge


def _common(a: str, b: str) -> int:
    size = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        size += 1
    return size


def _with_print(spans: Iterable[_Span], a: str, b: str) -> Iterator[_Span]:
    """Yield the spans, and between them the places where only the print differs."""
    i = j = 0
    for span in [*spans, (len(a), len(a), len(b), len(b))]:
        start = None
        for k in range(span[0] - i):
            differs = a[i + k] != b[j + k]
            if differs and start is None:
                start = k
            if start is not None and not differs:
                yield i + start, i + k, j + start, j + k
                start = None
        if start is not None:
            yield i + start, span[0], j + start, span[2]
        if span[0] < span[1] or span[2] < span[3]:
            yield span
        i, j = span[1], span[3]


def _classed(span: _Span, a: str, b: str, one_script: bool) -> Difference:
    a0, a1, b0, b1 = span
    before = a[a0 - 1 : a0] or b[b0 - 1 : b0]
    return Difference(kind_of(a[a0:a1], b[b0:b1], (before, a[a1 : a1 + 1]), one_script), *span)


def _transpositions(found: Sequence[Difference], a: str, b: str) -> list[Difference]:
    """Pair what is missing here with what is added there."""
    missing: dict[str, list[Difference]] = {}
    for d in found:
        if d.kind == "omission" and d.a_end - d.a_start >= _MOVED:
            missing.setdefault(a[d.a_start : d.a_end], []).append(d)
    result = list(found)
    for d in found:
        partners = missing.get(b[d.b_start : d.b_end], []) if d.kind == "addition" else []
        if partners:
            partner = partners.pop(0)
            result.remove(d)
            both = replace(d, kind="transposition", a_start=partner.a_start, a_end=partner.a_end)
            result[result.index(partner)] = both
    return result
