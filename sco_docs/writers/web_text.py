"""Running text in HTML: sentences with the ids that TEI has, notes, pages, variants and artefacts marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from sco_docs.model import Change, Note, Segment, Text
from sco_docs.writers.markup import legal


@dataclass(frozen=True, slots=True)
class Mark:
    """``[start, end)`` of a text is shown as ``css``; ``title`` says why; ``target`` is an id on the page."""

    start: int
    end: int
    css: str
    title: str
    target: str = ""


@dataclass(slots=True)
class Page:
    """What has been called and shown so far of one file; ``prefix`` keeps its notes apart from those of others."""

    notes: Mapping[str, Note]
    labels: tuple[str | None, ...] = ()
    called: list[str] = field(default_factory=list)
    page: int = 0
    prefix: str = ""
    shown: int = 0


def paragraph(
    text: Text,
    page: Page,
    segments: Iterable[tuple[Segment, str, str]] = (),
    marks: Iterable[Mark] = (),
    *,
    pages: bool = True,
) -> Markup:
    """Return a text as HTML; ``segments`` come with their id and the ids of their counterparts."""
    marks = (*marks, *(_changed(change) for change in text.changes))
    spans = tuple(segments) or ()
    points = _points(text, page, pages)
    edges = {0, len(text.text), *points}
    for segment, _, _ in spans:
        edges |= {segment.start, segment.end}
    for mark in marks:
        edges |= {mark.start, mark.end}
    ordered = sorted(edge for edge in edges if 0 <= edge <= len(text.text))
    html = Markup()
    for start, end in zip(ordered, [*ordered[1:], None], strict=True):
        html += Markup().join(Markup("</span>") for segment, _, _ in spans if segment.end == start != segment.start)
        for where, piece in points.get(start, ()):
            if where == "note":
                html += piece
        html += Markup().join(
            _open(ident, links) for segment, ident, links in spans if segment.start == start != segment.end
        )
        for where, piece in points.get(start, ()):
            if where == "page":
                html += piece
        if end is not None:
            html += _run(text.text[start:end], [m for m in marks if m.start <= start and end <= m.end])
    return html


def _open(ident: str, links: str) -> Markup:
    return Markup('<span class="s" id="{}" data-c="{}">').format(ident, links)


def _run(text: str, marks: list[Mark]) -> Markup:
    html = escape(legal(text))
    for mark in marks:
        if mark.target:
            html = Markup('<a class="{}" title="{}" href="#{}">{}</a>').format(mark.css, mark.title, mark.target, html)
        else:
            html = Markup('<span class="{}" title="{}">{}</span>').format(mark.css, mark.title, html)
    return html


def _changed(change: Change) -> Mark:
    printed = legal(change.printed)
    points = " ".join(f"U+{ord(char):04X}" for char in printed)
    return Mark(
        change.start, change.end, "changed", f"printed: {printed} ({points}), {change.kind}" if printed else change.kind
    )


def _points(text: Text, page: Page, pages: bool) -> dict[int, list[tuple[str, Markup]]]:
    found: dict[int, list[tuple[str, Markup]]] = {}
    for line in text.lines if pages else ():
        if line.place.page != page.page:
            page.page = line.place.page
            label = page_label(page.labels, line.place.page)
            html = Markup('<span class="pb" title="page {} of the source">{}</span>').format(label, label)
            found.setdefault(line.offset, []).append(("page", html))
    for mark in text.notes:
        note = page.notes.get(mark.note)
        if note is not None:
            found.setdefault(mark.offset, []).append(("note", call(page, note)))
    return found


def page_label(labels: Sequence[str | None], number: int) -> str:
    """Return the number printed on a page, or its number in the file where none is printed."""
    label = labels[number - 1] if 0 < number <= len(labels) else None
    return label or str(number)


def call(page: Page, note: Note) -> Markup:
    """Return the link to a printed note; the first call of a note is where its way back leads."""
    first = note.id not in page.called
    if first:
        page.called.append(note.id)
    number = f"{page.prefix}{page.called.index(note.id) + 1}"
    ident = Markup(' id="call-{}"').format(number) if first else Markup()
    return Markup('<a class="call" role="doc-noteref" href="#note-{}"{}>{}</a>').format(
        number, ident, legal(note.label)
    )
