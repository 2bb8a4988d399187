"""Numbers of lines, printed in the margin beside the text (judgments, bills): furniture, not text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sco_docs.layout.pieces import span_offsets
from sco_docs.model import Furniture, Line, Place

_NUMBER = re.compile(r"\d{1,3}")
_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line that begins with its number: characters ``[0, end)``, the text beginning at ``start``."""

    value: int
    x0: float
    end: int
    start: int


def _numbered(line: Line) -> Numbered | None:
    if line.vertical or not line.spans:
        return None
    match = _NUMBER.match(line.text)
    first = line.spans[0]
    if not match or (first.text.strip() != match[0] and not line.text[match.end():][:1].isspace()):
        return None
    gap = len(line.text) - len(line.text[match.end():].lstrip())
    return Numbered(int(match[0]), first.x0, match.end(), gap)


def _counts(numbers: Sequence[Numbered]) -> bool:
    """Say whether numbers count on by one or (every fifth line numbered) by five, at one place."""
    if len(numbers) < 5 or max(n.x0 for n in numbers) - min(n.x0 for n in numbers) > 12:
        return False
    steps = [b.value - a.value for a, b in itertools.pairwise(numbers)]
    return sum(step in (1, 5) for step in steps) >= 0.9 * len(steps)


def may_be_numbered(pages: Iterable[Sequence[str]]) -> bool:
    """Say whether most pages, given as the texts of their lines, have a number before most of these."""
    counts = [(sum(_NUMBER.match(text) is not None for text in texts), len(texts)) for texts in pages]
    sure = sum(numbered >= max(1, _SHARE * lines) for numbered, lines in counts)
    return len(counts) >= 2 and sure * 2 >= sum(lines > 0 for _, lines in counts)


def line_numbers(
    pages: Iterable[Sequence[Line]],
) -> tuple[tuple[Furniture, ...], dict[tuple[int, int], int]]:
    """Return the numbers of lines in the margin, and by page and line number where the text begins after each.

    Nothing is found unless on most pages most lines are numbered so, one after the other.
    """
    furniture: list[Furniture] = []
    cut: dict[tuple[int, int], int] = {}
    sure = filled = 0
    for lines in pages:
        found = [(line, number) for line in lines if (number := _numbered(line))]
        sure += _counts([number for _, number in found]) and len(found) >= _SHARE * len(lines)
        filled += bool(lines)
        for line, number in found:
            furniture.append(Furniture("head", line.text[: number.end], Place(line.page, line.number)))
            cut[line.page, line.number] = number.start
    return (tuple(furniture), cut) if sure * 2 >= filled else ((), {})


def without_number(line: Line, start: int) -> Line | None:
    """Return a line without its first ``start`` characters, ``None`` where nothing is left."""
    if not start:
        return line
    if not line.text[start:]:
        return None
    spans = []
    for begin, end, span in span_offsets(line):
        if end <= start:
            continue
        lead = max(start - begin, 0)
        width = (span.x1 - span.x0) * lead / max(end - begin, 1)
        spans.append(replace(span, text=line.text[begin + lead: end], x0=span.x0 + width))
    changes = tuple(
        replace(c, start=c.start - start, end=c.end - start) for c in line.changes if c.start >= start
    )
    return replace(line, text=line.text[start:], spans=tuple(spans), changes=changes,
                   x0=spans[0].x0 if spans else line.x0)
