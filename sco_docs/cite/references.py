"""The reference list: which style it is in, and the fields of every entry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from sco_docs.chinese.texts import place_at, plain
from sco_docs.cite.keys import with_keys
from sco_docs.cite.parts import read_year
from sco_docs.cite.patterns import Fields, Pattern, match, patterns
from sco_docs.cite.people import CJK, People, has_han, heal, invert, is_institution, read_people
from sco_docs.cite.words import YEAR, words
from sco_docs.data import table
from sco_docs.model import Problem, Reference, Text

_NUMBERED = re.compile(r"^\s*(?:[\[［【]\s*\d{1,3}\s*[\]］】]|\d{1,3}[.、．]\s)\s*")
_NATIONALITY = re.compile(rf"(?:^|(?<=[,，、;；]))\s*[\[〔［【][{CJK}]{{1,4}}[\]〕］】]\s*")


@dataclass(frozen=True, slots=True)
class Style:
    """The family of styles that a list is written in, and how many of its entries show it."""

    family: str
    name: str
    votes: int
    entries: int


@cache
def _signals() -> tuple[tuple[str, re.Pattern[str], int], ...]:
    return tuple(
        (row["family"], re.compile(row["signal"].replace("｟year｠", f"(?:{YEAR})")), int(row["weight"]))
        for row in table("reference_styles")
    )


def style_of(entry: str) -> str | None:
    """Return the family whose signals ``entry`` shows most of, ``None`` if it shows none."""
    votes: Counter[str] = Counter()
    entry = _NUMBERED.sub("", entry)
    for family, signal, weight in _signals():
        if signal.search(entry):
            votes[family] += weight
    return votes.most_common(1)[0][0] if votes else None


def detect_style(texts: Iterable[Text | str]) -> Style | None:
    """Say which family of styles a list of references is written in, before any of it is parsed."""
    entries = [text if isinstance(text, str) else text.text for text in texts]
    votes = Counter(family for family in map(style_of, entries) if family)
    if not votes:
        return None
    family, count = votes.most_common(1)[0]
    name = next(row["name"] for row in table("reference_styles") if row["family"] == family)
    return Style(family, name, count, len(entries))


def parse_references(texts: Iterable[Text | str]) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """Parse the entries of a reference list, each healed over its lines; keys are unique in the list.

    An entry that fits no pattern keeps its ``raw`` text, has ``parsed=False`` and a Problem.
    """
    entries = [plain(text) if isinstance(text, str) else text for text in texts]
    style = detect_style(entries)
    problems: list[Problem] = []
    if style:
        message = f"The reference list is read as “{style.name}”: {style.votes} of {style.entries} entries show it."
        problems.append(Problem("reference-style", "info", message))
    references = []
    for entry in entries:
        reference = parse_reference(entry.text, style.family if style else None)
        references.append(reference)
        if not reference.parsed:
            problems.append(_unparsed(entry))
    return with_keys(references), (*problems, *_twice(entries))


def _twice(entries: Sequence[Text]) -> Iterator[Problem]:
    seen: set[str] = set()
    for entry in entries:
        folded = re.sub(r"[\W_]", "", _NUMBERED.sub("", entry.text)).casefold()
        if folded in seen:
            yield Problem(
                "reference-twice",
                "warning",
                "This entry stands in the reference list more than once.",
                place_at(entry, 0),
                entry.text,
                "Leave one of them out; a citation of it cannot be linked to either.",
            )
        seen.add(folded)


def _unparsed(entry: Text) -> Problem:
    return Problem(
        "reference-not-parsed",
        "warning",
        "This entry of the reference list follows no pattern that is known; it is kept whole.",
        place_at(entry, 0),
        entry.text,
        "Check the entry for a missing year, title mark or separator, or add a row to data/reference_patterns.tsv.",
    )


def parse_reference(raw: str, family: str | None = None) -> Reference:
    """Parse one entry; ``family`` is that of the list, used where the entry itself shows no other."""
    text = _NATIONALITY.sub("", heal(_NUMBERED.sub("", re.sub(r"\s+", " ", raw)).strip()))
    script = "zh" if _is_chinese(text) else "west"
    for pattern in _candidates(text, script, family):
        fields = match(pattern, text)
        if fields is not None:
            reference = build(raw, pattern.type, fields)
            if reference is not None:
                return reference
    return Reference(raw=raw, lang=_language(text), type="misc", parsed=False)


def _candidates(text: str, script: str, family: str | None) -> list[Pattern]:
    order = [f for f in (style_of(text), family) if f]
    ranked = [p for p in patterns() if p.script == script or p.family == "gbt"]
    return sorted(ranked, key=lambda p: order.index(p.family) if p.family in order else len(order))


def _is_chinese(text: str) -> bool:
    return has_han(re.sub(r"https?://\S+", "", text))


def _language(text: str) -> str:
    if re.search("[ぁ-んァ-ヶ]{2}", text):
        return "ja"
    if _is_chinese(text):
        return "zh"
    return "ru" if re.search("[А-Яа-я]{3}", text) else "en"


def build(raw: str, kind: str, fields: Fields) -> Reference | None:
    """Make a ``Reference`` of the parts of an entry; ``None`` where they contradict the pattern's type."""
    if re.search(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", fields.get("authors", "")):
        return None
    people = read_people(fields.get("authors", ""))
    editors = _editors(fields, kind)
    if editors is None:
        return None
    if "translators" in fields:
        people = replace(people, translators=people.translators + _named(fields["translators"], "translator"))
    if "people" in fields:
        extra = read_people(fields["people"])
        people = replace(
            people, translators=people.translators + extra.translators, editors=people.editors + extra.editors
        )
    if "original_author" in fields:
        people = replace(
            people, translators=people.authors + people.translators, authors=_named(fields["original_author"], "author")
        )
    fields = dict(fields)
    if "accessed" in fields and "date" not in fields:
        fields |= {"date": fields["accessed"], "date_kind": "accessed"}
    if "original" in fields:
        people, fields = _original(people, fields)
    year, suffix = _year(fields)
    reference = Reference(
        raw=raw,
        lang=_language(_NUMBERED.sub("", raw)),
        type=_type(kind, people, fields),
        authors=tuple(_with_initial(name, raw) for name in people.authors + people.producers),
        editors=people.editors + editors.editors + editors.authors,
        translators=people.translators + editors.translators,
        year=year,
        year_suffix=suffix or fields.get("year_suffix"),
        title=fields.get("title") or None,
        title_orig=fields.get("title_orig") or None,
        container=fields.get("container") or None,
        volume=fields.get("volume"),
        issue=fields.get("issue"),
        pages=fields.get("pages"),
        publisher=fields.get("publisher"),
        place=fields.get("place"),
        institution=fields.get("institution"),
        degree=fields.get("degree"),
        url=fields.get("url"),
        date=fields.get("date"),
        date_kind=fields.get("date_kind"),
    )
    return reference if reference.title else None


def _with_initial(name: str, raw: str) -> str:
    """Give the full stop of a last initial back: it may have been taken for the end of the names."""
    return f"{name}." if re.search(r",.*\b[A-Z]$", name) and f"{name}." in raw else name


def _named(text: str, role: str) -> tuple[str, ...]:
    people = read_people(text, role)
    return people.authors + people.translators + people.editors


def _editors(fields: Fields, kind: str) -> People | None:
    """Read the editors of the book; in Chinese their names must say so (編, 主編), or they are no editors."""
    if "gbt_editors" in fields:
        return read_people(fields["gbt_editors"], "editor")
    text = fields.get("editors")
    if text is None:
        return People()
    if kind == "incollection" and has_han(text) and not re.search(r"編|编|輯|辑|譯|译|著|ed", text):
        return None
    return read_people(text, "editor")


def _original(people: People, fields: Fields) -> tuple[People, Fields]:
    """Take the author and title of the original from what stands after 譯自."""
    found = re.match(r"\s*(?P<author>[^.:《》\"“]{3,60}?)\.\s*(?P<title>.+?)\.\s*(?=[^.]*:)", fields["original"])
    if not found:
        return people, fields
    if not people.authors:
        people = replace(people, authors=tuple(invert(name) for name in _named(found["author"], "author")))
    fields["title_orig"] = found["title"].strip(" .")
    return people, fields


def _year(fields: Fields) -> tuple[int | str | None, str | None]:
    for name in ("date_in", "year"):
        if name in fields:
            found = re.match(rf"\s*(?:{YEAR}|{words('no_date')})", fields[name], re.IGNORECASE)
            read = read_year(found[0]) if found else None
            if read:
                return read
    return None, None


def _type(kind: str, people: People, fields: Fields) -> str:
    if people.producers and kind == "book":
        return "film"
    if people.translators and kind == "book":
        return "translation"
    report = words("report")
    if kind == "web" and re.search(report, fields.get("container") or ""):
        return "report"
    body = people.authors and is_institution(people.authors[0])
    if kind in ("web", "book") and body and re.search(report + r"\W*$", fields.get("title") or ""):
        return "report"
    return kind
