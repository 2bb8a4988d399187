"""From what a citation says to the entry it means; what is not exact is explained, what is doubtful is not linked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from sco_docs.cite.parts import read_year
from sco_docs.cite.people import family_name, has_han, heal, is_institution, pinyin, read_people
from sco_docs.model import Reference

_FAMILY = re.compile(r"(?:(?:van|von|de|der|del|da|di|la|le|Van|Von|De|Le)\s+)*[A-Z\u00c0-\u00de][\w'’-]+")


@dataclass(frozen=True, slots=True)
class Link:
    """The index of the entry or ``None``; why it is not exact, or what comes near; ``near``: indices of those."""

    reference: int | None
    explanation: str | None = None
    near: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """Who is cited: names as ``family_name`` gives them, whether as editors or translators, and if with others."""

    names: tuple[str, ...]
    role: str
    others: bool
    printed: str


def read_cited(text: str) -> Cited:
    """Read the names of a citation: ``余建華主編``, ``王佳煌、潘中道等譯``, ``Otto Pick & Julian``, ``Smith et al.``"""
    text = re.sub(r"['’]s$", "", heal(text))
    joined = re.sub(r"\s+(?:與|和|及|与)\s*|(?<=[A-Za-z.])(?:與|和|及|与)\s*", " & ", text)
    parts = re.split(r"\s*(?:,\s*(?:&|and\s)|[,、;；]|&|\sand\s)\s*", joined)
    if len(parts) > 2 and all(_FAMILY.fullmatch(part) for part in parts):
        return Cited(tuple(parts), "author", False, text)
    people = read_people(joined)
    for role, names in (("translator", people.translators), ("editor", people.editors), ("author", people.authors)):
        if names and not (role != "author" and people.authors):
            return Cited(tuple(family_name(n) for n in names), role, people.others, text)
    return Cited(tuple(family_name(n) for n in people.authors), "author", people.others, text)


class Linker:
    """The reference list made ready for look-up; ``aliases`` maps short names to the full name in the list."""

    def __init__(self, references: Sequence[Reference], aliases: Mapping[str, str] | None = None) -> None:
        self.references = references
        self.aliases = dict(aliases or {})
        self._names = [
            {role: tuple(family_name(n) for n in names) for role, names in _roles(reference).items()}
            for reference in references
        ]
        names = {other for entry in self._names for group in entry.values() for n in group for other in forms_of(n)}
        self._known = tuple(sorted(names | set(self.aliases), key=lambda n: (-len(n), n)))

    def known_names(self) -> tuple[str, ...]:
        """Return every name by which an entry may be cited, longest first."""
        return self._known

    def fits(self, authors: str, year: str | None, _pages: str | None = None, date: str | None = None) -> bool:
        """Tell whether an entry is found."""
        return self.link(authors, year, date).reference is not None

    def link(self, authors: str, year: str | None, date: str | None = None) -> Link:
        """Find the entry that is cited by ``authors`` and ``year`` (``2007a``); ``date`` where one is printed."""
        cited = read_cited(authors)
        if not cited.names:
            return Link(None, "No name is printed.")
        if year is None:
            return self._without_year(cited)
        same = [n for n in range(len(self.references)) if self._year(n) in _years(year)]
        for step in (self._exact, self._alias, self._translator, self._misspelt, self._transcribed):
            found = step(cited, same)
            if found is not None:
                return found
        found = self._by_site(cited, date) or self._loose_year(cited, year)
        return found or self._near(cited, year, same)

    def _year(self, n: int) -> str:
        reference = self.references[n]
        return f"{reference.year or ''}{reference.year_suffix or ''}"

    def _heads(self, n: int) -> tuple[str, ...]:
        entry = self._names[n]
        return entry["author"] or entry["editor"] or entry["translator"]

    def _exact(self, cited: Cited, same: Sequence[int]) -> Link | None:
        found = [n for n in same if _matches(cited, self._heads(n))]
        if len(found) > 1:
            keys = ", ".join(self.references[n].key for n in found)
            return Link(None, f"Several entries fit: {keys}.", tuple(found))
        if not found:
            return None
        if cited.role == "editor" and self._names[found[0]]["author"]:
            return Link(found[0], "Cited as editor; the entry has the name as author.")
        return Link(found[0])

    def _alias(self, cited: Cited, same: Sequence[int]) -> Link | None:
        if len(cited.names) != 1:
            return None
        name = cited.names[0]
        full = self.aliases.get(name)
        if full:
            found = [n for n in same if full in self._heads(n)]
            if len(found) == 1:
                return Link(found[0], f"Short name, set up in the text for {full}.")
        found = [n for n in same if any(_abbreviates(name, head) for head in self._heads(n))]
        if len(found) == 1:
            return Link(found[0], f"Short name; the entry has {self._heads(found[0])[0]}.")
        return None

    def _translator(self, cited: Cited, same: Sequence[int]) -> Link | None:
        found = [n for n in same if self._names[n]["author"] and _matches(cited, self._names[n]["translator"])]
        if len(found) == 1:
            return Link(found[0], f"Cited by the translator; the entry stands under {self._heads(found[0])[0]}.")
        found = [
            n for n in same
            if len(cited.names) > 1 and cited.names[:1] == self._heads(n)[:1]
            and cited.names[1] in self._names[n]["translator"]
        ]  # fmt: skip
        return Link(found[0], "Cited with the translator.") if len(found) == 1 else None

    def _misspelt(self, cited: Cited, same: Sequence[int]) -> Link | None:
        found = [n for n in same if len(self._heads(n)) >= len(cited.names) and _similar(cited.names, self._heads(n))]
        if len(found) == 1:
            return Link(found[0], f"The name differs: the entry has {'、'.join(self._heads(found[0]))}.")
        return None

    def _transcribed(self, cited: Cited, same: Sequence[int]) -> Link | None:
        if len(cited.names) != 1 or not has_han(cited.names[0]):
            return None
        found = [n for n in same if any(transcribes(cited.names[0], head) for head in self._heads(n)[:1])]
        if len(found) == 1:
            return Link(found[0], f"Name in Chinese characters; the entry has {self._heads(found[0])[0]}.")
        return None

    def _by_site(self, cited: Cited, date: str | None) -> Link | None:
        if date is None:
            return None
        digits = re.sub(r"\D", "", date)
        found = [
            n for n, r in enumerate(self.references)
            if r.container and cited.names[0] in r.container and re.sub(r"\D", "", r.date or "") == digits
        ]  # fmt: skip
        if len(found) != 1:
            return None
        head = (self._heads(found[0]) or ("",))[0]
        return Link(found[0], f"Cited by the site and the date {date}; the entry stands under {head}.")

    def _loose_year(self, cited: Cited, year: str) -> Link | None:
        own = [n for n in range(len(self.references)) if _matches(cited, self._heads(n))]
        if len(own) != 1:
            return None
        entry = self._year(own[0])
        if not entry:
            return Link(own[0], "The entry has no year.")
        if entry[:4] == year[:4]:
            return Link(own[0], f"The letter of the year differs: the entry has {entry}.")
        if not is_institution(cited.names[0]) and _slip(entry[:4], year[:4]):
            return Link(own[0], f"The year differs: the entry has {entry}.")
        return None

    def _without_year(self, cited: Cited) -> Link:
        names = tuple(self.aliases.get(name, name) for name in cited.names)
        wanted = Cited(names, cited.role, cited.others, cited.printed)
        found = [n for n in range(len(self.references)) if _matches(wanted, self._heads(n))]
        if len(found) == 1:
            return Link(found[0], "No year is printed; the name has one entry.")
        return Link(None, "No year is printed, and the name has no entry or several.", tuple(found))

    def _near(self, cited: Cited, year: str, same: Sequence[int]) -> Link:
        editors = [n for n in same if _matches(cited, self._names[n]["editor"])]
        if editors:
            keys = ", ".join(self.references[n].key for n in editors)
            return Link(None, f"No entry of its own; the names are the editors of the book in {keys}.", tuple(editors))
        own = [n for n in range(len(self.references)) if _matches(cited, self._heads(n))]
        if own:
            years = ", ".join(self._year(n) or "no year" for n in own)
            return Link(None, f"The list has this name only with: {years}.", tuple(own))
        part = [n for n, r in enumerate(self.references) if any(_part(c, a) for c in cited.names for a in r.authors)]
        if part:
            return Link(None, f"Nearest entry: {self.references[part[0]].key}.", tuple(part))
        return Link(None, f"No entry has {cited.printed} or the like with {year}.")


def _years(printed: str) -> set[str]:
    """The years that a printed one may mean: ``2003/2000`` is a translation and its original, 民99 is 2010."""
    if re.search(r"\d{4}[/／]\d{4}", printed):
        return {printed, *re.findall(r"\d{4}", printed)}
    read = read_year(printed)
    return {printed, f"{read[0] or ''}{read[1] or ''}"} if read else {printed}


def _roles(reference: Reference) -> dict[str, tuple[str, ...]]:
    return {"author": reference.authors, "editor": reference.editors, "translator": reference.translators}


def _same(cited: str, listed: str) -> bool:
    return any(_fold(cited) == _fold(form) for form in forms_of(listed))


@cache
def forms_of(name: str) -> tuple[str, ...]:
    """Return a name as printed and in its other forms: ``杭亭頓(Samuel P. Huntington)`` without and from its brackets,
    ``塞繆爾·杭亭頓`` by its last part."""
    found = re.fullmatch(r"(?P<name>[^（()）]+?)\s*[（(](?P<other>[^（()）]+)[）)]", name)
    forms = (name, *forms_of(found["name"]), family_name(found["other"])) if found else (name,)
    if not found and has_han(name) and re.search(r"[·‧・•]", name):
        forms = (*forms, re.split(r"[·‧・•]", name)[-1])
    return forms


@cache
def _fold(name: str) -> str:
    return re.sub(r"\([^()]*\)|[\W_]", "", name).casefold().replace("臺", "台")


def _matches(cited: Cited, names: Sequence[str]) -> bool:
    """All names in their order; with 等 or one name of more than two, the first suffice."""
    if not names or not cited.names or len(cited.names) > len(names):
        return False
    if not all(_same(a, b) for a, b in zip(cited.names, names, strict=False)):
        return False
    return len(cited.names) == len(names) or cited.others or len(cited.names) == 1


def _abbreviates(short: str, full: str) -> bool:
    """Whether a Chinese short name takes its characters in order from the name of a body: 國科會, 中國民宗中心."""
    if not (has_han(short) and len(short) >= 3 and len(full) >= len(short) + 2 and is_institution(full)):
        return False
    rest = iter(full)
    return short[0] == full[0] and all(c in rest for c in short)


def _similar(cited: Sequence[str], names: Sequence[str]) -> bool:
    """One name off by one character (of three or more), the others equal."""
    wrong = [(a, b) for a, b in zip(cited, names, strict=False) if not _same(a, b)]
    return len(wrong) == 1 and _one_off(*wrong[0])


def _one_off(a: str, b: str) -> bool:
    if has_han(a) and has_han(b):
        return len(a) == len(b) >= 3 and sum(x != y for x, y in zip(a, b, strict=True)) == 1
    if has_han(a) or has_han(b):
        return False
    a, b = _fold(a), _fold(b)
    return min(len(a), len(b)) >= 5 and a[:1] == b[:1] and SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.85


def _part(cited: str, author: str) -> bool:
    """Whether what is cited is a word of an author's name, such as a given name taken for the family name."""
    return len(cited) >= 2 and cited.casefold() in re.split(r"[\s,.]+", author.casefold())


