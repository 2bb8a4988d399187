"""Drawings: figures that are made of paths. Slanted and curved paths that stand together are one picture."""

from __future__ import annotations

from collections.abc import Sequence

from sco_docs.model import Picture

Box = tuple[float, float, float, float]
MAX_BOXES = 2_000
_NEAR = 8.0
_FEW = 3
_SMALL = 30.0


def _touch(a: Box, b: Box) -> bool:
    return a[0] - _NEAR <= b[2] and b[0] - _NEAR <= a[2] and a[1] - _NEAR <= b[3] and b[1] - _NEAR <= a[3]


def drawings(drawn: Sequence[Box], straight: Sequence[Box]) -> tuple[Picture, ...]:
    """Return the areas of drawings: ``drawn`` boxes of slanted or curved paths that touch, at least three of them,
    with the ``straight`` ones (bars, axes, frames) that touch those."""
    groups: list[tuple[Box, int]] = []
    for kind, boxes in ((1, drawn[:MAX_BOXES]), (0, straight[:MAX_BOXES])):
        for box in boxes:
            near = [group for group in groups if _touch(group[0], box)]
            if not near and not kind:
                continue
            for group in near:
                groups.remove(group)
            parts = [box, *(group[0] for group in near)]
            whole = (min(p[0] for p in parts), min(p[1] for p in parts), max(p[2] for p in parts),
                     max(p[3] for p in parts))
            groups.append((whole, kind + sum(group[1] for group in near)))
    return tuple(Picture(*box) for box, count in groups
                 if count >= _FEW and min(box[2] - box[0], box[3] - box[1]) >= _SMALL)
