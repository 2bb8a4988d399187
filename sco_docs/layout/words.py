"""What the first words of a line say: its numbering, a caption, a source note, a unit (from the data tables)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sco_docs.chinese import numerals
from sco_docs.data import table

_PART = r"(?:\d+|[A-Z](?:\d+|(?![A-Za-z]))|[IVXLC]+(?![A-Za-z])|[一二三四五六七八九十〇]+)"
_NUMBER = rf"{_PART}(?:(?:\s*[-–—－‐]\s*|[.．·]){_PART})*(?:[a-z](?![a-z]))?"
_CAPTION_TAIL = r"\s*(?:[:：.．、。]|\s|(?=[《〈「『（(])|(?=[^\W\d])|$)\s*"


NumberingKind = Literal["heading", "strong", "both", "item"]


@dataclass(frozen=True, slots=True)
class Numbering:
    """The number that a line begins with: ``end`` is its length, ``level`` the depth that it suggests."""

    kind: NumberingKind
    level: int
    end: int


@dataclass(frozen=True, slots=True)
class Caption:
    """The caption of a table or figure: ``id`` as printed (``表 2-1``), ``title``, and whether it says (續)."""

    kind: Literal["table", "figure"]
    id: str
    title: str
    continued: bool


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], NumberingKind, int], ...]:
    kinds: dict[str, NumberingKind] = {"heading": "heading", "strong": "strong", "both": "both", "item": "item"}
    return tuple((re.compile(row["pattern"]), kinds[row["kind"]], int(row["level"])) for row in table("numbering"))


@cache
def _words(kind: str) -> str:
    return "|".join(f"(?:{row['word']})" for row in table("layout_words") if row["kind"] == kind)


@cache
def _compiled(kind: str, tail: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_words(kind)}){tail}")


def numbering(text: str) -> Numbering | None:
    """Return the numbering at the start of ``text``, or ``None``."""
    lead = len(text) - len(text.lstrip())
    for pattern, kind, level in _patterns():
        match = pattern.match(text, lead)
        if match:
            return Numbering(kind, level, match.end())
    return None


def ordinal(text: str, named: Numbering) -> int | None:
    """Return what the numbering of ``text`` counts, where it is one Chinese or Arabic numeral."""
    bare = re.sub(r"[^\d０-９〇零一二三四五六七八九十百]", "", text.strip()[: named.end])
    found = numerals.arabic(bare)
    return numerals.han(bare) if found is None else found


@cache
def _caption_pattern(kind: str) -> re.Pattern[str]:
    before = rf"(?P<again>{_words('continued_before')})?\s*"
    return re.compile(rf"{before}(?P<id>(?:{_words(f'caption_{kind}')})\s*{_NUMBER}){_CAPTION_TAIL}")


def caption(text: str) -> Caption | None:
    """Return the caption that ``text`` is, or ``None``; a sentence that begins with ``表 2-1`` looks alike."""
    body = text.strip()
    kinds: tuple[Literal["table", "figure"], ...] = ("table", "figure")
    for kind in kinds:
        match = _caption_pattern(kind).match(body)
        if not match:
            continue
        title = body[match.end():]
        marked = _compiled("continued", "").search(title)
        if marked:
            title = (title[: marked.start()] + title[marked.end():]).strip()
        return Caption(kind, " ".join(match["id"].split()), title.strip(), bool(marked or match["again"]))
    return None


def is_source_note(text: str) -> bool:
    """Say whether ``text`` names the source of a table or figure (``資料來源：…``)."""
    return bool(_compiled("source_note", r"\s*[:：]").match(text.strip()))


def is_table_note(text: str) -> bool:
    """Say whether ``text`` is a note to a table or figure (``註：…``)."""
    return bool(_compiled("table_note", r"\s*[:：.]").match(text.strip()))


def is_unit(text: str) -> bool:
    """Say whether ``text`` gives the unit of a table (``單位：…``)."""
    return bool(_compiled("unit", "").match(text.strip()))


def is_continued_below(text: str) -> bool:
    """Say whether ``text`` says that a table goes on overleaf (``（續下頁）``)."""
    return bool(_compiled("continued_below", "").fullmatch(text.strip()))


def is_float(text: str) -> bool:
    """Say whether ``text`` goes with a table or figure, and not with the running text around it."""
    return caption(text) is not None or is_source_note(text) or is_unit(text) or is_table_note(text)


def is_keywords(text: str) -> bool:
    """Say whether ``text`` begins with the label of the keywords of an abstract (``關鍵詞：``)."""
    return bool(_compiled("keywords", r"\s*[】\]〕]?\s*[:：︰]").match(text.strip()))


def is_counted(text: str) -> bool:
    """Say whether ``text``, which stands right after a number, makes a quantity, a date or a place of it (``年``)."""
    return bool(_compiled("counted", "").match(text))


def is_endnotes_heading(text: str) -> bool:
    """Say whether ``text`` is the heading over notes at the end of a chapter or document."""
    return bool(_compiled("endnotes", "").fullmatch(text.strip()))


def is_named_heading(text: str) -> bool:
    """Say whether ``text`` is, whole, the name of a usual part of a thesis (參考文獻, Abstract)."""
    return bool(_compiled("heading", "").fullmatch(text.strip().rstrip("：:")))
