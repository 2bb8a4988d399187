"""Words that stand for each other: of two regions, or what a conversion put in place of another word."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from sco_docs.align.fold import fold
from sco_docs.chinese.engine import run
from sco_docs.data import table
from sco_docs.model import VariantKind

_SURE = 0.8
_PHRASES = 12  # longer readings are no words

Pair = tuple[str, str]


@cache
def equivalents(one_script: bool) -> Mapping[Pair, VariantKind]:
    """Return the pairs of words, folded, each in both directions, and what a variant between the two is.

    ``one_script``: both texts are in the same script; then only pairs count that are sure, since words like
    檔案 and 文件 are also two words of one language.
    """
    found: dict[Pair, VariantKind] = {}
    for row in table("converted_terms"):
        regional = row["kind"] == "regional term"
        if regional or not one_script or float(row["confidence"]) >= _SURE:
            _add(found, row["found"], row["meant"], "regional vocabulary" if regional else "conversion artefact")
    for row in table("name_variants"):
        if not one_script or row["taiwan"] not in row["mainland"]:
            _add(found, row["taiwan"], row["mainland"], "regional vocabulary")
    for row in table("regional_equivalents"):
        _add(found, row["taiwan"], row["mainland"], "regional vocabulary")
    return found


def _add(found: dict[Pair, VariantKind], taiwan: str, mainland: str, kind: VariantKind) -> None:
    a, b = fold(taiwan), fold(mainland)
    if a != b:
        found.setdefault((a, b), kind)
        found.setdefault((b, a), kind)


@cache
def words() -> frozenset[str]:
    """Return the words of all pairs, folded."""
    return frozenset(word for pair in equivalents(False) for word in pair)


@lru_cache(maxsize=10_000)
def same_phrase(a: str, b: str) -> bool:
    """Return whether OpenCC's phrases for Taiwan and the mainland lead from one reading, as printed, to the other."""
    if max(len(a), len(b)) > _PHRASES or not a or not b:
        return False
    return fold(run(a, "tw2sp")) == fold(b) or fold(run(b, "tw2sp")) == fold(a)
