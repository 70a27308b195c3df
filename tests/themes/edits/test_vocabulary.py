from __future__ import annotations

import pytest

from tests.making import ENGLISH
from tests.themes.edits.models import terms_of
from textlien.themes.edits.vocabulary import Vocabulary

TERMS = terms_of(
    ["école", "travailleur social", "conseil départemental", "CAF", "élever", "élève", "vélo"],
    forms={"travailleur social": "travailleurs sociaux", "élever": "élevé", "élève": "élèves"},
    folded={"conseil départemental": "CG | conseil général"},
)
VOCABULARY = Vocabulary(TERMS)


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("école", "école"),
        ("École", "école"),
        ("ecole", "école"),
        ("écoles", "école"),
        ("travailleurs sociaux", "travailleur social"),
        ("travailleur social", "travailleur social"),
        ("Travailleur-social", "travailleur social"),
        ("conseil général", "conseil départemental"),
        ("conseils généraux", "conseil départemental"),
        ("cg", "conseil départemental"),
        ("CAF", "CAF"),
        ("caf", "CAF"),
        ("élève", "élève"),
        ("élevé", "élever"),
        ("Vélos", "vélo"),
        ("écolle", None),
        ("voiture", None),
        ("social", None),
        ("", None),
    ],
)
def test_a_word_is_looked_up_by_term_form_and_old_name(word, term):
    number = VOCABULARY.number(word)
    assert (None if number is None else TERMS["term"][number]) == term


def test_every_term_and_every_form_that_is_written_leads_back_to_the_term():
    for number in range(len(TERMS)):
        assert VOCABULARY.number(VOCABULARY.word(number)) == number


def test_a_form_of_another_term_is_not_written_for_this_one():
    terms = terms_of(["cours", "courir"], forms={"courir": "cours"})
    vocabulary = Vocabulary(terms)
    assert [vocabulary.word(number) for number in (0, 1)] == ["cours", "courir"]


def test_a_near_term_is_suggested_for_the_first_word_that_has_one():
    suggestion = ENGLISH.message(VOCABULARY.nearest(["zzz", "écolle"]))
    assert suggestion == 'Did you mean "école"?'
    assert VOCABULARY.nearest(["zzz"]).id == "themes.none-near"
