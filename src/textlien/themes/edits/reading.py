"""``themes.toml`` as it is written, read and checked entry by entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, Field, ValidationError

from textlien.errors import Problem, TextlienError
from textlien.files.toml import read_toml
from textlien.messages.message import Location
from textlien.study.options import Options, Study
from textlien.study.wording import violation
from textlien.text.folding import fold

_HEADING = re.compile(r"\s*\[\[\s*theme\s*\]\]")


def _separate_words(value: object) -> object:
    """Words of one text with commas, or of a list of texts; anything else as it is."""
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        return value
    words = (word.strip() for text in texts for word in text.split(","))
    return tuple(dict.fromkeys(filter(None, words)))


Words = Annotated[tuple[str, ...], BeforeValidator(_separate_words)]
"""« école, collège, prof » in one text, or a list of texts."""


class Entry(Options):
    """One ``[[theme]]``: the theme that some words mean, and what is to become of it.

    Attributes
    ----------
    words : anchor words of one theme.
    merge : anchor words of each of several themes, which become one.
    seeds : words that a theme is asked for.
    name : of the theme; of no effect where it is split.
    aside : True for a theme that is not of the subject.
    split : name of each part of the theme, and the words that it is to gather.
    """

    words: Words = ()
    merge: tuple[Words, ...] = ()
    seeds: Words = ()
    name: str = ""
    aside: bool = False
    split: dict[str, Words] = Field(default_factory=dict)

    @property
    def anchors(self) -> tuple[tuple[str, ...], ...]:
        """Anchor words of each theme that the entry means."""
        return self.merge or ((self.words or self.seeds),)

    @property
    def names(self) -> tuple[str, ...]:
        """Names that the entry gives: of a theme that is split, those of its parts."""
        return tuple(filter(None, map(str.strip, self.split or [self.name])))


class _ThemesFile(Options):
    """The whole file."""

    theme: tuple[Entry, ...] = ()


class PlacedEntry(NamedTuple):
    """An entry that can be used, and where it stands."""

    entry: Entry
    place: Location


def changes_of_words(entries: Sequence[PlacedEntry]) -> list[list[tuple[str, ...]]]:
    """All of the entries that the words of themes depend on, for a key of refits.

    Returns
    -------
    Lists of words, none at all where themes are only named and set aside.
    """
    if not any(entry.merge or entry.seeds or entry.split for entry, _ in entries):
        return []
    return [[entry.words, *entry.merge, entry.seeds, *entry.split.values()] for entry, _ in entries]


def entries_of(study: Study) -> tuple[list[PlacedEntry], list[Problem]]:
    """Entries of the file that ``[themes] file`` names, none where it names no file."""
    file = study.themes.file
    return read_entries(study.resolve(file), file) if file else ([], [])


def read_entries(path: Path, file: str) -> tuple[list[PlacedEntry], list[Problem]]:
    """Read the researcher's file of themes.

    Parameters
    ----------
    path : the file.
    file : its name in messages.

    Returns
    -------
    The entries that can be used, in order, and a problem for each of the others: themes are
    found without them.
    """
    if not path.is_file():
        return [], [Problem.error("themes.no-file", Location(file=file))]
    try:
        content = read_toml(path, file)
    except TextlienError as error:
        return [], list(error.problems)
    lines = _lines_of_entries(path)
    problems = list(_violations(content, file, lines))
    entries = content.get("theme", [])
    if not isinstance(entries, list):
        return [], problems
    placed = []
    for number, raw in enumerate(entries, start=1):
        place = _placed(Location(file=file, option=f"theme #{number}"), lines)
        try:
            placed.append(PlacedEntry(Entry.model_validate(raw), place))
        except ValidationError:
            continue  # said above, in the words of the file
    return _usable(placed, problems), problems


def _violations(content: dict[str, Any], file: str, lines: Sequence[int]) -> Iterator[Problem]:
    """List what breaks the schema, each with the line of its entry."""
    try:
        _ThemesFile.model_validate(content)
    except ValidationError as error:
        for details in error.errors():
            problem = violation(file, details, _ThemesFile)
            yield replace(problem, location=_placed(problem.location, lines))


def _lines_of_entries(path: Path) -> list[int]:
    """Line of the heading of each entry."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return [number for number, line in enumerate(lines, start=1) if _HEADING.match(line)]


def _placed(location: Location, lines: Sequence[int]) -> Location:
    """The location with the line at which its entry begins."""
    number = re.match(r"theme #(\d+)", location.option)
    if number is None or int(number[1]) > len(lines):
        return location
    return replace(location, line=lines[int(number[1]) - 1])


def _usable(entries: Sequence[PlacedEntry], problems: list[Problem]) -> list[PlacedEntry]:
    """The entries that can be followed; the problems of the others are added to ``problems``."""
    usable: list[PlacedEntry] = []
    owners: dict[str, Location] = {}
    for placed in entries:
        faults = [*_faults(placed), *_repetitions(placed, owners)]
        problems += faults
        if not faults:
            usable.append(placed)
            owners |= dict.fromkeys(_keys(placed.entry), placed.place)
    return usable


_LISTS = ("words", "merge", "seeds")
"""Keys that say which theme an entry means; it has one of them."""


def _faults(placed: PlacedEntry) -> Iterator[Problem]:
    """Find what makes no sense within one entry."""
    entry, place = placed
    keys = tuple(key for key in _LISTS if key in entry.model_fields_set)
    if len(keys) > 1:
        yield Problem.error("themes.entry-of-several-kinds", place, keys=keys)
        return
    if not keys:
        yield Problem.error("themes.entry-without-words", place)
        return
    if len(entry.merge) == 1:
        yield Problem.error("themes.merge-of-one", place)
    if not all(entry.anchors):
        yield Problem.error("themes.no-words", place, key=keys[0])
    if entry.split:
        yield from _faults_of_split(placed)
    elif entry.words and not entry.aside and not entry.names:
        yield Problem.error("themes.entry-does-nothing", place)


def _faults_of_split(placed: PlacedEntry) -> Iterator[Problem]:
    """Find what makes no sense where a theme is to be split."""
    entry, place = placed
    if not entry.words:
        yield Problem.error("themes.split-without-words", place)
    if entry.aside:
        yield Problem.error("themes.split-and-aside", place)
    if len(entry.split) == 1:
        yield Problem.error("themes.split-in-one", place)
    for name, words in entry.split.items():
        if not words:
            yield Problem.error("themes.no-words", place, key=name)


def _keys(entry: Entry) -> Iterator[str]:
    """Names and anchor words of an entry, in a form that two entries are compared by."""
    yield from (f"name {fold(name)}" for name in entry.names)
    yield from (f"words {sorted(map(fold, words))}" for words in entry.anchors)


def _repetitions(placed: PlacedEntry, owners: dict[str, Location]) -> Iterator[Problem]:
    """Names and lists of words that an entry above has, or that the entry has twice."""
    entry, place = placed
    names = [fold(name) for name in entry.names]
    for number, name in enumerate(entry.names):
        other = place if names[number] in names[:number] else owners.get(f"name {names[number]}")
        if other is not None:
            yield Problem.error("themes.name-twice", place, name=name, other=other)
    for words in entry.anchors:
        other = owners.get(f"words {sorted(map(fold, words))}")
        if other is not None:
            yield Problem.error("themes.entry-twice", place, words=words, other=other)
