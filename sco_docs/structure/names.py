"""Headings without a number and what they open (tables ``headings`` and ``reference_groups``)."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple, cast

from sco_docs.data import table
from sco_docs.structure.numbering import label_of

Role = Literal["front", "abstract", "contents", "list", "chapter", "references", "appendix", "back"]


_HALVES = re.compile(r"[（()）/／|]|(?<=[一-龥])(?=[A-Za-z])|(?<=[A-Za-z])(?=[一-龥])")


class Named(NamedTuple):
    """What a heading's name says: the part it opens, and the language of that part where it says so."""

    role: Role
    language: str | None


@cache
def _names() -> tuple[tuple[re.Pattern[str], Named], ...]:
    return tuple(
        (re.compile(row["title"], re.IGNORECASE), Named(cast(Role, row["role"]), row["language"] or None))
        for row in table("headings")
    )


def squeeze(text: str) -> str:
    """Return ``text`` without white space."""
    return "".join(text.split())


def named(text: str) -> Named | None:
    """Return what the whole of ``text`` names as a heading without a number, or ``None``."""
    bare = squeeze(text).strip("【】〔〕[]《》〈〉-—─:：.。")
    if not bare or len(bare) > 40:
        return None
    for pattern, name in _names():
        if pattern.fullmatch(bare):
            return name
    halves = [
        half for half in re.split(r"[（()）/／|]|(?<=[一-龥])(?=[A-Za-z])|(?<=[A-Za-z])(?=[一-龥])", bare) if half
    ]
    if len(halves) != 2:
        return None
    first, second = (named(half) for half in halves)
    return first if first and second and first.role == second.role else None


@cache
def _groups() -> tuple[re.Pattern[str], ...]:
    rows = table("reference_groups")
    words = {kind: "|".join(r["text"] for r in rows if r["kind"] == kind) for kind in ("language", "source")}
    return tuple(
        re.compile(r["text"].replace("{L}", words["language"]).replace("{K}", words["source"]), re.IGNORECASE)
        for r in rows
        if r["kind"] == "pattern"
    )


def divides_references(text: str) -> bool:
    """Return whether ``text`` (numbered or not) is a heading inside a reference list, not an entry."""
    label = label_of(text)
    bare = squeeze(text[label.end :] if label else text).strip("【】〔〕[]（）()《》〈〉：:.。、-—─")
    halves = [bare, re.sub(r"[（(].*?[）)]", "", bare), *re.split(r"[（(/／:：]", bare, maxsplit=1)[:1]]
    return bool(bare) and any(pattern.fullmatch(half) for pattern in _groups() for half in halves if half)
