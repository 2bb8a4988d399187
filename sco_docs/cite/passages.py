"""Where citations can stand: the chapters with their notes, tables and figures, in the order of the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sco_docs.chinese.texts import plain
from sco_docs.model import Block, Layout, Note, Reference, Section, Text, Thesis

_BODY = ("chapter", "section", "back")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of running text; ``where`` is ``text``, ``footnote 3`` or ``source-note 表 2-1``."""

    text: Text
    where: str
    page: int
    note: str | None = None


def body_passages(thesis: Thesis, layout: Layout) -> tuple[Passage, ...]:
    """Return the passages of the chapters; of the whole document where no chapters were found."""
    sections = [s for s in thesis.sections if s.role in _BODY]
    blocks = [block for section in sections for block in _blocks(section)]
    if not blocks:
        blocks = list(layout.blocks)
    return _passages(blocks, layout)


def without_list(passages: Sequence[Passage], references: Sequence[Reference]) -> tuple[Passage, ...]:
    """Return the passages that are no entry of the reference list, nor a piece of one: where no chapters were found,
    the list stands among the text."""
    listed = "\n".join(_squeeze(reference.raw) for reference in references)
    return tuple(p for p in passages if len(p.text.text) < 12 or _squeeze(p.text.text) not in listed)


def all_passages(layout: Layout) -> tuple[Passage, ...]:
    """Return the passages of the whole document, appendix and lists too."""
    return _passages(layout.blocks, layout)


def _blocks(section: Section) -> Iterator[Block]:
    yield from section.blocks
    for child in section.children:
        if child.role in _BODY:
            yield from _blocks(child)


def _passages(blocks: Sequence[Block], layout: Layout) -> tuple[Passage, ...]:
    by_id = {note.id: note for note in layout.notes}
    passages: list[Passage] = []
    called: set[str] = set()
    own = Counter(
        _squeeze(p.text.text) for block in blocks for p in _of_item(block) if p.where.startswith("source-note")
    )
    for block in blocks:
        if block.kind == "toc":
            continue
        key = _squeeze(block.text.text)
        if block.kind == "source_note" and own[key]:
            own[key] -= 1
        else:
            passages += _of_block(block)
        for mark in [*block.text.notes, *(m for cell in block.cells for m in cell.notes)]:
            if mark.note in by_id and mark.note not in called:
                called.add(mark.note)
                passages.append(_of_note(by_id[mark.note]))
    anywhere = {mark.note for block in layout.blocks for mark in block.text.notes}
    pages = {block.page for block in blocks}
    lost = [n for n in layout.notes if n.id not in called and n.id not in anywhere and n.page in pages]
    return (*passages, *map(_of_note, lost))


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _of_note(note: Note) -> Passage:
    return Passage(note.text, f"footnote {note.label}", note.page, note.id)


def _of_block(block: Block) -> Iterator[Passage]:
    if block.kind == "source_note":
        yield Passage(block.text, "source-note", block.page)
    elif block.table is None and block.figure is None:
        yield Passage(block.text, "text", block.page)
    else:
        yield from _of_item(block)


def _of_item(block: Block) -> Iterator[Passage]:
    item = block.table or block.figure
    if item is not None and item.source_note:
        yield Passage(plain(item.source_note, item.place), f"source-note {item.id}", block.page)
    if block.table is not None:
        for row in block.table.rows:
            for cell in row:
                if cell:
                    yield Passage(plain(cell, block.table.place), f"table {block.table.id}", block.page)
