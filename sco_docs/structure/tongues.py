"""A bilingual document taken apart into its languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from sco_docs.chinese.languages import WEIGHT, Letters, letters_of
from sco_docs.model import Block
from sco_docs.structure.markers import read_markers
from sco_docs.structure.shapes import looks_like_heading
from sco_docs.structure.words import names_document

_SHARE, _LARGE_SHARE, _DIVISIONS, _FEW_RUNS = 0.2, 0.3, 2, 4


def by_language(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], ...]:
    """Part a document that stands in two languages, one after the other or in turn; else return it whole.

    A second language counts where a fifth of the text is in it and it has articles of its own, or where more of the
    text stands in it in one piece, with a title of its own.
    """
    scripts = [letters_of(block.text.text) for block in blocks]
    sizes: Counter[Letters] = Counter()
    numbered: Counter[Letters] = Counter()
    titled: set[Letters] = set()
    for block, script in zip(blocks, scripts, strict=True):
        sizes[script] += WEIGHT[script] * len(block.text.text)
        if looks_like_heading(block.text.text) and names_document(block.text.text):
            titled.add(script)
        numbered[script] += any(m.kind in ("article", "either") for m in read_markers(block.text.text))
    total = sum(sizes.values())
    runs = [script for script, _ in groupby(script for script in scripts if script != "none")]
    in_one_piece = len(runs) <= _FEW_RUNS
    found = [
        s for s in sizes if s != "none" and sizes[s] >= _SHARE * total
        and (numbered[s] >= _DIVISIONS or (in_one_piece and s in titled and sizes[s] >= _LARGE_SHARE * total))
    ]
    if len(found) < 2:
        return (tuple(blocks),)
    parts: dict[Letters, list[Block]] = {script: [] for script in found}
    current = next(script for script in scripts if script in parts)
    for block, script in zip(blocks, scripts, strict=True):
        current = script if script in parts else current
        parts[current].append(block)
    return tuple(tuple(part) for part in parts.values())
