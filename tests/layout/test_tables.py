"""Tables: ruled grids with merged cells, tables over pages, tables without walls; captions and sources."""

from __future__ import annotations

import pytest

from sco_docs.layout import arrange
from sco_docs.layout.grid import find_grids
from sco_docs.model import Rule
from tests.layout.conftest import LEFT, Row, make_line, make_page, make_source, paragraph


def _h(y: float, x0: float, x1: float) -> Rule:
    return Rule(x0, y, x1, y + 0.5)


def _v(x: float, y0: float, y1: float) -> Rule:
    return Rule(x, y0, x + 0.5, y1)


def _box(xs: list[float], ys: list[float]) -> list[Rule]:
    return [_h(y, xs[0], xs[-1]) for y in ys] + [_v(x, ys[0], ys[-1]) for x in xs]


def test_merged_cells_are_one() -> None:
    rules = [_h(y, 100, 400) for y in (100, 140)] + [
        _h(120, 200, 400),
        _v(100, 100, 140),
        _v(200, 100, 140),
        _v(300, 120, 140),
        _v(400, 100, 140),
    ]
    (grid,) = find_grids(rules)
    assert grid.owner == (((0, 0), (0, 1), (0, 1)), ((0, 0), (1, 1), (1, 2)))


def test_open_sides_and_frames() -> None:
    rules = [_h(y, 100, 400) for y in (100, 120, 140)] + [_v(250, 100, 140)]
    (grid,) = find_grids(rules)
    assert len(grid.xs) == len(grid.ys) == 3
    assert find_grids(_box([100, 400], [100, 140])) == ()


def _table_page(number: int, top: float, rows: list[tuple[str, str]], around: list) -> object:
    ys = [top + 24 * i for i in range(len(rows) + 1)]
    xs = [LEFT, 200.0, 500.0]
    page = make_page(number, around, _box(xs, ys))
    lines = list(page.lines)
    for y, row in zip(ys, rows, strict=False):
        for x, text in zip(xs, row, strict=False):
            if text:
                lines.append(make_line(text, number, len(lines) + 1, y + 5, x0=x + 5, size=10.0))
    lines.sort(key=lambda line: line.top)
    numbered = [
        type(line)(line.text, number, i + 1, line.x0, line.top, line.x1, line.bottom, line.spans)
        for i, line in enumerate(lines)
    ]
    return type(page)(number, page.width, page.height, tuple(numbered), rules=page.rules)


def test_caption_source_and_marker() -> None:
    around = [
        *paragraph(4),
        ("表 2-1：成員與年份。", {"centre": True, "top": 200.0}),
        ("資料來源：作者整理。", {"top": 300.0, "size": 10.0}),
        ("^1^觀察員。", {"size": 9.0, "top": 700.0}),
    ]
    page = _table_page(1, 220.0, [("國別", "年份"), ("甲國^1^", "1998"), ("乙國", "2001")], around)
    layout, _ = arrange(make_source([page]))
    block = next(b for b in layout.blocks if b.table)
    assert (block.table.id, block.table.caption, block.table.source_note) == (
        "表 2-1",
        "成員與年份。",
        "資料來源：作者整理。",
    )
    assert block.table.rows == (("國別", "年份"), ("甲國", "1998"), ("乙國", "2001"))
    assert [b.kind for b in layout.blocks] == ["paragraph", "caption", "table", "source_note"]
    assert layout.notes[0].context.endswith("甲國")


def test_a_table_over_two_pages_is_one_and_its_header_stands_once() -> None:
    first = _table_page(
        1,
        600.0,
        [("時間", "事項"), ("1998", "簽署綱領"), ("1999", "擴大成員並且")],
        [*paragraph(4), ("表 1 大事", {"centre": True, "top": 580.0})],
    )
    second = _table_page(
        2, 80.0, [("時間", "事項"), ("", "設立秘書處"), ("2001", "簽署協定")], [("此後無事可記。", {"top": 300.0})]
    )
    layout, _ = arrange(make_source([first, second]))
    tables = [b.table for b in layout.blocks if b.table]
    assert [t.rows for t in tables] == [
        (("時間", "事項"), ("1998", "簽署綱領"), ("1999", "擴大成員並且設立秘書處"), ("2001", "簽署協定")),
    ]
    assert [(f.kind, f.text) for f in layout.furniture] == [("head", "時間 事項")]


def test_rows_between_rules() -> None:
    rows = [
        *paragraph(4),
        ("表 1-1 出資比例", {"centre": True, "top": 200.0}),
        ("國別|1998 年|2008 年", {"top": 225.0}),
        ("甲國|35.2|28.4", {"top": 245.0}),
        ("乙國|22.1|30.0", {"top": 265.0}),
        ("資料來源：年報。", {"top": 290.0, "size": 10.0}),
    ]
    rules = [_h(y, LEFT, 500.0) for y in (220.0, 241.0, 282.0)]
    layout, _ = arrange(make_source([make_page(1, rows, rules)]))
    table = next(b.table for b in layout.blocks if b.table)
    assert table.rows == (("國別", "1998 年", "2008 年"), ("甲國", "35.2", "28.4"), ("乙國", "22.1", "30.0"))
    assert (table.id, table.source_note) == ("表 1-1", "資料來源：年報。")


