"""What notes are called, and notes that the page before calls."""

from __future__ import annotations

import pytest

from sco_docs.layout import arrange
from sco_docs.layout.notes import count
from tests.layout.conftest import LEFT, make_page, make_source, paragraph

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
