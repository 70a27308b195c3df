from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.making import ENGLISH
from textlien.themes.k_range.advise import advice, as_good, choose
from textlien.themes.k_range.compare import RangeThemes, standard_error
from textlien.themes.model import ThemeModel

ALL_BACK = np.full((3, 4), 0.9)


def rows(*means: float, spread: float = 0.01) -> np.ndarray:
    """Values of four draws around each mean; what a draw has of its own is the same for all."""
    of_draw = np.array([-0.2, -0.1, 0.1, 0.2])
    own = spread * np.array([1, -1, 1, -1])
    signs = [1, -1, 1, -1, 1][: len(means)]
    return np.array([mean + of_draw + sign * own for mean, sign in zip(means, signs, strict=True)])


def test_the_k_that_tells_most_is_taken_and_none_that_tells_less_in_all_draws():
    assert choose(rows(0.30, 0.50, 0.20), ALL_BACK) == (1, "recommended", ())


def test_a_k_that_tells_as_much_but_for_one_standard_error_is_named():
    """Differences of draws: .01 ± .01, whose mean is .01 and standard error .0115."""
    best = np.array([0.3, 0.4, 0.5, 0.6])
    nearly = best - [0.0, 0.02, 0.03, -0.01]
    assert standard_error(best - nearly) == pytest.approx(0.0091, abs=5e-5)
    assert as_good(np.array([nearly, best]), 1).tolist() == [False, True]
    nearly = best - [0.0, 0.02, 0.04, -0.02]
    assert standard_error(best - nearly) == pytest.approx(0.0129, abs=5e-5)
    gain = np.array([nearly, best])
    assert as_good(gain, 1).tolist() == [True, True]
    assert choose(gain, ALL_BACK[:2]) == (1, "recommended", (0,))


def test_of_equal_k_the_smaller_is_taken():
    gain = rows(0.3, 0.3, spread=0)
    assert choose(gain, ALL_BACK[:2]) == (0, "recommended", (1,))


def test_a_gain_within_one_standard_error_of_nothing_tells_nothing():
    """Gains -.1, 0, .1, .2: mean .05, standard deviation .129, error .0645."""
    gain = np.array([[-0.1, 0.0, 0.1, 0.2], [-0.1, 0.0, 0.1, 0.1]])
    assert standard_error(gain)[0] == pytest.approx(0.0645, abs=5e-5)
    assert choose(gain, ALL_BACK[:2]).outcome == "tells-nothing"
    assert choose(gain + 0.02, ALL_BACK[:2])[:2] == (0, "recommended")


def test_a_k_whose_themes_do_not_come_back_is_passed_over():
    returns = np.array([[0.9] * 4, [0.8] * 4, [0.7, 0.8, 0.8, 0.8]])
    assert choose(rows(0.30, 0.495, 0.50), returns) == (1, "recommended", ())


def test_exactly_four_themes_of_five_are_enough_whatever_their_last_digit():
    """Of 9 themes 36 of 45 come back over five draws, which is not .8 in floating point."""
    returns = np.array([[1.0] * 5, np.array([8, 8, 7, 6, 7]) / 9])
    gain = np.tile([0.3, 0.31, 0.29, 0.3, 0.3], (2, 1))
    gain[1] += 0.1
    for order in itertools.permutations(returns[1]):
        of_order = np.array([returns[0], order])
        assert choose(gain, of_order) == (1, "recommended", ())


def test_where_no_k_has_both_the_steadiest_that_tells_is_taken_and_it_is_told():
    returns = np.array([[0.5] * 4, [0.6] * 4, [1.0] * 4])
    assert choose(rows(0.30, 0.3, -0.5), returns) == (1, "unstable", ())


@given(
    arrays(float, (4, 5), elements=st.floats(-1, 1)),
    arrays(float, (4, 5), elements=st.floats(0, 1)),
)
def test_a_recommended_k_comes_back_tells_something_and_none_such_tells_more(gain, returns):
    choice = choose(gain, returns)
    means = gain.mean(axis=1)
    both = (means > gain.std(axis=1, ddof=1) / 5**0.5) & (returns.mean(axis=1) >= 0.8 - 1e-9)
    assert (choice.outcome == "recommended") == bool(both.any())
    if choice.outcome == "recommended":
        assert both[choice.row]
        assert means[choice.row] == means[both].max()
        assert both[list(choice.equals)].all()


