"""Which lines open an article: the best chain of numbers among all lines that look like it.

A reference in running text that begins a line by chance (``第三條所稱…``) looks like an article; what tells it apart is
that the series runs better without it. Every candidate has a weight, every step from one to the next a bonus or a cost,
and the chain with the greatest sum is taken.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sco_docs.structure.markers import Doubt, Form, Marker

_WEIGHT: dict[Form, float] = {"alone": 4.0, "apart": 2.0, "glued": 1.0}
_RARE_GLUED, _DOUBTFUL, _REFERENCE = 0.3, -1.0, -9.0
_AFTER_SENTENCE = 0.5
_NEXT, _GAP, _REPEAT, _BACK, _RESTART, _RESTART_IN_PART = 2.0, -1.5, -2.5, -3.5, -1.5, -0.2
_WINDOW = 100


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may open a division: its index, the marker, whether a sentence ends before it, whether the words
    after the marker make it doubtful, and which part of the text it is in."""

    line: int
    marker: Marker
    after_sentence: bool
    doubt: Doubt
    part: int


def follows(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    """Whether number ``after`` is the next one: 3 → 4, 3 → 3-1, 3-1 → 3-2, 3-1 → 4."""
    if len(after) == 1:
        return after[0] == before[0] + 1
    if after[0] != before[0] or len(after) > 2:
        return False
    return after[1] <= 2 if len(before) == 1 else after[1] == before[1] + 1


def best_chain(candidates: list[Candidate]) -> tuple[list[Candidate], float]:
    """Return the candidates of one series that open divisions, and how well they fit together."""
    forms = Counter(c.marker.form for c in candidates)
    glued_is_rare = forms["alone"] + forms["apart"] >= 0.7 * len(candidates)
    best: list[float] = []
    came_from: list[int] = []
    for i, candidate in enumerate(candidates):
        weight = _WEIGHT[candidate.marker.form] + _AFTER_SENTENCE * candidate.after_sentence
        if candidate.marker.form == "glued" and glued_is_rare:
            weight = _RARE_GLUED
        if candidate.doubt != "none":
            weight = _REFERENCE if candidate.doubt == "likely" and glued_is_rare else _DOUBTFUL
        score, origin = (weight if candidate.marker.number <= 1 else weight + _GAP), -1
        for j in range(i - 1, max(-1, i - _WINDOW), -1):
            total = best[j] + weight + _step(candidates[j], candidate)
            if total > score:
                score, origin = total, j
        best.append(score)
        came_from.append(origin)
    if not best or max(best) <= 0:
        return [], 0.0
    at = max(range(len(best)), key=lambda k: best[k])
    top, chain = best[at], []
    while at >= 0:
        chain.append(candidates[at])
        at = came_from[at]
    while chain and chain[0].doubt == "likely":
        chain.pop(0)
    return chain[::-1], top if chain else 0.0


def _step(before: Candidate, after: Candidate) -> float:
    old, new = before.marker.path, after.marker.path
    if follows(old, new):
        return _NEXT
    if new[0] == 1 and before.part != after.part:
        return _RESTART_IN_PART
    if new == old:
        return _REPEAT
    if new > old:
        return _GAP
    return _RESTART if new[0] == 1 else _BACK
