"""The parts of recognition that need no Tesseract: pictures, strips, cells, marks."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from sco_docs.readers import ocr_glyphs, ocr_page
from sco_docs.readers.ocr_cells import Cell, taken
from sco_docs.readers.ocr_engine import Letter, letters_of
from sco_docs.readers.ocr_glyphs import drawn, faces_of
from sco_docs.readers.ocr_marks import set_wide, settled
from sco_docs.readers.ocr_picture import even_paper, sheet_of, skew_of, without_specks
from sco_docs.readers.ocr_reading import latin_parts
from sco_docs.readers.ocr_strips import strips_of

DPI = 200


def page(*rows: tuple[int, int, int]) -> Image.Image:
    """Return a page with lines of square characters: (x, y, how many), 28 pixels each."""
    picture = Image.new("L", (1200, 1000), 255)
    pen = ImageDraw.Draw(picture)
    for x, y, count in rows:
        for at in range(count):
            pen.rectangle((x + 32 * at, y, x + 32 * at + 27, y + 27), outline=0, width=4)
    return picture


def letters(text: str, step: float = 32, start: float = 16, confidence: float = 0.99) -> list[Letter]:
    return [Letter(c, start + at * step - 8, start + at * step + 8, confidence, False) for at, c in enumerate(text)]


@pytest.mark.parametrize("angle", [-1.3, 0.0, 0.7])
def test_the_skew_of_a_page_is_measured(angle: float) -> None:
    lines = page(*((150, 100 + 50 * n, 25) for n in range(14))).rotate(angle, fillcolor=255, resample=3)
    assert skew_of(lines, DPI) == pytest.approx(angle, abs=0.1)


def test_grey_paper_with_a_shadow_becomes_white() -> None:
    grey = np.asarray(page((150, 100, 20)), dtype=np.float64) * np.linspace(0.6, 0.9, 1200)
    even = np.asarray(even_paper(Image.fromarray(grey.astype(np.uint8)), DPI))
    assert even[500:].min() > 240
    assert even[100:128].min() < 40


def test_salt_and_pepper_is_taken_out_and_strokes_stay() -> None:
    clean = page((150, 100, 20))
    dirty = np.array(clean)
    chance = np.random.default_rng(1).random(dirty.shape)
    dirty[chance < 0.004], dirty[chance > 0.996] = 0, 255
    wrong = np.asarray(without_specks(Image.fromarray(dirty))) != np.asarray(clean)
    assert wrong.mean() < 0.0003
    assert without_specks(clean) is clean


def test_cells_of_a_ruled_table_are_strips_of_their_own() -> None:
    picture = page((110, 112, 3), (222, 112, 4), (110, 172, 3), (222, 172, 2))
    pen = ImageDraw.Draw(picture)
    for y in (100, 155, 215):
        pen.line((100, y, 500, y), fill=0, width=3)
    for x in (100, 213, 500):
        pen.line((x, 100, x, 215), fill=0, width=3)
    sheet = sheet_of(picture, DPI)
    assert [(s.row, s.x0 // 100) for s in strips_of(sheet)] == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert len(sheet.rules) == 6


def test_a_leader_is_counted_and_not_read() -> None:
    picture = page((100, 100, 5), (900, 100, 1))
    pen = ImageDraw.Draw(picture)
    for at in range(57):
        pen.rectangle((300 + 10 * at, 120, 302 + 10 * at, 122), fill=0)
    assert [strip.leader for strip in strips_of(sheet_of(picture, DPI))] == [0, 57, 0]


def test_words_in_a_drawing_are_found_and_the_drawing_is_not() -> None:
    picture = page((110, 110, 12), (410, 440, 3), (110, 910, 12))
    ImageDraw.Draw(picture).polygon([(200, 450), (450, 200), (700, 450), (450, 700)], outline=0, width=4)
    assert [(s.x0 // 100, s.top // 100) for s in strips_of(sheet_of(picture, DPI))] == [(1, 1), (4, 4), (1, 9)]


def test_characters_are_laid_on_the_ink_though_their_places_are_only_about_right() -> None:
    pieces = [(0, 28), (32, 44), (48, 60), (64, 92), (96, 102), (128, 156)]
    assert taken(letters("甲川丙，丁", start=28), pieces, 32) == [(0, 1), (1, 3), (3, 4), (4, 5), (5, 6)]


def test_a_character_that_no_ink_backs_takes_none() -> None:
    doubtful = [*letters("甲乙"), Letter("”", 66, 70, 0.8, False)]
    assert taken(doubtful, [(0, 28), (32, 60)], 32) == [(0, 1), (1, 2), (2, 2)]


def cells(*columns: tuple[int, int]) -> list[Cell]:
    return [Cell(x0, x1, 4, 28) for x0, x1 in columns]


@pytest.mark.parametrize(("text", "columns", "wanted"), [
    ("甲(2001)乙", [(0, 30), (46, 53), (56, 70), (72, 86), (88, 102), (104, 118), (121, 128), (146, 176)],
     "甲（2001）乙"),
    ("甲(2001)乙", [(0, 30), (33, 40), (43, 57), (59, 73), (75, 89), (91, 105), (108, 115), (118, 148)],
     "甲(2001)乙"),
    ("甲1:2", [(0, 30), (32, 46), (58, 62), (75, 89)], "甲1：2"),
    ("甲1:2", [(0, 30), (32, 46), (48, 52), (62, 76)], "甲1:2"),
    ("甲1-2", [(0, 30), (32, 46), (48, 64), (66, 80)], "甲1–2"),
    ("a(1)", [(0, 14), (40, 47), (50, 64), (66, 73)], "a(1)"),
])
def test_full_width_marks_are_known_by_their_blank(text: str, columns: list[tuple[int, int]], wanted: str) -> None:
    assert "".join(c or "?" for c in set_wide(text, cells(*columns), 32)) == wanted


def test_a_bracket_that_could_be_either_is_as_most_are() -> None:
    assert settled([["甲", None], ["(", "乙", ")"]], ["甲(", "(乙)"]) == [["甲", "("], ["(", "乙", ")"]]
    assert settled([["甲", None], ["（", "乙", "）"]], ["甲(", "(乙)"]) == [["甲", "（"], ["（", "乙", "）"]]


def test_latin_beside_chinese_is_read_again_without_the_marks_around_it() -> None:
    assert latin_parts(tuple(letters("見Journal,甲乙"))) == [(1, 8)]
    assert latin_parts(tuple(letters("第12條之3"))) == []
    assert latin_parts(tuple(letters("Peace"))) == [(0, 5)]


def test_hocr_gives_characters_by_page() -> None:
    hocr = ("<div class='ocr_page' id='page_2' title='image \"\"; bbox 0 0 9 9; ppageno 1'>"
            "<span class='ocrx_word' id='word_2_1' title='bbox 1 2 3 4; x_wconf 9'>"
            "<span class='ocrx_cinfo' title='x_bboxes 1 2 13 4; x_conf 98.5'>甲</span>"
            "<span class='ocrx_cinfo' title='x_bboxes 14 2 20 4; x_conf 50'>&lt;</span></span></div>")
    assert letters_of(hocr) == {1: [("甲", 1, 13, 0.985, True), ("<", 14, 20, 0.5, False)]}


@pytest.mark.skipif(not faces_of("zh-tw"), reason="no Chinese font is installed")
def test_a_doubtful_character_becomes_what_it_looks_like(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_glyphs, "characters_of", lambda _: ("霧霽霉蒼望", 5))
    ocr_glyphs.bank_of.cache_clear()
    face = faces_of("zh-tw")[0]

    def read(seen: str, as_: str, confidence: float) -> str | None:
        letter = Letter(as_, 0, 30, confidence, False)
        other = ocr_glyphs._other(ocr_glyphs._Seen(0, 0, letter, drawn(face, seen)[0]), face, "chi_tra", "")
        return other.text if other else None

    try:
        assert read("霽", "霧", 0.8) == "霽"
        assert read("霧", "霧", 0.8) is None
    finally:
        ocr_glyphs.bank_of.cache_clear()


def test_the_script_is_the_one_that_is_sure_of_chinese_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    sure = {"chi_tra": [0.9] * 4 + [0.99] * 4, "chi_sim": [0.999] * 4 + [0.97] * 4}

    def read(_sheet: object, _strips: object, script: str) -> list[list[Letter]]:
        return [[Letter(text, 0, 9, each, False) for text, each in zip("abcd海上事故", sure[script], strict=True)]]

    monkeypatch.setattr(ocr_page, "read_strips", read)
    strips = [SimpleNamespace(leader=False, x0=0, x1=90)]
    assert ocr_page._script_of(None, strips, ("chi_sim", "chi_tra")) == "chi_tra"  # type: ignore[arg-type]
