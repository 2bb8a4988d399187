"""Titles of agreements: which they are, what they stand for, when two of them are one."""

from __future__ import annotations

import re
from functools import cache

from sco_docs.chinese.script import convert
from sco_docs.data import table

_GENERIC = re.compile(r"^(?:上海合作组织)?(?:成员国)?(?:元首)?(?:国)?$")


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
def _hans(text: str) -> str:
    return convert(text, "zh-Hans").text if text else ""


@cache
def normal(title: str) -> str:
    """Return what is left of a title when script, spelling, white space, punctuation, short forms and the variants of
    names no longer differ."""
    text = _expanded(re.sub(r"\s|[《》〈〉“”「」]", "", title))
    text = re.sub(r"[~～〜–—－-]", "-", text.replace("劃", "畫").replace("臺", "台"))
    text = _hans(text)
    for form, first in _names():
        text = text.replace(form, first)
    return re.sub(r"[的、，,]", "", text)


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """Every other form of a name and its first form, longest first; forms that contain their first form are left."""
    pairs: dict[str, str] = {}
    for row in table("names"):
        if row["kind"] in ("state", "place", "org"):
            forms = [*row["zh-Hans"].split("|"), *(_hans(form) for form in row["zh-Hant"].split("|"))]
            first = forms[0]
            pairs |= {form: first for form in forms if len(form) > 2 and form not in first and first not in form}
    return tuple(sorted(pairs.items(), key=lambda pair: -len(pair[0])))


@cache
def _short_forms() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    rows = sorted(table("treaty_short_forms"), key=lambda row: -len(row["short"]))
    found = [(row["short"], row["full"], tuple(p for p in row["parties"].split("|") if p)) for row in rows]
    return (*found, *((_hans(short), _hans(full), tuple(map(_hans, parties))) for short, full, parties in found))


def _listed(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the list of one-character states with which a title begins, and the parties."""
    single = {short: parties[0] for short, _, parties in reversed(_short_forms()) if len(short) == 1}
    found = re.match(rf"(?:[{''.join(single)}]、)+[{''.join(single)}](?:和[{''.join(single)}])?", text)
    if not found:
        return None
    parties = tuple(single[c] for c in re.split("[、和]", found[0]))
    return found[0], tuple(map(_hans, parties)) if _hans(text) == text else parties


@cache
def _expanded(text: str) -> str:
    listed = _listed(text)
    if listed:
        return "、".join(listed[1]) + text[len(listed[0]) :]
    lead = "關於" if text.startswith("關於") else "关于" if text.startswith("关于") else ""
    rest = text[len(lead) :]
    for short, full, _ in _short_forms():
        if len(short) > 1 and rest.startswith(short) and not rest.startswith(full):
            return lead + full + rest[len(short) :]
    return text


@cache
def core(title: str) -> str:
    """Return the part of a title that says more than its kind: 《上海公約》 → 上海, 《聯合公報》 → nothing."""
    text = re.sub(nouns() + "$", "", normal(title))
    text = re.sub(r"^(?:联合|关于)+|(?:联合)+$", "", text)
    return "" if _GENERIC.match(text) else text


@cache
def subject(title: str) -> str:
    """Return what an agreement is about, from 關於 on, if that says enough to know it by; else nothing."""
    found = re.search("关于.{8,}$", normal(title))
    return found[0] if found else ""


@cache
def parties_in(title: str) -> tuple[str, ...]:
    """Return the parties that a title names, by full or short names."""
    text = re.sub(r"\s", "", title)
    listed = _listed(text)
    if listed:
        return listed[1]
    bare = re.sub("^(?:關於|关于)", "", text)
    for short, _, parties in _short_forms():
        if parties and len(short) > 1 and bare.startswith(short):
            return parties
    rows = [row for row in table("names") if row["kind"] == "state"]
    states = [s for row in rows for script in ("zh-Hant", "zh-Hans") for s in row[script].split("|") if len(s) > 3]
    found = sorted({(text.find(s), s) for s in states if s in text})
    names = [s for _, s in found if not any(s != other and s in other for _, other in found)]
    return tuple(names) if len(names) > 1 else ()


def same_parties(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two lists name the same parties, in any order and any form of their names."""
    return bool(a) and {normal(name) for name in a} == {normal(name) for name in b}


def contains(short: str, full: str) -> bool:
    """Whether ``short`` may stand for ``full``: its characters in order, and the last two, the kind, the same."""
    a, b = normal(short), normal(full)
    if len(a) >= len(b) or a[-2:] != b[-2:]:
        return False
    rest = iter(b)
    return all(c in rest for c in a)
