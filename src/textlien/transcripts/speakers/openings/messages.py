"""Conversations that a messaging program exported, and lines that programs add to transcripts.

WhatsApp, Signal, Telegram and others put day and hour before or behind the name of whoever writes.
These are neither words nor moments of a recording, and go. So do lines that the program wrote:
calls, media that were left out, messages that were deleted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textlien.text import dates
from textlien.text.folding import fold
from textlien.transcripts.speakers.openings import programs
from textlien.transcripts.speakers.openings.candidates import Line, cut, remainder
from textlien.transcripts.speakers.openings.voices import repeated

MESSAGE = "message"
"""Form of a label that a messaging program wrote."""

_STAMP = rf"[\[(]?\s?{dates.MOMENT}\s?[\])]?"
_LEAD = re.compile(rf"\s{{0,4}}{_STAMP}\s{{0,4}}[-–—:|]?\s{{0,4}}", re.IGNORECASE)
_TAIL = re.compile(
    rf"(?P<name>[^\n]{{1,60}}?)[\s,–—|-]{{1,5}}{_STAMP}\s?:?\s{{0,4}}", re.IGNORECASE
)
_LABEL = re.compile(r"[~\s]{0,3}(?P<name>[^:\n]{1,60}?)\s?:(?:\s+|$)")
_DAY = re.compile(rf"[\s_=*–—-]{{0,12}}{dates.DAY}[\s_=*–—-]{{0,12}}", re.IGNORECASE)
# A quick look: a digit at the beginning, an hour anywhere.
_SIGN, _HOUR = re.compile(r"\d"), re.compile(r"\d ?[:hH.] ?\d\d")
# Of messages, the exported ones are three at least; fewer dates may stand in any text.
_LEAST = 3
# Share of the dated lines that have a name; the others were written by the program.
_NAMED = 0.5
_MOST_WORDS = 6
# Characters of a line that is a name, day and hour.
_LONGEST_HEAD = 120


class Conversation(NamedTuple):
    """Lines of a file, and those left out that a program wrote.

    Attributes
    ----------
    lines : in order; those of an exported conversation have the labels of their messages.
    names : labels of messages, folded.
    left_out : lines of programs.
    """

    lines: list[Line]
    names: frozenset[str]
    left_out: list[Line]


def read_messages(lines: Sequence[Line]) -> Conversation:
    """Read dates and names of messages, and leave out the lines of programs.

    Parameters
    ----------
    lines : all of a file, in order, their labels not yet looked for.
    """
    spoken, left_out = programs.without_closings(lines)
    parted = _by_leads(spoken) or _by_tails(spoken)
    if parted is None:
        return Conversation(spoken, frozenset(), left_out)
    kept: list[Line] = []
    for index, line in enumerate(parted):
        after = parted[index + 1] if index + 1 < len(parted) else None
        if not _is_of_program(line):
            kept.append(_unedited(line))
            continue
        left_out.append(line)
        if line.key and after and not after.form:  # the words below are of whoever sent the picture
            kept.append(line._replace(rest=""))
    names = frozenset(line.key for line in kept if line.form == MESSAGE)
    return Conversation(kept, names, left_out)


def _leads(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Lines that begin with day and hour, each with where these end."""
    for index, line in enumerate(lines):
        if not line.form and _SIGN.search(line.text, 0, 12):
            match = _LEAD.match(line.text) if _HOUR.search(line.text, 0, _LONGEST_HEAD) else None
            if match:
                yield index, match.end()


def _by_leads(lines: Sequence[Line]) -> list[Line] | None:
    """Lines of messages that begin with day and hour; None where the file holds none."""
    leads = dict(_leads(lines))
    if len(leads) < _LEAST:
        return None
    rests = {index: lines[index].text[start:].strip() for index, start in leads.items()}
    alone = repeated([fold(text) for text in rests.values() if _is_name(text)])
    messages: dict[int, tuple[str, int]] = {}
    for index, rest in rests.items():
        label = _LABEL.match(rest)
        end = len(lines[index].text)
        if label and _is_name(label["name"]):
            messages[index] = (label["name"], end - len(rest) + label.end())
        elif fold(rest) in alone:
            messages[index] = (rest, end)
    return _parted(lines, messages, set(leads))


def _by_tails(lines: Sequence[Line]) -> list[Line] | None:
    """Lines of messages below a name with day and hour: « Claire, [12/03/2024 14:02] »."""
    heads = {
        index: match["name"].strip(" ,–—|-~")
        for index, line in enumerate(lines)
        if not line.form and len(line.text) <= _LONGEST_HEAD and _HOUR.search(line.text)
        if (match := _TAIL.fullmatch(line.text)) and _is_name(match["name"])
    }
    names = repeated([fold(name) for name in heads.values()])
    messages = {
        index: (name, len(lines[index].text))
        for index, name in heads.items()
        if fold(name) in names
    }
    return _parted(lines, messages, set(messages)) if len(messages) >= _LEAST else None


def _parted(
    lines: Sequence[Line], messages: dict[int, tuple[str, int]], dated: set[int]
) -> list[Line] | None:
    """Lines with the labels of messages; None where most dated lines are no messages.

    Parameters
    ----------
    lines : of the file.
    messages : name, and where the message begins, by line.
    dated : lines with day and hour; those without a name are of the program.
    """
    if len(messages) < max(_LEAST, _NAMED * len(dated)):
        return None
    if not repeated([fold(name) or name for name, _ in messages.values()]):
        return None
    parted: list[Line] = []
    for index, line in enumerate(lines):
        if index in messages:
            name, start = messages[index]
            parted.append(_labelled(line, name, start))
        elif index in dated or _DAY.fullmatch(line.text):
            parted.append(line._replace(form=MESSAGE))
        else:
            parted.append(line)
    return parted


def _labelled(line: Line, name: str, start: int) -> Line:
    """A line with the label of its message; a name of digits or pictures is its key as it is."""
    rest = remainder(line.raw, line.text, start) if start < len(line.text) else ""
    name = name.strip(" ~")
    return line._replace(form=MESSAGE, name=name, key=fold(name) or name, rest=rest)


def _is_of_program(line: Line) -> bool:
    """True if a message or a line of it was written by the program."""
    if line.form == MESSAGE and not line.key:
        return True
    return programs.is_mention(line.rest if line.form == MESSAGE else line.text)


def _unedited(line: Line) -> Line:
    """A message without the remark that it was edited."""
    if line.form == MESSAGE:
        return line._replace(rest=programs.without_remark(line.rest))
    text = programs.without_remark(line.text)
    return cut(line, 0, len(text)) if text and text != line.text else line


def _is_name(text: str) -> bool:
    """True if a text may be the name of somebody who writes."""
    return 0 < len(text.split()) <= _MOST_WORDS and not text.rstrip().endswith(("?", "!", "…"))
