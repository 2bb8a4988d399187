"""Rows become lines: glyphs in order along the line, blanks where the page has them, spans by style and column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from sco_docs.chinese.compat import read_characters
from sco_docs.model import Change, Line, Rule, Span
from sco_docs.readers.pdf_frames import MIDDLE, WIDE, by_direction, unturned_box
from sco_docs.readers.pdf_glyphs import Glyph
from sco_docs.readers.pdf_order import ordered
from sco_docs.readers.pdf_runs import CLOSING, COLUMN_GAP, OPENING, RAISED, SMALL, Row, Run, rows_of, runs_of

_BLANK = 0.18
"""A gap of so many ems between two letters is a blank."""
_RAISED_BLANK = 0.45
"""The same before a raised or lowered bit, whose size is that of the gap."""
_LETTERS = 5
"""So many gaps between letters tell whether they are letter-spaced."""
_NO_GAP = 0.1
"""A blank between Chinese characters that leaves less of a gap is not seen on the page."""
_ACCENTS = dict(zip("¨´`ˆ˜¯˘˙¸ˇ˚˝˛", "\u0308\u0301\u0300\u0302\u0303\u0304\u0306\u0307\u0327\u030c\u030a\u030b\u0328",
                    strict=True))
_ODD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc¨´`ˆ˜¯˘˙¸ˇ˚˝˛]")
_MIRRORED = str.maketrans("()[]", ")(][")
_OVERPRINTED = 0.12
"""The same character again within so many ems is printed on top of itself: shadow or poor man's bold."""
_TOUCH = 1.0
"""So many points a glyph may reach over the stroke that it stands behind."""
_UPRIGHT = 5.0
"""Strokes of more points than this in height, and of less than a third of it in width, may be walls of cells."""


class Spacing(NamedTuple):
    """The usual gaps of a line in ems, which are not blanks: ``wide`` between Chinese glyphs (the line is spaced out to
    fill), ``narrow`` between Latin letters (they are letter-spaced)."""

    wide: float = 0.0
    narrow: float = 0.0


