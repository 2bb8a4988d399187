"""The order of work, from a file to the files of its edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from sco_docs.align import align, collate
from sco_docs.align.quotations import find_quotations
from sco_docs.align.segments import parallel, segments
from sco_docs.align.witnesses import propose_witnesses
from sco_docs.check import check
from sco_docs.chinese.terms import Term, parse_terms
from sco_docs.chinese.versions import audit_agreement, convert_agreement
from sco_docs.cite.citations import find_citations
from sco_docs.cite.people import slug
from sco_docs.cite.references import parse_references
from sco_docs.cite.register import build_register
from sco_docs.document import Document, Problems, Progress, read_document
from sco_docs.errors import ScoError
from sco_docs.model import (
    Agreement,
    AgreementEdition,
    Alignment,
    AnchoredNote,
    Artefact,
    Edition,
    Problem,
    RegisterEntry,
    Settings,
    SourceSetting,
    Variant,
    Version,
)
from sco_docs.readers.notes import read_notes
from sco_docs.readers.pdf_debug import cut_out
from sco_docs.readers.raw import content_of, text_of
from sco_docs.readers.settings import setting_of
from sco_docs.structure.annotations import anchor_notes
from sco_docs.writers import edition as edition_writer
from sco_docs.writers import figures

# Files that may hold a witness, in bytes and in number: a folder of many sources is no folder of witnesses.
_BESIDE = frozenset({".pdf", ".txt", ".md", ".html", ".htm", ".docx", ".xml"})
_SMALL, _FEW = 400_000, 12
Comments = tuple[AnchoredNote, ...]


def make_edition(
    path: Path,
    settings: Settings | None = None,
    *,
    password: str | None = None,
    progress: Progress | None = None,
) -> Edition:
    """Read a source and everything that ``settings`` says of it; convert, align, collate, cite and check."""
    document = read_document(path, password=password, progress=progress)
    settings = settings or Settings(str(path.parent))
    folder = Path(settings.folder)
    terms = terms_of(folder / settings.terms) if settings.terms else ()
    own_register = text_of(content_of(folder / settings.register), settings.register) if settings.register else ""
    items, item_problems = _agreement_editions(document, setting_of(settings, path.name), folder, terms)
    references, reference_problems = parse_references(document.thesis.references)
    citations, citation_problems = find_citations(document.thesis, document.layout, references)
    register, register_problems = build_register(document.thesis, document.layout, document.agreements, own_register)
    items = tuple(_named(item, register) for item in items)
    quotations, quotation_problems = find_quotations(
        document.thesis, document.layout, document.agreements, register
    )
    comments, comment_problems = _comments(folder, settings.notes, items)
    problems = document.problems + item_problems + reference_problems + citation_problems
    problems += register_problems + quotation_problems + comment_problems + _proposals(document, path, settings)
    edition = Edition(
        document.source, document.layout, document.thesis, items, references, citations, register, problems, comments,
        quotations,
    )
    return replace(edition, problems=problems + check(edition))


def edition_files(edition: Edition, path: Path, *, password: str | None = None) -> tuple[tuple[str, bytes], ...]:
    """Return every file of ``outputs/<stem>/`` as (relative path, bytes); ``path`` is the source of the edition."""
    return (*edition_writer.edition_files(edition), *_pictures(edition, path, password))


def _pictures(edition: Edition, path: Path, password: str | None) -> Iterator[tuple[str, bytes]]:
    """Cut the figures out of the pages that they are printed on."""
    if edition.source.kind != "application/pdf":
        return
    turns = {page.number: page.rotation for page in edition.source.pages}
    for name, figure in figures.names(edition):
        box = (figure.x0, figure.top, figure.x1, figure.bottom)
        if figure.x1 > figure.x0 and figure.bottom > figure.top:
            page = figure.place.page
            yield f"figures/{name}", cut_out(path, page, box, turn=turns.get(page, 0), password=password)


def _named(item: AgreementEdition, register: Sequence[RegisterEntry]) -> AgreementEdition:
    """Give an agreement an id that a person can read: of its English title where that is known, else of its own."""
    agreement = item.versions[0].agreement
    english = next((e.title_en for e in register if e.printed_as == agreement.n and e.title_en), None)
    title = english or (agreement.title.text if agreement.title else "agreement")
    name = f"{agreement.n:02d}-{slug(title)}"
    versions = (replace(v, agreement=replace(v.agreement, id=name)) for v in item.versions)
    return replace(item, versions=tuple(versions))


def terms_of(path: Path) -> tuple[Term, ...]:
    """Return a user's table of terms; raises ``ConfigError`` that names a bad line."""
    return parse_terms(text_of(content_of(path), str(path)), str(path))


def _comments(folder: Path, name: str | None, items: Sequence[AgreementEdition]) -> tuple[Comments, Problems]:
    """Return the editor's notes, anchored: of the file that is declared, or of ``notes.toml`` beside the source."""
    path = folder / (name or "notes.toml")
    if name is None and not path.is_file():
        return (), ()
    notes, problems = read_notes(path)
    anchored, more = anchor_notes(notes, items)
    return anchored, problems + more


