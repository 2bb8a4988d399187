"""The verbs that read plain text: convert, audit."""

from __future__ import annotations

from pathlib import Path

from sco_docs.chinese.audit import audit, fingerprint
from sco_docs.chinese.restore import restore
from sco_docs.chinese.script import convert
from sco_docs.errors import ConfigError
from sco_docs.model import Artefact, Conversion
from sco_docs.pipeline import terms_of
from sco_docs.readers.raw import text_of
from sco_docs.writers import datafiles


def convert_text(
    content: bytes, to: str, *, source: str | None, terms: Path | None, restored: bool, name: str
) -> tuple[Conversion, tuple[Artefact, ...]]:
    """Return a UTF-8 text in the script ``to`` with the choices that are not certain, and what was restored.

    Raises ``ConfigError`` for a tag that is not known or a bad line of terms, ``SourceError`` for bytes that are
    not UTF-8.
    """
    text = text_of(content, name)
    own = terms_of(terms) if terms else ()
    if not restored:
        return convert(text, to, source, terms=own), ()
    if to != "zh-Hans":
        raise ConfigError(f"{name}: --restore gives back a Simplified original; use it with --to zh-Hans.")
    return restore(text, terms=own)


def audit_bytes(content: bytes, name: str) -> tuple[list[datafiles.Record], str]:
    """Return the suspects of a UTF-8 text as records, and in a line how it was converted."""
    found = audit(text_of(content, name))
    mark = fingerprint(found)
    evidence = f" ({'、'.join(mark.evidence[:8])})" if mark.evidence else ""
    return [datafiles.suspect_record(artefact) for artefact in found], f"Converted by: {mark.kind}{evidence}."
