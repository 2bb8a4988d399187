"""Nothing printed is lost: every character stands once in blocks, notes or furniture, or is a marker or leader."""

from __future__ import annotations

import gc
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_docs import sequences
from sco_docs.chinese.texts import place_at
from sco_docs.layout import arrange
from sco_docs.layout.join import HYPHEN_CHANGE
from sco_docs.model import Layout, Line, Rule
from sco_docs.sequences import Packed
from tests.layout.conftest import LEFT, make_page, make_source, prose

ANY = st.text(alphabet="山海互助一二第章條表圖0123.-—：。，、（）()[]①*abcAB/|^ ．…註", min_size=1, max_size=40)
SAID = [
    "表 1 成員",
    "圖 2.1　地圖",
    "資料來源：甲書。",
    "註：乙。",
    "單位：人",
    "註釋",
    "1. 甲",
    "^1^乙",
    "甲^1^",
    "第一章　丙",
    "甲國|1998|丙",
    "丙|丁",
    "緒論........3",
    "表 1（續）",
    "https://example.org/a/",
    "b.html",
    "post-",
    "war",
    "4",
]
TEXT = st.one_of(ANY.filter(str.strip), st.sampled_from(SAID))
STYLE = st.fixed_dictionaries(
    {},
    optional={
        "x0": st.sampled_from([LEFT, LEFT + 24, LEFT + 48, 300.0]),
        "size": st.sampled_from([9.0, 12.0, 16.0]),
        "bold": st.booleans(),
        "gap": st.sampled_from([0.0, 12.0, 60.0]),
    },
)
PAGES = st.lists(st.lists(st.tuples(TEXT, STYLE), max_size=14), min_size=1, max_size=4)
RULES = st.lists(
    st.builds(
        lambda x, y, w, h: Rule(x, y, x + w, y + h),
        st.sampled_from([80.0, 200.0, 300.0]),
        st.integers(70, 400).map(float),
        st.sampled_from([0.5, 120.0, 220.0]),
        st.sampled_from([0.5, 60.0]),
    ),
    max_size=8,
)


def _solid(text: str) -> Counter[str]:
    return Counter(c for c in text if not c.isspace())


def _kept(layout: Layout) -> Counter[str]:
    texts = [block.text for block in layout.blocks] + [note.text for note in layout.notes]
    kept = sum((_solid(text.text) for text in texts), Counter())
    dropped = (c.printed for text in texts for c in text.changes if c.kind == HYPHEN_CHANGE)
    return kept + _solid("".join(dropped)) + _solid("".join(item.text for item in layout.furniture))


@settings(derandomize=True, deadline=None, max_examples=150)
@given(PAGES, RULES)
def test_every_character_stands_once(pages: list, rules: list[Rule]) -> None:
    source = make_source(
        [make_page(i + 1, [(t.strip("^|") or "空", s) for t, s in rows], rules) for i, rows in enumerate(pages)]
    )
    layout, _ = arrange(source)
    printed = sum((_solid(line.text) for page in source.pages for line in page.lines), Counter())
    kept = _kept(layout)
    labels = _solid("".join(note.label for note in layout.notes))
    free = Counter({c: n for c, n in printed.items() if c in ".．…‥·-—─_:：、"}) + labels + labels
    assert not kept - printed
    assert not (printed - kept) - free
    for block in layout.blocks:
        assert all(0 <= mark.offset <= len(block.text.text) for mark in block.text.notes)
        assert [start.offset for start in block.text.lines] == sorted(start.offset for start in block.text.lines)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(PAGES)
def test_every_piece_of_text_keeps_the_place_where_it_is_printed(pages: list) -> None:
    source = make_source(
        [make_page(i + 1, [(t.strip("^|") or "空", s) for t, s in rows]) for i, rows in enumerate(pages)]
    )
    layout, _ = arrange(source)
    printed = {(line.page, line.number): line.text for page in source.pages for line in page.lines}
    for text in [*(block.text for block in layout.blocks), *(note.text for note in layout.notes)]:
        for start, end in pairwise([*(line.offset for line in text.lines), len(text.text)]):
            place = place_at(text, start)
            assert place is not None
            part = "".join(text.text[start:end].split())
            assert part in "".join(printed[place.page, place.line].split())


def test_the_lines_of_a_long_document_are_never_all_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = Packed(make_page(n, [(f"第{n}頁之{k}：{prose(9, n + k)}。", {}) for k in range(12)]) for n in range(1, 301))
    unpack, seen = sequences._unpack, [0]

    def watched(packed: bytes) -> object:
        if len(packed) % 16 == 0:
            seen.append(sum(isinstance(item, Line) for item in gc.get_objects()))
        return unpack(packed)

    monkeypatch.setattr(sequences, "_unpack", watched)
    layout, _ = arrange(make_source(pages))
    read = (*(block.text.text for block in layout.blocks), *(item.text for item in layout.furniture))
    assert sum(text.count("：") for text in read) == 300 * 12
    assert 0 < max(seen) < 0.4 * 300 * 12
