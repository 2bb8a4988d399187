"""Which language a text is in, as far as its letters tell."""

from __future__ import annotations

import re
from typing import Literal

from sco_docs.chinese.detect import detect

Letters = Literal["han", "latin", "cyrillic", "none"]
# letters, and how many letters of an alphabet one of them weighs
LETTERS: tuple[tuple[Letters, re.Pattern[str], int], ...] = (
    ("han", re.compile(r"[\u3400-\u9fff]"), 3),
    ("latin", re.compile(r"[A-Za-z\u00c0-\u024f]"), 1),
    ("cyrillic", re.compile(r"[\u0400-\u04ff]"), 1),
)


def letters_of(text: str) -> Letters:
    """Return what most of ``text`` is written in; a Chinese character weighs as three letters."""
    best: Letters = "none"
    most = 0
    for name, letters, weight in LETTERS:
        count = weight * len(letters.findall(text))
        if count > most:
            best, most = name, count
    return best


def language_of(text: str) -> str:
    """Return the language of a text as a BCP 47 tag; Latin letters count as English, Cyrillic as Russian."""
    letters = letters_of(text)
    if letters == "han":
        tag = detect(text).tag
        return tag if tag != "und" else "zh"
    return {"latin": "en", "cyrillic": "ru", "none": "und"}[letters]
