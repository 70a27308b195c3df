"""Runs of capitalised words that go together: where one ends, with the word before and a label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textlien.pseudonyms.finding.entities import NamedSpan
from textlien.pseudonyms.finding.gazetteers import gazetteers
from textlien.pseudonyms.finding.predicates import (
    JOINING,
    follows,
    is_capital,
    is_common,
    is_frequent,
    is_town,
    run_from,
    skip,
)
from textlien.pseudonyms.finding.words import Turn

LEADING = frozenset(["le", "la", "les"])
"""Articles that a title begins with: « Le Relais du Nord »."""


class Run(NamedTuple):
    """Words ``first`` to ``last`` of a turn that go together, and their label by the model."""

    first: int
    last: int
    key: str
    before: str
    label: str

    @property
    def is_word(self) -> bool:
        """True for one word."""
        return self.first == self.last


def run_of(turn: Turn, first: int, last: int, entities: Sequence[NamedSpan]) -> Run:
    """The words ``first`` to ``last`` with the word before and the label of the model."""
    start, end = turn.words[first].start, turn.words[last].end
    label = next((e.label for e in entities if e.start < end and start < e.end), "")
    before = turn.words[first - 1].key if first and turn.words[first].joined else ""
    key = " ".join(word.key for word in turn.words[first : last + 1])
    return Run(first, last, key, before, label)


def last_of_run(turn: Turn, first: int) -> int:
    """Last word of a name, which may hold small words: « Les Pieds sur Terre »."""
    last = run_from(turn, first)
    if turn.words[first].key not in LEADING:
        return next((k - 1 for k in range(first + 1, last + 1) if _is_next(turn, first, k)), last)
    while True:
        after = skip(turn, last + 1, JOINING)
        if not follows(turn, after) or not is_capital(turn, after):
            return last
        last = after


def _is_next(turn: Turn, first: int, index: int) -> bool:
    """True for another name behind one, where speech has no comma: « Argentine Martha Argerich ».

    Parameters
    ----------
    first : first word of the name before.
    """
    before, word, listed = turn.words[first], turn.words[index], gazetteers()
    if word.key == turn.words[index - 1].key or is_ordinal(word.key):
        return True
    if index == first + 1 and is_town(before.key):
        return is_town(word.key) or is_frequent(word.key)
    return is_town(word.key) and not listed.is_first_name(before.key)


def is_ordinal(key: str) -> bool:
    """True for « Quinzième » and « Dix-neuvième »."""
    return key.endswith("ieme") and is_common(key.replace(" ", "-").replace("ieme", "ième"))
