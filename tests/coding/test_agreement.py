import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textlien.coding.agreement import agreement, alpha, alpha_interval


def values_of(**coders):
    """Values of coders on axis « projet »; passages are two an interview; « . » is none."""
    return pd.DataFrame(
        [
            {
                "passage_id": f"i{number // 2}#{number:04}",
                "axis": "projet",
                "coder": coder,
                "value": float(value),
            }
            for coder, values in coders.items()
            for number, value in enumerate(values.split())
            if value != "."
        ]
    )


def test_alpha_is_that_of_the_published_example():
    # Krippendorff (2011), « Computing Krippendorff's alpha-reliability », example A.
    (row,) = agreement(
        values_of(meg="0 1 0 0 0 0 0 0 1 0", owen="1 1 1 0 0 1 0 0 0 0"), replicates=50
    ).to_dict("records")
    assert row["alpha"] == pytest.approx(0.095, abs=5e-4)
    assert row["agreement"] == pytest.approx(0.6)
    assert row["prevalence"] == pytest.approx((0.2 + 0.4) / 2)
    assert (row["coders"], row["n_passages"], row["n_interviews"]) == (2, 10, 5)


def test_only_passages_read_twice_count():
    both = values_of(lea="1 0 1 0 . 1", paul="1 0 1 0 1 .")
    (row,) = agreement(both, replicates=50).to_dict("records")
    assert (row["n_passages"], row["agreement"], row["alpha"]) == (4, 1.0, 1.0)


def test_a_third_coder_counts_in_the_pairs_that_exist():
    three = values_of(lea="1 0 1 0", paul="1 0 0 0", anne=". 0 1 .")
    (row,) = agreement(three, replicates=50).to_dict("records")
    # Pairs: lea-paul agree on 3 of 4, lea-anne on 2 of 2, paul-anne on 1 of 2.
    assert row["agreement"] == pytest.approx(6 / 8)
    assert row["coders"] == 3


def test_where_nothing_varies_there_is_no_alpha():
    (row,) = agreement(values_of(lea="0 0 0 0", paul="0 0 0 0"), replicates=50).to_dict("records")
    assert np.isnan(row["alpha"])
    assert np.isnan(row["low"])
    assert row["agreement"] == 1.0


def test_no_passage_read_twice_gives_no_row():
    assert agreement(values_of(lea="1 0 . .", paul=". . 1 0")).empty


def test_the_interval_is_wider_when_the_interview_is_what_agrees():
    """Same passages, same alpha: disagreements gathered in two interviews widen the interval."""
    rng = np.random.default_rng(1)
    lea = rng.integers(0, 2, 60)
    spread, gathered = lea.copy(), lea.copy()
    spread[::5] = 1 - spread[::5]
    gathered[:12] = 1 - gathered[:12]

    def width(other):
        rows = [
            {"passage_id": f"i{n // 6}#{n:04}", "axis": "a", "coder": coder, "value": float(value)}
            for coder, values in (("lea", lea), ("other", other))
            for n, value in enumerate(values)
        ]
        (row,) = agreement(pd.DataFrame(rows), seed=3, replicates=400).to_dict("records")
        assert row["low"] < row["alpha"] < row["high"]
        return row["high"] - row["low"]

    assert width(gathered) > 1.5 * width(spread)


VALUES = st.lists(
    st.lists(st.sampled_from([0.0, 1.0, np.nan]), min_size=2, max_size=4), min_size=1, max_size=12
)


@given(VALUES)
def test_alpha_in_closed_form_is_that_of_the_package(rows):
    """Two to four coders, values missing: the package is the oracle."""
    coders = max(len(row) for row in rows)
    values = np.array([row + [np.nan] * (coders - len(row)) for row in rows]).T
    read = values[:, (~np.isnan(values)).sum(axis=0) >= 2]
    ones = np.nansum(read, axis=0)
    counts = np.stack([(~np.isnan(read)).sum(axis=0) - ones, ones], axis=1)
    (result,) = alpha(counts, np.ones((1, len(counts))))
    if (counts.sum(axis=0) == 0).any():
        assert np.isnan(result)
    else:
        oracle = krippendorff.alpha(reliability_data=values, level_of_measurement="nominal")
        assert result == pytest.approx(oracle, abs=1e-12)


def test_a_passage_that_weighs_two_counts_as_two():
    counts = np.array([[2.0, 0.0], [1.0, 1.0], [0.0, 2.0]])
    (weighted,) = alpha(counts, np.array([[2.0, 0.0, 3.0]]))
    (repeated,) = alpha(counts[[0, 0, 2, 2, 2]], np.ones((1, 5)))
    assert weighted == repeated


@pytest.mark.parametrize(("interviews", "has_interval"), [(2, False), (3, True)])
def test_an_interval_needs_three_interviews(interviews, has_interval):
    values = values_of(lea="1 0 1 0 1 1", paul="1 0 1 1 1 0")
    values = values[values.passage_id < f"i{interviews}"]
    (row,) = agreement(values, replicates=200).to_dict("records")
    assert row["n_interviews"] == interviews
    assert np.isnan(row["low"]) != has_interval


def coded(n_interviews, generator):
    """Counts of two coders and the interview of each passage: a rare axis, unlike interviews."""
    sizes = generator.integers(5, 20, n_interviews)
    interviews = np.repeat(np.arange(n_interviews), sizes)
    carries = generator.random(len(interviews)) < generator.beta(1, 4, n_interviews)[interviews]
    slips = generator.beta(0.4, 7.6, n_interviews)[interviews]
    first, second = (carries ^ (generator.random(len(interviews)) < slips) for _ in range(2))
    ones = first.astype(float) + second
    return np.stack([2 - ones, ones], axis=1), interviews


@pytest.mark.parametrize(("n_interviews", "least"), [(5, 0.94), (8, 0.94), (15, 0.93), (30, 0.92)])
def test_intervals_hold_the_true_alpha_about_as_often_as_they_should(n_interviews, least):
    """Percentiles of the usual bootstrap hold it in .80, .85, .90 and .92 of 3,000 such trials."""
    counts, _ = coded(200_000, np.random.default_rng(5))
    (truth,) = alpha(counts, np.ones((1, len(counts))))
    generator = np.random.default_rng(n_interviews)
    held = []
    for _ in range(1_000):
        result = alpha_interval(*coded(n_interviews, generator), 0.95, 300, generator)
        if not np.isnan(result.low):
            held.append(result.low <= truth <= result.high)
    assert len(held) > 900
    assert least <= np.mean(held) <= 0.98
