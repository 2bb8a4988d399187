"""The space between paragraphs, where a document sets them apart by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from sco_docs.layout.frames import Placed
from sco_docs.layout.paragraphs import is_centred, is_full
from sco_docs.layout.pieces import Measures

_FEWEST = 8
_NEARLY_ALL, _MOST = 0.95, 0.75


def with_spacing(pages: Sequence[Sequence[Placed]], usual: Measures) -> Measures:
    """Return ``usual`` with ``apart``: the step (points) beyond which a line of body text begins a new paragraph.

    Steps under full lines are steps inside paragraphs; if many steps under short lines are clearly larger than nearly
    all of those, the document sets its paragraphs apart by space. Where steps under short lines are the larger as a
    rule, some of the full lines end paragraphs too, and fewer of these steps need be smaller. Otherwise ``apart``
    stays ``None``.
    """
    inside: list[float] = []
    between: list[float] = []
    for high, low in (pair for page in pages for pair in pairwise(page)):
        step = low.piece.top - high.piece.top
        if not _comparable(high, low, usual) or not 0.8 * usual.size < step < 3 * usual.pitch:
            continue
        if high.room > 4 * usual.size:
            between.append(step)
        elif is_full(high, low, high.right):
            inside.append(step)
    if len(inside) < _FEWEST or len(between) < _FEWEST:
        return usual
    inside.sort()
    ruled = sum(step > median(inside) + 0.12 * usual.size for step in between) >= 0.7 * len(between)
    share = _MOST if ruled else _NEARLY_ALL
    most = inside[int(share * (len(inside) - 1))]
    larger = sorted(step for step in between if step > most + 0.12 * usual.size)
    if len(larger) < max(_FEWEST, 0.3 * len(between)):
        return usual
    return replace(usual, apart=(most + larger[len(larger) // 10]) / 2)


def _comparable(high: Placed, low: Placed, usual: Measures) -> bool:
    sizes = all(abs(line.piece.size - usual.size) < 0.3 for line in (high, low))
    styles = high.piece.bold == low.piece.bold and not is_centred(high) and not is_centred(low)
    return sizes and styles and high.run == low.run
