from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.making import interviews_of, passages_of
from textlien.estimation.coded import axis_sums
from textlien.estimation.contrasts import contrast
from textlien.estimation.method import Basis
from textlien.estimation.profiles import doubts, profile
from textlien.estimation.shares import estimate
from textlien.study.options import ProfilesOptions
from textlien.tables import ALL, make

AXIS, WAVES = "projet", ("2013", "2015")


def scores_of(model, values):
    """Table ``passage_axes``: scores of a model, and values by hand, None where not coded."""
    rows = [
        {
            "passage_id": passage,
            "axis": AXIS,
            "probability": score if value is None else value,
            "model_probability": score,
            "decision": "review",
            "decided_by": "model" if value is None else "coders",
            "out_of_fold": False,
        }
        for (passage, score), value in zip(model.items(), values, strict=True)
    ]
    return make("passage_axes", rows)


def draws_of(probabilities, origin=""):
    """Table ``label_draws``, from the probability of each passage drawn."""
    rows = [
        {
            "passage_id": passage,
            "axis": AXIS,
            "origin": origin,
            "probability_of_selection": pi,
        }
        for passage, pi in probabilities.items()
    ]
    return make("label_draws", rows)


def study(n_interviews=6, n_passages=20, waves=("2013",), seed=1):
    """Interviews of Creil, their passages, the truth of each and a score that knows half of it."""
    cells = [(wave, "Creil", "elu") for wave in waves for _ in range(n_interviews)]
    interviews = interviews_of(cells)
    passages = passages_of({name: [50] * n_passages for name in interviews.interview_id})
    generator = np.random.default_rng(seed)
    truth = (generator.random(len(passages)) < 0.3).astype(float)
    scores = np.clip(0.25 + 0.4 * truth + generator.normal(0, 0.1, len(truth)), 0.01, 0.99)
    return interviews, passages, truth, dict(zip(passages.passage_id, scores, strict=True))


def coded_at_random(passages, truth, pi, seed):
    """Values by hand of the passages that a draw takes, and their probabilities."""
    drawn = np.random.default_rng([seed, 7]).random(len(truth)) < pi
    values = [float(y) if taken else None for y, taken in zip(truth, drawn, strict=True)]
    return values, dict.fromkeys(passages.passage_id[drawn], pi)


def share_of(sums):
    return estimate(sums, np.arange(len(sums.denominators)))


def test_where_all_passages_are_coded_the_share_is_that_of_the_codings():
    interviews, passages, truth, model = study()
    sums = axis_sums(interviews, passages, scores_of(model, truth), draws_of({}), "words")
    share = share_of(sums)
    assert share.values[0] == pytest.approx(truth.mean())
    assert share.basis == (Basis.CODED,)
    assert share.within[0] == 0
    assert doubts(sums) == []


def test_without_codings_the_share_is_the_model_s_and_has_no_interval():
    interviews, passages, truth, model = study()
    scores = scores_of(model, [None] * len(truth))
    sums = axis_sums(interviews, passages, scores, draws_of({}), "words")
    table, _ = profile(sums, "axis", "words", ProfilesOptions())
    assert set(table["basis"]) == {"uncorrected"}
    assert table[["low", "high", "low_within"]].isna().all(axis=None)
    assert table["estimate"].iloc[0] == pytest.approx(np.mean(list(model.values())))
    assert [problem.id for problem in doubts(sums)] == ["estimation.uncorrected"]


def test_codings_drawn_at_random_take_away_the_bias_of_a_model():
    interviews, passages, truth, model = study(n_interviews=8, n_passages=40)
    flattered = {passage: min(score + 0.3, 0.99) for passage, score in model.items()}
    estimates = []
    for seed in range(200):
        values, draw = coded_at_random(passages, truth, 0.25, seed)
        scores = scores_of(flattered, values)
        share = share_of(axis_sums(interviews, passages, scores, draws_of(draw), "words"))
        assert share.basis == (Basis.CORRECTED,)
        estimates.append(share.values[0])
    error = np.std(estimates) / np.sqrt(200)
    assert np.mean(estimates) == pytest.approx(truth.mean(), abs=3 * error)
    # The model knows more than half of what varies: labels alone would move by .051.
    assert np.std(estimates) < 0.04


