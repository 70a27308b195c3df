"""Doubts about who speaks, once roles are decided: the net under everything that reads labels.

Each doubt is a warning that says what was seen, and where; the roles that it concerns are no
longer sure, so that the interview is listed with lines for the study file. What the study file
states is never doubted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.study.options import UNLABELLED
from textlien.text.marks import LINE_END
from textlien.transcripts.model import Decision, Document, RoleReason, Sign, Utterance
from textlien.transcripts.speakers.doubts.signs import asking_signs, opening_signs, signs_of
from textlien.transcripts.speakers.roles import known_role
from textlien.transcripts.speakers.sides import ASKS
from textlien.transcripts.speakers.stretches import stretches

# « Mme Y. : (parle en arabe) »; a role in parentheses may be a label all the same.
_MARK_ALONE = re.compile(r"\((?P<mark>[^()\n]{1,120})\)\W{0,3}")


class DoubtThresholds(NamedTuple):
    """Thresholds of doubts. Judgements; of 68 real interviews none is doubted.

    Attributes
    ----------
    one_voice, turns : share of the turns from which one label is the only voice of a file, and
        turns from which shares count.
    asks, asks_turns : share of the turns of an interviewee that end in « ? », and turns.
    """

    one_voice: float = 0.9
    turns: int = 10
    asks: float = 0.6
    asks_turns: int = 3


DOUBTS = DoubtThresholds()


class Doubts(NamedTuple):
    """Decisions of which some are no longer sure, and a warning for each doubt."""

    decisions: dict[str, Decision]
    problems: list[Problem]


def doubt(document: Document, decisions: Mapping[str, Decision], file: str) -> Doubts:
    """Look at an interview again for signs that its roles are wrong.

    Parameters
    ----------
    document : one interview.
    decisions : role of each of its labels.
    file : its name in messages.
    """
    open_to_doubt = {
        label
        for label, decision in decisions.items()
        if decision.reason not in (RoleReason.STUDY_FILE, RoleReason.FILE)
    }
    doubted = dict(decisions)
    problems = []
    for label, problem in _doubts(document, decisions, file):
        if label in open_to_doubt:
            doubted[label] = doubted[label]._replace(sure=False)
            problems.append(problem)
    return Doubts(doubted, problems)


def _doubts(
    document: Document, decisions: Mapping[str, Decision], file: str
) -> Iterator[tuple[str, Problem]]:
    """Each doubt with the label that it concerns."""
    turns = Counter(utterance.speaker for utterance in document.utterances)
    if not turns:
        return
    label, most = turns.most_common(1)[0]
    if label == "" and len(turns) == 1:
        yield from _of_no_label(document, file)
    elif len(turns) == 1 or (most >= DOUBTS.turns and most > DOUBTS.one_voice * turns.total()):
        yield from _of_one_voice(document, label, file)
    else:
        yield from _of_labels_in_speech(document, file)
    yield from _of_those_who_ask(document.utterances, decisions, turns, file)
    yield from _of_other_interviewees(document.utterances, decisions, file)


def _of_no_label(document: Document, file: str) -> Iterator[tuple[str, Problem]]:
    """A text without labels that is hardly that of one person."""
    signs = document.signs or tuple(signs_of(_lines(document.utterances)))
    if signs:
        seen = tuple(sign.what for sign in signs)
        location = replace(signs[0].place, file=file)
        yield (
            "",
            Problem.warning(
                "speakers.maybe-a-dialogue", location, signs=seen, path=file, label=UNLABELLED
            ),
        )


def _of_one_voice(document: Document, label: str, file: str) -> Iterator[tuple[str, Problem]]:
    """A label that has nearly all turns, though somebody asks in them."""
    lines = _lines(part for part in document.utterances if part.speaker == label)
    signs = [*opening_signs(lines), *asking_signs(lines)]
    if signs:
        location = replace(signs[0].place, file=file)
        seen = tuple(sign.what for sign in signs)
        yield label, Problem.warning("speakers.one-voice", location, speaker=label, signs=seen)


def _of_labels_in_speech(document: Document, file: str) -> Iterator[tuple[str, Problem]]:
    """Openings inside turns that look like labels, and were read as speech."""
    spoken = [line for line in _lines(document.utterances) if not _is_mark(line[0])]
    for sign in opening_signs(spoken):
        location = replace(sign.place, file=file)
        problem = Problem.warning("speakers.labels-in-speech", location, sign=sign.what)
        for label in _speakers_at(document.utterances, sign):
            yield label, problem


def _is_mark(line: str) -> bool:
    """True for a line that is a remark in parentheses and nothing else."""
    match = _MARK_ALONE.fullmatch(line)
    return match is not None and known_role(match["mark"]) is None and not _is_name(match["mark"])


def _is_name(text: str) -> bool:
    """True if all words have capitals, as in « Claire Roux »: that may be a label."""
    return all(word[:1].isupper() for word in text.split())


def _speakers_at(utterances: Sequence[Utterance], sign: Sign) -> list[str]:
    """The speaker of the turn where a sign was first seen."""
    return [part.speaker for part in utterances if part.place == sign.place][:1]


def _of_those_who_ask(
    utterances: Sequence[Utterance],
    decisions: Mapping[str, Decision],
    turns: Counter[str],
    file: str,
) -> Iterator[tuple[str, Problem]]:
    """Interviewees whose turns nearly all end in a question."""
    asked = Counter(part.speaker for part in utterances if ASKS.search(part.text))
    for label, times in asked.items():
        share = times / turns[label]
        answers = label and decisions[label].role == "interviewee" and len(turns) > 1
        if answers and times >= DOUBTS.asks_turns and share >= DOUBTS.asks:
            first = next(part for part in utterances if part.speaker == label)
            location = replace(first.place, file=file)
            percent = round(100 * share)
            yield (
                label,
                Problem.warning("speakers.asks-yet-answers", location, name=label, share=percent),
            )


def _of_other_interviewees(
    utterances: Sequence[Utterance], decisions: Mapping[str, Decision], file: str
) -> Iterator[tuple[str, Problem]]:
    """Interviewees who all give way to others: perhaps two interviews in one file."""
    parts = stretches(utterances)
    if len(parts) > 1:
        return  # :func:`~textlien.transcripts.speakers.roles.decide` has said so
    answers = [part for part in utterances if decisions[part.speaker].role == "interviewee"]
    runs = [list(group) for _, group in groupby(answers, key=lambda part: part.speaker)]
    if len(runs) == 2 and min(map(len, runs)) >= DOUBTS.asks_turns:
        before, after = (run[0].speaker for run in runs)
        location = replace(runs[1][0].place, file=file)
        yield (
            after,
            Problem.warning("speakers.interviewee-changes", location, before=before, after=after),
        )


def _lines(utterances: Iterator[Utterance] | Sequence[Utterance]) -> list[tuple[str, Location]]:
    """Lines of some turns, each with the place of its turn."""
    return [
        (line.strip(), part.place)
        for part in utterances
        for line in LINE_END.split(part.text)
        if line.strip()
    ]
