"""From glyphs to lines: nothing is lost, wherever it stands."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from sco_docs.chinese.compat import read_characters
from sco_docs.model import Rule
from sco_docs.readers.pdf_drawings import drawings
from sco_docs.readers.pdf_glyphs import Glyph, Style
from sco_docs.readers.pdf_lines import lines_of

SIZES = st.sampled_from([6.0, 9.0, 12.0, 16.0])
PLACES = st.tuples(st.integers(0, 40), st.integers(0, 30))
GLYPHS = st.dictionaries(PLACES, st.tuples(st.sampled_from("甲乙丙，a1.⺠"), SIZES, st.sampled_from([0, 0, 0, 90, 45])),
                         max_size=60)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(GLYPHS)
def test_no_glyph_is_lost_or_doubled(found: dict[tuple[int, int], tuple[str, float, int]]) -> None:
    glyphs = [Glyph(text, 20.0 * column, 20.0 * column + size, 25.0 * row, Style("", size, False, False, angle))
              for (column, row), (text, size, angle) in found.items()]
    lines, doubled = lines_of(glyphs, 1)
    read = Counter(character for line in lines for character in line.text if not character.isspace())
    assert doubled == 0
    assert read == Counter(read_characters(glyph.text)[0] for glyph in glyphs)
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    for line in lines:
        assert "".join("".join(span.text for span in line.spans).split()) == "".join(line.text.split())
        at = 0
        for span in line.spans:
            at += not line.text.startswith(span.text, at)
            assert line.text.startswith(span.text, at)
            at += len(span.text)


def test_stand_ins_keep_their_printed_form() -> None:
    style = Style("", 12.0, False, False)
    glyphs = [Glyph(text, 12.0 * n, 12.0 * n + 12, 50.0, style) for n, text in enumerate("人⺠⽅\uf907")]
    (line,), _ = lines_of(glyphs, 1)
    assert line.text == "人民方龜"
    assert [(c.start, c.end, c.printed, c.kind) for c in line.changes] == [
        (1, 2, "⺠", "radical"), (2, 3, "⽅", "kangxi"), (3, 4, "\uf907", "compatibility")]


def test_paths_that_stand_together_are_one_drawing() -> None:
    curves = [(100.0 + 20 * n, 100.0, 118.0 + 20 * n, 150.0) for n in range(4)]
    (picture,) = drawings(curves, [(95.0, 155.0, 200.0, 158.0), (400.0, 400.0, 500.0, 500.0)])
    assert (picture.x0, picture.bottom) == (95.0, 158.0)
    assert drawings(curves[:2], []) == ()


def test_an_opening_mark_set_half_a_width_to_the_left_stays_where_its_ink_is() -> None:
    style = Style("", 12.0, False, False, 0)
    places = [("P", 0.0, 7.0), (".", 7.0, 10.0), ("（", 4.0, 16.0), ("2", 16.0, 22.0), ("）", 22.0, 34.0),
              ("「", 28.0, 40.0), ("水", 40.0, 52.0)]  # fmt: skip
    lines, _ = lines_of([Glyph(text, x0, x1, 20.0, style) for text, x0, x1 in places], 1)
    assert [line.text for line in lines] == ["P.（2）「水"]


def test_a_span_ends_at_the_wall_of_a_cell() -> None:
    style = Style("", 12.0, False, False)
    glyphs = [Glyph(text, 12.0 * n, 12.0 * n + 12, 50.0, style) for n, text in enumerate("港口漁業")]
    walls = [Rule(24.5, 30.0, 25.0, 60.0), Rule(36.0, 60.0, 36.5, 90.0), Rule(0.0, 46.0, 48.0, 46.5)]
    (line,), _ = lines_of(glyphs, 1, walls)
    assert line.text == "港口漁業"
    assert [(span.text, span.x0) for span in line.spans] == [("港口", 0.0), ("漁業", 24.0)]


def test_a_span_ends_where_a_gap_stands_between_chinese_characters() -> None:
    style = Style("", 12.0, False, False)
    glyphs = [Glyph(text, x0, x0 + 12, 50.0, style) for text, x0 in zip("港口漁業", (0, 12, 34, 46), strict=True)]
    (line,), _ = lines_of(glyphs, 1)
    assert line.text == "港口 漁業"
    assert [(span.text.strip(), span.x0) for span in line.spans] == [("港口", 0), ("漁業", 34)]


def test_an_opening_mark_belongs_to_the_cell_in_which_its_ink_stands() -> None:
    style = Style("", 12.0, False, False)
    glyphs = [Glyph(text, x0, x0 + 12, 50.0, style) for text, x0 in zip("港口「漁", (0, 12, 20, 32), strict=True)]
    (line,), _ = lines_of(glyphs, 1, [Rule(24.5, 30.0, 25.0, 60.0)])
    assert [span.text for span in line.spans] == ["港口", "「漁"]
