"""The picture of a page becomes lines: made straight, cut into strips, read strip by strip.

Tesseract's own look for lines loses a good part of tables, contents and note numbers. Only a page without lines that
run across (vertical writing) goes to Tesseract whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from PIL import Image
from scipy import ndimage

from sco_docs.readers.ocr import Recognised, confidence_of
from sco_docs.readers.ocr_engine import read_strips
from sco_docs.readers.ocr_glyphs import checked
from sco_docs.readers.ocr_lines import lines_of, rules_of
from sco_docs.readers.ocr_picture import Sheet, sheet_of
from sco_docs.readers.ocr_reading import Reading, read_sheet
from sco_docs.readers.ocr_strips import Strip, strips_of
from sco_docs.readers.ocr_words import lines_of_page

_COVERED = 0.6
"""The strips of a page of lines hold at least so much of the ink of its characters."""
_CHARACTER = 0.4
"""The largest character, in inches."""
_SAMPLE = 8
_HAN = re.compile("[\u4e00-\u9fff]")
_SURE = 0.98
_NOISE = {0: 1.1, 1: 0.88, 2: 0.7}
"""A strip of so few characters is none if it is less sure than this."""


def recognise(picture: Image.Image, scripts: Sequence[str], page: int, dpi: float,
              known: Sequence[str]) -> Recognised:
    """Return what stands on the picture of a page (``dpi`` pixels an inch), read with the best of ``scripts``.

    ``known``: the languages that Tesseract knows.
    """
    sheet = sheet_of(picture, dpi)
    strips = strips_of(sheet)
    scale = 72 / dpi
    if not _in_lines(sheet, strips):
        tries = [(lines_of_page(sheet, language, page), script) for script in scripts
                 for language in (script, f"{script}_vert") if language in known or language == script]
        lines, script = max(tries, key=lambda item: confidence_of(item[0]))
        return Recognised(lines, (), script)
    script = _script_of(sheet, strips, scripts)
    rules = rules_of(sheet.rules, scale)
    readings = [r for r in checked(sheet, read_sheet(sheet, strips, script, known), script) if not _is_noise(r)]
    return Recognised(lines_of(readings, page, scale, rules), rules, script)


def _in_lines(sheet: Sheet, strips: Sequence[Strip]) -> bool:
    """Return whether most of what is as small as a character (pictures are not) stands in strips that run across."""
    labels, _ = ndimage.label(sheet.ink, np.ones((3, 3)))
    side = _CHARACTER * sheet.dpi
    small = np.array([False, *(rows.stop - rows.start <= side and columns.stop - columns.start <= side
                               for rows, columns in ndimage.find_objects(labels))])
    letters = small[labels]
    held = sum(int(letters[s.top:s.bottom, s.x0:s.x1].sum()) for s in strips
               if s.bottom - s.top <= max(side, 2 * (s.x1 - s.x0)))
    return held >= _COVERED * int(letters.sum())


def _is_noise(reading: Reading) -> bool:
    """Return whether a strip is a bit of a drawing or of dirt rather than writing."""
    text = "".join(letter.text for letter in reading.letters)
    return reading.confidence < _NOISE.get(len(text), 0.0) or not text.strip("|‘'`_;")


def _script_of(sheet: Sheet, strips: Sequence[Strip], scripts: Sequence[str]) -> str:
    """Return which of the scripts is sure of most of the Chinese characters in the longest strips of a page.

    The mean confidence does not tell them apart on pages with much Latin, of which both are sure.
    """
    if len(scripts) == 1:
        return scripts[0]
    sample = sorted((s for s in strips if not s.leader), key=lambda s: s.x0 - s.x1)[:_SAMPLE]

    def sure(script: str) -> float:
        found = [letter for letters in read_strips(sheet, sample, script) for letter in letters]
        han = [letter.confidence > _SURE for letter in found if _HAN.match(letter.text)]
        return sum(han) / len(han) if han else 0.0

    return max(scripts, key=sure)
