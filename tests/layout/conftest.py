"""Invented pages: lines of a fixed pitch, set by hand, without any file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from sco_docs.model import Line, Page, Rule, Source, Span

LEFT, RIGHT, TOP, SIZE, PITCH = 80.0, 500.0, 80.0, 12.0, 20.0
WIDTH, HEIGHT = 595.0, 842.0

Row = tuple[str, dict[str, float | bool | str]]


def advance(text: str, size: float) -> float:
    return sum(size if ord(c) > 0x2E7F else size / 2 for c in text)


def spans_of(text: str, x0: float, size: float, bold: bool) -> tuple[str, tuple[Span, ...]]:
    """``^12^`` in ``text`` is raised, ``|`` is a gap between columns of 60 points."""
    spans: list[Span] = []
    whole, x = "", x0
    for i, column in enumerate(text.split("|")):
        if i:
            whole += " "
            x += 60
        for k, part in enumerate(column.split("^")):
            here = size * 0.6 if k % 2 else size
            if part:
                width = advance(part, here)
                spans.append(Span(part, x, x + width, "F", here, bold, superscript=bool(k % 2)))
                whole += part
                x += width
    return whole, tuple(spans)


def make_line(
    text: str,
    page: int,
    number: int,
    top: float,
    x0: float = LEFT,
    size: float = SIZE,
    bold: bool = False,
    centre: bool = False,
    x1: float | None = None,
) -> Line:
    whole, spans = spans_of(text, x0, size, bold)
    if centre:
        x0 = (LEFT + RIGHT - (spans[-1].x1 - spans[0].x0)) / 2
        whole, spans = spans_of(text, x0, size, bold)
    return Line(whole, page, number, x0, top, x1 or spans[-1].x1, top + size, spans)


def make_page(number: int, rows: Sequence[str | Row], rules: Sequence[Rule] = ()) -> Page:
    """Return a page of rows: texts, or texts with ``x0``, ``size``, ``bold``, ``centre``, ``top`` or ``gap`` above."""
    lines: list[Line] = []
    top = TOP
    for row in rows:
        text, style = row if isinstance(row, tuple) else (row, {})
        style = dict(style)
        top = float(style.pop("top", top + float(style.pop("gap", 0.0))))
        lines.append(make_line(text, number, len(lines) + 1, top, **style))  # type: ignore[arg-type]
        top += PITCH
    return Page(number, WIDTH, HEIGHT, tuple(lines), rules=tuple(rules))


def make_source(pages: Sequence[Page], kind: str = "application/pdf") -> Source:
    return Source("invented.pdf", "0" * 64, kind, pages)


@pytest.fixture
def page() -> Callable[..., Page]:
    return make_page


@pytest.fixture
def source() -> Callable[..., Source]:
    return make_source


def prose(count: int, start: int = 0) -> str:
    """Return ``count`` characters of invented text without a full stop."""
    words = "山海互助機制之成員國每年輪流舉行會議並就漁業港口氣象教育等事項交換意見而後作成紀錄送交秘書處存查"
    return "".join(words[(start + i) % len(words)] for i in range(count))


def paragraph(lines: int, start: int = 0, last: int = 10) -> list[Row]:
    """Return the rows of a paragraph with a first-line indent, its last line short and ended by a full stop."""
    rows: list[Row] = [(prose(33, start), {"x0": LEFT + 24})]
    rows += [(prose(35, start + 33 + 35 * i), {}) for i in range(lines - 2)]
    rows.append((prose(last, start + 5) + "。", {}))
    return rows
