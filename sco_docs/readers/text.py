"""Plain text and Markdown: one paragraph a line (or a block between empty lines), notes with raised digits."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from sco_docs.model import Page, Place, Problem, Source
from sco_docs.readers.flow import SIZE, Cell, Grid, Paragraph, Piece, page_of

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARKUP = re.compile(
    r"(?P<tag></?(?:a|b|big|blockquote|br|center|div|em|font|h[1-6]|hr|i|li|ol|p|q|small|span|strong|sub|sup|"
    r"table|tbody|td|th|thead|tr|u|ul)(?:\s[^<>]*)?/?>)|(?P<bold>\*\*(?!\*))|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|<(?P<address>(?:https?|ftp|mailto):[^\s<>]+)>|\[(?P<linked>[^\[\]\n]+)\]\(\s*(?:https?|ftp|mailto):[^\s()]*\s*\)"
    r"|(?<![*\w\\])\*(?P<italic>(?=[^\s*])[^*\n]*[^\s*])\*(?!\*)"
    r"|\[\^(?P<mark>[^\]\s]+)\]:?|[\[［〔](?P<number>\d{1,3})[\]］〕]|(?P<column>\t+| *\|)", re.IGNORECASE)
_NOTE = re.compile(r"\s*(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+\s*\S|\[\^[^\]\s]+\]:)")
_NUMBER = re.compile(r"[\[［〔](\d{1,3})[\]］〕]")
_NUMBERED = re.compile(r"^[ \t\u3000]*[\[［〔](\d{1,3})[\]］〕][ \t\u3000]*\S", re.MULTILINE)
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*$")
_BULLET = re.compile(r"(\s*)([-*+])\s+(?=\S)")
_TABLE_RULE = re.compile(r"\s*\|?[\s:|-]*-{2,}[\s:|-]*$")
_PAGE_BREAK = re.compile(r"\f|\n(?:[ \t\u3000]*\n){3,}")
_CONTENTS = re.compile(r"(?:\t|\.{3}|…)\s*[\divxlc]+$")
_INDENT = re.compile(r"(?:\u3000|[ \t]{2,})\S")
_FULL = 0.8
_MIN_ROWS, _NEAR = 3, 3
_CAPTION = re.compile(r"\s*(?:附?表|Table)\s*[\dA-Z一二三四五六七八九十壹貳參]", re.IGNORECASE)
_WIDE = "\u2e7f"
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


def numbered_notes(text: str) -> frozenset[str]:
    """Return the numbers in brackets (``[3]``) that both open a paragraph and stand inside one: notes and markers."""
    opening = set(_NUMBERED.findall(text))
    inside = {match[1] for match in _NUMBER.finditer(text) if text[:match.start()].rsplit("\n", 1)[-1].strip()}
    return frozenset(opening & inside)


def pieces_of(text: str, bold: bool = False, notes: frozenset[str] = frozenset()) -> tuple[Piece, ...]:
    """Return the pieces of a paragraph: markup is taken out, raised digits and the numbers of ``notes`` are markers."""
    pieces: list[Piece] = []
    done, column = 0, False
    paired = text.count("**") % 2 == 0

    def plain(end: int) -> None:
        nonlocal column
        if text[done:end]:
            pieces.append(Piece(text[done:end], bold, column=column))
            column = False

    for match in _MARKUP.finditer(text):
        if (match["number"] and match["number"] not in notes) or (match["bold"] and not paired):
            continue
        plain(match.start())
        done = match.end()
        if match["column"]:
            column = column or bool(pieces)
        elif match["address"] or match["linked"]:
            pieces.append(Piece(match["address"] or match["linked"], bold, column=column))
            column = False
        elif match["italic"]:
            pieces.append(Piece(match["italic"], bold, italic=True, column=column))
            column = False
        elif match["raised"]:
            digits = match["raised"].translate(_RAISED)
            pieces.append(Piece(digits, bold, superscript=True, printed=match["raised"], kind="raised digit"))
        elif match["mark"] or match["number"]:
            label = match["mark"] or match["number"]
            pieces.append(Piece(label, bold, superscript=True, printed=match.group(), kind="marker"))
        else:
            bold = bold != bool(match["bold"])
    plain(len(text))
    first = next((index for index, piece in enumerate(pieces) if piece.text), None)
    if first is not None:
        pieces[first] = replace(pieces[first], text=pieces[first].text.lstrip())
    return tuple(pieces)


def paragraph_of(block: str, notes: frozenset[str] = frozenset()) -> Paragraph:
    """Return one block of text as a paragraph; Markdown headings are bold and larger, bullets go."""
    heading = _HEADING.match(block)
    if heading:
        return Paragraph(pieces_of(heading[2], True, notes), SIZE + 8 - len(heading[1]))
    bullet = _BULLET.match(block)
    if bullet:
        return Paragraph(pieces_of(block[bullet.end():].strip(), notes=notes), depth=min(4, len(bullet[1]) // 2))
    return Paragraph(pieces_of(block.strip(), notes=notes))


def _blocks(text: str) -> list[str]:
    """Return the paragraphs of a page. Lines that were wrapped at a fixed width are joined, others stand alone."""
    lines = [line for line in text.split("\n") if not _TABLE_RULE.match(line) or not line.strip()]
    width = _wrapped_at(lines)
    blocks: list[str] = []
    before = ""
    for line in lines:
        starts = any(mark.match(line) for mark in (_BULLET, _HEADING, _NOTE, _NUMBERED, _INDENT))
        if width and len(before) >= _FULL * width and line.strip() and not starts:
            glue = "" if before[-1] > _WIDE or line.strip()[0] > _WIDE else " "
            blocks[-1] += glue + line.strip()
        elif line.strip():
            blocks.append(line.rstrip())
        before = line.rstrip()
    return blocks


def _tables(blocks: list[str], previous: str) -> list[str | list[str]]:
    """Return the blocks of a page with the rows of each table gathered to one list: what is set with bars, or with
    tabs below a caption (signatures and contents are set with tabs as well). ``previous`` is the block before."""
    found: list[str | list[str]] = []
    rows: list[str] = []
    for block in [*blocks, ""]:
        if _columns(block):
            rows.append(block)
            continue
        before = [other for other in [previous, *found][-_NEAR:] if isinstance(other, str)]
        if len(rows) >= _MIN_ROWS and (any(map(_CAPTION.match, before)) or all(row.strip()[0] == "|" for row in rows)):
            found.append(rows)
        else:
            found += rows
        rows = []
        if block:
            found.append(block)
    return found


def _columns(row: str) -> list[str]:
    """Return the cells of a row that is set with tabs or bars, none if it is no such row."""
    if "\t" in row.strip(" "):
        return row.strip(" ").split("\t")
    bare = row.strip()
    return bare[1:-1].split("|") if len(bare) > 2 and bare.startswith("|") and bare.endswith("|") else []


def _grid(rows: list[str], notes: frozenset[str]) -> Grid:
    cells = [Cell(pieces_of(text.strip(), notes=notes), index, column)
             for index, row in enumerate(rows) for column, text in enumerate(_columns(row)) if text.strip()]
    return Grid(tuple(cells), len(rows), max(len(_columns(row)) for row in rows))


def _wrapped_at(lines: list[str]) -> int:
    """Return the width at which lines were wrapped, 0 where line ends are ends of paragraphs: most lines that another
    follows are about equally long, and few of them end a sentence."""
    full = [line.rstrip() for line, after in pairwise(lines) if line.strip() and after.strip()]
    if len(full) < 8:
        return 0
    longest = max(map(len, full))
    near = [line for line in full if len(line) >= _FULL * longest]
    ends = sum(line.endswith(_ENDS) for line in near)
    return longest if longest <= 120 and len(near) >= 0.6 * len(full) and ends < 0.5 * len(near) else 0


def pages_of(text: str, reader: str = "text") -> tuple[Page, ...]:
    """Return text as pages; a form feed or three empty lines end one."""
    pages: list[Page] = []
    unfinished, last = False, ""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    labels = numbered_notes(text)
    for part in _PAGE_BREAK.split(text):
        body: list[Paragraph | Grid] = []
        notes: list[Paragraph] = []
        ended, last, open_note = last, "", False
        for block in _tables(_blocks(part), ended):
            if isinstance(block, list):
                body.append(_grid(block, labels))
                last = ""
                continue
            numbered = _NUMBERED.match(block)
            if (_NOTE.match(block) and (body or not unfinished)) or (numbered and numbered[1] in labels):
                notes.append(paragraph_of(block, labels))
                open_note = not block.rstrip().endswith(_ENDS)
                continue
            if notes and (open_note or block.lstrip().startswith("http")):
                notes.append(replace(paragraph_of(block, labels), continued=True))
                open_note = not block.rstrip().endswith(_ENDS)
                continue
            paragraph = paragraph_of(block, labels)
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
