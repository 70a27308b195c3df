"""Questions inside cells of answers: « Relance : Depuis quand ? » between two paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.text.folding import fold
from textlien.transcripts.layout.blocks import Block
from textlien.transcripts.layout.tabular.cells import ASKS, Column
from textlien.transcripts.layout.tabular.headers import ColumnRole, label_of_voice
from textlien.transcripts.speakers.asking import LOOKS
from textlien.transcripts.speakers.roles import known_role
from textlien.transcripts.speakers.sides import ANSWER, QUESTION

_OPENING = re.compile(r"\W{0,3}([^\W\d_]{1,20})\.?(?:\s?\d{1,2})?[)\]]?\s{0,3}[:：]\s{0,3}")
_ROLES = {QUESTION: "interviewer", ANSWER: "interviewee"}
_LONGEST_EXAMPLE = 40


def asker_of(columns: Sequence[Column]) -> str:
    """Label of the column of questions, or ""."""
    voices = (column.label for column in columns if column.role is ColumnRole.VOICE)
    return next((label for label in voices if _role_of(label) == "interviewer"), "")


def parted(blocks: Sequence[Block], label: str, asker: str) -> Iterator[tuple[Block, str]]:
    """Paragraphs of a cell of answers, each with its label.

    What opens with a word for a question, as « Relance : », is of the column of questions up to
    the end of its paragraph, or of the next one where the word stands alone.

    Parameters
    ----------
    blocks : of the cell.
    label, asker : of its column, and of that of questions.
    """
    speaker = label
    for block in blocks:
        if not asker or label == asker:
            yield block, label
            continue
        opening = _OPENING.match(block.text)
        side = _side(opening[1]) if opening else ""
        if not (opening and side):
            yield block, speaker
            speaker = label
            continue
        speaker = asker if side == "interviewer" else label
        text = block.text[opening.end() :]
        if text.strip():
            yield block._replace(text=text, pieces=()), speaker
            speaker = label


def problem_of(
    columns: Sequence[Column], place: Location, *, are_parted: bool
) -> Iterator[Problem]:
    """A warning of questions that stay in cells of answers.

    Parameters
    ----------
    columns : of the table.
    place : of it.
    are_parted : paragraphs that open with a word for a question are told apart by :func:`parted`.
    """
    asker = asker_of(columns)
    answers = [c for c in columns if asker and c.role is ColumnRole.VOICE and c.label != asker]
    lines = [
        line for c in answers for cell in c.filled for line in _asking(cell, are_parted=are_parted)
    ]
    if lines:
        example = lines[0] if len(lines[0]) <= _LONGEST_EXAMPLE else f"{lines[0][:40]}…"
        yield Problem.warning(
            "transcripts.questions-in-answers", place, n=len(lines), example=example
        )


def _asking(cell: str, *, are_parted: bool) -> Iterator[str]:
    """Lines of a cell that ask between two others, or open with a word for a question."""
    lines = [line.strip() for line in cell.split("\n")]
    for at, line in enumerate(lines):
        is_between = 0 < at < len(lines) - 1 and len(line.split()) <= LOOKS.longest_stray
        before = lines[at - 1] if at else ""
        follows_name = before.endswith((":", "：")) and _opens_a_question(before)
        if follows_name or _opens_a_question(line):
            if not are_parted or _goes_on(line):
                yield line
        elif is_between and ASKS.search(line):
            yield line


def _opens_a_question(line: str) -> bool:
    """True for « Relance : Depuis quand ? »."""
    opening = _OPENING.match(line)
    return opening is not None and _side(opening[1]) == "interviewer"


def _goes_on(line: str) -> bool:
    """True for « Relance : Depuis quand ? Depuis 2009. »: the answer is in the same paragraph."""
    return "?" in line and not ASKS.search(line)


def _side(name: str) -> str:
    """Role that the opening of a paragraph names, or ""."""
    return _role_of(label_of_voice(fold(name)))


def _role_of(label: str) -> str:
    """Role of the label of a column, or ""."""
    return _ROLES.get(label) or known_role(label) or ""
