"""Titles of agreements: which they are, what they stand for, when two of them are one."""

from __future__ import annotations

import re
from functools import cache

from sco_docs.data import table

_VARIANTS = str.maketrans(
    "臺別杜兹坦納那條約協議聲憲備錄綱換規紀呼籲構專則書計劃畫",
    "台别杜茲坦納納條約協議聲憲備錄綱換規紀呼籲構專則書計畫畫",
)
_GENERIC = re.compile(r"^(?:上海合作組織)?(?:成員國)?(?:元首)?(?:國)?$")


@cache
def nouns(quoted_only: bool = False) -> str:
    """Return the nouns that end the title of an agreement as an alternation, longest first."""
    found = [row["noun"] for row in table("agreement_nouns") if not quoted_only or row["quoted"] == "yes"]
    return "(?:" + "|".join(sorted(found, key=len, reverse=True)) + ")"


def is_agreement(title: str, quoted: bool = False) -> bool:
    """Tell whether a title names an agreement: it ends with a noun of the table, brackets and years left aside."""
    bare = re.sub(r"[（(][^（()）]*[）)]$", "", re.sub(r"\s", "", title))
    return re.search(nouns(quoted) + "$", bare) is not None and (not quoted or len(bare) >= 6)


@cache
def normal(title: str) -> str:
    """Return what is left of a title when spelling, white space, punctuation and short forms no longer differ."""
    text = re.sub(r"\s|[《》〈〉“”「」]", "", title).replace("劃", "畫").replace("臺", "台")
    text = re.sub(r"[~～〜–—－-]", "-", text)
    for short, full in _short_forms():
        if text.startswith(short) and not text.startswith(full):
            text = full + text[len(short) :]
            break
    return re.sub(r"[的、，,]", "", text)


@cache
def _short_forms() -> tuple[tuple[str, str], ...]:
    rows = sorted(table("treaty_short_forms"), key=lambda row: -len(row["short"]))
    return tuple((row["short"], row["full"]) for row in rows)


@cache
def core(title: str) -> str:
    """Return the part of a title that says more than its kind: 《上海公約》 → 上海, 《聯合公報》 → nothing."""
    text = re.sub(nouns() + "$", "", normal(title))
    text = re.sub(r"^(?:聯合|關於)+|(?:聯合)+$", "", text)
    return "" if _GENERIC.match(text) else text


def parties_in(title: str) -> tuple[str, ...]:
    """Return the parties that a title names, by full or short names."""
    text = re.sub(r"\s", "", title)
    for row in sorted(table("treaty_short_forms"), key=lambda row: -len(row["short"])):
        if row["parties"] and text.startswith(row["short"]):
            return tuple(row["parties"].split("|"))
    states = [
        form for row in table("names") if row["kind"] == "state" for form in row["zh-Hant"].split("|") if len(form) > 3
    ]
    found = sorted({(text.find(s), s) for s in states if s in text})
    names = [s for _, s in found if not any(s != other and s in other for _, other in found)]
    return tuple(names) if len(names) > 1 else ()


def contains(short: str, full: str) -> bool:
    """Whether ``short`` may stand for ``full``: its characters in order, and the last two, the kind, the same."""
    a, b = normal(short), normal(full)
    if len(a) >= len(b) or a[-2:] != b[-2:]:
        return False
    rest = iter(b)
    return all(c in rest for c in a)
