"""Entries of ``themes.toml``, in words → edits, in numbers of terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.study.options import Study
from textlien.themes.edits.reading import PlacedEntry, entries_of
from textlien.themes.edits.vocabulary import Vocabulary

Columns = tuple[int, ...]
"""Numbers of terms, in the order in which the words are written."""


class Part(NamedTuple):
    """A part that a theme is split into: its name and the terms that it is to gather."""

    name: str
    words: Columns


class Edit(NamedTuple):
    """An entry whose words are terms of the study; small and picklable.

    Attributes
    ----------
    place : of the entry.
    anchors : anchor words of each theme that is meant, at least one list of at least one.
    name : of the theme, or "".
    aside : True for a theme that is not of the subject.
    is_asked : True where the engine is asked for the theme.
    parts : two or more where the theme is to be split, else none.
    """

    place: Location
    anchors: tuple[Columns, ...]
    name: str = ""
    aside: bool = False
    is_asked: bool = False
    parts: tuple[Part, ...] = ()


def edits_of(study: Study, terms: pd.DataFrame) -> tuple[tuple[Edit, ...], list[Problem]]:
    """Edits that the file of a study asks for, and what is wrong with its other entries.

    Parameters
    ----------
    terms : table, the same as of the material that is edited.
    """
    entries, problems = entries_of(study)
    if not entries:
        return (), problems
    seeds_allowed = study.themes.engine in TAKES_SEEDS
    edits, faults = resolve(entries, Vocabulary(terms), seeds_allowed=seeds_allowed)
    return tuple(edits), [*problems, *faults]


def resolve(
    entries: Sequence[PlacedEntry], vocabulary: Vocabulary, *, seeds_allowed: bool
) -> tuple[list[Edit], list[Problem]]:
    """Look up the words of entries.

    Parameters
    ----------
    entries : of the researcher's file.
    vocabulary : terms of the study.
    seeds_allowed : True where the engine finds themes that are asked for.

    Returns
    -------
    The edits that can be made, and a problem for words that are no terms, for entries that are
    left without one, and for themes that are asked of an engine that cannot look for them.
    """
    edits: list[Edit] = []
    problems: list[Problem] = []
    for entry, place in entries:
        if entry.seeds and not seeds_allowed:
            problems.append(Problem.error("themes.seeds-need-graph", place))
            continue
        anchors = _columns(entry.anchors, vocabulary)
        parts = _columns(entry.split.values(), vocabulary)
        problems += _unknown_words([*entry.anchors, *entry.split.values()], vocabulary, place)
        if not any(anchors):
            problems.append(Problem.error("themes.no-word-is-a-term", place))
            continue
        named = zip(map(str.strip, entry.split), parts, strict=True)
        kept = tuple(Part(name, words) for name, words in named if words)
        if entry.split and len(kept) < _FEWEST_PARTS:
            problems.append(Problem.error("themes.split-without-terms", place))
            continue
        shared = vocabulary.words(_in_two(kept))
        if shared:
            problems.append(Problem.error("themes.word-of-two-parts", place, words=shared))
            continue
        lists = tuple(filter(None, anchors))
        edits.append(Edit(place, lists, entry.name.strip(), entry.aside, bool(entry.seeds), kept))
    return edits, problems


_FEWEST_PARTS = 2

TAKES_SEEDS = frozenset({"graph"})
"""Engines that look for the themes that they are asked for, as ``[themes] engine`` names them."""


def _columns(lists: Iterable[Sequence[str]], vocabulary: Vocabulary) -> list[Columns]:
    """Numbers of the terms of each list of words; a term that is written twice counts once."""
    return [
        tuple(
            dict.fromkeys(number for number in map(vocabulary.number, words) if number is not None)
        )
        for words in lists
    ]


def _in_two(parts: Sequence[Part]) -> list[int]:
    """Terms that two parts are to gather."""
    times = Counter(number for part in parts for number in part.words)
    return [number for number, n in times.items() if n > 1]


def _unknown_words(
    lists: Sequence[Sequence[str]], vocabulary: Vocabulary, place: Location
) -> Iterator[Problem]:
    """One problem for all words of an entry that are no terms."""
    words = dict.fromkeys(word for part in lists for word in part)
    unknown = tuple(word for word in words if vocabulary.number(word) is None)
    if unknown:
        suggestion = vocabulary.nearest(unknown)
        yield Problem.warning(
            "themes.unknown-words", place, words=unknown, n=len(unknown), suggestion=suggestion
        )
