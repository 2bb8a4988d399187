"""The page flow of the thesis in TEI: paragraphs, quotations, tables, figures, nested sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sco_docs.model import Block, Figure, LineStart, Place, Section, Table, Text
from sco_docs.writers.markup import Attributes, Markup
from sco_docs.writers.tei_ids import name_part
from sco_docs.writers.tei_places import Pointers
from sco_docs.writers.tei_text import Flow, write

NESTED = {"quote", "toc"}


@dataclass(frozen=True, slots=True)
class Blocks:
    """What the writing of blocks needs."""

    markup: Markup
    flow: Flow
    pointers: Pointers


def table_id(table: Table) -> str:
    """Return the id of a table: its printed number and the page, for numbers may repeat."""
    return f"table.{name_part(table.id)}.{table.place.page}.{table.place.line}"


def figure_id(figure: Figure) -> str:
    """Return the id of a figure."""
    return f"figure.{name_part(figure.id)}.{figure.place.page}.{figure.place.line}"


def write_section(ctx: Blocks, section: Section, ident: str) -> None:
    """Write a section with its heading, its blocks and the sections in it."""
    heading = section.heading
    attributes = {"type": section.role, "xml:id": ident}
    with ctx.markup.element("div", attributes):
        if heading is not None:
            write_text(ctx, "head", printed(heading.title, heading.place))
        write_blocks(ctx, section.blocks)
        for number, child in enumerate(section.children, 1):
            write_section(ctx, child, f"{ident}.{number}")
        if not section.blocks and not section.children:
            ctx.markup.leaf("p")


def write_blocks(ctx: Blocks, blocks: Sequence[Block]) -> None:
    """Write blocks in order; neighbours of the kinds in ``NESTED`` share one element."""
    open_kind = ""
    for block in blocks:
        if block.kind != open_kind:
            _close(ctx, open_kind)
            open_kind = block.kind if block.kind in NESTED else ""
            if open_kind == "quote":
                ctx.markup.start("quote")
            elif open_kind == "toc":
                ctx.markup.start("list", {"type": "toc"})
        _block(ctx, block)
    _close(ctx, open_kind)


def _close(ctx: Blocks, kind: str) -> None:
    if kind in NESTED:
        ctx.markup.end("quote" if kind == "quote" else "list")


def _block(ctx: Blocks, block: Block) -> None:
    if block.table is not None:
        _table(ctx, block.table)
    elif block.figure is not None:
        _figure(ctx, block.figure)
    elif block.kind == "toc":
        _cells(ctx, "item", block)
    elif block.cells:
        _cells(ctx, "p", block, {"rend": "row"})
    elif block.kind in ("paragraph", "quote"):
        write_text(ctx, "p", block.text)
    else:
        write_text(ctx, "p", block.text, {"rend": block.kind})


def _cells(ctx: Blocks, tag: str, block: Block, attributes: Attributes | None = None) -> None:
    with ctx.markup.element(tag, attributes):
        if not block.cells:
            write(ctx.markup, block.text, ctx.flow, (), ctx.pointers.ranges(block.text))
        for cell in block.cells:
            write_text(ctx, "seg", cell, {"type": "cell"})


def write_text(ctx: Blocks, tag: str, text: Text, attributes: Attributes | None = None) -> None:
    """Write a text in an element, with what it points to."""
    with ctx.markup.element(tag, attributes):
        write(ctx.markup, text, ctx.flow, (), ctx.pointers.ranges(text))


def printed(words: str, place: Place | None) -> Text:
    """Return words that are known by the place where they start."""
    return Text(words, (LineStart(0, place),) if place else ())


def _table(ctx: Blocks, table: Table) -> None:
    size = {"rows": str(len(table.rows)), "cols": str(max(map(len, table.rows), default=0))}
    sized = size if table.rows and size["cols"] != "0" else {}
    with ctx.markup.element("table", {"xml:id": table_id(table), "n": table.id, **sized}):
        write_text(ctx, "head", printed(f"{table.id} {table.caption}".strip(), table.place))
        for row in table.rows:
            if row:
                with ctx.markup.element("row"):
                    for cell in row:
                        ctx.markup.leaf("cell", cell)
        if not any(table.rows):
            with ctx.markup.element("row"):
                ctx.markup.leaf("cell")
        if table.source_note:
            ctx.markup.leaf("note", table.source_note, {"type": "source"})


def _figure(ctx: Blocks, figure: Figure) -> None:
    with ctx.markup.element("figure", {"xml:id": figure_id(figure), "n": figure.id}):
        write_text(ctx, "head", printed(f"{figure.id} {figure.caption}".strip(), figure.place))
        if figure.source_note:
            ctx.markup.leaf("note", figure.source_note, {"type": "source"})
