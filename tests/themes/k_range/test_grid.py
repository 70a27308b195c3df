from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import hint_of, text_of
from textlien.errors import TextlienError
from textlien.themes.k_range.grid import limited, read_range


@pytest.mark.parametrize(
    ("text", "ks"),
    [
        ("5-40", (5, 8, 10, 12, 15, 20, 25, 30, 40)),
        ("5–40", (5, 8, 10, 12, 15, 20, 25, 30, 40)),
        (" 7 - 11 ", (7, 8, 10, 11)),
        ("9-9", (9,)),
        ("5-22:5", (5, 10, 15, 20)),
        ("20,5, 10,5", (5, 10, 20)),
        ("5;10", (5, 10)),
        ("12", (12,)),
        ("2-200", (2, 3, 4, 5, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 120, 150, 200)),
    ],
)
def test_a_range_is_two_ends_a_step_or_a_list(text, ks):
    assert read_range(text) == ks


@given(st.integers(2, 200), st.integers(2, 200))
def test_a_range_rises_from_one_end_to_the_other(first, last):
    first, last = sorted((first, last))
    ks = read_range(f"{first}-{last}")
    assert (ks[0], ks[-1]) == (first, last)
    assert list(ks) == sorted(set(ks))


def problem_of(text):
    with pytest.raises(TextlienError) as raised:
        read_range(text)
    (problem,) = raised.value.problems
    assert problem.location.argument == "--k"
    return problem


@pytest.mark.parametrize("text", ["abc", "5-", "-5", "5-10-15", "5-40:0", "5.5", "5 10", "1e3"])
def test_what_is_no_range_is_refused_with_what_to_write(text):
    problem = problem_of(text)
    assert problem.id == "k_range.not-a-range"
    assert f'"{text}"' in text_of(problem)
    assert "--k 5-40:5" in hint_of(problem)


def test_ends_the_wrong_way_round_are_turned_in_the_hint():
    problem = problem_of("40-5")
    assert problem.id == "k_range.backwards"
    assert "--k 5-40" in hint_of(problem)


def test_numbers_that_the_study_file_would_refuse_are_named():
    assert "1, 500" in text_of(problem_of("1,10,500"))
    assert problem_of("1-10").id == "k_range.outside"
    assert "from 2 to 200" in text_of(problem_of("5-900000"))


def test_greater_numbers_than_the_corpus_holds_become_the_most_that_it_holds():
    assert limited((5, 10, 20, 40), 12) == (5, 10, 12)
    assert limited((5, 10), 12) == (5, 10)
    assert limited((20, 30), 2) == (2,)
