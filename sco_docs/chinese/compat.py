"""Characters that fonts and programs put in the place of others: which character is meant, and what was printed.

Compatibility ideographs (U+F900–FAFF, U+2F800–2FA1F), the brackets U+2329–232A and their like are read by their
canonical decomposition (Unicode, chapter 3, D68); Kangxi and supplementary radicals and private use characters by the
tables ``radicals`` and ``private_use``; presentation forms for vertical setting and Latin ligatures by their
compatibility decomposition.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from sco_docs.data import table
from sco_docs.model import Change

_CANDIDATES = re.compile(
    "[\u00a0\u00ad\u037e\u0387\u2126\u212a\u212b\u2329\u232a\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\u2e80-\u2fd5\ue000-\uf8ff\uf900-\ufad9"
    "\ufb00-\ufb06\ufe00-\ufe19\ufe30-\ufe44\ufe47\ufe48\ufeff\U0002f800-\U0002fa1d\U000e0100-\U000e01ef]"
)
_SINGLE = "\u037e\u0387\u2126\u212a\u212b\u2329\u232a"
_VERTICAL = re.compile("[\ufe10-\ufe19\ufe30-\ufe44\ufe47\ufe48]")


@cache
def _table_readings() -> dict[str, tuple[str, str]]:
    readings = {row["radical"]: (row["character"], row["kind"]) for row in table("radicals")}
    readings |= {chr(int(row["code"], 16)): (row["character"], "private use") for row in table("private_use")}
    return readings


@cache
def reading_of(character: str) -> tuple[str, str]:
    """Return how one character is read and the kind of change; the character itself and ``""`` if it is no stand-in.

    Invisible characters (variation selectors, zero-width marks) are read as nothing.
    """
    known = _table_readings().get(character)
    if known:
        return known
    code = ord(character)
    if 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
        return "", "variation selector"
    if code == 0x00A0:
        return " ", "no-break blank"
    if code == 0x00AD:
        return "-", "soft hyphen"
    if unicodedata.category(character) in ("Cf", "Zl", "Zp"):
        return "", "invisible"
    if 0xF900 <= code <= 0xFAD9 or 0x2F800 <= code <= 0x2FA1D or character in _SINGLE:
        plain = unicodedata.normalize("NFC", character)
        return (plain, "compatibility") if plain != character else (character, "")
    if 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", character), "ligature"
    if _VERTICAL.match(character):
        return _upright(character), "vertical form"
    return character, ""


def _upright(character: str) -> str:
    special = {"︙": "…", "︰": "‥", "︱": "—", "︲": "–", "︵": "（", "︶": "）", "︷": "｛", "︸": "｝", "︐": "，",
               "︓": "：", "︔": "；", "︕": "！", "︖": "？", "︳": "_", "︴": "_", "﹇": "［", "﹈": "］"}
    return special.get(character) or unicodedata.normalize("NFKC", character)


def is_private(character: str) -> bool:
    """Return whether a character is of private use: what it shows only its font knows."""
    return unicodedata.category(character) == "Co"


def read_characters(text: str) -> tuple[str, tuple[Change, ...]]:
    """Return ``text`` with every stand-in read as what is meant, and the changes; offsets are of the result."""
    if not _CANDIDATES.search(text):
        return text, ()
    parts: list[str] = []
    changes: list[Change] = []
    done = length = 0
    for match in _CANDIDATES.finditer(text):
        reading, kind = reading_of(match.group())
        if not kind:
            continue
        before = text[done:match.start()]
        length += len(before)
        parts += [before, reading]
        changes.append(Change(length, length + len(reading), match.group(), kind))
        length += len(reading)
        done = match.end()
    parts.append(text[done:])
    return "".join(parts), tuple(changes)
