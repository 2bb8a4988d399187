"""Tables: the lines that stand in a ruled grid, cell by cell, and tables that run over pages."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sco_docs.chinese.texts import slice_text
from sco_docs.layout.grid import Grid, find_grids
from sco_docs.layout.join import Words, join_lines
from sco_docs.layout.pieces import Piece, span_offsets
from sco_docs.model import Line, Page, Span, Text

Box = tuple[float, float, float, float]
Rows = tuple[tuple[Text, ...], ...]
_BLANKS = 2.5  # characters by which a guessed place may miss a blank
_MARGINS = 80.0  # points by which left and right pages may differ


@dataclass(frozen=True, slots=True)
class Region:
    """A table on one page before its text is read: its grid and the pieces that stand in it.

    ``ruled``: strokes draw the grid; otherwise it was made after the text.
    """

    page: int
    grid: Grid
    pieces: tuple[Piece, ...]
    ruled: bool = True


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of a line that stands in one cell: characters ``[start, end)`` of the line."""

    piece: Piece
    start: int
    end: int
    x0: float
    x1: float


def find_regions(page: Page, pieces: Sequence[Piece], before: Grid | None = None) -> tuple[Region, ...]:
    """Return the ruled tables of a page that hold text in two cells at least; charts and frames are none.

    ``before``: the grid of a table that ends the page before, which one cell is enough to go on with.
    """
    found: list[Region] = []
    for grid in find_grids(page.rules):
        inside = tuple(one for one in pieces if _inside(one.line, grid.box))
        if not inside:
            continue
        hit = {grid.owner[r][c] for one in inside for s in one.line.spans or (None,)
               if (spot := _spot(grid, *_centre(one.line, s)))
               for r, c in (spot,)}
        cells = {cell for row in grid.owner for cell in row}
        carried = before is not None and not found and same_columns(before, grid)
        if (len(hit) >= 2 or carried) and len(hit) * 6 >= len(cells):
            found.append(Region(page.number, grid, inside))
    return tuple(found)


def _inside(line: Line, box: Box) -> bool:
    y = (line.top + line.bottom) / 2
    x = (line.x0 + line.x1) / 2
    return box[1] <= y <= box[3] and box[0] <= x <= box[2]


def _centre(line: Line, span: Span | None) -> tuple[float, float]:
    x0, x1 = (span.x0, span.x1) if span else (line.x0, line.x1)
    return (x0 + x1) / 2, (line.top + line.bottom) / 2


def _index(walls: Sequence[float], at: float) -> int:
    return sum(wall <= at for wall in walls[1:-1])


def _spot(grid: Grid, x: float, y: float) -> tuple[int, int]:
    return _index(grid.ys, y), _index(grid.xs, x)


def _guessed_edges(text: str, span: Span) -> list[float]:
    widths = [0.3 if c.isspace() else 1.0 if ord(c) > 0x2E7F else 0.52 for c in text]
    scale = (span.x1 - span.x0) / (sum(widths) or 1.0)
    edges, at = [], span.x0
    for character, width in zip(text, widths, strict=True):
        if not character.isspace():
            edges.append(at)
        at += width * scale
    return edges


def _cuts(text: str, span: Span, walls: Sequence[float]) -> list[tuple[int, float]]:
    """Return the offsets in ``text`` at which a span that crosses ``walls`` is cut, each with its wall.

    Readers that see the strokes of a page end a span at each; where one does not, widths of characters are estimates,
    and a blank near the wall is where the cells part.
    """
    if not walls:
        return []
    edges = dict(zip((i for i, c in enumerate(text) if not c.isspace()), _guessed_edges(text, span), strict=True))
    near = _BLANKS * (span.x1 - span.x0) / max(len(text), 1)
    cuts: list[tuple[int, float]] = []
    for wall in walls:
        blanks = [i for i in edges if i and text[i - 1].isspace() and abs(edges[i] - wall) < near]
        cut = min(blanks, key=lambda i: abs(edges[i] - wall), default=None)
        cut = next((i for i in edges if edges[i] >= wall - 1), len(text)) if cut is None else cut
        if (cuts[-1][0] if cuts else 0) < cut < len(text):
            cuts.append((cut, wall))
    return cuts


def fragments(region: Region, one: Piece) -> list[Fragment]:
    """Return the parts of a line by the cells that they stand in; a span across a wall is cut at the wall."""
    line = one.line
    grid = region.grid
    row = _index(grid.ys, (line.top + line.bottom) / 2)
    found: list[Fragment] = []
    for start, end, span in span_offsets(line):
        walls = [
            grid.xs[c]
            for c in range(1, len(grid.xs) - 1)
            if span.x0 + 2 < grid.xs[c] < span.x1 - 2 and grid.owner[row][c - 1] != grid.owner[row][c]
        ]
        text = line.text[start:end]
        cuts = [(0, span.x0), *_cuts(text, span, walls), (len(text), span.x1)]
        found += [
            Fragment(one, start + a, start + b, x0, x1)
            for (a, x0), (b, x1) in itertools.pairwise(cuts)
        ]
    return found or [Fragment(one, 0, len(line.text), line.x0, line.x1)]


