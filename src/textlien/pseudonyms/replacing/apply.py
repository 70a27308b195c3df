"""The corpus with pseudonyms: a study of its own, complete, or nothing at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from textlien.coding.codings import COLUMNS as CODING_COLUMNS
from textlien.coding.codings import read_codings
from textlien.coding.sources import codebook_of, coding_files
from textlien.corpus.discovery import identifier_of
from textlien.files.encoding import read_text
from textlien.files.spreadsheet import read_sheet
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.replacing.codings import RewrittenCodings, codings_csv
from textlien.pseudonyms.replacing.comparison import Expected, compare
from textlien.pseudonyms.replacing.guards import write_marker
from textlien.pseudonyms.replacing.replace import saying
from textlien.pseudonyms.replacing.rewrite import Rewriter, Rewritten, turns_csv
from textlien.pseudonyms.replacing.source import Read, Source
from textlien.pseudonyms.replacing.study_file import (
    CODEBOOK,
    METADATA,
    STUDY_FILE,
    codebook_toml,
    metadata_csv,
    study_toml,
)
from textlien.pseudonyms.review.key import Key


class Applied(NamedTuple):
    """The corpus that was written.

    Attributes
    ----------
    study_file : of the corpus with pseudonyms.
    interviews, replaced, codings : numbers of interviews, of names replaced in their texts, and
        of codings that keep their words.
    rows_left_out : rows of codings files that point nowhere or code nothing.
    interviews_left_out : interviews that could not be used, and are not there.
    """

    study_file: Path
    interviews: int
    replaced: int
    codings: int
    rows_left_out: int
    interviews_left_out: int


def apply(
    source: Source,
    names: Sequence[Name],
    key: Key,
    folder: Path,
    *,
    read: Read,
    before_moving: Callable[[], None] = lambda: None,
) -> Applied:
    """Write the corpus with pseudonyms: transcripts, metadata, codings, codebook, study file.

    Everything is written beside ``folder`` first, read back and compared with what it was made
    from: turns, speakers, roles, sections and times, and every coding on its words.

    Parameters
    ----------
    source : the study.
    names : rows of the sheet, without faults.
    key : of :func:`~textlien.pseudonyms.replacing.identifiers.key_of`.
    folder : is replaced as a whole.
    read : reads the new study back.
    before_moving : called when all is well, before ``folder`` is touched; saves the key.
    """
    target = folder.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = target.with_name(f".{target.name}.{os.getpid()}")
    staged.mkdir()
    try:
        expected, rows_left_out = _build(source, names, key, staged)
        compare(expected, staged / STUDY_FILE, read)
        write_marker(staged)
        before_moving()
        _move(staged, target)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    rewritten = expected.rewritten.values()
    return Applied(
        folder / STUDY_FILE,
        len(rewritten),
        sum(interview.replaced for interview in rewritten),
        expected.n_codings,
        rows_left_out,
        len(source.corpus.interviews) - len(rewritten),
    )


def _move(staged: Path, folder: Path) -> None:
    """Put the new folder in its place; the old one goes when the new one is there."""
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    if folder.exists():
        folder.rename(old)
    try:
        staged.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _build(source: Source, names: Sequence[Name], key: Key, staged: Path) -> tuple[Expected, int]:
    """Write everything; give what a reader must find there, and rows of codings left out."""
    files = {f.interview: f.new for f in key.files if f.interview in source.corpus.turns}
    rewriter = Rewriter(names)
    rewritten = {
        interview: rewriter.rewrite(interview, source.turns(interview)) for interview in files
    }
    _write_transcripts(source, rewritten, files, staged)
    new_names = {
        i: identifier_of(f"{Path(f).parent.name}/{Path(f).stem}") for i, f in files.items()
    }
    tables = _codings(source, rewritten, new_names)
    paths = [f"codings/codings-{number:02d}.csv" for number in range(1, len(tables) + 1)]
    for path, table in zip(paths, tables, strict=True):
        _write(staged / path, table.content)
    _write_about(source, names, key, files, paths, staged)
    n_codings = sum(table.n_codings for table in tables)
    expected = Expected(rewritten, files, new_names, n_codings)
    return expected, sum(table.left_out for table in tables)


def _write_transcripts(
    source: Source, rewritten: Mapping[str, Rewritten], files: Mapping[str, str], staged: Path
) -> None:
    """Write each interview as a table of turns, with the variables of its file."""
    variables = source.corpus.variables
    for interview, file in files.items():
        about = variables[variables["interview_id"] == interview]
        pairs = list(zip(about["variable"], about["value"], strict=True))
        _write(staged / file, turns_csv(rewritten[interview], pairs))


def _codings(
    source: Source, rewritten: Mapping[str, Rewritten], new_names: Mapping[str, str]
) -> list[RewrittenCodings]:
    """Files of codings that have any."""
    study, axes = source.study, codebook_of(source.study)
    interviews = source.corpus.interviews
    tables = []
    for path in coding_files(study)[0]:
        anchored, _ = read_codings([path], study.display_path, interviews, source.text, axes)
        if anchored.empty:
            continue
        file = study.display_path(path)
        table = read_sheet(path, file, wanted=CODING_COLUMNS["interview"])
        tables.append(codings_csv(table, file, axes, anchored, rewritten, new_names))
    return tables


def _write_about(
    source: Source,
    names: Sequence[Name],
    key: Key,
    files: Mapping[str, str],
    codings: Sequence[str],
    staged: Path,
) -> None:
    """Write study file, metadata, codebook and lists of expressions."""
    study, say = source.study, saying(names)
    metadata = metadata_csv(source.corpus.interviews, files, key.persons, say)
    _write(staged / METADATA, metadata)
    expressions = []
    for number, path in enumerate(study.terms.expressions, start=1):
        expressions.append(f"expressions-{number:02d}.csv")
        _write(staged / expressions[-1], say(read_text(study.resolve(path), path).text))
    if study.axes.codebook:
        text = read_text(study.resolve(study.axes.codebook), study.axes.codebook).text
        _write(staged / CODEBOOK, codebook_toml(text, say))
    waves = {
        str(row["wave"]): Path(files[str(row["interview_id"])]).parent.as_posix()
        for row in source.included.to_dict("records")
        if str(row["interview_id"]) in files
    }
    ordered = {wave: waves[wave] for wave in study.waves if wave in waves}
    _write(staged / STUDY_FILE, study_toml(study, say, ordered, codings, expressions))


def _write(path: Path, text: str) -> None:
    """Write a text with its line ends as they are; folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
