"""The place for a sentence embedder: one more score of how well clauses match, where someone has one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from sco_docs.align.beads import Matrix
from sco_docs.align.path import Shape

_WEIGHT = 10.0  # nats for a cosine of 1 above the mean


class Embedder(Protocol):
    """Gives clauses of any language their places in one space, in which translations lie close together."""

    def embed(self, texts: Sequence[str], language: str) -> Matrix:
        """Return a vector for each text: ``len(texts)`` rows; no columns where it knows nothing."""


class NoEmbedder:
    """Knows nothing and changes nothing."""

    def embed(self, texts: Sequence[str], language: str) -> Matrix:  # noqa: ARG002 - the protocol's signature
        """Return vectors of no dimension."""
        return np.zeros((len(texts), 0))


def with_likeness(table: Mapping[Shape, Matrix], a: Matrix, b: Matrix) -> dict[Shape, Matrix]:
    """Return the scores with the likeness of the runs' vectors added; ``a`` and ``b`` are vectors of the clauses."""
    if not a.shape[1] or not b.shape[1]:
        return dict(table)
    mean = float((_unit(a) @ _unit(b).T).mean())
    return {
        (p, q): score + _WEIGHT * (p + q) / 2 * (_unit(_runs(a, p)) @ _unit(_runs(b, q)).T - mean)
        for (p, q), score in table.items()
    }


def _runs(vectors: Matrix, size: int) -> Matrix:
    total = np.concatenate([np.zeros((1, vectors.shape[1])), np.cumsum(vectors, axis=0)])
    return np.asarray(total[size:] - total[: len(total) - size])


def _unit(vectors: Matrix) -> Matrix:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12))
