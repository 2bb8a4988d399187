"""Text and Markdown of a page flow: every block once."""

from __future__ import annotations

from sco_docs.model import Block, Figure, Layout, Note, NoteMark, Place, Table, Text
from sco_docs.writers.flow import markdown, plain_text

ROWS = (("年份", "地點"), ("1993", "雲汀|港"))
LAYOUT = Layout(
    (
        Block("heading", Text("第一章 霧"), 1, level=1),
        Block("paragraph", Text("霧是公平的。", notes=(NoteMark(2, "n1"),)), 1),
        Block("caption", Text("表 1-1 協定"), 1),
        Block("table", Text("年份 地點 1993 雲汀|港"), 1, cells=tuple(Text(cell) for row in ROWS for cell in row),
              table=Table("表 1-1", "協定", ROWS, "資料來源：作者", Place(1))),
        Block("source_note", Text("資料來源：作者"), 1),
        Block("figure", Text("甲 乙"), 1, figure=Figure("圖 1-1", "圖", None, Place(1))),
        Block("caption", Text("圖 1-1 圖"), 1),
        Block("row", Text("甲方 乙方"), 1, cells=(Text("甲方"), Text("乙方"))),
        Block("quote", Text("鳴*鐘*。"), 1),
    ),
    (Note("n1", "1", Text("見前。"), 1, "霧是"),),
)


def test_text_has_every_block_once() -> None:
    assert b"".join(plain_text(LAYOUT)).decode().splitlines() == [
        "第一章 霧", "霧是公平的。", "表 1-1 協定", "年份\t地點", "1993\t雲汀|港", "資料來源：作者", "甲 乙",
        "圖 1-1 圖", "甲方\t乙方", "鳴*鐘*。", "1 見前。"]  # fmt: skip


def test_markdown_has_every_block_once() -> None:
    assert b"".join(markdown(LAYOUT)).decode().split("\n\n") == [
        "# 第一章 霧", "霧是[^n1]公平的。", "**表 1-1 協定**", "| 年份 | 地點 |\n| --- | --- |\n| 1993 | 雲汀\\|港 |",
        "資料來源：作者", "甲 乙", "**圖 1-1 圖**", "甲方 · 乙方", "> 鳴\\*鐘\\*。", "[^n1]: 1 見前。\n"]  # fmt: skip
