from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from legal_blocks import line, lines, row

from sco_docs.model import Block, Heading, Layout, LineStart, Note, NoteMark, Page, Place, Source, Text
from sco_docs.structure.agreements import read_agreements
from sco_docs.structure.outline import OutlineItem

SOURCE = Source("bees.txt", "0" * 64, "text", (Page(1, 595, 842, ()),))


def heading(text: str) -> Block:
    return Block("heading", Text(text, (LineStart(0, Place(1, 1)),)), 1, bold=True)


def noted(text: str, note: str) -> Block:
    return Block("paragraph", Text(text, (LineStart(0, Place(1, 1)),), notes=(NoteMark(len(text), note),)), 1)


def appendix(index: int, blocks: list[Block]) -> OutlineItem:
    return OutlineItem(index, Heading(blocks[index].text.text, 2, None), "appendix", index)


def thesis() -> tuple[Layout, tuple[OutlineItem, ...]]:
    blocks = [
        heading("附錄一：養蜂聯合聲明（1998年7月3日）"),
        noted("《養蜂聯合聲明》", "n1"),
        *lines("甲國主席王小明和乙國總統李大同3日在丁城簽署了《養蜂聯合聲明》。聲明全文如下：", "養蜂聯合聲明",
               "兩國本著愛蜂之心，聲明如下：", "一、蜂屬公有。", "二、蜜歸兩國。"),
        row("甲國主席", "乙國總統"), row("王小明", "李大同"), row("（簽字）", "（簽字）"),
        line("一九九八年七月三日於丁城"),
        heading("附錄二：蜂河憲章(2001年6月15日)"),
        noted("《蜂河憲章》", "n2"),
        *lines("三國，", "渴望安寧，", "議定如下：", "第一條 宗旨", "保護蜂河。", "第二條 語言",
            "本組織的工作語言為甲語和乙語。",
               "第三條 登記", "本憲章在聯合國秘書處登記。",
               "本憲章於二〇〇二年六月七日在丙城簽訂，正本一份，用甲文和乙文寫成，兩種文本同等作準。", "甲國代表",
               "乙國代表"),
        heading("附錄三：訪談大綱"),
        *lines("請問您養蜂多久？", "請問您愛吃蜜嗎？"),
    ]
    starts = [i for i, block in enumerate(blocks) if block.kind == "heading"]
    notes = (
        Note("n1", "1",
            Text("蜂網，《養蜂聯合聲明》，http://bees.example/ziliao/2002-11/27/ content_1.htm，蜂網網頁。"), 1),
        Note("n2", "2", Text("蜂網網頁http://bees.example/t2.htm，2001/06/15。"), 1),
    )
    return Layout(tuple(blocks), notes), tuple(appendix(start, blocks) for start in starts)


def test_one_appendix_taken_out_of_a_thesis() -> None:
    layout, _ = thesis()
    (only,), problems = read_agreements(SOURCE, Layout(layout.blocks[:9], layout.notes), ())
    assert problems == ()
    assert only.appendix_title is not None
    assert (only.title.text if only.title else "", only.date_heading) == ("《養蜂聯合聲明》", "1998-07-03")


def test_the_appendix_of_a_thesis() -> None:
    (first, second), problems = read_agreements(SOURCE, *thesis())
    assert problems == ()
    assert (first.n, first.title.text if first.title else "", first.date_heading) == (1, "《養蜂聯合聲明》",
        "1998-07-03")
    assert [text.text[-5:] for text in first.lead] == ["全文如下：", "蜂聯合聲明"]
    assert [text.text for text in first.preamble] == ["兩國本著愛蜂之心，聲明如下："]
    assert (first.date_signed, first.place_signed) == ("1998-07-03", "丁城")
    assert [(s.party, s.capacity, s.name) for s in first.signatories] == [
        ("甲國", "主席", "王小明"), ("乙國", "總統", "李大同")]
    assert first.source_url == "http://bees.example/ziliao/2002-11/27/content_1.htm"
    assert first.notes == ("n1",)
    assert (second.date_heading, second.date_signed, second.place_signed) == ("2001-06-15", "2002-06-07", "丙城")
    assert [(d.label.text, d.heading.text if d.heading else None) for d in second.body] == [
        ("第一條", "宗旨"), ("第二條", "語言"), ("第三條", "登記")]
    assert [text.text[:3] for text in second.closing] == ["本憲章"]
    assert [(s.party, s.name) for s in second.signatories] == [("甲國", None), ("乙國", None)]
    assert second.source_url == "http://bees.example/t2.htm"
    assert [(p.kind, p.value) for p in second.provisions] == [
        ("languages", "甲語和乙語"), ("registration", "在聯合國秘書處登記"), ("languages", "甲文和乙文")]


