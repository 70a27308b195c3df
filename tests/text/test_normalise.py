from hypothesis import given
from hypothesis import strategies as st

from textlien.text.normalise import normalise, trace

TIMES = ["[00:12:33]", "(0:01 - 0:11)", "12'33''", "17:30"]
CHARACTERS = ["\r\n", "\n", "\u2028", "\t", "\u200b", "\u00ad", "\x00", "\ufeff", "  "]
WORDS = ["oui", "e\u0301", "é", "\u202f", "\u00a0:", "«", "’", "(rires)", "\ufb01n", "\ufb03"]
PIECES = st.sampled_from([*TIMES, *CHARACTERS, *WORDS])


@given(st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join))
def test_the_traced_text_is_the_normalised_text_and_its_map_ascends(original):
    traced = trace(original)
    assert traced.text == normalise(original)
    assert len(traced.at) == len(traced.text) + 1
    assert traced.at == sorted(traced.at)
    assert all(0 <= offset <= len(original) for offset in traced.at)


@given(st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join))
def test_normalised_text_stays_as_it_is(original):
    assert normalise(normalise(original)) == normalise(original)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_a_word_is_found_again_in_the_original(original):
    traced = trace(f"{original} Besançon {original}")
    start = traced.text.index("Besançon")
    first, last = traced.original_span(start, start + len("Besançon"))
    assert traced.original[first:last] == "Besançon"


def test_an_accent_typed_apart_belongs_to_its_letter():
    traced = trace("Le\u0301a [0:12]\u00a0: oui")
    assert traced.text == "Léa : oui"
    assert traced.original_span(0, 3) == (0, 4)


def test_ligatures_are_their_letters_and_lead_back_to_the_file():
    traced = trace("Un e\ufb00et, dif\ufb01cile ; l'o\ufb03ce\ufb02eur")
    assert traced.text == "Un effet, difficile ; l'officefleur"
    start = traced.text.index("difficile")
    first, last = traced.original_span(start, start + len("difficile"))
    assert traced.original[first:last] == "dif\ufb01cile"


def test_words_of_one_spelling_are_one_whatever_signs_of_width_zero_they_hold():
    spellings = ["été", "e\u0301te\u0301", "é\u00adté", "ét\u200bé", "\u2060été\ufeff", "é\u200dté"]
    assert {normalise(spelling) for spelling in spellings} == {"été"}
