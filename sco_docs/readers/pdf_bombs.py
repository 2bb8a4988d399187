"""Pages that would burst the memory: content that swells when it is unpacked, forms that draw forms without end.

PDFium parses a page whole when it loads it, and ends the process where memory runs out, so that such a page must be
known before. ``is_suspect`` looks at the bytes of the file once: only a packed stream of 30 KB or more can swell to
``MAX_CONTENT`` (deflate packs 1,032 bytes into one at best), only packed streams in packed streams can do so from
less. ``what_bursts`` looks closely at one page, in files that are suspect. Encrypted streams are not seen.
"""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber

MAX_CONTENT = 32 << 20
"""Bytes of unpacked content on one page; printed pages, maps too, stay below a tenth of it."""
MAX_FORMS = 50_000
"""How often forms may be drawn on one page."""
_RATIO = 1032
_STREAM = re.compile(rb">>\s{0,9}stream\r?\n")
_NOT_CONTENT = re.compile(rb"/Image\b|/Length1\b|/Subtype\s*/(?:Type1C|CIDFontType0C|OpenType|XML)\b"
                          rb"|/Type\s*/(?:XRef|ObjStm)\b")
_LENGTH = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)")
_PACKED = re.compile(rb"/(?:Flate|LZW|RunLength)Decode|/Fl\b")
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_DO = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+Do\b")
_HEAD, _PART, _FEW = 2048, 1 << 16, 4
_LET_GO = 1 << 20
"""After so many bytes, what was looked at is let go from memory: it may be a large file."""


def _streams(data: bytes | mmap.mmap) -> Iterator[tuple[bytes, int, int]]:
    """Yield (dictionary, start, length) of the streams that may hold content."""
    seen = 0
    for match in _STREAM.finditer(data):
        if isinstance(data, mmap.mmap) and match.start() - seen > _LET_GO and hasattr(mmap, "MADV_DONTNEED"):
            data.madvise(mmap.MADV_DONTNEED)
            seen = match.start()
        head = data[max(0, match.start() - _HEAD):match.start()].rpartition(b" obj")[2]
        if _NOT_CONTENT.search(head):
            continue
        length = _LENGTH.search(head)
        start = match.end()
        end = start + int(length[1]) if length else data.find(b"endstream", start)
        yield head, start, max(0, min(end, len(data)) - start)


def _unpacked(packed: bytes, times: int, most: int) -> bytes:
    """Return up to ``most`` bytes of what a stream holds, unpacked ``times`` times."""
    for _ in range(times):
        with suppress(zlib.error):
            packed = zlib.decompressobj().decompress(packed, most)
    return packed


def _swells(head: bytes, data: bytes | mmap.mmap, start: int, length: int) -> bool:
    times = len(_PACKED.findall(head))
    if times == 1 and length * _RATIO < MAX_CONTENT:
        return False
    return times > 0 and len(_unpacked(data[start:start + length], times, MAX_CONTENT)) >= MAX_CONTENT


def is_suspect(path: Path) -> bool:
    """Return whether a file holds a stream that swells beyond ``MAX_CONTENT``, or several forms that draw others."""
    nested = 0
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            for head, start, length in _streams(data):
                if _swells(head, data, start, length):
                    return True
                if _FORM.search(head):
                    content = _unpacked(data[start:start + min(length, _PART)], len(_PACKED.findall(head)), _PART)
                    nested += len(_DO.findall(content)) > 1
                    if nested >= _FEW:
                        return True
    except (OSError, ValueError):
        return False
    return False


def what_bursts(copy: BytesIO) -> str:
    """Return what would burst the memory on a page that is a PDF of its own, in words; ``""`` where nothing would."""
    data = copy.getvalue()
    if any(_swells(head, data, start, length) for head, start, length in _streams(data)):
        return f"its content unpacks to {MAX_CONTENT >> 20} MB or more"
    try:
        with pdfplumber.open(copy) as document:
            page = document.pages[0].page_obj
            contents = [_value(part) for part in _value(page.contents) or ()]
            drawn = sum(_drawn(part.get_data(), _value(page.resources), {}) for part in contents)
    except Exception:
        return ""
    return f"its forms draw each other {drawn:,} times" if drawn > MAX_FORMS else ""


def _value(item: Any) -> Any:
    return item.resolve() if hasattr(item, "objid") and hasattr(item, "resolve") else item


def _drawn(content: bytes, resources: Any, known: dict[int, int]) -> int:
    """Return how many forms are drawn by content, those within forms counted as often as they are drawn."""
    forms = _value((resources or {}).get("XObject")) or {}
    total = 0
    for name in _DO.findall(content):
        form = _value(forms.get(name.decode("latin-1")))
        if form is None or not hasattr(form, "get_data"):
            continue
        if id(form) not in known:
            known[id(form)] = 0
            inner = form.attrs
            if str(_value(inner.get("Subtype"))) == "/'Form'":
                known[id(form)] = _drawn(form.get_data(), _value(inner.get("Resources")) or resources, known)
        total += 1 + known[id(form)]
    return total
