import numpy as np
import pytest

from textlien.axes.features.fitting import fit_parts
from textlien.axes.features.inputs import Inputs
from textlien.axes.features.parts import PARTS
from textlien.axes.learning.classifier import Labelled

YES = ["la fête du quartier rassemble les voisins", "les habitants se parlent sur la place"]
NO = ["les travaux de la gare ont commencé", "la météo annonce de la pluie"]


def labelled(n=60, seed=1):
    """Passages whose words tell the label; their vectors tell nothing."""
    rng = np.random.default_rng(seed)
    y = (rng.random(n) < 0.4).astype(float)
    texts = [
        str(rng.choice(YES if label else NO)) + f" numéro {row % 7}" for row, label in enumerate(y)
    ]
    vectors = rng.normal(size=(n, 512))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    inputs = Inputs(texts, [""] * n, vectors, np.zeros((n, 512)))
    targets = np.column_stack([y, 1 - y])
    return inputs, Labelled(
        ["a", "b"], targets, np.arange(n) % 6, fit_parts(PARTS, inputs, 1), np.ones(n, dtype=bool)
    )


def test_words_that_tell_an_axis_are_learnt_and_probabilities_are_calibrated():
    inputs, passages = labelled()
    rows = np.arange(40)
    fitted = passages.fit(rows, 1)
    X = fitted.features.of(inputs.rows(np.arange(40, 60)))
    y = passages.targets[40:, 0] > 0.5
    a, b = (fitted.by_axis[axis].probability(X) for axis in ("a", "b"))
    assert a[y].min() > 0.8
    assert a[~y].max() < 0.2
    assert b == pytest.approx(1 - a, abs=0.1)
    assert a[y].min() > fitted.by_axis["a"].threshold > a[~y].max()


def test_the_recipe_chosen_is_that_of_the_features():
    _, passages = labelled()
    fitted = passages.fit(np.arange(60), 1)
    assert [part.part for part in fitted.features.parts] == list(fitted.recipe.parts)
    assert fitted.features.width == len(fitted.by_axis["a"].weights)


def test_labels_of_other_rows_change_nothing():
    _, passages = labelled()
    other = passages.targets.copy()
    other[50:] = 1 - other[50:]
    changed = Labelled(passages.axes, other, passages.groups, passages.columns, passages.judged)
    before, after = (each.fit(np.arange(50), 1).by_axis["a"] for each in (passages, changed))
    assert np.array_equal(before.weights, after.weights)
    assert before.threshold == after.threshold
