"""Tables of words: what a reader sees of the reasons for a score."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from tests.axes.made_up import AXES, model, trained

from textlien import tables
from textlien.annotation.encoder import encode
from textlien.axes.score import score
from textlien.axes.words.evidence import Scored, evidence


@cache
def made_up_evidence():
    passages = trained()[0]
    scored = []
    for _, rows in passages.groupby("interview_id"):
        vectors = encode(rows["text"].tolist())
        scored.append(Scored(rows, score(rows, model(), vectors), vectors))
    return passages, scored, evidence(scored, model())


def words_for(axis, direction="for"):
    table = made_up_evidence()[2].axis_words
    return list(table.loc[(table["axis"] == axis) & (table["direction"] == direction), "word"])


def test_the_tables_fit_their_schemas():
    for name, table in made_up_evidence()[2]._asdict().items():
        assert len(table) or name == "passages_without_axis"
        tables.check(name, table)


def test_the_words_of_an_axis_head_its_list_and_no_tool_word_is_in_it():
    assert {"quartier", "fête", "habitants", "respect", "voisins", "place"} >= set(
        words_for("projet")[:4]
    )
    assert {"secours", "CCAS", "aide", "familles", "RSA", "guichet"} >= set(
        words_for("action_sociale")[:4]
    )
    for axis in ("projet", "action_sociale"):
        listed = {*words_for(axis), *words_for(axis, "against")}
        assert not listed & {"la", "le", "des", "voilà", "Voilà", "alors", "c'est", "est"}


def test_a_word_of_one_axis_speaks_against_the_other():
    assert {"CCAS", "secours", "RSA", "guichet"} & set(words_for("projet", "against"))


def test_shares_of_what_makes_a_score_add_up_to_all_of_it():
    parts = made_up_evidence()[2].axis_parts
    sums = parts.groupby("axis")["score_share"].sum()
    assert sums.to_numpy() == pytest.approx(np.ones(len(AXES)))


def test_passages_decided_no_have_no_words():
    _, scored, evidence = made_up_evidence()
    decided = {
        (row.passage_id, row.axis)
        for each in scored
        for row in each.scores.query("decision != 'no'").itertuples()
    }
    rows = evidence.passage_words
    assert set(zip(rows["passage_id"], rows["axis"], strict=True)) == decided


def test_words_of_a_passage_are_written_as_they_stand_in_it():
    passages, _, evidence = made_up_evidence()
    texts = passages.set_index("passage_id")["text"]
    named = 0
    for row in evidence.passage_words.itertuples():
        for word in [*row.words_for.split(", "), *row.words_against.split(", ")]:
            assert word in texts[row.passage_id]
            named += bool(word)
    assert named > 50
    rows = evidence.passage_words.query("axis == 'action_sociale'")
    for expression in ("aide aux familles", "RSA et le guichet"):
        some = [row for row in rows.itertuples() if expression in texts[row.passage_id]]
        assert any(expression in row.words_for for row in some)
