"""Lines around the speech: head notices, those of another interview in the same file, asides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, islice
from typing import NamedTuple

from textlien.errors import Problem
from textlien.messages.message import message
from textlien.text import marks
from textlien.text.words import word_count
from textlien.transcripts import notice
from textlien.transcripts.asides import Aside, Row, asides_of
from textlien.transcripts.speakers.learning import LONG_TITLE, says
from textlien.transcripts.speakers.openings.candidates import Line

_NUMBERED_TITLE = re.compile(r"(?:\d{1,2}|[IVX]{1,4}|[A-H])(?:[.)]|\s?[-–—])\s?\D")
_PART_LETTER = re.compile(r"(?<=\d)\s?[a-eA-E]\b")
# Entries that another session of the same interview has too.
_OF_A_SESSION = frozenset({"date", "heure", "jour", "duree", "lieu", "date de l entretien"})
_INITIAL = re.compile(r"\b\w{1,3}\.$")
_CONTINUED = re.compile(r"\b(?:suite|partie|s[ée]ance|reprise|fin)\b", re.IGNORECASE)
# Lines and words of the longest notice: a page of « Ville : … »; more words are speech left out.
_LONG_NOTICE = 40
# Lines of title above the notice of a file without labels: study, interview, person.
_MOST_TITLES = 3
# Turns on both sides of a second head notice: fewer are no interview.
_LEAST_TURNS = 2
# Lines above and below a notice in which labels are compared: minutes of speech.
_NEAR = 200
# Notices amid the turns of a file: a wave of interviews; what has more is no transcript.
_MOST_NOTICES = 50
_EXCERPT = 60


class Part(NamedTuple):
    """The lines of one of several interviews of a file.

    Attributes
    ----------
    head : entries of its notice.
    lines : of its speech.
    problems : a warning that it begins in the midst of the file.
    """

    head: dict[str, str]
    lines: list[Line]
    problems: list[Problem]


def parted(head: dict[str, str], lines: Sequence[Line], file: str) -> list[Part]:
    """Cut the lines below a head notice where another notice begins another interview.

    Parameters
    ----------
    head : entries of the notice of the file, with its title.
    lines : of a file with labels, from the first turn on.
    file : its name in messages.

    Returns
    -------
    One part an interview. Entries that describe the same interview again, « Date : » of a second
    session, are left out with a warning.
    """
    parts = [Part(head, [], [])]
    position = 0
    for start, stop in islice(_notices(lines, head), _MOST_NOTICES):
        notice_lines = lines[start:stop]
        part = parts[-1]
        part.lines.extend(lines[position:start])
        position = stop
        place = replace(notice_lines[0].place, file=file)
        excerpt = excerpt_of(" – ".join(line.text for line in notice_lines))
        if _begins_another(notice_lines, head) or _labels_change(lines, start, stop):
            problem = Problem.warning("speakers.second-head", place, excerpt=excerpt)
            parts.append(Part(head_of(notice_lines)[0], [], [problem]))
            continue
        is_clear = all(_goes_on(line, head) and not _repeats(line, head) for line in notice_lines)
        report = Problem.note if is_clear else Problem.warning
        part.problems.append(report("speakers.notice-amid", place, excerpt=excerpt))
    parts[-1].lines.extend(lines[position:])
    return parts


def _notices(lines: Sequence[Line], head: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Ranges of lines between turns that are a notice, or repeat the title of the file."""
    turns = [index for index, line in enumerate(lines) if line.key]
    if len(turns) < 2 * _LEAST_TURNS:
        return
    stop = 0
    for index in range(turns[_LEAST_TURNS - 1] + 1, turns[-_LEAST_TURNS]):
        if index < stop or not _opens_notice(lines, index, head):
            continue
        stop = index
        while stop < len(lines) and not _is_turn(lines, stop):
            stop += 1
        if _is_notice_amid(lines[index:stop]):
            yield index, stop


def _is_notice_amid(lines: Sequence[Line]) -> bool:
    """True if all lines are entries and titles; below a title a few words may describe."""
    if all(notice.is_entry(line.text) or _may_be_title(line) for line in lines):
        return True
    if not any(_is_title(line) for line in lines) or len(lines) > _LONG_NOTICE:
        return False
    return sum(word_count(line.text) for line in lines) <= 2 * _LONG_NOTICE


