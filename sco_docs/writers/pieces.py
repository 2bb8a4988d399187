"""Every text of an agreement with its address: unit, part and number, as ``Segment`` has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sco_docs.model import Agreement, Division, Edition, Note, Reading, Segment, Text, Version


@dataclass(frozen=True, slots=True)
class Piece:
    """One text of an agreement and where it belongs."""

    unit: str
    part: str
    paragraph: int
    text: Text

    @property
    def address(self) -> tuple[str, str, int]:
        """The key under which the segments of this text are found."""
        return self.unit, self.part, self.paragraph


def reading_spans(version: Version, reading: Reading) -> tuple[tuple[Segment, int, int], ...]:
    """Return the segments that a reading covers, each with the offsets in it; none if its segment is not known."""
    index = next((n for n, segment in enumerate(version.segments) if segment.id == reading.segment), None)
    if index is None:
        return ()
    found: list[tuple[Segment, int, int]] = []
    start, left = reading.start, reading.end - reading.start
    for segment in version.segments[index:]:
        taken = max(0, min(len(segment.text) - start, left))
        if taken or not found:
            found.append((segment, start, start + taken))
        start, left = max(0, start - len(segment.text)), left - taken
        if left <= 0:
            break
    return tuple(found)


def pieces(agreement: Agreement) -> tuple[Piece, ...]:
    """Return every text of an agreement in the order of the document."""
    return tuple(_pieces(agreement))


def printed_notes(edition: Edition, version: Version) -> dict[str, Note]:
    """Return the notes of the file that a version stands in, by id."""
    own = version.source == edition.source.name
    return {note.id: note for note in (edition.layout.notes if own else version.notes)}


def _pieces(agreement: Agreement) -> Iterator[Piece]:
    yield from _each("appendix", "p", (agreement.appendix_title,))
    yield from _each("title", "p", (agreement.title,))
    yield from _each("lead", "p", agreement.lead)
    yield from _each("preamble", "p", agreement.preamble)
    for division in agreement.body:
        yield from _division(division)
    yield from _each("closing", "p", agreement.closing)
    yield from _each("signatures", "p", agreement.signature_block)
    yield from _each("date", "p", (agreement.date_line,))


def _division(division: Division) -> Iterator[Piece]:
    yield from _each(division.id, "label", (division.label,))
    yield from _each(division.id, "heading", (division.heading,))
    yield from _each(division.id, "p", division.paragraphs)
    for child in division.children:
        yield from _division(child)


def _each(unit: str, part: str, texts: tuple[Text | None, ...]) -> Iterator[Piece]:
    return (Piece(unit, part, n, text) for n, text in enumerate(texts) if text is not None)
