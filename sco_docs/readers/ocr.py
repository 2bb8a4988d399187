"""Tesseract, through its command: lines with a confidence each, for pages that are pictures of text."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass

from sco_docs.errors import MissingBackendError
from sco_docs.model import Line, Span

SCRIPTS = ("chi_tra", "chi_sim")
DPI = 300
TIMEOUT = 180
INSTALL = (
    "install Tesseract with its Chinese data "
    "(Debian: apt-get install tesseract-ocr tesseract-ocr-chi-tra tesseract-ocr-chi-sim; extra: sco_docs[ocr])")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")


def languages() -> tuple[str, ...]:
    """Return the languages that the installed Tesseract knows, none if there is no Tesseract."""
    command = shutil.which("tesseract")
    if command is None:
        return ()
    done = subprocess.run([command, "--list-langs"], capture_output=True, text=True, check=False, timeout=30)
    return tuple(sorted(set(done.stdout.split()[1:])))


def require(what: str) -> tuple[str, ...]:
    """Return the usable language settings for Chinese pages; raises ``MissingBackendError`` naming ``what``."""
    known = languages()
    found = tuple("+".join([script, *(["eng"] if "eng" in known else [])]) for script in SCRIPTS if script in known)
    if not found:
        raise MissingBackendError(f"{what}; {INSTALL}.")
    return found


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
    if _WIDE.match(before[-1]) and _WIDE.match(after[0]):
        return ""
    if _WIDE.match(before[-1]) or _WIDE.match(after[0]):
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
        text, spans = "", list[Span]()
        for index, word in enumerate(group):
            before = group[index - 1] if index else None
            gap = word.x0 - before.x1 if before else 0.0
            glue = _glue(before.text, word.text, gap, height) if before else ""
            if spans and gap <= 2 * height:
                old = spans[-1]
                spans[-1] = Span(old.text + glue + word.text, old.x0, word.x1 * scale, size=old.size)
                text += glue + word.text
            else:
                spans.append(Span(word.text, word.x0 * scale, word.x1 * scale, size=round(height * scale, 1)))
                text += (" " if text else "") + word.text
        letters = sum(len(word.text) for word in group)
        confidence = sum(word.confidence * len(word.text) for word in group) / letters
        lines.append(Line(text, page, len(lines) + 1, spans[0].x0, min(w.top for w in group) * scale, spans[-1].x1,
                          max(w.bottom for w in group) * scale, tuple(spans), confidence=round(confidence, 4)))
    return tuple(lines)


def recognise(png: bytes, language: str, page: int, dpi: float) -> tuple[Line, ...]:
    """Return the lines of a picture of a page; nothing where Tesseract fails or takes longer than ``TIMEOUT``."""
    command = shutil.which("tesseract")
    if command is None:
        return ()
    arguments = [command, "stdin", "stdout", "-l", language, "--psm", "3", "--dpi", str(round(dpi)), "tsv"]
    try:
        done = subprocess.run(arguments, input=png, capture_output=True, check=False, timeout=TIMEOUT,
                              env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    except (subprocess.TimeoutExpired, OSError):
        return ()
    return lines_of(words_of(done.stdout.decode("utf-8", "replace")), page, 72 / dpi)


def confidence_of(lines: tuple[Line, ...]) -> float:
    """Return the mean confidence of lines, weighed by their length."""
    letters = sum(len(line.text) for line in lines)
    return sum(line.confidence * len(line.text) for line in lines) / letters if letters else 0.0
