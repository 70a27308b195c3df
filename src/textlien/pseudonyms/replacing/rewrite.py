"""One interview with pseudonyms: its turns, and the map between old and new offsets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from textlien import tables
from textlien.files.csvfile import csv_text
from textlien.pseudonyms.exact_forms import ExactForms, interview_names
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.replacing.offsets import Edit, OffsetMap, edited
from textlien.pseudonyms.replacing.replace import Say, find_edits, saying
from textlien.text.folding import fold
from textlien.transcripts.formats.table import COLUMNS as TABLE_COLUMNS
from textlien.transcripts.notice import FIELDS

TURN_COLUMNS = ("speaker", "role", "start", "end", "section", "text")
_RESERVED = {
    fold(name) for names in (*TABLE_COLUMNS.values(), *FIELDS.values()) for name in names
} | {"section"}


class Rewritten(NamedTuple):
    """An interview with pseudonyms.

    Attributes
    ----------
    interview : its identifier before.
    turns : columns :data:`TURN_COLUMNS`, times in seconds.
    text : its normalised text.
    moved : from offsets of the text before to those of ``text``.
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
        """Separate the rows that concern all interviews from those of some files."""
        self._names = names
        self._special = {file for name in names for file in name.files}
        self._common = self._prepared("")

    def _prepared(self, interview: str) -> tuple[ExactForms, Say]:
        """The forms of one interview, and a function that replaces them in short texts."""
        names = interview_names(self._names, interview)
        return ExactForms(names), saying(names)

    def rewrite(self, interview: str, turns: pd.DataFrame) -> Rewritten:
        """Put pseudonyms into one interview.

        Parameters
        ----------
        interview : its identifier.
        turns : its table ``turns``. A turn without words is dropped: no table of turns can hold it.
        """
        special = interview in self._special
        forms, say = self._prepared(interview) if special else self._common
        edits, replaced = _edits(turns, forms)
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
                "text": [edited(text, find_edits(text, forms)) for text in kept["text"]],
            }
        )
        return Rewritten(interview, rewritten, edited(old, edits), OffsetMap(edits), replaced, say)


def _edits(turns: pd.DataFrame, forms: ExactForms) -> tuple[list[Edit], int]:
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
        replaced += sum(match.name.action == "replace" for match in forms.find(text))
        edits += [
            Edit(start + edit.start, start + edit.end, edit.text)
            for edit in find_edits(text, forms)
        ]
    return edits, replaced


def _labels(labels: Iterable[str], say: Say) -> dict[str, str]:
    """New label of each speaker; two speakers stay two."""
    new: dict[str, str] = {}
    for label in dict.fromkeys(labels):
        replaced = free = say(label)
        number = 2
        while free in new.values():
            free = f"{replaced} ({number})"
            number += 1
        new[label] = free
    return new


def turns_csv(rewritten: Rewritten, variables: Sequence[tuple[str, str]]) -> str:
    """An interview as a table of turns.

    Parameters
    ----------
    rewritten : the interview.
    variables : names and values in its file; each is one more column, except those that
        ``metadata.csv`` has.
    """
    extra: dict[str, tuple[str, str]] = {}
    for variable, value in variables:
        if fold(variable) and fold(variable) not in _RESERVED:
            extra.setdefault(fold(variable), (variable, rewritten.say(value)))
    rows = [[*TURN_COLUMNS, *(variable for variable, _ in extra.values())]]
    values = [value for _, value in extra.values()]
    for speaker, role, start, end, section, text in rewritten.turns.itertuples(index=False):
        times = [_seconds(start), _seconds(end)]
        # The role of a nameless speaker would be read as a label.
        rows.append([speaker, role if speaker else "", *times, section, text, *values])
    return csv_text(rows)


def _seconds(moment: float) -> str:
    """A moment as a cell of a table; empty for NaN."""
    return "" if pd.isna(moment) else repr(float(moment))