def test_columns_that_only_stand_in_line() -> None:
    rows = [
        *paragraph(4),
        ("Table 3. Members", {"centre": True, "top": 200.0}),
        ("Country|Year", {"top": 225.0}),
        ("Alpha  |1998", {"top": 245.0}),
        ("Betaaaa|2001", {"top": 265.0}),
        *[(t, {**s, "top": 320.0 + 20 * i}) for i, (t, s) in enumerate(paragraph(3))],
    ]
    layout, _ = arrange(make_source([make_page(1, rows)]))
    table = next(b.table for b in layout.blocks if b.table)
    assert (table.id, table.caption) == ("Table 3", "Members")
    assert table.rows == (("Country", "Year"), ("Alpha", "1998"), ("Betaaaa", "2001"))


@pytest.mark.parametrize("again", ["續表 1 大事", "表 1 大事（續）", "表 1 大事", "表 1（續）"])
def test_a_caption_that_stands_again_begins_no_other_table(again: str) -> None:
    first = _table_page(
        1,
        600.0,
        [("1998", "簽署綱領"), ("1999", "擴大成員。")],
        [*paragraph(4), ("表 1 大事", {"centre": True, "top": 580.0})],
    )
    second = _table_page(2, 120.0, [("2000", "設立秘書處"), ("2001", "簽署協定")], [(again, {"centre": True})])
    layout, _ = arrange(make_source([first, second]))
    tables = [b.table for b in layout.blocks if b.table]
    assert [(t.id, t.caption, len(t.rows)) for t in tables] == [("表 1", "大事", 4)]


def test_two_captions_two_tables() -> None:
    first = _table_page(1, 600.0, [("1998", "甲"), ("1999", "乙")], [("表 1 大事", {"centre": True, "top": 580.0})])
    second = _table_page(2, 120.0, [("2000", "丙"), ("2001", "丁")], [("表 2 小事", {"centre": True})])
    layout, _ = arrange(make_source([first, second]))
    assert [b.table.id for b in layout.blocks if b.table] == ["表 1", "表 2"]


@pytest.mark.parametrize("again", ["續表1", "表 1（續）", "续表1"])
def test_a_table_goes_on_under_its_caption_said_again(again: str) -> None:
    caption = "表1 大事" if again.endswith("1") else "表 1 大事"
    rows = [("時間", "事項"), ("1998", "簽署綱領"), ("1999", "擴大成員")]
    first = _table_page(1, 600.0, rows, [*paragraph(4), (caption, {"centre": True, "top": 580.0})])
    second = _table_page(
        2,
        110.0,
        [("時間", "事項"), ("2001", "簽署協定")],
        [(again, {"centre": True, "top": 90.0}), ("資料來源：年報。", {"top": 160.0, "size": 10.0})],
    )
    layout, _ = arrange(make_source([first, second]))
    tables = [b.table for b in layout.blocks if b.table]
    assert [(t.caption, len(t.rows), t.source_note) for t in tables] == [("大事", 4, "資料來源：年報。")]
    assert {b.kind for b in layout.blocks if "表" in b.text.text[:3]} == {"caption"}


def _open_rows(first: int, last: int, top: float) -> list[Row]:
    return [(f"甲國{n}|{1900 + n}|共{n}萬", {"top": top + 20.0 * (n - first)}) for n in range(first, last + 1)]


def test_rows_without_walls_go_on_overleaf() -> None:
    first = make_page(1, [*paragraph(4), ("表 1 人口", {"centre": True, "top": 640.0}), *_open_rows(11, 15, 660.0)])
    second = make_page(2, [*_open_rows(16, 18, 80.0), ("資料來源：年報。", {"top": 150.0, "size": 10.0})])
    layout, _ = arrange(make_source([first, second]))
    tables = [b.table for b in layout.blocks if b.table]
    assert [(t.id, len(t.rows), t.source_note) for t in tables] == [("表 1", 8, "資料來源：年報。")]


def test_a_caption_at_the_foot_names_the_rows_overleaf() -> None:
    first = make_page(1, [*paragraph(4), ("表 1 人口", {"centre": True, "top": 740.0})])
    second = make_page(
        2, [*_open_rows(11, 14, 80.0), *[(t, {**r, "top": 200.0 + 20 * i}) for i, (t, r) in enumerate(paragraph(4))]]
    )
    layout, _ = arrange(make_source([first, second]))
    assert [(b.table.id, len(b.table.rows)) for b in layout.blocks if b.table] == [("表 1", 4)]


def test_two_cells_given_as_one_part_are_cut_at_the_wall() -> None:
    rows = [*paragraph(4), ("表 1 人口", {"centre": True, "top": 200.0}), *_open_rows(11, 15, 225.0)]
    page = make_page(1, rows)
    lines = list(page.lines)
    at = next(i for i, line in enumerate(lines) if line.text.startswith("甲國13"))
    one, two, three = lines[at].spans
    joined = type(one)("國民生產毛額百 1913", 80.0 + 12 * 0, two.x1, one.font, one.size)
    lines[at] = type(lines[at])(
        f"{joined.text} {three.text}",
        1,
        lines[at].number,
        80.0,
        lines[at].top,
        lines[at].x1,
        lines[at].bottom,
        (joined, three),
    )
    layout, _ = arrange(make_source([type(page)(1, page.width, page.height, tuple(lines))]))
    table = next(b.table for b in layout.blocks if b.table)
    assert table.rows[2] == ("國民生產毛額百", "1913", "共13萬")
