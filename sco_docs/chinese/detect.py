"""Which script a text is in, which region's vocabulary it uses, and which lines are not in it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sco_docs.chinese.engine import one_sided
from sco_docs.data import table

ScriptName = Literal["Hans", "Hant", "both", "none"]
SAMPLE = 30_000
_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Script:
    """What a text is written in. ``tag``: zh-Hans, zh-Hant, zh-Hant-TW, zh-Hant-HK or und (no Chinese that tells).

    ``hans`` and ``hant`` count the characters that only one of the scripts has; ``evidence`` names the words
    that told the region.
    """

    tag: str
    script: ScriptName
    hans: int
    hant: int
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MixedLine:
    """A line (from 1) that is not, or not wholly, in the script of its document; offsets are of the document."""

    number: int
    start: int
    end: int
    script: ScriptName
    strange: str


def detect(text: str) -> Script:
    """Return script and region of a text; of a long one, a sample of its start, middle and end is read."""
    if len(text) > 3 * SAMPLE:
        middle = len(text) // 2
        text = text[:SAMPLE] + text[middle : middle + SAMPLE] + text[-SAMPLE:]
    hans, hant = _counts(text)
    script = _script(hans, hant)
    if script == "Hans":
        return Script("zh-Hans", script, hans, hant)
    if script == "none":
        return Script("und", script, hans, hant)
    region, evidence = _region(text)
    return Script(f"zh-Hant-{region}" if region else "zh-Hant", script, hans, hant, evidence)


def mixed_lines(text: str) -> tuple[MixedLine, ...]:
    """Return the lines with characters of the other script than the document's, and these characters."""
    whole = detect(text)
    if whole.script == "none":
        return ()
    hans_only, hant_only = one_sided()
    strangers = hant_only if whole.script == "Hans" else hans_only
    found, start = [], 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        strange = "".join(dict.fromkeys(c for c in line if c in strangers))
        if strange:
            end = start + len(line.rstrip("\r\n"))
            found.append(MixedLine(number, start, end, _script(*_counts(line)), strange))
        start += len(line)
    return tuple(found)


def _counts(text: str) -> tuple[int, int]:
    hans_only, hant_only = one_sided()
    hans = hant = 0
    for character, count in Counter(text).items():
        if character in hans_only:
            hans += count
        elif character in hant_only:
            hant += count
    return hans, hant


def _script(hans: int, hant: int) -> ScriptName:
    if hans + hant == 0:
        return "none"
    share = hant / (hans + hant)
    if share > 0.75:
        return "Hant"
    return "Hans" if share < 0.25 else "both"


@cache
def _region_words() -> tuple[re.Pattern[str], dict[str, tuple[str, int]]]:
    words = {row["word"]: (row["region"], int(row["weight"])) for row in table("region_words")}
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), words


def _region(text: str) -> tuple[str | None, tuple[str, ...]]:
    """Return the region whose words outweigh all others two to one, and the words that told it."""
    pattern, words = _region_words()
    counts = Counter(pattern.findall(text))
    score = Counter[str]()
    for word, count in counts.items():
        region, weight = words[word]
        score[region] += weight * min(count, 5)
    for region in ("TW", "HK"):
        if score[region] >= _ENOUGH and score[region] > 2 * (score.total() - score[region]):
            return region, tuple(sorted((w for w in counts if words[w][0] == region), key=lambda w: -counts[w])[:5])
    return None, ()
