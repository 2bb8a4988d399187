"""PDF files: pages of lines, with what the file says of itself."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from sco_docs.errors import PasswordError, SourceError
from sco_docs.model import Bookmark, Page, Problem, Source
from sco_docs.readers import pdf_pdfium
from sco_docs.readers.pdf_lines import lines_of

KIND = "application/pdf"
Progress = Callable[[int, int], None]
Read = tuple[Page, tuple[Problem, ...]]


def open_pdf(path: Path, password: str | None = None) -> Any:
    """Return an open document; raises ``PasswordError`` or ``SourceError``."""
    try:
        document = pdfium.PdfDocument(path, password=password)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "assword" in str(error):
            asked = "the password is wrong" if password else "it asks for a password"
            raise PasswordError(f"{path}: {asked}; give the right one with --password.") from error
        raise SourceError(f"{path}: PDFium cannot open this file ({error}); is it a whole PDF?") from error
    if len(document) == 0:
        raise SourceError(f"{path}: this PDF has no pages; get a whole copy of it.")
    return document


def _read_page(document: Any, number: int) -> Read:
    page = document[number - 1]
    try:
        found = pdf_pdfium.read_page(page, number)
    finally:
        page.close()
    label = document.get_page_label(number - 1) or None
    lines, _ = lines_of(found.glyphs, number, found.rules)
    return Page(number, found.width, found.height, lines, label, found.turn,
                found.rules, found.pictures), ()


def iter_pages(path: Path, *, password: str | None = None, pages: Container[int] | None = None,
               progress: Progress | None = None) -> Iterator[Read]:
    """Yield (page, problems) one by one, so that memory stays flat however long the document is."""
    document = open_pdf(path, password)
    try:
        total = len(document)
        for number in range(1, total + 1):
            if pages is None or number in pages:
                yield _read_page(document, number)
            if progress is not None:
                progress(number, total)
    finally:
        document.close()


def _bookmarks(document: Any) -> tuple[Bookmark, ...]:
    found = []
    for item in document.get_toc(max_depth=15):
        destination = item.get_dest()
        index = destination.get_index() if destination else None
        found.append(Bookmark(item.get_title(), item.level + 1, None if index is None else index + 1))
    return tuple(found)


def read_pdf(path: Path, *, password: str | None = None, pages: Container[int] | None = None,
             progress: Progress | None = None) -> tuple[Source, tuple[Problem, ...]]:
    """Return a PDF as a ``Source``; ``pages`` are the 1-based numbers to read (all if ``None``)."""
    found = list(iter_pages(path, password=password, pages=pages, progress=progress))
    document = open_pdf(path, password)
    try:
        bookmarks = _bookmarks(document)
        metadata = tuple(sorted(document.get_metadata_dict(skip_empty=True).items()))
        restricted = bool(raw.FPDF_GetSecurityHandlerRevision(document) >= 0)
    finally:
        document.close()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    source = Source(path.name, digest, KIND, tuple(page for page, _ in found), bookmarks, metadata, restricted)
    problems = tuple(problem for _, some in found for problem in some)
    return source, problems


