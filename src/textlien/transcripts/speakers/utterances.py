"""From paragraphs to utterances, by the speaker labels learnt from the file.

A label is not recognised one line at a time: the openings of all lines are read first
(:mod:`textlien.transcripts.speakers.openings.candidates`), the labels of this file are learnt from
them (:mod:`textlien.transcripts.speakers.learning`), and files without labels are searched for
questions set apart (:mod:`textlien.transcripts.speakers.unlabelled`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.text import marks
from textlien.text.folding import fold
from textlien.transcripts.model import Document, Utterance
from textlien.transcripts.speakers import unlabelled
from textlien.transcripts.speakers.doubts import apart, slips
from textlien.transcripts.speakers.doubts.signs import signs_of
from textlien.transcripts.speakers.heads import (
    Part,
    first_turn,
    head_of,
    left_out,
    parted,
    without_asides,
    without_notices,
    without_title,
)
from textlien.transcripts.speakers.learning import learn
from textlien.transcripts.speakers.openings import messages, prefixes, programs, styles
from textlien.transcripts.speakers.openings.candidates import Line, Paragraph, bare_lines, opened
from textlien.transcripts.speakers.roles import AMBIGUOUS

__all__ = ["Paragraph", "split"]

_NUMBERED = re.compile(r"([^\W\d_]+) ?\d+")
_MOST_PLACES = 6
# A slip of the transcriber is seldom: more are two persons of one label.
_MOST_REPEATS = 0.05


def split(
    paragraphs: Sequence[Paragraph], file: str, declared: frozenset[str] = frozenset()
) -> Document:
    """Find the head notice, the labels and the utterances of one interview.

    Parameters
    ----------
    paragraphs : not blank, in order; line feeds inside are soft breaks.
    file : its name in messages.
    declared : labels of the study file, which are labels even where they occur once.

    Returns
    -------
    One document. All paragraphs of one speech are one utterance, joined by line feeds; another
    one begins where the section changes. In a file without labels, questions set apart by bold
    letters or dashes, or by their question marks, have the speaker « (question) »; else it is of
    speaker "", with a note. Where another head notice begins another interview, that is in
    ``others``.
    """
    conversation = messages.read_messages(list(bare_lines(paragraphs)))
    edges = prefixes.taken_off(conversation.lines)
    stated = frozenset(map(fold, declared))
    timed = prefixes.with_inner_times([opened(line, stated) for line in edges.lines])
    styled = styles.with_styles(timed)
    names = set(stated) | conversation.names | styled.names
    lines = learn(styled.lines, names)
    labelled = any(line.key for line in lines)
    first = first_turn(lines, labelled=labelled)
    head, others = head_of(lines[:first])
    notes = [*programs.note(conversation.left_out, file), *prefixes.note(edges, file)]
    body = without_title(lines[:first], lines[first:])
    if labelled:
        problems = [*notes, *left_out(others, file)]
        parts = [_labelled(part, file) for part in parted(head, body, file)]
        return replace(parts[0], problems=(*problems, *parts[0].problems), others=tuple(parts[1:]))
    body, head, problems = without_asides(body, head, file)
    problems = [*notes, *problems]
    speech, head, notices = without_notices(body, head, file)
    sides = unlabelled.sides(speech)
    if sides:
        problems += notices
        problems.append(unlabelled.note(sides, Location(file=file)))
        sides, odd = apart.doubted(sides, file)
        problems += odd
        utterances = _utterances(sides.speakers, sides.lines)
        return Document("", head, tuple(utterances), tuple(problems), guesses=sides.roles)
    utterances = _utterances([""] * len(body), body)
    places = {line.place for line in body}
    written = [(bare.text, bare.place) for bare in conversation.lines if bare.place in places]
    signs = tuple(signs_of(written))
    if utterances and not signs:
        problems.append(Problem.note("speakers.no-labels", Location(file=file)))
    return Document("", head, tuple(utterances), tuple(problems), signs=signs)


def _labelled(part: Part, file: str) -> Document:
    """One interview of a file with labels."""
    lines, head, asides = without_asides(part.lines, part.head, file)
    lines, guesses, one_side = unlabelled.with_both_sides(lines, file)
    utterances = _turns(lines)
    problems = [
        *part.problems,
        *asides,
        *one_side,
        *slips.unlabelled_lines(lines, file),
        *slips.broken_labels(lines, file),
        *slips.labels_inside(lines, file),
        *slips.labels_alike(lines, file),
        *_repeats(utterances, file),
    ]
    return Document("", head, tuple(utterances), tuple(problems), guesses=guesses)


def _turns(lines: Sequence[Line]) -> list[Utterance]:
    """Utterances of a body that begins with a label; each label as it is mostly spelt."""
    spellings: dict[str, Counter[str]] = {}
    for line in lines:
        if line.key:
            spellings.setdefault(line.key, Counter())[line.name] += 1
    names = {key: counts.most_common(1)[0][0] for key, counts in spellings.items()}
    names |= _numbered(names, spellings)
    speakers = []
    speaker = ""
    for line in lines:
        speaker = names[line.key] if line.key else speaker
        speakers.append(speaker)
    return _utterances(speakers, lines)


def _numbered(names: dict[str, str], spellings: dict[str, Counter[str]]) -> dict[str, str]:
    """« Q1 », « Q2 », « Q3 »… that come once each number the questions: they are one speaker."""
    series: dict[str, list[str]] = {}
    for key, counts in spellings.items():
        number = _NUMBERED.fullmatch(key)
        if number and number[1] in AMBIGUOUS and counts.total() == 1:
            series.setdefault(number[1], []).append(key)
    return {
        key: re.split(r"[\s\d]", names[key])[0]
        for keys in series.values()
        if len(keys) >= 3
        for key in keys
    }


def _utterances(speakers: Sequence[str], lines: Sequence[Line]) -> list[Utterance]:
    """Lines of one speaker and section together; a line with a label always begins anew."""
    turn = 0
    numbered = []
    for index, (speaker, line) in enumerate(zip(speakers, lines, strict=True)):
        same = index and (speaker, line.section) == (speakers[index - 1], lines[index - 1].section)
        turn += not same or bool(line.key)
        numbered.append((turn, speaker, line))
    utterances = []
    for _, group in groupby(numbered, key=lambda item: item[0]):
        (_, speaker, line), *others = group
        opening_line = line.rest if line.key else line.raw
        raw = "\n".join([opening_line, *(other.raw for _, _, other in others)])
        times = _times([line, *(other for _, _, other in others[:1])], raw)
        utterance = Utterance(speaker, raw.lstrip("\n"), *times, line.place, line.section)
        if utterance.text:
            utterances.append(utterance)
    return utterances


def _times(first: Sequence[Line], raw: str) -> tuple[float | None, float | None]:
    """Times of a turn: of its label, of the prefix of its first words, or written before these."""
    line, *others = first
    clocks = [
        line.time,
        line.clock,
        *(other.clock for other in others if line.key and not line.rest),
    ]
    opening = marks.BRACKETED_TIME.match(raw.lstrip())
    written = opening.group() if opening else ""
    return marks.times_of(next(filter(None, clocks), written))


def _repeats(utterances: Sequence[Utterance], file: str) -> Iterator[Problem]:
    """Labels that follow themselves in a file of two voices which nearly always alternate."""
    again = [
        after
        for before, after in pairwise(utterances)
        if (before.speaker, before.section) == (after.speaker, after.section)
    ]
    voices = {utterance.speaker for utterance in utterances}
    if len(voices) == 2 and again and len(again) <= _MOST_REPEATS * len(utterances):
        location, speaker = replace(again[0].place, file=file), again[0].speaker
        places = tuple(utterance.place for utterance in again[:_MOST_PLACES])
        yield Problem.note(
            "speakers.answers-itself", location, speaker=speaker, times=len(again), places=places
        )
