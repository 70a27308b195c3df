"""The metadata table of a corpus: which row is of which transcript."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from textlien.corpus.discovery import Transcript
from textlien.errors import Problem, TextlienError, did_you_mean
from textlien.files.spreadsheet import read_sheet
from textlien.messages.message import Location, message
from textlien.study.options import CorpusOptions, Study
from textlien.text.folding import fold
from textlien.transcripts.notice import FIELDS

# A table that has none of these says next to nothing.
_DESCRIBING = ("city", "actor", "person", "wave")

# Names of files differ by a number often: less alike than this, another file is meant.
_LIKENESS = 0.8


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


def load_roster(study: Study, corpus: CorpusOptions, files: Sequence[Path]) -> Roster:
    """Read the metadata of a corpus, .csv, .xlsx or .ods, and give each row its file.

    Parameters
    ----------
    study, corpus : options; rows of another wave are ignored.
    files : transcripts of the corpus. A row names one by its path relative to the metadata
        file or to the corpus folder, or by its name alone; the suffix may be left out.

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
    names = _names_of(files, (path.parent, study.resolve(corpus.path)))
    statements = [
        Statement(
            table.location(file, number),
            {field: row[name].strip() for field, name in columns.items() if name},
        )
        for number, row in table.rows
    ]
    rows, faults = _rows(study, corpus, statements, names)
    return Roster(file, rows, problems=(*problems, *faults))


def _rows(
    study: Study,
    corpus: CorpusOptions,
    statements: Sequence[Statement],
    names: Mapping[str, list[Path]],
) -> tuple[dict[Path, Statement], list[Problem]]:
    """The row of each file of a corpus, and the problems of the rows."""
    elsewhere = _stems_elsewhere(study, corpus)
    rows: dict[Path, Statement] = {}
    problems: list[Problem] = []
    for statement in statements:
        wave, name = statement.values.get("wave"), statement.values["file"]
        if wave and wave != corpus.wave:
            problems += _unknown_wave(study, statement)
            continue
        if not _files_named(names, name) and _stem(name) in elsewhere:
            continue
        match = _file_of(statement, names, rows)
        if isinstance(match, Problem):
            problems.append(match)
        else:
            rows[match] = statement
    return rows, problems


def load_rosters(study: Study, transcripts: Sequence[Transcript]) -> list[Roster]:
    """The metadata table of each ``[[corpus]]`` of a study, in order.

    Parameters
    ----------
    study : options.
    transcripts : of all corpora.
    """
    return [
        load_roster(study, corpus, [part.path for part in transcripts if part.corpus == number])
        for number, corpus in enumerate(study.corpus)
    ]


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


def _names_of(files: Sequence[Path], folders: Sequence[Path]) -> dict[str, list[Path]]:
    """Every name that a row may give to a file, most precise ones included, without case."""
    names: dict[str, list[Path]] = defaultdict(list)
    for file in files:
        path = file.resolve()
        ways = {path.name, path.as_posix()}
        ways |= {
            path.relative_to(folder.resolve()).as_posix()
            for folder in folders
            if path.is_relative_to(folder.resolve())
        }
        ways |= {way.removesuffix(path.suffix) for way in set(ways)}
        for way in ways:
            names[way.casefold()].append(path)
    return names


def _files_named(names: Mapping[str, list[Path]], name: str) -> list[Path]:
    """Files that a row may mean by a name."""
    return names.get(name.replace("\\", "/").removeprefix("./").casefold(), [])


def _stem(name: str) -> str:
    """Name of a file without folder, suffix and case."""
    return Path(name.replace("\\", "/")).stem.casefold()


def _stems_elsewhere(study: Study, corpus: CorpusOptions) -> frozenset[str]:
    """Names of the transcripts of the other corpora that share this corpus's table."""
    table = study.resolve(corpus.metadata)
    stems: set[str] = set()
    for other in study.corpus:
        if other is corpus or not other.metadata or study.resolve(other.metadata) != table:
            continue
        path = study.resolve(other.path)
        files = path.rglob("*") if path.is_dir() else path.parent.glob(path.name)
        stems |= {file.stem.casefold() for file in files}
    return frozenset(stems)


def _file_of(
    statement: Statement, names: Mapping[str, list[Path]], rows: Mapping[Path, Statement]
) -> Path | Problem:
    """The file that a row names, or the problem with its name."""
    name, location = statement.values["file"], statement.location
    candidates = _files_named(names, name)
    if not name:
        return Problem.warning("corpus.row-without-file", location)
    if not candidates:
        files = dict.fromkeys(paths[0] for paths in names.values())
        suggestion = did_you_mean(
            name,
            [part for file in files for part in (file.name, file.stem)],
            cutoff=_LIKENESS,
            key=str.casefold,
            otherwise=message("corpus.correct-or-remove-row"),
        )
        return Problem.warning("corpus.row-of-no-file", location, name=name, suggestion=suggestion)
    if len(candidates) > 1:
        return Problem.error(
            "corpus.row-of-several-files", location, name=name, files=len(candidates)
        )
    if candidates[0] in rows:
        first = replace(rows[candidates[0]].location, file="")
        return Problem.error("corpus.second-row", location, name=name, first=first)
    return candidates[0]


def _unknown_wave(study: Study, statement: Statement) -> list[Problem]:
    """A warning when the wave of a row is that of no corpus."""
    wave = statement.values["wave"]
    if wave in study.waves:
        return []
    return [
        Problem.warning(
            "corpus.unknown-wave", statement.location, wave=wave, waves=tuple(study.waves)
        )
    ]
