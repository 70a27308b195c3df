import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from textlien.axes.classifier import columns_to_use, fit, fit_axes
from textlien.axes.folds import Setting, rarest_axes, split

NB_INTERVIEWS = 6


def separable(seed, n=60):
    rng = np.random.default_rng(seed)
    y = (rng.random(n) < 0.4).astype(float)
    X = sparse.csr_matrix(np.column_stack([y + rng.normal(0, 0.7, n), rng.normal(size=(n, 3))]))
    interviews = pd.Series([f"i{row % NB_INTERVIEWS}" for row in range(n)])
    return X, y, interviews


def classifier_of(X, y, interviews):
    labels = pd.DataFrame({"projet": y})
    return fit_axes(X, labels, interviews, Setting(3, 1))["projet"]


@pytest.mark.parametrize(("penalty", "is_ours"), [(10, True), (9, False), (11, False)])
def test_an_axis_is_the_logistic_regression_of_scikit_learn(penalty, is_ours):
    X, y, interviews = separable(1)
    classifier = classifier_of(X, y, interviews)
    oracle = LogisticRegression(C=penalty, max_iter=1000).fit(X, y)
    same = np.allclose(classifier.weights, oracle.coef_[0], rtol=1e-12, atol=1e-12)
    assert same == is_ours


def test_probabilities_are_those_of_the_scores_of_scikit_learn():
    X, y, interviews = separable(2)
    classifier = classifier_of(X, y, interviews)
    oracle = LogisticRegression(C=10, max_iter=1000).fit(X, y).decision_function(X)
    expected = 1 / (1 + np.exp(-(classifier.slope * oracle + classifier.offset)))
    assert classifier.probability(X) == pytest.approx(expected, abs=1e-12)


def test_a_doubtful_label_is_a_yes_and_a_no_of_half_the_weight():
    X, y, interviews = separable(3)
    y[:10] = 0.5
    rows = np.concatenate([np.arange(len(y)), np.arange(10)])
    outcomes = np.concatenate([np.ones(10), y[10:], np.zeros(10)])
    weights = np.concatenate([np.full(10, 0.5), np.ones(len(y) - 10), np.full(10, 0.5)])
    oracle = LogisticRegression(C=10, max_iter=1000, tol=1e-8)
    oracle.fit(X[rows], outcomes, sample_weight=weights)
    assert classifier_of(X, y, interviews).weights == pytest.approx(oracle.coef_[0], abs=1e-3)


def test_an_answer_that_never_varies_gives_one_probability():
    X, _, interviews = separable(4)
    classifier = classifier_of(X, np.ones(60), interviews)
    assert not classifier.weights.any()
    assert classifier.probability(X) == pytest.approx(60.5 / 61)


@pytest.mark.parametrize(("with_context", "columns"), [(19, ("text",)), (20, ("text", "context"))])
def test_the_context_is_used_where_twenty_passages_have_any(with_context, columns):
    coded = pd.DataFrame({"context": ["oui"] * with_context + [""] * 30})
    assert columns_to_use(coded) == columns


def test_words_are_single_or_in_pairs_and_characters_three_to_five():
    coded = pd.DataFrame(
        {
            "interview_id": ["i0", "i0", "i1", "i1"],
            "text": ["le guichet du centre", "le guichet du centre", "la gare", "la gare"],
            "context": "",
        }
    )
    labels = pd.DataFrame({"projet": [1.0, 1.0, 0.0, 0.0]})
    features, _ = fit(coded, labels, folds=2, seed=1)
    words, characters, _ = features.parts
    assert {len(ngram.split()) for ngram in words.ngrams} == {1, 2}
    assert {len(ngram) for ngram in characters.ngrams} == {3, 4, 5}


def test_folds_keep_groups_whole_and_test_each_row_once():
    interviews = pd.Series(np.repeat(list("abcdefgh"), 5))
    folds = list(split(np.arange(40) % 2 == 0, interviews, Setting(4, 1)))
    assert sorted(np.concatenate([fold.test for fold in folds])) == list(range(40))
    for fold in folds:
        assert not set(interviews[fold.train]) & set(interviews[fold.test])


def test_the_stratum_of_a_passage_is_its_rarest_axis():
    labels = pd.DataFrame({"a": [1.0, 1, 1, 0], "b": [1.0, 1, 0, 0], "c": [1.0, 0, 0, 0]})
    assert list(rarest_axes(labels, folds=2)) == ["b", "b", "a", ""]
