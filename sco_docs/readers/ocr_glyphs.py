"""A second look at doubtful characters: their pictures beside those of the installed fonts.

Tesseract's Chinese data know some 4,500 characters; of the others they make the likest they know, and they take some
shapes of some fonts for other characters. So a doubtful character is compared with every character of its script in
the font of this computer that fits the page best; where none fits well, nothing is changed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from scipy import ndimage

from sco_docs.readers.ocr_cells import cells_of, em_of
from sco_docs.readers.ocr_engine import Letter
from sco_docs.readers.ocr_picture import Sheet
from sco_docs.readers.ocr_reading import Reading

_HAN = re.compile("[\u4e00-\u9fff]")
_STYLES = frozenset({"Regular", "Book", "Light", "Bold", "Medium"})
_SIDE, _INNER = 24, 20
_SIZE, _ROW = 36, 48
_SURE = 0.985
_SAMPLE = 48
_FIT = 0.8
"""How like the font must be to the page (median of characters that are sure)."""
_LIKE = 0.86
_CLEARER = (0.07, 0.2)
"""A character is another if it is at least so like it, and by so much more than the one that Tesseract read: by more
where Tesseract was fairly sure."""
_FAIRLY = 0.95
_RARE = 0.05
_WIDTHS = (0.6, 1.15)

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Face:
    """A face of an installed font: its file, and its number in it."""

    path: str
    index: int


@lru_cache(maxsize=4)
def faces_of(language: str) -> tuple[Face, ...]:
    """Return the upright faces that fontconfig has for a language (``zh-tw``, ``zh-cn``); none without fontconfig."""
    command = shutil.which("fc-list")
    if command is None:
        return ()
    form = "%{file}|%{index}|%{family[0]}|%{style[0]}\n"
    try:
        done = subprocess.run([command, "--format", form, f":lang={language}"], capture_output=True, text=True,
                              check=False, timeout=30)
    except (subprocess.TimeoutExpired, OSError):
        return ()
    rows = sorted({tuple(row.split("|")) for row in done.stdout.splitlines() if row.count("|") == 3})
    return tuple(Face(path, int(index) & 0xFFFF) for path, index, family, style in rows
                 if style in _STYLES and "Mono" not in family and not family.endswith((" JP", " KR")))


@lru_cache(maxsize=2)
def characters_of(script: str) -> tuple[str, int]:
    """Return the characters of a script, common ones first, and how many are common (level 1 of Big5 or GB 2312)."""
    codec, first, common, last = ("gb2312", 0xB0, 0xD8, 0xF8) if script == "chi_sim" else ("big5", 0xA4, 0xC7, 0xFA)
    found: list[str] = []
    count = 0
    for lead in range(first, last):
        if lead == common:
            count = len(found)
        for trail in range(0x40, 0xFF):
            text = bytes((lead, trail)).decode(codec, "ignore")
            if len(text) == 1 and _HAN.match(text):
                found.append(text)
    return "".join(found), count


def _framed(picture: Image.Image, box: tuple[int, int, int, int]) -> Vectors:
    """Return a part of a picture of ink (255: ink) scaled into the middle of a square."""
    width, height = box[2] - box[0], box[3] - box[1]
    scale = _INNER / max(width, height)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = picture.resize(size, Image.Resampling.BOX if scale < 0.8 else Image.Resampling.BILINEAR, box=box)
    frame = np.zeros((_SIDE, _SIDE), dtype=np.float32)
    top, left = (_SIDE - size[1]) // 2, (_SIDE - size[0]) // 2
    frame[top:top + size[1], left:left + size[0]] = np.asarray(small)
    return frame


def _vectors(frames: Sequence[Vectors]) -> Vectors:
    """Return framed characters as vectors of length 1 whose product tells how like two are."""
    stack = np.stack(frames) if frames else np.zeros((0, _SIDE, _SIDE), dtype=np.float32)
    soft = ndimage.gaussian_filter(stack, (0, 0.9, 0.9)).reshape(len(stack), _SIDE * _SIDE)
    soft -= soft.mean(axis=1, keepdims=True)
    return np.asarray(soft / np.maximum(np.linalg.norm(soft, axis=1, keepdims=True), 1e-6), dtype=np.float32)


def drawn(face: Face, text: str) -> Vectors:
    """Return the vectors of characters as a font draws them."""
    font = ImageFont.truetype(face.path, _SIZE, index=face.index)
    canvas = Image.new("L", (_ROW * len(text), _ROW), 0)
    pen = ImageDraw.Draw(canvas)
    for at, character in enumerate(text):
        pen.text((at * _ROW + (_ROW - _SIZE) // 2, 0), character, font=font, fill=255)
    ink = (np.asarray(canvas) > 76).reshape(_ROW, len(text), _ROW)
    across, down = np.asarray(ink.any(axis=0)), np.asarray(ink.any(axis=2)).T
    frames: list[Vectors] = []
    for at in range(len(text)):
        if not across[at].any():
            frames.append(np.zeros((_SIDE, _SIDE), dtype=np.float32))
            continue
        columns, rows = np.flatnonzero(across[at]), np.flatnonzero(down[at])
        frames.append(_framed(canvas, (at * _ROW + int(columns[0]), int(rows[0]), at * _ROW + int(columns[-1]) + 1,
                                       int(rows[-1]) + 1)))
    return _vectors(frames)


@lru_cache(maxsize=3)
def bank_of(face: Face, script: str) -> Vectors:
    """Return the vectors of all characters of a script in a face."""
    text, _ = characters_of(script)
    return np.concatenate([drawn(face, text[at:at + 512]) for at in range(0, len(text), 512)])


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """A character of the page: where it is (reading, place in it) and how it looks."""

    reading: int
    place: int
    letter: Letter
    look: Vectors


def _seen(sheet: Sheet, readings: Sequence[Reading], places: Sequence[tuple[int, int]]) -> list[_Seen]:
    """Return the characters at some places of the page, those as wide as a character is."""
    found: list[tuple[int, int, Letter]] = []
    frames: list[Vectors] = []
    for index, group in groupby(places, lambda at: at[0]):
        strip, letters = readings[index].strip, readings[index].letters
        em, cells = em_of(letters, strip.bottom - strip.top), cells_of(sheet, strip, letters)
        for _, place in group:
            cell = cells[place]
            wide, tall = (cell.x1 - cell.x0) / em, (cell.bottom - cell.top) / em
            if not _WIDTHS[0] <= max(wide, tall) <= _WIDTHS[1]:
                continue
            grey = sheet.grey[strip.top + cell.top:strip.top + cell.bottom, strip.x0 + cell.x0:strip.x0 + cell.x1]
            part = np.clip((230 - grey.astype(np.float32)) * 1.7, 0, 255)
            picture = Image.fromarray(part.astype(np.uint8))
            frames.append(_framed(picture, (0, 0, picture.width, picture.height)))
            found.append((index, place, letters[place]))
    return [_Seen(*one, look) for one, look in zip(found, _vectors(frames), strict=True)]


def _best_face(seen: Sequence[_Seen], language: str) -> Face | None:
    """Return the face in which characters that are sure look most as they do on the page; none if none fits."""
    text = "".join(one.letter.text for one in seen)
    fits: list[tuple[float, Face]] = []
    for face in faces_of(language):
        try:
            models = drawn(face, text)
        except OSError:
            continue
        fits.append((float(np.median([one.look @ model for one, model in zip(seen, models, strict=True)])), face))
    best = max(fits, key=lambda item: item[0], default=None)
    return best[1] if best is not None and best[0] >= _FIT else None


def _other(one: _Seen, face: Face, script: str, beside: str) -> Letter | None:
    """Return the character that a doubtful one is, if clearly another, and none of those that stand ``beside`` it."""
    text, common = characters_of(script)
    likeness = bank_of(face, script) @ one.look
    at = text.find(one.letter.text)
    own = float(likeness[at]) if at >= 0 else float(drawn(face, one.letter.text)[0] @ one.look)
    likeness[common:] -= _RARE
    best = int(likeness.argmax())
    least = own + _CLEARER[one.letter.confidence >= _FAIRLY]
    if likeness[best] < max(_LIKE, least) or text[best] in beside:
        return None
    return replace(one.letter, text=text[best], confidence=min(_SURE, float(likeness[best])))


def checked(sheet: Sheet, readings: Sequence[Reading], script: str) -> list[Reading]:
    """Return the strips of a page with doubtful characters replaced by what they look like."""
    places = [(index, place) for index, reading in enumerate(readings) if not reading.strip.leader
              for place, letter in enumerate(reading.letters) if _HAN.match(letter.text)]
    sure = [at for at in places if readings[at[0]].letters[at[1]].confidence >= _SURE]
    doubtful = [at for at in places if readings[at[0]].letters[at[1]].confidence < _SURE]
    if not doubtful or len(sure) < 8:
        return list(readings)
    sample = _seen(sheet, readings, sure[::max(1, len(sure) // _SAMPLE)][:_SAMPLE])
    face = _best_face(sample, "zh-cn" if script == "chi_sim" else "zh-tw") if sample else None
    if face is None:
        return list(readings)
    found = list(readings)
    for one in _seen(sheet, readings, doubtful):
        letters = found[one.reading].letters
        beside = "".join(x.text for x in (*letters[max(0, one.place - 2):one.place],
                                          *letters[one.place + 1:one.place + 3]))
        other = _other(one, face, script, beside)
        if other is not None:
            found[one.reading] = replace(found[one.reading], letters=(
                *letters[:one.place], other, *letters[one.place + 1:]))
    return found
