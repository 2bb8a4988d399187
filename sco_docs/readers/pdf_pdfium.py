"""PDFium: one record per character, from its raw calls.

The calls go through a handle that keeps the interpreter lock and takes plain integers, and what is the same
for a whole text object (font, size, matrix) is asked once: about 1 ms per 1,000 characters.
PDFium's tight character boxes follow hinted outlines and are wrong for some Chinese fonts, so a glyph's place
is its origin and its advance.
"""

from __future__ import annotations

import ctypes as c
import math
import unicodedata
from collections import Counter, deque
from itertools import repeat
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from sco_docs.readers.pdf_frames import turned
from sco_docs.readers.pdf_glyphs import UNKNOWN, Glyph, RawPage, Style, frame
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
_is_generated = bind("FPDFText_IsGenerated", _INT, _POINTER, _INT)
_map_error = bind("FPDFText_HasUnicodeMapError", _INT, _POINTER, _INT)
_font = bind("FPDFTextObj_GetFont", _POINTER, _POINTER)
_font_size = bind("FPDFTextObj_GetFontSize", _INT, _POINTER, _POINTER)
_render_mode = bind("FPDFTextObj_GetTextRenderMode", _INT, _POINTER)
_font_name = bind("FPDFFont_GetBaseFontName", c.c_size_t, _POINTER, _POINTER, c.c_size_t)
_font_flags = bind("FPDFFont_GetFlags", _INT, _POINTER)
_font_angle = bind("FPDFFont_GetItalicAngle", _INT, _POINTER, _POINTER)

_annotations = bind("FPDFPage_GetAnnotCount", _INT, _POINTER)
_annotation = bind("FPDFPage_GetAnnot", _POINTER, _POINTER, _INT)
_annotation_kind = bind("FPDFAnnot_GetSubtype", _INT, _POINTER)
_close_annotation = bind("FPDFPage_CloseAnnot", None, _POINTER)

_WITH_TEXT = (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_STAMP)
_MAX_ANNOTATIONS = 1_000
_ITALIC, _FORCE_BOLD = 1 << 6, 1 << 18
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi", "-w7", "-w8", "-w9")
_HYPHENS = (0x02, 0xFFFE)
MAX_GLYPHS = 200_000
FEW_UNMAPPED = 0.02
"""Up to this share of a page, characters that a font does not map are unknown; beyond it, another engine is asked."""
_BLANK = 0x20
_WIDE = 0x2E7F
_ENOUGH = 0.2
_TINY = 3.0
_CUT = 0.2
"""A glyph whose middle lies so many ems outside the visible page still shows a third of itself."""
_NARROW, _RAISE, _SHRUNK = 0.42, 0.33, 0.6
"""Superior figures of a font (OpenType ``sups``) take less than so many ems; they are read as figures of the size and
place at which they appear."""
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
    """What PDFium says of a font: name without subset tag, bold, italic.

    Its weight says nothing: it comes from the width of a stem, which makes many a regular Chinese font bold.
    """

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
        self.bold = any(word in lower for word in _BOLD_NAMES) or bool(flags & _FORCE_BOLD)
        self.italic = slanted or bool(flags & _ITALIC) or "italic" in lower or "oblique" in lower


class _Setting(NamedTuple):
    """How a text object is set: its style, and how its glyphs run in user space.

    ``direction`` is in degrees clockwise, ``turned`` the same where it is a multiple of 90, else -1.
    """

    style: Style
    advance: float
    direction: float
    upright: bool
    turned: int
    invisible: bool


