"""Reasons have words in both languages; every name is invented."""

import pytest

from textlien.messages.translator import Translator
from textlien.pseudonyms.reasons import Evidence, Reason
from textlien.pseudonyms.review.wording import reasons_cell, reasons_of

FRENCH, ENGLISH = Translator("fr"), Translator("en")


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words_in_both_languages(reason):
    evidence = Evidence(reason, ("Amir", "Inès"))
    french, english = (reasons_cell([evidence], words) for words in (FRENCH, ENGLISH))
    assert french
    assert english
    assert "{" not in french + english


def test_reasons_are_set_apart_by_commas_and_name_the_persons_in_question():
    reasons = [Evidence(Reason.FIRST_NAME), Evidence(Reason.ONE_OF, ("Karim Ziani", "Karim Roux"))]
    assert reasons_cell(reasons, ENGLISH) == (
        "first name, several persons possible: Karim Ziani or Karim Roux"
    )
    french = reasons_cell(reasons, FRENCH).replace("\u00a0", " ")
    assert french == "prénom, plusieurs personnes possibles : Karim Ziani ou Karim Roux"


@pytest.mark.parametrize(
    ("label", "french", "english"),
    [
        ("PER", "selon le modèle : une personne", "by the model: a person"),
        ("MISC", "selon le modèle : un autre nom", "by the model: another name"),
        ("DATE", "selon le modèle : DATE", "by the model: DATE"),
    ],
)
def test_a_label_of_the_model_is_told_in_words(label, french, english):
    reasons = [Evidence(Reason.ENTITY, (label,))]
    assert reasons_cell(reasons, FRENCH).replace("\u00a0", " ") == french
    assert reasons_cell(reasons, ENGLISH) == english


def test_reasons_of_a_sheet_keep_their_words_in_any_language():
    cell = "prénom, « rue » devant, my own note"
    assert reasons_cell(reasons_of(cell), ENGLISH) == cell
    assert reasons_cell(reasons_of(cell), FRENCH) == cell
