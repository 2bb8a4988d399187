"""Figures: pictures on the page that are no decoration, with the text that stands inside them."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sco_docs.layout.pieces import Measures, Piece
from sco_docs.layout.rows import contents_entry
from sco_docs.layout.words import caption, is_source_note, is_table_note, numbering
from sco_docs.model import Page, Picture, Rule

Spot = tuple[int, int, int, int]
_LEAST = 36.0
_MOST = 400


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture on a page and the lines printed inside it."""

    picture: Picture
    pieces: tuple[Piece, ...]


def _spot(picture: Picture) -> Spot:
    return (round(picture.x0 / 3), round(picture.top / 3), round(picture.x1 / 3), round(picture.bottom / 3))


def _united(pictures: Sequence[Picture]) -> list[Picture]:
    """Return the pictures with those that touch (the tiles of one) joined."""
    joined: list[Picture] = []
    largest = sorted(pictures, key=lambda p: (p.x0 - p.x1) * (p.bottom - p.top))[:_MOST]
    for one in sorted(largest, key=lambda p: (p.top, p.x0)):
        near = [p for p in joined if p.x0 <= one.x1 + 2 and one.x0 <= p.x1 + 2
                and p.top <= one.bottom + 2 and one.top <= p.bottom + 2]
        joined = [p for p in joined if p not in near]
        near.append(one)
        joined.append(Picture(min(p.x0 for p in near), min(p.top for p in near),
                              max(p.x1 for p in near), max(p.bottom for p in near)))
    return joined


class Decorating:
    """Finds the spots at which pictures stand on several pages (logos, ornaments, backgrounds), page by page."""

    def __init__(self) -> None:
        self._counts: Counter[Spot] = Counter()
        self._pages = 0

    def add(self, pictures: Iterable[Picture]) -> None:
        """Take in the pictures of a page."""
        self._counts.update({_spot(picture) for picture in pictures})
        self._pages += 1

    def spots(self) -> frozenset[Spot]:
        """Return the spots of a quarter of the pages, and of three at least."""
        often = max(3, self._pages // 4)
        return frozenset(spot for spot, count in self._counts.items() if count >= often)


def find_drawings(page: Page, pieces: Sequence[Piece], repeated: Collection[Spot]) -> tuple[Drawing, ...]:
    """Return the figures of a page. Pictures at ``repeated`` spots are decoration; so are very small ones; a picture
    that covers the page is its scan or background."""
    kept = [p for p in page.pictures if _spot(p) not in repeated
            and (p.x1 - p.x0) * (p.bottom - p.top) < 0.8 * page.width * page.height]
    return tuple(
        Drawing(picture, tuple(one for one in pieces if _inside(one, picture)))
        for picture in _united(kept)
        if picture.x1 - picture.x0 >= _LEAST and picture.bottom - picture.top >= _LEAST
    )


def _inside(one: Piece, picture: Picture) -> bool:
    line = one.line
    return (picture.x0 - 2 <= (line.x0 + line.x1) / 2 <= picture.x1 + 2
            and picture.top <= (line.top + line.bottom) / 2 <= picture.bottom
            and line.x0 >= picture.x0 - 6 and line.x1 <= picture.x1 + 6)


def find_captioned(
    pieces: Sequence[Piece], rules: Sequence[Rule], drawings: Sequence[Drawing], usual: Measures
) -> tuple[Drawing, ...]:
    """Return the figures of a page that no picture shows: the empty or loosely lettered room above a caption (圖 1).

    ``pieces``: the running lines of the page in order, ``rules``: strokes that no table owns.
    """
    found = []
    for at, one in enumerate(pieces):
        named = caption(one.text)
        if named is None or named.kind != "figure" or not _stands_alone(one, pieces) or contents_entry(one.text):
            continue
        if any(_next_to(one, drawn.picture, usual) for drawn in drawings):
            continue
        room = _room_above(pieces, at, rules, usual)
        if room:
            found.append(room)
    return tuple(found)


def _stands_alone(one: Piece, pieces: Sequence[Piece]) -> bool:
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    centred = abs((one.left - left) - (right - one.right)) < 3 * max(one.size, 1.0)
    short = centred or one.right < right - 4 * one.size
    return short and not one.line.vertical and one.text.rstrip()[-1:] not in "，；。"


def _next_to(one: Piece, picture: Picture, usual: Measures) -> bool:
    gap = max(one.line.top - picture.bottom, picture.top - one.line.bottom)
    return gap < 4 * usual.pitch


def _room_above(pieces: Sequence[Piece], at: int, rules: Sequence[Rule], usual: Measures) -> Drawing | None:
    """Return the room between a caption and the last line of text above it, with the lettering that stands in it."""
    one = pieces[at]
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    inside: list[Piece] = []
    bottom = one.top
    top = min((p.top for p in pieces[:at]), default=one.top)
    for before in reversed(pieces[:at]):
        if before.top > one.top or _is_text(before, left, right):
            top = before.bottom if before.top <= one.top else top
            break
        inside.append(before)
    drawn = [r for r in rules if top - 2 <= r.top and r.bottom <= bottom + 2]
    edges = sorted([top, bottom, *(p.top for p in inside), *(p.bottom for p in inside)])
    widest = max((b - a for a, b in itertools.pairwise(edges)), default=0.0)
    if bottom - top < 3.5 * usual.pitch or (len(drawn) < 3 and widest < 3.5 * usual.pitch):
        return None
    return Drawing(Picture(left, top, right, bottom), tuple(reversed(inside)))


def _is_text(one: Piece, left: float, right: float) -> bool:
    """Say whether a line belongs to the running text: it is long, numbered, a caption or a source note."""
    wide = one.right - one.left > 0.6 * (right - left)
    said = is_source_note(one.text) or is_table_note(one.text) or caption(one.text) is not None
    ended = one.text.rstrip("」』”’）) ")[-1:] in "。！？；：" and one.left < left + 3 * one.size
    return wide or said or ended or (numbering(one.text) is not None and one.left < left + one.size)
