"""Quotations of the agreements in the text around them, compared with what the agreements say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from rapidfuzz.distance import Levenshtein

from sco_docs.align.differences import differences
from sco_docs.align.fold import fold
from sco_docs.align.lexicon import installed_lexicon
from sco_docs.align.pairing import rising
from sco_docs.align.segments import segments
from sco_docs.chinese.numerals import han
from sco_docs.chinese.texts import place_at
from sco_docs.data import table
from sco_docs.model import (
    Agreement,
    Block,
    Layout,
    Place,
    Problem,
    Quotation,
    RegisterEntry,
    Section,
    Segment,
    Text,
    Thesis,
    VariantKind,
)  # fmt: skip

_BODY = ("chapter", "section", "back")
_OPENING = {"「": "」", "『": "』", "“": "”", "〝": "〞", "«": "»"}
# What a quotation leaves out or adds of its own: an ellipsis, and words in square brackets.
_LEFT_OUT = re.compile(
    r"[（(\[［〔]?(?:…+|⋯+|\.{3,}|(?:\. ){2,}\.|[（(]略[)）])[）)\]］〕]?|[\[［〔][^\]］〕]*[\]］〕]"
)
_TITLE = re.compile(r"[《「“](?P<title>[^《》「」“”]{2,80})[》」”]")
_ARTICLE = re.compile(r"第\s*(?P<han>[零〇一二三四五六七八九十百]+|\d+)\s*[條条]|[Aa]rticle\s+(?P<digits>\d+)")
_NEAR = 60  # characters before a quotation in which an article is named
_GRAM, _LETTERS = 4, 10  # characters that a quotation and its source share, in Chinese and in alphabets
_FEWEST_GRAMS = 0.3
_CHANGED: frozenset[VariantKind] = frozenset({"substantive", "omission", "addition", "transposition"})


@dataclass(frozen=True, slots=True)
class _Least:
    """What makes a passage in quotation marks a quotation: so many characters, and so much of them the same."""

    size: int
    likeness: float


# With the agreement named before it, by its words alone, and with another agreement named before it, but the right
# article; letters count a third of a Chinese character.
_NAMED, _UNNAMED, _ARTICLE_ONLY, _NEVER = _Least(8, 0.7), _Least(18, 0.85), _Least(12, 0.85), _Least(0, 2.0)


@dataclass(frozen=True, slots=True)
class _Bare:
    """A text folded, only letters and digits, and where in the text each of them stands."""

    text: str
    at: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Original:
    """An agreement as one text; ``starts``: where its segments begin; ``names``: its titles, folded."""

    agreement: Agreement
    segments: tuple[Segment, ...]
    starts: tuple[int, ...]
    text: str
    bare: _Bare
    grams: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A passage in quotation marks or a block quotation: ``text[start:end]`` of a running text."""

    running: Text
    page: int
    start: int
    end: int
    before: str


@dataclass(frozen=True, slots=True)
class _Match:
    original: _Original
    start: int
    end: int
    likeness: float


def find_quotations(
    thesis: Thesis, layout: Layout, agreements: Sequence[Agreement], register: Sequence[RegisterEntry] = ()
) -> tuple[tuple[Quotation, ...], tuple[Problem, ...]]:
    """Return the quotations of the agreements in the chapters and their notes, in the order of the text.

    A passage in quotation marks and a block quotation is a quotation when an agreement has its words, or nearly,
    and the text names that agreement (by a title of ``register``, or the article) or enough words are the same.
    What an ellipsis leaves out and what square brackets add is no difference, nor is script, width, punctuation
    or the style of numerals. Other words are the problem ``misquotation``, with both readings.
    """
    originals = [_original(agreement, register) for agreement in agreements]
    found: list[Quotation] = []
    problems: list[Problem] = []
    for quoted in _all_quoted(thesis, layout):
        for start, end in _parts(quoted):
            match = _match(quoted, start, end, originals)
            if match is None:
                continue
            quotation = _quotation(quoted, start, end, match)
            found.append(quotation)
            if not quotation.exact:
                problems.append(_misquotation(quotation, match.original.agreement))
    return tuple(found), tuple(problems)


# ---------------------------------------------------------------- what stands in quotation marks


def _all_quoted(thesis: Thesis, layout: Layout) -> Iterator[_Quoted]:
    notes = {note.id: note for note in layout.notes}
    before = ""
    for block in _blocks(thesis.sections):
        if block.kind in ("heading", "caption", "toc", "table", "figure"):
            continue
        text = block.text
        if block.kind == "quote":
            yield _Quoted(text, block.page, 0, len(text.text), before)
        else:
            yield from _in_marks(text, block.page, before)
            before = text.text
        for mark in text.notes:
            if mark.note in notes:
                yield from _in_marks(notes[mark.note].text, notes[mark.note].page, text.text[: mark.offset])


