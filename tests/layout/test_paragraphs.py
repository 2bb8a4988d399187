"""Lines become paragraphs by indent, fullness, spacing and style."""

from __future__ import annotations

from sco_docs.layout import arrange
from tests.layout.conftest import LEFT, PITCH, Row, make_line, make_page, make_source, paragraph, prose


def _texts(*pages, kind: str = "application/pdf"):
    layout, _ = arrange(make_source(pages, kind))
    return [block.text.text for block in layout.blocks]


def test_first_line_indents() -> None:
    rows = paragraph(4) + paragraph(3, 7) + paragraph(5, 11)
    assert [len(t) for t in _texts(make_page(1, rows))] == [33 + 35 * 2 + 11, 33 + 35 + 11, 33 + 35 * 3 + 11]


def test_a_paragraph_goes_on_over_the_page() -> None:
    whole = [*paragraph(6), *paragraph(8, 3)]
    texts = _texts(make_page(1, whole[:9]), make_page(2, whole[9:]))
    assert [len(t) for t in texts] == [33 + 35 * 4 + 11, 33 + 35 * 6 + 11]


def test_hanging_indents_make_one_entry_each() -> None:
    rows = [("參考文獻", {"bold": True, "size": 18.0, "centre": True})]
    for i in range(6):
        rows += [(prose(35, i), {}), (prose(9, i) + "。", {"x0": LEFT + 24}), (prose(20, 2 * i) + "。", {})]
    texts = _texts(make_page(1, rows))
    assert len(texts) == 13


def test_a_full_single_line_entry_does_not_swallow_the_next() -> None:
    rows = [(prose(35, 0), {}), (prose(9) + "。", {"x0": LEFT + 24})] * 3
    rows += [(prose(34, 4) + "。", {}), (prose(34, 9) + "。", {})]
    assert len(_texts(make_page(1, rows))) == 5


def test_items_and_quotations() -> None:
    rows = [
        *paragraph(3),
        ("一、" + prose(8) + "。", {"x0": LEFT + 24}),
        ("二、" + prose(8, 4) + "。", {"x0": LEFT + 24}),
        *paragraph(3, 5),
        (prose(30, 2), {"x0": LEFT + 36}),
        (prose(30, 9), {"x0": LEFT + 36}),
        (prose(12, 9) + "。", {"x0": LEFT + 36}),
        *paragraph(4, 9),
    ]
    layout, _ = arrange(make_source([make_page(1, rows)]))
    assert [b.kind for b in layout.blocks] == ["paragraph"] * 4 + ["quote", "paragraph"]


def test_a_table_inside_a_paragraph_comes_after_it() -> None:
    head = [(prose(33, 6), {"x0": LEFT + 24}), (prose(35, 3), {})]
    tail = [(prose(35, 8), {"top": 400.0}), (prose(7) + "。", {})]
    cells = [("表 1 成員", {"centre": True, "top": 180.0}), ("國別|年份", {"top": 220.0}), ("甲國|1998", {})]
    layout, _ = arrange(
        make_source([make_page(1, [*paragraph(4), *paragraph(4, 8)]), make_page(2, [*head, *cells, *tail])])
    )
    assert [b.kind for b in layout.blocks] == ["paragraph"] * 3 + ["caption", "table"]
    assert len(layout.blocks[2].text.text) == 33 + 35 * 2 + 8


def test_columns_are_read_one_after_the_other() -> None:
    lines = [make_line("摘要", 1, 1, 80.0, size=16.0, centre=True)]
    for x0 in (80.0, 332.0):
        for i in range(6):
            text = prose(14, i) if i % 3 else prose(12, i)
            start = x0 + (0 if i % 3 else 24)
            if i % 3 == 2:
                text = prose(5, i) + "。"
            lines.append(make_line(text, 1, len(lines) + 1, 120.0 + PITCH * i, x0=start))
    page = make_page(1, [])
    filled = type(page)(1, page.width, page.height, tuple(lines))
    layout, _ = arrange(make_source([filled]))
    assert [len(b.text.text) for b in layout.blocks] == [2, 32, 32, 32, 32]
    assert layout.blocks[0].align == "center"


def test_without_pages_of_its_own_every_line_is_a_paragraph() -> None:
    rows = [(prose(33), {"x0": LEFT + 24}), (prose(30, 3), {"x0": LEFT + 24}), (prose(33, 5), {"x0": LEFT + 24})]
    assert len(_texts(make_page(1, rows), kind="text/html")) == 3


def test_vertical_columns_are_lines() -> None:
    page = make_page(1, [])
    lines = []
    for i in range(9):
        x1, top, count = 500.0 - 24 * i, 80.0 if i % 3 else 104.0, 20 if i % 3 else 18
        count = 6 if i % 3 == 2 else count
        text = prose(count, i)
        line = make_line(text, 1, i + 1, top)
        lines.append(type(line)(text, 1, i + 1, x1 - 12, top, x1, top + 12 * count, line.spans, vertical=True))
    assert [len(t) for t in _texts(type(page)(1, page.width, page.height, tuple(lines)))] == [44, 44, 44]


