"""Fold a text so that forms of one character compare as equal, one character for one."""

from __future__ import annotations

import unicodedata
from functools import cache

from sco_docs.chinese.engine import run
from sco_docs.data import table

_PUNCTUATION = {
    **dict.fromkeys("“”„‟〝〞＂「」『』«»", '"'), **dict.fromkeys("‘’‚‛＇", "'"), **dict.fromkeys("—–‐‑−－─━", "-"),
    **dict.fromkeys("·‧•・．∙", "·"), **dict.fromkeys("〈＜", "<"), **dict.fromkeys("〉＞", ">"), "。": ".", "、": ",",
}  # fmt: skip
# Alone it stays in Simplified text as well (乾坤), so that OpenCC converts it only in words.
_IN_WORDS = {"乾": "干"}


class _Folding(dict[int, str]):
    """A table for ``str.translate`` that learns a character when it meets it."""

    def __missing__(self, code: int) -> str:
        wide = fold_width(chr(code))
        form = standard_form(wide)
        folded = _IN_WORDS.get(form) or run(form, "t2s")
        lower = folded.lower() if folded.isalpha() else _PUNCTUATION.get(folded, folded)
        self[code] = lower if len(lower) == 1 else folded
        return self[code]


_folding = _Folding()


@cache
def _standard() -> dict[str, str]:
    return {row["form"]: row["standard"] for row in table("variant_characters")}


def standard_form(character: str) -> str:
    """Return the standard form of a variant character, any other character as it is."""
    return _standard().get(character, character)


def fold_width(text: str) -> str:
    """Return ``text`` in half width where it has such a form, compatibility characters as what they mean."""
    return "".join(map(_width, text))


@cache
def _width(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def fold(text: str) -> str:
    """Return ``text`` with width, script, variant characters, case and the form of quotation marks folded.

    The result has as many characters as ``text``, and each depends on its own character alone.
    """
    return text.translate(_folding)


def is_punctuation(character: str) -> bool:
    """Return whether a character is punctuation or a symbol (Unicode general categories P and S)."""
    return unicodedata.category(character)[0] in "PS"
