"""What the templates show of an agreement: rows of units, a cell for each version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sco_docs.model import AgreementEdition, Division, Edition, Version
from sco_docs.writers.pieces import Piece, pieces, printed_notes
from sco_docs.writers.tei_header import titles
from sco_docs.writers.tei_ids import name_part, script, source_siglum, stem, text_name, unit_id
from sco_docs.writers.tei_links import links
from sco_docs.writers.web_cells import MINOR, Cells, Variants, VariantView, comment_id
from sco_docs.writers.web_text import Page, page_label, paragraph

KINDS = {"title", "lead", "preamble", "closing", "signatures", "date"}


@dataclass(frozen=True, slots=True)
class VersionView:
    """A column of the page."""

    siglum: str
    language: str
    name: str
    source: str
    derived_from: str | None
    shown: bool


@dataclass(frozen=True, slots=True)
class Comment:
    """An editor's note beside the text."""

    id: str
    author: str | None
    exact: str
    language: str
    body: str
    found: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A unit in every version; a cell is empty where a version lacks it."""

    id: str
    kind: str
    level: int
    label: str
    cells: tuple[Markup, ...]
    variants: tuple[VariantView, ...]
    comments: tuple[Comment, ...] = ()
    quotations: tuple[tuple[str, str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class NoteView:
    """A printed note at the end of the page."""

    number: str
    label: str
    language: str
    html: Markup


@dataclass(frozen=True, slots=True)
class AgreementView:
    """Everything that the page of an agreement shows."""

    n: int
    stem: str
    title: str
    language: str
    titles: tuple[tuple[str, str], ...]
    date: str | None
    place: str | None
    parties: tuple[str, ...]
    pages: str
    source_url: str | None
    versions: tuple[VersionView, ...]
    rows: tuple[Row, ...]
    notes: tuple[NoteView, ...]
    variants: int
    minor_variants: int
    articles: int
    texts: tuple[tuple[str, str, str], ...]


LANGUAGE_NAMES = {
    "zh-Hant": "繁體中文",
    "zh-Hans": "简体中文",
    "zh-Hant-TW": "正體中文（臺灣）",
    "zh-Hans-CN": "简体中文（大陆）",
    "zh": "中文",
    "en": "English",
    "ru": "Русский",
    "fr": "Français",
    "es": "Español",
    "ar": "العربية",
}


def agreement_view(edition: Edition, item: AgreementEdition) -> AgreementView:
    """Return what the page of an agreement shows."""
    base = item.versions[0].agreement
    named = tuple(dict.fromkeys(titles(item)))
    entry = next((e for e in edition.register if e.printed_as == base.n), None)
    parties = tuple(dict.fromkeys(s.party for s in base.signatories if s.party)) or (entry.parties if entry else ())
    sheets = _sheets(edition, item)
    rows = _rows(edition, item, sheets)
    return AgreementView(
        base.n,
        stem(item),
        _bare(named[0][1]) if named else base.id,
        base.language,
        tuple((language, _bare(title)) for language, title in named),
        base.date_signed or base.date_heading,
        base.place_signed,
        parties,
        _pages(edition, base.pages),
        base.source_url if (base.source_url or "").startswith(("http://", "https://")) else None,
        _columns(item),
        rows,
        tuple(note for version in item.versions for note in _notes(sheets[version.siglum], version)),
        sum(variant.kind not in MINOR for variant in item.variants),
        sum(variant.kind in MINOR for variant in item.variants),
        len(base.body),
        tuple((f"text/{text_name(item, v)}", language_name(v.language), v.language) for v in item.versions),
    )


def _pages(edition: Edition, pages: tuple[int, int]) -> str:
    """Return the first and the last page as printed, with those of the file where they differ."""
    found = "–".join(dict.fromkeys(page_label(edition.layout.labels, page) for page in pages))
    of_file = "–".join(dict.fromkeys(map(str, pages)))
    return found if found == of_file else f"{found} ({of_file} of the file)"


def language_name(tag: str) -> str:
    """Return what a language calls itself, or its tag."""
    return LANGUAGE_NAMES.get(tag, tag)


def _columns(item: AgreementEdition) -> tuple[VersionView, ...]:
    """Return the versions; at first three are shown, a converted one only where no witness is in its script."""
    printed = {script(version.language) for version in item.versions if version.derived_from is None}
    wanted = [v for v in item.versions if v.derived_from is None or script(v.language) not in printed][:3]
    return tuple(
        VersionView(v.siglum, v.language, language_name(v.language), v.source, v.derived_from, v in wanted)
        for v in item.versions
    )


def _bare(title: str) -> str:
    """Return a title without the marks of a book title around the whole of it."""
    inner = title[1:-1]
    return inner if title[:1] == "《" and title[-1:] == "》" and "《" not in inner else title


def _sheets(edition: Edition, item: AgreementEdition) -> dict[str, Page]:
    """Return what each version is written on: those of one file share it, and with it the notes."""
    sheets: dict[str, Page] = {}
    for version in item.versions:
        source = source_siglum(item, version)
        own = version.source == edition.source.name
        if own or source == version.siglum:
            before = [sheets[v.siglum] for v in item.versions if v.siglum in sheets and v.source == version.source]
            labels = edition.layout.labels if own else ()
            prefix = "" if own else f"{name_part(version.siglum)}-"
            notes = printed_notes(edition, version)
            sheets[version.siglum] = before[0] if before else Page(notes, labels, prefix=prefix)
        else:
            sheets[version.siglum] = sheets[source]
    return sheets


def _notes(page: Page, version: Version) -> Iterator[NoteView]:
    """Yield the notes that were called, each with the first version of its file; a note may call others."""
    while page.shown < len(page.called):
        note = page.notes[page.called[page.shown]]
        page.shown += 1
        html = paragraph(note.text, page, pages=False)
        yield NoteView(f"{page.prefix}{page.shown}", note.label, version.language, html)


def _rows(edition: Edition, item: AgreementEdition, sheets: dict[str, Page]) -> tuple[Row, ...]:
    counterparts = links(item)
    units = {version.siglum: _units(version) for version in item.versions}
    variants = Variants(item)
    comments = _comments(edition, item)
    quotations = _quotations(edition, item)
    makers = {v.siglum: Cells(edition, item, v, sheets[v.siglum], counterparts, variants) for v in item.versions}
    rows = []
    for ids in row_ids(item, units, counterparts):
        first = next(unit for unit in ids if unit is not None)
        cells = tuple(
            makers[version.siglum].cell(units[version.siglum][unit]) if unit is not None else Markup()
            for version, unit in zip(item.versions, ids, strict=True)
        )
        siglum = next(v.siglum for v, unit in zip(item.versions, ids, strict=True) if unit is not None)
        parts = units[siglum][first]
        label = "".join(piece.text.text for piece in parts if piece.part in ("label", "heading")) or first
        here = [view for v, unit in zip(item.versions, ids, strict=True) for view in variants.first_of_unit(v, unit)]
        kind = first if first in KINDS else "division"
        remarks = tuple(
            c for v, unit in zip(item.versions, ids, strict=True) for c in comments.get((v.siglum, unit), ())
        )
        ident, level = unit_id(siglum, first), first.count(".") + 1
        quoted = tuple(quotations.get(first, ())) if siglum == item.versions[0].siglum else ()
        rows.append(Row(ident, kind, level, label, cells, tuple(dict.fromkeys(here)), remarks, quoted))
    return tuple(rows)


def _comments(edition: Edition, item: AgreementEdition) -> dict[tuple[str, str | None], tuple[Comment, ...]]:
    """Return the editor's notes by siglum and unit; those of the agreement as a whole stand at its first unit."""
    base = item.versions[0]
    first = next((piece.unit for piece in pieces(base.agreement) if piece.unit != "appendix"), None)
    languages = {version.siglum: version.language for version in item.versions}
    found: dict[tuple[str, str | None], tuple[Comment, ...]] = {}
    for anchored in (c for c in edition.comments if c.agreement == base.agreement.n):
        note, siglum = anchored.note, anchored.siglum or base.siglum
        unit = anchored.ranges[0].unit if anchored.ranges else first
        view = Comment(
            comment_id(note.id), note.author, note.exact, languages.get(siglum, "und"), note.body, anchored.found
        )
        found[siglum, unit] = (*found.get((siglum, unit), ()), view)
    return found


