"""Prints how well laws are aligned, clean and with paragraphs dropped and merged; then prose, other pairs of
languages, whether texts that are no versions of each other are told, and time and memory of a long pair.

    python tests/bench/bench_align.py [--laws N] [--lexicon full|legal|none] [--fit odd|all] [--learn odd|all]

Strict: a bead counts when it is exactly that of the gold. Lax: when it shares a unit on both sides with one.
Omission: beads with an empty side. ``--fit`` prints the weights of the omission model, ``--learn`` the legal
lexicon; figures are of the even laws, so they mean something for tables that were learned on the odd ones. ``--lexicon
legal``: without CC-CEDICT; ``none``: lengths, numbers and punctuation alone.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import time
from itertools import combinations
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from sco_docs.align.embedder import NoEmbedder
from sco_docs.align.lexicon import CedictLexicon, LegalLexicon, Lexicon, NoLexicon, installed_lexicon
from sco_docs.align.omissions import EVIDENCE, suspects
from sco_docs.align.tokens import tokens
from sco_docs.align.units import align_units, clauses, first_path
from sco_docs.align.versions import RELATED

SHARED = Path(os.environ.get("SCO_DOCS_SHARED", Path(__file__).resolve().parents[3] / "shared"))
Bead = tuple[tuple[int, ...], tuple[int, ...]]
Unit = tuple[tuple[int, ...], str]


def load_laws() -> list[tuple[list[str], list[str]]]:
    laws = json.loads((SHARED / "align/laws_dev.json").read_text("utf-8"))
    return [
        ([line for a in law["articles"] for line in a["zh"]], [line for a in law["articles"] for line in a["en"]])
        for law in laws
    ]


def perturbed(lines: list[str], rng: random.Random, drop: float, merge: float) -> list[Unit]:
    kept = [((i,), line) for i, line in enumerate(lines) if rng.random() >= drop]
    units: list[Unit] = []
    for ids, line in kept:
        if units and len(units[-1][0]) < 3 and rng.random() < merge:
            units[-1] = (units[-1][0] + ids, f"{units[-1][1]} {line}")
        else:
            units.append((ids, line))
    return units


def gold_beads(a: list[Unit], b: list[Unit]) -> list[Bead]:
    """Connected components of the units that share a line."""
    of_a = {line: i for i, (ids, _) in enumerate(a) for line in ids}
    of_b = {line: j for j, (ids, _) in enumerate(b) for line in ids}
    component: dict[tuple[str, int], set[tuple[str, int]]] = {}
    for key in [("a", i) for i in range(len(a))] + [("b", j) for j in range(len(b))]:
        component[key] = {key}
    for line in of_a.keys() & of_b.keys():
        joined = component["a", of_a[line]] | component["b", of_b[line]]
        for key in joined:
            component[key] = joined
    beads = {
        (tuple(sorted(i for s, i in c if s == "a")), tuple(sorted(j for s, j in c if s == "b")))
        for c in map(frozenset, component.values())
    }
    return sorted(beads)


def f1(hits: float, found: float, wanted: float) -> float:
    return 2 * hits / max(found + wanted, 1)


def measure(cases: list[tuple[list[Unit], list[Unit]]], found: list[list[Bead]]) -> str:
    strict = lax = nulls = n_found = n_gold = null_found = null_gold = pairs_found = pairs_gold = 0
    for (a, b), beads in zip(cases, found, strict=True):
        gold = set(gold_beads(a, b))
        have = set(beads)
        full_gold = {g for g in gold if g[0] and g[1]}
        full_have = {h for h in have if h[0] and h[1]}
        strict += len(gold & have)
        n_found, n_gold = n_found + len(have), n_gold + len(gold)
        lax += sum(any(set(h[0]) & set(g[0]) and set(h[1]) & set(g[1]) for g in full_gold) for h in full_have)
        pairs_found, pairs_gold = pairs_found + len(full_have), pairs_gold + len(full_gold)
        nulls += len((gold - full_gold) & (have - full_have))
        null_found, null_gold = null_found + len(have - full_have), null_gold + len(gold - full_gold)
    return (
        f"strict {f1(strict, n_found, n_gold):.4f}  lax precision {lax / max(pairs_found, 1):.4f}  "
        f"omissions {f1(nulls, null_found, null_gold):.4f} ({null_found} found, {null_gold} in gold)"
    )


def learn(laws: list[tuple[list[str], list[str]]], rounds: int = 8) -> None:
    """Print the rows of data/legal_lexicon.tsv: the word translations that IBM Model 1 learns from pairs of lines."""
    cedict = CedictLexicon()
    pairs = [
        (law, tokens(z, "zh", cedict.words), tokens(e, "en", ()))
        for law, (zh, en) in enumerate(laws)
        for z, e in zip(zh, en, strict=True)
    ]
    laws_of: dict[str, set[int]] = {}
    for law, zh, _ in pairs:
        for word in zh:
            laws_of.setdefault(word, set()).add(law)
    chance: dict[tuple[str, str], float] = {}
    for _ in range(rounds):
        counts: dict[tuple[str, str], float] = {}
        totals: dict[str, float] = {}
        for _, zh, en in pairs:
            for e in en:
                weights = [(z, chance.get((z, e), 0.0) if chance else 1.0) for z in (*zh, "")]
                mass = sum(w for _, w in weights) or 1.0
                for z, w in weights:
                    if w / mass > 1e-3:
                        counts[z, e] = counts.get((z, e), 0.0) + w / mass
                        totals[z] = totals.get(z, 0.0) + w / mass
        chance = {(z, e): c / totals[z] for (z, e), c in counts.items()}
    rows: dict[str, list[tuple[float, str]]] = {}
    for (z, e), p in chance.items():
        if p >= 0.08 and counts[z, e] >= 2 and len(laws_of.get(z, ())) >= 3 and not e.startswith("#") and z[:1] > "z":
            rows.setdefault(z, []).append((p, e))
    for z in sorted(rows):
        print(f"{z}\t" + " ".join(f"{e}:{p:.2f}" for p, e in sorted(rows[z], key=lambda r: (-r[0], r[1]))))


def fit(laws: list[tuple[list[str], list[str]]]) -> None:
    """Learn the omission model on laws of which lines are dropped and merged, and print its weights."""
    lexicon = installed_lexicon()
    rng = random.Random(7)
    rows, labels = [], []
    for drop, merge, (zh, en) in [(drop, merge, law) for drop, merge in ((0.1, 0.0), (0.06, 0.0)) for law in laws]:
        units = [perturbed(zh, rng, drop, merge), perturbed(en, rng, drop, merge)]
        cut = [
            [(ids, clause) for ids, line in lines for clause in clauses(line, language)]
            for lines, language in zip(units, ("zh", "en"), strict=True)
        ]
        numbered = [[(k, clause) for k, (_, clause) in enumerate(side_)] for side_ in cut]
        first = first_path(numbered[0], numbered[1], ("zh", "en"), lexicon, NoEmbedder())
        for suspect in suspects(first.path, first.a, first.b, first.words):
            others = {line for k in first.path[suspect.bead][1 - suspect.side] for line in cut[1 - suspect.side][k][0]}
            rows.append(suspect.evidence)
            labels.append(not others & set(cut[suspect.side][suspect.unit][0]))
    x, y = np.array(rows), np.array(labels, dtype=float)

    def loss(weights: np.ndarray) -> float:
        z = x @ weights
        return float(np.sum(np.logaddexp(0, z) - y * z) + 0.5 * np.sum(weights[1:] ** 2))

    weights = minimize(loss, np.zeros(x.shape[1])).x
    print(f"{len(y)} units, {int(y.sum())} omissions")
    for name, weight in zip(EVIDENCE, weights, strict=True):
        print(f"{name}\t{weight:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--laws", type=int, default=1000)
    parser.add_argument("--lexicon", choices=["full", "legal", "none"], default="full")
    parser.add_argument("--fit", choices=["odd", "all"])
    parser.add_argument("--learn", choices=["odd", "all"])
    args = parser.parse_args()
    if args.learn:
        learn(load_laws()[1::2] if args.learn == "odd" else load_laws())
        return
    if args.fit:
        fit(load_laws()[1::2] if args.fit == "odd" else load_laws())
        return
    lexicon: Lexicon = NoLexicon()
    if args.lexicon != "none":
        lexicon = LegalLexicon(NoLexicon()) if args.lexicon == "legal" else installed_lexicon()
    laws = load_laws()[::2][: args.laws]
    of_laws(laws, lexicon)
    of_prose(lexicon)
    of_relation(laws, lexicon)
    of_length(laws, lexicon)


def of_laws(laws: list[tuple[list[str], list[str]]], lexicon: Lexicon) -> None:
    for name, drop, merge in (("clean", 0.0, 0.0), ("5 % dropped, 15 % merged", 0.05, 0.15)):
        rng = random.Random(1)
        cases = [(perturbed(zh, rng, drop, merge), perturbed(en, rng, drop, merge)) for zh, en in laws]
        start = time.perf_counter()
        sides = [[[text for _, text in side_] for side_ in case] for case in cases]
        found = [[(bead.a, bead.b) for bead in align_units(*s, ("zh", "en"), lexicon).beads] for s in sides]
        print(f"{name}: {measure(cases, found)}  {time.perf_counter() - start:.1f} s")


def load_prose() -> dict[str, list[list[list[str]]]]:
    """Return the texts of texts/prose.tsv: for each its beads, each bead a list of sentences for each language."""
    texts: dict[str, list[list[list[str]]]] = {}
    for line in (Path(__file__).parent / "texts/prose.tsv").read_text("utf-8").splitlines():
        if line.startswith("= "):
            current = texts.setdefault(line[2:], [])
        elif line and not line.startswith("#"):
            current.append([cell.split(" | ") for cell in line.split("\t")])
    return texts


def of_prose(lexicon: Lexicon) -> None:
    for name, beads in load_prose().items():
        languages = ("zh", "en", "ru")[: len(beads[0])]
        for i, j in combinations(range(len(languages)), 2):
            sides = [[sentence for bead in beads for sentence in bead[k]] for k in (i, j)]
            gold, at = set(), [0, 0]
            for bead in beads:
                to = [at[0] + len(bead[i]), at[1] + len(bead[j])]
                gold.add((tuple(range(at[0], to[0])), tuple(range(at[1], to[1]))))
                at = to
            found = align_units(*sides, (languages[i], languages[j]), lexicon)
            have = {(bead.a, bead.b) for bead in found.beads}
            strict = f1(len(gold & have), len(have), len(gold))
            pair = f"{name} {languages[i]}-{languages[j]}"
            print(f"{pair}: strict {strict:.4f} ({len(gold)} beads), relation {found.relation:.2f}")


def of_relation(laws: list[tuple[list[str], list[str]]], lexicon: Lexicon) -> None:
    """Print the measure by which texts are refused, for laws against their own and against the next law's English."""
    some = [(zh[:80], en[:80]) for zh, en in laws[:20]]
    own = [align_units(zh, en, ("zh", "en"), lexicon).relation for zh, en in some]
    other = [align_units(zh, some[k - 1][1], ("zh", "en"), lexicon).relation for k, (zh, _) in enumerate(some)]
    print(f"relation: versions from {min(own):.2f}, other texts up to {max(other):.2f}; refused below {RELATED}")


def of_length(laws: list[tuple[list[str], list[str]]], lexicon: Lexicon, size: int = 3000) -> None:
    zh = [line for law in laws for line in law[0]][:size]
    en = [line for law in laws for line in law[1]][:size]
    start = time.perf_counter()
    align_units(zh, en, ("zh", "en"), lexicon)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(zh)} lines, {sum(map(len, zh)):,} characters: {seconds:.1f} s; peak of the whole process {peak} MB")


if __name__ == "__main__":
    main()
