"""Lines become paragraphs: which line goes on with the one before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sco_docs.layout.fitting import CLOSING, first_word, first_word_width
from sco_docs.layout.frames import Placed
from sco_docs.layout.join import address_goes_on, is_wide
from sco_docs.layout.notes import raised_labels
from sco_docs.layout.pieces import Measures
from sco_docs.layout.words import (
    Numbering,
    caption,
    is_float,
    is_keywords,
    is_named_heading,
    is_source_note,
    is_table_note,
    is_unit,
    numbering,
    ordinal,
)

_TERMINAL = "。！？；：.!?;:」』）)”"
_FINAL = "。！？；：.!?;:"
_SHORT = 12


def is_full(line: Placed, follower: Placed, edge: float | None = None) -> bool:
    """Say whether a line is filled: the first word of the next one would not have fitted on it."""
    right = line.right if edge is None else edge
    size = max(line.piece.size, 1.0)
    room = right - line.piece.right
    word = follower.piece.text.lstrip()[: first_word(follower.piece.text)]
    if line.justified and edge == line.right and room > 0.35 * size and len(word) == 1 and _stretches(line.piece.text):
        return False
    return room < first_word_width(follower.piece) + 0.3 * size


def _stretches(text: str) -> bool:
    """Say whether a line has places enough at which justifying would have stretched it."""
    return sum(is_wide(c) for c in text) > 5 or text.strip().count(" ") > 3


def is_centred(line: Placed) -> bool:
    """Say whether a line stands in the middle of its column, with room on both sides."""
    size = max(line.piece.size, 1.0)
    filled = line.piece.right - line.piece.left > 0.75 * line.width
    if filled and line.indent < 3.2 * size and not line.piece.bold:
        return False
    return (
        line.indent > 1.8 * size
        and line.room > 1.8 * size
        and abs(line.indent - line.room) < max(1.2 * size, 0.03 * line.width)
    )


def is_right(line: Placed) -> bool:
    """Say whether a line stands at the right edge, well away from the left one."""
    size = max(line.piece.size, 1.0)
    return line.room < 1.2 * size and line.indent > max(6 * size, 0.3 * line.width)


def _stands_alone(text: str) -> bool:
    return (
        is_unit(text) or is_source_note(text) or is_named_heading(text) or is_keywords(text)
        or (is_table_note(text) and len(text) < 200)
    )


def _look(line: Placed) -> tuple[float, bool]:
    return round(line.piece.size * 2) / 2, line.piece.bold


def local_edge(lines: Sequence[Placed], at: int) -> float:
    """Return the right edge that the neighbours of a line reach which begin where it does (a block quotation)."""
    one = lines[at]
    size = max(one.piece.size, 1.0)
    if one.indent < size:
        return one.right
    where = one.run, one.piece.line.page
    near = [o for o in lines[max(0, at - 4): at + 5] if (o.run, o.piece.line.page) == where]
    after = next((o for o in lines[at + 1: at + 2] if o in near and size <= o.indent < one.indent - 0.7 * size), one)
    near = [o for o in near if o is one or abs(o.piece.left - after.piece.left) < 2]
    if len(near) < 3:
        return one.right
    reach = max([o.piece.right for o in near if not _hangs_out(o)] or [o.piece.right for o in near])
    slack = 2.5 if one.justified else 1.3 * size
    alike = [o for o in near if -slack < o.piece.right - reach < (1.1 * size if _hangs_out(o) else slack)]
    wide = reach - one.piece.left > 0.5 * one.width
    filled = wide and len(alike) >= 2 and len(alike) * 2 >= len(near) - 1
    return reach if filled and not all(map(_stops, alike)) else one.right


def _hangs_out(line: Placed) -> bool:
    """Say whether a line may end in a mark that is set beyond its edge."""
    return line.piece.text.rstrip()[-1:] in "，。、；：,."


def _stops(line: Placed) -> bool:
    """Say whether a line ends in punctuation: lines that all do, and are of one length, were not filled to an edge."""
    return line.piece.text.rstrip()[-1:] in _FINAL + "，,、"


def _reaches_together(block: Sequence[Placed], one: Placed) -> bool:
    """Say whether the last line of an indented block ends where its neighbour ends, away from the right edge."""
    last = block[-1]
    size = max(last.piece.size, 1.0)
    if last.indent < size or last.room < 1.5 * size or last.piece.right - last.piece.left < 0.5 * last.width:
        return False
    near = [n for n in (one, *block[-2:-1]) if abs(n.room - last.room) < 0.45 * size]
    return abs(one.indent - last.indent) < 2 and bool(near) and not all(map(_stops, (last, *near)))


def _begins_raised(line: Placed) -> bool:
    """Say whether a line begins with the call of a note, which is no numbering."""
    labels = raised_labels(line.piece)
    return bool(labels) and not line.piece.text[: labels[0][0]].strip()


def _nearly_full(block: Sequence[Placed], one: Placed, spaced: bool) -> bool:
    """Say whether a line that may have had room for the next word stops inside a sentence, in a paragraph of which
    indent or (``spaced``) the missing space says that it goes on."""
    last = block[-1]
    size = max(last.piece.size, 1.0)
    if last.room > 1.6 * first_word_width(one.piece) + size or last.piece.text.rstrip()[-1:] in _TERMINAL:
        return False
    outdented = block[0].indent > one.indent + 0.7 * size and abs(one.indent) < 0.7 * size
    flush = spaced and abs(one.indent - last.indent) < 0.3 * size and not is_wide(one.piece.text.lstrip()[:1] or " ")
    return numbering(one.piece.text) is None and (outdented or flush)


def goes_on(block: Sequence[Placed], lines: Sequence[Placed], at: int, usual: Measures, interrupted: bool) -> bool:
    """Say whether ``lines[at]`` goes on with the paragraph ``block``, whose last line is ``lines[at - 1]``.

    ``interrupted``: a table, figure or heading-like piece stands between them.
    """
    last, one = block[-1], lines[at]
    adjacent = last.piece.line.page == one.piece.line.page and last.run == one.run
    if not _same_size(last, one) or _stands_alone(one.piece.text):
        return False
    if adjacent and not interrupted and (_far(block, one, usual) or _set_closer_below(block, lines, at)):
        return False
    edge = local_edge(lines, at - 1)
    apart = abs(last.piece.left - one.piece.left) > 1.5 and edge == last.right
    if apart and (is_centred(last) or is_centred(one)):
        return adjacent and not interrupted and _title_goes_on(block, one)
    named = None if _begins_raised(one) else numbering(one.piece.text)
    heads = named is not None and not _in_sentence(block) and (named.kind == "heading" or _is_section(one))
    if named and (heads or _set_apart(last, one, usual, adjacent)):
        return False
    if address_goes_on("".join(line.piece.text.strip() for line in block[-3:]), one.piece.text):
        return True
    if _is_entry(last, one):
        return False
    if named and last.piece.text.rstrip()[-1:] in _FINAL and _counts_on(lines, at, named):
        return False
    full = _reaches_together(block, one) or is_full(last, one, edge) or _hangs_ragged(block, one)
    if not full and not _nearly_full(block, one, adjacent and usual.apart is not None):
        return False
    other = last.run != one.run and _latin(last.piece.text) != _latin(one.piece.text)
    if (interrupted or other) and last.piece.text.rstrip()[-1:] in _FINAL:
        return False
    if interrupted and is_float(one.piece.text):
        return False
    return _indent_goes_on(block, lines, at, bool(named))


def stays_open(
    block: Sequence[Placed], lines: Sequence[Placed], at: int, usual: Measures, interrupted: bool
) -> bool:
    """Say as ``goes_on`` does for sources without pages of their own: a line is a paragraph, but the first of a page
    goes on with the last of the page before when it is not indented as the others are."""
    last, one = block[-1], lines[at]
    slack = 0.7 * max(one.piece.size, usual.size)
    first = last.piece.line.page < one.piece.line.page
    common = [line.piece.left for line in lines[at + 1: at + 9] if line.piece.line.page == one.piece.line.page]
    outdented = bool(common) and one.piece.left < min(common) - slack
    return first and not interrupted and outdented and last.piece.size == one.piece.size


def _same_size(last: Placed, one: Placed) -> bool:
    """Say whether two lines are of one size; the size of recognised text is a guess, the more so in a short line."""
    size = max(one.piece.size, 1.0)
    near = 0.06
    if one.piece.line.confidence < 1:
        near = 0.35 if len(one.piece.text) < _SHORT and numbering(one.piece.text) is None else 0.12
    return abs(last.piece.size - one.piece.size) <= near * size


def _far(block: Sequence[Placed], one: Placed, usual: Measures) -> bool:
    """Say whether there is more space above a line than between the lines of its paragraph."""
    last = block[-1]
    step = one.piece.top - last.piece.top
    if usual.apart and abs(one.piece.size - usual.size) < 0.3 and step > usual.apart:
        return True
    scale = max(one.piece.size / max(usual.size, 1.0), 0.5)
    pitch = usual.pitch * min(scale, 1.0) if scale < 0.93 else usual.pitch * max(scale, 1.0)
    if len(block) > 1:
        own = [
            b.piece.top - a.piece.top
            for a, b in zip(block[-4:], block[-3:], strict=False)
            if a.piece.line.page == b.piece.line.page and b.piece.top > a.piece.top
        ]
        pitch = max(own, default=pitch)
        return step > 1.25 * pitch + 1
    return step > max(1.7 * pitch, pitch + 0.9 * one.piece.size)


def _latin(text: str) -> bool:
    return not any(is_wide(c) for c in text)


def _in_sentence(block: Sequence[Placed]) -> bool:
    """Say whether a paragraph stops inside a sentence, so that ``第三章`` or ``Appendix A`` at the start of the next
    line is named in it and heads nothing."""
    text = " ".join(line.piece.text.strip() for line in block)
    running = numbering(text) is None or re.search("[，。；]", text) is not None
    return running and is_wide(text[-1:] or " ") and text[-1:] not in _TERMINAL


def _is_entry(last: Placed, one: Placed) -> bool:
    """Say whether a few words without punctuation stand after a whole sentence: who signs, no paragraph's end."""
    text = one.piece.text.strip()
    return (
        last.piece.text.rstrip()[-1:] in "。！？" and len(text) <= _SHORT and one.room > 0.5 * one.width
        and all(map(is_wide, text)) and text[-1] not in CLOSING
    )


