"""Which language a text is in, as far as its letters tell."""

from __future__ import annotations

import re
from typing import Literal

from sco_docs.chinese.detect import detect

Letters = Literal["han", "latin", "cyrillic", "none"]
_LETTERS: tuple[tuple[Letters, re.Pattern[str]], ...] = (
    ("han", re.compile(r"[\u3400-\u9fff]")),
    ("latin", re.compile(r"[A-Za-z\u00c0-\u024f]")),
    ("cyrillic", re.compile(r"[\u0400-\u04ff]")),
)
# A Chinese character says as much as about three letters of an alphabet.
WEIGHT: dict[Letters, int] = {"han": 3, "latin": 1, "cyrillic": 1, "none": 0}


def letters_of(text: str) -> Letters:
    """Return what most of ``text`` is written in, each kind by its weight."""
    best: Letters = "none"
    most = 0
    for name, letters in _LETTERS:
        count = WEIGHT[name] * len(letters.findall(text))
        if count > most:
            best, most = name, count
    return best


def language_of(text: str) -> str:
    """Return the language of a text as a BCP 47 tag: Chinese with its script (its region is a guess from single
    words), Latin letters count as English, Cyrillic as Russian."""
    letters = letters_of(text)
    if letters == "han":
        tag = "-".join(detect(text).tag.split("-")[:2])
        return tag if tag != "und" else "zh"
    return {"latin": "en", "cyrillic": "ru", "none": "und"}[letters]
