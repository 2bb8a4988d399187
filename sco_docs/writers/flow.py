"""The page flow of any document as plain text or Markdown, with its notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from sco_docs.model import Block, Layout, Table, Text


def plain_text(layout: Layout) -> Iterator[bytes]:
    """Yield the blocks of a document as UTF-8 text: one paragraph a line, cells of a row by tabs, notes at the end."""
    for block in layout.blocks:
        yield from (f"{line}\n".encode() for line in _plain_lines(block))
    for note in layout.notes:
        yield f"{note.label} {note.text.text}\n".encode()


def _plain_lines(block: Block) -> Iterator[str]:
    if block.table is not None:
        yield from ("\t".join(row) for row in block.table.rows)
    elif block.cells:
        yield "\t".join(cell.text for cell in block.cells)
    elif block.text.text:
        yield block.text.text


def markdown(layout: Layout) -> Iterator[bytes]:
    """Yield the blocks of a document as UTF-8 Markdown (CommonMark with tables and footnotes)."""
    parts = chain(
        (_markdown(block) for block in layout.blocks),
        (f"[^{note.id}]: {note.label} {_escape(note.text.text)}" for note in layout.notes),
    )
    before = ""
    for part in filter(None, parts):
        yield f"{before}{part}\n".encode()
        before = "\n"


def _markdown(block: Block) -> str:
    if block.table is not None:
        return _markdown_table(block.table)
    if block.cells:
        return " · ".join(_escape(cell.text) for cell in block.cells)
    text = _with_notes(block.text)
    if block.kind == "heading":
        return f"{'#' * min(max(block.level, 1), 6)} {text}"
    if block.kind == "quote":
        return f"> {text}"
    return f"**{text}**" if block.kind == "caption" else text


def _markdown_table(table: Table) -> str:
    width = max((len(row) for row in table.rows), default=0)
    rows = [[_escape(cell).replace("|", "\\|") for cell in row] + [""] * (width - len(row)) for row in table.rows]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if lines:
        lines.insert(1, f"|{' --- |' * width}")
    return "\n".join(lines)


def _with_notes(text: Text) -> str:
    pieces, start = [], 0
    for mark in sorted(text.notes, key=lambda mark: mark.offset):
        pieces += [_escape(text.text[start : mark.offset]), f"[^{mark.note}]"]
        start = mark.offset
    return "".join([*pieces, _escape(text.text[start:])])


def _escape(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#])", r"\\\1", text)