def _is_section(one: Placed) -> bool:
    """Say whether a line is the whole title of a section numbered 1.1 or 1.1.1, which no list is."""
    text = one.piece.text.strip()
    titled = re.match(r"(?:\d{1,2}|[A-Z])(?:\.\d{1,2}){1,4}\.?\s+[^\W\d]", text) is not None
    return titled and one.room > 2 * one.piece.size and text[-1] not in _TERMINAL and not _hangs_out(one)


def _set_closer_below(block: Sequence[Placed], lines: Sequence[Placed], at: int) -> bool:
    """Say whether a line stands alone above lines that follow each other much closer than it is followed."""
    if len(block) > 1 or at + 1 >= len(lines):
        return False
    last, one, after = block[-1], lines[at], lines[at + 1]
    alike = abs(after.piece.size - one.piece.size) < 0.3 and abs(after.piece.left - one.piece.left) < 2
    step = after.piece.top - one.piece.top
    in_place = (after.run, after.piece.line.page) == (one.run, one.piece.line.page)
    return in_place and alike and 0.8 * one.piece.size < step and one.piece.top - last.piece.top > 1.6 * step


def _set_apart(last: Placed, one: Placed, usual: Measures, adjacent: bool) -> bool:
    """Say whether a numbered line is bolder, larger or further down than text that goes on would be."""
    bolder = one.piece.bold and not last.piece.bold
    larger = one.piece.size > last.piece.size + 0.3
    lower = adjacent and one.piece.top - last.piece.top > 1.25 * usual.pitch * max(1.0, one.piece.size / usual.size) + 1
    return bolder or larger or lower


