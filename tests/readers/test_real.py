"""Real files: a few short strings of each, checked once by eye against the rendered page."""

from __future__ import annotations

from pathlib import Path

import pytest

from sco_docs.errors import ScoError
from sco_docs.model import Page
from sco_docs.readers import read

pytestmark = pytest.mark.thesis

SEEN = [
    ("h05_ntu_thesis_template_tc.pdf", 27, "3.2 山海經"),
    ("h05_ntu_thesis_template_tc.pdf", 27, "南山經之首曰\ufffd山。其首曰招搖之山"),
    ("j01_judgment_109_1022_tc.pdf", 1, "109年度上字第1022號"),
    ("j01_judgment_109_1022_tc.pdf", 1, "訴訟代理人　林火炎 律師"),
    ("l04_labor_standards_tc.pdf", 1, "一、勞工：指受雇主僱用從事工作獲致工資者。"),
    ("l04_labor_standards_tc.pdf", 1, "修正日期：民國 113 年 07 月 31 日"),
    ("l07_prc_civil_code_sc.pdf", 2, "第五章　国家所有权和集体所有权、私人所有权"),
    ("t01_wto_valuation_agreement_tc.pdf", 3, "（ii）進口貨物轉售地區之限制；或"),
    ("t05_hk_nsl_gazette_tc.pdf", 2, "《中華人民共和國香港特別行政區維護國家安全法》"),
    ("v01_hongloumeng_vertical_tc.pdf", 5, "青埂峰下經過忽見一大石上字跡分明編述"),
    ("v01_hongloumeng_vertical_tc.pdf", 5, "或字謙得好"),
    ("x01_plumber_issue67_sc.pdf", 5, "公司优先股股东总数及前10名优先股股东持股情况表"),
    ("x02_plumber_issue71_dup_sc.pdf", 1, "项目经验项目经验项目经验项目经验项目经验项目经验项目经验项目经"),
    ("x11_pdfjs_2128r_gbk_nonembedded.pdf", 1, "浅谈校长的魅力"),
    ("x16_pdfminer_625_identity.pdf", 1, "91-504 Łódź"),
]


@pytest.mark.parametrize(("name", "number", "text"), SEEN)
def test_a_line_is_read_as_it_is_printed(shared: Path, name: str, number: int, text: str) -> None:
    source, _ = read(shared / "real" / name, pages=[number])
    wanted = text.replace(" ", "").replace("\u3000", "")
    assert any(wanted in line.text.replace(" ", "").replace("\u3000", "") for line in source.pages[0].lines)


def _characters(page: Page) -> int:
    return sum(len("".join(line.text.split())) for line in page.lines)


def test_what_a_spread_shows_on_another_page_is_not_doubled(shared: Path) -> None:
    source, problems = read(shared / "real" / "v01_hongloumeng_vertical_tc.pdf", pages=[5, 6])
    assert all(line.vertical for page in source.pages for line in page.lines)
    assert [sum("味故編" in line.text for line in page.lines) for page in source.pages] == [0, 1]
    assert {problem.code for problem in problems} == {"off-page-text"}


def test_doubled_printing_is_read_once(shared: Path) -> None:
    source, _ = read(shared / "real" / "x02_plumber_issue71_dup_sc.pdf", pages=[1])
    assert [line.text for line in source.pages[0].lines].count("研发") == 1


def test_characters_that_no_font_maps_are_looked_up_in_the_font(shared: Path) -> None:
    source, _ = read(shared / "real" / "x16_pdfminer_625_identity.pdf")
    assert source.pages[0].reason == "map-errors"
    assert source.pages[0].confidence > 0.9


@pytest.mark.parametrize("name", ["l04_labor_standards_tc.pdf", "t01_wto_valuation_agreement_tc.pdf"])
def test_nothing_is_lost_or_doubled_against_pdfplumber(shared: Path, name: str) -> None:
    import pdfplumber

    source, _ = read(shared / "real" / name, pages=[1, 2])
    with pdfplumber.open(shared / "real" / name, pages=[1, 2]) as other:
        for page, theirs in zip(source.pages, other.pages, strict=True):
            assert _characters(page) == sum(1 for char in theirs.chars if not char["text"].isspace())
            assert page.confidence == 1.0


def _outcome(file: Path) -> str:
    """What reading a file comes to: ``""`` if it is as it should be."""
    try:
        source, _ = read(file)
    except ScoError as error:
        return "" if file.name in str(error) and "\n" not in str(error) else str(error)
    return "" if any(page.lines for page in source.pages) else "silently empty"


def test_malformed_files_end_in_text_or_in_one_sentence(shared: Path) -> None:
    files = sorted((shared / "bad").glob("*.pdf"))[::6]
    assert {file.name: outcome for file in files if (outcome := _outcome(file))} == {}
