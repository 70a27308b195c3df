import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textlien.text import marks
from textlien.text.words import word_count

FRENCH = st.text(alphabet="aàéœ ’'([{/+:0123456789x?.\n\t\u00a0\u202f", max_size=80)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("oui (rires) enfin [inaudible]", ["(rires)", "[inaudible]"]),
        ("c'est [mm mm] ça {pause} voilà", ["[mm mm]", "{pause}"]),
        ("du lait+ enfin +++ bon + ouais +bon", ["+", "+++", "+", "+"]),
        ("il dit (...) et […] (…)", ["(...)", "[…]", "(…)"]),
        ("des xx syllabes XXX", ["xx", "XXX"]),
        ("(petit rire) et (elle rit)", ["(petit rire)", "(elle rit)"]),
    ],
)
def test_a_transcriber_s_mark_is_no_word_of_the_speaker(text, found):
    assert [text[start:end] for start, end in marks.mark_spans(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "on (n') avait pas de voiture(s)",
        "le XX e siècle et l'article XX",
        "plus de 30 + 12 ans, +5 %",
        "les élus/agents et le 12/03/2013",
        "la CAF (caisse d'allocations familiales)",
    ],
)
def test_what_was_said_is_no_mark(text):
    said = [text[start:end] for start, end in marks.mark_spans(text)]
    assert [mark for mark in said if mark != "+"] == []


def test_of_two_hearings_the_first_counts():
    text = "c'est /ou, où/ la ville"
    assert word_count(text) == 4
    assert [text[start:end] for start, end in marks.mark_spans(text)] == ["/", ", où/"]


def test_words_are_counted_outside_of_marks():
    assert word_count("Oui [un téléphone sonne] c'est + (rires) ça !") == 3


@pytest.mark.parametrize(
    ("mark", "times"),
    [
        ("(0:01 - 0:11)", (1.0, 11.0)),
        ("(20:58 – 21 :12)", (1258.0, 1272.0)),
        ("(8:16- 9:20)", (496.0, 560.0)),
        ("[00:12:33]", (753.0, None)),
        ("(0:00:48.5)", (48.5, None)),
        ("12'33''", (753.0, None)),
        ("#00:01:05-3#", (65.0, None)),
    ],
)
def test_times_are_seconds(mark, times):
    assert marks.times_of(mark) == times


def test_time_marks_go_and_hours_stay():
    text = "On ouvre à 17:30 [00:12:33] le lundi (0:00:48.5) 12'33'' et à 9:00"
    assert marks.without_times(text) == "On ouvre à 17:30 le lundi et à 9:00"


@pytest.mark.parametrize("mark", ["<00.12.03>", "<1.02.59>", "[00.12.03]", "<00.12.03 - 00.12.09>"])
def test_a_time_of_three_parts_with_dots_goes(mark):
    assert marks.without_times(f"On a ouvert {mark} en mars") == "On a ouvert en mars"


@pytest.mark.parametrize(
    "said", ["(12.50)", "(10.12.03)", "<12.03>", "(3.2)", "(01.72.03.04)", "(12.75.80)"]
)
def test_other_numbers_with_dots_stay(said):
    assert marks.without_times(f"On a payé {said} en mars") == f"On a payé {said} en mars"


def test_a_line_that_is_a_time_goes():
    assert marks.without_times("Oui.\n00:12:33\nNon.") == "Oui.\nNon."


def test_characters_are_composed_and_blanks_plain():
    written = "Le\u0301a\u202f: «\u00a0oui\u00a0»\u200b\ufeff\u202e ga\u00adre\x00\r\nEt\u2028puis"
    assert marks.normalise_characters(written) == "Léa : « oui » gare\nEt\npuis"


@given(FRENCH)
def test_spans_are_ordered_and_within_the_text(text):
    spans = marks.mark_spans(text)
    flat = [offset for span in spans for offset in span]
    assert flat == sorted(flat)
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(st.text(max_size=80))
def test_normalising_twice_changes_nothing(text):
    once = marks.collapse_blanks(marks.normalise_characters(text))
    assert marks.collapse_blanks(marks.normalise_characters(once)) == once
    assert not any(unicodedata.category(char) == "Cc" for char in once.replace("\n", ""))


def test_a_run_of_thousands_of_marks_is_counted_in_no_time():
    begun = time.perf_counter()
    assert word_count("a" + "[x]" * 40_000 + "b") == 1
    assert word_count("[x]" * 40_000) == 0
    assert time.perf_counter() - begun < 5