def _slip(a: str, b: str) -> bool:
    """One digit differs, or the same digits stand in another order: a slip of the pen."""
    return a != b and (sum(x != y for x, y in zip(a, b, strict=True)) == 1 or sorted(a[2:]) == sorted(b[2:]))


_CLASSES = {
    **dict.fromkeys("bp", "B"), **dict.fromkeys("dt", "D"), **dict.fromkeys("gkq", "K"), **dict.fromkeys("lr", "L"),
    **dict.fromkeys("szxc", "S"), **dict.fromkeys("fv", "F"), **{letter: letter.upper() for letter in "mnhjwy"},
}  # fmt: skip


def transcribes(chinese: str, foreign: str) -> bool:
    """Whether Chinese characters can be the sound of a foreign family name: the consonants follow each other alike."""
    if not has_han(chinese) or has_han(foreign) or len(chinese) < 3:
        return False
    a, b = _skeleton(pinyin(chinese, 60)), _skeleton(pinyin(foreign, 60))
    return len(b) >= 3 and a[:1] == b[:1] and SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.8


def _skeleton(letters: str) -> str:
    letters = re.sub(r"zh|ch|sh|sch|tsch|cz|sz|dz", "s", letters)
    letters = re.sub(r"j(?=i)", "k", letters)
    letters = re.sub(r"(?<=[aeiou])ng", "n", letters)
    classes = "".join(_CLASSES.get(c, "") for c in letters)
    classes = re.sub(r"[HWYJ]", "", classes) or classes
    return re.sub(r"(.)\1+", r"\1", classes)
