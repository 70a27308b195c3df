"""Linking of persons; every name is invented."""

from textlien.pseudonyms.finding.mentions import CUE, Mention
from textlien.pseudonyms.linking.parts import settle_parts
from textlien.pseudonyms.linking.people import People, Setting
from textlien.pseudonyms.reasons import Evidence, Reason

SETTINGS = {
    "creil-1": Setting("Creil/amina", "Creil", frozenset(["amina"])),
    "creil-2": Setting("Creil/amina", "Creil", frozenset(["amina"])),
    "creil-3": Setting("Creil/paul", "Creil"),
    "havre": Setting("Le Havre/rose", "Le Havre"),
}


def person(interview, first_name="", surname="", **more):
    form = f"{first_name} {surname}".strip().title()
    evidence = Evidence(Reason.FIRST_NAME)
    names = {"first_name": first_name, "surname": surname}
    return Mention(0, interview, 0, 1, form, "person", evidence, **names, **more)


def test_a_first_name_alone_is_the_full_name_of_the_same_circle_only():
    full = person("creil-1", "karim", "ziani")
    same, neighbour, elsewhere = (person(i, "karim") for i in ("creil-2", "creil-3", "havre"))
    people = People([full, same, neighbour, elsewhere], SETTINGS)
    assert people.person(same) == people.person(full)
    assert people.doubt(same) is None
    assert people.person(neighbour) != people.person(full)
    assert people.doubt(neighbour) == Evidence(Reason.PERHAPS, ("Karim Ziani",))
    assert people.person(elsewhere) != people.person(full)
    assert people.doubt(elsewhere) is None


def test_a_first_name_of_two_persons_of_a_circle_is_doubtful():
    mentions = [person("creil-1", "karim", "ziani"), person("creil-2", "karim", "roux")]
    alone = person("creil-1", "karim")
    people = People([*mentions, alone], SETTINGS)
    assert people.doubt(alone) == Evidence(Reason.ONE_OF, ("Karim Roux", "Karim Ziani"))


def test_initials_of_a_label_are_the_interviewee():
    label = Mention(
        -1,
        "creil-1",
        0,
        0,
        "A.B.",
        "person",
        Evidence(Reason.LABEL_INITIALS),
        first_name="a.b.",
        rank=CUE,
    )
    amina = person("creil-2", "amina")
    people = People([label, amina], SETTINGS)
    assert people.person(label) == people.person(amina)


def test_a_word_is_the_part_that_it_is_in_full_names_of_the_circle():
    full, alone = person("creil-1", "samira", "boudjemaa"), person("creil-2", "boudjemaa")
    _, settled = settle_parts([full, alone], SETTINGS)
    assert (settled.first_name, settled.surname) == ("", "boudjemaa")
