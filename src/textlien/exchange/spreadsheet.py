"""Tables for a spreadsheet."""

from __future__ import annotations

import pandas as pd

from textlien.exchange.readable import readable
from textlien.files.formula_guard import guarded
from textlien.messages.translator import Translator

_SIGNS = {"fr": (";", ","), "en": (",", ".")}
"""Sign between cells and sign of decimals, as a spreadsheet in each language expects them."""


def as_csv(frame: pd.DataFrame, translator: Translator) -> bytes:
    """Write a table as a spreadsheet in a language opens it, in UTF-8 with a mark.

    In French, cells are set apart by semicolons and decimals by a comma. Cells that a spreadsheet
    would take for a formula get an apostrophe in front, so that the words of a transcript cannot
    act.
    """
    table = _guarded(readable(frame, translator))
    separator, decimal = _SIGNS[translator.language]
    text = table.to_csv(index=False, sep=separator, decimal=decimal, lineterminator="\r\n")
    return text.encode("utf-8-sig")


def for_programs(frame: pd.DataFrame) -> str:
    """Write a table with its own names and values, commas and decimal points.

    Cells are guarded as in :func:`as_csv`: whatever it was written for, a double click opens it in
    a spreadsheet.
    """
    return str(_guarded(frame).to_csv(index=False))


def _guarded(frame: pd.DataFrame) -> pd.DataFrame:
    """A table with an apostrophe before each text that would be taken for a formula."""
    texts = {
        name: frame[name].map(lambda cell: guarded(str(cell)), na_action="ignore")
        for name in frame.columns
        if not pd.api.types.is_numeric_dtype(frame[name])
    }
    return frame.assign(**texts)
