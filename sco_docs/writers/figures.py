"""The pictures of the figures: which file holds which."""

from __future__ import annotations

from sco_docs.model import Edition, Figure
from sco_docs.writers.tei_ids import slug


def names(edition: Edition) -> tuple[tuple[str, Figure], ...]:
    """Return the figures of the thesis in order, each with the name of its picture's file."""
    found = [block.figure for block in edition.layout.blocks if block.figure is not None]
    return tuple((f"{n:02d}{f'-{slug(f.id)}' if slug(f.id) else ''}.png", f) for n, f in enumerate(found, 1))


def pictures(edition: Edition) -> tuple[tuple[str, Figure], ...]:
    """Return those of ``names`` that have a picture: the page of a PDF has an area of theirs to cut out."""
    if edition.source.kind != "application/pdf":
        return ()
    return tuple((name, f) for name, f in names(edition) if f.x1 > f.x0 and f.bottom > f.top)
