from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from legal_blocks import lines, printed, row

from sco_docs.model import Block, LineStart, Place, Text
from sco_docs.structure.parts import Parts, read_parts


def texts_of(parts: Parts) -> list[str]:
    found = [parts.title.text] if parts.title else []
    found += [text.text for text in (*parts.lead, *parts.preamble)]
    found += list(printed(parts.body))
    found += [text.text for text in (*parts.closing, *parts.signed.lines)]
    return found + ([parts.signed.date_line.text] if parts.signed.date_line else [])


def shown(parts: Parts) -> tuple[list[str], list[str], list[str]]:
    return ([t.text for t in parts.lead], [t.text for t in parts.preamble], [t.text for t in parts.closing])


def test_a_news_lead_and_the_title_of_the_document_itself() -> None:
    parts = read_parts(lines("兩國簽署養蜂聲明", "兩國元首在丁城簽署聲明。聲明全文如下：", "養蜂聯合聲明", "兩國，",
        "一、養蜂。", "二、分蜜。"))
    assert shown(parts) == (["兩國元首在丁城簽署聲明。聲明全文如下：", "養蜂聯合聲明"], ["兩國，"], [])


def test_what_an_office_writes_below_a_title() -> None:
    parts = read_parts(lines("法規名稱：養蜂法", "修正日期：民國 113 年 7 月 31 日", "（一九九九年五月一日大會通過）",
        "2001年5月1日 第二次大會修正",
        "第一條 養蜂。", "第二條 分蜜。"))
    assert parts.title
    assert parts.title.text == "養蜂法"
    assert len(parts.lead) == 4
    assert parts.preamble == ()


def test_printed_contents_belong_to_the_lead() -> None:
    parts = read_parts(lines("養蜂法", "目錄", "第一章 總則", "第二章 附則", "第一章 總則", "第一條 養蜂。",
        "第二章 附則", "第二條 分蜜。"))
    assert shown(parts) == (["目錄", "第一章 總則", "第二章 附則"], [], [])


def test_numbered_clauses_of_a_preamble_are_no_divisions() -> None:
    parts = read_parts(lines("養蜂協定", "各方，", "1. 鑑於蜂之美；", "2. 鑑於蜜之甜；", "議定如下：", "第一條",
        "1. 養蜂。", "2. 分蜜。", "第二條", "完。"))
    assert [division.label.text for division in parts.body] == ["第一條", "第二條"]
    assert len(parts.preamble) == 4


@pytest.mark.parametrize("closing", [
    "本協定於一九九三年五月六日訂於丁城，正本三份，三方各執一份。",
    "本協定於二〇〇一年五月一日在丙城簽訂，一式兩份。", "為此，雙方代表在本協定上簽字，以昭信守。",
    "本協定正本交由甲國保存。",
    "總結過去，展望未來，兩國相信蜂群必將興旺。", "二〇〇一年五月一日訂於丙城。",
    "IN WITNESS WHEREOF, the undersigned have signed this Treaty.",
    "Done at Newtown on 1 May 2001.", "Совершено в г. Медовске 1 мая 2001 года.",
])
def test_the_closing_is_no_part_of_the_last_article(closing: str) -> None:
    parts = read_parts(lines("養蜂協定", "第一條", "養蜂。", "第二條", "分蜜。", closing))
    assert shown(parts)[2] == [closing]
    assert [text.text for text in parts.body[-1].paragraphs] == ["分蜜。"]


def test_a_paragraph_that_a_note_or_page_end_parted_is_one() -> None:
    first = "一、雙方認為，養蜂一事關係兩國人民的福祉與環境的安寧，應當在平等互利的基礎上不斷加強彼此的合"
    parts = read_parts(lines("養蜂聲明", first, "作與交流。", "二、雙方分蜜。", "三、雙方種樹。", "四、雙方修橋。"))
    assert [text.text for text in parts.body[0].paragraphs] == [first[2:] + "作與交流。"]


def test_parties_glued_to_the_last_sentence() -> None:
    parts = read_parts(lines("養蜂聲明", "一、養蜂。", "二、雙方分蜜。甲國 乙國", "主席 總統", "王小明 李大同"))
    assert [(s.party, s.capacity, s.name) for s in parts.signed.signatories] == [
        ("甲國", "主席", "王小明"), ("乙國", "總統", "李大同")]


def test_a_source_line_in_the_text_belongs_to_the_lead() -> None:
    parts = read_parts(lines("養蜂聲明", "一、養蜂。", "http://bees.example/t.htm，蜂網。", "二、分蜜。"))
    assert shown(parts)[0] == ["http://bees.example/t.htm，蜂網。"]


PIECES = ("養蜂聯合聲明", "第一條", "第二條 宗旨", "一、養蜂。", "二、分蜜", "聲明全文如下：", "（1999年5月1日通過）",
    "目錄", "第一章 總則",
          "甲國主席", "王 小 明", "（簽字）", "二〇〇一年六月十五日於丙城", "甲國 乙國", "主席 總統",
          "本約於二〇〇一年在丙城簽訂。", "附件一",
          "http://bees.example/a", "（完）", "For the", "Done at Newtown on 1 May 2001.", "雙方分蜜。甲國 乙國",
          "法規名稱：養蜂法",
          "一、雙方認為，養蜂一事關係兩國人民的福祉與環境的安寧，應當不斷加強", "  ", "1. a", "(Signed) A. B.")


@given(st.lists(st.sampled_from(PIECES), max_size=20), st.integers(0, 19))
@settings(derandomize=True, deadline=None, max_examples=200)
def test_no_character_of_a_document_is_lost(pieces: list[str], columns: int) -> None:
    blocks = lines(*pieces)
    if columns < len(blocks):
        blocks.insert(columns, row("甲國代表", "乙國代表"))
        blocks.insert(columns, Block("paragraph", Text("甲國主席王一", (LineStart(0, Place(1, 1)),
            LineStart(4, Place(1, 2)))), 1))
    wanted = Counter("".join("".join(block.text.text.split()) for block in blocks))
    assert Counter("".join("".join(text.split()) for text in texts_of(read_parts(blocks)))) == wanted
