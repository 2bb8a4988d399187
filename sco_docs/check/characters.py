"""Characters that XML forbids: the writers drop them, so each is reported with its page and code point."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sco_docs.check.walk import texts
from sco_docs.chinese.texts import place_at
from sco_docs.model import Edition, Problem, Text

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Everything outside production 2 of XML 1.0 (section 2.2)."""


def forbidden_characters(edition: Edition) -> Iterator[Problem]:
    """Yield a problem for each character of the source that XML 1.0 cannot hold."""
    for text in _texts(edition):
        for hit in FORBIDDEN.finditer(text.text):
            yield forbidden(text, hit.start())
        for change in text.changes:
            if FORBIDDEN.search(change.printed):
                yield forbidden(text, change.start, FORBIDDEN.findall(change.printed)[0])


def forbidden(text: Text, offset: int, character: str = "") -> Problem:
    """Return the problem with the character at ``offset``, or with one that is printed there."""
    point = f"U+{ord(character or text.text[offset]):04X}"
    place = place_at(text, offset)
    where = f"page {place.page}" if place else "an unknown page"
    near = FORBIDDEN.sub("\ufffd", text.text[max(0, offset - 10) : offset + 10])
    message = f"{point} on {where} cannot stand in XML; it is left out of TEI, TMX and HTML."
    return Problem("character-forbidden", "warning", message, place, near, "Look at the page for what belongs there.")


def _texts(edition: Edition) -> Iterator[Text]:
    for block in edition.layout.blocks:
        yield block.text
        yield from block.cells
    yield from (note.text for note in edition.layout.notes)
    for item in edition.agreements:
        for version in item.versions:
            if version.derived_from is None and version.source != edition.source.name:
                yield from (text for _, text in texts(version.agreement))
