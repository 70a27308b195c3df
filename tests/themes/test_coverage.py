from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from tests.making import interviews_of, passages_of, text_of
from textlien.tables import make
from textlien.themes.coverage import (
    carried,
    dominant_themes,
    has_theme,
    ledger,
    note,
    sources,
    without_theme,
)
from textlien.themes.model import ThemeModel

TERMS = ("école", "élève", "loyer", "bail", "coup", "voir", "tango", "mambo")


def model_of(salience):
    weights = np.zeros((2, len(TERMS)))
    weights[0, :2] = weights[1, 2:4] = 0.5
    return ThemeModel(TERMS, weights, np.array(salience), np.full(len(TERMS), 1 / len(TERMS)))


MODEL = model_of([1, 1, 1, 1, 0.1, 0.1, 1, 1])


def counts_of(*passages: str) -> sparse.csr_matrix:
    rows = [[text.split().count(term) for term in TERMS] for text in passages]
    return sparse.csr_matrix(np.array(rows))


def reasons_of(texts, shares, aside=(False, False)):
    names = [f"i#{number:04d}" for number in range(len(texts))]
    table = without_theme(MODEL, counts_of(*texts), np.array(shares), names, np.array(aside))
    return dict(zip(table["passage_id"], table["reason"], strict=True))


def test_a_passage_without_theme_has_the_reason_of_its_words():
    texts = ["école élève", "coup voir voir", "école coup", "tango mambo école"]
    shares = [[0.7, 0.0], [0.1, 0.1], [0.5, 0.0], [0.3, 0.0]]
    assert reasons_of(texts, shares) == {
        "i#0001": "talk",
        "i#0002": "few-terms",
        "i#0003": "outside",
    }


def test_a_passage_of_a_theme_set_aside_has_no_theme_and_says_so():
    texts = ["école élève", "loyer bail"]
    shares = [[0.7, 0.1], [0.1, 0.7]]
    assert reasons_of(texts, shares, aside=(False, True)) == {"i#0001": "set-aside"}


def test_a_passage_is_in_the_ledger_or_has_a_dominant_theme_and_never_both():
    texts = ["école loyer"] * 4
    shares = [[0.3, 0.3], [0.4, 0.3], [0.3, 0.4], [0.6, 0.3]]
    for aside, expected in (
        ((False, False), {0: 1, 1: 1, 2: 2, 3: 1}),
        ((False, True), {3: 1}),
        ((True, True), {}),
    ):
        rows = [
            {"passage_id": f"i#{number:04d}", "theme": theme + 1, "share": row[theme]}
            for number, row in enumerate(shares)
            for theme in (0, 1)
            if not aside[theme]
        ]
        dominant = dominant_themes(make("passage_themes", rows))
        assert dominant.to_dict() == {f"i#{n:04d}": theme for n, theme in expected.items()}
        without = reasons_of(texts, shares, aside=aside)
        assert set(without) == {f"i#{n:04d}" for n in range(4)} - set(dominant.index)
        assert set(without.values()) <= {"set-aside"}


def test_words_all_alike_are_no_words_of_talk():
    flat = model_of([0.1] * len(TERMS))
    texts = counts_of("école élève loyer")
    table = without_theme(flat, texts, np.array([[0.2, 0.2]]), ["i#0001"], np.zeros(2, dtype=bool))
    assert list(table["reason"]) == ["outside"]


@given(st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), min_size=1, max_size=20))
def test_a_passage_has_a_theme_where_less_than_half_is_outside(rows):
    shares = np.array(rows)
    shares /= np.maximum(1, shares.sum(axis=1, keepdims=True))
    outside = 1 - shares.sum(axis=1)
    themed = has_theme(shares)
    assert themed[outside < 0.5 - 1e-6].all()
    assert not themed[outside >= 0.5].any()


def test_the_ledger_holds_every_passage_without_theme_in_the_order_of_the_corpus():
    with_terms = without_theme(
        MODEL,
        counts_of("coup", "école élève"),
        np.array([[0.1, 0.0], [0.8, 0.0]]),
        ["b#0001", "a#0001"],
        np.zeros(2, dtype=bool),
    )
    ids = ["a#0001", "a#0002", "b#0001"]
    table = ledger(with_terms, ids, ["a#0001", "b#0001"])
    assert table.values.tolist() == [["a#0002", "no-term"], ["b#0001", "talk"]]
    problem = note(table, 3)
    assert problem.id == "themes.without"
    assert problem.severity == "note"
    assert "2 of 3 passages (66.7%) have no theme: 1 without any of the terms, 1 without" in (
        text_of(problem)
    )


def test_a_passage_in_another_language_has_that_reason_before_any_other():
    with_terms = make("passages_without_theme", [])
    ids = ["a#0001", "a#0002", "a#0003"]
    table = ledger(with_terms, ids, ["a#0003"], ["a#0001"])
    assert table.values.tolist() == [["a#0001", "other-language"], ["a#0002", "no-term"]]
    assert "2 of 3 passages (66.7%) have no theme: 1 in another language, 1 without any" in (
        text_of(note(table, 3))
    )


def sources_of(shares, persons=("", "", ""), speakers="RRR"):
    """Three interviews of one passage of 100 words, with these shares of theme 1."""
    interviews = interviews_of([("2013", "Creil", "elu")] * 3, persons=list(persons))
    passages = passages_of({name: [100] for name in interviews.interview_id})
    passages = passages.assign(speaker=list(speakers))
    rows = [
        {"passage_id": passage, "theme": 1, "share": share}
        for passage, share in zip(passages.passage_id, shares, strict=True)
    ]
    themes = pd.Series([1])
    return sources(themes, make("passage_themes", rows), passages, interviews).iloc[0]


def test_a_theme_that_is_mostly_one_interview_is_said_to_be_carried_by_it():
    row = sources_of([0.8, 0.2, 0.1])
    assert (row.carried_by, row.largest_interview) == ("interview", "i000")
    assert row.interview_share == pytest.approx(8 / 11)
    assert (row.n_interviews, row.n_passages) == (1, 1)


def test_a_person_heard_twice_carries_a_theme_that_no_interview_carries():
    row = sources_of([0.4, 0.4, 0.2], persons=("Anne", "Anne", ""))
    assert (row.carried_by, row.largest_speaker) == ("speaker", "Anne")
    assert row.speaker_share == pytest.approx(0.8)


def test_a_theme_of_several_interviews_is_not_flagged():
    row = sources_of([0.6, 0.6, 0.6])
    assert (row.carried_by, row.n_interviews) == ("several", 3)


def test_a_theme_without_words_has_no_source():
    passages = passages_of({"i000": [100]})
    interviews = interviews_of([("2013", "Creil", "elu")])
    row = sources(pd.Series([1]), make("passage_themes", []), passages, interviews).iloc[0]
    assert (row.carried_by, row.largest_interview, row.n_interviews) == ("several", "", 0)
    assert np.isnan(row.interview_share)


def test_a_warning_names_the_theme_and_its_source():
    table = make("theme_sources", pd.DataFrame([sources_of([0.8, 0.1, 0.1])]))
    (problem,) = carried(table, {1: "école, élève"})
    assert problem.id == "themes.one-interview"
    assert problem.severity == "warning"
    assert '80.0% of what is said of it comes from a single interview, "i000"' in text_of(problem)
