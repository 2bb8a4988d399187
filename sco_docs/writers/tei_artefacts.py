"""Artefacts of an earlier conversion: the text in which each one stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sco_docs.model import Agreement, Artefact, Place, Text
from sco_docs.writers.pieces import pieces
from sco_docs.writers.tei_text import Branch, Range, category

Address = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Located:
    """Artefacts by the address of their text, in the order of the text, and those that stand in none."""

    by_address: Mapping[Address, tuple[Artefact, ...]]
    elsewhere: tuple[Artefact, ...]


def locate(agreement: Agreement, artefacts: Iterable[Artefact]) -> Located:
    """Return where each artefact stands: the text that reads so at that offset and at that place of the page."""
    parts = pieces(agreement)
    found: dict[Address, list[Artefact]] = defaultdict(list)
    elsewhere: list[Artefact] = []
    for artefact in artefacts:
        hits = [p for p in parts if p.text.text[artefact.start : artefact.end] == artefact.text]
        if artefact.place is not None:
            hits = [p for p in hits if _on_page(p.text, artefact.start, artefact.place)]
        if len(hits) == 1 and artefact.start < artefact.end:
            found[hits[0].address].append(artefact)
        else:
            elsewhere.append(artefact)
    ordered = {key: tuple(sorted(value, key=lambda a: (a.start, -a.end))) for key, value in found.items()}
    return Located(ordered, tuple(elsewhere))


def _on_page(text: Text, offset: int, place: Place) -> bool:
    lines = [line.place for line in text.lines if line.offset <= offset]
    return bool(lines) and (lines[-1].page, lines[-1].line) == (place.page, place.line)


def correction(artefact: Artefact) -> Range:
    """Return the range that prints the artefact as ``sic`` and the suggestion as ``corr``."""
    attributes = (("ana", category(artefact.kind)), ("cert", repr(artefact.confidence)))
    return Range(
        artefact.start, artefact.end, "choice", attributes, (Branch("sic"), Branch("corr", artefact.suggestion))
    )
