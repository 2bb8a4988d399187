"""Notes at the foot of a page: where they begin, what they are called, what they say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from sco_docs.layout.pieces import Measures, Piece, bare, span_offsets
from sco_docs.layout.words import is_counted, is_float
from sco_docs.model import Rule

CIRCLED = "①-⑳㉑-㉟㊱-㊿❶-❿⓫-⓴➀-➓⓵-⓾"
SYMBOLS = "*＊†‡§¶‖※◎"
_PLAIN = re.compile(
    rf"\s*(?P<label>[{CIRCLED}]|[{SYMBOLS}]{{1,4}}|[\[［〔]\s*\d{{1,3}}\s*[\]］〕]|[註注]\s*\d{{1,3}}|\d{{1,3}}(?![\d/%]|[.:：]\d))"
    r"(?P<gap>\s*[:：.．、]?\s*)"
)
_RAISED = re.compile(rf"[{CIRCLED}]|[{SYMBOLS}]{{1,4}}|[\[［〔(（]?\s*(?:[註注]\s*)?\d{{1,3}}\s*[\]］〕)）]?|[a-z]")


@dataclass(frozen=True, slots=True)
class Start:
    """A piece begins a note: its label as printed, and where the words of the note begin."""

    label: str
    end: int
    raised: bool


@dataclass(frozen=True, slots=True)
class FootNote:
    """A note as printed: its lines, of which the first is read from ``skip``; ``label`` is empty on a continuation.

    ``anywhere``: it may be called on any page before it (an endnote).
    """

    label: str
    pieces: tuple[Piece, ...]
    skip: int
    page: int
    anywhere: bool = False


def key(label: str) -> str:
    """Return what a label counts as: ``[3]``, ``註 3`` and ``3`` are one label."""
    return re.sub(r"[\s\[\]［］〔〕()（）註注]", "", label).replace("＊", "*")


def count(label: str) -> int | None:
    """Return the number that a label counts (``[3]``, ``註 3``, ``③``), or ``None`` (``*``)."""
    bare = key(label)
    if bare.isdecimal():
        return int(bare)
    value = unicodedata.numeric(bare, None) if len(bare) == 1 else None
    return None if value is None else int(value)


def raised_labels(one: Piece) -> tuple[tuple[int, int, str], ...]:
    """Return ``(start, end, label)`` of the superscripts of a line that look like the call of a note."""
    runs: list[tuple[int, int]] = []
    for start, end, span in span_offsets(one.line):
        if not span.superscript:
            continue
        if runs and runs[-1][1] == start:
            start = runs.pop()[0]
        runs.append((start, end))
    found: list[tuple[int, int, str]] = []
    for start, end in runs:
        text = one.text[start:end]
        if _RAISED.fullmatch(text):
            found.append((start, end, text))
        else:
            found += [(start + m.start(), start + m.end(), m[0]) for m in _labels_in(text)]
    return tuple(found)


def _labels_in(text: str) -> list[re.Match[str]]:
    parts = list(re.finditer(rf"[{CIRCLED}]|[{SYMBOLS}]|\d{{1,3}}", text))
    rest = re.sub(rf"[{CIRCLED}{SYMBOLS}\d\s,，、;；]", "", text)
    return [] if rest else parts


def note_start(one: Piece, called: Collection[str], last: str) -> Start | None:
    """Return how a piece begins a note, or ``None``.

    ``called``: keys of the labels that the page's text calls; ``last``: the label of the note before.
    A plain number begins a note only when the text calls it or it follows the last one, and no word that is
    counted stands right after it.
    """
    raised = raised_labels(one)
    lead = len(one.text) - len(one.text.lstrip())
    if raised and raised[0][0] <= lead:
        end = raised[0][1]
        gap = re.compile(r"\s*[:：.．、]?\s*").match(one.text, end)
        return Start(raised[0][2].strip(), gap.end() if gap else end, True)
    match = _PLAIN.match(one.text)
    if not match or not one.text[match.end():].strip():
        return None
    label = match["label"]
    if not key(label).isdecimal() or (label[0] in "註注" and match["gap"].strip()):
        return Start(label, match.end(), False)
    follows = int(key(label)) - 1 == count(last)
    apart = match["gap"] or not label.isdecimal() or not is_counted(one.text[match.end():])
    return Start(label, match.end(), False) if apart and (key(label) in called or follows) else None


def _is_underline(rule: Rule, pieces: Sequence[Piece]) -> bool:
    return any(
        one.top + 0.5 * (one.bottom - one.top) < rule.top < one.bottom + 1.5
        and rule.x0 > one.left - 3
        and rule.x1 < one.right + 3
        for one in pieces
    )


def _separator(
    pieces: Sequence[Piece], rules: Sequence[Rule], usual: Measures, called: Collection[str]
) -> float | None:
    """Return the height of the rule above the notes, or ``None``."""
    left = min((one.left for one in pieces), default=0.0)
    width = max((one.right for one in pieces), default=0.0) - left
    for rule in sorted(rules, key=lambda rule: rule.top):
        if rule.bottom - rule.top > 3 or not 0.05 * width < rule.x1 - rule.x0 or _is_underline(rule, pieces):
            continue
        below = [one for one in pieces if one.middle > rule.top]
        short = rule.x1 - rule.x0 < 0.75 * width and rule.x0 < left + 0.2 * width
        if not below or len(below) > 0.9 * len(pieces) + 1:
            continue
        small = all(one.size < usual.size - 0.4 for one in below)
        starts = note_start(below[0], called, "") is not None
        if (small and (short or starts)) or (starts and short):
            return rule.top
    return None


def split_page(
    pieces: Sequence[Piece], rules: Sequence[Rule], usual: Measures, others: Sequence[Piece] = (),
    before: Sequence[Piece] = (),
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the lines of the text and those of the notes at the foot of a page.

    Notes stand below a rule that no table owns, or are the run of small lines at the end of the page that begins
    with a raised label or one that the text calls. ``others``: lines of tables and figures, which may call notes
    too; ``before``: the note lines of the page before, which the first lines may go on with. Columns side by side
    have each their own notes.
    """
    columns = _side_by_side(pieces, usual)
    if len(columns) < 2:
        return _split(pieces, rules, usual, others, before)
    text: list[Piece] = []
    notes: list[Piece] = []
    for column in columns:
        left, right = min(one.left for one in column[-5:]) - 6, max(one.right for one in column[-5:]) + 6
        own = [rule for rule in rules if left < rule.x0 and rule.x1 < right]
        around = tuple(one for each in columns if each is not column for one in each)
        above, below = _split(column, own, usual, (*others, *around), notes or before)
        text += above
        notes += below
    return tuple(text), tuple(notes)


