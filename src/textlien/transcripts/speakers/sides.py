"""The two sides of a file without labels: questions and answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from textlien.messages.message import Message
from textlien.transcripts.look import PLAIN, Look
from textlien.transcripts.model import Decision
from textlien.transcripts.speakers.openings.candidates import Line

QUESTION, ANSWER = "(question)", "(réponse)"
"""Labels of the two sides of a file that has none."""

ASKS = re.compile(r"\?[\s»\"”)*.…!]*$")
"""End of a text that asks."""

ENDS = re.compile(r"[.?!…:»\")]\s*$")
"""End of a sentence."""


class Sides(NamedTuple):
    """The two sides of a file without labels.

    Attributes
    ----------
    lines : those that are speech, titles and dashes taken off; a title is the section of what
        follows.
    speakers : ``QUESTION`` or ``ANSWER`` by line.
    roles : of the two, with the reason.
    sign : of the questions, for a note: bold letters, dashes, question marks…
    look : by which they are told, if any; of the questions, or ``of_answers``.
    """

    lines: list[Line]
    speakers: list[str]
    roles: dict[str, Decision]
    sign: Message
    look: Look = PLAIN
    of_answers: bool = False


def sides_of(
    lines: list[Line], speakers: list[str], question: Decision, answer: Decision, sign: Message
) -> Sides:
    """The two sides with the decision of each."""
    return Sides(lines, speakers, {QUESTION: question, ANSWER: answer}, sign)


def share_of(texts: Sequence[str], *patterns: re.Pattern[str]) -> float:
    """Share of some texts that match one of these patterns."""
    return sum(any(pattern.search(text) for pattern in patterns) for text in texts) / len(texts)
