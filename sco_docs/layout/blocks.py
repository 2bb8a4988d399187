"""Paragraphs, rows, tables and figures of all pages become one flow of blocks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from sco_docs.chinese.texts import join_texts, slice_text, strip_text
from sco_docs.layout.frames import Placed
from sco_docs.layout.join import Words, join_lines
from sco_docs.layout.paragraphs import is_centred, is_right
from sco_docs.layout.pieces import Cell, Entry, Measures, Piece
from sco_docs.layout.words import is_float
from sco_docs.model import Align, Block, Text
from sco_docs.sequences import Joined

Read = Callable[[Piece], Text]
CutAt = Callable[[Piece, int], int]
# Says whether a line goes on with the paragraph before it (see ``paragraphs.goes_on``).
GoesOn = Callable[[Sequence[Placed], Sequence[Placed], int, Measures, bool], bool]


@dataclass(frozen=True, slots=True)
class Insert:
    """A block that is no text of the flow (table, figure): it stands before the line with this index of its page."""

    page: int
    before: int
    block: Block


def _align(lines: Sequence[Placed]) -> Align:
    flush = len(lines) > 1 and max(line.indent for line in lines) - min(line.indent for line in lines) < 1.5
    if all(is_centred(line) for line in lines) and not flush:
        return "center"
    if all(is_right(line) for line in lines):
        return "right"
    if len(lines) > 1 and all(line.room < 0.5 * line.piece.size for line in lines[:-1]):
        return "justify"
    return "left"


def _block(lines: Sequence[Placed], text: Text) -> Block:
    first = lines[0]
    here = [line.piece.line for line in lines if line.piece.line.page == first.piece.line.page]
    rest = lines[1:]
    weight = sum(len(line.piece.text) for line in lines)
    size = max({line.piece.size for line in lines},
               key=lambda s: sum(len(line.piece.text) for line in lines if line.piece.size == s))
    indent = min((line.indent for line in rest), default=first.indent)
    return Block(
        "paragraph", text, first.piece.line.page,
        min(line.x0 for line in here), min(line.top for line in here),
        max(line.x1 for line in here), max(line.bottom for line in here),
        size, sum(len(line.piece.text) for line in lines if line.piece.bold) * 10 >= weight * 9,
        _align(lines), round(indent, 1), round(first.indent, 1),
    )


def _paragraph(lines: Sequence[Placed], read: Read, words: Words) -> Block:
    block = _block(lines, strip_text(join_lines((read(line.piece) for line in lines), words)))
    quoted = len(lines) > 1 and all(line.indent > 0.8 * block.size for line in lines) and block.align != "center"
    narrow = all(line.room > 0.8 * block.size for line in lines)
    return replace(block, kind="quote") if quoted and narrow else block


def _row(line: Placed, cells: Sequence[Cell], read: Read, cut_at: CutAt) -> Block:
    text = read(line.piece)
    parts = tuple(
        strip_text(slice_text(text, cut_at(line.piece, cell.start), cut_at(line.piece, cell.end))) for cell in cells
    )
    return replace(_block([line], strip_text(text)), kind="row", cells=parts)


def _entry(lines: Sequence[Placed], entry: Entry, read: Read, cut_at: CutAt, words: Words) -> Block:
    last = lines[-1].piece
    text = read(last)
    title = slice_text(text, 0, cut_at(last, entry.end))
    label = strip_text(slice_text(text, cut_at(last, entry.start), cut_at(last, entry.stop)))
    title = strip_text(join_lines([*(read(line.piece) for line in lines[:-1]), title], words))
    whole = join_texts((title, label), " ") if label.text else title
    return replace(_block(lines, whole), kind="toc", cells=(title, label))


def build(
    flow: Joined[Placed], inserts: Sequence[Insert], read: Read, cut_at: CutAt, words: Words, usual: Measures,
    rule: GoesOn,
) -> Iterator[Block]:
    """Yield the flow of the document: the lines of all pages joined to paragraphs by ``rule``, the inserted blocks in
    their places.

    A table or figure that stands inside a paragraph comes after it.
    """
    waiting: dict[int, list[Block]] = {}
    for insert in inserts:
        waiting.setdefault(flow.start(insert.page) + insert.before, []).append(insert.block)
    held: list[Block] = []
    open_: list[Placed] = []
    floating = 0

    def close() -> Iterator[Block]:
        if open_:
            yield _paragraph(open_, read, words)
        yield from held
        held.clear()
        open_.clear()

    for i, line in enumerate(flow):
        if i >= floating and open_ and line.parts is None:
            end = _floats(flow, i, waiting, usual)
            if i < end < len(flow) and flow[end].parts is None and rule(open_, flow, end, usual, True):
                floating = end
        held.extend(waiting.get(i, ()))
        if i < floating:
            held.append(_paragraph([line], read, words))
        elif isinstance(line.parts, Entry):
            head = list(open_) if open_ and not held and _entry_goes_on(open_, flow, i) else []
            if not head:
                yield from close()
            yield _entry([*head, line], line.parts, read, cut_at, words)
            open_.clear()
        elif line.parts is not None:
            yield from close()
            yield _row(line, line.parts, read, cut_at)
        elif open_ and rule(open_, flow, i, usual, bool(held)):
            open_.append(line)
        else:
            yield from close()
            open_.append(line)
    yield from close()
    yield from waiting.get(len(flow), ())


def _floats(flow: Sequence[Placed], at: int, waiting: Collection[int], usual: Measures) -> int:
    """Return the end of the captions and source notes that stand from ``at`` on around a table or figure, each a
    line; ``at`` itself where there are none."""
    end = at
    while end < len(flow) and flow[end].parts is None and (
        is_float(flow[end].piece.text) or (end > at and flow[end].piece.size < usual.size - 0.4)
    ):
        end += 1
    return end if any(i in waiting for i in range(at, end + 1)) else at


def _entry_goes_on(open_: Sequence[Placed], flow: Sequence[Placed], at: int) -> bool:
    """Say whether the lines before a contents entry are the beginning of its title: they stand between entries."""
    first = at - len(open_)
    last, one = open_[-1], flow[at]
    return (
        first > 0
        and len(open_) <= 2
        and isinstance(flow[first - 1].parts, Entry)
        and abs(last.piece.size - one.piece.size) < 0.6
        and last.piece.line.page == one.piece.line.page
        and last.room < 0.35 * last.width
    )
