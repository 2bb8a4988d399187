from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from legal_blocks import ids, line, lines, printed, tree

from sco_docs.chinese.numerals import to_han
from sco_docs.model import Block, Division, LineStart, Place, Text
from sco_docs.structure.divisions import find_divisions


def test_items_go_deeper_and_a_continued_series_returns() -> None:
    assert tree(
        "第一條", "本會辦理下列事項：", "一、養蜂。", "二、造橋：", "（一）木橋。", "（二）石橋。", "三、種樹。",
        "第二條", "本章程即日施行。",
    ) == ["第一條", ".一、", ".二、", "..（一）", "..（二）", ".三、", "第二條"]


def test_the_order_of_styles_is_that_of_the_text() -> None:
    assert tree("1、總目標：", "一、近程。", "二、遠程。", "2、經費：", "一、自籌。") == ["1、", ".一、", ".二、",
        "2、", ".一、"]


def test_signs_of_one_system_that_look_different_count_apart() -> None:
    assert tree("壹、主文", "一、養蜂：", "㈠春天：", "⒈一月。", "2.二月。", "①雪。", "②雨。", "（二）秋天。",
        "二、分蜜。", "貳、理由",
        "一、蜂美。") == [
        "壹、|主文", ".一、", "..㈠", "...⒈", "...2.", "....①", "....②", "..（二）", ".二、", "貳、|理由", ".一、"]


def test_articles_run_on_through_chapters() -> None:
    assert tree(
        "第一章　總則", "第一條　本會設於甲城。", "第二章　會員", "第一節　資格", "第二條　成年人得入會。",
        "第二節　權利",
        "第三條　會員得借書。", "第三章　附則", "第四條　本章程即日施行。",
    ) == ["第一章|總則", ".第一條", "第二章|會員", ".第一節|資格", "..第二條", ".第二節|權利", "..第三條",
        "第三章|附則", ".第四條"]


def test_parts_books_and_subdivisions_of_a_code() -> None:
    assert tree(
        "第一编　总则", "第一章　一般规定", "第一条　甲。", "第二编　合同", "第一分编　通则", "第一章　订立",
        "第二条　乙。",
        "第二分编　典型合同", "第二章　买卖", "第三条　丙：", "（一）丁；", "（二）戊。",
    ) == ["第一编|总则", ".第一章|一般规定", "..第一条", "第二编|合同", ".第一分编|通则", "..第一章|订立", "...第二条",
          ".第二分编|典型合同", "..第二章|买卖", "...第三条", "....（一）", "....（二）"]


@pytest.mark.parametrize("label", ["第三條之一", "第 3-1 條", "第三之一條"])
def test_an_inserted_article_is_no_gap(label: str) -> None:
    digits = label.startswith("第 ")
    first, second = ("第 3 條", "第 4 條") if digits else ("第三條", "第四條")
    _, body, problems = find_divisions(lines(first, "甲。", label, "乙。", second, "丙。"))
    assert [division.id for division in body] == ["3", "3-1", "4"]
    assert {problem.code for problem in problems} == {"series-start"}


@pytest.mark.parametrize("reference", [
    "第二條所稱會員，指繳費之人。", "第二條第一項情形，應通知本人。", "第二條、第五條之規定準用之。",
    "第三條规定的期限为十日。",
])
def test_a_reference_at_the_beginning_of_a_line_opens_nothing(reference: str) -> None:
    assert tree("第一條", "甲。", reference, "第二條", "乙。", "第三條", "丙。") == ["第一條", "第二條", "第三條"]


def test_an_english_reference_opens_nothing() -> None:
    assert tree(
        "Article 1", "Bees are kept.", "Article 2 of the Hive Act applies.", "Article 2", "Honey is shared.",
    ) == ["Article 1", "Article 2"]


def test_an_article_may_begin_with_a_reference() -> None:
    assert tree("第一條 甲。", "第二條 第一條之蜂，不得出售。", "第三條 丙。") == ["第一條", "第二條", "第三條"]


