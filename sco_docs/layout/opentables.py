"""Tables without a full grid: rows between rules, or columns that only stand in line under a caption."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from sco_docs.layout.grid import Grid, Stroke, strokes
from sco_docs.layout.pieces import Measures, Piece
from sco_docs.layout.rows import cells_of, contents_entry
from sco_docs.layout.tables import Region
from sco_docs.layout.words import caption, is_source_note, is_table_note, is_unit
from sco_docs.model import Page, Rule

_SKIPPED = 3
_SHORT = 2.5  # the same, where rows stand further apart than their lines
_LONG = 5  # ems from which on text that ends with its column is taken for wrapped


def find_open_regions(
    page: Page, pieces: Sequence[Piece], rules: Sequence[Rule], ruled: Sequence[Region], usual: Measures
) -> tuple[Region, ...]:
    """Return the tables of a page that stand under a caption (表 1, Table 1) without walls between their columns.

    Rows are what stands between the first and the last of two or more rules of one width (``三線表``); without
    rules, the lines under the caption (or over it) that have parts in columns. Captions next to a table of
    ``ruled`` are left to it.
    """
    across, _ = strokes(rules)
    found: list[Region] = []
    used: set[Piece] = set()
    for at, one in enumerate(pieces):
        if one in used or not _is_caption(one, pieces, at) or any(_next_to(one, r, usual) for r in ruled):
            continue
        after, before = pieces[at + 1:], pieces[:at][::-1]
        body = _between_rules(pieces, at, across, usual) or _rows_from(one, after, usual)
        body = body or _rows_from(one, before, usual)
        body = _with_beside(one, body, pieces)
        region = _region(page, [p for p in body if p not in used])
        if region:
            used.update(region.pieces)
            found.append(region)
    return tuple(found)


def _with_beside(heading: Piece, body: list[Piece], pieces: Sequence[Piece]) -> list[Piece]:
    """Return the lines of a table with those that stand level with them on the right, which the reading order puts
    elsewhere, where the caption is centred over both."""
    if not body:
        return body
    right = max(p.right for p in body)
    levels = [p.middle for p in body]
    beside = [p for p in pieces if p not in body and p is not heading and p.left > right
              and any(abs(p.middle - y) < 0.3 * p.size for y in levels)]
    if not beside:
        return body
    left, end, centre = min(p.left for p in body), max(p.right for p in beside), (heading.left + heading.right) / 2
    over_both = abs(centre - (left + end) / 2) < heading.size < abs(centre - (left + right) / 2)
    return body + beside if over_both else body


def _is_caption(one: Piece, pieces: Sequence[Piece], at: int) -> bool:
    named = caption(one.text)
    if named is None or named.kind != "table" or contents_entry(one.text) or len(cells_of(one, 4.0)) > 1:
        return False
    after = caption(pieces[at + 1].text) if at + 1 < len(pieces) else None
    return after is None and one.text.rstrip()[-1:] not in "，；" and bool(named.title or len(one.text) < 12)


def _between_rules(pieces: Sequence[Piece], at: int, across: Sequence[Stroke], usual: Measures) -> list[Piece]:
    """Return the pieces between the rules next to a caption: under it, or (the caption below) over it."""
    one = pieces[at]
    below = [s for s in across if one.middle < s.at]
    above = [s for s in across if s.at < one.middle]
    for near, forward in ((below[:1], True), (above[-1:], False)):
        if not near or abs(near[0].at - one.middle) > 4 * usual.pitch:
            continue
        same = [s for s in across if abs(s.start - near[0].start) < 4 and abs(s.end - near[0].end) < 4]
        same = [s for s in same if (s.at >= near[0].at) == forward or s is near[0]]
        end = _last_rule(same if forward else same[::-1], pieces, forward)
        if end is None:
            continue
        low, high = sorted((near[0].at, end))
        inside = [
            p for p in pieces
            if low - 1 < p.middle < high + 1 and p.right > near[0].start and p.left < near[0].end
        ]
        if inside and one not in inside:
            return inside
    return []


def _last_rule(rules: Sequence[Stroke], pieces: Sequence[Piece], forward: bool) -> float | None:
    """Return the height of the last rule of a table that begins at the first one: no caption stands between."""
    last = None
    for before, after in pairwise(rules):
        low, high = sorted((before.at, after.at))
        between = [p for p in pieces if low < p.middle < high and p.right > before.start and p.left < before.end]
        if any(caption(p.text) or is_source_note(p.text) for p in between):
            break
        if last is not None and (not between or _is_prose(between, after)):
            break
        last = after.at
        if not forward and not between:
            break
    return last


def _is_prose(lines: Sequence[Piece], rule: Stroke) -> bool:
    """Say whether lines are running text: two or more that fill the width of a rule in one part."""
    width = rule.end - rule.start
    filled = [p for p in lines if p.right - p.left > 0.9 * width and len(cells_of(p, 1.0)) < 2]
    return len(filled) > 1 and len(filled) * 3 >= len(lines)


def _next_to(one: Piece, region: Region, usual: Measures) -> bool:
    _, top, _, bottom = region.grid.box
    return -2 < max(top - one.bottom, one.top - bottom) < 4 * usual.pitch


def _rows_from(heading: Piece, pieces: Sequence[Piece], usual: Measures) -> list[Piece]:
    """Return the lines next to a caption (``pieces`` lead away from it) that have two parts or more, with the lines
    that go on in one column."""
    body: list[Piece] = []
    skipped = 0
    last = heading
    width = max((p.right for p in pieces), default=0.0) - min((p.left for p in pieces), default=0.0)
    upward = bool(pieces) and pieces[0].top < heading.top
    for one in pieces:
        gap = last.top - one.bottom if upward else one.top - last.bottom
        if gap > 2.5 * usual.pitch or gap < -1.5 * one.size or _said_otherwise(one):
            break
        wide = one.right - one.left
        goes_on = (body and _goes_on_in_column(one, body)) or (upward and wide < 0.5 * width)
        if len(cells_of(one, 1.5)) >= 2 or goes_on:
            body.append(one)
        elif body or skipped >= _SKIPPED or (not is_unit(one.text) and wide > 0.8 * width):
            break
        else:
            skipped += 1
        last = one
    while body and len(cells_of(body[-1], 1.5)) < 2 and not _goes_on_in_column(body[-1], body[:-1]):
        body.pop()
    ends = bool(body) and not upward and body[-1] is pieces[-1]
    return body if sum(len(cells_of(one, 1.5)) >= 2 for one in body) >= (1 if ends else 2) else []


def _said_otherwise(one: Piece) -> bool:
    return (
        is_source_note(one.text) or is_table_note(one.text)
        or caption(one.text) is not None or contents_entry(one.text) is not None
    )


def _goes_on_in_column(one: Piece, body: Sequence[Piece]) -> bool:
    """Say whether a line begins where a column other than the first begins, and stays in it."""
    lefts = [cell.left for row in body for cell in cells_of(row, 1.5)[1:]]
    edge = min((p.left for p in body), default=one.left) + one.size
    return one.left > edge and any(abs(one.left - left) < 0.7 * one.size for left in lefts)


def _clusters(places: Sequence[float], least: int) -> list[float]:
    """Return the places at which ``least`` or more of the values stand, within three points."""
    groups: list[list[float]] = []
    for place in sorted(places):
        if groups and place - groups[-1][0] <= 3:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [sum(group) / len(group) for group in groups if len(group) >= least]


def _columns(pieces: Sequence[Piece]) -> list[float]:
    """Return the walls between columns: the middles of the gaps that no part of a line crosses.

    Lines with few parts are left out, which may be headings over several columns. Two cells close to each other
    may be given as one part: where lines have more parts than there are columns, parts that run over the place at
    which others, or those of the first line (unless many run over it), begin are left out too.
    """
    parts = [sorted((cell.left, cell.right) for one in level for cell in cells_of(one, 0.4))
             for level in _levels(pieces)]
    most = max(map(len, parts))
    spans = sorted(part for row in parts if len(row) * 2 > most for part in row)
    walls = _gaps(spans)
    rows = [row for row in parts if len(row) > 1]
    usual = Counter(map(len, rows)).most_common(1)[0][0] if rows else 2
    if len(walls) + 1 >= max(usual, len(parts[0])):
        return walls
    starts = _clusters([left for row in rows for left, _ in row], max(2, round(0.5 * len(rows))))
    heads = [left for left, _ in parts[0][1:] if 3 * sum(_crosses(part, left) for part in spans) <= len(parts)]
    kept = [part for part in spans if not any(_crosses(part, x) for x in (*starts, *heads))]
    return max(_gaps(kept), walls, key=len)


def _crosses(part: tuple[float, float], at: float) -> bool:
    return part[0] + 4 < at < part[1] - 4


def _gaps(spans: Sequence[tuple[float, float]]) -> list[float]:
    walls: list[float] = []
    reach = spans[0][1] if spans else 0.0
    for left, right in spans[1:]:
        if left - reach > 3:
            walls.append(left - min(2.0, (left - reach) / 2))
        reach = max(reach, right)
    return walls


def _region(page: Page, pieces: Sequence[Piece]) -> Region | None:
    if not pieces or any(one.line.vertical for one in pieces):
        return None
    ordered = sorted(pieces, key=lambda one: (one.top, one.left))
    walls = _columns(ordered)
    if not walls:
        return None
    xs = (min(one.left for one in ordered) - 1, *walls, max(one.right for one in ordered) + 1)
    rows = _rows(ordered, xs)
    return _gridded(page, rows, xs)


def _gridded(page: Page, rows: Sequence[Sequence[Piece]], xs: tuple[float, ...]) -> Region:
    tops = [min(one.top for one in row) for row in rows]
    ends = [max(one.bottom for one in row) for row in rows]
    ys = (tops[0] - 1, *((a + b) / 2 for a, b in zip(ends, tops[1:], strict=False)), ends[-1] + 1)
    owner = tuple(tuple((r, c) for c in range(len(xs) - 1)) for r in range(len(rows)))
    return Region(page.number, Grid(xs, ys, owner), tuple(one for row in rows for one in row), ruled=False)


def after_caption(
    page: Page, pieces: Sequence[Piece], before: Sequence[Piece], usual: Measures
) -> Region | None:
    """Return the rows at the top of a page when a caption of a table ends the page before."""
    if not before or not pieces or not _is_caption(before[-1], before, len(before) - 1):
        return None
    return _region(page, _rows_from(pieces[0], pieces, usual))


def go_on(page: Page, pieces: Sequence[Piece], before: Region, usual: Measures) -> Region | None:
    """Return the rows at the top of a page that go on with a table without walls which ends the page before.

    A head that stands there again is a row of its own, and tells how far the other margin shifts the columns.
    """
    grid = before.grid
    heads = {one.text: one.left for one in before.pieces if one.middle < grid.ys[1]}
    shift = next((one.left - heads[one.text] for one in pieces[:2] if one.text in heads), 0.0)
    xs = tuple(x + shift for x in grid.xs) if abs(shift) > 1.5 else grid.xs
    return _fitting(page, pieces, xs, usual, 1, frozenset(heads))


def go_back(page: Page, pieces: Sequence[Piece], after: Region, usual: Measures) -> Region | None:
    """Return the rows at the end of a page that a table without walls at the top of the next page goes on with."""
    return _fitting(page, pieces[::-1], after.grid.xs, usual, -1)


def _fitting(
    page: Page, pieces: Sequence[Piece], xs: tuple[float, ...], usual: Measures, step: int,
    heads: Collection[str] = (),
) -> Region | None:
    """Return the lines, from the first of ``pieces`` on, of which every part stands in a column of its own; the first
    line of the table has two parts or more."""
    body: list[Piece] = []
    for one in pieces:
        again = caption(one.text)
        if not body and ((again and again.continued) or is_unit(one.text)):
            continue
        parts = cells_of(one, 0.4)
        columns = [_column(cell.left, cell.right, xs, one.size if len(parts) > 1 else 0.0) for cell in parts]
        fits = None not in columns and len(set(columns)) == len(columns)
        near = not body or step * (one.top - body[-1].top) < 2.5 * usual.pitch + one.size
        alone = len(parts) < 2 and (columns == [0] or (step > 0 and not body))
        if one.line.vertical or not fits or not near or alone:
            break
        body.append(one)
    body = body[::step]
    while body and len(cells_of(body[0], 0.4)) < 2:
        body.pop(0)
    return _gridded(page, _rows(body, xs, heads), xs) if body else None


def _column(left: float, right: float, xs: Sequence[float], near: float) -> int | None:
    """Return the column in which a part stands or, within ``near`` points of its wall, begins; else ``None``."""
    at = sum(wall <= (left + right) / 2 for wall in xs[1:-1])
    if (at == 0 or left > xs[at] - 2) and (at == len(xs) - 2 or right < xs[at + 1] + 2):
        return at
    begins = sum(wall <= left + 2 for wall in xs[1:-1])
    return begins if left - xs[begins] < near else None


def _filled(one: Piece, xs: Sequence[float]) -> set[int]:
    return {sum(wall <= (cell.left + cell.right) / 2 for wall in xs[1:-1]) for cell in cells_of(one, 0.4)}


def _rows(pieces: Sequence[Piece], xs: Sequence[float], heads: Collection[str] = ()) -> list[list[Piece]]:
    """Return the lines by rows: a line goes on with the row before when it leaves the first column empty and fills
    half of the others at most, or goes on in each where the row had filled its width."""
    rows: list[list[Piece]] = []
    levels = _levels(pieces)
    size = pieces[0].size
    steps = [step for high, low in pairwise(levels) if (step := low[0].top - high[0].top) > 0.5 * size]
    near, inner = 1.35 * min(steps, default=0.0), _pitch_inside(steps, size)
    extents = [_extents(level, xs) for level in levels]
    reach = {c: max(own[c][1] for own in extents if c in own) for c in {c for own in extents for c in own}}
    last: dict[int, tuple[float, float]] = {}
    for level, own in zip(levels, extents, strict=True):
        filled = set().union(*(_filled(one, xs) for one in level))
        step = level[0].top - rows[-1][-1].top if rows else near + 1
        goes_on = 0 not in filled and len(filled) * 2 <= max(2, len(xs) - 2)
        if step <= inner or 0 not in filled:
            goes_on = goes_on or _wraps(filled, last, reach, (_SHORT if step <= inner else _LONG) * size, 1.3 * size)
        apart = bool(rows) and rows[-1][-1].text in heads and level[0].text not in heads
        if goes_on and step <= near and not apart:
            rows[-1] += level
            last |= own
        else:
            rows.append(list(level))
            last = dict(own)
    return rows


def _levels(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces (from top to bottom) that stand on one level together, from left to right."""
    levels: list[list[Piece]] = []
    for one in pieces:
        if levels and abs(one.middle - levels[-1][0].middle) < 0.4 * one.size:
            levels[-1].append(one)
        else:
            levels.append([one])
    return [sorted(level, key=lambda one: one.left) for level in levels]


