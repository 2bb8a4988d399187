"""Reading order: where text runs in columns side by side, one column is read to its end before the next.

Only columns of running text count: rows whose parts are short (two-column signatures, tables, contents entries)
stay rows, and so does what stands in a ruled table.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from sco_docs.model import Rule
from sco_docs.readers.pdf_frames import WIDE
from sco_docs.readers.pdf_runs import CLOSING, COLUMN_GAP, OPENING, Row, Run

_NARROW = 0.45
"""A gap of so many ems parts segments where a column begins, which several rows must show."""
_MIN_LINES = 4
_FEW = 2
_GUTTERS = 16
_MIN_EMS = 8.0
_FULL = 0.7
_DEPTH = 3
_APART = 2.4
_TAIL = 6
_LOOSE = 3.0
"""Lines of running text follow each other within so many ems."""


@dataclass(slots=True, eq=False)
class Segment:
    """The part of a row between two gaps that could be gutters."""

    runs: list[Run]
    row: int
    x0: float
    x1: float
    base: float
    size: float


def _ink(run: Run) -> tuple[float, float]:
    """Return where the ink of a run begins and ends: full-width marks are blank on one half of their place."""
    first, last = run.glyphs[0], run.glyphs[-1]
    x0, x1 = first.x0, last.x1
    if first.text in OPENING and x1 - x0 > 0.9 * run.style.size:
        x0 += 0.5 * (first.x1 - x0)
    if last.text in CLOSING and x1 - last.x0 > 0.9 * run.style.size:
        x1 -= 0.5 * (x1 - last.x0)
    return x0, x1


def _edges(rows: Sequence[Sequence[tuple[float, float, Run]]]) -> tuple[set[int], set[int]]:
    """Return the places (in steps of three points) where rows, or runs after a gap, begin several times, and those
    where many rows, or runs before a gap, end."""
    starts: Counter[int] = Counter(round(row[0][0] / 3) for row in rows if row)
    ends: Counter[int] = Counter(round(row[-1][1] / 3) for row in rows if row)
    for row in rows:
        for (_, end, run), (start, _, _) in pairwise(row):
            if start - end > _NARROW * run.style.size:
                starts[round(start / 3)] += 1
                ends[round(end / 3)] += 1
    return _near(starts, _MIN_LINES), _near(ends, 2 * _MIN_LINES)


def _near(places: Counter[int], least: int) -> set[int]:
    return {place + shift for place, count in places.items() if count >= least for shift in (-1, 0, 1)}


def segments_of(rows: Sequence[Row]) -> list[Segment]:
    """Return the segments of all rows, row by row from left to right: a narrow gap parts them where a column begins."""
    found: list[Segment] = []
    inked = [sorted(((*_ink(run), run) for run in row.runs), key=_x0) for row in rows]
    starts, ends = _edges(inked)
    for index, (row, runs) in enumerate(zip(rows, inked, strict=True)):
        current: Segment | None = None
        for x0, x1, run in runs:
            if current is not None:
                narrow = round(x0 / 3) in starts or round(current.x1 / 3) in ends
            if current is None or x0 - current.x1 > (_NARROW if narrow else COLUMN_GAP) * row.size:
                current = Segment([run], index, x0, x1, row.base, row.size)
                found.append(current)
            else:
                current.runs.append(run)
                current.x1 = max(current.x1, x1)
    return found


def _x0(item: tuple[float, float, Run]) -> float:
    return item[0]


def _gutters(segments: Sequence[Segment]) -> list[float]:
    """Return the places where a column may begin: where several segments share their left edge, or right of where
    many share their right edge."""
    left, right = min(s.x0 for s in segments), max(s.x1 for s in segments)
    low, high = left + 0.15 * (right - left), right - 0.1 * (right - left)
    starts: dict[int, list[float]] = {}
    ends: dict[int, list[float]] = {}
    for segment in segments:
        if low < segment.x0 < high:
            starts.setdefault(round(segment.x0 / 3), []).append(segment.x0)
        if low < segment.x1 < high:
            ends.setdefault(round(segment.x1 / 3), []).append(segment.x1)
    shared = [(len(edges), min(edges) - 1.5) for edges in starts.values() if len(edges) >= _FEW]
    shared += [(len(edges), max(edges) + 1.5) for edges in ends.values() if len(edges) >= 2 * _MIN_LINES]
    return sorted({place for _, place in sorted(shared, reverse=True)[:_GUTTERS]})


def _bands(segments: Sequence[Segment], gutter: float) -> list[list[Segment]]:
    """Return the stretches of segments between those that cross the gutter; a crossing one stands alone."""
    bands: list[list[Segment]] = [[]]
    for segment in segments:
        if segment.x0 < gutter < segment.x1:
            bands += [[segment], []]
        else:
            bands[-1].append(segment)
    return [part for band in bands if band for part in _trimmed(band, gutter)]


def _stretches(segments: Sequence[Segment], gutter: float, rules: Sequence[Rule]) -> list[tuple[list[Segment], bool]]:
    """Return the stretches of segments at a gutter, each with whether it stands in columns."""
    found: list[tuple[list[Segment], bool]] = []
    for band in _bands(segments, gutter):
        start, end = (0, len(band)) if _in_columns(band, gutter, rules, 0.5) else _parallel(band, gutter, rules)
        if start == end and _in_columns(band, gutter, rules, 0.35):
            start, end = 0, len(band)
        parts = ((band[:start], False), (band[start:end], end > start), (band[end:], False))
        found += [part for part in parts if part[0]]
    return found


def _trimmed(band: list[Segment], gutter: float) -> list[list[Segment]]:
    """Return a stretch with short lines cut off that a wide gap parts from its columns: signatures, a heading row."""
    chunks: list[list[Segment]] = [[band[0]]]
    for before, after in pairwise(band):
        if after.base - before.base > _APART * (before.size + after.size) / 2:
            chunks.append([])
        chunks[-1].append(after)
    sides = min(s.x0 for s in band), max(s.x1 for s in band)
    first, last = 0, len(chunks)
    while first < last - 1 and not _has_columns(chunks[first], gutter, sides):
        first += 1
    while last - 1 > first and not _has_columns(chunks[last - 1], gutter, sides):
        last -= 1
    while last < len(chunks) and _goes_on([s for chunk in chunks[first:last] for s in chunk], chunks[last], gutter):
        last += 1
    middle = [segment for chunk in chunks[first:last] for segment in chunk]
    return [*chunks[:first], middle, *chunks[last:]]


def _goes_on(above: Sequence[Segment], chunk: Sequence[Segment], gutter: float) -> bool:
    """Return whether short lines below columns are more of the left one: it ended below the right one already."""
    left = max((s.base for s in above if s.x1 <= gutter), default=0.0)
    right = max((s.base for s in above if s.x1 > gutter), default=math.inf)
    size, edge = chunk[0].size, min(s.x0 for s in above)
    return (left > right + size and chunk[0].base - left <= 2 * _APART * size
            and all(s.x1 <= gutter and s.x0 < edge + 3 * size for s in chunk))


def _has_columns(chunk: Sequence[Segment], gutter: float, sides: tuple[float, float]) -> bool:
    """Return whether a line of running text stands in the chunk: one that fills most of its column."""
    left, right = sides
    return any(s.x1 - s.x0 >= _FULL * ((gutter - left) if s.x1 <= gutter else (right - gutter)) and
               s.x1 - s.x0 >= _MIN_EMS * s.size for s in chunk)


def _is_prose(side: Sequence[Segment], share: float) -> bool:
    """Return whether a side is running text: lines close to each other, of which a ``share`` fills most of it."""
    if len(side) < _MIN_LINES:
        return False
    widths = [segment.x1 - segment.x0 for segment in side]
    size = median(segment.size for segment in side)
    full = sum(width >= _FULL * max(widths) for width in widths)
    steps = [after.base - before.base for before, after in pairwise(side)]
    return median(widths) >= _MIN_EMS * size and full >= share * len(side) and median(steps) <= _LOOSE * size


def _begins(side: Sequence[Segment], other: Sequence[Segment]) -> bool:
    """Return whether a side of few lines is the beginning of a column as wide as the ``other``, a long one."""
    if not _FEW <= len(side) < _MIN_LINES or len(other) < 2 * _MIN_LINES or not _is_prose(other, 0.5):
        return False
    wide = max(segment.x1 - segment.x0 for segment in other)
    return max(segment.x1 - segment.x0 for segment in side) >= _FULL * wide


def _in_columns(band: Sequence[Segment], gutter: float, rules: Sequence[Rule], share: float) -> bool:
    left = [segment for segment in band if segment.x1 <= gutter]
    right = [segment for segment in band if segment.x1 > gutter]
    if not (_is_prose(left, share) or _begins(left, right)) or not (_is_prose(right, share) or _begins(right, left)):
        return False
    top = max(min(s.base for s in left), min(s.base for s in right))
    bottom = min(max(s.base for s in left), max(s.base for s in right))
    shorter = min(max(s.base for s in side) - min(s.base for s in side) for side in (left, right))
    if bottom - top < 0.5 * shorter:
        return False
    crossing = [rule for rule in rules if rule.x0 < gutter - 5 and rule.x1 > gutter + 5
                and top - 30 <= rule.top <= bottom + 30 and rule.bottom - rule.top <= 3]
    return len(crossing) < 3


def _script(segment: Segment) -> str:
    """Return which script most of a segment is in: ``h`` for Chinese characters, ``l`` for letters, else nothing."""
    text = [glyph.text for run in segment.runs for glyph in run.glyphs]
    wide, letters = sum(c > WIDE for c in text), sum(c.isalpha() and c <= WIDE for c in text)
    return "h" if 3 * wide > letters else "l" if letters else ""


def _parallel(band: Sequence[Segment], gutter: float, rules: Sequence[Rule]) -> tuple[int, int]:
    """Return the stretch of a band in which a text and its translation run side by side; an empty one if none does.

    The sides are in two scripts; a line of each reaches far into its column several times, so that this is no list of
    terms; no rules part its rows. What stands below (the signatures) stays in rows.
    """
    if len(band) < 2 * _MIN_LINES - 1:
        return 0, 0
    scripts = [(_script(segment), segment.x1 <= gutter) for segment in band]
    counts = {side: Counter(s for s, is_left in scripts if s and is_left is side) for side in (True, False)}
    if not all(counts.values()):
        return 0, 0
    usual = {side: counts[side].most_common(1)[0][0] for side in counts}
    mixed = any(sum(c.values()) > 1.25 * max(c.values()) for c in counts.values())
    if mixed or usual[True] == usual[False]:
        return 0, 0
    odd = [n for n, (script, is_left) in enumerate(scripts) if script and script != usual[is_left]]
    tail = [n for n in odd if n >= len(band) - 2 * _TAIL]
    end = min((n for n, segment in enumerate(band) for t in tail if segment.row == band[t].row), default=len(band))
    start = max((n + 1 for n in odd if n < min(2, end)), default=0)
    for side in (True, False):
        own = [s for s, (_, is_left) in zip(band[start:end], scripts[start:end], strict=True) if is_left is side]
        widths = [s.x1 - s.x0 for s in own]
        far = sum(w >= _FULL * max(widths) and w >= _MIN_EMS * s.size for w, s in zip(widths, own, strict=True))
        if len(own) < _MIN_LINES or far < _MIN_LINES - 1:
            return 0, 0
    inside = band[start:end]
    crossing = [rule for rule in rules if rule.x0 < gutter - 5 and rule.x1 > gutter + 5
                and inside[0].base - 30 <= rule.top <= inside[-1].base + 30 and rule.bottom - rule.top <= 3]
    return (start, end) if len(crossing) < 3 else (0, 0)


def groups_of(segments: Sequence[Segment], rules: Sequence[Rule] = (), depth: int = 0) -> list[list[Segment]]:
    """Return segments as groups in reading order; inside a group they are read row by row."""
    if depth >= _DEPTH or len(segments) < 2 * _MIN_LINES:
        return [list(segments)]
    best: tuple[int, float, list[tuple[list[Segment], bool]]] | None = None
    for gutter in _gutters(segments):
        stretches = _stretches(segments, gutter, rules)
        held = sum(len(part) for part, in_columns in stretches if in_columns)
        if held and (best is None or held > best[0]):
            best = held, gutter, stretches
    if best is None:
        return [list(segments)]
    _, gutter, stretches = best
    groups: list[list[Segment]] = []
    open_group = False
    for part, in_columns in stretches:
        if in_columns:
            for side in ([s for s in part if s.x1 <= gutter], [s for s in part if s.x1 > gutter]):
                groups += groups_of(side, rules, depth + 1)
            open_group = False
        elif open_group:
            groups[-1] += part
        else:
            groups.append(list(part))
            open_group = True
    return groups


def ordered(rows: Sequence[Row], rules: Sequence[Rule] = ()) -> list[Row]:
    """Return rows in reading order; a row that holds parts of two columns of text becomes two."""
    segments = segments_of(rows)
    if not segments:
        return []
    found: list[Row] = []
    for group in groups_of(segments, rules):
        parts: dict[int, list[Run]] = {}
        for segment in group:
            parts.setdefault(segment.row, []).extend(segment.runs)
        found += [Row(runs, rows[index].base, rows[index].size) for index, runs in sorted(parts.items())]
    return found
