"""Running text in TEI: lines, pages, notes, changes, artefacts, names and sentences at their offsets.

``orig`` and ``sic`` hold what is printed, ``reg`` and ``sic`` what is read: both texts can be taken from
the file again, character for character (TEI P5, 3.5 Simple Editorial Changes, 12.3.1 Placement of lb).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from sco_docs.model import Change, Note, Place, Text
from sco_docs.writers.markup import Attributes, Markup
from sco_docs.writers.tei_ids import name_part


@dataclass(frozen=True, slots=True)
class Branch:
    """An element beside others: ``sic`` and ``corr``, ``lem`` and ``rdg``; ``text`` is ignored where the text goes."""

    tag: str
    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Range:
    """``[start, end)`` of a text stands in ``tag``; with ``branches`` in the first of them, the others follow."""

    start: int
    end: int
    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    branches: tuple[Branch, ...] = ()


@dataclass(slots=True)
class Flow:
    """Where the writing of a version stands: what page is open, which notes have been written.

    ``running`` writes the running heads of a page; ``pointers`` finds what the text of a note points to.
    """

    prefix: str
    labels: tuple[str | None, ...] = ()
    notes: Mapping[str, Note] = field(default_factory=dict)
    pages: str = ""
    page: int = 0
    written: set[str] = field(default_factory=set)
    headed: set[int] = field(default_factory=set)
    copy: bool = False
    running: Callable[[Markup, int], None] | None = None
    pointers: Callable[[Text], Iterable[Range]] | None = None


_Event = tuple[int, int, int, Callable[[], None]]
_CLOSE, _INSERT, _CLOSE_SEGMENT, _OPEN_SEGMENT, _FIRST, _LINE, _OPEN = range(7)


def code_points(text: str) -> str:
    """Return the code points of ``text`` as ``U+F9E4 U+4E00``."""
    return " ".join(f"U+{ord(char):04X}" for char in text)


def category(kind: str) -> str:
    """Return the pointer to the category of a kind of change or artefact."""
    return f"#kind.{name_part(kind)}"


def write(markup: Markup, text: Text, flow: Flow, segments: Iterable[Range] = (), ranges: Iterable[Range] = ()) -> None:
    """Write ``text`` into the element that is open.

    ``segments`` follow one another and win over everything; a change that crosses their border is cut in two.
    A range that would cross an element is left out.
    """
    segments = tuple(segments)
    borders = {edge for segment in segments for edge in (segment.start, segment.end)}
    changes = tuple(part for change in text.changes for part in _cut(change, borders))
    size = len(text.text)
    choices = [Range(c.start, c.end, "choice") for c, _ in changes if c.end > c.start]
    kept = _nested(segments, choices, ranges, size)
    events: list[_Event] = [
        *_range_events(markup, segments, _OPEN_SEGMENT, _CLOSE_SEGMENT, size),
        *_range_events(markup, kept, _OPEN, _CLOSE, size),
        *(event for change, continued in changes for event in _change_events(markup, change, continued, size)),
    ]
    for start in text.lines:
        events.append((start.offset, _LINE, 0, _line(markup, text, start.offset, start.place, flow)))
    for number, mark in enumerate(text.notes):
        step = _FIRST if mark.offset == 0 else _INSERT
        events.append((mark.offset, step, size + number, _note(markup, mark.note, flow)))
    position = 0
    for offset, _, _, act in sorted(events, key=lambda event: event[:3]):
        here = min(max(offset, position), size)
        if here > position:
            markup.text(text.text[position:here])
        position = here
        act()
    if position < size:
        markup.text(text.text[position:])


def _cut(change: Change, borders: set[int]) -> Iterable[tuple[Change, bool]]:
    """Yield the change in parts that no segment border divides, and whether a part continues the one before it."""
    edges = [change.start, *sorted(b for b in borders if change.start < b < change.end), change.end]
    for number, (start, end) in enumerate(pairwise(edges)):
        yield Change(start, end, "" if number else change.printed, change.kind), number > 0


def _nested(
    segments: Sequence[Range], choices: Sequence[Range], wanted: Iterable[Range], size: int
) -> tuple[Range, ...]:
    """Return those of ``wanted`` that cross nothing, hold no segment and lie in no ``choice``."""
    kept: list[Range] = []
    for new in wanted:
        fits = 0 <= new.start <= new.end <= size and (new.end > new.start or bool(new.branches))
        clash = any(_crosses(new, old) for old in (*segments, *choices, *kept))
        around = any(_within(old, new) for old in segments)
        inside = any(_within(new, old) for old in choices)
        if fits and not clash and not around and not inside:
            kept.append(new)
    return tuple(kept)


def _within(a: Range, b: Range) -> bool:
    """Return whether ``a`` lies in ``b`` and is shorter."""
    return b.start <= a.start <= a.end <= b.end and (a.start, a.end) != (b.start, b.end)


def _crosses(a: Range, b: Range) -> bool:
    return a.start < b.start < a.end < b.end or b.start < a.start < b.end < a.end


def _range_events(markup: Markup, ranges: Iterable[Range], opening: int, closing: int, size: int) -> Iterable[_Event]:
    for item in ranges:
        length, inner = item.end - item.start, bool(item.branches)
        if not length:
            yield item.start, _FIRST if item.start == 0 else _INSERT, -2, _empty(markup, item)
            continue
        yield item.start, opening, (size - length) * 4 + inner, _opener(markup, item)
        yield item.end, closing, length * 4 - inner, _closer(markup, item)


def _opener(markup: Markup, item: Range) -> Callable[[], None]:
    def act() -> None:
        markup.start(item.tag, dict(item.attributes))
        for branch in item.branches[:1]:
            markup.start(branch.tag, dict(branch.attributes))

    return act


def _closer(markup: Markup, item: Range) -> Callable[[], None]:
    def act() -> None:
        for branch in item.branches[:1]:
            markup.end(branch.tag)
        for branch in item.branches[1:]:
            markup.leaf(branch.tag, branch.text, dict(branch.attributes))
        markup.end(item.tag)

    return act


def _empty(markup: Markup, item: Range) -> Callable[[], None]:
    def act() -> None:
        _opener(markup, item)()
        _closer(markup, item)()

    return act


def _change_events(markup: Markup, change: Change, continued: bool, size: int) -> Iterable[_Event]:
    attributes: Attributes = {"ana": category(change.kind), "n": "continued" if continued else None}

    def begin() -> None:
        markup.start("choice", attributes)
        markup.leaf("orig", change.printed, {"n": code_points(change.printed) or None})
        markup.start("reg")

    def finish() -> None:
        markup.end("reg")
        markup.end("choice")

    def both() -> None:
        begin()
        finish()

    if change.start == change.end:
        yield change.start, _FIRST if change.start == 0 else _INSERT, -1, both
    else:
        yield change.start, _OPEN, size * 4 + 4, begin
        yield change.end, _CLOSE, -1, finish


def _line(markup: Markup, text: Text, offset: int, place: Place, flow: Flow) -> Callable[[], None]:
    def act() -> None:
        if place.page != flow.page:
            flow.page = place.page
            page_break(markup, flow)
        number = f"{place.line}:{place.offset}" if place.offset else str(place.line)
        if offset == 0 and place.offset:
            markup.leaf("milestone", "", {"unit": "line", "n": number})
        else:
            joined = offset > 0 and not text.text[offset - 1].isspace()
            markup.leaf("lb", "", {"n": number, "break": "no" if joined else None})

    return act


def page_break(markup: Markup, flow: Flow) -> None:
    """Write the start of page ``flow.page``; inside a note, which has pages of its own, a milestone."""
    label = flow.labels[flow.page - 1] if 0 < flow.page <= len(flow.labels) else None
    attributes = {"n": label, "facs": f"#{flow.pages}{flow.page}"}
    if flow.running is None:
        markup.leaf("milestone", "", {"unit": "page", **attributes})
    else:
        markup.leaf("pb", "", attributes)
        if flow.page not in flow.headed:
            flow.headed.add(flow.page)
            flow.running(markup, flow.page)


def _note(markup: Markup, note: str, flow: Flow) -> Callable[[], None]:
    return lambda: write_note(markup, note, flow)


def write_note(markup: Markup, key: str, flow: Flow) -> None:
    """Write a printed note where it is called; a second call, or that of a converted version, points to it."""
    note = flow.notes.get(key)
    ident = f"{flow.prefix}.n.{name_part(key)}"
    if note is None:
        markup.leaf("milestone", "", {"unit": "note", "n": key})
    elif flow.copy or key in flow.written:
        markup.leaf("ptr", "", {"type": "note", "n": note.label, "target": f"#{ident}"})
    else:
        flow.written.add(key)
        own = replace(flow, page=note.page, running=None)
        attributes = {"place": "bottom", "n": note.label, "xml:id": ident, "facs": f"#{flow.pages}{note.page}"}
        with markup.element("note", attributes):
            write(markup, note.text, own, (), flow.pointers(note.text) if flow.pointers else ())
