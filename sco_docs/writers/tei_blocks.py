"""The page flow of the thesis in TEI: paragraphs, quotations, tables, figures, nested sections."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sco_docs.model import Block, Figure, Line, LineStart, Place, Section, Table, Text
from sco_docs.writers.markup import Attributes, Markup
from sco_docs.writers.tei_ids import name_part
from sco_docs.writers.tei_places import Pointer, Pointers, of_cell
from sco_docs.writers.tei_text import Flow, page_break, write, write_note

NESTED = {"quote", "toc"}


@dataclass(frozen=True, slots=True)
class Blocks:
    """What the writing of blocks needs.

    ``files``: the file of the agreement whose heading is printed there; ``lines``: the text of each printed line;
    ``headings``: the text of each heading, which has its notes;
    ``pages``: the lines of each page, for the words in figures;
    ``pictures``: the file of the picture of a figure, by its id.
    """

    markup: Markup
    flow: Flow
    pointers: Pointers
    files: Mapping[Place, str] = field(default_factory=dict)
    lines: Mapping[tuple[int, int], str] = field(default_factory=dict)
    headings: Mapping[Place | None, Text] = field(default_factory=dict)
    pages: Mapping[int, Sequence[Line]] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is printed around a table or a figure and belongs to it."""

    captions: tuple[Block, ...] = ()
    notes: tuple[Block, ...] = ()


def table_id(table: Table) -> str:
    """Return the id of a table: its printed number and the page, for numbers may repeat."""
    return f"table.{name_part(table.id)}.{table.place.page}.{table.place.line}"


def figure_id(figure: Figure) -> str:
    """Return the id of a figure."""
    return f"figure.{name_part(figure.id)}.{figure.place.page}.{figure.place.line}"


def write_section(ctx: Blocks, section: Section, ident: str) -> None:
    """Write a section with its heading, its blocks and the sections in it; of an agreement only the pointer."""
    heading = section.heading
    file = ctx.files.get(heading.place) if heading is not None and heading.place is not None else None
    with ctx.markup.element("div", {"type": section.role, "xml:id": ident}):
        if heading is not None:
            write_text(ctx, "head", ctx.headings.get(heading.place) or printed(heading.title, heading.place))
        if file is not None:
            with ctx.markup.element("p"):
                ctx.markup.leaf("ptr", "", {"type": "agreement", "target": file})
        else:
            write_blocks(ctx, section.blocks)
        for number, child in enumerate(section.children, 1):
            write_section(ctx, child, f"{ident}.{number}")
        if file is None and not section.blocks and not section.children:
            ctx.markup.leaf("p")


def write_blocks(ctx: Blocks, blocks: Sequence[Block]) -> None:
    """Write blocks in order; neighbours of the kinds in ``NESTED`` share one element."""
    around = surroundings(blocks)
    taken = {id(block) for found in around.values() for block in (*found.captions, *found.notes)}
    open_kind = ""
    for block in blocks:
        if id(block) in taken:
            continue
        if block.kind != open_kind:
            _close(ctx, open_kind)
            open_kind = block.kind if block.kind in NESTED else ""
            if open_kind == "quote":
                ctx.markup.start("quote")
            elif open_kind == "toc":
                ctx.markup.start("list", {"type": "toc"})
        _block(ctx, block, around.get(id(block), Surroundings()))
    _close(ctx, open_kind)


def surroundings(blocks: Sequence[Block]) -> dict[int, Surroundings]:
    """Return for each table and figure the captions and source notes that are printed around it.

    A caption belongs to its neighbour on the page whose number it has; one without a number (a unit) to a table
    below it. A source note belongs to what is above it.
    """
    found: dict[int, Surroundings] = {}
    taken: set[int] = set()
    for index, block in enumerate(blocks):
        if block.table is None and block.figure is None:
            continue
        number = squeezed(block.table.id if block.table else block.figure.id if block.figure else "")
        before = _run(blocks, range(index - 1, -1, -1), "caption", taken)[::-1]
        if block.table is None or not any(number in squeezed(b.text.text) for b in before):
            before = [b for b in before if number and squeezed(b.text.text).startswith(number)]
        after = _run(blocks, range(index + 1, len(blocks)), "caption", taken)
        captions = [*before, *(b for b in after if number and squeezed(b.text.text).startswith(number))]
        notes = _run(blocks, range(index + 1 + len(after), len(blocks)), "source_note", taken)
        found[id(block)] = Surroundings(tuple(captions), tuple(notes))
        taken |= {id(b) for b in (*captions, *notes)}
    return found


def _run(blocks: Sequence[Block], indices: range, kind: str, taken: set[int]) -> list[Block]:
    found = []
    for index in indices:
        if blocks[index].kind != kind or id(blocks[index]) in taken:
            break
        found.append(blocks[index])
    return found


def squeezed(text: str) -> str:
    """Return ``text`` without white space."""
    return "".join(text.split())


def _close(ctx: Blocks, kind: str) -> None:
    if kind in NESTED:
        ctx.markup.end("quote" if kind == "quote" else "list")


def _block(ctx: Blocks, block: Block, around: Surroundings) -> None:
    if block.table is not None:
        _table(ctx, block.table, block.text, around)
    elif block.figure is not None:
        _figure(ctx, block.figure, around)
    elif block.kind == "toc":
        _cells(ctx, "item", block)
    elif block.cells:
        _cells(ctx, "p", block, {"rend": "row"})
    elif block.kind in ("paragraph", "quote"):
        write_text(ctx, "p", block.text)
    else:
        write_text(ctx, "p", block.text, {"rend": block.kind})


