"""TEI P5: one file for each agreement with its versions side by side, one for the thesis."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from sco_docs.model import AgreementEdition, Edition, Furniture, Version
from sco_docs.writers.markup import TEI, Markup, indent, serialise
from sco_docs.writers.pieces import pieces, printed_notes
from sco_docs.writers.tei_apparatus import apparatus
from sco_docs.writers.tei_artefacts import Address, Located, locate
from sco_docs.writers.tei_header import PARALLEL, write_header
from sco_docs.writers.tei_ids import name, page_id, source_siglum
from sco_docs.writers.tei_links import links
from sco_docs.writers.tei_names import names_of
from sco_docs.writers.tei_places import mentions
from sco_docs.writers.tei_standoff import has_standoff, kinds, write_names, write_standoff
from sco_docs.writers.tei_text import Flow, Range
from sco_docs.writers.tei_thesis import write_thesis
from sco_docs.writers.tei_versions import Context, by_address, write_version

CONTAINERS = frozenset(
    """TEI teiHeader fileDesc titleStmt publicationStmt availability sourceDesc biblStruct analytic monogr imprint
    listWit encodingDesc editorialDecl refsDecl citeStructure classDecl taxonomy appInfo application profileDesc
    langUsage textClass facsimile text front body back div argument list standOff listPerson listOrg listPlace person
    org place linkGrp listApp listBibl titlePage table row quote""".split()  # noqa: SIM905
)


def agreement(edition: Edition, item: AgreementEdition) -> bytes:
    """Return the TEI file of one agreement: UTF-8, every version, what links them and where they differ."""
    markup = Markup(TEI)
    located = {v.siglum: _artefacts(item, v) for v in item.versions}
    elsewhere = located[_base(item).siglum].elsewhere
    names = names_of(item)
    with markup.element("TEI", {"n": str(item.versions[0].agreement.n)}):
        write_header(markup, edition, item, _kinds(edition, item))
        _facsimile(markup, edition, item)
        with markup.element("text"), markup.element("body"):
            counterparts = links(item)
            for version in item.versions:
                write_version(
                    Context(
                        markup,
                        version,
                        _flow(edition, item, version),
                        counterparts,
                        located[version.siglum].by_address,
                        by_address(version),
                        names,
                        _titles(edition, version),
                    )
                )
        if has_standoff(edition, item, elsewhere, names):
            write_standoff(markup, edition, item, elsewhere, names)
    root = markup.close()
    indent(root, CONTAINERS)
    return serialise(root)


def parallel(edition: Edition, item: AgreementEdition) -> bytes | None:
    """Return the base with every variant in its place (TEI P5, 12.2.3), for viewers that want it so.

    ``None`` where the witnesses do not differ. A variant that crosses another is left to the other file.
    """
    base = item.versions[0]
    entries = apparatus(item, base)
    if not entries:
        return None
    sigla = {reading.siglum for variant in item.variants for reading in variant.readings}
    collated = replace(item, versions=(base, *(v for v in item.versions[1:] if v.siglum in sigla)), artefacts=())
    names = names_of(item)
    markup = Markup(TEI)
    with markup.element("TEI", {"n": str(base.agreement.n)}):
        write_header(markup, edition, collated, _kinds(edition, collated), PARALLEL)
        _facsimile(markup, edition, replace(collated, versions=(base,)))
        with markup.element("text"), markup.element("body"):
            flow = _flow(edition, item, base)
            titles = _titles(edition, base)
            write_version(Context(markup, base, flow, {}, {}, by_address(base), names, titles, entries))
        write_names(markup, replace(collated, versions=(base,)), names)
    root = markup.close()
    indent(root, CONTAINERS)
    return serialise(root)


def thesis(edition: Edition) -> bytes:
    """Return the TEI file of the thesis: everything but its agreements, to whose files it points."""
    running = _running(furniture(edition.layout.furniture))
    notes = {note.id: note for note in edition.layout.notes}
    root = write_thesis(edition, Flow("thesis", _labels(edition), notes, "p", running=running)).close()
    indent(root, CONTAINERS)
    return serialise(root)


def _titles(edition: Edition, version: Version) -> dict[Address, tuple[Range, ...]]:
    """Return where the printed text of the source names an agreement of the register, which ``thesis.xml`` has."""
    if version.source != edition.source.name or version.derived_from is not None:
        return {}
    pointers = mentions(edition, "thesis.xml")
    found = ((piece.address, pointers.ranges(piece.text)) for piece in pieces(version.agreement))
    return {address: ranges for address, ranges in found if ranges}


def _base(item: AgreementEdition) -> Version:
    """Return the version in which artefacts were looked for: the first that is printed."""
    return next((version for version in item.versions if version.derived_from is None), item.versions[0])


def _artefacts(item: AgreementEdition, version: Version) -> Located:
    return locate(version.agreement, item.artefacts) if version is _base(item) else Located({}, ())


def _kinds(edition: Edition, item: AgreementEdition) -> dict[str, tuple[str, ...]]:
    texts = []
    for version in item.versions:
        notes = printed_notes(edition, version)
        own = [piece.text for piece in pieces(version.agreement)]
        keys = {*version.agreement.notes, *(mark.note for text in own for mark in text.notes)}
        texts += [*own, *(note.text for key, note in notes.items() if key in keys)]
    return {"changes": tuple(sorted({c.kind for text in texts for c in text.changes})), **kinds(item)}


def _flow(edition: Edition, item: AgreementEdition, version: Version) -> Flow:
    source = source_siglum(item, version)
    own = version.source == edition.source.name
    copy = source != version.siglum
    return Flow(
        prefix=name(source),
        labels=_labels(edition) if own else (),
        notes=printed_notes(edition, version),
        pages=page_id(source, 0)[:-1],
        copy=copy,
        running=_running({} if copy or not own else furniture(edition.layout.furniture)),
        pointers=mentions(edition, "thesis.xml").ranges if own and not copy else None,
    )


def _labels(edition: Edition) -> tuple[str | None, ...]:
    return edition.layout.labels or tuple(page.label for page in edition.source.pages)


def furniture(items: Iterable[Furniture]) -> dict[int, tuple[Furniture, ...]]:
    """Return what repeats around the text by page."""
    pages: dict[int, list[Furniture]] = {}
    for item in items:
        pages.setdefault(item.place.page, []).append(item)
    return {page: tuple(found) for page, found in pages.items()}


_FURNITURE = {"head": "header", "foot": "footer", "page_number": "pageNum", "watermark": "watermark"}


def _running(pages: Mapping[int, tuple[Furniture, ...]]) -> Callable[[Markup, int], None]:
    def write(markup: Markup, page: int) -> None:
        for item in pages.get(page, ()):
            markup.leaf("fw", item.text, {"type": _FURNITURE[item.kind], "n": str(item.place.line)})

    return write


def _facsimile(markup: Markup, edition: Edition, item: AgreementEdition) -> None:
    """Write a surface for each page that a version stands on; ``pb`` points to it."""
    pages: dict[str, int] = {}
    for version in item.versions:
        notes = printed_notes(edition, version)
        source = source_siglum(item, version)
        keys = dict.fromkeys(version.agreement.notes)
        for piece in pieces(version.agreement):
            keys.update((mark.note, None) for mark in piece.text.notes)
            pages.update((page_id(source, line.place.page), line.place.page) for line in piece.text.lines)
        for note in (notes[key] for key in keys if key in notes):
            pages[page_id(source, note.page)] = note.page
            pages.update((page_id(source, line.place.page), line.place.page) for line in note.text.lines)
    if pages:
        with markup.element("facsimile"):
            for ident, page in sorted(pages.items(), key=lambda surface: (surface[0].rpartition(".")[0], surface[1])):
                markup.leaf("surface", "", {"xml:id": ident, "n": str(page)})
