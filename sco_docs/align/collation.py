"""Collate witnesses of one language: every place where they differ, with what each of them reads."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from sco_docs.align.differences import Difference, differences
from sco_docs.align.lexicon import installed_lexicon
from sco_docs.model import Problem, Reading, Variant, Version


@dataclass(frozen=True, slots=True)
class _Joined:
    """The segments of a version as one text, with where each begins."""

    version: Version
    text: str
    starts: tuple[int, ...]


def collate(versions: Sequence[Version]) -> tuple[tuple[Variant, ...], tuple[Problem, ...]]:
    """Return the variants of two or more versions of one language, in the order of the first, the base.

    Each variant compares the base with one witness, so its readings are two; places where several witnesses
    differ from the base stand next to each other.
    """
    base, *witnesses = [_joined(version) for version in versions]
    words = installed_lexicon().words
    found: list[tuple[int, int, Variant]] = []
    problems: list[Problem] = []
    for rank, witness in enumerate(witnesses):
        if witness.text == base.text:
            problems.append(identical(base.version.siglum, witness.version.siglum))
        for d in differences(base.text, witness.text, words):
            found.append((d.a_start, rank, Variant(d.kind, _readings(base, witness, d))))
    return tuple(variant for _, _, variant in sorted(found, key=lambda entry: entry[:2])), tuple(problems)


def identical(base: str, witness: str) -> Problem:
    """Return the remark that a witness is the base again."""
    return Problem(
        "identical-witness",
        "info",
        f"{witness} reads exactly as {base}.",
        advice="Check that the same file was not given twice.",
    )


def _joined(version: Version) -> _Joined:
    texts = [segment.text for segment in version.segments]
    starts = tuple(accumulate((len(text) for text in texts), initial=0))
    return _Joined(version, "".join(texts), starts)


def _readings(base: _Joined, witness: _Joined, d: Difference) -> tuple[Reading, Reading]:
    """The readings; where whole segments are missing on a side, its place is the end of what precedes."""
    return (
        _reading(base, d.a_start, d.a_end, _whole(witness, d.b_start, d.b_end)),
        _reading(witness, d.b_start, d.b_end, _whole(base, d.a_start, d.a_end)),
    )


def _whole(joined: _Joined, start: int, end: int) -> bool:
    return start < end and start in joined.starts and end in joined.starts


def _reading(joined: _Joined, start: int, end: int, after: bool) -> Reading:
    """The reading by the segment in which it begins; it may run on into the next."""
    find = bisect_left if after and start == end else bisect_right
    index = max(min(find(joined.starts, start) - 1, len(joined.version.segments) - 1), 0)
    segment = joined.version.segments[index].id if joined.version.segments else ""
    offset = joined.starts[index]
    return Reading(joined.version.siglum, segment, start - offset, end - offset, joined.text[start:end])
