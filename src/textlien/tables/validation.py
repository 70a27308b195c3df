"""Validation of a table against its schema: every violation at once.

A checker of our own: pandera takes 15 ms for a table of ten rows and 0.3 s to import, and words its
findings for programmers. ``tests/tables`` compares the two on tables that were broken at random.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlien.errors import Problem
from textlien.messages.message import Location, Value
from textlien.tables.schema import Column, Schema, Spans

_LONGEST_VALUE = 80
"""Characters of a value in a message: a passage may have thousands."""


def violations(schema: Schema, frame: pd.DataFrame) -> list[Problem]:
    """List everything in ``frame`` that the schema does not allow.

    Returns
    -------
    One problem per rule and column, with the first row (from 1) and value that breaks it and the
    number of rows that do. Values are looked at only in columns of the right type.
    """
    problems = list(_columns(schema, frame))
    names = list(frame.columns)
    typed = set()
    for name, column in schema.columns.items():
        if names.count(name) != 1:
            continue
        dtype = type_name(frame[name].dtype)
        if dtype == column.dtype:
            typed.add(name)
            problems += _values(frame[name], column, Location(table=schema.name, column=name))
        else:
            location = Location(table=schema.name, column=name)
            problems.append(
                Problem.error("tables.type", location, dtype=dtype, expected=column.dtype)
            )
    if {"start", "end"} <= typed:
        problems += _spans(schema, frame)
    if all(names.count(name) == 1 for name in schema.key):
        problems += _twins(schema, frame)
    return problems


def type_name(dtype: object) -> str:
    """Name of a type of pandas: "str" for any type of text."""
    return "str" if str(dtype).startswith("str") else str(dtype)


def _columns(schema: Schema, frame: pd.DataFrame) -> Iterator[Problem]:
    """Columns that are missing, unknown, there twice, or in another order."""
    names, expected = [str(name) for name in frame.columns], list(schema.columns)
    table = Location(table=schema.name)
    if Counter(names) != Counter(expected):
        yield from _other_columns(names, expected, table)
    elif names != expected:
        yield Problem.error("tables.columns-order", table, columns=tuple(expected))


def _other_columns(
    names: Sequence[str], expected: Sequence[str], table: Location
) -> Iterator[Problem]:
    """Columns that are missing, unknown or there twice."""
    times = Counter(names)
    missing = tuple(name for name in expected if name not in times)
    unknown = tuple(name for name in times if name not in expected)
    twins = tuple(name for name in times if times[name] > 1)
    if missing:
        yield Problem.error("tables.columns-missing", table, columns=missing)
    if unknown:
        yield Problem.error("tables.columns-unknown", table, columns=unknown)
    if twins:
        yield Problem.error("tables.columns-twice", table, columns=twins)


def _values(values: pd.Series, column: Column, location: Location) -> Iterator[Problem]:
    """Values of one column that are missing, out of bounds or not allowed."""
    missing = values.isna().to_numpy()
    if not column.nullable and missing.any():
        case = _Case(values, missing)
        yield Problem.error("tables.value-missing", case.at(location), rows=case.rows)
    yield from _out_of_bounds(values, column, location)
    if column.allowed:
        other = ~(values.isin(column.allowed).to_numpy() | missing)
        if other.any():
            case = _Case(values, other)
            yield Problem.error(
                "tables.not-allowed",
                case.at(location),
                value=case.value,
                allowed=column.allowed,
                rows=case.rows,
            )


def _out_of_bounds(values: pd.Series, column: Column, location: Location) -> Iterator[Problem]:
    """Values below the least or above the greatest; a missing value is neither."""
    numbers = values.to_numpy()
    if column.low is not None:
        low = numbers <= column.low if column.above_low else numbers < column.low
        if low.any():
            case = _Case(values, low)
            identifier = "tables.not-above" if column.above_low else "tables.too-low"
            yield Problem.error(identifier, case.at(location), **case.beyond(column.low))
    if column.high is not None:
        high = numbers > column.high
        if high.any():
            case = _Case(values, high)
            yield Problem.error("tables.too-high", case.at(location), **case.beyond(column.high))


def _spans(schema: Schema, frame: pd.DataFrame) -> Iterator[Problem]:
    """Spans that end before they start, or that are empty where none may be."""
    if schema.spans is Spans.NONE:
        return
    location = Location(table=schema.name)
    start, end = frame["start"], frame["end"]
    backward = (start > end).to_numpy()
    if backward.any():
        first, last = _Case(start, backward), _Case(end, backward)
        yield Problem.error(
            "tables.span-reversed",
            first.at(location),
            start=first.value,
            end=last.value,
            rows=first.rows,
        )
    empty = (start == end).to_numpy()
    if schema.spans is Spans.NOT_EMPTY and empty.any():
        case = _Case(start, empty)
        yield Problem.error(
            "tables.span-empty", case.at(location), start=case.value, rows=case.rows
        )


def _twins(schema: Schema, frame: pd.DataFrame) -> Iterator[Problem]:
    """Rows whose key another row has."""
    twins = frame.duplicated(list(schema.key)).to_numpy()
    if twins.any():
        cases = [_Case(frame[name], twins) for name in schema.key]
        yield Problem.error(
            "tables.key-twice",
            cases[0].at(Location(table=schema.name)),
            columns=schema.key,
            key=tuple(case.value for case in cases),
            rows=cases[0].rows,
        )


class _Case:
    """The first of the rows that break a rule.

    Attributes
    ----------
    row : its number, from 1.
    value : what the column holds there, as it prints.
    rows : number of rows that break the rule.
    """

    def __init__(self, values: pd.Series, wrong: NDArray[np.bool_]) -> None:
        """Find the first wrong row of a column, and count all of them."""
        first = int(wrong.argmax())
        self.row = first + 1
        self.value = str(values.iloc[first])[:_LONGEST_VALUE]
        self.rows = int(wrong.sum())

    def at(self, location: Location) -> Location:
        """``location`` with the row."""
        return replace(location, row=self.row)

    def beyond(self, bound: float) -> dict[str, Value]:
        """Parameters of the messages about a bound."""
        return {"value": self.value, "bound": f"{bound:g}", "rows": self.rows}