def _agreement_editions(
    document: Document, setting: SourceSetting, folder: Path, terms: tuple[Term, ...]
) -> tuple[tuple[AgreementEdition, ...], Problems]:
    witnesses, problems = _read_witnesses(document, setting, folder)
    items = []
    for n in dict.fromkeys(agreement.n for agreement in document.agreements):
        printed = [agreement for agreement in document.agreements if agreement.n == n]
        own = [
            _version(agreement, setting.siglum if i == 0 else f"{setting.siglum}{i + 1}", document.source.name)
            for i, agreement in enumerate(printed)
        ]
        item, found = _agreement_edition(own, [v for v in witnesses if v.agreement.n == n], terms)
        items.append(item)
        problems += found
    return tuple(items), problems


def _agreement_edition(
    printed: list[Version], witnesses: list[Version], terms: tuple[Term, ...]
) -> tuple[AgreementEdition, Problems]:
    base = printed[0]
    problems: Problems = ()
    derived: list[Version] = []
    alignments: list[Alignment] = []
    artefacts: tuple[Artefact, ...] = ()
    variants: tuple[Variant, ...] = ()
    if base.language.startswith("zh"):
        to = "zh-Hant-TW" if "Hans" in base.language else "zh-Hans"
        converted, found = convert_agreement(base.agreement, to, terms=terms)
        derived.append(_version(converted, f"{base.siglum}c", base.source, base.siglum))
        alignments.append(parallel(base, derived[0]))
        artefacts = audit_agreement(base.agreement)
        problems += found
    same: list[Version] = []
    for witness in (*printed[1:], *witnesses):
        alignment, found = align(base, witness)
        alignments.append(alignment)
        problems += found
        if alignment.beads and witness.language[:2] == base.language[:2]:
            same.append(witness)
    if same:
        variants, found = collate([base, *same])
        problems += found
    return AgreementEdition((*printed, *derived, *witnesses), tuple(alignments), variants, artefacts), problems


def _version(agreement: Agreement, siglum: str, source: str, derived_from: str | None = None) -> Version:
    return Version(siglum, agreement.language, agreement, segments(agreement), source, derived_from)


def _read_witnesses(document: Document, setting: SourceSetting, folder: Path) -> tuple[list[Version], Problems]:
    numbers = {agreement.n for agreement in document.agreements}
    versions: list[Version] = []
    problems: Problems = ()
    for index, witness in enumerate(setting.witnesses, 1):
        if witness.agreement not in numbers:
            problems += (_no_such_agreement(witness.file, witness.agreement, setting.file),)
            continue
        found = read_document(folder / witness.file)
        problems += tuple(replace(p, message=f"{witness.file}: {p.message}") for p in found.problems)
        if not found.agreements:
            problems += (_no_text(witness.file),)
            continue
        agreement = replace(found.agreements[0], n=witness.agreement)
        if witness.language and not _agree(witness.language, agreement.language):
            problems += (_other_language(witness.file, witness.language, agreement.language),)
        agreement = replace(agreement, language=witness.language or agreement.language)
        version = _version(agreement, witness.siglum or f"W{index}", witness.file)
        versions.append(replace(version, notes=found.layout.notes))
    return versions, problems


def _proposals(document: Document, path: Path, settings: Settings) -> Problems:
    """Propose witnesses among the small files beside a source, where no sco-docs.toml says what they are."""
    if settings.sources or not document.agreements:
        return ()
    beside = sorted(file for file in path.parent.iterdir() if file.suffix.lower() in _BESIDE and file != path)
    small = [file for file in beside if file.stat().st_size <= _SMALL]
    candidates = []
    for file in small if len(small) <= _FEW else ():
        try:
            found = read_document(file).agreements
        except ScoError:
            continue
        candidates += [(file.name, found[0])] if len(found) == 1 else []
    return propose_witnesses(document.agreements, candidates)[1]


def _agree(declared: str, found: str) -> bool:
    """Whether two BCP 47 tags say the same as far as both go: ``en-GB`` and ``en`` do, two scripts do not."""
    return all(a == b for a, b in zip(declared.split("-"), found.split("-"), strict=False))


def _no_such_agreement(file: str, number: int, source: str) -> Problem:
    return Problem(
        "witness-without-agreement", "error",
        f"{file} is declared as a witness of agreement {number}, which {source} does not have.",
        advice="Correct the number in sco-docs.toml.",
    )  # fmt: skip


def _no_text(file: str) -> Problem:
    return Problem(
        "witness-without-text", "error", f"No agreement was found in the witness {file}.",
        advice="Look at it with: sco-docs extract FILE.",
    )  # fmt: skip


def _other_language(file: str, declared: str, found: str) -> Problem:
    return Problem(
        "witness-language", "warning", f"{file} is declared as {declared} and reads like {found}.",
        advice="Correct the language in sco-docs.toml, or check the file.",
    )  # fmt: skip
