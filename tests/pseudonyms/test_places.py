"""Towns, streets and public figures are not persons; every sentence is invented."""

import pytest

from tests.pseudonyms.test_suggest import forms_in, names_in, names_of


def kinds_of(*texts):
    return {name.form: (name.kind, name.action) for name in names_in(*texts).values()}


def test_one_petit_before_a_town_makes_no_person_of_it():
    rows = names_in(
        "J'habite à Vénissieux. À Vénissieux on est bien.", "C'était le petit Vénissieux, avant."
    )
    assert rows["Vénissieux"].kind == "place"
    assert rows["Vénissieux"].files == ()
    assert rows["Vénissieux"].count == 3


@pytest.mark.parametrize("town", ["Laval", "Valence", "Montreuil", "Saint-Denis", "Nancy", "Paris"])
def test_a_town_that_is_somebody_s_name_too_is_to_be_decided(town):
    assert kinds_of(f"J'habite à {town}. {town}, c'est calme.")[town] == ("place", "ask")


def test_a_town_and_the_person_called_so_are_both_to_be_decided():
    rows = names_of(
        {
            "e1": ("Creil", "", {"R": ["J'habite à Bagnolet depuis dix ans."]}),
            "e2": ("Creil", "", {"R": ["Et M. Bagnolet, le gardien, vient de Bagnolet."]}),
        }
    )
    assert {name.action for name in rows if name.form == "Bagnolet" and name.kind == "place"} == {
        "ask"
    }
    assert any(name.kind == "person" for name in rows if "Bagnolet" in name.form)


@pytest.mark.parametrize(
    "text",
    [
        "Je vais jusqu'à Alésia, c'est à côté.",
        "Je descends au métro Charles-Michels.",
        "Mon fils est à Victor-Duruy.",
        "On va à Pablo Ramirez, le gymnase.",
        "Il y avait une rue qui s'appelait la Bananeraie.",
        "Le faubourg saint Honoré est loin.",
        "On a lu Robert Desnos à l'école.",
    ],
)
def test_a_name_that_may_be_a_place_s_or_a_work_s_is_not_replaced_unasked(text):
    assert all(action == "ask" for _, action in kinds_of(text).values())


def test_a_full_name_is_replaced_where_somebody_of_the_speaker_s_is_meant():
    rows = names_in("Ma sœur Nadia Kervel est venue. Nicolas Bouvel aussi. Nicolas, mon copain.")
    assert rows["Nadia Kervel"].action == rows["Nicolas Bouvel"].action == "replace"


def test_peoples_and_words_that_are_broken_off_are_no_names():
    assert forms_in("Un vieux Parisien, une petite Marseillaise, un foyer de Marocains.") == set()
    assert forms_in("C'est Ju- Julien, oui.") == {("Julien", "person")}


def test_names_in_a_row_without_commas_are_several():
    forms = {form for form, _ in forms_in("C'était Bobigny Drancy Julien et Julien Julien.")}
    assert forms == {"Bobigny", "Drancy", "Julien"}


def test_a_street_named_after_a_title_is_one_place():
    assert ("rue de l'abbé Grévin", "place") in forms_in("On était rue de l'abbé Grévin, avant.")


@pytest.mark.parametrize("street", ["rue du Docteur Grévin", "place du docteur Grévin"])
def test_a_doctor_s_street_is_a_street(street):
    assert forms_in(f"On habitait {street}, avant.") == {(street, "place")}


def test_a_verb_or_a_town_behind_a_common_word_makes_no_name_of_it():
    assert "traverse la Seine" not in {form for form, _ in forms_in("On traverse la Seine.")}
    forms = {form for form, _ in forms_in("La bibliothèque de Wattrelos, un salon au Wattrelos.")}
    assert forms == {"Wattrelos"}


def test_a_town_has_not_the_number_of_the_street_named_after_it():
    rows = names_in("J'étais rue de Wattrelos, puis à Wattrelos même.")
    assert rows["Wattrelos"].entity != rows["rue de Wattrelos"].entity


def test_what_the_whole_country_knows_is_to_be_decided():
    assert kinds_of("Près de la tour Eiffel, du musée Rodin et du musée d'Orsay.") == {
        "tour Eiffel": ("place", "ask"),
        "musée d'Orsay": ("organisation", "ask"),
        "musée Rodin": ("organisation", "ask"),
    }


def test_a_district_by_its_number_is_a_place_to_be_decided():
    assert kinds_of("J'ai vécu dans le Quinzième, avant.") == {"Quinzième": ("place", "ask")}
