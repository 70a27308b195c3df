"""Subtitles and segments of speech recognition: timed cues to utterances."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, groupby, pairwise
from typing import NamedTuple

from textlien.errors import Problem
from textlien.files.encoding import read_text
from textlien.files.source import Source
from textlien.messages.message import Location
from textlien.text.folding import fold
from textlien.text.marks import LINE_END
from textlien.text.words import word_count
from textlien.transcripts.formats.segments import LONGEST_LABEL, Segment, utterances_of
from textlien.transcripts.formats.subtitles import Cue, cues_of
from textlien.transcripts.model import Decision, Document, RoleReason, Utterance
from textlien.transcripts.speakers.sides import QUESTION
from textlien.transcripts.speakers.utterances import Paragraph, split

# Seconds between two cues of nobody from which another one speaks. Pauses inside an answer are
# mostly shorter (conversation analysis calls one second long, Jefferson 1989); a judgement.
_LONG_SILENCE = 2.0
# The same words in this many cues in a row are not speech: in the 41 TextGrids of CFPP2000 nobody
# has the same words in more than two intervals in a row; speech recognition that ran idle may go on
# for minutes.
_MANY_REPEATS = 5
# Share of the cues with a label from which each should have one. A judgement.
_EVERY_CUE = 0.8
_EXCERPT_LENGTH = 40
"""Characters of speech that a message quotes."""
_NOBODY = frozenset(
    "unknown,unknown speaker,speaker unknown,unidentified,unidentified speaker,unk,none,null,nan,"
    "undefined,n a,speaker,no speaker,not assigned,inconnu,locuteur inconnu,intervenant inconnu,"
    "non identifie".split(",")
)
"""Speakers, folded, that programs write where they do not know who speaks."""
_OF_NOBODY = {
    QUESTION: Decision("interviewer", RoleReason.QUESTION_MARKS, sure=False),
    "": Decision("interviewee", RoleReason.NO_LABEL, sure=False),
}
"""Roles of speech that no program gave to somebody, by whether it asks."""
_LETTER = re.compile(r"[^\W\d_]")
_DASH = re.compile(r"^\s*(?:[-–—]|>>)\s*(?=\S)")


class Subtitles(NamedTuple):
    """Cues of a file of subtitles, its first line and encoding, and the problems in reading it."""

    cues: list[Cue]
    first: str
    encoding: str
    notes: list[Problem]


def read_lines(source: Source, *, blocks: bool = False) -> Subtitles:
    """Cues of a file of subtitles, with a warning that counts the times that cannot be read.

    Parameters
    ----------
    source : the file.
    blocks : as in :func:`cues_of`.

    Raises
    ------
    TextlienError
        When the file is empty or is not text.
    """
    raw, encoding, notes = read_text(source.path, source.file)
    lines = LINE_END.split(raw.removeprefix("\ufeff"))
    cues, untimed = cues_of(lines, blocks=blocks)
    warnings = [
        Problem.warning(
            "transcripts.unreadable-times",
            Location(file=source.file, line=first),
            cues=len(untimed),
            excerpt=lines[first - 1].strip()[:_EXCERPT_LENGTH],
        )
        for first in untimed[:1]
    ]
    return Subtitles(cues, lines[0], encoding, [*notes, *warnings])


def document_of(
    segments: Iterable[Segment], source: Source, notes: Sequence[Problem] = (), encoding: str = ""
) -> Document:
    """One interview of cues in order.

    Speakers are those that the format states. A cue without one continues the one before where it
    goes on with its sentence; else it is of nobody, with a warning. Where the format states none,
    labels at the beginning of lines (« Enquêteur : … ») are learnt as in any text. Following cues
    of one speaker are one utterance; where nobody is named, a silence of two seconds begins
    another one, and so does a dash or « >> ».

    Parameters
    ----------
    segments : one a cue or voice, in order of the file; line feeds in them are lines of the cue.
    source : the file.
    notes : what was noticed before, put first among the document's problems.
    encoding : of the file.
    """
    cues = _with_speakers([cue for cue in segments if cue.text.strip()])
    if any(cue.speaker for cue in cues):
        cues = [_asking(cue) for cue in _carried_on(cues)]
        document = Document("", {}, utterances_of(map(_on_one_line, cues)))
        document = _with_nobody(document, cues, source.file)
    else:
        document = _labelled(cues, source)
        if any(utterance.speaker for utterance in document.utterances):
            some = _some_of_nobody(document, cues)
            spoken = utterances_of(map(_on_one_line, some)) or _together(document.utterances)
            document = _with_nobody(replace(document, utterances=spoken), some, source.file)
        else:
            groups = _by_silence(cues)
            utterances = tuple(chain.from_iterable(map(utterances_of, groups)))
            document = _of_one_voice(utterances, document.problems, source.file)
    problems = (*notes, *_repeated(cues, source.file), *document.problems)
    return replace(document, problems=problems, encoding=encoding)


def _on_one_line(cue: Segment) -> Segment:
    """The cue with its lines joined by blanks."""
    return replace(cue, text=cue.text.replace("\n", " ")) if "\n" in cue.text else cue


def _with_speakers(cues: list[Segment]) -> list[Segment]:
    """The cues, of nobody where their program writes that it does not know the speaker."""
    nobody = {name for name in {cue.speaker for cue in cues} if fold(name) in _NOBODY}
    return [replace(cue, speaker="") if cue.speaker in nobody else cue for cue in cues]


def _carried_on(cues: Sequence[Segment]) -> list[Segment]:
    """Cues without a speaker that go on with the sentence of the one before get its speaker.

    So do those that begin with the label of one who is named elsewhere.
    """
    names = {fold(cue.speaker): cue.speaker for cue in cues if cue.speaker}
    before: Segment | None = None
    carried = []
    for cue in cues:
        before = cue if cue.speaker else _attributed(cue, before, names)
        carried.append(before)
    return carried


def _attributed(cue: Segment, before: Segment | None, names: Mapping[str, str]) -> Segment:
    """A cue that its program gave to nobody, with the speaker that its words show, if they do."""
    label, colon, rest = cue.text.partition(":")
    if colon and len(label) <= LONGEST_LABEL and (name := names.get(fold(label))):
        return replace(cue, speaker=name, text=rest.strip())
    if before and _goes_on(cue, before):
        return replace(cue, speaker=before.speaker)
    return cue


def _goes_on(cue: Segment, before: Segment) -> bool:
    """True for a cue in the middle of a sentence that the cue before it began."""
    is_near = cue.start is None or before.end is None or cue.start - before.end <= _LONG_SILENCE
    opening = _LETTER.search(cue.text)
    return is_near and bool(opening and opening.group().islower())


def _asking(cue: Segment) -> Segment:
    """The cue; one of nobody that asks is a question."""
    asks = not cue.speaker and cue.text.rstrip().endswith("?")
    return replace(cue, speaker=QUESTION) if asks else cue


def _with_nobody(document: Document, cues: Sequence[Segment], file: str) -> Document:
    """The document with a warning on its speech of nobody, whose roles are not sure."""
    nobody = [cue for cue in cues if cue.speaker in _OF_NOBODY]
    if not nobody:
        return document
    warning = Problem.warning(
        "transcripts.segments-of-nobody",
        replace(nobody[0].place, file=file),
        segments=len(nobody),
        total=len(cues),
        words=sum(word_count(cue.text) for cue in nobody),
        excerpt=nobody[0].text.strip()[:_EXCERPT_LENGTH].strip(),
    )
    return replace(document, problems=(*document.problems, warning), guesses=_OF_NOBODY)


def _of_one_voice(
    utterances: tuple[Utterance, ...], problems: tuple[Problem, ...], file: str
) -> Document:
    """A document in which nobody is named: of one voice, for all that is known."""
    if not utterances:
        return Document("", {}, utterances, problems)
    warning = Problem.warning("transcripts.nobody-named", Location(file=file))
    return Document("", {}, utterances, (*problems, warning), guesses={"": _OF_NOBODY[""]})


def _labelled(cues: Sequence[Segment], source: Source) -> Document:
    """Read lines of cues as paragraphs of a text, and give utterances the times of their cues.

    Where there are no labels, cues are parted otherwise, and the utterances have no times.
    """
    lines = [
        (cue, Paragraph(line, _line_of(cue, number)))
        for cue in cues
        for number, line in enumerate(LINE_END.split(cue.text), start=1)
        if line.strip()
    ]
    document = split([paragraph for _, paragraph in lines], source.file, source.declared)
    if not any(utterance.speaker for utterance in document.utterances):
        return document
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
    return replace(document, utterances=tuple(timed))


def _some_of_nobody(document: Document, cues: Sequence[Segment]) -> list[Segment]:
    """Cues with their speakers, where nearly all have a label and some have lost it; else none.

    Where labels stand at changes only, one never follows another of the same speaker; where they
    stand on every cue, a cue without one is of nobody unless it goes on with a sentence.
    """
    openings = {turn.place: turn for turn in document.utterances if turn.speaker}
    labelled = [openings[cue.place].speaker for cue in cues if cue.place in openings]
    repeat = any(before == after for before, after in pairwise(labelled))
    # A label within a cue makes more openings than cues have.
    is_most = len(cues) > len(labelled) == len(openings) >= _EVERY_CUE * len(cues)
    if not (repeat and is_most):
        return []
    named = [_with_label(cue, openings.get(cue.place)) for cue in cues]
    carried = list(map(_asking, _carried_on(named)))
    return carried if _OF_NOBODY.keys() & {cue.speaker for cue in carried} else []


def _with_label(cue: Segment, turn: Utterance | None) -> Segment:
    """The cue with the speaker of the turn that it begins, its label taken off."""
    if turn is None:
        return cue
    first, *others = LINE_END.split(cue.text)
    opening = turn.original.split("\n", 1)[0]
    opening = opening if first.endswith(opening) else ""
    return replace(cue, speaker=turn.speaker, text="\n".join((opening, *others)))


def _line_of(cue: Segment, number: int) -> Location:
    """Place of a line of a cue; the first line is the cue itself."""
    return replace(cue.place, line=number) if number > 1 else cue.place


def _together(utterances: Sequence[Utterance]) -> tuple[Utterance, ...]:
    """Following cues of one speaker as one utterance: Zoom and WhisperX label every cue."""
    joined = []
    for _, group in groupby(utterances, key=lambda cue: (cue.speaker, cue.section)):
        first, *others = group
        if not others:
            joined.append(first)
            continue
        original = " ".join(utterance.original for utterance in (first, *others))
        joined.append(replace(first, original=original, time_end=others[-1].time_end))
    return tuple(joined)


def _by_silence(cues: Sequence[Segment]) -> list[list[Segment]]:
    """Cues of nobody, parted where a silence or a dash lets another one speak."""
    groups: list[list[Segment]] = []
    end: float | None = None
    for cue in cues:
        is_apart = cue.start is not None and end is not None and cue.start - end > _LONG_SILENCE
        dash = _DASH.match(cue.text)
        if not groups or is_apart or dash:
            groups.append([])
        bare = replace(cue, text=cue.text[dash.end() :]) if dash else cue
        groups[-1].append(_on_one_line(bare))
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
