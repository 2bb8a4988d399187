"""Citations in text, notes and source notes, and what they link to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from citation_makers import block, document, note

from sco_docs.chinese.texts import plain
from sco_docs.cite.citations import find_citations
from sco_docs.cite.link import Linker, read_cited, transcribes
from sco_docs.cite.numeric import expand
from sco_docs.cite.references import parse_references
from sco_docs.model import Block, Citation, Place, Reference, Table

LIST = (
    "何立言，2011，〈河口城市的港務合作〉，《港灣研究》，44(2)：57-76。",
    "何立言，2012a，〈燈塔的管理〉，《港灣研究》，(3)：94-103。",
    "何立言，2012b，〈燈塔的歷史〉，《港灣研究》，(4)：94-103。",
    "柳如是、區少文，2007，《港口城市》，台北：海風。",
    "海濱現代港務研究所民族與港灣研究中心，2002，《新港務觀》，北京：海風。",
    "單明遠，〈特別報導〉，《海事瞭望》，570：16-20。",
    "曾一平，2008，〈河口的能源〉，《河口學報》，(25)。",
    "王帆，2013，〈新渡輪〉，海濱之音，http://news.example.org/1.html，2013/03/25。",
    "Brzoza Z.著，林帆譯，2007，《大河局》(The Grand River)，台北：海文。",
    "丁河，2009，〈港口擴建〉，邢海、孫帆（編），《港口報告》，北京：海風。",
    'Brook, Barry R. & Stone, Andrew L. 1996/97. "Competing Visions for Ports." Port Security 21(3): 5-53.',
    "Hill, Barry. 1991. Rivers, State and Fear. New York: Pier.",
)
REFERENCES: tuple[Reference, ...] = parse_references(LIST)[0]


def found(text: str) -> tuple[Citation, ...]:
    return find_citations(*document([block(text)]), REFERENCES)[0]


@pytest.mark.parametrize(
    ("text", "raw", "items"),
    [
        ("港務很重要(何立言，2011:60)。", "(何立言，2011:60)", [("何立言", "2011", "60", 0)]),
        ("見（何立言，2012a:95、2012b:97；柳如是、區少文，2007：3；5-7）。",
         "（何立言，2012a:95、2012b:97；柳如是、區少文，2007：3；5-7）",
         [("何立言", "2012a", "95", 1), ("何立言", "2012b", "97", 2), ("柳如是、區少文", "2007", "3；5-7", 3)]),
        ("(Brook & Stone, 1996/97: 5-53)", "(Brook & Stone, 1996/97: 5-53)",
         [("Brook & Stone", "1996/97", "5-53", 10)]),
        ("(Balance of Ports；Hill, 1991)", "(Balance of Ports；Hill, 1991)", [("Hill", "1991", None, 11)]),
        ("柳如是與區少文（2007）認為", "柳如是與區少文（2007）", [("柳如是與區少文", "2007", None, 3)]),
        ("正如Barry Hill(1991)所說", "Barry Hill(1991)", [("Barry Hill", "1991", None, 11)]),
        ("According to Barry Hill (1991), ports", "Barry Hill (1991)", [("Barry Hill", "1991", None, 11)]),
        ("See Hill (1991).", "Hill (1991)", [("Hill", "1991", None, 11)]),
        ("As Rivers (2004) has it", "Rivers (2004)", [("Rivers", "2004", None, None)]),
        ("（何立言，2011；2012a）", "（何立言，2011；2012a）",
         [("何立言", "2011", None, 0), ("何立言", "2012a", None, 1)]),
        ("（王江，1990，引自何立言，2011）", "（王江，1990，引自何立言，2011）",
         [("王江", "1990", None, None), ("何立言", "2011", None, 0)]),
        ("in Hill's (1991) view", "Hill's (1991)", [("Hill's", "1991", None, 11)]),
        ("（何立言，民100：5）", "（何立言，民100：5）", [("何立言", "民100", "5", 0)]),
        ("(見何立言，2011)", "(見何立言，2011)", [("何立言", "2011", None, 0)]),
        ("轉引自何立言(2011)。", "何立言(2011)", [("何立言", "2011", None, 0)]),
        ("(陳遠帆，1999)", "(陳遠帆，1999)", [("陳遠帆", "1999", None, None)]),
        ("學者李河海（2001）指出", "李河海（2001）", [("李河海", "2001", None, None)]),
        ("（何立言，2011，頁 60）", "（何立言，2011，頁 60）", [("何立言", "2011", "60", 0)]),
        ("(Hill, 1991, pp. 3-5)", "(Hill, 1991, pp. 3-5)", [("Hill", "1991", "3-5", 11)]),
    ],
)  # fmt: skip
def test_forms(text: str, raw: str, items: list[tuple[str, str | None, str | None, int | None]]) -> None:
    (citation,) = found(text)
    assert citation.raw == raw
    assert [(i.authors, i.year, i.pages, i.reference) for i in citation.items] == items


@pytest.mark.parametrize(
    "text",
    [
        "港灣會議(2001)、河口高峰會(2002)", "長期內(2020年前)", "阿姆河（1998 年）", "(Viewed 2013/06/14)", "如表(1)",
        "海權論《政治河流》(Politische Flüsse, 1897)", "清代回亂(1864-1877)之後",
    ],
)  # fmt: skip
def test_what_only_looks_like_one(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    ("text", "reference", "word"),
    [
        ("(何立彥，2011)", 0, "name differs"),
        ("(曾一平，2007:50)", 6, "year differs"),
        ("(單明遠，2007:16)", 5, "no year"),
        ("(林帆譯，2007)", 8, "translator"),
        ("(布若札，2007:5)", 8, "Chinese characters"),
        ("(海濱港灣中心，2002)", 4, "Short name"),
        ("(海濱之音，2013/03/25)", 7, "site"),
        ("(邢海、孫帆，2009)", None, "editors of the book"),
        ("(Barry, 1990)", None, "Nearest entry"),
        ("(何立言，2012)", None, "only with"),
    ],
)
def test_near_misses_are_explained(text: str, reference: int | None, word: str) -> None:
    (citation,) = found(text)
    assert citation.items[0].reference == reference
    assert word in (citation.items[0].explanation or "")


def test_a_short_name_set_up_in_a_note() -> None:
    text = "這一點已有研究(海濱現代港務研究所民族與港灣研究中心，2002:5)。"
    text += "後來證實(港務民研中心；何立言，2011)。港務民研中心，頁 9。"
    blocks = [block(text, notes=[(text.index("，2002"), "n1")])]
    citations, _ = find_citations(*document(blocks, [note(1, "以下簡稱為港務民研中心。")]), REFERENCES)
    assert [[i.reference for i in c.items] for c in citations] == [[4], [4, 0], [4]]
    assert citations[2].items[0].pages == "9"


def test_a_source_note_counts_once() -> None:
    source = "資料來源：何立言(2011)、海濱年鑑(2010: 4)；作者整理。"
    table = Block("table", plain(""), 1, table=Table("表 1", "", (("a",),), source, Place(1, 2)))
    blocks = [table, Block("source_note", plain(source, Place(1, 9)), 1)]
    citations, _ = find_citations(*document(blocks), REFERENCES)
    assert [(c.raw, c.where) for c in citations] == [
        ("何立言(2011)", "source-note 表 1"), ("海濱年鑑(2010: 4)", "source-note 表 1"),
    ]  # fmt: skip


def test_the_list_itself_does_not_cite() -> None:
    references, _ = parse_references(["何立言（2010）。偏鄉學校的渡船。《教育港灣》，12(3)，45–67。"])
    thesis, layout = document(
        [block("渡船很重要（何立言，2010）。"), block(references[0].raw), block(references[0].raw[:18])]
    )
    citations, _ = find_citations(replace(thesis, sections=()), layout, references)
    assert [c.raw for c in citations] == ["（何立言，2010）"]


def test_sources_listed_without_brackets() -> None:
    citations = found("參考自：何立言(2011)；欲進一步了解可參考：柳如是、區少文，2007；朱河、陸帆，2009。")
    assert [c.raw for c in citations] == ["何立言(2011)", "柳如是、區少文，2007", "朱河、陸帆，2009"]


def test_problems_name_what_is_missing_on_either_side() -> None:
    _, problems = find_citations(*document([block("(陳遠帆，1999) (何立彥，2011)")]), REFERENCES[:2])
    assert [p.code for p in problems] == ["cited-not-listed", "citation-differs", "listed-not-cited"]
    assert problems[0].place == Place(1, 1, 0)


def test_citations_by_number() -> None:
    references, _ = parse_references(
        ["[1] 何明. 港口研究[J]. 港口学报, 2018, 41(5): 10-15.", "[2] 费海. 河口[M]. 北京: 海风出版社, 2008."]
    )
    blocks = [block("已有研究[1]。也有不同看法[1,2]，见[1-2]20-25，但没有[7]。而且如此。", notes=[(6, "n9")])]
    citations, _ = find_citations(*document(blocks, [note(9, "")]), references)
    assert [(c.raw, [i.reference for i in c.items]) for c in citations] == [
        ("[1]", [0]), ("[1,2]", [0, 1]), ("[1-2]", [0, 1]),
    ]  # fmt: skip
    assert citations[2].items[0].pages == "20-25"
    assert expand("1,3-5") == (1, 3, 4, 5)
    assert expand("9-2") == ()


def test_notes_in_full_and_pointing_back() -> None:
    references, _ = parse_references(
        [
            "何立言，《港務法總則》，臺北：海風，2014年。",
            "柳如是，〈港務史〉，《海濱法學》，第 3 期（2008年9月），頁 1-46。",
        ]
    )
    notes = [
        note(
            1,
            "參見何立言，《港務法總則》（臺北：海風，2014年），頁 120；"
            "柳如是，〈港務史〉，《海濱法學》第 3 期（2008年9月），頁 9。",
        ),
        note(2, "同前註，頁 12。"),
        note(3, "何立言，前揭書，頁 5；柳如是，同註 1，頁 7。"),
        note(4, "這一點將在後面討論。"),
        note(5, "John Pier, A Theory of Boats (Cambridge: River Press, 1971), p. 60."),
        note(6, "Pier, supra note 5, at 75."),
        note(7, "陳河，前揭書，頁 3。"),
        note(8, "何立言，前揭（註 1）書，頁 8；柳如是（註 1），頁 9；註 5，前揭書，頁 10。"),
    ]
    blocks = [block("一二三四五六七八九", notes=[(n, f"n{n}") for n in range(1, 9)])]
    citations, _ = find_citations(*document(blocks, notes), references)
    assert [(c.where, c.items[0].reference, c.items[0].pages) for c in citations] == [
        ("footnote 1", 0, "120"), ("footnote 1", 1, "9"), ("footnote 2", 1, "12"), ("footnote 3", 0, "5"),
        ("footnote 3", 1, "7"), ("footnote 5", None, "60"), ("footnote 6", None, "75"), ("footnote 7", None, "3"),
        ("footnote 8", 0, "8"), ("footnote 8", 1, "9"), ("footnote 8", None, "10"),
    ]  # fmt: skip


def test_notes_in_the_mainland_manner() -> None:
    references, _ = parse_references(
        [
            "何河、柳林：《港口组织研究》，北京：海风出版社，2007年版。",
            "[美]彼得·哈伯著，柳林译：《大港口》，海滨人民出版社1998年版。",
            "Adam Hill and Ole Stone, Ports and Powers, Cambridge: River Press, 2003.",
        ]
    )
    texts = [
        "参见何河、柳林：《港口组织研究》，海风出版社，2007年版，第23页。", "同上，第25页。",
        "[美]哈伯：《大港口》，第56页；何河：前引书，第60页。", "Adam Hill and Ole Stone, Ports and Powers, p. 50.",
        "Ibid., p. 51.", "单帆：《渡口》，第3页。", "依《河口組織憲章》，第 3 條。",
    ]  # fmt: skip
    notes = [note(n, text) for n, text in enumerate(texts, 1)]
    blocks = [block("一二三四五六七八", notes=[(n, f"n{n}") for n in range(1, 8)])]
    citations, _ = find_citations(*document(blocks, notes), references)
    assert [(c.where[-1], c.items[0].reference, c.items[0].pages) for c in citations] == [
        ("1", 0, "23"), ("2", 0, "25"), ("3", 1, "56"), ("3", 0, "60"), ("4", 2, "50"), ("5", 2, "51"),
        ("6", None, "3"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("chinese", "foreign", "same"),
    [
        ("布里辛斯基", "Brzezinski", True),
        ("杭亭頓", "Huntington", True),
        ("布里辛斯基", "Buzan", False),
        ("華爾茲", "Hill", False),
    ],
)
def test_names_by_their_sound(chinese: str, foreign: str, same: bool) -> None:
    assert transcribes(chinese, foreign) is same


def test_several_entries_fit_and_none_is_chosen() -> None:
    twice = (*REFERENCES[:1], REFERENCES[0])
    assert Linker(twice).link("何立言", "2011").reference is None


@pytest.mark.thesis
def test_the_thesis(shared: object) -> None:
    """Every citation of the hand-checked chapters is found and linked."""
    import json
    from pathlib import Path

    folder = Path(str(shared)) / "gold"
    raws = [entry["raw"] for entry in json.loads((folder / "references_all.json").read_text("utf-8"))]
    references, _ = parse_references(raws)
    gold = json.loads((folder / "citations.json").read_text("utf-8"))
    kept = [c for c in gold if c["form"] in ("parenthetical", "narrative") and all(i["year"] for i in c["items"])]
    blocks = [block(f"{'參考自：' if c['form'] == 'narrative' else ''}{c['raw']}。") for c in kept]
    citations, _ = find_citations(*document(blocks), references)
    want = [(c["raw"], i["year"], i["matches_reference"]) for c in kept for i in c["items"]]
    have = [(c.raw, i.year, i.reference) for c in citations for i in c.items]
    assert sum(w in have for w in want) >= 0.97 * len(want)


@pytest.mark.parametrize(
    "printed", ["Carver, Stone, & Hall", "Carver, Stone and Hall", "Carver、Stone 與 Hall", "Carver、Stone、Hall"]
)
def test_three_family_names(printed: str) -> None:
    assert read_cited(printed).names == ("Carver", "Stone", "Hall")


def test_numbers_of_notes_that_start_again_and_words_before_a_name() -> None:
    references, _ = parse_references(
        ["何立言，《港務法總則》，臺北：海風，2014年。", "柳如是，〈港務史〉，《海濱法學》，第 3 期（2008），頁 1。"]
    )
    notes = [
        note(1, "何立言，《港務法總則》（臺北：海風，2014年），頁 120。"),
        replace(note(2, "柳如是，〈港務史〉，《海濱法學》第 3 期（2008年9月），頁 9。"), label="1"),
        replace(note(3, "同註 1，頁 10。"), label="2"),
        replace(note(4, "會談的紀錄見何立言，前揭書，頁 3。"), label="3"),
    ]
    blocks = [block("一二三四五六七八九", notes=[(n, f"n{n}") for n in range(1, 5)])]
    citations, _ = find_citations(*document(blocks, notes), references)
    found = [(c.raw[:3], c.items[0].reference) for c in citations]
    assert found == [("何立言", 0), ("柳如是", 1), ("同註 ", 1), ("何立言", 0)]


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("See also Hill, 1991.", "Hill, 1991"),
        ("柳如是、區少文，2007，頁45。", "柳如是、區少文，2007，頁45"),
        ("此說見於一般年鑑，2007。", None),
    ],
)
def test_a_note_that_is_a_citation_without_brackets(text: str, raw: str | None) -> None:
    blocks = [block("各港的情況不一", notes=[(3, "n1")])]
    citations, _ = find_citations(*document(blocks, [note(1, text)]), REFERENCES)
    assert [c.raw for c in citations] == ([raw] if raw else [])
