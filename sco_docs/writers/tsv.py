"""Aligned segments as a table: UTF-8, tab-separated, one bead a line, omissions included."""

from __future__ import annotations

import re

from sco_docs.model import AgreementEdition, Version
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
