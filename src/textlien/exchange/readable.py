"""Tables as a person reads them: headings, values and places in one language."""

from __future__ import annotations

import pandas as pd

from textlien.messages.catalogue import identifiers
from textlien.messages.message import Location
from textlien.messages.translator import Translator
from textlien.tables import ALL

_BASELINE = "_baseline"
"""Suffix of the name of a metric that is reached without reading the passages."""


def readable(frame: pd.DataFrame, translator: Translator) -> pd.DataFrame:
    """Put a table in the words of a language.

    Parameters
    ----------
    frame : any table; columns that the catalogue does not know keep their name.

    Returns
    -------
    As many rows and columns, in the same order. Numbers stay numbers; flags, categories and
    places are texts.
    """
    columns = {name: _readable_column(frame[name], translator) for name in frame.columns}
    headings = {name: heading(str(name), translator) for name in frame.columns}
    return pd.DataFrame(columns, index=frame.index).rename(columns=headings)


def heading(column: str, translator: Translator) -> str:
    """Heading of a column; its name where the catalogue has none."""
    identifier = f"columns.{column}"
    return translator.text(identifier) if _has(identifier, translator) else column


def metric(name: str, translator: Translator) -> str:
    """Name of a measure of quality; one that the catalogue lacks is written as in the table."""
    if name.endswith(_BASELINE):
        base = metric(name.removesuffix(_BASELINE), translator)
        return translator.text("values.metric-baseline", metric=base)
    identifier = f"values.metric-{name}"
    if _has(identifier, translator):
        return translator.text(identifier)
    return name.replace("_", " ")


def _readable_column(column: pd.Series, translator: Translator) -> pd.Series:
    """A column with its values in words, where they are not numbers."""
    if pd.api.types.is_bool_dtype(column):
        texts = {flag: translator.text(f"values.{str(flag).lower()}") for flag in (True, False)}
        return column.map(texts)
    if pd.api.types.is_numeric_dtype(column):
        return column
    values = column.unique()
    return column.map({value: value_text(str(column.name), value, translator) for value in values})


def value_text(column: str, value: object, translator: Translator) -> object:
    """One value in words; unchanged where it is not a category of its column."""
    if not isinstance(value, str):
        return value
    if column == "place":
        return translator.place(Location.from_code(value))
    if column == "metric":
        return metric(value, translator)
    if column == "method":
        identifier = f"estimation.method-{value}"
    elif value == ALL:
        identifier = f"values.{column}-all"
    else:
        identifier = f"values.{column}-{value.replace(' ', '-')}"
    return translator.text(identifier) if _has(identifier, translator) else value


def _has(identifier: str, translator: Translator) -> bool:
    """True when the catalogue has this text."""
    return identifier in identifiers(translator.language)
