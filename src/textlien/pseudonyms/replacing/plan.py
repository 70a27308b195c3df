"""The texts of a corpus with pseudonyms, by file: made in memory, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textlien.coding.codings import COLUMNS as CODING_COLUMNS
from textlien.coding.codings import read_codings
from textlien.coding.sources import codebook_of, coding_files
from textlien.corpus.discovery import identifier_of
from textlien.files.encoding import read_text
from textlien.files.spreadsheet import read_sheet
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.replacing.codings import RewrittenCodings, codings_csv
from textlien.pseudonyms.replacing.comparison import Expected
from textlien.pseudonyms.replacing.replace import Say, saying
from textlien.pseudonyms.replacing.rewrite import Rewriter, Rewritten, turns_csv
from textlien.pseudonyms.replacing.source import Source
from textlien.pseudonyms.replacing.study_file import (
    CODEBOOK,
    METADATA,
    STUDY_FILE,
    codebook_toml,
    metadata_csv,
    study_toml,
)
from textlien.pseudonyms.review.key import Key
from textlien.study.options import Study


class Plan(NamedTuple):
    """A corpus with pseudonyms that is still to be written.

    Attributes
    ----------
    contents : text of each file, by its path in the new folder.
    expected : what a reader must find there.
    rows_left_out : rows of codings files that point nowhere or code nothing.
    """

    contents: Mapping[str, str]
    expected: Expected
    rows_left_out: int


def plan_of(source: Source, names: Sequence[Name], key: Key) -> Plan:
    """Make the texts of transcripts, metadata, codings, codebook and study file.

    Parameters
    ----------
    source : the study.
    names : rows of the sheet, without faults.
    key : of :func:`~textlien.pseudonyms.replacing.identifiers.key_of`.
    """
    turns = source.corpus.turns
    files = {file.interview: file.new for file in key.files if file.interview in turns}
    new_names = {interview: _identifier(file) for interview, file in files.items()}
    rewriter = Rewriter(names)
    rewritten = {
        interview: rewriter.rewrite(interview, source.turns(interview)) for interview in files
    }
    transcripts = _transcripts(source.corpus.variables, rewritten, files)
    tables = list(_codings(source, rewritten, new_names))
    codings = {
        f"codings/codings-{number:02d}.csv": table.content
        for number, table in enumerate(tables, start=1)
    }
    study, say = source.study, saying(names)
    waves = _folders(source.included, files, study.waves)
    expressions = dict(_expressions(study, say))
    codebook = _codebook(study, say)
    metadata = metadata_csv(source.corpus.interviews, files, key.persons, say)
    study_file = study_toml(study, say, waves, list(codings), list(expressions))
    about = {METADATA: metadata, STUDY_FILE: study_file}
    n_codings = sum(table.n_codings for table in tables)
    return Plan(
        {**transcripts, **codings, **expressions, **codebook, **about},
        Expected(rewritten, files, new_names, n_codings),
        sum(table.left_out for table in tables),
    )


def _identifier(file: str) -> str:
    """Identifier that the interview of a new file has: its wave, then its name."""
    path = Path(file)
    return identifier_of(f"{path.parent.name}/{path.stem}")


def _transcripts(
    variables: pd.DataFrame, rewritten: Mapping[str, Rewritten], files: Mapping[str, str]
) -> dict[str, str]:
    """Each interview as a table of turns, with the variables of its file."""
    contents = {}
    for interview, file in files.items():
        about = variables[variables["interview_id"] == interview]
        pairs = list(zip(about["variable"], about["value"], strict=True))
        contents[file] = turns_csv(rewritten[interview], pairs)
    return contents


def _codings(
    source: Source, rewritten: Mapping[str, Rewritten], new_names: Mapping[str, str]
) -> Iterator[RewrittenCodings]:
    """Files of codings that have any."""
    study, axes = source.study, codebook_of(source.study)
    interviews = source.corpus.interviews
    for path in coding_files(study)[0]:
        anchored, _ = read_codings([path], study.display_path, interviews, source.text, axes)
        if anchored.empty:
            continue
        file = study.display_path(path)
        table = read_sheet(path, file, wanted=CODING_COLUMNS["interview"])
        yield codings_csv(table, file, axes, anchored, rewritten, new_names)


def _expressions(study: Study, say: Say) -> Iterator[tuple[str, str]]:
    """New file and text of each list of expressions."""
    for number, path in enumerate(study.terms.expressions, start=1):
        yield f"expressions-{number:02d}.csv", say(read_text(study.resolve(path), path).text)


def _codebook(study: Study, say: Say) -> dict[str, str]:
    """The codebook, where the study has one of its own."""
    path = study.axes.codebook
    if not path:
        return {}
    text = read_text(study.resolve(path), path).text
    return {CODEBOOK: codebook_toml(text, say)}


def _folders(
    interviews: pd.DataFrame, files: Mapping[str, str], waves: Iterable[str]
) -> dict[str, str]:
    """Folder of the transcripts of each wave that has any, in the order of the study."""
    folders = {
        str(wave): Path(files[str(interview)]).parent.as_posix()
        for interview, wave in zip(interviews["interview_id"], interviews["wave"], strict=True)
        if str(interview) in files
    }
    return {wave: folders[wave] for wave in waves if wave in folders}
