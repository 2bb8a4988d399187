"""What the rules look at: every text of an agreement with where it belongs, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from sco_docs.model import Agreement, Division, Place, Text


def divisions(items: tuple[Division, ...]) -> Iterator[Division]:
    """Yield every division, parents before children."""
    for item in items:
        yield item
        yield from divisions(item.children)


def texts(agreement: Agreement) -> Iterator[tuple[str, Text]]:
    """Yield every text of an agreement with the name of its part."""
    for name, text in (("the heading of the appendix", agreement.appendix_title), ("the title", agreement.title)):
        if text is not None:
            yield name, text
    for name, many in (("the lines before the text", agreement.lead), ("the preamble", agreement.preamble)):
        yield from ((name, text) for text in many)
    for division in divisions(agreement.body):
        name = f"{division.label.text.strip()} ({division.id})"
        for text in (division.label, *((division.heading,) if division.heading else ()), *division.paragraphs):
            yield name, text
    for name, many in (("the closing", agreement.closing), ("the signatures", agreement.signature_block)):
        yield from ((name, text) for text in many)
    if agreement.date_line is not None:
        yield "the date", agreement.date_line


def start(text: Text) -> Place | None:
    """Return where a text starts."""
    return text.lines[0].place if text.lines else None


def first_place(agreement: Agreement) -> Place | None:
    """Return where an agreement starts: the first place of its texts, else its first page."""
    places = (start(text) for _, text in texts(agreement))
    return next((place for place in places if place), Place(agreement.pages[0]) if agreement.pages[0] else None)


def name_of(agreement: Agreement) -> str:
    """Return how to call an agreement in a message."""
    title = agreement.title or agreement.appendix_title
    return f"Agreement {agreement.n}" + (f" ({title.text.strip()})" if title else "")
