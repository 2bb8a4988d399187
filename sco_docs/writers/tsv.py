"""Aligned segments as a table: UTF-8, tab-separated, one bead a line, omissions included."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sco_docs.model import AgreementEdition, Variant, Version
from sco_docs.writers.tmx import beads, joined

COLUMNS = ("a", "a_language", "a_segments", "b", "b_language", "b_segments", "score", "a_text", "b_text")


def write(item: AgreementEdition) -> bytes:
    """Return every bead of every alignment; ids are separated by blanks, an empty side is an omission."""
    lines = ["\t".join(COLUMNS)]
    for a, b, bead in beads(item):
        cells = [*_side(a, bead.a), *_side(b, bead.b), f"{bead.score:.4g}", joined(a, bead.a), joined(b, bead.b)]
        lines.append("\t".join(re.sub(r"[\t\r\n]+", " ", cell) for cell in cells))
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _side(version: Version, indices: tuple[int, ...]) -> tuple[str, str, str]:
    return version.siglum, version.language, " ".join(version.segments[index].id for index in indices)


def variants(found: Iterable[Variant]) -> bytes:
    """Return variants as a table: kind, then witness, offsets and reading of the base and of the other."""
    names = [f"{side}_{name}" for side in "ab" for name in ("witness", "start", "end", "text")]
    lines = ["\t".join(["kind", *names])]
    for variant in found:
        cells: list[str] = [variant.kind]
        for reading in variant.readings:
            cells += [reading.siglum, str(reading.start), str(reading.end), re.sub(r"[\t\r\n]+", " ", reading.text)]
        lines.append("\t".join(cells))
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")
