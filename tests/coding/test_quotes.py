"""Quotes as they are copied from Word, a page or a screen; all text is invented."""

import unicodedata

import pytest

from textlien.coding.anchor import anchor
from textlien.coding.row_problems import RowProblems
from textlien.messages.message import Location

TEXT = (
    "Et la fête de quartier ?\n"
    "L’été, on sort les tables : tout l'immeuble descend, même ceux du fond… Après, on range.\n"
    "Vous seriez prête à recommencer ?\n"
    "Oui. Avec « les anciens », bien sûr, et l'École d’à côté."
)
WHOLE = "L’été, on sort les tables : tout l'immeuble descend"


def place(quote):
    problems = []
    span = anchor(TEXT, {"quote": quote}, RowProblems(Location(file="a.csv", line=2), problems))
    return span, [problem.message.id for problem in problems]


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        (f"« {WHOLE} »", WHOLE),
        (f"“{WHOLE}…”", WHOLE),
        (f'"{WHOLE}"', WHOLE),
        (f"‘{WHOLE}’", WHOLE),
        (f"… {WHOLE} …", WHOLE),
        (f"[…] {WHOLE} […]", WHOLE),
        (f"Mme Lamotte : {WHOLE}", WHOLE),
        (f"R : « {WHOLE}, »", WHOLE),
        (f"– {WHOLE}", WHOLE),
        (f"[00:12:33] {WHOLE}", WHOLE),
        (f"{WHOLE} (0:14)", WHOLE),
        ("l'été, on sort les tables", "L’été, on sort les tables"),
        ("AVEC « LES ANCIENS », BIEN SÛR", "Avec « les anciens », bien sûr"),
        (unicodedata.normalize("NFD", f"« {WHOLE} »"), WHOLE),
        (WHOLE.replace(" ", "\u00a0").replace("on sort", "on\nsort"), WHOLE),
        ("on sort les ta\u00adbles", "on sort les tables"),
        ("sort les tables : tout l'imm", "sort les tables : tout l'imm"),
        ('et l"École'.replace('"', "'"), "et l'École"),
        ("descend, même ceux du fond... Après", "descend, même ceux du fond… Après"),
        (
            "Enq : Vous seriez prête à recommencer ?\nR : Oui.",
            "Vous seriez prête à recommencer ?\nOui.",
        ),
    ],
)
def test_a_quote_is_anchored_whatever_came_with_it(quote, words):
    span, problems = place(quote)
    assert problems == []
    assert span is not None
    assert span.quote.strip(".… ?") == words.strip(".… ?")
    assert TEXT[span.start : span.end] == span.quote


@pytest.mark.parametrize("cut", ["[…]", "[...]", "(…)", "..."])
def test_a_quote_that_leaves_words_out_is_named(cut):
    span, problems = place(f"on sort les tables {cut} même ceux du fond")
    assert span is None
    assert problems == ["coding.quote-cut"]


@pytest.mark.parametrize("quote", ["on rentre les tables", "« … »", "R : ", "[…]"])
def test_a_quote_of_other_words_has_no_place(quote):
    span, problems = place(quote)
    assert span is None
    assert problems == ["coding.quote-absent"]