def test_a_corrected_share_of_none_has_upper_bounds():
    interviews, passages, _, model = study(n_passages=40)
    drawn = list(model)[::4]
    nothing = dict.fromkeys(model, 0.1)
    values = [0.0 if passage in drawn else None for passage in model]
    draws = draws_of(dict.fromkeys(drawn, 0.25))
    sums = axis_sums(interviews, passages, scores_of(nothing, values), draws, "words")
    row = profile(sums, "axis", "words", ProfilesOptions())[0].iloc[0]
    assert (row.basis, row.estimate, row.low, row.low_within) == ("corrected", 0, 0, 0)
    # Sixty codings without the axis: the rule of three has .05.
    assert 0.04 < row.high_within < 0.06 < row.high < 0.2


def test_a_coding_of_unknown_probability_changes_no_share_and_is_counted():
    interviews, passages, truth, model = study(n_passages=40)
    values, draw = coded_at_random(passages, truth, 0.3, 1)
    drawn = axis_sums(interviews, passages, scores_of(model, values), draws_of(draw), "words")
    chosen = [None if passage in draw else 1.0 for passage in model]
    more = [
        y if y is not None else (v if n < 30 else None)
        for n, (y, v) in enumerate(zip(values, chosen, strict=True))
    ]
    with_chosen = axis_sums(interviews, passages, scores_of(model, more), draws_of(draw), "words")
    assert share_of(with_chosen).values[0] == pytest.approx(share_of(drawn).values[0])
    problem = doubts(with_chosen)[0]
    assert problem.id == "estimation.unused-codings"
    assert problem.message.values["n"] == sum(y is None for y in values[:30])


def test_codings_of_some_whole_interviews_do_not_stand_for_the_others():
    interviews, passages, truth, model = study()
    values = [float(y) if n < 60 else None for n, y in enumerate(truth)]
    draw = dict.fromkeys(list(model)[:60], 1.0)
    sums = axis_sums(interviews, passages, scores_of(model, values), draws_of(draw), "words")
    assert share_of(sums).basis == (Basis.UNCORRECTED,)
    fault = next(p for p in doubts(sums) if p.id == "estimation.draw-does-not-fit")
    assert fault.message.values["speech"] == pytest.approx(0.5)


def test_a_city_without_codings_keeps_the_whole_from_being_corrected():
    # So small that the weight that codings stand for does not show that it is missing.
    cells = [("2013", city, "elu") for city in ("Creil",) * 8 + ("Arras",)]
    interviews = interviews_of(cells)
    passages = passages_of({name: [50] * 40 for name in interviews.interview_id})
    model = dict.fromkeys(passages.passage_id, 0.3)
    drawn = list(model)[:320:4]
    values = [float(n % 8 == 0) if passage in drawn else None for n, passage in enumerate(model)]
    scores, draws = scores_of(model, values), draws_of(dict.fromkeys(drawn, 0.25))
    sums = axis_sums(interviews, passages, scores, draws, "words")
    table, _ = profile(sums, "axis", "words", ProfilesOptions())
    of_cell = table[table.actor == ALL].set_index("city").basis.to_dict()
    assert of_cell == {ALL: "uncorrected", "Creil": "corrected", "Arras": "uncorrected"}


def test_a_picked_coding_moves_no_share_of_the_model_alone():
    interviews, passages, truth, model = study()
    picked = [1.0 if y and n < 60 else None for n, y in enumerate(truth)]
    sums = axis_sums(interviews, passages, scores_of(model, picked), draws_of({}), "words")
    assert share_of(sums).basis == (Basis.UNCORRECTED,)
    assert share_of(sums).values[0] == pytest.approx(np.mean(list(model.values())))


def test_cities_whose_probabilities_are_wrong_do_not_make_up_for_each_other():
    cells = [("2013", city, "elu") for city in ("Creil", "Arras") for _ in range(4)]
    interviews = interviews_of(cells)
    passages = passages_of({name: [50] * 40 for name in interviews.interview_id})
    model = dict.fromkeys(passages.passage_id, 0.3)
    drawn = list(model)[::2]
    values = [float(n % 4 == 0) if passage in drawn else None for n, passage in enumerate(model)]
    noted = {name: 0.2 if n < 80 else 1.0 for n, name in enumerate(drawn)}
    sums = axis_sums(interviews, passages, scores_of(model, values), draws_of(noted), "words")
    table, _ = profile(sums, "axis", "words", ProfilesOptions())
    assert set(table["basis"]) == {"uncorrected"}
    assert [p.id for p in doubts(sums)].count("estimation.draw-does-not-fit") == 2


