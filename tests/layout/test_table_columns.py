"""Tables whose columns show only in part, and tables on left and right pages."""

from __future__ import annotations

from sco_docs.layout import arrange
from sco_docs.model import Line, Page, Rule, Span
from tests.layout.conftest import LEFT, RIGHT, make_line, make_page, make_source, paragraph, prose

Cell = tuple[float, str]


def _row(number: int, top: float, *cells: Cell) -> Line:
    """A line of cells, each a span of its own from its left edge on; two cells joined by ``+`` are one span."""
    spans: list[Span] = []
    for x, text in cells:
        solid = text.replace("+", " ")
        spans.append(Span(solid, x, x + 10 * sum(1.0 if ord(c) > 255 else 0.5 for c in solid), "F", 10.0))
    text = " ".join(span.text for span in spans)
    return Line(text, 1, number, spans[0].x0, top, spans[-1].x1, top + 10, tuple(spans))


def _page(number: int, around: list, rows: list[Line], rules: list[Rule]) -> Page:
    lines = sorted([*make_page(number, around).lines, *rows], key=lambda line: line.top)
    numbered = [Line(o.text, number, i, o.x0, o.top, o.x1, o.bottom, o.spans) for i, o in enumerate(lines, 1)]
    return Page(number, 595.0, 842.0, tuple(numbered), rules=tuple(rules))


def _across(*tops: float) -> list[Rule]:
    return [Rule(LEFT, top, RIGHT, top + 0.8) for top in tops]


def _tables(*pages: Page) -> list[tuple[tuple[str, ...], ...]]:
    layout, _ = arrange(make_source(pages))
    return [block.table.rows for block in layout.blocks if block.table]


def test_the_heads_of_columns_tell_where_close_cells_part() -> None:
    rows = [_row(1, 225, (80, "項目"), (200, "內容"), (311, "頻率"))]
    for i in range(3):
        rows += [_row(1, 245 + 45 * i, (80, "船體"), (200, prose(10, i) + "+每年")),
                 _row(1, 260 + 45 * i, (200, prose(10, i + 4))), _row(1, 275 + 45 * i, (200, prose(5, i)))]
    around = [*paragraph(4), ("表 1 檢查", {"centre": True, "top": 200.0})]
    (table,) = _tables(_page(1, around, rows, _across(220, 240, 385)))
    assert table[0] == ("項目", "內容", "頻率")
    assert table[1] == ("船體", prose(10) + prose(10, 4) + prose(5), "每年")
    assert len(table) == 4


def test_a_row_that_wraps_in_all_columns_but_the_first_is_one() -> None:
    rows = [_row(1, 225, (80, "項目"), (200, "公約"), (350, "慣例"))]
    for i in range(3):
        rows += [_row(1, 245 + 34 * i, (80, "運費"), (200, prose(13, i)), (350, prose(13, i + 9))),
                 _row(1, 261 + 34 * i, (200, "甲丙"), (350, "乙丙"))]
    around = [*paragraph(4), ("表 1 提單", {"centre": True, "top": 200.0})]
    (table,) = _tables(_page(1, around, rows, _across(220, 240, 343)))
    assert [len(row) for row in table] == [3] * 4
    assert table[2] == ("運費", prose(13, 1) + "甲丙", prose(13, 10) + "乙丙")


def test_a_rule_at_the_foot_of_the_page_ends_no_table() -> None:
    rows = [_row(1, 225 + 20 * i, (80, f"甲{i}"), (250, "十國"), (400, "丙")) for i in range(4)]
    below = [(text, {**style, "top": 340.0 + 20 * i}) for i, (text, style) in enumerate(paragraph(9))]
    around = [*paragraph(4), ("表 1 成員", {"centre": True, "top": 200.0}), *below]
    (table,) = _tables(_page(1, around, rows, _across(220, 241, 305, 780)))
    assert len(table) == 4


def _ruled(number: int, left: float, top: float, rows: list[tuple[str, ...]], around: list) -> Page:
    xs, ys = [left, left + 200, left + 400], [top + 24 * i for i in range(len(rows) + 1)]
    lines = [make_line(text, number, 1, y + 5, x0=x + 5, size=10.0)
             for y, row in zip(ys, rows, strict=False) for x, text in zip(xs, row, strict=False)]
    rules = [Rule(xs[0], y, xs[-1], y + 0.5) for y in ys] + [Rule(x, ys[0], x + 0.5, ys[-1]) for x in xs]
    return _page(number, around, lines, rules)


def test_head_rows_are_repeated_and_pages_have_other_margins() -> None:
    heads = [("受檢", "滯留"), ("本國", "外國")]
    first = _ruled(1, 80, 600, [*heads, ("甲一", "三"), ("乙二", "四")], [*paragraph(4), ("表 1 船", {"top": 580.0})])
    second = _ruled(2, 108, 90, [*heads, ("丙三", "五")], [("資料來源：年報。", {"top": 180.0, "size": 10.0})])
    assert _tables(first, second) == [(*heads, ("甲一", "三"), ("乙二", "四"), ("丙三", "五"))]
