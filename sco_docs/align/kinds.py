"""Of what kind a variant is. In doubt it is substantive: no difference of substance is ever called anything less."""

from __future__ import annotations

import re
from functools import cache

from sco_docs.align.equivalents import equivalents, same_phrase
from sco_docs.align.fold import fold, fold_width, is_punctuation, standard_form
from sco_docs.chinese.numerals import han
from sco_docs.data import table
from sco_docs.model import VariantKind

_NUMERAL = re.compile(r"[零〇○一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟参]+|\d[\d,]*(?:\.\d+)?")


def kind_of(a: str, b: str, context: tuple[str, str] = ("", ""), one_script: bool = True) -> VariantKind:
    """Return the kind of the variant between readings ``a`` (the base) and ``b``; one of them may be empty.

    ``context``: the character before and the one after, which tell a decimal point from a full stop.
    ``one_script``: whether both texts are in the same script; then 制 for 製 is no matter of script.
    """
    blank_a, blank_b = "".join(a.split()), "".join(b.split())
    if blank_a == blank_b:
        return "layout"
    if _digits(blank_a) != _digits(blank_b):
        return "numeral style" if _same_numbers(blank_a, blank_b) else _without(blank_a, blank_b)
    bare_a, bare_b = _bare(blank_a), _bare(blank_b)
    if not bare_a and not bare_b:
        return "substantive" if _between_digits(context) or _signs(blank_a) != _signs(blank_b) else "punctuation"
    if not bare_a or not bare_b:
        return _without(bare_a, bare_b)
    if bare_a == bare_b:
        return "punctuation" if _signs(blank_a) == _signs(blank_b) else "substantive"
    if fold_width(bare_a) == fold_width(bare_b):
        return "layout"
    if fold(bare_a) == fold(bare_b):
        return _same_when_folded(bare_a, bare_b, one_script)
    if _same_numbers(bare_a, bare_b):
        return "numeral style"
    return _same_meaning(bare_a, bare_b, one_script) or "substantive"


def _without(a: str, b: str) -> VariantKind:
    if a and b:
        return "substantive"
    return "omission" if a else "addition"


def _same_when_folded(a: str, b: str, one_script: bool) -> VariantKind:
    if a.casefold() == b.casefold():
        return "variant character"
    if not one_script:
        return "script"
    same = all(standard_form(x) == standard_form(y) or {x, y} in _spellings() for x, y in zip(a, b, strict=True))
    return "variant character" if same else "conversion artefact"


@cache
def _spellings() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(row["pair"]) for row in table("spellings"))


def _bare(text: str) -> str:
    return "".join(c for c in text if not is_punctuation(c))


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,:/-]\d+)*", fold_width(text))


def _signs(text: str) -> list[str]:
    """The signs that say something, as a comma does not: of currency, per cent, plus."""
    return [c for c in fold_width(text) if c in "%‰°+=<>≤≥±×÷$€£¥§"]


def _between_digits(context: tuple[str, str]) -> bool:
    return all(side[-1:].isdigit() if i == 0 else side[:1].isdigit() for i, side in enumerate(context))


def _same_numbers(a: str, b: str) -> bool:
    """The same words around numbers of the same values, which are written differently."""
    rest_a, rest_b = _NUMERAL.sub("#", fold(a)), _NUMERAL.sub("#", fold(b))
    numbers_a, numbers_b = _values(fold(a)), _values(fold(b))
    return bool(numbers_a) and rest_a == rest_b and numbers_a == numbers_b and None not in numbers_a


def _values(text: str) -> list[float | None]:
    found = _NUMERAL.findall(text)
    return [float(n.replace(",", "")) if n[0].isdigit() else _number(han(n)) for n in found]


def _number(value: int | None) -> float | None:
    return None if value is None else float(value)


def _same_meaning(a: str, b: str, one_script: bool) -> VariantKind | None:
    """Whether the two differ only by words that are known to stand for each other."""
    x, y = fold(a), fold(b)
    pairs = equivalents(one_script)
    for start in range(_affix(x, y) + 1):
        for end in range(_affix(x[start:][::-1], y[start:][::-1]) + 1):
            if kind := pairs.get((x[start : len(x) - end], y[start : len(y) - end])):
                return kind
    return "regional vocabulary" if not one_script and same_phrase(a, b) else None


def _affix(a: str, b: str) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))

