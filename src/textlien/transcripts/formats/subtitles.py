"""Lines of WebVTT and SubRip files to cues, however programs and hands have left them.

Between the times of one cue and the next, everything is speech but the number or name of the next
cue: blank lines below the times, in an answer or nowhere, notwithstanding. Words whose times are
damaged or missing are kept, without times.

Subtitles may roll up, as YouTube makes them: a line appears, often word by word, is shown again
whole, and moves up when the next one appears. Programs that make SubRip of such files keep all of
it, so that every word would count thrice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

_S = r"[ \t\u00a0]{0,4}"
# « 00:01:02,500 », « 1:02.5 », « 00 : 01 : 02 , 500 » (translated by machine), « 00:01:02:500 »
_CLOCK = rf"(?:\d{{1,4}}{_S}:{_S})?\d{{1,3}}{_S}:{_S}\d{{1,2}}(?:{_S}[.,:;]{_S}\d{{1,3}})?"
# A word processor makes a dash or an arrow of « --> », HTML makes « --&gt; » of it.
_ARROW = r"(?:--?>|-- >|[–—―]{1,2} ?>|[→⟶➔]|--?&gt;)"
TIMES = re.compile(
    rf"{_S}(?:\d{{1,6}}[.):]?[ \t\u00a0]{{1,4}})?\[?(?P<start>{_CLOCK}){_S}{_ARROW}{_S}"
    rf"(?P<end>{_CLOCK})(?!\d)\]?(?P<rest>.*)"
)
"""The line of a cue's times; hours may be absent, or above 99. What follows is ``rest``."""

# Of « 00:01:02:500 », which some programs write.
_PARTS_WITH_THOUSANDTHS = 4
_HAS_ARROW = re.compile(_ARROW)
_SETTINGS = re.compile(
    r"(?:\s*(?:(?:align|position|line|size|vertical|region)\s?:\s?\S+|[XY][12]:\d+))*\s*"
)
# Signs of a clock or a place-holder of one; a damaged line of times has hardly any other letter.
_OF_CLOCK = re.compile(r"[\d:.,;\s\[\]xX?#hms<>&→⟶➔–—―-]")
_FEWEST_DIGITS, _MOST_OTHERS = 3, 2
# Shares of the cues that have a line of its own above the times, from which such a line is a name
# and no speech: of one word, as programs number cues; of several. Judgements.
_MOSTLY_NAMED, _ALL_NAMED = 0.5, 0.9
_NUMBER = re.compile(r"\s*(\d{1,6})[.):]?\s*")
_BLOCK = re.compile(r"NOTE(?:\s.*)?|(?:STYLE|REGION)\s*")


# Subtitles roll when at least three cues, and half of those with something new, begin with lines
# of the one before: 88, 95 and 99 % do in three files of automatic captions of YouTube. Where
# people say « Oui. » twice, few do; between the two the numbers do not matter.
_FEWEST_ROLLED, _LEAST_SHARE_ROLLED = 3, 0.5


class Cue(NamedTuple):
    """One subtitle as its file has it.

    Attributes
    ----------
    start, end : seconds, or None where the times cannot be read.
    lines : not blank.
    """

    start: float | None
    end: float | None
    lines: list[str]


class Cues(NamedTuple):
    """Cues of a file, and the lines (from 1) at which one has no times that can be read."""

    cues: list[Cue]
    untimed: list[int]


def cues_of(lines: Sequence[str], *, blocks: bool = False) -> Cues:
    """Cut the lines of a file of subtitles into cues.

    Parameters
    ----------
    lines : of the file.
    blocks : notes, styles and regions may stand between cues, as in WebVTT; they are no speech,
        nor is what stands above the first blank line.
    """
    at = [number for number, line in enumerate(lines) if is_times(line)]
    kept = _without_blocks(lines, frozenset(at)) if blocks else list(lines)
    named = _share_named(kept, at)
    cues: list[Cue] = []
    untimed: list[int] = []
    for start, end in zip([-1, *at], [*at, len(kept)], strict=True):
        payload = _payload(kept, start, end, named=named)
        for line, times, texts in _parts(kept, start, payload):
            if times is None and texts:
                untimed.append(line + 1)
            if times is not None or texts:
                begin, finish = times or (None, None)
                cues.append(Cue(begin, finish, texts))
    return Cues(cues, untimed)


