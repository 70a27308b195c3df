"""What a rule finds: a mention of somebody or something, and what it is known by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from textlien.pseudonyms.finding.words import Turn
from textlien.pseudonyms.model import Kind

CONTACT, SITE, CUE, LISTED, GUESS = range(5)
"""Of two mentions that meet, the one of the lower rank is taken."""


STAYS = "ville de l'étude"
"""Reason of a city that is not replaced."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found by one rule in one turn.

    Attributes
    ----------
    turn : number of the turn in the list of turns; -1 for what is not in a turn.
    interview : its interview.
    start, end : characters of the turn.
    form : as it stands there.
    kind : what it names.
    label : what stands in the pseudonym, "rue" for « [rue 3] »; empty for persons.
    given, family : keys of the first name and of the surname of a person.
    gender : m, f, or empty.
    sure : whether it is a name beyond reasonable doubt.
    reason : in words, for the sheet.
    rank : see above.
    is_nickname : whether it was called one, behind another name of the same person.
    """

    turn: int
    interview: str
    start: int
    end: int
    form: str
    kind: Kind
    label: str = ""
    given: str = ""
    family: str = ""
    gender: str = ""
    sure: bool = True
    reason: str = ""
    rank: int = LISTED
    is_nickname: bool = False


def mention(turn: Turn, first: int, last: int, kind: Kind, reason: str, **more: Any) -> Mention:
    """A mention of the words ``first`` to ``last`` of a turn, both included."""
    return at(turn, turn.words[first].start, turn.words[last].end, kind, reason, **more)


def at(turn: Turn, start: int, end: int, kind: Kind, reason: str, **more: Any) -> Mention:
    """A mention of the characters ``start`` to ``end`` of a turn."""
    form = turn.text[start:end].replace("\n", " ")
    return Mention(
        turn.number,
        turn.interview,
        start,
        end,
        form,
        kind,
        reason=reason,
        **more,
    )


def without_overlap(found: Iterable[Mention]) -> list[Mention]:
    """Of mentions of one turn, those to keep: the lower rank, then the longer."""
    taken: list[Mention] = []
    for one in sorted(found, key=lambda m: (m.rank, m.start - m.end, m.start, not m.sure)):
        if all(one.end <= other.start or other.end <= one.start for other in taken):
            taken.append(one)
    return sorted(taken, key=lambda m: m.start)
