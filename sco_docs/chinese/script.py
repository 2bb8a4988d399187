"""Conversion between Traditional and Simplified Chinese, with the way back from every character."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from sco_docs.chinese.decisions import decide, scopes
from sco_docs.chinese.detect import detect
from sco_docs.chinese.engine import regional, run
from sco_docs.chinese.terms import Term, entries
from sco_docs.errors import ConfigError
from sco_docs.model import Conversion, Problem

TAGS = ("zh-Hant-TW", "zh-Hant-HK", "zh-Hant", "zh-Hans")
_SHORT = {"zh-Hant-TW": "tw", "zh-Hant-HK": "hk", "zh-Hant": "t", "zh-Hans": "s"}
CHUNK = 1 << 20

__all__ = ["TAGS", "convert", "convert_stream", "detect"]


def convert(
    text: str, to: str, source: str | None = None, *, terms: tuple[Term, ...] = (), phrases: bool = False
) -> Conversion:
    """Return ``text`` converted to the BCP 47 tag ``to`` (one of TAGS); ``source`` is detected if not given.

    ``terms`` are the user's words, put before the shipped treaty vocabulary. ``phrases`` also changes regional
    vocabulary (OpenCC's ``p`` configurations), which no legal text should have done to it unasked.
    A text that is already in the target script comes back unchanged, with the problem ``already-in-script``.
    Raises ConfigError for an unknown tag, SourceError for a lone surrogate.
    """
    for tag in (to, source):
        if tag is not None and tag not in TAGS and tag != "und":
            raise ConfigError(f"The language tag {tag} is not known here: use one of {', '.join(TAGS)}.")
    source = source or detect(text).tag
    if source in (to, "und") or (to == "zh-Hant" and source.startswith("zh-Hant")):
        return Conversion(text, range(len(text)), to, problems=(_already(to),) if text else ())
    if source == "zh-Hans" and not phrases:
        return _to_hant(text, to, terms)
    result = plain = text
    for step in _steps(source, to, phrases):
        pairs = entries(terms, to_hant=step[0] == "s") if "s" in step else ()
        result = run(result, step, pairs)
        plain = run(plain, step.removesuffix("p"))
    return Conversion(result, _positions(plain, result), to)


def _to_hant(text: str, to: str, terms: tuple[Term, ...]) -> Conversion:
    pairs = entries(terms, to_hant=True)
    result = run(text, "s2t", pairs)
    region = to.removeprefix("zh-Hant").removeprefix("-")
    if region:
        result = regional(result, region, tuple(value for _, value in pairs))
    if len(result) != len(text):
        return Conversion(result, positions(run(text, "s2t"), result), to)
    result, decisions = decide(text, result, to, scopes(text, to))
    return Conversion(result, range(len(text)), to, decisions)


def convert_stream(
    lines: Iterable[str], to: str, source: str | None = None, *, terms: tuple[Term, ...] = ()
) -> Iterator[Conversion]:
    """Convert a long text in pieces of about a million characters, cut at line ends, in bounded memory.

    The script is detected from the first piece. Offsets count from the start of each piece.
    """
    piece: list[str] = []
    size = 0
    for line in lines:
        piece.append(line)
        size += len(line)
        if size >= CHUNK:
            source = source or detect("".join(piece)).tag
            yield convert("".join(piece), to, source, terms=terms)
            piece, size = [], 0
    if piece:
        yield convert("".join(piece), to, source, terms=terms)


def _positions(plain: str, result: str) -> tuple[int, ...] | range:
    """Return the way back from ``result`` to ``plain``, which has the length of the source."""
    return range(len(result)) if plain == result else positions(plain, result)


def positions(source: str, result: str) -> tuple[int, ...]:
    """Return for each character of ``result`` the offset in ``source``, which is the same script, word for word.

    Line by line; characters of a replaced stretch map into the stretch that they replace.
    """
    offsets: list[int] = []
    start = 0
    for old, new in zip(source.split("\n"), result.split("\n"), strict=True):
        offsets += [start + offset for offset in _line_positions(old, new)]
        start += len(old) + 1
        offsets.append(start - 1)
    return tuple(offsets[:-1])


def _line_positions(old: str, new: str) -> Iterable[int]:
    if len(old) == len(new):
        return range(len(new))
    found: list[int] = []
    for _, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        found += [min(i1 + step, max(i2 - 1, i1), max(len(old) - 1, 0)) for step in range(j2 - j1)]
    return found


def _steps(source: str, to: str, phrases: bool) -> tuple[str, ...]:
    """Return the OpenCC configurations that lead from one tag to the other.

    Traditional text of no known region is read as Taiwanese: ``tw2s`` does all that ``t2s`` does, and knows 著 as 着.
    """
    a, b = _SHORT[source], _SHORT[to]
    if (source, to) == ("zh-Hant", "zh-Hans"):
        a = "tw"
    suffix = "p" if phrases and "t" not in (a, b) else ""
    if "s" in (a, b):
        return (f"{a}2{b}{suffix}",)
    return (f"t2{b}",) if a == "t" else (f"{a}2t", f"t2{b}")


def _already(to: str) -> Problem:
    return Problem(
        "already-in-script",
        "info",
        f"The text is already {to} or has no Chinese that would change; it was left as it is.",
        advice="Give the source tag if it was recognised wrongly.",
    )
