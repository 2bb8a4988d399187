"""The strips of a page read: in Chinese first, then what is Latin in English, then raised numbers of notes alone."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sco_docs.readers.ocr_cells import WIDE, Cell, cells_of, em_of
from sco_docs.readers.ocr_engine import Letter, Letters, read_strips
from sco_docs.readers.ocr_marks import set_wide, settled, titled
from sco_docs.readers.ocr_picture import Sheet
from sco_docs.readers.ocr_strips import Strip

LATIN = "eng"
_PART = 6
"""So many characters that are not Chinese, beside Chinese ones, are read again in English."""
_OUTSIDE = frozenset(",;:*'\"-")
"""Marks between a Latin part and Chinese that are most likely Chinese."""
_NUMBER = re.compile("[0-9ivxlcIVXLC.,%-]+")
_DOUBT = 0.9
_SHORT = 2.2
_BACKED = 0.96
_BLANK = (0.5, 0.8)
_RAISED = (0.33, 0.62, 0.7)
"""A raised number is between so many heights of its strip tall, and ends above so many heights from the top."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A strip as read: its characters with full-width marks told from half-width ones, and which are raised."""

    strip: Strip
    letters: Letters
    raised: tuple[bool, ...]
    blanks: tuple[bool, ...]
    """Whether a blank stands before each character."""

    @property
    def confidence(self) -> float:
        """Return how sure the strip is, from 0 to 1."""
        return sum(x.confidence for x in self.letters) / len(self.letters) if self.letters else 0.0


def _sureness(letters: Sequence[Letter]) -> float:
    return sum(letter.confidence for letter in letters) / len(letters) if letters else 0.0


def _backed(sheet: Sheet, strip: Strip, letters: Letters) -> Letters:
    """Return the characters of a strip without those that no ink backs: Tesseract adds some at the ends of strips."""
    cells = cells_of(sheet, strip, letters)
    return tuple(letter for letter, cell in zip(letters, cells, strict=True)
                 if not cell.empty or letter.confidence >= _BACKED or (letter.text.isascii()
                                                                       and letter.text.isalnum()))


def _foreign(letters: Letters) -> list[bool]:
    """Return which characters are not Chinese; an unsure Chinese one between two that are not counts with them."""
    plain = [not WIDE.match(letter.text) for letter in letters]
    return [here or (0 < at < len(plain) - 1 and plain[at - 1] and plain[at + 1] and letters[at].confidence < _DOUBT)
            for at, here in enumerate(plain)]


def latin_parts(letters: Letters, short: bool = False) -> list[tuple[int, int]]:
    """Return the half-open ranges of characters to be read again in English: all of a ``short`` strip in doubt."""
    foreign = _foreign(letters)
    if letters and (all(foreign) or (short and _sureness(letters) < _DOUBT)):
        return [(0, len(letters))]
    found: list[tuple[int, int]] = []
    start = 0
    for at, here in enumerate([*foreign, False]):
        if here:
            continue
        first, last = start, at
        while first > 0 and first < last and letters[first].text in _OUTSIDE:
            first += 1
        while last < len(letters) and first < last and letters[last - 1].text in _OUTSIDE:
            last -= 1
        text = "".join(letter.text for letter in letters[first:last])
        if last - first >= _PART and sum(c.isalpha() for c in text) >= 0.4 * len(text):
            found.append((first, last))
        start = at + 1
    return found


def _part_of(strip: Strip, cells: Sequence[Cell], start: int, end: int) -> Strip:
    left = strip.x0 if start == 0 else strip.x0 + (cells[start - 1].x1 + cells[start].x0) // 2
    right = strip.x1 if end == len(cells) else strip.x0 + (cells[end - 1].x1 + cells[end].x0 + 1) // 2
    return replace(strip, x0=left, x1=max(left + 1, right))


def _spliced(letters: Letters, pieces: Sequence[tuple[int, int, Letters]]) -> Letters:
    found = list(letters)
    for start, end, new in sorted(pieces, key=lambda piece: piece[0], reverse=True):
        found[start:end] = new
    return tuple(found)


def _shifted(letters: Letters, by: int) -> Letters:
    return tuple(replace(letter, x0=letter.x0 + by, x1=letter.x1 + by) for letter in letters)


def _is_better(new: Letters, old: Letters, number: bool) -> bool:
    """Return whether the reading in English is to be taken: as sure and as long; for Chinese only a number is.

    ``number``: a number stands here (after a leader).
    """
    figures = _NUMBER.fullmatch("".join(letter.text for letter in new))
    if number and figures:
        return True
    if not new or 2 * len(new) <= len(old) or _sureness(new) < _sureness(old) - 0.02:
        return False
    return figures is not None or not (old and WIDE.match(old[0].text))


def with_latin(sheet: Sheet, strips: Sequence[Strip], first: Sequence[Letters],
               numbers: Container[Strip] = ()) -> list[Letters]:
    """Return the characters of strips with what is Latin in them read in English, where that is as sure; ``numbers``:
    the strips in which a number stands."""
    places: list[tuple[int, int, int]] = []
    parts: list[Strip] = []
    for index, (strip, letters) in enumerate(zip(strips, first, strict=True)):
        short = strip.x1 - strip.x0 < _SHORT * (strip.bottom - strip.top)
        ranges = [(0, len(letters))] if strip in numbers else latin_parts(letters, short)
        cells = cells_of(sheet, strip, letters) if ranges else []
        for start, end in ranges:
            places.append((index, start, end))
            parts.append(_part_of(strip, cells, start, end))
    pieces: dict[int, list[tuple[int, int, Letters]]] = {}
    for (index, start, end), part, letters in zip(places, parts, read_strips(sheet, parts, LATIN), strict=True):
        old = first[index][start:end]
        if _is_better(letters, old, strips[index] in numbers):
            pieces.setdefault(index, []).append((start, end, _shifted(letters, part.x0 - strips[index].x0)))
    return [_spliced(letters, pieces.get(index, ())) for index, letters in enumerate(first)]


