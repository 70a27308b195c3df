"""Utterances, documents and readings: a transcript on its way to table ``turns``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import pandas as pd

from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.text.normalise import normalise

Role = Literal["interviewer", "interviewee", "other"]


class Decision(NamedTuple):
    """The role given to a speaker, and why.

    Attributes
    ----------
    role : who this is.
    reason : in words that a reader of ``textlien check`` understands.
    sure : False where a person should look: the file is then listed with a proposal.
    """

    role: Role
    reason: str
    sure: bool = True


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
        object.__setattr__(self, "text", normalise(self.original))


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
