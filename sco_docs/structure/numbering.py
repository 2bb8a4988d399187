"""The numbers before headings: 第一章, 壹、, 一、, （一）, 1.1, Chapter 1, Appendix A (table ``heading_numbers``)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from sco_docs.chinese import numerals
from sco_docs.data import table

_HAN = "[一二三四五六七八九十百零〇○廿卅]{1,5}"
_FORMAL = "[壹貳參肆伍陸柒捌玖拾弍叁贰参陆叄]{1,4}"
_ARABIC = "[0-9０-９]{1,3}"
_CAPITALS = "(?:[IVXL]{1,6}|[Ⅰ-Ⅻ])"
_CLASSES = {
    "{C}": _HAN,
    "{F}": _FORMAL,
    "{A}": _ARABIC,
    "{R}": f"(?:{_CAPITALS}|[ivxl]{{1,6}}|[ⅰ-ⅻ])",
    "{L}": "[A-ZＡ-Ｚ]",
    "{l}": "[a-zａ-ｚ]",
    "{S}": numerals.pattern("stem"),
    "{O}": numerals.pattern("circled"),
    "{W}": numerals.pattern("word"),
    "{N}": f"(?:{_HAN}|{_FORMAL}|{_ARABIC}|{_CAPITALS})",
}
_SYSTEMS = ("arabic", "han", "stem", "circled", "roman", "letter", "word")


@dataclass(frozen=True, slots=True)
class Label:
    """A heading number at the start of a text: ``path`` counts (``1.2`` → ``(1, 2)``), the title begins at ``end``.

    ``strong``: the form alone says heading (第一章); else it also numbers lists (一、).
    """

    style: str
    path: tuple[int, ...]
    end: int
    strong: bool

    @property
    def number(self) -> int:
        return self.path[-1]


def numeral(printed: str) -> int | None:
    """Return what a numeral counts (Arabic, Chinese, stem, circled, Roman, letter, English word), or ``None``."""
    text = printed.strip()
    half = unicodedata.normalize("NFKC", text)
    if len(half) == 1 and half.upper() in "CDLM":
        return numerals.letter(half)
    for system in _SYSTEMS:
        found = numerals.value(half if system == "letter" else text, system)
        if found is not None:
            return found
    return None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], bool], ...]:
    found = []
    for row in table("heading_numbers"):
        pattern = row["pattern"]
        for name, chars in _CLASSES.items():
            pattern = pattern.replace(name, f"({chars})")
        found.append((row["style"], re.compile(r"\s*" + pattern + r"\s*"), row["strength"] == "strong"))
    return tuple(found)


def label_of(text: str) -> Label | None:
    """Return the heading number at the start of ``text``, or ``None``."""
    for style, pattern, strong in _patterns():
        match = pattern.match(text)
        if match is None:
            continue
        if style == "decimal":
            parts = re.findall(r"\d+|[A-Z]", unicodedata.normalize("NFKC", match.group()))
            path = tuple(numeral(part) or 0 for part in parts)
            return Label(f"decimal{len(path)}", path, match.end(), strong)
        value = numeral(next((group for group in match.groups() if group), ""))
        if value is not None:
            return Label(style, (value,), match.end(), strong)
    return None


def key(text: str) -> str:
    """Return what two printings of one title have in common: no white space, punctuation, width or case."""
    normal = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in normal if c.isalnum())
