"""How deep each heading stands: inferred from the order in which kinds of numbers open inside each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from sco_docs.structure.candidates import Look
from sco_docs.structure.names import Named
from sco_docs.structure.numbering import Label

Role = Literal["front", "abstract", "contents", "chapter", "section", "references", "appendix", "back"]


class Ranked(NamedTuple):
    """What decides the level of a heading: its number, its name, how it is set."""

    label: Label | None
    name: Named | None
    look: Look


def _opens(heading: Ranked) -> Role | None:
    """Return the part of the document that a heading opens at level 1, or ``None``."""
    if heading.name:
        return "contents" if heading.name.role == "list" else heading.name.role
    if heading.label and heading.label.style in ("chapter", "part"):
        return "chapter"
    return None


def _top_style(headings: Sequence[Ranked]) -> str | None:
    """Return the style of number that chapters have: 第一章, or in a thesis without it the first that opens."""
    styles: list[str] = []
    part: Role | None = None
    for heading in headings:
        part = _opens(heading) or part
        if heading.label and heading.label.style != "appendix" and part not in ("references", "appendix"):
            styles.append(heading.label.style)
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


def _looks(headings: Sequence[Ranked], depths: Mapping[str, int]) -> dict[Look, int]:
    """Return at which level headings of one look stand, as far as numbers and names show it."""
    seen: dict[Look, Counter[int]] = {}
    for heading in headings:
        if _opens(heading):
            seen.setdefault(heading.look, Counter())[1] += 1
        elif heading.label and heading.label.style in depths:
            seen.setdefault(heading.look, Counter())[depths[heading.label.style]] += 1
    return {look: counts.most_common(1)[0][0] for look, counts in seen.items()}


def _by_look(look: Look, looks: Mapping[Look, int], bare: Sequence[Look]) -> int:
    """Return the level of a heading without number and name: that of others set alike, else by how many kinds of
    such headings (``bare``, in the order of the document) are set larger."""
    if look in looks:
        return looks[look]
    larger = {other for other in bare if other.size > look.size and looks.get(other) != 1}
    return 2 + len(larger)


def levels(headings: Sequence[Ranked]) -> list[tuple[int, Role]]:
    """Return (level, role) of each heading, in order.

    Level 1 is a chapter and its equals, 2 each numbered appendix, under a heading 附錄 or without one; a kind of number
    has one level in all chapters, and opens directly under the heading of a part that has no chapters (壹、 under
    參考文獻 is 2). Headings without a number are ranked by look.
    """
    top = _top_style(headings)
    depths = _depths(headings, top)
    looks = _looks(headings, depths)
    bare = [h.look for h in headings if h.label is None and h.name is None]
    found: list[tuple[int, Role]] = []
    part: Role = "front"
    base = 1
    stack: list[str] = []
    for heading in headings:
        style = heading.label.style if heading.label else None
        opened = "chapter" if style == top and style is not None and part != "references" else _opens(heading)
        by_look = _by_look(heading.look, looks, bare) if style is None and not heading.name else 0
        if by_look == 1 and part not in ("references", "appendix"):
            opened = "chapter"
        if style == "appendix":
            part, base, stack = "appendix", 2, []
            found.append((base, "appendix"))
        elif opened:
            part, base, stack = opened, 1, []
            found.append((1, opened))
        elif part == "chapter":
            found.append((depths.get(style or "", max(by_look, 2)), "section"))
        else:
            name = style or ""
            del stack[stack.index(name) if name in stack else len(stack) :]
            stack.append(name)
            found.append((base + len(stack), part if part == "references" else "section"))
    return found
