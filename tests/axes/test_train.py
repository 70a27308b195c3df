import numpy as np
import pandas as pd
import pytest
from tests.axes.made_up import AXES, PHRASES, made_up, trained

from textlien.axes.evaluate import evaluate
from textlien.axes.train import Before, passage_key, train
from textlien.errors import TextlienError
from textlien.study.options import AxesOptions


def test_every_passage_of_a_coded_interview_has_a_probability_from_a_model_that_did_not_see_it():
    passages, _, model = trained()
    table = model.held_out.persons
    assert set(zip(table.passage_id, table.axis, strict=True)) == {
        (passage, axis) for passage in passages.passage_id for axis in PHRASES
    }
    assert table.groupby("interview_id").fold.nunique().max() == 1
    assert table.fold.nunique() == 4


def test_labels_of_an_interview_change_nothing_in_its_own_probabilities():
    passages, labels, model = trained()
    in_i0 = labels.passage_id.str.startswith("i0-")
    table = model.held_out.persons
    fold = table.fold[table.interview_id == "i0"].iloc[0]
    same_fold = set(table.interview_id[table.fold == fold])
    lied = labels.copy()
    # Values on the same side of one half: the folds stay as they are.
    projet = in_i0 & (labels.axis == "projet")
    lied.loc[projet, "value"] = 0.9 * lied.loc[projet, "value"] + 0.02
    again = train(passages, lied, AXES, AxesOptions(folds=4), 1).held_out.persons
    before = model.held_out.persons.set_index(["passage_id", "axis"])
    after = again.set_index(["passage_id", "axis"])
    held_out = before.interview_id.isin(same_fold)
    assert (before.fold == after.fold).all()
    assert (before.probability[held_out] == after.probability[held_out]).all()
    assert (before.probability[~held_out] != after.probability[~held_out]).any()


def test_an_axis_that_words_tell_is_found_in_interviews_held_out():
    _, labels, model = trained()
    scores = evaluate(labels, model.held_out.persons, seed=1, replicates=200)
    by_metric = {metric: rows.set_index("axis") for metric, rows in scores.groupby("metric")}
    f1, brier = by_metric["f1"], by_metric["brier"]
    assert (f1.estimate > 0.9).all()
    assert (f1.estimate > by_metric["f1_baseline"].high).all()
    assert (brier.high < by_metric["brier_baseline"].low).all()
    assert ((brier.low <= brier.estimate) & (brier.estimate <= brier.high)).all()


def interviews_of(passages, **columns):
    """Table of interviews, with columns given as functions of their numbers."""
    names = sorted(set(passages.interview_id))
    rows = {
        column: [columns[column](n) if column in columns else "" for n in range(len(names))]
        for column in ("person", "city", "wave")
    }
    return pd.DataFrame({"interview_id": names, **rows})


def test_cities_are_held_out_whole_and_scored_apart():
    passages, labels, plain = trained()
    interviews = interviews_of(passages, city=lambda n: ("Creil", "Arras", "Angers")[n % 3])
    model = train(passages, labels, AXES, AxesOptions(folds=4), 1, interviews)
    cities = interviews.set_index("interview_id").city
    table = model.held_out.cities
    fold_of = table.drop_duplicates("interview_id").set_index("interview_id").fold
    assert fold_of.groupby(cities).nunique().max() == 1
    assert fold_of.nunique() == 3
    pd.testing.assert_frame_equal(model.held_out.persons, plain.held_out.persons)
    scores = evaluate(labels, model.held_out.persons, {"new_city": table}, seed=1, replicates=50)
    new = scores[scores.metric == "f1_new_city"]
    assert set(new.axis) == set(PHRASES)
    assert (new.estimate > 0.9).all()


def test_every_fit_is_told():
    passages, labels, _ = trained()
    interviews = interviews_of(
        passages,
        city=lambda n: ("Creil", "Arras", "Angers")[n % 3],
        wave=lambda n: "2013" if n < 5 else "2015",
    )
    told = []
    before = Before(advanced=lambda done, total: told.append((done, total)))
    train(passages, labels, AXES, AxesOptions(folds=4), 1, interviews, before)
    # Folds of persons, of cities and of waves, and all passages.
    assert told == [(number, 10) for number in range(1, 11)]


def test_each_of_two_waves_is_held_out_whole():
    passages, labels, plain = trained()
    interviews = interviews_of(passages, wave=lambda n: "2013" if n < 5 else "2015")
    table = train(passages, labels, AXES, AxesOptions(folds=4), 1, interviews).held_out.waves
    waves = table.interview_id.map(interviews.set_index("interview_id").wave)
    assert table.groupby("fold").apply(len).shape == (2,)
    assert waves.groupby(table.fold).nunique().max() == 1
    assert plain.held_out.waves.empty


def test_interviews_of_one_person_stand_on_one_side():
    passages, labels, _ = trained()
    interviews = interviews_of(passages, person=lambda n: f"P{n // 2}")
    table = train(passages, labels, AXES, AxesOptions(folds=4), 1, interviews).held_out.persons
    persons = table.interview_id.map(interviews.set_index("interview_id").person)
    assert table.fold.groupby(persons).nunique().max() == 1


@pytest.mark.filterwarnings("error")
def test_an_axis_that_one_city_alone_is_coded_on_has_no_opinion_where_that_city_is_held_out():
    passages, labels, _ = trained()
    interviews = interviews_of(passages, city=lambda n: ("Creil", "Arras", "Angers")[n % 3])
    creil = set(interviews.interview_id[interviews.city == "Creil"])
    elsewhere = ~labels.passage_id.str.partition("-")[0].isin(creil)
    some = labels[~(elsewhere & (labels.axis == "projet"))]
    table = train(passages, some, AXES, AxesOptions(folds=4), 1, interviews).held_out.cities
    held_out = table.interview_id.isin(creil) & (table.axis == "projet")
    assert (table.probability[held_out] == 0.5).all()
    assert table.probability[~held_out & (table.axis == "projet")].std() > 0.1


