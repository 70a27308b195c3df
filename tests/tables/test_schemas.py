from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandera.errors import SchemaErrors

from tests.making import passages_of, turns_of
from textlien.errors import TextlienError
from textlien.tables import SCHEMAS, check, columns, make, normalised_text

CODING = {
    "coding_id": "c1",
    "interview_id": "i",
    "start": 0,
    "end": 4,
    "quote": "oui.",
    "axis": "projet",
    "value": 1.0,
    "coder": "a",
    "when": "",
    "origin": "",
    "probability_of_selection": 0.5,
    "anchor": "kept",
}


def test_every_violation_is_listed():
    rows = [{"passage_id": "a", "axis": "b", "value": 3, "n_coders": 0}]
    with pytest.raises(TextlienError) as error:
        make("labels", rows)
    assert "value: in_range(0, 1) fails for 3.0" in str(error.value)
    assert "n_coders" in str(error.value)


def test_a_key_may_not_occur_twice():
    rows = [{"passage_id": "a", "axis": "b", "value": 1, "n_coders": 1}] * 2
    with pytest.raises(TextlienError, match="passage_id"):
        make("labels", rows)


def test_a_missing_column_is_named():
    with pytest.raises(TextlienError, match="n_coders"):
        make("labels", pd.DataFrame({"passage_id": ["a"], "axis": ["b"], "value": [1.0]}))


def test_an_empty_table_has_its_columns_and_types():
    table = make("turns", [])
    assert list(table.columns) == columns("turns")
    assert table.dtypes["start"] == "int64"


def test_offsets_point_into_the_turns_joined_by_line_feeds():
    turns = turns_of("E: Et le CCAS ?\nR: Il aide.")
    text = normalised_text(turns)
    assert [text[a:b] for a, b in zip(turns.start, turns.end, strict=True)] == list(turns.text)


_mutations = st.sampled_from(
    [
        ("start", 5),
        ("start", -1),
        ("value", 1.2),
        ("value", None),
        ("anchor", "lost"),
        ("probability_of_selection", 0.0),
        ("probability_of_selection", None),
        ("quote", None),
        ("coding_id", "c1"),
        ("axis", "x"),
    ]
)


@given(st.lists(_mutations, max_size=3))
def test_the_quick_check_says_what_pandera_says(mutations):
    table = make("codings", [CODING, {**CODING, "coding_id": "c2"}])
    for column, value in mutations:
        table.loc[1, column] = value
    try:
        SCHEMAS["codings"].validate(table, lazy=True)
        fits = True
    except SchemaErrors:
        fits = False
    if fits:
        assert check("codings", table) is table
    else:
        with pytest.raises(TextlienError):
            check("codings", table)


def test_passages_span_at_least_one_character():
    table = passages_of({"i": [3]})
    with pytest.raises(TextlienError, match="start < end"):
        check("passages", table.assign(end=table.start))
