"""Strokes and pictures of a page, from PDFium's page objects."""

from __future__ import annotations

import ctypes as c
from collections.abc import Iterator

import pypdfium2.raw as raw

from sco_docs.model import Picture, Rule
from sco_docs.readers.pdf_drawings import Box, drawings
from sco_docs.readers.pdf_glyphs import Matrix, chain, move, move_box
from sco_docs.readers.pdf_handle import INT, POINTER, bind

_count = bind("FPDFPage_CountObjects", INT, POINTER)
_get = bind("FPDFPage_GetObject", POINTER, POINTER, INT)
_type = bind("FPDFPageObj_GetType", INT, POINTER)
_bounds = bind("FPDFPageObj_GetBounds", INT, POINTER, POINTER, POINTER, POINTER, POINTER)
_object_matrix = bind("FPDFPageObj_GetMatrix", INT, POINTER, POINTER)
_form_count = bind("FPDFFormObj_CountObjects", INT, POINTER)
_form_get = bind("FPDFFormObj_GetObject", POINTER, POINTER, c.c_ulong)
_draw_mode = bind("FPDFPath_GetDrawMode", INT, POINTER, POINTER, POINTER)
_segments = bind("FPDFPath_CountSegments", INT, POINTER)
_segment = bind("FPDFPath_GetPathSegment", POINTER, POINTER, INT)
_point = bind("FPDFPathSegment_GetPoint", INT, POINTER, POINTER, POINTER)
_segment_type = bind("FPDFPathSegment_GetType", INT, POINTER)
_segment_close = bind("FPDFPathSegment_GetClose", INT, POINTER)

THIN = 3.0
SHORT = 5.0
MAX_OBJECTS = 20_000
MAX_RULES = 5_000
MAX_SEGMENTS = 200
_DEPTH = 8
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _objects(page: int) -> Iterator[tuple[int, int, Matrix]]:
    """Yield (pointer, type, matrix of the forms around it) of at most ``MAX_OBJECTS`` objects."""
    buffer = (c.c_float * 6)()
    stack = [(_get, page, _count(page), 0, _IDENTITY, 0)]
    seen = 0
    while stack and seen < MAX_OBJECTS:
        getter, holder, count, index, matrix, depth = stack.pop()
        if index >= count:
            continue
        stack.append((getter, holder, count, index + 1, matrix, depth))
        seen += 1
        pointer = getter(holder, index)
        if not pointer:
            continue
        kind = _type(pointer)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            if depth < _DEPTH and _object_matrix(pointer, c.addressof(buffer)):
                a, b, u, v, e, f = buffer
                inner = chain((a, b, u, v, e, f), matrix)
                stack.append((_form_get, pointer, _form_count(pointer), 0, inner, depth + 1))
        elif kind != raw.FPDF_PAGEOBJ_TEXT:
            yield pointer, kind, matrix


def _edges(pointer: int, matrix: Matrix) -> Iterator[tuple[float, float, float, float]]:
    """Yield the straight horizontal and vertical strokes of a path, in the frame of ``matrix``."""
    local = (c.c_float * 6)()
    _object_matrix(pointer, c.addressof(local))
    a, b, u, v, e, f = local
    whole = chain((a, b, u, v, e, f), matrix)
    x, y = c.c_float(), c.c_float()
    at_x, at_y = c.addressof(x), c.addressof(y)
    start = here = (0.0, 0.0)
    for index in range(min(_segments(pointer), MAX_SEGMENTS)):
        segment = _segment(pointer, index)
        _point(segment, at_x, at_y)
        there = move(whole, x.value, y.value)
        kind = _segment_type(segment)
        strokes = [(here, there)] if kind == raw.FPDF_SEGMENT_LINETO else []
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = there
        if _segment_close(segment):
            strokes.append((there, start))
        here = there
        for (x0, y0), (x1, y1) in strokes:
            if min(abs(x1 - x0), abs(y1 - y0)) <= 0.5:
                yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _is_drawn(pointer: int) -> bool:
    """Return whether a path has a curve or a slanted stroke: rules, frames and cells have none."""
    x, y = c.c_float(), c.c_float()
    here = (0.0, 0.0)
    for index in range(min(_segments(pointer), MAX_SEGMENTS)):
        segment = _segment(pointer, index)
        kind = _segment_type(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return True
        _point(segment, c.addressof(x), c.addressof(y))
        there = (x.value, y.value)
        if kind == raw.FPDF_SEGMENT_LINETO and min(abs(there[0] - here[0]), abs(there[1] - here[1])) > 0.5:
            return True
        here = there
    return False


def _path_rules(pointer: int, matrix: Matrix, box: Box) -> Iterator[Box]:
    x0, y0, x1, y1 = box
    if min(x1 - x0, y1 - y0) <= THIN:
        yield box
        return
    fill, stroke = c.c_int(), c.c_int()
    _draw_mode(pointer, c.addressof(fill), c.addressof(stroke))
    if stroke.value:
        yield from _edges(pointer, matrix)


def _inside(box: Box, width: float, height: float) -> Box:
    return max(0.0, box[0]), max(0.0, box[1]), min(width, box[2]), min(height, box[3])


def read_graphics(page: int, to_frame: Matrix, width: float, height: float
                  ) -> tuple[tuple[Rule, ...], tuple[Picture, ...], int]:
    """Return the rules (at least ``SHORT`` points long) and pictures of an open page, in the page frame, and how
    many other paths are drawn on it; what covers the whole page is its background."""
    rules: dict[Rule, None] = {}
    pictures: list[Picture] = []
    drawn: list[Box] = []
    straight: list[Box] = []
    sides = (c.c_float * 4)()
    corner = c.addressof(sides)
    for pointer, kind, matrix in _objects(page):
        if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            continue
        if not _bounds(pointer, corner, corner + 4, corner + 8, corner + 12):
            continue
        whole = chain(matrix, to_frame)
        box = move_box(whole, *sides)
        if box[2] < 0 or box[3] < 0 or box[0] > width or box[1] > height:
            continue
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            pictures.append(Picture(*_inside(box, width, height)))
            continue
        if min(box[2] - box[0] - 0.9 * width, box[3] - box[1] - 0.9 * height) > 0:
            continue
        if _is_drawn(pointer):
            drawn.append(_inside(box, width, height))
            continue
        straight.append(_inside(box, width, height))
        for edge in _path_rules(pointer, whole, box):
            if max(edge[2] - edge[0], edge[3] - edge[1]) >= SHORT:
                rules[Rule(*(round(value, 2) for value in edge))] = None
        if len(rules) >= MAX_RULES:
            break
    return tuple(rules), (*pictures, *drawings(drawn, straight)), len(drawn)
