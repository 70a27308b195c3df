"""Numbers and times at the edges of lines, learnt from a file as a whole and taken off.

People number the lines or the turns of a transcript, and programs put the time of the recording
before a label, behind it, at the end of a turn or on a line of its own, each in its notation. One
line does not tell whether « 3 » or « 12.30 » is a mark or was said: the same form must come back on
most lines, or before the labels, and its values must rise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.text import clocks
from textlien.text.folding import fold
from textlien.text.marks import BRACKETED_TIME
from textlien.transcripts import rising
from textlien.transcripts.speakers.openings.candidates import Line, cut, remainder
from textlien.transcripts.speakers.openings.voices import are_voices, repeated


class Rising(NamedTuple):
    """Thresholds from which numbers or times at the edges of lines are marks, not speech.

    Attributes
    ----------
    least : marks of one form; three may stand in a list.
    share : of them that must rise, since a person mistypes some.
    regular : share of the steps from number to number that are alike, where no label follows.
    least_step : between numbers that do not stand on each line.
    everywhere : share of the lines that have such a mark, where no label follows.
    nearly_all : share of the lines from which numbers are of lines, not of turns.
    rounds : kinds of marks that stand before each other, as a number before a time.
    """

    least: int = 4
    share: float = 0.8
    regular: float = 0.7
    least_step: int = 2
    everywhere: float = 0.6
    nearly_all: float = 0.9
    rounds: int = 3


RISING = Rising()

_NOTATIONS = {
    "colons": clocks.COLONS,
    "primes": rf"(?:{clocks.PRIMES}|{clocks.OPEN_PRIMES})",
    "units": clocks.UNITS,
    "dots": clocks.DOTS,
    "decimals": clocks.DECIMALS,
}
# A line that is a number with decimals and nothing else may be a price.
_UNMISTAKABLE = ("colons", "primes", "units")
_MOMENT = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _NOTATIONS.items())
_AGAIN = "|".join(_NOTATIONS.values())
_CLOCK = (
    r"(?P<open>[\[({<|#@]?)\s?(?:(?:[Tt]|TC|[Tt]ime|[Tt]emps|[Tt]imecode)\s?[=:]?\s?)?"
    rf"(?:{_MOMENT})(?:-\d{{1,3}}(?=\s?#))?"
    rf"(?:(?:\s?(?:-->|->|→|[-–—]|à|to|/)\s?|\s?)(?:{_AGAIN}))?(?P<close>(?:\s?[\])}}>|#])?)"
)
_LEAD_CLOCK = re.compile(rf"\s{{0,9}}{_CLOCK}(?P<gap>\s{{0,9}}(?:[-–—:|/*•]\s)?\s{{0,9}})(?=\S|$)")
_TAIL_CLOCK = re.compile(rf"(?P<gap>\s{{0,9}}(?:[-–—|/*]\s)?){_CLOCK}\s{{0,4}}$")
_INNER_CLOCK = re.compile(
    rf"[\[(]?(?P<name>[^\W\d_][^:\n]{{0,50}}?)[\s,–—-]{{1,9}}(?:(?:à|at|@) )?{_CLOCK}"
    r"(?P<gap>\s{0,4}[-–—:|]?(?:\s{1,9}|$))"
)
_LEAD_NUMBER = re.compile(
    r"\s{0,9}(?P<open>[\[({<#«§*|=–—-]{0,2})\s?"
    r"(?P<word>(?:(?:[Ll]|T|TP|[Ll]igne|[Ll]ine|[Tt]our|[Nn]°|[Nn]o|§|[Pp])[.°]?\s?)?)"
    r"(?P<number>\d{1,5})(?P<close>[\])}>»|]?(?:\s?[.,:)°·|/–—-](?=\s)|[.:)/|_-]?))"
    r"(?P<gap>\s{0,40})(?=\S|$)"
)
_TAIL_NUMBER = re.compile(
    r"(?P<gap>\s{2,60}|\t)(?P<open>)(?P<word>)(?P<number>\d{1,5})(?P<close>)$"
)
_LEAD_SIGN = re.compile(
    r"[\W_]{0,6}(?:(?:[LlTtPp]|TP|TC|[Ll]igne|[Ll]ine|[Tt]our|[Nn][o°]|[Tt]ime\w{0,4}|[Tt]emps)"
    r"[.°]?\s?)?[=:]?\s?\d"
)
_TAIL_SIGN = re.compile(r"\d[\W_]{0,4}[a-z]{0,8}[\W_]{0,4}$", re.IGNORECASE)
_OPENING = re.compile(
    r"[\W_]{0,4}(?P<name>[^\W\d_][\w.'’&°·-]{0,30}(?: [\w.'’&°·()-]{1,30}){0,5}?)\s{0,3}"
    r"(?:[:：>|=–—)\]»”\"/]|\t| {2}|\s-\s|\*\*|$)"
)
_NAME = re.compile(r"|[^\W\d_][\w.'’&°·() -]{0,39}\s?:?")
# Forms of labels whose time was read with them.
_TIMED = frozenset(("timed", "dated", "bracket", "message"))
# Characters at an edge of a line in which such a mark ends.
_EDGE = 80
# Words of a line that is a name and a time, and nothing else.
_LONGEST_NAME = 5


class _Mark(NamedTuple):
    """A number or a time at an edge of a line.

    Attributes
    ----------
    line : its place among the lines.
    form : kind, notation and signs around it: marks of one form are judged together.
    value : the number, or seconds.
    text : the mark as written.
    start, end : what of the line's text remains.
    """

    line: int
    form: tuple[str, ...]
    value: float
    text: str
    start: int
    end: int


class TakenOff(NamedTuple):
    """Lines without marks at their edges, and what was taken off.

    Attributes
    ----------
    lines : in order; lines of a mark alone are gone.
    numbers : marks that are numbers, as written, each with the place of its line.
    """

    lines: list[Line]
    numbers: list[tuple[str, Location]]


def taken_off(lines: Sequence[Line]) -> TakenOff:
    """Take numbers and times off the lines that have them as their file does.

    Parameters
    ----------
    lines : all of a file, in order, their labels not yet looked for.
    """
    kept, numbers = list(lines), list[tuple[str, Location]]()
    for _ in range(RISING.rounds):
        chosen = _chosen(_leads(kept), kept) or _chosen(_tails(kept), kept)
        if not chosen:
            break
        numbers += [(mark.text, kept[mark.line].place) for mark in chosen if _is_number(mark)]
        kept = _without(kept, chosen)
    return TakenOff(kept, numbers)


def with_inner_times(lines: Sequence[Line]) -> list[Line]:
    """Lines with labels behind which a time stands in any notation: « Mme L. 3 min 12 : Oui »."""
    marks: list[_Mark] = []
    names: dict[int, str] = {}
    for index, line in enumerate(lines):
        if line.form in _TIMED or not any(map(str.isdigit, line.text[:_EDGE])):
            continue
        match = _INNER_CLOCK.match(line.text[: 2 * _EDGE])
        if match and len(match["name"].split()) <= _LONGEST_NAME:
            names[index] = match["name"].strip(" ,–—-")
            marks.append(_clock(index, match, "inner", match.end(), len(line.text)))
    kept = list(lines)
    for group in _groups(marks):
        if _is_rising(group) and are_voices([fold(names[mark.line]) for mark in group]):
            for mark in group:
                kept[mark.line] = _labelled(kept[mark.line], names[mark.line], mark)
    return kept


def note(result: TakenOff, file: str) -> list[Problem]:
    """A note that counts the numbers taken off; times need none, they are kept as such."""
    if not result.numbers:
        return []
    example, place = result.numbers[0]
    numbers, place = len(result.numbers), replace(place, file=file)
    return [Problem.note("speakers.line-numbers", place, numbers=numbers, example=example)]


def _leads(lines: Sequence[Line]) -> list[_Mark]:
    """Numbers and times at the beginning of lines."""
    marks: list[_Mark] = []
    for index, line in enumerate(lines):
        if line.form or not _LEAD_SIGN.match(line.text):
            continue
        opening = line.text[:_EDGE]
        clock, number = _LEAD_CLOCK.match(opening), _LEAD_NUMBER.match(opening)
        if clock and _is_apart(clock, opening):
            marks.append(_clock(index, clock, "lead", clock.end(), len(line.text)))
        if number and _is_apart(number, opening):
            marks.append(_number(index, number, "lead", number.end(), len(line.text)))
    return marks


def _tails(lines: Sequence[Line]) -> list[_Mark]:
    """Numbers and times at the end of lines, but for times that are taken off all texts."""
    marks: list[_Mark] = []
    for index, line in enumerate(lines):
        before = max(0, len(line.text) - _EDGE // 2)
        ending = line.text[before:]
        if line.form or not _TAIL_SIGN.search(ending):
            continue
        clock, number = _TAIL_CLOCK.search(ending), _TAIL_NUMBER.search(ending)
        if clock and (clock["gap"] or clock["open"]) and not BRACKETED_TIME.search(clock.group()):
            marks.append(_clock(index, clock, "tail", 0, before + clock.start()))
        if number:
            marks.append(_number(index, number, "tail", 0, before + number.start()))
    return marks


def _is_apart(match: re.Match[str], text: str) -> bool:
    """True if a mark ends where a blank, a sign or the line does, not within a word or a sum."""
    after = text[match.end() : match.end() + 1]
    return not after or bool(match["gap"]) or (bool(match["close"]) and not after.isdigit())


def _clock(index: int, match: re.Match[str], side: str, start: int, end: int) -> _Mark:
    """The mark of a time."""
    notation = next(name for name in _NOTATIONS if match[name])
    form, moment = (side, notation, match["open"], match["close"]), match[notation]
    return _Mark(index, form, clocks.seconds(moment), moment, start, end)


def _number(index: int, match: re.Match[str], side: str, start: int, end: int) -> _Mark:
    """The mark of a number."""
    gap = "\t" if "\t" in match["gap"] else " "
    signs = (match["open"], match["word"].strip(), match["close"].strip(), gap)
    written = match.group().strip()
    return _Mark(index, (side, "number", *signs), float(match["number"]), written, start, end)


def _is_number(mark: _Mark) -> bool:
    """True if a mark is the number of a line or of a turn."""
    return mark.form[1] == "number"


def _groups(marks: Iterable[_Mark]) -> list[list[_Mark]]:
    """Marks of one form together, in order; forms of few marks are left out, most come first."""
    groups: dict[tuple[str, ...], list[_Mark]] = {}
    for mark in marks:
        groups.setdefault(mark.form, []).append(mark)
    many = [group for group in groups.values() if len(group) >= RISING.least]
    return sorted(many, key=lambda group: (_is_number(group[0]), -len(group)))


def _chosen(marks: Sequence[_Mark], lines: Sequence[Line]) -> list[_Mark]:
    """Marks of the first form that is no speech; none where there is no such form."""
    for group in _groups(marks):
        chosen = _numbers(group, lines) if _is_number(group[0]) else _times(group, lines)
        if chosen:
            return chosen
    return []


def _times(group: list[_Mark], lines: Sequence[Line]) -> list[_Mark]:
    """All times of a form, where they rise and stand before labels, nearly everywhere, or alone."""
    is_usual = len(group) >= RISING.everywhere * len(lines)
    are_alone = group[0].form[1] in _UNMISTAKABLE and all(m.start >= m.end for m in group)
    is_mark = is_usual or are_alone or are_voices(_keys(group, lines))
    return group if _is_rising(group) and is_mark and not _follow_names(group, lines) else []


def _numbers(group: list[_Mark], lines: Sequence[Line]) -> list[_Mark]:
    """Numbers of a form that rise: of all lines, of turns, which labels follow, or of every fifth.

    Others of the form were said: « 3 enfants », at the beginning of a line between two of these.
    """
    chain = [group[place] for place in rising.chain([m.value for m in group], strict=True)]
    if len(chain) < RISING.share * len(group):
        return _aligned(group, lines)
    keys = _keys(group, lines)
    labels = repeated(keys)
    counting = _aligned(group, lines)
    opening = [m for m, key in zip(group, keys, strict=True) if key in labels]
    if len(counting) >= RISING.share * len(chain):
        return sorted({*counting, *opening})
    if len(chain) < RISING.nearly_all * len(lines) and are_voices(keys):
        some = {m for m, key in zip(group, keys, strict=True) if key} & set(chain)
        return sorted(some.union(opening))
    if _are_regular(chain, lines):
        return sorted({*chain, *opening})
    return counting


def _are_regular(chain: Sequence[_Mark], lines: Sequence[Line]) -> bool:
    """True if numbers rise in equal steps, and stand on most lines, or all alone on theirs."""
    _, share = rising.step([mark.value for mark in chain])
    are_usual = len(chain) >= RISING.everywhere * len(lines)
    are_alone = len(chain) > RISING.least and all(mark.start >= mark.end for mark in chain)
    return share >= RISING.regular and (are_usual or are_alone)


def _aligned(group: Sequence[_Mark], lines: Sequence[Line]) -> list[_Mark]:
    """Numbers of every fifth line or the like: those that count the lines, blank ones or not."""
    by_line = _commonest(group, [mark.value - mark.line for mark in group])
    rows = [lines[mark.line].place.line or 0 for mark in group]
    by_row = _commonest(group, [m.value - row for m, row in zip(group, rows, strict=True)])
    return _even(by_line) or _even(by_row)


def _commonest(marks: Sequence[_Mark], values: Sequence[float]) -> list[_Mark]:
    """Marks that have the commonest of some values."""
    ((commonest, _),) = Counter(values).most_common(1)
    return [mark for mark, value in zip(marks, values, strict=True) if value == commonest]


def _even(marks: Sequence[_Mark]) -> list[_Mark]:
    """Those of some numbers that are in equal steps of two or more; none where they are few."""
    step, share = rising.step([mark.value for mark in marks])
    if step < RISING.least_step or share < RISING.regular:
        return []
    even = _commonest(marks, [mark.value % step for mark in marks])
    return even if len(even) >= RISING.least else []


def _follow_names(group: Sequence[_Mark], lines: Sequence[Line]) -> bool:
    """True if marks stand behind names, as times of labels do: these are read with the label."""
    texts = [lines[mark.line].text[: mark.end].strip(" ,–—-") for mark in group]
    names = sum(bool(text) and _is_name(text) for text in texts)
    return group[0].form[0] == "tail" and 2 * names >= len(texts)


def _keys(group: Sequence[_Mark], lines: Sequence[Line]) -> list[str]:
    """Possible label behind each mark, folded, or ""."""
    return [_opening_key(lines[m.line].text[m.start : m.end]) for m in group]


def _opening_key(text: str) -> str:
    """The name that may be a label at the beginning of a text, folded, or ""."""
    return fold(match["name"]) if (match := _OPENING.match(text[:_EDGE])) else ""


def _is_rising(group: Sequence[_Mark]) -> bool:
    """True if nearly all values of some marks rise, or stay where they are."""
    return len(rising.chain([mark.value for mark in group])) >= RISING.share * len(group)


def _without(lines: Sequence[Line], chosen: Sequence[_Mark]) -> list[Line]:
    """Lines without their marks; those that are a mark and nothing else go."""
    kept: list[Line | None] = list(lines)
    for mark in chosen:
        kept[mark.line] = _rest(lines[mark.line], mark)
    is_lead = chosen[0].form[0] == "lead"
    if is_lead and _is_number(chosen[0]):
        _name_beside(kept, [mark._replace(text="") for mark in chosen], 0)
    elif is_lead:
        _give_times(kept, chosen)
    return [line for line in kept if line is not None]


def _rest(line: Line, mark: _Mark) -> Line | None:
    """The text of a line without its mark, or None where that is blank."""
    if not line.text[mark.start : mark.end].strip():
        return None
    return cut(line, mark.start, mark.end)


def _give_times(kept: list[Line | None], chosen: Sequence[_Mark]) -> None:
    """Give times to the lines that they are of, and the form of a label to names beside them.

    A time is of the line that it opens. Alone on its line it is of the line below, or of the one
    above, where these are names that come back.
    """
    alone = {mark.line for mark in chosen if kept[mark.line] is None}
    for offset in (0, -1, 1):
        marks = [mark for mark in chosen if (mark.line in alone) == bool(offset)]
        alone -= _name_beside(kept, marks, offset)
    for mark in chosen:
        at = mark.line + (mark.line in alone)
        below = _line_at(kept, at)
        if below and not below.form:
            kept[at] = below._replace(clock=mark.text)


def _name_beside(kept: list[Line | None], marks: Sequence[_Mark], offset: int) -> set[int]:
    """Make labels of names that stand so many lines below times; the lines of these times."""
    beside = [(mark, _line_at(kept, mark.line + offset)) for mark in marks]
    named = [(mark, line) for mark, line in beside if line and line.text and _is_name(line.text)]
    names = [line.text.rstrip(" :") for _, line in named]
    if len(names) < RISING.share * len(marks) or not are_voices([fold(name) for name in names]):
        return set()
    for (mark, line), name in zip(named, names, strict=True):
        label = line._replace(form="dated", name=name, key=fold(name), time=mark.text)
        kept[mark.line + offset] = label
    return {mark.line for mark, _ in named}


def _line_at(lines: Sequence[Line | None], index: int) -> Line | None:
    """The line of an index, or None."""
    return lines[index] if 0 <= index < len(lines) else None


def _is_name(text: str) -> bool:
    """True if a line may be a name and nothing else, or nothing at all."""
    return len(text.split()) <= _LONGEST_NAME and bool(_NAME.fullmatch(text))


def _labelled(line: Line, name: str, mark: _Mark) -> Line:
    """A line that opens with a name and a time."""
    rest = remainder(line.raw, line.text, mark.start) if mark.start < mark.end else ""
    return line._replace(form="dated", name=name, key=fold(name), time=mark.text, rest=rest)
