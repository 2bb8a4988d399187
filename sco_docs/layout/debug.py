"""What was seen on a page, as boxes that a reader can draw (``extract --debug PAGE``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sco_docs.model import Layout, Line, LineStart, Page, Place


@dataclass(frozen=True, slots=True)
class Box:
    """A thing seen on a page: what it is (a block kind, ``note`` or a furniture kind) and where, in points."""

    kind: str
    x0: float
    top: float
    x1: float
    bottom: float


def _around(kind: str, lines: Sequence[Line]) -> Box:
    return Box(kind, min(line.x0 for line in lines), min(line.top for line in lines),
               max(line.x1 for line in lines), max(line.bottom for line in lines))


def _columns(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield lines in groups that end where the reading goes up again, so that a box covers one column only."""
    group: list[Line] = []
    for line in lines:
        if group and not line.vertical and line.top < group[-1].top - (line.bottom - line.top):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def boxes(page: Page, layout: Layout) -> tuple[Box, ...]:
    """Return the boxes of what stands on ``page``: blocks, notes and furniture, in the order of the layout."""
    by_number = {line.number: line for line in page.lines}

    def lines_at(places: Iterable[Place]) -> list[Line]:
        numbers = dict.fromkeys(place.line for place in places if place.page == page.number)
        return [by_number[number] for number in numbers if number in by_number]

    found: list[Box] = []
    for block in layout.blocks:
        framed = block.kind in ("table", "figure") and block.page == page.number
        if framed:
            found.append(Box(block.kind, block.x0, block.top, block.x1, block.bottom))
            continue
        starts = block.text.lines
        if block.kind == "table":
            starts = tuple(start for cell in block.cells for start in cell.lines)
        found += [_around(block.kind, group) for group in _columns(lines_at(_places(starts)))]
    for note in layout.notes:
        found += [_around("note", group) for group in _columns(lines_at(_places(note.text.lines)))]
    seen: dict[str, list[Place]] = defaultdict(list)
    for item in layout.furniture:
        seen[item.kind].append(item.place)
    for kind, places in seen.items():
        found += [_around(kind, [line]) for line in lines_at(places)]
    return tuple(found)


def _places(starts: Iterable[LineStart]) -> Iterator[Place]:
    return (start.place for start in starts)
