"""The picture of a page made ready for recognition: even paper, no specks, straight lines, no ruled strokes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from scipy import ndimage

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Box = tuple[int, int, int, int]
"""x0, top, x1, bottom in pixels."""

_LONE = 60
_SPECKLED = 0.001
_PAPER = 12
_MAX_SKEW = 4.0
_MIN_SKEW = 0.04
_LONG = (0.6, 0.45)
"""A stroke of so many inches across, or upright, is ruled: no character is so long."""
_FULL = 0.93
_HALF = 0.5
_SMOOTH = 0.004
"""How far, in inches, the picture is blurred: noise is finer than strokes."""
_THICK = 0.06
_SPECK = 0.0115
"""The side, in inches, of the smallest dot that counts as ink when lines are looked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A straightened page: ``grey`` on white paper, rules taken out; ``ink`` tells where strokes are; ``rules`` stood
    where the boxes say; ``dots`` is the ink with what is smaller than a full stop left in."""

    grey: Grey
    ink: Mask
    dots: Mask
    rules: tuple[Box, ...]
    dpi: float


def even_paper(picture: Image.Image, dpi: float) -> Image.Image:
    """Return a grey picture with shadows and the tint of its paper taken out: the paper becomes white."""
    step = max(2, round(dpi / _PAPER))
    small = picture.resize((max(1, picture.width // step), max(1, picture.height // step)), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(2))
    wide = np.asarray(paper.resize(picture.size, Image.Resampling.BILINEAR), dtype=np.float32)
    even = np.asarray(picture, dtype=np.float32) * (255 / np.maximum(wide, 64))
    return Image.fromarray(np.minimum(even, 255).astype(np.uint8))


def without_specks(picture: Image.Image) -> Image.Image:
    """Return a grey picture without lone black and white pixels, if it has many of them (salt and pepper)."""
    grey = np.asarray(picture)
    padded = np.pad(grey, 1, mode="edge")
    height, width = grey.shape
    sides = [padded[y:y + height, x:x + width] for y in range(3) for x in range(3) if (y, x) != (1, 1)]
    lowest, highest = sides[0], sides[0]
    for side in sides[1:]:
        lowest, highest = np.minimum(lowest, side), np.maximum(highest, side)
    own = grey.astype(np.int16)
    lone = (lowest - own > _LONE) | (own - highest > _LONE)
    if lone.mean() < _SPECKLED:
        return picture
    calm = np.asarray(picture.filter(ImageFilter.MedianFilter(3)))
    return Image.fromarray(np.where(lone, calm, grey))


def threshold(grey: Grey) -> int:
    """Return the grey that parts ink from paper best (Otsu 1979)."""
    counts = np.bincount(grey.ravel(), minlength=256).astype(np.float64)
    share = np.cumsum(counts) / (counts.sum() or 1.0)
    mean = np.cumsum(counts * np.arange(256)) / (counts.sum() or 1.0)
    apart = share * (1 - share)
    between = np.divide((mean[-1] * share - mean) ** 2, apart, out=np.zeros(256), where=apart > 0)
    return int(between.argmax())


def skew_of(picture: Image.Image, dpi: float) -> float:
    """Return by how many degrees (counter-clockwise) the lines of a page are askew: where turned back, the rows of
    ink and of paper part most sharply."""
    scale = 100 / dpi
    small = picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))),
                           Image.Resampling.BOX)
    grey = np.asarray(small)
    y, x = np.nonzero(grey < min(threshold(grey), 200))
    if len(y) < 50:
        return 0.0
    across = x - small.width / 2
    down = y + np.random.default_rng(0).random(len(y))

    def sharpness(angle: float) -> float:
        rows = np.floor(down + across * np.tan(np.radians(angle))).astype(np.int64)
        steps = np.diff(np.bincount(rows - rows.min()).astype(np.float64))
        return float((steps ** 2).sum())

    rough = max(np.arange(-_MAX_SKEW, _MAX_SKEW + 0.1, 0.2), key=sharpness)
    return float(max(np.arange(rough - 0.2, rough + 0.21, 0.04), key=sharpness))


def straightened(picture: Image.Image, dpi: float) -> Image.Image:
    """Return a picture with its lines turned level."""
    angle = skew_of(picture, dpi)
    if abs(angle) < _MIN_SKEW:
        return picture
    return picture.rotate(-angle, fillcolor=255, resample=Image.Resampling.BICUBIC)


def _strokes(ink: Mask, length: int, axis: int) -> Mask:
    """Return the ink of strokes along an axis that go on for ``length`` pixels; small gaps and steps are forgiven."""
    thick = ndimage.maximum_filter1d(ink, 3, axis=1 - axis)
    full = ndimage.uniform_filter1d(thick.astype(np.float32), length, axis=axis, mode="constant") > _FULL
    return np.asarray(ndimage.maximum_filter1d(full, length, axis=axis) & thick, dtype=np.bool_)


def _joined(boxes: list[Box], ink: Mask, axis: int) -> list[Box]:
    """Return strokes with the pieces of a broken one joined, where most of the gap between them is ink."""
    found: list[Box] = []
    for box in sorted(boxes, key=lambda b: (b[axis], b[1 - axis])):
        for index in range(len(found) - 1, max(-1, len(found) - 9), -1):
            old = found[index]
            if abs(old[axis] - box[axis]) > 3 or abs(old[axis + 2] - box[axis + 2]) > 3:
                continue
            union = (min(old[0], box[0]), min(old[1], box[1]), max(old[2], box[2]), max(old[3], box[3]))
            start, end = sorted((old, box), key=lambda b: b[1 - axis])
            gap = slice(start[3 - axis], max(start[3 - axis], end[1 - axis]))
            across = slice(union[axis], union[axis + 2])
            between = ink[across, gap] if axis else ink[gap, across]
            if not between.size or between.any(axis=1 - axis).mean() > _HALF:
                found[index] = union
                break
        else:
            found.append(box)
    return found


def rules_of(ink: Mask, dpi: float) -> tuple[list[Box], Mask]:
    """Return the boxes of the ruled strokes, and the mask of their ink with a margin."""
    rules: list[Box] = []
    mask = np.zeros_like(ink)
    margin, reach = max(1, round(dpi / 150)), round(dpi / 20)
    for axis, inches in ((1, _LONG[0]), (0, _LONG[1])):
        labels, _ = ndimage.label(_strokes(ink, round(inches * dpi), axis), np.ones((3, 3)))
        boxes = [(columns.start, rows.start, columns.stop, rows.stop) for rows, columns in ndimage.find_objects(labels)]
        thin = [box for box in boxes if box[2 + axis] - box[axis] <= _THICK * dpi]
        aside, along = (margin, reach) if axis else (reach, margin)
        for x0, top, x1, bottom in _joined(thin, ink, axis):
            if max(x1 - x0, bottom - top) >= 0.5 * inches * dpi:
                rules.append((x0, top, x1, bottom))
            mask[max(0, top - aside):bottom + aside, max(0, x0 - along):x1 + along] = True
    return rules, mask


def sheet_of(picture: Image.Image, dpi: float) -> Sheet:
    """Return the scan of a page made ready: ``picture`` is grey, of ``dpi`` pixels an inch."""
    calm = straightened(even_paper(without_specks(picture.convert("L")), dpi), dpi)
    smooth = np.asarray(calm.filter(ImageFilter.GaussianBlur(_SMOOTH * dpi)))
    dots = smooth < threshold(smooth)
    rules, mask = rules_of(dots, dpi)
    dots &= ~mask
    grey = np.where(mask, np.uint8(255), smooth)
    labels, _ = ndimage.label(dots, np.ones((3, 3)))
    large = np.bincount(labels.ravel()) >= (_SPECK * dpi) ** 2
    large[0] = False
    return Sheet(grey, large[labels], dots, tuple(rules), dpi)