def test_a_note_whose_text_stands_at_the_end_of_the_document_gives_the_source() -> None:
    blocks = [heading("附錄一：養蜂協定"), noted("養蜂協定", "n1"), *lines("第一條", "養蜂。", "第二條", "分蜜。"),
              heading("註釋"), line("69 蜂網，http://bees.example/t9.htm，2001。")]
    outline = (appendix(0, blocks), OutlineItem(6, Heading("註釋", 2, None), "back", 6))
    (one,), _ = read_agreements(SOURCE, Layout(tuple(blocks), (Note("n1", "69", Text(""), 1),)), outline)
    assert one.source_url == "http://bees.example/t9.htm"


def test_nothing_of_an_agreement_is_lost() -> None:
    layout, outline = thesis()
    agreements, _ = read_agreements(SOURCE, layout, outline)
    printed = "".join("".join(block.text.text.split()) for block in layout.blocks[: outline[2].index])
    found: list[str] = []
    for a in agreements:
        found += [a.appendix_title.text if a.appendix_title else "", a.title.text if a.title else ""]
        found += [text.text for text in (*a.lead, *a.preamble)]
        found += [text for division in a.body for text in _all(division)]
        found += [text.text for text in (*a.closing, *a.signature_block)] + ([a.date_line.text] if a.date_line else [])
    assert "".join("".join(found).split()) == printed


def _all(division: object) -> list[str]:
    from legal_blocks import printed

    return list(printed([division]))  # type: ignore[list-item]


def test_a_law_is_one_agreement() -> None:
    layout = Layout(tuple(lines("養蜂法", "第 1 條", "為保護蜂群，特制定本法。", "第 2 條", "本法自公布日施行。")))
    (law,), problems = read_agreements(SOURCE, layout, ())
    assert problems == ()
    assert (law.n, law.title.text if law.title else "", law.language[:7]) == (1, "養蜂法", "zh-Hant")
    assert [division.label.text for division in law.body] == ["第 1 條", "第 2 條"]
    assert law.signatories == ()


def test_a_bilingual_document_gives_a_record_for_each_language() -> None:
    layout = Layout(tuple(lines(
        "養蜂條約", "Treaty on Bees", "第一條", "蜂屬公有。", "Article 1", "Bees are common.", "第二條", "蜜歸兩國。",
        "Article 2", "Honey is shared.")))
    both, _ = read_agreements(SOURCE, layout, ())
    assert [(a.n, a.language[:2], a.title.text if a.title else "", len(a.body)) for a in both] == [
        (1, "zh", "養蜂條約", 2), (1, "en", "Treaty on Bees", 2)]


def test_a_declaration_in_two_languages_one_after_the_other() -> None:
    layout = Layout(tuple(lines(
        "養蜂聲明", "兩國元首聲明如下：", "一、蜂屬公有，兩國共同保護。", "二、蜜歸兩國，每年平分。",
        "Statement on Bees", "The two heads of State declare:", "1. Bees are common.",
        "2. Honey is shared every year.")))
    both, _ = read_agreements(SOURCE, layout, ())
    assert [(a.n, a.language[:2], len(a.body)) for a in both] == [(1, "zh", 2), (1, "en", 2)]


