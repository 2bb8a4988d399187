"""Pages that are pictures of text."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PIL import Image

from sco_docs.errors import MissingBackendError
from sco_docs.readers import ocr, ocr_marks, ocr_words, read

SPECIMEN = Path(__file__).resolve().parents[2] / "sources" / "specimen.pdf"
PAGE = 20
OTHER = 16


def poor_scan(source: Path, number: int, target: Path, bottom: float) -> None:
    """Write a page down to ``bottom`` as a poor scanner would: yellowed paper, salt and pepper, well askew, JPEG."""
    import numpy as np
    import pypdfium2

    picture = pypdfium2.PdfDocument(source)[number - 1].render(scale=200 / 72, grayscale=True).to_pil().convert("L")
    picture = picture.crop((0, 0, picture.width, round(bottom * 200 / 72)))
    picture = picture.rotate(-1.1, fillcolor=255, resample=Image.Resampling.BICUBIC)
    grey = 40 + np.asarray(picture, dtype=np.float64) * 0.7
    chance = np.random.default_rng(11).random(grey.shape)
    grey[chance < 0.004], grey[chance > 0.996] = 0, 255
    Image.fromarray(grey.astype(np.uint8)).save(target, resolution=200, quality=80)


def scan(source: Path, number: int, target: Path, lines: float = 1.0) -> None:
    """Write a page as a scanner would: 200 dpi, a little askew, with noise; ``lines``: how much of its height."""
    import pypdfium2

    page = pypdfium2.PdfDocument(source)[number - 1]
    picture = page.render(scale=200 / 72, grayscale=True).to_pil().convert("L")
    picture = picture.crop((0, 0, picture.width, round(picture.height * lines)))
    picture = picture.rotate(0.3, fillcolor=255, resample=Image.Resampling.BICUBIC)
    noise = Image.frombytes("L", picture.size, random.Random(7).randbytes(picture.width * picture.height))
    Image.blend(picture, noise, 0.08).save(target, resolution=200)


def test_words_become_lines_in_points() -> None:
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    rows = ["5\t1\t1\t1\t1\t1\t300\t300\t100\t50\t90\t第一", "5\t1\t1\t1\t1\t2\t400\t300\t50\t50\t80\t條",
            "5\t1\t1\t1\t1\t3\t900\t300\t100\t50\t70\t總則", "4\t1\t1\t1\t2\t0\t0\t0\t0\t0\t-1\t"]
    (line,) = ocr_words.lines_of(ocr_words.words_of("\n".join([head, *rows])), 3, 72 / 300)
    assert line.text == "第一條 總則"
    assert [span.text for span in line.spans] == ["第一條", "總則"]
    assert (line.page, line.x0, line.top) == (3, 72, 72)
    assert line.confidence == pytest.approx(0.8, abs=0.02)


@pytest.mark.parametrize(("found", "wanted"), [
    ("甲,乙;丙", "甲，乙；丙"), ("一九九O年", "一九九〇年"), ("二0C五年", "二〇〇五年"),
    ("一一加強合作", "——加強合作"), ("see 3, 4", "see 3, 4"),
    ("(以下簡稱)", "（以下簡稱）")])
def test_punctuation_beside_chinese_is_full_width(found: str, wanted: str) -> None:
    assert ocr_marks.widened(found) == wanted


def test_without_tesseract_the_error_names_the_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.new("L", (400, 600), 200).save(tmp_path / "scan.pdf")
    monkeypatch.setattr(ocr.shutil, "which", lambda _: None)
    with pytest.raises(MissingBackendError, match=r"tesseract-ocr-chi-tra.*sco_docs\[ocr\]") as caught:
        read(tmp_path / "scan.pdf")
    assert "scan.pdf" in str(caught.value)


@pytest.mark.skipif(not set(ocr.SCRIPTS) <= set(ocr.languages()), reason="Tesseract with its Chinese data is not here")
@pytest.mark.skipif(not SPECIMEN.is_file(), reason="the specimen is not built yet")
def test_a_scanned_page_is_recognised(tmp_path: Path) -> None:
    scan(SPECIMEN, PAGE, tmp_path / "scan.pdf")
    (page,) = read(tmp_path / "scan.pdf")[0].pages
    assert (page.reader, page.reason) == ("tesseract", "no-text")
    assert 0.8 < page.confidence <= 1
    assert page.rules
    rapidfuzz = pytest.importorskip("rapidfuzz.distance")
    wanted, found = ("".join("".join(line.text.split()) for line in some.lines)
                     for some in (read(SPECIMEN, pages=[PAGE])[0].pages[0], page))
    assert rapidfuzz.Levenshtein.distance(wanted, found) / len(wanted) <= 0.02


@pytest.mark.skipif(not set(ocr.SCRIPTS) <= set(ocr.languages()), reason="Tesseract with its Chinese data is not here")
@pytest.mark.skipif(not SPECIMEN.is_file(), reason="the specimen is not built yet")
def test_a_poor_scan_of_a_page_on_which_nothing_was_tuned_is_recognised(tmp_path: Path) -> None:
    (whole,) = read(SPECIMEN, pages=[OTHER])[0].pages
    lines = whole.lines[:8]
    poor_scan(SPECIMEN, OTHER, tmp_path / "scan.pdf", lines[-1].bottom + 6)
    (found,) = read(tmp_path / "scan.pdf")[0].pages
    rapidfuzz = pytest.importorskip("rapidfuzz.distance")
    wanted, text = ("".join("".join(line.text.split()) for line in some) for some in (lines, found.lines))
    assert rapidfuzz.Levenshtein.distance(wanted, text) / len(wanted) <= 0.02
