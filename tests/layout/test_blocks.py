"""Headings, rows, contents, captions, figures, and the boxes drawn on a page."""

from __future__ import annotations

import pytest

from sco_docs.layout import arrange
from sco_docs.layout.debug import boxes
from sco_docs.layout.rows import contents_entry
from sco_docs.layout.words import caption, is_source_note, numbering
from sco_docs.model import Bookmark, Picture
from tests.layout.conftest import LEFT, make_page, make_source, paragraph


@pytest.mark.parametrize(
    ("text", "kind", "level"),
    [
        ("第壹章　緒論", "heading", 1),
        ("第1章 緒論", "heading", 1),
        ("第二節 方法", "heading", 2),
        ("壹、 背景", "both", 3),
        ("一、 動機", "both", 4),
        ("（一）動機", "both", 5),
        ("1.1 動機", "strong", 2),
        ("1.2.3 訪談", "strong", 4),
        ("附錄 A　大綱", "heading", 1),
        ("附件一：綱領", "heading", 1),
        ("Appendix B Guide", "heading", 1),
        ("第 9-1 條", "strong", 3),
        ("第十二條", "strong", 3),
        ("（iv）佣金", "item", 8),
        ("——友好", "item", 8),
    ],
)
def test_numbering(text: str, kind: str, level: int) -> None:
    found = numbering(text)
    assert found
    assert (found.kind, found.level) == (kind, level)


@pytest.mark.parametrize(
    ("text", "id_", "title"),
    [
        ("表 2-1: 對照表.", "表 2-1", "對照表."),
        ("圖3.2　架構圖", "圖3.2", "架構圖"),
        ("Table 4. Members", "Table 4", "Members"),
        ("表一　成員", "表一", "成員"),
        ("Fig. 1 Map", "Fig. 1", "Map"),
        ("表 3-1（續）", "表 3-1", ""),
    ],
)
def test_caption(text: str, id_: str, title: str) -> None:
    found = caption(text)
    assert found
    assert (found.id, found.title) == (id_, title)


@pytest.mark.parametrize("text", ["表示同意", "圖書館", "表 3-1，可知", "Tablet computers"])
def test_no_caption(text: str) -> None:
    assert caption(text) is None


def test_source_notes() -> None:
    assert is_source_note("資料來源：作者整理。")
    assert is_source_note("Source: the author")
    assert not is_source_note("資料來源不足，無法判斷。")


@pytest.mark.parametrize(
    ("text", "title", "label"),
    [
        ("第一章 緒論..........1", "第一章 緒論", "1"),
        ("摘要 …………… iii", "摘要", "iii"),
        ("1.1 背景 . . . . . . . . 12", "1.1 背景", "12"),
    ],
)
def test_contents_entry(text: str, title: str, label: str) -> None:
    entry = contents_entry(text)
    assert entry
    assert (text[: entry.end].strip(), text[entry.start : entry.stop]) == (title, label)


def test_headings_need_style_or_strong_numbering() -> None:
    rows = [
        ("第一章　緒論", {"centre": True, "size": 18.0, "bold": True}),
        ("一、研究動機", {"bold": True, "size": 14.0}),
        *paragraph(4),
        ("1.1.1 文獻分析", {}),
        *paragraph(3),
        ("一、各方同意維持和平並且合作。", {"x0": LEFT + 24}),
        *paragraph(3),
    ]
    layout, _ = arrange(make_source([make_page(1, rows)]))
    headings = [(b.text.text, b.level) for b in layout.blocks if b.kind == "heading"]
    assert headings == [("第一章　緒論", 1), ("一、研究動機", 4), ("1.1.1 文獻分析", 4)]


def test_signatures_side_by_side() -> None:
    rows = [*paragraph(4), ("甲國代表|　　|乙國代表", {"x0": 120.0}), ("王某　　|　　|李某　　", {"x0": 120.0})]
    layout, _ = arrange(make_source([make_page(1, rows)]))
    assert [[c.text for c in b.cells] for b in layout.blocks if b.kind == "row"] == [
        ["甲國代表", "乙國代表"],
        ["王某", "李某"],
    ]


