"""Which blocks of a source are agreements: the appendices of a thesis, or the whole of a treaty or law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sco_docs.chinese.dates import first_date
from sco_docs.chinese.texts import slice_text, strip_text
from sco_docs.model import Block, Layout, Text
from sco_docs.structure.divisions import find_divisions
from sco_docs.structure.markers import read_markers
from sco_docs.structure.openings import find_openings
from sco_docs.structure.outline import OutlineItem
from sco_docs.structure.signature_block import find_signed
from sco_docs.structure.words import names_document, words

_THESIS = ("abstract", "references")
_MIN_DIVISIONS = 2
_LONGEST_HEADING = 80


@dataclass(frozen=True, slots=True)
class Printed:
    """The blocks of one agreement and where it starts in the flow; ``heading`` is the heading of its appendix, or
    ``None`` for a file of its own."""

    heading: Text | None
    blocks: tuple[Block, ...]
    start: int


def find_printed(layout: Layout, outline: Sequence[OutlineItem]) -> tuple[Printed, ...]:
    """Return the agreements that a source prints in full, in order.

    A thesis prints them in its appendices; an appendix without the marks of an agreement (a questionnaire, a table) is
    not one. A document without the parts of a thesis that has divisions of its own before its first appendix, or no
    appendix, is itself one agreement, and its appendices belong to it.
    """
    if not layout.blocks:
        return ()
    thesis = any(item.role in _THESIS for item in outline)
    parts = _appendices(layout, outline)
    opening = _opening(layout.blocks)
    if not thesis and not parts and is_agreement(opening):
        return (opening,)
    if thesis or (parts and not _is_law(layout.blocks[: parts[0].start], outline)):
        return tuple(part for part in parts if is_agreement(part))
    return (Printed(None, tuple(layout.blocks), 0),)


def _opening(blocks: Sequence[Block]) -> Printed:
    """A file that is one appendix taken out of a thesis: its first line is the heading."""
    first = blocks[0].text
    headed = len(first.text) <= _LONGEST_HEADING and any(m.kind == "annex" for m in read_markers(first.text))
    return Printed(first, tuple(blocks[1:]), 0) if headed else Printed(None, (), 0)


def _is_law(blocks: Sequence[Block], outline: Sequence[OutlineItem]) -> bool:
    """Whether the text before the first appendix is a law or treaty itself: it has articles, or numbered divisions and
    no chapters."""
    openings = find_openings(blocks)
    if sum(marker.kind == "article" for marker in openings.fixed.values()) >= _MIN_DIVISIONS:
        return True
    chapters = any(item.role == "chapter" for item in outline)
    return not chapters and len(find_divisions(blocks)[1]) >= _MIN_DIVISIONS


def _appendices(layout: Layout, outline: Sequence[OutlineItem]) -> list[Printed]:
    parts = []
    for number, item in enumerate(outline):
        if item.role != "appendix" or any(_same_number(item, other) for other in outline[number + 1 :]):
            continue
        following = outline[number + 1 :]
        end = next((i.index for i in following if i.role == "appendix" or i.heading.level <= item.heading.level),
                   len(layout.blocks))
        start = max(item.last, item.index) + 1
        heading, rest = _heading(layout, item)
        blocks = (*rest, *layout.blocks[start:end])
        if blocks:
            parts.append(Printed(heading, blocks, item.index))
    return parts


def _same_number(item: OutlineItem, other: OutlineItem) -> bool:
    """Whether two headings bear the same number of an appendix: the earlier one is an entry of printed contents."""
    own = {(m.series, m.path) for m in read_markers(item.heading.title) if m.kind == "annex"}
    return other.role == "appendix" and any((m.series, m.path) in own for m in read_markers(other.heading.title))


def _heading(layout: Layout, item: OutlineItem) -> tuple[Text, tuple[Block, ...]]:
    """Return the heading of an appendix, and what its block holds beyond it: a title set like the heading."""
    block = layout.blocks[item.index]
    whole = item.heading.text or block.text
    letters = [at for at, character in enumerate(whole.text) if not character.isspace()]
    size = len("".join(item.heading.title.split()))
    if not 0 < size < len(letters) or "".join(whole.text.split())[:size] != "".join(item.heading.title.split()):
        return whole, ()
    end = letters[size]
    return strip_text(slice_text(whole, 0, end)), (replace(block, text=slice_text(whole, end)),)


def is_agreement(part: Printed) -> bool:
    """Whether an appendix prints an agreement or a law: it is named as an agreement, has articles, is signed by
    several, or is named as a law, divided by numbers, and dated or signed."""
    name = appendix_name(part.heading).text if part.heading is not None else ""
    if words("title").search(name):
        return True
    markers = [m for block in part.blocks for m in read_markers(block.text.text)]
    if sum(m.kind in ("article", "either") for m in markers) >= _MIN_DIVISIONS:
        return True
    signed = find_signed(part.blocks)
    if len(signed.signatories) > 1 or part.heading is None or not names_document(name):
        return len(signed.signatories) > 1
    dated = signed.signatories or signed.date_line or first_date(part.heading.text)
    return bool(dated) and len(find_divisions(part.blocks)[1]) >= _MIN_DIVISIONS


def appendix_name(heading: Text) -> Text:
    """Return the heading of an appendix without its own number and without a date in brackets at its end."""
    text = heading.text
    start = max((m.end for m in read_markers(text) if m.kind == "annex"), default=0)
    end = len(text.rstrip())
    for opening, closing in ("（）", "()", "（)", "(）"):
        at = text.rfind(opening, start, end)
        if text[:end].endswith(closing) and at > start and any(c.isdigit() or c == "年" for c in text[at:end]):
            end = at
            break
    return strip_text(slice_text(heading, start, end))
