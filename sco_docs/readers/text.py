"""Plain text and Markdown: one paragraph a line (or a block between empty lines), notes with raised digits."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from sco_docs.model import Page, Place, Problem, Source
from sco_docs.readers.flow import SIZE, Paragraph, Piece, page_of

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARKUP = re.compile(
    r"(?P<tag></?(?:a|b|big|blockquote|br|center|div|em|font|h[1-6]|hr|i|li|ol|p|q|small|span|strong|sub|sup|"
    r"table|tbody|td|th|thead|tr|u|ul)(?:\s[^<>]*)?/?>)|(?P<bold>\*\*|__)|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|\[\^(?P<mark>[^\]\s]+)\]:?|(?P<column>\t+| *\|)", re.IGNORECASE)
_NOTE = re.compile(r"\s*(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+\s*\S|\[\^[^\]\s]+\]:)")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*$")
_BULLET = re.compile(r"(\s*)([-*+])\s+(?=\S)")
_TABLE_RULE = re.compile(r"\s*\|?[\s:|-]*-{2,}[\s:|-]*$")
_PAGE_BREAK = re.compile(r"\f|\n(?:[ \t\u3000]*\n){3,}")
_CONTENTS = re.compile(r"(?:\t|\.{3}|…)\s*[\divxlc]+$")
_ENDS = tuple("。！？…；：:.!?;」』”’）)》〉】—")


def decode(data: bytes) -> str:
    """Return bytes as text: by byte order mark, as UTF-8, or in the Chinese encoding whose common characters fit."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    best, best_share = data.decode("utf-8", "replace"), 0.0
    for encoding, plane, first, last in (("big5hkscs", "big5", 0xA4, 0xC6), ("gb18030", "gb2312", 0xB0, 0xD7)):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        share = _common(text, plane, first, last)
        if share > best_share:
            best, best_share = text, share
    return best if best_share > 0.3 else data.decode("cp1252", "replace") if b"\0" not in data else best


def _common(text: str, plane: str, first: int, last: int) -> float:
    """Return the share of Chinese characters that stand in the first level (the common ones) of an encoding."""
    wide = [character for character in text[:20_000] if ord(character) > 0x2E7F]
    lead = [character.encode(plane, "ignore")[:1] for character in wide]
    return sum(1 for byte in lead if byte and first <= byte[0] <= last) / len(wide) if wide else 0.0


def pieces_of(text: str, bold: bool = False) -> tuple[Piece, ...]:
    """Return the pieces of a paragraph: markup is taken out, raised digits are markers."""
    pieces: list[Piece] = []
    done, column = 0, False

    def plain(end: int) -> None:
        nonlocal column
        if text[done:end]:
            pieces.append(Piece(text[done:end], bold, column=column))
            column = False

    for match in _MARKUP.finditer(text):
        plain(match.start())
        done = match.end()
        if match["column"]:
            column = column or bool(pieces)
        elif match["raised"]:
            digits = match["raised"].translate(_RAISED)
            pieces.append(Piece(digits, bold, superscript=True, printed=match["raised"], kind="raised digit"))
        elif match["mark"]:
            pieces.append(Piece(match["mark"], bold, superscript=True, printed=match.group(), kind="markup"))
        else:
            bold = bold != bool(match["bold"])
    plain(len(text))
    first = next((index for index, piece in enumerate(pieces) if piece.text), None)
    if first is not None:
        pieces[first] = replace(pieces[first], text=pieces[first].text.lstrip())
    return tuple(pieces)


def paragraph_of(block: str) -> Paragraph:
    """Return one block of text as a paragraph; Markdown headings are bold and larger, bullets go."""
    heading = _HEADING.match(block)
    if heading:
        return Paragraph(pieces_of(heading[2], bold=True), SIZE + 8 - len(heading[1]))
    bullet = _BULLET.match(block)
    if bullet:
        return Paragraph(pieces_of(block[bullet.end():].strip()), depth=min(4, len(bullet[1]) // 2))
    return Paragraph(pieces_of(block.strip()))


def _blocks(text: str) -> list[str]:
    """Return the paragraphs of a page. Lines that were wrapped at a fixed width are joined, others stand alone."""
    lines = [line for line in text.split("\n") if not _TABLE_RULE.match(line) or not line.strip()]
    blocks: list[str] = []
    wrapped = _is_wrapped(lines)
    open_block = False
    for line in lines:
        if not line.strip():
            open_block = False
            continue
        if wrapped and open_block and not _BULLET.match(line) and not _HEADING.match(line) and not _NOTE.match(line):
            glue = "" if ord(blocks[-1][-1]) > 0x2E7F or ord(line.strip()[0]) > 0x2E7F else " "
            blocks[-1] = blocks[-1].rstrip() + glue + line.strip()
        else:
            blocks.append(line)
        open_block = True
    return blocks


def _is_wrapped(lines: list[str]) -> bool:
    """Return whether line ends are only the width of the file: most full lines are equally long and end nowhere."""
    full = [len(line.rstrip()) for line, after in pairwise(lines) if line.strip() and after.strip()]
    if len(full) < 8:
        return False
    longest = max(full)
    ends = sum(line.rstrip().endswith(_ENDS) for line in lines if line.strip())
    near = sum(length >= 0.85 * longest for length in full)
    return longest <= 120 and near >= 0.7 * len(full) and ends < 0.5 * len(full)


def pages_of(text: str, reader: str = "text") -> tuple[Page, ...]:
    """Return text as pages; a form feed or three empty lines end one."""
    pages: list[Page] = []
    unfinished = False
    for part in _PAGE_BREAK.split(text.replace("\r\n", "\n").replace("\r", "\n")):
        body: list[Paragraph] = []
        notes: list[Paragraph] = []
        last = ""
        for block in _blocks(part):
            if _NOTE.match(block) and (last or not unfinished):
                notes.append(paragraph_of(block))
                continue
            paragraph = paragraph_of(block)
            if unfinished and not body:
                paragraph = Paragraph(paragraph.pieces, paragraph.size, depth=paragraph.depth, continued=True)
            body.append(paragraph)
            last = block.strip()
        if body or notes:
            pages.append(page_of(body, notes, len(pages) + 1, reader))
        if last:
            unfinished = len(last) > 25 and not last.endswith(_ENDS) and not _CONTENTS.search(last)
    return tuple(pages)


def _markup_problems(pages: tuple[Page, ...], text: str) -> tuple[Problem, ...]:
    tags = sorted({match["tag"] for match in _MARKUP.finditer(text) if match["tag"]})
    if not tags or not pages:
        return ()
    return (Problem("markup-removed", "info", "Tags of a web page stand in this text; they were taken out.",
                    Place(pages[0].number), " ".join(tags)[:80], "Nothing to do, unless they were meant as text."),)


def read_text(path: Path) -> tuple[Source, tuple[Problem, ...]]:
    """Return a text or Markdown file as a ``Source``."""
    data = path.read_bytes()
    kind = "text/markdown" if path.suffix.lower() in (".md", ".markdown") else "text/plain"
    text = decode(data)
    pages = pages_of(text)
    return Source(path.name, hashlib.sha256(data).hexdigest(), kind, pages), _markup_problems(pages, text)
