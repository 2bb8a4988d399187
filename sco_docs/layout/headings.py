"""Headings, by style and numbering together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sco_docs.layout.pieces import Measures
from sco_docs.layout.words import is_named_heading, numbering
from sco_docs.model import Block
from sco_docs.sequences import Mapped

_ENDS = "。；;，,、"
_LONGEST = 60
_SHORT = 24
_TITLE = 40
_Rank = tuple[float, bool, bool]


def _style_points(block: Block, usual: Measures) -> float:
    points = 0.0
    if block.size > 1.04 * usual.size:
        points += 1.0 + min(1.0, 4 * (block.size / usual.size - 1))
    if block.bold and not usual.bold:
        points += 1.5
    if block.align == "center":
        points += 1.0
    return points


def is_heading(block: Block, usual: Measures) -> bool:
    """Say whether a block is a heading: style and numbering are added up, and neither is enough where it is weak.

    Long text and text that ends as a sentence or a clause is none, unless its style says so loudly.
    """
    text = block.text.text.strip()
    if not text or block.kind != "paragraph":
        return False
    named = numbering(text)
    style = _style_points(block, usual)
    points = style
    if named:
        points += {"heading": 1.5, "strong": 1.0, "both": 1.0, "item": 0.0}[named.kind]
    if is_named_heading(text):
        points += 1.5
    if text[-1] in _ENDS:
        points -= 0.5 if text[-1] in "，,、" else 1.5
    if len(text) > _LONGEST:
        points -= 1.5
    elif len(text) <= _SHORT and text[-1] not in _ENDS:
        points += 0.5
    if named and named.kind in ("heading", "strong") and text[-1] not in _ENDS and len(text) <= _TITLE:
        return len(block.text.lines) == 1 or style >= 1.0
    return style >= 1.0 and points >= 2.0


def _rank(block: Block) -> _Rank:
    return -round(block.size * 2) / 2, block.align != "center", not block.bold


def with_levels(blocks: Sequence[Block], usual: Measures) -> Sequence[Block]:
    """Return the blocks with headings marked, and a level guessed from numbering first, then from the style
    that numbered headings of that level have."""
    styles: dict[_Rank, Counter[int]] = {}
    headings: set[int] = set()
    for i, block in enumerate(blocks):
        if block.kind != "heading" and not is_heading(block, usual):
            continue
        headings.add(i)
        named = numbering(block.text.text)
        if named:
            styles.setdefault(_rank(block), Counter())[named.level] += 1
    known = {rank: levels.most_common(1)[0][0] for rank, levels in styles.items()}

    def marked(index: int, block: Block) -> Block:
        return replace(block, kind="heading", level=_level(block, known)) if index in headings else block

    return Mapped(marked, blocks)


def _level(block: Block, known: Mapping[_Rank, int]) -> int:
    named = numbering(block.text.text)
    if named:
        return named.level
    if is_named_heading(block.text.text):
        return 1
    rank = _rank(block)
    if rank in known:
        return known[rank]
    return min((known[other] for other in known if other > rank), default=1)
