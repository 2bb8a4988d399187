"""A source read on its own: its pages laid out, and the parts that stand in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sco_docs import readers
from sco_docs.layout import arrange
from sco_docs.model import Agreement, Layout, Problem, Source, Thesis
from sco_docs.structure.agreements import read_agreements
from sco_docs.structure.outline import find_outline
from sco_docs.structure.thesis import read_thesis

# Called with what is being done to the pages, how many are done, and how many there are.
Progress = Callable[[str, int, int], None]
Problems = tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A source as far as it can be read on its own: before conversion, witnesses and citations."""

    source: Source
    layout: Layout
    thesis: Thesis
    agreements: tuple[Agreement, ...]
    problems: Problems


def lay_out(
    path: Path, *, password: str | None = None, pages: range | None = None, progress: Progress | None = None
) -> tuple[Source, Layout, Problems]:
    """Read a file of any kind that has a reader, and arrange its lines to blocks.

    Raises ``SourceError``, ``PasswordError`` or ``MissingBackendError``, each with one sentence.
    """
    reading = partial(progress, "Reading pages") if progress else None
    arranging = partial(progress, "Arranging pages") if progress else None
    source, read_problems = readers.read(path, password=password, pages=pages, progress=reading)
    layout, layout_problems = arrange(source, arranging)
    return source, layout, read_problems + layout_problems


def agreements_of(source: Source, layout: Layout) -> tuple[tuple[Agreement, ...], Problems]:
    """Return the agreements that a source prints in full."""
    outline, outline_problems = find_outline(layout, source.bookmarks)
    agreements, problems = read_agreements(source, layout, outline)
    return agreements, outline_problems + problems


def read_document(
    path: Path, *, password: str | None = None, pages: range | None = None, progress: Progress | None = None
) -> Document:
    """Read a file as ``lay_out`` does, and find its parts."""
    source, layout, problems = lay_out(path, password=password, pages=pages, progress=progress)
    outline, outline_problems = find_outline(layout, source.bookmarks)
    agreements, agreement_problems = read_agreements(source, layout, outline)
    thesis, thesis_problems = read_thesis(source, layout, outline)
    problems += outline_problems + agreement_problems + thesis_problems
    return Document(source, layout, thesis, agreements, problems)
