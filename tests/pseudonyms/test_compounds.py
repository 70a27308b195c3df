"""One person, however the compound is typed; every name is invented."""

import pytest

from tests.pseudonyms.test_suggest import names_in

ONE_PERSON = [
    ("Jean-Luc est là.", "Avec Jean Luc, JEAN LUC, jean-luc et Jean‑Luc.", "Jean-Luc"),
    ("Marie Christine, ma voisine.", "Marie-Christine rit, et marie christine aussi.", "Marie"),
    ("Anne-Sophie Quesnoy dirige.", "Anne Sophie Quesnoy est partie, Anne Sophie aussi.", "Anne"),
    ("J'ai vu Mme Dupont-Martin.", "Mme Dupont Martin est revenue. madame dupont-martin.", "Du"),
    ("C'est M. d'Artagnel qui aide.", "D'Artagnel, M. d’Artagnel : toujours là.", "Artagnel"),
    ("J'ai vu Mme O'Bryan.", "O’Bryan est partie. Mme O'BRYAN, mme o'bryan.", "O'B"),
    ("Mme de La Tourelle est là.", "Mme La Tourelle et madame de la Tourelle.", "Tourelle"),
]


@pytest.mark.parametrize(("first", "second", "_"), ONE_PERSON)
def test_a_compound_is_one_person_with_and_without_hyphen(first, second, _):
    rows = names_in(first, second)
    persons = {name.entity for name in rows.values() if name.kind == "person"}
    assert len(persons) == 1
    assert len(rows) >= 2


def test_first_names_that_only_share_a_part_are_different_persons():
    rows = names_in("Jean-Luc et Jean et Luc, et Jean-Louis. Jean Luc est mon frère.")
    entities = [rows[form].entity for form in ("Jean-Luc", "Jean", "Luc", "Jean-Louis")]
    assert len(set(entities)) == 4
    assert rows["Jean Luc"].entity == rows["Jean-Luc"].entity
    assert rows["Jean Luc"].pseudonym == rows["Jean-Luc"].pseudonym


def test_a_surname_behind_a_title_makes_a_full_name_of_two_first_names():
    rows = names_in("Jean Michel est venu. M. Michel, c'est le gardien.")
    assert rows["Michel"].entity == rows["Jean Michel"].entity
    assert len(rows["Jean Michel"].pseudonym.split(" ")) == 2


def test_two_surnames_without_a_hyphen_anywhere_are_one_surname_behind_a_title():
    rows = names_in("J'ai vu Mme Debakker Lorival.")
    assert " " not in rows["Debakker Lorival"].pseudonym
