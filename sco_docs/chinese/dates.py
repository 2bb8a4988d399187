"""Dates as Chinese, English and Russian documents print them, read as ISO 8601; the printed form is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from sco_docs.chinese.numerals import arabic, han, signs
from sco_docs.data import table

_REPUBLIC = 1911
_N = r"[0-9０-９\s]{1,6}|[〇○◯零Ｏ０一二三四五六七八九十廿卄卅百千\s]{1,9}?"
_CHINESE = re.compile(
    rf"(?:(?P<republic>(?:中[華华])?民[國国])|公元|西元|公[曆历])?\s*(?P<year>{_N}|元)\s*年"
    rf"(?:\s*(?P<month>{_N}|元|正)\s*月(?:\s*(?P<day>{_N})\s*[日號号])?)?"
)
_DIGITS = re.compile(
    r"(?<![0-9/.-])(?P<year>1[0-9]{3}|20[0-9]{2})\s?([-/.．])\s?(?P<month>[01]?[0-9])\s?\2\s?(?P<day>[0-3]?[0-9])"
    r"(?![0-9])"
)
_UNITS = {word: n for n, word in enumerate((
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"), 1)}
_TENS = {word: 10 * n for n, word in enumerate((
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12, "twentieth": 20,
             "thirtieth": 30}
_WORD = "(?:" + "|".join(sorted((*_UNITS, *_TENS, "hundred", "thousand"), key=len, reverse=True)) + ")"
_IN_WORDS = rf"{_WORD}(?:[-\s]+(?:and\s+)?{_WORD})+"


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: ISO 8601 to the precision printed, its place ``[start, end)``, and the printed form."""

    iso: str
    start: int
    end: int
    printed: str


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """Return every date of ``text`` in order: 一九九六年四月二十五日, 1996年4月, 民國八十五年, 1996/04/25,
    25 April 1996, the twenty-fifth day of April 1996, 25 апреля 1996 года. A date that the calendar does not have
    (31 June) is left out, so is a year without a century (九六年) unless 民國 stands before it."""
    found: list[FoundDate] = []
    for start, end, year, month, day in sorted(_all(text)):
        if found and start < found[-1].end:
            continue
        iso = _iso(year, month, day)
        if iso is not None:
            found.append(FoundDate(iso, start, end, text[start:end]))
    return tuple(found)


def first_date(text: str) -> str | None:
    """Return the first date of ``text`` that is exact to the day, else the first at all, as ISO 8601."""
    dates = find_dates(text)
    exact = next((found.iso for found in dates if len(found.iso) == 10), None)
    return exact or (dates[0].iso if dates else None)


def _iso(year: int | None, month: int | None, day: int | None) -> str | None:
    if year is None or not 1000 <= year <= 2999:
        return None
    if not month:
        return f"{year:04d}"
    try:
        return date(year, month, day).isoformat() if day else date(year, month, 1).isoformat()[:7]
    except ValueError:
        return None


def _all(text: str) -> Iterator[tuple[int, int, int | None, int | None, int | None]]:
    for match in _CHINESE.finditer(text):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        yield start, match.end(), _chinese_year(match), _number(match["month"]), _number(match["day"])
    for match in _DIGITS.finditer(text):
        yield match.start(), match.end(), int(match["year"]), int(match["month"]), int(match["day"])
    months = _months()
    for expression in _western():
        for match in expression.finditer(text):
            day = _western_number(match["day"])
            if day is not None:
                month = months[match["month"].lower().rstrip(".")]
                yield match.start(), match.end(), _western_number(match["year"]), month, day


def _number(text: str | None) -> int | None:
    if not text:
        return None
    if text in ("元", "正"):
        return 1
    return arabic(text) or han(text)


def _chinese_year(match: re.Match[str]) -> int | None:
    year = _number(match["year"])
    if year is None:
        return None
    return year + _REPUBLIC if match["republic"] else year


@cache
def _months() -> dict[str, int]:
    return {row["name"]: int(row["month"]) for row in table("months")}


@cache
def _western() -> tuple[re.Pattern[str], ...]:
    names = {language: "|".join(sorted((row["name"] for row in table("months") if row["language"] == language),
                                       key=len, reverse=True)) for language in ("en", "ru")}
    year = rf"(?P<year>[12][0-9]{{3}}|{_IN_WORDS})"
    day = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
    spoken = r"(?P<day>[0-3]?[0-9](?:st|nd|rd|th)?|(?:twenty|thirty)?[-\s]?[a-z]+)\s+day\s+of"
    english = f"(?P<month>{names['en']})"
    return tuple(re.compile(expression, re.IGNORECASE) for expression in (
        rf"(?<![0-9]){day}\s+{english}\.?,?\s+{year}",
        rf"\b{english}\.?\s+{day},?\s+{year}",
        rf"\b{spoken}\s+{english},?\s+(?:in\s+the\s+year\s+)?{year}",
        rf"(?<![0-9])[«\"“]?{day}[»\"”]?\s+(?P<month>{names['ru']})\s+(?P<year>[12][0-9]{{3}})(?:\s*(?:года|г\.))?",
        rf"\b(?P<day>(?:(?:двадцать|тридцать)\s+)?(?:{'|'.join(signs('day'))}))\s+(?P<month>{names['ru']})\s+"
        r"(?P<year>[12][0-9]{3})(?:\s*(?:года|г\.))?",
    ))


def _western_number(text: str) -> int | None:
    days = [signs("day").get(word) for word in text.lower().split()]
    if all(days):
        return sum(day or 0 for day in days)
    plain = re.sub(r"(?:st|nd|rd|th)$", "", text.strip(), flags=re.IGNORECASE)
    if plain.isdigit():
        return int(plain)
    total = current = 0
    for word in re.split(r"[-\s]+", text.lower().strip(" ,.")):
        value = _word(word)
        if word == "thousand":
            total, current = total + current * 1000, 0
        elif word == "hundred":
            current *= 100
        elif value is not None:
            current += value
        elif word != "and":
            return None
    return total + current or None


def _word(word: str) -> int | None:
    for names in (_UNITS, _TENS, _ORDINALS):
        if word in names:
            return names[word]
    return _UNITS.get(word.removesuffix("th"))
