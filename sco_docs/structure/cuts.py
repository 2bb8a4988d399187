"""Divisions that begin inside a paragraph: at a printed line taken for its continuation, or in a running list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from sco_docs.chinese.texts import slice_text
from sco_docs.model import Block, Text
from sco_docs.structure.markers import Marker, doubt, read_markers
from sco_docs.structure.shapes import ends_sentence, looks_like_heading

_UPPER = ("container", "annex", "article")
_STOP = re.compile(r"[。；：;:]\s*")


def cut_at_lines(blocks: Sequence[Block]) -> tuple[list[Block], list[bool]]:
    """Cut paragraphs at the printed lines where a division may begin: after the end of a sentence, with a marker.

    Returns the pieces, and for each whether it goes on with the piece before it; cut pieces joined again are the whole.
    """
    pieces: list[Block] = []
    goes_on: list[bool] = []
    for block in blocks:
        starts = [0, *_line_starts(block), len(block.text.text)]
        for start, end in pairwise(starts):
            whole = len(starts) == 2
            pieces.append(block if whole else replace(block, text=slice_text(block.text, start, end)))
            goes_on.append(start > 0)
    return pieces, goes_on


def _line_starts(block: Block) -> list[int]:
    if block.kind not in ("paragraph", "quote"):
        return []
    text = block.text.text
    offsets = [line.offset for line in block.text.lines if 0 < line.offset < len(text)]
    found = []
    before = text[: offsets[0]] if offsets else ""
    for offset, end in zip(offsets, [*offsets[1:], len(text)], strict=False):
        line = text[offset:end]
        markers = [m for m in read_markers(line) if m.form != "glued" and m.kind != "weak" and doubt(line, m) == "none"]
        after_heading = _is_heading(before) and _is_heading(line)
        before = line
        if not markers or not (ends_sentence(text[:offset]) or after_heading):
            continue
        found.append(offset)
        if end < len(text) and any(_is_whole_line(line, marker) for marker in markers):
            found.append(end)
    return sorted(set(found))


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
