"""The checker beside pandera, and its words."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.making import ENGLISH, passages_of
from tests.tables.oracle import fits
from textlien.messages.message import Location
from textlien.tables import SCHEMAS, make
from textlien.tables.schema import Column
from textlien.tables.validation import violations

ODD = ("", "x", "yes", "*", -1, 0, 1, 2, 0.5, -0.5, 1.5, True, None, float("nan"), float("inf"))


def value_of(column: Column, number: int) -> object:
    """A value that the column allows, another one in each row where it may be."""
    if column.dtype == "str":
        return column.allowed[number % len(column.allowed)] if column.allowed else f"t{number}"
    if column.dtype == "int64":
        return int(column.low or 0) + number
    return number % 2 == 0 if column.dtype == "bool" else 1.0


def sound(name: str) -> pd.DataFrame:
    """Three rows that fit the schema."""
    columns = SCHEMAS[name].columns
    rows = [{key: value_of(column, n) for key, column in columns.items()} for n in range(3)]
    spans = {"end": [5, 6, 7]} if "end" in columns else {}
    return make(name, pd.DataFrame(rows).assign(**spans))


def identifiers(name: str, frame: pd.DataFrame) -> set[str]:
    return {problem.id for problem in violations(SCHEMAS[name], frame)}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_sound_table_fits(name):
    table = sound(name)
    assert violations(SCHEMAS[name], table) == []
    assert fits(SCHEMAS[name], table)


@st.composite
def changed(draw):
    """A table of the project with some cells, columns or rows changed."""
    name = draw(st.sampled_from(sorted(SCHEMAS)))
    table = sound(name)
    columns = list(table.columns)
    for _ in range(draw(st.integers(1, 3))):
        column = draw(st.sampled_from(columns))
        match draw(st.sampled_from(["cell", "cell", "cell", "drop", "order", "add", "twin"])):
            case "cell" if column in table:
                cells = list(table[column])
                cells[draw(st.integers(0, len(cells) - 1))] = draw(st.sampled_from(ODD))
                table[column] = pd.Series(cells, index=table.index)
            case "drop" if column in table:
                table = table.drop(columns=column)
            case "order":
                table = table[draw(st.permutations(list(table.columns)))]
            case "add":
                table = table.assign(more=1)
            case "twin":
                table = pd.concat([table, table.iloc[[0]]], ignore_index=True)
    return name, table


@settings(max_examples=300)
@given(changed())
def test_the_checker_accepts_and_refuses_what_pandera_does(case):
    name, table = case
    assert (violations(SCHEMAS[name], table) == []) == fits(SCHEMAS[name], table)


def test_every_violation_is_listed_with_its_place_value_and_number_of_rows():
    table = sound("labels").assign(value=[3.0, 0.5, 2.0], n_coders=[1, 0, 1])
    assert [str(problem.render(ENGLISH)) for problem in violations(SCHEMAS["labels"], table)] == [
        "table labels, row 1, column value: 3.0 is above 1 (2 rows).",
        "table labels, row 2, column n_coders: 0 is below 1 (one row).",
    ]


@pytest.mark.parametrize(
    ("name", "break_it", "identifier"),
    [
        ("labels", lambda t: t.drop(columns="axis"), "columns-missing"),
        ("labels", lambda t: t.assign(more=1), "columns-unknown"),
        ("labels", lambda t: t[[*t.columns, "axis"]], "columns-twice"),
        ("labels", lambda t: t[t.columns[::-1]], "columns-order"),
        ("labels", lambda t: t.assign(value=1), "type"),
        ("labels", lambda t: t.assign(value=float("nan")), "value-missing"),
        ("labels", lambda t: t.assign(value=-1.0), "too-low"),
        ("labels", lambda t: t.assign(value=2.0), "too-high"),
        ("codings", lambda t: t.assign(probability_of_selection=0.0), "not-above"),
        ("codings", lambda t: t.assign(anchor="lost"), "not-allowed"),
        ("turns", lambda t: t.assign(start=t["end"] + 1), "span-reversed"),
        ("passages", lambda t: t.assign(start=t["end"]), "span-empty"),
        ("labels", lambda t: t.assign(passage_id="p", axis="a"), "key-twice"),
    ],
)
def test_each_rule_has_its_own_words(name, break_it, identifier):
    assert identifiers(name, break_it(sound(name))) == {f"tables.{identifier}"}


def test_a_turn_may_be_empty_and_a_passage_not():
    assert identifiers("turns", sound("turns").assign(start=5, end=5)) == set()
    table = passages_of({"i": [3]})
    (problem,) = violations(SCHEMAS["passages"], table.assign(end=table.start))
    assert (problem.id, problem.location) == (
        "tables.span-empty",
        Location(table="passages", row=1),
    )


def test_a_missing_value_is_not_also_out_of_bounds():
    table = sound("codings").assign(value=float("nan"), probability_of_selection=float("nan"))
    assert identifiers("codings", table) == {"tables.value-missing"}


def test_a_long_value_is_cut():
    table = sound("turns").assign(role="mot " * 1000)
    (problem,) = violations(SCHEMAS["turns"], table)
    assert len(str(problem.message.values["value"])) == 80
