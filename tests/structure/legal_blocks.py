"""Blocks and trees for the tests of legal texts; every sentence is invented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sco_docs.model import Block, Division, LineStart, Place, Text
from sco_docs.structure.divisions import find_divisions


def line(text: str, number: int = 1, kind: str = "paragraph") -> Block:
    return Block(kind, Text(text, (LineStart(0, Place(1, number)),)), 1)  # type: ignore[arg-type]


def lines(*texts: str) -> list[Block]:
    return [line(text, number) for number, text in enumerate(texts, 1)]


def row(*cells: str) -> Block:
    texts = tuple(Text(cell, (LineStart(0, Place(1, 1)),)) for cell in cells)
    return Block("row", Text(" ".join(cells), (LineStart(0, Place(1, 1)),)), 1, cells=texts)


def tree(*texts: str) -> list[str]:
    """Return the labels of the divisions, each indented by its depth; a heading stands after a bar."""
    _, body, _ = find_divisions(lines(*texts))
    return list(_shown(body))


def _shown(divisions: Sequence[Division], depth: int = 0) -> Iterator[str]:
    for division in divisions:
        heading = f"|{division.heading.text}" if division.heading else ""
        yield "." * depth + division.label.text + heading
        yield from _shown(division.children, depth + 1)


def printed(divisions: Sequence[Division]) -> Iterator[str]:
    """Yield every text of a tree in the order of print."""
    for division in divisions:
        yield division.label.text
        if division.heading:
            yield division.heading.text
        yield from (paragraph.text for paragraph in division.paragraphs)
        yield from printed(division.children)


def ids(divisions: Sequence[Division]) -> Iterator[str]:
    for division in divisions:
        yield division.id
        yield from ids(division.children)
