"""Conversion: what must come out, where every character came from, and what bad input gets."""

from __future__ import annotations

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_docs.chinese.engine import one_sided, regional, run
from sco_docs.chinese.script import TAGS, convert
from sco_docs.chinese.terms import Term, parse_terms, treaty_terms
from sco_docs.errors import ConfigError, SourceError

TW, HK, HANS = "zh-Hant-TW", "zh-Hant-HK", "zh-Hans"


@pytest.mark.parametrize(
    "hant",
    [
        *("一個中國原則", "各國歷史", "規定制定", "換發護照", "考試制度", "下採取", "並為世界", "(簽字)", "(簽 字)"),
        "延長發明專利",
    ],
)
def test_what_plain_opencc_gets_wrong(hant: str) -> None:
    hans = run(hant, "t2s")
    assert convert(hans, TW).text == hant
    assert convert(f"本馆{hans}，", TW).text == f"本館{hant}，"


@pytest.mark.parametrize(("region", "config"), [("TW", "s2tw"), ("HK", "s2hk")])
def test_the_two_steps_are_those_of_opencc(region: str, config: str) -> None:
    text = "群众为台湾里面的秘书写信，吃面，脱离山峰，启用钟表，线上温度与卫生，户口悦阅说锐。"
    assert regional(run(text, "s2t"), region) == opencc.OpenCC(config).convert(text)


def test_no_phrase_configuration_by_default() -> None:
    assert convert("建立塔吉克斯坦的軟體", HANS, TW).text == "建立塔吉克斯坦的软体"
    assert convert("软件和网络", TW).text == "軟件和網絡"


def test_phrases_change_the_length_and_keep_the_way_back() -> None:
    source = "他用鼠标，\n再按菜单与默认打印机。"
    result = convert(source, TW, HANS, phrases=True)
    assert "滑鼠" in result.text
    assert "印表機" in result.text
    assert len(result.positions) == len(result.text)
    for offset, character in enumerate(result.text):
        if character in "他，\n再按。":
            assert source[result.positions[offset]] == character


def test_words_of_the_user_come_first_and_may_change_the_length() -> None:
    terms = (Term("法院", "大法院"), Term("网络", "网路"), Term("委员会", "委會"))
    result = convert("在法院和网络的委员会里", TW, terms=terms)
    assert result.text.startswith("在大法院和网路的委會")
    assert list(result.positions) == [0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 10]
    assert convert("大法院和委會", HANS, TW, terms=terms).text == "法院和委员会"


@pytest.mark.parametrize("term", treaty_terms(), ids=lambda term: term.hans)
def test_shipped_terms_hold_in_both_directions(term: Term) -> None:
    assert convert(term.hans, TW, HANS).text == term.hant
    assert convert(term.hant, HANS, TW).text == term.hans
    assert len(term.hans) == len(term.hant)


def test_text_in_the_target_script_stays_and_this_is_said() -> None:
    for text, to in (("本館於今日開放", TW), ("本馆于今日开放", HANS), ("皇后", TW)):
        result = convert(text, to)
        assert result.text == text
        assert [problem.code for problem in result.problems] == ["already-in-script"]


def test_a_text_of_both_scripts_is_converted_where_it_is_simplified() -> None:
    result = convert("這裡開會討論問題\n这里开会讨论问题", TW)
    assert result.text == "這裡開會討論問題\n這裡開會討論問題"
    assert [problem.code for problem in result.problems] == ["mixed-script"]


def test_bad_input() -> None:
    assert convert("国\0会\0", TW).text == "國\0會\0"
    with pytest.raises(SourceError, match=r"U\+D83D\) at offset 1"):
        convert("国\ud83d", TW)
    with pytest.raises(ConfigError, match="zh-CN"):
        convert("国", "zh-CN")
    assert convert("", TW).text == ""


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("网络\t網路\n程序", "own.tsv, line 2: write the Simplified word"),
        ("网络\t\n", "own.tsv, line 1: write"),
        ("# note\n\n网络\t網路\n网络\t網絡", "own.tsv, line 4: .* line 3"),
        ("甲\t乙\n乙\t丙\n丙\t甲", "own.tsv, line 1: 甲 → 乙 → 丙 → 甲 is a loop"),
        ("甲\u0007\t乙", "own.tsv, line 1: a word holds a control character"),
    ],
)
def test_a_bad_line_of_a_table_is_named(table: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        parse_terms(table, "own.tsv")


def test_a_good_table() -> None:
    assert parse_terms("\ufeffhans\thant\n网络\t網路\tnote\n原样\t原样\n", "own.tsv") == (
        Term("网络", "網路"),
        Term("原样", "原样"),
    )


@given(st.text(st.characters(codec="utf-8", max_codepoint=0x2FFFF), max_size=40), st.sampled_from(TAGS))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_no_character_is_lost(text: str, to: str) -> None:
    for source in (None, HANS, TW):
        result = convert(text, to, source)
        assert len(result.text) == len(result.positions) == len(text)


def test_one_sided_characters_belong_to_one_script() -> None:
    hans, hant = one_sided()
    assert {"国", "规", "发"} <= hans
    assert {"國", "規", "發"} <= hant
    assert not hans & hant
    assert not set("于后里面秘峰群台") & (hans | hant)
