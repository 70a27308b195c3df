"""Entries ``[[speakers.file]]`` that match no transcript or no label, mostly typos."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from textlien.errors import Problem, did_you_mean
from textlien.messages.message import Location, message
from textlien.study.options import UNLABELLED, FileSpeakersOptions
from textlien.text.folding import fold

_ALIKE = 0.4
"""Likeness from which a path or a label is suggested. Labels have two or three letters: one wrong
letter of three leaves 0.67, one of two 0.5."""

_MOST_LABELS = 6
"""Labels that a warning lists: a transcript rarely has more."""


def unused(
    entries: Iterable[FileSpeakersOptions], labels: Mapping[str, Iterable[str]], study_file: str
) -> list[Problem]:
    """Warn of each ``[[speakers.file]]`` that no file matches, and of its unknown labels.

    Parameters
    ----------
    entries : each ``[[speakers.file]]`` of the study.
    labels : labels of the speakers of each transcript, by path relative to the study file; none
        where it could not be read.
    study_file : name of the study file, in messages.
    """
    problems: list[Problem] = []
    for number, entry in enumerate(entries, start=1):
        location = Location(file=study_file, option=f"speakers.file #{number}")
        files = [file for file in labels if entry.matches(file)]
        if files:
            present = {label or UNLABELLED for file in files for label in labels[file]}
            problems += _labels_of_nobody(entry, present, location)
        else:
            otherwise = message("study.path-is-relative")
            suggestion = did_you_mean(entry.path, labels, cutoff=_ALIKE, otherwise=otherwise)
            problems.append(
                Problem.warning(
                    "study.path-of-no-file", location, path=entry.path, suggestion=suggestion
                )
            )
    return problems


def _labels_of_nobody(
    entry: FileSpeakersOptions, present: set[str], location: Location
) -> Iterator[Problem]:
    """Labels of an entry that are in none of its files; nothing where no file was read."""
    if not present:
        return
    folded = {fold(label) for label in present}
    labels = tuple(sorted(present))
    otherwise = message("study.labels-there", labels=labels[:_MOST_LABELS])
    for label in (*entry.interviewer, *entry.interviewee, *entry.other):
        if fold(label) not in folded:
            yield Problem.warning(
                "study.label-of-nobody",
                location,
                label=label,
                path=entry.path,
                suggestion=did_you_mean(
                    label, labels, cutoff=_ALIKE, key=fold, otherwise=otherwise
                ),
            )
