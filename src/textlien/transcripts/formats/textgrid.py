"""Praat TextGrids: one tier a speaker.

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

from textlien.errors import TextlienError
from textlien.files.encoding import read_text
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.raw import raw_error
from textlien.text.folding import fold
from textlien.text.marks import collapse_blanks, normalise_characters
from textlien.text.normalise import normalise
from textlien.transcripts.formats.segments import NOT_SPEAKERS, Segment, utterances_of
from textlien.transcripts.formats.values import seconds
from textlien.transcripts.model import Document

_ITEM = re.compile(
    r'"(?P<text>(?:[^"]|"")*)"|(?<!\S)(?P<number>-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?!\S)|<exists>'
)


class _Items:
    """The free-standing values of a TextGrid, taken one after the other."""

    def __init__(self, content: str, shown: str) -> None:
        self._content = content
        self._shown = shown
        self._matches = _ITEM.finditer(content)
        self._offset = 0

    def text(self) -> str:
        found = self._next().group("text")
        if found is None:
            raise self.unexpected("a text in quotes")
        return found.replace('""', '"')

    def number(self) -> float:
        """The next number; a flag, such as that there are tiers, is passed over."""
        match = self._next()
        while match.group() == "<exists>":
            match = self._next()
        if match.group("number") is None:
            raise self.unexpected("a number")
        return float(match.group("number"))

    def moment(self) -> float:
        """A number that can be a time in seconds."""
        number = self.number()
        if seconds(abs(number)) is None:
            raise self.unexpected("a time in seconds")
        return number

    def size(self) -> int:
        """How many tiers or intervals follow; never more than there are characters."""
        number = self.number()
        if not 0 <= number <= len(self._content):
            raise self.unexpected("how many tiers or intervals follow")
        return int(number)

    def unexpected(self, wanted: str) -> TextlienError:
        line = self._content.count("\n", 0, self._offset) + 1
        return raw_error(
            f"{self._shown}, line {line}: expected {wanted}.",
            'Open it in Praat and save it again; quotes inside a text are written "".',
        )

    def _next(self) -> re.Match[str]:
        match = next(self._matches, None)
        if match is None:
            self._offset = len(self._content)
            raise self.unexpected("more values before the end of the file")
        self._offset = match.start()
        return match


def read(source: Source) -> list[Document]:
    """Read a ``.TextGrid``: one document, intervals of all speakers in order of time.

    Following intervals of one speaker are one utterance as long as nobody else speaks
    between. Tiers named Turns, Comments, Sections and the like are no speakers.

    Raises
    ------
    TextlienError
        When the file is not a TextGrid, or is cut short.
    """
    shown = source.shown
    content, encoding, notes = read_text(source.path, shown)
    if "TextGrid" not in content[:200]:
        raise raw_error(f"{shown}: not a Praat TextGrid.", "Save it from Praat as a text file.")
    intervals = sorted(
        _intervals(_Items(content, shown)), key=lambda interval: (interval.start, interval.end)
    )
    return [Document("", {}, utterances_of(intervals), tuple(notes), encoding=encoding)]


def _intervals(items: _Items) -> Iterator[Segment]:
    items.text(), items.text()  # « ooTextFile », « TextGrid »
    items.number(), items.number()  # from and to
    for _ in range(items.size()):
        kind, name = items.text(), collapse_blanks(normalise_characters(items.text()))
        items.number(), items.number()
        spoken = kind == "IntervalTier" and fold(name) not in NOT_SPEAKERS
        for number in range(1, items.size() + 1):
            start = items.moment()
            end = items.moment() if kind == "IntervalTier" else start
            text = " ".join(items.text().splitlines())
            if spoken and normalise(text):
                yield Segment(start, end, name, text, Location(tier=name, interval=number))
