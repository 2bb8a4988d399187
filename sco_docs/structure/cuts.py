"""Paragraphs cut and joined: divisions that begin inside one, lists in running text, what a page end broke."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from sco_docs.chinese.texts import join_texts, slice_text
from sco_docs.model import Block, Text
from sco_docs.structure.markers import Marker, doubt, read_markers
from sco_docs.structure.shapes import ends_sentence, is_han, looks_like_heading

_UPPER = ("container", "annex", "article")
_LAST_WORDS = re.compile(
    r"(?<=.)(?:\s+|(?<=[\u3400-\u9fff。；：]))(\w+\.?\s+[\w-]+\.?|第[^第，。；：]{1,14}[條条])\s*$"
)
_LONG, _OFTEN, _HALF = 20, 0.1, 0.5
_STOP = re.compile(r"[。；：;:]\s*")


def cut_at_lines(blocks: Sequence[Block]) -> tuple[list[Block], list[bool]]:
    """Cut paragraphs at the printed lines where a division may begin: with a marker, after the end of a sentence, below
    the heading of another, or on a line that leaves so much room that what follows it would have fitted.

    Returns the pieces, and for each whether it goes on with the piece before it; cut pieces joined again are the whole.
    """
    pieces: list[Block] = []
    goes_on: list[bool] = []
    for block in blocks:
        starts = sorted({0, *_line_starts(block), *_label_at_end(block), len(block.text.text)})
        for start, end in pairwise(starts):
            whole = len(starts) == 2
            pieces.append(block if whole else replace(block, text=slice_text(block.text, start, end)))
            goes_on.append(start > 0)
    return pieces, goes_on


def join_broken(blocks: Sequence[Block]) -> list[Block]:
    """Join a Chinese paragraph that breaks off in the middle of a sentence (at the end of a page, at a note that stood
    there) with its continuation; nothing is joined in a text whose paragraphs often end without punctuation."""
    long = [block.text.text.rstrip() for block in blocks if block.kind == "paragraph" and _is_long(block.text.text)]
    if sum(text[-1].isalpha() for text in long) > max(1, _OFTEN * len(long)):
        return list(blocks)
    out: list[Block] = []
    for block in blocks:
        if out and not _is_label(out[-2:-1]) and _breaks_off(out[-1], block):
            out[-1] = replace(out[-1], text=join_texts((out[-1].text, block.text)))
        else:
            out.append(block)
    return out


def _is_label(above: Sequence[Block]) -> bool:
    """Whether the block above is a label alone, so that what follows may be a heading however long."""
    return any(m.form == "alone" and m.kind in _UPPER for block in above for m in read_markers(block.text.text))


def _is_long(text: str) -> bool:
    return is_han(text) and len(text) >= _LONG and not looks_like_heading(text)


def _breaks_off(before: Block, after: Block) -> bool:
    text, more = before.text.text.rstrip(), after.text.text
    return (
        before.kind == after.kind == "paragraph"
        and _is_long(text)
        and text[-1].isalpha()
        and ends_sentence(more)
        and is_han(more)
        and not read_markers(more)
    )


def _line_starts(block: Block) -> list[int]:
    if block.kind not in ("paragraph", "quote"):
        return []
    text = block.text.text
    offsets = [line.offset for line in block.text.lines if 0 < line.offset < len(text)]
    found = []
    before = text[: offsets[0]] if offsets else ""
    widest = max((end - start for start, end in pairwise([0, *offsets, len(text)])), default=0)
    for offset, end in zip(offsets, [*offsets[1:], len(text)], strict=False):
        line = text[offset:end]
        markers = [m for m in read_markers(line) if m.form != "glued" and m.kind != "weak" and doubt(line, m) == "none"]
        after_heading = _is_heading(before) and _is_heading(line)
        before = line
        leaves_room = len(line) < _HALF * widest and any(m.form == "alone" and m.kind in _UPPER for m in markers)
        if not markers or not (ends_sentence(text[:offset]) or after_heading or leaves_room):
            continue
        found.append(offset)
        if end < len(text) and any(_is_whole_line(line, marker) for marker in markers):
            found.append(end)
    return sorted(set(found))


def _label_at_end(block: Block) -> list[int]:
    """Return where the label of an article begins that a reader of wrapped lines joined to the end of a paragraph."""
    text = block.text.text
    at = _LAST_WORDS.search(text) if block.kind in ("paragraph", "quote") else None
    if at is None or not any(m.kind == "article" and m.form == "alone" for m in read_markers(text[at.start(1) :])):
        return []
    return [at.start(1)]


def _is_heading(line: str) -> bool:
    return looks_like_heading(line) and any(marker.kind in _UPPER for marker in read_markers(line))


def _is_whole_line(line: str, marker: Marker) -> bool:
    return marker.form == "alone" or (marker.kind in _UPPER and looks_like_heading(line[marker.end :]))


def running_list(paragraph: Text, marker: Marker) -> list[tuple[Text, Marker]]:
    """Return the items before ``marker`` that stand in running text at the end of ``paragraph``, each with its marker;
    the first entry is the text before them. Empty where the list does not run from 1 up to ``marker``."""
    wanted, starts = 1, []
    for stop in _STOP.finditer(paragraph.text):
        here = [m for m in read_markers(paragraph.text[stop.end() :]) if m.series == marker.series]
        if here and here[0].number == wanted:
            starts.append((stop.end(), here[0]))
            wanted += 1
    if not starts or wanted != marker.number:
        return []
    ends = [start for start, _ in starts[1:]] + [len(paragraph.text)]
    items = [(slice_text(paragraph, start, end), found) for (start, found), end in zip(starts, ends, strict=True)]
    return [(slice_text(paragraph, 0, starts[0][0]), marker), *items]
