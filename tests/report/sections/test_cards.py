from __future__ import annotations

import pytest

from tests.report.invented import AXES, study_of, tables_of
from textlien.messages.translator import Translator
from textlien.report.labels import labels_of
from textlien.report.sections.cards import coherence_level, theme_cards


def cards_of(tables):
    return theme_cards(tables, labels_of(Translator("fr"), study_of(), tables["themes"], AXES))


@pytest.mark.parametrize(
    ("npmi", "level"),
    [
        (0.15, "strong"),
        (0.1451, "strong"),
        (0.1449, "medium"),
        (0.0, "medium"),
        (-0.04, "weak"),
        (float("nan"), "none"),
    ],
)
def test_coherence_is_judged_on_the_number_that_is_printed(npmi, level):
    # 0.1451 is printed 0.15: a reader would not understand that it is under 0.15.
    assert coherence_level(npmi) == level


def test_a_card_tells_that_its_theme_was_set_aside():
    tables = tables_of()
    themes = tables["themes"].assign(aside=[True] + [False] * (len(tables["themes"]) - 1))
    assert [card.aside for card in cards_of(tables | {"themes": themes})][:2] == [True, False]


def test_a_card_tells_whether_its_theme_comes_back():
    tables = tables_of()
    themes = tables["themes"].copy()
    themes.loc[0, ["stability", "returns", "fragile"]] = [0.456, 0.55, True]
    themes.loc[1, ["stability", "returns"]] = float("nan")
    first, second, third = cards_of(tables | {"themes": themes})[:3]
    assert (first.stability, first.stability_level) == ("Fragile\u00a0: sans verdict", "weak")
    assert first.returns == "stabilité\u00a0: 0,46\u202f; retrouvé dans 55\u00a0% des tirages"
    assert (second.stability, second.returns) == ("Stabilité non mesurée", "")
    assert (third.stability, third.stability_level) == ("Stable", "strong")


def test_words_are_weighed_against_the_first_and_sorted_by_rank():
    card = cards_of(tables_of())[0]
    assert card.words[:3] == [("fête", 100), ("quartier", 50), ("voisin", 33)]


def test_distinctive_words_follow_frex_and_not_weight():
    tables = tables_of()
    terms = tables["theme_terms"].copy()
    terms.loc[terms["term"] == "rue", "frex"] = 1.0
    card = cards_of(tables | {"theme_terms": terms})[0]
    assert card.distinctive[:2] == ["rue", "fête"]


def test_shares_of_a_theme_are_those_of_the_profiles_of_each_wave():
    tables = tables_of()
    profiles = tables["profiles"].copy()
    whole = (profiles["city"] == "*") & (profiles["actor"] == "*") & (profiles["item"] == "1")
    profiles.loc[whole & (profiles["wave"] == "2015"), ["estimate", "low", "high"]] = [
        0.123,
        0.098,
        0.151,
    ]
    card = cards_of(tables | {"profiles": profiles})[0]
    assert card.shares[1] == ("2015", "12,3\u00a0%", "[9,8\u202f;\u00a015,1]")


def test_verbatims_come_in_the_order_of_their_rank():
    tables = tables_of()
    card = cards_of(tables)[0]
    own = tables["theme_exemplars"].query("theme == 1").sort_values("rank")
    assert [verbatim.interview for verbatim in card.verbatims] == [
        passage.rpartition("#")[0] for passage in own["passage_id"]
    ]