def test_contents() -> None:
    rows = [
        ("目錄", {"centre": True, "size": 18.0}),
        "第一章 緒論......................1",
        ("第一節 動機....................2", {"x0": LEFT + 24}),
    ]
    layout, _ = arrange(make_source([make_page(1, rows)]))
    assert [tuple(c.text for c in b.cells) for b in layout.blocks if b.kind == "toc"] == [
        ("第一章 緒論", "1"),
        ("第一節 動機", "2"),
    ]


def test_an_entry_of_the_contents_over_two_lines() -> None:
    rows = [
        "第一章 緒論......................1",
        ("附錄一：" + "互助機制成員國關於共同維護漁業秩序與航行安全之", {}),
        ("聯合聲明....................2", {"x0": LEFT + 24}),
    ]
    layout, _ = arrange(make_source([make_page(1, rows)]))
    assert [b.cells[0].text[-4:] for b in layout.blocks] == ["一章 緒論"[-4:], "聯合聲明"]


def test_a_figure_takes_its_caption_and_what_is_written_in_it() -> None:
    rows = [
        *paragraph(4),
        ("甲國", {"x0": 200.0, "top": 250.0}),
        ("圖 1-1 架構圖", {"centre": True, "top": 420.0}),
        ("資料來源：作者自製。", {"top": 440.0, "size": 10.0}),
    ]
    page = make_page(1, rows)
    page = type(page)(1, page.width, page.height, page.lines, pictures=(Picture(120.0, 200.0, 460.0, 410.0),))
    layout, _ = arrange(make_source([page]))
    block = next(b for b in layout.blocks if b.figure)
    assert (block.figure.id, block.figure.caption, block.figure.source_note) == (
        "圖 1-1",
        "架構圖",
        "資料來源：作者自製。",
    )
    assert block.text.text == "甲國"


def test_a_figure_without_a_picture_is_the_room_above_its_caption() -> None:
    rows = [
        *paragraph(4),
        ("甲", {"x0": 200.0, "top": 300.0}),
        ("圖 1-1 架構圖", {"centre": True, "top": 420.0}),
        *paragraph(4),
    ]
    layout, _ = arrange(make_source([make_page(1, rows)]))
    block = next(b for b in layout.blocks if b.figure)
    assert block.figure.id == "圖 1-1"
    assert block.figure.bottom == 420.0


def test_boxes() -> None:
    page = make_page(1, [("第一章　緒論", {"centre": True, "size": 18.0}), *paragraph(4)])
    layout, _ = arrange(make_source([page]))
    assert [(b.kind, b.top) for b in boxes(page, layout)] == [("heading", 80.0), ("paragraph", 100.0)]


def test_bookmarks_name_headings_and_differences_are_told() -> None:
    rows = [("動機與背景", {"x0": LEFT}), *paragraph(4), ("方法", {"x0": LEFT}), *paragraph(4, 5)]
    source = make_source([make_page(1, rows)])
    marks = (Bookmark("動機與背景", 2, 1), Bookmark("方 法", 2, 2), Bookmark("結論", 1, 1))
    layout, problems = arrange(type(source)(source.name, source.sha256, source.kind, source.pages, marks))
    assert [(b.text.text, b.level) for b in layout.blocks if b.kind == "heading"] == [("動機與背景", 2), ("方法", 2)]
    assert [(p.code, p.evidence) for p in problems] == [("bookmark-without-heading", "結論")]


def test_progress_is_told_page_by_page_up_to_the_last() -> None:
    seen: list[tuple[int, int]] = []
    pages = [make_page(n, paragraph(6, 5 * n)) for n in range(4, 9)]
    arrange(make_source(pages), lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert {total for _, total in seen} == {5}
    assert seen[-1] == (5, 5)
