from __future__ import annotations

from thesis_blocks import LOREM, entry, head, layout, para, text

from sco_docs.model import Block, Bookmark, Heading, Place
from sco_docs.structure.outline import find_outline
from sco_docs.structure.toc import (
    check_bookmarks,
    check_contents,
    match_titles,
    printed_contents,
    read_contents,
)


def read(*blocks: Block) -> list[tuple[str, str | None]]:
    return [(e.title.text, e.page_label) for e in read_contents(layout(*blocks).blocks).entries]


def test_entries_with_leaders_tabs_and_columns() -> None:
    columns = Block("row", text("第三章 海 12"), 1, cells=(text("第三章 海"), text("12")))
    assert read(head("目錄"), entry("謝辭", "iv"), para("第一章 河\t3"), para("第二章 湖 …… 第 7 頁"), columns) == [
        ("謝辭", "iv"),
        ("第一章 河", "3"),
        ("第二章 湖", "7"),
        ("第三章 海", "12"),
    ]


def test_a_title_over_two_lines_is_joined() -> None:
    found = read(head("目次"), para("附錄一：甲河流域各國政府間"), entry("關於用水的協定(2001年)", "9"))
    assert found == [("附錄一：甲河流域各國政府間關於用水的協定(2001年)", "9")]


def test_two_entries_in_one_block_are_cut() -> None:
    assert read(head("目次"), para("第一章 河........3第二章 湖........14")) == [
        ("第一章 河", "3"),
        ("第二章 湖", "14"),
    ]


def test_lists_of_tables_are_kept_apart() -> None:
    blocks = layout(
        head("目錄"), entry("第一章 河", "1"), head("圖表目次"), entry("表 1 水量", "2"), entry("圖 1 流域", "3")
    )
    contents = read_contents(blocks.blocks)
    assert [e.title.text for e in contents.entries] == ["第一章 河"]
    assert [e.title.text for e in contents.lists] == ["表 1 水量", "圖 1 流域"]
    assert contents.blocks == {1, 3, 4}


def test_running_text_ends_the_contents() -> None:
    found = read(head("目錄"), entry("第一章 河", "1"), head("第一章 河"), para(LOREM), para("這一年是 1996"))
    assert found == [("第一章 河", "1")]


def test_titles_match_in_order_and_nearly() -> None:
    assert match_titles(
        ["第一節 小結", "第二章 湖泊管理制度", "第一節 小結"], ["第一節小結", "第二章 湖泊的管理制度", "第一節 小結"]
    ) == {
        0: 0,
        1: 1,
        2: 2,
    }


def test_what_does_not_agree_is_reported() -> None:
    blocks = layout(
        head("目錄"),
        entry("第一章 河", "2"),
        entry("第二章 湖泊管理制度", "2"),
        entry("第三章 海", "2"),
        head("第一章 河", 18),
        para(LOREM),
        head("第二章 湖泊的管理制度", 18, 2),
        para(LOREM, 2),
        head("第四章 洋", 18, 2),
    )
    problems = find_outline(blocks)[1]
    assert [p.code for p in problems] == [
        "contents-page-differs",
        "contents-title-differs",
        "contents-without-heading",
        "heading-not-in-contents",
    ]


def test_another_form_of_the_same_number_is_no_difference() -> None:
    contents = read_contents(layout(head("目錄"), entry("1 緒論", "1")).blocks)
    assert check_contents(contents, [Heading("第 1 章 緒論", 1, "1")]) == ()


def test_no_contents_no_problems() -> None:
    assert check_contents(read_contents(()), [Heading("第一章 河", 1, "1")]) == ()


def test_printed_contents_have_the_levels_of_their_headings() -> None:
    blocks = layout(
        head("目錄"),
        entry("第一章 河", "1"),
        entry("第一節 水", "1"),
        entry("第二節 岸", "2"),
        head("第一章 河", 18),
        head("第一節 水", 16),
        para(LOREM),
    )
    headings = [item.heading for item in find_outline(blocks)[0]]
    found = printed_contents(blocks.blocks, headings)
    assert [(h.title, h.level, h.page_label) for h in found] == [
        ("第一章 河", 1, "1"),
        ("第一節 水", 2, "1"),
        ("第二節 岸", 2, "2"),
    ]


def test_contents_without_pages_end_where_their_first_title_comes_again() -> None:
    found = layout(
        head("目　錄"), para("第一章 河"), para("第二章 湖"), head("第一章 河", 18), para(LOREM), head("第二章 湖", 18)
    )
    assert [(e.title.text, e.page_label) for e in read_contents(found.blocks).entries] == [
        ("第一章 河", None),
        ("第二章 湖", None),
    ]
    assert [item.heading.title for item in find_outline(found)[0]] == ["目 錄", "第一章 河", "第二章 湖"]


def test_bookmarks_are_compared_with_the_headings() -> None:
    headings = [Heading("第一章 河", 1, "1", Place(3)), Heading("第二章 湖", 1, "5", Place(7))]
    marks = [Bookmark("第一章　河", 0, 3), Bookmark("第二章 湖", 0, 9), Bookmark("封底", 0, 20)]
    assert [(p.code, p.place) for p in check_bookmarks(marks, headings)] == [
        ("bookmark-without-heading", Place(20)),
        ("bookmark-page-differs", Place(7)),
    ]
    others = [Bookmark("Slide 1", 0, 1), Bookmark("Slide 2", 0, 2)]
    assert [p.code for p in check_bookmarks(others, headings)] == ["bookmarks-differ"]
    assert check_bookmarks([], headings) == ()
