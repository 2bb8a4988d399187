"""What a line looks like from its characters alone: a heading, the end of a sentence, its script."""

from __future__ import annotations

import re

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_ENDS = re.compile(r"[。．.；;：:，,？?！!、]\s*[”」』’\"）)]*\s*$")
_FULL_STOP = re.compile(r"[。！？!?.；;：:]\s*[”」』’\"）)]*\s*$")
_INSIDE = re.compile(r"[。；，]")
_LONGEST_HAN, _LONGEST = 40, 120


def is_han(text: str) -> bool:
    """Whether ``text`` is written in Chinese characters for the greater part of its letters."""
    letters = sum(character.isalpha() for character in text)
    return 2 * len(_HAN.findall(text)) > letters


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends as a sentence or a clause of a list ends."""
    return bool(_FULL_STOP.search(text))


def looks_like_heading(text: str) -> bool:
    """Whether ``text`` has the shape of a heading: short, not a sentence, and not left open by a comma or colon."""
    text = text.strip()
    if not text or _ENDS.search(text):
        return False
    if is_han(text):
        return len(text) <= _LONGEST_HAN and not _INSIDE.search(text)
    return len(text) <= _LONGEST and not text[0].islower() and ". " not in text
