"""Citations by number, as GB/T 7714-2015 (8.1) has them: ``[3]``, ``[1,3]``, ``[5-7]``, on the line or raised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sco_docs.chinese.texts import place_at
from sco_docs.cite.passages import Passage
from sco_docs.model import Citation, CitationItem, Note, Place, Reference

_NUMBERS = r"\d{1,3}(?:\s*[-–—~～,，、;；]\s*\d{1,3})*"
_CITED = re.compile(rf"[\[［〔]\s*(?P<numbers>{_NUMBERS})\s*[\]］〕](?:\s*(?P<pages>\d+(?:[-–—]\d+)?)(?=\D|$))?")
_LABEL = re.compile(r"^\s*[\[［【〔]\s*(\d{1,3})\s*[\]］】〕]")


def numbered(references: Sequence[Reference]) -> Mapping[int, int]:
    """Return the index of each numbered entry; of all entries by their order where none carries its number."""
    labels = {int(m[1]): n for n, r in enumerate(references) if (m := _LABEL.match(r.raw))}
    if len(labels) * 2 > len(references):
        return labels
    return {n + 1: n for n in range(len(references))}


def numeric_citations(
    passages: Sequence[Passage], references: Sequence[Reference], notes: Sequence[Note]
) -> Iterator[Citation]:
    """Return the citations by number, in order; a number that the list does not have is no citation."""
    index = numbered(references)
    lone = {note.id: note.label for note in notes if not note.text.text.strip()}
    for passage in passages:
        text = passage.text.text
        found: list[tuple[int, str, str, str | None]] = [
            (match.start(), match[0], match["numbers"], match["pages"]) for match in _CITED.finditer(text)
        ]
        for mark in passage.text.notes:
            label = lone.get(mark.note, "").strip("[]［］〔〕() ")
            if re.fullmatch(_NUMBERS, label):
                found.append((mark.offset, lone[mark.note], label, None))
        for start, raw, numbers, pages in sorted(found):
            cited = expand(numbers)
            if cited and all(number in index for number in cited):
                place = place_at(passage.text, start) or Place(passage.page)
                items = tuple(CitationItem(_names(references[index[n]]), None, pages, index[n]) for n in cited)
                yield Citation(_bare(raw, pages), place, items, passage.where)


def expand(numbers: str) -> tuple[int, ...]:
    """Return the numbers of ``1,3-5`` one by one; nothing if a range runs backwards or over more than thirty."""
    result: list[int] = []
    for part in re.split(r"\s*[,，、;；]\s*", numbers):
        ends = [int(end) for end in re.split(r"\s*[-–—~～]\s*", part)]
        if len(ends) > 2 or not 0 <= ends[-1] - ends[0] <= 30:
            return ()
        result += range(ends[0], ends[-1] + 1)
    return tuple(result)


def _bare(raw: str, pages: str | None) -> str:
    return raw[: raw.rindex(pages)].rstrip() if pages and raw.endswith(pages) else raw


def _names(reference: Reference) -> str:
    return "、".join(reference.authors or reference.editors)