def _blocks(sections: Iterable[Section]) -> Iterator[Block]:
    for section in sections:
        if section.role in _BODY:
            yield from section.blocks
            yield from _blocks(section.children)


def _in_marks(text: Text, page: int, before: str) -> Iterator[_Quoted]:
    """Yield the outermost passages in quotation marks; one that is not closed ends with the paragraph."""
    stack: list[tuple[str, int]] = []
    straight: int | None = None
    for at, character in enumerate(text.text):
        if character in _OPENING:
            stack.append((_OPENING[character], at))
        elif stack and character == stack[-1][0]:
            _, start = stack.pop()
            if not stack:
                yield _Quoted(text, page, start + 1, at, f"{before}\n{text.text[:start]}")
        elif character == '"' and not stack:
            if straight is None:
                straight = at
            else:
                yield _Quoted(text, page, straight + 1, at, f"{before}\n{text.text[:straight]}")
                straight = None
    if stack and stack[0][1] == 0:
        yield _Quoted(text, page, 1, len(text.text), before)


def _parts(quoted: _Quoted) -> Iterator[tuple[int, int]]:
    start = quoted.start
    for match in _LEFT_OUT.finditer(quoted.running.text, quoted.start, quoted.end):
        yield start, match.start()
        start = match.end()
    yield start, quoted.end


# ---------------------------------------------------------------- what is quoted


def _match(quoted: _Quoted, start: int, end: int, originals: Sequence[_Original]) -> _Match | None:
    """Return where the agreements have the words of a passage, or ``None`` where it quotes none of them."""
    bare = _bare(quoted.running.text[start:end])
    size = _size(bare.text)
    if size < _NAMED.size:
        return None
    for original in originals:
        at = original.bare.text.find(bare.text)
        if at >= 0:
            return _Match(original, at, at + len(bare.text), 1.0)
    named = _named(quoted.before, originals)
    articles = _articles(quoted.before)
    grams = _grams(bare.text)
    matches = []
    for original in originals:
        if len(grams & original.grams) < _FEWEST_GRAMS * len(grams):
            continue
        match = _nearest(bare.text, original)
        if size >= (least := _least(match, named, articles)).size and match.likeness >= least.likeness:
            matches.append(match)
    return max(matches, key=lambda match: match.likeness, default=None)


def _least(match: _Match, named: Sequence[_Original] | None, articles: set[int]) -> _Least:
    right_article = _article_of(match, match.original) in articles
    if named is None:
        return _NAMED if right_article else _UNNAMED
    if match.original in named:
        return _NAMED
    return _ARTICLE_ONLY if right_article else _NEVER


def _size(bare: str) -> int:
    letters = sum(1 for c in bare if c < "\u2e80")
    return len(bare) - letters + letters // 3


def _named(before: str, originals: Sequence[_Original]) -> list[_Original] | None:
    """Return the agreements that the last title before a quotation may mean; ``None`` where no title is there."""
    for match in reversed(list(_TITLE.finditer(before))):
        title = _key(match["title"])
        found = [o for o in originals if any(_stands_for(title, name) for name in o.names)]
        if found:
            return found
        if any(title.endswith(noun) for noun in _nouns()):
            return []
    folded = _key(before)
    return [o for o in originals if any(len(name) > 6 and name in folded for name in o.names)] or None


@cache
def _nouns() -> tuple[str, ...]:
    return tuple({_key(row["noun"]) for row in table("agreement_nouns")})


def _stands_for(short: str, full: str) -> bool:
    """Whether a title may be short for another: its characters in order, the kind of agreement the same."""
    if short[-2:] != full[-2:] or len(short) < 2:
        return False
    rest = iter(full)
    return all(c in rest for c in short)


def _articles(before: str) -> set[int]:
    return {
        int(found) if (found := match["han"] or match["digits"]).isdigit() else han(found) or 0
        for match in _ARTICLE.finditer(before[-_NEAR:])
    }


def _article_of(match: _Match, original: _Original) -> int | None:
    unit = _segment(original, match.start).unit.partition(".")[0]
    division = next((d for d in original.agreement.body if d.id == unit), None)
    return division.number if division else None


