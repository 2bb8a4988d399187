"""Names in running text, where certain: those of ``data/names.tsv``, and who signs the agreement, and where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from sco_docs.data import table
from sco_docs.model import AgreementEdition, Version
from sco_docs.writers.pieces import pieces
from sco_docs.writers.tei_ids import source_siglum
from sco_docs.writers.tei_text import Range

TAGS = {"state": "orgName", "org": "orgName", "place": "placeName", "person": "persName"}
LANGUAGES = ("zh-Hant", "zh-Hans", "en", "ru")
_SHORT = 3
"""A name of a person that is shorter may be a common word: it counts in the signatures alone."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who or what bears the names; ``forms`` by language, the one to show first."""

    id: str
    kind: str
    forms: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Names:
    """The bearers that are known for one agreement, by id and by form."""

    bearers: Mapping[str, Bearer]
    forms: Mapping[str, Bearer]
    pattern: re.Pattern[str]


def names_of(item: AgreementEdition) -> Names:
    """Return the names of the shipped table and those that the signatures and the date of an agreement show."""
    known = _table()
    own = tuple(_own(item, {form for bearer in known for _, forms in bearer.forms for form in forms}))
    bearers = {bearer.id: bearer for bearer in (*known, *own)}
    forms = {form: bearer for bearer in bearers.values() for _, forms in bearer.forms for form in forms}
    return Names(bearers, forms, _pattern(tuple(forms)))


@cache
def _table() -> tuple[Bearer, ...]:
    return tuple(
        Bearer(row["id"], row["kind"], tuple((lang, tuple(row[lang].split("|"))) for lang in LANGUAGES if row[lang]))
        for row in table("names")
    )


def _own(item: AgreementEdition, known: set[str]) -> Iterator[Bearer]:
    """Yield the parties, persons and places that the versions name; a converted name is a form of its source."""
    bearers: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    owner: dict[tuple[str, str], tuple[str, str]] = {}
    for version in item.versions:
        for kind, place, form in _shown(version):
            if len(form) < 2 or form in known:
                continue
            key = owner.setdefault((kind, form), (kind, f"{source_siglum(item, version)}.{place}"))
            forms = bearers[key][version.language]
            if form not in forms:
                forms.append(form)
    counts: dict[str, int] = defaultdict(int)
    for (kind, _), by_language in bearers.items():
        counts[kind] += 1
        name = {"org": "party", "person": "signer", "place": "signed-at"}[kind]
        yield Bearer(f"{name}.{counts[kind]}", kind, tuple((lang, tuple(forms)) for lang, forms in by_language.items()))


def _shown(version: Version) -> Iterator[tuple[str, str, str]]:
    for number, signatory in enumerate(version.agreement.signatories):
        yield "org", str(number), signatory.party or ""
        yield "person", str(number), signatory.name or ""
    yield "place", "date", version.agreement.place_signed or ""


@cache
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    words = (rf"(?<!\w){re.escape(f)}(?!\w)" if f[0] < "\u2e80" else re.escape(f) for f in longest_first)
    return re.compile("|".join(words))


def find(names: Names, text: str, unit: str) -> tuple[Range, ...]:
    """Return where the text of a unit names a bearer: the longest form at each place."""
    found = []
    for hit in names.pattern.finditer(text):
        bearer = names.forms[hit[0]]
        if bearer.kind != "person" or len(hit[0]) >= _SHORT or unit == "signatures":
            found.append(Range(hit.start(), hit.end(), TAGS[bearer.kind], (("ref", f"#{bearer.id}"),)))
    return tuple(found)


def named(item: AgreementEdition, names: Names) -> list[Bearer]:
    """Return the bearers that any version names, by id."""
    ids = {
        hit.attributes[0][1][1:]
        for version in item.versions
        for piece in pieces(version.agreement)
        for hit in find(names, piece.text.text, piece.unit)
    }
    return [names.bearers[ident] for ident in sorted(ids)]
