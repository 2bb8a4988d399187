"""Our own TEI back into the model. Nothing that the file points to is opened, nothing is resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from sco_docs.errors import SourceError
from sco_docs.model import (
    Agreement,
    AgreementEdition,
    Alignment,
    Artefact,
    Bead,
    Division,
    Edition,
    Furniture,
    Layout,
    Place,
    Problem,
    Provision,
    Reading,
    RegisterEntry,
    Segment,
    Signatory,
    Source,
    Text,
    Thesis,
    TitlePage,
    Variant,
    Version,
)
from sco_docs.readers.tei_text import TEI, XML, Sheets, kind_of, place_of, read_note, read_text, tag

_FURNITURE = {"header": "head", "footer": "foot", "pageNum": "page_number", "watermark": "watermark"}


def parse(content: bytes, name: str = "the file") -> etree._Element:
    """Return the root of a TEI file.

    Refused with ``SourceError``, before anything is expanded: a document type (and with it every entity),
    what is no XML, and what is no TEI.
    """
    if b"<!DOCTYPE" in content.replace(b"\0", b""):
        raise SourceError(f"{name}: has a document type declaration, which is refused; remove it.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(f"{name}: is not well-formed XML ({error}).") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise SourceError(f"{name}: has a document type declaration, which is refused; remove it.")
    if tag(root) != "TEI":
        raise SourceError(f"{name}: is not TEI; its root is {root.tag}.")
    return root


def read_tei(content: bytes, name: str = "the file") -> tuple[Edition, tuple[Problem, ...]]:
    """Return the edition of one agreement as its TEI file has it: all versions, notes, links and variants.

    Of the thesis only what the header says is there. Raises ``SourceError`` (see ``parse``).
    """
    root = parse(content, name)
    kinds = {c.get(f"{XML}id", ""): _words(c) for c in root.iter(f"{TEI}category")}
    sheets = Sheets(kinds)
    source = _source(root)
    versions, artefacts = _versions(root, sheets, source)
    if not versions:
        problem = Problem("tei-without-versions", "error", f"{name} has no version of an agreement.")
        return Edition(source, Layout(()), Thesis(_title_page(root), (), (), (), (), ()), ()), (problem,)
    artefacts += _loose_artefacts(root, sheets, versions[0].agreement.n)
    item = AgreementEdition(versions, _alignments(root, versions), _variants(root, sheets, versions), artefacts)
    last = max(sheets.labels, default=0)
    layout = Layout(
        (),
        tuple(sheets.notes.values()),
        tuple(Furniture(_FURNITURE[kind], text, at) for kind, text, at in sheets.furniture),  # type: ignore[arg-type]
        tuple(sheets.labels.get(page) for page in range(1, last + 1)),
    )
    register = _register(root, versions[0].agreement.n)
    return Edition(source, layout, Thesis(_title_page(root), (), (), (), (), ()), (item,), register=register), ()


def _words(element: etree._Element | None) -> str:
    return "".join(element.itertext()).strip() if element is not None else ""


def _find(element: etree._Element, path: str) -> etree._Element | None:
    return element.find("/".join(f"{TEI}{step}" if step[0].isalpha() else step for step in path.split("/")))


def _all(element: etree._Element, path: str) -> list[etree._Element]:
    return element.findall("/".join(f"{TEI}{step}" if step[0].isalpha() else step for step in path.split("/")))


def _bibl(root: etree._Element, kind: str) -> etree._Element | None:
    return next((b for b in root.iter(f"{TEI}biblStruct") if b.get("type") == kind), None)


def _of_type(parent: etree._Element | None, path: str, kind: str | None) -> list[str]:
    return [e.text or "" for e in _all(parent, path) if e.get("type") == kind] if parent is not None else []


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
        found = [e for e in _all(bibl, path) if (e.get(f"{XML}lang") == "en") is english and e.get("type") != "file"]
        return found[0].text if found else None

    institution = _find(bibl, "monogr/imprint/publisher")
    date = _find(bibl, "monogr/imprint/date")
    return TitlePage(
        title=by_language("monogr/title", False),
        title_en=by_language("monogr/title", True),
        author=by_language("monogr/author", False),
        author_en=by_language("monogr/author", True),
        institution=institution.text if institution is not None else None,
        date=date.text if date is not None else None,
    )


def _register(root: etree._Element, n: int) -> tuple[RegisterEntry, ...]:
    bibl = _bibl(root, "treaty")
    ident = _first(_of_type(bibl, "monogr/idno", "register"))
    if bibl is None or ident is None:
        return ()
    translated = {e.get(f"{XML}lang"): e.text for e in _all(bibl, "monogr/title") if e.get("type") == "translated"}
    entry = RegisterEntry(
        ident,
        tuple(_of_type(bibl, "monogr/title", "named")),
        _first([e.text for e in _all(bibl, "monogr/imprint/date") if e.text]),
        tuple(e.text or "" for e in _all(bibl, "monogr/author/orgName")),
        _first([e.text or "" for e in _all(bibl, "monogr/imprint/pubPlace")]),
        (),
        n,
        translated.get("en"),
        translated.get("ru"),
        _first(_of_type(bibl, "monogr/idno", "citation-key")) or "",
    )
    return (entry,)


def _versions(
    root: etree._Element, sheets: Sheets, source: Source
) -> tuple[tuple[Version, ...], tuple[Artefact, ...]]:
    witnesses = {w.get(f"{XML}id"): w for w in root.iter(f"{TEI}witness")}
    n = root.get("n", "0")
    versions: list[Version] = []
    artefacts: tuple[Artefact, ...] = ()
    for div in _all(root, "text/body/div"):
        witness = witnesses.get(div.get("corresp", "").removeprefix("#"))
        if div.get("type") != "version" or witness is None:
            continue
        version, found = _version(root, div, witness, replace_page(sheets, source, witness), int(n) if n.isdecimal() else 0)
        versions.append(version)
        artefacts += found
    return tuple(versions), artefacts


def replace_page(sheets: Sheets, source: Source, witness: etree._Element) -> Sheets:
    """Return the sheets for a version; page labels and running heads are those of the source alone."""
    if _first(_of_type(_find(witness, "bibl"), "idno", "file")) == source.name:
        sheets.page = 0
        return sheets
    return Sheets(sheets.kinds)


def _version(
    root: etree._Element, div: etree._Element, witness: etree._Element, sheets: Sheets, n: int
) -> tuple[Version, tuple[Artefact, ...]]:
    body = _Body(sheets)
    body.read(div)
    pointer = f"#{witness.get(f'{XML}id')}"
    bibl = _find(witness, "bibl")
    scope = _find(witness, "bibl/biblScope")
    place = _find(witness, "bibl/placeName")
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
        signatories=_signatories(root, pointer),
        date_line=body.one("date"),
        date_heading=_first(_of_type(bibl, "date", "heading")),
        date_signed=_first(_of_type(bibl, "date", "signed")),
        place_signed=place.text if place is not None else None,
        notes=tuple(dict.fromkeys(body.note_keys)),
        source_url=_first(_of_type(bibl, "idno", "url")),
        pages=pages,
        provisions=_provisions(root, sheets, pointer),
    )
    derived = _first(_of_type(bibl, "idno", "converted-from"))
    file = _first(_of_type(bibl, "idno", "file")) or ""
    version = Version(div.get("n", ""), language, agreement, tuple(body.segments), file, derived)
    return version, tuple(replace(artefact, agreement=n) for artefact in body.artefacts)


class _Body:
    """The texts of a version, by unit, in the order of the file."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self._texts: dict[str, list[Text]] = {}
        self.divisions: list[Division] = []
        self.segments: list[Segment] = []
        self.artefacts: list[Artefact] = []
        self.note_keys: list[str] = []

    def one(self, unit: str) -> Text | None:
        return next(iter(self._texts.get(unit, ())), None)

    def many(self, unit: str) -> tuple[Text, ...]:
        return tuple(self._texts.get(unit, ()))

    def read(self, div: etree._Element) -> None:
        for child in div:
            name, kind = tag(child), child.get("type")
            if name == "head" and kind in ("appendix", "title"):
                self._keep(child, kind)
            elif name == "argument":
                self._paragraphs(child, "lead")
            elif name == "div" and kind in ("preamble", "closing"):
                self._paragraphs(child, kind)
            elif name == "div":
                self.divisions.append(self._division(child))
            elif name == "closer":
                self._closer(child)
            elif name == "note":
                note = read_note(child, self._sheets)
                self._sheets.notes[note.id] = note
                self.note_keys.append(note.id)
        self.segments.sort(key=_unit_order(self.divisions))

    def _keep(self, element: etree._Element, unit: str) -> None:
        texts = self._texts.setdefault(unit, [])
        texts.append(self._text(element, unit, "p", len(texts)))

    def _text(self, element: etree._Element, unit: str, part: str, paragraph: int) -> Text:
        read = read_text(element, self._sheets)
        self.artefacts += read.artefacts
        self.note_keys += [mark.note for mark in read.text.notes]
        for ident, start, end in read.segments:
            words = read.text.text[start:end]
            self.segments.append(Segment(ident, unit, part, paragraph, start, end, words))  # type: ignore[arg-type]
        return read.text

    def _paragraphs(self, parent: etree._Element, unit: str) -> None:
        for element in _printed_paragraphs(parent):
            self._keep(element, unit)

    def _closer(self, closer: etree._Element) -> None:
        for child in closer:
            if tag(child) == "signed":
                self._keep(child, "signatures")
            elif tag(child) == "dateline":
                self._keep(child, "date")

    def _division(self, div: etree._Element) -> Division:
        ident = div.get("n", "")
        label, heading = Text(""), None
        head = _find(div, "head")
        if head is not None:
            element = _find(head, "label")
            if element is not None:
                label = self._text(element, ident, "label", 0)
                if len(head) > 1:
                    head.remove(element)
                    heading = self._text(head, ident, "heading", 0)
        paragraphs = [self._text(p, ident, "p", number) for number, p in enumerate(_printed_paragraphs(div))]
        children = [self._division(child) for child in _all(div, "div")]
        return Division(ident, label, _number(div, ident), heading, tuple(paragraphs), tuple(children))


