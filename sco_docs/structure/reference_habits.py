"""What begins an entry in one list: first guesses (table ``reference_cues``), then what the list itself teaches."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache

from sco_docs.data import table

Cues = Mapping[str, str]
# For each cue and value: how likely it is where an entry begins, and where one goes on.
Habits = dict[tuple[str, str], tuple[float, float]]


@cache
def _trust() -> dict[str, float]:
    """Return for each cue how many lines its first guess counts for."""
    return {row["cue"]: float(row["lines"]) for row in table("reference_cues")}


def first_guess() -> Habits:
    """Return what usual lists do, as probabilities."""
    rows = table("reference_cues")
    return {(r["cue"], r["value"]): (float(r["begins"]) / 100, float(r["goes_on"]) / 100) for r in rows}


def odds(cues: Cues, habits: Habits) -> float:
    """Return the logarithm of the odds that a line with these cues begins an entry."""
    return sum(math.log(pair[0] / pair[1]) for cue in cues.items() if (pair := habits.get(cue)))


def learn(lines: Sequence[Cues], begins: Sequence[float]) -> Habits:
    """Return the habits of a list: ``begins`` says for each line how likely (0 to 1) it begins an entry.

    What is counted here is weighed against the first guess (naive Bayes with a prior of a few lines), so that a
    short list changes little and a long one is judged by its own custom.
    """
    guess = first_guess()
    totals = {cue: [0.0, 0.0] for cue, _ in guess}
    counts = {key: [0.0, 0.0] for key in guess}
    for cues, likely in zip(lines, begins, strict=True):
        for key in cues.items():
            if key in counts:
                for side, weight in ((0, likely), (1, 1 - likely)):
                    counts[key][side] += weight
                    totals[key[0]][side] += weight

    def share(key: tuple[str, str], side: int) -> float:
        trust = _trust()[key[0]]
        return (counts[key][side] + trust * guess[key][side]) / (totals[key[0]][side] + trust)

    return {key: (share(key, 0), share(key, 1)) for key in guess}


def likelihood(log_odds: float) -> float:
    """Return odds (their logarithm) as a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
