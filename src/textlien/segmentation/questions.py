"""Questions that were asked in several interviews, worded differently each time.

A question is matched with a line of the interview guide, or grouped with others like it, by the
words that they share, each weighing the more the fewer questions hold it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from textlien import tables
from textlien.arrays import Floats, Integers
from textlien.text.folding import fold
from textlien.text.words import words_of

MATCHED = 0.5
"""Share of a guide line's weight that a question must hold to be that question.

Measured on 27 interviews of craftspeople whose interviewers numbered five questions: see
``docs/methods.md``.
"""

ALIKE = 0.5
"""Weighted Jaccard index from which two questions are the same."""

FEWEST_INTERVIEWS = 3
"""A question that comes back in fewer interviews is one interview's follow-up."""

_FEWEST_WORDS = 3
"""Words that a question must share with another: « vous y êtes née » says no more than « vous y
êtes »."""

_STEM = 5
"""Letters that tell words apart: « décrire, décrivez, décririez » are one word."""

_WORD = re.compile(r"[^\W\d_]{4,}")
"""Words of four letters or more: the shorter ones are function words."""

_AT_A_TIME = 500


def match_guide(passages: pd.DataFrame, guide: Sequence[str]) -> pd.DataFrame:
    """Match the question that each passage answers with the nearest line of the guide.

    Parameters
    ----------
    passages : table.
    guide : its questions.

    Returns
    -------
    Table ``passage_questions``: a row for each passage whose question is near enough to a line.
    """
    asked = pd.Series(passages["question"].unique())
    words = _incidence([*asked, *guide])
    likeness = _held(words[: len(asked)], words[len(asked) :])
    nearest = likeness.argmax(axis=1)
    best = likeness[np.arange(len(asked)), nearest]
    lines = [
        guide[line] if near >= MATCHED else "" for line, near in zip(nearest, best, strict=True)
    ]
    return _table(passages, asked, lines, best)


def recurring_questions(passages: pd.DataFrame) -> pd.DataFrame:
    """Group questions that come back in several interviews.

    Parameters
    ----------
    passages : table.

    Returns
    -------
    Table ``passage_questions``: a row for each passage whose question is asked in three interviews
    or more; a group is named by the wording that most interviews are near to.

    Notes
    -----
    Questions come in the order of how many interviews ask one that is near to them; each takes
    all that are near to it and still free. No chain of likenesses can join two questions that
    share nothing.
    """
    asked = pd.Series(passages["question"].unique())
    numbers = pd.factorize(passages["question"])[0]
    interviews = pd.factorize(passages["interview_id"])[0]
    pairs = sparse.csr_matrix(
        (np.ones(len(passages)), (numbers, interviews)),
        shape=(len(asked), interviews.max(initial=-1) + 1),
    )
    near = _near(_incidence(asked))
    leaders, likeness = _leaders(near, sparse.csr_matrix(pairs.sign()))
    names = ["" if leader < 0 else asked[leader] for leader in leaders]
    return _table(passages, asked, names, likeness)


def _table(
    passages: pd.DataFrame, asked: pd.Series, names: Sequence[str], likeness: Floats
) -> pd.DataFrame:
    """Table ``passage_questions``, of the passages whose question has a name."""
    by_question = pd.DataFrame(
        {"asked": asked, "name": list(names), "likeness": np.clip(likeness, 0, 1)}
    ).set_index("asked")
    rows = by_question.loc[passages["question"]].reset_index(drop=True)
    table = pd.DataFrame(
        {
            "passage_id": passages["passage_id"].to_numpy(),
            "question": rows["name"],
            "likeness": rows["likeness"],
        }
    )
    return tables.make("passage_questions", table[table["question"] != ""])


def _incidence(questions: Collection[str]) -> sparse.csr_matrix:
    """Questions × words, each weighing the logarithm of how rare it is."""
    stems = [_stems(question) for question in questions]
    codes, names = pd.factorize(np.array([stem for group in stems for stem in group], dtype=object))
    owners = np.repeat(np.arange(len(stems)), [len(group) for group in stems])
    shape = (len(stems), len(names))
    present = sparse.csr_matrix((np.ones(len(codes)), (owners, codes)), shape=shape)
    frequency = np.asarray(present.sum(axis=0)).ravel()
    return sparse.csr_matrix(present @ sparse.diags(np.log((1 + len(stems)) / frequency)))


def _stems(question: str) -> list[str]:
    """Beginnings of the words of a question, marks apart."""
    speech = (word.group() for run in words_of(question) for word in _WORD.finditer(run.group()))
    return sorted({fold(word)[:_STEM] for word in speech})


def _held(questions: sparse.csr_matrix, lines: sparse.csr_matrix) -> Floats:
    """Share of the weight of each line that each question holds: questions × lines."""
    weights = np.asarray(lines.sum(axis=1)).ravel()
    shared = np.asarray((questions.sign() @ lines.T).todense())
    return np.asarray(shared / np.where(weights > 0, weights, 1))


def _near(words: sparse.csr_matrix) -> sparse.csr_matrix:
    """Weighted Jaccard index of each two questions that are alike, and of each with itself."""
    present = sparse.csr_matrix(words.sign())
    n_words = np.asarray(present.sum(axis=1)).ravel()
    # What has fewer words is like nothing: interjections are most of what interviewers say.
    present = sparse.csr_matrix(
        sparse.diags((n_words >= _FEWEST_WORDS).astype("float64")) @ present
    )
    present.eliminate_zeros()
    words = sparse.csr_matrix(words.multiply(present))
    totals = np.asarray(words.sum(axis=1)).ravel()
    parts = [sparse.csr_matrix((0, words.shape[0]))]
    for start in range(0, words.shape[0], _AT_A_TIME):
        rows = slice(start, start + _AT_A_TIME)
        shared, n_shared = (
            sparse.csr_matrix(left[rows] @ present.T).sorted_indices() for left in (words, present)
        )
        cells = shared.tocoo()
        union = totals[rows][cells.row] + totals[cells.col] - cells.data
        index = cells.data / union
        kept = (index >= ALIKE) & (n_shared.data >= _FEWEST_WORDS)
        entries = (index[kept], (cells.row[kept], cells.col[kept]))
        parts.append(sparse.csr_matrix(entries, shape=shared.shape))
    return sparse.csr_matrix(sparse.vstack(parts))


def _leaders(near: sparse.csr_matrix, asked_in: sparse.csr_matrix) -> tuple[Integers, Floats]:
    """The question that each one is counted as, by number, or −1; and how near it is.

    Parameters
    ----------
    near : questions × questions.
    asked_in : questions × interviews, 1 where a question was asked.
    """
    leaders = np.full(near.shape[0], -1, dtype=np.int64)
    likeness = np.zeros(near.shape[0])
    reach = np.asarray((near.sign() @ asked_in).sign().sum(axis=1)).ravel()
    for question in np.argsort(-reach, kind="stable"):
        if reach[question] < FEWEST_INTERVIEWS:
            break
        row = near[question]
        free = leaders[row.indices] < 0
        members = row.indices[free]
        if leaders[question] < 0 and _interviews(asked_in, members) >= FEWEST_INTERVIEWS:
            leaders[members] = question
            likeness[members] = row.data[free]
    return leaders, likeness


def _interviews(asked_in: sparse.csr_matrix, questions: Integers) -> int:
    """Number of interviews in which one of some questions was asked."""
    return len(np.unique(asked_in[questions].indices))
