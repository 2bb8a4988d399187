"""Addresses in running text, healed where a line break cut them."""

from __future__ import annotations

import re

_START = re.compile(r"(?:https?|ftp)\s?:\s?/\s?/|www\.", re.IGNORECASE)
_SIGNS = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_OPEN = tuple("/?&=.-_%#:")
_CONTINUES = re.compile(r"[/?&=.\-_%#]|\S*(?:/|\.(?:s?html?|php|aspx?|jsp|pdf|do|cgi)\b)|[0-9_\-]+\.")
_ENDINGS = (".htm", ".html", ".shtml", ".php", ".asp", ".aspx", ".jsp", ".pdf", ".cgi", ".doc", ".xml")
_TRAILING = ".,;:!?)]}'\"，。；、）》」>"


def _goes_on(url: str, text: str, at: int) -> bool:
    """Whether the address ``url`` goes on at ``at`` after a blank."""
    if url.endswith(_OPEN) or _CONTINUES.match(text, at):
        return True
    cut = re.search(r"\.[a-z]{1,4}$", url)
    more = re.compile(r"[a-z]{1,4}(?![A-Za-z0-9])").match(text, at)
    return bool(cut and more and (cut.group() + more.group()) in _ENDINGS)


def find_url(text: str) -> str | None:
    """Return the first address in ``text`` without the punctuation after it, or ``None``.

    Blanks inside it are closed where what follows still reads as part of an address: an address that was broken over
    lines ends or begins with one of its own signs, or goes on to a file name.
    """
    start = _START.search(text)
    if start is None:
        return None
    url = "".join(start.group().split())
    at = start.end()
    while match := _SIGNS.match(text, at):
        url += match.group()
        at = match.end()
        blank = re.compile(r"\s+").match(text, at)
        if blank is None or not _goes_on(url, text, blank.end()):
            break
        at = blank.end()
    while url and url[-1] in _TRAILING and not (url[-1] == ")" and url.count("(") >= url.count(")")):
        url = url[:-1]
    return url or None
