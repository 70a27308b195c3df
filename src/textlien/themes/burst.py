"""Burst: how much the occurrences of a term come in clumps, and so what it tells of a theme."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from textlien.arrays import Floats
from textlien.themes.model import Material

# Passages before and behind in which an occurrence counts as near.
_WINDOW = 4

# Pairs added to those observed and expected: of a rare term little is believed.
_CAUTION = 10.0

# Weight of clumps of interviews beside clumps within them. Words of a craft fill a whole
# interview (« verre »: .2 within, 2.9 between), but so do a speaker's tics (« mmh »: .1, 2.4), so
# in long interviews they count for less; in texts as short as the window there is nothing else.
_BETWEEN, _SHORT_TEXT = 0.6, 20.0

# Share of all occurrences that terms of least burst may have without telling anything: words of
# talk (« chose, coup, dire, moment ») are few and frequent. Terms that clump as much as the second
# number are none, however many there are.
_TALK, _SURELY_NO_TALK = 0.15, 0.5

# Differences of burst that mean nothing: with ten pairs of caution, terms that are strewn at random
# differ by a tenth.
_CHANCE = 0.1

# Share of all occurrences under which a term tells in part.
_TELLS_ENTIRELY = 0.75


def burst(material: Material) -> Floats:
    """Burst of each term: log ratio of near pairs of its passages to those expected by chance.

    Words that carry a topic come in clumps; words of talk are spread evenly.

    Parameters
    ----------
    material : counts; a passage has a term or not.

    Returns
    -------
    (terms,): ln((near + c)/(within + c)) + γ ln((within + c)/(corpus + c)), where near is the
    number of pairs of passages with the term at most four apart, and the two others are those
    expected when a term's passages are drawn within each interview, and in the whole corpus. γ is
    1 for short texts and .6 for long interviews.
    """
    present = sparse.csr_matrix(material.counts > 0, dtype=np.float64)
    near = neighbours(material, _WINDOW)
    pairs = np.asarray(present.multiply(near @ present).sum(axis=0)).ravel()
    of_interview = interview_rows(material)
    passages_with = sparse.csr_matrix(of_interview @ present)
    sizes = np.asarray(of_interview.sum(axis=1), dtype="float64").ravel()
    near_pairs = np.asarray(of_interview @ near.sum(axis=1)).ravel()
    rate = np.divide(near_pairs, sizes * (sizes - 1), out=np.zeros_like(sizes), where=sizes > 1)
    passages_with.data *= passages_with.data - 1
    within = np.asarray(passages_with.T @ rate).ravel()
    share = np.asarray(present.mean(axis=0)).ravel()
    corpus = share**2 * near.sum()
    between = min(1.0, max(_BETWEEN, _SHORT_TEXT / sizes.mean()))
    clumps = np.log((pairs + _CAUTION) / (within + _CAUTION))
    interviews = np.log((within + _CAUTION) / (corpus + _CAUTION))
    return np.asarray(clumps + between * interviews, dtype="float64")


def topicality(material: Material) -> Floats:
    """Burst of each term above that of words of talk: positive for terms that tell something.

    The line is drawn where the terms below have :data:`_TALK` of all occurrences, since burst
    depends on the length and the number of the texts, less what chance does.
    """
    strength = burst(material)
    return strength - _line(strength, material) + _CHANCE


def salience(material: Material) -> Floats:
    """Weight of one occurrence of each term for themes, from 0 (talk) to 1."""
    strength = burst(material)
    least = _line(strength, material)
    span = _quantile(strength, material, _TELLS_ENTIRELY) - least
    if span <= _CHANCE:
        return np.ones(len(strength))
    return np.asarray(np.clip((strength - least) / span, 0, 1), dtype="float64")


def _line(strength: Floats, material: Material) -> float:
    """Burst under which a term is a word of talk."""
    return min(_quantile(strength, material, _TALK), _SURELY_NO_TALK)


def _quantile(strength: Floats, material: Material, share: float) -> float:
    """Burst under which terms have a share of all occurrences."""
    totals = np.asarray(material.counts.sum(axis=0), dtype="float64").ravel()
    order = np.argsort(strength, kind="stable")
    reached = np.searchsorted(np.cumsum(totals[order]), share * totals.sum())
    return float(strength[order[min(int(reached), len(order) - 1)]])


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
