"""Reference lists in four families of styles; entries and names are invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_docs.cite.patterns import compile_pattern, match, patterns
from sco_docs.cite.references import detect_style, parse_reference, parse_references
from sco_docs.data import table
from sco_docs.model import Reference

ENTRIES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("references.json").read_text("utf-8"))
FAMILIES = tuple(dict.fromkeys(entry["family"] for entry in ENTRIES))


def fields(reference: Reference) -> dict[str, Any]:
    found = {name: getattr(reference, name) for name in Reference.__slots__ if name not in ("key", "parsed")}
    return {k: list(v) if isinstance(v, tuple) else v for k, v in found.items() if v not in (None, ())}


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["raw"][:20] for entry in ENTRIES])
def test_every_entry_is_parsed_into_its_fields(entry: dict[str, Any]) -> None:
    want = {k: v for k, v in entry.items() if k not in ("family", "key")}
    assert fields(parse_reference(entry["raw"], entry["family"])) == want


@pytest.mark.parametrize("family", FAMILIES)
def test_the_style_of_a_list_is_known_before_it_is_parsed(family: str) -> None:
    style = detect_style(entry["raw"] for entry in ENTRIES if entry["family"] == family)
    assert style is not None
    assert style.family == family


@pytest.mark.parametrize("family", FAMILIES)
def test_an_entry_does_not_need_its_family_to_be_told(family: str) -> None:
    entries = [entry for entry in ENTRIES if entry["family"] == family]
    right = sum(fields(parse_reference(e["raw"])).get("title") == e["title"] for e in entries)
    assert right >= 0.9 * len(entries)


def test_what_cannot_be_parsed_is_kept_whole_and_reported() -> None:
    raw = "港務院釋字第 499 號解釋"
    (reference,), problems = parse_references([raw])
    assert reference.raw == raw
    assert not reference.parsed
    assert reference.title is None
    assert reference.authors == ()
    assert [p.code for p in problems] == ["reference-not-parsed"]
    assert problems[0].evidence == raw


def test_an_entry_that_stands_twice_is_reported() -> None:
    raw = "何立言，2011，〈河口城市的港務合作〉，《港灣研究》，44(2)：57-76。"
    references, problems = parse_references([raw, raw.replace("：", ":")])
    assert [p.code for p in problems] == ["reference-style", "reference-twice"]
    assert len({reference.key for reference in references}) == 2


def test_blanks_of_justified_setting_do_not_matter() -> None:
    plain = parse_reference("何立言，2011，〈河口城市的港務合作〉，《港灣研究》，44(2)：57-76。", "comma")
    spaced = parse_reference(
        "何 立 言 ，2011，〈河 口 城 市 的 港 務 合 作〉，《港 灣 研 究》，44(2)：57-76。", "comma"
    )
    assert spaced.authors == plain.authors
    assert spaced.title == plain.title
    assert spaced.container == plain.container


def test_a_fifth_style_is_a_row() -> None:
    pattern = compile_pattern("semicolon", "zh", "book", "{authors}；{title}；{imprint}；{year}")
    assert match(pattern, "何立言；河口史；台北：海風；2011") == {
        "authors": "何立言", "title": "河口史", "place": "台北", "publisher": "海風", "year": "2011",
    }  # fmt: skip


def test_every_field_of_the_tables_is_used() -> None:
    used = {name for pattern in patterns() for _, name in pattern.names} | {
        label.split("_", 1)[1] for pattern in patterns() for label, _ in pattern.names
    }
    assert [row["name"] for row in table("reference_fields") if row["name"] not in used] == []


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.text(alphabet='何立言，。《》〈〉（）：、2011ab .,:[]"-/', max_size=60))
def test_no_text_is_lost_or_breaks_the_parser(raw: str) -> None:
    (reference,), _ = parse_references([raw])
    assert reference.raw == raw
    assert reference.key


@pytest.mark.parametrize("piece", ["，", "《港》", "何立言，", "(", "2011 ", "http://a.example.org/", "“a”. "])
def test_long_repetition_ends_soon(piece: str) -> None:
    assert parse_reference(piece * 300).raw == piece * 300


@pytest.mark.parametrize(
    ("raw", "type_", "title", "container"),
    [
        ("〈湖水報告書〉，湖務部，https://www.example.org/def2021.pdf，2022/3/4。", "web", "湖水報告書", "湖務部"),
        ("湖泊協會網站：http://www.example.org/", "web", "湖泊協會網站", None),
        ("Lake Factbook, https://www.example.org/the-lake-factbook/", "web", "Lake Factbook", None),
        ("〈湖泊聯盟成立宣言〉，《湖民日報》，2001年6月16日。", "article", "湖泊聯盟成立宣言", "湖民日報"),
        ("王水，〈湖的歷史〉，《湖史研究》（北京），第7卷第5期，2000年，頁38-50。", "article", "湖的歷史", "湖史研究"),
    ],
)
def test_entries_without_an_author_and_journals_with_a_place(
    raw: str, type_: str, title: str, container: str | None
) -> None:
    around = ["林河，2010，〈河流之治理〉，《虛構學報》，12(3)：4-15。", "李湖，2011，《湖泊法論》，臺北：虛構。"]
    found = parse_references([*around, raw])[0][-1]
    assert (found.type, found.title, found.container) == (type_, title, container)
