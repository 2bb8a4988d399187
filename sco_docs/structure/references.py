"""The reference list, split into its entries: one ``Text`` for each, healed where the layout cut or joined."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from sco_docs.chinese.texts import join_texts, place_at, strip_text
from sco_docs.data import table
from sco_docs.model import Block, Problem, Source, Text
from sco_docs.structure.names import divides_references, squeeze
from sco_docs.structure.reference_habits import Habits, first_guess, learn, likelihood, odds
from sco_docs.structure.reference_lines import Piece, list_lines

_FULL_STOP = re.compile(r"[。．.]\s*(?:[)）\]］”\"」』]|[（(][^（）()]*[)）])?$")
_COMPLETE = re.compile(r"(?:[。．.!?！？」』》〉”\"»)）\]］\d]|[/?=&%#][\w.~-]*/?)$")
_UNFINISHED = re.compile(
    r"(?:[，,、：:；;&(（《〈「“—－-]|\b(?:[Ee]ds?|[Tt]rans|[Vv]ols?|[Nn]o|pp?)\.|\b(?:[Ii]n|by|and))$"
)
_CUT_URL = re.compile(r"(?:https?://|www\.)\S*(?<!html)(?<!.htm|.pdf|aspx|.asp|.php)(?<!/)\.$", re.IGNORECASE)
_INITIAL = re.compile(r"(?<![\w.])[A-ZÀ-Þ]\.$")
_OPEN_URL = re.compile(r"(?:https?://|www\.|doi\.org/|doi:)\S*$", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?|ftp)\s?:|www\.", re.IGNORECASE)
_PAIRS = ("《》", "〈〉", "「」", "『』", "（）", "“”")
_LOOKS = (
    ("title", re.compile(r"[《〈「『“‘\"'\[［〔【（(]")),
    ("name", re.compile(r"[A-ZÀ-ÞА-ЯЁ]")),
    ("han", re.compile(r"[㐀-鿿぀-ヿ가-힣]")),
    ("digit", re.compile(r"\d")),
)
_ROUNDS = 10
_USUAL = -0.4  # how likely a line begins an entry before anything is known of it: the logarithm of the odds


@cache
def _marks(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in table("reference_marks") if row["kind"] == kind)


def _fits(kind: str, text: str) -> bool:
    return any(pattern.match(text) for pattern in _marks(kind))


def split_references(
    blocks: Sequence[Block], source: Source | None = None
) -> tuple[tuple[Text, ...], tuple[Problem, ...]]:
    """Return the entries of a reference list, in order, each as one ``Text`` with its number if it is numbered.

    ``blocks``: the list without the headings that the outline knows; headings inside it (一、中文部分, Books) and
    remarks on how it is sorted are left out. ``source``: what they were read from; printed pages show indents and
    spaces. An entry begins at a number of the series or, in a list without numbers, where words (an author before a
    year, a full stop before it) and print (indent, space above, room left on the line before) together say so, by
    what the list does throughout.
    """
    pieces = list_lines(blocks, source)
    numbering = _numbering(pieces)
    found = tuple(strip_text(entry) for entry in (_numbered(pieces, numbering) if numbering else _unnumbered(pieces)))
    return found, _problems(found)


@dataclass(slots=True)
class _List:
    """The entries so far; ``broken`` after a heading and at the start, where the next line begins one."""

    entries: list[Text] = field(default_factory=list)
    broken: bool = True

    def add(self, piece: Piece, begins: bool) -> None:
        if begins or self.broken:
            self.entries.append(piece.text)
        elif piece.opens:
            self.entries[-1] = heal(strip_text(self.entries[-1]), strip_text(piece.text))
        else:
            self.entries[-1] = join_texts((self.entries[-1], piece.text))
        self.broken = False


def _walk(pieces: Sequence[Piece], begins: Callable[[Piece, str, str], bool]) -> _List:
    """Return the list as ``begins(piece, its text, the entry before it)`` divides it, headings left out."""
    whole = _List()
    for piece in pieces:
        text = piece.text.text.strip()
        before = whole.entries[-1].text.rstrip() if whole.entries else ""
        apart = piece.opens or piece.room == "short"
        if apart and (_fits("aside", squeeze(text)) or _is_heading(text, before)):
            whole.broken = True
        else:
            whole.add(piece, begins(piece, text, "" if whole.broken else before))
    return whole


def _numbered(pieces: Sequence[Piece], numbering: re.Pattern[str]) -> list[Text]:
    def begins(_: Piece, text: str, before: str) -> bool:
        number, last = _number(numbering, text), _number(numbering, before) or 0
        return number is not None and (number == 1 or last < number <= last + 3)

    return _walk(pieces, begins).entries


def _unnumbered(pieces: Sequence[Piece]) -> list[Text]:
    """Divide the list by first guesses, learn from the result, and divide again until little changes.

    In a list with hanging indents an indented line that the layout goes on with begins no entry.
    """
    habits, before = first_guess(), [0.5] * len(pieces)
    seen: list[dict[str, str]] = []
    shares: list[float] = []
    for _ in range(_ROUNDS):
        seen, shares = [], []
        whole = _walk(pieces, _judge(habits, seen, shares))
        if max((abs(a - b) for a, b in zip(shares, before, strict=False)), default=0.0) < 0.02:
            break
        before = shares
        habits = learn(seen, shares)
    if not _hangs(seen, shares):
        return whole.entries
    judge = _judge(habits, [], [])
    return _walk(pieces, lambda piece, *texts: judge(piece, *texts) and (piece.opens or piece.indent != "deep")).entries


def _hangs(seen: Sequence[Mapping[str, str]], shares: Sequence[float]) -> bool:
    """Say whether a list has hanging indents: all but very few entries begin further out than their other lines."""
    found = Counter((cues.get("indent"), share > 0.5) for cues, share in zip(seen, shares, strict=True))
    right = found["shallow", True], found["deep", False]
    return min(right) > 3 and found["shallow", False] + found["deep", True] <= sum(right) / 5


def _judge(
    habits: Habits, seen: list[dict[str, str]], shares: list[float]
) -> Callable[[Piece, str, str], bool]:
    """Return what says whether a line begins an entry; it notes what it ``seen`` and how sure it is (``shares``)."""

    def begins(piece: Piece, text: str, before: str) -> bool:
        cues = _cues(piece, text, before)
        share = likelihood(_USUAL + odds(cues, habits)) if before else 1.0
        seen.append(cues)
        shares.append(share)
        return share > 0.5

    return begins


def _cues(piece: Piece, text: str, before: str) -> dict[str, str]:
    """Return what is seen at a line after the entry ``before`` (empty: the line begins one in any case)."""
    layout = None if piece.room else "opens" if piece.opens else "joined"
    seen: dict[str, str | None] = {"words": _words(text), "indent": piece.indent}
    if before:
        seen["source"] = "whole" if piece.whole and piece.opens else None
        seen |= {"end": _end(before), "room": piece.room, "gap": piece.gap, "layout": layout}
    return {cue: value for cue, value in seen.items() if value}


def _words(text: str) -> str:
    if _ADDRESS.match(text):
        return "address"
    if _fits("particle", text) or (_starts(text) and not _fits("on", text)):
        return "start"
    if _fits("on", text):
        return "on"
    return next((kind for kind, pattern in _LOOKS if pattern.match(text)), "other")


def _end(before: str) -> str:
    if any(before.count(pair[0]) > before.count(pair[1]) for pair in _PAIRS):
        return "open"
    if _UNFINISHED.search(before):
        return "unfinished"
    if _FULL_STOP.search(before) and not _CUT_URL.search(before):
        return "other" if _INITIAL.search(before) else "stop"
    if _OPEN_URL.search(before):
        return "address"
    return "closed" if _COMPLETE.search(before) else "other"


def _is_heading(text: str, before: str) -> bool:
    ended = not before or _COMPLETE.search(before) is not None
    plain = len(squeeze(text)) < 60 and text[-1] not in "。．." and not text[0].islower()
    return ended and plain and divides_references(text)


def _numbering(pieces: Sequence[Piece]) -> re.Pattern[str] | None:
    """Return how the entries are numbered, where the first is 1 and most that follow count on, or ``None``."""
    lines = [squeeze(p.text.text) for p in pieces]
    lines = [line for line in lines if not divides_references(line) and not _fits("aside", line)]
    for pattern in _marks("number"):
        numbers = [number for line in lines if (number := _number(pattern, line))]
        steps = sum(b == a + 1 or b == 1 for a, b in pairwise(numbers))
        if len(numbers) >= 2 and _number(pattern, lines[0]) == 1 and steps * 3 >= 2 * (len(numbers) - 1):
            return pattern
    return None


def _number(pattern: re.Pattern[str], line: str) -> int | None:
    match = pattern.match(squeeze(line))
    return int(re.sub(r"\D", "", unicodedata.normalize("NFKC", match.group()))) if match else None


def _starts(text: str) -> bool:
    """Whether a line reads like the beginning of an entry: an author, with a year or a title."""
    return _fits("start", text) or _chinese_author().match(text) is not None


@cache
def _chinese_author() -> re.Pattern[str]:
    names = sorted({row["surname"] for row in table("surnames")}, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(names)})\s?[一-龥]\s?[一-龥]?\s?[，,、（(]")


def heal(first: Text, second: Text) -> Text:
    """Join two parts of an entry: a URL without a blank, Latin words with one, Chinese without."""
    a, b = first.text, second.text
    if not a or not b:
        return join_texts((first, second))
    wide = "\u2e80" <= a[-1] <= "\uffef" or "\u2e80" <= b[0] <= "\uffef"
    url = _OPEN_URL.search(a) is not None and re.match(r"[\w/.?=&%#~+-]*[\w/]", b) is not None
    return join_texts((first, second), "" if wide or url else " ")


def _problems(entries: Sequence[Text]) -> tuple[Problem, ...]:
    found = []
    for entry in entries:
        if len(entry.text) > 600 or len(entry.text) < 12:
            found.append(
                Problem("reference-doubtful", "warning", "An entry of the reference list is unusually long or short.",
                        place_at(entry, 0), entry.text[:60], "Look whether it was cut out rightly.")
            )  # fmt: skip
    return tuple(found)
