"""How deep each heading stands: inferred from the order in which kinds of numbers open inside each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from sco_docs.structure.names import Named
from sco_docs.structure.numbering import Label

Role = Literal["front", "abstract", "contents", "chapter", "section", "references", "appendix", "back"]


class Ranked(NamedTuple):
    """What decides the level of a heading: its number, its name, its size, its title."""

    label: Label | None
    name: Named | None
    size: float
    title: str


def _opens(heading: Ranked) -> Role | None:
    """Return the part of the document that a heading opens at level 1, or ``None``."""
    if heading.name:
        return "contents" if heading.name.role == "list" else heading.name.role
    if heading.label and heading.label.style in ("chapter", "part"):
        return "chapter"
    return None


def _top_style(headings: Sequence[Ranked]) -> str | None:
    """Return the style of number that chapters have: 第一章, or in a thesis without it the first that opens."""
    styles = [h.label.style for h in headings if h.label and h.label.style != "appendix"]
    return "chapter" if "chapter" in styles else styles[0] if styles else None


def _depths(headings: Sequence[Ranked], top: str | None) -> dict[str, int]:
    """Return for each style of number the level at which it stands most often, among chapters."""
    seen: dict[str, Counter[int]] = {}
    stack: list[str] = []
    inside = False
    for heading in headings:
        style = heading.label.style if heading.label else None
        if _opens(heading) and style != top:
            inside, stack = _opens(heading) == "chapter", ["chapter"] if _opens(heading) == "chapter" else []
            continue
        if style == top and style is not None:
            inside, stack = True, [style]
        elif not inside or style is None or style == "appendix":
            continue
        elif style in stack:
            del stack[stack.index(style) + 1 :]
        else:
            stack.append(style)
        seen.setdefault(str(style), Counter())[len(stack)] += 1
    return {style: max(counts, key=lambda depth: (counts[depth], depth)) for style, counts in seen.items()}


def levels(headings: Sequence[Ranked]) -> list[tuple[int, Role]]:
    """Return (level, role) of each heading, in order.

    Level 1 is a chapter and its equals; a kind of number has one level in all chapters, and opens directly under
    the heading of a part that has no chapters (壹、 under 參考文獻 is 2).
    """
    top = _top_style(headings)
    depths = _depths(headings, top)
    has_appendix = any(h.name and h.name.role == "appendix" for h in headings)
    chapter_size = max((h.size for h in headings if h.label and h.label.style == top), default=0.0)
    found: list[tuple[int, Role]] = []
    part: Role = "front"
    base = 1
    stack: list[str] = []
    for heading in headings:
        style = heading.label.style if heading.label else None
        opened = "chapter" if style == top and style is not None and part != "references" else _opens(heading)
        if style == "appendix":
            own = not has_appendix and bool(chapter_size) and heading.size >= chapter_size * 0.98
            part, base, stack = "appendix", 1 if own else 2, []
            found.append((base, "appendix"))
        elif opened:
            part, base, stack = opened, 1, []
            found.append((1, opened))
        elif part == "chapter":
            found.append((depths.get(style or "", 2), "section"))
        else:
            name = style or ""
            del stack[stack.index(name) if name in stack else len(stack) :]
            stack.append(name)
            found.append((base + len(stack), part if part == "references" else "section"))
    return found