def test_two_cities_are_too_few_to_hold_one_out():
    passages, labels, plain = trained()
    interviews = interviews_of(passages, city=lambda n: "Creil" if n == 0 else "Arras")
    model = train(passages, labels, AXES, AxesOptions(folds=4), 1, interviews)
    assert model.held_out.cities.empty
    assert plain.held_out.cities.empty


def test_the_order_of_passages_and_labels_changes_nothing():
    passages, labels, model = trained()
    again = train(
        passages.sample(frac=1, random_state=3).reset_index(drop=True),
        labels.sample(frac=1, random_state=4).reset_index(drop=True),
        AXES,
        AxesOptions(folds=4),
        1,
    )
    for axis, classifier in model.classifiers.by_axis.items():
        assert np.array_equal(classifier.weights, again.classifiers.by_axis[axis].weights)
    pd.testing.assert_frame_equal(model.held_out.persons, again.held_out.persons)


def test_an_axis_with_too_few_positives_is_left_out_and_said_so():
    passages, labels = made_up(5)
    few = labels.copy()
    few.loc[few.axis == "action_sociale", "value"] = 0.0
    model = train(passages, few, AXES, AxesOptions(folds=2), 1)
    assert [axis.key for axis in model.axes] == ["projet"]
    (problem,) = model.problems
    assert problem.id == "axes.few-positives"
    assert problem.message.values == {"axis": "action_sociale", "passages": 0, "least": 10}
    assert problem.location.option == "axes.codings"


def test_an_axis_coded_yes_only_cannot_be_learnt():
    passages, labels = made_up(5)
    with pytest.raises(TextlienError) as raised:
        train(passages, labels[labels.value == 1], AXES, AxesOptions(folds=2), 1)
    assert [(p.id, p.message.values["axis"]) for p in raised.value.problems] == [
        ("axes.few-negatives", "projet"),
        ("axes.few-negatives", "action_sociale"),
    ]


def test_codings_of_two_interviews_are_not_enough_and_of_three_are():
    passages, labels = made_up(2)
    with pytest.raises(TextlienError) as raised:
        train(passages, labels, AXES, AxesOptions(), 1)
    (problem,) = raised.value.problems
    assert problem.id == "axes.few-interviews"
    assert problem.message.values == {"interviews": 2, "least": 3}
    passages, labels = made_up(3)
    assert len(train(passages, labels, AXES, AxesOptions(min_positives=5), 1).axes) == 2


def test_ten_positive_passages_are_enough_and_nine_are_not():
    passages, labels = made_up(5)
    projet = labels[(labels.axis == "projet") & (labels.value == 1)].index
    assert len(projet) >= 10
    for kept, is_trained in ((10, True), (9, False)):
        few = labels.copy()
        few.loc[projet[kept:], "value"] = 0.0
        model = train(passages, few, AXES, AxesOptions(folds=2), 1)
        assert ("projet" in {axis.key for axis in model.axes}) == is_trained


def test_an_axis_that_one_interview_carries_cannot_be_learnt():
    passages, labels = made_up(5, 40)
    alone = labels.copy()
    elsewhere = (alone.axis == "projet") & ~alone.passage_id.str.startswith("i0-")
    alone.loc[elsewhere, "value"] = 0.0
    model = train(passages, alone, AXES, AxesOptions(folds=2), 1)
    assert [(p.id, p.message.values["axis"]) for p in model.problems] == [
        ("axes.one-interview", "projet")
    ]


def test_passages_of_interviews_without_a_label_are_not_needed():
    passages, labels, model = trained()
    more = passages.assign(
        interview_id="z" + passages.interview_id, passage_id="z" + passages.passage_id
    )
    everything = pd.concat([passages, more], ignore_index=True)
    again = train(everything, labels, AXES, AxesOptions(folds=4), 1)
    pd.testing.assert_frame_equal(model.held_out.persons, again.held_out.persons)


def test_coders_who_disagree_pull_the_probability_between_yes_and_no():
    passages, labels = made_up(6)
    split = labels.copy()
    carried = (split.axis == "projet") & (split.value == 1)
    gare = passages[passages.text.str.contains("la place du quartier")].passage_id
    doubtful = carried & split.passage_id.isin(gare)
    split.loc[doubtful, "value"] = 0.5
    model = train(passages, split, AXES, AxesOptions(folds=3), 1).held_out.persons
    means = (
        model[model.axis == "projet"]
        .assign(
            kind=lambda t: np.select(
                [
                    t.passage_id.isin(gare),
                    t.passage_id.isin(split[carried & ~doubtful].passage_id),
                ],
                ["doubt", "yes"],
                "no",
            )
        )
        .groupby("kind")
        .probability.mean()
    )
    assert means["no"] + 0.1 < means["doubt"] < means["yes"] - 0.1
    scores = evaluate(split, model, seed=1, replicates=50).set_index(["axis", "metric"]).estimate
    assert scores["projet", "n_split"] == doubtful.sum()
    assert scores["projet", "n"] == 6 * 14 - doubtful.sum()


def test_a_passage_is_known_by_its_interview_and_its_text():
    assert passage_key("i1", "Oui.") != passage_key("i2", "Oui.")
    assert passage_key("i1", "Oui.") == passage_key("i1", "Oui.")


def test_defaults_are_those_that_methods_md_gives():
    options = AxesOptions()
    assert (options.folds, options.min_positives) == (5, 10)
