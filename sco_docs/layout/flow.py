"""The order of work from pages of lines to the flow of blocks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sco_docs.chinese.texts import join_texts, strip_text
from sco_docs.layout.blocks import Insert, build
from sco_docs.layout.bookmarks import bookmarked
from sco_docs.layout.calls import Call, Matched, line_text, match_calls, raised_calls
from sco_docs.layout.captions import attach
from sco_docs.layout.endnotes import take_endnotes
from sco_docs.layout.figures import Decorating, Drawing, Spot, find_captioned, find_drawings
from sco_docs.layout.frames import place
from sco_docs.layout.furniture import Cleared, clear
from sco_docs.layout.grid import Grid
from sco_docs.layout.headings import with_levels
from sco_docs.layout.join import Wording, Words, join_lines
from sco_docs.layout.notes import FootNote, read_notes, split_page
from sco_docs.layout.opentables import after_caption, find_open_regions, go_back, go_on
from sco_docs.layout.paragraphs import goes_on, stays_open
from sco_docs.layout.pieces import Measures, Measuring, Piece, piece
from sco_docs.layout.rows import with_parts
from sco_docs.layout.spacing import with_spacing
from sco_docs.layout.tables import Region, Rows, find_regions, join_rows, read_rows, same_columns
from sco_docs.layout.words import caption, is_continued_below, is_unit
from sco_docs.model import (
    Block,
    Figure,
    Furniture,
    Layout,
    Line,
    Note,
    Page,
    Place,
    Problem,
    Source,
    Table,
    Text,
)
from sco_docs.sequences import Joined, Mapped, Packed

Progress = Callable[[int, int], None]
T = TypeVar("T")
_CONTEXT = 20
_BLOCKS, _TOGETHER = 2048, 32
_PRINTED = "application/pdf"


@dataclass(frozen=True, slots=True)
class Sorted:
    """The pieces of one page by what they are."""

    page: Page
    flow: tuple[Piece, ...]
    notes: tuple[Piece, ...]
    regions: tuple[Region, ...]
    drawings: tuple[Drawing, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """How lines are read: with which calls taken out, under which note ids, and joined by which words."""

    calls: Mapping[tuple[int, int], tuple[Call, ...]]
    ids: tuple[str, ...]
    words: Words

    def text(self, one: Piece) -> Text:
        return line_text(one, self.calls.get((one.line.page, one.line.number), ()), self.ids)

    def cut_at(self, one: Piece, offset: int) -> int:
        calls = self.calls.get((one.line.page, one.line.number), ())
        return offset - sum(min(call.end, offset) - call.start for call in calls if call.start < offset)


def arrange(source: Source, progress: Progress | None = None) -> tuple[Layout, tuple[Problem, ...]]:
    """Return the lines of ``source`` as one flow of blocks, with notes, furniture, tables and figures apart.

    Every printed character stands once in the blocks, notes or furniture, or is the marker of a note, a leader
    dot or a hyphen that was dropped. The pages are gone through several times and never held all at once.
    ``progress`` is called with (pages done, pages in all).
    """
    step = _steps(progress, len(source.pages))
    cleared = clear(source.pages)
    leaves = Mapped(lambda i, page: _leaf(page, cleared.lines(i, page), cleared), source.pages)
    usual, words, repeated = _survey(leaves)
    pages = Packed(step(page, page.page.number) for page in _sort(leaves, repeated, usual))
    foot = read_notes(((*p.flow, *(one for r in p.regions for one in r.pieces)), p.notes) for p in pages)
    sizes, raised = _counted(pages)
    ends, gone = take_endnotes(Joined(Mapped(lambda _, page: page.flow, pages), sizes), usual)
    if gone:
        pages = Packed(_without_notes(page, gone) for page in pages)
        sizes, raised = _counted(pages)
    foot += ends
    matched = match_calls(raised, Mapped(lambda _, page: _in_order(page), pages), foot)
    notes = _with_lone(foot, matched)
    ids = tuple(f"n{i + 1}" for i in range(len(notes)))
    reading = _Reading(_renumbered(matched, notes), ids, words)
    inserts, heads = _inserts(pages, reading)
    placed = place(Mapped(lambda _, page: (page.page, page.flow), pages))
    usual = with_spacing(placed, usual)
    rule = goes_on if source.kind == _PRINTED else stays_open
    flow = Joined(Mapped(lambda _, lines: with_parts(lines), placed), sizes)
    built = build(flow, inserts, reading.text, reading.cut_at, words, usual, rule)
    blocks = _kept(step(block, block.page) for block in built)
    leveled = with_levels(attach(blocks), usual)
    headings, differing = bookmarked(leveled, source.bookmarks)
    blocks = _kept(headings.get(i, block) for i, block in enumerate(leveled))
    told, problems = _tell(notes, ids, blocks, words)
    if progress:
        progress(len(source.pages), len(source.pages))
    return Layout(blocks, told, cleared.furniture + heads, cleared.labels), problems + differing


def _steps(progress: Progress | None, total: int) -> Callable[[T, int], T]:
    """Return a function that hands on an item and tells of its page; the pages come by twice, for half a step each."""
    done = last = 0

    def step(item: T, page: int) -> T:
        nonlocal done, last
        if progress is not None and page != last:
            done, last = done + 1, page
            progress(min(done // 2, total), total)
        return item

    return step


def _counted(pages: Iterable[Sorted]) -> tuple[list[int], list[Call]]:
    """Return how many lines of running text each page has, and every raised label on the pages."""
    sizes: list[int] = []
    raised: list[Call] = []
    for page in pages:
        sizes.append(len(page.flow))
        raised += raised_calls(_in_order(page))
    return sizes, raised


def _kept(blocks: Iterable[Block]) -> Sequence[Block]:
    return Packed(blocks, _BLOCKS, _TOGETHER)


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A page, its lines left out, and the pieces that stand on it, furniture aside."""

    page: Page
    pieces: tuple[Piece, ...]


