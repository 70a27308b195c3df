"""Questions and answers in a file without labels: by bold letters, dashes, or question marks.

Each of the three ways demands much evidence, since it separates the words of the researcher from
those of the interviewee: a leaflet with a few rhetorical questions, a list with dashes and a page
with bold headings are not interviews.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress, pairwise
from statistics import median
from typing import NamedTuple

from textlien.errors import Problem
from textlien.messages.message import Location, message
from textlien.text.marks import collapse_blanks
from textlien.text.words import word_count
from textlien.transcripts.model import Decision, Evidence, RoleReason
from textlien.transcripts.speakers.candidates import Line
from textlien.transcripts.speakers.habits import ME_OR_ON, YOU

QUESTION, ANSWER = "(question)", "(réponse)"
"""Labels of the two sides of a file that has none."""

_ASKS = re.compile(r"\?[\s»\"”)*.…!]*$")
_ASKED = re.compile(r"\?")
_DASH = re.compile(r"^\s*[-–—]\s*(?=\S)")
_ENDS = re.compile(r"[.?!…:»\")]\s*$")


class BoldThresholds(NamedTuple):
    """Thresholds from which bold paragraphs are questions.

    Attributes
    ----------
    least : bold paragraphs; with fewer, they are titles and a sentence stressed.
    share : lowest and highest share of bold lines: more is a text in bold, less is its titles.
    many : bold paragraphs from which the sides are sure, and from which fewer than the lowest
        share are enough if nearly all ask, since answers may be of many paragraphs.
    mostly : share that must end in « ? », or in any mark that ends a sentence where they are no
        longer than answers (« Parlez-moi de vous. »).
    nearly_all : share that must ask where bold lines are rare.
    longest : words of the median question; longer paragraphs in bold are summaries.
    longest_title : words of a title in bold.
    """

    least: int = 3
    share: tuple[float, float] = (0.15, 0.6)
    many: int = 5
    mostly: float = 0.6
    nearly_all: float = 0.8
    longest: int = 60
    longest_title: int = 8


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


BOLD = BoldThresholds()
DASHES = DashThresholds()
MARKS = MarkThresholds()


class Sides(NamedTuple):
    """The two sides of a file without labels.

    Attributes
    ----------
    lines : those that are speech, titles and dashes taken off; a title is the section of what
        follows.
    speakers : ``QUESTION`` or ``ANSWER`` by line.
    roles : of the two, with the reason.
    sign : of the questions, for a note: "bold", "dashes" or "question-marks".
    """

    lines: list[Line]
    speakers: list[str]
    roles: dict[str, Decision]
    sign: str


def sides(lines: Sequence[Line]) -> Sides | None:
    """Separate the questions of a file without labels from the answers; None where unclear.

    Parameters
    ----------
    lines : the speech of the file, the head notice cut off.
    """
    return _by_bold(lines) or _by_dashes(lines) or _by_question_marks(lines)


def note(parted: Sides, location: Location) -> Problem:
    """Report that a file was read in this way: a warning, or a note where it is sure."""
    questions = sum(
        after == QUESTION and before != QUESTION
        for before, after in pairwise(["", *parted.speakers])
    )
    sign = message(f"speakers.by-{parted.sign}")
    if all(decision.sure for decision in parted.roles.values()):
        return Problem.note(
            "speakers.questions-told", location, questions=questions, sign=sign, label=QUESTION
        )
    return Problem.warning(
        "speakers.questions-guessed", location, questions=questions, sign=sign, label=QUESTION
    )


def _by_bold(lines: Sequence[Line]) -> Sides | None:
    """Questions in bold; lines in bold that neither ask nor end a sentence are titles."""
    bold = [line for line in lines if line.bold]
    if len(bold) < BOLD.least or len(bold) == len(lines):
        return None
    share, asking = len(bold) / len(lines), _share(_ASKS, bold)
    are_usual = BOLD.share[0] <= share <= BOLD.share[1]
    if not (are_usual or _are_rare_questions(len(bold), share, asking)):
        return None
    if not _may_be_questions(lines, asking):
        return None
    speech = _without_titles(lines)
    is_sure = asking >= BOLD.mostly and are_usual and len(bold) >= BOLD.many
    return _sides(
        speech,
        [QUESTION if line.bold else ANSWER for line in speech],
        Decision("interviewer", RoleReason.BOLD, is_sure, Evidence(habit=asking)),
        Decision("interviewee", RoleReason.NOT_BOLD, is_sure),
        "bold",
    )


def _are_rare_questions(bold: int, share: float, asking: float) -> bool:
    """True if few lines are bold, yet nearly all of them ask: answers are of many paragraphs."""
    return share < BOLD.share[0] and bold >= BOLD.many and asking >= BOLD.nearly_all


def _may_be_questions(lines: Sequence[Line], asking: float) -> bool:
    """True if bold lines are as short as questions, and ask or end as sentences do."""
    bold = [line for line in lines if line.bold]
    words = median(word_count(line.text) for line in bold)
    answered = median(word_count(line.text) for line in lines if not line.bold)
    are_sentences = _share(_ENDS, bold) >= BOLD.mostly and words <= answered
    return words <= BOLD.longest and asking > 0 and (asking >= BOLD.mostly or are_sentences)


def _share(pattern: re.Pattern[str], lines: Sequence[Line]) -> float:
    """Share of some lines that match a pattern."""
    return sum(bool(pattern.search(line.text)) for line in lines) / len(lines)


def _without_titles(lines: Sequence[Line]) -> list[Line]:
    """Titles in bold become the section of the lines below them."""
    speech: list[Line] = []
    title, under = "", ""
    for line in lines:
        short = len(line.text.split()) <= BOLD.longest_title
        if line.section != under:  # a heading of the document counts for more
            title, under = "", line.section
        if line.bold and short and not _ENDS.search(line.text):
            title = collapse_blanks(line.text)
        else:
            speech.append(line._replace(section=title) if title else line)
    return speech


def _by_dashes(lines: Sequence[Line]) -> Sides | None:
    """A dialogue: nearly all lines begin with a dash, and every other one asks."""
    dashed = [line for line in lines if _DASH.match(line.text)]
    least = max(DASHES.least, DASHES.share * len(lines))
    if len(dashed) < least or lines[0] is not dashed[0]:
        return None
    asking = [_share(_ASKED, dashed[0::2]), _share(_ASKED, dashed[1::2])]
    first = asking.index(max(asking))
    one_side_asks = max(asking) >= DASHES.mostly and min(asking) <= DASHES.seldom
    if _share(_ENDS, dashed) < DASHES.mostly or not one_side_asks:
        return None
    speech, speakers, turn = [], [], -1
    for line in lines:
        turn += bool(_DASH.match(line.text))
        speech.append(line._replace(raw=_DASH.sub("", line.raw)))
        speakers.append(QUESTION if turn % 2 == first else ANSWER)
    questions, answers = Evidence(habit=max(asking)), Evidence(habit=min(asking))
    return _sides(
        speech,
        speakers,
        Decision("interviewer", RoleReason.DASHES, sure=False, evidence=questions),
        Decision("interviewee", RoleReason.DASHES, sure=False, evidence=answers),
        "dashes",
    )


def _by_question_marks(lines: Sequence[Line]) -> Sides | None:
    """Paragraphs that end in « ? », say « vous », and alternate with longer ones that do not."""
    asks = [bool(_ASKS.search(line.text)) for line in lines]
    asked = sum(asks)
    lowest, highest = MARKS.share
    if asked < MARKS.least or not lowest <= asked / len(lines) <= highest:
        return None
    texts = [line.text for line in lines]
    questions = list(compress(texts, asks))
    answers = list(compress(texts, (not ask for ask in asks)))
    if not (_alternate(asks) and _talk_to_each_other(questions, answers)):
        return None
    return _sides(
        list(lines),
        [QUESTION if ask else ANSWER for ask in asks],
        Decision("interviewer", RoleReason.QUESTION_MARKS, sure=False),
        Decision("interviewee", RoleReason.LONGER_PARAGRAPHS, sure=False),
        "question-marks",
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


def _sides(
    lines: list[Line], speakers: list[str], question: Decision, answer: Decision, sign: str
) -> Sides:
    """The two sides with the decision of each."""
    return Sides(lines, speakers, {QUESTION: question, ANSWER: answer}, sign)