def is_times(line: str) -> bool:
    """True for a line of times, be it damaged; « il a dit --> alors » is speech.

    >>> is_times("00:00:01,000 --> 00:00:02,000"), is_times("00:00:0x --> 00:00:05,000")
    (True, True)
    """
    if not _HAS_ARROW.search(line):
        return False
    if TIMES.fullmatch(line):
        return True
    before, after = _HAS_ARROW.split(line, maxsplit=1)
    clocks = before[-40:] + after[:20].split("  ")[0]
    others = len(_OF_CLOCK.sub("", clocks))
    digits = sum(character.isdigit() for character in clocks)
    is_clock = ":" in clocks or "-->" in line
    return is_clock and digits >= _FEWEST_DIGITS and others <= _MOST_OTHERS


@lru_cache(maxsize=1024)
def clock_seconds(clock: str) -> float:
    """Seconds of a moment in a line of :data:`TIMES`.

    >>> clock_seconds("01:02,5"), clock_seconds("100:00:00.250"), clock_seconds("0 : 01 : 02:5")
    (62.5, 360000.25, 62.5)
    """
    parts = "".join(clock.split()).replace(",", ".").replace(";", ".").split(":")
    if len(parts) == _PARTS_WITH_THOUSANDTHS:
        parts[2:] = [f"{parts[2]}.{parts[3]}"]
    total = 0.0
    for part in parts:
        total = 60 * total + float(part)
    return round(total, 3)


def _without_blocks(lines: Sequence[str], at: Set[int]) -> list[str]:
    """The lines of a WebVTT file, those of its head and of blocks that are no cue made blank.

    ``at`` are the rows of times, which stay.
    """
    kept = []
    is_out = is_head = bool(lines) and lines[0].lstrip().startswith("WEBVTT")
    is_blank = True
    for number, line in enumerate(lines):
        is_filled = bool(line.strip())
        if number in at or not is_filled:
            is_out = is_head = False
        elif is_blank and _BLOCK.fullmatch(line):
            is_out = True
        is_blank = not is_filled
        kept.append("" if is_out or is_head else line)
    return kept


def _share_named(lines: Sequence[str], at: Sequence[int]) -> float:
    """Share of the cues with a line of its own above the times: a number or a name."""
    rows = [row for row in at if row > 0]
    named = sum(
        bool(lines[row - 1].strip()) and (row == 1 or not lines[row - 2].strip()) for row in rows
    )
    return named / max(1, len(rows))


def _payload(lines: Sequence[str], start: int, end: int, *, named: float) -> range:
    """Rows of speech below the times at ``start``: up to the name of the next cue."""
    last = _last_filled(lines, start, end)
    if end == len(lines) or last <= start:
        return range(start + 1, end)
    name = lines[last].strip()
    if last < end - 1:  # blank lines between a number and its times
        is_next = name.isdigit() and int(name) == _number_above(lines, start) + 1
        return range(start + 1, last if is_next else end)
    is_apart = last == start + 1 or last == 0 or not lines[last - 1].strip()
    has_speech = any(lines[row].strip() for row in range(start + 1, last))
    is_name = name.isdigit() or (is_apart and _is_name(name, named, below_speech=has_speech))
    return range(start + 1, last if is_name else end)


def _last_filled(lines: Sequence[str], start: int, end: int) -> int:
    """Last row between two that is not blank, or ``start``."""
    return next((row for row in range(end - 1, start, -1) if lines[row].strip()), start)


