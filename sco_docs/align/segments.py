"""Cut an agreement into segments: a title, a label, a heading, and each sentence of each paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sco_docs.align.sentences import sentence_ends
from sco_docs.model import Agreement, Alignment, Bead, Division, Segment, Text, Version


def segments(agreement: Agreement) -> tuple[Segment, ...]:
    """Return the segments of ``agreement`` in the order of the text.

    An ``id`` is ``<unit>.<n>`` with ``n`` counted from 1 in its unit: it depends on the text of its own
    unit alone, so a note or a page that is added elsewhere leaves it as it is.
    """
    parts: list[tuple[str, tuple[Text, ...]]] = [
        ("title", (agreement.title,) if agreement.title else ()),
        ("lead", agreement.lead),
        ("preamble", agreement.preamble),
    ]
    found: list[Segment] = []
    for unit, texts in parts:
        found += _numbered(unit, _sentences(texts, agreement.language))
    for division in agreement.body:
        found += _division(division, agreement.language)
    found += _numbered("closing", _sentences(agreement.closing, agreement.language))
    found += _numbered("signatures", _whole("p", agreement.signature_block))
    found += _numbered("date", _whole("p", (agreement.date_line,) if agreement.date_line else ()))
    return tuple(found)


_Piece = tuple[str, int, int, int, str]


def _division(division: Division, language: str) -> Iterator[Segment]:
    pieces = [
        *_whole("label", (division.label,)),
        *_whole("heading", (division.heading,) if division.heading else ()),
        *_sentences(division.paragraphs, language),
    ]
    yield from _numbered(division.id, pieces)
    for child in division.children:
        yield from _division(child, language)


def _whole(part: str, texts: Iterable[Text]) -> Iterator[_Piece]:
    for index, text in enumerate(texts):
        if text.text:
            yield part, index, 0, len(text.text), text.text


def _sentences(texts: Iterable[Text], language: str) -> Iterator[_Piece]:
    for index, text in enumerate(texts):
        start = 0
        for end in sentence_ends(text.text, language):
            if end > start:
                yield "p", index, start, end, text.text[start:end]
            start = end


def _numbered(unit: str, pieces: Iterable[_Piece]) -> Iterator[Segment]:
    for n, (part, paragraph, start, end, text) in enumerate(pieces, 1):
        yield Segment(f"{unit}.{n}", unit, part, paragraph, start, end, text)  # type: ignore[arg-type]


def parallel(a: Version, b: Version) -> Alignment:
    """Return the alignment of a version with the one converted from it: segment by segment, certain."""
    positions = {segment.id: index for index, segment in enumerate(b.segments)}
    beads = tuple(
        Bead((index,), (positions[segment.id],), 1.0)
        for index, segment in enumerate(a.segments)
        if segment.id in positions
    )
    return Alignment(a.siglum, b.siglum, beads)
