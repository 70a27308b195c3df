"""The metadata table of a corpus: which row is of which transcript."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from textlien.corpus.discovery import Transcript, corpus_folder, files_matching
from textlien.errors import Problem, TextlienError, did_you_mean
from textlien.files.spreadsheet import read_sheet
from textlien.messages.message import Location, message
from textlien.study.options import CorpusOptions, Study
from textlien.text.folding import fold
from textlien.text.names import FileNames, comparable
from textlien.transcripts.notice import FIELDS

# A table that has none of these says next to nothing.
_APART = ("city", "person")
"""Fields that tell two interviews apart; a table has a row of its own for each copy of a file."""

_DESCRIBING = ("city", "actor", "person", "wave")

# Names of files differ by a number often: less alike than this, another file is meant.
_LIKENESS = 0.8

_MOST_NAMES = 3
"""Names listed from a table and from a folder that have none in common: enough to see why."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Values of fields as one source gives them, and the location of the source."""

    location: Location
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Roster:
    """The checked ``metadata.csv`` of one corpus.

    Attributes
    ----------
    file : the table as the user knows it; "" where the corpus has none.
    rows : the row of each file, by resolved path.
    usable : False when the table could not be read, so that no file is blamed for having no row.
    problems : of the table.
    """

    file: str = ""
    rows: Mapping[Path, Statement] = field(default_factory=dict)
    usable: bool = True
    problems: tuple[Problem, ...] = ()


def load_roster(
    study: Study,
    corpus: CorpusOptions,
    files: Sequence[Path],
    kept: Mapping[Path, Path] | None = None,
) -> Roster:
    """Read the metadata of a corpus, .csv, .xlsx or .ods, and give each row its file.

    Parameters
    ----------
    study, corpus : options; rows of another wave are ignored.
    files : transcripts of the corpus. A row names one by the end of its path, the suffix or not
        (:class:`~textlien.text.names.FileNames`).
    kept : by each file that repeats another one, that one.

    Returns
    -------
    The roster with every problem of the table; no row when the corpus has no ``metadata`` or its
    table cannot be read.
    """
    if not corpus.metadata:
        return Roster()
    path = study.resolve(corpus.metadata)
    file = study.display_path(path)
    try:
        table = read_sheet(path, file, fold, study.limits, FIELDS["file"])
    except TextlienError as error:
        return Roster(file, usable=False, problems=_unreadable(study, corpus, error))
    columns = {field: _column(table.header, field) for field in FIELDS}
    problems = [*table.notes, *_missing_columns(table.header, columns, file)]
    if not columns["file"]:
        return Roster(file, usable=False, problems=tuple(problems))
    statements = [
        Statement(
            table.location(file, number),
            {field: row[name].strip() for field, name in columns.items() if name},
        )
        for number, row in table.rows
    ]
    rows, faults = _rows(study, corpus, statements, _names_of(study, corpus, files, kept or {}))
    if files and not rows:
        fault = _of_no_file(study, corpus, statements, files)
        return Roster(file, usable=False, problems=(*problems, *_others(faults), fault))
    return Roster(file, rows, problems=(*problems, *faults))


def _rows(
    study: Study,
    corpus: CorpusOptions,
    statements: Sequence[Statement],
    names: FileNames[Path],
) -> tuple[dict[Path, Statement], list[Problem]]:
    """The row of each file of a corpus, and the problems of the rows."""
    elsewhere = _names_elsewhere(study, corpus)
    rows: dict[Path, Statement] = {}
    problems: list[Problem] = []
    for statement in statements:
        name = statement.values["file"]
        if not _is_of_wave(corpus, statement):
            problems += _unknown_wave(study, statement)
            continue
        if not names.find(name) and elsewhere.find(name):
            continue
        match = _file_of(study, statement, names, rows)
        if isinstance(match, Problem):
            problems.append(match)
        elif match is not None:
            rows[match] = statement
    return rows, problems


def _is_of_wave(corpus: CorpusOptions, statement: Statement) -> bool:
    """True if a row is of the wave of a corpus, or of none."""
    wave = statement.values.get("wave")
    return not wave or comparable(wave) == comparable(corpus.wave)


def _of_no_file(
    study: Study, corpus: CorpusOptions, statements: Sequence[Statement], files: Sequence[Path]
) -> Problem:
    """The error of a table that describes no file of its corpus, with names from both sides."""
    option = f"corpus #{study.corpus.index(corpus) + 1}.metadata"
    location = Location(file=study.file.name, option=option)
    rows = [statement for statement in statements if _is_of_wave(corpus, statement)]
    if not rows:
        return Problem.error(
            "corpus.no-row-of-wave", location, path=corpus.metadata, wave=corpus.wave
        )
    names = dict.fromkeys(row.values["file"] for row in rows if row.values["file"])
    return Problem.error(
        "corpus.rows-of-no-file",
        location,
        path=corpus.metadata,
        names=tuple(names)[:_MOST_NAMES],
        files=tuple(study.display_path(file) for file in files[:_MOST_NAMES]),
    )


