"""A whole agreement in another script: every text converted, every place, change and note kept."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sco_docs.chinese.audit import audit
from sco_docs.chinese.restore import restore
from sco_docs.chinese.script import TAGS, convert
from sco_docs.chinese.terms import Term
from sco_docs.chinese.texts import place_at
from sco_docs.model import Agreement, Artefact, Conversion, Division, Problem, Signatory, Text

_GLUE = "\n"


def convert_agreement(
    agreement: Agreement, to: str, *, terms: tuple[Term, ...] = (), restored: bool = False
) -> tuple[Agreement, tuple[Problem, ...]]:
    """Return the agreement in the script ``to`` (a BCP 47 tag), with the same division ids and numbers.

    The whole agreement is converted as one text, so that script and context are judged once. Choices that
    were not certain come back as problems ``uncertain-character``, with their place on the page. ``restored``
    undoes an earlier conversion to Traditional on the way to ``zh-Hans``; each change is a problem ``restored``.
    """
    texts = _texts(agreement)
    joined = _GLUE.join(text.text for text in texts)
    if restored and to == "zh-Hans":
        result, artefacts = restore(joined, terms=terms)
    else:
        source = agreement.language if agreement.language in TAGS else None
        result, artefacts = convert(joined, to, source, terms=terms), ()
    converted = iter(tuple(_split(texts, result)))
    changed = map_texts(agreement, lambda _: next(converted), lambda _: next(converted).text)
    problems = (*result.problems, *_uncertain(texts, result), *_restorations(texts, artefacts))
    return replace(changed, language=to), problems


def audit_agreement(agreement: Agreement) -> tuple[Artefact, ...]:
    """Return what an earlier conversion spoiled in an agreement, with its number and the place on the page.

    Offsets are of the text (paragraph, label, heading …) in which the suspect stands; the whole agreement is
    judged as one document, without the heading that the thesis gave it.
    """
    texts: list[Text] = []

    def collect(text: Text) -> Text:
        texts.append(text)
        return text

    map_texts(replace(agreement, appendix_title=None), collect, lambda word: word)
    found = audit(_GLUE.join(text.text for text in texts))
    if all(artefact.kind in ("regional term", "name variant") for artefact in found):
        return ()
    artefacts = []
    for artefact in found:
        text, offset = _where(texts, artefact.start)
        artefacts.append(
            replace(
                artefact,
                start=offset,
                end=offset + artefact.end - artefact.start,
                agreement=agreement.n,
                place=place_at(text, offset),
            )
        )
    return tuple(artefacts)


def _texts(agreement: Agreement) -> list[Text]:
    texts: list[Text] = []

    def collect(text: Text) -> Text:
        texts.append(text)
        return text

    map_texts(agreement, collect, lambda word: collect(Text(word)).text)
    return texts


def map_texts(agreement: Agreement, change: Callable[[Text], Text], rename: Callable[[str], str]) -> Agreement:
    """Return the agreement with ``change`` applied to every text and ``rename`` to every word taken from the texts
    (signatories, place, provisions), always in the same order."""

    def word(value: str | None) -> str | None:
        return rename(value) if value else value

    def maybe(text: Text | None) -> Text | None:
        return change(text) if text else text

    def each(texts: Sequence[Text]) -> tuple[Text, ...]:
        return tuple(map(change, texts))

    def division(item: Division) -> Division:
        return replace(
            item,
            label=change(item.label),
            heading=maybe(item.heading),
            paragraphs=each(item.paragraphs),
            children=tuple(map(division, item.children)),
        )

    def signatory(item: Signatory) -> Signatory:
        return replace(
            item, party=word(item.party), capacity=word(item.capacity), name=word(item.name), mark=word(item.mark)
        )

    return replace(
        agreement,
        appendix_title=maybe(agreement.appendix_title),
        title=maybe(agreement.title),
        lead=each(agreement.lead),
        preamble=each(agreement.preamble),
        body=tuple(map(division, agreement.body)),
        closing=each(agreement.closing),
        signature_block=each(agreement.signature_block),
        signatories=tuple(map(signatory, agreement.signatories)),
        date_line=maybe(agreement.date_line),
        place_signed=word(agreement.place_signed),
        provisions=tuple(
            replace(item, text=word(item.text) or "", value=word(item.value) or "") for item in agreement.provisions
        ),
    )


def _split(texts: Sequence[Text], result: Conversion) -> Iterator[Text]:
    """Cut the converted whole at its line feeds, and move lines, changes and notes with the characters."""
    start = at = 0
    for text in texts:
        end = start + len(text.text)
        stop = _offset(result, end)
        yield _moved(text, result, start, at, stop)
        start, at = end + 1, stop + 1


def _offset(result: Conversion, source: int) -> int:
    """Return the offset in the result of the character that was at ``source``."""
    if isinstance(result.positions, range):
        return source
    return bisect_left(result.positions, source)


def _moved(text: Text, result: Conversion, start: int, at: int, stop: int) -> Text:
    def move(offset: int) -> int:
        return _offset(result, start + offset) - at

    return Text(
        result.text[at:stop],
        tuple(replace(line, offset=move(line.offset)) for line in text.lines),
        tuple(replace(change, start=move(change.start), end=move(change.end)) for change in text.changes),
        tuple(replace(note, offset=move(note.offset)) for note in text.notes),
    )


def _where(texts: Sequence[Text], offset: int) -> tuple[Text, int]:
    """Return the text in which an offset of the joined whole lies, and the offset in it."""
    for text in texts:
        if offset <= len(text.text):
            return text, offset
        offset -= len(text.text) + len(_GLUE)
    raise IndexError("offset beyond the last text")


def _uncertain(texts: Sequence[Text], result: Conversion) -> Iterator[Problem]:
    for decision in result.decisions:
        text, offset = _where(texts, decision.start)
        yield Problem(
            "uncertain-character",
            "info",
            f"{text.text[offset : offset + decision.end - decision.start]} was converted to {decision.chosen}; "
            f"{' or '.join(decision.alternatives)} is possible ({decision.evidence}).",
            place_at(text, offset),
            text.text[max(0, offset - 8) : offset + 8],
            "Look at the context; put the word into the table of terms if the choice is wrong.",
        )


def _restorations(texts: Sequence[Text], artefacts: Sequence[Artefact]) -> Iterator[Problem]:
    for artefact in artefacts:
        text, offset = _where(texts, artefact.start)
        yield Problem(
            "restored",
            "info",
            f"{artefact.text} was read as {artefact.suggestion} ({artefact.kind}).",
            place_at(text, offset),
            text.text[max(0, offset - 8) : offset + 8],
            "Compare the original if it can be found.",
        )
