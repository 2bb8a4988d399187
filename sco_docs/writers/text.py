"""Reading text of an agreement in one language: Markdown that reads well as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sco_docs.model import Division, Note, Text, Version


def write(version: Version, notes: Mapping[str, Note] | None = None) -> bytes:
    """Return a version as UTF-8 Markdown (CommonMark with footnotes); ``notes`` by id, each where it is called.

    A converted version calls the notes of its source, in the script of the source.
    """
    known = notes or {}
    called: list[str] = []
    body = "\n\n".join(block for block in _blocks(version, known, called) if block)
    foot = "\n".join(f"[^{number}]: {known[key].text.text}" for number, key in enumerate(called, 1))
    return (body + "\n" + (f"\n{foot}\n" if foot else "")).encode("utf-8", "replace")


def _blocks(version: Version, notes: Mapping[str, Note], called: list[str]) -> Iterator[str]:
    agreement = version.agreement

    def inline(text: Text) -> str:
        return _with_marks(text, notes, called)

    title = agreement.title or agreement.appendix_title
    yield f"# {inline(title) if title else agreement.id}"
    yield "".join(f"*{inline(text)}*\n" for text in agreement.lead).strip()
    for text in agreement.preamble:
        yield inline(text)
    for division in agreement.body:
        yield from _division(division, 2, notes, called)
    for text in agreement.closing:
        yield inline(text)
    yield "\\\n".join(inline(text) for text in agreement.signature_block)
    if agreement.date_line is not None:
        yield inline(agreement.date_line)


def _division(division: Division, level: int, notes: Mapping[str, Note], called: list[str]) -> Iterator[str]:
    label = _with_marks(division.label, notes, called)
    paragraphs = [_with_marks(text, notes, called) for text in division.paragraphs]
    if division.heading is not None:
        yield f"{'#' * min(level, 6)} {label}　{_with_marks(division.heading, notes, called)}"
    elif division.children or (level == 2 and len(label) > 2):
        yield f"{'#' * min(level, 6)} {label}"
    else:
        first = paragraphs.pop(0) if paragraphs else ""
        yield f"{label}{first}"
    yield from paragraphs
    for child in division.children:
        yield from _division(child, level + 1, notes, called)


def _with_marks(text: Text, notes: Mapping[str, Note], called: list[str]) -> str:
    parts, position = [], 0
    for mark in text.notes:
        if mark.note in notes:
            if mark.note not in called:
                called.append(mark.note)
            parts += [text.text[position : mark.offset], f"[^{called.index(mark.note) + 1}]"]
            position = mark.offset
    return _escape("".join([*parts, text.text[position:]]))


def _escape(text: str) -> str:
    """Escape what Markdown would read as markup at the start of a block; inside, only ``*`` and ``<``."""
    text = text.replace("*", r"\*").replace("<", r"\<")
    return "\\" + text if text[:1] in "#>+-" and text else text
