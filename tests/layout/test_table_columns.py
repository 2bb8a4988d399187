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


def test_a_gap_inside_a_span_parts_columns() -> None:
    rows = [_row(1, 225, (80, "日期"), (200, "議題"), (340, "結果"))]
    for i in range(3):
        cells = (80, f"199{i}"), (200, prose(13, i) + "+通過")
        rows += [_row(1, 245 + 36 * i, *cells), _row(1, 260 + 36 * i, (200, "甲丙"))]
    rows[1:] = [_stretched(line) for line in rows[1:]]
    around = [*paragraph(4), ("表 1 聽證", {"centre": True, "top": 200.0})]
    (table,) = _tables(_page(1, around, rows, _across(220, 240, 360)))
    assert table[1] == ("1990", prose(13) + "甲丙", "通過")


def _stretched(line: Line) -> Line:
    """The line with a gap of one em where a span holds a blank."""
    spans = [Span(s.text, s.x0, s.x1 + 5 * (" " in s.text), s.font, s.size) for s in line.spans]
    return Line(line.text, 1, line.number, line.x0, line.top, spans[-1].x1, line.bottom, tuple(spans))


def test_rows_that_wrap_in_the_first_column_too() -> None:
    rows = [_row(1, 225, (80, "案號"), (200, "要旨"))]
    for i in range(3):
        rows += [_row(1, 246 + 36 * i, (80, f"199{i} 年第"), (200, prose(28, i))),
                 _row(1, 261 + 36 * i, (80, "十號"), (200, "甲丙"))]
    around = [*paragraph(4), ("表 1 判決", {"centre": True, "top": 200.0})]
    (table,) = _tables(_page(1, around, rows, _across(220, 241, 352)))
    assert table == (("案號", "要旨"), *((f"199{i} 年第十號", prose(28, i) + "甲丙") for i in range(3)))


def test_a_column_read_apart_belongs_to_its_table() -> None:
    rows = [_row(1, 225 + 20 * i, (80, f"公約{i}"), (160, "義務")) for i in range(4)]
    right = [_row(1, 225 + 20 * i, (475, f"罰則{i}")) for i in range(4)]
    around = [("表 1 各公約之義務", {"centre": True, "top": 200.0, "x0": 220.0}),
              *[(text, {**style, "top": 340.0 + 20 * i}) for i, (text, style) in enumerate(paragraph(5))]]
    lines = [*make_page(1, around).lines[:1], *rows, *make_page(1, around).lines[1:], *right]
    numbered = [Line(o.text, 1, i, o.x0, o.top, o.x1, o.bottom, o.spans) for i, o in enumerate(lines, 1)]
    (table,) = _tables(Page(1, 595.0, 842.0, tuple(numbered)))
    assert table == tuple((f"公約{i}", "義務", f"罰則{i}") for i in range(4))


def test_the_rest_of_a_row_overleaf_has_no_stroke_above() -> None:
    xs = (80.0, 120.0, 250.0, 480.0)
    rest = (125, "甲國"), (255, "駁回")
    first = _page(1, [*paragraph(4), ("表 1 案件", {"top": 580.0})],
                  [_row(1, 605 + 24 * i, (85, str(i)), *(rest if i < 4 else ())) for i in range(5)],
                  [Rule(xs[0], 600 + 24 * i, xs[-1], 600.5 + 24 * i) for i in range(6)]
                  + [Rule(x, 600, x + 0.5, 720) for x in xs])
    second = _page(2, [*[(t, {**s, "top": 200.0 + 20 * i}) for i, (t, s) in enumerate(paragraph(4))]],
                   [_row(2, 85, (125, "乙國"), (255, "受理"))],
                   [Rule(xs[0], 104, xs[-1], 104.5), *(Rule(x, 80, x + 0.5, 104) for x in xs)])
    (table,) = _tables(first, second)
    assert table[-1] == ("4", "乙國", "受理")


def test_a_head_repeated_inside_a_row_stays_a_row() -> None:
    head = ((80, "變數"), (200, "定義"), (420, "來源"))
    rows = [_row(1, 705, *head), _row(1, 725, (80, "距離"), (200, prose(20, 3)), (420, "年報")),
            _row(1, 745, (80, "費率"), (200, prose(20)), (420, "年報"))]
    first = _page(1, [*paragraph(29), ("表 1 變數", {"centre": True, "top": 680.0})], rows, _across(700, 720, 765))
    last = (80, "運量"), (200, "乙。"), (420, "年報")
    again = [_row(2, 85, *head), _row(2, 100, (200, "甲丙。")), _row(2, 125, *last)]
    around = [(text, {**style, "top": 200.0 + 20 * i}) for i, (text, style) in enumerate(paragraph(5))]
    (table,) = _tables(first, _page(2, around, again, _across(80, 98, 145)))
    assert table[2:] == (("費率", prose(20) + "甲丙。", "年報"), ("運量", "乙。", "年報"))
