"""What a sentence is made of when translations are compared: words, numbers and names, in a common form.

A token is a stem (English, Russian), a dictionary word in Simplified characters (Chinese), or ``#n`` for a
number however it is written (``第十二條``, ``Article 12``, ``twelfth``), so that numbers match in all languages.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cache, lru_cache

import snowballstemmer

from sco_docs.chinese.numerals import han, roman
from sco_docs.chinese.numerals import word as number_word
from sco_docs.chinese.script import convert
from sco_docs.data import table

_LONGEST_WORD = 8
_WORD = re.compile(r"[A-Za-z]+|[А-Яа-яЁё]+|\d[\d,]*(?:\.\d+)?")
_HAN_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|[零〇○一二三四五六七八九十百千万亿两]+")
# A single numeral counts as a number only before what is counted; 一 elsewhere is mostly "a" or part of a word.
_COUNTED = frozenset("年月日条章个项款编节、）)")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


def tokens(text: str, language: str, words: Container[str]) -> tuple[str, ...]:
    """Return the tokens of ``text``; ``words`` are the headwords that cut Chinese (longest match first)."""
    if language.startswith("zh"):
        return tuple(_chinese(simplified(text).translate(_WIDE), words))
    return tuple(_alphabetic(text, "ru" if language.startswith("ru") else "en"))


def simplified(text: str) -> str:
    """Return ``text`` in Simplified characters, character for character."""
    return convert(text, "zh-Hans", "zh-Hant").text


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """Return the Snowball stem of a lower-case English or Russian word."""
    return str(_stemmer(language).stemWord(word))


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("russian" if language == "ru" else "english")


@cache
def _stop_words(language: str) -> frozenset[str]:
    return frozenset(w for row in table("stop_words") if row["language"] == language for w in row["words"].split())


def _alphabetic(text: str, language: str) -> Iterator[str]:
    for match in _WORD.finditer(text.replace("’", "'")):
        word = match.group()
        lower = word.lower()
        if word[0].isdigit():
            yield f"#{word.replace(',', '')}"
        elif (number := _number(word)) is not None:
            yield f"#{number}"
        elif len(word) > 1 and lower not in _stop_words(language):
            yield stem(lower, "ru" if lower[0] > "z" else "en")


def _number(word: str) -> int | None:
    lower = word.lower()
    if word[0].isupper() and (month := _months().get(lower)):
        return month
    return number_word(lower) or (roman(word) if len(word) > 1 and word.isupper() else None)


@cache
def _months() -> dict[str, int]:
    return {row["name"]: int(row["month"]) for row in table("months")}


def _chinese(text: str, words: Container[str]) -> Iterator[str]:
    at, size = 0, len(text)
    while at < size:
        word = _longest_word(text, at, words)
        number = _HAN_NUMBER.match(text, at)
        if number and len(number.group()) >= len(word) and _is_number(number, text):
            digits = number.group()
            value = digits.replace(",", "") if digits[0].isdigit() else han(digits)
            yield f"#{value}"
            at = number.end()
        elif "\u4e00" <= text[at] <= "\u9fff":
            if word not in _stop_words("zh"):
                yield word
            at += len(word)
        elif text[at].isascii() and text[at].isalpha():
            match = _WORD.match(text, at)
            assert match is not None
            yield stem(match.group().lower(), "en")
            at = match.end()
        else:
            at += 1


def _longest_word(text: str, at: int, words: Container[str]) -> str:
    for size in range(min(_LONGEST_WORD, len(text) - at), 1, -1):
        if text[at : at + size] in words:
            return text[at : at + size]
    return text[at]


def _is_number(match: re.Match[str], text: str) -> bool:
    digits = match.group()
    return digits[0].isdigit() or len(digits) > 1 or text[match.end() : match.end() + 1] in _COUNTED