def _setting(font: Font, size: float, matrix: tuple[float, ...], mode: int) -> _Setting:
    a, b, u, v = matrix
    along, up = math.hypot(a, b), math.hypot(u, v)
    sign = 1 if size >= 0 else -1
    direction = math.degrees(math.atan2(-b * sign, a * sign))
    skewed = abs(a * u + b * v) > 0.15 * (along * up or 1.0)
    if skewed:
        up = abs(a * v - b * u) / along
    if skewed and (across := math.degrees(math.atan2(u * sign, v * sign))) % 90 == 0:
        direction = across
    bold = font.bold or mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
    return _Setting(Style(font.name, round(abs(size) * up, 2), bold, font.italic or skewed), abs(size) * along,
                    direction, a > 0 and abs(b) <= 0.02 * a, _quarter(direction) if abs(direction / 90 - round(
                        direction / 90)) < 0.01 else -1, mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE)


def _columns(text_page: int, count: int) -> tuple[list[int], list[float], list[int | None]]:
    """Return code points, origins (x and y by turns) and text objects of all characters.

    PDFium gives a character beyond U+FFFF as two surrogates: the first becomes the character, the second no object.
    """
    unicodes = list(map(_unicode, repeat(text_page, count), range(count)))
    origins = (c.c_double * (2 * count))()
    start = c.addressof(origins)
    xs, ys = range(start, start + 16 * count, 16), range(start + 8, start + 8 + 16 * count, 16)
    deque(map(_origin, repeat(text_page, count), range(count), xs, ys), maxlen=0)
    objects = list(map(_object, repeat(text_page, count), range(count)))
    for index in [place for place, code in enumerate(unicodes[:-1]) if 0xD800 <= code < 0xDC00]:
        low = unicodes[index + 1]
        if 0xDC00 <= low < 0xE000:
            unicodes[index] = 0x10000 + (unicodes[index] - 0xD800) * 0x400 + low - 0xDC00
            objects[index + 1] = None
    return unicodes, list(origins), objects


def _quarter(angle: float) -> int:
    return round(angle / 90) * 90 % 360


def _main_turn(objects: list[int | None], settings: dict[int, _Setting], rotation: int, unicodes: list[int]) -> int:
    """Return by how much user space is turned clockwise to set most of the text upright, else ``rotation``.

    Chinese characters decide where they agree: in the columns of vertical text Latin letters lie on their side.
    """
    if all(setting.direction == 0 for setting in set(settings.values())):
        return 0 if settings else rotation
    wide = [pointer for pointer, code in zip(objects, unicodes, strict=True) if code > _WIDE]
    if len(wide) > _ENOUGH * sum(pointer is not None for pointer in objects):
        best, share = _vote(wide, settings)
        if share > 0.85:
            return -best % 360
    best, share = _vote(objects, settings)
    return -best % 360 if share > 0.6 else rotation


def _vote(objects: list[int | None], settings: dict[int, _Setting]) -> tuple[int, float]:
    """Return the quarter turn in which most characters run, and their share."""
    votes: Counter[int] = Counter()
    for pointer, count in Counter(objects).items():
        if pointer is not None:
            angle = settings[pointer].direction % 360
            if min(angle % 90, 90 - angle % 90) < 2:
                votes[_quarter(angle)] += count
    best, most = votes.most_common(1)[0] if votes else (0, 0)
    return best, most / (votes.total() or 1)


def _unit(text_page: int, index: int, code: int, size: float) -> float:
    """Return by what to multiply the size of a font that draws its glyphs itself (Type 3), whose unit may be any: from
    the place that a glyph takes, a full em for a Chinese character. It is 1 unless the size is far off."""
    _loose_box(text_page, index, _AT_LOOSE)
    large = max(_LOOSE[2] - _LOOSE[0], _LOOSE[1] - _LOOSE[3]) / (size or 1.0)
    if code <= _WIDE:
        large = large / 0.7 if size < _TINY else 1.0
    return large if large > 1.6 or large < 0.4 else 1.0


