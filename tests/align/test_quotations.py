"""Quotations of an agreement in the chapters; texts of our own."""

from __future__ import annotations

import pytest

from sco_docs.align.quotations import find_quotations
from sco_docs.chinese.texts import plain
from sco_docs.model import (
    Agreement,
    Block,
    Division,
    Layout,
    Place,
    Problem,
    Quotation,
    Section,
    Text,
    Thesis,
    TitlePage,
)

ARTICLES = (
    "締約各方應在每年三月底以前交換燈塔的清單，並說明其中已經熄滅的。",
    "各方的港務機關每兩年在霧港開會一次，會議的費用由東道國負擔。",
    "任何一方得於一九九六年以後以書面通知退出本協定，退出在通知後六個月生效。",
)


def agreement(
    title: str = "霧港燈塔協定", articles: tuple[str, ...] = ARTICLES, language: str = "zh-Hant"
) -> Agreement:
    label = "第{}條" if language != "en" else "Article {}"
    body = tuple(
        Division(str(n), plain(label.format("一二三"[n - 1] if language != "en" else n)), n, None, (plain(text),),
                 kind="article")
        for n, text in enumerate(articles, 1)
    )  # fmt: skip
    empty: tuple[Text, ...] = ()
    return Agreement(
        1, "01", language, None, plain(title), empty, empty, body, empty, empty, (), None, None, None, None, (), None,
        (90, 95),
    )  # fmt: skip


def quotations(*paragraphs: str, of: Agreement | None = None) -> tuple[tuple[Quotation, ...], tuple[Problem, ...]]:
    blocks = tuple(
        Block("quote" if text.startswith(">") else "paragraph", plain(text.lstrip(">"), Place(n, 1)), n)
        for n, text in enumerate(paragraphs, 1)
    )
    thesis = Thesis(TitlePage(), (), (), (), (Section("chapter", None, blocks),), ())
    return find_quotations(thesis, Layout(blocks), [of or agreement()])


@pytest.mark.parametrize(
    "text",
    [
        "《霧港燈塔協定》第二條規定：「各方的港務機關每兩年在霧港開會一次」，但未說明日期。",
        "依《燈塔協定》，「締約各方應在每年三月底以前交換燈塔的清單……並說明其中已經熄滅的」。",
        "該協定說：「各方的港務機關每兩年在霧港開會一次，［會議的］費用由東道國負擔。」",
        "《霧港燈塔協定》第三條：“任何一方得于1996年以后以书面通知退出本协定。”",
        ">任何一方得於一九九六年以後以書面通知退出本協定，退出在通知後六個月生效。",
        "第一條與第二條合看：「已經熄滅的。各方的港務機關每兩年在霧港開會一次」。",
    ],
)
def test_a_quotation_word_for_word_is_exact(text: str) -> None:
    found, problems = quotations(text)
    assert found
    assert all(quotation.exact for quotation in found)
    assert not problems


@pytest.mark.parametrize(
    ("text", "unit", "wrong", "right"),
    [
        ("《霧港燈塔協定》規定：「各方的港務機關每三年在霧港開會一次」。", "2", "每三年", "每兩年"),
        ("依第三條，「退出在通知後三個月立即生效」，可見其寬。", "3", "三個月", "六個月"),
        (">締約各方可在每年三月底以前交換燈塔的清單，並說明其中已經熄滅的。", "1", "可在", "應在"),
        ("《燈塔協定》：「任何一方得於1997年以後以書面通知退出本協定」。", "3", "1997", "一九九六"),
        ("《霧港燈塔協定》：「會議的全部費用由東道國負擔」。", "2", "全部費用", "會議的費用"),
    ],
)
def test_a_misquotation_is_reported_with_both_readings(text: str, unit: str, wrong: str, right: str) -> None:
    found, problems = quotations(text)
    assert [(quotation.unit, quotation.exact) for quotation in found] == [(unit, False)]
    assert [problem.code for problem in problems] == ["misquotation"]
    assert wrong in problems[0].message
    assert right in problems[0].message
    assert problems[0].place is not None
    assert problems[0].place.page == 1


@pytest.mark.parametrize(
    "text",
    [
        "《海岸公約》規定：「各方的港務機關每三年在霧港開會一次」。",
        "所謂「燈塔的清單」只是一個詞。",
        "船員常說：「燈塔熄滅以後要等到天亮才能進港，費用自己負擔。」",
        "各方的港務機關每三年在霧港開會一次，此處沒有引號。",
    ],
)
def test_other_words_are_no_misquotation(text: str) -> None:
    assert quotations(text)[1] == ()


def test_english_quotations() -> None:
    english = agreement(
        "Agreement on the Lights of Wugang",
        (
            "The Parties shall exchange the list of lights before the end of March and mark those that are out.",
            "The harbour authorities of the Parties meet every two years in Wugang at the expense of the host.",
        ),
        "en",
    )
    text = (
        "Article 2 of the Agreement on the Lights of Wugang says that they “meet every {} years in Wugang "
        "at the expense of the host”."
    )
    assert quotations(text.format("two"), of=english)[1] == ()
    _, problems = quotations(text.format("three"), of=english)
    assert [problem.code for problem in problems] == ["misquotation"]
