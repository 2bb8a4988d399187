"""Where a paragraph ends though its last line is full, and where it goes on though a line is short."""

from __future__ import annotations

import pytest

from sco_docs.layout import arrange
from tests.layout.conftest import LEFT, make_page, make_source, paragraph, prose

FULL = prose(34, 3) + "。"


def _texts(*rows) -> list[str]:
    layout, _ = arrange(make_source([make_page(1, [*paragraph(5), *rows, *paragraph(5, 9)])]))
    return [block.text.text for block in layout.blocks]


def test_a_section_numbered_with_points_begins_after_a_full_line() -> None:
    assert "2.2.1 影響" in _texts((prose(33), {"x0": LEFT + 24}), (FULL, {}), ("2.2.1 影響", {}))


def test_who_signs_does_not_end_a_full_line() -> None:
    rows = [(prose(32) + "。", {"x0": LEFT + 24}), ("甲國代表", {}), ("連某", {}), ("乙國代表", {})]
    assert {"甲國代表", "連某", "乙國代表"} <= set(_texts(*rows))


def test_keywords_are_a_paragraph_of_their_own() -> None:
    words = "關鍵詞：漁業、港口、氣象"
    assert words in _texts((prose(33), {"x0": LEFT + 24}), (FULL, {}), (words, {}))


@pytest.mark.parametrize("margin", [36, 60])
def test_a_quotation_with_a_first_line_and_marks_beyond_its_edge_is_one(margin: int) -> None:
    left, fits = LEFT + margin, (420 - 2 * margin) // 12
    rows = [(prose(fits - 2), {"x0": left + 24}), (prose(fits, 4) + "，", {"x0": left}), (prose(fits, 9), {"x0": left})]
    rows += [(prose(fits, 13), {"x0": left}), ("甲丙。", {"x0": left})]
    assert "".join(text for text, _ in rows) in _texts(*rows)


def test_a_first_line_under_a_numbered_line_does_not_hang_from_it() -> None:
    item = "第三條 " + prose(32) + "。"
    body = [(prose(33, 4), {"x0": LEFT + 24}), (prose(9) + "。", {})]
    assert {item, "".join(text for text, _ in body)} <= set(_texts((item, {}), *body))


def test_an_item_set_ragged_goes_on_in_its_hanging_indent() -> None:
    whole = ("第一條 " + prose(31), {}), ("如前項。", {"x0": LEFT + 24})
    assert "".join(text for text, _ in whole) in _texts(*paragraph(12, 3), *whole, *paragraph(12, 5))


def test_the_next_number_after_a_full_line_begins_an_item() -> None:
    two = (prose(35, 8), {}), (FULL, {})
    rows = [("三、" + prose(20) + "。", {}), *two, ("四、" + prose(33, 5), {}), ("甲丙。", {"x0": LEFT + 15})]
    assert prose(35, 8) + FULL in _texts(*rows)


def test_a_full_indented_line_above_signatures_is_a_paragraph() -> None:
    one, two = prose(32) + "。", prose(32, 7) + "。"
    signed = ("甲國代表|乙國代表", {"x0": LEFT + 100}), ("連某|王某", {"x0": LEFT + 110})
    rows = [*paragraph(9, 3), *[(text, {"x0": LEFT + 24}) for text in (one, two)], *signed]
    layout, _ = arrange(make_source([make_page(1, rows)]))
    assert {one, two} <= {block.text.text for block in layout.blocks}
