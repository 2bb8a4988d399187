"""Citations that notes make in full (law, history), and those that point back: 同註 3, 前揭書, ibid., supra note 3."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from sco_docs.cite.link import Linker, forms_of, read_cited
from sco_docs.cite.passages import Passage
from sco_docs.cite.people import has_han, is_institution, is_person, read_people
from sco_docs.cite.references import parse_reference
from sco_docs.data import table
from sco_docs.model import CitationItem, Reference

_PAGE = r"[A-Za-z]?\d+(?:\s*[-–—－~～至]\s*\d+)?"
_PAGES = rf"(?:[，,]?\s*(?:頁|页|第|pp?\.|at)\s*(?P<pages>{_PAGE}(?:\s*[、,，]\s*{_PAGE})*)\s*(?:頁|页)?)?"
_OPEN, _CLOSE = "（(《〈「『“[［【〔", "）)》〉」』”]］】〕"


@dataclass(frozen=True, slots=True)
class Noted:
    """A citation found in a note: ``[start, end)`` of its text, and what it cites."""

    start: int
    end: int
    item: CitationItem


@dataclass(slots=True)
class Notebook:
    """What the notes have cited so far: by the label of the note, and by author; ``before``: under earlier numbers."""

    linker: Linker
    by_label: dict[str, list[CitationItem]] = field(default_factory=dict)
    last: CitationItem | None = None
    number: int = 0
    before: list[CitationItem] = field(default_factory=list)

    def open(self, label: str) -> None:
        """Begin a note. Numbers that start again (with a chapter) are other notes: 同註 3 means the new one."""
        number = int(label) if label.isdecimal() else self.number + 1
        if number <= self.number:
            self.before += [item for group in self.by_label.values() for item in group]
            self.by_label.clear()
        self.number = number


@cache
def _word(role: str) -> str:
    found = sorted((row["word"] for row in table("citation_words") if row["role"] == role), key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, found)) + ")"


@cache
def _back() -> re.Pattern[str]:
    name = r"(?P<name>[^，,；;。：:《》〈〉（()）\d]{2,40}?)\s*[，,：:]\s*"
    label = r"\s*[（(\[]?(?P<label>\d{1,4})[）)\]]?"
    above = rf"{_word('above')}(?:{label})?"
    after = rf"[註注]{label.replace('label', 'label2')}(?=\s*[，,]?\s*前[揭引])"
    inside = r"(?:前[揭引]\s*)?[（(]\s*前?[註注]\s*(?P<label3>\d{1,4})\s*[）)]"
    work = r"(?:\s*[，,]?\s*(?:前揭|前引)?\s*(?:書|文|著|论文|論文))?"
    return re.compile(
        rf"(?:{name})?(?:(?P<above>{above}|{after}|(?<=[，,：:]){inside}){work}|(?P<same>{_word('same')}))\s*{_PAGES}"
        rf"|(?P<name2>[^，,；;。：:《》〈〉（()）\d]{{2,40}}?)\s*{inside.replace('label3', 'label4')}{work}\s*"
        + _PAGES.replace("pages", "pages2")
    )


def note_citations(passage: Passage, notes: Notebook) -> Iterator[Noted]:
    """Return the works that a note cites in full or by pointing back; ``notes`` remembers them for later notes."""
    text = passage.text.text
    label = passage.where.rpartition(" ")[2].strip("[]［］〔〕() ")
    notes.open(label)
    for start, end in clauses(text):
        clause = text[start:end]
        found = _full(clause, notes.linker) or _short(clause, notes)
        if found is not None:
            notes.by_label.setdefault(label, []).append(found)
            notes.last = found
            yield Noted(start, end, found)
            continue
        match = _back().search(clause)
        if match:
            printed = (match["name"] or match["name2"] or "").strip()
            name = _own_name(printed, notes.linker)
            earlier = _earlier(match, name, notes)
            why = None if earlier else "Points back to a work that no earlier note cites."
            item = CitationItem(
                name, None, match["pages"] or match["pages2"], earlier.reference if earlier else None, why
            )
            notes.last = earlier or notes.last
            if earlier:
                notes.by_label.setdefault(label, []).append(earlier)
            yield Noted(start + clause.index(name, match.start()), start + match.end(), item)


def _own_name(printed: str, linker: Linker) -> str:
    """Return the name at the end of the words before 前揭書: ``會談紀錄見陸鴻漸`` names 陸鴻漸."""
    if is_person(printed):
        return printed
    return next((name for name in linker.known_names() if len(name) > 1 and printed.endswith(name)), printed)


def clauses(text: str) -> list[tuple[int, int]]:
    """Return the clauses of a note as ranges: parted by ；, ; and 。, never inside brackets or quotation marks."""
    ranges: list[tuple[int, int]] = []
    depth = start = 0
    quoted = False
    for position, char in enumerate(text):
        if char == '"':
            quoted = not quoted
        elif char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and not quoted and char in "；;。":
            ranges.append((start, position))
            start = position + 1
    ranges.append((start, len(text)))
    lead = re.compile(rf"\s*(?:(?:{_word('before')}|{_word('cue')}|另|並|并|亦|又|及|詳|可)\s*)*[：:]?\s*")
    trimmed = []
    for begin, end in ranges:
        begin += lead.match(text[begin:end]).end()  # type: ignore[union-attr]
        while end > begin and text[end - 1] in " 　.":
            end -= 1
        if end - begin > 1:
            trimmed.append((begin, end))
    return trimmed


_SHORT = re.compile(
    r"(?P<name>[^《》〈〉“”\"「」『』；;。]{2,60}?)\s*[，,：:]\s*"
    r"(?:[《〈“「『\"](?P<title>.{2,120}?)[》〉”」』\"]|(?P<plain>[A-Z][^《》〈〉“”\"]{3,120}?))\s*[，,]\s*"
    rf"(?:頁|页|第|pp?\.|at)\s*(?P<pages>{_PAGE}(?:\s*[、,，]\s*{_PAGE})*)\s*(?:頁|页)?$"
)


def _short(clause: str, notes: Notebook) -> CitationItem | None:
    """Read a work cited again by author and title: ``何立言，《港務法總則》，頁 33``."""
    match = _SHORT.match(clause)
    if not match:
        return None
    people = read_people(match["name"])
    names = people.authors or people.editors or people.translators
    if not names or not all(_plausible(name) for name in names):
        return None
    title = match["title"] or match["plain"]
    work = Reference(clause, "", "book", authors=names, title=title)
    index = same_work(work, notes.linker.references)
    if index is None and match["title"] is None:
        return None
    explanation = None if index is not None else "Cited by author and title in the note; not in the list."
    return CitationItem("、".join(names), None, match["pages"], index, explanation)


def _full(clause: str, linker: Linker) -> CitationItem | None:
    """Read a clause as a reference with its page; ``None`` where it is an ordinary sentence."""
    if len(clause) > 400 or not re.search(
        r"[《〈「“\"]|[A-Z][^.]*\(.*\d{4}\)|\d{4}\.\s|[A-Z][^()]*:[^()]*,\s\d{4}", clause
    ):
        return None
    reference = parse_reference(clause, "footnote")
    people = reference.authors or reference.editors or reference.translators
    if not reference.parsed or not people or not all(_plausible(name) for name in people):
        return None
    if not (
        reference.publisher or reference.institution or reference.url or (reference.container and _located(reference))
    ):
        return None
    year = f"{reference.year}{reference.year_suffix or ''}" if reference.year else None
    index = same_work(reference, linker.references)
    explanation = None if index is not None else "Cited in full in the note; not in the list."
    return CitationItem("、".join(people), year, reference.pages, index, explanation)


def _located(reference: Reference) -> bool:
    return bool(reference.volume or reference.issue or reference.pages or reference.year)


def _plausible(name: str) -> bool:
    if has_han(name):
        return is_person(name) or is_institution(name) or len(name) <= 6
    return len(name) <= 60 and re.search(r"[A-ZÀ-ÞА-Я]", name) is not None


def same_work(reference: Reference, references: Sequence[Reference]) -> int | None:
    """Return the entry with the same title (and an author in common, if both have any), if there is just one."""
    found = [
        n for n, entry in enumerate(references) if _titles_agree(reference, entry) and _authors_meet(reference, entry)
    ]
    if len(found) > 1:
        exact = [n for n in found if references[n].year == reference.year]
        found = exact or found
    return found[0] if len(found) == 1 else None


def _titles_agree(a: Reference, b: Reference) -> bool:
    first, second = _fold(a.title), _fold(b.title)
    if not first or not second:
        return False
    shorter, longer = sorted((first, second), key=len)
    return shorter == longer or (len(shorter) >= 8 and longer.startswith(shorter))


def _fold(title: str | None) -> str:
    return re.sub(r"[\W_]", "", title or "").casefold().replace("臺", "台")


def _authors_meet(a: Reference, b: Reference) -> bool:
    first, second = ({form for name in (*r.authors, *r.editors) for form in _forms(name)} for r in (a, b))
    return not first or not second or bool(first & second)


def _forms(name: str) -> set[str]:
    return {form.casefold() for cited in read_cited(name).names for form in forms_of(cited)}


def _earlier(match: re.Match[str], name: str, notes: Notebook) -> CitationItem | None:
    label = match["label"] or match["label2"] or match["label3"] or match["label4"]
    if match["same"] or (not label and not name):
        return notes.last
    cited = [*notes.before, *(entry for group in notes.by_label.values() for entry in group)]
    pool = notes.by_label.get(label, []) if label else cited
    if name:
        wanted = _forms(name)
        named = [item for item in pool if wanted & _forms(item.authors)]
        if named:
            return named[-1]
        return pool[0] if label and len(pool) == 1 else None
    return pool[0] if pool else None
