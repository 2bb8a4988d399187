"""Align two versions of an agreement: articles by their numbers first, what is left by its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sco_docs.align.embedder import Embedder
from sco_docs.align.lexicon import Lexicon, NoLexicon, installed_lexicon
from sco_docs.align.units import Aligned, align_units
from sco_docs.model import Agreement, Alignment, Bead, Division, Problem, Version

# Share of words that match above chance; texts that are no versions of each other stay below, versions far above
# (measured by tests/bench/bench_align.py). Without a lexicon only the same script tells.
RELATED = 0.2
BY_SOUND = 0.04  # the same with Russian, where only international words are known
_FEWEST = 6  # segments on the shorter side below which the measure says nothing
_GAIN = 0.05  # by so much a free alignment must be better before numbers are not believed

Key = tuple[str, ...]
_Step = tuple[Division, tuple[Division, ...]]


def align(
    a: Version, b: Version, lexicon: Lexicon | None = None, embedder: Embedder | None = None
) -> tuple[Alignment, tuple[Problem, ...]]:
    """Return the beads between the segments of two versions, in any two of Chinese, English and Russian.

    Divisions with one number are matched first, so that an article that was moved is found; where the words
    say otherwise (articles were renumbered), the whole texts are aligned freely. Two texts that are not
    versions of each other have no beads, and the problem ``not-a-version`` gives the measure.
    """
    lexicon = lexicon or installed_lexicon()
    languages = (tongue(a.language), tongue(b.language))
    if not a.segments or not b.segments:
        empty = a.siglum if not a.segments else b.siglum
        problem = Problem("empty-version", "error", f"Version {empty} has no text to align.", advice="Check its file.")
        return Alignment(a.siglum, b.siglum, ()), (problem,)
    free = align_units([s.text for s in a.segments], [s.text for s in b.segments], languages, lexicon, embedder)
    keyed = _by_number(a, b, languages, lexicon, embedder)
    best = keyed if keyed.relation >= free.relation - _GAIN else free
    told = [[s.text for s in version.segments if s.part != "label"] for version in (a, b)]
    said = align_units(told[0], told[1], languages, lexicon, embedder)  # labels are alike in all agreements
    if unrelated(said, len(told[0]), len(told[1]), languages, lexicon):
        refusal = not_a_version(a.siglum, b.siglum, said.relation, least_relation(languages))
        return Alignment(a.siglum, b.siglum, ()), (refusal,)
    return Alignment(a.siglum, b.siglum, best.beads), ()


def unrelated(found: Aligned, rows: int, columns: int, languages: tuple[str, str], lexicon: Lexicon) -> bool:
    """Return whether the measure says that the two texts are not versions of each other."""
    can_tell = languages[0] == languages[1] or not isinstance(lexicon, NoLexicon)
    return can_tell and min(rows, columns) >= _FEWEST and found.relation < least_relation(languages)


def least_relation(languages: tuple[str, str]) -> float:
    """Return the measure below which two texts in these languages are no versions of each other."""
    return BY_SOUND if "ru" in languages and languages[0] != languages[1] else RELATED


def not_a_version(a: str, b: str, relation: float, least: float = RELATED) -> Problem:
    """Return the refusal to compare two texts of which so little matches."""
    return Problem(
        "not-a-version",
        "error",
        f"{a} and {b} are not versions of one text: {relation:.2f} of them matches where {least} is the least; "
        "check which files belong together.",
    )


def tongue(language: str) -> str:
    """Return the language that the aligner reads a BCP 47 tag as: zh, ru, or en for any other."""
    return language[:2] if language[:2] in ("zh", "ru") else "en"


def _by_number(
    a: Version, b: Version, languages: tuple[str, str], lexicon: Lexicon, embedder: Embedder | None
) -> Aligned:
    groups_a, groups_b = _groups(a), _groups(b)
    shared = [key for key in groups_a if key in groups_b]
    beads: list[Bead] = []
    weighed: list[tuple[float, int]] = []
    rest = ([i for k, g in groups_a.items() if k not in shared for i in g],
            [j for k, g in groups_b.items() if k not in shared for j in g])  # fmt: skip
    for at, to in [*((groups_a[key], groups_b[key]) for key in shared), rest]:
        texts = [a.segments[i].text for i in at], [b.segments[j].text for j in to]
        found = align_units(*texts, languages, lexicon, embedder)
        beads += [Bead(tuple(at[i] for i in p.a), tuple(to[j] for j in p.b), p.score) for p in found.beads]
        weighed.append((found.relation, min(len(at), len(to))))
    total = sum(size for _, size in weighed)
    return Aligned(tuple(_sorted(beads)), sum(r * size for r, size in weighed) / total if total else 0.0)


def _sorted(beads: Iterable[Bead]) -> list[Bead]:
    """Return beads in the order of the first text, those of the second alone after what precedes them there."""
    beads = list(beads)
    reached = {j: max(bead.a) for bead in beads if bead.a for j in bead.b}

    def position(bead: Bead) -> tuple[float, int]:
        if bead.a:
            return float(bead.a[0]), 0
        before = next((reached[j] for j in range(bead.b[0], -1, -1) if j in reached), -1)
        return before + 0.5, bead.b[0]

    return sorted(beads, key=position)


def _groups(version: Version) -> dict[Key, list[int]]:
    """Return the segments under each key."""
    keys = dict(_keys(version.agreement))
    groups: dict[Key, list[int]] = {}
    for index, segment in enumerate(version.segments):
        groups.setdefault(keys.get(segment.unit, (segment.unit,)), []).append(index)
    return groups


def _keys(agreement: Agreement) -> Iterator[tuple[str, Key]]:
    """Yield for each division the key that it is matched by: its article's number, else its place at the top."""
    for division, above in _walk(agreement.body):
        article = next((d for d in (*above, division) if d.kind == "article"), None)
        if article is not None:
            yield division.id, ("article", article.id.rpartition(".")[2])
        else:
            top = above[0] if above else division
            yield division.id, (top.kind, division.id if division.kind == "container" else top.id)


def _walk(divisions: Iterable[Division], above: tuple[Division, ...] = ()) -> Iterator[_Step]:
    for division in divisions:
        yield division, above
        yield from _walk(division.children, (*above, division))
