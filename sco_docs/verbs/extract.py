"""The verb extract: the text of a source, and a picture of what was seen on a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sco_docs.document import Problems, Progress, agreements_of, lay_out
from sco_docs.errors import SourceError
from sco_docs.layout.debug import boxes
from sco_docs.readers.pdf_debug import draw
from sco_docs.writers import datafiles, flow


def document_chunks(
    path: Path, form: str, *, password: str | None = None, pages: range | None = None, progress: Progress | None = None
) -> tuple[Iterator[bytes], Problems]:
    """Return a source as ``text``, ``md``, or the data file ``agreements`` (``json``), in UTF-8, and what is odd in it.

    Text and Markdown come piece by piece and need no more than the layout, so that a source of any length may be read.
    Raises ``SourceError`` and its kin.
    """
    source, layout, problems = lay_out(path, password=password, pages=pages, progress=progress)
    if form == "json":
        agreements, more = agreements_of(source, layout)
        return iter((datafiles.dump(datafiles.agreement_records(agreements, layout.notes)),)), problems + more
    return flow.plain_text(layout) if form == "text" else flow.markdown(layout), problems


def draw_page(path: Path, number: int, *, password: str | None = None) -> bytes:
    """Return a page of a PDF as PNG, with boxes around what was seen on it.

    The whole file is read, since running heads show only by their repetition.
    """
    source, layout, _ = lay_out(path, password=password)
    if source.kind != "application/pdf":
        raise SourceError(f"{path}: is no PDF, so it has no pages to draw; --debug works on PDF files.")
    page = next((page for page in source.pages if page.number == number), None)
    if page is None:
        raise SourceError(f"{path}: there is no page {number}; the file has {len(source.pages)} pages.")
    seen = [(box.kind, box.x0, box.top, box.x1, box.bottom) for box in boxes(page, layout)]
    return draw(path, number, seen, turn=page.rotation, password=password)
