"""Collation: where witnesses differ and of what kind each variant is; texts of our own."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sco_docs.align.differences import differences
from sco_docs.align.fold import fold
from sco_docs.align.kinds import kind_of
from sco_docs.align.lexicon import installed_lexicon
from sco_docs.align.lines import collate_texts


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("合作 組織", "合作組織", "layout"),
        ("１２", "12", "layout"),
        ("，", "、", "punctuation"),
        ("「和平」", "“和平”", "punctuation"),
        ("條約", "条约", "script"),
        ("臺北", "台北", "variant character"),
        ("群眾", "羣眾", "variant character"),
        ("Treaty", "treaty", "variant character"),
        ("制定", "製定", "conversion artefact"),
        ("檔", "文件", "conversion artefact"),
        ("程式", "程序", "conversion artefact"),
        ("資訊", "信息", "regional vocabulary"),
        ("一九九六年", "1996年", "numeral style"),
        ("三十", "30", "numeral style"),
        ("應當", "", "omission"),
        ("", "不得", "addition"),
        ("應", "得", "substantive"),
        ("三十日", "二十日", "substantive"),
        ("1.5", "15", "substantive"),
        ("12萬", "1.2万", "substantive"),
        ("5%", "5", "substantive"),
        ("各方", "雙方", "substantive"),
        ("may", "shall", "substantive"),
        ("1996年", "1997年", "substantive"),
        ("檔應", "文件得", "substantive"),
    ],
)
def test_kinds(a: str, b: str, kind: str) -> None:
    assert kind_of(a, b, one_script=kind != "script") == kind


def test_a_point_between_digits_is_no_punctuation() -> None:
    assert kind_of(".", "", ("1", "5")) == "substantive"
    assert kind_of("。", "", ("約", "各")) == "punctuation"


def found(a: str, b: str) -> list[tuple[str, str, str]]:
    words = installed_lexicon().words
    return [(d.kind, a[d.a_start : d.a_end], b[d.b_start : d.b_end]) for d in differences(a, b, words)]


def test_differences_are_of_words_and_numbers() -> None:
    assert found("各方修改程序後生效。", "各方修改程式後生效。") == [("conversion artefact", "程序", "程式")]
    assert found("於1998年開會", "於1988年開會") == [("substantive", "1998", "1988")]
    assert found("The parties shall meet.", "The parties should meet.") == [("substantive", "shall", "should")]


def test_a_sentence_that_moved_is_a_transposition() -> None:
    a = "甲方負責港口的燈塔。乙方負責航道的浮標。丙方負責氣象。"
    b = "乙方負責航道的浮標。甲方負責港口的燈塔。丙方負責氣象。"
    assert {kind for kind, _, _ in found(a, b)} == {"transposition"}


@pytest.mark.parametrize(
    ("a", "b", "moved"),
    [
        ("各方在漁業管理、搜尋與救助方面合作。", "各方在搜寻与救助、渔业管理方面合作。", "漁業管理、搜尋與救助"),
        ("領域為貿易、投資、運輸和能源。", "領域為能源、貿易、投資和運輸。", "貿易、投資、運輸和能源"),
        ("在貿易自由化、投資方面。", "在投資、貿易自由化方面。", "貿易自由化、投資"),
        ("They trade in fish, salt and timber.", "They trade in salt, timber and fish.", "fish, salt and timber"),
        ("於是A、B、C決定增加預算。", "於是C、A、B決定減少預算。", "A、B、C"),
    ],
)
def test_a_list_in_another_order_is_one_transposition(a: str, b: str, moved: str) -> None:
    assert [text for kind, text, _ in found(a, b) if kind == "transposition"] == [moved]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("甲方付乙方費用。", "乙方付甲方費用。"),
        ("在港口及機場檢查。", "在機場或港口檢查。"),
        ("A或B和C為限。", "A和B或C為限。"),
    ],
)
def test_an_order_that_changes_the_sense_is_substantive(a: str, b: str) -> None:
    assert {kind for kind, _, _ in found(a, b)} == {"substantive"}


def test_items_that_change_places_keep_the_labels() -> None:
    a = "適用於：（一）漁業管理；（二）海上搜救；（三）燈塔維護。"
    b = "適用於：（一）燈塔維護；（二）漁業管理；（三）海上搜救。"
    assert {kind for kind, _, _ in found(a, b)} == {"transposition", "punctuation"}


def test_what_stands_beside_an_omission_is_seen_by_itself() -> None:
    a, b = "各方交換資訊。各方每年開會一次，費用自付。本協定生效。", "各方交换信息。本协定生效。"
    kinds = [(kind, text) for kind, text, _ in found(a, b) if kind != "script"]
    assert kinds == [("regional vocabulary", "資訊"), ("omission", "各方每年開會一次，費用自付。")]
    assert found("各方應修改檔。", "各方得修改文件。") == [
        ("substantive", "應", "得"), ("conversion artefact", "檔", "文件"),
    ]  # fmt: skip


def test_words_of_two_regions_and_what_a_conversion_wrote() -> None:
    pairs = [("專案", "项目"), ("核子試驗", "核试验"), ("杜桑貝", "杜尚别"), ("群組織", "组织"), ("義大利", "意大利")]
    for taiwan, mainland in pairs:
        kinds = {kind for kind, _, _ in found(f"關於{taiwan}的協定於該處簽署。", f"关于{mainland}的协定于该处签署。")}
        assert kinds <= {"script", "regional vocabulary", "conversion artefact"}
    assert kind_of("檔案", "文件", one_script=True) == "substantive"


def test_the_scripts_of_one_text_differ_in_script_only() -> None:
    a, b = "締約各方應於兩國邊境地區採取措施。", "缔约各方应于两国边境地区采取措施。"
    assert {kind for kind, _, _ in found(a, b)} == {"script"}


@settings(derandomize=True, deadline=None)
@given(st.text(max_size=40))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


ALPHABET = "條约約國国一二1295.,，。 程序式檔文件a"


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.text(ALPHABET, max_size=30), st.text(ALPHABET, max_size=30))
def test_differences_turn_one_text_into_the_other(a: str, b: str) -> None:
    found = differences(a, b, installed_lexicon().words)
    assume(all(d.kind != "transposition" for d in found))
    rebuilt, at = [], 0
    for d in found:
        assert d.a_start >= at
        rebuilt += [a[at : d.a_start], b[d.b_start : d.b_end]]
        at = d.a_end
    assert "".join([*rebuilt, a[at:]]) == b


PLAIN = "各方應得不可三十日年1296萬.%"


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.text(PLAIN, min_size=1, max_size=8), st.text(PLAIN, max_size=8))
def test_no_change_of_words_is_called_less_than_substantive(a: str, b: str) -> None:
    """Among characters that are no forms of each other, whatever changes but for punctuation is one of three kinds."""
    words = [c for c in a if c not in ".%"] != [c for c in b if c not in ".%"]
    if words:
        assert kind_of(a, b) in ("substantive", "omission", "addition", "numeral style")


def test_witnesses_of_two_languages_are_refused() -> None:
    english = "The parties agree to keep the lights of the ports in order and to pay for them in equal shares."
    _, problems = collate_texts([("a", "各方同意維護港口的燈塔，並平均分擔費用。"), ("b", english)])
    assert [problem.code for problem in problems] == ["not-a-version"]


def test_the_same_file_twice_is_said() -> None:
    variants, problems = collate_texts([("a", "各方同意。"), ("b", "各方同意。")])
    assert not variants
    assert [p.code for p in problems] == ["identical-witness"]
