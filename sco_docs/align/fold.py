"""Fold a text so that forms of one character compare as equal, one character for one."""

from __future__ import annotations

import unicodedata
from functools import cache

from sco_docs.align.tokens import simplified
from sco_docs.data import table

_PUNCTUATION = {
    **dict.fromkeys("“”„‟〝〞＂「」『』«»", '"'), **dict.fromkeys("‘’‚‛＇", "'"), **dict.fromkeys("—–‐‑−－─━", "-"),
    **dict.fromkeys("·‧•・．∙", "·"), **dict.fromkeys("〈＜", "<"), **dict.fromkeys("〉＞", ">"), "。": ".", "、": ",",
}  # fmt: skip


@cache
def _variants() -> dict[int, str]:
    return {ord(row["form"]): row["standard"] for row in table("variant_characters")}


@cache
def _width(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def fold_width(text: str) -> str:
    """Return ``text`` in half width where it has such a form, compatibility characters as what they mean."""
    return "".join(map(_width, text))


def fold_script(text: str) -> str:
    """Return ``text`` with the width folded and every Traditional character as its Simplified counterpart."""
    return simplified(fold_width(text))


def fold(text: str) -> str:
    """Return ``text`` with width, script, variant characters, case and the form of quotation marks folded.

    The result has as many characters as ``text``.
    """
    wide = fold_width(text).translate(_variants())
    folded = simplified(wide).translate(_variants())
    return "".join(_PUNCTUATION.get(c, c) if not c.isalpha() else _lower(c) for c in folded)


def _lower(character: str) -> str:
    lower = character.lower()
    return lower if len(lower) == 1 else character


def is_punctuation(character: str) -> bool:
    """Return whether a character is punctuation or a symbol (Unicode general categories P and S)."""
    return unicodedata.category(character)[0] in "PS"
