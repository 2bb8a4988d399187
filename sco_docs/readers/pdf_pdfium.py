"""PDFium: one record per character, from its raw calls.

The calls go through a handle that keeps the interpreter lock and takes plain integers, and what is the same
for a whole text object (font, size, matrix) is asked once: about 1 ms per 1,000 characters.
PDFium's tight character boxes follow hinted outlines and are wrong for some Chinese fonts, so a glyph's place
is its origin and its advance.
"""

from __future__ import annotations

import ctypes as c
import math
from collections import deque
from itertools import repeat
from typing import Any

import pypdfium2.raw as raw

from sco_docs.readers.pdf_frames import turned
from sco_docs.readers.pdf_glyphs import UNKNOWN, Glyph, RawPage, Style, frame, move_box
from sco_docs.readers.pdf_graphics import read_graphics
from sco_docs.readers.pdf_handle import INT as _INT
from sco_docs.readers.pdf_handle import POINTER as _POINTER
from sco_docs.readers.pdf_handle import bind

_load = bind("FPDFText_LoadPage", _POINTER, _POINTER)
_close = bind("FPDFText_ClosePage", None, _POINTER)
_count = bind("FPDFText_CountChars", _INT, _POINTER)
_unicode = bind("FPDFText_GetUnicode", c.c_uint, _POINTER, _INT)
_origin = bind("FPDFText_GetCharOrigin", _INT, _POINTER, _INT, _POINTER, _POINTER)
_loose_box = bind("FPDFText_GetLooseCharBox", _INT, _POINTER, _INT, _POINTER)
_tight_box = bind("FPDFText_GetCharBox", _INT, _POINTER, _INT, _POINTER, _POINTER, _POINTER, _POINTER)
_matrix = bind("FPDFText_GetMatrix", _INT, _POINTER, _INT, _POINTER)
_object = bind("FPDFText_GetTextObject", _POINTER, _POINTER, _INT)
_map_error = bind("FPDFText_HasUnicodeMapError", _INT, _POINTER, _INT)
_font = bind("FPDFTextObj_GetFont", _POINTER, _POINTER)
_font_size = bind("FPDFTextObj_GetFontSize", _INT, _POINTER, _POINTER)
_render_mode = bind("FPDFTextObj_GetTextRenderMode", _INT, _POINTER)
_font_name = bind("FPDFFont_GetBaseFontName", c.c_size_t, _POINTER, _POINTER, c.c_size_t)
_font_flags = bind("FPDFFont_GetFlags", _INT, _POINTER)
_font_weight = bind("FPDFFont_GetWeight", _INT, _POINTER)
_font_angle = bind("FPDFFont_GetItalicAngle", _INT, _POINTER, _POINTER)

_ITALIC, _FORCE_BOLD = 1 << 6, 1 << 18
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi", "-w7", "-w8", "-w9")
_HYPHENS = (0x02, 0xFFFE)
MAX_GLYPHS = 200_000
Box = tuple[float, float, float, float]


class TooManyGlyphs(Exception):
    """A page holds more than ``MAX_GLYPHS`` characters; ``args[0]`` is how many."""


def _font_label(name: bytes) -> str:
    for encoding in ("utf-8", "gb18030", "big5hkscs"):
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("latin-1")


class Font:
    """What PDFium says of a font: name without subset tag, bold, italic."""

    __slots__ = ("bold", "italic", "name")

    def __init__(self, pointer: int | None) -> None:
        self.name, self.bold, self.italic = "", False, False
        if not pointer:
            return
        buffer = c.create_string_buffer(256)
        _font_name(pointer, c.addressof(buffer), 256)
        name = _font_label(buffer.value)
        self.name = name[7:] if name[6:7] == "+" else name
        lower, flags = self.name.lower(), max(0, _font_flags(pointer))
        angle = c.c_int()
        slanted = bool(_font_angle(pointer, c.addressof(angle))) and -45 <= angle.value <= -3
        self.bold = any(word in lower for word in _BOLD_NAMES) or bool(flags & _FORCE_BOLD) or (
            _font_weight(pointer) >= 700)
        self.italic = slanted or bool(flags & _ITALIC) or "italic" in lower or "oblique" in lower


class _Setting:
    """A text object: its style in user space, and how its glyphs run there."""

    __slots__ = ("advance_size", "direction", "invisible", "style", "upright")

    def __init__(self, text_page: int, index: int, pointer: int, fonts: dict[int, Font]) -> None:
        key = _font(pointer) or 0
        font = fonts.get(key) or fonts.setdefault(key, Font(key))
        size, matrix = c.c_float(), (c.c_float * 6)()
        _font_size(pointer, c.addressof(size))
        _matrix(text_page, index, c.addressof(matrix))
        a, b, u, v = matrix[0], matrix[1], matrix[2], matrix[3]
        height = abs(size.value) * math.hypot(u, v)
        self.advance_size = abs(size.value) * math.hypot(a, b)
        self.direction = math.degrees(math.atan2(-b, a)) if size.value >= 0 else math.degrees(math.atan2(b, -a))
        skewed = abs(a * u + b * v) > 0.15 * (math.hypot(a, b) * math.hypot(u, v) or 1.0)
        mode = _render_mode(pointer)
        self.invisible = mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE
        bold = font.bold or mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
        self.style = Style(font.name, round(height, 2), bold, font.italic or skewed)
        self.upright = a > 0 and abs(b) <= 0.02 * a