def test_passages_in_which_nothing_is_said_count_whether_they_were_coded_or_not():
    interviews, passages, truth, model = study(n_interviews=8, n_passages=40)
    silent = [passage for n, passage in enumerate(model) if n % 5 == 0]
    truth = np.where([passage in silent for passage in model], 0, truth)
    model |= dict.fromkeys(silent, 0.0)
    estimates = []
    for seed in range(100):
        values, draw = coded_at_random(passages, truth, 0.3, seed)
        scores = scores_of(model, values)
        without = [passage for passage in silent if passage not in draw]
        scores = scores[~scores["passage_id"].isin(without)]
        sums = axis_sums(interviews, passages, scores, draws_of(draw), "words", without)
        assert sums.n_passages.sum() == len(truth)
        estimates.append(share_of(sums).values[0])
    assert np.mean(estimates) == pytest.approx(truth.mean(), abs=3 * np.std(estimates) / 10)


def test_all_but_a_few_passages_coded_are_known_within_these_interviews():
    interviews, passages, truth, model = study()
    values = [float(y) if n >= 4 else None for n, y in enumerate(truth)]
    draws = draws_of(dict.fromkeys(list(model)[4:], 1.0))
    sums = axis_sums(interviews, passages, scores_of(model, values), draws, "words")
    row = profile(sums, "axis", "words", ProfilesOptions())[0].iloc[0]
    assert row.basis == "corrected"
    assert row.low_within == row.estimate == row.high_within


def test_draws_of_passages_that_are_gone_are_nothing():
    interviews, passages, _, model = study()
    draws = draws_of({"gone#0001": 0.5})
    sums = axis_sums(interviews, passages, scores_of(model, [None] * 120), draws, "words")
    assert share_of(sums).basis == (Basis.UNCORRECTED,)
    empty = axis_sums(interviews, passages, make("passage_axes", []), draws, "words")
    assert empty.items == []


def test_what_is_foretold_of_a_person_does_not_depend_on_her_own_codings():
    interviews, passages, truth, model = study(n_interviews=5, n_passages=40)
    draw = dict.fromkeys(list(model)[::2], 0.5)
    foretold = []
    for lie in (False, True):
        values = [
            (float(y) if not (lie and n < 40) else 1 - float(y)) if passage in draw else None
            for n, (passage, y) in enumerate(zip(model, truth, strict=True))
        ]
        sums = axis_sums(interviews, passages, scores_of(model, values), draws_of(draw), "words")
        foretold.append(sums.coded.predicted[:, 0])
    assert foretold[0][0] == foretold[1][0] > 0
    assert (foretold[0][1:] != foretold[1][1:]).all()


def test_two_draws_are_put_together_without_bias():
    interviews, passages, truth, model = study(n_interviews=8, n_passages=40)
    estimates = []
    for seed in range(200):
        first, one = coded_at_random(passages, truth, 0.15, seed)
        second, two = coded_at_random(passages, truth, 0.1, seed + 1000)
        values = [a if a is not None else b for a, b in zip(first, second, strict=True)]
        draws = pd.concat([draws_of(one, "a"), draws_of(two, "b")], ignore_index=True)
        sums = axis_sums(interviews, passages, scores_of(model, values), draws, "words")
        estimates.append(share_of(sums).values[0])
    assert np.mean(estimates) == pytest.approx(truth.mean(), abs=3 * np.std(estimates) / 14)


def test_no_verdict_rests_on_the_model_alone():
    interviews, passages, truth, model = study(waves=WAVES)
    moved = {p: s + (0.3 if n >= 120 else 0) for n, (p, s) in enumerate(model.items())}
    moved = {passage: min(score, 1.0) for passage, score in moved.items()}
    scores = scores_of(moved, [None] * len(truth))
    sums = axis_sums(interviews, passages, scores, draws_of({}), "words")
    row = contrast(sums, "axis", WAVES, ["Creil"], ProfilesOptions()).iloc[0]
    assert row.difference > 0.2
    assert (row.verdict, row.basis) == ("uncorrected", "uncorrected")
    assert np.isnan(row.low)
    assert np.isnan(row.p)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["words", "passages", "interviews"]))
def test_shares_stay_within_zero_and_one_and_errors_are_finite(seed, weight):
    interviews, passages, truth, model = study(seed=seed)
    values, draw = coded_at_random(passages, truth, 0.3, seed)
    sums = axis_sums(interviews, passages, scores_of(model, values), draws_of(draw), weight)
    table, _ = profile(sums, "axis", weight, ProfilesOptions())
    assert table["estimate"].between(0, 1).all()
    known = table[table["basis"] != "uncorrected"]
    assert (known["low"] <= known["estimate"]).all()
    assert (known["high"] >= known["estimate"]).all()
    # These very interviews are known better than others like them.
    assert (known["high_within"] - known["low_within"] <= known["high"] - known["low"] + 0.02).all()
