"""Passages and labels here are made up: an axis is carried by those that say one word or other."""

import json
import shutil
import subprocess
import sys
import warnings
import zipfile
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from textlien import tables
from textlien.axes import skops_file
from textlien.axes.evaluate import evaluate
from textlien.axes.features import beside, transform
from textlien.axes.registry import load_model, save
from textlien.axes.score import score
from textlien.axes.train import best_threshold, calibrate, passage_key, train
from textlien.coding.codebook import load_codebook
from textlien.errors import TextlienError
from textlien.study.options import AxesOptions

AXES = load_codebook()[:2]
SAID = {
    "projet": ["la place du quartier", "la fête des habitants", "le respect entre voisins"],
    "action_sociale": ["les secours du CCAS", "l'aide aux familles", "le RSA et le guichet"],
}
OTHERWISE = ["les travaux de la gare", "ma carrière d'ingénieur", "la météo de ce matin"]


def made_up(n_interviews=8, n_passages=16, seed=0):
    rng = np.random.default_rng(seed)
    rows, labels = [], []
    for i in range(n_interviews):
        for j in range(n_passages):
            axis = ["projet", "action_sociale", ""][rng.integers(3)]
            topic = rng.choice(SAID.get(axis, OTHERWISE))
            text = f"Voilà, alors {topic}, c'est ce dont on parle, numéro {i} {j}."
            passage = f"i{i}-{j:03}"
            rows.append(
                {
                    "passage_id": passage,
                    "interview_id": f"i{i}",
                    "turn_first": j,
                    "turn_last": j,
                    "start": 100 * j,
                    "end": 100 * j + len(text),
                    "speaker": "R",
                    "question": "",
                    "text": text,
                    "n_words": len(text.split()),
                }
            )
            if j < n_passages - 2:
                labels += [
                    {
                        "passage_id": passage,
                        "axis": key,
                        "value": float(key == axis),
                        "n_coders": 1,
                    }
                    for key in SAID
                ]
    return tables.make("passages", rows), tables.make("labels", labels)


@cache
def trained():
    passages, labels = made_up()
    return passages, labels, train(passages, labels, AXES, AxesOptions(folds=4), 1)


def test_every_passage_of_a_coded_interview_has_a_probability_from_a_model_that_did_not_see_it():
    passages, _, found = trained()
    table = found.out_of_fold
    assert set(zip(table.passage_id, table.axis, strict=True)) == {
        (passage, axis) for passage in passages.passage_id for axis in SAID
    }
    assert table.groupby("interview_id").fold.nunique().max() == 1
    assert table.fold.nunique() == 4


def test_labels_of_an_interview_change_nothing_in_its_own_probabilities():
    passages, labels, found = trained()
    in_i0 = labels.passage_id.str.startswith("i0-")
    table = found.out_of_fold
    own = table.fold[table.interview_id == "i0"].iloc[0]
    same_fold = set(table.interview_id[table.fold == own])
    lied = labels.copy()
    # Values on the same side of one half: the folds stay as they are.
    projet = in_i0 & (labels.axis == "projet")
    lied.loc[projet, "value"] = 0.9 * lied.loc[projet, "value"] + 0.02
    again = train(passages, lied, AXES, AxesOptions(folds=4), 1).out_of_fold
    before = found.out_of_fold.set_index(["passage_id", "axis"])
    after = again.set_index(["passage_id", "axis"])
    held_out = before.interview_id.isin(same_fold)
    assert (before.fold == after.fold).all()
    assert (before.probability[held_out] == after.probability[held_out]).all()
    assert (before.probability[~held_out] != after.probability[~held_out]).any()


def test_an_axis_that_words_tell_is_found_in_interviews_held_out():
    _, labels, found = trained()
    scores = evaluate(labels, found.out_of_fold, seed=1, replicates=200)
    f1 = scores.query("metric == 'f1'").set_index("axis")
    baseline = scores.query("metric == 'f1_baseline'").set_index("axis")
    assert (f1.low > baseline.high).all()
    assert (f1.estimate > 0.9).all()
    assert ((f1.low <= f1.estimate) & (f1.estimate <= f1.high)).all()


def test_cities_are_held_out_whole_and_scored_apart():
    passages, labels, plain = trained()
    interviews = sorted(set(passages.interview_id))
    cities = {name: ("Creil", "Arras", "Angers")[n % 3] for n, name in enumerate(interviews)}
    found = train(passages, labels, AXES, AxesOptions(folds=4), 1, cities)
    fold_of = found.by_city.drop_duplicates("interview_id").set_index("interview_id").fold
    assert fold_of.groupby(pd.Series(cities)).nunique().max() == 1
    assert fold_of.nunique() == 3
    pd.testing.assert_frame_equal(found.out_of_fold, plain.out_of_fold)
    scores = evaluate(labels, found.out_of_fold, found.by_city, seed=1, replicates=50)
    new = scores[scores.metric == "f1_new_city"]
    assert set(new.axis) == set(SAID)
    assert (new.estimate > 0.9).all()


