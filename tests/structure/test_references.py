from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thesis_blocks import para

from sco_docs.model import Block, Line, LineStart, Page, Place, Source, Span, Text
from sco_docs.structure.references import split_references


def lines(*printed: str, page: int = 1) -> Block:
    """A block whose text is printed on several lines."""
    starts, whole = [], ""
    for number, line in enumerate(printed, 1):
        starts.append(LineStart(len(whole), Place(page, number)))
        whole += line
    return Block("paragraph", Text(whole, tuple(starts)), page)


def split(*blocks: Block) -> list[str]:
    return [entry.text for entry in split_references(blocks)[0]]


CHINESE = "王小明，2010，〈河流之治理〉，《虛構學報》，12(3)：4-15。"
OTHER = "李大華、張三主編，2011，《湖泊法論》，臺北：虛構。"
UNDATED = "林水，〈湖的研究〉，《虛構月刊》，57：16-20。"
WESTERN = 'Smith, John A. 1999. "Rivers and Law." Imaginary Review 3(2): 4-15.'
APA = "陳河（2015a）。湖泊治理的新趨勢。《虛構學刊》，12(3)，45–67。"


def test_entries_headings_and_remarks() -> None:
    found = split(
        para("壹、中文部分（依姓氏筆畫排列）"),
        para("一、專書"),
        para(OTHER),
        para("（以下依作者姓氏筆畫排列）"),
        para(CHINESE),
        para("English References"),
        para(WESTERN),
    )
    assert found == [OTHER, CHINESE, WESTERN]


def test_an_entry_cut_by_a_page_or_before_a_url_is_healed() -> None:
    found = split(
        para("王水，2010，〈湖〉，虛構網，"),
        para("http://www.example.org/a/b/"),
        para("c.html，2010/06/07。"),
        para(OTHER[:20]),
        para(OTHER[20:]),
        para(WESTERN[:40]),
        para(WESTERN[40:]),
        para("湖泊協會，2012，〈年報〉，湖泊協會。(未刊登)"),
    )
    assert found[0] == "王水，2010，〈湖〉，虛構網，http://www.example.org/a/b/c.html，2010/06/07。"
    assert found[1] == OTHER
    assert found[2].replace(" ", "") == WESTERN.replace(" ", "")
    assert len(found) == 4


def test_entries_joined_by_the_layout_are_cut() -> None:
    assert split(lines(CHINESE, OTHER, UNDATED), lines(APA, WESTERN)) == [CHINESE, OTHER, UNDATED, APA, WESTERN]


def test_every_line_a_block() -> None:
    printed = [
        "王小明，2010，〈河流之治理與下游國家之權",
        "利〉，《虛構學報》，12(3)：4-15。",
        *[OTHER] * 3,
        "李四（編），2009，",
        "《大湖》，臺北：虛構。",
        CHINESE,
    ]
    found = split(*map(para, printed))
    assert found == [printed[0] + printed[1], OTHER, OTHER, OTHER, "李四（編），2009，《大湖》，臺北：虛構。", CHINESE]


def test_numbered_entries() -> None:
    printed = [
        "[1] 王小明. 河法研究[M]. 北京: 虛構出版社, 2010.",
        "[2] 李青. 湖泊治理: 以三個湖的比較為",
        "中心[J]. 虛構研究, 2015, 33(2): 45-60.",
        "[3] Brown T. Lakes[J]. Water, 2012, 4(1): 1-20.",
        "[4] 湖泊協會. 年報[EB/OL]. (2019-03-02)[2020-01-05]. http://example.org/x.",
        "2010 年鑑.",
    ]
    found = split(*map(para, printed))
    assert [entry[:3] for entry in found] == ["[1]", "[2]", "[3]", "[4]"]
    assert found[1] == "[2] 李青. 湖泊治理: 以三個湖的比較為中心[J]. 虛構研究, 2015, 33(2): 45-60."


def test_repeated_authors_as_dashes() -> None:
    assert split(para(CHINESE), para("———，2012，《湖》，臺北：虛構。"), para(OTHER)) == [
        CHINESE,
        "———，2012，《湖》，臺北：虛構。",
        OTHER,
    ]


def test_places_are_kept() -> None:
    entry = split_references([lines("王水，2010，〈湖", "泊〉，《虛構》，1：2-3。", page=7)])[0][0]
    assert entry.lines == (LineStart(0, Place(7, 1)), LineStart(10, Place(7, 2)))


def test_what_looks_wrong_is_reported() -> None:
    assert [p.code for p in split_references([para("王水，2010。")])[1]] == ["reference-doubtful"]
    assert split_references([]) == ((), ())


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from([CHINESE, OTHER, UNDATED, WESTERN, APA, "續行文字", "and more", "http://a.org/b"]), max_size=8
    )
)
def test_nothing_is_lost(printed: list[str]) -> None:
    found = "".join(split(*map(para, printed)))
    assert "".join(found.split()) == "".join("".join(printed).split())


def test_names_in_lower_case_and_entries_that_end_in_an_address() -> None:
    first = "O'Neil, T. C. (1980). Law of the lake. Water Review, 4(1), 1-7. https://doi.org/10.1016/j.pol.1980.07.006"
    second = "van der Berg, A. C., & Brown, J. (1977). Rivers. Water Review, 7(6), 18-46."
    third = "Adams, Anna, and Karl Brown. 1982. “Law.” In The Lake, ed."
    found = split(lines(first, second, third + " ", "Mary Dawson. London: Reed, 67-73.", WESTERN))
    assert found == [first, second, third + " Mary Dawson. London: Reed, 67-73.", WESTERN]


