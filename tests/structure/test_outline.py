from __future__ import annotations

import pytest
from thesis_blocks import LOREM, entry, head, layout, para

from sco_docs.model import Block, Bookmark, Layout
from sco_docs.structure.outline import find_outline


def titles(found: Layout, bookmarks: tuple[Bookmark, ...] = ()) -> list[tuple[int, str]]:
    return [(item.heading.level, item.heading.title) for item in find_outline(found, bookmarks)[0]]


def test_levels_of_the_usual_chinese_numbering() -> None:
    found = layout(
        head("第一章 緒論", 18),
        head("第一節 動機", 16),
        para(LOREM),
        head("壹、問題", 14),
        head("一、由來", 13),
        head("(一) 民間", 12),
        para(LOREM),
        head("第二章 結論", 18),
        para(LOREM),
        head("參考文獻", 18),
        head("壹、中文文獻", 14),
        para("王小明，2010，《河》，臺北：虛構。"),
        head("附錄", 18),
        head("附錄一：甲協定(2001年2月3日)", 16),
        para(LOREM),
    )
    assert titles(found) == [
        (1, "第一章 緒論"),
        (2, "第一節 動機"),
        (3, "壹、問題"),
        (4, "一、由來"),
        (5, "(一) 民間"),
        (1, "第二章 結論"),
        (1, "參考文獻"),
        (2, "壹、中文文獻"),
        (1, "附錄"),
        (2, "附錄一：甲協定(2001年2月3日)"),
    ]


def test_levels_of_decimal_numbering_and_lettered_appendices() -> None:
    found = layout(
        head("第1章 緒論", 18),
        head("1.1 背景", 14),
        para(LOREM),
        head("1.1.1 河", 13),
        para(LOREM),
        head("第2章 結論", 18),
        head("2.1 餘論", 14),
        para(LOREM),
        head("附錄A 問卷", 18),
        head("A.1 題目", 14),
        para(LOREM),
        head("附錄B 協定", 18),
        para(LOREM),
    )
    assert [level for level, _ in titles(found)] == [1, 2, 3, 1, 2, 2, 3, 2]


def test_sections_directly_in_chapters_close_the_gap() -> None:
    found = layout(
        head("第壹章 緒論", 18),
        head("第一節 動機", 16),
        head("一、由來", 13),
        para(LOREM),
        head("（一）民間", 12),
        para(LOREM),
        head("第貳章 結論", 18),
        para(LOREM),
    )
    assert [level for level, _ in titles(found)] == [1, 2, 3, 4, 1]


def test_items_of_lists_are_no_headings() -> None:
    found = layout(
        head("第一章 緒論", 18),
        head("一、問題", 14),
        para(LOREM),
        para("一、第一個問題是什麼？"),
        para("二、第二個問題是什麼？"),
        head("二、方法", 14),
        para(LOREM),
        para(
            "1. 先讀",
        ),
        para("2. 再寫"),
    )
    assert [title for _, title in titles(found)] == ["第一章 緒論", "一、問題", "二、方法"]


def test_divisions_of_an_appended_agreement_are_no_headings() -> None:
    found = layout(
        head("第一章 緒論", 18),
        para(LOREM),
        head("附件一 甲章程", 18),
        head("第一章 總則", 16),
        para("第一條 本章程……。"),
        head("第二章 組織", 16),
        para(LOREM),
        head("附件二 乙協定", 18),
        head("一、關於合作", 16),
        para(LOREM),
    )
    assert [title for _, title in titles(found)] == ["第一章 緒論", "附件一 甲章程", "附件二 乙協定"]


def test_the_contents_page_is_a_heading_its_entries_are_not() -> None:
    found = layout(
        head("目錄", 18),
        entry("第一章 緒論", "1"),
        entry("第一節 動機", "2"),
        head("表次", 18, page=2),
        entry("表 1 河流", "5", 2),
        head("第一章 緒論", 18, page=3),
        head("第一節 動機", 16, page=3),
        para(LOREM, 3),
    )
    assert [title for _, title in titles(found)] == ["目錄", "表次", "第一章 緒論", "第一節 動機"]


def test_contents_vouch_for_headings_that_style_does_not_show() -> None:
    plain = [para("緒言"), para(LOREM), para("一、河"), para(LOREM), para("結語"), para(LOREM)]
    found = layout(head("目次", 18), entry("緒言", "1"), entry("一、河", "2"), entry("結語", "3"), *plain)
    assert [title for _, title in titles(found)] == ["目次", "緒言", "一、河", "結語"]