def _is_raised(cell: Cell, height: int, text: str) -> bool:
    tall = (cell.bottom - cell.top) / height
    return (_RAISED[0] <= tall <= _RAISED[1] and cell.top <= 0.2 * height and cell.bottom <= _RAISED[2] * height
            and not text.isalpha() and text not in "「『《〈。、，")


def raised_parts(strip: Strip, letters: Letters, cells: Sequence[Cell]) -> list[tuple[int, int]]:
    """Return the half-open ranges of characters that stand small at the top of a line: the numbers of notes."""
    height = strip.bottom - strip.top
    found: list[tuple[int, int]] = []
    for at, (letter, cell) in enumerate(zip(letters, cells, strict=True)):
        if not _is_raised(cell, height, letter.text):
            continue
        if found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return [(start, end) for start, end in found if end - start <= 3 and end - start < len(letters)]


def _with_numbers(sheet: Sheet, strips: Sequence[Strip], texts: list[Letters],
                  languages: Sequence[str]) -> list[tuple[Letters, tuple[bool, ...]]]:
    """Return the characters of strips with the raised numbers among them read again as numbers, and which they are."""
    places: list[tuple[int, int, int]] = []
    parts: list[Strip] = []
    for index, (strip, letters) in enumerate(zip(strips, texts, strict=True)):
        if not any(WIDE.match(letter.text) for letter in letters):
            continue
        cells = cells_of(sheet, strip, letters)
        for start, end in raised_parts(strip, letters, cells):
            some = cells[start:end]
            places.append((index, start, end))
            parts.append(Strip(strip.x0 + some[0].x0, strip.top + min(c.top for c in some),
                               strip.x0 + some[-1].x1, strip.top + max(c.bottom for c in some)))
    pieces: dict[int, list[tuple[int, int, Letters]]] = {}
    read = read_strips(sheet, parts, languages[0], "0123456789*") if parts else []
    for (index, start, end), part, letters in zip(places, parts, read, strict=True):
        if letters:
            pieces.setdefault(index, []).append((start, end, _shifted(letters, part.x0 - strips[index].x0)))
    found: list[tuple[Letters, tuple[bool, ...]]] = []
    for index, letters in enumerate(texts):
        own = pieces.get(index, [])
        marks = _spliced(tuple(replace(x, begins=False) for x in letters),
                         [(a, b, tuple(replace(x, begins=True) for x in new)) for a, b, new in own])
        found.append((_spliced(letters, own), tuple(mark.begins for mark in marks)))
    return found


def _finished(sheet: Sheet, strips: Sequence[Strip],
              texts: Sequence[tuple[Letters, tuple[bool, ...]]]) -> list[Reading]:
    cells = [cells_of(sheet, strip, letters) for strip, (letters, _) in zip(strips, texts, strict=True)]
    ems = [em_of(letters, strip.bottom - strip.top) for strip, (letters, _) in zip(strips, texts, strict=True)]
    raw = [titled(sheet, strip, [letter.text for letter in letters], own, em)
           for strip, (letters, _), own, em in zip(strips, texts, cells, ems, strict=True)]
    wide = settled([set_wide(*each) for each in zip(raw, cells, ems, strict=True)], raw)
    found: list[Reading] = []
    for strip, (letters, raised), own, line, em in zip(strips, texts, cells, wide, ems, strict=True):
        done = tuple(replace(letter, text=text) for letter, text in zip(letters, line, strict=True))
        blanks = tuple(at > 0 and not raised[at] and _is_blank(done[at - 1], done[at], _gap(own[at - 1], own[at], em))
                       for at in range(len(done)))
        found.append(Reading(strip, done, raised, blanks))
    return found


def _gap(before: Cell, after: Cell, em: float) -> float:
    """Return the blank between the ink of two characters in ems, 0 where one of them has no ink of its own."""
    return 0.0 if before.empty or after.empty else (after.x0 - before.x1) / em


def _is_blank(before: Letter, after: Letter, gap: float) -> bool:
    """Return whether a blank stands between two characters with a gap of so many ems between their ink."""
    wide = (WIDE.match(before.text) is not None) + (WIDE.match(after.text) is not None)
    if not wide:
        return after.begins
    return gap > _BLANK[wide - 1] and before.text.isalnum() and after.text.isalnum()


def read_sheet(sheet: Sheet, strips: Sequence[Strip], script: str, known: Sequence[str]) -> list[Reading]:
    """Return the strips of a page as read with the data for ``script``; leaders keep their dots.

    ``known``: the languages that Tesseract knows; without English, Latin is read with the data for Chinese.
    """
    written = [strip for strip in strips if not strip.leader]
    texts = [_backed(sheet, *each) for each in zip(written, read_strips(sheet, written, script), strict=True)]
    latin = LATIN in known
    if latin:
        texts = with_latin(sheet, written, texts, {
            strip for before, strip in pairwise(strips) if before.leader and before.row == strip.row})
    marked = _with_numbers(sheet, written, texts, (LATIN if latin else script,))
    done = dict(zip(written, _finished(sheet, written, marked), strict=True))
    return [done[strip] if strip in done else _leader(strip) for strip in strips]


def _leader(strip: Strip) -> Reading:
    step = (strip.x1 - strip.x0) / strip.leader
    dots = tuple(Letter(".", at * step, (at + 1) * step, 1.0, False) for at in range(strip.leader))
    return Reading(strip, dots, (False,) * strip.leader, (False,) * strip.leader)
