from __future__ import annotations

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from textlien.annotation.speech.embedding import (
    FEATURES,
    LEXICON,
    features,
    lexical_embed,
    pack,
    unpack,
)

ROWS = [50] * FEATURES
VOCAB = spacy.blank("fr").vocab


def doc(text: str) -> Doc:
    return Doc(VOCAB, words=text.split())


def embedding(lexicon: dict[str, str], word_dropout: float = 0.0):
    model = lexical_embed(8, ROWS, word_dropout)
    model.attrs[LEXICON] = pack(lexicon)
    model.initialize()
    return model


@given(
    st.dictionaries(
        st.text("abcéœ'-", min_size=1, max_size=8), st.sampled_from(["NOUN", "ADJ|NOUN", "Vfp"])
    )
)
def test_a_lexicon_is_packed_and_unpacked(lexicon: dict[str, str]):
    assert unpack(pack(lexicon)) == lexicon
    assert pack(dict(reversed(lexicon.items()))) == pack(lexicon)


@pytest.mark.parametrize(
    ("word", "word_class"),
    [
        ("Construire", "Vi"),
        ("co-construire", "Vi"),
        ("habitant·e·s", "ADJ|NOUN"),
        ("habitant(e)s", "ADJ|NOUN"),
        ("-ce", "DET|PRON"),
        ("DDCS", "acronym"),
        ("parentalité", "?ité"),
        ("co-parentalité", "?ité"),
    ],
)
def test_classes_of_words(word: str, word_class: str):
    lexicon = {"construire": "Vi", "habitant": "ADJ|NOUN", "ce": "DET|PRON"}
    assert features(word, lexicon)[-1] == f"class={word_class}"


def test_an_inclusive_spelling_is_read_as_the_masculine():
    assert features("habitant·e·s", {})[0] == "form=habitant"
    assert features("habitant·e·s", {})[2:-1] == features("habitant", {})[2:-1]


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("mairie", "l4"),
        ("CAF", "U3"),
        ("À", "u1"),
        ("Lyon", "T4"),
        ("l'", "l'2"),
        ("par-", "l-~4"),
        ("2013", "d4"),
        ("iPhone", "m4"),
        ("!", "p1"),
    ],
)
def test_shapes(word: str, shape: str):
    assert f"shape={shape}" in features(word, {})


def test_a_word_has_one_vector_wherever_it_stands():
    model = embedding({"élus": "ADJ|NOUN"})
    one, other = model.predict([doc("les élus sont là"), doc("des élus")])
    assert one.shape == (4, 8)
    np.testing.assert_array_equal(one[1], other[1])
    assert not np.array_equal(one[0], one[1])


def test_documents_without_words_have_no_vectors():
    model = embedding({})
    empty, full = model.predict([Doc(VOCAB), doc("oui")])
    assert empty.shape == (0, 8)
    assert full.shape == (1, 8)


def test_the_lexicon_is_kept_with_the_model_and_changes_vectors():
    words = [doc("les élus")]
    model = embedding({"élus": "ADJ|NOUN"})
    again = lexical_embed(8, ROWS, 0.0).from_bytes(model.to_bytes())
    np.testing.assert_array_equal(model.predict(words)[0], again.predict(words)[0])
    before = model.predict(words)[0]
    model.attrs[LEXICON] = pack({"élus": "Vp"})
    assert not np.array_equal(model.predict(words)[0][1], before[1])
    np.testing.assert_array_equal(model.predict(words)[0][0], before[0])


def test_hidden_forms_change_vectors_in_training_only():
    words = [doc("un deux trois quatre cinq six sept huit neuf dix")]
    model = embedding({}, word_dropout=0.5)
    np.random.seed(0)
    (trained,), _ = model.begin_update(words)
    (used,) = model.predict(words)
    assert 0 < (trained != used).any(axis=1).sum() < 10


def test_gradients_of_a_repeated_word_add_up():
    model = embedding({})
    twice = [doc("oui oui")]
    (vectors,), backprop = model.begin_update(twice)
    backprop([np.ones_like(vectors)])
    assert vectors.shape == (2, 8)
    tables = [node for node in model.walk() if node.name == "hashembed"]
    assert len(tables) == FEATURES
    once = embedding({})
    (single,), back = once.begin_update([doc("oui")])
    back([2 * np.ones_like(single)])
    for one, other in zip(
        tables, (node for node in once.walk() if node.name == "hashembed"), strict=True
    ):
        np.testing.assert_allclose(one.get_grad("E"), other.get_grad("E"), atol=1e-5)


def test_the_number_of_tables_is_that_of_the_features():
    with pytest.raises(ValueError, match=f"rows has 2 numbers instead of {FEATURES}"):
        lexical_embed(8, [10, 10], 0.0)