def _nearest(quoted: str, original: _Original) -> _Match:
    """Find the passage that shares the most words in the same order, and stretch it over the whole quotation."""
    text = original.bare.text
    size = _gram_size(quoted)
    pairs = [
        (i, at) for i in range(len(quoted) - size + 1) for at in _everywhere(quoted[i : i + size], text)
    ]
    slack = 4 + len(quoted) // 4
    votes = Counter((at - i) // slack + shift for i, at in pairs for shift in (0, 1))
    best, _ = max(votes.items(), key=lambda vote: (vote[1], -vote[0]))
    near = sorted((i, at) for i, at in pairs if (at - i) // slack in (best - 1, best))
    chain = rising([(i, at) for i, at in near if (i, at) == min((p for p in near if p[0] == i), key=lambda p: p[1])])
    (first, at_first), (last, at_last) = chain[0], chain[-1]
    head, tail = quoted[:first], quoted[last + size :]
    start = at_first - _reach(head[::-1], text[max(0, at_first - 2 * first) : at_first][::-1])
    end = at_last + size + _reach(tail, text[at_last + size :][: 2 * len(tail)])
    return _Match(original, start, end, Levenshtein.normalized_similarity(quoted, text[start:end]))


def _everywhere(gram: str, text: str) -> Iterator[int]:
    at = text.find(gram)
    while at >= 0:
        yield at
        at = text.find(gram, at + 1)


def _reach(rest: str, text: str) -> int:
    """Return how much of ``text`` is nearest to ``rest``, both read from the place where they part."""
    sizes = range(max(0, len(rest) // 2), len(text) + 1)
    return min(sizes, key=lambda k: (Levenshtein.distance(rest, text[:k]), abs(k - len(rest))), default=0)


# ---------------------------------------------------------------- the two readings


def _quotation(quoted: _Quoted, start: int, end: int, match: _Match) -> Quotation:
    original = match.original
    text = quoted.running.text[start:end]
    first, last = original.bare.at[match.start], original.bare.at[match.end - 1] + 1
    reading = original.text[first:last]
    return Quotation(
        original.agreement.n,
        original.agreement.language,
        _segment(original, match.start).unit,
        text.strip(),
        reading,
        match.likeness == 1.0 or not _changed(text, reading, original, first),
        place_at(quoted.running, start) or Place(quoted.page),
    )


def _changed(text: str, reading: str, original: _Original, first: int) -> bool:
    """Whether words differ, other than the labels of articles and items that a quotation runs over."""
    labels = [
        (start - first, start - first + len(segment.text))
        for start, segment in zip(original.starts, original.segments, strict=True)
        if segment.part != "p"
    ]
    return any(
        d.kind in _CHANGED
        and _bare(text[d.b_start : d.b_end]).text != _bare(reading[d.a_start : d.a_end]).text
        and not (d.b_start == d.b_end and any(s <= d.a_start and d.a_end <= e for s, e in labels))
        for d in differences(reading, text, installed_lexicon().words)
    )


def _misquotation(quotation: Quotation, agreement: Agreement) -> Problem:
    title = agreement.title or agreement.appendix_title
    name = f" ({title.text})" if title else ""
    return Problem(
        "misquotation",
        "warning",
        f"Quoted as {quotation.text!r}; agreement {quotation.agreement}{name} reads {quotation.reading!r} "
        f"in {quotation.unit}.",
        quotation.place,
        f"{quotation.text} ≠ {quotation.reading}",
        "Compare both with the page; correct the one that is wrong, or mark the change with […].",
    )


# ---------------------------------------------------------------- the agreements as texts


def _original(agreement: Agreement, register: Sequence[RegisterEntry]) -> _Original:
    found = segments(agreement)
    glue = "" if agreement.language.startswith("zh") else " "
    starts = tuple(accumulate((len(segment.text) + len(glue) for segment in found), initial=0))[: len(found)]
    text = glue.join(segment.text for segment in found)
    bare = _bare(text)
    titles = [t.text for t in (agreement.title, agreement.appendix_title) if t]
    titles += [title for entry in register if entry.printed_as == agreement.n for title in entry.titles]
    names = frozenset(name for title in titles for name in _title_keys(title))
    return _Original(agreement, found, starts, text, bare, _grams(bare.text), names)


def _title_keys(title: str) -> Iterator[str]:
    """Yield a title as it is compared, without the number and date that the heading of an appendix adds."""
    bare = re.sub(r"[（(][^（()）]*\d[^（()）]*[）)]\s*$", "", title)
    yield from filter(None, {_key(bare), _key(re.split(r"[：:]", bare)[-1])})


def _key(title: str) -> str:
    return _bare(title).text


def _bare(text: str) -> _Bare:
    kept = [(c, i) for i, c in enumerate(fold(text)) if c.isalnum()]
    return _Bare("".join(c for c, _ in kept), tuple(i for _, i in kept))


def _gram_size(text: str) -> int:
    return _GRAM if sum(1 for c in text if c >= "\u2e80") * 2 >= len(text) else _LETTERS


def _grams(text: str) -> frozenset[str]:
    size = _gram_size(text)
    return frozenset(text[i : i + size] for i in range(len(text) - size + 1))


def _segment(original: _Original, at: int) -> Segment:
    return original.segments[bisect_right(original.starts, original.bare.at[at]) - 1]
