"""Numbers as a reader of each language expects them, and French typography."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textlien.messages.catalogue import identifiers, text_of
from textlien.messages.translator import Translator
from textlien.messages.typography import set_french_spaces, typeset

FR, EN = Translator("fr"), Translator("en")
NB, NNB = "\u00a0", "\u202f"


@pytest.mark.parametrize("identifier", sorted(identifiers("fr")))
def test_no_french_text_lets_a_line_break_before_its_punctuation(identifier):
    for template in text_of(identifier, "fr"):
        text = typeset(re.sub(r"`[^`]*`", "", template), "fr")
        assert not re.search(r" [;:!?%»]|« ", text)


def test_a_share_is_written_as_a_french_reader_expects_it():
    assert FR.share(0.1234) == f"12,3{NB}%"
    assert FR.interval(0.098, 0.151) == f"[9,8{NNB};{NB}15,1]"
    assert FR.count(61204) == f"61{NNB}204"
    assert FR.points(-0.0142) == "−1,4"
    assert FR.points(0.032) == "+3,2"


def test_a_share_is_written_as_an_english_reader_expects_it():
    assert EN.share(0.1234) == "12.3%"
    assert EN.interval(0.098, 0.151) == f"[9.8,{NB}15.1]"
    assert EN.count(61204) == "61,204"


def test_what_was_not_computed_is_a_dash():
    nan = float("nan")
    assert FR.percent(nan) == FR.points(nan) == FR.probability(nan) == "—"
    assert FR.interval(nan, 0.2) == FR.interval(0.2, nan) == "—"


def test_a_tiny_probability_is_not_written_as_zero():
    assert FR.probability(0.0004) == f"<{NB}0,001"
    assert FR.probability(0.032) == "0,032"


def test_a_difference_that_rounds_to_zero_has_no_minus_sign():
    assert FR.points(-0.0001) == "+0,0"
    assert FR.decimal(-0.001, 2) == "0,00"


def test_zero_is_singular_in_french_and_plural_in_english():
    assert FR.text("report.interviews", n=0) == "0 entretien"
    assert EN.text("report.interviews", n=0) == "0 interviews"
    assert FR.text("report.interviews", n=2) == "2 entretiens"


@given(st.floats(0, 1), st.sampled_from([FR, EN]))
def test_a_share_read_back_is_the_share_to_a_tenth_of_a_point(share, translator):
    read = float(translator.percent(share).replace(",", ".")) / 100
    assert math.isclose(read, share, abs_tol=0.0005 + 1e-9)


@given(st.integers(0, 10**9))
def test_a_count_read_back_is_the_count(n):
    assert int(FR.count(n).replace(NNB, "")) == n


@given(st.text())
def test_setting_spaces_changes_nothing_but_spaces(text):
    def bare(value):
        return value.replace(NB, " ").replace(NNB, " ")

    assert bare(set_french_spaces(text)) == bare(text)
