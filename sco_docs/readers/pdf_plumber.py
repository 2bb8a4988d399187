"""pdfplumber: the second opinion, and the reader of pages whose characters PDFium cannot map."""

from __future__ import annotations

import logging
import math
import re
from collections import Counter
from io import BytesIO
from typing import Any, NamedTuple

import pdfplumber

from sco_docs.chinese.compat import read_characters
from sco_docs.readers.pdf_frames import turned
from sco_docs.readers.pdf_glyphs import UNKNOWN, Glyph, RawPage, Style

_CID = re.compile(r"\(cid:\d+\)")
_BOLD = re.compile(r"bold|black|heavy", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique", re.IGNORECASE)


class _Frame(NamedTuple):
    """Where the visible page begins: in the coordinates of the file, and within the whole sheet, whose height is
    ``height``. The matrices of pdfminer count from the sheet's corner, the boxes of pdfplumber from the file's zero."""

    left: float
    across: float
    down: float
    height: float


def _glyph(char: dict[str, Any], frame: _Frame, styles: dict[tuple[Any, ...], Style]) -> Glyph:
    a, b, u, v, x, y = char["matrix"]
    key = (char["fontname"], char["size"], a, b, u, v)
    style = styles.get(key)
    if style is None:
        name = str(char["fontname"])
        angle = round(math.degrees(math.atan2(-b, a))) % 360
        size = math.hypot(u, v) if char["upright"] and math.hypot(u, v) > 1.5 else float(char["size"])
        style = styles[key] = Style(name[7:] if name[6:7] == "+" else name, round(size, 2), bool(_BOLD.search(name)),
                                    bool(_ITALIC.search(name)), angle)
    text = UNKNOWN if _CID.fullmatch(char["text"]) or not char["text"] else char["text"]
    if style.angle:
        left, base = turned(style.angle, x - frame.across, frame.height - y - frame.down)
        return Glyph(text, left, left + max(char["width"], char["height"]), base, style)
    return Glyph(text, float(char["x0"]) - frame.left, float(char["x1"]) - frame.left,
                 frame.height - y - frame.down, style)


def read_page(copy: BytesIO, number: int) -> RawPage | None:
    """Return the only page of a PDF, which is page ``number`` of its document, as pdfplumber sees it.

    ``None`` where it fails: pdfminer raises whatever it meets.
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(copy, unicode_norm=None) as document:
            page = document.pages[0]
            left, top, right, bottom = (float(side) for side in page.cropbox)
            sheet_left, sheet_top = (float(side) for side in page.mediabox[:2])
            frame = _Frame(left, left - sheet_left, top - sheet_top, float(page.height))
            styles: dict[tuple[Any, ...], Style] = {}
            glyphs = tuple(_glyph(char, frame, styles) for char in page.chars)
    except Exception:
        return None
    unknown = "".join(glyph.text for glyph in glyphs if glyph.text == UNKNOWN)
    return RawPage(number, right - left, bottom - top, glyphs, unmapped=unknown)


def agreement(one: RawPage, other: RawPage) -> float:
    """Return how far two engines agree on the characters of a page (0 to 1).

    What is printed twice on one spot counts once; stand-in characters count as what they are read as.
    """
    first, second = _characters(one), _characters(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 1.0


def _characters(page: RawPage) -> Counter[str]:
    spots = {(g.text, round(g.x0 / 2), round(g.base / 2)) for g in page.glyphs if not g.text.isspace()}
    texts = [*(text for text, _, _ in spots), *page.off_page]
    return Counter(character for text in texts for character in read_characters(text)[0] if not character.isspace())
