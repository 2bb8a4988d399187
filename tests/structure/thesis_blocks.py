"""Invented theses as blocks, for the tests of outline, contents, references and cross references."""

from __future__ import annotations

from sco_docs.model import Block, Layout, LineStart, Note, NoteMark, Place, Table, Text

BODY = 12.0


def text(words: str, page: int = 1, line: int = 1, notes: tuple[NoteMark, ...] = ()) -> Text:
    return Text(words, (LineStart(0, Place(page, line)),), (), notes)


def para(words: str, page: int = 1, notes: tuple[NoteMark, ...] = ()) -> Block:
    return Block("paragraph", text(words, page, notes=notes), page, size=BODY)


def head(words: str, size: float = 16.0, page: int = 1, bold: bool = True, align: str = "center") -> Block:
    return Block("heading", text(words, page), page, size=size, bold=bold, align=align)  # type: ignore[arg-type]


def entry(words: str, label: str, page: int = 1) -> Block:
    return Block("toc", text(f"{words}........{label}", page), page, size=BODY)


def grid(number: str, page: int = 1, cell: str = "數值") -> Block:
    table = Table(number, f"{number} 說明", ((cell, "1"),), None, Place(page))
    return Block("table", text(""), page, table=table)


def layout(*blocks: Block, notes: tuple[Note, ...] = ()) -> Layout:
    pages = max((block.page for block in blocks), default=0)
    return Layout(tuple(blocks), notes, (), tuple(str(page) for page in range(1, pages + 1)))


LOREM = "這一段文字只是為了填滿頁面而寫的，它沒有別的意思，讀者可以放心地跳過去，繼續看下一段的內容。" * 2
