"""Rules for all versions of one agreement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from sco_docs.check.walk import name_of
from sco_docs.model import AgreementEdition, Problem, Version

Rule = Callable[[AgreementEdition], Iterator[Problem]]


def sigla_differ(item: AgreementEdition) -> Iterator[Problem]:
    """Each version has a siglum of its own."""
    for siglum, count in Counter(version.siglum for version in item.versions).items():
        if count > 1:
            message = f"{name_of(item.versions[0].agreement)}: {count} versions have the siglum {siglum}."
            yield Problem("siglum-twice", "error", message, advice="Give each witness its own siglum in sco-docs.toml.")


def segment_ids_differ(item: AgreementEdition) -> Iterator[Problem]:
    """Each segment of a version has an id of its own."""
    for version in item.versions:
        twice = [ident for ident, count in Counter(s.id for s in version.segments).items() if count > 1]
        if twice:
            message = f"{name_of(version.agreement)}, {version.siglum}: {len(twice)} segment ids are there twice."
            yield Problem("segment-id-twice", "error", message, None, " ".join(twice[:10]), "Report this.")


def units_left_alone(item: AgreementEdition) -> Iterator[Problem]:
    """Every unit of a version has a counterpart in the version it is aligned with."""
    versions = {version.siglum: version for version in item.versions}
    for alignment in item.alignments:
        a, b = versions.get(alignment.a), versions.get(alignment.b)
        if a is None or b is None or b.derived_from == a.siglum:
            continue
        matched_a = {i for bead in alignment.beads if bead.b for i in bead.a}
        matched_b = {j for bead in alignment.beads if bead.a for j in bead.b}
        yield from _alone(a, b, matched_a)
        yield from _alone(b, a, matched_b)


def _alone(version: Version, other: Version, matched: set[int]) -> Iterator[Problem]:
    units = dict.fromkeys(segment.unit for segment in version.segments)
    found = {version.segments[index].unit for index in matched}
    for unit in units:
        if unit not in found:
            words = "".join(s.text for s in version.segments if s.unit == unit)
            message = f"{name_of(version.agreement)}: {unit} of {version.siglum} has no counterpart in {other.siglum}."
            advice = "Look whether the witness lacks it or its label was not found."
            yield Problem("unit-alone", "info", message, None, words[:60], advice)


def artefacts(item: AgreementEdition) -> Iterator[Problem]:
    """What an earlier conversion of the script spoiled is for a person to decide."""
    for artefact in item.artefacts:
        message = (
            f"{name_of(item.versions[0].agreement)}: “{artefact.text}” may stand for “{artefact.suggestion}” "
            f"({artefact.kind}, {artefact.confidence:.0%})."
        )
        advice = "Compare an original; the edition prints what the source has and offers the other reading."
        yield Problem("artefact", "info", message, artefact.place, artefact.text, advice)


ITEM_RULES: tuple[Rule, ...] = (sigla_differ, segment_ids_differ, units_left_alone, artefacts)