def read_rows(region: Region, read: Callable[[Piece], Text], cut_at: Callable[[Piece, int], int], words: Words
              ) -> Rows:
    """Return the text of the cells; a merged cell's text stands in its upper left place.

    ``read`` gives the running text of a line, ``cut_at`` the offset there of an offset of the line.
    """
    grid = region.grid
    cells: dict[tuple[int, int], list[Text]] = defaultdict(list)
    for one in sorted(region.pieces, key=lambda p: (p.line.top, p.line.x0)):
        text = read(one)
        parts = fragments(region, one)
        row = _index(grid.ys, (one.line.top + one.line.bottom) / 2)
        runs: list[tuple[tuple[int, int], int, int]] = []
        for part in parts:
            owner = grid.owner[row][_index(grid.xs, (part.x0 + part.x1) / 2)]
            if runs and runs[-1][0] == owner:
                runs[-1] = (owner, runs[-1][1], part.end)
            else:
                runs.append((owner, part.start, part.end))
        for i, (owner, start, end) in enumerate(runs):
            end = len(one.text) if i + 1 == len(runs) else end
            cells[owner].append(_part(text, cut_at(one, 0 if i == 0 else start), cut_at(one, end)))
    rows = (
        tuple(
            join_lines(cells[r, c], words) if grid.owner[r][c] == (r, c) else Text("")
            for c in range(len(grid.xs) - 1)
        )
        for r in range(len(grid.ys) - 1)
    )
    return tuple(row for row in rows if not _is_blank(row))


def _part(text: Text, start: int, end: int) -> Text:
    part = slice_text(text, start, end)
    return replace(part, notes=tuple(n for n in part.notes if n.offset > 0 or start == 0))


def same_columns(first: Grid, second: Grid) -> bool:
    """Say whether two grids have the same columns, so that the second may continue the first; left and right pages
    may have other margins."""
    if abs(first.xs[0] - second.xs[0]) > _MARGINS or abs(first.xs[-1] - second.xs[-1] - _shift(first, second)) > 4:
        return False
    few, many = sorted((first.xs, _shifted(second, _shift(first, second))), key=len)
    return all(any(abs(x - y) <= 4 for y in many) for x in few)


def _shift(first: Grid, second: Grid) -> float:
    """Return how far the first grid stands to the right of the second."""
    return first.xs[0] - second.xs[0]


def _shifted(grid: Grid, by: float) -> tuple[float, ...]:
    return tuple(x + by for x in grid.xs)


def _is_blank(row: Sequence[Text]) -> bool:
    return not any(cell.text.strip() or cell.notes for cell in row)


def _spread(rows: Rows, own: Sequence[float], whole: Sequence[float]) -> Rows:
    """Return rows with the columns of ``whole``; a column of ``own`` stands where it begins."""
    at = [min(range(len(whole) - 1), key=lambda c: abs(whole[c] - x)) for x in own[:-1]]
    spread = []
    for row in rows:
        cells = [Text("")] * (len(whole) - 1)
        for c, cell in zip(at, row, strict=True):
            cells[c] = cell
        spread.append(tuple(cells))
    return tuple(spread)


def _goes_on(row: Sequence[Text], before: Sequence[Text]) -> bool:
    """Say whether the first row of a page goes on with the last row of the page before.

    Its first cell is empty, and of three columns or more it leaves another one empty (a row that is whole but for
    its first cell stands beside a cell that covers several rows), or it fills just those that the other left empty.
    """
    rest = [bool(cell.text.strip()) for cell in row[1:]]
    had = [bool(cell.text.strip()) for cell in before[1:]]
    if before[0].text.strip() and not row[0].text.strip() and any(rest) and not any(had):
        return True
    return not row[0].text.strip() and bool(before[0].text.strip()) and any(rest) and (len(rest) == 1 or not all(rest))


def _says(row: Sequence[Text]) -> list[str]:
    return [cell.text for cell in row]


def join_rows(first: Rows, first_grid: Grid, second: Rows, second_grid: Grid, words: Words) -> tuple[Rows, Grid, Rows]:
    """Return the rows of a table and of its continuation, the columns of both, and header rows that were repeated.

    A row that the end of the page cut is one row again (see ``_goes_on``).
    """
    own = _shifted(second_grid, _shift(first_grid, second_grid))
    whole = max(first_grid.xs, own, key=len)
    top, low = _spread(first, first_grid.xs, whole), _spread(second, own, whole)
    pairs = zip(top, low[:-1], strict=False)
    heads = len(list(itertools.takewhile(lambda pair: _says(pair[0]) == _says(pair[1]), pairs)))
    repeated, low = low[:heads], low[heads:]
    if low and top and _goes_on(low[0], top[-1]):
        merged = tuple(join_lines((a, b), words) for a, b in zip(top[-1], low[0], strict=True))
        top, low = (*top[:-1], merged), low[1:]
    return (*top, *low), replace(first_grid, xs=whole), repeated
