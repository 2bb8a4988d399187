"""One-to-many characters decided by their context: what OpenCC's phrases get wrong in official prose.

The rules stand in ``data/char_contexts.tsv``, the counts that tell how sure a choice is in ``data/char_counts.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sco_docs.chinese.engine import regional, run
from sco_docs.data import table
from sco_docs.model import Decision

SAMPLE = 30_000
REACH = 3
_PAD = "\n" * REACH
_BLANKS = str.maketrans(" \u3000", "__")
CERTAIN = 0.9
BOTH = 0.5
_SCOPES = ("tw", "legal", "all")
_MEMORY = 100_000
_PER_THOUSAND = {"legal": 8.0, "tw": 2.5}
_TW_OVER_OTHER = 1.5
_FROM_TW = {"zh-Hant": ("tw2t",), "zh-Hant-HK": ("tw2t", "t2hk")}


@cache
def _register_words() -> tuple[re.Pattern[str], dict[str, str]]:
    register = {row["word"]: row["register"] for row in table("register_words")}
    return re.compile("|".join(sorted(map(re.escape, register), key=len, reverse=True))), register


def scopes(text: str, to: str) -> frozenset[str]:
    """Return which rules may be used on a Simplified text: ``all``, and ``legal`` and ``tw`` where its words say so.

    ``tw`` holds conventions of Taiwanese statutes, so it also asks for ``zh-Hant-TW`` as the target.
    """
    if len(text) > 3 * SAMPLE:
        middle = len(text) // 2
        text = text[:SAMPLE] + text[middle : middle + SAMPLE] + text[-SAMPLE:]
    pattern, register = _register_words()
    count = {"legal": 0, "tw": 0, "other": 0}
    for word in pattern.findall(text):
        count[register[word]] += 1
    thousands = max(len(text), 1) / 1000
    active = {"all"}
    if sum(count.values()) / thousands >= _PER_THOUSAND["legal"]:
        active.add("legal")
    if (
        to == "zh-Hant-TW"
        and count["tw"] / thousands >= _PER_THOUSAND["tw"]
        and count["tw"] >= _TW_OVER_OTHER * count["other"]
    ):
        active.add("tw")
    return frozenset(active)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """The character that the context asks for (``None``: OpenCC's), and how sure the choice is."""

    hant: str | None
    alternatives: tuple[str, ...] = ()
    evidence: str = ""
    confidence: float = 1.0


_Found = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules in force. ``pattern``: the converted characters to look at; for a Simplified character ``contexts``
    (a lower rank goes first), ``shapes`` (how far these reach to the left and right, the longest first) and
    ``trusted`` (a converted character that needs no look); ``counted``: the counts of statutes tell how sure a choice
    is; ``memory`` holds what was decided."""

    pattern: re.Pattern[str]
    contexts: dict[str, dict[str, _Found]]
    shapes: dict[str, tuple[tuple[int, int], ...]]
    trusted: dict[str, str]
    counted: bool
    memory: dict[str, _Verdict]


def _regional(hant: str, to: str) -> str:
    for step in _FROM_TW.get(to, ()):
        hant = run(hant, step)
    return hant


@cache
def _rules(active: frozenset[str], to: str) -> _Rules:
    contexts: dict[str, dict[str, _Found]] = {}
    if "legal" in active:
        contexts = {char: {} for char in (*_counts(), *_spellings())}
    trusted = {}
    for number, row in enumerate(table("char_contexts")):
        hant = _regional(row["hant"], to)
        if row["scope"] == "trusted" and "tw" not in active:
            trusted[row["char"]] = hant
        if row["scope"] in active:
            rule = (_SCOPES.index(row["scope"]), number, hant)
            known = contexts.setdefault(row["char"], {})
            for context in row["contexts"].split():
                known[context] = min(known.get(context, rule), rule)
    shapes = {
        char: tuple(sorted({_shape(context) for context in known}, key=lambda shape: (-sum(shape), shape)))
        for char, known in contexts.items()
    }
    return _Rules(_pattern(contexts, trusted, to), contexts, shapes, trusted, "legal" in active, {})


def _pattern(contexts: Iterable[str], trusted: dict[str, str], to: str) -> re.Pattern[str]:
    """Return a pattern for every form that a character with rules may have been converted to."""
    forms = {row["hans"]: row["hant"].split() for row in table("one_to_many")}
    region = to.removeprefix("zh-Hant").removeprefix("-")
    found: set[str] = set()
    for char in contexts:
        standard = {char, run(char, "s2t"), *forms.get(char, ())}
        regions = {regional(form, region) for form in standard} if region else standard
        found |= regions - {trusted.get(char, "")}
    return re.compile(f"[{''.join(sorted(found))}]")


def _shape(context: str) -> tuple[int, int]:
    left = context.index("~")
    return left, len(context) - 1 - left


@cache
def _spellings() -> dict[str, dict[str, str]]:
    """Return for a Simplified character the Traditional ones whose writers differ, each with the other spelling."""
    found: dict[str, dict[str, str]] = {}
    for row in table("spellings"):
        listed = row["listed"]
        if listed:
            other = row["pair"].replace(listed, "")
            found.setdefault(run(other, "t2s"), {})[listed] = other
    return found


@cache
def _counts() -> dict[str, dict[str, dict[str, int]]]:
    """Return for a Simplified character and a context how often which Traditional one was counted."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for row in table("char_counts"):
        found.setdefault(row["char"], {})[row["context"]] = {item[0]: int(item[1:]) for item in row["counts"].split()}
    return found


def _verdict(window: str, converted: str, rules: _Rules) -> _Verdict:
    """Judge the character in the middle of a window of the source."""
    window = window.translate(_BLANKS)
    before, char, after = window[:REACH], window[REACH], window[REACH + 1 :]
    rule = _ruled(before, char, after, rules)
    hant = rule[0] if rule else None
    if hant is not None or not rules.counted:
        return _Verdict(hant)
    other = _spellings().get(char, {}).get(converted)
    if other:
        return _Verdict(None, (other,), "both are written", BOTH)
    counts = _counts().get(char)
    if counts is None:
        return _Verdict(None)
    contexts = [counts[key] for key in (f"{before[-1]}~", f"~{after[0]}") if key in counts]
    seen = max(contexts or [counts["~"]], key=lambda found: sum(found.values()))
    confidence = (seen.get(converted, 0) + 0.5) / (sum(seen.values()) + 1)
    if confidence >= CERTAIN:
        return _Verdict(None)
    evidence = ", ".join(f"{hant} {number}" for hant, number in seen.items())
    return _Verdict(None, tuple(h for h in seen if h != converted), f"{evidence} in counted statutes", confidence)


def _ruled(before: str, char: str, after: str, rules: _Rules) -> tuple[str, str] | None:
    """Return what the longest context says, and the context; of equal lengths the one of lower rank."""
    best: tuple[_Found, str] | None = None
    length = 0
    known = rules.contexts[char]
    for left, right in rules.shapes[char]:
        if left + right < length:
            break
        context = f"{before[-left:] if left else ''}~{after[:right]}"
        found = known.get(context)
        if found is not None and (best is None or found < best[0]):
            best, length = (found, context), left + right
    return (best[0][2], best[1]) if best else None


def has_rules(char: str, to: str, active: frozenset[str]) -> bool:
    """Say whether the tables decide this Simplified character at all."""
    return bool(_rules(active, to).contexts.get(char))


def rule_at(source: str, at: int, to: str, active: frozenset[str]) -> tuple[str, str] | None:
    """Return the character that the rules ask for at an offset of a Simplified text, and the context that did."""
    rules = _rules(active, to)
    if source[at] not in rules.contexts:
        return None
    window = f"{_PAD}{source[max(0, at - REACH) : at + REACH + 1]}{_PAD}".translate(_BLANKS)
    middle = REACH + min(at, REACH)
    return _ruled(window[middle - REACH : middle], source[at], window[middle + 1 : middle + 1 + REACH], rules)


def decide(source: str, converted: str, to: str, active: frozenset[str]) -> tuple[str, tuple[Decision, ...]]:
    """Return ``converted`` with the characters that the context of the Simplified ``source`` asks for, and the
    choices that are not certain. Both texts have the same length; the offsets are of both."""
    rules = _rules(active, to)
    memory, contexts, trusted = rules.memory, rules.contexts, rules.trusted
    padded = f"{_PAD}{source}{_PAD}"
    pieces: list[str] = []
    decisions: list[Decision] = []
    done = 0
    for match in rules.pattern.finditer(converted):
        at = match.start()
        now, char = match[0], source[at]
        if char not in contexts or trusted.get(char) == now:
            continue
        window = padded[at : at + 2 * REACH + 1]
        verdict = memory.get(window + now)
        if verdict is None:
            if len(memory) >= _MEMORY:
                memory.clear()
            verdict = memory[window + now] = _verdict(window, now, rules)
        if verdict.hant is not None and verdict.hant != now:
            pieces += [converted[done:at], verdict.hant]
            done = at + 1
        elif verdict.confidence < CERTAIN:
            decisions.append(Decision(at, at + 1, now, verdict.alternatives, verdict.evidence, verdict.confidence))
    return "".join((*pieces, converted[done:])), tuple(decisions)
