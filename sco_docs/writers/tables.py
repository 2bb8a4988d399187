"""Tables of the thesis as CSV (RFC 4180), UTF-8 with a byte order mark, so that spreadsheets show Chinese."""

from __future__ import annotations

import csv
import io

from sco_docs.model import Edition, Table
from sco_docs.writers.tei_ids import slug

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(table: Table) -> bytes:
    """Return the cells of a table, row by row; a merged cell's text stands once, the rest are empty.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it, unless it is a number.
    """
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows([_cell(cell) for cell in row] for row in table.rows)
    return stream.getvalue().encode("utf-8-sig", "replace")


def files(edition: Edition) -> tuple[tuple[str, bytes], ...]:
    """Return a file for each table of the thesis: (name, bytes)."""
    return tuple((name, write(table)) for name, table in names(edition))


def names(edition: Edition) -> tuple[tuple[str, Table], ...]:
    """Return the tables of the thesis in order, each with the name of its file."""
    tables = [block.table for block in edition.layout.blocks if block.table is not None]
    return tuple((f"{number:02d}-{slug(table.id) or 'table'}.csv", table) for number, table in enumerate(tables, 1))


def _cell(cell: str) -> str:
    if len(cell) < 2 or not cell.startswith(_FORMULA):
        return cell
    try:
        float(cell.replace(",", "").rstrip("%"))
    except ValueError:
        return "'" + cell
    return cell
