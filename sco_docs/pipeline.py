"""The order of work, from a file to the files of its edition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sco_docs import readers
from sco_docs.align import align, collate
from sco_docs.align.segments import parallel, segments
from sco_docs.check import check
from sco_docs.chinese.audit import audit_agreement
from sco_docs.chinese.versions import convert_agreement
from sco_docs.cite.citations import find_citations
from sco_docs.cite.references import parse_references
from sco_docs.cite.register import build_register
from sco_docs.layout import arrange
from sco_docs.model import (
    Agreement,
    AgreementEdition,
    Alignment,
    Artefact,
    Edition,
    Layout,
    Problem,
    Settings,
    Source,
    SourceSetting,
    Thesis,
    Variant,
    Version,
)
from sco_docs.readers.settings import setting_of
from sco_docs.structure.agreements import read_agreements
from sco_docs.structure.outline import find_outline
from sco_docs.structure.thesis import read_thesis

Progress = Callable[[int, int], None]
Problems = tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A source as far as it can be read on its own: before conversion, witnesses and citations."""

    source: Source
    layout: Layout
    thesis: Thesis
    agreements: tuple[Agreement, ...]
    problems: Problems


def read_document(
    path: Path, *, password: str | None = None, pages: range | None = None, progress: Progress | None = None
) -> Document:
    """Read a file of any kind that has a reader, and find its parts.

    Raises ``SourceError``, ``PasswordError`` or ``MissingBackendError``, each with one sentence.
    """
    source, read_problems = readers.read(path, password=password, pages=pages, progress=progress)
    layout, layout_problems = arrange(source, path, password=password)
    outline, outline_problems = find_outline(layout, source.bookmarks)
    agreements, agreement_problems = read_agreements(source, layout, outline)
    thesis, thesis_problems = read_thesis(source, layout, outline)
    problems = read_problems + layout_problems + outline_problems + agreement_problems + thesis_problems
    return Document(source, layout, thesis, agreements, problems)


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
    items, item_problems = _agreement_editions(document, setting_of(settings, path.name), Path(settings.folder))
    references, reference_problems = parse_references(document.thesis.references)
    citations, citation_problems = find_citations(document.thesis, document.layout, references)
    register, register_problems = build_register(document.thesis, document.layout, document.agreements)
    problems = document.problems + item_problems + reference_problems + citation_problems + register_problems
    edition = Edition(
        document.source, document.layout, document.thesis, items, references, citations, register, problems
    )
    return replace(edition, problems=problems + check(edition))


def _agreement_editions(
    document: Document, setting: SourceSetting, folder: Path
) -> tuple[tuple[AgreementEdition, ...], Problems]:
    witnesses, problems = _read_witnesses(document, setting, folder)
    items = []
    for n in dict.fromkeys(agreement.n for agreement in document.agreements):
        printed = [agreement for agreement in document.agreements if agreement.n == n]
        own = [
            _version(agreement, setting.siglum if i == 0 else f"{setting.siglum}{i + 1}", document.source.name)
            for i, agreement in enumerate(printed)
        ]
        item, found = _agreement_edition(own, [v for v in witnesses if v.agreement.n == n])
        items.append(item)
        problems += found
    return tuple(items), problems


def _agreement_edition(printed: list[Version], witnesses: list[Version]) -> tuple[AgreementEdition, Problems]:
    base = printed[0]
    problems: Problems = ()
    derived: list[Version] = []
    alignments: list[Alignment] = []
    artefacts: tuple[Artefact, ...] = ()
    variants: tuple[Variant, ...] = ()
    if base.language.startswith("zh"):
        converted, found = convert_agreement(base.agreement, "zh-Hant-TW" if "Hans" in base.language else "zh-Hans")
        derived.append(_version(converted, f"{base.siglum}c", base.source, base.siglum))
        alignments.append(parallel(base, derived[0]))
        artefacts = audit_agreement(base.agreement)
        problems += found
    for witness in (*printed[1:], *witnesses):
        alignment, found = align(base, witness)
        alignments.append(alignment)
        problems += found
    same = [v for v in (*printed[1:], *witnesses) if v.language[:2] == base.language[:2]]
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
        if witness.language and witness.language[:7] != agreement.language[:7]:
            problems += (_other_language(witness.file, witness.language, agreement.language),)
        agreement = replace(agreement, language=witness.language or agreement.language)
        versions.append(_version(agreement, witness.siglum or f"W{index}", witness.file))
    return versions, problems


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
