"""The data files: the model as JSON records for programs; the fields are those of the design, unknown ones ``null``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sco_docs.model import (
    Agreement,
    Artefact,
    Bead,
    Citation,
    Conversion,
    CrossReference,
    Division,
    Edition,
    Heading,
    Note,
    Problem,
    Reference,
    RegisterEntry,
    Table,
    Text,
    Variant,
)

Record = dict[str, Any]

_REFERENCE_FIELDS = (
    "raw", "lang", "type", "authors", "editors", "translators", "year", "year_suffix", "title", "title_orig",
    "container", "volume", "issue", "pages", "publisher", "place", "institution", "degree", "url", "date", "date_kind",
)  # fmt: skip


def dump(records: Sequence[Record] | Record) -> bytes:
    """Return records as UTF-8 JSON, one field a line, ending in a line feed; a lone surrogate becomes its escape."""
    return (json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def data_files(edition: Edition) -> tuple[tuple[str, bytes], ...]:
    """Return every data file of an edition as ``(name, bytes)``."""
    thesis = edition.thesis
    printed = [
        version.agreement
        for item in edition.agreements
        for version in item.versions
        if version.source == edition.source.name and version.derived_from is None
    ]
    artefacts = [artefact for item in edition.agreements for artefact in item.artefacts]
    tables = [block.table for block in edition.layout.blocks if block.table is not None]
    files: dict[str, list[Record]] = {
        "agreements": agreement_records(printed, edition.layout.notes),
        "footnotes": [note_record(note) for note in edition.layout.notes],
        "references": [reference_record(reference) for reference in edition.references],
        "citations": [citation_record(citation) for citation in edition.citations],
        "tables": [table_record(table) for table in tables],
        "outline": [heading_record(heading) for heading in thesis.outline],
        "toc": [heading_record(heading) for heading in thesis.toc],
        "crossrefs": [crossref_record(crossref) for crossref in thesis.crossrefs],
        "artefacts": [artefact_record(artefact) for artefact in artefacts],
        "register": [register_record(entry) for entry in edition.register],
    }
    return tuple((f"{name}.json", dump(records)) for name, records in files.items())


def agreement_records(agreements: Iterable[Agreement], notes: Iterable[Note]) -> list[Record]:
    """Return the records of ``agreements.json``; ``notes`` resolves the note ids to their printed labels."""
    labels = {note.id: _number(note.label) for note in notes}
    return [_agreement_record(agreement, labels) for agreement in agreements]


def _agreement_record(agreement: Agreement, labels: Mapping[str, int | str]) -> Record:
    return {
        "n": agreement.n,
        "id": agreement.id,
        "language": agreement.language,
        "appendix_title": _string(agreement.appendix_title),
        "title": _string(agreement.title),
        "date_heading": agreement.date_heading,
        "date_signed": agreement.date_signed,
        "place_signed": agreement.place_signed,
        "lead": _strings(agreement.lead),
        "preamble": _strings(agreement.preamble),
        "body": [_division_record(division) for division in agreement.body],
        "closing": _strings(agreement.closing),
        "signatories": [
            {"party": s.party, "capacity": s.capacity, "name": s.name, "mark": s.mark} for s in agreement.signatories
        ],
        "note_numbers": [labels[note] for note in agreement.notes if note in labels],
        "source_url": agreement.source_url,
        "pages": list(agreement.pages),
        "provisions": [{"kind": p.kind, "value": p.value, "text": p.text, **_place(p)} for p in agreement.provisions],
    }


def _division_record(division: Division) -> Record:
    return {
        "label": division.label.text,
        "heading": _string(division.heading),
        "paragraphs": _strings(division.paragraphs),
        "children": [_division_record(child) for child in division.children],
    }


def note_record(note: Note) -> Record:
    """Return the record of one note."""
    return {"n": _number(note.label), "text": note.text.text, "context": note.context}


def reference_record(reference: Reference) -> Record:
    """Return the record of one entry of the reference list."""
    record = {
        field: list(value) if isinstance(value := getattr(reference, field), tuple) else value
        for field in _REFERENCE_FIELDS
    }
    return record if reference.parsed else {**record, "type": None}


def citation_record(citation: Citation) -> Record:
    """Return the record of one citation; a link that is no exact match carries its explanation."""
    return {
        "raw": citation.raw,
        **_place(citation),
        "items": [
            {"authors": i.authors, "year": i.year, "pages": i.pages, "reference": i.reference, "note": i.explanation}
            for i in citation.items
        ],
    }


def table_record(table: Table) -> Record:
    """Return the record of one table."""
    return {
        "id": table.id,
        "caption": table.caption,
        "rows": [list(row) for row in table.rows],
        "source_note": table.source_note,
    }


def heading_record(heading: Heading) -> Record:
    """Return the record of one heading of the document or of its printed contents."""
    return {"title": heading.title, "level": heading.level, "page_label": heading.page_label}


def crossref_record(crossref: CrossReference) -> Record:
    """Return the record of one cross reference."""
    return {
        "raw": crossref.raw,
        "target": crossref.target,
        "resolves_to": crossref.resolves_to,
        "problem": crossref.problem,
        **_place(crossref),
    }


def artefact_record(artefact: Artefact) -> Record:
    """Return the record of one suspect of an earlier conversion."""
    return {"agreement": artefact.agreement, **_place(artefact), **suspect_record(artefact)}


def suspect_record(artefact: Artefact) -> Record:
    """Return the record of one suspect of a text that stands alone."""
    return {
        "start": artefact.start,
        "end": artefact.end,
        "text": artefact.text,
        "suggestion": artefact.suggestion,
        "kind": artefact.kind,
        "confidence": artefact.confidence,
    }


def conversion_record(conversion: Conversion, restored: Iterable[Artefact]) -> Record:
    """Return the record of a converted text: offsets are of the text as it was given."""
    return {
        "text": conversion.text,
        "language": conversion.language,
        "decisions": [
            {
                "start": decision.start,
                "end": decision.end,
                "chosen": decision.chosen,
                "alternatives": list(decision.alternatives),
                "evidence": decision.evidence,
                "confidence": decision.confidence,
            }
            for decision in conversion.decisions
        ],
        "restored": [suspect_record(artefact) for artefact in restored],
    }


def register_record(entry: RegisterEntry) -> Record:
    """Return the record of one agreement of the register."""
    return {
        "id": entry.id,
        "titles": list(entry.titles),
        "date": entry.date,
        "parties": list(entry.parties),
        "place": entry.place,
        "mentions": [{"text": mention.text, **_place(mention)} for mention in entry.mentions],
        "printed_as": entry.printed_as,
    }


def problem_record(problem: Problem) -> Record:
    """Return the record of one finding."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        **_place(problem),
        "evidence": problem.evidence,
        "advice": problem.advice,
    }


def bead_bytes(beads: Iterable[Bead]) -> bytes:
    """Return beads as JSON, one on a line: ``{"a": [0], "b": [0, 1], "score": 0.98}``."""
    lines = (json.dumps({"a": bead.a, "b": bead.b, "score": bead.score}) for bead in beads)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode("utf-8")


def variant_bytes(variants: Iterable[Variant]) -> bytes:
    """Return variants as JSON: their kind, and what the base (``a``) and the witness (``b``) read, with offsets."""
    return dump(
        [
            {
                "kind": variant.kind,
                **{
                    side: {"witness": r.siglum, "start": r.start, "end": r.end, "text": r.text}
                    for side, r in zip("ab", variant.readings, strict=True)
                },
            }
            for variant in variants
        ]
    )


def _place(thing: Any) -> Record:
    place = thing.place
    return {"place": None if place is None else {"page": place.page, "line": place.line, "offset": place.offset}}


def _string(text: Text | None) -> str | None:
    return None if text is None else text.text


def _strings(texts: Iterable[Text]) -> list[str]:
    return [text.text for text in texts]


def _number(label: str) -> int | str:
    return int(label) if label.isascii() and label.isdigit() else label