def test_english_chapters_articles_and_letters() -> None:
    assert tree(
        "PART I", "GENERAL", "Article 1", "Use of terms", "1. In this Act:", "(a) bee means an insect;",
        "(b) hive means a box;", "2. Plurals count.", "Article 2", "Scope", "1. It applies.", "PART II", "HONEY",
        "Article 3", "Sharing", "1. Honey is shared.",
    ) == ["PART I|GENERAL", ".Article 1|Use of terms", "..1.", "...(a)", "...(b)", "..2.", ".Article 2|Scope", "..1.",
          "PART II|HONEY", ".Article 3|Sharing", "..1."]


def test_sections_inside_articles() -> None:
    assert tree(
        "Article I", "Section 1", "Bees fly.", "Section 2", "Bees rest.", "Article II", "Section 1", "Honey flows.",
    ) == ["Article I", ".Section 1", ".Section 2", "Article II", ".Section 1"]


def test_sections_of_sentences() -> None:
    assert tree("Section 1. Bees fly.", "Section 2. Bees rest.", "(a) at night;", "(b) at noon.") == [
        "Section 1.", "Section 2.", ".(a)", ".(b)"]
    assert tree("Article I", "Section 1. Bees fly.", "Section 2. Bees rest.", "Article II",
        "Section 1. Honey flows.") == [
        "Article I", ".Section 1.", ".Section 2.", "Article II", ".Section 1."]
    assert tree("Section 1 Bees", "Article 1", "Bees fly.", "Section 2 Honey", "Article 2", "Honey flows.") == [
        "Section 1|Bees", ".Article 1", "Section 2|Honey", ".Article 2"]


def test_letters_and_roman_numbers_are_told_apart_by_what_follows() -> None:
    letters = [f"({letter}) item;" for letter in "abcdefghij"]
    assert tree("Article 1", "List:", *letters)[-2:] == [".(i)", ".(j)"]
    assert tree("Article 1", "1. List:", "(a) one:", "(i) x;", "(ii) y;", "(b) two.") == [
        "Article 1", ".1.", "..(a)", "...(i)", "...(ii)", "..(b)"]


def test_decimal_numbers() -> None:
    assert tree("1. First", "1.1 One.", "1.2 Two:", "1.2.1 Three.", "1.3 Four.", "2. Second", "2.1 Five.") == [
        "1.|First", ".1.1", ".1.2", "..1.2.1", ".1.3", "2.|Second", ".2.1"]


def test_paragraph_signs_above_articles_or_in_their_place() -> None:
    assert tree("Глава 1. Мёд", "§ 1. Общие положения", "Статья 1. Цели", "Мёд делится.", "Статья 1 бис. Сроки",
        "Каждый год.",
                "§ 2. Права", "Статья 2. Пчёлы", "Пчёлы летают.") == [
        "Глава 1.|Мёд", ".§ 1.|Общие положения", "..Статья 1.|Цели", "..Статья 1 бис.|Сроки", ".§ 2.|Права",
        "..Статья 2.|Пчёлы"]
    assert tree("§ 1 Bees are common.", "§ 2 Honey is shared:", "(a) in spring;", "(b) in autumn.") == [
        "§ 1", "§ 2", ".(a)", ".(b)"]


def test_quantities_and_years_are_no_numbers_of_items() -> None:
    assert tree("Article 1", "The share is:", "1.1 per cent of honey.", "Article 2", "In the years:", "1996. and",
        "1997. too.") == [
        "Article 1", "Article 2"]


def test_russian() -> None:
    assert tree(
        "Глава I. Общие положения", "Статья 1. Цели", "1. Пчёлы летают:", "а) утром;", "б) днём.", "2. Мёд делится.",
        "Статья 2. Органы", "Органами являются улья.",
    ) == ["Глава I.|Общие положения", ".Статья 1.|Цели", "..1.", "...а)", "...б)", "..2.", ".Статья 2.|Органы"]


def test_annexes_close_everything_and_count_anew() -> None:
    assert tree("第一條", "甲。", "第二條", "乙。", "附件一", "第一條", "丙。", "附件二", "第一條", "丁。") == [
        "第一條", "第二條", "附件一", ".第一條", "附件二", ".第一條"]


