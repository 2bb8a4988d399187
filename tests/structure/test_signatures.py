from __future__ import annotations

import pytest
from legal_blocks import line, lines, row

from sco_docs.model import Block, LineStart, Place, Text
from sco_docs.structure.signature_block import find_signed

PAIR = [("甲國", "主席", "王小明"), ("乙聯邦", "總統", "伊·米·彼得")]


def signers(*blocks: Block) -> list[tuple[str | None, str | None, str | None]]:
    return [(s.party, s.capacity, s.name) for s in find_signed([line("雙方共同養蜂。"), *blocks]).signatories]


@pytest.mark.parametrize("blocks", [
    lines("甲國主席", "王小明", "乙聯邦總統", "伊·米·彼得"),
    lines("甲國主席", "王 小 明", "(簽 字)", "乙聯邦總統", "伊·米·彼得", "（簽字）"),
    lines("甲國主席 王小明", "乙聯邦總統 伊·米·彼得"),
    lines("甲國主席　　　乙聯邦總統", "王　小　明　　　伊·米·彼得"),
    [row("甲國主席", "乙聯邦總統"), row("王", "小", "明", "伊·米·彼得")],
    lines("甲國主席\t乙聯邦總統", "王小明\t伊·米·彼得"),
    lines("甲國主席：王小明（簽字）", "乙聯邦總統：伊·米·彼得（簽字）"),
    lines("甲國", "主席王小明", "乙聯邦", "總統伊·米·彼得"),
    lines("甲國主席王小明", "乙聯邦總統伊·米·彼得"),
    lines("王 小 明", "甲國主席", "伊·米·彼得", "乙聯邦總統"),
    [row("甲國主席", "乙聯邦總統"), row("王小明", "伊·米·彼得"), row("(簽字)", "(簽字)")],
    [row("甲國", "乙聯邦"), row("主席", "總統"), row("王小明", "伊·米·彼得")],
    [row("甲國", "乙聯邦"), row("主席", "王小明", "總統", "伊·米·彼得")],
    [row("甲國主席", "王小明"), row("乙聯邦總統", "伊·米·彼得")],
])
def test_who_signs_in_every_arrangement(blocks: list[Block]) -> None:
    assert signers(*blocks) == PAIR


def test_columns_in_several_rows() -> None:
    blocks = [row("甲國代表", "乙國代表"), row("王一", "李二"), row("(簽字)", "(簽字)"),
              row("丙國代表", "丁國代表"), row("趙三", "錢四"), row("(簽字)", "(簽字)")]
    assert [name for _, _, name in signers(*blocks)] == ["王一", "李二", "趙三", "錢四"]


def test_marks_spaced_out_over_columns() -> None:
    blocks = lines("甲國全權代表　　　　乙國全權代表", "王　首　道　　　　　米.列師", "（簽　字）　　　　　（簽　字）")
    assert [(s.name, s.mark) for s in find_signed([line("完。"), *blocks]).signatories] == [
        ("王首道", "（簽字）"), ("米.列師", "（簽字）")]


def test_governments_without_anyone_who_signs() -> None:
    closing = line("本協議一九九二年一月二十日簽訂於丙城，一式兩份。")
    signed = find_signed([closing, *lines("甲國政府", "乙聯邦政府")])
    assert [s.party for s in signed.signatories] == ["甲國政府", "乙聯邦政府"]


def test_parties_without_names() -> None:
    assert signers(*lines("甲國代表", "乙國代表")) == [("甲國", "代表", None), ("乙國", "代表", None)]


def test_marks_and_the_date_line_are_kept() -> None:
    signed = find_signed([line("完。"), *lines("甲國代表", "王一", "(簽字)", "二〇〇一年六月十五日於丙城")])
    assert signed.signatories[0].mark == "(簽字)"
    assert signed.date_line is not None
    assert signed.date_line.text == "二〇〇一年六月十五日於丙城"
    assert [text.text for text in signed.lines] == ["甲國代表", "王一", "(簽字)"]


def test_english_and_russian() -> None:
    english = lines("For the Government of Hiveland:", "(Signed) A. B. Keeper", "Minister for Foreign Affairs",
                    "For the Government of Honeyland:", "(Signed) C. Drone")
    assert signers(*english) == [
        ("Government of Hiveland", "Minister for Foreign Affairs", "A. B. Keeper"),
        ("Government of Honeyland", None, "C. Drone")]
    assert signers(*lines("For the", "Republic of Hiveland", "For", "the Honey Federation", "A. B. Keeper")) == [
        ("Republic of Hiveland", None, None), ("the Honey Federation", None, "A. B. Keeper")]
    assert signers(*lines("За Республику Улей", "И. Медов", "Президент Пчелиной Федерации", "П. Сотов")) == [
        ("Республику Улей", None, "И. Медов"), ("Пчелиной Федерации", "Президент", "П. Сотов")]


def test_lines_that_were_joined_to_one_paragraph_are_read_as_printed() -> None:
    text = Text("甲國主席王小明", (LineStart(0, Place(1, 2)), LineStart(4, Place(1, 3))))
    assert signers(Block("paragraph", text, 1)) == [("甲國", "主席", "王小明")]


@pytest.mark.parametrize("texts", [("第三條", "本法即日施行。"), ("一、內政部", "二、外交部"), ("理事會主席",
    "負責召集會議。"), ()])
def test_what_is_no_signature(texts: tuple[str, ...]) -> None:
    assert signers(*lines(*texts)) == []


def test_the_sides_of_a_contract() -> None:
    blocks = lines("甲方：河口漁會", "理事長：王小明", "乙方：海風公司", "負責人：李二")
    assert signers(*blocks)[0] == ("河口漁會", "理事長", "王小明")
    assert signers(*blocks)[1][0] == "海風公司"
