"""Notes leave the flow; their markers leave the text and are remembered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sco_docs.layout import arrange
from sco_docs.model import Rule
from tests.layout.conftest import LEFT, make_page, make_source, paragraph, prose

SMALL = {"size": 9.0}


def _rule(top: float) -> Rule:
    return Rule(LEFT, top, LEFT + 140, top + 0.6)


def _with_notes(number: int, marked: list[str], notes: list[str], rule: bool = True):
    rows = [(text, {"x0": LEFT + 24}) for text in marked] + paragraph(14, number)
    foot = [(text, {**SMALL, "top": 700.0 + 14 * i}) for i, text in enumerate(notes)]
    return make_page(number, [*rows, *foot], [_rule(692.0)] if rule else [])


@pytest.mark.parametrize("rule", [True, False])
def test_number_text_and_context(rule: bool) -> None:
    page = _with_notes(
        1,
        ["各方於一九九八年簽署綱領^1^，並於次年生效。", "成員共五國^2^。"],
        ["^1^關於日期說法不一。", "^2^甲、乙、丙、丁、戊。"],
        rule,
    )
    layout, problems = arrange(make_source([page]))
    assert [(n.label, n.text.text, n.context) for n in layout.notes] == [
        ("1", "關於日期說法不一。", "各方於一九九八年簽署綱領"),
        ("2", "甲、乙、丙、丁、戊。", "成員共五國"),
    ]
    assert layout.blocks[0].text.text == "各方於一九九八年簽署綱領，並於次年生效。"
    assert layout.blocks[0].text.notes[0].offset == 12
    assert problems == ()


def test_a_note_that_runs_over_the_page_is_one_note() -> None:
    first = _with_notes(1, ["成員共五國^1^。"], ["^1^" + prose(40)])
    second = _with_notes(2, ["秘書處設於甲國^2^。"], [prose(12, 7) + "。", "^2^設於首都。"])
    layout, _ = arrange(make_source([first, second]))
    assert [(n.label, len(n.text.text), n.page) for n in layout.notes] == [("1", 53, 1), ("2", 5, 2)]


@pytest.mark.parametrize(("one", "two"), [("①", "②"), ("*", "†"), ("1", "2")])
def test_labels_start_again_on_every_page(one: str, two: str) -> None:
    pages = [
        _with_notes(
            n, [f"{prose(9, 9 * n)}甲說^{one}^。", f"乙說^{two}^。"], [f"^{one}^第{n}頁甲。", f"^{two}^第{n}頁乙。"]
        )
        for n in (1, 2, 3)
    ]
    layout, problems = arrange(make_source(pages))
    assert [(n.label, n.text.text, n.context[-2:]) for n in layout.notes] == [
        note for n in (1, 2, 3) for note in ((one, f"第{n}頁甲。", "甲說"), (two, f"第{n}頁乙。", "乙說"))
    ]
    assert len({n.id for n in layout.notes}) == 6
    assert problems == ()


def test_a_marker_set_on_the_line_is_found() -> None:
    page = _with_notes(1, ["甲說①確有其事。"], ["①見前書。"])
    layout, _ = arrange(make_source([page]))
    assert layout.notes[0].context == "甲說"
    assert layout.blocks[0].text.text == "甲說確有其事。"


def test_a_power_is_no_marker() -> None:
    page = _with_notes(1, ["面積為 30 km^2^。"], ["^1^無人呼叫。"])
    layout, problems = arrange(make_source([page]))
    assert layout.blocks[0].text.text == "面積為 30 km2。"
    assert [p.code for p in problems] == ["note-without-marker"]


def test_markers_that_count_are_taken_out_though_their_notes_are_lost() -> None:
    page = make_page(1, [("綱領^7^", {"centre": True}), *paragraph(4), ("憲章^8^", {"centre": True}), *paragraph(4)])
    layout, problems = arrange(make_source([page]))
    assert layout.blocks[0].text.text == "綱領"
    assert [n.label for n in layout.notes] == ["7", "8"]
    assert {p.code for p in problems} == {"marker-without-note"}


def test_endnotes_under_a_heading() -> None:
    first = make_page(1, [("甲說^1^，乙說^2^。", {"x0": LEFT + 24}), *paragraph(9)])
    last = make_page(
        2,
        [
            *paragraph(4),
            ("註釋", {"bold": True, "size": 14.0}),
            "1. 見甲書。",
            "2. 見乙書，",
            "又見丙書。",
            ("參考文獻", {"bold": True, "size": 14.0}),
            "王某某，1999，《書》。",
        ],
    )
    layout, problems = arrange(make_source([first, last]))
    assert [(n.label, n.text.text, n.context) for n in layout.notes] == [
        ("1", "見甲書。", "甲說"),
        ("2", "見乙書，又見丙書。", "甲說，乙說"),
    ]
    assert [b.text.text for b in layout.blocks][-3:] == ["註釋", "參考文獻", "王某某，1999，《書》。"]
    assert problems == ()


def test_small_notes_at_the_end_of_a_part_begin_with_the_first_label_called() -> None:
    first = make_page(1, [("甲說^69^，乙說^70^。", {"x0": LEFT + 24}), *paragraph(9)])
    small: dict[str, float | bool | str] = {"size": 9.0}
    last = make_page(2, [*paragraph(6), ("69 見甲書。", small), ("70 見乙書，", small), ("又見。", small)])
    layout, problems = arrange(make_source([first, last]))
    assert [(n.label, n.text.text, n.context) for n in layout.notes] == [
        ("69", "見甲書。", "甲說"),
        ("70", "見乙書，又見。", "甲說，乙說"),
    ]
    assert problems == ()


def test_raised_citations_by_number_call_no_note() -> None:
    page = _with_notes(1, ["此說由來已久^[1]^，各方於一九九八年簽署綱領^1^。"], ["^1^關於日期說法不一。"])
    layout, _ = arrange(make_source([page]))
    assert [(n.label, n.context[-4:]) for n in layout.notes] == [("1", "簽署綱領")]
    assert layout.blocks[0].text.text == "此說由來已久[1]，各方於一九九八年簽署綱領。"


def test_lowered_figures_call_no_note() -> None:
    page = make_page(1, [("採 R^1^ + R^2^ + R^3^ 之和", {"x0": LEFT}), *paragraph(6)])
    lines = [replace(line, spans=tuple(replace(span, superscript=False) for span in line.spans)) for line in page.lines]
    layout, _ = arrange(make_source([replace(page, lines=tuple(lines))]))
    assert layout.blocks[0].text.text == "採 R1 + R2 + R3 之和"
    assert not layout.notes
