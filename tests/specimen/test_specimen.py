"""The specimen from its PDF to its data files, compared with the gold that was made from the same words.

White space is left out of every comparison, since print does not tell a blank from a gap; nothing else is.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sco_docs.model import Edition
from sco_docs.writers.datafiles import data_files

GOLD = Path(__file__).parent / "gold"
Record = dict[str, Any]


def gold(name: str) -> Any:
    return squeeze(json.loads((GOLD / f"{name}.json").read_text("utf-8")))


def squeeze(value: Any) -> Any:
    """The same value with no white space in any of its strings."""
    if isinstance(value, str):
        return "".join(value.split())
    if isinstance(value, list):
        return [squeeze(item) for item in value]
    if isinstance(value, dict):
        return {key: squeeze(item) for key, item in value.items()}
    return value


def pick(records: list[Record], *names: str) -> list[Record]:
    return [{name: record.get(name) for name in names} for record in records]


@pytest.fixture(scope="module")
def data(edition: Edition) -> dict[str, list[Record]]:
    return {name.removesuffix(".json"): squeeze(json.loads(content)) for name, content in data_files(edition)}


AGREEMENT_FIELDS = (
    *("n", "appendix_title", "title", "date_heading", "date_signed", "place_signed"),
    *("lead", "preamble", "body", "closing", "note_numbers", "source_url", "pages"),
)


@pytest.mark.parametrize("field", AGREEMENT_FIELDS)
def test_agreements(data: dict[str, list[Record]], field: str) -> None:
    assert pick(data["agreements"], field) == pick(gold("agreements"), field)


def test_signatories(data: dict[str, list[Record]]) -> None:
    found = [pick(a["signatories"], "party", "capacity", "name") for a in data["agreements"]]
    assert found == [a["signatories"] for a in gold("agreements")]


def test_agreements_are_traditional(data: dict[str, list[Record]]) -> None:
    assert all(a["language"].startswith("zh-Hant") for a in data["agreements"])


def test_footnotes(data: dict[str, list[Record]]) -> None:
    assert pick(data["footnotes"], "n", "text") == pick(gold("footnotes"), "n", "text")


def test_footnotes_hang_where_they_are_called(data: dict[str, list[Record]]) -> None:
    wrong = [
        (note["n"], note["context"])
        for note, wanted in zip(data["footnotes"], gold("footnotes"), strict=True)
        if not note["context"].endswith(wanted["context"][-6:])
    ]
    assert wrong == []


def test_tables(data: dict[str, list[Record]]) -> None:
    assert data["tables"] == gold("tables")


@pytest.mark.parametrize("name", ["outline", "toc"])
def test_headings(data: dict[str, list[Record]], name: str) -> None:
    assert data[name] == gold(name)


def test_crossrefs(data: dict[str, list[Record]]) -> None:
    """In any order: notes may be read where they are called or after the text."""

    def targets(records: list[Record]) -> list[tuple[str, str]]:
        return sorted((c["raw"], c["target"]) for c in records)

    assert targets(data["crossrefs"]) == targets(gold("crossrefs"))


def test_the_wrong_crossref_is_found_and_no_other(data: dict[str, list[Record]]) -> None:
    assert [c["raw"] for c in data["crossrefs"] if c["problem"]] == ["（見表4-1）"]


def test_references(data: dict[str, list[Record]]) -> None:
    assert data["references"] == gold("references")


def test_citations_are_found_and_linked(data: dict[str, list[Record]]) -> None:
    def items(citations: list[Record], references: list[Record]) -> Counter[tuple[str, str, str | None]]:
        return Counter(
            (c["raw"], str(i["year"]), None if i["reference"] is None else references[i["reference"]]["raw"])
            for c in citations
            for i in c["items"]
        )

    wanted = items([c for c in gold("citations") if c["form"] != "full"], gold("references"))
    found = items(data["citations"], data["references"])
    full = items([c for c in gold("citations") if c["form"] == "full"], gold("references"))
    assert wanted - found == Counter()
    assert {raw for raw, _, _ in (found - wanted)} <= {raw.rstrip(".") for raw, _, _ in full}


def test_artefacts_of_conversion(data: dict[str, list[Record]]) -> None:
    """Every planted artefact is found, in that agreement; elsewhere there is nothing to find."""
    found = [(a["agreement"], a["text"]) for a in data["artefacts"]]
    for planted in gold("artefacts"):
        hit = next((f for f in found if f[0] == planted["agreement"] and planted["text"] in f[1]), None)
        assert hit is not None, planted
        found.remove(hit)
    assert {a["agreement"] for a in data["artefacts"]} == {3}


def test_register(data: dict[str, list[Record]]) -> None:
    """Every agreement named has one entry, under all its titles."""
    wanted = gold("register")
    missing = []
    for entry in wanted:
        titles = {f"《{title}》" for title in entry["titles"]} | set(entry["titles"])
        hits = [e for e in data["register"] if titles & set(e["titles"])]
        if len(hits) != 1 or hits[0]["printed_as"] != entry["printed_as"]:
            missing.append((entry["id"], [h["titles"] for h in hits]))
    assert missing == []


def test_title_page(edition: Edition) -> None:
    page = edition.thesis.title_page
    assert page.author == "沈映澄"
    assert page.author_en == "Ying-Cheng Shen"
    assert squeeze(page.title) == "以約養信：霽海合作組織的航行安全制度（1993–2009）"
    assert squeeze(page.title_en) == squeeze(
        "Trust by Treaty: The Navigation Safety Regime of the Jihai Cooperation Organization, 1993–2009"
    )
    assert page.advisors == ("顧懷川",)
    assert page.date == "2014-06"


def test_abstracts(edition: Edition) -> None:
    keywords = {abstract.language.split("-")[0]: len(abstract.keywords) for abstract in edition.thesis.abstracts}
    assert keywords == {"zh": 5, "en": 5}


def test_the_misquotation_is_reported_and_no_other(edition: Edition) -> None:
    """Chapter 3 quotes an article with words that it does not have; the other quotations are exact."""
    reported = [p for p in edition.problems if "quot" in p.code]
    assert len(reported) == 1
    assert "付諸表決" in reported[0].message + reported[0].evidence
