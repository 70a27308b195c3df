"""The corpus with pseudonyms: a study of its own, complete, or nothing at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textlien import tables
from textlien.coding.codings import COLUMNS as CODING_COLUMNS
from textlien.coding.codings import read_codings
from textlien.coding.sources import codebook_of, coding_files
from textlien.corpus.describe import Corpus
from textlien.corpus.discovery import identifier_of
from textlien.files.encoding import read_text
from textlien.files.spreadsheet import read_sheet
from textlien.pipeline.reading import read_corpus
from textlien.pipeline.run_folder import Run
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.replacing.folded import forms_of, replace_loosely
from textlien.pseudonyms.replacing.guards import write_marker
from textlien.pseudonyms.replacing.rewrite import (
    Codings,
    Rewriter,
    Rewritten,
    codings_csv,
    saying,
    turns_csv,
)
from textlien.pseudonyms.replacing.study_file import (
    CODEBOOK,
    METADATA,
    codebook_toml,
    metadata_csv,
    study_toml,
)
from textlien.pseudonyms.review.key import Key, RenamedFile
from textlien.raw import raw_error
from textlien.study.loading import load
from textlien.study.options import Study
from textlien.tables.parquet import read_parquet

STUDY_FILE = "study.toml"

_REPORT = "Nothing was written. Please report this, with the format of the file."


class Source(NamedTuple):
    """A study that was read: where its tables are."""

    study: Study
    run: Run
    corpus: Corpus

    def turns(self, interview: str) -> pd.DataFrame:
        """Table ``turns`` of an interview."""
        shard = self.run.shard("turns", interview, self.corpus.turns[interview])
        return read_parquet(shard, "turns")

    def text(self, interview: str) -> str:
        """Normalised text of an interview, "" when it was left out."""
        if interview not in self.corpus.turns:
            return ""
        return tables.normalised_text(self.turns(interview))


class Applied(NamedTuple):
    """What was written.

    Attributes
    ----------
    study_file : of the corpus with pseudonyms.
    interviews, replaced, codings : numbers of interviews, of names replaced in their texts, and
        of codings found again.
    rows_left_out : rows of codings files that point nowhere or code nothing.
    interviews_left_out : interviews that could not be used, and are not there.
    """

    study_file: Path
    interviews: int
    replaced: int
    codings: int
    rows_left_out: int
    interviews_left_out: int


class _Built(NamedTuple):
    """All that a new folder has, while it is built."""

    rewritten: dict[str, Rewritten]
    files: dict[str, str]
    new_names: dict[str, str]
    codings: list[Codings]
    n_codings: int


def key_of(source: Source, names: Sequence[Name], old: Key) -> Key:
    """The key of this corpus: names, new files and new persons; what ``old`` says of them stays.

    Parameters
    ----------
    source : the study.
    names : rows of the sheet.
    old : the key of the batches before, or an empty one.
    """
    interviews = source.corpus.interviews
    included = interviews[interviews["interview_id"].isin(set(source.corpus.turns))]
    files = _new_files(included, names, old)
    named = tuple(name for name in names if name.action != "ask")
    return Key(named, tuple(files), _new_persons(included["person"], names, old))


def _new_files(interviews: pd.DataFrame, names: Sequence[Name], old: Key) -> list[RenamedFile]:
    """A file an interview, named after city and actor, which are no names, and a number.

    Its folder is the wave, so that identifiers are « 2013-creil-maire-01 ».
    """
    forms = forms_of(names)
    before = {file.interview: file.new for file in old.files}
    taken = set(before.values())
    files = []
    for row in interviews.to_dict("records"):
        interview, wave = str(row["interview_id"]), str(row["wave"])
        new = before.get(interview)
        parts = [replace_loosely(str(row[part]), forms) for part in ("city", "actor")]
        stem = "_".join(filter(None, map(identifier_of, parts))) or "entretien"
        folder = identifier_of(replace_loosely(wave, forms)) or "wave"
        number = 1
        while new is None or (new in taken and interview not in before):
            new = f"transcripts/{folder}/{stem}_{number:02d}.csv"
            number += 1
        taken.add(new)
        files.append(RenamedFile(interview, str(row["file"]), new))
    return files


def _new_persons(persons: Iterable[str], names: Sequence[Name], old: Key) -> dict[str, str]:
    """An identifier for each person of the metadata.

    One that has a name of the sheet gets its pseudonym; one with a digit is a code and stays;
    any other may be a name that nobody says in the interviews, and becomes a number.
    """
    forms = forms_of(names)
    new: dict[str, str] = {}
    taken = set(old.persons.values())
    for person in dict.fromkeys(str(person) for person in persons if person):
        wanted = old.persons.get(person, "")
        if not wanted:
            said = replace_loosely(person, forms)
            is_code = any(char.isdigit() for char in person)
            wanted = said if said != person or is_code else ""
            number = 1
            while not wanted or wanted in taken:
                wanted = f"personne-{number:03d}"
                number += 1
        taken.add(wanted)
        new[person] = wanted
    return new


def apply(
    source: Source,
    names: Sequence[Name],
    key: Key,
    folder: Path,
    *,
    before_moving: Callable[[], None] = lambda: None,
) -> Applied:
    """Write the corpus with pseudonyms: transcripts, metadata, codings, codebook, study file.

    Everything is written beside ``folder`` first, read back and compared with what it was made
    from: turns, speakers, roles, sections and times, and every coding on its words.

    Parameters
    ----------
    source : the study.
    names : rows of the sheet, without faults.
    key : of :func:`key_of`.
    folder : is replaced as a whole.
    before_moving : called when all is well, before ``folder`` is touched; saves the key.
    """
    folder.resolve().parent.mkdir(parents=True, exist_ok=True)
    staged = folder.resolve().with_name(f".{folder.resolve().name}.{os.getpid()}")
    staged.mkdir()
    try:
        built = _build(source, names, key, staged)
        _compare(built, staged)
        write_marker(staged)
        before_moving()
        _move(staged, folder.resolve())
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return Applied(
        folder / STUDY_FILE,
        len(built.rewritten),
        sum(interview.replaced for interview in built.rewritten.values()),
        built.n_codings,
        sum(codings.left_out for codings in built.codings),
        len(source.corpus.interviews) - len(built.rewritten),
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


def _build(source: Source, names: Sequence[Name], key: Key, staged: Path) -> _Built:
    files = {f.interview: f.new for f in key.files if f.interview in source.corpus.turns}
    rewriter = Rewriter(names)
    rewritten = {
        interview: rewriter.rewrite(interview, source.turns(interview)) for interview in files
    }
    variables = source.corpus.variables
    for interview, new in files.items():
        own = variables[variables["interview_id"] == interview]
        pairs = list(zip(own["variable"], own["value"], strict=True))
        _write(staged / new, turns_csv(rewritten[interview], pairs))
    new_names = {
        i: identifier_of(f"{Path(f).parent.name}/{Path(f).stem}") for i, f in files.items()
    }
    codings, n_codings = _codings(source, rewritten, new_names)
    for number, part in enumerate(codings, start=1):
        _write(staged / _coding_file(number), part.content)
    _write_about(
        source, names, key, files, [*map(_coding_file, range(1, len(codings) + 1))], staged
    )
    return _Built(rewritten, files, new_names, codings, n_codings)


def _coding_file(number: int) -> str:
    return f"codings/codings-{number:02d}.csv"


def _codings(
    source: Source, rewritten: Mapping[str, Rewritten], new_names: Mapping[str, str]
) -> tuple[list[Codings], int]:
    """Files of codings that have any, and how many codings there are in all."""
    study = source.study
    axes, found, total = codebook_of(study), [], 0
    for path in coding_files(study)[0]:
        anchored, _ = read_codings([path], study, source.corpus.interviews, source.text, axes)
        if anchored.empty:
            continue
        table = read_sheet(path, study.display_path(path), wanted=CODING_COLUMNS["interview"])
        found.append(codings_csv(table, anchored, rewritten, new_names))
        total += len(anchored)
    return found, total


def _write_about(
    source: Source,
    names: Sequence[Name],
    key: Key,
    files: Mapping[str, str],
    codings: Sequence[str],
    staged: Path,
) -> None:
    """Study file, metadata, codebook and lists of expressions."""
    study, say = source.study, saying(names)
    interviews = source.corpus.interviews
    _write(
        staged / METADATA,
        metadata_csv(interviews, files, key.persons, say),
    )
    expressions = []
    for number, path in enumerate(study.terms.expressions, start=1):
        expressions.append(f"expressions-{number:02d}.csv")
        _write(staged / expressions[-1], say(read_text(study.resolve(path), path).text))
    if study.axes.codebook:
        text = read_text(study.resolve(study.axes.codebook), study.axes.codebook).text
        _write(staged / CODEBOOK, codebook_toml(text, say))
    included = interviews[interviews["interview_id"].isin(set(files))]
    waves = {
        str(row["wave"]): str(Path(files[str(row["interview_id"])]).parent.as_posix())
        for row in included.to_dict("records")
    }
    ordered = {wave: waves[wave] for wave in study.waves if wave in waves}
    _write(staged / STUDY_FILE, study_toml(study, say, ordered, codings, expressions))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def _compare(built: _Built, staged: Path) -> None:
    """Read the new study as anybody would, and compare it with what it was made from."""
    study = load(staged / STUDY_FILE)
    with tempfile.TemporaryDirectory() as folder:
        run = Run(Path(folder))
        corpus = read_corpus(study, run)
        again = Source(study, run, corpus)
        for interview, new in built.new_names.items():
            if new not in corpus.turns:
                wrong = [str(p) for p in corpus.problems if p.severity == "error"]
                message = f"{built.files[interview]} could not be read back."
                raise raw_error("\n".join([message, *wrong[:3]]), _REPORT)
            _compare_turns(built.rewritten[interview], again.turns(new), built.files[interview])
            if again.text(new) != built.rewritten[interview].text:
                raise raw_error(f"{built.files[interview]}: another text.", _REPORT)
        paths, _ = coding_files(study)
        axes = codebook_of(study)
        codings, _ = read_codings(paths, study, corpus.interviews, again.text, axes)
    if len(codings) != built.n_codings or (codings["anchor"] != "kept").any():
        message = f"{len(codings)} codings of {built.n_codings} would be found again."
        raise raw_error(message, _REPORT)


def _compare_turns(rewritten: Rewritten, turns: pd.DataFrame, shown: str) -> None:
    found = turns.rename(columns={"start": "from", "end": "to"}).rename(
        columns={"time_start": "start", "time_end": "end"}
    )
    for column in rewritten.turns.columns:
        wanted, read = rewritten.turns[column].tolist(), found[column].tolist()
        # A moment that is not known is NaN, which equals nothing.
        pairs = zip(map(str, wanted), map(str, read), strict=False)
        turn = next((n for n, (left, right) in enumerate(pairs) if left != right), None)
        if turn is not None or len(wanted) != len(read):
            place = f"turn {turn}" if turn is not None else f"{len(wanted)} turns, {len(read)} read"
            raise raw_error(f"{shown}, {place}: {column} would be read otherwise.", _REPORT)
