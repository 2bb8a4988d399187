"""The PDF reader on pages made for it: every rule of the reader beside a page that shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_maker import Ink, Stroke, make_pdf

from sco_docs.errors import PasswordError, SourceError
from sco_docs.model import Page, Problem
from sco_docs.readers import read

SIDE = "甲方與乙方就本協定所定之各項事宜均應本於誠信"
OTHER = "The Parties shall act in good faith in all of it"


def page_of(path: Path, data: bytes, number: int = 1) -> tuple[Page, tuple[Problem, ...]]:
    path.write_bytes(data)
    source, problems = read(path)
    return source.pages[number - 1], problems


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "some.pdf"


def test_lines_come_from_top_to_bottom_however_they_were_written(file: Path) -> None:
    page, problems = page_of(file, make_pdf([[Ink("第二行", 80, 680), Ink("第一行", 80, 700)]]))
    assert texts(page) == ["第一行", "第二行"]
    assert problems == ()
    line = page.lines[0]
    assert (round(line.x0), round(line.x1)) == (80, 116)
    assert 842 - 700 - 12 < line.top < line.bottom < 842 - 700 + 4


def test_a_raised_small_number_is_a_marker(file: Path) -> None:
    page, _ = page_of(file, make_pdf([[Ink("本協定", 80, 700), Ink("12", 116, 705, 7), Ink("生效", 123, 700)]]))
    assert texts(page) == ["本協定12生效"]
    assert [(span.text, span.superscript) for span in page.lines[0].spans] == [
        ("本協定", False), ("12", True), ("生效", False)]


def test_a_wide_gap_begins_a_span_and_is_one_blank(file: Path) -> None:
    page, _ = page_of(file, make_pdf([[Ink("甲國代表", 80, 700), Ink("乙國代表", 320, 700)]]))
    assert texts(page) == ["甲國代表 乙國代表"]
    assert [span.text for span in page.lines[0].spans] == ["甲國代表", "乙國代表"]
    assert round(page.lines[0].spans[1].x0) == 320


def test_a_line_spaced_out_to_fill_has_no_blanks(file: Path) -> None:
    page, _ = page_of(file, make_pdf([[Ink("各該締約方應予遵守", 80, 700, spread=9)]]))
    assert texts(page) == ["各該締約方應予遵守"]


def test_half_an_em_between_words_of_a_line_is_a_blank(file: Path) -> None:
    words = [Ink("關鍵詞：港口安全", 80, 700), Ink("傳統航道", 182, 700), Ink("燈塔", 236, 700)]
    page, _ = page_of(file, make_pdf([words]))
    assert texts(page) == ["關鍵詞：港口安全 傳統航道 燈塔"]


def test_printed_blanks_stay(file: Path) -> None:
    page, _ = page_of(file, make_pdf([[Ink("王 小 明", 80, 700), Ink("（簽字）", 128, 700)]]))
    assert texts(page) == ["王 小 明（簽字）"]


def test_a_gap_between_words_without_a_blank_glyph_is_a_blank(file: Path) -> None:
    page, _ = page_of(file, make_pdf([[Ink("good", 80, 700), Ink("faith", 108, 700)]]))
    assert texts(page) == ["good faith"]


@pytest.mark.parametrize(("mapped", "read_as", "printed"), [
    ("⺠", "民", "⺠"), ("⽅", "方", "⽅"), ("\uf9dc", "隆", "\uf9dc"), ("\U0002f804", "你", "\U0002f804"),
    ("\uf0b7", "•", "\uf0b7"), ("\ufb01", "fi", ""), ("葛\U000e0100", "葛", "\U000e0100"), ("——", "——", ""),
    ("\U00020bb7", "\U00020bb7", "")])
def test_what_the_font_maps_is_read_as_what_is_meant(file: Path, mapped: str, read_as: str, printed: str) -> None:
    marks = [Ink("前前前前", 32, 700), Ink("\x01", 80, 700, font="F3"), Ink("後後後後", 92, 700)]
    page, _ = page_of(file, make_pdf([marks], mapped=mapped))
    assert texts(page) == [f"前前前前{read_as}後後後後"]
    assert [change.printed for change in page.lines[0].changes] == [printed] * bool(printed)


def test_text_outside_the_visible_page_is_left_out_and_named(file: Path) -> None:
    data = make_pdf([[Ink("看得見", 80, 700), Ink("看不見", 400, 700)]], page_entries="/CropBox[20 0 300 800]")
    page, problems = page_of(file, data)
    assert texts(page) == ["看得見"]
    assert (page.width, page.height, round(page.lines[0].x0)) == (280, 800, 60)
    assert [(p.code, p.evidence) for p in problems] == [("off-page-text", "看不見")]


def test_what_is_printed_twice_on_one_spot_is_read_once(file: Path) -> None:
    page, problems = page_of(file, make_pdf([[Ink("陰影字", 80, 700), Ink("陰影字", 80.6, 699.5)]]))
    assert texts(page) == ["陰影字"]
    assert [p.code for p in problems] in ([], ["overprinted"])


def test_repeated_characters_stay(file: Path) -> None:
    page, _ = page_of(file, make_pdf([[Ink("哈哈哈，llll 種種", 80, 700)]]))
    assert texts(page) == ["哈哈哈，llll 種種"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_displayed(file: Path, turn: int) -> None:
    matrix, x, y = {0: ((1, 0, 0, 1), 100, 700), 90: ((0, 1, -1, 0), 142, 100),
                    180: ((-1, 0, 0, -1), 495, 142), 270: ((0, -1, 1, 0), 453, 742)}[turn]
    page, _ = page_of(file, make_pdf([[Ink("表格在此", x, y, matrix=matrix)]], page_entries=f"/Rotate {turn}"))
    assert texts(page) == ["表格在此"]
    assert page.rotation == 0
    assert round(page.lines[0].x0) == 100
    assert abs(page.lines[0].top - 131.8) < 1.5


def test_text_set_sideways_without_rotation_turns_the_page(file: Path) -> None:
    marks = [Ink(text, 100 + 20 * n, 100, matrix=(0, 1, -1, 0)) for n, text in enumerate(["第一列", "第二列"])]
    page, _ = page_of(file, make_pdf([marks]))
    assert texts(page) == ["第一列", "第二列"]
    assert page.rotation == 90
    assert (page.width, page.height) == (842, 595)


def test_vertical_columns_run_from_right_to_left(file: Path) -> None:
    marks = [Ink("天地玄黃宇宙洪荒", 400, 700, font="F2"), Ink("日月盈昃辰宿列張", 376, 700, font="F2")]
    page, _ = page_of(file, make_pdf([marks]))
    assert texts(page) == ["天地玄黃宇宙洪荒", "日月盈昃辰宿列張"]
    assert all(line.vertical for line in page.lines)
    assert page.lines[0].x0 > page.lines[1].x0


def test_columns_of_text_are_read_one_after_the_other(file: Path) -> None:
    left = [Ink(SIDE[:18], 60, 700 - 18 * n) for n in range(8)]
    right = [Ink(OTHER[:30], 320, 697 - 18 * n) for n in range(8)]
    head = [Ink("兩欄並列之協定全文及其譯文，此行橫跨兩欄而不分", 150, 760)]
    foot = [Ink("以下橫跨兩欄之結尾文字，自左欄起至右欄止，不分欄排印之", 100, 500)]
    page, _ = page_of(file, make_pdf([[*head, *(m for pair in zip(left, right, strict=True) for m in pair), *foot]]))
    found = texts(page)
    assert found[0].startswith("兩欄並列")
    assert found[1:9] == [SIDE[:18]] * 8
    assert found[9:17] == [OTHER[:30].rstrip()] * 8
    assert found[17].startswith("以下橫跨")


def test_two_column_signatures_stay_rows(file: Path) -> None:
    rows = [("甲國全權代表", "乙國全權代表"), ("外交部長", "外交部長"), ("陳一", "王二"), ("（簽字）", "（簽字）"),
            ("二〇一〇年", "於某市")]
    marks = [Ink(text, x, 700 - 20 * n) for n, row in enumerate(rows) for text, x in zip(row, (90, 330), strict=True)]
    page, _ = page_of(file, make_pdf([marks]))
    assert texts(page) == [" ".join(row) for row in rows]


def test_a_table_with_rules_stays_rows(file: Path) -> None:
    marks: list[Ink | Stroke] = []
    for n in range(6):
        marks += [Ink(SIDE[:16], 60, 700 - 20 * n), Ink(SIDE[:16], 320, 700 - 20 * n),
                  Stroke(55, 715 - 20 * n, 540, 715 - 20 * n)]
    page, _ = page_of(file, make_pdf([marks]))
    assert texts(page) == [f"{SIDE[:16]} {SIDE[:16]}"] * 6
    assert len(page.rules) == 6


def test_the_line_above_the_notes_is_a_rule(file: Path) -> None:
    page, _ = page_of(file, make_pdf([[Ink("正文", 80, 700), Stroke(80, 200, 220, 200), Ink("註文", 80, 180, 10)]]))
    (rule,) = page.rules
    assert (round(rule.x0), round(rule.top), round(rule.x1)) == (80, 642, 220)


def test_a_media_box_from_the_page_tree_counts(file: Path) -> None:
    page, _ = page_of(file, make_pdf([[Ink("高頁", 80, 900)]], size=(400, 1000), own_box=False))
    assert (page.width, page.height) == (400, 1000)
    assert 85 < page.lines[0].top < 100


def test_page_labels_come_from_the_file(file: Path) -> None:
    labels = "/PageLabels<</Nums[0<</S/r>>2<</S/D>>]>>"
    file.write_bytes(make_pdf([[Ink("頁", 80, 700)]] * 4, catalog_entries=labels))
    assert [page.label for page in read(file)[0].pages] == ["i", "ii", "1", "2"]


def test_only_the_pages_asked_for_are_read(file: Path) -> None:
    file.write_bytes(make_pdf([[Ink(f"第{n}頁", 80, 700)] for n in range(1, 6)]))
    seen: list[tuple[int, int]] = []
    source, _ = read(file, pages=range(2, 4), progress=lambda done, total: seen.append((done, total)))
    assert [page.number for page in source.pages] == [2, 3]
    assert seen[-1] == (5, 5)


def test_fake_bold_and_slant_are_seen(file: Path) -> None:
    page, _ = page_of(file, make_pdf([[Ink("粗", 80, 700, mode=2), Ink("斜", 92, 700, matrix=(1, 0, 0.3, 1)),
                                       Ink("正", 104, 700)]]))
    assert [(s.bold, s.italic) for s in page.lines[0].spans] == [(True, False), (False, True), (False, False)]


def test_a_page_with_too_many_characters_is_skipped_and_named(file: Path) -> None:
    crowd = [Ink("字" * 2000, 5, 800, 1) for _ in range(101)]
    crowd = [Ink(mark.text, 5, 800 - 3 * n, 1) for n, mark in enumerate(crowd)]
    file.write_bytes(make_pdf([crowd, [Ink("可讀", 80, 700)]]))
    source, problems = read(file)
    assert [len(page.lines) for page in source.pages] == [0, 1]
    assert [(p.code, p.place.page if p.place else 0) for p in problems] == [("page-too-large", 1)]


@pytest.mark.parametrize(("data", "words"), [
    (b"", "empty"), (b"%PDF-1.7\n", "damaged"), (make_pdf([[]]), "no text"), (b"\0" * 2000, "not a PDF")])
def test_what_cannot_be_read_ends_in_one_sentence(file: Path, data: bytes, words: str) -> None:
    file.write_bytes(data)
    with pytest.raises(SourceError, match=words) as caught:
        read(file)
    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read(tmp_path / "none.pdf")


@pytest.mark.thesis
def test_a_password_is_asked_for(shared: Path) -> None:
    locked = shared / "thesis" / "user.pdf"
    for password in (None, "wrong"):
        with pytest.raises(PasswordError, match="--password"):
            read(locked, password=password)
    assert read(locked, password="secret", pages=[1])[0].pages[0].lines


@pytest.mark.thesis
def test_a_restricted_file_is_read_and_the_restriction_noted(shared: Path) -> None:
    source, problems = read(shared / "thesis" / "owner.pdf", pages=[1])
    assert source.restricted
    assert [p.code for p in problems] == ["copying-restricted"]


def test_text_across_the_page_comes_last(file: Path) -> None:
    slanted = Ink("浮水印", 200, 300, 40, matrix=(0.7071, 0.7071, -0.7071, 0.7071))
    page, _ = page_of(file, make_pdf([[slanted, Ink("正文第一行如下", 80, 700), Ink("正文第二行如下", 80, 680)]]))
    assert texts(page) == ["正文第一行如下", "正文第二行如下", "浮水印"]
    line = page.lines[2]
    assert 0 < line.x0 < line.x1 < page.width
    assert 0 < line.top < line.bottom < page.height


def test_blanks_made_up_for_wide_spacing_are_not_read(file: Path) -> None:
    page, _ = page_of(file, make_pdf([[Ink("第三條", 80, 700, spread=4), Ink("甲乙丙丁戊", 200, 700, spread=5)]]))
    assert texts(page) == ["第三條 甲乙丙丁戊"]


def test_signatures_below_columns_stay_rows(file: Path) -> None:
    marks = [Ink(text, x, 700 - 18 * n) for n in range(8) for text, x in ((SIDE[:18], 60), (OTHER[:30], 320))]
    marks += [Ink("甲國代表", 60, 500), Ink("乙國代表", 320, 500), Ink("陳一", 60, 480), Ink("王二", 320, 480)]
    page, _ = page_of(file, make_pdf([marks]))
    assert texts(page)[-2:] == ["甲國代表 乙國代表", "陳一 王二"]
    assert texts(page)[7:9] == [SIDE[:18], OTHER[:30].rstrip()]


def test_a_text_and_its_translation_side_by_side_are_read_one_after_the_other(file: Path) -> None:
    left = ["燈塔條約", "第一條 燈塔設於港口之南岸，", "由兩國共管。", "第二條 經費由兩國平均負擔之，",
            "每年一次。", "第三條 燈光自日沒點至日出止，", "不得中斷。"]
    right = ["Lighthouse Treaty", "Article 1 The light stands on the south", "bank of the harbour.",
             "Article 2 The cost is borne by both sides", "once a year.", "Article 3 The light burns from sunset to",
             "sunrise without a break."]
    rows = zip(left, right, strict=True)
    marks = [Ink(t, x, 700 - 18 * n) for n, pair in enumerate(rows) for t, x in zip(pair, (60, 260), strict=True)]
    marks += [Ink("甲國代表", 60, 540), Ink("乙國代表", 260, 540)]
    page, _ = page_of(file, make_pdf([marks]))
    assert texts(page) == [*left, *right, "甲國代表 乙國代表"]


def test_a_very_full_page_is_read(file: Path) -> None:
    page = [Ink("國" * 300, 5, 830 - 4 * n, 1.5) for n in range(200)]
    found, _ = page_of(file, make_pdf([page]))
    assert sum(len(line.text) for line in found.lines) == 60_000


def test_a_page_of_nonsense_is_recognised_from_its_picture(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sco_docs.readers.ocr.languages", lambda: ())
    page, problems = page_of(file, make_pdf([[Ink("\ue012\ue013\ue014\ue015\ue016甲乙", 80, 700)]]))
    assert (page.reason, page.reader) == ("map-errors", "pdfium")
    assert page.confidence < 0.5
    assert {"no-text-layer", "private-use"} >= {p.code for p in problems} >= {"no-text-layer"}


def test_the_hidden_layer_of_a_scan_is_read_without_its_guessed_blanks(file: Path) -> None:
    picture = [Stroke(50 + n, 100 + n, 60 + n, 104 + n) for n in range(250)]
    words = [Ink(character + " ", 80 + 12.4 * n, 700, mode=3) for n, character in enumerate("航行安全之秩序")]
    page, problems = page_of(file, make_pdf([[*picture, *words]]))
    assert texts(page) == ["航行安全之秩序"]
    assert (page.reason, page.confidence) == ("hidden-text", 0.8)
    assert [p.code for p in problems] == ["hidden-text"]
