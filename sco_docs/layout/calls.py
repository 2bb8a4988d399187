"""Calls of notes in the text: found, matched with the notes, taken out of the running text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sco_docs.chinese.texts import join_texts, slice_text
from sco_docs.layout.notes import CIRCLED, SYMBOLS, FootNote, key, raised_labels
from sco_docs.layout.pieces import Piece
from sco_docs.model import LineStart, NoteMark, Place, Text

_FAR = 3
_BRACKETS = tuple("[［〔【")
_PLAIN_CALL = re.compile(
    rf"[{CIRCLED}]|[{SYMBOLS}]{{1,4}}|[\[［〔]\s*\d{{1,3}}\s*[\]］〕]|[(（]?[註注]\s*\d{{1,3}}[)）]?"
)


@dataclass(frozen=True, slots=True)
class Call:
    """A note is called in a line: the characters ``[start, end)`` are its marker, ``note`` indexes the notes."""

    page: int
    line: int
    start: int
    end: int
    label: str
    note: int


@dataclass(frozen=True, slots=True)
class Matched:
    """The calls that were matched, by ``(page, line)``, and the labels that were called but stand nowhere."""

    calls: Mapping[tuple[int, int], tuple[Call, ...]]
    unmatched: tuple[Call, ...]


def raised_calls(lines: Iterable[Piece]) -> tuple[Call, ...]:
    """Return the raised labels of lines (in reading order) as calls, of which the notes are not yet known."""
    return tuple(
        Call(one.line.page, one.line.number, start, end, label, -1)
        for one in lines for start, end, label in raised_labels(one)
    )


def match_calls(raised: Sequence[Call], pages: Sequence[Sequence[Piece]], notes: Sequence[FootNote]) -> Matched:
    """Match the raised calls, and those set on the line in the lines of the pages (in reading order), with the notes.

    A note is called on the page where it begins, else on one near it, or wherever nothing else can be meant; notes
    that stand anywhere (endnotes) are matched by their label in order. A superscript that no note answers but that
    counts on from the call before is a call without a note.
    """
    waiting: dict[str, list[int]] = defaultdict(list)
    for i, note in enumerate(notes):
        if note.label:
            waiting[key(note.label)].append(i)
    found: list[Call] = []
    again = _of_one_form(raised, notes)
    for distance in (0, 1, _FAR):
        spare = []
        for call in again:
            index = next((i for i in waiting[key(call.label)] if _in_reach(notes[i], call.page, distance)), None)
            if index is None:
                spare.append(call)
            else:
                waiting[key(call.label)].remove(index)
                found.append(replace(call, note=index))
        again = spare
    lost = Counter(key(call.label) for call in spare)
    for call in list(spare):
        if lost[key(call.label)] == len(waiting[key(call.label)]) == 1:
            spare.remove(call)
            found.append(replace(call, note=waiting[key(call.label)].pop()))
    if any(waiting.values()):
        found += _plain_calls(pages, notes, waiting)
    lone = _counting(spare, found)
    table: dict[tuple[int, int], list[Call]] = defaultdict(list)
    for call in found + lone:
        table[call.page, call.line].append(call)
    return Matched({k: tuple(sorted(v, key=lambda c: c.start)) for k, v in table.items()}, tuple(lone))


def _of_one_form(calls: Sequence[Call], notes: Sequence[FootNote]) -> Sequence[Call]:
    """Return the calls that may call notes: with brackets or without, as the notes print their labels, where any do.

    Citations by number (GB/T 7714-2015, 8.1) are raised as well; in a text with notes they differ by their brackets.
    """
    forms = {_bracketed(note.label) for note in notes if note.label}
    fitting = [call for call in calls if _bracketed(call.label) in forms]
    return fitting or calls


def _bracketed(label: str) -> bool:
    return label.strip()[:1] in _BRACKETS


def _in_reach(note: FootNote, page: int, distance: int) -> bool:
    return page <= note.page if note.anywhere else abs(note.page - page) <= distance


def _plain_calls(
    pages: Sequence[Sequence[Piece]], notes: Sequence[FootNote], waiting: Mapping[str, list[int]]
) -> list[Call]:
    """Return calls that are set on the line (``①``, ``*``, ``[3]``, ``註 3``) for notes that nothing raised calls."""
    found = []
    for one in (one for page in pages for one in page):
        for match in _PLAIN_CALL.finditer(one.text):
            if not one.text[: match.start()].strip():
                continue
            left = waiting.get(key(match[0]), [])
            index = next((i for i in left if _in_reach(notes[i], one.line.page, 0)), None)
            if index is not None:
                left.remove(index)
                found.append(Call(one.line.page, one.line.number, match.start(), match.end(), match[0], index))
    return found


def _counting(spare: Sequence[Call], found: Sequence[Call]) -> list[Call]:
    """Return the superscript numbers without a note that count on from the call before or up to the one after."""
    numbered = [call for call in (*spare, *found) if key(call.label).isdecimal()]
    numbered.sort(key=lambda call: (call.page, call.line, call.start))
    values = [int(key(call.label)) for call in numbered]
    return [
        call
        for i, (call, value) in enumerate(zip(numbered, values, strict=True))
        if call.note < 0 and (values[i - 1: i] == [value - 1] or values[i + 1: i + 2] == [value + 1])
    ]


def line_text(one: Piece, calls: Sequence[Call], note_ids: Sequence[str], start: int = 0) -> Text:
    """Return a line from ``start`` as running text: the markers of ``calls`` taken out and noted as marks."""
    line = one.line
    whole = Text(line.text, (LineStart(0, Place(line.page, line.number, one.origin)),), line.changes)
    parts: list[Text] = []
    marks: list[NoteMark] = []
    size = 0
    for call in calls:
        if call.start < start:
            continue
        part = slice_text(whole, start, call.start)
        parts.append(part)
        size += len(part.text)
        marks.append(NoteMark(size, note_ids[call.note]))
        start = call.end
    parts.append(slice_text(whole, start))
    text = join_texts(parts)
    return replace(text, notes=tuple(marks))
