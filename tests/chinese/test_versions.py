"""Whole agreements: every text converted, places, notes and changes kept, problems with their place."""

from __future__ import annotations

from dataclasses import replace

from sco_docs.chinese.terms import Term
from sco_docs.chinese.versions import audit_agreement, convert_agreement
from sco_docs.model import Agreement, Change, Division, LineStart, NoteMark, Place, Signatory, Text


def text(words: str, page: int = 1) -> Text:
    half = len(words) // 2
    return Text(
        words,
        (LineStart(0, Place(page, 1)), LineStart(half, Place(page, 2))),
        (Change(half, half + 1, "?", "k"),),
        (NoteMark(len(words), "n"),),
    )


def agreement(language: str = "zh-Hant") -> Agreement:
    article = Division("1", text("第一條"), 1, text("宗旨與任務"), (text("各方支援發展雙邊關係", 2),))
    return Agreement(
        n=3, id="3", language=language, appendix_title=text("附錄三：聯合聲明"), title=text("聯合聲明"), lead=(),
        preamble=(text("締約雙方"), text("基於國際法")), body=(article,), closing=(text("兩種文本同等作準"),),
        signature_block=(text("(簽字)"),), signatories=(Signatory("俄羅斯聯邦", None, "葉利欽", "(簽字)", Place(3)),),
        date_line=text("一九九七年于莫斯科"), date_heading=None, date_signed="1997", place_signed="莫斯科",
        notes=("n",), source_url="http://example.org/a", pages=(1, 3),
    )  # fmt: skip


def test_every_text_is_converted_and_nothing_else() -> None:
    result, problems = convert_agreement(agreement(), "zh-Hans")
    assert result.language == "zh-Hans"
    assert result.title is not None
    assert result.title.text == "联合声明"
    assert result.body[0].paragraphs[0].text == "各方支援发展双边关系"
    assert result.signatories[0].name == "叶利钦"
    assert (result.body[0].id, result.n, result.source_url, result.notes) == ("1", 3, "http://example.org/a", ("n",))
    assert problems == ()


def test_there_and_back_is_the_same_text() -> None:
    hans, _ = convert_agreement(agreement(), "zh-Hans")
    back, _ = convert_agreement(hans, "zh-Hant-TW")
    assert back.body == agreement().body
    assert back.closing == agreement().closing


def test_offsets_move_with_a_term_that_changes_the_length() -> None:
    terms = (Term("邦联", "聯邦"), Term("双边合作关系", "雙邊關係"))
    result, _ = convert_agreement(agreement(), "zh-Hans", terms=terms)
    paragraph = result.body[0].paragraphs[0]
    assert paragraph.text == "各方支援发展双边合作关系"
    assert paragraph.lines == (LineStart(0, Place(2, 1)), LineStart(5, Place(2, 2)))
    assert paragraph.notes == (NoteMark(12, "n"),)
    assert paragraph.changes == (Change(5, 6, "?", "k"),)


def test_restoring_lists_each_change_with_its_place() -> None:
    result, problems = convert_agreement(agreement(), "zh-Hans", restored=True)
    assert result.body[0].paragraphs[0].text == "各方支持发展双边关系"
    assert result.date_line is not None
    assert result.date_line.text == "一九九七年于莫斯科"
    assert [(p.code, p.place) for p in problems] == [("restored", Place(2, 1, 2)), ("restored", Place(1, 2, 1))]


def test_artefacts_have_their_agreement_and_place() -> None:
    artefacts = audit_agreement(agreement())
    assert [(a.text, a.agreement, a.place) for a in artefacts] == [
        ("支援", 3, Place(2, 1, 2)),
        ("于", 3, Place(1, 2, 1)),
    ]


def test_the_language_is_detected_where_the_tag_does_not_tell() -> None:
    result, _ = convert_agreement(replace(agreement(), language="zh"), "zh-Hans")
    assert result.closing[0].text == "两种文本同等作准"


def test_regional_words_alone_are_no_sign_of_a_conversion() -> None:
    plain = replace(agreement(), date_line=text("一九九七年於莫斯科"), body=(), closing=(text("兩國交換資訊"),))
    assert audit_agreement(plain) == ()
    assert "資訊" in {a.text for a in audit_agreement(replace(plain, date_line=text("一九九七年于莫斯科")))}
