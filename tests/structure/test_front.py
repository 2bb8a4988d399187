from __future__ import annotations

import pytest
from thesis_blocks import para

from sco_docs.structure.front import iso_date, read_abstract, read_title_page, split_keywords


def test_title_page_with_labels() -> None:
    page = read_title_page(
        [
            para(line)
            for line in (
                "國立虛構大學法律學院海洋法研究所",
                "碩 士 論 文",
                "Institute of the Law of the Sea",
                "College of Law",
                "National Imaginary University",
                "Master Thesis",
                "河川與海洋：",
                "用水協定之研究",
                "Rivers and Seas: A Study of",
                "Water Agreements",
                "研究生：陳 大 文 撰",
                "Chen, Da-Wen",
                "指導教授：林小明 博士",
                "Advisor: Lin Siao-Ming, Ph.D.",
                "中華民國 一一二 年 六 月",
                "June, 2023",
            )
        ]
    )
    assert (page.title, page.title_en) == ("河川與海洋：用水協定之研究", "Rivers and Seas: A Study of Water Agreements")
    assert (page.author, page.author_en) == ("陳大文", "Chen, Da-Wen")
    assert (page.advisors, page.advisors_en) == (("林小明",), ("Lin Siao-Ming",))
    assert (page.institution, page.department) == ("國立虛構大學", "法律學院海洋法研究所")
    assert (page.institution_en, page.department_en) == (
        "National Imaginary University",
        "Institute of the Law of the Sea",
    )
    assert (page.degree, page.date, page.date_printed) == ("碩士", "2023-06", "中華民國一一二年六月")


def test_title_page_without_labels_and_with_two_in_a_line() -> None:
    page = read_title_page(
        [
            para(line)
            for line in (
                "虛構科技大學",
                "國際事務學系博士論文",
                "跨境河流之制度",
                "Institutions of Rivers",
                "張三丰",
                "Chang San-Feng",
                "指導教授：李四維 教授　共同指導教授：王美麗 博士",
                "民國110年1月",
            )
        ]
    )
    assert (page.title, page.title_en) == ("跨境河流之制度", "Institutions of Rivers")
    assert (page.author, page.author_en, page.advisors) == ("張三丰", "Chang San-Feng", ("李四維", "王美麗"))
    assert (page.institution, page.department, page.degree) == ("虛構科技大學", "國際事務學系", "博士")
    assert page.date == "2021-01"


def test_label_and_value_on_two_lines() -> None:
    page = read_title_page([para("論文題目："), para("河的歷史"), para("作者："), para("王五")])
    assert (page.title, page.author, page.date) == ("河的歷史", "王五", None)


def test_an_empty_page_invents_nothing() -> None:
    page = read_title_page([])
    assert page.title is None
    assert page.advisors == ()


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("中華民國 102 年 8 月", "2013-08"),
        ("民國九十九年十二月", "2010-12"),
        ("西元 2015 年", "2015"),
        ("二〇一六年五月", "2016-05"),
        ("Aug, 2013", "2013-08"),
        ("July 2020", "2020-07"),
        ("某年某月", None),
    ],
)
def test_dates(printed: str, date: str | None) -> None:
    assert iso_date(printed) == date


def test_abstract_and_keywords() -> None:
    found = read_abstract("摘　要", [para("本文研究河流。"), para("一、河。"), para("關鍵詞：河流、協定；用水 權")])
    assert (found.language, [p.text for p in found.paragraphs]) == ("zh", ["本文研究河流。", "一、河。"])
    assert found.keywords == ("河流", "協定", "用水 權")


def test_abstract_in_english_whatever_its_heading_says() -> None:
    found = read_abstract("英文摘要", [para("Rivers are long."), para("Keywords: river, water law"), para("")])
    assert (found.language, found.keywords) == ("en", ("river", "water law"))


def test_keywords_on_the_line_below_their_label() -> None:
    assert read_abstract("摘要", [para("關鍵字"), para("河流　協定")]).keywords == ("河流", "協定")


def test_keywords_between_blanks() -> None:
    assert split_keywords("河流合作 甲乙協定 Water Law 用水") == ["河流合作", "甲乙協定", "Water Law", "用水"]


def test_labels_that_say_name() -> None:
    page = read_title_page([para(line) for line in ("河源大學", "碩士學位論文", "河川之研究", "作者姓名：  溫若溪",
                                                    "指導教師：  駱行舟  教授", "二〇二一年五月")])
    assert (page.title, page.author, page.advisors) == ("河川之研究", "溫若溪", ("駱行舟",))


def test_a_comma_inside_a_name_parts_no_names() -> None:
    advisors = "Advisors: Lin, Siao-Ming, Ph.D. and Mary Stone, Ph.D."
    lines = ("Imaginary University", "Master Thesis", advisors, "June 2020")
    assert read_title_page([para(line) for line in lines]).advisors_en == ("Lin, Siao-Ming", "Mary Stone")
