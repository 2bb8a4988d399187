"""What the templates show of an agreement: rows of units, a cell for each version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sco_docs.model import AgreementEdition, Artefact, Division, Edition, Variant, Version
from sco_docs.writers.pieces import Piece, pieces, reading_spans
from sco_docs.writers.tei_artefacts import locate
from sco_docs.writers.tei_header import titles
from sco_docs.writers.tei_ids import name_part, script, segment_id, stem, text_name, unit_id
from sco_docs.writers.tei_links import links
from sco_docs.writers.tei_versions import by_address
from sco_docs.writers.web_text import Mark, Page, page_label, paragraph

MINOR = {"layout", "punctuation", "script"}
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
class VariantView:
    """An entry of the apparatus: what is read where, by whom; ``minor``: only the writing differs, not the words."""

    id: str
    kind: str
    minor: bool
    readings: tuple[tuple[str, str, str], ...]


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

    number: int
    label: str
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
    notes = Page({note.id: note for note in edition.layout.notes}, edition.layout.labels)
    rows = _rows(edition, item, notes)
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
        _notes(notes),
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


def _notes(page: Page) -> tuple[NoteView, ...]:
    """Return the notes that were called; a note may call others, which then follow."""
    found: list[NoteView] = []
    while len(found) < len(page.called):
        note = page.notes[page.called[len(found)]]
        found.append(NoteView(len(found) + 1, note.label, paragraph(note.text, page, pages=False)))
    return tuple(found)


def _rows(edition: Edition, item: AgreementEdition, page: Page) -> tuple[Row, ...]:
    counterparts = links(item)
    units = {version.siglum: _units(version) for version in item.versions}
    variants = _Variants(item)
    comments = _comments(edition, item)
    quotations = _quotations(edition, item)
    makers = {version.siglum: _Cells(edition, item, version, page, counterparts, variants) for version in item.versions}
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


def comment_id(ident: str) -> str:
    """Return the id of an editor's note, the same as in TEI."""
    return f"note.{name_part(ident)}"


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


class _Variants:
    """The apparatus, by segment."""

    def __init__(self, item: AgreementEdition) -> None:
        self._by_segment: dict[tuple[str, str], list[tuple[VariantView, int, int]]] = defaultdict(list)
        self._by_start: dict[tuple[str, str], list[VariantView]] = defaultdict(list)
        versions = {version.siglum: version for version in item.versions}
        for number, variant in enumerate(item.variants, 1):
            view = VariantView(f"v{number}", variant.kind, variant.kind in MINOR, _readings(item, variant))
            known = [r for r in variant.readings if r.siglum in versions]
            for reading in known[:1]:
                self._by_start[reading.siglum, reading.segment].append(view)
            for reading in known:
                for segment, start, end in reading_spans(versions[reading.siglum], reading):
                    self._by_segment[reading.siglum, segment.id].append((view, start, end))

    def of_segment(self, siglum: str, segment: str) -> list[tuple[VariantView, int, int]]:
        return self._by_segment.get((siglum, segment), [])

    def first_of_unit(self, version: Version, unit: str | None) -> Iterable[VariantView]:
        """Yield the variants of a unit; each belongs to the unit in which its first reading begins."""
        for segment in version.segments:
            if segment.unit == unit:
                yield from self._by_start.get((version.siglum, segment.id), ())


def _readings(item: AgreementEdition, variant: Variant) -> tuple[tuple[str, str, str], ...]:
    languages = {version.siglum: version.language for version in item.versions}
    return tuple((r.siglum, languages.get(r.siglum, "und"), r.text) for r in variant.readings)


class _Cells:
    """Makes the cells of one version."""

    def __init__(
        self,
        edition: Edition,
        item: AgreementEdition,
        version: Version,
        page: Page,
        counterparts: dict[str, tuple[str, ...]],
        variants: _Variants,
    ) -> None:
        own = version.source == edition.source.name
        self._version = version
        self._page = page if own else Page({})
        self._pages = own and version.derived_from is None
        self._links = counterparts
        self._variants = variants
        self._segments = by_address(version)
        self._remarks = [
            (c.note.id, where)
            for c in edition.comments
            if c.found and (c.agreement, c.siglum) == (version.agreement.n, version.siglum)
            for where in c.ranges
        ]
        self._artefacts = locate(version.agreement, item.artefacts).by_address if self._pages else {}

    def cell(self, parts: Sequence[Piece]) -> Markup:
        """Return the unit as HTML."""
        heads = [p for p in parts if p.part in ("label", "heading")]
        rest = [p for p in parts if p.part == "p"]
        unit = parts[0].unit
        if unit == "title":
            return Markup("<h2>{}</h2>").format(Markup("<br>").join(map(self._piece, rest)))
        html = Markup()
        if any(p.part == "heading" for p in heads) or (heads and not rest):
            html += Markup("<h3>{}</h3>").format(Markup(" ").join(map(self._piece, heads)))
            heads = []
        for number, piece in enumerate(rest):
            label = Markup('<b class="label">{}</b>').format(self._piece(heads[0])) if heads and not number else ""
            css = Markup(' class="dash"') if piece.text.text.startswith(("——", "──")) else ""
            html += Markup("<p{}>{}{}</p>").format(css, label, self._piece(piece))
        return html

    def _piece(self, piece: Piece) -> Markup:
        segments = self._segments.get(piece.address, ())
        marks = [_artefact_mark(artefact) for artefact in self._artefacts.get(piece.address, ())]
        for segment in segments:
            for view, start, end in self._variants.of_segment(self._version.siglum, segment.id):
                first, last = segment.start + start, segment.start + end
                css = "variant minor" if view.minor else "variant"
                marks.append(Mark(first, last, css, f"variant: {view.kind}", view.id))
        for ident, where in self._remarks:
            if (where.unit, where.part, where.paragraph) == piece.address:
                marks.append(Mark(where.start, where.end, "remark", "editor's note", comment_id(ident)))
        spans = []
        for segment in segments:
            ident = segment_id(self._version.siglum, segment)
            spans.append((segment, ident, " ".join(self._links.get(ident, ()))))
        return paragraph(piece.text, self._page, spans, marks, pages=self._pages)


def _artefact_mark(artefact: Artefact) -> Mark:
    return Mark(artefact.start, artefact.end, "artefact", f"{artefact.kind}: perhaps {artefact.suggestion}")


def contents(divisions: Iterable[Division], siglum: str) -> list[tuple[str, str]]:
    """Return id and label of the articles, for the list at the side."""
    return [(unit_id(siglum, d.id), f"{d.label.text} {d.heading.text if d.heading else ''}".strip()) for d in divisions]
