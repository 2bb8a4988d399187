"""The verbs that compare files: align, collate."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sco_docs.align import align
from sco_docs.align.lines import align_lines, collate_texts, line_version
from sco_docs.align.segments import segments
from sco_docs.document import Problems, read_document
from sco_docs.errors import SourceError
from sco_docs.model import AgreementEdition, Alignment, Version
from sco_docs.readers.raw import content_of, text_of
from sco_docs.writers import datafiles, tmx, tsv


def align_files(a: Path, b: Path, *, lines: bool, form: str) -> bytes:
    """Return the alignment of two files as ``json``, ``tsv`` or ``tmx``; ``lines`` takes each line as a unit.

    Raises ``SourceError`` where the two are not versions of one text.
    """
    _refuse_twice((a, b))
    if lines:
        texts = [text_of(content_of(path), str(path)).splitlines() for path in (a, b)]
        beads, problems = align_lines(texts[0], texts[1], (str(a), str(b)))
        first, second = line_version("A", texts[0], a.name), line_version("B", texts[1], b.name)
        alignment = Alignment("A", "B", beads)
    else:
        first, second = _witness(a, "A"), _witness(b, "B")
        alignment, problems = align(first, second)
    _refuse(problems)
    if form == "json":
        return datafiles.bead_bytes(alignment.beads)
    item = AgreementEdition((first, second), (alignment,))
    return tmx.write(item) if form == "tmx" else tsv.write(item)


def collate_files(paths: Sequence[Path], form: str) -> tuple[bytes, Problems]:
    """Return the variants of plain texts of one language as ``json`` or ``tsv``; the first is the base.

    Raises ``SourceError`` where two are not versions of one text.
    """
    _refuse_twice(paths)
    texts = [text_of(content_of(path), str(path)) for path in paths]
    names = [str(path) for path in paths]
    variants, problems = collate_texts(list(zip(names, texts, strict=True)))
    _refuse(problems)
    return datafiles.variant_bytes(variants) if form == "json" else tsv.variants(variants), problems


def _witness(path: Path, siglum: str) -> Version:
    document = read_document(path)
    if not document.agreements:
        raise SourceError(f"{path}: no text of an agreement was found; look at it with sco-docs extract.")
    agreement = document.agreements[0]
    return Version(siglum, agreement.language, agreement, segments(agreement), path.name)


def _refuse_twice(paths: Sequence[Path]) -> None:
    for n, path in enumerate(paths):
        if path.resolve() in [other.resolve() for other in paths[:n]]:
            raise SourceError(f"{path}: is given twice; name two files.")


def _refuse(problems: Problems) -> None:
    for problem in problems:
        if problem.severity == "error":
            raise SourceError(problem.message)
