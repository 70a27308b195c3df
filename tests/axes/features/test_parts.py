from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from textlien.annotation.encoder import DIMENSION, DIMENSIONS, encode
from textlien.axes.features.fitting import fit_part, fit_parts
from textlien.axes.features.inputs import Inputs
from textlien.axes.features.parts import (
    CHARACTERS,
    MEANING,
    MEANING_AROUND,
    PARTS,
    WORDS,
    WORDS_AROUND,
    PassageFeatures,
)

TEXTS = [
    "Le maire a rouvert la place du marché.",
    "La mairie a fermé le guichet du CCAS.",
    "Le guichet du CCAS a rouvert.",
    "On attend le bus devant la gare.",
]


def inputs(texts, context=None):
    context = context or [""] * len(texts)
    around = encode(context)
    around[[not text for text in context]] = 0
    return Inputs(list(texts), list(context), encode(texts), around)


def random_inputs(n, seed):
    """Passages without words whose meanings are random directions."""
    vectors = np.random.default_rng(seed).normal(size=(n, DIMENSION))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return Inputs([""] * n, [""] * n, vectors, np.zeros((n, DIMENSION)))


def oracle(part):
    return TfidfVectorizer(
        analyzer=part.analyzer,
        ngram_range=(part.shortest, part.longest),
        sublinear_tf=True,
        min_df=2,
    )


@pytest.mark.parametrize("part", [WORDS, CHARACTERS], ids=lambda part: part.name)
def test_ngrams_are_weighted_as_scikit_learn_weights_them(part):
    vectorizer = oracle(part).fit(TEXTS)
    new = ["Le CCAS, le maire, le CCAS.", "", "Rien de tel"]
    fitted = fit_part(part, inputs(TEXTS), 1).fitted
    assert list(fitted.ngrams) == list(vectorizer.get_feature_names_out())
    ours = fitted.of(inputs(new)).toarray()
    assert ours == pytest.approx(vectorizer.transform(new).toarray(), abs=1e-12)


WORD = st.sampled_from("le la CCAS maire guichet élu l'élu chef-lieu 2015 à".split())


@given(st.lists(st.lists(WORD, max_size=12).map(" ".join), min_size=2, max_size=12))
def test_words_of_any_passages_are_those_of_scikit_learn(texts):
    nothing = np.zeros((len(texts), DIMENSION))
    passages = Inputs(texts, [""] * len(texts), nothing, nothing)
    fitted = fit_part(WORDS, passages, 1)
    try:
        expected = oracle(WORDS).fit_transform(texts).toarray()
    except ValueError:  # scikit-learn refuses passages without any n-gram
        assert fitted is None
        return
    assert fitted.features.toarray() == pytest.approx(expected, abs=1e-12)


def test_an_ngram_of_one_passage_is_left_out_and_one_of_two_is_kept():
    fitted = fit_part(WORDS, inputs(["le guichet", "le maire", "la gare"]), 1).fitted
    assert fitted.ngrams == ("le",)


def test_words_around_count_by_half():
    passages = inputs(TEXTS, TEXTS)
    here, around = (fit_part(part, passages, 1).features for part in (WORDS, WORDS_AROUND))
    assert (here @ here.T).toarray() == pytest.approx(2 * (around @ around.T).toarray())


def test_what_there_is_nothing_of_is_left_out():
    assert set(fit_parts(PARTS, inputs(TEXTS), 1)) == {WORDS, CHARACTERS, MEANING}
    assert fit_part(MEANING_AROUND, inputs(TEXTS), 1) is None
    assert fit_part(WORDS, inputs(["un", "deux"]), 1) is None


def test_products_of_meaning_are_those_of_the_radial_kernel_near_the_landmarks():
    passages = random_inputs(40, seed=1)
    fitted = fit_part(MEANING, passages, 1).fitted
    # Landmarks themselves: what the method has exactly.
    landmarks = replace(random_inputs(20, seed=1), vectors=fitted.landmarks + fitted.mean)
    features = fitted.of(landmarks).toarray()
    squared = ((fitted.landmarks[:, np.newaxis] - fitted.landmarks) ** 2).sum(axis=2)
    assert features @ features.T == pytest.approx(np.exp(-squared), abs=1e-6)


def test_words_of_near_meaning_have_near_features():
    words = "maire élu ville mairie vote fromage lait pain beurre chèvre bus train gare".split()
    fitted = fit_part(MEANING, inputs(words * 4), 1).fitted
    maire, elu, fromage = fitted.of(inputs(["le maire", "l'élu", "un fromage"])).toarray()
    assert maire @ elu > maire @ fromage


def test_a_passage_without_meaning_gets_zeros():
    fitted = fit_part(MEANING, random_inputs(10, seed=2), 1).fitted
    nothing = np.zeros((1, DIMENSION))
    assert not fitted.of(Inputs([""], [""], nothing, nothing)).toarray().any()


def test_vectors_of_a_further_encoder_change_nothing_of_what_was_fitted_without_it():
    passages = random_inputs(20, seed=4)
    fitted = fit_part(MEANING, passages, 1).fitted
    further = np.random.default_rng(5).normal(size=(20, 384))
    wider = replace(passages, vectors=np.hstack([passages.vectors, further]))
    assert fitted.of(wider).toarray() == pytest.approx(fitted.of(passages).toarray(), abs=1e-12)


def test_meaning_of_two_encoders_counts_twice():
    vectors = np.random.default_rng(6).normal(size=(20, DIMENSIONS["use+e5"]))
    passages = replace(random_inputs(20, seed=6), vectors=vectors)
    fitted = fit_part(MEANING, passages, 1).fitted
    landmarks = fitted.of(
        replace(passages.rows(np.arange(10)), vectors=fitted.landmarks + fitted.mean)
    )
    assert (landmarks @ landmarks.T).diagonal() == pytest.approx(2.0, abs=1e-6)


def test_features_of_many_passages_are_those_of_each():
    columns = fit_parts((WORDS, MEANING), inputs(TEXTS), 1)
    features = PassageFeatures(tuple(part.fitted for part in columns.values()))
    few = inputs(TEXTS[:3])
    many = features.of(few.rows(np.tile(np.arange(3), 1500)))
    assert many.shape == (4500, features.width)
    assert many[:3].toarray() == pytest.approx(features.of(few).toarray(), abs=1e-12)
    assert many[4497:].toarray() == pytest.approx(many[:3].toarray(), abs=1e-12)
    assert features.of(few.rows(np.arange(0))).shape == (0, features.width)