def test_annexes_and_final_provisions_without_a_number() -> None:
    assert tree("第一编 总则", "第一章 蜂", "第一条 甲。", "附 则", "第二条 乙。", "附件", "1、蜂箱。",
        "2、蜂蜜。") == [
        "第一编|总则", ".第一章|蜂", "..第一条", "附 则", ".第二条", "附件", ".1、", ".2、"]
    _, body, _ = find_divisions(lines("Article 1", "Bees.", "Article 2", "Honey.", "ANNEX", "Article 1", "Wax."))
    assert [(division.id, division.number) for division in body] == [("1", 1), ("2", 2), ("0", None)]


def test_numbers_that_stand_alone_as_labels() -> None:
    assert tree("一", "雙方養蜂。", "二", "雙方釀蜜：", "1、春天。", "2、秋天。", "三", "完。") == ["一", "二", ".1、",
        ".2、", "三"]


def test_headings_are_decided_for_the_series() -> None:
    assert tree("第一條 宗旨", "養蜂。", "第二條 會員", "養蜂人。") == ["第一條|宗旨", "第二條|會員"]
    assert tree("第一條【目的】本會養蜂。", "第二條【會員】養蜂人為會員。") == ["第一條|【目的】", "第二條|【會員】"]
    assert tree("一、關於蜂", "蜂飛。", "二、關於蜜", "蜜甜。") == ["一、|關於蜂", "二、|關於蜜"]
    assert tree("第一條", "養蜂", "蜜歸公。", "第二條", "蜜甜。") == ["第一條", "第二條"]


def test_a_list_in_running_text_is_opened_by_the_item_that_goes_on() -> None:
    _, body, problems = find_divisions(lines("一", "以下各點重要：1、養蜂。2、釀蜜。", "3、分蜜。", "二", "完。"))
    assert [child.label.text for child in body[0].children] == ["1、", "2、", "3、"]
    assert [p.text for p in body[0].paragraphs] == ["以下各點重要："]
    assert problems == ()


def test_a_division_that_begins_at_a_printed_line_inside_a_paragraph() -> None:
    text = "養蜂之人議定如下：第一條"
    block = Block("paragraph", Text(text, (LineStart(0, Place(1, 1)), LineStart(9, Place(2, 1)))), 1)
    before, body, _ = find_divisions([block, *lines("蜂屬公有。", "第二條", "蜜歸公。")])
    assert [t.text for t in before] == ["養蜂之人議定如下："]
    assert [division.label.text for division in body] == ["第一條", "第二條"]
    assert body[0].label.lines[0].place == Place(2, 1)


def test_a_label_that_was_joined_to_the_paragraph_above() -> None:
    _, body, _ = find_divisions(lines(
        "Article 1", "Bees are common. Article 2", "Honey is shared among all who keep bees Article 3", "Wax too."))
    assert [division.label.text for division in body] == ["Article 1", "Article 2", "Article 3"]
    _, body, _ = find_divisions(lines("第一條", "蜂屬公有。第二條", "蜜歸兩國，準用第一條", "但書從略。", "第三條",
        "完。"))
    assert [division.label.text for division in body] == ["第一條", "第二條", "第三條"]


def test_a_printed_table_of_contents_is_not_the_body() -> None:
    before, body, problems = find_divisions(lines(
        "目錄", "第一章 總則", "第二章 附則", "第一章 總則", "第一條　甲。", "第二章 附則", "第二條　乙。"))
    assert len(before) == 3
    assert [division.label.text for division in body] == ["第一章", "第二章"]
    assert problems == ()


@pytest.mark.parametrize(("labels", "code"), [
    (("第一條", "第三條"), "number-missing"),
    (("第一條", "第二條", "第二條", "第三條"), "number-repeated"),
    (("第一條", "第二條", "第三條", "第二條", "第四條", "第五條"), "number-out-of-order"),
    (("第二條", "第三條"), "series-start"),
])
def test_odd_numbers_are_kept_and_reported(labels: tuple[str, ...], code: str) -> None:
    texts = [text for label in labels for text in (label, "甲。")]
    _, body, problems = find_divisions(lines(*texts))
    assert tuple(division.label.text for division in body) == labels
    assert code in {problem.code for problem in problems}
    assert all(problem.place for problem in problems)
    assert len(set(ids(body))) == len(labels)


