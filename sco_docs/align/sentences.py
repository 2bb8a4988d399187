"""Where sentences end, in Chinese, English and Russian."""

from __future__ import annotations

import re

# GB/T 15834-2011, 4.1-4.3: the full stop, question and exclamation marks end a sentence; closing quotation marks and
# brackets that follow belong to it.
_CHINESE_END = re.compile(r"[。！？!?…]+[”’」』）)》〉】\]]*")
# A Latin or Cyrillic sentence ends before a blank and a capital, a digit or an opening quotation mark.
_ALPHABETIC_END = re.compile(r"[.!?…]+[”’\"')\]»]*(?=\s+[\"'“‘«(\[]?[A-ZА-ЯЁ0-9])")
# What ends with a full stop and does not end a sentence: initials and common abbreviations, and a number alone.
_NOT_AN_END = re.compile(
    r"(?:^|[\s(“\"«])(?:[A-Za-zА-Яа-яЁё]|Art|art|No|no|Nos|Vol|vol|pp|p|cf|Cf|ed|eds|et al|etc|e\.g|i\.e"
    r"|Mr|Mrs|Ms|Dr|Prof|St|U\.N|U\.S|para|paras|ст|ч|п|пп|г|гг|т\.е|т\.д|т\.п|см|им|стр|с)\.$"
)


_LIST_NUMBER = re.compile(r"\s*[(\[]?(?:\d{1,3}|[A-Za-zА-Яа-я]|[ivxIVX]+)[.)\]]+\s*$")


def sentence_ends(text: str, language: str) -> tuple[int, ...]:
    """Return the offsets at which the sentences of a paragraph end, the last of them ``len(text)``.

    ``language`` is a BCP 47 tag; anything but ``zh`` is taken as alphabetic. White space between two
    sentences belongs to the first, so that the slices join to the whole text again.
    """
    pattern = _CHINESE_END if language.startswith("zh") else _ALPHABETIC_END
    ends: list[int] = []
    for match in pattern.finditer(text):
        end = match.end()
        start = ends[-1] if ends else 0
        if pattern is _ALPHABETIC_END and (
            _NOT_AN_END.search(text[max(0, end - 12) : end]) or _LIST_NUMBER.match(text[start:end])
        ):
            continue
        while end < len(text) and text[end].isspace():
            end += 1
        ends.append(end)
    if not ends or ends[-1] != len(text):
        ends.append(len(text))
    return tuple(ends)
