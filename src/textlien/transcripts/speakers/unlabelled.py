"""Questions and answers in a file without labels, or where only one side has a label.

Without labels they are separated by their look, dashes, or question marks.

Each of the three ways demands much evidence, since it separates the words of the researcher from
those of the interviewee: a leaflet with a few rhetorical questions, a list with dashes and a page
with bold headings are not interviews.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import compress, pairwise
from statistics import median
from typing import NamedTuple

from textlien.errors import Problem
from textlien.messages.message import Location, message
from textlien.text.words import word_count
from textlien.transcripts.model import Decision, Evidence, Role, RoleReason
from textlien.transcripts.speakers.habits import ME_OR_ON, YOU
from textlien.transcripts.speakers.heads import excerpt_of
from textlien.transcripts.speakers.openings.candidates import STATED, Line
from textlien.transcripts.speakers.roles import known_role
from textlien.transcripts.speakers.set_apart import by_look
from textlien.transcripts.speakers.sides import (
    ANSWER,
    ASKS,
    ENDS,
    QUESTION,
    Sides,
    share_of,
    sides_of,
)

_ASKED = re.compile(r"\?")
_DASH = re.compile(r"^\s*[-–—]\s*(?=\S)")


class DashThresholds(NamedTuple):
    """Thresholds from which lines with dashes are a dialogue.

    Attributes
    ----------
    least : lines with a dash, three questions and three answers.
    share : of the lines that have one; the others go on with a speech.
    mostly : share of the lines that end a sentence, and of one side that asks.
    seldom : greatest share of the other side that asks.
    """

    least: int = 6
    share: float = 0.7
    mostly: float = 0.6
    seldom: float = 0.3


class MarkThresholds(NamedTuple):
    """Thresholds from which paragraphs that end in « ? » are the questions of an interview.

    Attributes
    ----------
    least : questions; a leaflet has a few that are rhetorical.
    share : lowest and highest share of the paragraphs that ask.
    answered : share of the questions that an answer follows at once.
    length : times that the median answer is longer than the median question.
    pronouns : share of the questions that say « vous », and of the answers that say « je ».
    """

    least: int = 4
    share: tuple[float, float] = (0.2, 0.6)
    answered: float = 0.8
    length: float = 2
    pronouns: float = 0.5


class OneSideThresholds(NamedTuple):
    """Thresholds from which paragraphs without label are those of the other side. Judgements.

    Attributes
    ----------
    least : paragraphs without a label, one a turn.
    parted : share of the turns with a label that a paragraph without one parts from the next.
    asks, seldom : least share of the questions, and greatest share of the answers, that ask.
    """

    least: int = 3
    parted: float = 0.8
    asks: float = 0.6
    seldom: float = 0.3


class Completed(NamedTuple):
    """Lines of an interview in which both sides have a label.

    Attributes
    ----------
    lines : those of the other side are labelled ``QUESTION`` or ``ANSWER``.
    guesses : role of that label.
    problems : a warning, or a note where it is sure.
    """

    lines: list[Line]
    guesses: dict[str, Decision]
    problems: list[Problem]


DASHES = DashThresholds()
ONE_SIDE = OneSideThresholds()
MARKS = MarkThresholds()


def sides(lines: Sequence[Line]) -> Sides | None:
    """Separate the questions of a file without labels from the answers; None where unclear.

    Parameters
    ----------
    lines : the speech of the file, the head notice cut off.
    """
    return by_look(lines) or _by_dashes(lines) or _by_question_marks(lines)


def with_both_sides(lines: Sequence[Line], file: str) -> Completed:
    """Give a label to the other side where only questions, or only answers, have one.

    « Q : Et ensuite ? », and below it a paragraph without label: that answers.

    Parameters
    ----------
    lines : of one interview, from its first label on.
    file : its name in messages.
    """
    labelled = [index for index, line in enumerate(lines) if line.key]
    gaps = _gaps(lines, labelled)
    parts = list(filter(None, gaps))
    if len(parts) < max(ONE_SIDE.least, ONE_SIDE.parted * (len(labelled) - 1)):
        return Completed(list(lines), {}, [])
    turns = [lines[index] for index in labelled]
    below = [gap[0] for gap in parts]
    if _all_ask(turns, [lines[index] for index in below]):
        is_sure = len(parts) == len(gaps) and _side(turns) == "interviewer"
        return _completed(lines, below, ANSWER, file, sure=is_sure)
    between = [gap[-1] for gap in filter(None, gaps[:-1])]
    if _all_answer(turns, [lines[index] for index in between]):
        return _completed(lines, between, QUESTION, file, sure=False)
    return Completed(list(lines), {}, [])


def _gaps(lines: Sequence[Line], labelled: Sequence[int]) -> list[range]:
    """Lines below each turn with a label; where that stands alone, the first below is the turn."""
    return [
        range(index + 1 + (not lines[index].rest), following)
        for index, following in pairwise([*labelled, len(lines)])
    ]


def _side(turns: Sequence[Line]) -> str:
    """The role that all labels name, "" where they name none, and « several » elsewhere."""
    roles = {known_role(line.name) or "" for line in turns}
    is_single = len(roles) == 1 and (roles != {""} or len({line.key for line in turns}) == 1)
    return roles.pop() if is_single else "several"


def _all_ask(turns: Sequence[Line], others: Sequence[Line]) -> bool:
    """True if the turns with a label are questions: by its name, or since they ask."""
    side = _side(turns)
    asked = share_of([line.rest for line in turns], ASKS)
    answers_ask = share_of([line.text for line in others], ASKS)
    return side == "interviewer" or (
        side == "" and asked >= ONE_SIDE.asks and answers_ask <= ONE_SIDE.seldom
    )


def _all_answer(turns: Sequence[Line], others: Sequence[Line]) -> bool:
    """True if the turns with a label are answers, and what stands between them asks."""
    return (
        _side(turns) in ("", "interviewee")
        and share_of([line.text for line in others], ASKS) >= ONE_SIDE.asks
        and share_of([line.rest for line in turns], ASKS) <= ONE_SIDE.seldom
    )


def _completed(
    lines: Sequence[Line], chosen: Sequence[int], label: str, file: str, *, sure: bool
) -> Completed:
    """Lines of which some begin a turn of the other side, and what is said of it."""
    first = lines[chosen[0]]
    completed = list(lines)
    for index in chosen:
        line = lines[index]
        completed[index] = line._replace(form=STATED, name=label, key=label, rest=line.raw)
    role: Role = "interviewee" if label == ANSWER else "interviewer"
    reason = RoleReason.REMAINING if label == ANSWER else RoleReason.QUESTION_MARKS
    report = Problem.note if sure else Problem.warning
    problem = report(
        "speakers.one-side-labelled",
        replace(first.place, file=file),
        n=len(chosen),
        label=label,
        role=role,
        excerpt=excerpt_of(first.text),
    )
    return Completed(completed, {label: Decision(role, reason, sure=sure)}, [problem])


def note(parted: Sides, location: Location) -> Problem:
    """Report that a file was read in this way: a warning, or a note where it is sure."""
    questions = sum(
        after == QUESTION and before != QUESTION
        for before, after in pairwise(["", *parted.speakers])
    )
    if all(decision.sure for decision in parted.roles.values()):
        return Problem.note(
            "speakers.questions-told",
            location,
            questions=questions,
            sign=parted.sign,
            label=QUESTION,
        )
    return Problem.warning(
        "speakers.questions-guessed",
        location,
        questions=questions,
        sign=parted.sign,
        label=QUESTION,
    )


def _by_dashes(lines: Sequence[Line]) -> Sides | None:
    """A dialogue: nearly all lines begin with a dash, and every other one asks."""
    dashed = [line for line in lines if _DASH.match(line.text)]
    least = max(DASHES.least, DASHES.share * len(lines))
    if len(dashed) < least or lines[0] is not dashed[0]:
        return None
    texts = [line.text for line in dashed]
    asking = [share_of(texts[0::2], _ASKED), share_of(texts[1::2], _ASKED)]
    first = asking.index(max(asking))
    one_side_asks = max(asking) >= DASHES.mostly and min(asking) <= DASHES.seldom
    if share_of(texts, ENDS) < DASHES.mostly or not one_side_asks:
        return None
    speech, speakers, turn = [], [], -1
    for line in lines:
        turn += bool(_DASH.match(line.text))
        speech.append(line._replace(raw=_DASH.sub("", line.raw)))
        speakers.append(QUESTION if turn % 2 == first else ANSWER)
    questions, answers = Evidence(habit=max(asking)), Evidence(habit=min(asking))
    return sides_of(
        speech,
        speakers,
        Decision("interviewer", RoleReason.DASHES, sure=False, evidence=questions),
        Decision("interviewee", RoleReason.DASHES, sure=False, evidence=answers),
        message("speakers.by-dashes"),
    )


def _by_question_marks(lines: Sequence[Line]) -> Sides | None:
    """Paragraphs that end in « ? », say « vous », and alternate with longer ones that do not."""
    asks = [bool(ASKS.search(line.text)) for line in lines]
    asked = sum(asks)
    lowest, highest = MARKS.share
    if asked < MARKS.least or not lowest <= asked / len(lines) <= highest:
        return None
    texts = [line.text for line in lines]
    questions = list(compress(texts, asks))
    answers = list(compress(texts, (not ask for ask in asks)))
    if not (_alternate(asks) and _talk_to_each_other(questions, answers)):
        return None
    return sides_of(
        list(lines),
        [QUESTION if ask else ANSWER for ask in asks],
        Decision("interviewer", RoleReason.QUESTION_MARKS, sure=False),
        Decision("interviewee", RoleReason.LONGER_PARAGRAPHS, sure=False),
        message("speakers.by-question-marks"),
    )


def _alternate(asks: Sequence[bool]) -> bool:
    """True if a text begins with a question, ends with an answer, and answers nearly each."""
    answered = sum(before and not after for before, after in pairwise(asks))
    return not asks[-1] and any(asks[:2]) and answered >= MARKS.answered * sum(asks)


def _talk_to_each_other(questions: Sequence[str], answers: Sequence[str]) -> bool:
    """True if questions say « vous », and longer answers « je »."""
    addressed = sum(bool(YOU.search(text)) for text in questions)
    about_oneself = sum(bool(ME_OR_ON.search(text)) for text in answers)
    length = MARKS.length * median(map(word_count, questions))
    return (
        length <= median(map(word_count, answers))
        and addressed >= MARKS.pronouns * len(questions)
        and about_oneself >= MARKS.pronouns * len(answers)
    )
