"""Conversion between Traditional and Simplified Chinese, with the way back from every character."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from difflib import SequenceMatcher

from sco_docs.chinese.decisions import decide, scopes
from sco_docs.chinese.detect import detect, mixed_lines
from sco_docs.chinese.engine import Entries, regional, run
from sco_docs.chinese.terms import Term, even, protected
from sco_docs.errors import ConfigError
from sco_docs.model import Conversion, Decision, Problem

TAGS = ("zh-Hant-TW", "zh-Hant-HK", "zh-Hant", "zh-Hans")
_SHORT = {"zh-Hant-TW": "tw", "zh-Hant-HK": "hk", "zh-Hant": "t", "zh-Hans": "s"}
_CLAUSE = re.compile("[^\n。，；：、]*[\n。，；：、]|[^\n。，；：、]+$")

__all__ = ["TAGS", "convert", "detect"]


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
    if source is None:
        script = detect(text)
        if script.script == "both" and to != "zh-Hans":
            return _by_line(text, to, terms, phrases)
        source = script.tag
    if source == "und":
        source = "zh-Hant" if to == "zh-Hans" else "zh-Hans"
    if source == to or (to == "zh-Hant" and source.startswith("zh-Hant")):
        return Conversion(text, range(len(text)), to, problems=(_already(to), *_mixed(text)) if text else ())
    result = _with_phrases(text, source, to, terms) if phrases else _converted(text, to, source, terms)
    return replace(result, problems=(_already(to),)) if result.text == text and text else result


def _converted(text: str, to: str, source: str, terms: tuple[Term, ...]) -> Conversion:
    """Convert by OpenCC, the user's words first in its segmentation and chain; then context; then all protected
    words that stand in the text, whatever came out for them."""
    to_hant = source == "zh-Hans"
    inline = even(terms, to_hant) if "zh-Hans" in (source, to) else ()
    decisions: tuple[Decision, ...] = ()
    if to_hant:
        result, decisions = _to_hant(text, to, inline)
    else:
        result = text
        for step in _steps(source, to):
            result = run(result, step, inline)
    if "zh-Hans" not in (source, to):
        return Conversion(result, range(len(text)), to)
    return _protected(text, Conversion(result, range(len(text)), to, decisions), protected(terms, to_hant))


def _protected(text: str, result: Conversion, words: dict[str, str]) -> Conversion:
    """Write the protected words of ``text`` over a result of the same length."""
    present = sorted((word for word in words if word in text), key=len, reverse=True)
    if not present:
        return result
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    done = 0
    for match in re.finditer("|".join(map(re.escape, present)), text):
        pieces += [result.text[done : match.start()], words[match[0]]]
        done = match.end()
        spans.append(match.span())
    pieces.append(result.text[done:])
    inside = {offset for start, end in spans for offset in range(start, end)} if result.decisions else set()
    return replace(
        result,
        text="".join(pieces),
        positions=_origins(pieces, spans, len(text)),
        decisions=tuple(decision for decision in result.decisions if decision.start not in inside),
    )


def _origins(pieces: list[str], spans: list[tuple[int, int]], size: int) -> tuple[int, ...] | range:
    """Return the way back where every second piece stands for the span of that number."""
    if all(len(word) == end - start for word, (start, end) in zip(pieces[1::2], spans, strict=True)):
        return range(size)
    origins: list[int] = []
    done = 0
    for word, (start, end) in zip(pieces[1::2], spans, strict=True):
        origins += (*range(done, start), *(min(start + offset, end - 1) for offset in range(len(word))))
        done = end
    return (*origins, *range(done, size))


def _by_line(text: str, to: str, terms: tuple[Term, ...], phrases: bool) -> Conversion:
    """Convert a text of both scripts to Traditional, line by line: a line in Traditional stays as it is."""
    parts: list[str] = []
    origins: list[int] = []
    decisions: list[Decision] = []
    start = 0
    for line in text.splitlines(keepends=True):
        part = Conversion(line, range(len(line)), to)
        if detect(line).script != "Hant":
            part = convert(line, to, "zh-Hans", terms=terms, phrases=phrases)
        parts.append(part.text)
        origins += (start + offset for offset in part.positions)
        decisions += (replace(d, start=start + d.start, end=start + d.end) for d in part.decisions)
        start += len(line)
    return Conversion("".join(parts), tuple(origins), to, tuple(decisions), _mixed(text))


def _to_hant(text: str, to: str, pairs: Entries) -> tuple[str, tuple[Decision, ...]]:
    result = run(text, "s2t", pairs)
    region = to.removeprefix("zh-Hant").removeprefix("-")
    if region:
        result = regional(result, region, tuple(value for _, value in pairs))
    return decide(text, result, to, scopes(text, to))


def _with_phrases(text: str, source: str, to: str, terms: tuple[Term, ...]) -> Conversion:
    """Convert with OpenCC's regional phrases; without them the length stays, which gives the positions."""
    pairs = tuple(protected(terms, source == "zh-Hans").items()) if "zh-Hans" in (source, to) else ()
    result = plain = text
    for step in _steps(source, to):
        phrased = f"{step}p" if step in ("s2tw", "s2hk", "tw2s", "hk2s") else step
        result, plain = run(result, phrased, pairs), run(plain, step)
    return Conversion(result, positions(plain, result), to)


def positions(source: str, result: str) -> tuple[int, ...]:
    """Return for each character of ``result`` the offset in ``source``, which is the same script, word for word.

    Clause by clause; characters of a replaced stretch map into the stretch that they replace.
    """
    offsets: list[int] = []
    start = 0
    for old, new in zip(_CLAUSE.findall(source), _CLAUSE.findall(result), strict=True):
        offsets += (start + offset for offset in _clause_positions(old, new))
        start += len(old)
    return tuple(offsets)


def _clause_positions(old: str, new: str) -> Iterable[int]:
    if old == new:
        return range(len(new))
    found: list[int] = []
    for _, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        found += [min(i1 + step, max(i2 - 1, i1), max(len(old) - 1, 0)) for step in range(j2 - j1)]
    return found


def _steps(source: str, to: str) -> tuple[str, ...]:
    """Return the OpenCC configurations that lead from one tag to the other.

    Traditional text of no known region is read as Taiwanese: ``tw2s`` does all that ``t2s`` does, and knows 著 as 着.
    """
    a, b = _SHORT[source], _SHORT[to]
    if (source, to) == ("zh-Hant", "zh-Hans"):
        return ("tw2s",)
    if "s" in (a, b):
        return (f"{a}2{b}",)
    return (f"t2{b}",) if a == "t" else (f"{a}2t", f"t2{b}")


def _mixed(text: str) -> tuple[Problem, ...]:
    lines = mixed_lines(text)
    if not lines:
        return ()
    numbers = ", ".join(str(line.number) for line in lines[:10]) + (" …" if len(lines) > 10 else "")
    return (
        Problem(
            "mixed-script",
            "warning",
            f"Characters of the other script stand in line {numbers}.",
            evidence="".join(dict.fromkeys("".join(line.strange for line in lines)))[:40],
            advice="Correct these lines, or convert them by themselves with the source tag given.",
        ),
    )


def _already(to: str) -> Problem:
    return Problem(
        "already-in-script",
        "info",
        f"The text is already {to} or has no Chinese that would change; it was left as it is.",
        advice="Give the source tag if it was recognised wrongly.",
    )
