"""Numerals as Chinese, English and Russian documents print them: from the sign to the number and back."""

from __future__ import annotations

import re
from functools import cache

from sco_docs.data import table

_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_ROMAN_SIGNS = str.maketrans({chr(0x2160 + i): sign for i, sign in enumerate(
    ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"))} | {
    chr(0x2170 + i): sign for i, sign in enumerate(
        ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"))})
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


@cache
def signs(system: str) -> dict[str, int]:
    """Return the signs of one system of ``data/numerals.tsv`` with what they count."""
    return {row["form"]: int(row["value"]) for row in table("numerals") if row["system"] == system}


def han(text: str) -> int | None:
    """Return the number that Chinese numerals say, or ``None``: 二十一, 一百零二, 二〇〇七, 廿三, 壹拾貳.

    White space between the signs is ignored.
    """
    values = signs("han")
    found = [values.get(sign) for sign in "".join(text.split())]
    numbers = [value for value in found if value is not None]
    if not numbers or len(numbers) != len(found):
        return None
    if len(numbers) > 1 and all(value < 10 for value in numbers):
        return int("".join(map(str, numbers)))
    total = section = digit = 0
    for value in numbers:
        if value < 10:
            digit = value
        elif value in (20, 30, 40):
            section += value
            digit = 0
        elif value == 10000:
            total += (section + digit or 1) * value
            section = digit = 0
        else:
            section += (digit or 1) * value
            digit = 0
    return total + section + digit


def to_han(number: int) -> str:
    """Return ``number`` (1 to 9999) in Chinese numerals with units, as articles are numbered: 102 is ``一百零二``."""
    digits = "零一二三四五六七八九"
    out, zero = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            out += ("零" if zero and out else "") + digits[digit] + sign
            zero = False
        else:
            zero = True
    return out.removeprefix("一") if 10 <= number < 20 else out


def roman(text: str) -> int | None:
    """Return the value of a well-formed Roman numeral in one case, also of the signs U+2160 ff., or ``None``."""
    plain = text.translate(_ROMAN_SIGNS)
    if plain not in (plain.lower(), plain.upper()):
        return None
    rest, total = plain.upper(), 0
    for value, sign in _ROMAN:
        while rest.startswith(sign):
            total += value
            rest = rest[len(sign):]
    return total if not rest and total and to_roman(total) == plain.upper() else None


def to_roman(number: int) -> str:
    """Return ``number`` (from 1) as a Roman numeral in capitals."""
    out = ""
    for value, sign in _ROMAN:
        out += sign * (number // value)
        number %= value
    return out


def arabic(text: str) -> int | None:
    """Return the value of digits, also full width, or ``None``."""
    plain = "".join(text.translate(_FULL_WIDTH).split())
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else None


def letter(text: str) -> int | None:
    """Return the place of a Latin letter in the alphabet; after ``Z`` follow ``AA``, ``BB`` (27, 28) or ``AB`` (28)."""
    if not text.isascii() or not text.isalpha() or text not in (text.lower(), text.upper()) or len(text) > 2:
        return None
    first, *more = (ord(sign) - ord("A") + 1 for sign in text.upper())
    if not more:
        return first
    return 26 + first if more[0] == first else 26 * first + more[0]


def word(text: str) -> int | None:
    """Return the value of a number written out in English or Russian, or ``None``."""
    return signs("word").get(text.lower().replace("ё", "е"))


def sign(text: str, system: str) -> int | None:
    """Return what one sign of a system of ``data/numerals.tsv`` counts (``stem``, ``circled``, ``cyrillic``)."""
    return signs(system).get(text.lower() if system == "cyrillic" else text)


def value(text: str, system: str) -> int | None:
    """Return what ``text`` counts in ``system``: han, arabic, roman, letter, stem, circled, cyrillic or word."""
    readers = {"han": han, "arabic": arabic, "roman": roman, "letter": letter, "word": word}
    return readers[system](text) if system in readers else sign(text, system)


@cache
def pattern(system: str) -> str:
    """Return a regular expression that finds the numerals of ``system`` (they still have to be read)."""
    if system == "arabic":
        return r"[0-9０-９]{1,4}"
    if system == "roman":
        return r"(?:[IVXLC]{1,7}|[ivxlc]{1,7}|[Ⅰ-Ⅻ]|[ⅰ-ⅻ])"
    if system == "letter":
        return r"(?:[A-Z]{1,2}|[a-z]{1,2})"
    forms = signs(system)
    if system == "word":
        return "(?i:" + "|".join(sorted(map(re.escape, forms), key=len, reverse=True)) + ")"
    if system == "cyrillic":
        return "[" + "".join(forms) + "".join(forms).upper() + "]"
    one = "[" + re.escape("".join(forms)) + "]"
    return one + rf"(?:\s?{one}){{0,8}}" if system == "han" else one
