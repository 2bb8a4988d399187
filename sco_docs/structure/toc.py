"""The printed table of contents: its entries, and whether it agrees with the headings of the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from sco_docs.chinese.texts import join_texts, place_at, slice_text, strip_text
from sco_docs.model import Block, Bookmark, Heading, Place, Problem, Text
from sco_docs.structure.names import named
from sco_docs.structure.numbering import key, label_of

_PAGE = r"(?:[0-9０-９]{1,4}|[ivxlcdm]{1,7}|[IVXLCDM]{1,7}|[Ⅰ-Ⅻⅰ-ⅻ]+|[A-Z]-?\d{1,3}|\d{1,2}-\d{1,3})"
_LEADER = r"[.．…·‧・⋯⋅_\u2025\u2024\uf020—─-]"
_ENTRY = re.compile(
    rf"^(?P<title>.*?\S)(?:\s*(?:{_LEADER}\s*){{2,}}|\s*[…⋯]\s*|\s+)"
    rf"(?:第\s*)?[(（-]?(?P<page>{_PAGE})[)）-]?(?:\s*頁)?\s*$"
)
_LEADERS = re.compile(rf"(?:{_LEADER}\s*){{4,}}|\t")
_INNER_END = re.compile(rf"(?:{_LEADER}\s*){{4,}}(?:[0-9]{{1,4}}(?!\d)|[ivxIVX]{{1,6}}(?![A-Za-z]))\s*(?=[^\s.．…])")
_CAPTION = re.compile(r"^\s*(?:附?[圖表图]|Table|Figure|Fig\.)\s*[0-9０-９一二三四五六七八九十A-Z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the printed contents: block where it stands, left edge, title and page label as printed."""

    block: int
    title: Text
    page_label: str | None
    indent: float = 0.0

    @property
    def place(self) -> Place | None:
        return place_at(self.title, 0)


@dataclass(frozen=True, slots=True)
class Contents:
    """All contents pages: entries of the table of contents, of lists, and the blocks that they take up."""

    entries: tuple[Entry, ...]
    lists: tuple[Entry, ...]
    blocks: frozenset[int]


def _lines(block: Block) -> list[Text]:
    """Return the entries that a block holds: its printed lines, cut again where a page number ends one in a line."""
    text, lines = block.text.text, block.text.lines
    starts = {b.offset for a, b in pairwise(lines) if (a.place.page, a.place.line) != (b.place.page, b.place.line)}
    starts |= {match.end() for match in _INNER_END.finditer(text)}
    bounds = sorted({0, len(text), *(start for start in starts if start < len(text))})
    return [slice_text(block.text, a, b) for a, b in pairwise(bounds)]


def _entry(index: int, block: Block, line: Text) -> Entry:
    """Return what a line of a contents page says: a title, and its page label where one stands at its end."""
    if len(block.cells) > 1 and line.text == block.text.text and re.fullmatch(rf"\W*{_PAGE}\W*", block.cells[-1].text):
        title = join_texts(block.cells[:-1], " ")
        end = len(re.sub(rf"(?:\s*{_LEADER}){{2,}}\s*$", "", title.text))
        return Entry(
            index, strip_text(slice_text(title, 0, end)), re.sub(r"[^\w-]", "", block.cells[-1].text), block.x0
        )
    match = _ENTRY.match(line.text)
    if match is None:
        return Entry(index, strip_text(line), None, block.x0)
    return Entry(index, strip_text(slice_text(line, 0, match.end("title"))), match["page"], block.x0)


def _may_list(block: Block) -> bool:
    """Whether a block on a contents page may be an entry: a paragraph and a heading such as ``Chapter 1`` are none."""
    text = block.text.text
    if block.kind in ("toc", "row") or _LEADERS.search(text):
        return True
    entry = _ENTRY.match(text)
    if block.kind == "heading" and entry:
        label = label_of(entry["title"])
        return named(entry["title"]) is not None or (label is not None and key(entry["title"][label.end :]) != "")
    return len(text) <= 90


