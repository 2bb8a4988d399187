"""Running text out of TEI: the reading with its lines, changes, notes, sentences and artefacts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from sco_docs.chinese.texts import place_at
from sco_docs.model import Artefact, Change, LineStart, Mention, Note, NoteMark, Place, Text

TEI = "{http://www.tei-c.org/ns/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"


@dataclass(slots=True)
class Sheets:
    """Where the reading of a version stands, and what it found beside the text."""

    kinds: Mapping[str, str]
    page: int = 0
    notes: dict[str, Note] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    furniture: list[tuple[str, str, Place]] = field(default_factory=list)
    mentions: list[tuple[str, Mention]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Read:
    """A text with its sentences (id, start, end), the artefacts in it, and the agreements that it names (by id)."""

    text: Text
    segments: tuple[tuple[str, int, int], ...]
    artefacts: tuple[Artefact, ...]
    mentions: tuple[tuple[str, Mention], ...] = ()


@dataclass(slots=True)
class _Writing:
    parts: list[str] = field(default_factory=list)
    size: int = 0
    lines: list[LineStart] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    notes: list[NoteMark] = field(default_factory=list)
    segments: list[tuple[str, int, int]] = field(default_factory=list)
    artefacts: list[Artefact] = field(default_factory=list)
    titles: list[tuple[str, int, int]] = field(default_factory=list)


def tag(element: etree._Element) -> str:
    """Return the name of an element of TEI without its namespace; ``""`` for anything else."""
    name = element.tag
    return name[len(TEI) :] if isinstance(name, str) and name.startswith(TEI) else ""


def read_text(element: etree._Element, sheets: Sheets, without: etree._Element | None = None) -> Read:
    """Return the text of an element: what is read, with what is printed beside it; ``without``: a child left out."""
    writing = _Writing()
    _inside(element, writing, sheets, without)
    text = Text("".join(writing.parts), tuple(writing.lines), tuple(writing.changes), tuple(writing.notes))
    artefacts = tuple(replace(a, place=place_at(text, a.start)) for a in writing.artefacts)
    mentions = tuple(
        (ident, Mention(text.text[start:end], place))
        for ident, start, end in writing.titles
        if (place := place_at(text, start)) is not None
    )
    return Read(text, tuple(writing.segments), artefacts, mentions)


def find(element: etree._Element, path: str) -> etree._Element | None:
    """Return the first element at a path of TEI names such as ``monogr/imprint/date``."""
    return next(iter(every(element, path)), None)


def every(element: etree._Element, path: str) -> list[etree._Element]:
    """Return the elements at a path of TEI names, in the order of the file."""
    return element.findall("/".join(f"{TEI}{step}" for step in path.split("/")))


def words(element: etree._Element | None) -> str:
    """Return all text of an element."""
    return "".join(map(str, element.itertext())) if element is not None else ""


def key_of(pointer: str | None) -> str:
    """Return the id of a printed note from ``#T.n.12`` or ``T.n.12``."""
    return (pointer or "").partition(".n.")[2]


def page_of(pointer: str | None) -> int:
    """Return the page of the file from ``#T.p12``."""
    digits = re.search(r"p(\d+)$", pointer or "")
    return int(digits[1]) if digits else 0


def place_of(value: str | None) -> Place | None:
    """Return a place from ``page:line:offset``."""
    parts = re.fullmatch(r"(\d+):(\d+):(\d+)", value or "")
    return Place(int(parts[1]), int(parts[2]), int(parts[3])) if parts else None


def kind_of(element: etree._Element, sheets: Sheets) -> str:
    """Return the kind that ``@ana`` points to, in the words of the taxonomy."""
    pointer = element.get("ana", "").removeprefix("#")
    return sheets.kinds.get(pointer, pointer.removeprefix("kind.").replace("_", " "))


def _inside(element: etree._Element, writing: _Writing, sheets: Sheets, without: etree._Element | None = None) -> None:
    _add(element.text, writing)
    for child in element:
        if child is not without:
            _child(child, writing, sheets)
        _add(child.tail, writing)


def _add(text: str | None, writing: _Writing) -> None:
    if text:
        writing.parts.append(text)
        writing.size += len(text)


def _child(child: etree._Element, writing: _Writing, sheets: Sheets) -> None:
    name = tag(child)
    if name in ("lb", "pb", "fw", "milestone"):
        _milestone(name, child, writing, sheets)
    elif name == "note":
        key = key_of(child.get(f"{XML}id"))
        before = "".join(writing.parts)[-20:]
        writing.notes.append(NoteMark(writing.size, key))
        sheets.notes[key] = read_note(child, sheets, before)
    elif name == "ptr":
        writing.notes.append(NoteMark(writing.size, key_of(child.get("target"))))
    elif name == "choice":
        _choice(child, writing, sheets)
    elif name == "seg" and child.get("type") == "s":
        start = writing.size
        _inside(child, writing, sheets)
        writing.segments.append((child.get("n", ""), start, writing.size))
    elif name:
        start = writing.size
        _inside(child, writing, sheets)
        if name == "title":
            writing.titles.append((child.get("ref", "").rpartition("#agreement.")[2], start, writing.size))


def read_note(element: etree._Element, sheets: Sheets, before: str = "") -> Note:
    """Return a printed note; its pages are its own."""
    page = page_of(element.get("facs"))
    own = Sheets(sheets.kinds, page, sheets.notes, sheets.labels, sheets.furniture)
    read = read_text(element, own)
    sheets.mentions += read.mentions
    return Note(key_of(element.get(f"{XML}id")), element.get("n", ""), read.text, page, before)


def _milestone(name: str, child: etree._Element, writing: _Writing, sheets: Sheets) -> None:
    unit = child.get("unit", "")
    number = child.get("n")
    if name == "pb" or unit == "page":
        sheets.page = page_of(child.get("facs"))
        if number is not None:
            sheets.labels[sheets.page] = number
    elif name == "fw":
        line = int(number) if number and number.isdecimal() else 0
        sheets.furniture.append((child.get("type", ""), child.text or "", Place(sheets.page, line)))
    elif unit == "note":
        writing.notes.append(NoteMark(writing.size, number or ""))
    else:
        row, _, offset = (number or "0").partition(":")
        writing.lines.append(LineStart(writing.size, Place(sheets.page, _whole(row), _whole(offset))))


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _choice(choice: etree._Element, writing: _Writing, sheets: Sheets) -> None:
    parts = {tag(child): child for child in choice}
    start = writing.size
    kind = kind_of(choice, sheets)
    if "sic" in parts:
        _inside(parts["sic"], writing, sheets)
        text = "".join(writing.parts)[start:]
        suggestion = words(parts.get("corr"))
        certainty = float(choice.get("cert", "0"))
        writing.artefacts.append(Artefact(start, writing.size, text, suggestion, kind, certainty))  # type: ignore[arg-type]
        return
    if "reg" in parts:
        _inside(parts["reg"], writing, sheets)
    printed = words(parts.get("orig"))
    if choice.get("n") == "continued" and writing.changes:
        writing.changes[-1] = replace(writing.changes[-1], end=writing.size)
    else:
        writing.changes.append(Change(start, writing.size, printed, kind))
