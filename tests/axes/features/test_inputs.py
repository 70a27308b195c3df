import numpy as np
import pandas as pd
import pytest

from textlien.annotation.encoder import DIMENSION, encode
from textlien.axes.features.inputs import inputs_of

PASSAGES = pd.DataFrame(
    [
        ("b", 10, 3, 3, "B."),
        ("a", 20, 1, 1, "deux"),
        ("a", 0, 1, 1, "un"),
        ("a", 40, 1, 2, "trois"),
        ("a", 60, 4, 4, "autre réponse"),
    ],
    columns=["interview_id", "start", "turn_first", "turn_last", "text"],
    index=[7, 3, 5, 1, 2],
)


def test_the_context_of_a_passage_is_the_rest_of_the_turn_and_never_another_one():
    inputs = inputs_of(PASSAGES, np.zeros((5, DIMENSION)))
    assert inputs.text == ["B.", "deux", "un", "trois", "autre réponse"]
    assert inputs.context == ["", "un trois", "deux", "deux", ""]


def test_the_meaning_of_the_context_is_the_mean_direction_of_both_neighbours():
    vectors = np.eye(5, DIMENSION)
    around = inputs_of(PASSAGES, vectors).context_vectors
    assert around[1] == pytest.approx((vectors[2] + vectors[3]) / 2**0.5)
    assert (around[2] == vectors[1]).all()
    assert not around[[0, 4]].any()


def test_passages_are_encoded_where_no_vectors_are_given():
    inputs = inputs_of(PASSAGES)
    assert (inputs.vectors == encode(PASSAGES["text"].tolist())).all()


def test_an_empty_passage_has_no_meaning():
    vectors = inputs_of(PASSAGES.assign(text=["", " ", "un", "deux", "trois"])).vectors
    assert not vectors[:2].any()
    assert np.linalg.norm(vectors[2:], axis=1) == pytest.approx(np.ones(3), abs=1e-5)
