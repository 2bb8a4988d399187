"""The reference list, split into its entries: one ``Text`` for each, healed where the layout cut or joined."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from sco_docs.chinese.texts import join_texts, place_at, slice_text, strip_text
from sco_docs.data import table
from sco_docs.model import Block, Problem, Text
from sco_docs.structure.names import divides_references, squeeze

_FULL_STOP = re.compile(r"[。．.]\s*(?:[)）\]］”\"」』]|[（(][^（）()]*[)）])?$")
_COMPLETE = re.compile(r"(?:[。．.!?！？」』》〉”\"»)）\]］\d]|[/?=&%#][\w.~-]*/?)$")
_UNFINISHED = re.compile(
    r"(?:[，,、：:；;&(（《〈「“—－-]|\b(?:[Ee]ds?|[Tt]rans|[Vv]ols?|[Nn]o|pp?)\.|\b(?:[Ii]n|by|and))$"
)
_OPEN_URL = re.compile(r"(?:https?://|www\.|doi\.org/|doi:)\S*$", re.IGNORECASE)
_PAIRS = ("《》", "〈〉", "「」", "『』", "（）", "“”")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A printed line (or part of one) of the list: ``opens`` where the layout begins a paragraph."""

    text: Text
    opens: bool


@cache
def _marks(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in table("reference_marks") if row["kind"] == kind)


def _fits(kind: str, text: str) -> bool:
    return any(pattern.match(text) for pattern in _marks(kind))


def split_references(blocks: Sequence[Block]) -> tuple[tuple[Text, ...], tuple[Problem, ...]]:
    """Return the entries of a reference list, in order, each as one ``Text`` with its number if it is numbered.

    ``blocks``: the list without the headings that the outline knows; headings inside it (一、中文部分, Books) and
    remarks on how it is sorted are left out. An entry begins where the layout and the words say so: a number of
    the series, an author before a year, a title in book marks.
    """
    pieces = [piece for block in blocks for piece in _pieces(block)]
    habit = _habit(pieces)
    entries: list[Text] = []
    broken = True
    for piece in pieces:
        text = piece.text.text.strip()
        before = entries[-1].text if entries else ""
        if piece.opens and (_fits("aside", squeeze(text)) or _is_heading(text, before)):
            broken = True
            continue
        if broken or not entries or _begins(piece, text, before, habit):
            entries.append(piece.text)
        elif piece.opens:
            entries[-1] = heal(strip_text(entries[-1]), strip_text(piece.text))
        else:
            entries[-1] = join_texts((entries[-1], piece.text))
        broken = False
    found = tuple(strip_text(entry) for entry in entries)
    return found, _problems(found)


def _is_heading(text: str, before: str) -> bool:
    ended = not before or _COMPLETE.search(before.rstrip()) is not None
    return ended and len(squeeze(text)) < 60 and text[-1] not in "。．." and divides_references(text)


def _pieces(block: Block) -> list[_Piece]:
    starts = [line.offset for line in block.text.lines if 0 < line.offset < len(block.text.text)]
    bounds = [0, *starts, len(block.text.text)]
    lines = [slice_text(block.text, a, b) for a, b in pairwise(bounds)]
    return [_Piece(line, i == 0) for i, line in enumerate(lines) if line.text.strip()]


def _numbering(pieces: Sequence[_Piece]) -> re.Pattern[str] | None:
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


@dataclass(frozen=True, slots=True)
class _Habit:
    """What the list does throughout: its entries are numbered, end in a full stop, begin where the layout says."""

    numbering: re.Pattern[str] | None
    stops: bool
    indents: bool


def _habit(pieces: Sequence[_Piece]) -> _Habit:
    opening = [p for p in pieces if p.opens]
    strong = [_starts(p.text.text.strip()) for p in opening]
    ends = [
        bool(_FULL_STOP.search(a.text.text.rstrip()))
        for a, b in pairwise(pieces)
        if b.opens and _starts(b.text.text.strip())
    ]
    return _Habit(_numbering(pieces), sum(ends) * 10 >= len(ends) * 8, sum(strong) * 10 >= len(opening) * 7)


def _starts(text: str) -> bool:
    """Whether a line reads like the beginning of an entry: an author, with a year or a title."""
    return _fits("start", text) or _fits("particle", text) or _chinese_author().match(text) is not None


@cache
def _chinese_author() -> re.Pattern[str]:
    names = sorted({row["surname"] for row in table("surnames")}, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(names)})\s?[一-龥]\s?[一-龥]?\s?[，,、（(]")


def _begins(piece: _Piece, text: str, before: str, habit: _Habit) -> bool:
    """Whether a line begins an entry after the text ``before``."""
    if habit.numbering is not None:
        number, last = _number(habit.numbering, text), _number(habit.numbering, before) or 0
        return number is not None and (number == 1 or last < number <= last + 3)
    before = before.rstrip()
    if (_fits("on", text) and not _fits("particle", text)) or _open_bracket(before) or _UNFINISHED.search(before):
        return False
    strong, stopped = _starts(text), bool(_FULL_STOP.search(before))
    if not piece.opens:
        return strong and (stopped or _OPEN_URL.search(before) is not None)
    done = stopped if habit.stops else bool(_COMPLETE.search(before))
    return (strong or (done and _fits("weak", text))) if habit.indents else strong and done


def _open_bracket(text: str) -> bool:
    return any(text.count(pair[0]) > text.count(pair[1]) for pair in _PAIRS)


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
