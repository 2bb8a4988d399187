"""The text of one version in our TEI: units, divisions, sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from sco_docs.model import Artefact, Division, Mention, Segment, Text
from sco_docs.readers.tei_text import Sheets, every, find, read_note, read_text, tag


class Body:
    """The texts of a version, by unit, in the order of the file."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self._texts: dict[str, list[Text]] = {}
        self.divisions: list[Division] = []
        self.segments: list[Segment] = []
        self.artefacts: list[Artefact] = []
        self.note_keys: list[str] = []
        self.mentions: list[tuple[str, Mention]] = []

    def one(self, unit: str) -> Text | None:
        return next(iter(self._texts.get(unit, ())), None)

    def many(self, unit: str) -> tuple[Text, ...]:
        return tuple(self._texts.get(unit, ()))

    def read(self, div: etree._Element) -> None:
        for child in div:
            name, kind = tag(child), child.get("type")
            if name == "head" and kind in ("appendix", "title"):
                self._keep(child, kind)
            elif name == "argument":
                self._paragraphs(child, "lead")
            elif name == "div" and kind in ("preamble", "closing"):
                self._paragraphs(child, kind)
            elif name == "div":
                self.divisions.append(self._division(child))
            elif name == "closer":
                self._closer(child)
            elif name == "note":
                note = read_note(child, self._sheets)
                self._sheets.notes[note.id] = note
                self.note_keys.append(note.id)
            elif name == "milestone":
                self.note_keys.append(child.get("n", ""))
        self.segments.sort(key=_unit_order(self.divisions))

    def _keep(self, element: etree._Element, unit: str) -> None:
        texts = self._texts.setdefault(unit, [])
        texts.append(self._text(element, unit, "p", len(texts)))

    def _text(
        self, element: etree._Element, unit: str, part: str, paragraph: int, without: etree._Element | None = None
    ) -> Text:
        read = read_text(element, self._sheets, without)
        self.artefacts += read.artefacts
        self.mentions += read.mentions
        self.note_keys += [mark.note for mark in read.text.notes]
        for ident, start, end in read.segments:
            words = read.text.text[start:end]
            self.segments.append(Segment(ident, unit, part, paragraph, start, end, words))  # type: ignore[arg-type]
        return read.text

    def _paragraphs(self, parent: etree._Element, unit: str) -> None:
        for element in _printed_paragraphs(parent):
            self._keep(element, unit)

    def _closer(self, closer: etree._Element) -> None:
        for child in closer:
            if tag(child) == "signed":
                self._keep(child, "signatures")
            elif tag(child) == "dateline":
                self._keep(child, "date")

    def _division(self, div: etree._Element) -> Division:
        ident = div.get("n", "")
        label, heading = Text(""), None
        head = find(div, "head")
        if head is not None:
            element = find(head, "label")
            if element is not None:
                label = self._text(element, ident, "label", 0)
                if len(head) > 1 or element.tail:
                    heading = self._text(head, ident, "heading", 0, element)
        paragraphs = [self._text(p, ident, "p", number) for number, p in enumerate(_printed_paragraphs(div))]
        children = [self._division(child) for child in every(div, "div")]
        return Division(ident, label, _number(div, ident), heading, tuple(paragraphs), tuple(children))


def _unit_order(divisions: list[Division]) -> Callable[[Segment], int]:
    """Return the order of segments: by unit as in the document; within one as they stand."""

    def ids(items: tuple[Division, ...] | list[Division]) -> Iterator[str]:
        for item in items:
            yield item.id
            yield from ids(item.children)

    order = ["title", "lead", "preamble", *ids(divisions), "closing", "signatures", "date"]
    ranks = {unit: rank for rank, unit in enumerate(order)}
    return lambda segment: ranks.get(segment.unit, 0)


def _printed_paragraphs(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if tag(child) == "p":
            yield child
        elif tag(child) == "list":
            yield from every(child, "item")


def _number(div: etree._Element, ident: str) -> int | None:
    given = div.get("subtype")
    if given is not None:
        return int(given.rpartition("-")[2]) if given.startswith("number-") else None
    last = ident.rpartition(".")[2]
    return int(last) if last.isdecimal() else None