def test_two_cities_are_too_few_to_hold_one_out():
    passages, labels, plain = trained()
    cities = {name: "Creil" if name == "i0" else "Arras" for name in set(passages.interview_id)}
    assert train(passages, labels, AXES, AxesOptions(folds=4), 1, cities).by_city.empty
    assert plain.by_city.empty


def test_the_order_of_passages_and_labels_changes_nothing():
    passages, labels, found = trained()
    again = train(
        passages.sample(frac=1, random_state=3).reset_index(drop=True),
        labels.sample(frac=1, random_state=4).reset_index(drop=True),
        AXES,
        AxesOptions(folds=4),
        1,
    )
    for axis, classifier in found.classifiers.items():
        assert np.array_equal(classifier.weights, again.classifiers[axis].weights)
    pd.testing.assert_frame_equal(found.out_of_fold, again.out_of_fold)


def test_an_axis_with_too_few_positives_is_left_out_and_said_so():
    passages, labels = made_up(5)
    few = labels.copy()
    few.loc[few.axis == "action_sociale", "value"] = 0.0
    found = train(passages, few, AXES, AxesOptions(folds=2), 1)
    assert [axis.key for axis in found.axes] == ["projet"]
    (problem,) = found.problems
    assert str(problem).startswith(
        "[axes] codings, action_sociale: left out: 0 passages carry it, 10 are needed."
    )


def test_an_axis_coded_yes_only_cannot_be_learnt():
    passages, labels = made_up(5)
    with pytest.raises(TextlienError, match="0 passages are coded as not carrying it"):
        train(passages, labels[labels.value == 1], AXES, AxesOptions(folds=2), 1)


def test_codings_of_two_interviews_are_not_enough():
    passages, labels = made_up(2)
    with pytest.raises(TextlienError, match="passages of 2 interviews are coded; at least 3"):
        train(passages, labels, AXES, AxesOptions(), 1)


