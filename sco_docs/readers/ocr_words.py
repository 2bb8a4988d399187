"""A page read by Tesseract whole: its words become lines."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

from PIL import Image

from sco_docs.model import Line, Span
from sco_docs.readers.ocr_cells import WIDE
from sco_docs.readers.ocr_engine import run
from sco_docs.readers.ocr_marks import widened
from sco_docs.readers.ocr_picture import Sheet

_HALF = frozenset(",;:!?()[].")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as Tesseract found it, in pixels; ``line`` is its block, paragraph and line."""

    text: str
    line: tuple[int, int, int]
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float


def words_of(table: str) -> list[Word]:
    """Return the words of Tesseract's TSV output."""
    found: list[Word] = []
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        block, paragraph, line, _, left, top, width, height = (int(cell) for cell in cells[2:10])
        found.append(Word(cells[11].strip(), (block, paragraph, line), left, top, left + width, top + height,
                          max(0.0, float(cells[10])) / 100))
    return found


def _glue(before: str, after: str, gap: float, height: float) -> str:
    sides = bool(WIDE.match(before[-1])) + bool(WIDE.match(after[0]))
    if sides == 2 or (sides == 1 and (before[-1] in _HALF or after[0] in _HALF)):
        return ""
    if WIDE.match(before[-1]) or WIDE.match(after[0]):
        return " " if gap > 0.5 * height else ""
    return " "


def lines_of(words: list[Word], page: int, scale: float) -> tuple[Line, ...]:
    """Return words as lines in points (``scale`` points a pixel); a gap of two heights begins a new span."""
    groups: dict[tuple[int, int, int], list[Word]] = {}
    for word in words:
        groups.setdefault(word.line, []).append(word)
    lines: list[Line] = []
    for group in groups.values():
        height = sorted(word.bottom - word.top for word in group)[len(group) // 2]
        spans: list[Span] = []
        for index, word in enumerate(group):
            before = group[index - 1] if index else None
            gap = word.x0 - before.x1 if before else 0.0
            glue = _glue(before.text, word.text, gap, height) if before else ""
            if spans and gap <= 2 * height:
                old = spans[-1]
                spans[-1] = replace(old, text=old.text + glue + word.text, x1=word.x1 * scale)
            else:
                spans.append(Span(word.text, word.x0 * scale, word.x1 * scale, size=round(height * scale, 1)))
        spans = [replace(span, text=widened(span.text)) for span in spans]
        text = " ".join(span.text for span in spans)
        letters = sum(len(word.text) for word in group)
        confidence = sum(word.confidence * len(word.text) for word in group) / letters
        lines.append(Line(text, page, len(lines) + 1, spans[0].x0, min(w.top for w in group) * scale, spans[-1].x1,
                          max(w.bottom for w in group) * scale, tuple(spans), confidence=round(confidence, 4)))
    return tuple(lines)


def lines_of_page(sheet: Sheet, language: str, page: int) -> tuple[Line, ...]:
    """Return the lines that Tesseract itself finds on a page; data for vertical writing make it look for that."""
    buffer = io.BytesIO()
    Image.fromarray(sheet.grey).save(buffer, "PNG")
    mode = "5" if language.endswith("_vert") else "3"
    table = run(["-l", language, "--psm", mode, "--dpi", str(round(sheet.dpi)), "tsv"], buffer.getvalue())
    return lines_of(words_of(table), page, 72 / sheet.dpi)