def _title_goes_on(block: Sequence[Placed], one: Placed) -> bool:
    last = block[-1]
    if _look(last) != _look(one) or numbering(one.piece.text) or caption(one.piece.text):
        return False
    if not is_centred(one) or _said_again(block, one):
        return False
    heading = numbering(block[0].piece.text) is not None or caption(block[0].piece.text) is not None
    return is_full(last, one) or (heading and last.room < 4 * last.piece.size)


def _said_again(block: Sequence[Placed], one: Placed) -> bool:
    """Say whether a line says again what the heading above it says: the title of a document under that of its part."""
    said = re.sub(r"\W", "", "".join(line.piece.text for line in block))
    words = re.sub(r"\W|[\d①-⑳]{1,3}\W*$", "", one.piece.text.strip())
    return len(words) > 3 and words in said


def _indent_goes_on(block: Sequence[Placed], lines: Sequence[Placed], at: int, named: bool) -> bool:
    last, one = block[-1], lines[at]
    size = max(one.piece.size, 1.0)
    slack = 0.7 * size
    step = one.indent - last.indent
    if is_right(one) and one.indent > last.indent + 4 * size:
        return False
    if len(block) > 1:
        if abs(step) <= slack:
            return not (named and _item_follows(block, one))
        return False
    if step < -slack:
        if is_right(last) or (named and one.indent < slack and last.piece.text.rstrip()[-1:] in _FINAL):
            return False
        return not (named and one.indent < slack and _item_follows(block, one) and last.indent < 0.5 * size)
    if step > slack:
        return _hangs(block[0], one, lines, at)
    if named and (numbering(last.piece.text) or last.piece.text.rstrip()[-1:] in _FINAL):
        return False
    if last.indent < slack and _hanging_region(lines, at):
        return False
    if _reaches_together(block, one):
        return True
    return not _begins_indented(lines, at, last.piece.text.rstrip()[-1:] in _TERMINAL)


