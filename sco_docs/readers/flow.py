"""Sources without a page of their own (text, HTML, DOCX): their paragraphs are set on plain pages.

Every paragraph is one line. A new paragraph is indented by two ems, what goes on from the page before is not;
headings are larger or bold; the notes stand below a rule at the foot, as they do in print.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sco_docs.chinese.compat import read_characters
from sco_docs.model import Change, Line, Page, Rule, Span

WIDTH, LEFT, RIGHT, TOP = 595.0, 85.0, 510.0, 72.0
SIZE, NOTE_SIZE, MARK = 12.0, 10.0, 0.58
INDENT = 2 * SIZE
_COLUMN = 4.0
_MIN_HEIGHT = 842.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A run in one style. ``printed`` is set where the text departs from the source; ``column``: a gap precedes."""

    text: str
    bold: bool = False
    italic: bool = False
    superscript: bool = False
    column: bool = False
    printed: str | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Pieces of one paragraph; ``depth`` indents a list item or quotation (in steps of two ems)."""

    pieces: tuple[Piece, ...]
    size: float = SIZE
    centred: bool = False
    depth: int = 0
    continued: bool = False


def _advance(text: str) -> float:
    return sum(1.0 if ord(character) > 0x2E7F else 0.5 for character in text)


def _spans(pieces: Sequence[Piece], x0: float, size: float) -> tuple[str, list[Span], list[Change]]:
    text, spans, changes = "", list[Span](), list[Change]()
    x = x0
    for piece in pieces:
        reading, inner = read_characters(piece.text if text else piece.text.lstrip())
        if piece.column:
            reading = reading.lstrip()
            if text:
                text = text.rstrip() + " "
                x += _COLUMN * size
        if not reading and not inner:
            continue
        if piece.printed is not None:
            changes.append(Change(len(text), len(text) + len(reading), piece.printed, piece.kind))
        changes += [replace(c, start=c.start + len(text), end=c.end + len(text)) for c in inner]
        here = size * MARK if piece.superscript else size
        width = _advance(reading) * here
        if reading:
            spans.append(Span(reading, x, x + width, "", here, piece.bold, piece.italic, piece.superscript))
        text += reading
        x += width
    return text, spans, changes


def _narrowed(spans: list[Span], x0: float, x1: float) -> tuple[Span, ...]:
    """Return spans pressed between ``x0`` and ``x1``: a paragraph on one line is wider than any page."""
    wide = spans[-1].x1 - spans[0].x0
    scale = min(1.0, (x1 - x0) / wide) if wide > 0 else 1.0
    shift = spans[0].x0
    return tuple(replace(s, x0=x0 + (s.x0 - shift) * scale, x1=x0 + (s.x1 - shift) * scale) for s in spans)


def line_of(paragraph: Paragraph, page: int, number: int, top: float) -> Line | None:
    """Return a paragraph as one line, or ``None`` where nothing is printed."""
    left = LEFT + INDENT * paragraph.depth + (0.0 if paragraph.continued or paragraph.centred else INDENT)
    text, spans, changes = _spans(paragraph.pieces, left, paragraph.size)
    if not text.strip():
        return None
    width = spans[-1].x1 - spans[0].x0
    if paragraph.centred and width < RIGHT - LEFT:
        left = (LEFT + RIGHT - width) / 2
    fitted = _narrowed(spans, left, RIGHT)
    return Line(text, page, number, fitted[0].x0, top, fitted[-1].x1, top + paragraph.size, fitted, tuple(changes))


def page_of(paragraphs: Iterable[Paragraph], notes: Iterable[Paragraph], number: int, reader: str) -> Page:
    """Return one page with the notes below a rule after the paragraphs."""
    lines: list[Line] = []
    top = TOP
    for paragraph in paragraphs:
        line = line_of(paragraph, number, len(lines) + 1, top)
        if line is not None:
            lines.append(line)
            top += 1.5 * paragraph.size
    rules: tuple[Rule, ...] = ()
    first = True
    for paragraph in notes:
        line = line_of(replace(paragraph, size=NOTE_SIZE), number, len(lines) + 1, top + SIZE)
        if line is not None:
            if first:
                rules = (Rule(LEFT, top + SIZE / 2, LEFT + 144.0, top + SIZE / 2 + 0.5),)
                first = False
            lines.append(line)
            top += 1.5 * NOTE_SIZE
    height = max(_MIN_HEIGHT, top + 2 * TOP)
    return Page(number, WIDTH, height, tuple(lines), rules=rules, reader=reader)