def _is_turn(lines: Sequence[Line], index: int) -> bool:
    """True for a line that begins a turn, and is no « Enquêteur : P. Durand » of a notice."""
    line = lines[index]
    return bool(line.key) and not (line.key in notice.KEYS and _in_notice(lines, index))


def _opens_notice(lines: Sequence[Line], index: int, head: Mapping[str, str]) -> bool:
    """True for a line between turns that is an entry of a notice, or a title of an interview."""
    line = lines[index]
    if _is_turn(lines, index):
        return False
    return _repeats(line, head) or notice.is_entry(line.text) or _is_title(line)


def _is_title(line: Line) -> bool:
    """True for « Entretien 2 – M. P. »."""
    return notice.opens_title(line.text) and _may_be_title(line)


def _may_be_title(line: Line) -> bool:
    """True for a line as short as a title, which may end in an initial."""
    return not says(_INITIAL.sub("", line.text))


def _begins_another(lines: Sequence[Line], head: Mapping[str, str]) -> bool:
    """True if a notice amid the turns is that of another interview than the notice above."""
    titles = [line for line in lines if _is_title(line)]
    if titles:
        return not _goes_on(titles[0], head)
    entries = {key: value for line in lines for key, value in notice.pairs(line.text).items()}
    other = {key for key, value in entries.items() if head.get(key, value) != value}
    return bool(other - _OF_A_SESSION) or len(other) >= 2 or len(entries.keys() - head) >= 2


def _goes_on(line: Line, head: Mapping[str, str]) -> bool:
    """True for the title of a further part: « …, suite », « 03b » below « 03a », the same again."""
    title, first = (_PART_LETTER.sub("", text) for text in (line.text, head.get("titre", "")))
    is_same = marks.collapse_blanks(title) == marks.collapse_blanks(first)
    return is_same or bool(_is_title(line) and _CONTINUED.search(line.text))


def _repeats(line: Line, head: Mapping[str, str]) -> bool:
    """True for the title of the file again: on every page, or because two files were joined."""
    return marks.collapse_blanks(line.text) == head.get("titre")


def _labels_change(lines: Sequence[Line], start: int, stop: int) -> bool:
    """True if somebody speaks above a notice and not below it, and the other way round."""
    above = {line.key for line in lines[max(0, start - _NEAR) : start] if line.key}
    below = {line.key for line in lines[stop : stop + _NEAR] if line.key}
    return bool(above - below and below - above)


def _tells(line: Line) -> bool:
    """True if a line holds an entry of a notice."""
    return bool(notice.pairs(line.text)) or notice.says_fictional(line.text)


class Speech(NamedTuple):
    """Lines of an interview without asides, its head with entries that stood at the foot."""

    lines: list[Line]
    head: dict[str, str]
    problems: list[Problem]


def without_notices(lines: Sequence[Line], head: Mapping[str, str], file: str) -> Speech:
    """Leave out notices amid the questions and answers of a file without labels, with a warning.

    Two entries, or a title and an entry: a single one may be a sentence.
    """
    kept: list[Line] = []
    problems: list[Problem] = []
    for is_notice, group in groupby(
        lines, lambda line: notice.is_entry(line.text) or _is_title(line)
    ):
        part = list(group)
        if not is_notice or len(part) < 2:
            kept += part
            continue
        place = replace(part[0].place, file=file)
        excerpt = excerpt_of(" – ".join(line.text for line in part))
        problems.append(Problem.warning("speakers.notice-amid", place, excerpt=excerpt))
    return Speech(kept, dict(head), problems)


def excerpt_of(text: str) -> str:
    """The beginning of a text, for a message."""
    text = marks.collapse_blanks(text)
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"