def _leaf(page: Page, lines: Sequence[Line], cleared: Cleared) -> _Leaf:
    return _Leaf(replace(page, lines=()), tuple(
        piece(line, page, cleared.cut.get((line.page, line.number), 0)) for line in lines
    ))


def _survey(leaves: Iterable[_Leaf]) -> tuple[Measures, Words, frozenset[Spot]]:
    """Return what is usual in a document, its words, and where pictures repeat."""
    measuring, wording, decorating = Measuring(), Wording(), Decorating()
    for leaf in leaves:
        measuring.add(leaf.pieces)
        decorating.add(leaf.page.pictures)
        for one in leaf.pieces:
            wording.add(one.text)
    return measuring.measures(), wording.words(), decorating.spots()


def _sort(leaves: Iterable[_Leaf], repeated: Collection[Spot], usual: Measures) -> Iterator[Sorted]:
    before: Sorted | None = None
    for page, own in ((leaf.page, leaf.pieces) for leaf in leaves):
        drawn = find_drawings(page, own, repeated)
        regions = find_regions(page, own, _ending(before) if before else None)
        used = {one for region in regions for one in region.pieces}
        drawn = tuple(d for d in drawn if not used.intersection(d.pieces))
        used |= {one for d in drawn for one in d.pieces}
        free = [one for one in own if one not in used]
        boxes = [region.grid.box for region in regions]
        rules = [r for r in page.rules if not any(b[1] - 3 <= r.top <= b[3] + 3 for b in boxes)]
        text, notes = split_page(free, rules, usual, tuple(used), before.notes if before else ())
        carried = _carried(before, page, text, usual) if before and not regions else ()
        text = _without(text, carried)
        opened = carried + find_open_regions(page, text, rules, regions, usual)
        if before and opened and not carried and not regions and _begins_page(text, opened[0]):
            before = _with_rows(before, opened[0], usual)
        text = _without(text, opened)
        drawn += find_captioned(text, rules, drawn, usual)
        if before:
            yield before
        before = Sorted(page, _without(text, drawn), notes, (*regions, *opened), drawn)
    if before:
        yield before


