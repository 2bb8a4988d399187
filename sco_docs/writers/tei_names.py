"""Names in running text: states, places, organisations and persons of ``data/names.tsv``, where certain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sco_docs.data import table
from sco_docs.model import Agreement, Division, Text
from sco_docs.writers.tei_text import Range

TAGS = {"state": "orgName", "org": "orgName", "place": "placeName", "person": "persName"}
LANGUAGES = ("zh-Hant", "zh-Hans", "en", "ru")


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who or what bears the names; ``forms`` by language, the one to show first."""

    id: str
    kind: str
    forms: tuple[tuple[str, tuple[str, ...]], ...]


@cache
def bearers() -> dict[str, Bearer]:
    """Return the bearers of the shipped table by id."""
    return {
        row["id"]: Bearer(
            row["id"], row["kind"], tuple((lang, tuple(row[lang].split("|"))) for lang in LANGUAGES if row[lang])
        )
        for row in table("names")
    }


@cache
def _forms() -> dict[str, Bearer]:
    return {form: bearer for bearer in bearers().values() for _, forms in bearer.forms for form in forms}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_forms(), key=lambda form: (-len(form), form))
    return re.compile(
        "|".join(rf"(?<!\w){re.escape(f)}(?!\w)" if f[0] < "\u2e80" else re.escape(f) for f in longest_first)
    )


def find(text: str) -> tuple[Range, ...]:
    """Return where ``text`` names a bearer: the longest form at each place."""
    return tuple(
        Range(hit.start(), hit.end(), TAGS[bearer.kind], (("ref", f"#{bearer.id}"),))
        for hit in _pattern().finditer(text)
        for bearer in (_forms()[hit[0]],)
    )


def bearer_of(form: str) -> Bearer | None:
    """Return the bearer of exactly this form."""
    return _forms().get(form)


def named(agreement: Agreement) -> frozenset[str]:
    """Return the ids of all bearers that the texts of an agreement name."""
    found = {hit.attributes[0][1][1:] for text in texts(agreement) for hit in find(text.text)}
    return frozenset(found)


def texts(agreement: Agreement) -> tuple[Text, ...]:
    """Return every text of an agreement in the order of the document."""
    whole: list[Text] = [text for text in (agreement.appendix_title, agreement.title) if text]
    whole += [*agreement.lead, *agreement.preamble]
    for division in agreement.body:
        whole += _division_texts(division)
    whole += [*agreement.closing, *agreement.signature_block]
    return (*whole, *([agreement.date_line] if agreement.date_line else []))


def _division_texts(division: Division) -> list[Text]:
    own = [division.label, *([division.heading] if division.heading else []), *division.paragraphs]
    return own + [text for child in division.children for text in _division_texts(child)]
