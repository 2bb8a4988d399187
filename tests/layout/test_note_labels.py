"""What notes are called, and notes that the page before calls."""

from __future__ import annotations

import pytest

from sco_docs.layout import arrange
from sco_docs.layout.notes import count, raised_labels
from sco_docs.layout.pieces import piece
from sco_docs.model import Line, Page, Rule, Span
from tests.layout.conftest import LEFT, make_page, make_source, paragraph, prose

SMALL = {"size": 9.0}


def _page(number: int, marked: list[str], notes: list[str]):
    rows = [(text, {"x0": LEFT + 24}) for text in marked] + paragraph(14, number)
    return make_page(number, [*rows, *[(text, {**SMALL, "top": 700.0 + 14 * i}) for i, text in enumerate(notes)]])


@pytest.mark.parametrize(("label", "number"), [("[3]", 3), ("註 3", 3), ("③", 3), ("➂", 3), ("㉑", 21), ("*", None)])
def test_what_a_label_counts(label: str, number: int | None) -> None:
    assert count(label) == number


def test_circles_of_another_font_call_notes() -> None:
    layout, problems = arrange(make_source([_page(1, ["成員共五國➀。", "設於甲國➁。"], ["➀甲、乙。", "➁首都。"])]))
    assert [(n.label, n.text.text, n.context) for n in layout.notes] == [
        ("➀", "甲、乙。", "成員共五國"), ("➁", "首都。", "設於甲國")]
    assert problems == ()


def test_a_note_printed_overleaf_of_its_call_counts_up_to_the_notes_there() -> None:
    first = _page(1, ["成員共五國^20^。", "設於甲國^21^。"], ["20 甲、乙、丙。"])
    second = _page(2, ["次年生效^22^。"], ["21 首都。", "22 一月一日。"])
    layout, problems = arrange(make_source([first, second]))
    assert [(n.label, n.text.text, n.context) for n in layout.notes] == [
        ("20", "甲、乙、丙。", "成員共五國"), ("21", "首都。", "設於甲國"), ("22", "一月一日。", "次年生效")]
    assert problems == ()


def test_circles_end_at_twenty() -> None:
    pages = [_page(1, ["成員共五國^⑳^。"], ["^⑳^甲、乙、丙。"]), _page(2, ["設於甲國^21^。"], ["21 首都。"])]
    layout, _ = arrange(make_source(pages))
    assert [(n.label, n.text.text) for n in layout.notes] == [("⑳", "甲、乙、丙。"), ("21", "首都。")]


def test_a_label_without_a_gap_begins_a_note_where_it_counts_nothing() -> None:
    marked = [f"{n}國^{i}^。" for i, n in enumerate("甲乙丙", 9)]
    notes = ["9 詳見年報。", "10訪談紀錄，", "11月五日。", "11該數不含乙國。"]
    layout, _ = arrange(make_source([_page(1, marked, notes)]))
    assert [(n.label, n.text.text) for n in layout.notes] == [
        ("9", "詳見年報。"), ("10", "訪談紀錄，11月五日。"), ("11", "該數不含乙國。")]


@pytest.mark.parametrize("parts", [("〔", "12", "〕"), ("註", "3"), ("[", "4", "]")])
def test_a_label_of_several_fonts_is_one(parts: tuple[str, ...]) -> None:
    spans = [Span("成員", 80, 104, "F", 12.0)]
    for part in parts:
        x = spans[-1].x1
        spans.append(Span(part, x, x + 7, "G" if part.isdigit() else "F", 7.0, superscript=True))
    line = Line("成員" + "".join(parts), 1, 1, 80, 100, spans[-1].x1, 112, tuple(spans))
    found = raised_labels(piece(line, Page(1, 595, 842, (line,))))
    assert found == ((2, len(line.text), "".join(parts)),)


def test_notes_many_pages_after_their_calls_are_found_by_their_labels() -> None:
    calls = [_page(1, ["甲國^註1^。", "乙國^註2^。"], [])]
    empty = [_page(n, [], []) for n in range(2, 9)]
    empty[5] = _page(7, [], ["註1：首都。", "註2：年報。"])
    layout, _ = arrange(make_source([*calls, *empty]))
    assert [(n.label, n.text.text, n.context) for n in layout.notes] == [
        ("註1", "首都。", "甲國"), ("註2", "年報。", "乙國")]


def test_notes_of_a_book_by_chapters() -> None:
    head = {"bold": True, "size": 16.0}
    pages = [make_page(n, [(title, head), (f"{title[2:]}各國^1^。", {"x0": LEFT + 24}), *paragraph(8, n)])
             for n, title in enumerate(("壹、起源", "貳、變遷"), 1)]
    first, second = (("壹、起源", {"bold": True}), "1. 見起源檔。"), (("貳、變遷", {"bold": True}), "1. 見變遷檔。")
    notes = [("註釋", head), *first, *second]
    layout, _ = arrange(make_source([*pages, make_page(3, notes)]))
    assert [(n.text.text, n.context) for n in layout.notes] == [("見起源檔。", "起源各國"), ("見變遷檔。", "變遷各國")]


def test_small_references_overleaf_of_a_note_are_no_notes() -> None:
    second = _page(2, [], [f"[{n}] 某甲. 虛構之書[M]. 甲地: 乙社, 200{n}." for n in range(1, 5)])
    layout, _ = arrange(make_source([_page(1, ["成員共五國^①^。"], ["^①^甲、乙、丙。"]), second]))
    assert [n.label for n in layout.notes] == ["①"]


def test_columns_have_each_their_own_notes() -> None:
    def column(x0: float, start: int, size: int, foot: list[str]) -> list:
        text = [(prose(14, start + i), {"x0": x0, "top": 80.0 + 20 * i}) for i in range(size)]
        text[0] = (f"{prose(9, start)}甲國^{foot[0][1]}^", text[0][1])
        below = 700.0 - 14 * len(foot)
        return text + [(note, {**SMALL, "x0": x0, "top": below + 14 * i}) for i, note in enumerate(foot)]

    left = column(LEFT, 0, 30, ["^1^首都。"])
    right = column(LEFT + 230, 7, 28, ["^2^關於此事說法，", "並不一致，", "姑從其一。"])
    rules = [Rule(LEFT, 682, LEFT + 60, 682.5), Rule(LEFT + 230, 652, LEFT + 290, 652.5)]
    layout, _ = arrange(make_source([make_page(1, [*left, *right], rules)]))
    assert [n.text.text for n in layout.notes] == ["首都。", "關於此事說法，並不一致，姑從其一。"]
    assert sum(len(b.text.text) for b in layout.blocks) == 56 * 14 + 2 * 11