def _without_notes(page: Sorted, gone: Collection[tuple[int, int]]) -> Sorted:
    return replace(page, flow=tuple(one for one in page.flow if (one.line.page, one.line.number) not in gone))


def _without(pieces: Sequence[Piece], taken: Sequence[Region | Drawing]) -> tuple[Piece, ...]:
    gone = {one.line.number for each in taken for one in each.pieces}
    return tuple(one for one in pieces if one.line.number not in gone)


def _begins_page(text: Sequence[Piece], region: Region) -> bool:
    return bool(text) and text[0].line.number == min(one.line.number for one in region.pieces)


def _with_rows(page: Sorted, after: Region, usual: Measures) -> Sorted:
    """Return a page with the lines at its end as rows, when the table at the top of the next page goes on with them."""
    region = go_back(page.page, page.flow, after, usual)
    if region is None or len(region.grid.ys) < 2:
        return page
    return replace(page, flow=_without(page.flow, (region,)), regions=(*page.regions, region))


def _ending(page: Sorted) -> Grid | None:
    """Return the grid of the ruled table that ends a page."""
    last = max(page.regions, key=lambda region: region.grid.ys[-1], default=None)
    return last.grid if last is not None and last.ruled and _ends_page(page, last) else None


def _carried(before: Sorted, page: Page, text: Sequence[Piece], usual: Measures) -> tuple[Region, ...]:
    """Return the rows at the top of a page that belong to a table without walls, or to a caption, at the end of the
    page before."""
    last = max(before.regions, key=lambda region: region.grid.ys[-1], default=None)
    if last is None or not _ends_page(before, last):
        region = after_caption(page, text, before.flow, usual)
    else:
        region = None if last.ruled else go_on(page, text, last, usual)
    return (region,) if region else ()


def _in_order(page: Sorted) -> tuple[Piece, ...]:
    tables = [one for region in page.regions for one in region.pieces]
    figures = [one for drawn in page.drawings for one in drawn.pieces]
    return tuple(sorted([*page.flow, *tables, *figures], key=lambda one: one.line.number))


def _with_lone(foot: Sequence[FootNote], matched: Matched) -> tuple[FootNote, ...]:
    lone = [FootNote(call.label, (), 0, call.page) for call in matched.unmatched]
    return (*foot, *lone)


def _renumbered(matched: Matched, notes: Sequence[FootNote]) -> dict[tuple[int, int], tuple[Call, ...]]:
    first = len(notes) - len(matched.unmatched)
    number = {call: first + i for i, call in enumerate(matched.unmatched)}
    return {
        spot: tuple(replace(call, note=number.get(call, call.note)) for call in calls)
        for spot, calls in matched.calls.items()
    }


def _inserts(pages: Sequence[Sorted], reading: _Reading) -> tuple[list[Insert], tuple[Furniture, ...]]:
    """Return the tables and figures with their places in the flow, and the header rows that were repeated."""
    tables: list[Insert] = []
    figures: list[Insert] = []
    repeated: list[Furniture] = []
    open_: tuple[int, Rows, Grid] | None = None
    for i, page in enumerate(pages):
        for region in sorted(page.regions, key=lambda region: min(one.line.number for one in region.pieces)):
            rows = read_rows(region, reading.text, reading.cut_at, reading.words)
            grid = region.grid
            if open_ and same_columns(open_[2], grid) and _continues(pages, open_[0], i, region):
                rows, grid, again = join_rows(open_[1], open_[2], rows, grid, reading.words)
                repeated += [_head(row, page.page.number) for row in again]
                tables[-1] = replace(tables[-1], block=_table_block(rows, tables[-1].block))
            else:
                tables.append(Insert(i, _before(page, region), _table_block(rows, _frame(region))))
            open_ = (i, rows, grid) if _ends_page(page, region) else None
        figures += [_figure(i, page, drawn, reading) for drawn in page.drawings]
    return tables + figures, tuple(repeated)


