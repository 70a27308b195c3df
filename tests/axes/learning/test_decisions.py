import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit
from scipy.stats import beta, binom, t

from textlien.axes.learning.decisions import Cuts, Tried, choose_cuts, decide, upper_bounds
from textlien.study.options import AxesOptions, ThresholdsOptions


def chosen(tried, **options):
    return choose_cuts(tried, 0.5, AxesOptions(**options), "projet")


def made_up(rng, n_interviews, words=20.0, between=0.5):
    """Passages of interviews that carry the axis more or less often than their scores tell."""
    sizes = rng.poisson(words, n_interviews) + 1
    groups = np.repeat(np.arange(n_interviews), sizes)
    scores = rng.normal(size=len(groups))
    shift = rng.normal(size=n_interviews)[groups] * between
    y_true = rng.random(len(groups)) < expit(-2 + 2 * scores + shift)
    return Tried(expit(-2 + 2 * scores), y_true, groups)


def test_without_errors_the_bound_is_that_of_a_binomial():
    """With confidence .9, none wrong of 45 says that less than .05 are: .95 ** 45 < .1."""
    groups = np.arange(60) % 6
    bounds = upper_bounds(np.zeros(60, dtype=bool), groups, 0.9)
    assert (bounds[:4] == 1).all(), "four persons tell nothing of others"
    assert bounds[43] > 0.05 > bounds[44]
    assert binom.cdf(0, 45, bounds[44]) == pytest.approx(0.1)


def test_errors_of_one_interview_weigh_more_than_errors_of_all():
    """The same ten errors of a hundred, spread over ten interviews or all in one."""
    groups = np.repeat(np.arange(10), 10)
    spread, heaped = np.arange(100) % 10 == 0, groups == 3
    even, uneven = (upper_bounds(errors, groups, 0.9)[-1] for errors in (spread, heaped))
    assert even == pytest.approx(beta.ppf(0.9, 11, 90)), "nothing varies between interviews"
    # Linearised by hand: nine interviews are off by -1, one by 9, of 100 passages.
    se = np.sqrt((9 * 1 + 81) * 10 / 9) / 100
    assert uneven == pytest.approx(expit(np.log(1 / 9) + t.ppf(0.9, 9) * se / 0.09))
    assert uneven > even


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 7)), min_size=1, max_size=60))
def test_a_bound_is_above_what_was_observed_and_rises_with_confidence(rows):
    errors, groups = (np.array(column) for column in zip(*rows, strict=True))
    low, high = (upper_bounds(errors, groups, confidence) for confidence in (0.6, 0.95))
    shares = np.cumsum(errors) / np.arange(1, len(errors) + 1)
    assert (low >= shares).all()
    assert (high >= low - 1e-12).all()
    assert (high <= 1).all()


@pytest.mark.parametrize("seed", range(3))
def test_what_is_chosen_keeps_the_promise_on_the_passages_that_it_was_chosen_on(seed):
    tried = made_up(np.random.default_rng(seed), 40)
    cuts = chosen(tried)
    assert 0 < cuts.no < cuts.yes < 1
    decision = decide(tried.y_prob, cuts)
    assert 1 - tried.y_true[decision == "yes"].mean() < 0.2
    assert tried.y_true[decision == "no"].mean() < 0.05


def test_less_error_or_more_confidence_decides_less():
    tried = made_up(np.random.default_rng(1), 60)
    loose = chosen(tried, confidence=0.5)
    for options in (
        {"confidence": 0.95},
        {"false_discovery_rate": 0.1, "false_omission_rate": 0.02, "confidence": 0.5},
    ):
        strict = chosen(tried, **options)
        assert strict.yes >= loose.yes
        assert strict.no <= loose.no


def test_scores_that_tell_nothing_give_no_yes():
    rng = np.random.default_rng(2)
    tried = Tried(rng.random(500), rng.random(500) < 0.3, np.arange(500) % 20)
    cuts = chosen(tried)
    assert cuts == Cuts(float("inf"), 0.0)
    assert set(decide(tried.y_prob, cuts)) == {"review"}


def test_four_persons_promise_nothing():
    y_prob = np.linspace(0, 1, 200)
    tried = Tried(y_prob, y_prob > 0.5, np.arange(200) % 4)
    assert chosen(tried) == Cuts(float("inf"), 0.0)


def test_where_all_can_be_decided_nothing_is_to_be_reviewed():
    y_prob = np.linspace(0, 1, 400)
    cuts = chosen(Tried(y_prob, y_prob > 0.4, np.arange(400) % 20))
    assert cuts.yes == cuts.no
    assert "review" not in set(decide(y_prob, cuts))


def test_thresholds_set_by_hand_stand_and_the_other_stays_as_promised():
    tried = made_up(np.random.default_rng(3), 40)
    promised = chosen(tried)
    by_hand = {"projet": ThresholdsOptions(yes=0.9)}
    assert chosen(tried, thresholds=by_hand) == Cuts(0.9, promised.no)
    both = {"projet": ThresholdsOptions(yes=0.3, no=0.2)}
    assert chosen(tried, thresholds=both) == Cuts(0.3, 0.2)
    other = {"action_sociale": ThresholdsOptions(yes=0.3, no=0.2)}
    assert chosen(tried, thresholds=other) == promised


def test_a_threshold_by_hand_beyond_the_other_leaves_nothing_between():
    tried = made_up(np.random.default_rng(3), 40)
    promised = chosen(tried)
    below, above = promised.no / 2, (promised.yes + 1) / 2
    assert chosen(tried, thresholds={"projet": ThresholdsOptions(yes=below)}) == (below, below)
    assert chosen(tried, thresholds={"projet": ThresholdsOptions(no=above)}) == (above, above)


def test_promises_hold_on_interviews_not_seen():
    """Promised with confidence .9: broken in no more than three draws of twenty, or so.

    The true errors are those of 200,000 passages of 10,000 other interviews.
    """
    rng = np.random.default_rng(5)
    others = made_up(rng, 10_000)
    broken = np.zeros(2)
    said = np.zeros(2)
    draws = 100
    for _ in range(draws):
        decision = decide(others.y_prob, chosen(made_up(rng, 40)))
        yes, no = decision == "yes", decision == "no"
        said += yes.any(), no.any()
        broken += (
            yes.any() and 1 - others.y_true[yes].mean() > 0.2,
            no.any() and others.y_true[no].mean() > 0.05,
        )
    assert (said > 0.6 * draws).all()
    assert (broken <= 0.16 * draws).all(), broken
