"""A mention of a person or thing in a turn, as one rule finds it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from textlien.pseudonyms.finding.words import FormKeys, Turn, keys_of
from textlien.pseudonyms.model import Kind
from textlien.pseudonyms.reasons import INITIALS, Evidence, Reason

CONTACT, SITE, CUE, LISTED, GUESS = range(5)
"""Ranks of rules. Of two mentions that meet, the one of the lower rank counts: the shape of a
contact, the word before a place, the word before a person, a list, capitals or spelling alone."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found by one rule in one turn.

    Attributes
    ----------
    turn : number of the turn in the list of turns; -1 for a label or a roster.
    interview : its interview.
    start, end : characters of the turn.
    form : as it stands there.
    kind : what it names.
    evidence : the rule, and what it saw.
    label : stands in the pseudonym, "rue" for « [rue 3] »; empty for persons.
    first_name, surname : keys of the first name and of the surname of a person.
    gender : m, f, or empty.
    sure : False where a person should decide.
    rank : of the rule, see above.
    is_nickname : True behind another name of the same person: « dit Lulu ».
    """

    turn: int
    interview: str
    start: int
    end: int
    form: str
    kind: Kind
    evidence: Evidence
    label: str = ""
    first_name: str = ""
    surname: str = ""
    gender: str = ""
    sure: bool = True
    rank: int = LISTED
    is_nickname: bool = False

    @property
    def keys(self) -> FormKeys:
        """Keys of the words of the form."""
        return keys_of(self.form)

    @property
    def stays(self) -> bool:
        """True for a city of the study, which is not replaced."""
        return self.evidence.reason is Reason.CITY_OF_STUDY

    @property
    def is_initials(self) -> bool:
        """True for a label with the initials of a person and no more."""
        return self.evidence.reason in INITIALS

    def named_like(self, model: Mention, **more: Any) -> Mention:
        """The mention with the kind and the parts of the name of another one."""
        return replace(
            self,
            kind=model.kind,
            label=model.label,
            first_name=model.first_name,
            surname=model.surname,
            gender=model.gender,
            **more,
        )


def mention(
    turn: Turn, first: int, last: int, kind: Kind, reason: Reason, *names: str, **more: Any
) -> Mention:
    """A mention of the words ``first`` to ``last`` of a turn, both included.

    Parameters
    ----------
    names : what the reason is about (:class:`~textlien.pseudonyms.reasons.Evidence`).
    more : further fields of the mention.
    """
    start, end = turn.words[first].start, turn.words[last].end
    return at(turn, start, end, kind, reason, *names, **more)


def at(
    turn: Turn, start: int, end: int, kind: Kind, reason: Reason, *names: str, **more: Any
) -> Mention:
    """A mention of the characters ``start`` to ``end`` of a turn."""
    form = turn.text[start:end].replace("\n", " ")
    evidence = Evidence(reason, names)
    return Mention(turn.number, turn.interview, start, end, form, kind, evidence, **more)


def without_overlap(mentions: Iterable[Mention]) -> list[Mention]:
    """Of mentions of one turn, those to keep: the lower rank, then the longer."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.rank, m.start - m.end, m.start, not m.sure)):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)
