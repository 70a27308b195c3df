"""What words, meaning and the rest of the answer add up to the score of a passage."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import logit
from tests.axes.made_up import made_up

from textlien.axes.features.fitting import fit_parts
from textlien.axes.features.inputs import Inputs, inputs_of
from textlien.axes.features.parts import CHARACTERS, PARTS, WORDS, FittedNgrams, PassageFeatures
from textlien.axes.learning.classifier import AxisClassifier
from textlien.axes.learning.decisions import Tried
from textlien.axes.words.contributions import Contributions, Decomposer

UNTRIED = Tried(np.zeros(0), np.zeros(0, dtype=bool), np.zeros(0, dtype=int))


def scores_of(features, classifiers, inputs):
    X = features.of(inputs)
    return np.stack([logit(each.probability(X)) for each in classifiers], axis=1)


def added_up(apart: Contributions):
    everything = np.ones(len(apart.passages), dtype=bool)
    return apart.of_words(everything) + apart.meaning + apart.context + apart.base


@cache
def with_all_parts():
    """Classifiers with random weights on all parts, of passages that are pieces of answers."""
    passages, _ = made_up()
    passages["turn_first"] //= 3
    passages["turn_last"] //= 3
    inputs = inputs_of(passages)
    fitted = fit_parts(PARTS, inputs, 1)
    features = PassageFeatures(tuple(columns.fitted for columns in fitted.values()))
    rng = np.random.default_rng(2)
    classifiers = [
        AxisClassifier(rng.normal(size=features.width) / 10, *rng.normal(size=3), 0.5, UNTRIED)
        for _ in range(2)
    ]
    return inputs, features, classifiers


def test_words_parts_and_base_add_up_to_the_score():
    inputs, features, classifiers = with_all_parts()
    apart = Decomposer(features, classifiers).of(inputs)
    assert apart.meaning.all()
    assert apart.context.any()
    scores = scores_of(features, classifiers, inputs)
    np.testing.assert_allclose(added_up(apart), scores, atol=1e-9)


WORDS_OF_TEXTS = st.sampled_from(
    ["la", "place", "PLACE", "l'aide", "d’aide", "aujourd'hui", "voilà,", "(rires)", "—", "RSA."]
)
TEXTS = st.lists(WORDS_OF_TEXTS | st.text(max_size=6), max_size=12).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_they_add_up_for_any_text(texts):
    _, features, classifiers = with_all_parts()
    rng = np.random.default_rng(len(texts))
    vectors = rng.normal(size=(len(texts), 512))
    inputs = Inputs(texts, texts[::-1], vectors, vectors[::-1])
    apart = Decomposer(features, classifiers).of(inputs)
    scores = scores_of(features, classifiers, inputs)
    np.testing.assert_allclose(added_up(apart), scores, atol=1e-9)
    for passage, start, end in zip(apart.passages, apart.starts, apart.ends, strict=True):
        word = texts[passage][start:end]
        assert not word or (word[0].isalnum() or word[0] == "_")


def of_texts(part, ngrams, weights, *texts):
    """Contributions of a part alone, with weights by n-gram and an idf of 1."""
    fitted = FittedNgrams(part, tuple(ngrams), np.ones(len(ngrams)))
    classifier = AxisClassifier(np.array(weights), 0.5, 2.0, -1.0, threshold=0.5, tried=UNTRIED)
    nothing = np.zeros((len(texts), 512))
    inputs = Inputs(list(texts), [""] * len(texts), nothing, nothing)
    apart = Decomposer(PassageFeatures((fitted,)), [classifier]).of(inputs)
    words = [
        text[a:b]
        for text, a, b in zip(
            (texts[passage] for passage in apart.passages), apart.starts, apart.ends, strict=True
        )
    ]
    return dict(zip(words, apart.words[:, 0], strict=True)), apart


def test_a_pair_is_shared_between_its_two_words():
    words, apart = of_texts(WORDS, ["chef de", "de file"], [3.0, 1.0], "chef de file")
    # Norm √2, slope 2: the first pair adds 2·3/√2, the second 2·1/√2.
    assert words["chef"] == pytest.approx(3 / 2**0.5)
    assert words["de"] == pytest.approx(4 / 2**0.5)
    assert words["file"] == pytest.approx(1 / 2**0.5)
    assert apart.base == pytest.approx([2 * 0.5 - 1])


def test_characters_belong_to_the_word_that_they_stand_in():
    words, _ = of_texts(CHARACTERS, [" ai", "aide", "cas"], [1.0, 2.0, 5.0], "l'aide du ccas")
    # « l'aide » has « aide » but no word that begins with « ai ».
    assert words["aide"] == pytest.approx(2 * 2 / 2**0.5)
    assert words["ccas"] == pytest.approx(2 * 5 / 2**0.5)
    assert words["du"] == 0


def test_a_word_said_twice_has_half_of_its_feature_at_each_place():
    _, apart = of_texts(WORDS, ["aide"], [1.0], "aide aide", "aide")
    assert apart.words[:, 0] == pytest.approx([1.0, 1.0, 2.0])


def test_what_is_elided_and_punctuation_are_no_part_of_a_word():
    words, _ = of_texts(WORDS, ["aide"], [1.0], "« L’aide, aujourd'hui, qu'elle … (rires)")
    assert list(pd.Series(words).index) == ["", "aide", "aujourd'hui", "elle", "rires"]
