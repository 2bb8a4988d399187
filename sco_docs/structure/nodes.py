"""The divisions while they are being read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sco_docs.model import Text

DivisionKind = Literal["container", "annex", "article", "item"]


@dataclass(slots=True)
class Node:
    """A division that may still grow. ``rest`` says that its first paragraph stands on the line of the label;
    ``strong`` says of each paragraph whether the layout sets it apart as it does headings."""

    series: str
    kind: DivisionKind
    number: int
    path: tuple[int, ...]
    label: Text
    rest: bool = False
    heading: Text | None = None
    paragraphs: list[Text] = field(default_factory=list)
    strong: list[bool] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    @classmethod
    def root(cls) -> Node:
        """Return the node that holds the whole text; its paragraphs stand before the first division."""
        return cls("", "container", 0, (), Text(""))
