from __future__ import annotations

import pytest

from tests.report.invented import AXES, study_of, tables_of
from textlien.messages.translator import Translator
from textlien.messages.typography import set_french_spaces
from textlien.report.labels import labels_of
from textlien.report.sections.cards import coherence_level, theme_cards

NB, NNB = "\u00a0", "\u202f"


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


def test_a_card_says_where_its_theme_is_more_present_and_where_less():
    card = cards_of(tables_of())[0]
    assert card.more == [f"Le Havre{NB}: 12,3{NB}% au lieu de 5,1{NB}% (8 entretiens)"]
    assert card.less == [
        f"«{NB}Et la fête des voisins, elle en est où{NNB}?{NB}»{NB}: 1,2{NB}% au lieu de "
        f"5,1{NB}% (8 entretiens)"
    ]


def test_a_theme_of_one_interview_is_marked():
    first, second = cards_of(tables_of())[:2]
    assert (first.source, second.source) == ("", f"64{NB}% vient d’un seul entretien")


def test_a_passage_of_a_longer_answer_is_quoted_with_the_whole_answer():
    tables = tables_of()
    passages = tables["passages"]
    rank = tables["theme_exemplars"].query("theme == 1").sort_values("rank")["passage_id"].iloc[0]
    interview = rank.rpartition("#")[0]
    answer = passages[passages["interview_id"] == interview]
    verbatim = cards_of(tables)[0].verbatims[0]
    whole = " ".join(part for part in (verbatim.before, verbatim.text, verbatim.after) if part)
    assert whole == " ".join(set_french_spaces(text) for text in answer["text"])
    # Asked something else in between, what was said before is another answer.
    apart = passages.assign(question=[f"Question {n}" for n in range(len(passages))])
    verbatim = cards_of(tables | {"passages": apart})[0].verbatims[0]
    assert (verbatim.before, verbatim.after) == ("", "")
