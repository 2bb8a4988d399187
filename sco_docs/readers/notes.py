"""The editor's notes: ``notes.toml``, or W3C Web Annotations as Hypothesis and others export them."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sco_docs.errors import ConfigError
from sco_docs.model import EditorNote, Problem

_KEYS = {
    "id": str,
    "body": str,
    "agreement": int,
    "unit": str,
    "exact": str,
    "prefix": str,
    "suffix": str,
    "author": str,
}


def read_notes(path: Path) -> tuple[tuple[EditorNote, ...], tuple[Problem, ...]]:
    """Return the notes of a file: TOML with a ``[[note]]`` for each, or JSON-LD of W3C Web Annotations.

    Raises ``ConfigError`` that names the file and what is wrong with it. Two notes with one id are both kept,
    the second under an id of its own, with a problem.
    """
    try:
        content = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: the notes cannot be read ({error}); save them as UTF-8.") from error
    notes = (
        parse_annotations(content, path.name) if path.suffix.lower() in (".json", ".jsonld") else _toml(content, path)
    )
    return _distinct(notes, path.name)


def _toml(content: str, path: Path) -> tuple[EditorNote, ...]:
    try:
        found = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: cannot be read as TOML ({error}); correct it there.") from error
    entries = found.get("note", [])
    if not isinstance(entries, list) or set(found) - {"note"}:
        raise ConfigError(f"{path}: may hold nothing but [[note]] tables; write each note as one.")
    return tuple(_entry(entry, number, path) for number, entry in enumerate(entries, 1))


def _entry(entry: object, number: int, path: Path) -> EditorNote:
    if not isinstance(entry, dict):
        raise ConfigError(f"{path}: note {number} is not a table; write it below a line [[note]].")
    for key, value in entry.items():
        if key not in _KEYS:
            raise ConfigError(f"{path}: note {number} has {key!r}; a note may have {', '.join(_KEYS)}.")
        if not isinstance(value, _KEYS[key]) or isinstance(value, bool):
            raise ConfigError(f"{path}: {key} of note {number} must be a {_KEYS[key].__name__}, not {value!r}.")
    for key in ("id", "body"):
        if not entry.get(key):
            raise ConfigError(f"{path}: note {number} has no {key}; give it one.")
    return EditorNote(**entry)


def parse_annotations(content: str, name: str) -> tuple[EditorNote, ...]:
    """Return the notes of a JSON-LD document: one annotation, a list, a page or a collection of them.

    Web Annotation Data Model, 3.2 (bodies) and 4.2.4 (Text Quote Selector); the form of Hypothesis's own export
    (``rows`` with ``text``) is read too. Raises ``ConfigError``.
    """
    try:
        document = json.loads(content)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ConfigError(f"{name}: is not JSON ({error}); export the annotations again.") from error
    return tuple(_annotation(entry, number) for number, entry in enumerate(_annotations(document), 1))


def _annotations(document: Any) -> Iterator[dict[str, Any]]:
    if isinstance(document, list):
        for entry in document:
            yield from _annotations(entry)
    elif isinstance(document, dict):
        for key in ("items", "rows", "annotations", "first"):
            if key in document and "target" not in document:
                yield from _annotations(document[key])
        if "target" in document:
            yield document


def _annotation(entry: dict[str, Any], number: int) -> EditorNote:
    target = _first(entry.get("target"))
    quote: dict[str, Any] = next(
        (s for s in _selectors(target) if s.get("type") == "TextQuoteSelector"), {}
    )  # fmt: skip
    source = str((target.get("source") if isinstance(target, dict) else target) or entry.get("uri") or "")
    file = re.search(r"(?:^|/)0*(\d+)-[^/#]*(?:#(?:[^#]*\.u\.)?([^#]*))?$", source)
    return EditorNote(
        id=str(entry.get("id") or f"annotation-{number}"),
        body=_body(entry),
        agreement=int(file[1]) if file else None,
        unit=(file[2] or None) if file else None,
        exact=str(quote.get("exact") or ""),
        prefix=str(quote.get("prefix") or ""),
        suffix=str(quote.get("suffix") or ""),
        author=_author(entry),
    )


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _selectors(target: Any) -> Iterator[dict[str, Any]]:
    found = target.get("selector") if isinstance(target, dict) else None
    for selector in found if isinstance(found, list) else [found]:
        if isinstance(selector, dict):
            yield selector
            yield from _selectors({"selector": selector.get("refinedBy")})


def _body(entry: dict[str, Any]) -> str:
    bodies = entry.get("body", entry.get("bodyValue", entry.get("text", "")))
    values = [
        str(body.get("value", "")) if isinstance(body, dict) else str(body)
        for body in (bodies if isinstance(bodies, list) else [bodies])
        if not (isinstance(body, dict) and body.get("purpose") == "tagging")
    ]
    return "\n\n".join(value for value in values if value)


def _author(entry: dict[str, Any]) -> str | None:
    creator = _first(entry.get("creator")) or entry.get("user")
    name = creator.get("name") or creator.get("id") if isinstance(creator, dict) else creator
    return re.sub(r"^acct:", "", str(name)) if name else None


def _distinct(notes: tuple[EditorNote, ...], name: str) -> tuple[tuple[EditorNote, ...], tuple[Problem, ...]]:
    kept: dict[str, EditorNote] = {}
    problems: list[Problem] = []
    for note in notes:
        ident, number = note.id, 2
        while ident in kept:
            ident, number = f"{note.id}-{number}", number + 1
        if ident != note.id:
            message = f"{name}: two notes have the id {note.id}; the second is kept as {ident}."
            problems.append(Problem("note-id-twice", "error", message, None, note.body[:60], "Give it another id."))
        kept[ident] = EditorNote(
            ident, note.body, note.agreement, note.unit, note.exact, note.prefix, note.suffix, note.author
        )
    return tuple(kept.values()), tuple(problems)
