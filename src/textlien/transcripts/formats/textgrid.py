"""Praat TextGrids: one tier per speaker.

A reader of our own: praatio refuses overlapping intervals of one tier, which real files have.
As Praat does, it takes the free-standing texts, numbers and flags of the file and ignores the
rest, so that the long and the short form read alike.

References
----------
Boersma & Weenink, Praat manual, « TextGrid file formats ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from textlien.errors import Problem, TextlienError
from textlien.files.encoding import read_text
from textlien.files.source import Source
from textlien.messages.message import Location, Message, message
from textlien.text.marks import clean_label
from textlien.text.normalise import has_text
from textlien.transcripts.formats.segments import (
    Segment,
    seconds,
    utterances_of,
)
from textlien.transcripts.formats.tiers import Tier, choose
from textlien.transcripts.model import Document

_ITEM = re.compile(
    r'"(?P<text>(?:[^"]|"")*)"|(?<!\S)(?P<number>-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?!\S)|<exists>'
)

_LENGTH_OF_HEAD = 200
"""Characters in which a TextGrid says that it is one: it does so in its second line."""


class _Items:
    """The free-standing values of a TextGrid, taken one after the other."""

    def __init__(self, content: str, file: str) -> None:
        self._content = content
        self._file = file
        self._matches = _ITEM.finditer(content)
        self._offset = 0

    def text(self) -> str:
        """The next text, its doubled quotes made single."""
        text = self._next()["text"]
        if text is None:
            raise self._unexpected(message("transcripts.textgrid-text"))
        return str(text).replace('""', '"')

    def number(self) -> float:
        """The next number; a flag, such as that there are tiers, is passed over."""
        match = self._next()
        while match.group() == "<exists>":
            match = self._next()
        if match.group("number") is None:
            raise self._unexpected(message("transcripts.textgrid-number"))
        return float(match.group("number"))

    def moment(self) -> float:
        """A number that can be a time in seconds."""
        number = self.number()
        if seconds(abs(number)) is None:
            raise self._unexpected(message("transcripts.textgrid-time"))
        return number

    def size(self) -> int:
        """Number of tiers or intervals that follow; never more than there are characters."""
        number = self.number()
        if not 0 <= number <= len(self._content):
            raise self._unexpected(message("transcripts.textgrid-size"))
        return int(number)

    def _unexpected(self, expected: Message) -> TextlienError:
        """The error of an unexpected value, with its line."""
        line = self._content.count("\n", 0, self._offset) + 1
        place = Location(file=self._file, line=line)
        return TextlienError(
            Problem.error("transcripts.textgrid-unexpected", place, expected=expected)
        )

    def _next(self) -> re.Match[str]:
        """The next value; an error at the end of the file."""
        match = next(self._matches, None)
        if match is None:
            self._offset = len(self._content)
            raise self._unexpected(message("transcripts.textgrid-more"))
        self._offset = match.start()
        return match


def read(source: Source) -> list[Document]:
    """Read a ``.TextGrid``: one document, intervals of all speakers in order of time.

    Following intervals of one speaker are one utterance as long as nobody else speaks
    between. Tiers of codes, comments and sections are not speakers (:mod:`tiers`).

    Raises
    ------
    TextlienError
        When the file is not a TextGrid, or is cut short.
    """
    content, encoding, notes = read_text(source.path, source.file)
    if "TextGrid" not in content[:_LENGTH_OF_HEAD]:
        raise TextlienError(Problem.error("transcripts.not-textgrid", Location(file=source.file)))
    items = _Items(content, source.file)
    chosen = choose(list(_tiers(items)), source.declared, source.file)
    intervals = sorted(chosen.segments, key=lambda interval: (interval.start, interval.end))
    problems = (*notes, *chosen.problems)
    return [Document("", {}, utterances_of(intervals), problems, encoding=encoding)]


def _tiers(items: _Items) -> Iterator[Tier]:
    """Tiers of intervals with their words; points are no speech."""
    items.text(), items.text()  # « ooTextFile », « TextGrid »
    items.number(), items.number()  # from and to
    for _ in range(items.size()):
        kind, name = items.text(), clean_label(items.text())
        items.number(), items.number()
        intervals = tuple(_intervals(items, name, is_tier=kind == "IntervalTier"))
        if kind == "IntervalTier":
            yield Tier(name, name, "", False, intervals)


def _intervals(items: _Items, name: str, *, is_tier: bool) -> Iterator[Segment]:
    """Intervals of a tier that have words; a point has one time."""
    for number in range(1, items.size() + 1):
        start = items.moment()
        end = items.moment() if is_tier else start
        text = " ".join(items.text().splitlines())
        if has_text(text):
            yield Segment(start, end, name, text, Location(tier=name, interval=number))
