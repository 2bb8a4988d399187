"""The parts of one document: title, editor's lead, preamble, body, closing, signature block, date line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sco_docs.chinese.dates import find_dates
from sco_docs.chinese.texts import join_texts, plain, slice_text, strip_text
from sco_docs.model import Block, Division, Problem, Text
from sco_docs.structure.cuts import join_broken
from sco_docs.structure.divisions import find_divisions
from sco_docs.structure.markers import read_markers
from sco_docs.structure.provisions import is_date_line
from sco_docs.structure.shapes import looks_like_heading
from sco_docs.structure.signature_block import Signed, cut_parties, find_signed
from sco_docs.structure.words import names_document, words

_UPPER = ("container", "annex", "article")
_PARENTHESES = re.compile(r"\s*[（(\[【].*[）)\]】]\s*$")
_STOPS = re.compile(r"[。；：:]|[，,.]$")
_LONGEST_NAME = 160
_RECORD = re.compile(r"\s*[\w\u3400-\u9fff ]{2,12}[：:]\s*\S.{0,80}$")


@dataclass(frozen=True, slots=True)
class Parts:
    """A document taken apart; nothing of it is left out."""

    title: Text | None
    lead: tuple[Text, ...]
    preamble: tuple[Text, ...]
    body: tuple[Division, ...]
    closing: tuple[Text, ...]
    signed: Signed
    problems: tuple[Problem, ...]


def read_parts(blocks: Sequence[Block]) -> Parts:
    """Take a document apart. Each block is a paragraph or a line of columns; a row of a table becomes a paragraph.

    Lines that only give the address of a source belong to the editor and end the lead.
    """
    pieces = [piece for block in blocks for piece in _pieces(block)]
    sources = [piece for piece in pieces if words("source").match(piece.text.text.strip())]
    flow = join_broken(cut_parties([piece for piece in pieces if piece not in sources]))
    cut = _annexes(flow)
    main, annexes = flow[:cut], flow[cut:]
    signed = find_signed(main)
    after = main[signed.end :]
    title, main = _title(main[: signed.start])
    before, body, problems = find_divisions([*main, *annexes])
    lead, preamble = _lead(before, title)
    lead += tuple(block.text for block in sources)
    if title is not None:
        title, lead = _without_name(title, lead)
    closing: tuple[Text, ...] = ()
    first = next((k for k, d in enumerate(body) if annexes and d.label == _label(annexes[0], d)), len(body))
    if first:
        main_body, closing = _closing(body[:first])
        body = (*main_body, *body[first:])
    elif not body:
        preamble, closing = _split(preamble, 1)
    closing += tuple(block.text for block in after)
    return Parts(title, lead, preamble, body, closing, signed, problems)


def _label(block: Block, division: Division) -> Text:
    """Return what of a block would be the label of ``division``, if it opens there."""
    return strip_text(slice_text(block.text, 0, len(division.label.text)))


def _pieces(block: Block) -> list[Block]:
    if block.table is not None and not block.text.text.strip():
        rows = (" ".join(cell for cell in row if cell) for row in block.table.rows)
        return [replace(block, text=plain(row, block.table.place), table=None) for row in rows if row]
    return [block] if block.text.text.strip() else []


def _annexes(blocks: Sequence[Block]) -> int:
    """Return where the annexes begin that stand after a signature block (the number of blocks where none do)."""
    for index, block in enumerate(blocks):
        text = block.text.text
        markers = [m for m in read_markers(text) if m.kind == "annex"]
        if index and markers and looks_like_heading(text) and find_signed(blocks[:index]).signatories:
            return index
    return len(blocks)


# ---------------------------------------------------------------- the beginning


def _title(blocks: Sequence[Block]) -> tuple[Text | None, list[Block]]:
    """Return the title and the blocks after it; a title of several lines goes on until it names a kind of document."""
    size, named = 0, False
    while size < min(4, len(blocks)) and _may_be_title(blocks[size]):
        size += 1
        in_capitals = size < len(blocks) and blocks[size - 1].text.text.isupper() and blocks[size].text.text.isupper()
        named = named or names_document(blocks[size - 1].text.text.strip(" 《》"))
        if named and not in_capitals:
            break
    if not named:
        size = min(size, 1)
    if not size:
        return None, list(blocks)
    return join_texts([block.text for block in blocks[:size]], " "), list(blocks[size:])


def _without_name(title: Text, lead: tuple[Text, ...]) -> tuple[Text, tuple[Text, ...]]:
    """Part what only says that a title follows (``法規名稱：``, the date line of a news agency) from the title."""
    match = words("title_label").match(title.text)
    if match is None or match.end() == len(title.text):
        return title, lead
    return slice_text(title, match.end()), (slice_text(title, 0, match.end()), *lead)


def _may_be_title(block: Block) -> bool:
    text = block.text.text.strip()
    named = len(text) <= _LONGEST_NAME and names_document(text.strip("《》 ")) and not _STOPS.search(text)
    if not (named or looks_like_heading(text)) or is_date_line(text) or words("contents").fullmatch(text):
        return False
    return not any(marker.kind in _UPPER or marker.kind == "item" for marker in read_markers(text))


def _lead(before: tuple[Text, ...], title: Text | None) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """Part the editor's lines from the preamble: a news lead, a line about the adoption, a table of contents."""
    name = _bare(title.text) if title else ""
    end = next((k + 1 for k, text in enumerate(before) if words("lead_end").search(text.text.strip())), 0)
    if 0 < end < len(before) and looks_like_heading(before[end].text) and names_document(before[end].text):
        end += 1
    while end < len(before):
        text = before[end].text.strip()
        if _bare(text) != name and not _is_record(text) and not words("contents").fullmatch(text):
            break
        end += 1
        if words("contents").fullmatch(text):
            while end < len(before) and (read_markers(before[end].text) or looks_like_heading(before[end].text)):
                end += 1
    return before[:end], before[end:]


def _is_record(text: str) -> bool:
    return bool(_PARENTHESES.match(text) or words("separator").fullmatch(text.strip())
                or is_date_line(text) or _is_dated(text) or (_RECORD.match(text) and not names_document(text)))


def _is_dated(text: str) -> bool:
    """Whether a line says when something was done to the text: a date, then words that are no sentence."""
    dates = find_dates(text)
    return bool(dates) and dates[0].start == 0 and not re.search(r"[，。；：,;]", text)


def _bare(text: str) -> str:
    return re.sub(r"[《》\s]", "", text)


# ---------------------------------------------------------------- the closing


def _closing(body: tuple[Division, ...]) -> tuple[tuple[Division, ...], tuple[Text, ...]]:
    """Take the closing out of the last division of the text, into which it fell for want of a marker."""
    last = body[-1]
    if last.children:
        children, closing = _closing(last.children)
        return (*body[:-1], replace(last, children=children)), closing
    paragraphs, closing = _split(last.paragraphs, 1)
    return (*body[:-1], replace(last, paragraphs=paragraphs)), closing


def _split(paragraphs: tuple[Text, ...], first: int) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    for index in range(first, len(paragraphs)):
        if words("closing").match(paragraphs[index].text.strip()):
            return paragraphs[:index], paragraphs[index:]
    return paragraphs, ()
