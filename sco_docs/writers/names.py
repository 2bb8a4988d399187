"""A printed name as its parts, for formats that keep family and given names apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sco_docs.data import table

_HAN = re.compile(r"[㐀-鿿豈-﫿𠀀-𰀀]")
_INITIALS = re.compile(r"(?:[A-ZÀ-ÞА-Я]\.?-?){1,4}$")


@dataclass(frozen=True, slots=True)
class Name:
    """A person (``family``, ``given``) or a body (``literal``)."""

    family: str = ""
    given: str = ""
    literal: str = ""


@cache
def _surnames() -> frozenset[str]:
    return frozenset(row["surname"] for row in table("surnames"))


@cache
def _bodies() -> re.Pattern[str]:
    rows = table("institution_words")
    anywhere = "|".join(
        re.escape(r["word"]) if _HAN.search(r["word"]) else rf"\b{r['word']}\b" for r in rows if r["where"] == "any"
    )
    ends = "|".join(re.escape(r["word"]) for r in rows if r["where"] == "end")
    return re.compile(rf"{anywhere}|(?:{ends})$|\b(?:of|for|the)\b|\d")


@cache
def name_of(printed: str) -> Name:
    """Return the parts of a name (``于有慧`` → 于, 有慧; ``SMITH J``); what is no person is literal."""
    if _bodies().search(printed) or "(" in printed:
        return Name(literal=printed)
    if _HAN.search(printed):
        size = 2 if len(printed) > 2 and printed[:2] in _surnames() else 1
        if printed[:size] in _surnames() and 1 <= len(printed) - size <= 2:
            return Name(printed[:size], printed[size:])
        return Name(literal=printed)
    if "," in printed:
        family, _, given = printed.partition(",")
        return Name(family.strip(), given.strip())
    words = printed.split()
    if len(words) < 2:
        return Name(literal=printed)
    if _INITIALS.match(words[-1]):
        return Name(" ".join(words[:-1]), words[-1])
    return Name(words[-1], " ".join(words[:-1]))
