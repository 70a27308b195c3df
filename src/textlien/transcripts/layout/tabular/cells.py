"""Cells of one column of a table, and what they look like: numbers, times, labels, sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from textlien.text.folding import fold
from textlien.transcripts.layout.tabular.headers import ColumnRole
from textlien.transcripts.speakers.roles import known_role

_NUMBER = re.compile(r"(?:n\s?[°o]\s?)?[#(\[]?\d{1,6}[.):\]]?", re.IGNORECASE)
_SECONDS = re.compile(r"\d{1,6}(?:[.,]\d{1,12})?")
_CLOCK_SIGN = re.compile(r"\d\s?(?::|[’'′hm]|min)", re.IGNORECASE)
_CLOCK = re.compile(r"(?:\d|\s|heures?|minutes?|secondes?|min|mn|sec|[hmsà:.,'’′″\"()\[\]#<>–—-])+")
ASKS = re.compile(r"\?[\s»\"”)]*$")
"""The end of a cell that asks."""
_ENDS = re.compile(r"[.?!…»]\s*$")
_LONGEST_LABEL, _MOST_WORDS_OF_LABEL = 60, 6
# Characters by which cells are compared.
_LONGEST_VALUE = 80


class Thresholds(NamedTuple):
    """Thresholds from which cells of a column are of a kind.

    Attributes
    ----------
    nearly_all : share of the cells that must be numbers, times or short: a few are empty or odd.
    sentence : share of the cells that end like a sentence from which a column is text, whatever
        its length: « Oui. », « Et lui ? ».
    words : words of the mean cell from which it is: labels, codes and themes have one to three.
    rows : filled cells from which a column can be read without a name.
    comes_back : times that each value of a column of speakers comes back on average.
    names_roles : share of the cells that name a role from which they need not come back.
    changes, covered : share of the cells that another value follows, and of the rows with a cell,
        of a column of names that no header and no role tells from codes.
    asks, answers : share of the cells that ask, of a column of questions and at most of answers.
    sparse : share of the rows below which a column is remarks or themes.
    margin : difference of scores from which one column of speakers is likelier than another.
    """

    nearly_all: float = 0.85
    sentence: float = 0.5
    words: float = 4.0
    rows: int = 3
    comes_back: float = 2.0
    names_roles: float = 0.3
    changes: float = 0.5
    covered: float = 0.75
    asks: float = 0.6
    answers: float = 0.25
    sparse: float = 0.5
    margin: float = 0.4


LEAST = Thresholds()


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    cells : of the rows below the header, stripped.
    continued : rows in which it is merged with the cell above.
    name : in the header, or "".
    role : of the column; ``sure`` is False where a person should look.
    label : speaker of a column of one voice.
    """

    cells: tuple[str, ...]
    continued: frozenset[int] = frozenset()
    name: str = ""
    role: ColumnRole = ColumnRole.BLANK
    sure: bool = True
    label: str = ""

    @cached_property
    def filled(self) -> list[str]:
        """Cells that are not blank."""
        return [cell for cell in self.cells if cell]

    @cached_property
    def words(self) -> int:
        """Words of all cells."""
        return sum(len(cell.split()) for cell in self.filled)

    @cached_property
    def values(self) -> list[str]:
        """Filled cells, folded."""
        return [fold(cell[:_LONGEST_VALUE]) or cell for cell in self.filled]

    def share(self, matches: Sequence[bool]) -> float:
        """Share of the filled cells."""
        return sum(matches) / len(self.filled) if self.filled else 0.0

    @cached_property
    def coverage(self) -> float:
        """Share of the rows in which it is filled."""
        return len(self.filled) / max(1, len(self.cells))

    @cached_property
    def comes_back(self) -> float:
        """Times that each value comes back."""
        return len(self.filled) / max(1, len(set(self.values)))

    @cached_property
    def changes(self) -> float:
        """Share of the filled cells that are followed by another value."""
        pairs = list(pairwise(self.values))
        return sum(left != right for left, right in pairs) / max(1, len(pairs))

    @cached_property
    def names_roles(self) -> float:
        """Share of the filled cells that name a role of speakers."""
        return self.share([known_role(cell) is not None for cell in self.filled])

    @cached_property
    def asks(self) -> float:
        """Share of the filled cells that ask."""
        return self.share([bool(ASKS.search(cell)) for cell in self.filled])

    @cached_property
    def is_short(self) -> bool:
        """True if nearly all cells are as short as a label, and none is a sentence."""
        short = [
            len(cell) <= _LONGEST_LABEL
            and len(cell.split()) <= _MOST_WORDS_OF_LABEL
            and not cell.endswith(("?", "!", "…"))
            for cell in self.filled
        ]
        return self.share(short) >= LEAST.nearly_all

    @cached_property
    def is_text(self) -> bool:
        """True if cells are sentences, or as long."""
        if not self.filled or self.is_numbers or self.is_times:
            return False
        sentences = self.share([bool(_ENDS.search(cell)) for cell in self.filled])
        return sentences >= LEAST.sentence or self.words >= LEAST.words * len(self.filled)

    @cached_property
    def is_numbers(self) -> bool:
        """True if cells are numbers."""
        return self.share([is_number(cell) for cell in self.filled]) >= LEAST.nearly_all

    @cached_property
    def is_counting(self) -> bool:
        """True if cells are numbers that rise."""
        digits = [re.sub(r"\D", "", cell) for cell in self.filled]
        values = [int(part) for part in digits if part]
        rises = sum(before < after for before, after in pairwise(values))
        return self.is_numbers and rises >= LEAST.nearly_all * (len(values) - 1)

    @cached_property
    def is_times(self) -> bool:
        """True if cells are moments or spans."""
        return self.share([is_time(cell) for cell in self.filled]) >= LEAST.nearly_all

    @cached_property
    def covered(self) -> float:
        """Share of the rows in which it is filled, or merged with the cell above."""
        return self.coverage + len(self.continued) / max(1, len(self.cells))

    @cached_property
    def is_decimal(self) -> bool:
        """True if cells are numbers with decimals or without, as seconds are."""
        return self.share([bool(_SECONDS.fullmatch(c)) for c in self.filled]) >= LEAST.nearly_all

    @cached_property
    def may_be_speakers(self) -> bool:
        """True if cells are short, and name roles, or come back and take turns."""
        if not self.is_short or self.is_times or self.is_counting:
            return False
        take_turns = self.changes >= LEAST.changes and self.covered >= LEAST.covered
        comes_back = self.comes_back >= LEAST.comes_back and len(self.filled) > LEAST.rows
        return self.names_roles >= LEAST.names_roles or (comes_back and take_turns)


def is_number(cell: str) -> bool:
    """True if a cell is a number, as of a turn.

    >>> [is_number(cell) for cell in ("12", "n° 3", "4.", "0:12", "deux")]
    [True, True, True, False, False]
    """
    return bool(_NUMBER.fullmatch(cell))


def is_time(cell: str) -> bool:
    """True if a cell is a moment or a span and nothing else.

    >>> [is_time(c) for c in ("0:00.0 - 0:05.0", "1 min 20 s", "12", "[00:01:02-3]", "à 12h")]
    [True, True, False, True, True]
    """
    return len(cell) <= _LONGEST_LABEL and bool(
        _CLOCK_SIGN.search(cell) and _CLOCK.fullmatch(cell.lower())
    )
