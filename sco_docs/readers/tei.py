"""TEI: our own back into the model, any as a source. Nothing that a file points to is opened or resolved."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from lxml import etree

from sco_docs.errors import SourceError
from sco_docs.model import (
    Agreement,
    AgreementEdition,
    Artefact,
    Edition,
    Furniture,
    Layout,
    Mention,
    Problem,
    RegisterEntry,
    Source,
    Thesis,
    TitlePage,
    Version,
)
from sco_docs.readers.flow import page_of
from sco_docs.readers.tei_body import Body
from sco_docs.readers.tei_flow import flow_of
from sco_docs.readers.tei_standoff import alignments, comments, loose_artefacts, provisions, signatories, variants
from sco_docs.readers.tei_text import TEI, XML, Sheets, every, find, tag, words

_FURNITURE = {"header": "head", "footer": "foot", "pageNum": "page_number", "watermark": "watermark"}


def read_tei(path: Path) -> tuple[Source, tuple[Problem, ...]]:
    """Return the text of any TEI file as a ``Source``; of several versions of an agreement the first.

    The reading is taken where there is a choice (``reg``, ``corr`` not: what is printed wins over a correction).
    Raises ``SourceError`` (see ``parse``).
    """
    data = path.read_bytes()
    root = parse(data, str(path))
    paragraphs, notes = flow_of(root)
    page = page_of(paragraphs, notes, 1, "tei")
    language = next((e.get(f"{XML}lang") for e in root.iter(f"{TEI}text", f"{TEI}div") if e.get(f"{XML}lang")), None)
    metadata = (("Language", language),) if language else ()
    return Source(path.name, sha256(data).hexdigest(), "application/tei+xml", (page,), metadata=metadata), ()


def parse(content: bytes, name: str = "the file") -> etree._Element:
    """Return the root of a TEI file.

    Refused with ``SourceError``, before anything is expanded: a document type (and with it every entity),
    what is no XML, and what is no TEI.
    """
    if b"<!DOCTYPE" in content.replace(b"\0", b""):
        raise SourceError(f"{name}: has a document type declaration, which is refused; remove it.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True, collect_ids=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(f"{name}: is not well-formed XML ({error}).") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise SourceError(f"{name}: has a document type declaration, which is refused; remove it.")
    if tag(root) != "TEI":
        raise SourceError(f"{name}: is not TEI; its root is {root.tag}.")
    return root


def read_edition(content: bytes, name: str = "the file") -> tuple[Edition, tuple[Problem, ...]]:
    """Return the edition of one agreement as its TEI file has it: all versions, notes, links and variants.

    Of the thesis only what the header says is there. Raises ``SourceError`` (see ``parse``).
    """
    root = parse(content, name)
    kinds = {c.get(f"{XML}id", ""): words(c).strip() for c in root.iter(f"{TEI}category")}
    sheets = Sheets(kinds)
    source = _source(root)
    versions, artefacts = _versions(root, sheets, source)
    if not versions:
        problem = Problem("tei-without-versions", "error", f"{name} has no version of an agreement.")
        return Edition(source, Layout(()), Thesis(_title_page(root), (), (), (), (), ()), ()), (problem,)
    artefacts += loose_artefacts(root, sheets, versions[0].agreement.n)
    item = AgreementEdition(versions, alignments(root, versions), variants(root, sheets), artefacts)
    last = max(sheets.labels, default=0)
    layout = Layout(
        (),
        tuple(sheets.notes.values()),
        tuple(Furniture(_FURNITURE[kind], text, at) for kind, text, at in sheets.furniture),  # type: ignore[arg-type]
        tuple(sheets.labels.get(page) for page in range(1, last + 1)),
    )
    thesis = Thesis(_title_page(root), (), (), (), (), ())
    register = _register(root, versions[0].agreement.n, sheets.mentions)
    return Edition(source, layout, thesis, (item,), register=register, comments=comments(root, versions)), ()


def _bibl(root: etree._Element, kind: str) -> etree._Element | None:
    return next((b for b in root.iter(f"{TEI}biblStruct") if b.get("type") == kind), None)


def _of_type(parent: etree._Element | None, path: str, kind: str | None) -> list[str]:
    return [e.text or "" for e in every(parent, path) if e.get("type") == kind] if parent is not None else []


def _first(values: list[str]) -> str | None:
    return values[0] if values else None


def _source(root: etree._Element) -> Source:
    bibl = _bibl(root, "thesis")
    file, checksum, form = (_first(_of_type(bibl, "monogr/idno", kind)) or "" for kind in ("file", "sha256", "format"))
    return Source(file, checksum, form, ())


def _title_page(root: etree._Element) -> TitlePage:
    bibl = _bibl(root, "thesis")
    if bibl is None:
        return TitlePage()

    def by_language(path: str, english: bool) -> str | None:
        found = [e for e in every(bibl, path) if (e.get(f"{XML}lang") == "en") is english and e.get("type") != "file"]
        return found[0].text if found else None

    institution = find(bibl, "monogr/imprint/publisher")
    date = find(bibl, "monogr/imprint/date")
    return TitlePage(
        title=by_language("monogr/title", False),
        title_en=by_language("monogr/title", True),
        author=by_language("monogr/author", False),
        author_en=by_language("monogr/author", True),
        institution=institution.text if institution is not None else None,
        date=date.text if date is not None else None,
    )


def _register(root: etree._Element, n: int, mentions: list[tuple[str, Mention]]) -> tuple[RegisterEntry, ...]:
    """Return the entry of the agreement itself, as the header has it, and those of the agreements that it names."""
    found = _own_entry(root, n)
    named = {ident: tuple(mention for key, mention in mentions if key == ident) for ident, _ in mentions}
    if found is not None:
        found = replace(found, mentions=named.pop(found.id, ()))
    others = (RegisterEntry(ident, (), None, (), None, here, None) for ident, here in named.items())
    return (*((found,) if found else ()), *others)


def _own_entry(root: etree._Element, n: int) -> RegisterEntry | None:
    bibl = _bibl(root, "treaty")
    ident = _first(_of_type(bibl, "monogr/idno", "register"))
    if bibl is None or ident is None:
        return None
    translated = {e.get(f"{XML}lang"): e.text for e in every(bibl, "monogr/title") if e.get("type") == "translated"}
    return RegisterEntry(
        ident,
        tuple(_of_type(bibl, "monogr/title", "named")),
        _first([e.text for e in every(bibl, "monogr/imprint/date") if e.text]),
        tuple(e.text or "" for e in every(bibl, "monogr/author/orgName")),
        _first([e.text or "" for e in every(bibl, "monogr/imprint/pubPlace")]),
        (),
        n,
        translated.get("en"),
        translated.get("ru"),
        _first(_of_type(bibl, "monogr/idno", "citation-key")) or "",
    )


def _versions(root: etree._Element, sheets: Sheets, source: Source) -> tuple[tuple[Version, ...], tuple[Artefact, ...]]:
    witnesses = {w.get(f"{XML}id"): w for w in root.iter(f"{TEI}witness")}
    n = root.get("n", "0")
    versions: list[Version] = []
    artefacts: tuple[Artefact, ...] = ()
    for div in every(root, "text/body/div"):
        witness = witnesses.get(div.get("corresp", "").removeprefix("#"))
        if div.get("type") != "version" or witness is None:
            continue
        own = _sheets_of(sheets, source, witness)
        version, found = _version(root, div, witness, own, int(n) if n.isdecimal() else 0)
        versions.append(version if own is sheets else replace(version, notes=tuple(own.notes.values())))
        artefacts += found
    return tuple(versions), artefacts


def _sheets_of(sheets: Sheets, source: Source, witness: etree._Element) -> Sheets:
    """Return the sheets for a version; page labels and running heads are those of the source alone."""
    if _first(_of_type(find(witness, "bibl"), "idno", "file")) == source.name:
        sheets.page = 0
        return sheets
    return Sheets(sheets.kinds)


def _version(
    root: etree._Element, div: etree._Element, witness: etree._Element, sheets: Sheets, n: int
) -> tuple[Version, tuple[Artefact, ...]]:
    body = Body(sheets)
    body.read(div)
    sheets.mentions += body.mentions
    pointer = f"#{witness.get(f'{XML}id')}"
    bibl = find(witness, "bibl")
    scope = find(witness, "bibl/biblScope")
    place = find(witness, "bibl/placeName")
    pages = (int(scope.get("from", "0")), int(scope.get("to", "0"))) if scope is not None else (0, 0)
    language = div.get(f"{XML}lang", "und")
    agreement = Agreement(
        n=n,
        id=_first(_of_type(bibl, "idno", "agreement")) or "",
        language=language,
        appendix_title=body.one("appendix"),
        title=body.one("title"),
        lead=body.many("lead"),
        preamble=body.many("preamble"),
        body=tuple(body.divisions),
        closing=body.many("closing"),
        signature_block=body.many("signatures"),
        signatories=signatories(root, pointer),
        date_line=body.one("date"),
        date_heading=_first(_of_type(bibl, "date", "heading")),
        date_signed=_first(_of_type(bibl, "date", "signed")),
        place_signed=place.text if place is not None else None,
        notes=tuple(dict.fromkeys(body.note_keys)),
        source_url=_first(_of_type(bibl, "idno", "url")),
        pages=pages,
        provisions=provisions(root, sheets, pointer),
    )
    derived = _first(_of_type(bibl, "idno", "converted-from"))
    file = _first(_of_type(bibl, "idno", "file")) or ""
    version = Version(div.get("n", ""), language, agreement, tuple(body.segments), file, derived)
    return version, tuple(replace(artefact, agreement=n) for artefact in body.artefacts)
