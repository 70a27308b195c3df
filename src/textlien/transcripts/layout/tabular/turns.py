"""Turns of a table whose columns have roles, as blocks with their speaker, time and section."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence, Set
from itertools import chain

from textlien.errors import Problem
from textlien.messages.message import Location, Message, message
from textlien.text import marks
from textlien.text.folding import fold
from textlien.transcripts import notice
from textlien.transcripts.layout.blocks import Block
from textlien.transcripts.layout.tabular import inner
from textlien.transcripts.layout.tabular.cells import ASKS, LEAST, Column
from textlien.transcripts.layout.tabular.columns import Layout
from textlien.transcripts.layout.tabular.grids import text_of
from textlien.transcripts.layout.tabular.headers import ColumnRole
from textlien.transcripts.speakers.learning import says
from textlien.transcripts.speakers.roles import known_role
from textlien.transcripts.speakers.sides import QUESTION

Slots = Sequence[Sequence[Block]]
"""Blocks of each cell of a row."""

_TIME = re.compile(rf"[\[(<#]?\s?(?:{marks.TIME_RANGE.pattern})\s?[\])>#]?")
_ENDS = re.compile(r"[.?!…»:]\s*$")
# Share of the rows without a speaker that ask from which all are the interviewer's, and from which
# some are of somebody else.
_ASKING_ALL, _ASKING = 0.6, 0.3
# Characters of a title that spans a table, and of a cell quoted in a message.
_LONGEST_TITLE, _LONGEST_EXAMPLE = 120, 40


def blocks_of(
    rows: Sequence[Slots], layout: Layout, start: int = 0, titles: Set[int] = frozenset()
) -> Iterator[Block]:
    """Turns of one table, in order; titles and rows that span all columns among them.

    Parameters
    ----------
    rows : of the table.
    layout : of all tables that are read together.
    start : number of the first row among all of them.
    titles : rows of one cell that spans all columns.
    """
    turns = _Turns(layout)
    first = min(layout.header, default=0)
    for number, slots in enumerate(rows):
        if start + number in layout.header:
            continue
        if number not in titles and not turns.is_title(slots):
            yield from turns.of_row(slots, start + number)
            continue
        text = text_of(list(chain.from_iterable(slots)))
        describes = start + number < first or notice.pairs(text) or notice.in_title(text)
        if describes or says(text) or len(text) > _LONGEST_TITLE:
            yield from chain.from_iterable(slots)
        else:
            turns.section = text


class _Turns:
    """Goes through the rows of a table; a row without a speaker goes on with the one above."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._speaker = next(iter(layout.of(ColumnRole.SPEAKER)), None)
        self._asking = rows_that_ask(layout)
        self._asker = inner.asker_of(layout.columns)
        self._label, self._is_new = "", False
        self.section: str | None = None

    def is_title(self, slots: Slots) -> bool:
        """True for a row with nothing but a cell of speakers that names nobody else's turn."""
        filled = [number for number, slot in enumerate(slots) if slot]
        if self._speaker is None or filled != [self._speaker]:
            return False
        value = text_of(slots[self._speaker])
        values = self._layout.columns[self._speaker].values
        return values.count(fold(value) or value) == 1 and known_role(value) is None

    def of_row(self, slots: Slots, number: int) -> Iterator[Block]:
        """Turns of a row, the section and the time of each with it."""
        for column in self._layout.of(ColumnRole.SECTION):
            self.section = text_of(slots[column]) or self.section
        times = self._layout.of(ColumnRole.TIME, ColumnRole.END)
        time = self._meet(slots, number)
        clock = " - ".join(text_of(slots[at]) for at in times) or time
        for column in self._layout.of(ColumnRole.TEXT, ColumnRole.VOICE):
            for block, label in self._labelled(slots[column], column):
                yield block._replace(speaker=label, time=clock, section=self.section, level=0)
                clock = ""

    def _labelled(self, slot: Sequence[Block], column: int) -> Iterator[tuple[Block, str | None]]:
        """Paragraphs of a cell of speech, each with its label: "" where it goes on with a turn."""
        if self._speaker is not None:
            yield from ((block, self._label_of_next()) for block in slot)
            return
        voice = self._layout.columns[column].label
        before = ""
        for block, label in inner.parted(slot, voice, self._asker):
            yield block, "" if voice and label == before else label or None
            before = label

    def _meet(self, slots: Slots, number: int) -> str:
        """Take up the speaker of a row, if it names one; the time beside the name."""
        if self._speaker is None:
            return ""
        name, time = label_and_time(text_of(slots[self._speaker]))
        if name:
            self._label, self._is_new = name, True
        elif number in self._asking:
            self._label, self._is_new = QUESTION, True
        return time

    def _label_of_next(self) -> str:
        """The label of the next block: "" where it goes on with a turn."""
        label = self._label if self._is_new else ""
        self._is_new = False
        return label


