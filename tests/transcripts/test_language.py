from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textlien.terms.loading import default_stop_words
from textlien.text.folding import fold
from textlien.transcripts.language import FRENCH, OTHERS, other_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Arbeiter haben keine Zukunft mehr, und das ist nicht unsere Schuld.", "german"),
        ("DIE ARBEIT MUSS FÜR ALLE SEIN, UND NICHT NUR FÜR DIE REICHEN", "german"),
        ("Mer sin nit arm, awer die Kinner hon nix un das is net gerecht fer die Leit", "german"),
        ("I have been in this town for ten years and they never asked what we want.", "english"),
        ("Yo creo que el barrio es muy bonito, pero todo está lejos y no hay autobús", "spanish"),
        ("Io penso che questa città non è più quella di una volta, per noi anziani", "italian"),
        ("Eu acho que não é fácil para uma pessoa como eu, mas isso era antes", "portuguese"),
        ("أنا أسكن في هذا الحي منذ عشر سنوات", "script"),
        ("Мы живём в этом районе уже десять лет", "script"),
    ],
)
def test_a_passage_in_another_language_is_told_by_its_function_words(text, language):
    assert other_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Oui.",
        "ma mère",
        "ah ma pauvre dame",
        "Berlin, Hamburg",
        "The Wall",
        "Der Spiegel, die Zeit",
        "danke schön",
        "On a revu The Good, the Bad and the Ugly, c'est le film que mon père aimait le plus.",
        "Ma grand-mère disait « wir haben nicht die Zeit », et elle repartait aux champs.",
        "J'habite rue de l'An-Der-Alten-Mühle, à Sarreguemines, et le dialecte je le parle un peu.",
        "le l0gement et 1a cri5e, 1es jeunes n ont pas d emp1oi da ns la com mune",
        "il a été au fur et à mesure de plus en plus sûr de lui, on était tous là",
        "Il y a un e-mail, le feedback, le brainstorming, le marketing, enfin tout ça",
        "Élisez MÜLLER, né le 4 mars 1950, maire de Forbach, conseiller général",
    ],
)
def test_french_with_foreign_words_and_what_is_too_short_to_tell_remain_french(text):
    assert other_language(text) == ""


def test_who_changes_language_is_where_most_of_the_function_words_are():
    french = "et puis mon père il disait que les gens du village"
    german = "das ist nicht die Sprache der Leute und wir haben keine Zeit"
    assert other_language(f"{french}, {german}") == "german"  # 5 of French, 9 of German
    assert other_language(f"{french}, {french}, {german}") == ""


def test_as_many_words_of_french_as_of_another_language_are_french():
    assert other_language("und nicht wir pour vous avec") == ""
    assert other_language("und nicht wir pour vous") == "german"


def test_no_word_that_says_nothing_in_french_is_one_of_another_language():
    stop_words = {fold(word) for word in default_stop_words()} | FRENCH
    shared = {word for words in OTHERS.values() for word in words & stop_words}
    assert shared == set()


@given(st.lists(st.sampled_from(sorted(FRENCH)), min_size=1), st.lists(st.sampled_from("xyz")))
def test_words_of_french_and_names_are_never_another_language(words, names):
    assert other_language(" ".join(words + names)) == ""
