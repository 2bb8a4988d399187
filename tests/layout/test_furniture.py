"""Heads, feet, page numbers and watermarks are told from the text by repetition, position and count."""

from __future__ import annotations

import pytest

from sco_docs.layout.furniture import clear
from sco_docs.layout.numbers import page_number, value
from tests.layout.conftest import make_line, make_page, paragraph, prose


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("12", "12"),
        ("iv", "iv"),
        ("XII", "XII"),
        ("第 3 頁", "3"),
        ("- 3 -", "3"),
        ("－ 14 －", "14"),
        ("3 / 20", "3"),
        ("第3頁，共20頁", "3"),
        ("第 3 页 共 20 页", "3"),
        ("Page 7 of 9", "7"),
        ("A-3", "A-3"),
        ("三", "三"),
        ("第三章", None),
        ("1998 年", None),
        ("12 個", None),
    ],
)
def test_page_number(text: str, label: str | None) -> None:
    assert page_number(text) == label


@pytest.mark.parametrize(("label", "counts"), [("iv", 4), ("XII", 12), ("A-3", 3), ("三", 3), ("二十一", 21), ("z", 0)])
def test_what_a_page_number_counts(label: str, counts: int) -> None:
    assert value(label) == counts


def _book(numbers: list[str], head: str = "湖畔學院碩士論文"):
    pages = []
    for i, number in enumerate(numbers):
        rows = [
            (head, {"top": 40.0, "centre": True, "size": 9.0}),
            *paragraph(6 + i % 3, i),
            (number, {"top": 790.0, "centre": True}),
        ]
        pages.append(make_page(i + 1, rows))
    return pages


@pytest.mark.parametrize(
    "numbers",
    [
        ["1", "2", "3", "4"],
        ["i", "ii", "iii", "iv"],
        ["- 1 -", "- 2 -", "- 3 -", "- 4 -"],
        ["第 7 頁", "第 8 頁", "第 9 頁", "第 10 頁"],
    ],
)
def test_heads_and_numbers_are_taken_out(numbers: list[str]) -> None:
    pages = _book(numbers)
    cleared = clear(pages)
    assert cleared.labels == tuple(n.strip("- 第頁") for n in numbers)
    assert [f.kind for f in cleared.furniture] == ["head", "page_number"] * 4
    assert all(len(cleared.lines(i, page)) == 6 + i % 3 for i, page in enumerate(pages))


def test_nothing_is_taken_where_nothing_repeats() -> None:
    pages = [make_page(i + 1, paragraph(20, 3 * i)) for i in range(4)]
    cleared = clear(pages)
    assert cleared.furniture == ()
    assert cleared.labels == (None,) * 4


def test_a_number_on_another_spot_counts_when_it_continues_the_others() -> None:
    pages = _book(["1", "2", "3", "4", "5"])
    third = [line for line in pages[2].lines if line.text != "3"]
    pages[2] = make_page(
        3,
        [(line.text, {"top": line.top, "x0": line.x0, "size": line.spans[0].size}) for line in third]
        + [("3", {"top": 770.0, "x0": 480.0})],
    )
    assert clear(pages).labels == ("1", "2", "3", "4", "5")


def test_a_year_at_the_foot_of_the_title_page_is_no_page_number() -> None:
    title = make_page(1, [("湖畔論集", {"top": 200.0, "centre": True}), ("2014", {"top": 780.0, "centre": True})])
    rest = _book(["1", "2", "3", "4"])[1:]
    assert clear([title, *rest]).labels == (None, "2", "3", "4")


def test_watermark() -> None:
    pages = []
    for i in range(4):
        plain = make_page(i + 1, paragraph(20, i))
        mark = make_line("草稿", i + 1, 99, 400.0, x0=230.0, size=60.0)
        pages.append(type(plain)(plain.number, plain.width, plain.height, (*plain.lines, mark)))
    assert {(f.kind, f.text) for f in clear(pages).furniture} == {("watermark", "草稿")}


def test_numbers_of_lines_in_the_margin_keep_the_place_of_the_text() -> None:
    pages = [make_page(p, [(f"{n:02}|" + prose(20, 31 * p + n), {"x0": 40.0}) for n in range(1, 13)]) for p in (1, 2)]
    cleared = clear(pages)
    assert cleared.lines(0, pages[0])[0].text == prose(20, 32)
    assert cleared.cut[1, 1] == 3
    assert [f.text for f in cleared.furniture][:2] == ["01", "02"]


def test_a_heading_at_the_height_of_the_heads_is_none_where_it_is_larger() -> None:
    head = ("港口之研究", {"centre": True, "size": 9.0, "top": 40.0})
    pages = [make_page(1, [("謝誌", {"centre": True, "top": 40.0}), *paragraph(20, 1)])]
    pages += [make_page(n, [head, *paragraph(20, n)]) for n in range(2, 7)]
    cleared = clear(pages)
    assert [f.text for f in cleared.furniture] == ["港口之研究"] * 5
    assert cleared.lines(0, pages[0])[0].text == "謝誌"


def test_a_head_that_says_the_heading_below_it_in_small_print() -> None:
    rows = [
        ("第一章 緒論", {"centre": True, "size": 9.0, "top": 40.0}),
        ("第一章　緒論", {"centre": True, "size": 18.0, "top": 80.0}),
        *paragraph(9, 1),
    ]
    pages = [make_page(1, rows), make_page(2, paragraph(20, 2))]
    cleared = clear(pages)
    assert [f.text for f in cleared.furniture] == ["第一章 緒論"]
    assert cleared.lines(0, pages[0])[0].text == "第一章　緒論"


def test_a_book_bound_three_times_over_is_cleared_as_it_is_once() -> None:
    once = _book(["1", "2", "3", "4"])
    alone, bound = clear(once), clear(once * 3)
    assert sorted((f.kind, f.text) for f in bound.furniture) == sorted([(f.kind, f.text) for f in alone.furniture] * 3)
    assert bound.labels == alone.labels * 3


def test_heads_of_left_pages_alone_say_the_title_of_their_chapter() -> None:
    title = [("第一章 港口", {"centre": True, "size": 20.0, "top": 90.0}), *paragraph(9, 1)]
    pages = [make_page(1, title)] + [
        make_page(n, ([("第一章港口", {"size": 9.0, "top": 40.0})] if n == 4 else []) + paragraph(20, 3 * n))
        for n in range(2, 6)
    ]
    assert [(f.text, f.place.page) for f in clear(pages).furniture] == [("第一章港口", 4)]


def test_page_numbers_at_the_side_of_several_turned_pages_count_on() -> None:
    pages = _book(["第1页", "第2页", "第3页", "第4页", "第5页", "第6页", "第7页", "第8页"])
    for n in (2, 3, 4, 5):
        turned = make_page(n + 1, [*paragraph(9, n), (f"第{n + 1}页", {"x0": 20.0, "top": 400.0})])
        pages[n] = turned
    assert clear(pages).labels == ("1", "2", "3", "4", "5", "6", "7", "8")
