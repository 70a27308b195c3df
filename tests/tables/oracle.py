"""Our schemas as pandera's: another program that says which tables fit."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from textlien.tables.schema import Column, Schema, Spans

_SPANS = {
    Spans.NONE: [],
    Spans.MAY_BE_EMPTY: [pa.Check(lambda t: t["start"] <= t["end"])],
    Spans.NOT_EMPTY: [pa.Check(lambda t: t["start"] < t["end"])],
}


def fits(schema: Schema, frame: pd.DataFrame) -> bool:
    """True when pandera accepts ``frame`` as a table of the schema."""
    theirs = pa.DataFrameSchema(
        {name: _column(column) for name, column in schema.columns.items()},
        _SPANS[schema.spans],
        unique=list(schema.key),
        strict=True,
        ordered=True,
    )
    try:
        theirs.validate(frame, lazy=True)
    except SchemaErrors:
        return False
    return True


def _column(column: Column) -> pa.Column:
    checks = []
    if column.allowed:
        checks.append(pa.Check.isin(column.allowed))
    if column.low is not None:
        checks.append(pa.Check.gt(column.low) if column.above_low else pa.Check.ge(column.low))
    if column.high is not None:
        checks.append(pa.Check.le(column.high))
    return pa.Column(column.dtype, checks, nullable=column.nullable)
