"""Align two plain texts line by line, or collate them, with the language of each found out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sco_docs.align.collation import identical
from sco_docs.align.differences import differences
from sco_docs.align.embedder import Embedder
from sco_docs.align.lexicon import Lexicon, installed_lexicon
from sco_docs.align.units import align_units
from sco_docs.align.versions import least_relation, not_a_version, tongue, unrelated
from sco_docs.chinese.languages import language_of
from sco_docs.model import Agreement, Bead, Problem, Reading, Segment, Variant, VariantKind, Version

_SHARED = 0.3  # share of the base that a witness must have, at least
_LOST: frozenset[VariantKind] = frozenset({"omission", "substantive"})


def align_lines(
    a: Sequence[str],
    b: Sequence[str],
    names: tuple[str, str],
    lexicon: Lexicon | None = None,
    embedder: Embedder | None = None,
) -> tuple[tuple[Bead, ...], tuple[Problem, ...]]:
    """Return the beads of two sequences of lines; ``names`` are what problems call the two texts.

    Texts that are not versions of each other have no beads, and the problem ``not-a-version``; nor have texts
    without a letter of Chinese, English or Russian (``unknown-language``) or without any text (``empty-version``).
    """
    problems = _unfit(zip(names, map("".join, (a, b)), strict=True))
    if problems:
        return (), problems
    lexicon = lexicon or installed_lexicon()
    languages = (tongue(language_of("".join(a))), tongue(language_of("".join(b))))
    found = align_units(a, b, languages, lexicon, embedder)
    if unrelated(found, len(a), len(b), languages, lexicon):
        return (), (not_a_version(*names, found.relation, least_relation(languages)),)
    return found.beads, (identical(*names),) if tuple(a) == tuple(b) else ()


def line_version(siglum: str, lines: Sequence[str], source: str) -> Version:
    """Return lines as a version of an agreement of which nothing else is known, each line a segment."""
    language = language_of("".join(lines))
    agreement = Agreement(
        1, "lines", language, None, None, (), (), (), (), (), (), None, None, None, None, (), None, (0, 0)
    )
    found = [Segment(f"line.{n}", "line", "p", n - 1, 0, len(line), line) for n, line in enumerate(lines, 1)]
    return Version(siglum, language, agreement, tuple(found), source)


def _unfit(texts: Iterable[tuple[str, str]]) -> tuple[Problem, ...]:
    problems = []
    for name, text in texts:
        if not text.strip():
            problems.append(Problem("empty-version", "error", f"{name}: has no text to compare; check the file."))
        elif language_of(text) == "und":
            message = f"{name}: has no Chinese, English or Russian text to compare; check the file and its encoding."
            problems.append(Problem("unknown-language", "error", message))
    return tuple(problems)


def collate_texts(witnesses: Sequence[tuple[str, str]]) -> tuple[tuple[Variant, ...], tuple[Problem, ...]]:
    """Return the variants of plain texts (name, text), each against the first; offsets are of the texts as given.

    Problems: an empty text, texts of different languages or without much in common (``error``), a text that
    was given twice (``info``).
    """
    problems = _unfit(witnesses)
    if problems:
        return (), problems
    (base_name, base), *others = witnesses
    words = installed_lexicon().words
    found: list[tuple[int, int, Variant]] = []
    notes: list[Problem] = []
    for rank, (name, text) in enumerate(others):
        if text == base:
            notes.append(identical(base_name, name))
        found_here = differences(base, text, words)
        kept = 1 - sum(d.a_end - d.a_start for d in found_here if d.kind in _LOST) / len(base)
        if tongue(language_of(text)) != tongue(language_of(base)) or kept < _SHARED:
            return (), (not_a_version(base_name, name, kept, _SHARED),)
        for d in found_here:
            readings = (
                Reading(base_name, "", d.a_start, d.a_end, base[d.a_start : d.a_end]),
                Reading(name, "", d.b_start, d.b_end, text[d.b_start : d.b_end]),
            )
            found.append((d.a_start, rank, Variant(d.kind, readings)))
    return tuple(variant for _, _, variant in sorted(found, key=lambda entry: entry[:2])), tuple(notes)