def _cells(ctx: Blocks, tag: str, block: Block, attributes: Attributes | None = None) -> None:
    """Write the cells of a row; what fills the line between them (leaders) is read from the line again."""
    with ctx.markup.element(tag, attributes):
        if not block.cells:
            write(ctx.markup, block.text, ctx.flow, (), ctx.pointers.ranges(block.text))
        before: Text | None = None
        for cell in block.cells:
            leader = _leader(ctx, before, cell)
            if leader:
                ctx.markup.leaf("seg", leader, {"type": "leader"})
            write_text(ctx, "seg", cell, {"type": "cell"})
            before = cell


def _leader(ctx: Blocks, before: Text | None, after: Text) -> str:
    if before is None or not before.lines or not after.lines:
        return ""
    last, first = before.lines[-1], after.lines[0].place
    line = ctx.lines.get((first.page, first.line), "")
    if (last.place.page, last.place.line) != (first.page, first.line):
        return ""
    return line[last.place.offset + len(before.text) - last.offset : first.offset].strip()


def write_text(ctx: Blocks, tag: str, text: Text, attributes: Attributes | None = None) -> None:
    """Write a text in an element, with what it points to."""
    with ctx.markup.element(tag, attributes):
        write(ctx.markup, text, ctx.flow, (), ctx.pointers.ranges(text))


def printed(words: str, place: Place | None) -> Text:
    """Return words that are known by the place where they start."""
    return Text(words, (LineStart(0, place),) if place else ())


def row_pages(table: Table, text: Text) -> list[int]:
    """Return the page of each row of a table that runs over pages, judged by the characters printed on each."""
    words: dict[int, Counter[str]] = defaultdict(Counter)
    ends = [*(line.offset for line in text.lines[1:]), len(text.text)]
    for line, end in zip(text.lines, ends, strict=bool(text.lines)):
        words[line.place.page].update(squeezed(text.text[line.offset : end]))
    pages = sorted(words)
    found: list[int] = []
    here = 0
    for row in table.rows:
        characters = Counter(squeezed("".join(row)))
        while here + 1 < len(pages) and 2 * (words[pages[here]] & characters).total() < characters.total():
            here += 1
        if pages:
            words[pages[here]] -= characters
        found.append(pages[here] if pages else 0)
    return found


def cell_notes(table: Table, text: Text) -> dict[tuple[int, int], list[str]]:
    """Return the notes that are called in a table by row and column: after the word that stands before the mark."""
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    cells = [(r, c, cell) for r, row in enumerate(table.rows) for c, cell in enumerate(row) if cell]
    for mark in text.notes:
        word = (text.text[: mark.offset].split() or [""])[-1]
        place = next(((r, c) for r, c, cell in cells if word and cell.endswith(word) and (r, c) not in found), None)
        if place is not None:
            found[place].append(mark.note)
    return found


def _table(ctx: Blocks, table: Table, text: Text, around: Surroundings) -> None:
    size = {"rows": str(len(table.rows)), "cols": str(max(map(len, table.rows), default=0))}
    sized = size if table.rows and size["cols"] != "0" else {}
    with ctx.markup.element("table", {"xml:id": table_id(table), "n": table.id, **sized}):
        _captions(ctx, f"{table.id} {table.caption}".strip(), table.place, around)
        notes = cell_notes(table, text)
        pointers = ctx.pointers.at(table.place)
        for number, (row, page) in enumerate(zip(table.rows, row_pages(table, text), strict=True)):
            if row:
                _row(ctx, row, page, [notes.get((number, column), []) for column in range(len(row))], pointers)
        if not any(table.rows):
            with ctx.markup.element("row"):
                ctx.markup.leaf("cell")
        _source_notes(ctx, table.source_note, around, pointers)


def _row(ctx: Blocks, row: Sequence[str], page: int, notes: Sequence[Sequence[str]], pointers: list[Pointer]) -> None:
    with ctx.markup.element("row"):
        for cell, called in zip(row, notes, strict=True):
            with ctx.markup.element("cell"):
                if page > ctx.flow.page:
                    ctx.flow.page = page
                    page_break(ctx.markup, ctx.flow)
                write(ctx.markup, Text(cell), ctx.flow, (), of_cell(pointers, cell))
                for key in called:
                    write_note(ctx.markup, key, ctx.flow)


def _figure(ctx: Blocks, figure: Figure, around: Surroundings) -> None:
    """Write a figure with its caption and the words that are drawn in it."""
    with ctx.markup.element("figure", {"xml:id": figure_id(figure), "n": figure.id}):
        _captions(ctx, f"{figure.id} {figure.caption}".strip(), figure.place, around)
        if figure_id(figure) in ctx.pictures:
            ctx.markup.leaf("graphic", "", {"url": ctx.pictures[figure_id(figure)]})
        for line in ctx.pages.get(figure.place.page, ()):
            if (
                figure.x0 <= (line.x0 + line.x1) / 2 <= figure.x1
                and figure.top <= (line.top + line.bottom) / 2 <= figure.bottom
            ):
                words = Text(line.text, (LineStart(0, Place(line.page, line.number)),), line.changes)
                write_text(ctx, "ab", words, {"type": "drawn"})
        _source_notes(ctx, figure.source_note, around, ctx.pointers.at(figure.place))


def _captions(ctx: Blocks, words: str, place: Place, around: Surroundings) -> None:
    for block in around.captions:
        write_text(ctx, "head", block.text)
    if not around.captions:
        write_text(ctx, "head", printed(words, place))


def _source_notes(ctx: Blocks, words: str | None, around: Surroundings, pointers: list[Pointer]) -> None:
    texts = [block.text for block in around.notes] or ([Text(words)] if words else [])
    for text in texts:
        with ctx.markup.element("note", {"type": "source"}):
            ranges = (*ctx.pointers.ranges(text), *of_cell(pointers, text.text))
            write(ctx.markup, text, ctx.flow, (), ranges)