def _head(row: Sequence[Text], page: int) -> Furniture:
    place_ = next((cell.lines[0].place for cell in row if cell.lines), Place(page))
    return Furniture("head", " ".join(cell.text for cell in row if cell.text), place_)


def _ends_page(page: Sorted, region: Region) -> bool:
    bottom = region.grid.box[3]
    return not any(one.line.top >= bottom - 2 and not is_continued_below(one.text) for one in page.flow)


def _continues(pages: Sequence[Sorted], before: int, at: int, region: Region) -> bool:
    """Say whether a table goes on with the one that ends the page before: nothing stands above it but its own
    caption again, or one that says so."""
    if at != before + 1:
        return False
    top = region.grid.box[1]
    above = [caption(one.text) for one in pages[at].flow if one.line.bottom <= top + 2 and not is_unit(one.text)]
    ids = [named.id for one in pages[before].flow if (named := caption(one.text)) and named.kind == "table"]
    return all(c is not None and (c.continued or ids[-1:] == [c.id]) for c in above)


def _before(page: Sorted, region: Region) -> int:
    first = min(one.line.number for one in region.pieces)
    return sum(one.line.number < first for one in page.flow)


def _frame(region: Region) -> Block:
    x0, top, x1, bottom = region.grid.box
    return Block("table", Text(""), region.page, x0, top, x1, bottom, region.pieces[0].size)


def _table_block(rows: Rows, frame: Block) -> Block:
    cells = tuple(strip_text(cell) for row in rows for cell in row)
    table = Table("", "", tuple(tuple(cell.text.strip() for cell in row) for row in rows), None,
                  next((c.lines[0].place for c in cells if c.lines), Place(frame.page)))
    return replace(frame, text=join_texts((c for c in cells if c.text), " "), cells=cells, table=table)


def _figure(index: int, page: Sorted, drawn: Drawing, reading: _Reading) -> Insert:
    box = drawn.picture
    text = join_texts((reading.text(one) for one in drawn.pieces), " ")
    figure = Figure("", "", None, Place(page.page.number), box.x0, box.top, box.x1, box.bottom)
    block = Block("figure", text, page.page.number, box.x0, box.top, box.x1, box.bottom, figure=figure)
    return Insert(index, sum(one.line.top < box.top for one in page.flow), block)


def _tell(
    notes: Sequence[FootNote], ids: Sequence[str], blocks: Sequence[Block], words: Words
) -> tuple[tuple[Note, ...], tuple[Problem, ...]]:
    contexts: dict[str, str] = {}
    for block in blocks:
        for text in block.cells if block.table else (block.text,):
            for mark in text.notes:
                contexts.setdefault(mark.note, text.text[max(0, mark.offset - _CONTEXT): mark.offset])
    told, problems = [], []
    for note, id_ in sorted(zip(notes, ids, strict=True), key=lambda pair: pair[0].page):
        parts = [line_text(one, (), (), note.skip if k == 0 else 0) for k, one in enumerate(note.pieces)]
        text = strip_text(join_lines(parts, words))
        told.append(Note(id_, note.label, text, note.page, contexts.get(id_, "")))
        at = Place(note.page, note.pieces[0].line.number if note.pieces else 0)
        if id_ not in contexts:
            problems.append(Problem(
                "note-without-marker", "warning", f"Nothing in the text calls note {note.label or '(no number)'}.",
                at, text.text[:40], "Look at the page: the marker may be missing, or this is no note."))
        if not note.pieces:
            problems.append(Problem(
                "marker-without-note", "warning", f"The text calls note {note.label}, which stands nowhere.",
                at, contexts.get(id_, ""), "Look at the page; add the note to the source if it is lost."))
    return tuple(told), tuple(problems)
