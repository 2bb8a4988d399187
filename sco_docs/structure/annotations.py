"""Where the editor's notes stand in a new reading of the source: by the words they were anchored to.

This belongs to ``structure``: like a heading or an article, the place of a note is found in the text that was read.
Every version is searched, so words in either script find their place.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz import fuzz

from sco_docs.chinese.texts import place_at
from sco_docs.model import (
    Agreement,
    AgreementEdition,
    AnchoredNote,
    Division,
    EditorNote,
    Problem,
    Text,
    TextRange,
    Version,
)

_CONTEXT = 32
_PARTS = ("title", "lead", "preamble", "closing", "signatures", "date")
Address = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class _Searched:
    """A version as one string without white space; ``origin[i]`` is address and offset of its character ``i``."""

    version: Version
    folded: str
    origin: tuple[tuple[Address, int], ...]
    texts: dict[Address, Text]
    labels: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Hit:
    searched: _Searched
    start: int
    end: int
    fit: int


def anchor_notes(
    notes: Iterable[EditorNote], items: Sequence[AgreementEdition]
) -> tuple[tuple[AnchoredNote, ...], tuple[Problem, ...]]:
    """Return each note with its place in ``items``, in the order given; none is dropped.

    ``exact`` is searched without regard to white space and compatibility forms; of several places the one whose
    surroundings fit ``prefix`` and ``suffix`` best wins. A note without a place gets the nearest and a problem.
    """
    searched = {item.versions[0].agreement.n: [_searched(v) for v in item.versions] for item in items}
    anchored: list[AnchoredNote] = []
    problems: list[Problem] = []
    for note in notes:
        if note.agreement is not None and note.agreement not in searched:
            anchored.append(AnchoredNote(note, False))
            message = f"The note {note.id} belongs to agreement {note.agreement}, which the source does not have."
            problems.append(Problem("note-unanchored", "warning", message, None, note.exact, "Correct its agreement."))
            continue
        candidates = _candidates(note, searched)
        found, problem = _anchor(note, candidates)
        anchored.append(_on_source(found, candidates))
        problems += [problem] if problem else []
    return tuple(anchored), tuple(problems)


def _on_source(found: AnchoredNote, candidates: list[_Searched]) -> AnchoredNote:
    """Move an anchor from a converted version to its source, where the texts run character by character."""
    here = {s.version.siglum: s for s in candidates if s.version.agreement.n == found.agreement}
    own = here.get(found.siglum or "")
    source = here.get(own.version.derived_from or "") if own else None
    if own is None or source is None:
        return found
    for where in found.ranges:
        address = (where.unit, where.part, where.paragraph)
        twin = source.texts.get(address)
        if twin is None or len(twin.text) != len(own.texts[address].text):
            return found
    return replace(found, siglum=source.version.siglum)


def _candidates(note: EditorNote, searched: dict[int, list[_Searched]]) -> list[_Searched]:
    if note.agreement is not None:
        return searched[note.agreement]
    return [version for versions in searched.values() for version in versions]


def _anchor(note: EditorNote, candidates: list[_Searched]) -> tuple[AnchoredNote, Problem | None]:
    if not note.exact.strip():
        return _whole_unit(note, candidates)
    hits = sorted(_hits(note, candidates), key=lambda hit: -hit.fit)
    if hits:
        best = hits[0]
        rivals = [h for h in hits if h.fit == best.fit and h.searched.version.siglum == best.searched.version.siglum]
        problem = None
        if len(rivals) > 1:
            message = f"The words of the note {note.id} stand {len(rivals)} times; it is shown at the first."
            address, offset = best.searched.origin[best.start]
            place = place_at(best.searched.texts[address], offset)
            advice = "Add the words before and after them as prefix and suffix, or the article as unit."
            problem = Problem("note-ambiguous", "warning", message, place, note.exact, advice)
        return _anchored(note, best, True), problem
    return _nearest(note, candidates)


def _hits(note: EditorNote, candidates: Iterable[_Searched]) -> Iterator[_Hit]:
    exact, prefix, suffix = fold(note.exact), fold(note.prefix), fold(note.suffix)
    for searched in candidates:
        start = searched.folded.find(exact)
        while start >= 0 and exact:
            end = start + len(exact)
            before = _common(searched.folded[max(0, start - _CONTEXT) : start][::-1], prefix[::-1])
            after = _common(searched.folded[end : end + _CONTEXT], suffix)
            in_unit = 1000 if note.unit and _in_unit(searched, searched.origin[start][0][0], note.unit) else 0
            yield _Hit(searched, start, end, in_unit + before + after)
            start = searched.folded.find(exact, start + 1)


def _common(a: str, b: str) -> int:
    count = 0
    for one, other in zip(a, b, strict=False):
        if one != other:
            break
        count += 1
    return count


def _in_unit(searched: _Searched, unit: str, wanted: str) -> bool:
    ids = {wanted, *(i for i, label in searched.labels.items() if label == fold(wanted))}
    return any(unit == ident or unit.startswith(f"{ident}.") for ident in ids)


def _whole_unit(note: EditorNote, candidates: list[_Searched]) -> tuple[AnchoredNote, Problem | None]:
    for searched in candidates:
        for address, text in searched.texts.items():
            if note.unit and _in_unit(searched, address[0], note.unit):
                where = TextRange(*address, 0, len(text.text))
                version = searched.version
                return AnchoredNote(note, True, version.agreement.n, version.siglum, (where,)), None
    if note.unit is None and note.agreement is not None and candidates:
        version = candidates[0].version
        return AnchoredNote(note, True, version.agreement.n, version.siglum), None
    message = f"The note {note.id} has no words to stand at, and there is no {note.unit or 'agreement'} for it."
    problem = Problem("note-unanchored", "warning", message, None, note.body[:60], "Give it exact or a unit.")
    version_or_none = candidates[0].version if candidates and note.agreement is not None else None
    number = version_or_none.agreement.n if version_or_none else None
    return AnchoredNote(note, False, number, version_or_none.siglum if version_or_none else None), problem


def _nearest(note: EditorNote, candidates: list[_Searched]) -> tuple[AnchoredNote, Problem]:
    """Return the place whose words are most alike (rapidfuzz, partial ratio), and the problem that says so."""
    exact = fold(note.exact)
    best: tuple[float, _Hit] | None = None
    for searched in candidates:
        match = fuzz.partial_ratio_alignment(exact, searched.folded)
        if match is not None and match.dest_end > match.dest_start and (best is None or match.score > best[0]):
            best = match.score, _Hit(searched, match.dest_start, match.dest_end, 0)
    if best is None:
        message = f"The words of the note {note.id} are nowhere in the source."
        return AnchoredNote(note, False), Problem("note-unanchored", "warning", message, None, note.exact, _ADVICE)
    score, hit = best
    anchored = _anchored(note, hit, False)
    longest = max(anchored.ranges, key=lambda where: where.end - where.start)
    anchored = replace(anchored, ranges=(longest,))
    words = _words(hit.searched, longest)
    place = place_at(hit.searched.texts[longest.unit, longest.part, longest.paragraph], longest.start)
    message = (
        f"The words of the note {note.id} are not in the source any more; the nearest ({score:.0f}%) stand in "
        f"agreement {anchored.agreement}, {anchored.ranges[0].unit}: {words}"
    )
    return anchored, Problem("note-unanchored", "warning", message, place, note.exact, _ADVICE)


_ADVICE = "Correct exact in the file of the notes; until then the note is kept without a place in the text."


def _anchored(note: EditorNote, hit: _Hit, found: bool) -> AnchoredNote:
    version = hit.searched.version
    return AnchoredNote(note, found, version.agreement.n, version.siglum, tuple(_ranges(hit)))


def _ranges(hit: _Hit) -> Iterator[TextRange]:
    address, start = hit.searched.origin[hit.start]
    last = start
    for here, offset in hit.searched.origin[hit.start : hit.end]:
        if here != address:
            yield TextRange(*address, start, last + 1)
            address, start = here, offset
        last = offset
    yield TextRange(*address, start, last + 1)


def _words(searched: _Searched, where: TextRange) -> str:
    return searched.texts[where.unit, where.part, where.paragraph].text[where.start : where.end]


def _searched(version: Version) -> _Searched:
    texts = dict(_texts(version.agreement))
    origin: list[tuple[Address, int]] = []
    folded: list[str] = []
    for address, text in texts.items():
        for offset, char in enumerate(text.text):
            if not char.isspace():
                folded.append(_fold(char))
                origin.append((address, offset))
    labels = {unit: fold(text.text) for (unit, part, _), text in texts.items() if part == "label"}
    return _Searched(version, "".join(folded), tuple(origin), texts, labels)


def fold(text: str) -> str:
    """Return ``text`` without white space and with compatibility forms of one character as that character."""
    return "".join(_fold(char) for char in text if not char.isspace())


@cache
def _fold(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


def _texts(agreement: Agreement) -> Iterator[tuple[Address, Text]]:
    single = {"title": agreement.title, "date": agreement.date_line}
    many = {
        "lead": agreement.lead,
        "preamble": agreement.preamble,
        "closing": agreement.closing,
        "signatures": agreement.signature_block,
    }
    for unit in _PARTS:
        if unit == "closing":
            for division in agreement.body:
                yield from _division(division)
        text = single.get(unit)
        texts = many.get(unit, (text,) if text else ())
        for number, one in enumerate(texts):
            yield (unit, "p", number), one


def _division(division: Division) -> Iterator[tuple[Address, Text]]:
    yield (division.id, "label", 0), division.label
    if division.heading is not None:
        yield (division.id, "heading", 0), division.heading
    for number, text in enumerate(division.paragraphs):
        yield (division.id, "p", number), text
    for child in division.children:
        yield from _division(child)
