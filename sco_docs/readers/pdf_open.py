"""Opening a PDF: passwords, damaged files, and what the file says of itself."""

from __future__ import annotations

import io
from itertools import islice
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from sco_docs.errors import PasswordError, SourceError
from sco_docs.model import Bookmark, Problem
from sco_docs.readers import pdf_repair

MAX_BOOKMARKS = 10_000
_MAY_COPY = 1 << 4


def open_pdf(path: Path, password: str | None = None) -> tuple[Any, tuple[Problem, ...]]:
    """Return an open document, repaired if need be; raises ``PasswordError`` or ``SourceError``."""
    try:
        return pdfium.PdfDocument(path, password=password), ()
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            asked = "the password given for this PDF is wrong" if password else "this PDF asks for a password"
            raise PasswordError(f"{path}: {asked}; give the right one with --password.") from error
        if error.err_code == raw.FPDF_ERR_SECURITY:
            raise SourceError(
                f"{path}: this PDF is encrypted in a way that PDFium does not know; save a copy without encryption."
            ) from error
    mended = open_repaired(path, password)
    if mended is not None:
        return mended
    with path.open("rb") as stream:
        head = stream.read(1024)
    if b"%PDF-" not in head:
        raise SourceError(f"{path}: this is not a PDF, whatever its name says; give the right file.")
    more = "" if pdf_repair.is_installed() else f", or install {pdf_repair.EXTRA} to have it repaired"
    raise SourceError(f"{path}: this PDF is damaged or has no pages; get a whole copy of it{more}.")


def open_repaired(path: Path, password: str | None) -> tuple[Any, tuple[Problem, ...]] | None:
    """Return a repaired copy of a damaged file, open, with the problem that says so; ``None`` if that fails."""
    copy = pdf_repair.repaired(path, password)
    if copy is None:
        return None
    try:
        document = pdfium.PdfDocument(copy)
    except pdfium.PdfiumError:
        return None
    return document, (Problem(
        "repaired", "warning", "The file is damaged; a repaired copy was read, which may lack parts of it.",
        advice="Get a whole copy of the file, and compare."),)


def single_page(document: Any, number: int) -> io.BytesIO | None:
    """Return page ``number`` (from 1) as a PDF of its own, ``None`` where PDFium cannot copy it.

    An engine that reads the whole of a file before its first page is spared a long one so.
    """
    copy, content = pdfium.PdfDocument.new(), io.BytesIO()
    try:
        copy.import_pages(document, [number - 1])
        copy.save(content)
    except pdfium.PdfiumError:
        return None
    finally:
        copy.close()
    return content


def bookmarks_of(document: Any) -> tuple[Bookmark, ...]:
    """Return the outline that the file carries."""
    found: list[Bookmark] = []
    try:
        for item in islice(document.get_toc(max_depth=15), MAX_BOOKMARKS):
            destination = item.get_dest()
            index = destination.get_index() if destination else None
            found.append(Bookmark(item.get_title(), item.level + 1, None if index is None else index + 1))
    except (pdfium.PdfiumError, ValueError):
        return tuple(found)
    return tuple(found)


def metadata_of(document: Any) -> tuple[tuple[str, str], ...]:
    """Return the entries of the document information that are not empty, by name."""
    try:
        return tuple(sorted(document.get_metadata_dict(skip_empty=True).items()))
    except (pdfium.PdfiumError, ValueError):
        return ()


def is_restricted(document: Any) -> bool:
    """Return whether the owner of the file forbids to copy its text (ISO 32000-1, table 22, bit 5)."""
    return bool(raw.FPDF_GetSecurityHandlerRevision(document) >= 0
                and not raw.FPDF_GetDocPermissions(document) & _MAY_COPY)


def label_of(document: Any, number: int) -> str | None:
    """Return the page label that the file gives, ``None`` if it gives none."""
    try:
        return document.get_page_label(number - 1) or None
    except (pdfium.PdfiumError, ValueError):
        return None
