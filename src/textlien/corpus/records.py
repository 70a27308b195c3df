"""Records of interviews whose file was read: everything but the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from textlien.errors import Problem
from textlien.text.sketch import Sketch
from textlien.transcripts.model import Role, RoleReason

_NO_WORDS = Sketch()


@dataclass(frozen=True, slots=True)
class SpeakerRecord:
    """One speaker of an interview: a row of table ``speakers``.

    Attributes
    ----------
    speaker : label.
    role, reason, sure, habit, habit_of_others, share_of_words : decision, its figures included.
    n_turns, n_words : counts.
    """

    speaker: str
    role: Role
    reason: RoleReason
    sure: bool
    n_turns: int
    n_words: int
    habit: float | None = None
    habit_of_others: float | None = None
    share_of_words: float | None = None


@dataclass(frozen=True, slots=True)
class InterviewRecord:
    """One interview of a file that was read, or that could not be.

    Attributes
    ----------
    interview_id : identifier of the interview.
    name : of the interview in its file, "" unless the file holds several.
    head, properties : as in :class:`~textlien.transcripts.model.Document`.
    encoding : of a text file.
    turns : key of the shard of table ``turns``; "" where there is none.
    n_turns, n_words, n_words_interviewer : counts; ``n_words`` of the interviewees.
    duration : seconds up to the last time mark, or None.
    speakers : in the order in which they first speak.
    variables : name and value, in order.
    sketch : of its words, to recognise another version of it.
    problems : of the reading; one of severity ``error`` leaves the interview out.
    """

    interview_id: str
    name: str = ""
    head: Mapping[str, str] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    turns: str = ""
    n_turns: int = 0
    n_words: int = 0
    n_words_interviewer: int = 0
    duration: float | None = None
    speakers: tuple[SpeakerRecord, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    sketch: Sketch = _NO_WORDS
    problems: tuple[Problem, ...] = ()

    def to_plain(self) -> dict[str, object]:
        """The record as JSON has it."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return values | {
            "speakers": [asdict(speaker) for speaker in self.speakers],
            "problems": [problem.to_plain() for problem in self.problems],
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> InterviewRecord:
        """The record that :meth:`to_plain` was called on."""
        parts = {
            "speakers": tuple(
                SpeakerRecord(**{**speaker, "reason": RoleReason(speaker["reason"])})
                for speaker in plain["speakers"]
            ),
            "variables": tuple((name, value) for name, value in plain["variables"]),
            "sketch": Sketch(plain["sketch"][0], tuple(plain["sketch"][1])),
            "problems": tuple(Problem.from_plain(problem) for problem in plain["problems"]),
        }
        return cls(**{**plain, **parts})
