"""The Simplified original that a machine-converted Traditional text most likely came from."""

from __future__ import annotations

from sco_docs.chinese.audit import audit
from sco_docs.chinese.script import convert
from sco_docs.chinese.terms import Term
from sco_docs.model import Artefact, Conversion


def restore(text: str, *, terms: tuple[Term, ...] = ()) -> tuple[Conversion, tuple[Artefact, ...]]:
    """Return a Traditional text in Simplified characters as its original most likely read, and every change made.

    First what the audit suspects is put back, then the script is converted without its regional phrases;
    a text that is in Simplified characters already stays as it is. The positions lead to ``text``.
    """
    artefacts = audit(text)
    pieces: list[str] = []
    origins: list[int] = []
    done = 0
    for artefact in artefacts:
        last = artefact.end - artefact.start - 1
        pieces += [text[done : artefact.start], artefact.suggestion]
        origins += [
            *range(done, artefact.start),
            *(artefact.start + min(offset, last) for offset in range(len(artefact.suggestion))),
        ]
        done = artefact.end
    pieces.append(text[done:])
    origins += range(done, len(text))
    result = convert("".join(pieces), "zh-Hans", terms=terms)
    if not artefacts:
        return result, ()
    positions = tuple(origins[offset] for offset in result.positions)
    return Conversion(result.text, positions, result.language, result.decisions, result.problems), artefacts
