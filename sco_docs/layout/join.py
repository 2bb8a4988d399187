"""Words over line ends: blanks, hyphens, addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sco_docs.chinese.texts import join_texts, slice_text
from sco_docs.model import Change, Text

_WIDE = re.compile(
    r"[⺀-⻿　-〿぀-ヿ㄀-ㄯ㐀-䶿一-鿿豈-﫿︰-﹏！-｠\U00020000-\U0003ffff—…·]"
)
_ADDRESS_TAIL = re.compile(
    r"(?:(?:https?|ftp)\s?:/{0,2}|www\.|doi\.org/|doi:\s?|\b10\.\d{4,9}/)[!-~]*$", re.IGNORECASE
)
_ADDRESS_PART = re.compile(r"[!-~]+")
_WHOLE = re.compile(r"\.(?:s?html?|pdf|aspx?|php|jsp|docx?|xlsx?)$", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:-[A-Za-zÀ-ɏ]+)*")
HYPHEN_CHANGE = "line-end hyphen"


@dataclass(frozen=True, slots=True)
class Words:
    """The Latin words of a document with their counts, and whether it divides words at line ends."""

    counts: Counter[str]
    divides: bool


def is_wide(character: str) -> bool:
    """Say whether a character is Chinese, Japanese or full-width, so that no blank separates words around it."""
    return bool(_WIDE.match(character))


def _wide_end(text: str) -> bool:
    return is_wide(text[-1]) or (text[-1] in "’”" and is_wide(text.rstrip("’”")[-1:] or "。"))


def _wide_start(text: str) -> bool:
    return is_wide(text[0]) or (text[0] in "‘“" and is_wide(text.lstrip("‘“")[:1] or "。"))


class Wording:
    """Gathers the words of a document from one line after the other; words cut at line ends are judged by those that
    stand whole."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._cut: list[tuple[str, str]] = []
        self._open = ""

    def add(self, text: str) -> None:
        """Take in the next line."""
        tail = re.match(r"\s*([a-z]+)", text) if self._open else None
        if tail:
            self._cut.append((self._open, tail[1]))
        body = text.rstrip()
        head = re.search(r"([A-Za-z]+)-$", body)
        self._open = head[1] if head else ""
        self._counts.update(word.lower() for word in _WORD.findall(body[:-1] if body.endswith("-") else body))

    def words(self) -> Words:
        """Return the words of the lines so far."""
        whole = sum((first + second).lower() in self._counts for first, second in self._cut)
        kept = sum(f"{first}-{second}".lower() in self._counts for first, second in self._cut)
        return Words(self._counts, whole > kept)


def address_goes_on(before: str, after: str) -> bool:
    """Say whether a line ends inside an address (URL, DOI) that the next line goes on with."""
    head, tail = before.rstrip(), after.lstrip()
    return bool(tail) and _in_address(head) and _address_goes_on(head, tail)


def _in_address(text: str) -> bool:
    return bool(_ADDRESS_TAIL.search(text))


def _address_goes_on(before: str, after: str) -> bool:
    """Say whether the address that ends ``before`` goes on with the first word of ``after``."""
    head = _ADDRESS_PART.match(after)
    if not head:
        return False
    word = head[0]
    if before[-1] in "/?&=_-.%#~:+" or word[0] in "/?&=_%#~.:+-":
        return not (before[-1] == "." and word[:1].isupper() and _WHOLE.search(before[:-1]))
    if _WHOLE.search(before) or word[0] in "(;,[":
        return False
    return bool(re.search(r"[\d/=_?&%~#]|\.\w|-", word)) or (word.islower() and len(word) == len(after.strip()))


Join = Literal["none", "blank", "drop"]


def seam(before: str, after: str, words: Words) -> Join:
    """Return what stands between two lines: nothing, a blank, or nothing with the hyphen dropped."""
    head, tail = before.rstrip(), after.lstrip()
    if not head or not tail:
        return "none"
    if _wide_start(tail):
        return "none"
    if _in_address(head):
        return "none" if _address_goes_on(head, tail) else "blank"
    if _wide_end(head):
        return "none"
    if head[-1] in "\u00ad\u2010" and head[-2:-1].isalpha():
        return "drop"
    if head[-1] == "-":
        return _hyphen(head, tail, words)
    if head[-1] in "–—/~" and (head[-2:-1].isdecimal() or head[-1] in "/") and tail[0].isalnum():
        return "none"
    if head[-1] in "([{" or tail[0] in ")]},.;:!?%":
        return "none"
    return "blank"


def _hyphen(head: str, tail: str, words: Words) -> Join:
    first, second = re.search(r"([A-Za-zÀ-ɏ]+)-$", head), re.match(r"[A-Za-zÀ-ɏ]+", tail)
    if not first or not second or not second[0].islower():
        return "none" if head[-2:-1] not in ("", " ") else "blank"
    joined, kept = (first[1] + second[0]).lower(), f"{first[1]}-{second[0]}".lower()
    if words.counts[joined] != words.counts[kept]:
        return "drop" if words.counts[joined] > words.counts[kept] else "none"
    return "drop" if words.divides else "none"


def join_lines(parts: Iterable[Text], words: Words) -> Text:
    """Return lines as one running text: words divided by a hyphen and addresses are healed, Latin words keep a blank.

    A hyphen that was dropped is kept as a change with an empty reading.
    """
    whole = Text("")
    for part in parts:
        if not whole.text.strip():
            whole = join_texts((whole, part)) if whole.notes or whole.text else part
            continue
        how = seam(whole.text, part.text, words)
        head = _trim_end(whole)
        tail = _trim_start(part)
        if how == "drop":
            head = _drop_last(head)
        whole = join_texts((head, tail), " " if how == "blank" else "")
    return whole


def _trim_end(text: Text) -> Text:
    size = len(text.text.rstrip())
    if size == len(text.text):
        return text
    kept = slice_text(text, 0, size)
    late = tuple(n for n in text.notes if n.offset > size)
    return Text(kept.text, kept.lines, kept.changes, kept.notes + tuple(type(n)(size, n.note) for n in late))


def _trim_start(text: Text) -> Text:
    lead = len(text.text) - len(text.text.lstrip())
    if not lead:
        return text
    early = tuple(type(n)(0, n.note) for n in text.notes if n.offset <= lead)
    kept = slice_text(text, lead)
    return Text(kept.text, kept.lines, kept.changes, early + kept.notes)


def _drop_last(text: Text) -> Text:
    end = len(text.text) - 1
    kept = slice_text(text, 0, end)
    notes = tuple(type(n)(min(n.offset, end), n.note) for n in text.notes)
    return Text(kept.text, kept.lines, (*kept.changes, Change(end, end, text.text[-1], HYPHEN_CHANGE)), notes)
