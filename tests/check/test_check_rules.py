"""One rule, one test: what is wrong with an edition."""

from __future__ import annotations

from dataclasses import replace

import editions
import pytest

from sco_docs.check import check
from sco_docs.check.agreements import (
    empty_agreement,
    missing_date,
    missing_signatories,
    missing_title,
    numbers_without_gaps,
    pages_in_order,
)
from sco_docs.check.characters import forbidden_characters
from sco_docs.check.versions import artefacts, segment_ids_differ, sigla_differ, units_left_alone
from sco_docs.model import AgreementEdition, Block, Change, Division, Place, Problem, Text


def codes(problems: object) -> list[str]:
    return [problem.code for problem in problems]  # type: ignore[attr-defined]


def articles(*numbers: int | None) -> tuple[Division, ...]:
    return tuple(Division(str(i), editions.text(f"第{n}條", 3, i), n, None, ()) for i, n in enumerate(numbers, 1))


def test_missing_date() -> None:
    (problem,) = missing_date(editions.agreement(date_signed=None, date_heading=None))
    assert (problem.code, problem.place, problem.evidence) == (
        "missing-date",
        Place(3, 1),
        "二〇〇三年五月六日於湖心島",
    )
    assert not list(missing_date(editions.agreement(date_signed=None)))


def test_missing_title() -> None:
    assert codes(missing_title(editions.agreement(title=None, appendix_title=None))) == ["missing-title"]
    assert not list(missing_title(editions.agreement(title=None)))


def test_empty_agreement() -> None:
    assert codes(empty_agreement(editions.agreement(body=(), preamble=(), closing=()))) == ["agreement-empty"]
    assert not list(empty_agreement(editions.agreement(body=())))


def test_missing_signatories() -> None:
    assert codes(missing_signatories(editions.agreement(signatories=()))) == ["missing-signatories"]
    assert not list(missing_signatories(editions.agreement()))


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ((1, 2, 3), []),
        ((1, 3), ["number-gap"]),
        ((1, 2, 2, 3), ["number-twice"]),
        ((1, 3, 2), ["number-gap", "number-twice"]),
        ((1, 2, 1, 2), []),
        ((1, None, 5), []),
    ],
)
def test_numbers_without_gaps(numbers: tuple[int | None, ...], found: list[str]) -> None:
    agreement = editions.agreement(body=articles(*numbers))
    assert codes(numbers_without_gaps(agreement)) == found
    nested = replace(articles(1)[0], children=articles(*numbers))
    assert codes(numbers_without_gaps(editions.agreement(body=(nested,)))) == found


def test_pages_in_order() -> None:
    assert not list(pages_in_order(editions.agreement()))
    back = editions.agreement(closing=(editions.text("甲", 2, 1),))
    (problem,) = pages_in_order(back)
    assert (problem.code, problem.place) == ("pages-backwards", Place(2, 1))


def test_sigla_and_segment_ids_differ() -> None:
    version = editions.version()
    assert codes(sigla_differ(AgreementEdition((version, version)))) == ["siglum-twice"]
    twice = replace(version, segments=version.segments + version.segments[:1])
    assert codes(segment_ids_differ(AgreementEdition((twice,)))) == ["segment-id-twice"]
    assert not list(sigla_differ(editions.item()))
    assert not list(segment_ids_differ(editions.item()))


def test_units_left_alone() -> None:
    assert [p.message.partition(": ")[2] for p in units_left_alone(editions.item())] == [
        "lead of A has no counterpart in B.", "4.1 of A has no counterpart in B.",
    ]  # fmt: skip


def test_artefacts_are_for_a_person_to_decide() -> None:
    first, second = artefacts(editions.item())
    assert (first.place, first.evidence) == (Place(3, 7, 6), "不變")
    assert "“莫須” may stand for “莫需” (wrong character, 50%)" in second.message


def test_forbidden_characters_name_page_and_code_point() -> None:
    edition = editions.edition()
    text = editions.text("一\x00二||三\ufffe", 5, 2)
    blocks = (Block("paragraph", text, 5), Block("paragraph", Text("甲", changes=(Change(0, 1, "\x0b", "x"),)), 6))
    found = list(forbidden_characters(replace(edition, layout=replace(edition.layout, blocks=blocks))))
    assert [p.message.partition(" cannot")[0] for p in found] == [
        "U+0000 on page 5", "U+FFFE on page 6", "U+000B on an unknown page",
    ]  # fmt: skip
    assert found[0].evidence == "一\ufffd二三\ufffd"


def test_all_rules_over_an_edition() -> None:
    edition = editions.edition()
    found = check(edition)
    assert {p.code for p in found} == {"number-gap", "unit-alone", "artefact", "missing-signatories"}
    assert all(isinstance(p, Problem) and p.message.endswith(".") and p.advice for p in found)
    assert [p.message for p in found if p.message.startswith("witness.html: ")]


def test_two_agreements_with_one_id() -> None:
    item = editions.item()
    assert "id-twice" in codes(check(editions.edition(item, item)))
