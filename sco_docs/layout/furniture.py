"""What repeats around the text: running heads and feet, page numbers, watermarks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from sco_docs.layout.margins import without_line_numbers
from sco_docs.model import Furniture, FurnitureKind, Line, Page, Place

_NUMBER = re.compile(
    r"[-–—―─－~～‧·•.\s(（\[]*(?:第\s*|page\s+|p\.\s*|頁\s*)?"
    r"(?P<label>[A-Z]?-?\d{1,4}|[ivxlcdm]{1,9}|[IVXLCDM]{1,9}|[〇零一二三四五六七八九十百]{1,5})"
    r"(?:\s*[/／]\s*\d{1,4}|\s+of\s+\d{1,4}|\s*頁?\s*[,，共/／]+\s*共?\s*\d{1,4})?"
    r"\s*頁?[-–—―─－~～‧·•.\s)）\]]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+|\b[ivxlcdm]+\b|\b[IVXLCDM]+\b")
_DEPTH = 3
_NEAR = 3.0


@dataclass(frozen=True, slots=True)
class Cleared:
    """The pages' lines without furniture, the furniture, and the number printed on each page.

    ``cut``: by page and line number, how many characters of a line were taken off its beginning.
    """

    lines: tuple[tuple[Line, ...], ...]
    furniture: tuple[Furniture, ...]
    labels: tuple[str | None, ...]
    cut: Mapping[tuple[int, int], int]


def page_number(text: str) -> str | None:
    """Return the number of a line that is only a page number (``12``, ``iv``, ``第 3 頁``, ``- 3 -``), as printed."""
    match = _NUMBER.fullmatch(text.strip())
    return match["label"] if match else None


def _shape(text: str) -> str:
    """Return a text with its numbers blanked, so that ``- 3 -`` and ``- 12 -`` are alike."""
    if page_number(text):
        return _NUMBER.sub(lambda m: m[0].replace(m["label"], "#", 1), text.strip(), count=1)
    return _DIGITS.sub("#", text.strip())


def _edge(lines: Sequence[Line], depth: int, upper: bool) -> Line | None:
    ordered = sorted(lines, key=lambda line: line.top if upper else -line.bottom)
    return ordered[depth] if depth < len(ordered) else None


def _may_repeat(line: Line) -> bool:
    """Say whether a line may be a head: short, and not begun by a raised label as notes are (``12 同前註``)."""
    is_note = len(line.spans) > 1 and line.spans[0].superscript
    return len(line.text.strip()) <= 80 and not line.vertical and not is_note


def _slots(found: Mapping[int, Line], upper: bool) -> list[list[int]]:
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


def _sequential(pages: Iterable[int], labels: Mapping[int, str]) -> bool:
    """Say whether numbers count with the pages: at least half of the neighbours step alike."""
    steps = [
        (_value(labels[b]) - _value(labels[a])) == b - a
        for a, b in zip(sorted(pages), sorted(pages)[1:], strict=False)
    ]
    return not steps or sum(steps) * 2 >= len(steps)


_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_CHINESE = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}


def _value(label: str) -> int:
    digits = re.search(r"\d+$", label)
    if digits:
        return int(digits[0])
    values = [_ROMAN.get(c.lower(), 0) for c in label]
    if all(values):
        return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
    if "十" in label or "百" in label:
        total = 0
        digit = 0
        for c in label:
            if c in "十百":
                total += max(digit, 1) * (10 if c == "十" else 100)
                digit = 0
            else:
                digit = _CHINESE.get(c, 0)
        return total + digit
    return int("".join(str(_CHINESE.get(c, 0)) for c in label))


def _echoed(found: Mapping[int, Line], left: Sequence[Sequence[Line]]) -> dict[int, Line]:
    """Return heads that say in small print the heading below them, as on the first page of a chapter."""
    return {
        i: line for i, line in found.items()
        if len(line.text.strip()) > 1
        and any("".join(o.text.split()) == "".join(line.text.split()) and o.top > line.bottom
                and _size(o) > 1.15 * _size(line) for o in left[i])
    }


def _repeated(pages: Sequence[Page], left: Sequence[Sequence[Line]], upper: bool) -> dict[int, Line]:
    """Return, by page index, the outermost lines that are heads (or feet) because they repeat at one height."""
    found = {
        i: line
        for i, lines in enumerate(left)
        if (line := _edge(lines, 0, upper)) and _may_repeat(line)
    }
    chosen: dict[int, Line] = _echoed(found, left) if upper else {}
    for group in _slots(found, upper):
        numbers = {i: label for i in group if (label := page_number(found[i].text))}
        if numbers and len(numbers) * 2 >= len(group) and _sequential(numbers, numbers):
            only = len(pages) <= 2 and _alone(pages[group[0]], left[group[0]], found[group[0]], upper)
            if len(numbers) > 1 or only:
                chosen |= {i: found[i] for i in numbers}
            continue
        shapes = Counter(_shape(found[i].text) for i in group)
        common = {shape for shape, count in shapes.items() if count >= 3 or (count == 2 and len(pages) <= 6)}
        alike = [i for i in group if _shape(found[i].text) in common]
        apart = [i for i in group if _alone(pages[i], left[i], found[i], upper)]
        small = [i for i in apart if found[i].bottom - found[i].top < 0.95 * _usual_height(left[i])]
        if len(alike) * 2 > len(group):
            size = median([_size(found[i]) for i in alike])
            chosen |= {i: found[i] for i in alike} | {i: found[i] for i in apart if _is_of_size(found[i], size)}
        elif len(small) >= 3 and len(small) * 2 > len(pages):
            chosen |= {i: found[i] for i in small}
    return chosen


def _size(line: Line) -> float:
    return max((span.size for span in line.spans), default=line.bottom - line.top)


def _is_of_size(line: Line, size: float) -> bool:
    """Say whether a line is set as large as running heads are; the size of recognised text is a guess."""
    return line.confidence < 1 or abs(_size(line) - size) <= 0.08 * size


def _usual_height(lines: Sequence[Line]) -> float:
    return median([line.bottom - line.top for line in lines] or [0.0])


def _alone(page: Page, lines: Sequence[Line], line: Line, upper: bool) -> bool:
    """Say whether a line stands in the margin, well away from the text."""
    others = [o for o in lines if o is not line]
    height = max(line.bottom - line.top, 1.0)
    if not others:
        return line.bottom < 0.15 * page.height if upper else line.top > 0.85 * page.height
    gap = min(o.top for o in others) - line.bottom if upper else line.top - max(o.bottom for o in others)
    inside = line.bottom < 0.15 * page.height if upper else line.top > 0.85 * page.height
    return inside and gap > 1.2 * height


def _lone_numbers(pages: Sequence[Page], left: Sequence[Sequence[Line]], labels: Mapping[int, str]) -> dict[int, Line]:
    """Return page numbers that stand elsewhere than usual but continue the count of their neighbours."""
    chosen: dict[int, Line] = {}
    for i, lines in enumerate(left):
        if i in labels:
            continue
        wanted = {_value(labels[j]) + i - j for j in (i - 2, i - 1, i + 1, i + 2) if j in labels}
        for upper in (True, False):
            line = _edge(lines, 0, upper)
            label = page_number(line.text) if line else None
            if line and label and _value(label) in wanted and _alone(pages[i], lines, line, upper):
                chosen[i] = line
                break
    return chosen


def _turned(pages: Sequence[Page], left: Sequence[Sequence[Line]], shapes: Collection[str],
            labels: Mapping[int, str]) -> list[tuple[int, Line]]:
    """Return heads and page numbers that stand at a side of the page, as on a page whose text is turned."""
    found = []
    for i, (page, lines) in enumerate(zip(pages, left, strict=True)):
        wanted = {_value(labels[j]) + i - j for j in (i - 1, i + 1) if j in labels}
        for line in lines:
            near = min(line.x0, line.top, page.width - line.x1, page.height - line.bottom)
            if near > 0.12 * min(page.width, page.height):
                continue
            label = page_number(line.text)
            if _shape(line.text) in shapes and (not label or (i not in labels and _value(label) in wanted)):
                found.append((i, line))
    return found


def _watermarks(pages: Sequence[Page], left: Sequence[Sequence[Line]]) -> set[tuple[int, int]]:
    """Return ``(page index, line number)`` of texts that stand at one place on most pages, off the running text."""
    spots: dict[tuple[str, int, int], list[tuple[int, Line]]] = defaultdict(list)
    for i, lines in enumerate(left):
        for line in lines:
            spots[line.text, round(line.x0 / 4), round(line.top / 4)].append((i, line))
    wanted = max(3, (len(pages) + 1) // 2)
    usual = median([line.bottom - line.top for lines in left for line in lines] or [0.0])
    return {
        (i, line.number)
        for found in spots.values()
        if len({i for i, _ in found}) >= wanted
        for i, line in found
        if _off_text(line, pages[i], left[i], usual)
    }


def _off_text(line: Line, page: Page, lines: Sequence[Line], usual: float) -> bool:
    """Say whether a line is larger than text, stands in the margin, or over other lines."""
    height = line.bottom - line.top
    margin = min(line.x0, line.top, page.width - line.x1, page.height - line.bottom)
    over = any(
        min(line.bottom, o.bottom) - max(line.top, o.top) > 0.5 * (o.bottom - o.top)
        and line.x0 < o.x1
        and o.x0 < line.x1
        for o in lines
        if o is not line
    )
    return height > 1.6 * usual or margin < 0.06 * min(page.width, page.height) or over


def _labels_in_heads(furniture: Sequence[tuple[int, Furniture]], known: Mapping[int, str]) -> dict[int, str]:
    """Return page numbers that stand at the end or the start of running heads or feet and count with the pages."""
    for pattern in (r"(?<![\d.])(\d{1,4})\W*$", r"^\W*(\d{1,4})(?![\d.])"):
        for kind in ("head", "foot"):
            found = {
                i: match[1]
                for i, item in furniture
                if item.kind == kind and i not in known and (match := re.search(pattern, item.text))
            }
            if len(found) >= 3 and _sequential(found, found):
                return found
    return {}


def clear(pages: Sequence[Page]) -> Cleared:
    """Take heads, feet, page numbers and watermarks out of the lines of ``pages``.

    A line belongs to the furniture when it is the outermost of its page and repeats (its numbers aside) at one
    height on three pages or more, when it counts with the pages, or when it stands at one place on most pages.
    """
    left = [list(page.lines) for page in pages]
    labels: dict[int, str] = {}
    furniture: list[tuple[int, Furniture]] = []

    def take(i: int, line: Line, kind: FurnitureKind) -> None:
        left[i].remove(line)
        label = page_number(line.text) if kind != "watermark" else None
        if label and i not in labels:
            labels[i] = label
            kind = "page_number"
        furniture.append((i, Furniture(kind, line.text, Place(line.page, line.number))))

    for _ in range(_DEPTH):
        for upper in (True, False):
            for i, line in _repeated(pages, left, upper).items():
                take(i, line, "head" if upper else "foot")
    for i, line in _lone_numbers(pages, left, labels).items():
        take(i, line, "page_number")
    shapes = Counter(_shape(item.text) for _, item in furniture)
    for i, line in _turned(pages, left, {shape for shape, count in shapes.items() if count >= 3}, labels):
        take(i, line, "head")
    marks = _watermarks(pages, left) if len(pages) >= 3 else set()
    for i, page in enumerate(pages):
        for line in page.lines:
            if (i, line.number) in marks:
                take(i, line, "watermark")
    labels |= _labels_in_heads(furniture, labels)
    lines, numbers, cut = without_line_numbers(pages, left)
    order = sorted([item for _, item in furniture] + list(numbers), key=lambda item: (item.place.page, item.place.line))
    return Cleared(
        lines, tuple(order), tuple(labels.get(i, page.label) for i, page in enumerate(pages)), cut
    )
