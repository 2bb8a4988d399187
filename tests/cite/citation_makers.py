"""Small documents for the tests of this room."""

from __future__ import annotations

from collections.abc import Sequence

from sco_docs.chinese.texts import plain
from sco_docs.model import Block, Layout, Note, NoteMark, Place, Section, Text, Thesis, TitlePage


def block(text: str, line: int = 1, page: int = 1, notes: Sequence[tuple[int, str]] = ()) -> Block:
    body = plain(text, Place(page, line))
    return Block("paragraph", Text(body.text, body.lines, (), tuple(NoteMark(*n) for n in notes)), page)


def note(n: int, text: str, page: int = 1) -> Note:
    return Note(f"n{n}", str(n), plain(text, Place(page, 40 + n)), page)


def document(blocks: Sequence[Block], notes: Sequence[Note] = ()) -> tuple[Thesis, Layout]:
    chapter = Section("chapter", None, tuple(blocks))
    thesis = Thesis(TitlePage(), (), (), (), (chapter,), ())
    return thesis, Layout(tuple(blocks), tuple(notes))
