"""Burst: how much the occurrences of a term come in clumps."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from textlien.arrays import Floats
from textlien.themes.model import Material

# Passages before and behind in which an occurrence counts as near.
_WINDOW = 4

# Added to observed and expected pairs: of a rare term nothing is believed.
_CAUTION = 10.0


def burst(material: Material) -> Floats:
    """Burst of each term: log ratio of near pairs of its passages to those expected by chance.

    Words that carry a topic come in clumps; words of talk are spread evenly.
    """
    present = sparse.csr_matrix(material.counts > 0, dtype=np.float64)
    near = neighbours(material, _WINDOW)
    pairs = np.asarray(present.multiply(near @ present).sum(axis=0)).ravel()
    of_interview = interview_rows(material)
    passages_with = sparse.csr_matrix(of_interview @ present)
    sizes = np.asarray(of_interview.sum(axis=1)).ravel()
    near_pairs = np.asarray(of_interview @ near.sum(axis=1)).ravel()
    rate = np.divide(near_pairs, sizes * (sizes - 1), out=np.zeros_like(sizes), where=sizes > 1)
    passages_with.data *= passages_with.data - 1
    expected = np.asarray(passages_with.T @ rate).ravel()
    return np.asarray(np.log((pairs + _CAUTION) / (expected + _CAUTION)), dtype="float64")


def neighbours(material: Material, window: int) -> sparse.csr_matrix:
    """Passages × passages: 1 for two passages of an interview at most ``window`` apart."""
    interviews = material.interviews
    n = len(interviews)
    upper = sparse.csr_matrix((n, n))
    for distance in range(1, min(window, n - 1) + 1):
        same = (interviews[distance:] == interviews[:-distance]).astype(float)
        upper = sparse.csr_matrix(upper + sparse.diags(same, distance, shape=(n, n)))
    return sparse.csr_matrix(upper + upper.T)


def interview_rows(material: Material) -> sparse.csr_matrix:
    """Interviews × passages: 1 where the passage is one of the interview."""
    n = len(material.interviews)
    return sparse.csr_matrix((np.ones(n), (material.interviews, np.arange(n))))
