"""Replacing names in texts; every name and sentence is invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textlien.pseudonyms.exact_forms import interview_names
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.replacing.offsets import Edit, OffsetMap, edited
from textlien.pseudonyms.replacing.replace import find_edits, replace


def name(form, pseudonym, *, kind="person", action="replace", files=(), entity="p1"):
    return Name(form, kind, entity, pseudonym, action, files)


def replaced(text, *names):
    return replace(text, list(names))[0]


ENZO = name("Enzo", "Karim")
INES = name("Inès", "Amélie")
MARIE = name("Marie", "Jeanne")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La mère d'Enzo", "La mère de Karim"),
        ("La mère d’Enzo", "La mère de Karim"),
        ("D'Enzo je ne dis rien", "De Karim je ne dis rien"),
        ("Je crois qu'Enzo vient", "Je crois que Karim vient"),
        ("puisqu'Enzo vient", "puisque Karim vient"),
        ("l'Enzo", "l'Karim"),
        ("c'est Enzo, Enzo.", "c'est Karim, Karim."),
        ("Enzo", "Karim"),
        ("cet Enzo-là", "cet Karim-là"),
        ("l'ex-Enzo", "l'ex-Karim"),
        ("« Enzo »", "« Karim »"),
        ("Enzo's bar", "Karim's bar"),
    ],
)
def test_a_name_is_found_where_french_grammar_lets_it_stand(text, expected):
    assert replaced(text, ENZO) == expected


@pytest.mark.parametrize(
    "text", ["Enzos", "Renzo", "enzo", "ENZO", "Enzo-Luca", "Jean-Enzo", "O'Enzo", "Enzo_1"]
)
def test_another_word_or_another_spelling_is_not_touched(text):
    assert replaced(text, ENZO) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le Marc du marché", "l'Yves du marché"),
        ("la mère de Marc", "la mère d'Yves"),
        ("parce que Marc, lorsque Marc", "parce qu'Yves, lorsqu'Yves"),
        ("l’ami de Marc", "l’ami d’Yves"),
        ("une de Marc", "une d'Yves"),
        ("Garde Marc", "Garde Yves"),
    ],
)
def test_a_word_elides_before_a_pseudonym_with_a_vowel(text, expected):
    assert replaced(text, name("Marc", "Yves")) == expected


def test_before_h_nothing_is_changed_for_both_are_french():
    assert replaced("d'Enzo et de Marc", name("Enzo", "Hugo"), name("Marc", "Hélène")) == (
        "d'Hugo et de Hélène"
    )
    assert replaced("d'Enzo", name("Enzo", "Yasmine")) == "de Yasmine"


def test_the_longest_form_wins_and_a_compound_is_another_name():
    text = "Marie, Marie-Claude et Marie Lenoir"
    rows = [MARIE, name("Marie-Claude", "Anne-Lise"), name("Marie Lenoir", "Paule Renard")]
    assert replaced(text, *rows) == "Jeanne, Anne-Lise et Paule Renard"
    assert replaced("Marie-Claude", MARIE) == "Marie-Claude"


def test_a_name_to_keep_covers_the_shorter_names_in_it():
    kept = name("rue Marie Curie", "", kind="place", action="keep")
    assert replaced("Marie, rue Marie Curie", MARIE, kept) == "Jeanne, rue Marie Curie"


def test_capitals_and_small_letters_are_kept_as_written():
    rows = [name("INÈS", "Amélie"), name("inès", "Amélie"), INES]
    assert replaced("INÈS, inès, Inès", *rows) == "AMÉLIE, amélie, Amélie"
    assert replaced("D'INÈS", name("INÈS", "Karim")) == "DE KARIM"


def test_an_accent_typed_apart_and_a_typographic_apostrophe_are_the_same_letters():
    assert replaced("Inès et M. N’Diaye", name("Ine\u0300s", "Zoé"), name("N'Diaye", "Sarr")) == (
        "Zoé et M. Sarr"
    )


def test_a_name_goes_on_in_the_next_line():
    assert replaced("Marie\nLenoir", name("Marie Lenoir", "Paule Renard")) == "Paule Renard"


def test_numbers_and_addresses_are_whole():
    phone = name("01 02 03 04 05", "[téléphone]", kind="contact")
    mail = name("enzo@exemple.fr", "[courriel]", kind="contact")
    assert replaced("au 01 02 03 04 05.", phone) == "au [téléphone]."
    assert replaced("1001 02 03 04 056", phone) == "1001 02 03 04 056"
    assert replaced("à enzo@exemple.fr, renzo@exemple.fr", mail) == (
        "à [courriel], renzo@exemple.fr"
    )


def test_homonyms_are_apart_by_interview():
    rows = [
        name("Enzo", "Karim", files=("a",)),
        name("Enzo", "Luc", files=("b",), entity="p2"),
    ]
    assert [replace("Enzo", interview_names(rows, i))[0] for i in "abc"] == ["Karim", "Luc", "Enzo"]


def test_a_coding_that_begins_inside_a_name_has_the_whole_pseudonym():
    text = "Alors Enzo Roux dit oui"
    new, moved = replace(text, [name("Enzo Roux", "Karim")])
    start, end = moved.span(text.index("Roux"), text.index(" oui"))
    assert new[start:end] == "Karim dit"


def test_a_span_of_the_name_alone_leaves_the_word_before_it_outside():
    text = "la mère d'Enzo"
    new, moved = replace(text, [ENZO])
    start, end = moved.span(text.index("Enzo"), len(text))
    assert new[start:end] == "Karim"
    assert new[slice(*moved.span(text.index("d'"), len(text)))] == "de Karim"


def test_many_forms_take_the_time_of_few():
    rows = [name(f"Nom{i}", f"Autre{i}") for i in range(20_000)]
    assert replaced("Nom7 et Nom19999 " * 5_000, *rows).startswith("Autre7 et Autre19999 ")


WORDS = ["Enzo", "Inès", "d'", "qu’", "de ", "que ", "Marie", "-", " ", ", ", "\n", "la ", "été"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=25).map("".join)
ROWS = [ENZO, INES, MARIE, name("Marie Enzo", "Ugo"), name("été", "", kind="other", action="keep")]


@given(TEXTS)
def test_outside_of_replacements_nothing_changes(text):
    new, moved = replace(text, ROWS)
    edits = find_edits(text, ROWS)
    last = 0
    for edit in [*edits, Edit(len(text), len(text), "")]:
        if last < edit.start:
            start, end = moved.span(last, edit.start)
            assert new[start:end] == text[last : edit.start]
        last = edit.end
    for edit in edits:
        assert new[slice(*moved.span(edit.start, edit.end))] == edit.text


@given(TEXTS, st.data())
def test_spans_keep_their_order_and_lie_in_the_new_text(text, data):
    new, moved = replace(text, ROWS)
    points = st.integers(0, len(text))
    a, b, c = sorted(data.draw(st.tuples(points, points, points)))
    first, second, whole = moved.span(a, b), moved.span(b, c), moved.span(a, c)
    assert 0 <= first[0] <= first[1] <= len(new)
    assert first[0] <= second[0] <= max(second[1], first[1])
    if a < b < c:
        assert whole == (first[0], second[1])


EDITS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5), st.text("xy", max_size=4)))


def apart(drawn, length):
    found, last = [], 0
    for gap, size, text in drawn:
        start = last + gap
        if start + size > length:
            break
        found.append(Edit(start, start + size, text))
        last = start + size
    return found


@given(EDITS, EDITS, st.integers(0, 60), st.integers(0, 60))
def test_one_map_after_the_other_is_their_composition(first, second, a, b):
    text = "abcdefghij" * 6
    one = apart(first, len(text))
    middle = edited(text, one)
    two = apart(second, len(middle))
    both = OffsetMap(one).then(OffsetMap(two))
    start, end = sorted((a, b))
    assert both.span(start, end) == OffsetMap(two).span(*OffsetMap(one).span(start, end))
    assert both.span(0, len(text)) == (0, len(edited(middle, two)))


def test_edits_that_overlap_are_refused():
    with pytest.raises(ValueError, match="overlap"):
        OffsetMap([Edit(0, 3, "x"), Edit(2, 4, "y")])
