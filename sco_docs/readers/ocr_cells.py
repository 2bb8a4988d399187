"""Where exactly each recognised character stands: Tesseract knows it only about, the ink knows it well.

The columns of a strip fall into pieces of ink with blank between them. Each character takes some pieces that follow
each other; the way of taking them is sought that moves the characters least and gives each a likely width.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from sco_docs.readers.ocr_engine import Letter
from sco_docs.readers.ocr_picture import Sheet
from sco_docs.readers.ocr_strips import Strip

WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff〇]")
_MOST = 6
"""A character falls into so many pieces at most."""
_TOUCHING = 1.2
_LOST = 2.0
"""What it costs to leave an em of ink without a character."""
_NEEDLESS = (1.5, 0.5)
"""What it costs to leave a character without ink: a Chinese one that is sure, another (Latin letters touch)."""
_SURE = 0.9
_FAR = 1.2


@dataclass(frozen=True, slots=True)
class Cell:
    """Where the ink of a character is: columns of its strip, half open, and rows; all equal where there is none."""

    x0: int
    x1: int
    top: int
    bottom: int

    @property
    def empty(self) -> bool:
        """Return whether no ink is the character's own."""
        return self.x0 == self.x1


def em_of(letters: Sequence[Letter], height: int) -> float:
    """Return the width of a full-width character of a strip, in pixels, from the steps between them."""
    steps = [(b.x0 + b.x1 - a.x0 - a.x1) / 2 for a, b in pairwise(letters) if HAN.match(a.text) and HAN.match(b.text)]
    return median(steps) if len(steps) > 2 else 1.05 * height


def _pieces(columns: NDArray[np.int64], em: float) -> list[tuple[int, int]]:
    """Return the ranges of columns with ink; what is too wide for a character is cut where the least ink stands."""
    steps = np.diff(np.concatenate(([0], (columns > 0).astype(np.int8), [0])))
    found: list[tuple[int, int]] = []
    waiting = list(zip(np.flatnonzero(steps == 1).tolist(), np.flatnonzero(steps == -1).tolist(), strict=True))[::-1]
    while waiting:
        start, end = waiting.pop()
        if end - start <= _TOUCHING * em:
            found.append((start, end))
            continue
        low, high = start + round(0.45 * em), min(start + round(1.1 * em), end - round(0.1 * em))
        at = low + int(columns[low:high].argmin()) if high > low else end
        found.append((start, at))
        if at < end:
            waiting.append((at, end))
    return found


def _strange(text: str, width: float) -> float:
    """Return how unlikely a character has a width (in ems)."""
    if HAN.match(text):
        return 0.0 if text in "一二三" else max(0.0, 0.75 - width) * 1.5 + max(0.0, width - 1.02) * 3
    if WIDE.match(text) or not text.isalnum():
        return max(0.0, width - 0.5) * 1.5
    return max(0.0, width - (0.95 if text in "mwMW" else 0.7)) * 2 + max(0.0, 0.1 - width)


def taken(letters: Sequence[Letter], pieces: Sequence[tuple[int, int]], em: float) -> list[tuple[int, int]]:
    """Return for each character the half-open range of the pieces that it takes (dynamic programming)."""
    count = len(pieces)
    best = [_LOST * sum(b - a for a, b in pieces[:at]) / em for at in range(count + 1)]
    ways: list[list[int]] = []
    for letter in letters:
        middle = (letter.x0 + letter.x1) / 2
        needless = _NEEDLESS[not (HAN.match(letter.text) and letter.confidence >= _SURE)]
        new = [cost + needless for cost in best]
        way = list(range(count + 1))
        for start in range(count):
            for end in range(start + 1, min(count, start + _MOST) + 1):
                left, right = pieces[start][0], pieces[end - 1][1]
                if right - left > 2.2 * em:
                    break
                away = abs((left + right) / 2 - middle) / em
                if away > _FAR:
                    continue
                cost = best[start] + away * away + _strange(letter.text, (right - left) / em)
                if cost < new[end]:
                    new[end], way[end] = cost, start
        for end in range(1, count + 1):
            skipped = new[end - 1] + _LOST * (pieces[end - 1][1] - pieces[end - 1][0]) / em
            if skipped < new[end]:
                new[end], way[end] = skipped, -1
        best = new
        ways.append(way)
    found: list[tuple[int, int]] = []
    at = count
    for way in reversed(ways):
        while way[at] < 0:
            at -= 1
        found.append((way[at], at))
        at = way[at]
    return found[::-1]


def cells_of(sheet: Sheet, strip: Strip, letters: Sequence[Letter]) -> list[Cell]:
    """Return the cell of each character of a strip."""
    if not letters:
        return []
    ink = sheet.dots[strip.top:strip.bottom, strip.x0:strip.x1]
    em = em_of(letters, strip.bottom - strip.top)
    pieces = _pieces(ink.sum(axis=0), em)
    cells: list[Cell] = []
    for (start, end), letter in zip(taken(letters, pieces, em), letters, strict=True):
        if start == end:
            at = round((letter.x0 + letter.x1) / 2)
            cells.append(Cell(at, at, 0, 0))
            continue
        x0, x1 = pieces[start][0], pieces[end - 1][1]
        rows = np.flatnonzero(ink[:, x0:x1].any(axis=1))
        cells.append(Cell(x0, x1, int(rows[0]), int(rows[-1]) + 1))
    return cells
