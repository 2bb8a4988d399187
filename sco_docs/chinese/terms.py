"""The vocabulary that conversion must not touch: the shipped table and the user's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sco_docs.chinese.engine import Entries
from sco_docs.data import table
from sco_docs.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Term:
    """A word or name in both scripts; conversion writes exactly this."""

    hans: str
    hant: str


@cache
def treaty_terms() -> tuple[Term, ...]:
    """Return the shipped vocabulary of treaties and names (``data/treaty_terms.tsv``)."""
    return tuple(Term(row["hans"], row["hant"]) for row in table("treaty_terms"))


def parse_terms(text: str, name: str) -> tuple[Term, ...]:
    """Return the terms of a user's table: Simplified, tab, Traditional; ``#`` starts a comment.

    A header line ``hans<tab>hant`` is skipped, further cells are notes. Raises ConfigError, which names the
    line, for a line without two filled cells, a word given twice with different results, and a loop
    (a word that leads back to itself over other lines).
    """
    terms: dict[str, tuple[int, Term]] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.startswith("#") or line.split("\t")[:2] == ["hans", "hant"]:
            continue
        term = _term(line, f"{name}, line {number}")
        earlier = terms.setdefault(term.hans, (number, term))
        if earlier[1] != term:
            raise ConfigError(
                f"{name}, line {number}: {term.hans} becomes {term.hant} here and {earlier[1].hant} "
                f"in line {earlier[0]}; keep one of the two."
            )
    _refuse_loops(terms, name)
    return tuple(term for _, term in terms.values())


def _term(line: str, where: str) -> Term:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) < 2 or not cells[0] or not cells[1]:
        raise ConfigError(f"{where}: write the Simplified word, a tab, and the Traditional word.")
    if not all(cell.isprintable() for cell in cells[:2]):
        raise ConfigError(f"{where}: a word holds a control character; type the line again.")
    return Term(cells[0], cells[1])


def _refuse_loops(terms: dict[str, tuple[int, Term]], name: str) -> None:
    for first, (number, term) in terms.items():
        seen, word = [first], term.hant
        while word in terms and terms[word][1].hant != word:
            if word in seen:
                raise ConfigError(
                    f"{name}, line {number}: {' → '.join((*seen, word))} is a loop; take one of these lines out."
                )
            seen.append(word)
            word = terms[word][1].hant


@cache
def protected(own: tuple[Term, ...], to_hant: bool) -> dict[str, str]:
    """Return what must be written for which word, for one direction; the user's words over the shipped ones."""
    words: dict[str, str] = {}
    for term in (*own, *treaty_terms()):
        key, value = (term.hans, term.hant) if to_hant else (term.hant, term.hans)
        words.setdefault(key, value)
    return words


@cache
def even(own: tuple[Term, ...], to_hant: bool) -> Entries:
    """Return the user's words that keep their length, for one direction: OpenCC can take them into its dictionary."""
    pairs = ((term.hans, term.hant) if to_hant else (term.hant, term.hans) for term in own)
    return tuple({key: value for key, value in pairs if len(key) == len(value)}.items())
