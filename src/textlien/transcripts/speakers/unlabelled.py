"""Questions and answers in a file without labels: by bold letters, dashes, or question marks.

Each of the three ways asks for much before it says anything, for what it tells apart are the
researcher's words and the interviewee's: a leaflet with a few rhetorical questions, a list with
dashes and a page with bold headings are no interviews.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from textlien.errors import Problem
from textlien.raw import raw_problem
from textlien.text.marks import collapse_blanks
from textlien.text.words import word_count
from textlien.transcripts.model import Decision
from textlien.transcripts.speakers.candidates import Line

QUESTION, ANSWER = "(question)", "(réponse)"
"""Labels given to the two sides of a file that has none."""

_ASKS = re.compile(r"\?[\s»\"”)*.…!]*$")
_ASKED = re.compile(r"\?")
_DASH = re.compile(r"^\s*[-–—]\s*(?=\S)")
_ENDS = re.compile(r"[.?!…:»\")]\s*$")
_YOU = re.compile(r"\b(?:vous|votre|vos|tu|toi|ton|ta|tes)\b|\bt['’]", re.IGNORECASE)
_ME = re.compile(r"\b(?:je|moi|mon|ma|mes|me|nous|notre|nos|on)\b|\b[jm]['’]", re.IGNORECASE)
_LEAST_BOLD, _BOLD_SHARE = 3, (0.15, 0.6)
_MOSTLY, _LONGEST_TITLE, _SHORT_QUESTION = 0.6, 8, 60
_LEAST_ASKED, _ASKED_SHARE, _ALTERNATE = 4, (0.2, 0.6), 0.8
_LEAST_DASHES, _DASH_SHARE, _SELDOM = 6, 0.7, 0.3


class Sides(NamedTuple):
    """Who says what in a file without labels.

    Attributes
    ----------
    lines : those that are speech, titles and dashes taken off; a title is the section of what
        follows.
    speakers : ``QUESTION`` or ``ANSWER`` by line.
    roles : of the two, with the reason.
    how : what tells the questions, for a note.
    """

    lines: list[Line]
    speakers: list[str]
    roles: dict[str, Decision]
    how: str


def sides(lines: Sequence[Line]) -> Sides | None:
    """Tell the questions of a file without labels from the answers, or nothing.

    Parameters
    ----------
    lines : the speech of the file, the head notice cut off.
    """
    return _by_bold(lines) or _by_dashes(lines) or _by_question_marks(lines)


def note(found: Sides, shown: str) -> Problem:
    """What to tell about a file that was read in this way."""
    asked = sum(
        after == QUESTION and before != QUESTION
        for before, after in pairwise(["", *found.speakers])
    )
    sure = all(decision.sure for decision in found.roles.values())
    return raw_problem(
        shown,
        f"no speaker labels: {asked} questions are told from the answers by {found.how}.",
        f'If this is wrong, put [[speakers.file]] interviewee = ["{QUESTION}"] in the study file.',
        severity="note" if sure else "warning",
    )


def _by_bold(lines: Sequence[Line]) -> Sides | None:
    """Questions in bold; lines in bold that neither ask nor end a sentence are titles."""
    bold = [line for line in lines if line.bold]
    if len(bold) < _LEAST_BOLD or len(bold) == len(lines):
        return None
    share, asking = len(bold) / len(lines), _share(_ASKS, bold)
    # Few, but nearly all ask: the answers are of many paragraphs.
    rare = share < _BOLD_SHARE[0] and len(bold) >= 5 and asking >= _ALTERNATE
    words = median(word_count(line.text) for line in bold)
    answered = median(word_count(line.text) for line in lines if not line.bold)
    told = _share(_ENDS, bold) >= _MOSTLY and words <= answered
    enough = rare or _BOLD_SHARE[0] <= share <= _BOLD_SHARE[1]
    if not enough or words > _SHORT_QUESTION or not asking or not (asking >= _MOSTLY or told):
        return None
    lines = _without_titles(lines)
    speakers = [QUESTION if line.bold else ANSWER for line in lines]
    reason = f"its paragraphs are bold, and {asking:.0%} of them end in « ? »"
    sure = asking >= _MOSTLY and not rare and len(bold) >= 5
    return _sides(
        lines, speakers, (reason, "its paragraphs are not bold"), "bold letters", sure=sure
    )


def _share(pattern: re.Pattern[str], lines: Sequence[Line]) -> float:
    return sum(bool(pattern.search(line.text)) for line in lines) / len(lines)


def _without_titles(lines: Sequence[Line]) -> list[Line]:
    """Titles in bold become the section of the lines below them."""
    speech: list[Line] = []
    title, under = "", ""
    for line in lines:
        short = len(line.text.split()) <= _LONGEST_TITLE
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
    if len(dashed) < max(_LEAST_DASHES, _DASH_SHARE * len(lines)) or lines[0] is not dashed[0]:
        return None
    asking = [_share(_ASKED, dashed[0::2]), _share(_ASKED, dashed[1::2])]
    first = asking.index(max(asking))
    if _share(_ENDS, dashed) < _MOSTLY or max(asking) < _MOSTLY or min(asking) > _SELDOM:
        return None
    speech, speakers, turn = [], [], -1
    for line in lines:
        turn += bool(_DASH.match(line.text))
        speech.append(line._replace(raw=_DASH.sub("", line.raw)))
        speakers.append(QUESTION if turn % 2 == first else ANSWER)
    reason = f"every other line with a dash is its, and {max(asking):.0%} of them ask"
    other = f"every other line with a dash is its, and {min(asking):.0%} of them ask"
    return _sides(speech, speakers, (reason, other), "lines with dashes that alternate", sure=False)


def _by_question_marks(lines: Sequence[Line]) -> Sides | None:
    """Paragraphs that end in « ? », say « vous », and alternate with longer ones that do not."""
    asks = [bool(_ASKS.search(line.text)) for line in lines]
    asked = sum(asks)
    share = asked / len(lines) if lines else 0
    if asked < _LEAST_ASKED or not _ASKED_SHARE[0] <= share <= _ASKED_SHARE[1]:
        return None
    questions = [line.text for line, ask in zip(lines, asks, strict=True) if ask]
    answers = [line.text for line, ask in zip(lines, asks, strict=True) if not ask]
    answered = sum(before and not after for before, after in pairwise(asks))
    addressed = sum(bool(_YOU.search(text)) for text in questions)
    own = sum(bool(_ME.search(text)) for text in answers)
    clear = (
        not asks[-1]
        and any(asks[:2])
        and answered >= _ALTERNATE * asked
        and 2 * median(map(word_count, questions)) <= median(map(word_count, answers))
        and addressed >= 0.5 * asked
        and own >= 0.5 * len(answers)
    )
    if not clear:
        return None
    speakers = [QUESTION if ask else ANSWER for ask in asks]
    reason = f"its paragraphs end in « ? » and alternate with longer ones, {asked} times"
    reasons = (reason, "its paragraphs are longer and do not ask")
    return _sides(list(lines), speakers, reasons, "question marks", sure=False)


def _sides(
    lines: list[Line], speakers: list[str], reasons: tuple[str, str], how: str, *, sure: bool
) -> Sides:
    roles = {
        QUESTION: Decision("interviewer", reasons[0], sure),
        ANSWER: Decision("interviewee", reasons[1], sure),
    }
    return Sides(lines, speakers, roles, how)
