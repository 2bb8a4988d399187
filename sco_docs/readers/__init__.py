"""Readers: one library each; every one gives pages of lines."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Container
from dataclasses import replace
from pathlib import Path

from sco_docs.errors import SourceError
from sco_docs.model import Problem, Source
from sco_docs.readers.pdf import Progress, iter_pages, read_pdf

_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s", re.IGNORECASE)
_TEI = re.compile(rb"<(?:\w+:)?(?:TEI|teiCorpus)[\s>]|www\.tei-c\.org/ns/1\.0")
_PICTURES = {b"\x89PNG": "a PNG picture", b"\xff\xd8\xff": "a JPEG picture", b"GIF8": "a GIF picture",
             b"II*\0": "a TIFF picture", b"MM\0*": "a TIFF picture"}


def sniff(path: Path) -> str:
    """Return what a file holds (``pdf``, ``docx``, ``tei``, ``html`` or ``text``), judged by its first bytes.

    Raises ``SourceError`` for an empty file and for kinds that no reader knows.
    """
    with path.open("rb") as stream:
        head = stream.read(8192)
    if not head.strip():
        raise SourceError(f"{path}: this file is empty; get a whole copy of it.")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in head[:1024] or (path.suffix.lower() == ".pdf" and not _HTML.search(head)):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                names = archive.namelist()
            if "word/document.xml" in names:
                return "docx"
            if "mimetype" in names and "content.xml" in names:
                raise SourceError(f"{path}: this is an OpenDocument file; save it as .docx or PDF.")
        raise SourceError(f"{path}: this archive is not a Word file; unpack it and give the files in it.")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise SourceError(f"{path}: this is an old Office file; save it as .docx or PDF.")
    if head.startswith(b"{\\rtf"):
        raise SourceError(f"{path}: this is an RTF file; save it as .docx or PDF.")
    for mark, name in _PICTURES.items():
        if head.startswith(mark):
            raise SourceError(f"{path}: this is {name}; put it into a PDF to have it recognised.")
    if start.startswith(b"<") and _TEI.search(head):
        return "tei"
    if _HTML.search(head):
        return "html"
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(f"{path}: this is not a PDF, Word, HTML, TEI or text file; convert it to one of them.")
    return "text"


def read(path: Path | str, *, password: str | None = None, pages: Container[int] | None = None,
         progress: Progress | None = None) -> tuple[Source, tuple[Problem, ...]]:
    """Return the file at ``path`` as a ``Source`` of pages and lines, and the problems met.

    What the file holds decides how it is read, not its suffix. ``pages``: the 1-based numbers to read.
    ``progress`` is called with (pages done, pages in all). Raises ``SourceError`` and its kin.
    """
    path = Path(path)
    if not path.is_file():
        raise SourceError(f"{path}: there is no such file; check the path.")
    try:
        kind = sniff(path)
        if kind == "pdf":
            return read_pdf(path, password=password, pages=pages, progress=progress)
        source, problems = _read_flow(path, kind)
    except OSError as error:
        raise SourceError(f"{path}: this file cannot be read ({error.strerror}); check its permissions.") from error
    if pages is not None:
        source = replace(source, pages=tuple(page for page in source.pages if page.number in pages))
    if not any(page.lines for page in source.pages):
        raise SourceError(f"{path}: no text was found in this file; check that it is the right one.")
    return source, problems


def _read_flow(path: Path, kind: str) -> tuple[Source, tuple[Problem, ...]]:
    if kind == "docx":
        from sco_docs.readers.docx import read_docx

        return read_docx(path)
    if kind == "html":
        from sco_docs.readers.html import read_html

        return read_html(path)
    if kind == "tei":
        from sco_docs.readers.tei import read_tei

        return read_tei(path)
    from sco_docs.readers.text import read_text

    return read_text(path)


__all__ = ["Progress", "iter_pages", "read", "sniff"]
