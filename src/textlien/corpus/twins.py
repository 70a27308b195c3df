"""Interviews that are in a study twice: recognised by their words, whatever file holds them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from textlien.corpus.discovery import Transcript, copies
from textlien.corpus.records import InterviewRecord
from textlien.errors import Problem, Severity
from textlien.messages.message import Location, message
from textlien.text.sketch import comparable_runs, share_in_common

_FEWEST_WORDS = 30
"""Words from which two interviews that have the same are one: no two people say thirty alike."""
_FEWEST_RUNS = 60
"""Different runs from which an interview may be a version of another: fewer are set phrases."""
_SHARE_OF_A_VERSION = 0.6
"""Share of runs from which an interview is a version of another. Those of a text with a word in
ten corrected are at 0.66; no two of the 63 of the demonstration are above 0.03."""
_MOST_OWNERS = 20
"""Interviews that may have one run before it counts as a set phrase, which no pair is made of."""
_FEWEST_SHARED = 4
"""Runs that two interviews share before they are compared."""

Key = tuple[str, str]
"""An interview by its file, as the user knows it, and its identifier."""


class Twins(NamedTuple):
    """Interviews that others repeat.

    Attributes
    ----------
    problems : of each interview that is left out as a twin (error), or that may be a version of
        another (warning).
    kept : by the file of one interview that is left out, that of the interview kept.
    """

    problems: Mapping[Key, Problem]
    kept: Mapping[Path, Path]


class _Candidate(NamedTuple):
    """One interview that was read."""

    transcript: Transcript
    record: InterviewRecord
    is_alone: bool
    row: tuple[tuple[str, str], ...] = ()

    @property
    def description(self) -> tuple[tuple[str, str], ...]:
        """The row of a text in which nobody asks: leaflets may be the same in two towns."""
        asks = any(speaker.role == "interviewer" for speaker in self.record.speakers)
        return self.row if self.is_alone and not asks else ()

    @property
    def key(self) -> Key:
        """The interview as :class:`Twins` names it."""
        return self.transcript.display_path, self.record.interview_id

    @property
    def n_words(self) -> int:
        """Words of all its speakers."""
        return sum(speaker.n_words for speaker in self.record.speakers)

    @property
    def location(self) -> Location:
        """The interview in messages."""
        return Location(file=self.transcript.display_path, interview=self.record.name)


def find_twins(
    transcripts: Sequence[Transcript],
    records: Mapping[Transcript, Sequence[InterviewRecord]],
    rows: Mapping[Path, Mapping[str, str]],
) -> Twins:
    """Find the interviews whose words another one has, and those that are versions of another.

    Of interviews with the same words the first wave's is kept; within a wave the one that is read
    with fewest doubts, then an original rather than what its name calls a copy, then the first.
    Texts in which nobody asks, and which the metadata table tells apart, all count: with a warning.

    Parameters
    ----------
    transcripts : of the study, in order.
    records : what each file held; a file that has the bytes of another needs none.
    rows : values of the row of each file in its metadata table, by resolved path.
    """
    paths = {part.display_path: part.path for part in transcripts}
    kept = {part.path: paths[part.twin] for part in transcripts if part.twin}
    problems: dict[Key, Problem] = {}
    originals: list[_Candidate] = []
    for group in _groups(_candidates(transcripts, records, rows)):
        original = _original(group)
        first_of = {original.description: original}
        for twin in group:
            first = first_of.setdefault(twin.description, twin)
            if twin is first is not original:
                problems[twin.key] = _same_words(twin, original, "corpus.same-words-elsewhere")
            elif twin is not first:
                problems[twin.key] = _same_words(twin, first, "corpus.same-words")
                if twin.is_alone:
                    kept[twin.transcript.path] = first.transcript.path
        originals.append(original)
    return Twins(problems | _versions(originals), kept)


def _candidates(
    transcripts: Sequence[Transcript],
    records: Mapping[Transcript, Sequence[InterviewRecord]],
    rows: Mapping[Path, Mapping[str, str]],
) -> Iterator[_Candidate]:
    """The interviews that were read without an error, in order."""
    for part in transcripts:
        of_file = () if part.twin else records[part]
        row = tuple(sorted(rows.get(part.path.resolve(), {}).items()))
        for record in of_file:
            if not any(problem.severity == "error" for problem in record.problems):
                yield _Candidate(part, record, len(of_file) == 1, row)


def _groups(candidates: Iterable[_Candidate]) -> Iterable[list[_Candidate]]:
    """Interviews that have the same words together."""
    groups: dict[str, list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        is_short = candidate.n_words < _FEWEST_WORDS
        words = "\n".join(candidate.key) if is_short else candidate.record.sketch.words
        groups[words].append(candidate)
    return groups.values()


def _original(group: Sequence[_Candidate]) -> _Candidate:
    """The interview that is kept of those with the same words."""
    waves = [candidate.transcript.corpus for candidate in group]
    doubts = [
        sum(not speaker.sure for speaker in candidate.record.speakers)
        + sum(problem.severity == "warning" for problem in candidate.record.problems)
        for candidate in group
    ]
    ranks = copies([candidate.transcript for candidate in group])
    return group[min(zip(waves, doubts, ranks, range(len(group)), strict=True))[-1]]


def _same_words(twin: _Candidate, original: _Candidate, id: str) -> Problem:
    """The problem of an interview that another one repeats word for word."""
    severity: Severity = "error" if id == "corpus.same-words" else "warning"
    return Problem(message(id, twin=_seen_from(twin, original)), twin.location, severity)


def _seen_from(here: _Candidate, there: _Candidate) -> Location:
    """Where another interview is, for a reader who is at this one."""
    if here.transcript is there.transcript:
        return Location(interview=there.record.name)
    return there.location


def _versions(candidates: Sequence[_Candidate]) -> dict[Key, Problem]:
    """A warning for each interview most of whose answers are those of a longer one."""
    shared = _pairs_with_shared_runs(candidates)
    problems: dict[Key, Problem] = {}
    for (left, right), n_shared in shared.most_common():
        pair = sorted((candidates[left], candidates[right]), key=lambda part: -part.n_words)
        longer, shorter = pair
        sketches = longer.record.sketch, shorter.record.sketch
        # Set phrases are not counted among the shared runs.
        is_far = 2 * n_shared < _SHARE_OF_A_VERSION * comparable_runs(*sketches)
        is_short = len(shorter.record.sketch.runs) < _FEWEST_RUNS
        are_apart = shorter.description != longer.description
        if is_far or is_short or are_apart or shorter.key in problems:
            continue
        share = share_in_common(*sketches)
        if share >= _SHARE_OF_A_VERSION:
            problems[shorter.key] = Problem.warning(
                "corpus.version", shorter.location, twin=_seen_from(shorter, longer), share=share
            )
    return problems


def _pairs_with_shared_runs(candidates: Sequence[_Candidate]) -> Counter[tuple[int, int]]:
    """Number of runs in common of each two interviews that have some.

    A run leads to its interviews, so that the cost is that of the runs, not of all pairs.
    """
    owners: dict[int, list[int]] = defaultdict(list)
    for number, candidate in enumerate(candidates):
        for run in candidate.record.sketch.runs:
            owners[run].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in owners.values():
        if 1 < len(numbers) <= _MOST_OWNERS:
            shared.update(
                (left, right)
                for position, left in enumerate(numbers)
                for right in numbers[position + 1 :]
            )
    return Counter({pair: n for pair, n in shared.items() if n >= _FEWEST_SHARED})