def test_a_list_in_another_language_is_no_version() -> None:
    names = [f"Apis species number {n} of the long list of bees" for n in range(12)]
    layout = Layout(tuple(lines("養蜂法", "第一條", "養蜂。", "第二條", "分蜜。", *names)))
    (law,), _ = read_agreements(SOURCE, layout, ())
    assert len(law.body) == 2


def test_a_document_without_divisions_is_kept_as_paragraphs() -> None:
    layout = Layout(tuple(lines("蜂之歌", "蜂兒飛過河，飛到花叢裡。", "花開了又謝。")))
    (song,), problems = read_agreements(SOURCE, layout, ())
    assert [text.text for text in song.preamble] == ["蜂兒飛過河，飛到花叢裡。", "花開了又謝。"]
    assert [problem.code for problem in problems] == ["no-divisions"]


def test_an_empty_document_has_no_agreement() -> None:
    assert read_agreements(SOURCE, Layout(()), ()) == ((), ())


def test_a_law_with_annexes_in_the_outline_is_still_one_law() -> None:
    blocks = lines("養蜂法", "第一條", "養蜂。", "第二條", "釀蜜。", "附件一 蜂箱", "第一條", "箱之大小。", "第二條",
        "箱之顏色。")
    (law,), _ = read_agreements(SOURCE, Layout(tuple(blocks)), (appendix(5, blocks),))
    assert [division.label.text for division in law.body] == ["第一條", "第二條", "附件一"]


def test_annexes_after_the_signatures_belong_to_the_body() -> None:
    layout = Layout(tuple(lines(
        "蜂蜜協定", "第一條", "分蜜。", "第二條", "分蠟。", "本協定於二〇〇一年五月一日在丙城簽訂。", "甲國代表",
        "王一", "乙國代表", "李二",
        "附件一", "第一條", "蜜瓶之大小。", "第二條", "蠟燭之長短。")))
    (one,), _ = read_agreements(SOURCE, layout, ())
    assert [division.label.text for division in one.body] == ["第一條", "第二條", "附件一"]
    assert [s.name for s in one.signatories] == ["王一", "李二"]
    assert one.date_signed == "2001-05-01"


@pytest.mark.thesis
@pytest.mark.parametrize("name", ["word.pdf", "chrome.pdf"])
def test_the_ten_agreements_of_the_thesis(name: str, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rapidfuzz")
    from sco_docs import readers
    from sco_docs.layout import arrange
    from sco_docs.structure.outline import find_outline
    from sco_docs.writers.datafiles import agreement_records

    monkeypatch.syspath_prepend(str(shared / "score"))
    monkeypatch.setattr(sys, "argv", ["score"])
    import score

    path = shared / "thesis" / name
    source, _ = readers.read(path)
    layout, _ = arrange(source)
    outline, _ = find_outline(layout, source.bookmarks)
    agreements, _ = read_agreements(source, layout, outline)
    gold = json.loads((shared / "gold/agreements.json").read_text("utf-8"))
    figures = score.score_agreements(agreement_records(agreements, layout.notes), gold, False)
    assert figures["division tree F1"] == 1.0
    assert figures["paragraph F1 (exact text)"] >= 0.995
    assert figures["signatory F1 (party, capacity, name)"] >= 0.98
    assert figures["title exact"] == figures["date_signed exact"] == figures["place_signed exact"] == 1.0


@pytest.mark.parametrize(
    ("head", "found"), [("附錄一：蜂箱檢查辦法（2010年11月2日）", 1), ("附錄一：蜂箱檢查辦法", 0),
        ("附錄一：訪談題目（2010年11月2日）", 0)]
)
def test_an_appendix_named_as_a_law_with_numbers_and_a_date(head: str, found: int) -> None:
    blocks = [heading("摘要"), heading(head),
              *lines("為查明蜂箱之數目，特訂本辦法。", "1. 檢查組", "由兩國各派二人。", "2. 報告", "於三十日內提出。")]
    outline = (OutlineItem(0, Heading("摘要", 1, None), "abstract", 0), appendix(1, blocks))
    agreements, _ = read_agreements(SOURCE, Layout(tuple(blocks)), outline)
    assert len(agreements) == found