def test_text_without_divisions_stays_as_paragraphs() -> None:
    before, body, problems = find_divisions(lines("蜂飛。", "蜜甜。"))
    assert ([t.text for t in before], body, problems) == (["蜂飛。", "蜜甜。"], (), ())


def test_nothing_at_all() -> None:
    assert find_divisions([]) == ((), (), ())


SHAPES = ("第一條", "第二條 蜂", "第三條所稱", "第一章", "第二章 蜜", "一、蜂", "二、蜜。", "（一）甲", "(a) x",
    "(i) y", "i. z",
          "1. a", "2.", "1.1 b", "3、蜜：1、甲。2、乙", "附件一", "Article 1", "Article 3 Bees", "Section 2",
          "Статья 1.",
          "§ 4", "①蜂", "甲、蜂", "一", "——蜂；", "蜂飛。", "1", "  ", "目錄", "蜂", "：", "第")


@given(st.lists(st.sampled_from(SHAPES) | st.text("第一二條章節、（）().1aiIV附件 。\n", max_size=12), max_size=25))
@settings(derandomize=True, deadline=None, max_examples=250)
def test_no_character_is_ever_lost_and_ids_are_unique(texts: list[str]) -> None:
    blocks = [line(text) for text in texts]
    before, body, _ = find_divisions(blocks)
    whole = "".join(text.text for text in before) + "".join(printed(body))
    assert "".join(whole.split()) == "".join("".join(texts).split())
    found = list(ids(body))
    assert len(found) == len(set(found))


# ---------------------------------------------------------------- the corpora


def _articles(divisions: Sequence[Division]) -> Iterator[Division]:
    for division in divisions:
        if re.match(r"第.*條|Article", division.label.text):
            yield division
        else:
            yield from _articles(division.children)


def _lines(division: Division) -> list[str]:
    first, *rest = [division.heading, *division.paragraphs] if division.heading else [*division.paragraphs, None]
    out = [division.label.text + (first.text if first else "")] + [text.text for text in rest if text]
    for child in division.children:
        out += _lines(child)
    return out


def _inside(article: Division) -> tuple[str, ...]:
    heading = [article.heading.text] if article.heading else []
    out = heading + [p.text for p in article.paragraphs]
    for child in article.children:
        out += _lines(child)
    return tuple(re.sub(r"\s", "", text) for text in out)


def _chinese(number: str) -> str:
    first, *more = number.split("-")
    return f"第{to_han(int(first))}條" + (f"之{to_han(int(more[0]))}" if more else "")


FORMS = {
    "zh digits": ("zh", lambda n: f"第 {n} 條", "\n"),
    "zh numerals": ("zh", _chinese, "\n"),
    "zh same line": ("zh", _chinese, "　"),
    "zh glued": ("zh", _chinese, ""),
    "en": ("en", lambda n: f"Article {n}", "\n"),
    "en same line": ("en", lambda n: f"Article {n}.", " "),
}


@pytest.mark.thesis
@pytest.mark.parametrize("form", FORMS)
def test_laws_come_back_article_by_article_and_line_by_line(form: str, shared: Path) -> None:
    language, label, glue = FORMS[form]
    right = total = 0
    for law in json.loads((shared / "align/laws_dev.json").read_text("utf-8")):
        texts = [law["name" if language == "zh" else "en"]]
        wanted = []
        for article in law["articles"]:
            own = list(article[language])
            texts += [label(article["n"]), *own] if glue == "\n" else [label(article["n"]) + glue + own[0], *own[1:]]
            wanted.append((article["n"], tuple(re.sub(r"\s", "", text) for text in own)))
        _, body, _ = find_divisions(lines(*texts))
        found = {(division.id.rsplit(".", 1)[-1].split("_")[0], _inside(division)) for division in _articles(body)}
        total += len(wanted)
        right += sum(one in found for one in wanted)
    assert total == 2576
    assert right / total >= 0.995