def _side_by_side(pieces: Sequence[Piece], usual: Measures) -> list[list[Piece]]:
    """Return the lines of a page by columns: one begins further up than the line before and right of those above it."""
    columns: list[list[Piece]] = []
    for one in pieces:
        above = columns[-1] if columns else []
        if above and one.top < above[-1].top - 2 * usual.pitch and one.left > median(p.right for p in above[-5:]):
            columns.append([one])
        elif above:
            above.append(one)
        else:
            columns.append([one])
    return columns


def _split(
    pieces: Sequence[Piece], rules: Sequence[Rule], usual: Measures, others: Sequence[Piece], before: Sequence[Piece]
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the lines of the text and those of the notes at the foot of a column."""
    called = {key(label) for one in (*pieces, *others) for _, _, label in raised_labels(one)}
    at = _separator(pieces, rules, usual, called)
    if at is not None:
        return tuple(p for p in pieces if p.middle <= at), tuple(p for p in pieces if p.middle > at)
    head = _small_run(pieces, usual)
    plain = {key(label) for p in (*pieces[:head], *others) for _, _, label in _calls(p)}
    starts = [
        i for i in range(head, len(pieces))
        if (start := note_start(pieces[i], called, "")) and (start.raised or key(start.label) in plain | called)
    ]
    unfinished = bool(before) and before[-1].text.rstrip()[-1:] not in "。.！？」）)"
    if unfinished and head < len(pieces) and (starts or _set_off(pieces, head, usual)):
        begin = head
    else:
        begin = _first_owed(pieces, head, min(starts, default=len(pieces)), before)
        if begin == len(pieces) and _says_note(pieces, head, usual, others):
            begin = head
    return tuple(pieces[:begin]), tuple(pieces[begin:])


def _first_owed(pieces: Sequence[Piece], head: int, begin: int, before: Sequence[Piece]) -> int:
    """Return where the notes begin, with those above line ``begin`` that the page before calls: their numbers count
    up to the one there or, where the page calls none, on from the last one ``before``."""
    labels = [start.label if (start := _own_start(one)) else "" for one in pieces[head:]]
    if begin == len(pieces):
        last = next((start.label for one in before[::-1] if (start := _own_start(one))), "")
        return next((head + i for i, label in enumerate(labels) if last and _counts_on(last, label)), begin)
    for i in range(begin - 1, head - 1, -1):
        if _counts_on(labels[i - head], labels[begin - head]):
            begin = i
    return begin


def _counts_on(label: str, after: str) -> bool:
    """Say whether two labels are of one form and the second counts one more (``⑳`` and ``21`` count on too)."""
    one, two = count(label), count(after)
    forms = {re.sub(rf"\d+|[{CIRCLED}]", lambda m: "0" if m[0].isdecimal() else "①", each) for each in (label, after)}
    return one is not None and two == one + 1 and (len(forms) == 1 or (one == 20 and forms == {"0", "①"}))


def _says_note(pieces: Sequence[Piece], head: int, usual: Measures, others: Sequence[Piece]) -> bool:
    """Say whether small lines set off at the end of a page begin with a label that no list has (``註 3``) and do not
    stand right under a table."""
    start = _own_start(pieces[head]) if head < len(pieces) else None
    if start is None or start.label[0] not in "註注" or not _set_off(pieces, head, usual):
        return False
    return not any(0 <= pieces[head].top - one.bottom < 1.2 * usual.pitch for one in others)


def _own_start(one: Piece) -> Start | None:
    """Return how a piece begins a note if its label be taken for granted."""
    match = _PLAIN.match(one.text)
    return note_start(one, {key(match["label"])} if match else (), "")


def _small_run(pieces: Sequence[Piece], usual: Measures) -> int:
    """Return the index of the first of the small lines that end a page, lines that belong to tables left above."""
    head = len(pieces)
    for i in range(len(pieces) - 1, -1, -1):
        one = pieces[i]
        up = head < len(pieces) and pieces[head].top < one.top
        far = head < len(pieces) and pieces[head].top - one.bottom > 1.5 * usual.pitch
        if one.size > usual.size - 0.7 or up or far or (is_float(one.text) and _own_start(one) is None):
            break
        head = i
    return head


def _set_off(pieces: Sequence[Piece], head: int, usual: Measures) -> bool:
    """Say whether more than the usual space stands above a line."""
    if head == 0:
        return False
    return pieces[head].top - pieces[head - 1].bottom > 1.3 * max(usual.pitch - usual.size, 0.3 * usual.size)


def _calls(one: Piece) -> tuple[tuple[int, int, str], ...]:
    plain = tuple((m.start(), m.end(), m[0]) for m in re.finditer(rf"[{CIRCLED}{SYMBOLS}]", one.text))
    return raised_labels(one) + plain


def read_notes(pages: Iterable[tuple[Sequence[Piece], Sequence[Piece]]]) -> tuple[FootNote, ...]:
    """Return the notes of all pages, given as (text lines, note lines); a note that runs over is one note."""
    found: list[FootNote] = []
    last = ""
    for text, lines in pages:
        called = {key(label) for one in text for _, _, label in _calls(one)}
        for one in lines:
            start = note_start(one, called, last)
            if start:
                found.append(FootNote(start.label, (bare(one),), start.end, one.line.page))
                last = key(start.label)
            elif found and found[-1].page >= one.line.page - 1:
                open_ = found.pop()
                found.append(FootNote(open_.label, (*open_.pieces, bare(one)), open_.skip, open_.page))
            else:
                found.append(FootNote("", (bare(one),), 0, one.line.page))
    return tuple(found)
