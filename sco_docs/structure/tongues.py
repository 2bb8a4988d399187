"""The languages of a document, block by block, and a bilingual document taken apart into its languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Literal

from sco_docs.chinese.detect import detect
from sco_docs.model import Block
from sco_docs.structure.markers import read_markers
from sco_docs.structure.shapes import looks_like_heading
from sco_docs.structure.words import names_document

Script = Literal["han", "latin", "cyrillic", "none"]
_LETTERS: tuple[tuple[Script, re.Pattern[str], int], ...] = (
    ("han", re.compile(r"[\u3400-\u9fff]"), 3),
    ("latin", re.compile(r"[A-Za-z\u00c0-\u024f]"), 1),
    ("cyrillic", re.compile(r"[\u0400-\u04ff]"), 1),
)
_SHARE, _LARGE_SHARE, _DIVISIONS, _FEW_RUNS = 0.2, 0.3, 2, 4


def script_of(text: str) -> Script:
    """Return the script that most of ``text`` is written in; a Chinese character weighs as three letters."""
    best: Script = "none"
    most = 0
    for script, letters, weight in _LETTERS:
        count = weight * len(letters.findall(text))
        if count > most:
            best, most = script, count
    return best


def language_of(blocks: Sequence[Block]) -> str:
    """Return the language of a text as a BCP 47 tag: Chinese with its script (its region is a guess from single words),
    Latin script counts as English, Cyrillic as Russian."""
    text = "\n".join(block.text.text for block in blocks)
    script = script_of(text)
    if script == "han":
        tag = "-".join(detect(text).tag.split("-")[:2])
        return tag if tag != "und" else "zh"
    return {"latin": "en", "cyrillic": "ru", "none": "und"}[script]


def by_language(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], ...]:
    """Part a document that stands in two languages, one after the other or in turn; else return it whole.

    A second language counts where a fifth of the text is in it and it has articles of its own, or where more of the
    text stands in it in one piece, with a title of its own.
    """
    scripts = [script_of(block.text.text) for block in blocks]
    sizes: Counter[Script] = Counter()
    numbered: Counter[Script] = Counter()
    titled: set[Script] = set()
    for block, script in zip(blocks, scripts, strict=True):
        weight = next((w for s, _, w in _LETTERS if s == script), 0)
        sizes[script] += weight * len(block.text.text)
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
    parts: dict[Script, list[Block]] = {script: [] for script in found}
    current = next(script for script in scripts if script in parts)
    for block, script in zip(blocks, scripts, strict=True):
        current = script if script in parts else current
        parts[current].append(block)
    return tuple(tuple(part) for part in parts.values())
