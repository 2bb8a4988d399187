"""What repeats around the text: running heads and feet, page numbers, watermarks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from sco_docs.layout.margins import line_numbers, may_be_numbered, without_number
from sco_docs.layout.numbers import page_number, sequential, shape, value
from sco_docs.model import Furniture, FurnitureKind, Line, Page, Place
from sco_docs.sequences import Mapped, Packed

_DEPTH = 3
_NEAR = 3.0
_FEWEST = 3
_PAGEFUL = 2
_LARGER, _LONGEST = 1.15, 80
_SAMPLE = 64


class Slip(NamedTuple):
    """A line as far as furniture is told by it; ``noted``: it begins with a raised label, as notes do."""

    text: str
    page: int
    number: int
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    vertical: bool
    confidence: float
    noted: bool


class Sheet(NamedTuple):
    """The size of a page, in points, the label that the file gives it, and what is left of its lines."""

    width: float
    height: float
    label: str | None
    lines: tuple[Slip, ...]


@dataclass(frozen=True, slots=True)
class Cleared:
    """What was taken off the pages: by page index the numbers of whole lines, and the furniture that they are.

    ``labels``: the number printed on each page. ``cut``: by page and line number, how many characters of a line
    were taken off its beginning.
    """

    gone: Mapping[int, Collection[int]]
    furniture: tuple[Furniture, ...]
    labels: tuple[str | None, ...]
    cut: Mapping[tuple[int, int], int]

    def lines(self, index: int, page: Page) -> tuple[Line, ...]:
        """Return what is left of the lines of a page."""
        gone = self.gone.get(index, ())
        left = (line for line in page.lines if line.number not in gone)
        cut = (without_number(line, self.cut.get((line.page, line.number), 0)) for line in left)
        return tuple(line for line in cut if line)


def _slip(line: Line) -> Slip:
    size = max((span.size for span in line.spans), default=line.bottom - line.top)
    noted = len(line.spans) > 1 and line.spans[0].superscript
    return Slip(line.text, line.page, line.number, line.x0, line.top, line.x1, line.bottom, size, line.vertical,
                line.confidence, noted)


class Outer(NamedTuple):
    """The outermost line of a page above or below, and what its page says of it.

    ``alone``: it stands in the margin, well away from the text; ``small``: lower than the lines of the page usually
    are; ``echoes``: it says in small print the heading below it, as on the first page of a chapter.
    """

    line: Slip
    alone: bool
    small: bool
    echoes: bool


_Pair = tuple[Outer | None, Outer | None]


def _outers(sheet: Sheet) -> _Pair:
    """Return the outermost lines of a page, above and below."""
    return _outer(sheet, True), _outer(sheet, False)


def _outer(sheet: Sheet, upper: bool) -> Outer | None:
    line = min(sheet.lines, key=lambda line: line.top if upper else -line.bottom, default=None)
    if line is None:
        return None
    small = line.bottom - line.top < 0.95 * _usual_height(sheet.lines)
    return Outer(line, _alone(sheet, line, upper), small, upper and _echoes(sheet, line))


def _may_repeat(line: Slip) -> bool:
    """Say whether a line may be a head: short, and not begun by a raised label as notes are (``12 同前註``)."""
    return len(line.text.strip()) <= _LONGEST and not line.vertical and not line.noted


def _slots(found: Mapping[int, Slip], upper: bool) -> list[list[int]]:
    """Return groups of pages whose edge lines stand at one height."""
    ordered = sorted(found, key=lambda page: found[page].top if upper else found[page].bottom)
    groups: list[list[int]] = []
    first = float("-inf")
    for page in ordered:
        at = found[page].top if upper else found[page].bottom
        if at - first > _NEAR:
            groups.append([])
            first = at
        groups[-1].append(page)
    return groups


def _echoes(sheet: Sheet, line: Slip) -> bool:
    said = "".join(line.text.split())
    return len(said) > 1 and any(
        other.top > line.bottom and other.size > _LARGER * line.size and "".join(other.text.split()) == said
        for other in sheet.lines)


def _titles(sheets: Iterable[Sheet]) -> dict[str, float]:
    """Return what the large lines of all pages say, each with the size that it is set in."""
    found: dict[str, float] = {}
    for sheet in sheets:
        usual = median([line.size for line in sheet.lines] or [0.0])
        for line in sheet.lines:
            said = "".join(line.text.split())
            if line.size > _LARGER * usual and 1 < len(said) <= _LONGEST:
                found[said] = max(line.size, found.get(said, 0.0))
    return found


def _says_title(outer: Outer, titles: Mapping[str, float]) -> bool:
    """Say whether a line alone in the margin is a head since it says in smaller print what a heading says."""
    said = "".join(outer.line.text.split())
    return outer.echoes or (outer.alone and titles.get(said, 0.0) > _LARGER * outer.line.size)


def _repeated(
    outers: Sequence[Outer | None], upper: bool, pages: int, titles: Mapping[str, float]
) -> dict[int, Slip]:
    """Return, by page index, the outermost lines that are heads (or feet) because they repeat at one height, or say
    one of the ``titles``.

    ``pages``: how many there are, copies aside.
    """
    seen = {i: outer for i, outer in enumerate(outers) if outer and _may_repeat(outer.line)}
    found = {i: outer.line for i, outer in seen.items()}
    chosen: dict[int, Slip] = {i: outer.line for i, outer in seen.items() if upper and _says_title(outer, titles)}
    for group in _slots(found, upper):
        numbers = {i: label for i in group if (label := page_number(found[i].text))}
        if numbers and len(numbers) * 2 >= len(group) and sequential(numbers, numbers):
            if len(numbers) > 1 or (pages <= 2 and seen[group[0]].alone):
                chosen |= {i: found[i] for i in numbers}
            continue
        shapes = Counter(shape(found[i].text) for i in group)
        common = {one for one, count in shapes.items() if count >= 3 or (count == 2 and pages <= 6)}
        alike = [i for i in group if shape(found[i].text) in common]
        apart = [i for i in group if seen[i].alone]
        small = [i for i in apart if seen[i].small]
        if len(alike) * 2 > len(group):
            size = median([found[i].size for i in alike])
            chosen |= {i: found[i] for i in alike} | {i: found[i] for i in apart if _is_of_size(found[i], size)}
        elif len(small) >= 3 and len(small) * 2 > pages:
            chosen |= {i: found[i] for i in small}
    return chosen


def _is_of_size(line: Slip, size: float) -> bool:
    """Say whether a line is set as large as running heads are; the size of recognised text is a guess."""
    return line.confidence < 1 or abs(line.size - size) <= 0.08 * size


def _usual_height(lines: Iterable[Slip]) -> float:
    return median([line.bottom - line.top for line in lines] or [0.0])


def _alone(sheet: Sheet, line: Slip, upper: bool) -> bool:
    """Say whether a line stands in the margin, well away from the text."""
    others = [o for o in sheet.lines if o.number != line.number]
    height = max(line.bottom - line.top, 1.0)
    inside = line.bottom < 0.15 * sheet.height if upper else line.top > 0.85 * sheet.height
    if not others:
        return inside
    gap = min(o.top for o in others) - line.bottom if upper else line.top - max(o.bottom for o in others)
    return inside and gap > 1.2 * height


def _lone_numbers(pairs: Sequence[_Pair], labels: Mapping[int, str]) -> dict[int, Slip]:
    """Return page numbers that stand elsewhere than usual but continue the count of their neighbours."""
    chosen: dict[int, Slip] = {}
    for i, pair in enumerate(pairs):
        if i in labels:
            continue
        wanted = {value(labels[j]) + i - j for j in (i - 2, i - 1, i + 1, i + 2) if j in labels}
        for outer in pair:
            label = page_number(outer.line.text) if outer else None
            if outer and label and value(label) in wanted and outer.alone:
                chosen[i] = outer.line
                break
    return chosen


def _margin(sheet: Sheet, line: Slip) -> float:
    """Return how far a line stands from the nearest edge of the page."""
    return min(line.x0, line.top, sheet.width - line.x1, sheet.height - line.bottom)


def _turned(
    left: Sequence[Sheet], pages: Iterable[int], shapes: Collection[str], labels: Mapping[int, str]
) -> Iterator[tuple[int, Slip]]:
    """Yield heads and page numbers that stand at a side of the page, as on a page whose text is turned.

    ``labels``: the numbers of the pages so far; those of the pages that were yielded are looked up for the next.
    """
    for i in pages:
        sheet = left[i]
        wanted = {value(labels[j]) + i - j for j in (i - 1, i + 1) if j in labels}
        for line in sheet.lines:
            if _margin(sheet, line) > 0.12 * min(sheet.width, sheet.height):
                continue
            label = page_number(line.text)
            if shape(line.text) in shapes and (not label or (i not in labels and value(label) in wanted)):
                yield i, line


def _spot(line: Slip) -> tuple[str, int, int]:
    return line.text, round(line.x0 / 4), round(line.top / 4)


def _watermarks(left: Sequence[Sheet], pages: Sequence[int]) -> list[tuple[int, Slip]]:
    """Return texts that stand at one place on most of the ``pages``, off the running text, by page index.

    What stands on most pages stands on some of a sample of them, so that only a few need counting.
    """
    if len(pages) < _FEWEST:
        return []
    sample = [left[i] for i in pages[:: max(1, len(pages) // _SAMPLE)]]
    seen = Counter(spot for sheet in sample for spot in {_spot(line) for line in sheet.lines})
    likely = {spot for spot, count in seen.items() if count >= _FEWEST}
    found = [(i, line) for i in pages for line in left[i].lines if _spot(line) in likely]
    counts = Counter(spot for spot, _ in {(_spot(line), i) for i, line in found})
    wanted = max(_FEWEST, (len(pages) + 1) // 2)
    usual = _usual_height(line for sheet in sample for line in sheet.lines)
    return [(i, line) for i, line in found if counts[_spot(line)] >= wanted and _off_text(line, left[i], usual)]


def _copies(sheets: Iterable[Sheet]) -> dict[int, int]:
    """Return the pages that say word for word what an earlier one says, with the index of that one."""
    first: dict[int, int] = {}
    copies: dict[int, int] = {}
    for i, sheet in enumerate(sheets):
        if len(sheet.lines) >= _PAGEFUL:
            at = first.setdefault(hash(tuple(line.text for line in sheet.lines)), i)
            if at != i:
                copies[i] = at
    return copies


def _off_text(line: Slip, sheet: Sheet, usual: float) -> bool:
    """Say whether a line is larger than text, stands in the margin, or over other lines."""
    over = any(
        min(line.bottom, o.bottom) - max(line.top, o.top) > 0.5 * (o.bottom - o.top)
        and line.x0 < o.x1
        and o.x0 < line.x1
        for o in sheet.lines
        if o.number != line.number
    )
    in_margin = _margin(sheet, line) < 0.06 * min(sheet.width, sheet.height)
    return line.bottom - line.top > 1.6 * usual or in_margin or over


def _labels_in_heads(furniture: Sequence[tuple[int, Furniture]], known: Mapping[int, str]) -> dict[int, str]:
    """Return page numbers that stand at the end or the start of running heads or feet and count with the pages."""
    for pattern in (r"(?<![\d.])(\d{1,4})\W*$", r"^\W*(\d{1,4})(?![\d.])"):
        for kind in ("head", "foot"):
            found = {
                i: match[1]
                for i, item in furniture
                if item.kind == kind and i not in known and (match := re.search(pattern, item.text))
            }
            if len(found) >= 3 and sequential(found, found):
                return found
    return {}


def clear(pages: Sequence[Page]) -> Cleared:
    """Find heads, feet, page numbers and watermarks among the lines of ``pages``.

    A line belongs to the furniture when it is the outermost of its page and repeats (its numbers aside) at one
    height on three pages or more, when it counts with the pages, or when it stands at one place on most pages.
    A page that is printed again, word for word, is no evidence: it is cleared as it was the first time.
    """
    sheets = Packed(Sheet(page.width, page.height, page.label, tuple(map(_slip, page.lines))) for page in pages)
    gone: defaultdict[int, set[int]] = defaultdict(set)
    left = Mapped(lambda i, sheet: _without(sheet, gone.get(i)), sheets)
    copies, titles = _copies(sheets), _titles(sheets)
    pairs = [(None, None) if i in copies else _outers(sheet) for i, sheet in enumerate(sheets)]
    labels: dict[int, str] = {}
    furniture: list[tuple[int, Furniture]] = []

    def take(i: int, line: Slip, kind: FurnitureKind) -> None:
        gone[i].add(line.number)
        label = page_number(line.text) if kind != "watermark" else None
        if label and i not in labels:
            labels[i] = label
            kind = "page_number"
        furniture.append((i, Furniture(kind, line.text, Place(line.page, line.number))))

    for turn in range(2 * _DEPTH):
        upper = turn % 2 == 0
        repeated = _repeated([pair[turn % 2] for pair in pairs], upper, len(sheets) - len(copies), titles)
        for i, line in repeated.items():
            take(i, line, "head" if upper else "foot")
            pairs[i] = _outers(left[i])
    for i, line in _lone_numbers(pairs, labels).items():
        take(i, line, "page_number")
    shapes = Counter(shape(item.text) for _, item in furniture)
    once = [i for i in range(len(sheets)) if i not in copies]
    for i, line in _turned(left, once, {one for one, count in shapes.items() if count >= _FEWEST}, labels):
        take(i, line, "head")
    for i, line in _watermarks(left, once):
        take(i, line, "watermark")
    kinds = {(i, item.place.line): item.kind for i, item in furniture}
    for i, at in copies.items():
        for line in sheets[i].lines:
            if (at, line.number) in kinds:
                take(i, line, kinds[at, line.number])
    labels |= _labels_in_heads(furniture, labels)
    cut: Mapping[tuple[int, int], int] = {}
    if may_be_numbered([line.text for line in sheet.lines] for sheet in left):
        numbers, cut = line_numbers(Cleared(gone, (), (), {}).lines(i, page) for i, page in enumerate(pages))
        furniture += [(0, number) for number in numbers]
    order = sorted((item for _, item in furniture), key=lambda item: (item.place.page, item.place.line))
    return Cleared(gone, tuple(order), tuple(labels.get(i, sheet.label) for i, sheet in enumerate(sheets)), cut)


def _without(sheet: Sheet, gone: Collection[int] | None) -> Sheet:
    return sheet._replace(lines=tuple(line for line in sheet.lines if line.number not in gone)) if gone else sheet
