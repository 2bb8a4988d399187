"""Notes gathered at the end of a chapter, of the document, or of a page without a rule above them."""

from __future__ import annotations

from collections.abc import Sequence

from sco_docs.layout.notes import FootNote, key, note_start, raised_labels
from sco_docs.layout.pieces import Measures, Piece
from sco_docs.layout.words import is_endnotes_heading, is_named_heading, numbering

_TRAILING = 600
_LONGEST = 60
_SMALLER = 0.4  # points by which notes at the end are set smaller than the text, at least


def take_endnotes(
    flow: Sequence[Piece], usual: Measures
) -> tuple[tuple[FootNote, ...], frozenset[tuple[int, int]]]:
    """Return the endnotes among the lines of all pages, and the page and number of each line that they took.

    Endnotes stand under a heading (註釋, Notes) and are numbered from 1, again under the heading of each chapter; or
    they are the last lines of the document, each beginning with a raised label, or, set smaller than the text, with
    the label that the text called first (of a part taken out of a longer document it is not 1). The text before must
    call at least half of them.
    """
    notes: list[FootNote] = []
    gone: set[tuple[int, int]] = set()
    called: list[str] = []
    at = 0
    while at < len(flow):
        start = at + 1 if is_endnotes_heading(flow[at].text) and len(flow[at].text) < 12 else at
        trailing = start == at
        small = called[:1] if trailing and flow[at].size < usual.size - _SMALLER else []
        begins = _starts_raised(flow[at]) or note_start(flow[at], small, "") is not None
        if not trailing or (len(flow) - at <= _TRAILING and begins):
            found, end, heads = _read(flow, start, usual, trailing and not small, small or ["1"])
            known = sum(key(note.label) in called or (not trailing and _is_plain(note)) for note in found)
            if found and known * 2 >= len(found) and (not trailing or end == len(flow)):
                notes += found
                gone.update((one.line.page, one.line.number) for one in flow[start:end] if one not in heads)
                at = end
                continue
        called += [key(label) for _, _, label in raised_labels(flow[at])]
        at += 1
    return tuple(notes), frozenset(gone)


def _is_plain(note: FootNote) -> bool:
    return not key(note.label).isdecimal() or note.label != key(note.label)


def _starts_raised(one: Piece) -> bool:
    labels = raised_labels(one)
    return bool(labels) and not one.text[: labels[0][0]].strip() and key(labels[0][2]) in ("1", "①", "*")


def _read(
    flow: Sequence[Piece], start: int, usual: Measures, raised: bool, first: Sequence[str]
) -> tuple[list[FootNote], int, list[Piece]]:
    """Return the notes from ``flow[start]`` on, the index after the last line of them, and the headings of chapters
    among them, after each of which they are numbered from 1 again."""
    found: list[FootNote] = []
    heads: list[Piece] = []
    fresh = True
    for i in range(start, len(flow)):
        one = flow[i]
        begin = note_start(one, first if fresh else (), "" if fresh else key(found[-1].label))
        if begin and (begin.raised or not raised or not begin.label.isdecimal() or found):
            found.append(FootNote(begin.label, (one,), begin.end, one.line.page, anywhere=True))
            fresh = False
        elif first == ["1"] and not raised and not (fresh and heads) and _heads_notes(flow, i, usual):
            heads.append(one)
            fresh = True
        elif fresh or _ends(one, usual) or len(found[-1].pieces) >= _LONGEST:
            return found, i, heads
        else:
            last = found.pop()
            found.append(FootNote(last.label, (*last.pieces, one), last.skip, last.page, anywhere=True))
    return found, len(flow), heads


def _heads_notes(flow: Sequence[Piece], at: int, usual: Measures) -> bool:
    """Say whether a line is set as a heading and the next one begins a first note."""
    after = note_start(flow[at + 1], ["1"], "") if at + 1 < len(flow) else None
    return after is not None and key(after.label) in ("1", "①") and _ends(flow[at], usual)


def _ends(one: Piece, usual: Measures) -> bool:
    named = numbering(one.text)
    return (
        is_named_heading(one.text)
        or one.size > usual.size + 0.8
        or (one.bold and not usual.bold)
        or (named is not None and named.kind == "heading")
    )
