"""Yes and no as people write them in sheets."""

import pytest

from textlien.text.yes_no import yes_or_no


@pytest.mark.parametrize("cell", ["oui", " OUI ", "Oui.", "o", "Vrai", "TRUE", "1", "1,0", "1.00"])
def test_forms_of_yes(cell):
    assert yes_or_no(cell) is True


@pytest.mark.parametrize("cell", ["x", "X", "×", "✓", "✔\ufe0f", "☑", "☒", "présent", "Coché"])
def test_marks_that_say_yes(cell):
    assert yes_or_no(cell) is True


@pytest.mark.parametrize("cell", ["non", "N", "Faux", "FALSE", "0", "0,0", "0.", "☐", "Absente"])
def test_forms_of_no(cell):
    assert yes_or_no(cell) is False


@pytest.mark.parametrize(
    "cell", ["", " ", "?", "oui ?", "NSP", "-1", "01", "2", "0,5", "✗", "nonon"]
)
def test_what_says_neither_is_left_to_the_caller(cell):
    assert yes_or_no(cell) is None
