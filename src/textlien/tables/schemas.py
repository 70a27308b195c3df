"""The schema of every table, checked on write and on read.

Conventions shared by all tables
--------------------------------
- ``start`` and ``end`` are half-open offsets, in characters (Unicode code points), into the
  *normalised text* of an interview: the text of all its turns, interviewer included, in order,
  joined by one line feed (see :func:`normalised_text`).
- Shares and probabilities lie in [0, 1]; times are in seconds.
- ``wave`` is always text, so that « 2013 » and « 2013 bis » sort and print alike.
- Sentinels: an unknown city, actor or person is the empty string; « all » of a column of
  ``profiles`` is :data:`ALL`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from textlien.raw import raw_error

ALL = "*"
"""Stands for « every city » or « every actor » in ``profiles``."""

ROLES = ("interviewer", "interviewee", "other")
DECISIONS = ("yes", "no", "review")
VERDICTS = ("increase", "decrease", "inconclusive", "not computed")
WEIGHTS = ("words", "passages", "interviews")


def _text(*, unique: bool = False, among: tuple[str, ...] | None = None) -> pa.Column:
    checks = [pa.Check.isin(among)] if among else []
    return pa.Column("str", checks, unique=unique, nullable=False)


def _count(minimum: int = 0) -> pa.Column:
    return pa.Column("int64", pa.Check.ge(minimum))


def _share(*, nullable: bool = False) -> pa.Column:
    return pa.Column("float64", pa.Check.in_range(0, 1), nullable=nullable)


def _number(*, nullable: bool = False) -> pa.Column:
    return pa.Column("float64", nullable=nullable)


def _flag() -> pa.Column:
    return pa.Column("bool")


def _table(
    name: str, key: list[str], columns: dict[str, pa.Column], *checks: pa.Check
) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(
        columns, list(checks), name=name, unique=key, strict=True, ordered=True
    )


def _span(*, empty: bool = False) -> pa.Check:
    if empty:
        return pa.Check(lambda t: t["start"] <= t["end"], name="start <= end")
    return pa.Check(lambda t: t["start"] < t["end"], name="start < end")


_SCHEMAS = (
    _table(
        "interviews",
        ["interview_id"],
        {
            "interview_id": _text(),
            "file": _text(),
            "format": _text(),
            "encoding": _text(),
            "sha256": _text(),
            "wave": _text(),
            "city": _text(),
            "actor": _text(),
            "person": _text(),
            "date": _text(),
            "fictional": _flag(),
            "included": _flag(),
            "n_turns": _count(),
            "n_words": _count(),
            "n_words_interviewer": _count(),
            "duration": _number(nullable=True),
            "problems": _text(),
        },
    ),
    _table(
        "turns",
        ["interview_id", "turn"],
        {
            "interview_id": _text(),
            "turn": _count(),
            "speaker": _text(),
            "role": _text(among=ROLES),
            "time_start": _number(nullable=True),
            "time_end": _number(nullable=True),
            "start": _count(),
            "end": _count(),
            "section": _text(),
            "place": _text(),
            "text": _text(),
            "original": _text(),
        },
        _span(empty=True),
    ),
    _table(
        "speakers",
        ["interview_id", "speaker"],
        {
            "interview_id": _text(),
            "speaker": _text(),
            "role": _text(among=ROLES),
            "reason": _text(),
            "sure": _flag(),
            "n_turns": _count(1),
            "n_words": _count(),
        },
    ),
    _table(
        "variables",
        ["interview_id", "position"],
        {
            "interview_id": _text(),
            "position": _count(1),
            "variable": _text(),
            "value": _text(),
        },
    ),
    _table(
        "passages",
        ["passage_id"],
        {
            "passage_id": _text(),
            "interview_id": _text(),
            "turn_first": _count(),
            "turn_last": _count(),
            "start": _count(),
            "end": _count(),
            "speaker": _text(),
            "question": _text(),
            "text": _text(),
            "n_words": _count(1),
        },
        _span(),
    ),
    _table(
        "tokens",
        ["passage_id", "token"],
        {
            "passage_id": _text(),
            "token": _count(),
            "start": _count(),
            "end": _count(),
            "form": _text(),
            "lemma": _text(),
            "pos": _text(),
        },
        _span(),
    ),
    _table(
        "terms",
        ["term"],
        {
            "term": _text(),
            "kind": _text(among=("lemma", "expression", "collocation")),
            "form": _text(),
            "folded": _text(),
            "count": _count(1),
            "n_passages": _count(1),
            "n_interviews": _count(1),
        },
    ),
    _table(
        "passage_terms",
        ["passage_id", "term"],
        {"passage_id": _text(), "term": _text(), "count": _count(1)},
    ),
    _table(
        "themes",
        ["theme"],
        {
            "theme": _count(1),
            "label": _text(),
            "share": _share(),
            "npmi": pa.Column("float64", pa.Check.in_range(-1, 1), nullable=True),
        },
    ),
    _table(
        "theme_terms",
        ["theme", "term"],
        {
            "theme": _count(1),
            "term": _text(),
            "weight": pa.Column("float64", pa.Check.ge(0)),
            "frex": _share(),
            "rank": _count(1),
        },
    ),
    _table(
        "theme_exemplars",
        ["theme", "rank"],
        {"theme": _count(1), "rank": _count(1), "passage_id": _text(), "share": _share()},
    ),
    _table(
        "passage_themes",
        ["passage_id", "theme"],
        {"passage_id": _text(), "theme": _count(1), "share": _share()},
    ),
    _table(
        "codings",
        ["coding_id"],
        {
            "coding_id": _text(),
            "interview_id": _text(),
            "start": _count(),
            "end": _count(),
            "quote": _text(),
            "axis": _text(),
            "value": _share(),
            "coder": _text(),
            "when": _text(),
            "origin": _text(),
            "probability_of_selection": pa.Column(
                "float64",
                pa.Check.in_range(0, 1, include_min=False),
                nullable=True,
            ),
            "anchor": _text(among=("kept", "moved")),
        },
        _span(),
    ),
    _table(
        "labels",
        ["passage_id", "axis"],
        {
            "passage_id": _text(),
            "axis": _text(),
            "value": _share(),
            "n_coders": _count(1),
        },
    ),
    _table(
        "axis_scores",
        ["axis", "metric"],
        {
            "axis": _text(),
            "metric": _text(),
            "estimate": _number(nullable=True),
            "low": _number(nullable=True),
            "high": _number(nullable=True),
        },
    ),
    _table(
        "passage_axes",
        ["passage_id", "axis"],
        {
            "passage_id": _text(),
            "axis": _text(),
            "probability": _share(),
            "decision": _text(among=DECISIONS),
            "out_of_fold": _flag(),
        },
    ),
    _table(
        "profiles",
        ["wave", "city", "actor", "measure", "item"],
        {
            "wave": _text(),
            "city": _text(),
            "actor": _text(),
            "measure": _text(among=("theme", "axis")),
            "item": _text(),
            "estimate": _share(),
            "low": _share(nullable=True),
            "high": _share(nullable=True),
            "n_interviews": _count(1),
            "n_passages": _count(1),
            "weight": _text(among=WEIGHTS),
            "method": _text(),
        },
    ),
    _table(
        "contrasts",
        ["scope", "city", "left", "right", "measure", "item"],
        {
            "scope": _text(among=("panel", "city")),
            "city": _text(),
            "left": _text(),
            "right": _text(),
            "measure": _text(among=("theme", "axis")),
            "item": _text(),
            "estimate_left": _share(),
            "estimate_right": _share(),
            "difference": pa.Column("float64", pa.Check.in_range(-1, 1)),
            "low": _number(nullable=True),
            "high": _number(nullable=True),
            "p": _share(nullable=True),
            "p_adjusted": _share(nullable=True),
            "detectable": _number(nullable=True),
            "verdict": _text(among=VERDICTS),
            "n_interviews_left": _count(1),
            "n_interviews_right": _count(1),
            "n_passages_left": _count(1),
            "n_passages_right": _count(1),
            "n_paired": _count(),
            "weight": _text(among=WEIGHTS),
            "method": _text(),
        },
    ),
)

SCHEMAS: dict[str, pa.DataFrameSchema] = {str(schema.name): schema for schema in _SCHEMAS}


def columns(name: str) -> list[str]:
    """Names of the columns of table ``name``, in order."""
    return list(SCHEMAS[name].columns)


def make(name: str, rows: Iterable[dict[str, object]] | pd.DataFrame) -> pd.DataFrame:
    """Build table ``name`` from rows, with the declared columns, order and types.

    Parameters
    ----------
    name : a key of :data:`SCHEMAS`.
    rows : one dict a row, or a frame that has at least the declared columns.

    Raises
    ------
    TextlienError
        When the rows break the schema: all violations at once.
    """
    schema = SCHEMAS[name]
    wanted = list(schema.columns)
    frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows), columns=wanted)
    types = {key: _type_name(column.dtype) for key, column in schema.columns.items()}
    try:
        typed = frame.loc[:, wanted].astype(types).reset_index(drop=True)
    except KeyError as error:
        raise raw_error(f"table {name}: {error.args[0]}") from error
    return check(name, typed)


def check(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return ``frame`` if it fits the schema of table ``name``.

    Raises
    ------
    TextlienError
        Listing every violation (pandera's lazy validation).
    """
    schema = SCHEMAS[name]
    # pandera takes 15 ms for a table of ten rows: with six tables an interview that would be most
    # of a run. It is asked only where something is wrong, to say what.
    if _fits(schema, frame):
        return frame
    try:
        return schema.validate(frame, lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases
        lines = [
            f"  {row.column or 'table'}: {row.check} fails for {row.failure_case!r} "
            f"(row {row.index})"
            for row in cases.head(20).itertuples()
        ]
        more = f"\n  … and {len(cases) - 20} more" if len(cases) > 20 else ""
        raise raw_error(
            f"table {name} does not fit its schema:\n" + "\n".join(lines) + more
        ) from error


def _fits(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> bool:
    """Whether ``frame`` surely fits ``schema``, by the same rules, without pandera's messages."""
    if list(frame.columns) != list(schema.columns):
        return False
    for name, column in schema.columns.items():
        values = frame[name]
        if _type_name(values.dtype) != _type_name(column.dtype):
            return False
        if not column.nullable and values.isna().any():
            return False
        if not all(_passes(check, values.dropna()) for check in column.checks):
            return False
    if not all(bool(check._check_fn(frame).all()) for check in schema.checks):
        return False
    key = schema.unique
    return not (key and frame.duplicated(list(key)).any())


def _type_name(dtype: object) -> str:
    return "str" if str(dtype).startswith("str") else str(dtype)


def _passes(check: pa.Check, values: pd.Series) -> bool:
    bounds: dict[str, Any] = check.statistics or {}
    if "allowed_values" in bounds:
        return bool(values.isin(bounds["allowed_values"]).all())
    if "max_value" not in bounds:
        return bool((values >= bounds["min_value"]).all())
    low = (
        values >= bounds["min_value"]
        if bounds.get("include_min", True)
        else values > bounds["min_value"]
    )
    return bool((low & (values <= bounds["max_value"])).all())


def normalised_text(turns: pd.DataFrame) -> str:
    """The text that ``start`` and ``end`` of one interview point into.

    Parameters
    ----------
    turns : table ``turns`` of one interview, in order.
    """
    return "\n".join(turns["text"])
