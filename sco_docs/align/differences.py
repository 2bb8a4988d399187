"""Where two texts of one language differ, in words and numbers rather than in single characters."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from sco_docs.align import equivalents
from sco_docs.align.fold import fold
from sco_docs.align.kinds import kind_of
from sco_docs.align.pairing import Span, rising, sentence_pairs
from sco_docs.chinese.detect import detect
from sco_docs.model import VariantKind

_MOVED = 4  # a shorter passage that is missing here and added there is no transposition
_LONGEST_WORD = 6
# In folded text: sentences, the labels before them by themselves; and what stands between the items of a list.
_NUMBER = r"(?:[0-9]+|[零〇一二三四五六七八九十百]+)"
_SENTENCE = re.compile(
    rf"(?<![^.!?;:\n])(?P<label>\({_NUMBER}\)|{_NUMBER}[,.]|第{_NUMBER}条)\s*|[^.!?;:\n]+[.!?;:\n]*"
)
_JOINT = re.compile(
    r"[,;:\s]+(?:and|or)?\s+|[,;:]+|\s(?:and|or)\s|以及|和(?![平谐解约好睦])|(?<![涉以普危触顾提])及(?![其时])|(?<!参)与(?!会)|或"
)
_AROUND = 6  # characters around two edits that may belong to the items of one list
_LISTS = 12  # edits of a sentence that may be one list in another order
_RUN = re.compile(r"[0-9零〇一二三四五六七八九十百千万亿两]+(?:[.,][0-9]+)*|[a-zà-öø-ÿа-яё]+(?:['-][a-zа-яё]+)*")


@dataclass(frozen=True, slots=True)
class Difference:
    """``a[a_start:a_end]`` stands where the other text has ``b[b_start:b_end]``; in a transposition, elsewhere."""

    kind: VariantKind
    a_start: int
    a_end: int
    b_start: int
    b_end: int


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with parts taken out: ``at`` is where its characters, and its end, stand in the whole text."""

    printed: str
    folded: str
    at: Sequence[int]

    def cut(self, start: int, end: int) -> _Text:
        return _Text(self.printed[start:end], self.folded[start:end], self.at[start : end + 1])

    def without(self, spans: Iterable[tuple[int, int]]) -> _Text:
        left_out = {i for start, end in spans for i in range(start, end)}
        kept = [i for i in range(len(self.folded)) if i not in left_out]
        return _Text(
            "".join(self.printed[i] for i in kept),
            "".join(self.folded[i] for i in kept),
            [self.at[i] for i in (*kept, len(self.folded))],
        )

    def place(self, start: int, end: int) -> tuple[int, int]:
        return self.at[start], self.at[end - 1] + 1 if end > start else self.at[start]


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What the comparison knows besides the texts: the words, and whether both are in one script."""

    words: Container[str]
    one_script: bool


def differences(a: str, b: str, words: Container[str] = frozenset()) -> tuple[Difference, ...]:
    """Return where ``b`` differs from ``a``, in the order of ``a``; offsets are of the texts as they are.

    Texts are compared folded (script, width, variant characters), so a place where only the print differs is
    found as well, and classed as such. ``words``: Simplified words that a difference is extended to.
    """
    compared = _Comparison(words, {detect(a).script, detect(b).script} != {"Hans", "Hant"})
    whole_a, whole_b = _Text(a, fold(a), range(len(a) + 1)), _Text(b, fold(b), range(len(b) + 1))
    moved = _moved(whole_a.folded, whole_b.folded)
    found = [Difference("transposition", *span) for span in moved]
    labels = _same_labels(whole_a.folded, whole_b.folded) if moved else []
    for x, x_end, y, y_end in labels:
        found += _differences(whole_a.cut(x, x_end), whole_b.cut(y, y_end), (), compared)
    rest_a, rest_b = _rest(whole_a, whole_b, [*moved, *labels])
    i = j = 0
    for x, x_end, y, y_end in [*sentence_pairs(rest_a.folded, rest_b.folded), _end(rest_a, rest_b)]:
        found += _differences(rest_a.cut(i, x), rest_b.cut(j, y), (), compared)
        found += _in_sentences(rest_a.cut(x, x_end), rest_b.cut(y, y_end), compared)
        i, j = x_end, y_end
    placed = _transpositions(found, whole_a.folded, whole_b.folded)
    return tuple(sorted(placed, key=lambda d: (d.a_start, d.b_start)))


def _end(a: _Text, b: _Text) -> Span:
    return len(a.folded), len(a.folded), len(b.folded), len(b.folded)


def _rest(a: _Text, b: _Text, moved: Sequence[Span]) -> tuple[_Text, _Text]:
    if not moved:
        return a, b
    return a.without((x, x_end) for x, x_end, _, _ in moved), b.without((y, y_end) for _, _, y, y_end in moved)


def _in_sentences(a: _Text, b: _Text, compared: _Comparison) -> Iterator[Difference]:
    """Compare a sentence or two: the order of lists, and the words."""
    lists, edits = _reordered(list(_edits(a.folded, b.folded)), a.folded, b.folded)
    rest = [
        span
        for span in _merged(edits, a.folded, b.folded, compared.words)
        if not any(span[0] < x_end and x < span[1] for x, x_end, _, _ in lists)
    ]
    for x, x_end, y, y_end in lists:
        yield Difference("transposition", *a.place(x, x_end), *b.place(y, y_end))
    yield from _differences(a, b, rest, compared, lists)


def _reordered(edits: Sequence[Span], a: str, b: str) -> tuple[list[Span], list[Span]]:
    """Return the stretches, from one edit to another, with the same items in another order, and the other edits."""
    lists: list[Span] = []
    rest: list[Span] = []
    k = 0
    while k < len(edits):
        ends = range(k, min(k + _LISTS, len(edits)))
        found = next(((n, span) for n in ends if (span := _same_items(edits[k], edits[n], a, b))), None)
        if found is None or (lists and found[1][0] < lists[-1][1]):
            rest.append(edits[k])
            k += 1
        else:
            lists.append(found[1])
            k = found[0] + 1
    return lists, rest


def _same_items(first: Span, last: Span, a: str, b: str) -> Span | None:
    """Return the stretch from one edit to another, with a little of what is the same around it, if its items are."""
    x, x_end, y, y_end = first[0], last[1], first[2], last[3]
    if not (_JOINT.search(a, x, x_end) and _JOINT.search(b, y, y_end)):
        return None
    most_left = _common(a[max(0, x - _AROUND) : x][::-1], b[max(0, y - _AROUND) : y][::-1])
    most_right = _common(a[x_end : x_end + _AROUND], b[y_end : y_end + _AROUND])
    for left in range(most_left + 1):
        for right in range(most_right + 1):
            span = x - left, x_end + right, y - left, y_end + right
            if _in_other_order(a[span[0] : span[1]], b[span[2] : span[3]]):
                return span
    return None


def _in_other_order(a: str, b: str) -> bool:
    items_a, items_b = (list(filter(None, _JOINT.split(text))) for text in (a, b))
    return items_a != items_b and sorted(items_a) == sorted(items_b) and _ors(a) == _ors(b)


def _ors(text: str) -> int:
    return len(re.findall(r"或|\bor\b", text))


def _differences(
    a: _Text, b: _Text, spans: Sequence[Span], compared: _Comparison, lists: Sequence[Span] = ()
) -> Iterator[Difference]:
    """Class the spans, and the places between them, and outside the lists, where only the print differs."""
    pieces = [piece for span in spans for piece in _known_apart(span, a.folded, b.folded, compared.one_script)]
    for x, x_end, y, y_end in _with_print(sorted([*pieces, *lists]), a.printed, b.printed):
        if (x, x_end, y, y_end) in lists:
            continue
        around = (a.printed[x - 1 : x] or b.printed[y - 1 : y], a.printed[x_end : x_end + 1])
        kind = kind_of(a.printed[x:x_end], b.printed[y:y_end], around, compared.one_script)
        yield Difference(kind, *a.place(x, x_end), *b.place(y, y_end))


def _moved(a: str, b: str) -> list[Span]:
    """Return the sentences that stand once in both texts, but not in the same order."""
    at_a, at_b = _sentences_once(a), _sentences_once(b)
    pairs = sorted((at_a[sentence], at_b[sentence]) for sentence in at_a.keys() & at_b.keys())
    in_order = set(rising([(x, y) for (x, _), (y, _) in pairs]))
    return [(x, x_end, y, y_end) for (x, x_end), (y, y_end) in pairs if (x, y) not in in_order]


def _same_labels(a: str, b: str) -> list[Span]:
    """Return the labels of articles and items where both texts have the same: they stay when what they label moves."""
    spans_a, spans_b = _labels(a), _labels(b)
    if [a[x:x_end] for x, x_end in spans_a] != [b[y:y_end] for y, y_end in spans_b]:
        return []
    return [(*x, *y) for x, y in zip(spans_a, spans_b, strict=True)]


def _labels(text: str) -> list[tuple[int, int]]:
    return [match.span("label") for match in _SENTENCE.finditer(text) if match["label"]]


def _sentences_once(text: str) -> dict[str, tuple[int, int]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for match in _SENTENCE.finditer(text):
        words = match.group().rstrip(".!?;:\n")
        if not match["label"] and len(words) >= _MOVED:
            found.setdefault(words, []).append(match.span())
    return {sentence: spans[0] for sentence, spans in found.items() if len(spans) == 1}


def _edits(a: str, b: str) -> Iterator[Span]:
    for code in Levenshtein.opcodes(a, b):
        if code.tag != "equal":
            yield code.src_start, code.src_end, code.dest_start, code.dest_end


def _merged(edits: list[Span], a: str, b: str, words: Container[str]) -> list[Span]:
    """Extend edits to the words and numbers that they touch, and join those that then meet."""
    spans: list[Span] = []
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
    known = equivalents.words()
    for size in range(_LONGEST_WORD, 1, -1):
        for first in range(max(0, edge - size + 1), min(edge, len(text) - size + 1)):
            word = text[first : first + size]
            if word in known or word in words:
                return first, first + size
    return edge, edge


def _common(a: str, b: str) -> int:
    size = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        size += 1
    return size


def _known_apart(span: Span, a: str, b: str, one_script: bool) -> list[Span]:
    """Cut a span at words that are known to stand for each other, so that what stands beside them is seen by itself."""
    x, x_end, y, y_end = span
    if a[x:x_end] == b[y:y_end]:
        return []
    pairs = equivalents.equivalents(one_script)
    for start in range(min(x_end - x, y_end - y)):
        at, to = x + start, y + start
        for p in range(min(_LONGEST_WORD, x_end - at), 0, -1):
            for q in range(min(_LONGEST_WORD, y_end - to), 0, -1):
                if (a[at : at + p], b[to : to + q]) in pairs:
                    rest = _known_apart((at + p, x_end, to + q, y_end), a, b, one_script)
                    return [(at, at + p, to, to + q), *rest]
        if a[at] != b[to]:
            break
    return [span]


def _with_print(spans: Iterable[Span], a: str, b: str) -> Iterator[Span]:
    """Yield the spans, and between them the places where only the print differs, one kind at a time."""
    i = j = 0
    for span in [*spans, (len(a), len(a), len(b), len(b))]:
        start = kind = None
        for k in range(span[0] - i):
            own = kind_of(a[i + k], b[j + k], one_script=False) if a[i + k] != b[j + k] else None
            if own != kind:
                if kind is not None and start is not None:
                    yield i + start, i + k, j + start, j + k
                start, kind = k, own
        if kind is not None and start is not None:
            yield i + start, span[0], j + start, span[2]
        if span[0] < span[1] or span[2] < span[3]:
            yield span
        i, j = span[1], span[3]


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
