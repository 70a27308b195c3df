"""The metadata table of a corpus: which row is of which transcript."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from textlien.corpus.discovery import Transcript
from textlien.errors import Problem, TextlienError
from textlien.files.spreadsheet import read_sheet
from textlien.raw import raw_hint, raw_problem, raw_text
from textlien.study.options import CorpusOptions, Study
from textlien.text.folding import fold
from textlien.transcripts.notice import FIELDS

# A table that has none of these says next to nothing.
_TELLING = ("city", "actor", "person", "wave")


@dataclass(frozen=True, slots=True)
class Given:
    """Values as one source gives them, and where: "metadata.csv", "line 14"."""

    file: str
    place: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Roster:
    """The checked ``metadata.csv`` of one corpus.

    Attributes
    ----------
    rows : the row of each file, by resolved path.
    usable : False when the table could not be read, so that no file is blamed for having no row.
    problems : of the table.
    """

    rows: Mapping[Path, Given] = field(default_factory=dict)
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
    shown = study.shown(path)
    try:
        table = read_sheet(path, shown, fold, study.limits, FIELDS["file"])
    except TextlienError as error:
        return Roster(usable=False, problems=(_unreadable(study, corpus, error),))
    columns = {ours: _column(table.header, ours) for ours in FIELDS}
    problems = [*table.notes, *_missing_columns(table.header, columns, shown)]
    if not columns["file"]:
        return Roster(usable=False, problems=tuple(problems))
    known = _names_of(files, (path.parent, study.resolve(corpus.path)))
    elsewhere = _stems_elsewhere(study, corpus)
    rows: dict[Path, Given] = {}
    for line, row in table.rows:
        values = {ours: row[name].strip() for ours, name in columns.items() if name}
        given = Given(shown, f"{table.unit} {line}", values)
        if values.get("wave") and values["wave"] != corpus.wave:
            problems += _unknown_wave(study, given)
            continue
        if not _names_known(known, values["file"]) and _stem(values["file"]) in elsewhere:
            continue
        found_file, problem = _file_of(given, known, rows)
        problems += problem
        if found_file:
            rows[found_file] = given
    return Roster(rows, problems=tuple(problems))


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


def _unreadable(study: Study, corpus: CorpusOptions, error: TextlienError) -> Problem:
    path = study.resolve(corpus.metadata)
    message, hint = raw_text(error), raw_hint(error)
    if not path.is_file():
        message = f'no such metadata file: "{corpus.metadata}".'
        hint = "Correct metadata; it is relative to the study file."
    return raw_problem(study.file.name, message, hint, f'[[corpus]] wave "{corpus.wave}"')


def _missing_columns(
    header: Sequence[str], columns: Mapping[str, str], shown: str
) -> Iterator[Problem]:
    found = ", ".join(f'"{column}"' for column in header)
    if not columns["file"]:
        message = f"no column of file names; found {found}."
        yield raw_problem(shown, message, 'Name it "file".', "line 1")
    elif not any(columns[ours] for ours in _TELLING):
        message = f"no column of cities, actors, persons or waves; found {found}."
        hint = f"Name them as in: {'; '.join(('file', *_TELLING))}."
        yield raw_problem(shown, message, hint, "line 1", "warning")


def _column(columns: Sequence[str], ours: str) -> str:
    return next((name for name in FIELDS[ours] if name in columns), "")


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


def _names_known(known: Mapping[str, list[Path]], name: str) -> list[Path]:
    return known.get(name.replace("\\", "/").removeprefix("./").casefold(), [])


def _stem(name: str) -> str:
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
    given: Given, known: Mapping[str, list[Path]], taken: Mapping[Path, Given]
) -> tuple[Path | None, list[Problem]]:
    name = given.values["file"]
    candidates = _names_known(known, name)
    if not candidates:
        near = difflib.get_close_matches(name.casefold(), known, n=1, cutoff=0.8)
        hint = (
            f'Did you mean "{known[near[0]][0].name}"?' if near else "Correct or remove the line."
        )
        message = f'no transcript is called "{name}".' if name else "no file name."
        return None, [raw_problem(given.file, message, hint, given.place, "warning")]
    if len(candidates) > 1:
        message = f'"{name}" names {len(candidates)} transcripts.'
        hint = "Write its path from the folder of the metadata file, with its suffix."
        return None, [raw_problem(given.file, message, hint, given.place)]
    if candidates[0] in taken:
        message = f'"{name}" has a row already ({taken[candidates[0]].place}).'
        return None, [raw_problem(given.file, message, "Keep one of the two.", given.place)]
    return candidates[0], []


def _unknown_wave(study: Study, given: Given) -> list[Problem]:
    wave = given.values["wave"]
    if wave in study.waves:
        return []
    known = ", ".join(f'"{name}"' for name in study.waves)
    message = f'wave "{wave}" is not one of the study\'s.'
    return [raw_problem(given.file, message, f"The corpora have {known}.", given.place, "warning")]
