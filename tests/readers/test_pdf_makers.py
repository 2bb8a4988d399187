"""What different makers of PDFs do, each on a small page made for it: raised figures, columns, vertical text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pdf_maker import Ink, make_pdf
from pypdfium2 import PdfDocument

from sco_docs.model import Page
from sco_docs.readers import pdf_pdfium, pdf_plumber, read
from sco_docs.readers.pdf_open import single_page

TEXT = ["燈塔設於港口之南岸，由兩國共管，其經費平均負擔。", "引水人登輪之前，應以旗號或無線電通知來船。",
        "遇有濃霧，每三十秒鳴笛一次，每次以五秒為度。"]


def page_of(tmp_path: Path, marks: list[Ink], **entries: str) -> Page:
    path = tmp_path / "made.pdf"
    path.write_bytes(make_pdf([marks], **entries))  # type: ignore[arg-type]
    return read(path)[0].pages[0]


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


@pytest.mark.parametrize(("size", "up"), [(10.7, 5.3), (6.0, 10.6), (7.0, 4.0), (12.0, 5.0)])
def test_a_raised_figure_joins_its_line_whatever_its_size(tmp_path: Path, size: float, up: float) -> None:
    marks = [Ink(TEXT[0], 60, 700), Ink(TEXT[1][:8], 60, 680), Ink("3", 156, 680 + up, size),
             Ink(TEXT[1][8:], 157 + size / 2, 680), Ink(TEXT[2], 60, 660)]
    page = page_of(tmp_path, marks)
    assert texts(page) == [TEXT[0], f"{TEXT[1][:8]}3{TEXT[1][8:]}", TEXT[2]]
    assert [span.text for span in page.lines[1].spans if span.superscript] == ["3"]
    assert abs((page.lines[1].bottom - page.lines[1].top) - 12) < 0.01


def test_lowered_and_raised_figures_between_tight_lines_go_where_their_gap_is(tmp_path: Path) -> None:
    marks = [Ink("二氧化碳（CO", 60, 700), Ink("2", 132, 696, 7), Ink("）之含量", 135.5, 700),
             Ink("面積三十平方公里以下之島嶼，即 km", 60, 688), Ink("2", 258, 692.2, 7), Ink("者", 261.5, 688)]
    assert texts(page_of(tmp_path, marks)) == ["二氧化碳（CO2）之含量", "面積三十平方公里以下之島嶼，即 km2者"]


def test_a_figure_on_the_baseline_of_another_column_stays_in_its_own(tmp_path: Path) -> None:
    marks = [mark for n in range(6) for mark in (Ink(TEXT[n % 3][:20], 40, 700 - 18 * n),
                                                 Ink(TEXT[(n + 1) % 3][:20], 320, 704.4 - 18 * n))]
    marks[4] = Ink(TEXT[2][:14], 40, 664)
    marks += [Ink("7", 208.5, 668.4, 7)]
    page = page_of(tmp_path, marks)
    assert texts(page)[2] == f"{TEXT[2][:14]}7"
    assert texts(page)[8] == TEXT[0][:20]


def test_a_reading_above_characters_is_no_raised_figure(tmp_path: Path) -> None:
    marks = [Ink(TEXT[0], 60, 700), Ink("とうだい", 84, 710.5, 6)]
    assert texts(page_of(tmp_path, marks)) == ["とうだい", TEXT[0]]


def test_hanging_marks_and_stretched_lines_do_not_bridge_a_gutter(tmp_path: Path) -> None:
    left = [Ink(TEXT[n % 3][:20], 40, 700 - 18 * n) for n in range(7)]
    right = [Ink("（" + TEXT[n % 3][:19], 294, 705 - 18 * n) for n in range(7)]
    right[2] = Ink("標準之混用：全形", 300, 669, spread=16)
    page = page_of(tmp_path, [mark for pair in zip(left, right, strict=True) for mark in pair])
    assert texts(page)[:7] == [mark.text for mark in left]
    assert texts(page)[7:] == [mark.text for mark in right]


def test_a_column_of_three_lines_is_read_after_the_long_one_beside_it(tmp_path: Path) -> None:
    left = [Ink(TEXT[n % 3][:20], 40, 700 - 18 * n) for n in range(12)]
    right = [Ink(TEXT[0][:18], 324, 700), Ink(TEXT[1][:20], 300, 682), Ink(TEXT[2][:9], 300, 664)]
    page = page_of(tmp_path, [*left[:1], right[0], *left[1:2], right[1], *left[2:], right[2]])
    assert texts(page) == [mark.text for mark in (*left, *right)]


def vertical(x: float, parts: list[tuple[str, bool]], top: float = 740) -> list[Ink]:
    """Return a column of vertical text whose middle is at ``x``; the parts marked True lie on their side."""
    marks = []
    for text, lies in parts:
        if lies:
            marks.append(Ink(text, x - 4, top - 1, matrix=(0, -1, 1, 0)))
            top -= 6 * len(text) + 2
        else:
            marks.append(Ink(text, x, top, font="F2"))
            top -= 12 * len(text)
    return marks


@pytest.mark.parametrize("entries", ["", "/Rotate 90", "/Rotate 180", "/Rotate 270"])
def test_a_vertical_page_with_much_latin_on_its_side_stays_vertical(tmp_path: Path, entries: str) -> None:
    columns = [[("燈塔條約", False), ("Lighthouse Treaty of Berne", True), ("之譯本", False)],
               [("引水人公會", False), ("Guild of the Pilots, 1893", True)],
               [("兩國共管之島嶼及其附屬海域", False)]]
    marks = [mark for n, parts in enumerate(columns) for mark in vertical(500 - 24 * n, parts)]
    page = page_of(tmp_path, marks, page_entries=entries)
    assert texts(page) == ["燈塔條約Lighthouse Treaty of Berne之譯本", "引水人公會Guild of the Pilots, 1893",
                           "兩國共管之島嶼及其附屬海域"]
    assert all(line.vertical for line in page.lines)


def test_a_few_characters_that_no_font_maps_are_unknown_not_their_codes(tmp_path: Path) -> None:
    page = page_of(tmp_path, [Ink(TEXT[0], 60, 700), Ink("\u00ef\u1234", 348, 700, font="F4"), Ink("野家", 372, 700)])
    assert texts(page) == [f"{TEXT[0]}\ufffd\ufffd野家"]
    assert page.confidence < 1


def test_an_engine_that_sees_little_of_a_page_has_no_opinion_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = pdf_plumber.read_page

    def deaf(*given: object) -> object:
        found = true(*given)  # type: ignore[arg-type]
        return found and replace(found, glyphs=found.glyphs[:20])

    monkeypatch.setattr(pdf_plumber, "read_page", deaf)
    assert page_of(tmp_path, [Ink(TEXT[n % 3], 60, 700 - 20 * n) for n in range(12)]).confidence == 1.0


def test_codes_that_come_out_as_ornaments_are_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sco_docs.readers.ocr.languages", lambda: ())
    page = page_of(tmp_path, [Ink("✁✂✄☎✆✝✞✟✠✡", 60, 700), Ink("甲乙丙丁", 60, 680)])
    assert page.reason == "map-errors"


def test_a_large_initial_begins_the_first_line_over_which_it_hangs(tmp_path: Path) -> None:
    marks = [Ink("燈", 60, 664, 48), *[Ink(TEXT[n], 110, 700 - 18 * n) for n in range(3)], Ink(TEXT[1], 60, 646)]
    assert texts(page_of(tmp_path, marks)) == ["燈" + TEXT[0], TEXT[1], TEXT[2], TEXT[1]]


def test_what_is_written_leftwards_is_read_from_its_right_end(tmp_path: Path) -> None:
    page = page_of(tmp_path, [Ink("條約以希伯來文", 60, 700), Ink("3 םיד סומלוש", 150, 700), Ink("寫成", 340, 700)])
    assert texts(page) == ["條約以希伯來文 3 שולמוס דים 寫成"]


def test_a_mark_set_apart_from_its_word_is_not_parted_by_a_blank(tmp_path: Path) -> None:
    page = page_of(tmp_path, [Ink("平均負擔", 60, 700), Ink("，每年匯入「", 116, 700), Ink("銀行」", 197, 700)])
    assert texts(page) == ["平均負擔，每年匯入「銀行」"]


def test_slanted_text_has_the_size_of_what_stands_beside_it(tmp_path: Path) -> None:
    page = page_of(tmp_path, [Ink("正體", 60, 700), Ink("斜體", 84, 700, matrix=(1, 0, 0.3, 1))])
    assert [(span.size, span.italic) for span in page.lines[0].spans] == [(12.0, False), (12.0, True)]


def test_the_size_of_a_font_that_draws_its_glyphs_is_that_of_their_places(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    marks = [Ink("\x01", 60, 700, 1.2, font="F3"), Ink("\x01", 72, 700, 1.2, font="F3"), Ink("等", 84, 700)]
    data = make_pdf([marks], mapped="燈").replace(b"[.001 0 0 .001 0 0]", b"[.01  0 0 .01  0 0]")
    path.write_bytes(data)
    (line,) = read(path)[0].pages[0].lines
    assert (line.text, {span.size for span in line.spans}) == ("燈燈等", {12.0})


def test_both_engines_see_a_sheet_that_begins_elsewhere_alike(tmp_path: Path) -> None:
    data = make_pdf([[Ink(TEXT[0], -240, 1700), Ink("斜", -100, 1500, matrix=(0.8, 0.6, -0.6, 0.8))]])
    data = data.replace(b"/MediaBox[0 0 595 842]", b"/MediaBox[-300 1000 295 1842]/CropBox[-290 1000 295 1832]")
    path = tmp_path / "made.pdf"
    path.write_bytes(data)
    document = PdfDocument(path)
    first = pdf_pdfium.read_page(document[0], 1)
    copy = single_page(document, 1)
    assert copy is not None
    second = pdf_plumber.read_page(copy, 1)
    assert second is not None
    assert len(first.glyphs) == len(second.glyphs) == len(TEXT[0]) + 1
    for one, other in zip(first.glyphs, second.glyphs, strict=True):
        assert (one.text, round(one.x0), round(one.base)) == (other.text, round(other.x0), round(other.base))


def test_thick_stems_alone_do_not_make_a_font_bold(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(make_pdf([[Ink(TEXT[0], 60, 700)]]).replace(b"/StemV 80", b"/StemV 180"))
    assert not read(path)[0].pages[0].lines[0].spans[0].bold


def test_labels_of_articles_before_their_text_are_no_column(tmp_path: Path) -> None:
    marks = [mark for n in range(4) for mark in (
        Ink("第一千一百八十四條", 84, 700 - 45 * n), Ink(TEXT[0][:22], 204, 700 - 45 * n),
        Ink("其費用由共管之兩國分擔。", 60, 684 - 45 * n))]  # fmt: skip
    page = page_of(tmp_path, marks)
    assert texts(page)[:2] == [f"第一千一百八十四條 {TEXT[0][:22]}", "其費用由共管之兩國分擔。"]


def test_a_page_number_below_a_long_left_column_is_no_part_of_it(tmp_path: Path) -> None:
    left = [Ink(TEXT[n % 3][:20], 40, 700 - 18 * n) for n in range(12)]
    right = [Ink(TEXT[n % 3][:20], 300, 700 - 18 * n) for n in range(6)]
    page = page_of(tmp_path, [*left, *right, Ink("2", 280, 460)])
    assert texts(page) == [*(mark.text for mark in (*left, *right)), "2"]


def test_remarks_between_vertical_columns_stay_apart(tmp_path: Path) -> None:
    marks = [Ink("燈塔設於港口之南岸由兩國共管", 500 - 30 * n, 700, font="F2") for n in range(4)]
    page = page_of(tmp_path, [*marks, Ink("此句最要緊", 486.5, 740, 7, font="F2")])
    assert sorted(texts(page)) == sorted(["燈塔設於港口之南岸由兩國共管"] * 4 + ["此句最要緊"])


def test_latin_characters_as_wide_as_chinese_ones_are_doubted(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    marks = [*[Ink(TEXT[n], 60, 700 - 20 * n) for n in range(3)], Ink("\x01" * 8, 60, 600, font="F3")]
    path.write_bytes(make_pdf([marks], mapped="O"))
    source, problems = read(path)
    assert [problem.code for problem in problems] == ["doubtful-characters"]
    assert source.pages[0].confidence < 0.95


def test_an_accent_printed_over_its_letter_is_part_of_it(tmp_path: Path) -> None:
    marks = [Ink("Caf", 60, 700), Ink("´", 75, 700), Ink("e", 78, 700), Ink("H", 90, 700), Ink("¨", 93, 702.8),
             Ink("UTTE", 96, 700), Ink("¨", 140, 700), Ink("zwei", 152, 700)]
    page = page_of(tmp_path, marks)
    assert texts(page) == ["Café HÜTTE ¨zwei"]


def test_letter_spaced_words_stay_whole(tmp_path: Path) -> None:
    page = page_of(tmp_path, [Ink("Lighthouse Treaty of 1893", 60, 700, spread=2.6)])
    assert texts(page) == ["Lighthouse Treaty of 1893"]


def test_a_stretched_line_of_few_chinese_characters_has_no_blanks(tmp_path: Path) -> None:
    words = [("pilot@example.org", 60), ("；", 168), ("網", 186), ("址", 204), ("http://example.org", 222), ("，", 336)]
    page = page_of(tmp_path, [Ink(text, x, 700) for text, x in words])
    assert texts(page) == ["pilot@example.org；網址http://example.org，"]


def test_a_typed_note_upon_the_page_is_read_and_a_link_is_not(tmp_path: Path) -> None:
    look = (b"<</Type/XObject/Subtype/Form/BBox[0 0 200 30]/Resources<</Font<</F1 3 0 R>>>>/Length %d>>stream\n%b\n"
            b"endstream")
    ink = b"BT /F1 12 Tf 0 5 Td <%b> Tj ET" % "已校訂".encode("utf-16-be").hex().encode()
    note = b"<</Type/Annot/Subtype/%b/Rect[60 500 260 530]/Contents(x)/DA(/F1 12 Tf)/F 4/AP<</N 90 0 R>>>>"
    for kind, found in ((b"FreeText", [TEXT[0], "已校訂"]), (b"Link", [TEXT[0]])):
        data = make_pdf([[Ink(TEXT[0], 60, 700)]], page_entries="/Annots[91 0 R]")
        extra = b"90 0 obj\n%b\nendobj\n91 0 obj\n%b\nendobj\n" % (look % (len(ink), ink), note % kind)
        path = tmp_path / "made.pdf"
        path.write_bytes(data[:data.index(b"xref\n")] + extra + b"trailer\n<</Root 1 0 R/Size 99>>\n")
        document = PdfDocument(path)
        assert [texts(read(path)[0].pages[0]) for _ in range(2)] == [found, found]
        twice = [pdf_pdfium.read_page(document[0], 1) for _ in range(2)]
        assert len(twice[0].glyphs) == len(twice[1].glyphs) == sum(map(len, found))


def test_brackets_of_another_block_are_read_as_the_chinese_ones(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    marks = [Ink("\x01", 60, 700, font="F3"), Ink("燈塔史", 72, 700)]
    path.write_bytes(make_pdf([marks], mapped="\u2329"))
    (line,) = read(path)[0].pages[0].lines
    assert (line.text, line.changes[0].printed) == ("〈燈塔史", "\u2329")
