"""Which appendix a sentence speaks of: the words and the date of its title, and what is quoted from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import log

from sco_docs.structure.names import squeeze
from sco_docs.structure.targets import Target

_TITLES = re.compile(r"《([^》]{2,40})》|〈([^〉]{2,40})〉")
_QUOTES = re.compile(r"[「“『]([^」”』]{6,60})[」”』]")
_YEAR = re.compile(r"(?<!\d)((?:1[89]|20)\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)([6-9]\d)\s?年(?!代)")
_IN_TITLE, _IN_TEXT, _SAME_YEAR, _QUOTED = 3.0, 1.0, 4.0, 4.0


def _grams(text: str, size: int) -> set[str]:
    runs = re.findall(r"[\u3400-\u9fff]+", squeeze(text))
    return {run[i : i + size] for run in runs for i in range(len(run) - size + 1)}


def _bare(target: Target) -> str:
    return re.sub(r"[（(][^）)]*\d[^）)]*[）)]", "", target.title)


def _years(text: str) -> set[str]:
    return set(_YEAR.findall(text)) | {f"19{year}" for year in _SHORT_YEAR.findall(text)}


def weigh(context: str, targets: Sequence[Target]) -> list[float]:
    """Return for each appendix how much ``context`` (the words before a reference) speaks for it.

    Three characters in a row that the title shares with the words count by how few of the titles have them, two in
    a row where they stand in a title mark; the year of the title, and quotations that its text has word for word,
    count on top.
    """
    found = [_SAME_YEAR * bool(_years(context) & _years(target.title)) for target in targets]
    marked = "，".join(a or b for a, b in _TITLES.findall(context))
    for size, weight, text in ((3, _IN_TEXT, context), (2, _IN_TITLE, marked)):
        groups = [_grams(_bare(target), size) for target in targets]
        shared = Counter(gram for group in groups for gram in group)
        present = _grams(text, size)
        for i, group in enumerate(groups):
            found[i] += weight * sum(log(len(targets) / shared[gram]) for gram in group & present)
    quotes = [squeeze(quote) for quote in _QUOTES.findall(context)]
    for i, target in enumerate(targets):
        body = squeeze(target.body) if quotes else ""
        found[i] += _QUOTED * sum(quote in body for quote in quotes)
    return found
