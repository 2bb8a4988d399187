"""Whatever the parts of an agreement are, its file is valid and can be read again."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import editions
import pytest

from sco_docs.check.tei import check_tei
from sco_docs.model import (
    Agreement,
    AgreementEdition,
    Change,
    Division,
    Edition,
    LineStart,
    NoteMark,
    Place,
    Signatory,
    Text,
    Version,
)
from sco_docs.readers.tei import parse, read_edition
from sco_docs.writers import tei
from sco_docs.writers.edition import edition_files

WORDS = ("", "甲", "a<b", "《湖區合作憲章》", "上海合作組織", "]]>", "x", " ", "——項", "\u202e", "莫斯科與北京")


def any_text(random: Random) -> Text:
    words = "".join(random.choice(WORDS) for _ in range(random.randint(0, 4)))
    size = len(words)
    starts = sorted({random.randint(0, size) for _ in range(random.randint(0, 2))})
    lines = tuple(LineStart(o, Place(random.randint(1, 4), random.randint(0, 9), random.randint(0, 3))) for o in starts)
    changes: tuple[Change, ...] = ()
    if size > 1 and random.random() < 0.4:
        start = random.randint(0, size - 1)
        changes = (Change(start, random.randint(start, size), random.choice(WORDS), "a kind"),)
    notes = tuple(
        NoteMark(random.randint(0, size), random.choice(["n1", "n7", "?"])) for _ in range(random.randint(0, 1))
    )
    return Text(words, lines, changes, notes)


def some(random: Random, most: int) -> tuple[Text, ...]:
    return tuple(any_text(random) for _ in range(random.randint(0, most)))


def any_division(random: Random, ident: str, depth: int = 0) -> Division:
    children = (f"{ident}.{n}" for n in range(1, random.randint(1, 3 if depth < 2 else 1)))
    return Division(
        ident,
        any_text(random),
        random.choice([None, 1, 7]),
        random.choice([None, any_text(random)]),
        some(random, 2),
        tuple(any_division(random, child, depth + 1) for child in children),
    )


def any_agreement(random: Random) -> Agreement:
    return replace(
        editions.agreement(),
        appendix_title=random.choice([None, any_text(random)]),
        title=random.choice([None, any_text(random)]),
        lead=some(random, 1),
        preamble=some(random, 2),
        body=tuple(any_division(random, str(n)) for n in range(1, random.randint(1, 4))),
        closing=some(random, 1),
        signature_block=some(random, 2),
        date_line=random.choice([None, any_text(random)]),
        date_signed=random.choice([None, "2001-13-01", "2001"]),
        signatories=tuple(Signatory(random.choice([None, "甲方"]), None, None, None, Place(1)) for _ in range(2)),
        notes=random.choice([(), ("n7",), ("?",)]),
    )


def any_edition(seed: int) -> Edition:
    agreement = any_agreement(Random(seed))
    segments = editions.segments(agreement)
    printed = Version("T", "zh-Hant-TW", agreement, segments, "demo.pdf")
    converted = Version("Tc", "zh-Hans", agreement, segments, "demo.pdf", "T")
    return replace(editions.edition(AgreementEdition((printed, converted))), comments=())


@pytest.mark.parametrize("seed", range(25))
def test_any_agreement_is_valid_and_survives_the_round_trip(seed: int) -> None:
    edition = any_edition(seed)
    for name, content in edition_files(edition):
        if name.endswith(".xml"):
            assert [p for p in check_tei(parse(content)) if p.code != "tei-pages"] == [], name
    content = tei.agreement(edition, edition.agreements[0])
    again, _ = read_edition(content)
    assert tei.agreement(again, again.agreements[0]) == content
