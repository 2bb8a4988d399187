"""Which text may be a witness of which agreement; texts of our own."""

from __future__ import annotations

from dataclasses import replace

from test_quotations import agreement

from sco_docs.align.witnesses import propose_witnesses
from sco_docs.model import Agreement

ENGLISH = (
    "The Parties shall exchange the list of lights before the end of March and mark those that are out.",
    "The harbour authorities of the Parties meet every two years in Wugang at the expense of the host.",
    "Either Party may withdraw from this Agreement after 1996 by notice in writing, with effect after six months.",
)


def dated(found: Agreement, n: int, date: str | None) -> Agreement:
    return replace(found, n=n, date_signed=date)


HARBOUR = dated(agreement("關於霧港燈塔的協定"), 1, "1995-06-15")
LATER = dated(agreement("關於霧港燈塔的協定"), 2, "2003-01-09")
FISHING = dated(agreement("漁業合作宣言", ("各方同意保護幼魚。",)), 3, "1998")


def proposed(*candidates: Agreement) -> list[tuple[str, int]]:
    named = [(f"{k}.txt", candidate) for k, candidate in enumerate(candidates)]
    return [(found.file, found.agreement) for found in propose_witnesses([HARBOUR, LATER, FISHING], named)[0]]


def test_title_date_and_length_propose_a_witness() -> None:
    simplified = dated(agreement("关于雾港灯塔的协定", language="zh-Hans"), 0, "2003-01-09")
    english = dated(agreement("Agreement on the Lighthouses of Wugang", ENGLISH, "en"), 0, "1995-06-15")
    assert proposed(simplified, english) == [("0.txt", 2), ("1.txt", 1)]


def test_what_fits_none_or_two_is_not_proposed() -> None:
    undated = dated(agreement("霧港燈塔"), 0, None)
    recipe = dated(agreement("How to cook rice", ("Wash the rice.",), "en"), 0, None)
    assert proposed(undated, recipe) == []


def test_the_proposal_says_what_to_write() -> None:
    english = dated(agreement("Agreement on the Lighthouses of Wugang", ENGLISH, "en"), 0, "1995-06-15")
    _, problems = propose_witnesses([HARBOUR, LATER], [("lights.html", english)])
    assert [(problem.code, problem.severity) for problem in problems] == [("witness-proposed", "info")]
    assert 'file = "lights.html"\nagreement = 1\nlanguage = "en"' in problems[0].evidence
