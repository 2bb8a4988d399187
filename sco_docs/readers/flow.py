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


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: where it begins (from 0), how many columns and rows it takes."""

    pieces: tuple[Piece, ...]
    row: int
    column: int
    width: int = 1
    height: int = 1


MAX_CELLS = 20_000
MAX_SPAN = 200


def span_of(text: str | None) -> int:
    """Return how many rows or columns a cell takes, from an attribute; 1 where that makes no sense."""
    return min(int(text), MAX_SPAN) if text and text.isdigit() and int(text) > 0 else 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose cells are known; it is set with rules around its cells, as it would be printed."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int


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


def _whole(grid: Grid) -> list[Cell]:
    """Return the cells of a table with an empty one wherever none stands."""
    taken = {(cell.row + r, cell.column + c) for cell in grid.cells
             for r in range(cell.height) for c in range(cell.width)}
    empty = [Cell((), row, column) for row in range(grid.rows) for column in range(grid.columns)
             if (row, column) not in taken]
    return sorted([*grid.cells, *empty], key=lambda cell: (cell.row, cell.column))


def _set_grid(grid: Grid, page: int, number: int, top: float) -> tuple[list[Line], list[Rule]]:
    """Return the lines of a table, one for each row, and the rules around its cells."""
    step, pitch = (RIGHT - LEFT) / grid.columns, 2 * SIZE
    rules: dict[Rule, None] = {}
    rows: dict[int, list[tuple[str, tuple[Span, ...], list[Change]]]] = {}
    for cell in _whole(grid):
        x0, x1 = LEFT + cell.column * step, LEFT + (cell.column + cell.width) * step
        y0, y1 = top + cell.row * pitch, top + (cell.row + cell.height) * pitch
        for edge in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            rules[Rule(*(round(value, 2) for value in edge))] = None
        text, spans, changes = _spans([replace(piece, column=False) for piece in cell.pieces], x0 + 2, SIZE)
        if text.strip():
            rows.setdefault(cell.row, []).append((text, _narrowed(spans, x0 + 2, x1 - 2), changes))
    lines: list[Line] = []
    for row, parts in sorted(rows.items()):
        whole, changes = "", list[Change]()
        for text, _, own in parts:
            whole += " " if whole else ""
            changes += [replace(c, start=c.start + len(whole), end=c.end + len(whole)) for c in own]
            whole += text
        every = tuple(span for _, spans, _ in parts for span in spans)
        y = top + row * pitch + SIZE / 2
        lines.append(Line(whole, page, number + len(lines), every[0].x0, y, every[-1].x1, y + SIZE, every,
                          tuple(changes)))
    return lines, list(rules)


def page_of(blocks: Iterable[Paragraph | Grid], notes: Iterable[Paragraph], number: int, reader: str) -> Page:
    """Return one page with the notes below a rule after the paragraphs and tables."""
    lines: list[Line] = []
    rules: list[Rule] = []
    top = TOP
    for block in blocks:
        if isinstance(block, Grid):
            rows, around = _set_grid(block, number, len(lines) + 1, top)
            lines += rows
            rules += around
            top += 2 * SIZE * block.rows + SIZE
            continue
        line = line_of(block, number, len(lines) + 1, top)
        if line is not None:
            lines.append(line)
            top += 1.5 * block.size
    first = True
    top += 2 * SIZE
    for paragraph in notes:
        line = line_of(replace(paragraph, size=NOTE_SIZE), number, len(lines) + 1, top + SIZE)
        if line is not None:
            if first:
                rules.append(Rule(LEFT, top + SIZE / 2, LEFT + 144.0, top + SIZE / 2 + 0.5))
                first = False
            lines.append(line)
            top += 1.5 * NOTE_SIZE
    height = max(_MIN_HEIGHT, top + 2 * TOP)
    return Page(number, WIDTH, height, tuple(lines), rules=tuple(rules), reader=reader)