def _settings(text_page: int, objects: list[int | None], unicodes: list[int]) -> dict[int, _Setting]:
    """Return the setting of every text object; objects that are set alike share one."""
    fonts: dict[int, Font] = {}
    known: dict[tuple[int, float, int, bytes], _Setting] = {}
    settings: dict[int, _Setting] = {}
    size, matrix = c.c_float(), (c.c_float * 6)()
    at_size, at_matrix = c.addressof(size), c.addressof(matrix)
    four = memoryview(matrix).cast("B")[:16]
    for index, pointer in enumerate(objects):
        if pointer is None or pointer in settings:
            continue
        font = _font(pointer) or 0
        _font_size(pointer, at_size)
        _matrix(text_page, index, at_matrix)
        key = (font, size.value, _render_mode(pointer), four.tobytes())
        setting = known.get(key)
        if setting is None:
            if font not in fonts:
                fonts[font] = Font(font)
            true_size = size.value
            if not fonts[font].name and font:
                across = abs(true_size) * math.hypot(matrix[0], matrix[1])
                true_size *= _unit(text_page, index, unicodes[index], across)
            setting = known[key] = _setting(fonts[font], true_size, tuple(matrix[:4]), key[2])
        settings[pointer] = setting
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


def _gather(text_page: int, count: int, box: Box, rotation: int) -> _Gathered:
    unicodes, origins, objects = _columns(text_page, count)
    settings = _settings(text_page, objects, unicodes)
    found = _Gathered(_main_turn(objects, settings, rotation, unicodes))
    (a, b, u, v, e, f), width, height = frame(box, found.turn)
    errors = list(map(_map_error, repeat(text_page, count), range(count)))
    if any(errors):
        places = [place for place, error in enumerate(errors) if error == 1]
        few = len(places) <= max(3.0, FEW_UNMAPPED * count)
        for index in places:
            if few and not 0x20 < unicodes[index] < 0x7F:
                unicodes[index] = 0
            else:
                found.unmapped += _character(unicodes[index])
    styles = {setting: _turned_style(setting, found.turn) for setting in set(settings.values())}
    append = found.glyphs.append
    last: int | None = None
    last_x = last_y = math.nan
    pieces = 1
    for index, pointer in enumerate(objects):
        if pointer is None:
            continue
        if pointer != last:
            last, last_x, setting = pointer, math.nan, settings[pointer]
            style, size = styles[setting], setting.advance
            half, rise, flat, cut = size / 2, 0.35 * style.size, not style.angle, _CUT * style.size
        x, y, code = origins[2 * index], origins[2 * index + 1], unicodes[index]
        if code == _BLANK and _is_generated(text_page, index) == 1:
            continue
        left, base = a * x + u * y + e, b * x + v * y + f
        advance = size if code > _WIDE else _advance(text_page, index, setting)
        text = chr(code) if 2 < code < 0xD800 else _character(code)
        middle_x, middle_y = (left + half, base - rise) if flat else (left, base)
        if not (-cut <= middle_x <= width + cut and -cut <= middle_y <= height + cut):
            found.off_page.append(text)
            continue
        if not flat:
            left, base = turned(style.angle, left, base)
        found.invisible += setting.invisible
        if x == last_x and y == last_y and not unicodedata.combining(found.glyphs[-1].text):
            if code <= _WIDE and setting.upright and left + _LOOSE[0] - x > found.glyphs[-1].x0 + 0.12 * size:
                append(Glyph(text, left + _LOOSE[0] - x, left + _LOOSE[2] - x, base, style))
            else:
                pieces += 1
                _share(found.glyphs, pieces, text)
            continue
        last_x, last_y, pieces = x, y, 1
        narrow = advance < _NARROW * size and 0x30 <= code <= 0x39 and setting.upright
        if narrow and _is_drawn_raised(text_page, index, y):
            base -= _RAISE * style.size
            append(Glyph(text, left, left + advance, base, style._replace(size=round(_SHRUNK * style.size, 2))))
            continue
        append(Glyph(text, left, left + advance, base, style))
    return found


