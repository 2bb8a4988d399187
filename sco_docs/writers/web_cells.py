"""The cells of the parallel view: the text of a unit in one version, with everything that is marked in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sco_docs.model import AgreementEdition, Artefact, Edition, Variant, Version
from sco_docs.writers.pieces import Piece, reading_spans
from sco_docs.writers.tei_artefacts import locate
from sco_docs.writers.tei_ids import name_part, segment_id
from sco_docs.writers.tei_versions import by_address
from sco_docs.writers.web_text import Mark, Page, paragraph

MINOR = {"layout", "punctuation", "script"}
"""Kinds of variants in which only the writing differs, not the words."""


@dataclass(frozen=True, slots=True)
class VariantView:
    """An entry of the apparatus: what is read where, by whom; ``minor``: only the writing differs, not the words."""

    id: str
    kind: str
    minor: bool
    readings: tuple[tuple[str, str, str], ...]


def comment_id(ident: str) -> str:
    """Return the id of an editor's note, the same as in TEI."""
    return f"note.{name_part(ident)}"


class Variants:
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
        """Return the variants that touch a segment, each with the offsets in it."""
        return self._by_segment.get((siglum, segment), [])

    def first_of_unit(self, version: Version, unit: str | None) -> Iterable[VariantView]:
        """Yield the variants of a unit; each belongs to the unit in which its first reading begins."""
        for segment in version.segments:
            if segment.unit == unit:
                yield from self._by_start.get((version.siglum, segment.id), ())


def _readings(item: AgreementEdition, variant: Variant) -> tuple[tuple[str, str, str], ...]:
    languages = {version.siglum: version.language for version in item.versions}
    return tuple((r.siglum, languages.get(r.siglum, "und"), r.text) for r in variant.readings)


class Cells:
    """Makes the cells of one version."""

    def __init__(
        self,
        edition: Edition,
        item: AgreementEdition,
        version: Version,
        page: Page,
        counterparts: dict[str, tuple[str, ...]],
        variants: Variants,
    ) -> None:
        own = version.source == edition.source.name
        self._version = version
        self._page = page
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
