"""What stands apart from the text: names, signatories, provisions, alignment, apparatus, editor's notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sco_docs.model import (
    AgreementEdition,
    Alignment,
    Artefact,
    Bead,
    Edition,
    Place,
    Reading,
    Signatory,
    TextRange,
    Variant,
    Version,
)
from sco_docs.writers.markup import Markup
from sco_docs.writers.pieces import reading_spans
from sco_docs.writers.tei_header import authors
from sco_docs.writers.tei_ids import name, name_part, segment_id, text_id, witness_id
from sco_docs.writers.tei_links import alignments
from sco_docs.writers.tei_names import Bearer, Names, named
from sco_docs.writers.tei_text import category

_LISTS = (
    ("listPerson", "person", "persName", ("person",)),
    ("listOrg", "org", "orgName", ("state", "org")),
    ("listPlace", "place", "placeName", ("place",)),
)


def write_standoff(
    markup: Markup, edition: Edition, item: AgreementEdition, elsewhere: Iterable[Artefact], names: Names
) -> None:
    """Write the ``standOff`` of an agreement (TEI P5, 16.10 The standOff Container)."""
    with markup.element("standOff"):
        _names(markup, item, names)
        for version in item.versions:
            _signatories(markup, version)
            _provisions(markup, version)
        for alignment in alignments(item):
            _alignment(markup, item, alignment)
        _apparatus(markup, item)
        _artefacts(markup, elsewhere)
        _comments(markup, edition, item)


def write_names(markup: Markup, item: AgreementEdition, names: Names) -> None:
    """Write a ``standOff`` with the names of the versions alone."""
    if named(item, names) or any(v.agreement.signatories for v in item.versions):
        with markup.element("standOff"):
            _names(markup, item, names)
            for version in item.versions:
                _signatories(markup, version)


def has_standoff(edition: Edition, item: AgreementEdition, elsewhere: Iterable[Artefact], names: Names) -> bool:
    """Return whether anything stands apart from the text."""
    return bool(
        any(comment.agreement == item.versions[0].agreement.n for comment in edition.comments)
        or alignments(item)
        or item.variants
        or tuple(elsewhere)
        or named(item, names)
        or any(v.agreement.signatories or v.agreement.provisions for v in item.versions)
    )


def at(place: Place | None) -> str | None:
    """Return a place as ``page:line:offset``."""
    return f"{place.page}:{place.line}:{place.offset}" if place else None


def _names(markup: Markup, item: AgreementEdition, names: Names) -> None:
    found = named(item, names)
    for group, single, tag, kinds in _LISTS:
        here = [bearer for bearer in found if bearer.kind in kinds]
        if here:
            with markup.element(group, {"type": "names"}):
                for bearer in here:
                    _bearer(markup, single, tag, bearer)


def _bearer(markup: Markup, single: str, tag: str, bearer: Bearer) -> None:
    with markup.element(single, {"xml:id": bearer.id}):
        for language, forms in bearer.forms:
            for number, form in enumerate(forms):
                markup.leaf(tag, form, {"type": "variant" if number else "main", "xml:lang": language})


def _signatories(markup: Markup, version: Version) -> None:
    if not version.agreement.signatories:
        return
    siglum = name(version.siglum)
    with markup.element("listPerson", {"type": "signatories", "corresp": f"#{witness_id(version.siglum)}"}):
        for number, signatory in enumerate(version.agreement.signatories, 1):
            with markup.element("person", {"xml:id": f"{siglum}.s{number}", "n": at(signatory.place)}):
                _signatory(markup, signatory, version.language)


def _signatory(markup: Markup, signatory: Signatory, language: str) -> None:
    if signatory.name is not None:
        markup.leaf("persName", signatory.name, {"xml:lang": language})
    if signatory.party is not None:
        with markup.element("affiliation"):
            markup.leaf("orgName", signatory.party)
    if signatory.capacity is not None:
        markup.leaf("occupation", signatory.capacity)
    if signatory.mark is not None:
        markup.leaf("note", signatory.mark, {"type": "mark"})


def _provisions(markup: Markup, version: Version) -> None:
    if not version.agreement.provisions:
        return
    with markup.element("list", {"type": "provisions", "corresp": f"#{witness_id(version.siglum)}"}):
        for provision in version.agreement.provisions:
            with markup.element("item", {"ana": category(provision.kind), "n": at(provision.place)}):
                markup.leaf("label", provision.value)
                markup.leaf("quote", provision.text)


def _alignment(markup: Markup, item: AgreementEdition, alignment: Alignment) -> None:
    versions = {version.siglum: version for version in item.versions}
    a, b = versions.get(alignment.a), versions.get(alignment.b)
    if a is None or b is None or not alignment.beads:
        return
    attributes = {
        "type": "alignment",
        "domains": f"#{text_id(a.siglum)} #{text_id(b.siglum)}",
        "targFunc": f"{name(a.siglum)} {name(b.siglum)}",
    }
    with markup.element("linkGrp", attributes):
        for bead in alignment.beads:
            markup.leaf("link", "", _link(a, b, bead))


def _link(a: Version, b: Version, bead: Bead) -> dict[str, str | None]:
    ends = [f"#{segment_id(a.siglum, a.segments[i])}" for i in bead.a] or [f"#{text_id(a.siglum)}"]
    ends += [f"#{segment_id(b.siglum, b.segments[j])}" for j in bead.b] or [f"#{text_id(b.siglum)}"]
    score = repr(float(bead.score))
    sure = 0 <= bead.score <= 1
    return {
        "type": f"m{len(bead.a)}-{len(bead.b)}",
        "target": " ".join(ends),
        "cert": score if sure else None,
        "n": None if sure else score,
    }


def _apparatus(markup: Markup, item: AgreementEdition) -> None:
    if not item.variants:
        return
    with markup.element("listApp", {"type": "variants"}):
        versions = {version.siglum: version for version in item.versions}
        for variant in item.variants:
            _app(markup, variant, versions)


def _app(markup: Markup, variant: Variant, versions: Mapping[str, Version]) -> None:
    """One entry; a reading points to its words in each segment by TEI's ``string-range`` scheme (16.2.4)."""
    with markup.element("app", {"type": slug_type(variant.kind), "ana": category(variant.kind)}):
        for number, reading in enumerate(variant.readings):
            attributes = {
                "wit": f"#{witness_id(reading.siglum)}",
                "corresp": _words(versions.get(reading.siglum), reading),
            }
            markup.leaf("rdg" if number else "lem", reading.text, attributes)


