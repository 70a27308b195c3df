"""What the study file says of single files and nobody has: paths and labels typed wrong."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping

from textlien.errors import Problem
from textlien.raw import raw_problem
from textlien.study.options import FileSpeakersOptions, Study
from textlien.text.folding import fold

_NEAR = 0.4
_MOST_NAMED = 6


def unused(study: Study, labels: Mapping[str, Iterable[str]]) -> list[Problem]:
    """A warning for each ``[[speakers.file]]`` that no file matches, and for its unknown labels.

    Parameters
    ----------
    study : with its ``[[speakers.file]]``.
    labels : labels of the speakers of each transcript, by path as shown; none where it could not
        be read.
    """
    problems: list[Problem] = []
    for number, entry in enumerate(study.speakers.file, start=1):
        place = f"[speakers.file #{number}]"
        own = [shown for shown in labels if entry.matches(shown)]
        if own:
            found = {label for shown in own for label in labels[shown] if label}
            problems += _labels_that_nobody_has(study, entry, found, place)
            continue
        near = difflib.get_close_matches(entry.path, list(labels), n=1, cutoff=_NEAR)
        hint = f'Did you mean "{near[0]}"?' if near else "It is relative to the study file."
        message = f'no transcript matches path = "{entry.path}".'
        problems.append(raw_problem(study.file.name, message, hint, place, "warning"))
    return problems


def _labels_that_nobody_has(
    study: Study, entry: FileSpeakersOptions, found: set[str], place: str
) -> Iterator[Problem]:
    """Labels of an entry that are in none of its files; nothing where no file was read."""
    known = {fold(label): label for label in sorted(found)}
    for label in (*entry.interviewer, *entry.interviewee, *entry.other) if found else ():
        if fold(label) in known:
            continue
        near = difflib.get_close_matches(fold(label), list(known), n=1, cutoff=_NEAR)
        names = ", ".join(f'"{name}"' for name in list(known.values())[:_MOST_NAMED])
        hint = f'Did you mean "{known[near[0]]}"?' if near else f"The labels there are {names}."
        message = f'nobody has the label "{label}" in {entry.path}.'
        yield raw_problem(study.file.name, message, hint, place, "warning")
