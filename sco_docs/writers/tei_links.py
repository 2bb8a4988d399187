"""Which units and segments of the versions belong together: every link is there in both directions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from sco_docs.model import AgreementEdition, Alignment, Bead, Version
from sco_docs.writers.tei_ids import segment_id, unit_id

Pair = tuple[str, str]


def alignments(item: AgreementEdition) -> tuple[Alignment, ...]:
    """Return the alignments of the edition; a converted version without one matches its source id by id."""
    given = {frozenset((alignment.a, alignment.b)) for alignment in item.alignments}
    versions = {version.siglum: version for version in item.versions}
    derived = (
        _by_id(versions[version.derived_from], version)
        for version in item.versions
        if version.derived_from in versions and frozenset((version.siglum, version.derived_from)) not in given
    )
    return (*item.alignments, *derived)


def _by_id(a: Version, b: Version) -> Alignment:
    positions = {segment.id: number for number, segment in enumerate(b.segments)}
    beads = (Bead((n,), (positions[s.id],), 1.0) for n, s in enumerate(a.segments) if s.id in positions)
    return Alignment(a.siglum, b.siglum, tuple(beads))


def links(item: AgreementEdition) -> dict[str, tuple[str, ...]]:
    """Return for each id the ids of its counterparts in the other versions, in the order of the versions."""
    order: dict[str, list[str]] = defaultdict(list)
    for one, other in _pairs(item):
        if other not in order[one]:
            order[one].append(other)
        if one not in order[other]:
            order[other].append(one)
    return {key: tuple(value) for key, value in order.items()}


def _pairs(item: AgreementEdition) -> Iterator[Pair]:
    versions = {version.siglum: version for version in item.versions}
    for alignment in alignments(item):
        a, b = versions.get(alignment.a), versions.get(alignment.b)
        if a is None or b is None:
            continue
        for bead in alignment.beads:
            for i in bead.a:
                for j in bead.b:
                    yield segment_id(a.siglum, a.segments[i]), segment_id(b.siglum, b.segments[j])
        for unit_a, unit_b in _units(a, b, alignment.beads):
            yield unit_id(a.siglum, unit_a), unit_id(b.siglum, unit_b)


def _units(a: Version, b: Version, beads: Iterable[Bead]) -> list[Pair]:
    """Return the pairs of units of which at least one has no better partner than the other."""
    shared = Counter((a.segments[i].unit, b.segments[j].unit) for bead in beads for i in bead.a for j in bead.b)
    best_a: dict[str, int] = defaultdict(int)
    best_b: dict[str, int] = defaultdict(int)
    for (unit_a, unit_b), weight in shared.items():
        best_a[unit_a] = max(best_a[unit_a], weight)
        best_b[unit_b] = max(best_b[unit_b], weight)
    return [(x, y) for (x, y), weight in shared.items() if weight in (best_a[x], best_b[y])]
