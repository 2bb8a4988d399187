"""How wide the first word of a line is: what decides whether it would have fitted on the line before."""

from __future__ import annotations

from sco_docs.layout.join import is_wide
from sco_docs.layout.pieces import Piece

CLOSING = "，。、；：！？」』）》〉】〕”’,.;:!?)]}％%…—·"
_OPENING = "「『（《〈【〔“‘([{"


def _width(character: str) -> float:
    if is_wide(character):
        return 1.0
    if character in " .,:;'!|ijlt/()[]-":
        return 0.3
    return 0.68 if character.isupper() or character in "mw%@—" else 0.5


def first_word_width(one: Piece) -> float:
    """Return about how wide the part at the start of a line is that no line end may divide, in points."""
    word = one.text.lstrip()[: first_word(one.text)]
    whole = sum(map(_width, one.text)) or 1.0
    scale = min(max((one.right - one.left) / whole, 0.7 * one.size), 1.2 * one.size)
    return sum(map(_width, word)) * scale


def first_word(text: str) -> int:
    """Return the length of the part at the start of a text (its leading blanks aside) that stays together."""
    started = latin = False
    body = text.lstrip()
    for i, character in enumerate(body):
        if character.isspace():
            return i
        wide = is_wide(character)
        if character in _OPENING:
            if started:
                return i
            continue
        if character in CLOSING:
            continue
        if started and (wide or not latin):
            return i
        started, latin = True, not wide
    return len(body)
