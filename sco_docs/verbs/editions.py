"""The verbs that make an edition of a source, and citation files: tei, bib."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sco_docs.cite.references import parse_references
from sco_docs.document import Problems, Progress
from sco_docs.errors import SourceError
from sco_docs.model import Agreement, Edition, Reference, RegisterEntry
from sco_docs.pipeline import make_edition
from sco_docs.readers.raw import text_of
from sco_docs.readers.settings import read_settings
from sco_docs.writers import bibtex, csl, datafiles, ris, tei
from sco_docs.writers.styled import styled


def edition_of(path: Path, *, password: str | None = None, progress: Progress | None = None) -> Edition:
    """Return the edition of one source with the settings that lie beside it."""
    return make_edition(path, read_settings(path.parent), password=password, progress=progress)


def agreement_tei(edition: Edition, number: int) -> bytes:
    """Return the TEI of agreement ``number``; raises ``SourceError`` where the source has no such agreement."""
    for item in edition.agreements:
        if item.versions[0].agreement.n == number:
            return tei.agreement(edition, item)
    raise SourceError(f"{edition.source.name}: has {len(edition.agreements)} agreements and no number {number}.")


def agreement_citations(edition: Edition, form: str, style: str | None) -> bytes:
    """Return the register of agreements as ``biblatex``, ``bibtex``, ``csl``, ``ris`` or ``json`` (the data file), or
    printed in a CSL style."""
    printed = [item.versions[0].agreement for item in edition.agreements]
    if style:
        return styled(edition.register, style, printed)
    if form == "json":
        return datafiles.dump([datafiles.register_record(entry) for entry in edition.register])
    return _FORMS[form](edition.register, printed)


def reference_bytes(references: Sequence[Reference], form: str, style: str | None) -> bytes:
    """Return a reference list as ``biblatex``, ``bibtex``, ``csl``, ``ris`` or ``json`` (the data file), or printed
    in a CSL style."""
    if style:
        return styled(references, style)
    if form == "json":
        return datafiles.dump([datafiles.reference_record(reference) for reference in references])
    return _FORMS[form](references, ())


_FORMS: Mapping[str, Callable[[Sequence[Reference] | Sequence[RegisterEntry], Sequence[Agreement]], bytes]] = {
    "biblatex": bibtex.biblatex,
    "bibtex": bibtex.classic,
    "csl": csl.csl_json,
    "ris": ris.ris,
}


def parse_lines(content: bytes, name: str) -> tuple[tuple[Reference, ...], Problems]:
    """Return the references of a UTF-8 text with one on each line."""
    return parse_references([line.strip() for line in text_of(content, name).splitlines() if line.strip()])
