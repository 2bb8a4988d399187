"""Tesseract, through its command: lines with a confidence each, for pages that are pictures of text."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, replace

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
    """Return the Chinese scripts that Tesseract knows; raises ``MissingBackendError`` naming ``what``."""
    known = languages()
    found = tuple(script for script in SCRIPTS if script in known)
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


_NARROW = str.maketrans(",;:!?()", "，；：！？（）")
_HALF = frozenset(",;:!?()[].")
_CJK = "\u3001-\u9fff\uf900-\ufaff\uff01-\uff5e"
_BESIDE_WIDE = re.compile(f"(?<=[{_CJK}”’])[,;:!?)]+|[,;(]+(?=[{_CJK}“‘])|[,;]$")
_ZERO = re.compile("(?<=[一二三四五六七八九〇])[0OoQ○]+(?=[一二三四五六七八九〇年])")
_DASH = re.compile(f"^[一—-]{{2}}(?=[{_CJK}])")


def widened(text: str) -> str:
    """Return text with what Tesseract takes for Latin set as Chinese: punctuation beside Chinese characters is full
    width, a ring among Chinese digits is a zero, a dash that opens a line is a dash and not a one."""
    if not _WIDE.search(text):
        return text
    text = _BESIDE_WIDE.sub(lambda match: match.group().translate(_NARROW), text)
    return _DASH.sub("——", _ZERO.sub(lambda match: "〇" * len(match.group()), text))


def _glue(before: str, after: str, gap: float, height: float) -> str:
    sides = bool(_WIDE.match(before[-1])) + bool(_WIDE.match(after[0]))
    if sides == 2 or (sides == 1 and (before[-1] in _HALF or after[0] in _HALF)):
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


def _run(png: bytes, language: str, page: int, dpi: float) -> tuple[Line, ...]:
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


def recognise(png: bytes, scripts: tuple[str, ...], page: int, dpi: float) -> tuple[tuple[Line, ...], str]:
    """Return the lines of a picture of a page, and which of the ``scripts`` fits it best.

    The data for Chinese reads Chinese best alone; a page of Latin letters is read again with the data for English.
    Nothing comes where Tesseract fails or takes longer than ``TIMEOUT``.
    """
    tries = [(_run(png, script, page, dpi), script) for script in scripts]
    lines, script = max(tries, key=lambda item: confidence_of(item[0]))
    text = "".join(line.text for line in lines)
    if text and sum(character < "\u2e80" for character in text) > 0.5 * len(text):
        latin = _run(png, f"{script}+eng", page, dpi)
        if confidence_of(latin) > confidence_of(lines):
            return latin, script
    return lines, script


def confidence_of(lines: tuple[Line, ...]) -> float:
    """Return the mean confidence of lines, weighed by their length."""
    letters = sum(len(line.text) for line in lines)
    return sum(line.confidence * len(line.text) for line in lines) / letters if letters else 0.0
