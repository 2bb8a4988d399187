"""What Tesseract's Chinese data cannot tell, measured on the picture: full-width marks from those of half a width."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from sco_docs.readers.ocr_cells import HAN, WIDE, Cell
from sco_docs.readers.ocr_picture import Sheet
from sco_docs.readers.ocr_strips import Strip

_FULL = str.maketrans(",;:!?()", "，；：！？（）")
_CJK = "\u3001-\u9fff\uf900-\ufaff\uff01-\uff5e"
_BESIDE_WIDE = re.compile(f"(?<=[{_CJK}”’])[,;:!?)]+|[,;(]+(?=[{_CJK}“‘])|[,;]$")
_ZERO = re.compile("(?<=[一二三四五六七八九〇])[(（]?[0OoQC○]+(?=[一二三四五六七八九〇年])")
_DASH = re.compile(f"^[一—-]{{2}}(?=[{_CJK}])")
_CORNER = re.compile("\\[(?=[^\\[\\]「」]{1,80}」)")
_DOT = re.compile("(?<=[\u4e00-\u9fff])[.·•‧](?=[\u4e00-\u9fff])")
_MARKS = frozenset(",;:!?()")
_FLAT = frozenset("一—-_")
_TITLE = {mark: pair for pair in ("〈《", "〉》") for mark in pair}
_STROKES, _THICK = 1.5, 0.12
"""Two strokes side by side on so many rows, or so many ems of ink on each, are a double title mark."""
_TWICE = 1.5
_EN = (0.42, 0.8)
_BLANK = {"h": 0.35, "m": 0.6, "l": 0.35}
"""So many ems of blank outside a bracket belong to a full-width one, by what stands there (``_kind``)."""
_SIDE = 0.14
_BOTH = 0.6
"""A full-width comma or colon has so many ems of blank before it, or so many on both sides together."""


def _blanks(cells: Sequence[Cell], index: int, em: float) -> tuple[float, float]:
    """Return the blank before and after a character in ems, 0 at an end of the strip."""
    before = (cells[index].x0 - cells[index - 1].x1) / em if index else 0.0
    after = (cells[index + 1].x0 - cells[index].x1) / em if index + 1 < len(cells) else 0.0
    return before, after


def _kind(texts: Sequence[str], index: int) -> str:
    """Return what stands at a place: a Chinese character ``h``, a full-width mark ``m``, other ``l``, or nothing."""
    if not 0 <= index < len(texts):
        return ""
    return "h" if HAN.match(texts[index]) else "m" if WIDE.match(texts[index]) else "l"


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
    """Return the dash that a character is by its length: of two widths (taken for a one), or of half a width (–)."""
    width = (cell.x1 - cell.x0) / em
    if text in _FLAT and width > _TWICE and cell.bottom - cell.top < 0.3 * em:
        return "——"
    return "–" if text == "-" and _EN[0] < width < _EN[1] else text


def titled(sheet: Sheet, strip: Strip, texts: Sequence[str], cells: Sequence[Cell],
           em: float) -> list[str]:
    """Return the characters of a strip with single and double title marks told apart by their strokes side by side."""
    found = list(texts)
    for at, (text, cell) in enumerate(zip(texts, cells, strict=True)):
        if text in _TITLE and not cell.empty:
            ink = sheet.dots[strip.top + cell.top:strip.top + cell.bottom, strip.x0 + cell.x0:strip.x0 + cell.x1]
            strokes = float((np.diff(ink.astype(np.int8), axis=1, prepend=0) == 1).sum(axis=1).mean())
            thick = float(ink.sum(axis=1).mean()) / em
            found[at] = _TITLE[text][strokes > _STROKES or thick > _THICK]
    return found


def settled(lines: Sequence[Sequence[str | None]], texts: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the characters of all strips of a page: brackets that could be either are as most are on the page."""
    found = [text for line in lines for text in line if text is not None and text in "()（）"]
    wide = 2 * sum(text in "（）" for text in found) >= len(found)
    return [[(raw.translate(_FULL) if wide else raw) if text is None else text
             for text, raw in zip(line, own, strict=True)] for line, own in zip(lines, texts, strict=True)]


def corrected(text: str) -> str:
    """Return text with what Tesseract takes for Latin set as Chinese: a ring among Chinese digits is a zero, a dash
    that opens a line is a dash and not a one, a point between two characters is the dot of a foreign name,
    a square bracket that a corner one closes is one too."""
    if not WIDE.search(text):
        return text
    text = _ZERO.sub(lambda match: "〇" * len(match.group().lstrip("(（")), text)
    return _CORNER.sub("「", _DOT.sub("·", _DASH.sub("——", text)))


def widened(text: str) -> str:
    """Return corrected text in which marks beside Chinese characters are full width (where nothing was measured)."""
    if not WIDE.search(text):
        return text
    return corrected(_BESIDE_WIDE.sub(lambda match: match.group().translate(_FULL), text))
