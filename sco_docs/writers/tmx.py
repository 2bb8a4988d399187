"""Translation memory: TMX 1.4b (LISA, April 2005), a unit for each bead of every alignment."""

from __future__ import annotations

from collections.abc import Iterator

from sco_docs import __version__
from sco_docs.model import AgreementEdition, Alignment, Bead, Version
from sco_docs.writers.markup import Markup, indent, serialise
from sco_docs.writers.tei_ids import segment_id
from sco_docs.writers.tei_links import alignments


def write(item: AgreementEdition) -> bytes:
    """Return the aligned segments of an agreement as UTF-8 TMX; omissions have no unit, for TMX needs two sides."""
    base = item.versions[0]
    markup = Markup()
    header = {
        "creationtool": "sco_docs",
        "creationtoolversion": __version__,
        "segtype": "sentence",
        "o-tmf": "TEI",
        "adminlang": "en",
        "srclang": base.language,
        "datatype": "plaintext",
    }
    with markup.element("tmx", {"version": "1.4"}):
        markup.leaf("header", "", header)
        with markup.element("body"):
            for a, b, bead in beads(item):
                if bead.a and bead.b:
                    _unit(markup, a, b, bead)
    root = markup.close()
    indent(root, frozenset(("tmx", "body", "tu")))
    return serialise(root)


def beads(item: AgreementEdition) -> Iterator[tuple[Version, Version, Bead]]:
    """Yield every bead with its two versions."""
    versions = {version.siglum: version for version in item.versions}
    for alignment in alignments(item):
        yield from _of(alignment, versions)


def _of(alignment: Alignment, versions: dict[str, Version]) -> Iterator[tuple[Version, Version, Bead]]:
    if alignment.a in versions and alignment.b in versions:
        for bead in alignment.beads:
            yield versions[alignment.a], versions[alignment.b], bead


def joined(version: Version, indices: tuple[int, ...]) -> str:
    """Return the segments of one side as one text, with a blank between them where the language has blanks."""
    glue = "" if version.language.split("-")[0] in ("zh", "ja") else " "
    return glue.join(version.segments[index].text.strip() for index in indices)


def _unit(markup: Markup, a: Version, b: Version, bead: Bead) -> None:
    sides = ((a, bead.a), (b, bead.b))
    ident = "+".join("_".join(segment_id(v.siglum, v.segments[i]) for i in indices) for v, indices in sides)
    with markup.element("tu", {"tuid": ident}):
        markup.leaf("prop", f"{bead.score:.4g}", {"type": "score"})
        for version, indices in sides:
            with markup.element("tuv", {"xml:lang": version.language}):
                markup.leaf("seg", joined(version, indices))
