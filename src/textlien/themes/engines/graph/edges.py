"""Edges of the graph: how much each two terms belong together."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy import sparse

from textlien.arrays import Floats, Integers, unit_rows
from textlien.themes.burst import interview_rows, neighbours, topicality
from textlien.themes.model import Material

# A term has to be in three interviews, and in one of 25 of a large corpus: what one or two persons
# say is no theme of a study. Fewer than twelve interviews cannot ask for more than two.
_FEWEST_INTERVIEWS, _FEW, _LEAST_SHARE = 3, 12, 0.04

# Number of interviews that hold a pair at which it is believed entirely; a pair of one interview
# is not believed at all. Between them belief grows as the logarithm.
_ENOUGH_INTERVIEWS = 21

# Weight of the similarity of meaning against what is expected by chance: for a pair expected twice
# in the whole corpus it counts by half, for one expected forty times by a twentieth.
_PRIOR_MEETINGS = 2.0

# Greatest strength of an edge that only meaning supports, and the part of an edge's strength that
# does not ask for likeness of meaning: more of the first, less of the second make themes steadier
# and their words less often said together (docs/benchmarks.md says what was tried).
_MEANING, _WITHOUT_LIKENESS = 0.2, 0.2

# Edges by meaning go to the nearest terms only.
_NEAREST = 15

# Terms beyond this number are left out, those that tell least first: the graph has its square.
_MOST_TERMS = 4000


class TermGraph(NamedTuple):
    """A graph of terms.

    Attributes
    ----------
    nodes : columns of the material.
    edges : nodes × nodes, ≥ 0, symmetric: what themes are found in.
    evidence : the same, of what is said together alone, without similarity of meaning: what words
        of a theme are ranked by.
    frequency : (nodes,), passages with the term.
    present : passages × nodes, 1 where the passage has the term.
    """

    nodes: Integers
    edges: sparse.csr_matrix
    evidence: sparse.csr_matrix
    frequency: Floats
    present: sparse.csc_matrix


def term_graph(material: Material) -> TermGraph:
    """Make the graph of the terms of a material.

    Two terms belong together as far as they are in the same passages more often than by chance
    (positive NPMI), in several interviews, and mean something alike. Where the corpus is too
    small to tell, their likeness of meaning stands in. Both count by how much they tell
    (:func:`~textlien.themes.burst.topicality`) and by the logarithm of their frequency.

    Parameters
    ----------
    material : passages that repeat another one are not counted.

    References
    ----------
    Bouma, G. (2009). Normalized (pointwise) mutual information in collocation extraction.
    """
    learnt = material.learnt()
    present = sparse.csr_matrix(learnt.counts > 0, dtype=np.float32)
    tells = topicality(learnt)
    nodes = _nodes(learnt, present, tells)
    chosen = sparse.csr_matrix(present[:, nodes])
    frequency = np.asarray(chosen.sum(axis=0), dtype="float64").ravel()
    likeness = _likeness(material.vectors[nodes])
    if material.verbs is not None:
        # Any two verbs of movement or of intention are alike, and no subject: « partir, rentrer »,
        # « développer, favoriser ».
        verbs = material.verbs[nodes]
        likeness[np.ix_(verbs, verbs)] = 0
    expected = np.outer(frequency, frequency) / max(present.shape[0], 1)
    together = _association(chosen, expected) * _belief(learnt, chosen)
    together *= _WITHOUT_LIKENESS + likeness
    pull = np.sqrt(np.maximum(tells[nodes], 0.01) * np.log1p(frequency))
    pulls = np.outer(pull, pull)
    evidence = together * pulls
    prior = _MEANING * _PRIOR_MEETINGS / (_PRIOR_MEETINGS + expected)
    edges = evidence + prior * _nearest(likeness) * pulls
    return TermGraph(
        nodes,
        sparse.csr_matrix(edges),
        sparse.csr_matrix(evidence),
        frequency,
        sparse.csc_matrix(chosen),
    )


def _nodes(learnt: Material, present: sparse.csr_matrix, tells: Floats) -> Integers:
    """Columns of the terms that tell something and that enough interviews have."""
    of_interview = interview_rows(learnt)
    n_interviews = np.asarray((of_interview @ present > 0).sum(axis=0)).ravel()
    texts = of_interview.shape[0]
    least = max(_FEWEST_INTERVIEWS, round(_LEAST_SHARE * texts))
    enough = n_interviews >= (min(texts, 2) if texts < _FEW else least)
    asked = np.zeros(len(tells), dtype=bool)
    asked[[word for words in learnt.seed_words for word in words]] = True
    nodes = np.flatnonzero((enough & (tells > 0)) | (asked & (n_interviews > 0)))
    if len(nodes) <= _MOST_TERMS:
        return np.asarray(nodes, dtype="int64")
    frequency = np.asarray(present[:, nodes].sum(axis=0)).ravel()
    order = np.lexsort((nodes, -tells[nodes] * np.log1p(frequency), ~asked[nodes]))
    return np.asarray(np.sort(nodes[order[:_MOST_TERMS]]), dtype="int64")


def _association(present: sparse.csr_matrix, expected: Floats) -> Floats:
    """Positive NPMI of each pair of terms within passages; 0 for a term with itself."""
    together = (present.T @ present).toarray().astype("float64")
    n = max(present.shape[0], 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        npmi = np.log(together / expected) / -np.log(together / n)
    npmi[~np.isfinite(npmi)] = 0
    np.fill_diagonal(npmi, 0)
    return np.asarray(np.maximum(npmi, 0), dtype="float64")


def _belief(learnt: Material, present: sparse.csr_matrix) -> Floats:
    """Belief in each pair, from 0 to 1, by the number of interviews in which it meets.

    Two terms meet where one is in the passage of the other, or in a neighbouring one.
    """
    around = sparse.csr_matrix(present + neighbours(learnt, 1).astype(np.float32) @ present)
    around.data[:] = 1
    interviews = np.zeros((present.shape[1], present.shape[1]), dtype=np.float32)
    ends = np.searchsorted(learnt.interviews, np.arange(int(learnt.interviews.max()) + 2))
    for start, end in pairwise(ends):
        met = (present[start:end].T @ around[start:end]).tocoo()
        interviews[met.row, met.col] += 1
    interviews = np.maximum(interviews, interviews.T)
    if len(ends) == 2:  # a single interview has to be believed
        return np.asarray(interviews, dtype="float64")
    belief = np.log1p(np.maximum(interviews - 1, 0)) / np.log(_ENOUGH_INTERVIEWS)
    return np.asarray(np.minimum(1, belief), dtype="float64")


def _likeness(vectors: Floats) -> Floats:
    """Positive cosine of the meanings of each two terms, less what all have in common."""
    unit = unit_rows(vectors - vectors.mean(axis=0))
    cosine = np.maximum(unit @ unit.T, 0)
    np.fill_diagonal(cosine, 0)
    return np.asarray(cosine, dtype="float64")


def _nearest(likeness: Floats) -> Floats:
    """Likeness to the nearest terms of each term; 0 elsewhere."""
    number = min(_NEAREST, len(likeness) - 1)
    if number < 1:
        return likeness
    least = np.partition(likeness, -number, axis=1)[:, -number][:, np.newaxis]
    near = np.where(likeness >= least, likeness, 0)
    return np.asarray(np.maximum(near, near.T), dtype="float64")
