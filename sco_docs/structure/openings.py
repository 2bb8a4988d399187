"""Which blocks may open a division: articles by the best chain, containers by their shape, items by what follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sco_docs.model import Block
from sco_docs.structure.chains import Candidate, best_chain
from sco_docs.structure.markers import Marker, MarkerKind, doubt, read_markers
from sco_docs.structure.nodes import Node
from sco_docs.structure.shapes import ends_sentence, looks_like_heading

_TEXT_KINDS = ("paragraph", "heading", "quote", "row")
_SHORTEST_CONTENTS = _SHORTEST_SERIES = 2
_ITEM_KINDS = ("item", "weak", "lone")


@dataclass(frozen=True)
class Openings:
    """What opens where: ``fixed`` are the containers, annexes and articles, ``items`` the readings of other lines."""

    size: int
    fixed: dict[int, Marker]
    items: dict[int, tuple[Marker, ...]]
    strong: tuple[bool, ...]

    @cached_property
    def _bounds(self) -> list[int]:
        """For every block the index of the next article, container or annex after it."""
        bounds, bound = [self.size] * (self.size + 1), self.size
        for index in range(self.size - 1, -1, -1):
            bounds[index] = bound
            if index in self.fixed:
                bound = index
        return bounds

    def continues(self, index: int, marker: Marker) -> bool:
        """Whether the next number of the series of ``marker`` follows before the next article or container, and no
        other number of the series stands between."""
        for line in range(index + 1, self._bounds[index]):
            for other in self.items.get(line, ()):
                if other.series == marker.series:
                    return other.path[-1] == marker.path[-1] + 1
        return False

    def article_before_next(self, index: int) -> bool:
        """Whether an article opens between the container at ``index`` and the next container of its series."""
        series = self.fixed[index].series
        for line in range(index + 1, self.size):
            marker = self.fixed.get(line)
            if marker is None:
                continue
            if marker.kind == "article":
                return True
            if marker.series == series:
                return False
        return False

    @cached_property
    def preamble_end(self) -> int:
        """The index of the first article or container, before which numbers are clauses of a preamble; 0 where a
        series that begins before it goes on after it, so that its items hold the articles."""
        first = next((line for line, marker in self.fixed.items() if marker.kind != "annex"), 0)
        last = {m.series: m.path[-1] for line in range(first) for m in self.items.get(line, ())}
        for line in range(first, self.size):
            for marker in self.items.get(line, ()):
                if marker.path[-1] == last.pop(marker.series, marker.path[-1]) + 1:
                    return 0
        return first

    def holds_articles(self, index: int, stack: Sequence[Node]) -> bool:
        """Whether the open items hold articles: they began before any article, and their series goes on later."""
        if any(line < index and marker.kind == "article" for line, marker in self.fixed.items()):
            return False
        item = stack[-1]
        return any(
            other.series == item.series and other.path[-1] == item.path[-1] + 1
            for line in range(index + 1, self.size) for other in self.items.get(line, ())
        )


def find_openings(blocks: Sequence[Block], goes_on: Sequence[bool] = ()) -> Openings:
    """Return what may open a division in ``blocks``; ``goes_on``: whether each was cut from the one before it."""
    readings = {
        index: found for index, block in enumerate(blocks)
        if block.kind in _TEXT_KINDS and (found := read_markers(block.text.text))
    }
    readings = _settle(blocks, readings)
    fixed = _containers(blocks, readings)
    _drop_contents(blocks, fixed)
    inside = {index for index, cut in enumerate(goes_on) if cut}
    articles = _articles(blocks, readings, sorted(fixed), inside)
    fixed = dict(sorted({**fixed, **articles}.items()))
    items = {
        index: tuple(m for m in found if m.kind in _ITEM_KINDS)
        for index, found in readings.items() if index not in fixed
    }
    strong = tuple(block.kind == "heading" or block.bold or block.align == "center" for block in blocks)
    return Openings(len(blocks), fixed, items, strong)


def _containers(blocks: Sequence[Block], readings: dict[int, tuple[Marker, ...]]) -> dict[int, Marker]:
    found: dict[int, Marker] = {}
    last: dict[str, int] = {}
    for index, markers in readings.items():
        text = blocks[index].text.text
        fitting = [
            m for m in markers if m.kind in ("container", "annex") and doubt(text, m) == "none"
            and (m.form == "alone" or looks_like_heading(text[m.end:]))
        ]
        if not fitting:
            continue
        marker = min(fitting, key=lambda m: 0 if m.number == last.get(m.series, 0) + 1 else 1 if m.number == 1 else 2)
        found[index] = marker
        last[marker.series] = marker.number
    return found


def _drop_contents(blocks: Sequence[Block], fixed: dict[int, Marker]) -> None:
    """Take out the containers of a printed table of contents: the first run, which only repeats what stands later."""
    lines = sorted(fixed)
    keys = {line: _key(blocks[line].text.text) for line in lines}
    later: set[str] = set()
    repeated = set()
    for line in reversed(lines):
        if keys[line] in later:
            repeated.add(line)
        later.add(keys[line])
    run = []
    for line, following in zip(lines, [*lines[1:], len(blocks)], strict=False):
        if line not in repeated or following - line > 2 or fixed[line].form == "alone":
            break
        run.append(line)
    if len(run) >= _SHORTEST_CONTENTS:
        for line in run:
            del fixed[line]


def _key(text: str) -> str:
    return "".join(text.split()).rstrip("0123456789.…·．⋯")


def _articles(
    blocks: Sequence[Block], readings: dict[int, tuple[Marker, ...]], parts: list[int], inside: set[int]
) -> dict[int, Marker]:
    by_series: dict[str, list[Candidate]] = defaultdict(list)
    part, starts = 0, iter([*parts, len(blocks)])
    next_part = next(starts)
    for index, markers in readings.items():
        while index >= next_part and next_part < len(blocks):
            part, next_part = part + 1, next(starts)
        text = blocks[index].text.text
        before = blocks[index - 1].text.text if index else ""
        calm = index == 0 or ends_sentence(before) or (looks_like_heading(before) and index not in inside)
        for marker in markers:
            if marker.kind == "article" and (unsure := doubt(text, marker)) != "sure":
                unsure = "some" if index in inside and not calm and unsure == "none" else unsure
                by_series[marker.series].append(Candidate(index, marker, calm, unsure, part))
    chains = sorted((best_chain(found) for found in by_series.values()), key=lambda pair: -pair[1])
    opened: dict[int, Marker] = {}
    for chain, score in chains:
        if score <= 0:
            continue
        lone = [c for c in by_series[chain[0].marker.series] if c.marker.form == "alone" and c.after_sentence]
        for candidate in (*chain, *lone):
            opened.setdefault(candidate.line, candidate.marker)
    return opened


def _settle(
    blocks: Sequence[Block], readings: dict[int, tuple[Marker, ...]]
) -> dict[int, tuple[Marker, ...]]:
    """Say of the styles that may be ``either`` what they are in this text (see ``data/markers.tsv``)."""
    articles = headings = others = 0
    for index, markers in readings.items():
        text = blocks[index].text.text
        sure = [m for m in markers if m.form != "glued" and doubt(text, m) == "none"]
        articles += any(m.kind == "article" for m in sure)
        for marker in (m for m in sure[:1] if m.kind == "either"):
            heading = marker.form == "alone" or looks_like_heading(text[marker.end :])
            headings, others = headings + heading, others + (not heading)
    kind: MarkerKind = "container" if headings >= others else "article" if articles < _SHORTEST_SERIES else "item"
    return {
        index: tuple(replace(m, kind=kind) if m.kind == "either" else m for m in markers)
        for index, markers in readings.items()
    }
