"""Where in a text something stands that is known by its page, line and words: citations, mentions, references."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sco_docs.model import CrossReference, Edition, Place, Text
from sco_docs.writers.tei_ids import name_part, stem, unit_id
from sco_docs.writers.tei_text import Range


@dataclass(frozen=True, slots=True)
class Pointer:
    """Printed words that point somewhere."""

    words: str
    place: Place
    tag: str
    attributes: tuple[tuple[str, str], ...]


class Pointers:
    """The pointers of a thesis, by page."""

    def __init__(self, found: Iterable[Pointer]) -> None:
        self._by_page: dict[int, list[Pointer]] = defaultdict(list)
        for pointer in found:
            self._by_page[pointer.place.page].append(pointer)

    def ranges(self, text: Text) -> tuple[Range, ...]:
        """Return the ranges of ``text`` that point somewhere; longer ones come first."""
        pages = dict.fromkeys(line.place.page for line in text.lines)
        hits = []
        for pointer in (p for page in pages for p in self._by_page.get(page, ())):
            start = offset_of(text, pointer.place, pointer.words)
            if start is not None:
                hits.append(Range(start, start + len(pointer.words), pointer.tag, pointer.attributes))
        return _longest_first(hits)

    def at(self, place: Place) -> list[Pointer]:
        """Return the pointers in what is known by ``place`` as a whole, such as a table; offsets are of a cell."""
        return [p for p in self._by_page.get(place.page, ()) if p.place.line == place.line]


def of_cell(pointers: list[Pointer], cell: str) -> tuple[Range, ...]:
    """Return the ranges of a cell that point somewhere, and take their pointers out of the list."""
    hits = []
    for pointer in tuple(pointers):
        start = pointer.place.offset
        if pointer.words and cell.startswith(pointer.words, start):
            hits.append(Range(start, start + len(pointer.words), pointer.tag, pointer.attributes))
            pointers.remove(pointer)
    return _longest_first(hits)


def _longest_first(hits: Iterable[Range]) -> tuple[Range, ...]:
    return tuple(sorted(set(hits), key=lambda r: (r.start - r.end, r.start, r.tag, r.attributes)))


def offset_of(text: Text, place: Place, words: str) -> int | None:
    """Return where in ``text`` the ``words`` start that are printed at ``place``, or ``None``."""
    for number, line in enumerate(text.lines):
        if (line.place.page, line.place.line) != (place.page, place.line):
            continue
        start = line.offset + place.offset - line.place.offset
        if start >= 0 and words and text.text.startswith(words, start):
            return start
        end = text.lines[number + 1].offset if number + 1 < len(text.lines) else len(text.text)
        nearby = text.text.find(words, line.offset) if words else -1
        if 0 <= nearby < max(end, line.offset + 1):
            return nearby
    return None


def pointers(edition: Edition, targets: dict[str, str]) -> Pointers:
    """Return every citation, cross reference and mention of an agreement; ``targets``: from words to ids."""
    found = [
        Pointer(citation.raw, citation.place, "ref", _cited([item.reference for item in citation.items]))
        for citation in edition.citations
    ]
    found += [Pointer(c.raw, c.place, "ref", _crossed(c, targets)) for c in edition.thesis.crossrefs]
    return Pointers([*found, *_mentions(edition, ""), *_quotations(edition)])


def mentions(edition: Edition, file: str) -> Pointers:
    """Return every mention of an agreement of the register; ``file`` is where the register stands."""
    return Pointers(_mentions(edition, file))


def _quotations(edition: Edition) -> list[Pointer]:
    """Return what the thesis quotes from its agreements; it points to the unit in the file of the agreement."""
    items = {item.versions[0].agreement.n: item for item in edition.agreements}
    return [
        Pointer(q.text, q.place, "quote", (("source", f"{stem(item)}.xml#{unit_id(item.versions[0].siglum, q.unit)}"),))
        for q in edition.quotations
        for item in (items[q.agreement],)
    ]


def _mentions(edition: Edition, file: str) -> list[Pointer]:
    return [
        Pointer(mention.text, mention.place, "title", (("ref", f"{file}#{register_id(entry.id)}"),))
        for entry in edition.register
        for mention in entry.mentions
    ]


def reference_id(index: int) -> str:
    """Return the id of an entry of the reference list."""
    return f"ref.{index + 1}"


def register_id(key: str) -> str:
    """Return the id of an agreement in the register."""
    return f"agreement.{name_part(key)}"


def _cited(references: Sequence[int | None]) -> tuple[tuple[str, str], ...]:
    known = [f"#{reference_id(index)}" for index in references if index is not None]
    return (("type", "citation"), *([("target", " ".join(dict.fromkeys(known)))] if known else []))


def _crossed(crossref: CrossReference, targets: dict[str, str]) -> tuple[tuple[str, str], ...]:
    target = targets.get(crossref.resolves_to or "") or targets.get(crossref.target)
    return (("type", "crossref"), *([("target", target)] if target else [("subtype", "unresolved")]))
