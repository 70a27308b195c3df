"""Passages that a model is not asked about."""

from __future__ import annotations

import pytest
from tests.axes.made_up import model, trained

from textlien.axes.score import score
from textlien.axes.unscored import unscored

ENGLISH = "We have a community centre, and the council is there for those who have not got it."


@pytest.mark.parametrize(
    "text", ["", "Oui.", "Ah ben oui, voilà.", "(rires)", "C'est ça.", "—", "Vingt-cinq."]
)
def test_a_passage_without_a_word_of_content_has_no_score(text):
    assert unscored([text]) == {0: "no-content"}


def test_a_passage_in_another_language_has_no_score():
    assert unscored([ENGLISH, "Le CCAS aide les familles."]) == {0: "other-language"}


@pytest.mark.parametrize("text", ["Le CCAS.", "Oui, les voisins.", "On vit ensemble, quoi."])
def test_a_word_of_content_is_enough(text):
    assert unscored([text]) == {}


def test_scores_leave_such_passages_out_but_for_those_that_were_learnt_from():
    passages = trained()[0]
    some = passages.iloc[:4].reset_index(drop=True)
    some.loc[1, "text"] = ENGLISH
    some.loc[2, "text"] = "Oui, voilà."
    scored = list(dict.fromkeys(score(some, model())["passage_id"]))
    assert scored == [some["passage_id"][0], some["passage_id"][3]]