def test_bookmarks_vouch_too() -> None:
    found = layout(head("第一章 緒論", 18), para(LOREM), para("河的意義"), para(LOREM))
    marks = (Bookmark("第一章 緒論", 0, 1), Bookmark("河的意義", 1, 1))
    assert [title for _, title in titles(found, marks)] == ["第一章 緒論", "河的意義"]


def test_a_number_alone_takes_the_line_below_as_its_title() -> None:
    found = layout(
        head("第一章", 18), head("緒論", 18), para(LOREM), head("第二章", 18), head("河川法制", 18), para(LOREM)
    )
    items, _ = find_outline(found)
    assert [(item.index, item.last, item.heading.title) for item in items] == [
        (0, 1, "第一章 緒論"),
        (3, 4, "第二章 河川法制"),
    ]


def test_a_title_of_two_blocks_is_joined_where_the_contents_say_so() -> None:
    found = layout(
        head("目錄", 18),
        entry("附錄一：甲河流域合作協定(2001年2月3日)", "9"),
        head("附錄一：甲河流域合作協定", 16, align="left"),
        head("(2001年2月3日)", 16, align="left"),
        para(LOREM),
    )
    assert titles(found)[-1] == (2, "附錄一：甲河流域合作協定 (2001年2月3日)")


def test_agreements_alone_in_simplified_script() -> None:
    found = layout(
        head("附录一：甲协定(2001年2月3日)", 17, align="left"),
        head("《甲协定》", 17),
        para("一、内容如下。"),
        head("附录二：乙协定(2002年2月3日)", 17, align="left"),
        head("《乙协定》", 17),
        para(LOREM),
    )
    items, _ = find_outline(found)
    assert [(item.heading.title, item.role) for item in items] == [
        ("附录一：甲协定(2001年2月3日)", "appendix"),
        ("附录二：乙协定(2002年2月3日)", "appendix"),
    ]


def test_plain_text_without_any_style() -> None:
    blocks = [
        "謝辭",
        LOREM,
        "第一章 緒論",
        "第一節 動機",
        LOREM,
        "一、河的由來",
        LOREM,
        "本文探討：",
        "一、河",
        "二、海",
        "三、湖",
        LOREM,
        "參考文獻",
        "王小明，2010，《河》，臺北：虛構。",
    ]
    found = Layout(tuple(para(words) for words in blocks), (), (), ("1",))
    assert [t for _, t in titles(found)] == ["謝辭", "第一章 緒論", "第一節 動機", "一、河的由來", "參考文獻"]


def test_page_labels_come_from_the_layout() -> None:
    found = Layout((head("第一章 緒論", 18, page=2), para(LOREM, 2)), (), (), ("i", "1"))
    assert find_outline(found)[0][0].heading.page_label == "1"


@pytest.mark.parametrize("blocks", [(), (para(LOREM),), (Block("table", para("").text, 1),)])
def test_nothing_to_find(blocks: tuple[Block, ...]) -> None:
    assert find_outline(Layout(blocks)) == ((), ())


def test_headings_set_like_running_text_are_known_by_their_numbers() -> None:
    def quiet(words: str) -> Block:
        return Block("heading", para(words).text, 1, size=12.0)

    found = layout(
        head("緒言", 18),
        quiet("第一章 緒論"),
        quiet("第一節 動機"),
        para(LOREM),
        quiet("第二章 結論"),
        para(LOREM),
        para("第二章 談的是河流，本節不再重複。"),
    )
    assert [title for _, title in titles(found)] == ["第一章 緒論", "第一節 動機", "第二章 結論"]


def test_chapters_named_again_over_their_notes_are_no_chapters() -> None:
    again = [head("註釋", 18), head("第一章 緒論", 12), para("見年報。"), head("第二章 結論", 12), para("同上。")]
    found = layout(head("第一章 緒論", 18), para(LOREM), head("第二章 結論", 18), para(LOREM), *again)
    assert titles(found) == [(1, "第一章 緒論"), (1, "第二章 結論"), (1, "註釋")]


@pytest.mark.parametrize("numbers", [("壹、", "貳、", "一、"), ("1 ", "2 ", "1.1 ")])
def test_chapters_without_the_word_after_an_abstract_and_no_contents(numbers: tuple[str, str, str]) -> None:
    one, two, inner = numbers
    chapters = [head(f"{one}Beginnings", 16), head(f"{inner}Sources", 14), para(LOREM), head(f"{two}Ends", 16)]
    found = layout(head("摘要", 18), para(LOREM), para("關鍵詞：河、湖"), *chapters, para(LOREM))
    assert titles(found) == [(1, "摘要"), (1, f"{one}Beginnings"), (2, f"{inner}Sources"), (1, f"{two}Ends")]
