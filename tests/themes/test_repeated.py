from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from textlien.themes.repeated import FEWEST_TERMS, LIKENESS, repeats


def incidence(*passages: set[int]) -> sparse.csr_matrix:
    rows = [row for row, terms in enumerate(passages) for _ in terms]
    columns = [term for terms in passages for term in sorted(terms)]
    return sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(passages), 40))


def test_the_second_of_two_alike_repeats_the_first():
    slogan = {1, 2, 3, 4, 5, 6, 7, 8}
    others = {20, 21, 22, 23, 24, 25}
    assert list(repeats(incidence(slogan, others, slogan - {8} | {30}))) == [False, False, True]


def test_short_passages_are_alike_by_chance():
    assert not repeats(incidence({1, 2, 3}, {1, 2, 3}, {1, 2, 3})).any()


_passages = st.lists(st.sets(st.integers(0, 15), min_size=1, max_size=10), min_size=1, max_size=12)


@given(_passages)
def test_none_is_missed_and_none_is_made_up(passages):
    """Against the comparison of all pairs."""
    expected = [
        any(
            min(len(terms), len(other)) >= FEWEST_TERMS
            and len(terms & other) >= LIKENESS * len(terms | other)
            for other in passages[:row]
        )
        for row, terms in enumerate(passages)
    ]
    assert list(repeats(incidence(*passages))) == expected


def test_six_terms_are_enough_to_repeat_and_five_are_not():
    assert list(repeats(incidence(set(range(6)), set(range(6))))) == [False, True]
    assert list(repeats(incidence(set(range(5)), set(range(5))))) == [False, False]


def test_half_of_the_terms_is_enough_to_repeat():
    """Jaccard indices of 6 / 12 and 6 / 13."""
    first = set(range(9))
    assert list(repeats(incidence(first, set(range(3, 12))))) == [False, True]
    assert list(repeats(incidence(first | {12}, set(range(3, 12))))) == [False, False]
