"""Pages drawn with what was seen on them, and figures cut out."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from sco_docs.errors import SourceError
from sco_docs.readers.pdf_debug import COLOURS, cut_out, draw

SPECIMEN = Path(__file__).resolve().parents[2] / "sources" / "specimen.pdf"


def _picture(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def test_a_box_is_drawn_in_the_colour_of_its_kind() -> None:
    plain = _picture(draw(SPECIMEN, 1, (), dpi=72))
    boxed = _picture(draw(SPECIMEN, 1, [("heading", 100.0, 50.0, 300.0, 70.0)], dpi=72))
    assert plain.size == boxed.size == (596, 842)
    assert boxed.getpixel((99, 60)) == COLOURS["heading"] != plain.getpixel((99, 60))


def test_a_turned_page_is_turned() -> None:
    assert _picture(draw(SPECIMEN, 1, (), turn=90, dpi=72)).size == (842, 596)


def test_a_part_of_a_page_is_cut_out_in_points() -> None:
    assert _picture(cut_out(SPECIMEN, 1, (100.0, 50.0, 300.0, 150.0), dpi=144)).size == (400, 200)


def test_no_such_page() -> None:
    with pytest.raises(SourceError, match="there is no page 999"):
        draw(SPECIMEN, 999, ())