def test_themes_that_tell_nothing_recommend_nothing():
    assert choose(rows(-0.02, -0.01, 0.0), ALL_BACK) == (None, "tells-nothing", ())


def test_a_single_k_recommends_nothing():
    assert choose(rows(0.3), ALL_BACK[:1]) == (None, "alone", ())


@pytest.mark.parametrize("draws", [0, 1])
def test_without_draws_nothing_is_recommended(draws):
    assert choose(rows(0.3, 0.4)[:, :draws], ALL_BACK[:2, :draws]) == (None, "no-draws", ())


def test_a_gain_that_could_not_be_measured_recommends_nothing():
    assert choose(np.array([[0.1, np.nan], [0.1, 0.1]]), ALL_BACK[:2, :2]) == (None, "no-draws", ())


TERMS = ("bus", "métro", "loyer", "bail", "école", "classe")


def themes(k: int, *groups: str, fragile: int = 0, returns: float = 0.9) -> RangeThemes:
    """Themes of equal weights, labelled by their words; the last ones are fragile."""
    weights = np.array([[term in group.split() for term in TERMS] for group in groups], dtype=float)
    return RangeThemes(
        k=k,
        model=ThemeModel(
            TERMS, weights / weights.sum(axis=1, keepdims=True), np.ones(6), np.full(6, 1 / 6)
        ),
        labels=groups,
        fragile=np.arange(len(groups)) >= len(groups) - fragile,
        returns=np.full(4, returns),
        stability=0.8,
        npmi=0.1,
        diversity=1.0,
        coverage=0.5,
        gain=np.full(4, 0.2),
        seconds=0.1,
    )


def paragraphs(range_of_themes, choice) -> list[str]:
    return [" ".join(map(ENGLISH.message, part)) for part in advice(range_of_themes, choice)]


TWO = themes(2, "bus métro loyer bail", "école classe")
THREE = themes(3, "bus métro", "loyer bail", "école classe", returns=0.85)


def test_the_advice_names_what_a_smaller_k_melts_and_what_a_greater_one_adds():
    fewer, chosen, more = TWO, themes(3, "bus métro", "loyer bail"), THREE._replace(k=4)
    fewer = themes(2, "bus métro loyer bail")
    told = paragraphs([fewer, chosen, more], choose(rows(0.5, 0.505, 0.3), ALL_BACK))
    assert told[0] == (
        "k = 3: 2 themes, of which 90% come back when other interviews are drawn; 0 are fragile. "
        "But for differences between draws, k = 2 predicts as well."
    )
    assert told[1] == (
        "With k = 2: 1 theme, 0 of them fragile. "
        '"bus métro", "loyer bail" are a single one there: "bus métro loyer bail".'
    )
    assert told[2] == ('With k = 4: 3 themes, 0 of them fragile. Is added there: "école classe".')
    assert told[3].startswith("Rule: of the k of which 80%")
    assert "Numbers tried: 2, 3, 4." in told[3]


def test_the_advice_counts_fragile_themes_and_names_those_that_divide_or_vanish():
    chosen = TWO
    more = themes(3, "bus métro", "loyer bail", fragile=1)
    told = paragraphs([chosen, more], choose(rows(0.5, -0.3), ALL_BACK[:2]))
    assert told[1] == "It is the smallest k of the range: try below 2 too."
    assert told[2] == (
        "With k = 3: 2 themes, 1 of them fragile. "
        '"bus métro loyer bail" is divided there: "bus métro", "loyer bail". '
        'Is no longer there: "école classe".'
    )


def test_the_greatest_k_of_a_range_is_said_to_be_at_its_edge():
    told = paragraphs([TWO, THREE], choose(rows(0.2, 0.5), ALL_BACK[:2]))
    assert told[2] == "It is the greatest k of the range: try above 3 too."


def test_a_recommendation_for_want_of_better_says_so():
    range_of_themes = [TWO, themes(3, "bus métro", "loyer bail", returns=0.6)]
    choice = choose(rows(0.2, 0.5), np.array([[0.5] * 4, [0.6] * 4]))
    assert choice == (1, "unstable", ())
    assert paragraphs(range_of_themes, choice)[0] == (
        "k = 3, for want of better: 2 themes, of which 60% come back when other interviews are "
        "drawn; 0 are fragile. No k whose themes tell anything of the interviews held out "
        "reaches 80%."
    )


def test_without_a_recommendation_there_is_one_sentence():
    assert len(paragraphs([TWO], (choose(rows(0.2), ALL_BACK[:1])))) == 1