def read_contents(blocks: Sequence[Block]) -> Contents:
    """Return the entries of all contents pages: what follows a heading 目錄 (or its like) and ends in a page number,
    and blocks that the layout takes for entries; a title that runs over two lines is joined. Contents without page
    numbers end where their first title comes again."""
    found: dict[str, list[Entry]] = {"contents": [], "list": []}
    taken: set[int] = set()
    where: str | None = None
    waiting: list[Entry] = []
    unpaged: set[int] = set()
    for index, block in enumerate(blocks):
        name = named(block.text.text) if block.kind != "toc" else None
        if name and index not in unpaged:
            where, waiting = name.role if name.role in found else None, []
            unpaged |= _unpaged(blocks, index) if name.role == "contents" else set()
            continue
        if index in unpaged:
            found["contents"] += [_entry(index, block, line) for line in _lines(block)]
            taken.add(index)
            continue
        if not (where and _may_list(block)) and block.kind != "toc":
            where, waiting = None, []
            continue
        for line in _lines(block):
            entry = _entry(index, block, line)
            if entry.page_label is None:
                waiting.append(entry)
                continue
            if where is None and not (label_of(entry.title.text) or named(entry.title.text)):
                continue
            if waiting and label_of(entry.title.text) is None:
                entry = _joined(waiting[-1], entry)
            taken.update(part.block for part in [*waiting, entry])
            taken.add(index)
            waiting = []
            found["list" if where == "list" or _CAPTION.match(entry.title.text) else "contents"].append(entry)
        if len(waiting) > 2 or any(len(part.title.text) > 90 for part in waiting):
            where, waiting = None, []
    return Contents(tuple(found["contents"]), tuple(found["list"]), frozenset(taken))


def _unpaged(blocks: Sequence[Block], heading: int) -> set[int]:
    """Return the blocks of contents that give no pages: short lines after the heading, till the first comes again."""
    if heading + 2 >= len(blocks) or _entry(heading + 1, blocks[heading + 1], blocks[heading + 1].text).page_label:
        return set()
    first = key(blocks[heading + 1].text.text)
    for index in range(heading + 2, len(blocks)):
        text = blocks[index].text.text
        if first and key(text) == first and label_of(text):
            return set(range(heading + 1, index))
        if len(text) > 80 or index - heading > 300:
            break
    return set()


def _joined(first: Entry, second: Entry) -> Entry:
    glue = " " if re.search(r"[A-Za-z,]$", first.title.text) else ""
    return Entry(first.block, join_texts((first.title, second.title), glue), second.page_label, first.indent)


def match_titles(titles: Sequence[str], others: Sequence[str]) -> dict[int, int]:
    """Return which of ``titles`` is which of ``others`` (by index), in order: equal but for spaces and punctuation,
    or, between two such, of much the same words, the more so with the same number."""
    a, b = [key(t) for t in titles], [key(t) for t in others]
    pairs: dict[int, int] = {}
    for i, j, n in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
        pairs |= {i + k: j + k for k in range(n)}
    for i in range(len(a)):
        if i in pairs or not a[i]:
            continue
        low = max((pairs[k] for k in pairs if k < i), default=-1)
        high = min((pairs[k] for k in pairs if k > i), default=len(b))
        scores = {j: _likeness(a[i], b[j]) + _same(titles[i], others[j]) for j in range(low + 1, high)}
        best = max(scores, key=lambda j: scores[j], default=-1)
        if best >= 0 and scores[best] >= 0.75:
            pairs[i] = best
    return pairs


def _same(title: str, other: str) -> float:
    """Return what it adds that two titles have one number."""
    a, b = label_of(title), label_of(other)
    return 0.2 if a and b and a.strong and (a.style, a.path) == (b.style, b.path) else 0.0