def _others(problems: Iterable[Problem]) -> list[Problem]:
    """Problems of the rows but those that the error of the whole table stands for."""
    return [problem for problem in problems if problem.id != "corpus.row-of-no-file"]


def load_rosters(
    study: Study, transcripts: Sequence[Transcript], kept: Mapping[Path, Path]
) -> list[Roster]:
    """The metadata table of each ``[[corpus]]`` of a study, in order.

    Parameters
    ----------
    study : options.
    transcripts : of all corpora.
    kept : by each file that repeats another one, that one: a row of either is its row.
    """
    return [
        load_roster(
            study, corpus, [part.path for part in transcripts if part.corpus == number], kept
        )
        for number, corpus in enumerate(study.corpus)
    ]


def described_by_rows(rosters: Iterable[Roster]) -> dict[Path, dict[str, str]]:
    """Values of the row of each file that say of whom and where it is, by resolved path."""
    return {
        path: {field: row.values[field] for field in _APART if row.values.get(field)}
        for roster in rosters
        for path, row in roster.rows.items()
    }


def _unreadable(study: Study, corpus: CorpusOptions, error: TextlienError) -> tuple[Problem, ...]:
    """The problems of a table that cannot be read; of a missing one, that of the study file."""
    if study.resolve(corpus.metadata).is_file():
        return error.problems
    option = f"corpus #{study.corpus.index(corpus) + 1}.metadata"
    location = Location(file=study.file.name, option=option)
    return (Problem.error("corpus.no-such-metadata", location, path=corpus.metadata),)


def _missing_columns(
    header: Sequence[str], columns: Mapping[str, str], file: str
) -> Iterator[Problem]:
    """A problem when the table has no column of files, or none that describes them."""
    location = Location(file=file, line=1)
    if not columns["file"]:
        yield Problem.error("corpus.no-file-column", location, columns=tuple(header))
    elif not any(columns[field] for field in _DESCRIBING):
        yield Problem.warning("corpus.no-useful-column", location, columns=tuple(header))


def _column(columns: Sequence[str], field: str) -> str:
    """Name of the column of a field, or ""."""
    return next((name for name in FIELDS[field] if name in columns), "")


def _names_of(
    study: Study, corpus: CorpusOptions, files: Iterable[Path], kept: Mapping[Path, Path]
) -> FileNames[Path]:
    """The files of a corpus, to be looked up by the names that rows give them."""
    base = corpus_folder(study, corpus).resolve()
    entries = []
    for file in files:
        path = file.resolve()
        inner = len(path.relative_to(base).parts) if path.is_relative_to(base) else 0
        entries.append((path.as_posix(), inner, kept.get(file, file).resolve()))
    return FileNames(entries)


def _names_elsewhere(study: Study, corpus: CorpusOptions) -> FileNames[Path]:
    """The files of the other corpora that share this corpus's table."""
    table = study.resolve(corpus.metadata)
    files: list[Path] = []
    for other in study.corpus:
        if other is not corpus and other.metadata and study.resolve(other.metadata) == table:
            files += files_matching(study, other.path)
    return _names_of(study, corpus, files, {})


def _file_of(
    study: Study,
    statement: Statement,
    names: FileNames[Path],
    rows: Mapping[Path, Statement],
) -> Path | Problem | None:
    """The file that a row names, the problem with its name, or None for a row said before."""
    name, location = statement.values["file"], statement.location
    candidates = names.find(name)
    if not name:
        return Problem.warning("corpus.row-without-file", location)
    if not candidates:
        suggestion = did_you_mean(
            PurePosixPath(name.replace("\\", "/")).name,
            [part for file in names.items() for part in (file.name, file.stem)],
            cutoff=_LIKENESS,
            key=comparable,
            otherwise=message("corpus.correct-or-remove-row"),
        )
        return Problem.warning("corpus.row-of-no-file", location, name=name, suggestion=suggestion)
    if len(candidates) > 1:
        return Problem.error(
            "corpus.row-of-several-files",
            location,
            name=name,
            files=tuple(study.display_path(file) for file in candidates),
        )
    if candidates[0] in rows:
        return _second_row(statement, rows[candidates[0]])
    return candidates[0]


def _second_row(statement: Statement, first: Statement) -> Problem | None:
    """The error of a second row for a file, unless it says the same as the first."""
    second, before = (
        {field: value for field, value in row.values.items() if field != "file"}
        for row in (statement, first)
    )
    if second == before and statement.values["file"] != first.values["file"]:
        return None
    where = replace(first.location, file="")
    name = statement.values["file"]
    return Problem.error("corpus.second-row", statement.location, name=name, first=where)


def _unknown_wave(study: Study, statement: Statement) -> list[Problem]:
    """A warning when the wave of a row is that of no corpus."""
    wave = statement.values["wave"]
    if comparable(wave) in map(comparable, study.waves):
        return []
    return [
        Problem.warning(
            "corpus.unknown-wave", statement.location, wave=wave, waves=tuple(study.waves)
        )
    ]