def test_law_entries_without_title_marks() -> None:
    entries = [
        "周建明，湖泊合作，載：李志燕主編，湖泊政策初探，臺北：虛構，2019 年，頁 1-8。",
        "馬河，湖泊安全，臺北：虛構，2003 年 9 月，頁 89-91。",
        "吳山娜、林麗，湖泊資源，高雄：海風，1993 年。",
    ]
    assert split(lines(*entries)) == entries


def test_a_word_that_the_layout_healed_stays_whole() -> None:
    printed = lines("Smith, John. 1999. “Rivers and Coopera", "tion among States.” Imaginary Review 3(2): 4-15.")
    assert split(printed) == ["Smith, John. 1999. “Rivers and Cooperation among States.” Imaginary Review 3(2): 4-15."]


TITLES_FIRST = [
    "〈湖水章程〉，湖泊檔案館藏，檔號 03-11。",
    "《湖志》（臺北：虛構書局，1985影印本），卷 35，頁 12，卷 40，頁 3-15，卷 41，頁 2-9。",
    "「湖務司致河務司電」，《湖務檔案》，湖史館藏，典藏號：020-010102-0001。",
    "《湖報》，湖城，1911年10月12日，第1版。",
    "湖泊協會網站，http://www.example.org/lake/",
    "“Lakes Without Law,” Imaginary Times, July 30, 2005.",
    "http://www.example.org/natolive/topics_50349.htm",
    "Lake Council, The Lake Book, https://www.example.org/library/publications/the-lake-book/geos/index.html",
    "Mary Brown and Ole Green, Lakes and Powers in the North: A Long History of Their Law, Camden: Reed, 2003.",
    "The Lake Office, The Strategy of the Lakes, September 2002.",
]
HANG, FLUSH, SPACED, FIRST = (0, 2, 0.0), (0, 0, 0.0), (0, 0, 8.0), (2, 0, 0.0)


def wide(text: str) -> float:
    return sum(12.0 if ord(c) > 0x2E7F else 6.0 for c in text)


def printed(entries: list[str], form: tuple[int, int, float], shift: float = 0.0) -> tuple[list[Block], Source]:
    """The entries set as by a word processor in a column of 400 points, eight lines a page, every line a block."""
    first, rest, space = form
    rows: list[tuple[float, str, float]] = []
    for entry in entries:
        left, text = 12.0 * first, entry
        words = cut(text)
        line = words[0]
        for word in words[1:]:
            if left + wide((line + word).rstrip()) > 400:
                rows.append((left, line.rstrip(), space if entry.startswith(line) else 0.0))
                left, line = 12.0 * rest, word
            else:
                line += word
        rows.append((left, line, space if entry.startswith(line) else 0.0))
    return on_pages(rows, shift)


def cut(text: str) -> list[str]:
    return re.findall(r"[《〈「（“]*(?:[!-.0-~]+/*|/+|.)[，。、：」》〉）”]* *", text)


def on_pages(rows: list[tuple[float, str, float]], shift: float) -> tuple[list[Block], Source]:
    blocks, pages = [], []
    for number in range(len(rows) // 8 + 1):
        edge, top, lines = 80.0 + shift * (number % 2), 80.0, []
        for at, (left, text, space) in enumerate(rows[8 * number : 8 * number + 8], 1):
            top += 20.0 + space
            x0, x1 = edge + left, edge + left + wide(text)
            lines.append(Line(text, number + 1, at, x0, top, x1, top + 12, (Span(text, x0, x1, size=12.0),)))
            place = (LineStart(0, Place(number + 1, at)),)
            blocks.append(Block("paragraph", Text(text, place), number + 1, x0=x0, first_indent=x0 - 80.0))
        pages.append(Page(number + 1, 600, 800, tuple(lines)))
    return blocks, Source("x.pdf", "", "application/pdf", tuple(pages))


@pytest.mark.parametrize("form", [HANG, SPACED, FIRST])
@pytest.mark.parametrize("shift", [0.0, 30.0])
def test_print_shows_entries_that_begin_with_anything(form: tuple[int, int, float], shift: float) -> None:
    found = split_references(*printed(TITLES_FIRST, form, shift))[0]
    assert ["".join(entry.text.split()) for entry in found] == ["".join(entry.split()) for entry in TITLES_FIRST]


def test_without_indents_and_spaces_short_lines_and_words_show_entries() -> None:
    entries = [CHINESE, OTHER, *TITLES_FIRST[:5], UNDATED, *TITLES_FIRST[7:], WESTERN]
    found = split_references(*printed(entries, FLUSH))[0]
    assert ["".join(entry.text.split()) for entry in found] == ["".join(entry.split()) for entry in entries]


def test_paragraphs_of_a_source_without_printed_lines_are_entries() -> None:
    source = Source("x.docx", "", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ())
    found = split_references([para(entry) for entry in TITLES_FIRST], source)[0]
    assert [entry.text for entry in found] == TITLES_FIRST


def test_dynasties_repeated_authors_and_dated_newspapers_begin_entries() -> None:
    entries = ["〔明〕王水撰，《湖史》，北京：虛構書局，1976年。", "同上，《河史》，臺北：虛構，1960年。",
               "湖報，2010年5月6日，〈湖水新局〉，A4版。", "王水。2008。《湖泊政策》。臺北：虛構。"]  # fmt: skip
    assert split(lines(*entries)) == entries


def test_japanese_and_korean_lists() -> None:
    entries = ["山川水男『湖の歴史』虚構書店、2000年。", "湖川明「河の法」『虚構問題』第 5 号、2009年4月、24-35頁。",
               "김호수, 『호수의 역사』, 서울: 허구, 2010."]  # fmt: skip
    assert split(lines(*entries[:2]), para(entries[2])) == entries