def without_asides(lines: Sequence[Line], head: Mapping[str, str], file: str) -> Speech:
    """Leave out comments, footnotes, field notes and closing lines, with a note that says so.

    Field notes between turns are reported with a warning: an answer may open like one.
    """
    kinds, references = asides_of([Row(line.text, bool(line.key)) for line in lines])
    speech = [line for index, line in enumerate(lines) if index not in kinds]
    if references:
        speech = [_without_references(line, references) for line in speech]
    entries: dict[str, str] = {}
    for index, kind in kinds.items():
        if kind is Aside.NOTICE:
            entries |= notice.pairs(lines[index].text)
    problems = [_left_aside(lines, kinds, file)] if set(kinds.values()) - {Aside.RULE} else []
    return Speech(speech, entries | dict(head), problems)


def _without_references(line: Line, references: re.Pattern[str]) -> Line:
    """A line without the marks of comments or footnotes; its label stays as it is."""
    if not references.search(line.raw):
        return line
    raw, text, rest = (references.sub("", part) for part in (line.raw, line.text, line.rest))
    pieces = tuple((references.sub("", part), look) for part, look in line.pieces)
    return line._replace(raw=raw, text=text, rest=rest, pieces=pieces)


def _left_aside(lines: Sequence[Line], kinds: Mapping[int, Aside], file: str) -> Problem:
    """Report what was left out, with its first line: in the midst of the speech a warning."""
    counts = Counter(kind for kind in kinds.values() if kind is not Aside.RULE)
    parts = tuple(message(f"speakers.aside-{kind}", n=n) for kind, n in counts.items())
    last = max((index for index, line in enumerate(lines) if line.key), default=-1)
    doubtful = [i for i, kind in kinds.items() if kind is Aside.FIELD_NOTE and i < last]
    first = next(i for i in (*doubtful, *kinds) if kinds[i] is not Aside.RULE)
    report = Problem.warning if doubtful else Problem.note
    place = replace(lines[first].place, file=file)
    return report("speakers.left-aside", place, parts=parts, excerpt=excerpt_of(lines[first].text))


def first_turn(lines: Sequence[Line], *, labelled: bool) -> int:
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
    if _tells(lines[index]):
        return True
    below = lines[index + 1 : index + 1 + _MOST_TITLES - index] if index < _MOST_TITLES else []
    after = next((number for number, line in enumerate(below) if _tells(line)), None)
    return (
        after is not None
        and index + after + 2 < len(lines)
        and (index == 0 or not says(lines[index].text))
        and not any(says(line.text) for line in below[:after])
    )


def head_of(lines: Sequence[Line]) -> tuple[dict[str, str], list[Line]]:
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
    for key, value in _title_of(others[:1]).items():
        head.setdefault(key, value)
    return head, others


def _title_of(first: Sequence[Line]) -> dict[str, str]:
    """Title, and entries in it, in the first line that is no entry; none where that is speech."""
    titles = [marks.collapse_blanks(line.text) for line in first if not _is_sentence(line.text)]
    return {"titre": titles[0], **notice.in_title(titles[0])} if titles else {}


def left_out(lines: Sequence[Line], file: str) -> Iterator[Problem]:
    """A warning when the lines before the first label, but for a title, may be speech."""
    below = lines[1:]
    asking = [line for line in lines if line.text.endswith("?")]
    opening = [line for line in lines[:1] if _is_sentence(line.text)]
    words = word_count(" ".join(line.text for line in [*opening, *below]))
    if words > _LONG_NOTICE or asking or opening:
        location = replace([*asking, *opening, *below][0].place, file=file)
        words = words or word_count(lines[0].text)
        yield Problem.warning("speakers.words-before-labels", location, words=words)


def _is_sentence(text: str) -> bool:
    """True for a first line that is too long for a title, ends a sentence, and opens as none."""
    is_long = len(text.split()) > LONG_TITLE and text.endswith((".", "!", "…"))
    return is_long and not notice.opens_title(text)


def without_title(head: Sequence[Line], body: Sequence[Line]) -> list[Line]:
    """The body with no section where the heading is the title of the document.

    « 1. Parcours » is a section, even if it opens the document.
    """
    titles = {marks.collapse_blanks(line.text) for line in head}
    titles = {title for title in titles if not _NUMBERED_TITLE.match(title)}
    return [line._replace(section="") if line.section in titles else line for line in body]