def slug_type(kind: str) -> str:
    """Return a kind as a value of ``@type``, which takes no blank."""
    return kind.replace(" ", "-")


def _words(version: Version | None, reading: Reading) -> str:
    if version is None:
        return f"#{witness_id(reading.siglum)}"
    spans = reading_spans(version, reading)
    found = (f"#string-range({segment_id(version.siglum, s)},{start},{end - start})" for s, start, end in spans)
    return " ".join(found) or f"#{text_id(version.siglum)}"


def _artefacts(markup: Markup, artefacts: Iterable[Artefact]) -> None:
    """Write the artefacts that could not be shown in the text itself."""
    artefacts = tuple(artefacts)
    if not artefacts:
        return
    with markup.element("list", {"type": "artefacts"}):
        for artefact in artefacts:
            span = f"{artefact.start}-{artefact.end}"
            with (
                markup.element("item", {"ana": category(artefact.kind), "n": at(artefact.place)}),
                markup.element("choice", {"cert": repr(artefact.confidence), "n": span}),
            ):
                markup.leaf("sic", artefact.text)
                markup.leaf("corr", artefact.suggestion)


def _comments(markup: Markup, edition: Edition, item: AgreementEdition) -> None:
    """Write the editor's notes; each points to its words, one that lost them to the nearest ones."""
    n = item.versions[0].agreement.n
    ids = {author: ident for ident, author in authors(edition, n)}
    versions = {version.siglum: version for version in item.versions}
    for comment in (c for c in edition.comments if c.agreement == n):
        note = comment.note
        version = versions.get(comment.siglum or "")
        attributes = {
            "type": "editorial",
            "subtype": None if comment.found else "unanchored",
            "xml:id": f"note.{name_part(note.id)}",
            "n": note.id,
            "resp": f"#{ids[note.author]}" if note.author else None,
            "target": " ".join(comment_targets(version, comment.ranges)) if version else None,
        }
        with markup.element("note", attributes):
            for tag, text in (
                ("unit", note.unit),
                ("prefix", note.prefix),
                ("exact", note.exact),
                ("suffix", note.suffix),
            ):
                if text:
                    markup.leaf("quote", text, {"type": tag})
            for paragraph in note.body.split("\n\n"):
                markup.leaf("p", paragraph)


def comment_targets(version: Version, ranges: Iterable[TextRange]) -> list[str]:
    """Return pointers to the words of each segment that the ranges touch; to the whole text if to none."""
    found = []
    for where in ranges:
        for segment in version.segments:
            if (segment.unit, segment.part, segment.paragraph) == (where.unit, where.part, where.paragraph):
                start, end = max(where.start, segment.start), min(where.end, segment.end)
                if start < end:
                    target = segment_id(version.siglum, segment)
                    found.append(f"#string-range({target},{start - segment.start},{end - start})")
    return found or [f"#{text_id(version.siglum)}"]


def kinds(item: AgreementEdition) -> dict[str, tuple[str, ...]]:
    """Return the kinds that the file uses: of variants, artefacts and provisions."""
    groups: dict[str, set[str]] = {
        "variants": {variant.kind for variant in item.variants},
        "artefacts": {artefact.kind for artefact in item.artefacts},
        "provisions": {p.kind for version in item.versions for p in version.agreement.provisions},
    }
    return {group: tuple(sorted(found)) for group, found in groups.items()}
