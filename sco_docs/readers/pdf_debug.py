"""A page as a picture, with boxes drawn on what was seen there."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from sco_docs.errors import SourceError
from sco_docs.readers.pdf_open import open_pdf

# kind, left, top, right, bottom in points from the upper left corner of the page as it was read
Drawn = tuple[str, float, float, float, float]

COLOURS = {
    "heading": (200, 30, 30), "paragraph": (30, 90, 200), "quote": (90, 60, 170), "row": (0, 140, 140),
    "toc": (0, 120, 90), "caption": (200, 110, 0), "table": (160, 90, 20), "figure": (20, 140, 40),
    "source_note": (150, 120, 0), "note": (190, 0, 140), "head": (120, 120, 120), "foot": (120, 120, 120),
    "page_number": (120, 120, 120), "watermark": (170, 170, 170),
}
_OTHER = (0, 0, 0)


def draw(
    path: Path, number: int, boxes: Iterable[Drawn], *, turn: int = 0, dpi: int = 110, password: str | None = None
) -> bytes:
    """Return page ``number`` (from 1) of the PDF at ``path`` as PNG, with ``boxes`` in the colour of their kind.

    ``turn``: degrees by which the reader turned the page clockwise (``Page.rotation``).
    Raises ``SourceError`` when there is no such page.
    """
    image = _rendered(path, number, turn, dpi, password)
    _paint(image, boxes, dpi / 72)
    stream = BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def cut_out(
    path: Path, number: int, box: tuple[float, float, float, float], *, turn: int = 0, dpi: int = 150,
    password: str | None = None,
) -> bytes:
    """Return the part of a page inside ``box`` (left, top, right, bottom in points) as PNG: a figure's picture."""
    image = _rendered(path, number, turn, dpi, password)
    scale = dpi / 72
    x0, top, x1, bottom = (round(edge * scale) for edge in box)
    x0, top = max(x0, 0), max(top, 0)
    part = image.crop((x0, top, min(max(x1, x0 + 1), image.width), min(max(bottom, top + 1), image.height)))
    stream = BytesIO()
    part.save(stream, "PNG")
    return stream.getvalue()


def _rendered(path: Path, number: int, turn: int, dpi: int, password: str | None) -> Any:
    document, _ = open_pdf(path, password)
    try:
        if not 1 <= number <= len(document):
            raise SourceError(f"{path}: there is no page {number}; the file has {len(document)} pages.")
        page = document[number - 1]
        image = page.render(scale=dpi / 72).to_pil().convert("RGB")
        page.close()
    finally:
        document.close()
    return image.rotate(-turn, expand=True) if turn else image


def _paint(image: Any, boxes: Iterable[Drawn], scale: float) -> None:
    from PIL import ImageDraw

    brush = ImageDraw.Draw(image, "RGBA")
    for kind, x0, top, x1, bottom in boxes:
        colour = COLOURS.get(kind, _OTHER)
        edges = (x0 * scale - 1, top * scale - 1, x1 * scale + 1, bottom * scale + 1)
        brush.rectangle(edges, outline=(*colour, 255), fill=(*colour, 36), width=2)
        brush.text((edges[0] + 2, edges[1] - 11), kind, fill=(*colour, 255))