def test_coders_who_disagree_pull_the_probability_between_yes_and_no():
    passages, labels = made_up(6)
    split = labels.copy()
    carried = (split.axis == "projet") & (split.value == 1)
    gare = passages[passages.text.str.contains("la place du quartier")].passage_id
    doubtful = carried & split.passage_id.isin(gare)
    split.loc[doubtful, "value"] = 0.5
    found = train(passages, split, AXES, AxesOptions(folds=3), 1).out_of_fold
    means = (
        found[found.axis == "projet"]
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
    scores = evaluate(split, found, seed=1, replicates=50).set_index(["axis", "metric"]).estimate
    assert scores["projet", "n_split"] == doubtful.sum()
    assert scores["projet", "n"] == 6 * 14 - doubtful.sum()


def test_calibration_maximises_the_likelihood_of_platts_targets():
    rng = np.random.default_rng(5)
    scores = rng.normal(size=300)
    values = (rng.random(300) < 1 / (1 + np.exp(-(2 * scores - 1)))).astype(float)
    high, low = (values.sum() + 1) / (values.sum() + 2), 1 / ((1 - values).sum() + 2)
    targets = np.where(values == 1, high, low)

    def loss(parameters):
        given = parameters[0] * scores + parameters[1]
        return np.sum(np.logaddexp(0, given) - targets * given)

    expected = minimize(loss, [1.0, 0.0], tol=1e-10).x
    assert calibrate(scores, values) == pytest.approx(tuple(expected), abs=1e-3)


def test_scores_that_say_the_contrary_are_worth_the_prevalence():
    scores = np.linspace(-1, 1, 100)
    slope, offset = calibrate(scores, (scores < 0).astype(float))
    assert slope == 0
    assert 1 / (1 + np.exp(-offset)) == pytest.approx(0.5)


@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from([0.0, 1.0])), min_size=2))
def test_no_other_threshold_has_a_greater_f1(pairs):
    probabilities = np.array([p / 20 for p, _ in pairs])
    values = np.array([v for _, v in pairs])

    def f1(cut):
        said = probabilities >= cut
        return 2 * (said * values).sum() / max(said.sum() + values.sum(), 1)

    found = f1(best_threshold(probabilities, values))
    assert found == pytest.approx(max(f1(cut) for cut in np.linspace(0, 1, 41)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    _, labels, found = trained()
    scores = evaluate(labels, found.out_of_fold, seed=1, replicates=50)
    return save(found, scores, tmp_path_factory.mktemp("axes"), name="demo", fictional=True)


def test_a_model_that_is_read_again_gives_the_probabilities_it_gave(folder):
    passages, _, found = trained()
    new = passages.assign(interview_id="new", passage_id="new-" + passages.passage_id)
    result = score(new, load_model(folder))
    assert not result.out_of_fold.any()
    columns = transform(found.features, beside(new))
    expected = found.classifiers["projet"].probability(columns)
    projet = result[result.axis == "projet"]
    assert np.array_equal(projet.probability, expected)
    distance = projet.probability - found.classifiers["projet"].threshold
    decisions = np.where(distance.abs() < 0.1, "review", np.where(distance > 0, "yes", "no"))
    assert list(projet.decision) == list(decisions)


def test_passages_that_were_learnt_get_their_probability_out_of_fold(folder):
    passages, _, found = trained()
    result = score(passages, load_model(folder)).sort_values(["passage_id", "axis"])
    assert result.out_of_fold.all()
    assert list(result.probability) == list(found.out_of_fold.probability)


def test_no_passage_no_score(folder):
    assert score(tables.make("passages", []), load_model(folder)).empty


def test_a_model_folder_holds_its_five_files_and_no_text_of_a_passage(folder):
    passages, _, _ = trained()
    names = {"model.skops", "manifest.json", "metrics.json", "out_of_fold.parquet", "README.md"}
    assert {path.name for path in folder.iterdir()} == names
    with zipfile.ZipFile(folder / "model.skops") as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    content += b"".join(path.read_bytes() for path in folder.iterdir())
    assert passages.text[0].encode() not in content
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["version"] == folder.name
    assert manifest["data"]["n_interviews"] == 8


def test_the_card_says_that_interviews_are_invented_only_where_they_are(folder, tmp_path):
    _, labels, found = trained()
    scores = evaluate(labels, found.out_of_fold, seed=1, replicates=50)
    real = save(found, scores, tmp_path, name="demo", fictional=False)
    assert "are invented" in (folder / "README.md").read_text(encoding="utf-8")
    assert "invented" not in (real / "README.md").read_text(encoding="utf-8")
    assert real.name != folder.name


@pytest.mark.parametrize("name", ["model.skops", "out_of_fold.parquet", "metrics.json"])
def test_a_file_that_is_missing_or_changed_is_named(folder, tmp_path, name):
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (copy / name).write_bytes((copy / name).read_bytes() + b" ")
    with pytest.raises(TextlienError, match=f"{name}: not the file that was written"):
        load_model(copy)
    (copy / name).unlink()
    with pytest.raises(TextlienError, match=f"{name}: the file is missing"):
        load_model(copy)


def test_a_folder_that_holds_no_model_is_refused(tmp_path):
    with pytest.raises(TextlienError, match=r"not the folder of a model \(no manifest.json\)"):
        load_model(tmp_path)
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(TextlienError, match="not the manifest of a model"):
        load_model(tmp_path)


def test_another_version_of_scikit_learn_is_warned_of(folder, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    manifest["libraries"]["scikit-learn"] = "0.1"
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.warns(UserWarning, match=r"trained with scikit-learn 0\.1"):
        load_model(copy)


def test_a_type_that_no_model_holds_is_refused():
    with pytest.raises(TextlienError, match=r"holds warnings\.WarningMessage, which no model"):
        skops_file.loads(skops_file.dumps({"a": warnings.WarningMessage}), "model.skops")
    with pytest.raises(TextlienError, match="not a model that can be read"):
        skops_file.loads(b"not a zip", "model.skops")


def test_equal_content_gives_equal_bytes_in_another_process(folder, tmp_path):
    program = (
        "import sys; sys.path.insert(0, sys.argv[2]); import test_train as t; "
        "from pathlib import Path; _, labels, found = t.trained(); "
        "scores = t.evaluate(labels, found.out_of_fold, seed=1, replicates=50); "
        "t.save(found, scores, Path(sys.argv[1]), name='demo', fictional=True)"
    )
    here = str(__file__).rpartition("/")[0]
    subprocess.run([sys.executable, "-c", program, str(tmp_path), here], check=True)
    (other,) = tmp_path.iterdir()
    assert other.name == folder.name
    for path in folder.iterdir():
        assert (other / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_passage_is_known_by_its_interview_and_its_text():
    assert passage_key("i1", "Oui.") != passage_key("i2", "Oui.")
    assert passage_key("i1", "Oui.") == passage_key("i1", "Oui.")
