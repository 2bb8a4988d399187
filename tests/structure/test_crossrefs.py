from __future__ import annotations

from dataclasses import replace

from thesis_blocks import LOREM, entry, grid, head, layout, para, text

from sco_docs.model import Block, CrossReference, Layout, Note, NoteMark
from sco_docs.structure.crossrefs import find_crossrefs
from sco_docs.structure.outline import find_outline


def thesis(*words: str, notes: tuple[Note, ...] = (), extra: tuple[Block, ...] = ()) -> Layout:
    return layout(
        head("第一章 緒論", 18),
        head("第一節 動機", 16),
        para(LOREM),
        grid("表 1-1"),
        head("第二節 章節安排", 16),
        para("第一章是緒論，第二章談河流，第三章是結論。"),
        head("第二章 河流", 18),
        head("第一節 水", 16),
        grid("表 2-1"),
        head("第二節 岸", 16),
        *(para(line) for line in words),
        *extra,
        head("第三章 結論", 18),
        para(LOREM),
        head("附錄", 18),
        head("附錄一：甲河宣言(1998年7月3日)", 16),
        para("各國反對以任何方式改變河道，第九章除外。"),
        head("附錄二：甲河流域組織章程(2001年6月5日)", 16),
        para("依聯合國憲章第八章。"),
        notes=notes,
    )


def find(found: Layout) -> list[CrossReference]:
    return list(find_crossrefs(found, find_outline(found)[0])[0])


def raws(*words: str) -> list[tuple[str, str | None, bool]]:
    return [(c.raw, c.resolves_to, c.problem is not None) for c in find(thesis(*words))]


def test_forms_in_text() -> None:
    assert raws("水量增加。(見表 2-1)而本研究第一章第一節已經說明，誠如第一節之分析，詳見表1－1。") == [
        ("(見表 2-1)", "表 2-1", False),
        ("本研究第一章第一節", "第一章第一節", False),
        ("第一節之分析", "第二章第一節", False),
        ("詳見表1－1", "表 1-1", False),
    ]


def test_sections_by_number_and_english_forms() -> None:
    found = layout(
        head("第1章 緒論", 18),
        head("1.1 背景", 14),
        para("As Table 3 shows (see Chapter 1), 詳見第 1.1 節與附錄B。"),
        grid("Table 3"),
        head("附錄A 問卷", 18),
        para(LOREM),
        head("附錄B 協定", 18),
        para(LOREM),
    )
    assert [(c.raw, c.resolves_to) for c in find(found)] == [
        ("Table 3", "Table 3"),
        ("(see Chapter 1)", "第1章"),
        ("詳見第 1.1 節", "1.1"),
        ("附錄B", "附錄B"),
    ]


def test_a_number_that_does_not_exist_and_what_may_be_meant() -> None:
    assert raws("在表 3-1 的分類中，另見圖 9，請參閱附錄七。") == [
        ("表 3-1", "表 2-1", True),
        ("見圖 9", None, True),
        ("請參閱附錄七", "附錄二", True),
    ]


def test_an_appendix_that_the_sentence_does_not_speak_of() -> None:
    assert raws("1998 年 7 月各國發表了《甲河宣言》，內容相當豐富（參考附錄二）。") == [
        ("（參考附錄二）", "附錄一", True)
    ]
    assert raws("2001 年通過的《組織章程》規定了機構（參見附錄二）。") == [("（參見附錄二）", "附錄二", False)]


def test_a_quotation_shows_which_appendix_is_meant() -> None:
    assert raws("文中提到「反對以任何方式改變河道」（詳見附錄二）。")[0][1:] == ("附錄一", True)


def test_a_note_is_read_with_the_sentence_that_calls_it() -> None:
    note = Note("n1", "1", text("詳見附錄一。"), 1)
    called = Block("paragraph", text("《甲河流域組織章程》第三條說明一切。", notes=(NoteMark(11, "n1"),)), 1, size=12)
    found = find(thesis(notes=(note,), extra=(called,)))
    assert [(c.raw, c.resolves_to, bool(c.problem)) for c in found] == [("詳見附錄一", "附錄二", True)]


def test_tables_and_their_cells() -> None:
    found = find(thesis(extra=(grid("表 2-2", cell="參見附錄一"),)))
    assert [(c.raw, c.resolves_to) for c in found] == [("參見附錄一", "附錄一")]


def test_chapters_of_other_texts_and_plain_numbers_are_none() -> None:
    assert raws("依聯合國憲章第一章，《河流法》第二章，他代表 3 個國家發表 2 份文件，第二節課開始。") == []


def test_contents_overview_and_appended_texts_are_not_searched() -> None:
    found = layout(head("目錄", 18), entry("第一章 緒論，見附錄一", "1"), *thesis().blocks)
    assert find(found) == []


def test_problems_say_what_to_read() -> None:
    found = thesis("見表 8-1。")
    problem = find_crossrefs(found, find_outline(found)[0])[1][0]
    assert (problem.code, problem.severity) == ("crossref-wrong", "warning")
    assert "表 2-1" in problem.advice


def test_chapters_sections_and_notes_that_do_not_exist() -> None:
    found = raws("將於第八章討論，詳見本章第九節，如附錄三所示；參見註 4。")
    assert [(raw, bool(problem)) for raw, _, problem in found] == [
        ("第八章", True),
        ("詳見本章第九節", True),
        ("附錄三", True),
        ("參見註 4", True),
    ]


def test_what_another_reference_points_to_is_no_evidence() -> None:
    found = layout(
        head("第一章 緒論", 18),
        para("《河口租借條約》的兩種文本見附錄A。"),
        para("此約的用字別有用意，條約的文字看似對等。詳見附錄B。"),
        head("附錄A 河口租借條約", 18),
        para(LOREM),
        head("附錄B 燈塔管理規約", 18),
        para(LOREM),
    )
    assert [(c.raw, c.problem) for c in find(found)] == [("見附錄A", None), ("詳見附錄B", None)]


def test_a_source_note_is_searched_once() -> None:
    said = "資料來源：同表 1-1。"
    table = grid("表 1-1")
    table = replace(table, table=replace(table.table, source_note=said))
    found = layout(head("第一章 緒論", 18), para(LOREM), table, Block("source_note", text(said), 1))
    assert [c.raw for c in find(found)] == ["表 1-1"]
