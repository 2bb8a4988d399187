"""Where sentences end, in Chinese, English and Russian."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from sco_docs.data import table

# GB/T 15834-2011, 4.1-4.3: the full stop, question and exclamation marks end a sentence; closing quotation marks and
# brackets that follow belong to it.
_CHINESE_END = re.compile(r"[。！？!?…]+[”’」』）)》〉】\]]*")
# A Latin or Cyrillic sentence ends before a blank and a capital, a digit or an opening quotation mark; where the blank
# was lost, after a word and before one with a capital (interference.Where).
_ALPHABETIC_END = re.compile(
    r"[.!?…]+[”’\"')\]»]*(?=\s+[\"'“‘«(\[—–-]?\s*[A-ZА-ЯЁ0-9])|(?<=[a-zа-яё]{3})[.!?](?=[A-ZА-ЯЁ][a-zа-яё])"
)
# An initial.
_INITIAL = re.compile(r"(?:^|[\s(“\"«])[A-Za-zА-Яа-яЁё]\.$")
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
        if pattern is _ALPHABETIC_END and (_abbreviated(text, start, end) or _LIST_NUMBER.match(text[start:end])):
            continue
        while end < len(text) and text[end].isspace():
            end += 1
        ends.append(end)
    if not ends or ends[-1] != len(text):
        ends.append(len(text))
    return tuple(ends)


def _abbreviated(text: str, start: int, end: int) -> bool:
    """Whether the full stop before ``end`` is that of an abbreviation, not of the sentence from ``start``."""
    if text[end - 1] != ".":
        return False
    if _INITIAL.search(text[max(start, end - 4) : end]):
        return True
    word = re.split(r"[\s(\[“\"«,;]", text[max(start, end - 12) : end - 1])[-1]
    kind = _abbreviations().get(word)
    return kind == "anything" or (kind == "number" and text[end:].lstrip()[:1].isdigit())


@cache
def _abbreviations() -> Mapping[str, str]:
    return {word: row["before"] for row in table("abbreviations") for word in row["words"].split()}
