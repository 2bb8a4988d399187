"""The editor's notes as W3C Web Annotations (JSON-LD), for Hypothesis and other readers of the standard."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sco_docs.model import AnchoredNote, Edition, Version
from sco_docs.writers.pieces import pieces
from sco_docs.writers.tei_ids import stem, unit_id

_CONTEXT = 32


def write(edition: Edition) -> bytes:
    """Return every note as an annotation of the page of its agreement, UTF-8 JSON-LD.

    Web Annotation Data Model, 3.2.4 (textual body), 4.2.1 (fragment), 4.2.4 (text quote and its
    surroundings as they are now), 5.1 (collection).
    """
    versions = {
        (item.versions[0].agreement.n, version.siglum): version
        for item in edition.agreements
        for version in item.versions
    }
    stems = {item.versions[0].agreement.n: stem(item) for item in edition.agreements}
    items = [_annotation(comment, versions, stems) for comment in edition.comments]
    collection = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationCollection",
        "label": f"Notes on {edition.source.name}",
        "total": len(items),
        "first": {"type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _annotation(
    comment: AnchoredNote, versions: Mapping[tuple[int, str], Version], stems: Mapping[int, str]
) -> dict[str, Any]:
    note = comment.note
    version = versions.get((comment.agreement or 0, comment.siglum or ""))
    body: dict[str, Any] = {"type": "TextualBody", "value": note.body, "format": "text/plain"}
    annotation: dict[str, Any] = {"id": note.id, "type": "Annotation", "motivation": "commenting", "body": body}
    if note.author:
        annotation["creator"] = {"type": "Person", "name": note.author}
    page = stems.get(comment.agreement or 0)
    source = f"agreements/{page}.html" if page else ""
    if version is not None and comment.ranges:
        source += f"#{unit_id(version.siglum, comment.ranges[0].unit)}"
    target: dict[str, Any] = {"source": source}
    if note.exact:
        target["selector"] = _selector(comment, version)
    annotation["target"] = target
    return annotation


def _selector(comment: AnchoredNote, version: Version | None) -> dict[str, str]:
    note = comment.note
    exact, prefix, suffix = note.exact, note.prefix, note.suffix
    if comment.found and version is not None and len(comment.ranges) == 1:
        where = comment.ranges[0]
        address = (where.unit, where.part, where.paragraph)
        text = next((p.text.text for p in pieces(version.agreement) if p.address == address), "")
        exact = text[where.start : where.end]
        prefix = text[max(0, where.start - _CONTEXT) : where.start]
        suffix = text[where.end : where.end + _CONTEXT]
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
