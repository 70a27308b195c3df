"""What a reader of transcripts hands over: utterances, documents, and turns with their roles."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from textlien.errors import Problem


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one speaker said at one go, as found in a file.

    Attributes
    ----------
    speaker : the label as written, or "" where there is none.
    text : the words, paragraphs joined by line feeds, without time marks.
    time_start, time_end : seconds from the beginning of the recording, or None.
    place : where it starts: "paragraph 12", "line 40", "tier Mira, interval 3".
    """

    speaker: str
    text: str
    time_start: float | None = None
    time_end: float | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One interview as found in a file, before roles are decided.

    Attributes
    ----------
    name : "" unless the file holds several interviews.
    head : what the head notice, the starred variables or the columns say; keys in lower case.
    utterances : in order.
    problems : what was wrong or was decided while reading.
    """

    name: str
    head: dict[str, str]
    utterances: tuple[Utterance, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One interview read: its turns with roles, and everything that was noticed.

    Attributes
    ----------
    name, head : as in :class:`Document`.
    turns : table ``turns`` whose ``interview_id`` is "", for the caller to fill.
    problems : one of severity ``error`` means that the interview cannot be used.
    """

    name: str
    head: dict[str, str]
    turns: pd.DataFrame
    problems: tuple[Problem, ...] = field(default=())
