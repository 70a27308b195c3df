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
    found = repeats(incidence(slogan, {20, 21, 22, 23, 24, 25}, slogan - {8} | {30}))
    assert list(found) == [False, False, True]


def test_short_passages_are_alike_by_chance():
    assert not repeats(incidence({1, 2, 3}, {1, 2, 3}, {1, 2, 3})).any()


_passages = st.lists(st.sets(st.integers(0, 15), min_size=1, max_size=10), min_size=1, max_size=12)


@given(_passages)
def test_none_is_missed_and_none_is_made_up(passages):
    """Against the comparison of all pairs."""
    expected = [
        any(
            min(len(own), len(other)) >= FEWEST_TERMS
            and len(own & other) >= LIKENESS * len(own | other)
            for other in passages[:row]
        )
        for row, own in enumerate(passages)
    ]
    assert list(repeats(incidence(*passages))) == expected
