"""Tesseract as a command: the strips of a page go in as the pages of one TIFF, characters with places come out."""

from __future__ import annotations

import html
import io
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from sco_docs.readers.ocr_picture import Sheet
from sco_docs.readers.ocr_strips import Strip

TIMEOUT = 180
HEIGHT = 48
"""The height in pixels to which Tesseract's Chinese networks scale every line."""
_MARGIN = 0.25
_TOKEN = re.compile(r"<div class='ocr_page'[^>]*?ppageno (\d+)|<span class='ocrx_word'|"
                    r"<span class='ocrx_cinfo' title='x_bboxes (\d+) \d+ (\d+) \d+; x_conf ([\d.]+)'>([^<]*)</span>")


@dataclass(frozen=True, slots=True)
class Letter:
    """A character as recognised: where it stands in the strip (pixels of the sheet, from its left edge; Tesseract
    knows only about where), how sure it is (0 to 1), and whether a word begins with it."""

    text: str
    x0: float
    x1: float
    confidence: float
    begins: bool


Letters = tuple[Letter, ...]


def run(arguments: Sequence[str], data: bytes) -> str:
    """Return what Tesseract writes for a picture; nothing where it fails or takes longer than ``TIMEOUT`` seconds."""
    command = shutil.which("tesseract")
    if command is None:
        return ""
    try:
        done = subprocess.run([command, "stdin", "stdout", *arguments], input=data, capture_output=True, check=False,
                              timeout=TIMEOUT, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    except (subprocess.TimeoutExpired, OSError):
        return ""
    return done.stdout.decode("utf-8", "replace")


def picture_of(sheet: Sheet, strip: Strip, margin: float = _MARGIN) -> tuple[Image.Image, float, int]:
    """Return a strip as Tesseract reads it best, how much it was enlarged, and its margin at the left in pixels."""
    pad = max(2, round(margin * (strip.bottom - strip.top)))
    height, width = sheet.grey.shape
    left, top = max(0, strip.x0 - pad), max(0, strip.top - pad)
    part = sheet.grey[top:min(height, strip.bottom + pad), left:min(width, strip.x1 + pad)]
    picture = Image.fromarray(np.ascontiguousarray(part))
    scale = HEIGHT / picture.height
    size = (max(8, round(picture.width * scale)), HEIGHT)
    return picture.resize(size, Image.Resampling.BICUBIC), scale, strip.x0 - left


def letters_of(hocr: str) -> dict[int, list[tuple[str, int, int, float, bool]]]:
    """Return the characters of Tesseract's hOCR by page: text, left and right edge, confidence, start of a word."""
    found: dict[int, list[tuple[str, int, int, float, bool]]] = {}
    page, begins = 0, True
    for match in _TOKEN.finditer(hocr):
        number, x0, x1, confidence, text = match.groups()
        if number is not None:
            page = int(number)
        elif text is None:
            begins = True
        else:
            found.setdefault(page, []).append((html.unescape(text), int(x0), int(x1), float(confidence) / 100, begins))
            begins = False
    return found


def read_strips(sheet: Sheet, strips: Sequence[Strip], language: str, only: str = "") -> list[Letters]:
    """Return the characters of every strip, with Tesseract's data for one language; ``only`` those named, if any."""
    if not strips:
        return []
    pictures = [picture_of(sheet, strip) for strip in strips]
    buffer = io.BytesIO()
    pictures[0][0].save(buffer, "TIFF", save_all=True, append_images=[picture for picture, _, _ in pictures[1:]])
    limit = ["-c", f"tessedit_char_whitelist={only}"] if only else []
    pages = letters_of(run(["-l", language, "--psm", "13", "--dpi", "300", "-c", "hocr_char_boxes=1", *limit, "hocr"],
                           buffer.getvalue()))
    return [tuple(Letter(text, x0 / scale - pad, x1 / scale - pad, confidence, begins)
                  for text, x0, x1, confidence, begins in pages.get(index, []) if text.strip())
            for index, (_, scale, pad) in enumerate(pictures)]
