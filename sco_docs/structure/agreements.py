"""The agreements of a source, taken apart: from blocks to preamble, articles, closing and signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sco_docs.chinese.dates import first_date
from sco_docs.chinese.languages import language_of
from sco_docs.chinese.texts import place_at
from sco_docs.model import Agreement, Block, Division, Layout, Note, Problem, Source, Text
from sco_docs.structure.appendix import Printed, appendix_name, find_printed
from sco_docs.structure.outline import OutlineItem
from sco_docs.structure.parts import Parts, read_parts
from sco_docs.structure.provisions import find_provisions, when_and_where
from sco_docs.structure.tongues import by_language
from sco_docs.structure.urls import find_url
from sco_docs.structure.words import words

_WORDS_OF_ID = 6
Problems = tuple[Problem, ...]


def read_agreements(
    source: Source, layout: Layout, outline: Sequence[OutlineItem]
) -> tuple[tuple[Agreement, ...], Problems]:
    """Return every agreement that the source prints in full, in the order of print, and what is odd about them.

    A plain law or treaty is one agreement (``n`` is 1). A bilingual document gives one record for each language with
    the same ``n``. A document without divisions comes out as paragraphs, with a problem.
    """
    notes = {note.id: _note_text(note, layout) for note in layout.notes}
    found: list[Agreement] = []
    problems: list[Problem] = []
    for n, printed in enumerate(find_printed(layout, outline), 1):
        for blocks in by_language(printed.blocks):
            parts = read_parts(blocks)
            found.append(_agreement(n, printed, blocks, parts, notes))
            problems += parts.problems
            if not parts.body:
                problems.append(_without_divisions(source, n, blocks))
    return tuple(found), tuple(problems)


def _note_text(note: Note, layout: Layout) -> str:
    """Return the text of a note; of one that is only called, the last block that begins with its label."""
    if note.text.text or not note.label:
        return note.text.text
    opening = re.compile(re.escape(note.label) + r"[\s.．、)）]")
    return next((block.text.text for block in reversed(layout.blocks) if opening.match(block.text.text)), "")


def _agreement(n: int, printed: Printed, blocks: Sequence[Block], parts: Parts, notes: dict[str, str]) -> Agreement:
    heading = printed.heading
    signed = parts.signed
    date, place = when_and_where(signed.date_line, parts.closing, parts.lead)
    date_heading = first_date(heading.text) if heading else None
    body = list(_paragraphs(parts.body))
    called = tuple(_notes([*([heading] if heading else []), *(block.text for block in blocks)]))
    of_title = tuple(_notes([text for text in (heading, parts.title) if text]))
    pages = [block.page for block in blocks] or [1]
    return Agreement(
        n=n,
        id=_id(n, date_heading or date, parts.title),
        language=language_of("\n".join(block.text.text for block in blocks)),
        appendix_title=heading,
        title=parts.title or (appendix_name(heading) if heading else None),
        lead=parts.lead,
        preamble=parts.preamble,
        body=parts.body,
        closing=parts.closing,
        signature_block=signed.lines,
        signatories=signed.signatories,
        date_line=signed.date_line,
        date_heading=date_heading,
        date_signed=date,
        place_signed=place,
        notes=called,
        source_url=_url([notes.get(note, "") for note in (*of_title, *called)], blocks),
        pages=(min(pages), max(pages)),
        provisions=find_provisions((*body, *parts.closing)),
    )


def _id(n: int, date: str | None, title: Text | None) -> str:
    """Return a name in ASCII that does not change with the notes or the pages: the number and the date, or where there
    is none, the first words of a title in Latin letters."""
    words_of_title = re.findall(r"[a-z0-9]+", title.text.lower()) if title and title.text.isascii() else []
    return "-".join([f"{n:02d}", *([date] if date else words_of_title[:_WORDS_OF_ID])])


def _url(notes: Sequence[str], blocks: Sequence[Block]) -> str | None:
    """Return the address of the source: from a note to the title, else from the first note that gives one, else from a
    line of the text that is nothing but a source."""
    lines = (block.text.text for block in blocks if words("source").match(block.text.text.strip()))
    return next((url for text in (*notes, *lines) if (url := find_url(text))), None)


def _paragraphs(divisions: Iterable[Division]) -> Iterator[Text]:
    for division in divisions:
        yield from division.paragraphs
        yield from _paragraphs(division.children)


def _notes(texts: Iterable[Text]) -> Iterator[str]:
    seen: set[str] = set()
    for text in texts:
        for mark in text.notes:
            if mark.note not in seen:
                seen.add(mark.note)
                yield mark.note


def _without_divisions(source: Source, n: int, blocks: Sequence[Block]) -> Problem:
    first = next((block.text for block in blocks if block.text.text), Text(""))
    return Problem(
        "no-divisions", "warning",
        f"Agreement {n} of {source.name} has no numbered divisions; it is kept as paragraphs.",
        place_at(first, 0), first.text[:40], "Check that the file holds the text of an agreement or a law.",
    )
