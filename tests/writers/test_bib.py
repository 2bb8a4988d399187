"""Citation files: four formats from one record, safe for LaTeX, read back before they count as written."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import bibtexparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_docs.errors import OutputError
from sco_docs.model import Agreement, Reference, RegisterEntry
from sco_docs.writers.bibtex import biblatex, classic, data_model, escape
from sco_docs.writers.citable import citables, iso_date
from sco_docs.writers.csl import csl_json
from sco_docs.writers.names import Name, name_of
from sco_docs.writers.ris import ris

CHARTER = RegisterEntry(
    "port-charter", ("河口港務組織憲章", "港務憲章"), "2002-06-07", ("甲國", "乙共和國"), "海濱", (), 2,
    "Charter of the River Port Organization", "Хартия речных портов", "hekougangwuzuzhixianzhang2002",
)  # fmt: skip
BARE = RegisterEntry("declaration", ("渡口宣言",), None, (), None, (), None, key="dukouxuanyannd")
ARTICLE = Reference(
    "何立言，2011，〈河口〉，《港灣研究》，44(2)：57-76。", "zh", "article", "heliyan2011", ("何立言", "海濱研究所"),
    year=2011, title="河口", container="港灣研究", volume="44", issue="2", pages="57-76",
)  # fmt: skip
WEB = Reference(
    "海濱時報…", "zh", "web", "haibin2013", ("海濱時報",), year=2013, title="新港_100%_&#", container="海濱網",
    url="http://news.example.org/a_b%20c.html#d", date="2013/06/21", date_kind="accessed",
)  # fmt: skip
ENTRIES = (CHARTER, BARE, ARTICLE, WEB)


def printed(n: int, url: str) -> Agreement:
    return Agreement(
        n, f"a{n}", "zh-Hant-TW", None, None, (), (), (), (), (), (), None, None, None, None, (), url, (1, 1)
    )


def entries(data: bytes) -> dict[str, dict[str, str]]:
    library = bibtexparser.parse_string(data.decode())
    assert library.failed_blocks == []
    return {e.key: {"": e.entry_type} | {f.key: str(f.value) for f in e.fields} for e in library.entries}


def test_a_treaty_in_biblatex() -> None:
    found = entries(biblatex(ENTRIES, [printed(2, "http://a.example.org/x.html")]))[CHARTER.key]
    assert found == {
        "": "legal", "entrysubtype": "piltreaty", "title": "{河口港務組織憲章}", "shorttitle": "{港務憲章}",
        "titleaddon": "Charter of the River Port Organization", "origtitle": "{Хартия речных портов}",
        "origlanguage": "russian", "parties": "{甲國} and {乙共和國}", "execution": "signed=2002-06-07",
        "date": "2002-06-07", "location": "海濱", "note": "also named 《港務憲章》", "url": "http://a.example.org/x.html",
        "sortname": "{hekougangwuzuzhixianzhang}", "langid": "chinese", "options": "skipbib=false",
    }  # fmt: skip


def test_what_the_source_does_not_give_stays_out() -> None:
    found = entries(biblatex(ENTRIES))
    assert set(found["dukouxuanyannd"]) == {"", "entrysubtype", "title", "sortname", "langid", "options"}
    assert "urldate" not in found[CHARTER.key]
    assert not any(re.fullmatch("user[a-f]", field) for fields in found.values() for field in fields)


def test_an_access_date_only_where_the_source_gives_one() -> None:
    found = entries(biblatex(ENTRIES))["haibin2013"]
    assert found["urldate"] == "2013-06-21"
    updated = entries(biblatex([replace(WEB, date_kind="printed")]))["haibin2013"]
    assert "urldate" not in updated
    assert updated["date"] == "2013-06-21"


def test_a_treaty_in_classic_bibtex() -> None:
    found = entries(classic(ENTRIES))[CHARTER.key]
    assert found[""] == "misc"
    assert (found["year"], found["month"], found["address"]) == ("2002", "jun", "海濱")
    for part in ("Charter of the River Port Organization", "甲國、乙共和國", "2002-06-07"):
        assert part in found["note"]


def test_csl_and_ris_say_the_same() -> None:
    items = {item["id"]: item for item in json.loads(csl_json(ENTRIES))}
    assert items[CHARTER.key]["type"] == "treaty"
    assert items[CHARTER.key]["issued"] == {"date-parts": [[2002, 6, 7]]}
    assert items["heliyan2011"]["author"] == [{"family": "何", "given": "立言"}, {"literal": "海濱研究所"}]
    text = ris(ENTRIES).decode()
    blocks = [block for block in text.split("\r\n\r\n") if block.strip()]
    assert len(blocks) == len(ENTRIES)
    assert all(block.startswith("TY  - ") and block.rstrip().endswith("ER  -") for block in blocks)
    assert "AU  - 何, 立言\r\nAU  - 海濱研究所\r\n" in text
    assert "SP  - 57\r\nEP  - 76\r\n" in text


def test_characters_of_latex_come_out_safe() -> None:
    assert escape("{a} 50% #1 & $x_y") == r"{\textbraceleft}a{\textbraceright} 50\% \#1 \& \$x\_y"
    assert escape("y^z~ \\n\n二") == r"y{\textasciicircum}z{\textasciitilde} {\textbackslash}n 二"
    found = entries(biblatex(ENTRIES))["haibin2013"]
    assert found["url"] == "http://news.example.org/a_b%20c.html#d"
    assert found["title"] == r"{新港\_100\%\_\&\#}"


@pytest.mark.parametrize("url", ["doi: 10.1016/j.boat.2011_01", "https://doi.org/10.1016/j.boat.2011_01"])
def test_a_doi_has_its_field(url: str) -> None:
    entry = replace(WEB, url=url)
    assert entries(biblatex([entry]))["haibin2013"]["doi"] == "10.1016/j.boat.2011_01"
    assert json.loads(csl_json([entry]))[0]["DOI"] == "10.1016/j.boat.2011_01"
    assert "DO  - 10.1016/j.boat.2011_01\r\n" in ris([entry]).decode()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
def test_what_is_no_web_address_is_no_link(url: str) -> None:
    entry = replace(WEB, url=url)
    assert "url" not in entries(biblatex([entry]))["haibin2013"]
    assert "URL" not in json.loads(csl_json([entry]))[0]
    assert "UR  - " not in ris([entry]).decode()
    assert url.split(":")[0] in entries(biblatex([entry]))["haibin2013"]["note"]


def test_an_entry_that_was_not_parsed_is_kept_whole() -> None:
    entry = Reference("海濱手稿，{殘}，100%", "zh", "report", "anonnd", parsed=False)
    assert entries(biblatex([entry]))["anonnd"] == {
        "": "misc", "note": r"海濱手稿，{\textbraceleft}殘{\textbraceright}，100\%", "sortname": "{anon}",
        "langid": "chinese",
    }  # fmt: skip
    assert json.loads(csl_json([entry]))[0]["note"] == entry.raw


@pytest.mark.parametrize("key", ["", "a b", "a,b", "鍵", "a}b"])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(OutputError, match="key"):
        biblatex([replace(ARTICLE, key=key)])


def test_keys_that_differ_only_in_case_are_refused() -> None:
    with pytest.raises(OutputError, match="one key"):
        classic([ARTICLE, replace(ARTICLE, key="HeLiyan2011")])


@settings(derandomize=True, deadline=None, max_examples=80)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_title_and_address_read_back(title: str, tail: str) -> None:
    entry = replace(WEB, title=f"港{title}", url=f"http://a.example.org/{tail}")
    for write in (biblatex, classic):
        (found,) = entries(write([entry])).values()
        assert found["title"].startswith("{港")
    assert csl_json([entry])
    assert ris([entry]).count(b"ER  - ") == 1


@pytest.mark.parametrize(
    ("printed_date", "iso"),
    [
        ("2013/06/21", "2013-06-21"),
        ("2015年3月1日", "2015-03-01"), ("民國 91 年 5 月", "2002-05"), ("1983.6", "1983-06"),
        ("19 June 2013", "2013-06-19"), ("June 19, 2013", "2013-06-19"), ("2013", "2013"), ("春天", ""),
    ],
)  # fmt: skip
def test_dates(printed_date: str, iso: str) -> None:
    assert iso_date(printed_date) == iso


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("何立言", Name("何", "立言")), ("歐陽帆", Name("歐陽", "帆")), ("海濱研究所", Name(literal="海濱研究所")),
        ("Hill, Barry", Name("Hill", "Barry")), ("Barry Hill", Name("Hill", "Barry")), ("HILL B", Name("HILL", "B")),
        ("Port Bank", Name(literal="Port Bank")), ("River Office(RO)", Name(literal="River Office(RO)")),
    ],
)  # fmt: skip
def test_names(name: str, parts: Name) -> None:
    assert name_of(name) == parts


def test_the_data_model_declares_the_fields_of_a_treaty() -> None:
    text = data_model().decode()
    assert "parties" in text
    assert "execution" in text


def test_one_record_for_all_formats() -> None:
    records = citables(ENTRIES)
    assert [record.key for record in records] == [entry.key for entry in ENTRIES]


def test_many_entries_read_back_field_by_field() -> None:
    """What the 10,000 entries of tests/bench/bench_bib.py show, on fewer."""
    from tests.bench.bench_bib import reference

    library = bibtexparser.parse_string(biblatex([reference(n) for n in range(300)]).decode())
    assert len(library.entries) == 300
    for n, entry in enumerate(library.entries):
        fields = {field.key: field.value for field in entry.fields}
        assert fields["title"] == rf"{{河口的第{n}個城市：100\% \& 更多}}"
        assert (fields["author"], fields["number"], fields["pages"]) == ("{何立言} and {柳如是}", str(n), "57--76")
        assert fields["url"] == f"http://news.example.org/{n}_a%20b.html"