def _columns(text_page: int, count: int) -> tuple[list[int], list[float], list[float], list[int | None]]:
    """Return code points, origins (x, y alternating), loose boxes (4 each) and text objects of all characters."""
    unicodes = list(map(_unicode, repeat(text_page, count), range(count)))
    origins, boxes = (c.c_double * (2 * count))(), (c.c_float * (4 * count))()
    start, corner = c.addressof(origins), c.addressof(boxes)
    xs, ys = range(start, start + 16 * count, 16), range(start + 8, start + 8 + 16 * count, 16)
    deque(map(_origin, repeat(text_page, count), range(count), xs, ys), maxlen=0)
    corners = range(corner, corner + 16 * count, 16)
    deque(map(_loose_box, repeat(text_page, count), range(count), corners), maxlen=0)
    objects = list(map(_object, repeat(text_page, count), range(count)))
    return unicodes, list(origins), list(boxes), objects


def _quarter(angle: float) -> int:
    return round(angle / 90) * 90 % 360


def _main_turn(objects: list[int | None], settings: dict[int, _Setting], rotation: int) -> int:
    """Return by how much user space is turned clockwise to set most of the text upright, else ``rotation``."""
    votes: dict[int, int] = {}
    for pointer in objects:
        if pointer is not None:
            angle = settings[pointer].direction % 360
            if min(angle % 90, 90 - angle % 90) < 2:
                quarter = _quarter(angle)
                votes[quarter] = votes.get(quarter, 0) + 1
    best = max(votes, key=lambda quarter: votes[quarter], default=0)
    return -best % 360 if votes.get(best, 0) > 0.6 * sum(votes.values()) else rotation


def _boxes(page: Any) -> tuple[Box, Box]:
    """Return MediaBox and visible box in user space; PDFium does not inherit a MediaBox from the page tree."""
    visible = page.get_bbox()
    media = page.get_mediabox(fallback_ok=False)
    return (media or visible), visible


def _settings(text_page: int, objects: list[int | None]) -> dict[int, _Setting]:
    fonts: dict[int, Font] = {}
    settings: dict[int, _Setting] = {}
    for index, pointer in enumerate(objects):
        if pointer is not None and pointer not in settings:
            settings[pointer] = _Setting(text_page, index, pointer, fonts)
    return settings


def _character(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    return UNKNOWN if code == 0 or code == 0xFFFF or 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)


class _Gathered:
    """What the text of a page comes to: see ``RawPage``."""

    __slots__ = ("glyphs", "invisible", "off_page", "turn", "unmapped")

    def __init__(self, turn: int) -> None:
        self.turn = turn
        self.glyphs: list[Glyph] = []
        self.off_page: list[str] = []
        self.unmapped = ""
        self.invisible = 0


def _gather(text_page: int, count: int, box: Box, visible: Box, rotation: int) -> _Gathered:
    unicodes, origins, boxes, objects = _columns(text_page, count)
    settings = _settings(text_page, objects)
    found = _Gathered(_main_turn(objects, settings, rotation))
    matrix, _, _ = frame(box, found.turn)
    a, b, u, v, e, f = matrix
    x_min, y_min, x_max, y_max = move_box(matrix, *visible)
    errors = list(map(_map_error, repeat(text_page, count), range(count)))
    if any(errors):
        found.unmapped = "".join(_character(code) for code, error in zip(unicodes, errors, strict=True) if error == 1)
    tight = (c.c_double * 4)()
    corner = c.addressof(tight)
    styles: dict[int, Style] = {}
    append = found.glyphs.append
    for index, pointer in enumerate(objects):
        if pointer is None:
            continue
        setting = settings[pointer]
        style = styles.get(pointer)
        if style is None:
            angle = round(setting.direction + found.turn) % 360
            style = styles[pointer] = setting.style._replace(angle=0 if angle in (1, 359) else angle)
        size, code = setting.advance_size, unicodes[index]
        if code > 0x2E7F:
            advance = size
        else:
            if setting.upright:
                advance = boxes[4 * index + 2] - boxes[4 * index]
            else:
                _tight_box(text_page, index, corner, corner + 8, corner + 16, corner + 24)
                advance = max(tight[1] - tight[0], tight[3] - tight[2])
            if advance <= 0 or advance > 2 * size:
                advance = min(max(advance, 0.2 * size), size)
        x, y = origins[2 * index], origins[2 * index + 1]
        left, base = a * x + u * y + e, b * x + v * y + f
        if style.angle:
            middle_x, middle_y = left, base
            left, base = turned(style.angle, left, base)
        else:
            middle_x, middle_y = left + advance / 2, base - 0.35 * style.size
        text = _character(code)
        if not (x_min <= middle_x <= x_max and y_min <= middle_y <= y_max):
            found.off_page.append(text)
            continue
        found.invisible += setting.invisible
        append(Glyph(text, left, left + advance, base, style))
    return found


def read_page(page: Any, number: int) -> RawPage:
    """Return what stands on an open ``pypdfium2`` page; raises ``TooManyGlyphs``."""
    box, visible = _boxes(page)
    rotation = page.get_rotation()
    pointer = c.cast(page.raw, _POINTER).value or 0
    text_page = _load(pointer)
    try:
        count = _count(text_page) if text_page else 0
        if count > MAX_GLYPHS:
            raise TooManyGlyphs(count)
        found = _gather(text_page, count, box, visible, rotation) if count > 0 else _Gathered(rotation)
    finally:
        if text_page:
            _close(text_page)
    matrix, width, height = frame(box, found.turn)
    rules, pictures, paths = read_graphics(pointer, matrix, width, height)
    return RawPage(number, width, height, tuple(found.glyphs), (found.turn - rotation) % 360, rules, pictures,
                   found.unmapped, "".join(found.off_page), found.invisible, paths)
