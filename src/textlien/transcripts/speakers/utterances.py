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
from itertools import groupby, islice, pairwise

from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.text import marks
from textlien.text.folding import fold
from textlien.text.words import word_count
from textlien.transcripts import notice
from textlien.transcripts.model import Document, Utterance
from textlien.transcripts.speakers import unlabelled
from textlien.transcripts.speakers.learning import learn, likest, says
from textlien.transcripts.speakers.openings import messages, prefixes, programs
from textlien.transcripts.speakers.openings.candidates import Line, Paragraph, bare_lines, opened
from textlien.transcripts.speakers.roles import AMBIGUOUS, known_role
from textlien.transcripts.speakers.signs import signs_of

__all__ = ["Paragraph", "split"]

_BARE_LABEL = re.compile(r"([A-ZÉ][^\W\d_]{4,}) (?=[A-ZÀÂÇÉÈÊÎÔ«])")
_OPENING = re.compile(r"[\[(# ]*([^\]):\t\d]{0,60})")
_NUMBERED = re.compile(r"([^\W\d_]+) ?\d+")
_NUMBERED_TITLE = re.compile(r"(?:\d{1,2}|[IVX]{1,4}|[A-H])(?:[.)]|\s?[-–—])\s?\D")
_SIGN = re.compile(r"[\[\]():]|\d:\d")
# Words of the longest line that is a label with a fault, and nothing else.
_MOST_WORDS = 6
_MOST_PLACES = 6
# Lines and words of the longest notice: a page of « Ville : … »; more words are speech left out.
_LONG_NOTICE = 40
# Lines of title above the notice of a file without labels: study, interview, person.
_MOST_TITLES = 3
# Reports of broken labels a file: the first ones show how they are broken.
_MOST_BROKEN = 50
_LONGEST_BROKEN = 100
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
    speaker "", with a note.
    """
    conversation = messages.read_messages(list(bare_lines(paragraphs)))
    edges = prefixes.taken_off(conversation.lines)
    openings = prefixes.with_inner_times([opened(line) for line in edges.lines])
    lines = learn(openings, {fold(name) for name in declared} | conversation.names)
    labelled = any(line.key for line in lines)
    first = _first_turn(lines, labelled=labelled)
    head, others = _head(lines[:first])
    notes = [*programs.note(conversation.left_out, file), *prefixes.note(edges, file)]
    problems = [*notes, *(_left_out(others, file) if labelled else ())]
    body = _without_title(lines[:first], lines[first:])
    if labelled:
        utterances = _labelled(body)
        problems += [*_broken_labels(body, file), *_repeats(utterances, file)]
        return Document("", head, tuple(utterances), tuple(problems))
    sides = unlabelled.sides(body)
    if sides:
        problems.append(unlabelled.note(sides, Location(file=file)))
        utterances = _utterances(sides.speakers, sides.lines)
        return Document("", head, tuple(utterances), tuple(problems), guesses=sides.roles)
    utterances = _utterances([""] * len(body), body)
    places = {line.place for line in body}
    written = [(bare.text, bare.place) for bare in conversation.lines if bare.place in places]
    signs = tuple(signs_of(written))
    if utterances and not signs:
        problems.append(Problem.note("speakers.no-labels", Location(file=file)))
    return Document("", head, tuple(utterances), tuple(problems), signs=signs)


def _first_turn(lines: Sequence[Line], *, labelled: bool) -> int:
    """Index of the first line of speech; the lines before it are the head."""
    if labelled:
        for index, line in enumerate(lines):
            if line.key and not _in_notice(lines, index):
                return index
        return len(lines)
    index = 0
    while index < len(lines) and _is_notice(lines, index):
        index += 1
    return index


def _in_notice(lines: Sequence[Line], start: int) -> bool:
    """True if « Enquêteur : P. Durand » is followed by « Ville : … », so names and not says."""
    seen: set[str] = set()
    for line in lines[start : start + _LONG_NOTICE]:
        if not notice.pairs(line.text) or (line.key and line.key in seen):
            return False
        if not line.key:
            return True
        seen.add(line.key)
    return False


def _is_notice(lines: Sequence[Line], index: int) -> bool:
    """True if a line of a file without labels describes the interview, or is a title above that."""

    def tells(line: Line) -> bool:
        """True if a line holds an entry of a notice."""
        return bool(notice.pairs(line.text)) or notice.says_fictional(line.text)

    if tells(lines[index]):
        return True
    below = lines[index + 1 : index + 1 + _MOST_TITLES - index] if index < _MOST_TITLES else []
    after = next((number for number, line in enumerate(below) if tells(line)), None)
    return (
        after is not None
        and index + after + 2 < len(lines)
        and (index == 0 or not says(lines[index].text))
        and not any(says(line.text) for line in below[:after])
    )


def _head(lines: Sequence[Line]) -> tuple[dict[str, str], list[Line]]:
    """Entries of the head notice, and its lines that hold none; the first of these is a title."""
    head: dict[str, str] = {}
    others: list[Line] = []
    for index, line in enumerate(lines):
        below = lines[index + 1].text if index + 1 < len(lines) else ""
        entries = notice.pairs(line.text) or notice.columns(line.text, below)
        if notice.says_fictional(line.text) and "fictif" not in entries:
            head["fictif"] = "oui"
        for key, value in entries.items():
            head.setdefault(key, value)
        if not entries and not (index and notice.columns(lines[index - 1].text, line.text)):
            others.append(line)
    if others:
        title = marks.collapse_blanks(others[0].text)
        head.setdefault("titre", title)
        for key, value in notice.in_title(title).items():
            head.setdefault(key, value)
    return head, others


def _left_out(lines: Sequence[Line], file: str) -> Iterator[Problem]:
    """A warning when the lines before the first label, but for a title, may be speech."""
    words = word_count(" ".join(line.text for line in lines[1:]))
    asking = [line for line in lines if line.text.endswith("?")]
    if words > _LONG_NOTICE or asking:
        location = replace((asking or lines[1:])[0].place, file=file)
        words = words or word_count(lines[0].text)
        yield Problem.warning("speakers.words-before-labels", location, words=words)


def _without_title(head: Sequence[Line], body: Sequence[Line]) -> list[Line]:
    """The body with no section where the heading is the title of the document.

    « 1. Parcours » is a section, even if it opens the document.
    """
    titles = {marks.collapse_blanks(line.text) for line in head}
    titles = {title for title in titles if not _NUMBERED_TITLE.match(title)}
    return [line._replace(section="") if line.section in titles else line for line in body]


def _labelled(lines: Sequence[Line]) -> list[Utterance]:
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


def _broken_labels(lines: Sequence[Line], file: str) -> Iterator[Problem]:
    """Lines that begin like a label of this file, yet are not written as one."""
    labels = sorted({line.key for line in lines if line.key})
    keys = set(labels)
    broken = (line for line in lines if not line.key and _is_broken(line, labels, keys))
    for line in islice(broken, _MOST_BROKEN):
        location = replace(line.place, file=file)
        yield Problem.warning("speakers.broken-label", location, text=_excerpt(line.text))


def _is_broken(line: Line, labels: Sequence[str], keys: set[str]) -> bool:
    """True if a line without label opens with one that lacks a colon or a bracket."""
    bare = _BARE_LABEL.match(line.text)
    if bare and fold(bare[1]) in keys and known_role(bare[1]):
        return True
    if len(line.text) > _LONGEST_BROKEN or len(line.text.split()) > _MOST_WORDS:
        return False
    match = _OPENING.match(line.text)
    opening = fold(match[1]) if match else ""
    if len(opening) <= 4:
        return False
    if opening in keys:
        return True
    return bool(likest(opening, labels)) and bool(_SIGN.search(line.text))


def _excerpt(text: str) -> str:
    """The beginning of a text."""
    return text if len(text) <= 40 else f"{text[:40]}…"


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
