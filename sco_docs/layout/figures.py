"""Figures: pictures on the page that are no decoration, with the text that stands inside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sco_docs.layout.pieces import Piece
from sco_docs.model import Page, Picture

_LEAST = 36.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture on a page and the lines printed inside it."""

    picture: Picture
    pieces: tuple[Piece, ...]


def _spot(picture: Picture) -> tuple[int, int, int, int]:
    return (round(picture.x0 / 3), round(picture.top / 3), round(picture.x1 / 3), round(picture.bottom / 3))


def _united(pictures: Sequence[Picture]) -> list[Picture]:
    """Return the pictures with those that touch (the tiles of one) joined."""
    joined: list[Picture] = []
    for one in sorted(pictures, key=lambda p: (p.top, p.x0)):
        near = [p for p in joined if p.x0 <= one.x1 + 2 and one.x0 <= p.x1 + 2
                and p.top <= one.bottom + 2 and one.top <= p.bottom + 2]
        joined = [p for p in joined if p not in near]
        near.append(one)
        joined.append(Picture(min(p.x0 for p in near), min(p.top for p in near),
                              max(p.x1 for p in near), max(p.bottom for p in near)))
    return joined


def find_drawings(pages: Sequence[Page], pieces: Sequence[Sequence[Piece]]) -> tuple[tuple[Drawing, ...], ...]:
    """Return the figures of each page. Pictures that stand at one place on several pages are decoration; so are
    very small ones; a picture that covers the page is its scan or background."""
    repeated = Counter(spot for page in pages for spot in {_spot(p) for p in page.pictures})
    often = max(3, len(pages) // 4)
    found = []
    for page, own in zip(pages, pieces, strict=True):
        kept = [p for p in page.pictures if repeated[_spot(p)] < often
                and (p.x1 - p.x0) * (p.bottom - p.top) < 0.8 * page.width * page.height]
        here = []
        for picture in _united(kept):
            if picture.x1 - picture.x0 < _LEAST or picture.bottom - picture.top < _LEAST:
                continue
            inside = tuple(one for one in own if _inside(one, picture))
            here.append(Drawing(picture, inside))
        found.append(tuple(here))
    return tuple(found)


def _inside(one: Piece, picture: Picture) -> bool:
    line = one.line
    return (picture.x0 - 2 <= (line.x0 + line.x1) / 2 <= picture.x1 + 2
            and picture.top <= (line.top + line.bottom) / 2 <= picture.bottom
            and line.x0 >= picture.x0 - 6 and line.x1 <= picture.x1 + 6)