def spacing_of(items: Sequence[Glyph]) -> Spacing:
    """Return the usual gaps between the glyphs of a line, blanks among them.

    Where few Chinese glyphs follow each other, the line is stretched only if they and all Latin ones stand apart.
    """
    gaps: tuple[list[float], list[float], list[float]] = ([], [], [])
    for a, b in pairwise(items):
        if not a.text.isspace() and not b.text.isspace() and b.style.size:
            gap, kind = (b.x0 - a.x1) / b.style.size, (a.text > WIDE) + (b.text > WIDE)
            if gap <= COLUMN_GAP and (kind or (a.text.isalpha() and b.text.isalpha())):
                gaps[kind].append(gap)
    narrow, mixed, wide = gaps
    usual = median(wide) if len(wide) > 2 else min(wide + mixed) if wide and len(wide + mixed) > 2 else 0.0
    narrow.sort()
    return Spacing(max(0.0, usual), max(0.0, narrow[len(narrow) // 5]) if len(narrow) >= _LETTERS else 0.0)


def gap_kind(before: Glyph, after: Glyph, usual: Spacing) -> str:
    """Return what stands between two glyphs of a line: nothing ``""``, a blank ``" "`` or a column ``"|"``.

    ``usual``: the spacing of the line. In a line that is not stretched half an em between two Chinese characters,
    where no punctuation stands, is a blank; before a closing mark none is.
    """
    gap = after.x0 - before.x1
    em = max(before.style.size, after.style.size)
    if gap > COLUMN_GAP * em:
        return "|"
    if after.text in CLOSING or before.text in OPENING:
        return ""
    wide = (before.text > WIDE) + (after.text > WIDE)
    least = 0.4 if usual.wide < 0.05 and before.text.isalpha() and after.text.isalpha() else 0.6
    limit = (_BLANK + usual.narrow, 0.45 + usual.wide, max(least, 0.3 + 1.5 * usual.wide))[wide]
    return " " if gap > limit * em else ""


@dataclass(slots=True)
class _Writer:
    """The text of a line while it is written; a span is closed at a change of style and at a column."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    part: list[str] = field(default_factory=list)
    run: Run | None = None
    x0: float = 0.0
    x1: float = 0.0

    def close(self) -> None:
        if self.run is None or not self.part:
            return
        reading, changes = read_characters("".join(self.part))
        at, style = len(self.text), self.run.style
        self.changes += [replace(c, start=c.start + at, end=c.end + at) for c in changes] if changes else []
        self.text += reading
        if reading:
            self.spans.append(Span(reading, self.x0, self.x1, style.font, style.size, style.bold, style.italic,
                                   self.run.superscript))
        self.part = []

    def column(self) -> None:
        self.close()
        if self.text:
            self.text += " "

    def part_here(self, blank: str) -> None:
        """Begin a new span whatever the style; ``blank`` still belongs to the old one."""
        if blank:
            self.part.append(blank)
        self.close()
        self.run = None

    def write(self, glyph: Glyph, run: Run, blank: str) -> None:
        if blank:
            self.part.append(blank)
        if self.run is not run and (self.run is None or self.run.style != run.style
                                    or self.run.superscript != run.superscript):
            self.close()
            self.run = run
        if not self.part:
            self.x0 = glyph.x0
        self.part.append(glyph.text)
        self.x1 = glyph.x1


def line_of(row: Row, page: int, number: int, walls: Sequence[float] = ()) -> tuple[Line | None, int]:
    """Return a row as a line (``None`` if it holds nothing but blanks), and how many glyphs were overprinted.

    ``walls``: where upright strokes cross the row; a new span begins after each, and after a gap between Chinese
    characters.
    """
    items = sorted(((glyph, run) for run in row.runs for glyph in run.glyphs), key=_left)
    odd = set(_ODD.findall("".join([glyph.text for glyph, _ in items])))
    if not odd.isdisjoint(_ACCENTS):
        items = _accented(items)
    if any(map(_is_leftward, odd)):
        items = _leftward(items)
    usual: Spacing | None = None
    writer = _Writer()
    last: Glyph | None = None
    blank, doubled = "", 0
    for glyph, run in items:
        if glyph.text.isspace():
            blank = blank or ("\u3000" if glyph.text == "\u3000" else " ")
            continue
        if last is None:
            writer.write(glyph, run, "")
        else:
            if glyph.text == last.text and abs(glyph.x0 - last.x0) < _OVERPRINTED * glyph.style.size and not blank:
                doubled += 1
                continue
            if blank and glyph.x0 - last.x1 < _NO_GAP * glyph.style.size and glyph.text > WIDE and last.text > WIDE:
                blank = ""
            kind = ""
            if glyph.x0 - last.x1 > (_RAISED_BLANK if run.raised else _BLANK) * glyph.style.size:
                if usual is None:
                    usual = spacing_of([g for g, _ in items])
                kind = gap_kind(last, glyph, usual)
            if kind == "|":
                writer.column()
                blank = kind = ""
            apart = kind == " " and glyph.text > WIDE and last.text > WIDE
            if apart or any(_ink(last) < wall - _TOUCH <= _ink(glyph) for wall in walls):
                writer.part_here(blank or kind)
                blank = kind = ""
            writer.write(glyph, run, blank or kind)
        last, blank = glyph, ""
    writer.close()
    text = writer.text.rstrip()
    if not text:
        return None, doubled
    main = [run for run in row.runs if run.style.size >= SMALL * row.size
            and abs(run.base - row.base) <= RAISED * row.size] or row.runs
    top, bottom = min(run.top for run in main), max(run.bottom for run in main)
    spans = writer.spans
    line = Line(text, page, number, spans[0].x0, top, spans[-1].x1, bottom, tuple(spans), tuple(writer.changes))
    return line, doubled


def _is_leftward(text: str) -> bool:
    """Return whether a character is written from right to left (Hebrew, Arabic)."""
    return "\u0590" <= text <= "\u08ff" or "\ufb1d" <= text <= "\ufdff" or "\ufe70" <= text <= "\ufefc"


def _accented(items: list[tuple[Glyph, Run]]) -> list[tuple[Glyph, Run]]:
    """Return the glyphs of a line with each accent that is printed over a letter made one character with it, as the
    old fonts of TeX have them."""
    found: list[tuple[Glyph, Run] | None] = list(items)
    for place, (accent, _) in enumerate(items):
        for beside in (place - 1, place + 1) if accent.text in _ACCENTS else ():
            letter = found[beside] if 0 <= beside < len(found) else None
            whole = letter and _with_accent(letter[0], accent)
            if letter and whole:
                found[beside], found[place] = (whole, letter[1]), None
                break
    return [item for item in found if item is not None]


def _with_accent(letter: Glyph, accent: Glyph) -> Glyph | None:
    """Return a letter with the accent that stands over it, ``None`` where it stands elsewhere."""
    plain = {"ı": "i", "ȷ": "j"}.get(letter.text, letter.text)
    whole = unicodedata.normalize("NFC", plain + _ACCENTS[accent.text])
    over = letter.x0 < (accent.x0 + accent.x1) / 2 < letter.x1
    return letter._replace(text=whole) if over and plain.isalpha() and len(whole) == 1 else None


def _leftward(items: list[tuple[Glyph, Run]]) -> list[tuple[Glyph, Run]]:
    """Return the glyphs of a line in the order of reading: what is written leftwards, with the blanks and marks within
    it, is turned round; figures within it are not. Brackets show the other way there."""
    text = "".join("r" if _is_leftward(glyph.text) else "d" if glyph.text.isdigit() else "x" if glyph.text.isalpha()
                   else "-" for glyph, _ in items)
    found = list(items)
    for part in re.finditer("r(?:[-rd]*r)?", text):
        turned = items[part.start():part.end()][::-1]
        marks = text[part.start():part.end()][::-1]
        turned = [(glyph._replace(text=glyph.text.translate(_MIRRORED)), run) for glyph, run in turned]
        for figures in re.finditer("d+", marks):
            turned[figures.start():figures.end()] = turned[figures.start():figures.end()][::-1]
        found[part.start():part.end()] = turned
    return found


def _left(item: tuple[Glyph, Run]) -> float:
    """Return where the ink of a glyph begins: in the right half of a full-width opening mark, which some programs
    set half a width further left, over what stands before it. A raised or lowered run stays whole."""
    glyph, run = item
    return run.x0 if run.raised else _ink(glyph)


def _ink(glyph: Glyph) -> float:
    half = 0.5 * glyph.style.size if glyph.text in OPENING and glyph.x1 - glyph.x0 > 0.9 * glyph.style.size else 0.0
    return glyph.x0 + half


def _on_page(line: Line, angle: int, vertical: bool) -> Line:
    shift = MIDDLE * max(span.size for span in line.spans) if vertical else 0.0
    x0, top, x1, bottom = unturned_box(angle, line.x0, line.top + shift, line.x1, line.bottom + shift)
    spans = line.spans if vertical else tuple(replace(span, x0=x0, x1=x1) for span in line.spans)
    return replace(line, x0=x0, top=top, x1=x1, bottom=bottom, spans=spans, vertical=vertical)


def _walls(rules: Sequence[Rule], row: Row) -> list[float]:
    """Return where upright strokes cross the middle of a row."""
    middle = row.base - MIDDLE * row.size
    return [(rule.x0 + rule.x1) / 2 for rule in rules if rule.top < middle < rule.bottom]


def lines_of(glyphs: Sequence[Glyph], page: int, rules: Sequence[Rule] = ()) -> tuple[tuple[Line, ...], int]:
    """Return the lines of a page in reading order, numbered from 1, and how many glyphs were overprinted.

    Lines that run in another direction than most come first where they stand above the text, else last. The spans
    of a vertical line are measured downwards; those of a line turned otherwise have the box of the line.
    """
    upright = [r for r in rules if r.bottom - r.top > _UPRIGHT and 3 * (r.x1 - r.x0) < r.bottom - r.top]
    found: list[Line] = []
    total = 0
    for index, (angle, vertical, some) in enumerate(by_direction(glyphs)):
        flow: list[Line] = []
        for row in ordered(rows_of(runs_of(some), vertical), rules if not angle else ()):
            line, doubled = line_of(row, page, 0, () if angle else _walls(upright, row))
            total += doubled
            if line is not None:
                flow.append(_on_page(line, angle, vertical) if angle else line)
        if index == 0:
            found = flow
        else:
            top = min((line.top for line in found), default=0.0)
            found = [x for x in flow if x.bottom <= top] + found + [x for x in flow if x.bottom > top]
    return tuple(replace(line, number=number) for number, line in enumerate(found, 1)), total
