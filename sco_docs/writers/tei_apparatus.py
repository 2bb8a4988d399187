"""The apparatus inside the text of the base: parallel segmentation (TEI P5, 12.2.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sco_docs.model import AgreementEdition, Variant, Version
from sco_docs.writers.tei_artefacts import Address
from sco_docs.writers.tei_ids import witness_id
from sco_docs.writers.tei_standoff import slug_type
from sco_docs.writers.tei_text import Branch, Range, category


def apparatus(item: AgreementEdition, base: Version) -> Mapping[Address, tuple[Range, ...]]:
    """Return the variants of the base by the address of their text; of those that cross, the longer one.

    A variant that runs over the end of a segment cannot stand inside it and is left out.
    """
    segments = {segment.id: segment for segment in base.segments}
    found: dict[Address, list[Range]] = defaultdict(list)
    for variant in item.variants:
        reading = next((r for r in variant.readings if r.siglum == base.siglum), None)
        segment = segments.get(reading.segment) if reading else None
        if reading is None or segment is None:
            continue
        start, end = segment.start + reading.start, segment.start + reading.end
        if end > segment.end:
            continue
        found[segment.unit, segment.part, segment.paragraph].append(_entry(variant, base, start, end))
    return {key: tuple(sorted(value, key=lambda r: (r.start - r.end, r.start))) for key, value in found.items()}


def _entry(variant: Variant, base: Version, start: int, end: int) -> Range:
    others = [r for r in variant.readings if r.siglum != base.siglum]
    branches = [Branch("lem", "", (("wit", f"#{witness_id(base.siglum)}"),))]
    branches += [Branch("rdg", r.text, (("wit", f"#{witness_id(r.siglum)}"),)) for r in others]
    attributes = (("type", slug_type(variant.kind)), ("ana", category(variant.kind)))
    return Range(start, end, "app", attributes, tuple(branches))
