"""What stands apart from the text in our TEI: signatories, provisions, alignments, variants, artefacts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from sco_docs.model import (
    Alignment,
    AnchoredNote,
    Artefact,
    Bead,
    EditorNote,
    Place,
    Provision,
    Reading,
    Signatory,
    TextRange,
    Variant,
    Version,
)
from sco_docs.readers.tei_text import TEI, XML, Sheets, every, find, kind_of, place_of, words

_RANGE = re.compile(r"#string-range\(([^,()]+),(\d+),(\d+)\)")


def signatories(root: etree._Element, pointer: str) -> tuple[Signatory, ...]:
    """Return those who sign the version whose witness ``pointer`` names."""
    people = [
        person
        for group in root.iter(f"{TEI}listPerson")
        if group.get("type") == "signatories" and group.get("corresp") == pointer
        for person in group
    ]

    def field(person: etree._Element, path: str) -> str | None:
        found = find(person, path)
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


def provisions(root: etree._Element, sheets: Sheets, pointer: str) -> tuple[Provision, ...]:
    """Return what the text of a version says of itself."""
    items = [
        item
        for group in root.iter(f"{TEI}list")
        if group.get("type") == "provisions" and group.get("corresp") == pointer
        for item in group
    ]
    return tuple(
        Provision(
            kind_of(item, sheets),  # type: ignore[arg-type]
            words(find(item, "label")),
            words(find(item, "quote")),
            place_of(item.get("n")) or Place(0),
        )
        for item in items
    )


def loose_artefacts(root: etree._Element, sheets: Sheets, n: int) -> tuple[Artefact, ...]:
    """Return the artefacts that stand in a list, because no text shows them."""
    found = []
    for item in (i for group in root.iter(f"{TEI}list") if group.get("type") == "artefacts" for i in group):
        choice = find(item, "choice")
        if choice is None:
            continue
        start, _, end = choice.get("n", "0-0").partition("-")
        kind, certainty = kind_of(item, sheets), float(choice.get("cert", "0"))
        printed, suggested = (words(find(choice, name)) for name in ("sic", "corr"))
        place = place_of(item.get("n"))
        found.append(
            Artefact(int(start), int(end), printed, suggested, kind, certainty, n, place)  # type: ignore[arg-type]
        )
    return tuple(found)


def alignments(root: etree._Element, versions: tuple[Version, ...]) -> tuple[Alignment, ...]:
    """Return the links between the segments of two versions."""
    places: dict[str, tuple[str, int]] = {}
    sigla = {div.get(f"{XML}id"): div.get("n", "") for div in every(root, "text/body/div")}
    for div in every(root, "text/body/div"):
        indices = {s.id: i for v in versions if v.siglum == div.get("n") for i, s in enumerate(v.segments)}
        for seg in div.iter(f"{TEI}seg"):
            places[f"#{seg.get(f'{XML}id')}"] = (div.get("n", ""), indices[seg.get("n", "")])
    found = []
    for group in root.iter(f"{TEI}linkGrp"):
        a, b = (sigla.get(pointer.removeprefix("#"), "") for pointer in group.get("domains", "").split())
        beads = tuple(_bead(link, places) for link in group)
        found.append(Alignment(a, b, beads))
    return tuple(found)


def _bead(link: etree._Element, places: Mapping[str, tuple[str, int]]) -> Bead:
    count = int((re.fullmatch(r"m(\d+)-\d+", link.get("type", "m0-0")) or ["", "0"])[1])
    ends = [places[pointer] for pointer in link.get("target", "").split() if pointer in places]
    score = float(link.get("cert") or link.get("n") or "0")
    return Bead(tuple(i for _, i in ends[:count]), tuple(i for _, i in ends[count:]), score)


def variants(root: etree._Element, sheets: Sheets) -> tuple[Variant, ...]:
    """Return the apparatus."""
    sigla = {f"#{w.get(f'{XML}id')}": w.get("n", "") for w in root.iter(f"{TEI}witness")}
    found = []
    for app in root.iter(f"{TEI}app"):
        readings = tuple(_reading(rdg, sigla) for rdg in app)
        found.append(Variant(kind_of(app, sheets), readings))  # type: ignore[arg-type]
    return tuple(found)


def comments(root: etree._Element, versions: tuple[Version, ...]) -> tuple[AnchoredNote, ...]:
    """Return the editor's notes and the words that they point to."""
    segments = {
        f"{seg.get(f'{XML}id')}": (div.get("n", ""), seg.get("n", ""))
        for div in every(root, "text/body/div")
        for seg in div.iter(f"{TEI}seg")
    }
    authors = {f"#{r.get(f'{XML}id')}": words(find(r, "name")) for r in root.iter(f"{TEI}respStmt")}
    n = versions[0].agreement.n
    return tuple(
        _comment(note, n, versions, segments, authors)
        for note in every(root, "standOff/note")
        if note.get("type") == "editorial"
    )


def _comment(
    note: etree._Element,
    n: int,
    versions: tuple[Version, ...],
    segments: Mapping[str, tuple[str, str]],
    authors: Mapping[str, str],
) -> AnchoredNote:
    quotes = {quote.get("type"): quote.text or "" for quote in every(note, "quote")}
    body = "\n\n".join(words(p) for p in every(note, "p"))
    siglum: str | None = None
    ranges: list[TextRange] = []
    for pointer in note.get("target", "").split():
        hit = _RANGE.fullmatch(pointer)
        if hit is None:
            text = pointer.removeprefix("#").removesuffix(".text")
            siglum = next((v.siglum for v in versions if v.siglum == text), None)
            continue
        siglum, ident = segments.get(hit[1], ("", ""))
        segment = next(s for v in versions if v.siglum == siglum for s in v.segments if s.id == ident)
        start = segment.start + int(hit[2])
        here = TextRange(segment.unit, segment.part, segment.paragraph, start, start + int(hit[3]))
        if ranges and replace(ranges[-1], end=here.end) == replace(here, start=ranges[-1].start):
            ranges[-1] = replace(ranges[-1], end=here.end)
        else:
            ranges.append(here)
    made = EditorNote(
        id=note.get("n", ""),
        body=body,
        agreement=n,
        unit=quotes.get("unit"),
        exact=quotes.get("exact", ""),
        prefix=quotes.get("prefix", ""),
        suffix=quotes.get("suffix", ""),
        author=authors.get(note.get("resp", "")),
    )
    return AnchoredNote(made, note.get("subtype") != "unanchored", n, siglum, tuple(ranges))


def _reading(rdg: etree._Element, sigla: Mapping[str, str]) -> Reading:
    """The segment in which the reading begins; its length over all the segments that it covers."""
    pointers = [hit for p in rdg.get("corresp", "").split() if (hit := _RANGE.fullmatch(p))]
    start = int(pointers[0][2]) if pointers else 0
    length = sum(int(hit[3]) for hit in pointers)
    witness = rdg.get("wit", "")
    segment = pointers[0][1].removeprefix(f"{witness.removeprefix('#')}.") if pointers else ""
    return Reading(sigla.get(witness, ""), segment, start, start + length, rdg.text or "")