def _pitch_inside(steps: Sequence[float], size: float) -> float:
    """Return the largest step from line to line inside a row, where steps part clearly in two kinds, else 0."""
    ordered = sorted(steps)
    parted = [(low / high, high) for high, low in pairwise(ordered) if high < 1.7 * size]
    ratio, pitch = max(parted, default=(0.0, 0.0))
    return pitch + 0.5 if ratio > 1.15 else 0.0


def _extents(level: Sequence[Piece], xs: Sequence[float]) -> dict[int, tuple[float, float]]:
    """Return from where to where a level is filled in each column."""
    found: dict[int, tuple[float, float]] = {}
    for cell in (cell for one in level for cell in cells_of(one, 0.4)):
        first, last = (sum(wall <= x for wall in xs[1:-1]) for x in (cell.left + 2, cell.right - 2))
        for c in range(first, last + 1):
            left, right = max(cell.left, xs[c]), min(cell.right, xs[c + 1])
            found[c] = min(left, found.get(c, (left, right))[0]), right
    return found


def _wraps(
    filled: Collection[int], last: Mapping[int, tuple[float, float]], reach: Mapping[int, float], least: float,
    near: float,
) -> bool:
    """Say whether the ``last`` line of a row in each of the ``filled`` columns is of a width at least and ends near the
    place to which its column reaches."""
    return all(c in last and reach[c] - last[c][1] < near and last[c][1] - last[c][0] > least for c in filled)