def _quotations(edition: Edition, item: AgreementEdition) -> dict[str, list[tuple[str, str, bool]]]:
    """Return by unit what the thesis quotes: the page as printed, the words, whether they are exact."""
    found: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    for quotation in edition.quotations:
        if quotation.agreement == item.versions[0].agreement.n:
            page = page_label(edition.layout.labels, quotation.place.page)
            found[quotation.unit].append((page, quotation.text, quotation.exact))
    return found


def _units(version: Version) -> dict[str, list[Piece]]:
    found: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces(version.agreement):
        if piece.unit != "appendix":
            found[piece.unit].append(piece)
    return dict(found)


def row_ids(
    item: AgreementEdition, units: dict[str, dict[str, list[Piece]]], counterparts: dict[str, tuple[str, ...]]
) -> list[tuple[str | None, ...]]:
    """Return the units that stand side by side; what only a later version has follows its predecessor there."""
    base, *others = item.versions
    rows: list[dict[str, str]] = [{base.siglum: unit} for unit in units[base.siglum]]
    for version in others:
        by_id = {unit_id(version.siglum, unit): unit for unit in units[version.siglum]}
        placed: dict[str, int] = {}
        for number, row in enumerate(rows):
            unit = row.get(base.siglum)
            linked = counterparts.get(unit_id(base.siglum, unit), ()) if unit is not None else ()
            for ident in linked:
                if ident in by_id and by_id[ident] not in placed and version.siglum not in row:
                    row[version.siglum] = by_id[ident]
                    placed[by_id[ident]] = number
        _insert_rest(rows, version.siglum, list(by_id.values()))
    return [tuple(row.get(version.siglum) for version in item.versions) for row in rows]


def _insert_rest(rows: list[dict[str, str]], siglum: str, order: Sequence[str]) -> None:
    after = 0
    for unit in order:
        where = next((n for n, row in enumerate(rows) if row.get(siglum) == unit), None)
        if where is None:
            rows.insert(after, {siglum: unit})
            where = after
        after = where + 1


def contents(divisions: Iterable[Division], siglum: str) -> list[tuple[str, str]]:
    """Return id and label of the articles, for the list at the side."""
    return [(unit_id(siglum, d.id), f"{d.label.text} {d.heading.text if d.heading else ''}".strip()) for d in divisions]
