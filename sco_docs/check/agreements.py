"""Rules for one agreement in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from sco_docs.check.walk import divisions, first_place, name_of, start, texts
from sco_docs.model import Agreement, Division, Problem

Rule = Callable[[Agreement], Iterator[Problem]]


def missing_date(agreement: Agreement) -> Iterator[Problem]:
    """An agreement has a date of signature, at least in the heading of the appendix."""
    if agreement.date_signed is None and agreement.date_heading is None:
        yield Problem(
            "missing-date",
            "warning",
            f"{name_of(agreement)} has no date.",
            first_place(agreement),
            agreement.date_line.text if agreement.date_line else "",
            "Look for the date in the text; a form that was not read belongs in data/numerals.tsv.",
        )


def missing_title(agreement: Agreement) -> Iterator[Problem]:
    """An agreement has a title of its own or a heading in the appendix."""
    if agreement.title is None and agreement.appendix_title is None:
        message = f"{name_of(agreement)} has no title."
        yield Problem("missing-title", "warning", message, first_place(agreement), advice="Look at the page.")


def empty_agreement(agreement: Agreement) -> Iterator[Problem]:
    """An agreement has text between its title and its signatures."""
    if not (agreement.preamble or agreement.body or agreement.closing):
        message = f"{name_of(agreement)} has no text."
        advice = "Look whether the heading stands alone in the source or the text was taken for something else."
        yield Problem("agreement-empty", "error", message, first_place(agreement), advice=advice)


def missing_signatories(agreement: Agreement) -> Iterator[Problem]:
    """Who signed is printed below an agreement."""
    if not agreement.signatories and (agreement.body or agreement.preamble):
        message = f"{name_of(agreement)} has no signatories."
        advice = "Look at the end of the text; titles of those who sign belong in data/signature_words.tsv."
        yield Problem("missing-signatories", "info", message, first_place(agreement), advice=advice)


def numbers_without_gaps(agreement: Agreement) -> Iterator[Problem]:
    """Articles, and the items of each of them, count without gaps and without repetition."""
    yield from _gaps(agreement, agreement.body)
    for division in divisions(agreement.body):
        yield from _gaps(agreement, division.children)


def _gaps(agreement: Agreement, siblings: Sequence[Division]) -> Iterator[Problem]:
    for before, after in pairwise(siblings):
        if before.number is None or after.number is None or after.number in (before.number + 1, 1):
            continue
        again = after.number <= before.number
        message = f"{name_of(agreement)}: {after.label.text.strip()} follows {before.label.text.strip()}; " + (
            "a number is there twice." if again else "a number is missing between them."
        )
        yield Problem(
            "number-twice" if again else "number-gap",
            "warning",
            message,
            start(after.label),
            f"{before.label.text}{after.label.text}",
            "Look at the page: the label may be misread, or the source itself skips the number.",
        )


def pages_in_order(agreement: Agreement) -> Iterator[Problem]:
    """The text runs forward over the pages."""
    last = 0
    for name, text in texts(agreement):
        for line in text.lines:
            if line.place.page < last:
                message = f"{name_of(agreement)}: {name} stands on page {line.place.page}, after page {last}."
                advice = "Look whether a part of another agreement was taken for a part of this one."
                yield Problem("pages-backwards", "warning", message, line.place, text.text[:40], advice)
                return
            last = line.place.page


AGREEMENT_RULES: tuple[Rule, ...] = (
    missing_title,
    missing_date,
    empty_agreement,
    missing_signatories,
    numbers_without_gaps,
    pages_in_order,
)
