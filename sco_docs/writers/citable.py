"""One record for each thing that can be cited: an entry of the reference list, or an agreement of the register.

The four citation formats are written from it, so that they never disagree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sco_docs.errors import OutputError
from sco_docs.model import Agreement, Reference, RegisterEntry

_LINKS = re.compile(r"(?:https?|ftp)://\S+$")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)(?P<doi>10\.\d{4,9}/\S+)$", re.IGNORECASE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1,
    )
    for name in names.split()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citable:
    """What a citation file says of one thing. ``kind`` is ``treaty`` or the ``type`` of a reference.

    ``date`` and ``accessed`` are ISO 8601; ``url`` is a link (http, https, ftp) or empty; ``note`` is the rest.
    """

    key: str
    kind: str
    lang: str
    title: str
    title_en: str = ""
    title_orig: str = ""
    title_ru: str = ""
    short_title: str = ""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    date: str = ""
    year_suffix: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    place: str = ""
    institution: str = ""
    degree: str = ""
    parties: tuple[str, ...] = ()
    url: str = ""
    doi: str = ""
    accessed: str = ""
    note: str = ""
    sort: str = ""


def citables(entries: Iterable[Reference | RegisterEntry], printed: Iterable[Agreement] = ()) -> tuple[Citable, ...]:
    """Return the records of references or of register entries; ``printed`` gives the agreements printed in full,
    whose source address goes into their entry.

    Raises ``OutputError`` where a key is empty, is no key, or stands twice (in any case of letters).
    """
    sources = {a.n: a.source_url for a in printed if a.source_url}
    records = tuple(_reference(e) if isinstance(e, Reference) else _agreement(e, sources) for e in entries)
    seen: dict[str, str] = {}
    for record in records:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9:_.-]*", record.key):
            raise OutputError(
                f"citation files: “{record.title}” has the key “{record.key}”, which is none; correct its name."
            )
        if record.key.lower() in seen:
            raise OutputError(
                f"citation files: “{seen[record.key.lower()]}” and “{record.title}” have one key, “{record.key}”;"
                " change one."
            )
        seen[record.key.lower()] = record.title
    return records


def _reference(entry: Reference) -> Citable:
    if not entry.parsed:
        return Citable(entry.key, "misc", entry.lang, "", note=entry.raw, sort=_sort(entry.key))
    link = entry.url if entry.url and _LINKS.match(entry.url) else ""
    doi = _DOI.match(entry.url or "")
    notes = [entry.url] if entry.url and not link and not doi else []
    date = iso_date(entry.date)
    year = str(entry.year or "")
    if entry.date and date and entry.date_kind != "accessed":
        if date[:4] == year:
            year = date
        elif entry.date_kind == "updated":
            notes.append(f"updated {date}")
    return Citable(
        entry.key, entry.type, entry.lang, entry.title or "", title_orig=entry.title_orig or "", authors=entry.authors,
        editors=entry.editors, translators=entry.translators, date=_edtf(year), year_suffix=entry.year_suffix or "",
        container=entry.container or "", volume=entry.volume or "", issue=entry.issue or "", pages=entry.pages or "",
        publisher=entry.publisher or "", place=entry.place or "", institution=entry.institution or "",
        degree=entry.degree or "", url=link, doi=doi["doi"] if doi else "",
        accessed=date if entry.date_kind == "accessed" and link else "",
        note="; ".join(notes), sort=_sort(entry.key) if entry.lang in ("zh", "ja") else "",
    )  # fmt: skip


def _agreement(entry: RegisterEntry, sources: dict[int, str]) -> Citable:
    url = sources.get(entry.printed_as or 0, "")
    link = url if _LINKS.match(url) else ""
    shorter = [title for title in entry.titles[1:] if len(title) < len(entry.titles[0])]
    notes = [f"also named {'、'.join(f'《{title}》' for title in entry.titles[1:])}"] if entry.titles[1:] else []
    return Citable(
        entry.key or entry.id, "treaty", "zh", entry.titles[0], title_en=entry.title_en or "",
        title_ru=entry.title_ru or "", short_title=min(shorter, key=lambda title: (len(title), title), default=""),
        date=entry.date or "", place=entry.place or "", parties=entry.parties, url=link,
        note="; ".join([*notes, *([url] if url and not link else [])]), sort=_sort(entry.key or entry.id),
    )  # fmt: skip


def _sort(key: str) -> str:
    return re.sub(r"(?:\d.*|nd.*)$", "", key) or key


def _edtf(year: str) -> str:
    """``1996/97`` as an ISO 8601 interval, as biblatex wants it."""
    span = re.fullmatch(r"(\d{4})[/／–-](\d{2}|\d{4})", year)
    if not span:
        return year
    end = span[2] if len(span[2]) == 4 else span[1][:2] + span[2]
    return f"{span[1]}/{end}"


def iso_date(printed: str | None) -> str:
    """Return a printed date as ISO 8601, as far as it is given; empty if it is no date."""
    text = printed or ""
    found = re.search(r"(?P<y>(?:1[5-9]|20)\d\d)\s*[-/.年]\s*(?P<m>\d{1,2})(?:\s*[-/.月]\s*(?P<d>\d{1,2}))?", text)
    if found:
        return _iso(int(found["y"]), int(found["m"]), int(found["d"] or 0))
    found = re.search(r"民國?\s*(?P<y>\d{2,3})\s*年(?:\s*(?P<m>\d{1,2})\s*月)?(?:\s*(?P<d>\d{1,2})\s*日)?", text)
    if found:
        return _iso(1911 + int(found["y"]), int(found["m"] or 0), int(found["d"] or 0))
    found = re.search(
        r"(?:(?P<d>\d{1,2})\s+)?(?P<m>[A-Z][a-z]{2,8})\.?,?\s+(?:(?P<d2>\d{1,2}),?\s+)?(?P<y>\d{4})", text
    )
    if found and found["m"].lower() in _MONTHS:
        return _iso(int(found["y"]), _MONTHS[found["m"].lower()], int(found["d"] or found["d2"] or 0))
    found = re.fullmatch(r"\s*(\d{4})\s*年?\s*", text)
    return found[1] if found else ""


def _iso(year: int, month: int, day: int) -> str:
    if not 1 <= month <= 12:
        return str(year)
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= 31 else f"{year:04}-{month:02}"
