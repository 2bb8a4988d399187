"""What Tesseract's Chinese data cannot tell, measured on the picture: full-width marks from those of half a width."""

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
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff〇]")
_FULL = str.maketrans(",;:!?()", "，；：！？（）")
_CJK = "\u3001-\u9fff\uf900-\ufaff\uff01-\uff5e"
_BESIDE_WIDE = re.compile(f"(?<=[{_CJK}”’])[,;:!?)]+|[,;(]+(?=[{_CJK}“‘])|[,;]$")
_ZERO = re.compile("(?<=[一二三四五六七八九〇])[(（]?[0OoQ○]+(?=[一二三四五六七八九〇年])")
_DASH = re.compile(f"^[一—-]{{2}}(?=[{_CJK}])")
_DOT = re.compile("(?<=[\u4e00-\u9fff])[.·•‧](?=[\u4e00-\u9fff])")
_MARKS = frozenset(",;:!?()")
_FLAT = frozenset("一—-_")
_TWICE = 1.5
_BLANK = {"h": 0.35, "m": 0.6, "l": 0.35}
"""So many ems of blank outside a bracket belong to a full-width one, by what stands there (``_kind``)."""
_SIDE = 0.14
_BOTH = 0.6
"""A full-width comma or colon has so many ems of blank before it, or so many on both sides together."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Where the ink of a character is: columns of its strip, half open, and rows; all equal where there is none."""

    x0: int
    x1: int
    top: int
    bottom: int


def em_of(letters: Sequence[Letter], height: int) -> float:
    """Return the width of a full-width character of a strip, in pixels, from the steps between them."""
    steps = [(b.x0 + b.x1 - a.x0 - a.x1) / 2 for a, b in pairwise(letters) if _HAN.match(a.text) and _HAN.match(b.text)]
    return median(steps) if len(steps) > 2 else 1.05 * height


def _cuts(columns: NDArray[np.int64], letters: Sequence[Letter], em: float) -> list[int]:
    """Return where each character ends and the next begins: at the least ink near the middle between the two."""
    cuts = [0]
    for before, after in pairwise(letters):
        middle = (before.x0 + before.x1 + after.x0 + after.x1) / 4
        start = max(cuts[-1], round(middle - 0.35 * em), 0)
        end = min(len(columns), round(middle + 0.35 * em) + 1)
        if start >= end:
            cuts.append(min(len(columns), max(cuts[-1], round(middle))))
            continue
        cost = 2.0 * columns[start:end] + 0.5 * np.abs(np.arange(start, end) - middle)
        cuts.append(start + int(cost.argmin()))
    return [*cuts, len(columns)]


def cells_of(sheet: Sheet, strip: Strip, letters: Sequence[Letter]) -> list[Cell]:
    """Return the cell of each character of a strip."""
    ink = sheet.dots[strip.top:strip.bottom, strip.x0:strip.x1]
    cuts = _cuts(ink.sum(axis=0), letters, em_of(letters, strip.bottom - strip.top))
    cells: list[Cell] = []
    for start, end in pairwise(cuts):
        across = np.flatnonzero(ink[:, start:end].any(axis=0))
        if not len(across):
            cells.append(Cell((start + end) // 2, (start + end) // 2, 0, 0))
            continue
        down = np.flatnonzero(ink[:, start:end].any(axis=1))
        cells.append(Cell(start + int(across[0]), start + int(across[-1]) + 1, int(down[0]), int(down[-1]) + 1))
    return cells


def _blanks(cells: Sequence[Cell], index: int, em: float) -> tuple[float, float]:
    """Return the blank before and after a character in ems, 0 at an end of the strip."""
    before = (cells[index].x0 - cells[index - 1].x1) / em if index else 0.0
    after = (cells[index + 1].x0 - cells[index].x1) / em if index + 1 < len(cells) else 0.0
    return before, after


def _kind(texts: Sequence[str], index: int) -> str:
    """Return what stands at a place: a Chinese character ``h``, a full-width mark ``m``, other ``l``, or nothing."""
    if not 0 <= index < len(texts):
        return ""
    return "h" if _HAN.match(texts[index]) else "m" if WIDE.match(texts[index]) else "l"


def _is_full(texts: Sequence[str], index: int, before: float, after: float) -> bool | None:
    """Return whether a mark is full width by the blank around it (in ems); ``None`` where that says nothing."""
    left, right = _kind(texts, index - 1), _kind(texts, index + 1)
    if texts[index] in "()":
        beside, blank = (left, before) if texts[index] == "(" else (right, after)
        if beside in ("", "l") and blank >= _BLANK["h"]:
            return True if beside and blank > 2 * _BLANK["h"] else None
        return blank >= _BLANK[beside] if beside else None
    if not right:
        return left in ("h", "m") or before >= _SIDE
    return (left in ("h", "m") and right in ("h", "m")) or before >= _SIDE or before + after >= _BOTH


def set_wide(texts: Sequence[str], cells: Sequence[Cell], em: float) -> list[str | None]:
    """Return the characters of a strip with the marks of full width among them; ``None`` for a bracket that could be
    either. Brackets agree with their partner."""
    if not any(WIDE.match(text) for text in texts):
        return list(texts)
    full: dict[int, bool | None] = {}
    opened: list[int] = []
    for index, text in enumerate(texts):
        if text not in _MARKS:
            continue
        full[index] = _is_full(texts, index, *_blanks(cells, index, em))
        if text == "(":
            opened.append(index)
        elif text == ")" and opened:
            partner = opened.pop()
            agreed = full[partner] if full[partner] is not None else full[index]
            full[partner] = full[index] = agreed
    return [(None if full[at] is None else text.translate(_FULL) if full[at] else text) if at in full else _dash(
        text, cells[at], em) for at, text in enumerate(texts)]


def _dash(text: str, cell: Cell, em: float) -> str:
    """Return the dash of two widths that Tesseract takes for a one, else the character itself."""
    return "——" if text in _FLAT and cell.x1 - cell.x0 > _TWICE * em and cell.bottom - cell.top < 0.3 * em else text


def settled(lines: Sequence[Sequence[str | None]], texts: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the characters of all strips of a page: brackets that could be either are as most are on the page."""
    found = [text for line in lines for text in line if text is not None and text in "()（）"]
    wide = 2 * sum(text in "（）" for text in found) >= len(found)
    return [[(raw.translate(_FULL) if wide else raw) if text is None else text
             for text, raw in zip(line, own, strict=True)] for line, own in zip(lines, texts, strict=True)]


def corrected(text: str) -> str:
    """Return text with what Tesseract takes for Latin set as Chinese: a ring among Chinese digits is a zero, a dash
    that opens a line is a dash and not a one, a point between two characters is the dot of a foreign name."""
    if not WIDE.search(text):
        return text
    text = _ZERO.sub(lambda match: "〇" * len(match.group().lstrip("(（")), text)
    return _DOT.sub("·", _DASH.sub("——", text))


def widened(text: str) -> str:
    """Return corrected text in which marks beside Chinese characters are full width (where nothing was measured)."""
    if not WIDE.search(text):
        return text
    return corrected(_BESIDE_WIDE.sub(lambda match: match.group().translate(_FULL), text))
