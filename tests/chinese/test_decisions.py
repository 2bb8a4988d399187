"""One-to-many characters: rules by context, their scopes, and what goes to the review queue."""

from __future__ import annotations

import pytest

from sco_docs.chinese.decisions import REACH, scopes
from sco_docs.chinese.engine import regional
from sco_docs.chinese.script import convert
from sco_docs.data import table

TW = "zh-Hant-TW"
STATUTE = "第一条 本办法依公园法第三条之规定订定。前项主管机关为直辖市政府，县（市）为县（市）政府，由中央核定后公告。"
TREATY = "缔约各方根据国际法的原则，尊重主权和领土完整，缔约国应当履行本条约规定的义务。"


def test_scopes_are_told_by_the_words_of_a_text() -> None:
    assert scopes("小猫在花园里睡觉，太阳照在它身上。", TW) == {"all"}
    assert scopes(TREATY, TW) == {"all", "legal"}
    assert scopes(STATUTE, TW) == {"all", "legal", "tw"}
    assert scopes(STATUTE, "zh-Hant-HK") == {"all", "legal"}


@pytest.mark.parametrize(
    ("hans", "hant"),
    [
        ("计划公布后，雇主应占有并径行销毁污染物。", "計畫公布後，雇主應占有並逕行銷毀污染物。"),
        ("材料重制及产制之汇送", "材料重製及產製之彙送"),
    ],
)
def test_conventions_of_taiwanese_statutes_only_in_their_prose(hans: str, hant: str) -> None:
    assert convert(STATUTE + hans, TW).text.endswith(hant)
    assert not convert(hans, TW).text.endswith(hant)


def test_the_review_queue_names_place_alternatives_and_evidence() -> None:
    result = convert(f"{TREATY}鉴于此事务将并无。双方冲。", TW)
    decisions = [d for d in result.decisions if d.chosen == "衝"]
    assert len(decisions) == 1
    assert result.text[decisions[0].start : decisions[0].end] == "衝"
    assert decisions[0].alternatives == ("沖",)
    assert "沖 13" in decisions[0].evidence
    assert decisions[0].confidence < 0.9


def test_the_forms_of_the_region_are_written() -> None:
    assert convert("这里面的台风", "zh-Hant").text == "這裏面的颱風"
    assert convert("这里面的台风", "zh-Hant-HK").text == "這裏面的颱風"
    assert convert("这里面的台风", TW).text == "這裡面的颱風"


def test_the_table_of_contexts_is_sound() -> None:
    forms = {row["hans"]: {row["hans"], *row["hant"].split()} for row in table("one_to_many")}
    for row in table("char_contexts"):
        assert row["scope"] in {"all", "legal", "tw", "trusted"}
        allowed = forms.get(row["char"], set())
        if allowed and row["scope"] != "tw":
            assert row["hant"] in allowed | {regional(form, "TW") for form in allowed}, row
        for context in row["contexts"].split():
            left, mark, right = context.partition("~")
            assert mark, row
            assert "~" not in right, row
            assert max(len(left), len(right)) <= REACH, context
