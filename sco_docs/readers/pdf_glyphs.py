"""What every PDF engine gives for a page: glyphs in the order of the content stream, strokes and pictures.

The frame is that of the model: points, origin in the upper left corner of the page as it is displayed
(CropBox within MediaBox, turned by ``/Rotate``), y downwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sco_docs.model import Picture, Rule

UNKNOWN = "\ufffd"
"""Stands for a glyph whose character the file does not tell."""

Matrix = tuple[float, float, float, float, float, float]


class Style(NamedTuple):
    """How a run of glyphs is set. ``angle`` is the writing direction in degrees clockwise from rightwards."""

    font: str
    size: float
    bold: bool
    italic: bool
    angle: int = 0


class Glyph(NamedTuple):
    """One character: its advance box from ``x0`` to ``x1`` along the baseline ``base`` (page frame).

    For a ``Style.angle`` other than 0 the three lengths are measured in the frame turned by that angle.
    """

    text: str
    x0: float
    x1: float
    base: float
    style: Style


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as an engine gives it.

    ``turn``: degrees clockwise by which the page was turned, over what the file asks, to set its text upright.
    ``unmapped``: characters that the font does not map, so that their codes were taken (where they are few, only
    printable ASCII is: other codes say nothing, and such a character is ``UNKNOWN``); ``off_page``: what stands
    outside the visible page; ``invisible``: how many glyphs are not painted (the text layer of a scan).
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    turn: int = 0
    rules: tuple[Rule, ...] = ()
    pictures: tuple[Picture, ...] = ()
    unmapped: str = ""
    off_page: str = ""
    invisible: int = 0
    paths: int = 0


def frame(box: tuple[float, float, float, float], turn: int) -> tuple[Matrix, float, float]:
    """Return the matrix from user space to the page frame, and the frame's width and height.

    ``box`` is (left, bottom, right, top) in user space, ``turn`` degrees clockwise (a multiple of 90).
    """
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    if turn == 90:
        return (0.0, 1.0, 1.0, 0.0, -bottom, -left), height, width
    if turn == 180:
        return (-1.0, 0.0, 0.0, 1.0, right, -bottom), width, height
    if turn == 270:
        return (0.0, -1.0, -1.0, 0.0, top, right), height, width
    return (1.0, 0.0, 0.0, -1.0, -left, top), width, height


def move(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return the point (x, y) after ``matrix`` (a, b, c, d, e, f as PDF writes them)."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def move_box(matrix: Matrix, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
    """Return the smallest upright box around a box after ``matrix``, as (x0, y0, x1, y1) in growing order."""
    points = [move(matrix, x, y) for x in (x0, x1) for y in (y0, y1)]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def chain(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does ``first``, then ``then``."""
    a, b, c, d, e, f = first
    x, y = move(then, e, f)
    p, q, r, s, _, _ = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, x, y