def _item_follows(block: Sequence[Placed], one: Placed) -> bool:
    """Say whether a numbered line at the edge of the paragraph begins an item of its own."""
    return bool(numbering(block[0].piece.text)) and block[-1].piece.text.rstrip()[-1:] in _FINAL and (
        abs(block[0].indent - one.indent) < 0.7 * one.piece.size
    )


def _hangs(first: Placed, one: Placed, lines: Sequence[Placed], at: int) -> bool:
    """Say whether a deeper line goes on with the first line of a paragraph (a hanging indent)."""
    size = max(one.piece.size, 1.0)
    step = one.indent - first.indent
    if (first.piece.bold and not one.piece.bold) or step > 8 * size or _opens_paragraph(lines, at):
        return False
    if numbering(first.piece.text):
        return True
    if first.indent > 0.7 * size:
        return False
    return _hanging_region(lines, at)


def _hangs_ragged(block: Sequence[Placed], one: Placed) -> bool:
    """Say whether a numbered line without room for the next character stops inside a sentence above a deeper one: an
    item set ragged in a document that is justified."""
    last = block[-1]
    deeper = one.indent - block[0].indent > 0.7 * max(one.piece.size, 1.0)
    inside = last.piece.text.rstrip()[-1:] not in _TERMINAL and is_wide(last.piece.text.rstrip()[-1:] or " ")
    return deeper and inside and numbering(block[0].piece.text) is not None and last.room < first_word_width(one.piece)


def _counts_on(lines: Sequence[Placed], at: int, named: Numbering) -> bool:
    """Say whether the number of a line counts one more than the last one of its kind above, at the same edge."""
    one = lines[at]
    for other in lines[max(0, at - 40): at][::-1]:
        before = numbering(other.piece.text)
        if before and (before.kind, before.level) == (named.kind, named.level):
            a, b = ordinal(other.piece.text, before), ordinal(one.piece.text, named)
            level = abs(other.indent - one.indent) < 0.7 * max(one.piece.size, 1.0)
            return level and a is not None and b == a + 1
    return False


def _opens_paragraph(lines: Sequence[Placed], at: int) -> bool:
    """Say whether a deeper line after a whole sentence is full, stops inside a sentence, and the line that goes on
    with it stands further out: a first line, not one that hangs."""
    last, one, after = lines[at - 1], lines[at], lines[at + 1] if at + 1 < len(lines) else None
    return (
        after is not None
        and last.piece.text.rstrip()[-1:] in _FINAL
        and one.piece.text.rstrip()[-1:] not in _FINAL
        and one.indent - after.indent > 0.7 * max(one.piece.size, 1.0)
        and numbering(after.piece.text) is None
        and _same_size(one, after)
        and is_full(one, after)
    )


def _hanging_region(lines: Sequence[Placed], at: int) -> bool:
    """Judge by the lines around ``at``, up to the next heading: has a full line at the edge a deeper one after it?"""
    deep = edge = 0
    for step in (1, -1):
        for i in range(at if step > 0 else at - 1, at + 30 if step > 0 else at - 30, step):
            if not 1 <= i < len(lines) or _breaks_region(lines[i], lines[at]):
                break
            before, one = lines[i - 1], lines[i]
            slack = 0.7 * max(one.piece.size, 1.0)
            if before.indent > slack or abs(before.piece.size - one.piece.size) > 0.6 or not is_full(before, one):
                continue
            deep += slack < one.indent < 12 * slack
            edge += one.indent <= slack
    return deep > edge


def _breaks_region(line: Placed, here: Placed) -> bool:
    other = abs(line.piece.size - here.piece.size) > 0.6 or (line.piece.bold and not here.piece.bold)
    return other or is_centred(line)


def _begins_indented(lines: Sequence[Placed], at: int, ended: bool) -> bool:
    """Say whether an indented line is the first of a paragraph: the one after it stands further left, or it is
    short and the line before it had ``ended``."""
    one = lines[at]
    slack = 0.7 * max(one.piece.size, 1.0)
    if at + 1 >= len(lines):
        return ended and one.indent > slack
    after = lines[at + 1]
    if is_full(one, after) and after.indent <= one.indent + slack:
        return one.indent - after.indent > slack
    return ended and one.indent > slack
