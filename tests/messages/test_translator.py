"""Messages as a reader sees them, and back from a manifest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textlien.errors import Problem, TextlienError, did_you_mean, raise_all
from textlien.messages.catalogue import default_language, placeholders
from textlien.messages.message import Location, Message, from_plain, to_plain
from textlien.messages.translator import Translator
from textlien.messages.typography import typeset

FR, EN = Translator("fr"), Translator("en")


@pytest.mark.parametrize(
    ("template", "values", "french", "english"),
    [
        ("{n} {n:passage|passages}", {"n": 0}, "0 passage", "0 passages"),
        ("{n} {n:passage|passages}", {"n": 1}, "1 passage", "1 passage"),
        ("{n} {n:passage|passages}", {"n": 1256}, "1\u202f256 passages", "1,256 passages"),
        ("{n:d}", {"n": 2013}, "2013", "2013"),
        ("{x:%}", {"x": 0.16}, "16,0\u00a0%", "16.0%"),
        ("{x:.2f}", {"x": -0.5}, "\u22120,50", "\u22120.50"),
        ("{who:quoted}", {"who": "Q"}, "«\u00a0Q\u00a0»", '"Q"'),
        ("{who:quoted}", {"who": ("Q", "R")}, "«\u00a0Q\u00a0», «\u00a0R\u00a0»", '"Q", "R"'),
        ("qu'il : `x = 'y'`", {}, "qu’il\u00a0: x = 'y'", "qu’il : x = 'y'"),
        ("{what}", {"what": "l'eau : là"}, "l'eau : là", "l'eau : là"),
    ],
)
def test_a_template_is_filled_as_its_language_writes(template, values, french, english):
    assert FR._filled(template, values) == french
    assert EN._filled(template, values) == english


def test_a_location_is_said_from_the_widest_part_to_the_narrowest():
    location = Location(file="a.pdf", line=3, page=2)
    assert FR.location(location) == "a.pdf, page 2, ligne 3"
    assert EN.location(location) == "a.pdf, page 2, line 3"
    assert FR.location(Location(option="segment.target_words")) == "[segment] target_words"
    assert FR.location(Location()) == ""


def test_a_near_value_is_suggested_and_else_all_are_listed():
    nearest = FR.message(did_you_mean("strasbour", ["Strasbourg"]))
    assert nearest == "Vouliez-vous dire «\u00a0Strasbourg\u00a0»\u202f?"
    assert EN.message(did_you_mean("x", ["Creil", "Le Havre"])) == (
        "Possible values: Creil, Le Havre."
    )


def test_an_error_lists_all_its_problems_in_one_language():
    problems = [
        Problem.error("common.possible-values", Location(file=f"{n}.txt"), choices=("a", "b"))
        for n in (1, 2)
    ]
    with pytest.raises(TextlienError) as caught:
        raise_all(problems)
    assert caught.value.problems == tuple(problems)
    assert caught.value.render(FR) == (
        "1.txt\u00a0: Valeurs possibles\u00a0: a, b.\n2.txt\u00a0: Valeurs possibles\u00a0: a, b."
    )
    raise_all([])


VALUES = st.recursive(
    st.integers() | st.text() | st.builds(Location, file=st.text(), line=st.integers(1)),
    lambda parts: (
        st.lists(parts, max_size=3).map(tuple)
        | st.builds(Message, st.text(), st.dictionaries(st.text(), parts, max_size=3))
    ),
    max_leaves=8,
)


@given(VALUES)
def test_a_manifest_gives_back_the_message_that_it_took(value):
    assert from_plain(to_plain(value)) == value


LOCATIONS = st.builds(
    Location,
    file=st.just("a.eaf"),
    head=st.booleans(),
    tier=st.text(),
    page=st.none() | st.integers(1),
    column=st.none() | st.integers(1) | st.from_regex(r"[a-z;= éà%]+", fullmatch=True),
)


@given(LOCATIONS)
def test_a_table_gives_back_the_place_that_it_took(location):
    assert Location.from_code(location.code(), file="a.eaf") == location


def test_the_code_of_a_place_is_read_without_a_program():
    assert Location(page=2, line=14).code() == "page=2;line=14"
    assert Location(tier="Mira L", interval=3).code() == "tier=Mira L;interval=3"


def test_placeholders_are_found_within_plural_forms():
    assert placeholders("{n:une ville|{n} villes} {x}") == {"n", "x"}


def test_the_default_is_french_whatever_the_machine(monkeypatch):
    monkeypatch.delenv("TEXTLIEN_LANG")
    assert default_language() == "fr"
    monkeypatch.setenv("TEXTLIEN_LANG", "en_GB.UTF-8")
    assert default_language() == "en"


def test_what_is_to_be_typed_is_left_letter_by_letter():
    assert typeset("`a : 'b'` : c", "fr") == "a : 'b'\u00a0: c"


@pytest.mark.parametrize(
    ("option", "place"),
    [
        ("corpus #2.path", "[[corpus]] n° 2, path"),
        ("speakers.file #1", "[[speakers.file]] n° 1"),
        ("axis #2 (projet).label", "[[axis]] n° 2 (projet), label"),
        ("terms.pos #1", "[terms] pos n° 1"),
        ("cities.aliases.Lens", "[cities] aliases.Lens"),
        ("corpora", "[corpora]"),
    ],
)
def test_an_option_is_written_as_in_the_study_file(option, place):
    assert FR.location(Location(option=option)) == place
    assert EN.location(Location(option=option)) == place.replace("n°", "no.")


def test_thousands_are_set_apart_in_decimal_numbers():
    assert FR.decimal(1306.25, 1) == "1\u202f306,2"
    assert EN.decimal(-1306.25, 1) == "\u22121,306.2"
