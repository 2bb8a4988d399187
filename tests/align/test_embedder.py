"""An embedder that is plugged in tells what the words do not; texts of our own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from test_units import CHINESE, ENGLISH, ONE_TO_ONE

from sco_docs.align.beads import Matrix
from sco_docs.align.embedder import NoEmbedder
from sco_docs.align.lexicon import NoLexicon
from sco_docs.align.units import align_units

BLUE = ["甲甲甲甲甲", "乙乙乙乙乙", "丙丙丙丙丙"]
RED = ["xx yy zz", "vv vv vv"]


class Toy:
    """Knows which of the toy texts mean the same."""

    def embed(self, texts: Sequence[str], language: str) -> Matrix:
        places = {"甲": 0, "乙": 1, "丙": 2, "x": 0, "v": 2} if language else {}
        vectors = np.zeros((len(texts), 3))
        for row, text in zip(vectors, texts, strict=True):
            row[places[text[0]]] = 1.0
        return vectors


def test_an_embedder_decides_where_words_cannot() -> None:
    found = align_units(BLUE, RED, ("zh", "en"), NoLexicon(), Toy()).beads
    assert [(bead.a, bead.b) for bead in found] == [((0,), (0,)), ((1,), ()), ((2,), (1,))]


def test_the_one_that_knows_nothing_changes_nothing() -> None:
    plain = align_units(CHINESE, ENGLISH, ("zh", "en"))
    assert align_units(CHINESE, ENGLISH, ("zh", "en"), embedder=NoEmbedder()) == plain
    assert [(bead.a, bead.b) for bead in plain.beads] == ONE_TO_ONE
