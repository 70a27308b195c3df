"""One interview with pseudonyms: its turns, its codings, and the map between old and new."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from textlien import tables
from textlien.coding.codings import columns_of
from textlien.files.csvfile import Sheet
from textlien.files.formula_guard import guarded
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.replacing.folded import forms_of, replace_loosely
from textlien.pseudonyms.replacing.offsets import Edit, OffsetMap, edited
from textlien.pseudonyms.replacing.replace import Names, find_edits, interview_names, replace
from textlien.text.folding import fold
from textlien.transcripts.formats.table import COLUMNS as TABLE_COLUMNS
from textlien.transcripts.notice import FIELDS

Say = Callable[[str], str]
"""Puts pseudonyms in the place of names in a short text, however they are written there."""

TURN_COLUMNS = ("speaker", "role", "start", "end", "section", "text")
_RESERVED = {
    fold(name) for names in (*TABLE_COLUMNS.values(), *FIELDS.values()) for name in names
} | {"section"}


def saying(names: Sequence[Name]) -> Say:
    """What replaces ``names`` in short texts: as in transcripts, then in any other spelling."""
    exact, forms = Names(names), forms_of(names)
    return lambda text: replace_loosely(replace(text, exact)[0], forms)


class Rewritten(NamedTuple):
    """An interview with pseudonyms.

    Attributes
    ----------
    interview : its identifier before.
    turns : columns :data:`TURN_COLUMNS`, times in seconds.
    text : its normalised text.
    moved : where each place of the text is now.
    replaced : number of names replaced in the text.
    say : for other texts that concern this interview.
    """

    interview: str
    turns: pd.DataFrame
    text: str
    moved: OffsetMap
    replaced: int
    say: Say


class Rewriter:
    """Rewrites interviews by the rows of a sheet.

    Parameters
    ----------
    names : all rows.
    """

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = names
        self._special = {file for name in names for file in name.files}
        self._common = self._prepared("")

    def _prepared(self, interview: str) -> tuple[Names, Say]:
        own = interview_names(self._names, interview)
        return Names(own), saying(own)

    def rewrite(self, interview: str, turns: pd.DataFrame) -> Rewritten:
        """Put pseudonyms into one interview.

        Parameters
        ----------
        interview : its identifier.
        turns : its table ``turns``. A turn without words goes: no table of turns can hold it.
        """
        special = interview in self._special
        names, say = self._prepared(interview) if special else self._common
        edits, replaced = _edits(turns, names)
        old = tables.normalised_text(turns)
        kept = turns[turns["text"] != ""].reset_index(drop=True)
        labels = _labels(kept["speaker"], say)
        rewritten = pd.DataFrame(
            {
                "speaker": [labels[label] for label in kept["speaker"]],
                "role": kept["role"],
                "start": kept["time_start"],
                "end": kept["time_end"],
                "section": [say(section) for section in kept["section"]],
                "text": [edited(text, find_edits(text, names)) for text in kept["text"]],
            }
        )
        return Rewritten(interview, rewritten, edited(old, edits), OffsetMap(edits), replaced, say)


def _edits(turns: pd.DataFrame, names: Names) -> tuple[list[Edit], int]:
    """Replacements in the normalised text of an interview, and how many names they are."""
    edits: list[Edit] = []
    replaced = 0
    first = True
    for start, text in zip(turns["start"], turns["text"], strict=True):
        if not text:
            # Its line feed goes too: the one before it, but at the beginning the one behind.
            edits.append(Edit(start, start + 1, "") if first else Edit(start - 1, start, ""))
            continue
        first = False
        own = find_edits(text, names)
        replaced += sum(match.name.action == "replace" for match in names.find(text))
        edits += [Edit(start + edit.start, start + edit.end, edit.text) for edit in own]
    return edits, replaced


def _labels(labels: Iterable[str], say: Say) -> dict[str, str]:
    """New label of each speaker; two speakers stay two."""
    new: dict[str, str] = {}
    for label in dict.fromkeys(labels):
        wanted = said = say(label)
        number = 2
        while wanted in new.values():
            wanted = f"{said} ({number})"
            number += 1
        new[label] = wanted
    return new


def turns_csv(rewritten: Rewritten, variables: Sequence[tuple[str, str]]) -> str:
    """An interview as a table of turns.

    Parameters
    ----------
    rewritten : the interview.
    variables : what its file said of it; each is one more column. What ``metadata.csv`` says of
        it is not said twice.
    """
    extra: dict[str, tuple[str, str]] = {}
    for variable, value in variables:
        if fold(variable) and fold(variable) not in _RESERVED:
            extra.setdefault(fold(variable), (variable, rewritten.say(value)))
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([*TURN_COLUMNS, *(variable for variable, _ in extra.values())])
    values = [value for _, value in extra.values()]
    for speaker, role, start, end, section, text in rewritten.turns.itertuples(index=False):
        times = [_seconds(start), _seconds(end)]
        # The role of a nameless speaker would be read as a label.
        writer.writerow([speaker, role if speaker else "", *times, section, text, *values])
    return buffer.getvalue()


def _seconds(moment: float) -> str:
    return "" if pd.isna(moment) else repr(float(moment))


class Codings(NamedTuple):
    """A file of codings with pseudonyms.

    Attributes
    ----------
    content : the file.
    rows : rows that are in it.
    left_out : rows that are not: they point nowhere, or code nothing.
    """

    content: str
    rows: int
    left_out: int


def codings_csv(
    table: Sheet,
    anchored: pd.DataFrame,
    rewritten: Mapping[str, Rewritten],
    new_names: Mapping[str, str],
) -> Codings:
    """A file of codings with mapped offsets, the quotes as they are now, and memos with pseudonyms.

    The names of coders stay, unless they are on the sheet: they are colleagues, whose agreement is
    counted.

    Parameters
    ----------
    table : the file as it is.
    anchored : table ``codings`` of this file.
    rewritten : interviews, by identifier before.
    new_names : identifier now, by identifier before.
    """
    known = columns_of(table.header)
    records = anchored[["coding_id", "interview_id", "start", "end"]].to_dict("records")
    by_line = {int(str(row["coding_id"]).rsplit(":", 2)[1]): row for row in records}
    added = [field for field in ("start", "end", "quote") if field not in known]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([*table.header, *added])
    for line, cells in table.rows:
        if line not in by_line:
            continue
        coding = by_line[line]
        interview = rewritten[str(coding["interview_id"])]
        start, end = interview.moved.span(int(coding["start"]), int(coding["end"]))
        place = {
            "interview": new_names[interview.interview],
            "start": str(start),
            "end": str(end),
            "quote": interview.text[start:end],
        }
        ours = {known.get(field, field): value for field, value in place.items()}
        row = {
            column: ours.get(column) or interview.say(cell)
            for column, cell in {**cells, **dict.fromkeys(added, "")}.items()
        }
        writer.writerow([guarded(row[column]) for column in (*table.header, *added)])
    return Codings(buffer.getvalue(), len(by_line), len(table.rows) - len(by_line))
