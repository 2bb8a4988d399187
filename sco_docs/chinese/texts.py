"""Cut and join ``Text`` without losing where a character was printed, how, and which notes it carries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sco_docs.model import LineStart, Place, Text


def plain(text: str, place: Place | None = None) -> Text:
    """Return ``text`` as a ``Text``, printed at ``place`` if that is known."""
    return Text(text, (LineStart(0, place),) if place else ())


def place_at(text: Text, offset: int) -> Place | None:
    """Return the place on the page of the character at ``offset``, or ``None`` where it is not known."""
    start = None
    for line in text.lines:
        if line.offset > offset:
            break
        start = line
    if start is None:
        return None
    return replace(start.place, offset=start.place.offset + offset - start.offset)


def slice_text(text: Text, start: int, end: int | None = None) -> Text:
    """Return ``text[start:end]`` with its lines, changes and notes; a change that is cut through stays whole on
    the side where it begins, and a note goes with the character before its marker, which it annotates."""
    size = len(text.text)
    end = size if end is None else min(end, size)
    first = place_at(text, start)
    lines = tuple(LineStart(line.offset - start, line.place) for line in text.lines if start < line.offset < end)
    if first is not None:
        lines = (LineStart(0, first), *lines)
    return Text(
        text.text[start:end],
        lines,
        tuple(
            replace(change, start=change.start - start, end=min(change.end, end) - start)
            for change in text.changes
            if start <= change.start and (change.start < end or change.start == change.end == end == size)
        ),
        tuple(
            replace(note, offset=note.offset - start)
            for note in text.notes
            if start < note.offset <= end or note.offset == start == 0
        ),
    )


def strip_text(text: Text) -> Text:
    """Return ``text`` without white space at both ends; a note that stood in the white space moves to its edge."""
    body = text.text.strip()
    if body == text.text:
        return text
    start = text.text.find(body)
    end = start + len(body)
    kept = slice_text(text, start, end)
    notes = tuple(replace(note, offset=min(max(note.offset - start, 0), len(body))) for note in text.notes)
    return replace(kept, notes=notes)


def join_texts(parts: Iterable[Text], glue: str = "") -> Text:
    """Return the parts one after another with ``glue`` between them."""
    pieces: list[str] = []
    lines: list[LineStart] = []
    changes, notes = [], []
    offset = 0
    for part in parts:
        if pieces and glue:
            pieces.append(glue)
            offset += len(glue)
        lines += [LineStart(line.offset + offset, line.place) for line in part.lines]
        changes += [replace(c, start=c.start + offset, end=c.end + offset) for c in part.changes]
        notes += [replace(n, offset=n.offset + offset) for n in part.notes]
        pieces.append(part.text)
        offset += len(part.text)
    return Text("".join(pieces), tuple(lines), tuple(changes), tuple(notes))
