"""The register: every agreement that is printed or named, one entry for each, with all its titles and mentions.

Two titles are joined only by evidence: the same words, a short name that the text sets up, the authority table, or
containment together with the same date. What only looks alike is left apart and reported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from sco_docs.cite.keys import unique
from sco_docs.cite.naming import Name, names_in, short_titles
from sco_docs.cite.passages import Passage, all_passages
from sco_docs.cite.people import pinyin
from sco_docs.cite.titles import contains, core, normal, parties_in, same_parties, subject
from sco_docs.data import rows, table
from sco_docs.errors import ConfigError
from sco_docs.model import Agreement, Block, Layout, Mention, Place, Problem, RegisterEntry, Section, Thesis

UNTITLED = "[untitled]"
"""Stands for the title of an agreement that is printed without one, in brackets as a title that was supplied."""


@dataclass(slots=True)
class _Entry:
    titles: Counter[str] = field(default_factory=Counter)
    mentions: list[Mention] = field(default_factory=list)
    dates: Counter[str] = field(default_factory=Counter)
    date: str | None = None
    place: str | None = None
    parties: tuple[str, ...] = ()
    printed_as: int | None = None
    printed_title: str = ""
    title_en: str | None = None
    title_ru: str | None = None
    own_id: str = ""
    merged_into: _Entry | None = None


def build_register(
    thesis: Thesis, layout: Layout, agreements: Sequence[Agreement], own: str = ""
) -> tuple[tuple[RegisterEntry, ...], tuple[Problem, ...]]:
    """Return the register of a source; ``own`` is the text of a user's authority table (columns as in
    ``data/authority.tsv``), whose rows come before the shipped ones.

    Raises ``ConfigError`` where the user's table lacks a column or has a date that is none.
    """
    authority = (*own_rows(own), *table("authority"))
    names = [name for passage in _passages(thesis, layout) for name in names_in(passage)]
    entries, problems = _printed(agreements, authority)
    _place_names(names, entries, authority, agreements)
    problems += _join(entries)
    problems += _doubts(entries)
    problems += [_conflict(entry) for entry in entries if entry.dates and _disagree(entry)]
    return _finish(entries), tuple(problems)


def own_rows(text: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a user's authority table; of its columns only ``title`` must be there and filled.

    Raises ``ConfigError`` where a column has another name, a title is empty, or a date is not ISO 8601.
    """
    if not any(line.strip() and not line.startswith("#") for line in text.splitlines()):
        return ()
    found = rows(text.lstrip("\ufeff"))
    columns = tuple(table("authority")[0])
    for row in found:
        strange = next((column for column in row if column not in columns), None)
        if strange is not None:
            raise ConfigError(f"the register table: “{strange}” is no column; its columns are {', '.join(columns)}.")
        date = row.get("date", "").strip()
        if not row.get("title", "").strip() or not re.fullmatch(r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?)?", date):
            name = row.get("title") or row.get("id") or date
            raise ConfigError(f"the register table: “{name}” needs a title, and a date as 2001-06-15 or none.")
    return tuple({column: row.get(column, "").strip() for column in columns} for row in found)


def _passages(thesis: Thesis, layout: Layout) -> Iterator[Passage]:
    """All passages but the reference list, whose books are no agreements."""
    listed = {id(block.text) for section in thesis.sections for block in _reference_blocks(section)}
    return (passage for passage in all_passages(layout) if id(passage.text) not in listed)


def _reference_blocks(section: Section) -> Iterator[Block]:
    if section.role == "references":
        yield from section.blocks
    for child in section.children:
        yield from _reference_blocks(child)


def _printed(
    agreements: Sequence[Agreement], authority: Sequence[dict[str, str]]
) -> tuple[list[_Entry], list[Problem]]:
    entries: list[_Entry] = []
    problems: list[Problem] = []
    for n in dict.fromkeys(agreement.n for agreement in agreements):
        versions = [agreement for agreement in agreements if agreement.n == n]
        first = next((a for a in versions if a.language.startswith("zh")), versions[0])
        titles = [_bare(t.text) for t in (first.title, first.appendix_title) if t is not None and t.text.strip()]
        entry = _Entry(date=first.date_signed or first.date_heading, place=first.place_signed, printed_as=n)
        entry.printed_title = titles[0] if titles else UNTITLED
        entry.titles.update(dict.fromkeys(titles, 0))
        entry.parties = tuple(dict.fromkeys(s.party for s in first.signatories if s.party))
        row = _authority_row(authority, titles, entry.date)
        row = row or _authority_by_date(authority, titles, entry.date)
        if row is None and titles:
            row = _authority_row(authority, titles, None)
            if row is not None and entry.date and row["date"] != entry.date:
                problems.append(_other_date(entry, row, first))
        if row is not None:
            _enrich(entry, row)
        entries.append(entry)
    return entries, problems


def _other_date(entry: _Entry, row: dict[str, str], agreement: Agreement) -> Problem:
    return Problem(
        "agreement-date-differs",
        "warning",
        f"《{entry.printed_title}》 is dated {entry.date} here, but {row['date']} in the authority table.",
        Place(agreement.pages[0]),
        row["source"],
        "Check the date in the heading of the appendix against the document itself.",
    )