def label_and_time(cell: str) -> tuple[str, str]:
    """The name in a cell of speakers, and a moment beside it.

    >>> label_and_time("Mme Lamotte (00:12:03) :")
    ('Mme Lamotte', '(00:12:03)')
    """
    moment = _TIME.search(cell)
    label = _TIME.sub(" ", cell) if moment else cell
    label = marks.clean_label(label).replace("\n", " ").strip(" :[]()-–—\t")
    return label, moment.group().strip() if moment else ""


def _speech_without_speaker(layout: Layout) -> dict[int, str]:
    """Speech of the rows whose cell of speakers is blank, and that may be of somebody else."""
    speakers, texts = layout.of(ColumnRole.SPEAKER), layout.of(ColumnRole.TEXT)
    if not speakers or not texts:
        return {}
    column, text = layout.columns[speakers[0]], layout.columns[texts[0]]
    return {
        row: text.cells[at]
        for at, row in enumerate(layout.body)
        if not column.cells[at] and at not in column.continued and _begins(text.cells, at)
    }


def _begins(cells: Sequence[str], at: int) -> bool:
    """True for speech that does not go on with a sentence of the cell above."""
    goes_on = at > 0 and cells[at][:1].islower() and not _ENDS.search(cells[at - 1])
    return bool(cells[at]) and not goes_on


def rows_that_ask(layout: Layout) -> frozenset[int]:
    """Rows without a speaker that are those of the interviewer: they ask, and the others do not."""
    rows = _speech_without_speaker(layout)
    speakers, texts = layout.of(ColumnRole.SPEAKER), layout.of(ColumnRole.TEXT)
    if not rows or _share_asking(rows.values()) < _ASKING_ALL:
        return frozenset()
    column, text = layout.columns[speakers[0]], layout.columns[texts[0]]
    named = [cell for name, cell in zip(column.cells, text.cells, strict=True) if name]
    others_ask = _share_asking(named) > LEAST.answers
    is_there = any(known_role(name) == "interviewer" for name in column.filled)
    return frozenset() if others_ask or is_there else frozenset(rows)


def _share_asking(cells: Collection[str]) -> float:
    """Share of cells that end in « ? »."""
    return sum(bool(ASKS.search(cell)) for cell in cells) / max(1, len(cells))


def problems_of(layout: Layout, file: str, *, are_parted: bool = True) -> Iterator[Problem]:
    """Report columns left out of a table, and doubts about it.

    Parameters
    ----------
    layout : of the table.
    file : its name in messages.
    are_parted : questions in cells of answers are told apart by :func:`blocks_of`.
    """
    place = Location(file=file)
    columns = [(n, column) for n, column in enumerate(layout.columns, start=1) if column.filled]
    unused = [(n, c) for n, c in columns if c.role in (ColumnRole.NOTES, ColumnRole.NUMBER)]
    parts = tuple(_named(number, column) for number, column in unused if column.sure)
    if parts:
        yield Problem.note("transcripts.columns-left-out", place, parts=parts)
    for number, column in columns:
        yield from [] if column.sure else [_doubt(number, column, place)]
    yield from _without_speaker(layout, place)
    yield from inner.problem_of(layout.columns, place, are_parted=are_parted)


def _doubt(number: int, column: Column, place: Location) -> Problem:
    """A warning on a column whose role is not clear."""
    kind = "speakers" if column.role is ColumnRole.SPEAKER else "notes"
    return Problem.warning(
        f"transcripts.unclear-column-of-{kind}",
        place,
        column=_named(number, column),
        example=_excerpt(column.filled[0]),
    )


def _without_speaker(layout: Layout, place: Location) -> Iterator[Problem]:
    """A warning where rows without a speaker ask, and may be of somebody else."""
    rows = _speech_without_speaker(layout)
    if len(rows) > 1 and _share_asking(rows.values()) >= _ASKING and not rows_that_ask(layout):
        asking = next(text for text in rows.values() if ASKS.search(text))
        yield Problem.warning(
            "transcripts.rows-without-speaker", place, rows=len(rows), example=_excerpt(asking)
        )


def _named(number: int, column: Column) -> Message:
    """A column by its number, its name and its filled cells."""
    if column.name:
        return message(
            "transcripts.column-named", column=number, name=column.name, n=len(column.filled)
        )
    return message("transcripts.column-numbered", column=number, n=len(column.filled))


def _excerpt(text: str) -> str:
    """The beginning of a cell, on one line."""
    line = marks.collapse_blanks(text).replace("\n", " ")
    return line if len(line) <= _LONGEST_EXAMPLE else f"{line[:_LONGEST_EXAMPLE]}…"
