from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textlien.annotation.training import transcribed
from textlien.annotation.training.transcribed import CHANGES
from textlien.annotation.training.treebank import GoldToken

POS = ("NOUN", "VERB", "DET", "PRON", "PUNCT", "INTJ", "X", "ADP")


def tokens(text: str) -> list[GoldToken]:
    """« mot/NOUN », without a blank after it where « mot/NOUN_ »."""
    found = []
    for part in text.split():
        form, pos = part.rstrip("_").split("/")
        found.append(GoldToken(form, form.lower(), pos, not part.endswith("_")))
    return found


def written(given: list[GoldToken]) -> str:
    return "".join(token.form + (" " if token.space_after else "") for token in given).rstrip()


SPOKEN = tokens("Alors/ADV_ ,/PUNCT Lyon/PROPN est/AUX_ -ce/PRON euh/INTJ loin/ADV ?/PUNCT")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("as written", "Alors, Lyon est-ce euh loin ?"),
        ("without punctuation", "Alors Lyon est-ce euh loin"),
        ("lower case", "alors, lyon est-ce euh loin ?"),
        ("bare", "alors lyon est-ce euh loin"),
        ("sentence case", "Alors, Lyon est-ce euh loin ?"),
    ],
)
def test_ways_of_writing(name: str, expected: str):
    assert written(CHANGES[name](SPOKEN, Random(0))) == expected


def test_a_speech_recogniser_writes_no_hyphens_and_at_times_no_apostrophes():
    elided = tokens("qu'/SCONJ_ est/AUX_ -ce/PRON euh/INTJ ?/PUNCT")
    ways = {written(CHANGES["speech recogniser"](elided, Random(seed))) for seed in range(9)}
    assert ways == {"qu'est ce", "qu est ce"}


def test_each_sentence_gets_a_capital():
    given_tokens = tokens("oui/INTJ_ ./PUNCT voilà/VERB")
    assert written(transcribed.sentence_case(given_tokens, Random(0))) == "Oui. Voilà"


def test_what_is_added_to_speech():
    sentence = tokens("la/DET commune/NOUN organise/VERB des/DET ateliers/NOUN") * 40
    hesitating = transcribed.hesitating(sentence, Random(0))
    added = {token.form for token in hesitating} - {token.form for token in sentence}
    assert {"euh", "mm"} <= added
    assert all(token.pos == "INTJ" for token in hesitating if token.form in added)
    assert "la la" in written(hesitating)
    cut = [token for token in transcribed.cut_words(sentence, Random(0)) if token.pos == "X"]
    assert cut
    for token in cut:
        assert token.form[-1] in "-~"
        assert any(whole.form.startswith(token.form[:-1]) for whole in sentence)
    times = [token.form for token in transcribed.timed(sentence, Random(0)) if token.pos == "NUM"]
    assert times
    assert all(":" in mark for mark in times)


@given(
    st.lists(
        st.builds(
            GoldToken,
            st.text("abcÉ-~.'", min_size=1, max_size=6),
            st.text("abc", min_size=1, max_size=4),
            st.sampled_from(POS),
            st.booleans(),
        ),
        max_size=12,
    ),
    st.integers(0, 1000),
)
def test_no_change_makes_up_a_lemma_of_a_word_that_was_said(given_tokens, seed: int):
    said = {(token.lemma, token.pos) for token in given_tokens}
    for name, change in CHANGES.items():
        changed = change(given_tokens, Random(seed))
        assert all(token.form for token in changed), name
        new = {(token.lemma, token.pos) for token in changed} - said
        assert {pos for _, pos in new} <= {"INTJ", "X", "NUM"}, name
        if name not in {"hesitating", "cut words", "time marks"}:
            assert not new, name
