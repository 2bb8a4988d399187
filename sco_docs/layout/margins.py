"""Numbers of lines, printed in the margin beside the text (judgments, bills): furniture, not text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sco_docs.layout.pieces import span_offsets
from sco_docs.model import Furniture, Line, Page, Place

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


def without_line_numbers(
    pages: Sequence[Page], lines: Sequence[Sequence[Line]]
) -> tuple[tuple[tuple[Line, ...], ...], tuple[Furniture, ...], dict[tuple[int, int], int]]:
    """Return the lines without numbers in the margin, these numbers, and where each cut line began.

    Nothing is taken unless on most pages most lines are numbered so, one after the other.
    """
    found = [[(line, _numbered(line)) for line in own] for own in lines]
    sure = [
        _counts([n for _, n in own if n]) and sum(n is not None for _, n in own) >= _SHARE * len(own)
        for own in found
    ]
    if len(pages) < 2 or sum(sure) * 2 < sum(bool(own) for own in lines):
        return tuple(tuple(own) for own in lines), (), {}
    kept: list[tuple[Line, ...]] = []
    furniture: list[Furniture] = []
    cut: dict[tuple[int, int], int] = {}
    for own in found:
        page: list[Line] = []
        for line, number in own:
            if number is None:
                page.append(line)
                continue
            furniture.append(Furniture("head", line.text[: number.end], Place(line.page, line.number)))
            if line.text[number.start:]:
                page.append(_cut(line, number.start))
                cut[line.page, line.number] = number.start
        kept.append(tuple(page))
    return tuple(kept), tuple(furniture), cut


def _cut(line: Line, start: int) -> Line:
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
