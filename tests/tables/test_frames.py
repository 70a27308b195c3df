from __future__ import annotations

import pandas as pd
import pytest

from tests.making import turns_of
from textlien.errors import TextlienError
from textlien.tables import check, columns, make, normalised_text

LABEL = {"passage_id": "a", "axis": "b", "value": 1, "n_coders": 1}


def test_every_violation_is_listed():
    with pytest.raises(TextlienError) as error:
        check("labels", make("labels", [{**LABEL, "value": 3, "n_coders": 0}]))
    assert "column value: 3.0 is above 1" in str(error.value)
    assert "n_coders" in str(error.value)


def test_a_key_may_not_occur_twice():
    with pytest.raises(TextlienError, match="passage_id"):
        check("labels", make("labels", [LABEL] * 2))


def test_a_missing_column_is_named():
    with pytest.raises(TextlienError, match="n_coders"):
        make("labels", pd.DataFrame({"passage_id": ["a"], "axis": ["b"], "value": [1.0]}))


def test_a_table_that_fits_is_returned_as_it_is():
    table = make("labels", [LABEL])
    assert check("labels", table) is table


def test_rows_get_the_declared_order_types_and_index():
    frame = pd.DataFrame([LABEL, LABEL], index=[7, 8])[["n_coders", "value", "axis", "passage_id"]]
    table = make("labels", frame.assign(more=1))
    assert list(table.columns) == columns("labels")
    assert [str(dtype) for dtype in table.dtypes] == ["str", "str", "float64", "int64"]
    assert list(table.index) == [0, 1]


def test_an_empty_table_has_its_columns_and_types():
    table = make("turns", [])
    assert list(table.columns) == columns("turns")
    assert table.dtypes["start"] == "int64"
    assert check("turns", table) is table


def test_offsets_point_into_the_turns_joined_by_line_feeds():
    turns = turns_of("E: Et le CCAS ?\nR: Il aide.")
    text = normalised_text(turns)
    assert [text[a:b] for a, b in zip(turns.start, turns.end, strict=True)] == list(turns.text)