def _share(glyphs: list[Glyph], pieces: int, text: str) -> None:
    """Add one more character to the last glyph, which stands for several: each takes its part of the advance. (Where
    text is upright, PDFium parts the place of a ligature itself.)"""
    first, last = glyphs[1 - pieces], glyphs[-1]
    step = (last.x1 - first.x0) / pieces
    for place in range(1, pieces):
        glyphs[-place] = glyphs[-place]._replace(x0=last.x1 - (place + 1) * step, x1=last.x1 - place * step)
    glyphs.append(last._replace(text=text, x0=last.x1 - step))


def _turned_style(setting: _Setting, turn: int) -> Style:
    angle = round(setting.direction + turn) % 360
    return setting.style._replace(angle=0 if angle in (1, 359) else angle)


_LOOSE, _TIGHT = (c.c_float * 4)(), (c.c_double * 4)()
_AT_LOOSE, _AT_TIGHT = c.addressof(_LOOSE), c.addressof(_TIGHT)


def _is_drawn_raised(text_page: int, index: int, base: float) -> bool:
    """Return whether a figure is drawn above the lower third of its height: a superior of the font (``sups``)."""
    _tight_box(text_page, index, _AT_TIGHT, _AT_TIGHT + 8, _AT_TIGHT + 16, _AT_TIGHT + 24)
    return _TIGHT[2] - base > 0.33 * (_TIGHT[3] - base) > 0


def _advance(text_page: int, index: int, setting: _Setting) -> float:
    """Return the advance of a glyph that is no full em wide."""
    size = setting.advance
    if setting.turned >= 0:
        _loose_box(text_page, index, _AT_LOOSE)
        advance = _LOOSE[2] - _LOOSE[0] if setting.turned % 180 == 0 else _LOOSE[1] - _LOOSE[3]
    else:
        _tight_box(text_page, index, _AT_TIGHT, _AT_TIGHT + 8, _AT_TIGHT + 16, _AT_TIGHT + 24)
        advance = max(_TIGHT[1] - _TIGHT[0], _TIGHT[3] - _TIGHT[2])
    return advance if 0 < advance <= 2 * size else min(max(advance, 0.2 * size), size)


def _shows_text_of_its_own(pointer: int) -> bool:
    """Return whether text lies upon a page that is not its content: a filled form, a typed note, a stamp."""
    for index in range(min(_annotations(pointer), _MAX_ANNOTATIONS)):
        annotation = _annotation(pointer, index)
        if annotation:
            kind = _annotation_kind(annotation)
            _close_annotation(annotation)
            if kind in _WITH_TEXT:
                return True
    return False


def read_page(page: Any, number: int) -> RawPage:
    """Return what is displayed of an open ``pypdfium2`` page, page ``number`` (from 1) of its document.

    Raises ``TooManyGlyphs``.
    """
    pointer = c.cast(page.raw, _POINTER).value or 0
    if _shows_text_of_its_own(pointer) and raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
        flat = page.pdf[number - 1]
        try:
            return _read_content(flat, number)
        finally:
            flat.close()
    return _read_content(page, number)


def _read_content(page: Any, number: int) -> RawPage:
    box = page.get_bbox()
    rotation = page.get_rotation()
    pointer = c.cast(page.raw, _POINTER).value or 0
    text_page = _load(pointer)
    try:
        count = _count(text_page) if text_page else 0
        if count > MAX_GLYPHS:
            raise TooManyGlyphs(count)
        found = _gather(text_page, count, box, rotation) if count > 0 else _Gathered(rotation)
    finally:
        if text_page:
            _close(text_page)
    matrix, width, height = frame(box, found.turn)
    rules, pictures, paths = read_graphics(pointer, matrix, width, height)
    return RawPage(number, width, height, tuple(found.glyphs), (found.turn - rotation) % 360, rules, pictures,
                   found.unmapped, "".join(found.off_page), found.invisible, paths)
