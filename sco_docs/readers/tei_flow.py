"""The body of any TEI file as paragraphs in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from sco_docs.readers.flow import SIZE, Paragraph, Piece
from sco_docs.readers.tei_text import TEI, XML, every, tag

_PARAGRAPHS = {"head", "p", "ab", "l", "item", "cell", "signed", "dateline", "salute", "byline", "docDate", "titlePart"}
_UNREAD = {"orig", "corr", "fw", "rdg", "figDesc", "desc"}
_HEAD_SIZE = 1.25 * SIZE


def flow_of(root: etree._Element) -> tuple[list[Paragraph], list[Paragraph]]:
    """Return the paragraphs and the notes of the text; of sibling versions the first alone."""
    text = root.find(f"{TEI}text")
    if text is None:
        return [], []
    versions = [div for div in every(text, "body/div") if div.get("type") == "version"]
    start = versions[0] if versions else text
    notes: list[etree._Element] = []
    paragraphs = list(_paragraphs(start, notes, 0))
    return paragraphs, [Paragraph(_joined([Piece(f"{number} "), *_pieces(n, [])])) for number, n in enumerate(notes, 1)]


def _paragraphs(element: etree._Element, notes: list[etree._Element], depth: int) -> Iterator[Paragraph]:
    for child in element:
        name = tag(child)
        if name in _UNREAD or not name or (name == "label" and tag(element) == "list"):
            continue
        if name in _PARAGRAPHS and not any(
            tag(e) in _PARAGRAPHS - {"signed", "dateline"} for e in child.iterdescendants()
        ):
            pieces = _joined((*_label_of(child, notes), *_pieces(child, notes)))
            heading = name in ("head", "titlePart")
            yield Paragraph(pieces, _HEAD_SIZE if heading else SIZE, heading, depth if name == "item" else 0)
        elif name == "closer" and not any(tag(e) in _PARAGRAPHS for e in child):
            yield Paragraph(_joined(_pieces(child, notes)))
        else:
            yield from _paragraphs(child, notes, depth + (name in ("list", "quote")))


def _label_of(item: etree._Element, notes: list[etree._Element]) -> tuple[Piece, ...]:
    """Return the label that stands before an item of a list."""
    before = item.getprevious()
    if tag(item) != "item" or before is None or tag(before) != "label":
        return ()
    return (*_pieces(before, notes), Piece("" if _cjk(item) else " "))


def _pieces(element: etree._Element, notes: list[etree._Element]) -> Iterator[Piece]:
    yield from _words(element.text)
    for child in element:
        name = tag(child)
        if name == "note":
            notes.append(child)
            yield Piece(str(len(notes)), superscript=True)
        elif name == "lb" and child.get("break") != "no" and not _cjk(child):
            yield Piece(" ")
        elif name == "label":
            yield from _pieces(child, notes)
            yield Piece("　" if _cjk(child) else " ")
        elif name and name not in _UNREAD:
            yield from _pieces(child, notes)
        yield from _words(child.tail)


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return the pieces without a blank at the start or after another blank."""
    kept: list[Piece] = []
    for piece in pieces:
        if piece.text.strip() or (kept and not kept[-1].text[-1:].isspace()):
            kept.append(piece)
    return tuple(kept)


def _words(text: str | None) -> Iterator[Piece]:
    words = re.sub(r"[\t\r\n ]+", " ", text or "")
    if words:
        yield Piece(words)


def _cjk(element: etree._Element) -> bool:
    languages = [e.get(f"{XML}lang", "") for e in (element, *element.iterancestors())]
    return next((language for language in languages if language), "zh").startswith(("zh", "ja"))
