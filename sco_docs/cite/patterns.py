"""The frame for all styles: rows of ``data/reference_patterns.tsv`` become regular expressions with checked fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from sco_docs.cite import parts
from sco_docs.cite.words import URL, YEAR, words
from sco_docs.data import table

Fields = dict[str, str]

_LITERALS = {
    "，": r"\s*[，,。；;﹐]\s*",
    "。": r"\s*[。．.，,]\s*|(?<=[?!？！])\s*",
    "．": r"\s*[.．。]\s*|(?<=[?!？！])\s*",
    "：": r"\s*[：:﹕]\s*",
    "（": r"\s*[（(]\s*",
    "）": r"\s*[）)]\s*",
    "［": r"\s*[\[［]\s*",
    "］": r"\s*[\]］]\s*",
    "〈": r"\s*[〈＜<「『“\"﹤]\s*",
    "〉": r"\s*[〉＞>」』”\"﹥]\s*",
    "《": r"\s*[《≪«『]\s*",
    "》": r"\s*[》≫»』]\s*",
    "“": r"\s*[“\"„「]\s*",
    "”": r"\s*[,.]?\s*[”\"“」]\s*[.,]?\s*",
    " ": r"\s*",
}
_GRAMMARS: dict[str, Callable[[str], Fields | None]] = {
    "@locator issue": lambda text: parts.read_locator(text, "issue"),
    "@locator volume": lambda text: parts.read_locator(text, "volume"),
    "@locator pages": lambda text: parts.read_locator(text, "pages"),
    "@imprint": parts.read_imprint,
    "@imprint_law": parts.read_imprint_law,
    "@web": parts.read_web,
    "@school": parts.read_school,
    "@school_place": parts.read_school_place,
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row of the table, compiled; ``names`` maps groups of the expression to fields."""

    family: str
    script: str
    type: str
    source: str
    regex: re.Pattern[str]
    names: tuple[tuple[str, str], ...]


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return the compiled rows of ``data/reference_patterns.tsv`` in their order."""
    return tuple(
        compile_pattern(row["family"], row["script"], row["type"], row["pattern"])
        for row in table("reference_patterns")
    )


def compile_pattern(family: str, script: str, kind: str, source: str) -> Pattern:
    """Compile one row; a field may stand more than once, its first value counts.

    >>> bool(compile_pattern("x", "zh", "book", "{authors}，《{title}》").regex.fullmatch("王小明, 《書》"))
    True
    """
    names: list[tuple[str, str]] = []

    def group(match: re.Match[str]) -> str:
        name = match[1]
        body = _expressions()[name][1]
        label = f"g{len(names)}_{name}"
        names.append((label, _expressions()[name][0]))
        for inner in re.findall(r"\(\?P<(\w+)>", body):
            renamed = f"g{len(names)}_{inner}"
            names.append((renamed, inner))
            body = body.replace(f"(?P<{inner}>", f"(?P<{renamed}>", 1)
        return f"(?P<{label}>{body})"

    regex = "".join(
        re.sub(r"\{([a-z][a-z_0-9]*)\}", group, piece)
        if piece[:1] in "{["
        else "".join(f"(?:{_LITERALS[c]})" if c in _LITERALS else c for c in piece)
        for piece in re.split(r"(\{[a-z][a-z_0-9]*\}|\[[^\]]*\])", source)
    )
    return Pattern(family, script, kind, source, re.compile(rf"\s*{regex}\s*[。．.]?\s*"), tuple(names))


@cache
def _expressions() -> dict[str, tuple[str, str]]:
    known = {"year": f"(?:{YEAR})", "url": URL}
    return {
        row["name"]: (
            row["reads"],
            re.sub(r"｟(\w+)｠", lambda m: known.get(m[1]) or words(m[1]), row["expression"]),
        )
        for row in table("reference_fields")
    }


def match(pattern: Pattern, text: str) -> Fields | None:
    """Return the fields of ``text`` if the whole of it is what the pattern says, and every part passes its grammar."""
    found = pattern.regex.fullmatch(text)
    if not found:
        return None
    fields: Fields = {}
    for label, reads in pattern.names:
        value = found[label]
        if value is None or reads == "-":
            continue
        checked = _GRAMMARS[reads](value) if reads in _GRAMMARS else {reads: value.strip()}
        if checked is None or (reads == "container" and re.search(URL, value)):
            return None
        for key, part in checked.items():
            fields.setdefault(key, part)
    return fields
