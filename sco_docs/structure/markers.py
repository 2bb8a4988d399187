"""What a line may be numbered as: the grammar of ``data/markers.tsv`` applied to the beginning of a line."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import count
from typing import Literal, cast

from sco_docs.chinese import numerals
from sco_docs.data import table

Form = Literal["alone", "apart", "glued"]
MarkerKind = Literal["container", "annex", "article", "either", "item", "weak", "lone"]
_UPPER = ("container", "annex", "article", "either")
Doubt = Literal["none", "some", "likely", "sure"]
_SAME_SERIES = (
    (re.compile(r"[0-9]+\."), "點號/arabic"),
    (re.compile(r"\([0-9]+\)"), "中括號/arabic"),
    (re.compile(r"\([一-龥]\)"), "中括號/han"),
    (re.compile(r"[一-龥]"), "圓號/han"),
)
_LAST_ITEM = 400
_FORMAL = set("壹貳贰參叁肆伍陸陆柒捌玖拾佰仟")
_SPOKEN = {"bis": 2, "бис": 2, "ter": 3, "тер": 3, "quater": 4, "quinquies": 5}


@dataclass(frozen=True, slots=True)
class Marker:
    """A reading of the beginning of a line. ``number`` counts; ``path`` holds every part of it (``3-1``, ``2.1``).

    ``end`` is the offset after the label; ``form`` says whether the label stands ``alone`` on its line, ``apart`` from
    the text after it, or is ``glued`` to it. ``series`` is what counts together: a style in one system of numerals.
    """

    series: str
    kind: MarkerKind
    number: int
    path: tuple[int, ...]
    end: int
    form: Form


@dataclass(frozen=True, slots=True)
class _Rule:
    style: str
    kind: MarkerKind
    system: str
    expression: re.Pattern[str]


@cache
def _rules() -> tuple[_Rule, ...]:
    found = []
    for row in table("markers"):
        for system in row["numerals"].split(","):
            names = count()
            second = re.sub(
                r"\{m\}", lambda _, n=names, s=system: f"(?P<m{next(n)}>{numerals.pattern(s)})",  # type: ignore[misc]
                row["pattern"],
            )
            first = "" if system in ("decimal", "bare") else numerals.pattern(system)
            boundary = r"(?![A-Za-z0-9])" if row["class"] in _UPPER else ""
            if row["class"] in _UPPER and system == "cyrillic":
                boundary = r"(?!\w)"
            expression = re.compile(r"\s*(?:" + second.replace("{n}", f"(?P<n>{first})") + ")" + boundary)
            found.append(_Rule(row["style"], cast(MarkerKind, row["class"]), system, expression))
    return tuple(found)


@cache
def _references() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(r"\s*(?:" + row["after"] + ")"), row["sure"]) for row in table("marker_references"))


def doubt(text: str, marker: Marker) -> Doubt:
    """Say whether the words after a marker show that it only refers to one (``第三條所稱``, ``Article 5 of``)."""
    if marker.form == "alone":
        return "none"
    doubts = [sure for expression, sure in _references() if expression.match(text, marker.end)]
    if "always" in doubts:
        return "sure"
    if "glued" in doubts and marker.form == "glued":
        return "likely"
    return "some" if "never" in doubts else "none"


@lru_cache(maxsize=4096)
def read_markers(text: str) -> tuple[Marker, ...]:
    """Return every way in which the beginning of ``text`` can be read as the marker of a division."""
    found = []
    for rule in _rules():
        match = rule.expression.match(text)
        if match is None:
            continue
        path = _path(rule, match)
        if path is None:
            continue
        end = match.end()
        if rule.kind in _UPPER:
            end = _past_stop(text, end)
        if rule.kind not in _UPPER and path[-1] > _LAST_ITEM:
            continue
        form = _form(text, end)
        if (rule.kind == "lone" or rule.system == "bare") and form != "alone":
            continue
        series = _series(rule, match, path)
        if rule.kind in _UPPER and series.endswith("/small"):
            continue
        found.append(Marker(series, rule.kind, path[-1] if rule.system == "decimal" else path[0], path, end, form))
    return tuple(found)


def _series(rule: _Rule, match: re.Match[str], path: tuple[int, ...]) -> str:
    series = f"{rule.style}/{rule.system}"
    if rule.system == "decimal":
        return series + "/" + ".".join(map(str, path[:-1]))
    if rule.system in ("letter", "roman", "cyrillic"):
        return series + ("/capital" if match.group("n")[0].isupper() else "/small")
    if rule.system == "han":
        return series + ("/formal" if set(match.group("n")) & _FORMAL else "")
    if rule.system == "circled":
        plain = unicodedata.normalize("NFKD", match.group("n"))
        return next((same for shape, same in _SAME_SERIES if shape.fullmatch(plain)), series)
    return series


def _path(rule: _Rule, match: re.Match[str]) -> tuple[int, ...] | None:
    if rule.system == "bare":
        return (0,)
    if rule.system == "decimal":
        parts = re.findall(r"[0-9]+", match.group())
        return tuple(map(int, parts))
    number = numerals.value(match.group("n"), rule.system)
    if number is None or (number == 0 and rule.kind != "article"):
        return None
    groups = [text for name, text in match.groupdict().items() if name.startswith("m") and text]
    more = [numerals.value(text, rule.system) or numerals.value(text, "arabic") for text in groups]
    spoken = [n for word, n in _SPOKEN.items() if match.group().endswith(word)]
    return (number, *(n for n in more if n), *spoken)


def _past_stop(text: str, end: int) -> int:
    """Return the offset after a full stop or colon that belongs to the label (``Article 1.``, ``第一條：``)."""
    match = re.compile(r"\s?[.．:：](?![0-9])").match(text, end)
    return match.end() if match else end


def _form(text: str, end: int) -> Form:
    rest = text[end:]
    if not rest.strip():
        return "alone"
    if rest[0].isspace() or text[end - 1] in ".．:：、)）" or rest[0] in "【〔[（(—–-「『“\"":
        return "apart"
    return "glued"
