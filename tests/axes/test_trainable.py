"""Axes with few codings, with a model to start from and without one."""

import numpy as np
from tests.axes.made_up import AXES, PHRASES, made_up, trained

from textlien.axes.evaluate import evaluate
from textlien.axes.learning.prior import Prior
from textlien.axes.train import Before, train
from textlien.study.options import AxesOptions


def prior():
    """A model taught on eight interviews."""
    taught = trained()[2].classifiers
    return Prior("default-1", taught.features, taught.by_axis)


def coded(carrying):
    """Ten other interviews, of which so many passages are coded as carrying action_sociale."""
    passages, labels = made_up(5, seed=9)
    passages["interview_id"] = "n" + passages.interview_id
    carry = labels[(labels.axis == "action_sociale") & (labels.value == 1)].passage_id
    left_out = set(carry[carrying:])
    return passages, labels[~labels.passage_id.isin(left_out)]


def learn(carrying, before):
    passages, labels = coded(carrying)
    return labels, train(passages, labels, AXES, AxesOptions(folds=3), 1, None, before)


def test_an_axis_with_two_passages_is_answered_by_the_prior_and_this_is_said():
    _, model = learn(2, Before(prior=prior()))
    assert [axis.key for axis in model.axes] == list(PHRASES)
    assert model.untaught == ("action_sociale",)
    assert [(p.id, p.severity) for p in model.problems] == [
        ("axes.few-positives", "error"),
        ("axes.default-answers", "warning"),
    ]
    table = model.held_out.persons
    assert set(table.axis) == set(PHRASES)
    scores = evaluate(model.labels, table, seed=1, replicates=50)
    counted = scores[scores.metric == "n_positive"].set_index("axis").estimate
    assert counted["action_sociale"] == 2


def test_an_axis_with_five_passages_is_learnt_from_the_prior_on():
    _, model = learn(5, Before(prior=prior()))
    assert model.untaught == ()
    assert model.classifiers.recipe.prior
    assert model.prior == "default-1"
    assert not model.problems


def test_without_a_prior_the_same_axis_is_left_out():
    _, model = learn(5, Before())
    assert [axis.key for axis in model.axes] == ["projet"]
    assert [p.id for p in model.problems] == ["axes.few-positives"]


def test_labels_of_an_interview_change_nothing_in_its_own_probabilities_with_a_prior_either():
    passages, labels = coded(99)
    fields = AXES, AxesOptions(folds=3), 1, None, Before(prior=prior())
    table = train(passages, labels, *fields).held_out.persons
    fold = table.fold[table.interview_id == "ni0"].iloc[0]
    same_fold = table.interview_id.isin(set(table.interview_id[table.fold == fold]))
    lied = labels.copy()
    i0 = labels.passage_id.str.startswith("i0-")
    lied.loc[i0, "value"] = 0.9 * lied.loc[i0, "value"] + 0.02
    again = train(passages, lied, *fields).held_out.persons
    assert np.array_equal(table.probability[same_fold], again.probability[same_fold])
    assert not np.array_equal(table.probability[~same_fold], again.probability[~same_fold])
