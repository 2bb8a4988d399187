"""The parts of an entry that all styles share."""

from __future__ import annotations

import pytest

from sco_docs.cite.parts import number, read_imprint, read_locator, read_school, read_web, read_year


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("44(2)：57-76", {"volume": "44", "issue": "2", "pages": "57-76"}),
        ("(3)：94-103", {"issue": "3", "pages": "94-103"}),
        ("2008(6)：75-80", {"year": "2008", "issue": "6", "pages": "75-80"}),
        ("570：16-20", {"issue": "570", "pages": "16-20"}),
        ("(22)", {"issue": "22"}),
        ("第 34 卷第 3 期，2005 年 5 月，頁 1-50",
         {"volume": "34", "issue": "3", "pages": "1-50", "year": "2005", "date": "2005 年 5 月"}),
        ("第五十四本第四分（1983），頁 1-30", {"volume": "54", "issue": "4", "pages": "1-30", "year": "1983"}),
        ("12, no. 3 (1999): 1-20", {"volume": "12", "issue": "3", "pages": "1-20", "year": "1999"}),
        ("2018, 41(5): 1023-1035", {"year": "2018", "volume": "41", "issue": "5", "pages": "1023-1035"}),
        ("A4版", {"pages": "A4"}),
        ("本文為會議論文", None),
    ],
)  # fmt: skip
def test_locator(text: str, want: dict[str, str] | None) -> None:
    assert read_locator(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("台北：海風", {"place": "台北", "publisher": "海風"}),
        ("台灣，高雄：海文", {"place": "台灣，高雄", "publisher": "海文"}),
        ("臺北：海濱，2011年9月", {"place": "臺北", "publisher": "海濱", "year": "2011"}),
        ("臺北：海濱，2017年增訂十五版", {"place": "臺北", "publisher": "海濱", "year": "2017"}),
        ("Mass. : River-Press.", {"place": "Mass.", "publisher": "River-Press"}),
        ("海風出版社", {"publisher": "海風出版社"}),
        ("後來他又說", None),
    ],
)
def test_imprint(text: str, want: dict[str, str] | None) -> None:
    assert read_imprint(text) == want


def test_a_date_is_an_access_date_only_where_the_source_says_so() -> None:
    plain = read_web("海濱網，http://a.example.org/b.html，2013/03/25")
    viewed = read_web("http://a.example.org/b.html，最後瀏覽日：2015年3月1日")
    assert plain is not None
    assert viewed is not None
    assert (plain["container"], plain["date"], plain["date_kind"]) == ("海濱網", "2013/03/25", "printed")
    assert (viewed["date"], viewed["date_kind"]) == ("2015年3月1日", "accessed")


@pytest.mark.parametrize("tail", ["", ".", "。", "，2013/03/25", " ,2013/03/25", ")。"])
def test_an_address_ends_where_the_sentence_goes_on(tail: str) -> None:
    found = read_web(f"http://a.example.org/b_(c).htm?d=1,2&e=%20#f{tail}")
    assert found is not None
    assert found["url"] == "http://a.example.org/b_(c).htm?d=1,2&e=%20#f"


def test_school() -> None:
    assert read_school("台北：海濱大學港務研究所在職碩士論文") == {
        "place": "台北", "institution": "海濱大學港務研究所", "degree": "在職碩士論文",
    }  # fmt: skip
    assert read_school("Ph.D. dissertation, University of Camden, North Camden.") == {
        "degree": "Ph.D. dissertation",
        "institution": "University of Camden, North Camden",
    }
    assert read_school("Unpublished Master's thesis, Reed College, 2004") == {
        "degree": "Master's thesis",
        "institution": "Reed College",
        "year": "2004",
    }
    assert read_school("台北：海風") is None


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("2007a", (2007, "a")), ("民國 91 年", (2002, None)), ("民99", (2010, None)), ("1996/97", ("1996/97", None)),
        ("無日期", (None, None)), ("港務", None),
    ],
)  # fmt: skip
def test_year(text: str, want: object) -> None:
    assert read_year(text) == want


@pytest.mark.parametrize(
    ("text", "want"), [("五十四", 54), ("一百零三", 103), ("十", 10), ("二〇一一", 2011), ("x", None)]
)
def test_number(text: str, want: int | None) -> None:
    assert number(text) == want
