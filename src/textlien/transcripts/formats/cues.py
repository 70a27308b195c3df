"""Subtitles and segments of speech recognition: timed cues to utterances."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, groupby
from typing import NamedTuple

from textlien.errors import Problem
from textlien.files.encoding import read_text
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.text.marks import LINE_END
from textlien.transcripts.formats.segments import Segment, utterances_of
from textlien.transcripts.model import Document, Utterance
from textlien.transcripts.speakers.utterances import Paragraph, split

_CLOCK = r"(?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?"
TIMES = re.compile(rf"\s*(?P<start>{_CLOCK})\s*-->\s*(?P<end>{_CLOCK})(?:\s.*)?")
"""The line of a cue's times, in WebVTT and SubRip: hours may be absent, or above 99."""

# Seconds between two cues of nobody from which another one speaks. Pauses inside an answer are
# mostly shorter (conversation analysis calls one second long, Jefferson 1989); a judgement.
_LONG_SILENCE = 2.0
# The same words in this many cues in a row are not speech: in the 41 TextGrids of CFPP2000 nobody
# has the same words in more than two intervals in a row; speech recognition that ran idle may go on
# for minutes.
_MANY_REPEATS = 5
_EXCERPT_LENGTH = 40
"""Characters of speech that a message quotes."""
_DASH = re.compile(r"^\s*(?:[-–—]|>>)\s*(?=\S)")


class SubtitleLines(NamedTuple):
    """Lines of a file of subtitles, its encoding, and the problems met in reading it."""

    lines: list[str]
    encoding: str
    notes: list[Problem]


def read_lines(source: Source) -> SubtitleLines:
    """Lines of a file of subtitles, with a warning that counts the times that cannot be read.

    Raises
    ------
    TextlienError
        When the file is empty or is not text.
    """
    raw, encoding, notes = read_text(source.path, source.file)
    lines = LINE_END.split(raw.removeprefix("\ufeff"))
    damaged = [
        number
        for number, line in enumerate(lines, start=1)
        if "-->" in line and not TIMES.fullmatch(line)
    ]
    warnings = [
        Problem.warning(
            "transcripts.unreadable-times",
            Location(file=source.file, line=first),
            cues=len(damaged),
        )
        for first in damaged[:1]
    ]
    return SubtitleLines(lines, encoding, [*notes, *warnings])


def times_of(match: re.Match[str]) -> tuple[float, float]:
    """Start and end in seconds of a line that :data:`TIMES` matches."""
    return clock_seconds(match["start"]), clock_seconds(match["end"])


def clock_seconds(clock: str) -> float:
    """Seconds of a moment in a line of :data:`TIMES`.

    >>> clock_seconds("01:02,5"), clock_seconds("100:00:00.250")
    (62.5, 360000.25)
    """
    total = 0.0
    for part in clock.replace(",", ".").split(":"):
        total = 60 * total + float(part)
    return round(total, 3)


def document_of(
    segments: Iterable[Segment], source: Source, notes: Sequence[Problem] = (), encoding: str = ""
) -> Document:
    """One interview of cues in order.

    Speakers are those that the format states; a cue without one continues the one before. Where
    it states none, labels at the beginning of lines (« Enquêteur : … ») are learnt as in any
    text. Following cues of one speaker are one utterance; where nobody is named, a silence of
    two seconds begins another one, and so does a dash or « >> ».

    Parameters
    ----------
    segments : one a cue or voice, in order of the file; line feeds in them are lines of the cue.
    source : the file.
    notes : what was noticed before, put first among the document's problems.
    encoding : of the file.
    """
    cues = [segment for segment in segments if segment.text.strip()]
    if any(cue.speaker for cue in cues):
        document = Document("", {}, utterances_of(map(_on_one_line, _carried_on(cues))))
    else:
        document = _labelled(cues, source)
        if not any(utterance.speaker for utterance in document.utterances):
            groups = _by_silence(cues)
            utterances = tuple(chain.from_iterable(map(utterances_of, groups)))
            document = Document("", {}, utterances, document.problems)
    problems = (*notes, *_repeated(cues, source.file), *document.problems)
    return replace(document, problems=problems, encoding=encoding)


def _on_one_line(cue: Segment) -> Segment:
    """The cue with its lines joined by blanks."""
    return replace(cue, text=" ".join(cue.text.split("\n")))


def _carried_on(cues: Sequence[Segment]) -> list[Segment]:
    """Cues without a speaker get that of the one before, or of the first that has one."""
    speaker = next(cue.speaker for cue in cues if cue.speaker)
    carried = []
    for cue in cues:
        speaker = cue.speaker or speaker
        carried.append(replace(cue, speaker=speaker))
    return carried


def _labelled(cues: Sequence[Segment], source: Source) -> Document:
    """Read lines of cues as paragraphs of a text, and give utterances the times of their cues."""
    lines = [
        (cue, Paragraph(line, _line_of(cue, number)))
        for cue in cues
        for number, line in enumerate(LINE_END.split(cue.text), start=1)
        if line.strip()
    ]
    document = split([paragraph for _, paragraph in lines], source.file, source.declared)
    index_of = {paragraph.place: index for index, (_, paragraph) in enumerate(lines)}
    starts = [index_of[utterance.place] for utterance in document.utterances]
    ends = [start - 1 for start in starts[1:]] + [len(lines) - 1] if starts else []
    timed = []
    for utterance, start, end in zip(document.utterances, starts, ends, strict=True):
        opening, closing = lines[start][0], lines[max(start, end)][0]
        timed.append(
            replace(
                utterance,
                original=" ".join(utterance.original.split("\n")),
                time_start=opening.start,
                time_end=closing.end,
                place=opening.place,
            )
        )
    return replace(document, utterances=_together(timed))


def _line_of(cue: Segment, number: int) -> Location:
    """Place of a line of a cue; the first line is the cue itself."""
    return replace(cue.place, line=number) if number > 1 else cue.place


def _together(utterances: Sequence[Utterance]) -> tuple[Utterance, ...]:
    """Following cues of one speaker as one utterance: Zoom and WhisperX label every cue."""
    joined = []
    for _, group in groupby(utterances, key=lambda cue: (cue.speaker, cue.section)):
        first, *others = group
        original = " ".join(utterance.original for utterance in (first, *others))
        end = others[-1].time_end if others else first.time_end
        joined.append(replace(first, original=original, time_end=end))
    return tuple(joined)


def _by_silence(cues: Sequence[Segment]) -> list[list[Segment]]:
    """Cues of nobody, parted where a silence or a dash lets another one speak."""
    groups: list[list[Segment]] = []
    end: float | None = None
    for cue in cues:
        is_apart = cue.start is not None and end is not None and cue.start - end > _LONG_SILENCE
        if not groups or is_apart or _DASH.match(cue.text):
            groups.append([])
        groups[-1].append(_on_one_line(replace(cue, text=_DASH.sub("", cue.text))))
        end = cue.end if cue.end is not None else end
    return groups


def _repeated(cues: Sequence[Segment], file: str) -> list[Problem]:
    """The same words many times in a row: speech recognition that ran idle."""
    problems = []
    run = 1
    for number, cue in enumerate(cues):
        follows = number > 0 and cue.text.strip() == cues[number - 1].text.strip()
        run = run + 1 if follows else 1
        if run == _MANY_REPEATS:
            first = cues[number - _MANY_REPEATS + 1]
            problems.append(
                Problem.warning(
                    "transcripts.idle-recognition",
                    replace(first.place, file=file),
                    excerpt=cue.text.strip()[:_EXCERPT_LENGTH],
                    times=_MANY_REPEATS,
                )
            )
    return problems