def _unit_order(divisions: list[Division]):  # type: ignore[no-untyped-def]
    """Return the order of segments: by unit as in the document; within one as they stand."""

    def ids(items: tuple[Division, ...] | list[Division]) -> Iterator[str]:
        for item in items:
            yield item.id
            yield from ids(item.children)

    order = ["title", "lead", "preamble", *ids(divisions), "closing", "signatures", "date"]
    ranks = {unit: rank for rank, unit in enumerate(order)}
    return lambda segment: ranks.get(segment.unit, 0)


def _printed_paragraphs(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if tag(child) == "p":
            yield child
        elif tag(child) == "list":
            yield from _all(child, "item")


def _number(div: etree._Element, ident: str) -> int | None:
    given = div.get("subtype")
    if given is not None:
        return int(given.rpartition("-")[2]) if given.startswith("number-") else None
    last = ident.rpartition(".")[2]
    return int(last) if last.isdecimal() else None


def _signatories(root: etree._Element, pointer: str) -> tuple[Signatory, ...]:
    people = [
        person
        for group in root.iter(f"{TEI}listPerson")
        if group.get("type") == "signatories" and group.get("corresp") == pointer
        for person in group
    ]

    def field(person: etree._Element, path: str) -> str | None:
        found = _find(person, path)
        return None if found is None else found.text or ""

    return tuple(
        Signatory(
            field(person, "affiliation/orgName"),
            field(person, "occupation"),
            field(person, "persName"),
            field(person, "note"),
            place_of(person.get("n")) or Place(0),
        )
        for person in people
    )


def _provisions(root: etree._Element, sheets: Sheets, pointer: str) -> tuple[Provision, ...]:
    items = [
        item
        for group in root.iter(f"{TEI}list")
        if group.get("type") == "provisions" and group.get("corresp") == pointer
        for item in group
    ]
    return tuple(
        Provision(
            kind_of(item, sheets),  # type: ignore[arg-type]
            _words(_find(item, "label")),
            _words(_find(item, "quote")),
            place_of(item.get("n")) or Place(0),
        )
        for item in items
    )


def _loose_artefacts(root: etree._Element, sheets: Sheets, n: int) -> tuple[Artefact, ...]:
    found = []
    for item in (i for group in root.iter(f"{TEI}list") if group.get("type") == "artefacts" for i in group):
        choice = _find(item, "choice")
        if choice is None:
            continue
        start, _, end = choice.get("n", "0-0").partition("-")
        kind, certainty = kind_of(item, sheets), float(choice.get("cert", "0"))
        sic, corr = (_find(choice, name) for name in ("sic", "corr"))
        words = [e.text or "" if e is not None else "" for e in (sic, corr)]
        place = place_of(item.get("n"))
        found.append(Artefact(int(start), int(end), *words, kind, certainty, n, place))  # type: ignore[arg-type]
    return tuple(found)


def _alignments(root: etree._Element, versions: tuple[Version, ...]) -> tuple[Alignment, ...]:
    places: dict[str, tuple[str, int]] = {}
    sigla = {div.get(f"{XML}id"): div.get("n", "") for div in _all(root, "text/body/div")}
    for div in _all(root, "text/body/div"):
        indices = {s.id: i for v in versions if v.siglum == div.get("n") for i, s in enumerate(v.segments)}
        for seg in div.iter(f"{TEI}seg"):
            places[f"#{seg.get(f'{XML}id')}"] = (div.get("n", ""), indices[seg.get("n", "")])
    found = []
    for group in root.iter(f"{TEI}linkGrp"):
        a, b = (sigla.get(pointer.removeprefix("#"), "") for pointer in group.get("domains", "").split())
        beads = tuple(_bead(link, a, b, places) for link in group)
        found.append(Alignment(a, b, beads))
    return tuple(found)


def _bead(link: etree._Element, a: str, b: str, places: Mapping[str, tuple[str, int]]) -> Bead:
    count = int((re.fullmatch(r"m(\d+)-\d+", link.get("type", "m0-0")) or ["", "0"])[1])
    ends = [places[pointer] for pointer in link.get("target", "").split() if pointer in places]
    score = float(link.get("cert") or link.get("n") or "0")
    return Bead(tuple(i for _, i in ends[:count]), tuple(i for _, i in ends[count:]), score)


def _variants(root: etree._Element, sheets: Sheets, versions: tuple[Version, ...]) -> tuple[Variant, ...]:
    sigla = {f"#{w.get(f'{XML}id')}": w.get("n", "") for w in root.iter(f"{TEI}witness")}
    found = []
    for app in root.iter(f"{TEI}app"):
        readings = tuple(_reading(rdg, sigla) for rdg in app)
        found.append(Variant(kind_of(app, sheets), readings))  # type: ignore[arg-type]
    return tuple(found)


def _reading(rdg: etree._Element, sigla: Mapping[str, str]) -> Reading:
    words = re.fullmatch(r"#string-range\((.*),(\d+),(\d+)\)", rdg.get("corresp", ""))
    target, start, length = (words[1], int(words[2]), int(words[3])) if words else ("", 0, 0)
    witness = rdg.get("wit", "")
    segment = target.removeprefix(f"{witness.removeprefix('#')}.")
    return Reading(sigla.get(witness, ""), segment, start, start + length, rdg.text or "")
