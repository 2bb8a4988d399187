"""Readers: one library each; every one gives pages of lines."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path

from sco_docs.errors import SourceError
from sco_docs.model import Problem, Source
from sco_docs.readers.pdf import Progress, read_pdf


def read(path: Path | str, *, password: str | None = None, pages: Container[int] | None = None,
         progress: Progress | None = None) -> tuple[Source, tuple[Problem, ...]]:
    """Return the file at ``path`` as a ``Source`` of pages and lines, and the problems met.

    What the file holds decides how it is read, not its suffix. ``pages``: the 1-based numbers to read.
    ``progress`` is called with (pages done, pages in all). Raises ``SourceError`` and its kin.
    """
    path = Path(path)
    if not path.is_file():
        raise SourceError(f"{path}: there is no such file; check the path.")
    return read_pdf(path, password=password, pages=pages, progress=progress)
