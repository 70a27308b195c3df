"""Doubts about single lines of a file whose questions are set apart by their look.

The look tells the sides of a whole file; a writer may have stressed an answer with it, described
what happens, or asked in the middle of an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import NamedTuple

from textlien.errors import Problem
from textlien.transcripts.look import Look
from textlien.transcripts.speakers.asking import facts_of
from textlien.transcripts.speakers.habits import ME
from textlien.transcripts.speakers.heads import excerpt_of
from textlien.transcripts.speakers.openings.candidates import Line
from textlien.transcripts.speakers.sides import ASKS, QUESTION, Sides


class LineThresholds(NamedTuple):
    """Thresholds from which a line is hardly of its side. Judgements.

    Attributes
    ----------
    longest, times : words of a question that does not ask, and times those of the median one.
    described : words of a line amid an answer that neither asks nor says « je ».
    asked : words of a question inside an answer: one word may be stressed.
    """

    longest: int = 60
    times: float = 3
    described: int = 5
    asked: int = 2


LINES = LineThresholds()

_ASIDE = re.compile(r"\([^()]{1,300}\)\W{0,3}")
# What interviewers say between two questions.
_LISTENS = re.compile(
    r"(?:d['’]accord|ok|oui|non|bon|bien|très|ah|euh|mm+h?|hum|donc|et|alors|voilà|merci|c['’]est|"
    r"ça|on|parce|mais|ou|par exemple|justement|en effet|bonjour|exactement|tout à fait)\b",
    re.IGNORECASE,
)


def doubted(sides: Sides, file: str) -> tuple[Sides, list[Problem]]:
    """The sides, not sure where single lines are odd, and a problem for each kind of those.

    Parameters
    ----------
    sides : of a file without labels.
    file : its name in messages.
    """
    kinds = {
        "long": list(_long(sides)),
        "described": list(_described(sides)),
        "inside": list(_inside(sides.lines, sides)),
    }
    problems = [_problem(kind, lines, file) for kind, lines in kinds.items() if lines]
    if all(problem.severity == "note" for problem in problems):
        return sides, problems
    roles = {label: role._replace(sure=False) for label, role in sides.roles.items()}
    return sides._replace(roles=roles), problems


def _problem(kind: str, lines: Sequence[tuple[Line, str]], file: str) -> Problem:
    """The problem of some lines of a kind, each with the words to quote."""
    line, text = lines[0]
    place, excerpt, n = replace(line.place, file=file), excerpt_of(text), len(lines)
    if kind == "long":
        return Problem.warning("speakers.long-question", place, n=n, excerpt=excerpt)
    if kind == "described":
        # No doubt about the sides: most such lines are the interviewer's, who concludes or reads
        # out, and a scene that counts as the interviewer's is in no theme and no share.
        return Problem.note("speakers.maybe-described", place, n=n, excerpt=excerpt)
    return Problem.warning("speakers.question-in-answer", place, n=n, excerpt=excerpt)


def _long(sides: Sides) -> Iterator[tuple[Line, str]]:
    """Questions that do not ask and are far longer than the others."""
    questions = [
        line
        for line, speaker in zip(sides.lines, sides.speakers, strict=True)
        if speaker == QUESTION
    ]
    usual = median(facts_of(line.text).words for line in questions) if questions else 0
    least = max(LINES.longest, LINES.times * usual)
    for line in questions:
        if facts_of(line.text).words > least and not ASKS.search(line.text):
            yield line, line.text


def _described(sides: Sides) -> Iterator[tuple[Line, str]]:
    """Lines of the look of questions between answers that speak to nobody: « Il se lève. ».

    In parentheses, they went with the answer above.
    """
    speakers = ["", *sides.speakers, ""]
    for at, line in enumerate(sides.lines, start=1):
        is_amid = speakers[at - 1] != QUESTION != speakers[at + 1]
        is_question = speakers[at] == QUESTION and is_amid and at > 1
        if (is_question or _is_aside(line, sides)) and _describes(line.text):
            yield line, line.text


def _is_aside(line: Line, sides: Sides) -> bool:
    """True for a line of the look of questions in parentheses."""
    return _has_look(line.look, sides) and bool(_ASIDE.fullmatch(line.text))


def _has_look(look: Look, sides: Sides) -> bool:
    """True for the look of questions, where a look tells them."""
    return bool(sides.look) and sides.look.isdisjoint(look) is sides.of_answers


def _describes(text: str) -> bool:
    """True for a sentence that speaks to nobody and of nobody present."""
    facts = facts_of(text)
    is_short = LINES.described <= facts.words <= LINES.longest
    speaks = facts.prompts or "?" in text or ME.search(text) or _LISTENS.match(text.lstrip("("))
    return is_short and facts.ends and not speaks


def _inside(lines: Sequence[Line], sides: Sides) -> Iterator[tuple[Line, str]]:
    """Stretches of answers that have the look of questions and ask."""
    for line, speaker in zip(lines, sides.speakers, strict=True):
        for text, look in line.pieces if speaker != QUESTION else ():
            if _asks_apart(text, look, sides):
                yield line, text.strip()


def _asks_apart(text: str, look: Look, sides: Sides) -> bool:
    """True for words of the look of questions that end in « ? »."""
    is_apart = _has_look(look, sides) and len(text.split()) >= LINES.asked
    return is_apart and bool(ASKS.search(text))
