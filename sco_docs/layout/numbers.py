"""Numbers of pages as they are printed: what is one, what it counts, whether they count with the pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sco_docs.chinese.numerals import han, roman

_NUMBER = re.compile(
    r"[-–—―─－~～‧·•.\s(（\[]*(?:第\s*|page\s+|p\.\s*|[頁页]\s*)?"
    r"(?P<label>[A-Z]?-?\d{1,4}|[ivxlcdm]{1,9}|[IVXLCDM]{1,9}|[〇零一二三四五六七八九十百]{1,5})"
    r"(?:\s*[/／]\s*\d{1,4}|\s+of\s+\d{1,4}|\s*[頁页]?\s*[,，共/／]+\s*共?\s*\d{1,4})?"
    r"\s*[頁页]?[-–—―─－~～‧·•.\s)）\]]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+|\b[ivxlcdm]+\b|\b[IVXLCDM]+\b")


def page_number(text: str) -> str | None:
    """Return the number of a line that is only a page number (``12``, ``iv``, ``第 3 頁``, ``- 3 -``), as printed."""
    match = _NUMBER.fullmatch(text.strip())
    return match["label"] if match else None


def shape(text: str) -> str:
    """Return a text with its numbers blanked, so that ``- 3 -`` and ``- 12 -`` are alike."""
    if page_number(text):
        return _NUMBER.sub(lambda m: m[0].replace(m["label"], "#", 1), text.strip(), count=1)
    return _DIGITS.sub("#", text.strip())


def sequential(pages: Iterable[int], labels: Mapping[int, str]) -> bool:
    """Say whether numbers count with the pages: at least half of the neighbours step alike."""
    steps = [
        (value(labels[b]) - value(labels[a])) == b - a
        for a, b in zip(sorted(pages), sorted(pages)[1:], strict=False)
    ]
    return not steps or sum(steps) * 2 >= len(steps)


def value(label: str) -> int:
    """Return what a page number counts: ``iv``, ``四``, ``A-4`` and ``4`` are 4; 0 for what counts nothing."""
    digits = re.search(r"\d+$", label)
    return int(digits[0]) if digits else roman(label) or han(label) or 0