def test_a_name_under_a_motto_is_no_beginning_of_the_text() -> None:
    rows = [
        (prose(30, 2), {"x0": LEFT + 36}),
        (prose(9, 9) + "。", {"x0": LEFT + 36}),
        ("王某某，《山海論》", {"x0": 392.0}),
        *paragraph(4, 9),
    ]
    assert [len(t) for t in _texts(make_page(1, rows))][-2:] == [9, 33 + 35 * 2 + 11]


def test_a_chapter_named_at_the_start_of_a_line_heads_nothing() -> None:
    begun = prose(22)
    rows = [(begun + "，此事之來由已見於本文", {"x0": LEFT + 24}), ("第一章" + prose(30, 5) + "。", {}), *paragraph(3)]
    rows += [(prose(21) + "；其詳細之說明請參見於", {"x0": LEFT + 24}), ("Appendix A。" + prose(20, 3) + "。", {})]
    texts = _texts(make_page(1, rows))
    assert any("見於本文第一章" in t for t in texts)
    assert any("參見於 Appendix A。" in t or "參見於Appendix A。" in t for t in texts)


def test_a_line_above_lines_that_stand_closer_is_a_paragraph_of_its_own() -> None:
    rows = [*paragraph(6), (prose(35), {"top": 320.0})]
    rows += [(prose(35, n), {"top": 347.0 + 13 * n}) for n in range(4)]
    assert prose(35) in _texts(make_page(1, rows))


def test_space_alone_sets_paragraphs_apart() -> None:
    rows, sizes = [], []
    for i in range(12):
        last = 34 if i == 3 else 8 + i
        rows += [(prose(35, i), {"gap": 5.0 if i else 0.0}), *[(prose(35, i + k), {}) for k in range(4)]]
        rows.append((prose(last, i + 7) + "。", {}))
        sizes.append(35 * 5 + last + 1)
    assert [len(t) for t in _texts(make_page(1, rows[:36]), make_page(2, rows[36:]))] == sizes


def test_ragged_lines_go_on_inside_a_sentence() -> None:
    rows = [
        ("The member states shall cooperate in the fields of fisheries, navigation", {"x0": LEFT + 24}),
        ("and meteorology, and shall exchange the information which they", {}),
        ("hold on these matters without delay.", {}),
        *paragraph(3),
    ]
    assert len(_texts(make_page(1, rows))) == 2


def test_a_title_that_says_the_heading_again_and_an_item_after_a_full_line_stand_alone() -> None:
    rows = [
        ("附件一 港口與船舶之往來以及航行安全之協定（一九九九年）", {"centre": True, "bold": True}),
        ("港口與船舶之往來以及航行安全之協定^①^", {"centre": True, "bold": True}),
        (prose(32) + "。", {"x0": LEFT + 24}),
        ("1. 檢查組", {}),
        (prose(15) + "。", {"x0": LEFT + 24}),
    ]
    rows += paragraph(4)
    texts = _texts(make_page(1, rows))
    assert texts[0].endswith("（一九九九年）")
    assert "1. 檢查組" in texts


def test_indented_lines_of_one_length_that_all_end_in_punctuation_are_paragraphs() -> None:
    clauses = [(prose(25, 2 * n) + "，", {"x0": LEFT + 24}) for n in range(3)]
    texts = _texts(make_page(1, [*paragraph(6), *clauses, *paragraph(6, 9)]))
    assert [t for t in texts if t.endswith("，")] == [text for text, _ in clauses]


def test_a_book_with_two_margins_may_begin_on_either_side() -> None:
    pages = []
    for n in range(1, 13):
        shift = 28.0 if (n > 3) == (n % 2 == 0) else 0.0
        rows = [(prose(33, 5 * n), {"x0": LEFT + 24 + shift})]
        rows += [(prose(35, 5 * n + 3 * k), {"x0": LEFT + shift}) for k in range(14)]
        rows.append((prose(34 if n % 3 else 9, n) + "。", {"x0": LEFT + shift}))
        pages.append(make_page(n, rows))
    assert len(_texts(*pages)) == 12


def test_paragraphs_set_apart_by_space_though_some_of_them_are_full() -> None:
    pages = []
    for page in range(1, 4):
        rows: list[Row] = []
        for n in range(8):
            full, short = prose(34, 5 * n + page) + "。", prose(12, n + page) + "。"
            rows += [(full, {"gap": 9.0})] if n % 4 == 1 else []
            rows += [(prose(35, 7 * n + page), {"gap": 9.0}), (prose(35, 4 * n), {}), (short, {})]
        pages.append(make_page(page, rows))
    assert len(_texts(*pages)) == 3 * (8 + 2)
