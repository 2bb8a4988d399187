"""The lines of a straightened page, cut out: white space parts rows from rows and columns from columns, in turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import numpy as np
from scipy import ndimage

from sco_docs.readers.ocr_picture import Box, Mask, Sheet

_GAP = (1.5, 0.9)
"""A gap of so many ems parts two strips of one line; so many, that run through several lines, part two columns."""
_LEVEL = 0.15
_DOT = 0.25
_TALL = 1.7
_DRAWN = 2.5
"""A stroke of so many ems in height is part of a drawing."""
_LARGEST = 4.0
_LEADER = (8, 0.3)
"""So many dots in a row, each smaller than this share of an em, are a leader."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A part of a line without wide gaps, in pixels; ``row`` counts the lines from the top, ``leader`` the dots of the
    leader that stands here instead of text."""

    x0: int
    top: int
    x1: int
    bottom: int
    row: int = 0
    leader: int = 0


def _runs(ink: Mask, axis: int) -> list[tuple[int, int]]:
    """Return the half-open ranges in which ink stands anywhere along an axis."""
    filled = np.asarray(ink.any(axis=axis))
    steps = np.diff(np.concatenate(([0], filled.astype(np.int8), [0])))
    return list(zip(np.flatnonzero(steps == 1).tolist(), np.flatnonzero(steps == -1).tolist(), strict=True))


def em_of(ink: Mask, dpi: float) -> float:
    """Return the usual height of a line in pixels, between 7 and 22 points."""
    heights = [end - start for start, end in _runs(ink, 1) if end - start > 0.06 * dpi]
    return min(max(median(heights) if heights else dpi / 6, 0.1 * dpi), 0.3 * dpi)


@dataclass(frozen=True, slots=True, eq=False)
class _Knife:
    ink: Mask
    em: float
    walls: tuple[Box, ...]

    def rows(self, box: Box) -> list[Box]:
        """Return a box cut where no ink stands beside it; strokes of one character (二) stay together."""
        x0, top, x1, bottom = box
        found: list[list[int]] = []
        for start, end in _runs(self.ink[top:bottom, x0:x1], 1):
            if found and x1 - x0 < 6 * self.em and end - found[-1][0] <= 1.05 * self.em:
                found[-1][1] = end
            else:
                found.append([start, end])
        return [part for start, end in found for part in self._apart((x0, top + start, x1, top + end))]

    def _apart(self, box: Box) -> list[Box]:
        """Return a box that holds lines whose strokes touch, cut where the least ink stands."""
        x0, top, x1, bottom = box
        height = bottom - top
        if height < _TALL * self.em or height > 12 * self.em or x1 - x0 < 8 * self.em:
            return [box]
        profile = self.ink[top:bottom, x0:x1].sum(axis=1).astype(np.float64)
        count = round(height / (1.25 * self.em))
        least = 0.12 * float(np.percentile(profile, 75))
        cuts: list[int] = []
        reach = max(1, round(0.3 * self.em))
        for part in range(1, max(2, count)):
            middle = round(part * height / max(2, count))
            start = max(1, middle - reach)
            at = start + int(profile[start:middle + reach].argmin())
            if profile[at] <= least:
                cuts.append(top + at)
        edges = [top, *cuts, bottom]
        return [(x0, a, x1, b) for a, b in pairwise(edges)]

    def columns(self, box: Box) -> list[Box]:
        """Return a box cut at wide gaps and at the walls that cross it."""
        x0, top, x1, bottom = box
        walls = [(wx0 + wx1) / 2 - x0 for wx0, wtop, wx1, wbottom in self.walls
                 if min(wbottom, bottom) - max(wtop, top) > 0.6 * (bottom - top)]
        gap = _GAP[bottom - top > 2.5 * self.em] * self.em
        found: list[list[int]] = []
        for start, end in _runs(self.ink[top:bottom, x0:x1], 0):
            last = found[-1] if found else None
            if last and start - last[1] < gap and not any(last[1] <= wall <= start for wall in walls):
                last[1] = end
            else:
                found.append([start, end])
        return [(x0 + start, top, x0 + end, bottom) for start, end in found]

    def cut(self, box: Box, across: bool = True, whole: bool = False) -> list[Box]:
        """Return the strips in a box; ``whole``: the other way of cutting left it whole."""
        parts = self.rows(box) if across else self.columns(box)
        if len(parts) == 1 and (whole or not across):
            if not across:
                again = self.rows(parts[0])
                return again if len(again) == 1 else [s for part in again for s in self.cut(part, False)]
            return parts
        return [strip for part in parts for strip in self.cut(part, not across, len(parts) == 1)]


def _tight(ink: Mask, box: Box) -> Box | None:
    x0, top, x1, bottom = box
    part = ink[top:bottom, x0:x1]
    down, across = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    if not len(down):
        return None
    return x0 + int(across[0]), top + int(down[0]), x0 + int(across[-1]) + 1, top + int(down[-1]) + 1


def leaders_of(dots: Mask, em: float) -> list[tuple[Box, int]]:
    """Return the leaders of a page (dots in a row at even distances) as boxes, with the number of their dots."""
    labels, _ = ndimage.label(dots, np.ones((3, 3)))
    side = _LEADER[1] * em
    spots = sorted(((rows.start + rows.stop) / 2, (columns.start + columns.stop) / 2, rows.stop - rows.start,
                    columns.stop - columns.start) for rows, columns in ndimage.find_objects(labels)
                   if rows.stop - rows.start <= side and columns.stop - columns.start <= side)
    found: list[tuple[Box, int]] = []
    line: list[tuple[float, float, int, int]] = []
    for spot in [*spots, (float("inf"), 0.0, 0, 0)]:
        if line and spot[0] - line[-1][0] > 0.12 * em:
            found += _leaders_in(sorted(line, key=lambda s: s[1]), em)
            line = []
        line.append(spot)
    return found


def _leaders_in(line: Sequence[tuple[float, float, int, int]], em: float) -> list[tuple[Box, int]]:
    found: list[tuple[Box, int]] = []
    group: list[tuple[float, float, int, int]] = []
    for spot in [*line, (0.0, float("inf"), 0, 0)]:
        if group and spot[1] - group[-1][1] > em:
            leader = _leader_of(group, em)
            found += [leader] if leader is not None else []
            group = []
        group.append(spot)
    return found


def _leader_of(spots: Sequence[tuple[float, float, int, int]], em: float) -> tuple[Box, int] | None:
    """Return the leader that spots in a row are, if most of them are level and at even distances."""
    height = median(spot[0] for spot in spots)
    level = [spot for spot in spots if abs(spot[0] - height) < _LEVEL * em]
    if len(level) < max(_LEADER[0], 0.7 * len(spots)):
        return None
    steps = [b[1] - a[1] for a, b in pairwise(level)]
    usual = median(steps)
    even = [step for step in steps if abs(step - usual) < 0.25 * usual + 1]
    if len(even) <= 0.8 * len(steps):
        return None
    left, right, half = level[0][1], level[-1][1], max(max(s[2], s[3]) for s in level) / 2 + 1
    box = (int(left - half), int(height - half), int(right + half) + 1, int(height + half) + 1)
    return box, round((right - left) * len(even) / sum(even)) + 1


def _in_rows(strips: Sequence[Strip], em: float) -> list[Strip]:
    """Return strips line by line: those whose middles are level stand on one line."""
    rows: list[list[Strip]] = []
    for strip in sorted(strips, key=lambda s: s.top + s.bottom):
        level = rows[-1] if rows else None
        if level and strip.top + strip.bottom - (level[-1].top + level[-1].bottom) < 0.7 * em:
            level.append(strip)
        else:
            rows.append([strip])
    return [replace(strip, row=number) for number, row in enumerate(rows, 1)
            for strip in sorted(row, key=lambda s: s.x0)]


def _raised(strip: Strip, em: float) -> Strip:
    """Return a strip at least as tall as a line: a lone dash or dot must not be blown up to a character."""
    lack = 0.75 * em - (strip.bottom - strip.top)
    if lack <= 0:
        return strip
    return replace(strip, top=max(0, strip.top - round(lack / 2)), bottom=strip.bottom + round(lack / 2))


def _without_drawings(ink: Mask, em: float) -> Mask:
    """Return ink without what is too tall for writing, so that the words in a drawing are found."""
    labels, _ = ndimage.label(ink, np.ones((3, 3)))
    written = np.array([False, *(rows.stop - rows.start <= _DRAWN * em for rows, _ in ndimage.find_objects(labels))])
    return np.asarray(written[labels], dtype=np.bool_)


def strips_of(sheet: Sheet) -> list[Strip]:
    """Return the strips of a page, line by line from left to right."""
    em = em_of(sheet.ink, sheet.dpi)
    ink = _without_drawings(sheet.ink, em)
    leaders = leaders_of(sheet.dots, em)
    for (x0, top, x1, bottom), _ in leaders:
        ink[top:bottom, x0:x1] = False
    walls = tuple(rule for rule in sheet.rules if rule[3] - rule[1] > rule[2] - rule[0])
    height, width = ink.shape
    found: list[Strip] = []
    for box in _Knife(ink, em, walls).cut((0, 0, width, height)):
        tight = _tight(ink, box)
        if tight is not None and tight[3] - tight[1] <= _LARGEST * em and max(
                tight[2] - tight[0], tight[3] - tight[1]) >= _DOT * em:
            found.append(_raised(Strip(*tight), em))
    found += [replace(_raised(Strip(*box), em), leader=count) for box, count in leaders]
    return _in_rows(found, em)
