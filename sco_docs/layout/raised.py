"""Raised numbers that a reader gave as lines of their own go back into the line that they stand over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sco_docs.layout.join import is_wide
from sco_docs.layout.notes import CIRCLED, SYMBOLS
from sco_docs.layout.pieces import span_offsets
from sco_docs.model import Change, Line, Span

_LABEL = re.compile(
    rf"[\[［〔(（]?(?:\d{{1,3}}(?:[,，、–-]\d{{1,3}})*|[{CIRCLED}]|[{SYMBOLS}]{{1,4}}|[a-z])[\]］〕)）]?"
)
_SMALL = 0.78


def _size(line: Line) -> float:
    return max((span.size for span in line.spans), default=line.bottom - line.top)


def _host(mark: Line, lines: Sequence[Line], at: int) -> int | None:
    """Return the index of the line that a small line stands over: it reaches down to its upper half at most."""
    size = _size(mark)
    for i in (at + 1, at - 1, at + 2, at - 2):
        if not 0 <= i < len(lines) or lines[i].vertical or size > _SMALL * _size(lines[i]):
            continue
        line = lines[i]
        height = max(line.bottom - line.top, 1.0)
        beside = line.x0 - 2.5 * height <= mark.x0 and mark.x1 <= line.x1 + 2.5 * height
        if beside and mark.top < line.top and -0.12 * height < mark.bottom - line.top < 0.75 * height:
            return i
    return None


def _index(line: Line, x: float) -> int:
    """Return the offset in a line before which something at ``x`` stands; widths of characters are estimates."""
    best, distance = 0, abs(line.x0 - x)
    for start, end, span in span_offsets(line):
        text = line.text[start:end]
        widths = [1.0 if is_wide(c) else 0.3 if c in " .,:;'!|ijlt/()[]-" else 0.52 for c in text]
        scale = (span.x1 - span.x0) / (sum(widths) or 1.0)
        at = span.x0
        for k in range(len(text) + 1):
            if abs(at - x) < distance:
                best, distance = start + k, abs(at - x)
            if k < len(text):
                at += widths[k] * scale
    return best


def _shifted(change: Change, at: int, by: int) -> Change:
    return replace(change, start=change.start + by, end=change.end + by) if change.start >= at else change


def _insert(line: Line, mark: Line, at: int) -> Line:
    label = mark.text.strip()
    raised = Span(label, mark.x0, mark.x1, mark.spans[0].font if mark.spans else "", _size(mark), superscript=True)
    spans: list[Span] = []
    placed = False
    for start, end, span in span_offsets(line):
        if not placed and at <= start:
            spans.append(raised)
            placed = True
        if start < at < end:
            head, tail = line.text[start:at], line.text[at:end]
            spans += [replace(span, text=head, x1=mark.x0), raised, replace(span, text=tail, x0=mark.x1)]
            placed = True
        else:
            spans.append(span)
    if not placed:
        spans.append(raised)
    return replace(
        line,
        text=line.text[:at] + label + line.text[at:],
        x0=min(line.x0, mark.x0),
        x1=max(line.x1, mark.x1),
        spans=tuple(spans),
        changes=tuple(_shifted(change, at, len(label)) for change in line.changes),
    )


@dataclass(frozen=True, slots=True)
class Settled:
    """A line, and where labels were put into it: ``(offset, length)`` in the order of the line."""

    line: Line
    inserted: tuple[tuple[int, int], ...] = ()


def settle(lines: Sequence[Line]) -> tuple[Settled, ...]:
    """Return the lines of a page with the small raised labels that stand alone put into the lines below them.

    Where in the line is an estimate, since only readers know where single characters stand.
    """
    kept = list(lines)
    gone: set[int] = set()
    put: dict[int, list[tuple[int, int]]] = {}
    for i in sorted(range(len(lines)), key=lambda i: -lines[i].x0):
        if lines[i].vertical or not _LABEL.fullmatch(lines[i].text.strip()):
            continue
        host = _host(lines[i], kept, i)
        if host is not None and host not in gone:
            at, size = _index(kept[host], lines[i].x0), len(lines[i].text.strip())
            kept[host] = _insert(kept[host], lines[i], at)
            put[host] = [(at, size), *((spot + size, length) for spot, length in put.get(host, ()))]
            gone.add(i)
    return tuple(Settled(line, tuple(put.get(i, ()))) for i, line in enumerate(kept) if i not in gone)
