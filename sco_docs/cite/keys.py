"""Stable keys: the first author in pinyin, the year, its letter; never two that differ only in case."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sco_docs.cite.people import family_name, pinyin
from sco_docs.model import Reference

_TITLE_LETTERS = 12


def with_keys(references: Sequence[Reference]) -> tuple[Reference, ...]:
    """Return the references with their keys. A key does not depend on the order of the list, except for entries that
    have author, year and title in common."""
    titles = [title_key(reference.title) for reference in references]
    keys = unique([base_key(reference) for reference in references], titles)
    return tuple(replace(reference, key=key) for reference, key in zip(references, keys, strict=True))


def base_key(reference: Reference) -> str:
    """Return name, year and letter: ``yuyouhui2001``, ``xinhuashe2012c``, ``waltz1979``, ``anonnd``."""
    people = reference.authors or reference.editors or reference.translators
    name = (
        pinyin(family_name(re.sub(r"\s*[（(][^（()）]*[）)]$", "", people[0])))
        if people
        else pinyin(reference.title or reference.raw)
    )
    year = re.sub(r"\W", "", str(reference.year)) if reference.year else "nd"
    return f"{name or 'anon'}{year}{reference.year_suffix or ''}"


def title_key(title: str | None) -> str:
    """Return the beginning of a title in pinyin, cut after whole syllables."""
    return pinyin(re.sub(r"^\W+", "", title or ""), _TITLE_LETTERS)


def unique(keys: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    """Return the keys, all members of a collision (in any case of letters) lengthened by ``more``, then numbered."""
    counts = Counter(key.lower() for key in keys)
    longer = [f"{key}{more[n]}" if counts[key.lower()] > 1 else key for n, key in enumerate(keys)]
    taken: set[str] = set()
    result = []
    for key in longer:
        candidate, n = key, 1
        while candidate.lower() in taken:
            n += 1
            candidate = f"{key}-{n}"
        taken.add(candidate.lower())
        result.append(candidate)
    return tuple(result)
