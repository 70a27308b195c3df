"""Utterances, documents and readings: a transcript on its way to table ``turns``."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal, NamedTuple

import pandas as pd

from textlien.errors import Problem
from textlien.messages.message import Location, Message
from textlien.text.normalise import normalise

Role = Literal["interviewer", "interviewee", "other"]


class RoleReason(StrEnum):
    """Reason for the role of a speaker; table ``speakers`` keeps the value."""

    STUDY_FILE = "study-file"
    FILE = "file"
    LABEL = "label"
    ASKS = "asks"
    SAYS_VOUS = "says-vous"
    COLLEAGUE_ASKS = "colleague-asks"
    COLLEAGUE_SAYS_VOUS = "colleague-says-vous"
    SHORT_TURNS = "short-turns"
    FEW_WORDS = "few-words"
    ONLY_SPEAKER = "only-speaker"
    NO_LABEL = "no-label"
    REMAINING = "remaining"
    BOLD = "bold"
    NOT_BOLD = "not-bold"
    SET_APART = "set-apart"
    NOT_SET_APART = "not-set-apart"
    DASHES = "dashes"
    QUESTION_MARKS = "question-marks"
    LONGER_PARAGRAPHS = "longer-paragraphs"


class Evidence(NamedTuple):
    """Figures of a reason; None where the reason has none.

    Attributes
    ----------
    habit : share of the speaker's turns that ask, or of « vous » among « je » and « vous ».
    habit_of_others : greatest share of that habit among the others.
    share_of_words : share of the speaker's words in the interview.
    """

    habit: float | None = None
    habit_of_others: float | None = None
    share_of_words: float | None = None


class Decision(NamedTuple):
    """The role given to a speaker, and why.

    Attributes
    ----------
    role : of the speaker.
    reason : rule that gave the role.
    sure : False where a person should look: the file is then listed with a proposal.
    evidence : figures of the reason.
    """

    role: Role
    reason: RoleReason
    sure: bool = True
    evidence: Evidence = Evidence()


@dataclass(frozen=True, slots=True)
class Utterance:
    """The words of one speaker between those of two others, as the file has them.

    Attributes
    ----------
    speaker : the label as written, or "" where there is none.
    original : the words as the file has them, time marks and all, without the label.
    time_start, time_end : seconds from the beginning of the recording, or None.
    place : where it starts in the file: a paragraph, a line, an interval of a tier.
    section : the thematic section that it stands in (a heading, ``-*theme``), or "".
    text : ``original`` normalised; see :mod:`textlien.text.normalise`. Never given.
    """

    speaker: str
    original: str
    time_start: float | None = None
    time_end: float | None = None
    place: Location = field(default_factory=Location)
    section: str = ""
    text: str = field(init=False)

    def __post_init__(self) -> None:
        """Set ``text`` from ``original``."""
        object.__setattr__(self, "text", normalise(self.original))


class Sign(NamedTuple):
    """Something in a text that makes a person look, and its first place in the file."""

    what: Message
    place: Location


@dataclass(frozen=True, slots=True)
class Document:
    """One interview as its file has it, before roles are decided.

    Attributes
    ----------
    name : "" unless the file holds several interviews.
    head : metadata of the head notice, the starred variables or the columns; keys in lower case.
    utterances : in order.
    problems : what was wrong or was decided while reading.
    variables : name and value of starred variables, columns and the like, as written, in order.
    properties : metadata of the format itself (title, subject, keywords, date of creation), keys
        in lower case. Of less weight than ``head``.
    encoding : of a text file: "utf_8", "cp1252"…; "" where the format has its own.
    roles : role of a label where the file itself states it, in a column or a participant list.
    guesses : role of a label that the reader gave itself, as « (question) » to bold paragraphs.
    signs : of a text without labels, what makes one doubt that it is the speech of one person.
    others : further interviews of the file, each below a head notice of its own.
    """

    name: str
    head: dict[str, str]
    utterances: tuple[Utterance, ...]
    problems: tuple[Problem, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    properties: dict[str, str] = field(default_factory=dict)
    encoding: str = ""
    roles: dict[str, Role] = field(default_factory=dict)
    guesses: dict[str, Decision] = field(default_factory=dict)
    signs: tuple[Sign, ...] = ()
    others: tuple[Document, ...] = ()

    def apart(self) -> list[Document]:
        """Give the interviews of the file, each named by its rank where they are many."""
        if not self.others:
            return [self]
        first = replace(self, others=())
        return [
            replace(part, name=str(rank), encoding=self.encoding, properties=self.properties)
            for rank, part in enumerate([first, *self.others], start=1)
        ]


@dataclass(frozen=True, slots=True)
class Reading:
    """One interview read: its turns with roles, and everything that was noticed.

    Attributes
    ----------
    document : as the file has it, its utterances included.
    turns : table ``turns`` whose ``interview_id`` is "", for the caller to fill.
    roles : role of each label, and why.
    problems : one of severity ``error`` means that the interview cannot be used.
    """

    document: Document
    turns: pd.DataFrame
    roles: dict[str, Decision]
    problems: tuple[Problem, ...] = ()