def _likeness(a: str, b: str) -> float:
    if not a or not b or min(len(a), len(b)) * 3 < max(len(a), len(b)):
        return 0.0
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def check_contents(contents: Contents, headings: Sequence[Heading]) -> tuple[Problem, ...]:
    """Compare the printed contents with the headings: entries without a heading, other words, other pages, and
    headings that the contents leave out although they name others of that level."""
    if not contents.entries:
        return ()
    pairs = match_titles([entry.title.text for entry in contents.entries], [h.title for h in headings])
    problems: list[Problem] = []
    for i, entry in enumerate(contents.entries):
        if i in pairs:
            problems += _differences(entry, headings[pairs[i]])
        else:
            problems.append(
                Problem("contents-without-heading", "warning", "The contents name a heading that the document lacks.",
                        entry.place, entry.title.text, "Compare the heading on the page that the contents give.")
            )  # fmt: skip
    covered = {headings[j].level for j in pairs.values()}
    for j, heading in enumerate(headings):
        name = named(heading.title)
        listed = name is None or name.role not in ("contents", "list")
        if listed and heading.level in covered and j not in set(pairs.values()):
            problems.append(
                Problem("heading-not-in-contents", "info", "The contents leave out a heading of a level they give.",
                        heading.place, heading.title, "Add it to the contents, or take it for running text.")
            )  # fmt: skip
    return tuple(problems)


def check_bookmarks(bookmarks: Sequence[Bookmark], headings: Sequence[Heading]) -> tuple[Problem, ...]:
    """Compare the outline that the file carries with the headings; where it is quite another one, say so once."""
    pairs = match_titles([bookmark.title for bookmark in bookmarks], [heading.title for heading in headings])
    missing = [bookmark for i, bookmark in enumerate(bookmarks) if i not in pairs]
    if len(missing) * 2 > len(bookmarks):
        message = "Most bookmarks of the file name no heading of the document."
        return (Problem("bookmarks-differ", "info", message, None, f"{len(missing)} of {len(bookmarks)}"),)
    message, advice = "A bookmark of the file names no heading of the document.", "Renew the bookmarks of the file."
    problems = [
        Problem("bookmark-without-heading", "info", message, Place(b.page) if b.page else None, b.title, advice)
        for b in missing
    ]
    message = "A bookmark leads to another page than the heading that it names stands on."
    for i, j in pairs.items():
        page, place = bookmarks[i].page, headings[j].place
        if page and place and page != place.page:
            evidence = f"{bookmarks[i].title}: {page} | {place.page}"
            problems.append(Problem("bookmark-page-differs", "info", message, place, evidence, advice))
    return tuple(problems)


def _differences(entry: Entry, heading: Heading) -> list[Problem]:
    found = []
    if _words(entry.title.text) != _words(heading.title):
        found.append(
            Problem("contents-title-differs", "warning", "The contents word a heading otherwise.", entry.place,
                    f"{entry.title.text} | {heading.title}", "Decide which wording is meant.")
        )  # fmt: skip
    if entry.page_label and heading.page_label and _page(entry.page_label) != _page(heading.page_label):
        found.append(
            Problem("contents-page-differs", "warning", "The contents give another page than the heading stands on.",
                    entry.place, f"{entry.title.text}: {entry.page_label} | {heading.page_label}",
                    "Renew the table of contents.")
        )  # fmt: skip
    return found


def _words(title: str) -> tuple[str, int | None]:
    """Return a title without its number, and what the number counts: ``第1章 緒論`` and ``1 緒論`` are the same."""
    label = label_of(title)
    return (key(title[label.end :]), label.number) if label else (key(title), None)


def _page(label: str) -> str:
    return key(label).lstrip("0")


def printed_contents(blocks: Sequence[Block], headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """Return the entries of the printed table of contents as headings, with the level of the heading that each
    names; where none is found, the level of entries set at the same indent or numbered alike."""
    entries = read_contents(blocks).entries
    pairs = match_titles([entry.title.text for entry in entries], [heading.title for heading in headings])
    by_style: dict[str, int] = {}
    by_indent: dict[int, int] = {}
    for i, j in pairs.items():
        label = label_of(entries[i].title.text)
        by_style.setdefault(label.style if label else "", headings[j].level)
        by_indent.setdefault(round(entries[i].indent), headings[j].level)
    found = []
    for i, entry in enumerate(entries):
        label = label_of(entry.title.text)
        guess = by_style.get(label.style if label else "", by_indent.get(round(entry.indent), 1))
        level = headings[pairs[i]].level if i in pairs else guess
        found.append(Heading(" ".join(entry.title.text.split()), level, entry.page_label, entry.place))
    return tuple(found)
