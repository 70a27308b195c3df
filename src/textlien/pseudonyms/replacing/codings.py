"""Files of codings with pseudonyms: offsets mapped, quotes and memos rewritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from textlien.coding.codebook import Axis
from textlien.coding.codings import columns_of
from textlien.files.csvfile import Sheet, csv_text
from textlien.files.formula_guard import guarded
from textlien.pseudonyms.replacing.rewrite import Rewritten


class RewrittenCodings(NamedTuple):
    """A file of codings with pseudonyms.

    Attributes
    ----------
    content : the file.
    n_codings : codings in it.
    left_out : rows that are not: they point nowhere, or code nothing.
    """

    content: str
    n_codings: int
    left_out: int


def codings_csv(
    table: Sheet,
    file: str,
    axes: Sequence[Axis],
    anchored: pd.DataFrame,
    rewritten: Mapping[str, Rewritten],
    new_names: Mapping[str, str],
) -> RewrittenCodings:
    """Rewrite a file of codings.

    The names of coders stay, unless they are on the sheet: they are colleagues, whose agreement is
    counted.

    Parameters
    ----------
    table : the file as it is.
    file : its name in identifiers of codings.
    axes : of the codebook.
    anchored : table ``codings`` of this file.
    rewritten : interviews, by identifier before.
    new_names : identifier now, by identifier before.
    """
    columns = columns_of(table.header)
    records = anchored[["coding_id", "interview_id", "start", "end"]].to_dict("records")
    by_id = {str(record["coding_id"]): record for record in records}
    added = [field for field in ("start", "end", "quote") if field not in columns]
    rows = [[*table.header, *added]]
    for line, cells in table.rows:
        ids = (f"{file}:{line}:{axis.key}" for axis in axes)
        coding = next((by_id[ident] for ident in ids if ident in by_id), None)
        if coding is None:
            continue
        interview = rewritten[str(coding["interview_id"])]
        place = _place(coding, interview, new_names)
        ours = {columns.get(field, field): value for field, value in place.items()}
        row = _row({**cells, **dict.fromkeys(added, "")}, ours, interview)
        rows.append([guarded(row[column]) for column in (*table.header, *added)])
    n_left_out = len(table.rows) - (len(rows) - 1)
    return RewrittenCodings(csv_text(rows), len(anchored), n_left_out)


def _row(
    cells: Mapping[str, str], place: Mapping[str, str], interview: Rewritten
) -> dict[str, str]:
    """Cells of a row by column: those of ``place``, and the others with pseudonyms."""
    return {column: place.get(column) or interview.say(cell) for column, cell in cells.items()}


def _place(
    coding: Mapping[Any, Any], interview: Rewritten, new_names: Mapping[str, str]
) -> dict[str, str]:
    """Interview, offsets and quote of a coding as they are now, by field."""
    start, end = interview.moved.span(int(coding["start"]), int(coding["end"]))
    return {
        "interview": new_names[interview.interview],
        "start": str(start),
        "end": str(end),
        "quote": interview.text[start:end],
    }
