"""Glyphs by writing direction: upright, set vertically (columns from right to left), or turned.

Vertical text is measured in the frame turned by 90 degrees, where its columns are lines that follow each other
downwards, so that one way of finding lines serves all.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from sco_docs.readers.pdf_glyphs import Glyph

VERTICAL = 90
MIDDLE = 0.35
"""How far the middle of a glyph lies above its baseline, in ems."""
WIDE = "\u2e7f"
"""Characters after this one take a full em, as Chinese characters and punctuation do."""


def turned(angle: int, x: float, y: float) -> tuple[float, float]:
    """Return a point of the page frame in the frame turned by ``angle``, where such text runs rightwards."""
    if not angle:
        return x, y
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return x * cos + y * sin, y * cos - x * sin


def unturned_box(angle: int, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
    """Return the upright box in the page frame around a box of the frame turned by ``angle``."""
    points = [turned(-angle, x, y) for x in (x0, x1) for y in (y0, y1)]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _step(before: Glyph, after: Glyph) -> str:
    """Return how the second glyph follows the first: ``v`` below it, ``h`` beside it, or neither.

    PDFium gives the glyphs of a turned page from below upwards.
    """
    size = after.style.size
    across, down = after.x0 - before.x0, after.base - before.base
    if abs(across) < 0.3 * size and 0.5 * size < abs(down) < 2.2 * size:
        return "v"
    if abs(down) < 0.3 * size and 0.2 * size < across < 1.5 * size:
        return "h"
    return ""


def _vertical_places(glyphs: Sequence[Glyph]) -> set[int]:
    """Return the indices of glyphs that are set vertically; none unless that is how most of the page is set."""
    if sum(1 for a, b in pairwise(glyphs) if abs(b.x0 - a.x0) < 2 and b.text > WIDE) < 4:
        return set()
    steps = [_step(a, b) if a.text > WIDE and b.text > WIDE else "" for a, b in pairwise(glyphs)]
    down, across = steps.count("v"), steps.count("h")
    if down < 4 or down <= across:
        return set()
    places: set[int] = set()
    for index, glyph in enumerate(glyphs):
        before = steps[index - 1] if index else ""
        after = steps[index] if index < len(steps) else ""
        if "v" in (before, after) or (glyph.text > WIDE and "h" not in (before, after)):
            places.add(index)
    return places


def _short_runs(glyphs: Sequence[Glyph], places: set[int], lying: Sequence[Glyph]) -> dict[int, tuple[float, float]]:
    """Return for glyphs set side by side inside a column (a number of two digits, a mark between Latin letters on
    their side) the middle of their run and the glyph's distance from its start; what else is not in ``places`` stays
    horizontal."""
    found: dict[int, tuple[float, float]] = {}
    columns = {round((glyphs[n].x0 + glyphs[n].x1) / 2) for n in places}
    columns |= {round(-g.base + MIDDLE * g.style.size) for g in lying}
    top, bottom = min(glyphs[n].base for n in places), max(glyphs[n].base for n in places)
    index = 0
    while index < len(glyphs):
        end = index
        while end < len(glyphs) and end not in places and abs(glyphs[end].base - glyphs[index].base) < 1.0:
            end += 1
        run = glyphs[index:end]
        if run and run[-1].x1 - run[0].x0 <= 1.5 * run[0].style.size:
            size, middle = run[0].style.size, (run[0].x0 + run[-1].x1) / 2
            before = index - 1 in places or index - 1 in found
            around = glyphs[index - 1] if before else glyphs[end] if end in places else None
            beside = around and abs((around.x0 + around.x1) / 2 - middle) < 0.5 * around.style.size
            inside = top - size < run[0].base < bottom + size
            if beside or (inside and any(abs(column - middle) < 0.2 * size + 0.5 for column in columns)):
                for offset, at in enumerate(range(index, end)):
                    found[at] = (middle, 0.01 * offset)
        index = max(end, index + 1)
    return found


def _stood_up(glyph: Glyph, middle: float, shift: float = 0.0) -> Glyph:
    """Return an upright glyph of a vertical line in the frame turned by 90 degrees, with its middle as its base:
    what stands in one column shares its middle, not a baseline."""
    size = glyph.style.size
    start = glyph.base - (0.5 + MIDDLE) * size + shift
    return glyph._replace(x0=start, x1=start + size, base=-middle, style=glyph.style._replace(angle=VERTICAL))


def by_direction(glyphs: Sequence[Glyph]) -> list[tuple[int, bool, list[Glyph]]]:
    """Return (angle, set vertically, glyphs in the frame of that angle), the direction of most glyphs first."""
    groups: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        groups.setdefault(glyph.style.angle, []).append(glyph)
    upright = groups.pop(0, [])
    places = _vertical_places(upright)
    if places:
        short = _short_runs(upright, places, groups.get(VERTICAL, ()))
        standing: list[Glyph] = []
        level: list[Glyph] = []
        for index, glyph in enumerate(upright):
            if index in places:
                standing.append(_stood_up(glyph, (glyph.x0 + glyph.x1) / 2))
            elif index in short:
                standing.append(_stood_up(glyph, *short[index]))
            else:
                level.append(glyph)
        lying = [g._replace(base=g.base - MIDDLE * g.style.size) for g in groups.get(VERTICAL, [])]
        groups[VERTICAL] = standing + lying
        upright = level
    flows = [(0, False, upright)] if upright else []
    flows += [(angle, bool(places) and angle == VERTICAL, some) for angle, some in sorted(groups.items())]
    return sorted(flows, key=lambda flow: -len(flow[2]))
