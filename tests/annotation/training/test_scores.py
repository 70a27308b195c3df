from __future__ import annotations

import pytest

from textlien.annotation.training.scores import Tagged, score, starts
from textlien.annotation.training.treebank import GoldToken

GOLD = [
    GoldToken("Les", "le", "DET", True),
    GoldToken("élus", "élu", "NOUN", True),
    GoldToken("locaux", "local", "ADJ", True),
    GoldToken("parlent", "parler", "VERB", False),
    GoldToken(".", ".", "PUNCT", True),
]


def test_tokens_begin_where_the_text_has_them():
    assert starts(GOLD) == [0, 4, 9, 16, 23]


def test_each_measure_on_a_hand_made_sentence():
    said = [
        Tagged(0, "Les", "LE", "DET"),
        Tagged(4, "élus", "élire", "VERB"),  # wrong lemma and part of speech, still selected
        Tagged(9, "locaux", "local", "NOUN"),
        Tagged(16, "parlent", "parler", "AUX"),  # not selected
        Tagged(23, ".", ".", "NOUN"),  # punctuation is left out
    ]
    found = score([GOLD], [said])
    assert found.lemma == pytest.approx(75)
    assert found.content == pytest.approx(100 * 2 / 3)
    assert found.upos == pytest.approx(25)
    assert found.selection == pytest.approx(200 * 2 / (3 + 2))
    assert found.cut == 100


def test_a_word_that_is_cut_otherwise_is_wrong():
    said = [
        Tagged(0, "Les", "le", "DET"),
        Tagged(4, "élus locaux", "élu", "NOUN"),
        Tagged(16, "parlent", "parler", "VERB"),
        Tagged(23, ".", ".", "PUNCT"),
    ]
    found = score([GOLD], [said])
    assert found.lemma == pytest.approx(50)
    assert found.content == pytest.approx(100 / 3)
    assert found.selection == pytest.approx(200 * 1 / (3 + 2))
    assert found.cut == pytest.approx(200 * 3 / 9)
