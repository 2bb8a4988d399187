"""The text of each version: sibling divisions in one body, units and segments linked both ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sco_docs.model import Agreement, Artefact, Division, Segment, Text, Version
from sco_docs.writers.markup import Markup
from sco_docs.writers.pieces import Piece, pieces
from sco_docs.writers.tei_artefacts import Address, correction
from sco_docs.writers.tei_ids import name, segment_id, text_id, unit_id, when, witness_id
from sco_docs.writers.tei_names import Names, find
from sco_docs.writers.tei_text import Flow, Range, write, write_note


@dataclass(frozen=True, slots=True)
class Context:
    """What the writing of one version needs: its segments by address, its links, its artefacts."""

    markup: Markup
    version: Version
    flow: Flow
    links: Mapping[str, tuple[str, ...]]
    artefacts: Mapping[Address, tuple[Artefact, ...]]
    segments: Mapping[Address, tuple[Segment, ...]]
    names: Names
    titles: Mapping[Address, tuple[Range, ...]] = field(default_factory=dict)
    apparatus: Mapping[Address, tuple[Range, ...]] = field(default_factory=dict)


def by_address(version: Version) -> dict[Address, tuple[Segment, ...]]:
    """Return the segments of each text."""
    found: dict[Address, list[Segment]] = defaultdict(list)
    for segment in version.segments:
        found[segment.unit, segment.part, segment.paragraph].append(segment)
    return {key: tuple(value) for key, value in found.items()}


def write_version(ctx: Context) -> None:
    """Write the division of one version (TEI P5, 4.1 Divisions of the Body)."""
    version, agreement = ctx.version, ctx.version.agreement
    units: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces(agreement):
        units[piece.unit].append(piece)
    attributes = {
        "type": "version",
        "n": version.siglum,
        "xml:id": text_id(version.siglum),
        "xml:lang": version.language,
        "corresp": f"#{witness_id(version.siglum)}",
    }
    with ctx.markup.element("div", attributes):
        for unit in in_print_order(("appendix", "lead", "title"), units):
            _opening(ctx, unit, units[unit])
        _unit(ctx, "preamble", units["preamble"])
        for division in agreement.body:
            _division(ctx, division, "article")
        _unit(ctx, "closing", units["closing"])
        if not (agreement.preamble or agreement.body or agreement.closing):
            ctx.markup.leaf("p")
        _closer(ctx, units)
        for key in _loose_notes(agreement):
            if ctx.flow.copy:
                ctx.markup.leaf("milestone", "", {"unit": "note", "n": key})
            else:
                write_note(ctx.markup, key, ctx.flow)


def in_print_order(names: Sequence[str], units: Mapping[str, Sequence[Piece]]) -> list[str]:
    """Return those of ``names`` that have a text, in the order of the page where that is known of all."""
    there = [unit for unit in names if units.get(unit)]
    firsts = {unit: units[unit][0].text.lines[:1] for unit in there}
    if all(firsts.values()):
        there.sort(key=lambda unit: (firsts[unit][0].place.page, firsts[unit][0].place.line))
    return there


def repeated(agreement: Agreement) -> bool:
    """Return whether the title is words of the appendix heading, so that they are printed once only."""
    heading, title = agreement.appendix_title, agreement.title
    if heading is None or title is None or not title.lines:
        return False
    start = title.lines[0].place
    ends = [*(line.offset for line in heading.lines[1:]), len(heading.text)]
    return any(
        (line.place.page, line.place.line) == (start.page, start.line)
        and line.place.offset <= start.offset < line.place.offset + end - line.offset
        for line, end in zip(heading.lines, ends, strict=bool(heading.lines))
    )


def _opening(ctx: Context, unit: str, parts: Sequence[Piece]) -> None:
    if unit == "lead":
        with ctx.markup.element("argument", _unit_attributes(ctx, unit, None)):
            for piece in parts:
                _text(ctx, "p", piece)
    else:
        titled: dict[str, str | None] = {"type": unit}
        if unit == "title":
            titled = _unit_attributes(ctx, unit, unit)
            titled["subtype"] = "repeated" if repeated(ctx.version.agreement) else None
        for piece in parts:
            _text(ctx, "head", piece, titled)


def _unit(ctx: Context, unit: str, parts: Sequence[Piece]) -> None:
    if parts:
        with ctx.markup.element("div", _unit_attributes(ctx, unit, unit)):
            _paragraphs(ctx, parts)


def _division(ctx: Context, division: Division, kind: str) -> None:
    attributes = _unit_attributes(ctx, division.id, kind)
    last = division.id.rpartition(".")[2]
    if division.number != (int(last) if last.isdecimal() else None):
        attributes["subtype"] = "unnumbered" if division.number is None else f"number-{division.number}"
    label = Piece(division.id, "label", 0, division.label)
    with ctx.markup.element("div", attributes):
        with ctx.markup.element("head"):
            _text(ctx, "label", label)
            if division.heading is not None:
                write_piece(ctx, Piece(division.id, "heading", 0, division.heading))
        _paragraphs(ctx, [Piece(division.id, "p", n, text) for n, text in enumerate(division.paragraphs)])
        for child in division.children:
            _division(ctx, child, "item")


def _unit_attributes(ctx: Context, unit: str, kind: str | None) -> dict[str, str | None]:
    ident = unit_id(ctx.version.siglum, unit)
    return {"type": kind, "n": unit, "xml:id": ident, "corresp": _corresp(ctx, ident)}


def _corresp(ctx: Context, ident: str) -> str | None:
    return " ".join(f"#{other}" for other in ctx.links.get(ident, ())) or None


def _paragraphs(ctx: Context, parts: Iterable[Piece]) -> None:
    """Write paragraphs; those that begin with a dash stand together as a list."""
    run: list[Piece] = []
    for piece in parts:
        if piece.text.text.startswith(("——", "──", "– ", "— ", "- ")):
            run.append(piece)
            continue
        _dashes(ctx, run)
        run = []
        _text(ctx, "p", piece)
    _dashes(ctx, run)


def _dashes(ctx: Context, run: Sequence[Piece]) -> None:
    if run:
        with ctx.markup.element("list", {"rend": "dash"}):
            for piece in run:
                _text(ctx, "item", piece)


def _closer(ctx: Context, units: Mapping[str, Sequence[Piece]]) -> None:
    if not units.get("signatures") and not units.get("date"):
        return
    agreement = ctx.version.agreement
    with ctx.markup.element("closer", _unit_attributes(ctx, "signatures", None)):
        for unit in in_print_order(("signatures", "date"), units):
            for piece in units[unit]:
                if unit == "signatures":
                    _text(ctx, "signed", piece, {"corresp": _signers(ctx, piece.text)})
                    continue
                dateline = ctx.markup.element("dateline", _unit_attributes(ctx, unit, None))
                with dateline, ctx.markup.element("date", {"when": when(agreement.date_signed)}):
                    write_piece(ctx, piece)


def _signers(ctx: Context, text: Text) -> str | None:
    """Return pointers to the records of those who sign on the printed lines of ``text``."""
    lines = {(line.place.page, line.place.line) for line in text.lines}
    siglum = name(ctx.version.siglum)
    records = enumerate(ctx.version.agreement.signatories, 1)
    return " ".join(f"#{siglum}.s{n}" for n, s in records if (s.place.page, s.place.line) in lines) or None


def _text(ctx: Context, tag: str, piece: Piece, attributes: Mapping[str, str | None] | None = None) -> None:
    with ctx.markup.element(tag, attributes):
        write_piece(ctx, piece)


def write_piece(ctx: Context, piece: Piece) -> None:
    """Write a text with its segments, artefacts and names."""
    segments = ctx.segments.get(piece.address, ())
    artefacts = ctx.artefacts.get(piece.address, ())
    apparatus = ctx.apparatus.get(piece.address, ())
    ranges = (
        *apparatus,
        *(correction(artefact) for artefact in artefacts),
        *ctx.titles.get(piece.address, ()),
        *find(ctx.names, piece.text.text, piece.unit),
    )
    write(ctx.markup, piece.text, ctx.flow, [_segment(ctx, segment) for segment in segments], ranges)


def _segment(ctx: Context, segment: Segment) -> Range:
    ident = segment_id(ctx.version.siglum, segment)
    corresp = _corresp(ctx, ident)
    attributes = [("type", "s"), ("n", segment.id), ("xml:id", ident)]
    return Range(segment.start, segment.end, "seg", (*attributes, *([("corresp", corresp)] if corresp else [])))


def _loose_notes(agreement: Agreement) -> list[str]:
    called = {mark.note for piece in pieces(agreement) for mark in piece.text.notes}
    return [key for key in agreement.notes if key not in called]