def _bare(title: str) -> str:
    title = re.sub(r"^附錄\s*[一二三四五六七八九十\d]+\s*[：:、]?\s*", "", title.strip())
    title = re.sub(r"[（(][^（()）]*\d{4}[^（()）]*[）)]\s*$", "", title).strip()
    return title.strip("《》〈〉 ")


def _authority_row(
    authority: Iterable[dict[str, str]], titles: Sequence[str], date: str | None
) -> dict[str, str] | None:
    """Return the one row that has a title; without a date only if no other row has it."""
    wanted = {normal(title) for title in titles}
    found = [
        row for row in authority
        if wanted & {normal(name) for name in (row["title"], *row["names"].split("|")) if name}
        and (date is None or row["date"].startswith(date) or date.startswith(row["date"]))
    ]  # fmt: skip
    return found[0] if len(found) == 1 or (found and date) else None


def _authority_by_date(
    authority: Iterable[dict[str, str]], titles: Sequence[str], date: str | None
) -> dict[str, str] | None:
    """Return the one row of the same full date whose title contains a printed title, or is contained in it."""
    found = [
        row
        for row in authority
        if date and row["date"] == date
        and any(contains(t, row["title"]) or contains(row["title"], t) for t in titles if core(t))
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _enrich(entry: _Entry, row: dict[str, str]) -> None:
    entry.titles.update(dict.fromkeys([t for t in (row["title"],) if t], 0))
    entry.date = entry.date or row["date"] or None
    entry.place = entry.place or row["place"] or None
    entry.parties = entry.parties or tuple(p for p in row["parties"].split("|") if p)
    entry.title_en = entry.title_en or row["title_en"] or None
    entry.title_ru = entry.title_ru or row["title_ru"] or None
    entry.own_id = entry.own_id or row["id"]


def _place_names(
    names: Sequence[Name], entries: list[_Entry], authority: Sequence[dict[str, str]], agreements: Sequence[Agreement]
) -> None:
    """Give every mention to the entry of its title and date, or to a new one: first those with a date."""
    aliases = short_titles(names)
    pages = {agreement.n: agreement.pages for agreement in agreements}
    longer = {normal(name.title): name.title for name in reversed(names)}
    placed: list[tuple[Name, _Entry]] = []
    for name in sorted(names, key=lambda name: name.date is None):
        key = aliases.get(normal(name.title), normal(name.title))
        same = [entry for entry in entries if key in {normal(title) for title in entry.titles}]
        entry = _choose(same, name, pages)
        if entry is None:
            entry = _new_entry(name, longer.get(key, name.title), entries, authority, bool(same))
        entry.titles[name.title] += 1
        if key != normal(name.title):
            entry.titles.setdefault(longer.get(key, name.title), 0)
        if name.date:
            entry.dates[name.date] += 1
        placed.append((name, entry))
    order = {id(name): n for n, name in enumerate(names)}
    for name, entry in sorted(placed, key=lambda pair: order[id(pair[0])]):
        entry.mentions.append(Mention(name.passage[name.start : name.end], name.place))


def _new_entry(
    name: Name, title: str, entries: list[_Entry], authority: Sequence[dict[str, str]], taken: bool
) -> _Entry:
    row = _authority_row(authority, [name.title, title], name.date if taken else None)
    known = next((entry for entry in entries if row is not None and entry.own_id == row["id"]), None)
    if known is not None:
        return known
    entry = _Entry()
    if row is not None and (name.date is None or _agree(row["date"], name.date)):
        _enrich(entry, row)
    entries.append(entry)
    return entry


def _choose(same: Sequence[_Entry], name: Name, pages: dict[int, tuple[int, int]]) -> _Entry | None:
    """The entry of the same title: by date, by its heading in the agreement itself, or because it is the only one.

    A bare year that does not agree with the one entry there is proves no second agreement.
    """
    if name.date is not None:
        dated = [entry for entry in same if any(_agree(date, name.date) for date in _dates(entry))]
        if len(dated) == 1:
            return dated[0]
        if len(same) == 1 and len(name.date) == 4:
            return same[0]
        return next((entry for entry in same if not _dates(entry)), None)
    heading = re.fullmatch(r"\W*", name.passage[: name.start] + name.passage[name.end :]) is not None
    inside = [e for e in same if e.printed_as and heading and _within(name.place, pages.get(e.printed_as))]
    if len(inside) == 1:
        return inside[0]
    if len(same) > 1:
        return next((entry for entry in same if not _dates(entry)), None)
    return same[0] if same else None


def _within(place: Place, pages: tuple[int, int] | None) -> bool:
    return pages is not None and pages[0] <= place.page <= pages[1]


def _longest(entry: _Entry) -> str:
    """Return the longest title; an agreement may be printed without any."""
    return max(entry.titles, key=len, default="")


def _agree(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and (a.startswith(b) or b.startswith(a))


def _dates(entry: _Entry) -> set[str]:
    return {entry.date} if entry.date else set(entry.dates)


def _join(entries: list[_Entry]) -> list[Problem]:
    """Join a title to the one longer title that contains it, if a date that both have agrees; else report it."""
    problems: list[Problem] = []
    _join_by_subject(entries)
    for entry in entries:
        if entry.printed_as is not None or entry.own_id or entry.merged_into is not None:
            continue
        short = _longest(entry)
        hosts = [
            e for e in entries
            if e is not entry and e.merged_into is None and any(contains(short, full) for full in e.titles)
        ]  # fmt: skip
        dated = [h for h in hosts if any(_agree(a, b) for a in _dates(entry) for b in _dates(h))]
        long_words = len(normal(short)) >= 12 and len(hosts) == 1 and not _dates(entry)
        if (len(dated) == 1 and core(short)) or long_words:
            _merge(entry, dated[0] if dated else hosts[0])
        elif hosts:
            problems.append(_doubt(entry, short, hosts))
    entries[:] = [entry for entry in entries if entry.merged_into is None]
    return problems


def _join_by_subject(entries: Sequence[_Entry]) -> None:
    """Join titles that say the same from 關於 on, between the same parties, where no date speaks against it."""
    for n, entry in enumerate(entries):
        for other in entries[:n]:
            if other.merged_into is not None or entry.printed_as is not None or entry.own_id:
                continue
            a, b = _longest(entry), _longest(other)
            dates = [(x, y) for x in _dates(entry) for y in _dates(other)]
            same = subject(a) and subject(a) == subject(b) and same_parties(parties_in(a), parties_in(b))
            if same and all(_agree(x, y) for x, y in dates):
                _merge(entry, other)
                break


def _merge(entry: _Entry, host: _Entry) -> None:
    host.titles.update(entry.titles)
    host.mentions += entry.mentions
    host.dates.update(entry.dates)
    entry.merged_into = host


def _doubt(entry: _Entry, short: str, hosts: Sequence[_Entry]) -> Problem:
    names = "、".join(f"《{_longest(h)}》" for h in hosts[:4])
    return Problem(
        "agreement-join-doubtful",
        "info",
        f"《{short}》 may be short for {names}; nothing in the text proves it, so they stand apart.",
        entry.mentions[0].place if entry.mentions else None,
        short,
        "If they are one agreement, add both names in one row of your authority table.",
    )


def _doubts(entries: Sequence[_Entry]) -> list[Problem]:
    """Titles that differ by a slip of the pen: reported, never joined."""
    problems = []
    named = [(entry, _longest(entry)) for entry in entries]
    for n, (entry, title) in enumerate(named):
        for other, second in named[n + 1 :]:
            a, b = normal(title), normal(second)
            if (
                min(len(a), len(b)) < 6
                or abs(len(a) - len(b)) > 3
                or (entry.date and other.date and entry.date != other.date)
            ):
                continue
            if SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.9 and a != b:
                problems.append(_doubt(entry, title, [other]))
    return problems


def _disagree(entry: _Entry) -> bool:
    dates = [*entry.dates, *([entry.date] if entry.date else [])]
    return any(not _agree(a, b) for n, a in enumerate(dates) for b in dates[n + 1 :])


def _conflict(entry: _Entry) -> Problem:
    title = _longest(entry)
    dates = ", ".join(sorted(entry.dates))
    known = f" It is dated {entry.date}." if entry.date else " It gets no date."
    return Problem(
        "agreement-dates-differ",
        "info",
        f"The text dates 《{title}》 in more than one way: {dates}.{known}",
        entry.mentions[0].place if entry.mentions else None,
        dates,
        "Check the sentences; a year may belong to something else, or there may be two agreements of this title.",
    )


def _finish(entries: Sequence[_Entry]) -> tuple[RegisterEntry, ...]:
    for entry in entries:
        if entry.date is None and entry.dates:
            entry.date = _voted(entry.dates)
        entry.parties = entry.parties or parties_in(_longest(entry))
    mains = [_main_title(entry) for entry in entries]
    bases = [f"{pinyin(main, 32)}{(entry.date or 'nd')[:4]}" for main, entry in zip(mains, entries, strict=True)]
    keys = unique(bases, [(entry.date or "")[4:] for entry in entries])
    ids = unique([entry.own_id or key for entry, key in zip(entries, keys, strict=True)], [""] * len(entries))
    return tuple(
        RegisterEntry(
            own, _titles(entry, main), entry.date, entry.parties, entry.place, tuple(entry.mentions), entry.printed_as,
            entry.title_en, entry.title_ru, key,
        )
        for own, key, main, entry in zip(ids, keys, mains, entries, strict=True)
    )  # fmt: skip


def _titles(entry: _Entry, main: str) -> tuple[str, ...]:
    return (main, *(title for title, _ in entry.titles.most_common() if title != main))


def _voted(dates: Counter[str]) -> str | None:
    """Return the fullest date if all printed ones agree with it, else nothing."""
    best = max(dates, key=lambda d: (len(d), dates[d]))
    return best if all(_agree(best, other) for other in dates) else None


def _main_title(entry: _Entry) -> str:
    return entry.printed_title or max(entry.titles, key=lambda t: (len(t), t))
