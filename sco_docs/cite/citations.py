"""Citations in the text, in notes, and in the source notes of tables and figures, linked to the reference list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from sco_docs.chinese.texts import place_at
from sco_docs.cite.footnotes import Notebook, note_citations
from sco_docs.cite.link import Link, Linker
from sco_docs.cite.numeric import numeric_citations
from sco_docs.cite.passages import Passage, body_passages, without_list
from sco_docs.cite.people import CJK, has_han, heal, is_institution, is_person
from sco_docs.cite.references import detect_style
from sco_docs.cite.words import words
from sco_docs.data import table
from sco_docs.model import Citation, CitationItem, Layout, Place, Problem, Reference, Thesis

_PAGE = r"[A-Za-z]?\d+(?:\s*[-–—－~～〜至]\s*[A-Za-z]?\d+)?"
_PAGES = rf"(?:頁|页|第|pp?\.)?\s*{_PAGE}(?:\s*[,，、]\s*{_PAGE})*(?:\s*(?:頁|页))?"
_YEAR = r"(?:民國?\s*\d{2,3}|(?:1[5-9]|20)\d\d(?:[/／](?:(?:1[5-9]|20)\d\d|\d{2})(?!\d|/))?)"
_YEAR += r"(?:\s*年)?\s*[a-z]?(?![a-z0-9])|n\.d\.|無日期"
_DATE = r"(?P<date>(?:1[5-9]|20)\d\d[/.年-]\s*\d{1,2}[/.月-]\s*\d{1,2}日?)"
_ITEM = re.compile(
    rf"^(?P<authors>.*?[^\s\d,，:：、])\s*[，,：:、]?\s*(?:{_DATE}|(?P<year>{_YEAR}))"
    rf"(?:\s*[:：，,]\s*(?P<pages>{_PAGES}))?(?P<more>(?:\s*[、,，]\s*(?:{_YEAR})(?:\s*[:：]\s*{_PAGES})?)*)$"
)
_MORE = re.compile(rf"[、,，]\s*(?P<year>{_YEAR})(?:\s*[:：]\s*(?P<pages>{_PAGES}))?")
_BRACKET = re.compile(r"[（(](?P<inner>(?:[^（()）]|[（(][^（()）]*[）)])*)[）)]")
_YEAR_ONLY = re.compile(
    rf"^\s*(?P<year>{_YEAR})(?:\s*[:：，,]\s*(?P<pages>{_PAGES}(?:\s*[;；]\s*{_PAGES})*))?"
    rf"(?P<more>(?:\s*[、,，;；]\s*(?:{_YEAR})(?:\s*[:：]\s*{_PAGES})?)*)\s*$"
)
_WESTERN = r"[A-ZÀ-ÞА-ЯØ][\w'’.-]*"
_WESTERN_NAMES = re.compile(
    rf"(?:{_WESTERN}(?:,?\s+|\.))*{_WESTERN}(?:(?:\s*,\s*|\s*(?:&|and|與|和|及)\s*)(?:{_WESTERN}\s+)*{_WESTERN})*"
    r"(?:\s*(?:等人?|et\s+al\.?))?\s*$"
)
_HAN_NAME = re.compile(rf"[{CJK}·‧]{{2,}}(?:等人?)?$")


_DATE_WORDS = "|".join(words(role) for role in ("accessed", "updated", "published"))


_Item = tuple[str, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class _Found:
    """What is cited in ``[start, end)``: of each work, who, the year, the pages, and the date if one is printed."""

    start: int
    end: int
    items: tuple[_Item, ...]


@cache
def citation_words(role: str) -> str:
    """Return the words of a role of ``data/citation_words.tsv`` as one alternation, longest first."""
    found = sorted((row["word"] for row in table("citation_words") if row["role"] == role), key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, found)) + ")"


def find_citations(
    thesis: Thesis, layout: Layout, references: Sequence[Reference]
) -> tuple[tuple[Citation, ...], tuple[Problem, ...]]:
    """Find every citation in the chapters of a thesis and link it to the reference list.

    ``raw`` is as printed: with its brackets where it stands in brackets, from the name on where it is narrative.
    """
    passages = without_list(body_passages(thesis, layout), references)
    linker = Linker(references, short_names(passages, references))
    notes = Notebook(linker)
    citations: list[Citation] = []
    for passage in passages:
        citations += _of_passage(passage, linker, notes)
    style = detect_style([reference.raw for reference in references])
    if style is not None and style.family == "gbt":
        citations += numeric_citations(passages, references, layout.notes)
    return tuple(citations), (*_unlisted(citations, references), *_uncited(citations, references))


def _of_passage(passage: Passage, linker: Linker, notes: Notebook) -> list[Citation]:
    """Return the citations of a passage in their order; what a note cites in full is not searched again."""
    text = passage.text.text
    full = list(note_citations(passage, notes)) if passage.note is not None else []
    ranges: list[tuple[int, int, tuple[CitationItem, ...]]] = [(n.start, n.end, (n.item,)) for n in full]
    for found in _scan(passage, linker):
        if not any(noted.start < found.end and found.start < noted.end for noted in full):
            ranges.append((found.start, found.end, tuple(_item(linker, *item) for item in found.items)))
    return [
        Citation(text[start:end], place_at(passage.text, start) or Place(passage.page), items, passage.where)
        for start, end, items in sorted(ranges, key=lambda found: found[:2])
    ]


def short_names(passages: Sequence[Passage], references: Sequence[Reference]) -> Mapping[str, str]:
    """Return the short names that the text sets up: in a note called after the full name, or in brackets after it."""
    names = sorted({n for r in references for n in (*r.authors, *r.editors)}, key=len, reverse=True)
    pattern = re.compile(
        rf"{citation_words('alias')}\s*[:：]?\s*[「『“\"]?(?P<short>[{CJK}A-Za-z]{{2,20}}?)[」』”\"]?\s*(?:[。）)，,；]|$)"
    )
    calls = {mark.note: (p.text.text, mark.offset) for p in passages for mark in p.text.notes}
    aliases: dict[str, str] = {}
    for passage in passages:
        for match in pattern.finditer(passage.text.text):
            before = passage.text.text[: match.start()].rstrip("（( ")
            contexts = [before]
            if not before and passage.note in calls:
                text, offset = calls[passage.note]
                contexts.append(text[:offset])
            full = next((n for n in names for c in contexts if c.endswith(n)), None)
            if full:
                aliases[match["short"]] = full
    return aliases


def _scan(passage: Passage, linker: Linker) -> list[_Found]:
    text = passage.text.text
    found: list[_Found] = []
    for match in _BRACKET.finditer(text):
        items = _bracket_items(match["inner"], linker)
        if text[: match.start()].rstrip().endswith(("》", "〉")) and not any(linker.fits(*item) for item in items):
            continue
        if items:
            found.append(_Found(match.start(), match.end(), items))
            continue
        year = _YEAR_ONLY.match(match["inner"])
        start = _narrative_start(text, match, linker) if year else None
        if year and start is not None:
            authors = text[start : match.start()].strip()
            found.append(_Found(start, match.end(), _years(authors, year)))
    found += _cued(text, linker, found)
    found += _bare(text, linker, found) if passage.note is not None else ()
    found += _by_page(text, linker, found)
    return sorted(found, key=lambda f: f.start)


def _years(authors: str, match: re.Match[str]) -> tuple[_Item, ...]:
    items = [(authors, _squeeze(match["year"]), _clean_pages(match["pages"]), None)]
    items += [
        (authors, _squeeze(m["year"]), _clean_pages(m["pages"]), None) for m in _MORE.finditer(match["more"] or "")
    ]
    return tuple(items)


def _squeeze(year: str | None) -> str | None:
    return re.sub(r"\s|年", "", year) if year else None


def _clean_pages(pages: str | None) -> str | None:
    return re.sub(r"^(?:頁|页|第|pp?\.)\s*|\s*(?:頁|页)$", "", pages).strip() if pages else None


def _bracket_items(inner: str, linker: Linker) -> tuple[_Item, ...]:
    """Read the inside of a bracket as citations; empty if it is none."""
    items: list[_Item] = []
    for clause in re.split(rf"\s*[;；]\s*|\s*[，,]\s*(?={citation_words('before')})", inner.strip()):
        clause = re.sub(rf"^{citation_words('before')}\s*[:：]?\s*", "", clause.strip(" 。.，,"))
        match = _ITEM.match(clause)
        if match and _is_author(match["authors"], linker, _squeeze(match["year"]), match["date"]):
            year = match["year"] or match["date"][:4]
            items.append((match["authors"].strip(), _squeeze(year), _clean_pages(match["pages"]), match["date"]))
            items += [
                (match["authors"].strip(), _squeeze(m["year"]), _clean_pages(m["pages"]), None)
                for m in _MORE.finditer(match["more"])
            ]
        elif items and _year_alone(clause, items[-1], linker):
            items.append((items[-1][0], clause, None, None))
        elif items and re.fullmatch(_PAGES, clause):
            name, cited, pages, date = items[-1]
            items[-1] = (name, cited, f"{pages}；{_clean_pages(clause)}" if pages else _clean_pages(clause), date)
        elif clause in linker.aliases:
            items.append((clause, None, None, None))
        elif not clause:
            continue
        elif match and not items:
            return ()
    return tuple(items) if any(year for _, year, _, _ in items) else ()


def _year_alone(clause: str, last: _Item, linker: Linker) -> bool:
    """Whether ``2005`` after ``教育部，2003`` is another year of the same author, and not a page."""
    if not re.fullmatch(r"(?:19|20)\d\d[a-z]?", clause):
        return False
    return last[2] is None or linker.fits(last[0], clause)


def _is_author(text: str, linker: Linker, year: str | None, date: str | None) -> bool:
    """Whether what stands before a year in a bracket can be who is cited."""
    text = heal(re.sub(r"\s+", " ", text).strip())
    if re.search(r"\d{2}|[《》〈〉=<>%]|https?:", text) or len(text) > 60 or re.match(_DATE_WORDS, text):
        return False
    if any(name in text for name in linker.known_names() if len(name) > 1) or linker.fits(text, year, None, date):
        return True
    if re.search(f"[{CJK}]", text):
        if re.search("(?:宣言|報告|報告書|公報|年鑑|年鉴|報告书)$", text):
            return True
        parts = re.split(r"[、，,& ]+|(?<=..)[與和及](?=..)", re.sub(r"等人?|(?:主|合)?[編编著譯]+$", "", text))
        return all(_can_be_cited(part) for part in parts if part)
    return re.fullmatch(rf"(?:{_WESTERN}|&|and|et al\.?|of|the|for|de|van|von|[,.\s])+", text) is not None


def _can_be_cited(part: str) -> bool:
    if is_person(part) or is_institution(part):
        return True
    return (
        re.fullmatch(f"[{CJK}]{{2,8}}", part) is not None
        and not re.search("[於在自至約因的是了年月日第]", part)
        and part not in _places()
    )


@cache
def _places() -> frozenset[str]:
    kinds = ("place", "state")
    return frozenset(form for row in table("names") if row["kind"] in kinds for form in row["zh-Hant"].split("|"))


def _after_cue(text: str, position: int) -> bool:
    """Whether a word such as 資料來源 stands before ``position`` in the same sentence."""
    sentence = re.split(r"[。！？]", text[:position])[-1]
    return re.search(citation_words("cue"), sentence) is not None


def _narrative_start(text: str, bracket: re.Match[str], linker: Linker) -> int | None:
    """Return where the name begins that stands before a bracketed year, ``None`` if no name does."""
    left = text[: bracket.start()].rstrip()
    cued = _after_cue(text, bracket.start())
    known = _known_names(linker).search(left[-120:])
    if known:
        return _whole_western(left, len(left) - len(known[0]))
    western = _WESTERN_NAMES.search(left[-80:])
    if western and not re.search(r"^[A-Z]{2,}$|^[A-Z]$", western[0].strip()):
        return len(left) - len(_without_lead(western[0]))
    run = re.split(rf"[、，,；;：:。「」『』（）()\s]|{citation_words('cue')}|{citation_words('self')}", left)[-1]
    if cued and 2 <= len(run) <= 30:
        return len(left) - len(run)
    if "年" in bracket["inner"]:
        return None
    after = re.search(rf"{citation_words('person')}(?P<name>[{CJK}]{{2,4}})$", left)
    if after and is_person(after["name"]):
        return len(left) - len(after["name"])
    if is_person(run) or any(_near_name(run[-len(n) :], n) for n in linker.known_names() if 3 <= len(n) <= 4):
        size = next(
            (len(n) for n in linker.known_names() if 3 <= len(n) <= 4 and _near_name(run[-len(n) :], n)), len(run)
        )
        return len(left) - size
    return None


@lru_cache(maxsize=8)
def _known_names(linker: Linker) -> re.Pattern[str]:
    """Names of the list, one or several, at the end of a text; further persons may stand before them, parted by 、."""
    names = "|".join(_spaced(name) for name in linker.known_names()) or r"(?!)"
    glue = r"\s*(?:[、，,]|與|和|及|&|,?\s+and\s|,?\s*&)\s*"
    return re.compile(
        rf"(?:(?<![{CJK}])[{CJK}]{{2,3}}、)*(?:(?:{names}){glue})*(?:{names})(?:\s*等人?|\s+et al\.?)?(?:網站|['’]s)?$"
    )


@lru_cache(maxsize=8)
def _paged_names(linker: Linker) -> re.Pattern[str]:
    names = "|".join(_spaced(name) for name in linker.known_names() if len(name) > 1) or r"(?!)"
    return re.compile(rf"(?P<name>{names})\s*[，,]\s*(?:頁|pp?\.)\s*(?P<pages>{_PAGE})")


def _spaced(name: str) -> str:
    """A name as an expression; justified setting may have left blanks between its Chinese characters."""
    return " ?".join(map(re.escape, name)) if has_han(name) else re.escape(name)


def _near_name(a: str, b: str) -> bool:
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1 and a[0] == b[0] and is_person(a)


def _whole_western(left: str, start: int) -> int:
    """Begin with the given names where the known name is a Western family name: ``Barry Buzan(1991)``."""
    if not re.match(r"[A-Za-z]", left[start:]):
        return start
    given = re.search(rf"(?:{_WESTERN}\s+)+$", left[:start])
    return start - len(_without_lead(given[0])) if given else start


def _without_lead(names: str) -> str:
    """``According to Barry Hill`` begins with Barry."""
    return re.sub(rf"^(?:(?:{citation_words('lead')}|{citation_words('before')}|to)\s+)+", "", names)


def _cued(text: str, linker: Linker, taken: Sequence[_Found]) -> Iterator[_Found]:
    """Citations without brackets after 參考 or 資料來源: ``楊朝銘，2011；朱顯平、陸南泉，2009``."""
    for cue in re.finditer(rf"{citation_words('cue')}\s*[:：]?\s*", text):
        end = re.search(r"[。！？]|$", text[cue.end() :])
        stop = cue.end() + (end.start() if end else 0)
        for clause in re.finditer(r"[^；;]+", text[cue.end() : stop]):
            start = cue.end() + clause.start()
            body = re.split(rf"{citation_words('cue')}\s*[:：]?", clause[0])[-1].strip()
            match = _ITEM.match(body)
            inside = any(f.start < start + len(clause[0]) and start < f.end for f in taken)
            if (
                match
                and match["year"]
                and not inside
                and _is_author(match["authors"], linker, _squeeze(match["year"]), None)
            ):
                offset = start + clause[0].index(body)
                item = (match["authors"].strip(), _squeeze(match["year"]), _clean_pages(match["pages"]), None)
                yield _Found(offset, offset + len(body), (item,))


def _bare(text: str, linker: Linker, taken: Sequence[_Found]) -> Iterator[_Found]:
    """Citations without brackets that are a clause of a note and surely of the list: ``See also Hill, 2003.``"""
    for clause in re.finditer(r"[^；;。]+", text):
        body = _without_lead(clause[0].strip().rstrip("."))
        match = _ITEM.match(body)
        start = clause.start() + clause[0].index(body)
        end = start + len(body)
        if not match or not match["year"] or any(f.start < end and start < f.end for f in taken):
            continue
        if linker.fits(match["authors"], _squeeze(match["year"])):
            item = (match["authors"].strip(), _squeeze(match["year"]), _clean_pages(match["pages"]), None)
            yield _Found(start, end, (item,))


def _by_page(text: str, linker: Linker, taken: Sequence[_Found]) -> Iterator[_Found]:
    """A name of the list with a page and no year: ``中國國關民宗中心，頁 123``."""
    for match in _paged_names(linker).finditer(text):
        if not any(f.start <= match.start() < f.end for f in taken):
            yield _Found(match.start(), match.end(), ((match["name"], None, match["pages"], None),))


def _item(linker: Linker, authors: str, year: str | None, pages: str | None, date: str | None) -> CitationItem:
    authors = heal(authors)
    link: Link = linker.link(authors, year, date)
    return CitationItem(authors, year, pages, link.reference, link.explanation)


def _unlisted(citations: Sequence[Citation], references: Sequence[Reference]) -> Iterator[Problem]:
    for citation in citations:
        for item in citation.items:
            name = f"{item.authors} {item.year or ''}".strip()
            if item.reference is None:
                yield Problem(
                    "cited-not-listed", "warning", f"{name} is cited, but the reference list has no such entry.",
                    citation.place, citation.raw, item.explanation or "Add the entry or correct the citation.",
                )  # fmt: skip
            elif item.explanation:
                entry = references[item.reference].key
                yield Problem(
                    "citation-differs", "info", f"{name} is taken to mean {entry}; it does not agree with the entry.",
                    citation.place, citation.raw, item.explanation,
                )  # fmt: skip


def _uncited(citations: Sequence[Citation], references: Sequence[Reference]) -> Iterator[Problem]:
    cited = {item.reference for citation in citations for item in citation.items}
    for n, reference in enumerate(references):
        if n not in cited:
            yield Problem(
                "listed-not-cited", "info", f"The entry {reference.key} is never cited in the chapters.",
                None, reference.raw, "Cite it, or leave it out of the list.",
            )  # fmt: skip