def _is_name(line: str, named: float, *, below_speech: bool) -> bool:
    """True for the name of a cue, where most have one; one with blanks, where nearly all have."""
    if named <= _MOSTLY_NAMED:
        return False
    if re.search(r"\s", line):
        return below_speech and named >= _ALL_NAMED
    return below_speech or any(character.isdigit() for character in line)


_Part = tuple[int, tuple[float, float] | None, list[str]]


def _parts(lines: Sequence[str], start: int, payload: range) -> Iterator[_Part]:
    """Row, times and texts of the cue at ``start``, and of those below whose times are missing."""
    match = TIMES.fullmatch(lines[start]) if start >= 0 else None
    texts = []
    if match and not _SETTINGS.fullmatch(match["rest"]):
        texts.append(match["rest"].strip())
    row, times = max(start, 0), _times(match) if match else None
    lost = _lost(lines, start, payload)
    for here in payload:
        if here in lost:
            yield row, times, texts
            row, times, texts = here, None, []
        elif lines[here].strip():
            texts.append(lines[here].strip())
    yield row, times, texts


def _lost(lines: Sequence[str], start: int, payload: range) -> set[int]:
    """Rows with the number of a cue whose times are missing: each follows the number above."""
    counts = {here: int(match[1]) for here in payload if (match := _NUMBER.fullmatch(lines[here]))}
    number = _number_above(lines, start) if counts else -1
    rows = set()
    for here, count in counts.items():
        is_apart = here == 0 or not lines[here - 1].strip()
        if is_apart and count == number + 1 and here + 1 in payload:
            rows.add(here)
            number += 1
    return rows


def _number_above(lines: Sequence[str], row: int) -> int:
    """Number of the cue whose times are at ``row``; of what is above all cues 0, of others -1."""
    if row < 0:
        return 0
    above = _last_filled(lines, -1, row)
    match = _NUMBER.fullmatch(lines[above]) if above >= 0 else None
    return int(match[1]) if match else -1


def _times(match: re.Match[str]) -> tuple[float, float]:
    """Start and end in seconds of a line that :data:`TIMES` matches."""
    start, end = clock_seconds(match["start"]), clock_seconds(match["end"])
    if start <= end:
        return start, end
    hours = match["start"].partition(":")[0].strip()
    if len(hours) > 2:  # the number of the cue, stuck to its times
        start = clock_seconds(hours[-2:] + match["start"].strip()[len(hours) :])
    return start, end


def rolls(cues: Sequence[Cue]) -> bool:
    """True when cues with new text mostly begin with the last lines of the cue before.

    Speech recognition that ran idle repeats whole cues: nothing in them is new.
    """
    before: list[str] = []
    new = rolled = 0
    for cue in cues:
        overlap = _overlap(before, cue.lines)
        if before and cue.lines[overlap:]:
            new += 1
            rolled += overlap > 0
        before = cue.lines or before
    return rolled >= max(_FEWEST_ROLLED, _LEAST_SHARE_ROLLED * new)


def unrolled(cues: Sequence[Cue]) -> list[Cue]:
    """Each line once: of what a cue shows, what the cue before it did not show.

    >>> cues = [Cue(0, 1, ["oui"]), Cue(1, 2, ["oui", "je viens"]), Cue(2, 3, ["je viens"])]
    >>> [cue.lines for cue in unrolled(cues)]
    [['oui'], ['je viens']]
    """
    kept: list[Cue] = []
    before: list[str] = []
    for cue in cues:
        new = cue.lines[_overlap(before, cue.lines) :]
        if new:
            kept.append(Cue(cue.start, cue.end, new))
        before = cue.lines or before
    return kept


def _overlap(before: Sequence[str], lines: Sequence[str]) -> int:
    """Number of lines at the end of one cue that the next one begins with."""
    most = min(len(before), len(lines))
    return next((n for n in range(most, 0, -1) if before[-n:] == lines[:n]), 0)
