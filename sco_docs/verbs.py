"""What the verbs do with single files: bytes or paths in, bytes or records out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from sco_docs.align import align
from sco_docs.align.lines import align_lines, collate_texts, line_version
from sco_docs.align.segments import segments
from sco_docs.check.tei import check_tei, load_schema
from sco_docs.chinese.audit import audit, fingerprint
from sco_docs.chinese.restore import restore
from sco_docs.chinese.script import convert
from sco_docs.cite.references import parse_references
from sco_docs.errors import ConfigError, SourceError
from sco_docs.layout.debug import boxes
from sco_docs.model import (
    Agreement,
    AgreementEdition,
    Alignment,
    Artefact,
    Conversion,
    Edition,
    Problem,
    Reference,
    RegisterEntry,
    Version,
)
from sco_docs.pipeline import Document, Problems, Progress, make_edition, read_document, terms_of
from sco_docs.readers.pdf_debug import draw
from sco_docs.readers.raw import content_of, text_of
from sco_docs.readers.settings import read_settings
from sco_docs.readers.tei import parse
from sco_docs.writers import bibtex, csl, datafiles, flow, ris, tei, tmx, tsv
from sco_docs.writers.styled import styled


def edition_of(path: Path, *, password: str | None = None, progress: Progress | None = None) -> Edition:
    """Return the edition of one source with the settings that lie beside it."""
    return make_edition(path, read_settings(path.parent), password=password, progress=progress)


def document_bytes(document: Document, form: str) -> bytes:
    """Return a document as ``text``, ``md``, or the data file ``agreements`` (``json``), in UTF-8."""
    if form == "json":
        return datafiles.dump(datafiles.agreement_records(document.agreements, document.layout.notes))
    return flow.plain_text(document.layout) if form == "text" else flow.markdown(document.layout)


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


def convert_text(
    content: bytes, to: str, *, source: str | None, terms: Path | None, restored: bool, name: str
) -> tuple[Conversion, tuple[Artefact, ...]]:
    """Return a UTF-8 text in the script ``to`` with the choices that are not certain, and what was restored.

    Raises ``ConfigError`` for a tag that is not known or a bad line of terms, ``SourceError`` for bytes that are
    not UTF-8.
    """
    text = text_of(content, name)
    own = terms_of(terms) if terms else ()
    if not restored:
        return convert(text, to, source, terms=own), ()
    if to != "zh-Hans":
        raise ConfigError(f"{name}: --restore gives back a Simplified original; use it with --to zh-Hans.")
    return restore(text, terms=own)


def audit_bytes(content: bytes, name: str) -> tuple[list[datafiles.Record], str]:
    """Return the suspects of a UTF-8 text as records, and in a line how it was converted."""
    found = audit(text_of(content, name))
    mark = fingerprint(found)
    evidence = f" ({'、'.join(mark.evidence[:8])})" if mark.evidence else ""
    return [datafiles.suspect_record(artefact) for artefact in found], f"Converted by: {mark.kind}{evidence}."


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


def draw_page(path: Path, number: int, *, password: str | None = None) -> bytes:
    """Return a page of a PDF as PNG, with boxes around what was seen on it.

    The whole file is read, since running heads show only by their repetition.
    """
    document = read_document(path, password=password)
    if document.source.kind != "application/pdf":
        raise SourceError(f"{path}: is no PDF, so it has no pages to draw; --debug works on PDF files.")
    page = next((page for page in document.source.pages if page.number == number), None)
    if page is None:
        raise SourceError(f"{path}: there is no page {number}; the file has {len(document.source.pages)} pages.")
    seen = [(box.kind, box.x0, box.top, box.x1, box.bottom) for box in boxes(page, document.layout)]
    return draw(path, number, seen, turn=page.rotation, password=password)


def check_files(paths: Sequence[Path], schema: Path | None) -> Iterator[tuple[str, Problem]]:
    """Yield what is wrong with TEI files, and with those in folders at any depth, as (path, problem).

    Raises ``SourceError`` where there is none, ``ConfigError`` for a schema that is not RELAX NG.
    """
    grammar = load_schema(content_of(schema), str(schema)) if schema else None
    files = [file for path in paths for file in ([path] if path.is_file() else sorted(path.rglob("*.xml")))]
    if not files:
        raise SourceError(f"{', '.join(map(str, paths))}: holds no TEI file; build an edition first, or name a file.")
    for file in files:
        beside = {other.name for other in files if other.parent == file.parent}
        for problem in check_tei(parse(content_of(file), str(file)), grammar, beside):
            yield str(file), problem
