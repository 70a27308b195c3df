"""Pseudonymise a study: suggest names, apply the reviewed sheet, audit the result."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from textlien.errors import Problem, TextlienError, problems_of, raise_all
from textlien.messages.message import Location
from textlien.pipeline.reading import read_corpus
from textlien.pipeline.run_folder import Run, run_folder
from textlien.pseudonyms.audit.audit import Audit, audit
from textlien.pseudonyms.exact_forms import ExactForms
from textlien.pseudonyms.model import Action, Kind, Name
from textlien.pseudonyms.reasons import Evidence, Reason
from textlien.pseudonyms.replacing.apply import Applied, apply
from textlien.pseudonyms.replacing.guards import refuse_folder, refuse_private_file
from textlien.pseudonyms.replacing.identifiers import key_of
from textlien.pseudonyms.replacing.source import Source
from textlien.pseudonyms.review.faults import faults_of
from textlien.pseudonyms.review.key import Ask, Key, conflicts, merged, read_key, write_key
from textlien.pseudonyms.review.merging import merge
from textlien.pseudonyms.review.sheet import read_names, write_names
from textlien.study.loading import load
from textlien.study.options import Study
from textlien.tables.parquet import read_parquet

SHEET = "noms.xlsx"


@dataclass(frozen=True, slots=True)
class Suggested:
    """The sheet that was written.

    Attributes
    ----------
    path : of the sheet.
    kinds : number of rows by kind and action.
    new, gone, kept : rows that are new, whose form is not found any more, that were there.
    problems : of the reading of the corpus.
    """

    path: Path
    kinds: Mapping[tuple[Kind, Action], int]
    new: int
    gone: int
    kept: int
    problems: Sequence[Problem]


def sheet_path(study_file: Path, names: Path | None) -> Path:
    """Path of the sheet: ``noms.xlsx`` beside the study file by default."""
    return names if names is not None else study_file.parent / SHEET


def read_source(study: Study, folder: Path, *, workers: int = 1) -> Source:
    """Read the corpora, as ``textlien check`` does.

    Parameters
    ----------
    folder : takes the tables.
    workers : number of processes.
    """
    run = Run(folder)
    corpus = read_corpus(study, run, workers=workers)

    def turns(interview: str) -> pd.DataFrame:
        return read_parquet(run.shard("turns", interview, corpus.turns[interview]), "turns")

    return Source(study, corpus, turns)


def _read(study: Study, workers: int) -> Source:
    """Read the corpora into the run folder of a study; one interview at least."""
    source = read_source(study, run_folder(study), workers=workers)
    if not source.corpus.turns:
        location = Location(file=study.file.name)
        raise TextlienError(
            Problem.error("pseudonyms.no-interview", location, study=study.file.name)
        )
    return source


def suggest_names(
    study_file: Path,
    names: Path | None,
    *,
    key: Path | None,
    ask: Ask,
    workers: int,
    language: str = "",
) -> Suggested:
    """Write the sheet of names, or bring it up to date; decisions there stay.

    Parameters
    ----------
    study_file : of the corpora.
    names : the sheet, or None for ``noms.xlsx`` beside the study file.
    key : of the batches before, whose pseudonyms are used again.
    ask : gives the passphrase of an encrypted key.
    workers : number of processes.
    language : of the reasons on the sheet; by default that of the study's report.

    Raises
    ------
    TextlienError
        When the sheet cannot be read, or no interview can.
    """
    study = load(study_file)
    path = sheet_path(study_file, names)
    refuse_private_file(path, "--names", study)
    rows, problems = read_names(path, path.name) if path.exists() else ([], [])
    raise_all(problems)
    old = read_key(key, ask) if key is not None else Key()
    source = _read(study, workers)
    suggested = _with_key(_suggested(source), old)
    occurrences = occurrences_of([row.name.form for row in rows], source)
    counts = {form: (sum(each.values()), len(each)) for form, each in occurrences.items()}
    sheet = merge(rows, suggested, counts)
    write_names(path, sheet, language or study.report.language)
    remarks = Counter(remark for _, remark in sheet)
    return Suggested(
        path,
        Counter((name.kind, name.action) for name, _ in sheet),
        len(sheet) - len(rows),
        remarks["gone"],
        len(rows),
        source.corpus.problems,
    )


def _suggested(source: Source) -> list[Name]:
    """Names of a corpus; the cities of the study stay."""
    from textlien.pseudonyms.suggest import suggest  # loads spaCy

    included, study = source.included, source.study
    turns = pd.concat([source.turns(name) for name in included["interview_id"]], ignore_index=True)
    cities = {*study.cities_of_study, *study.cities.aliases, *study.cities.panel}
    cities |= {str(city) for city in included["city"] if city}
    roster = [str(person) for person in included["person"].unique() if person]
    pipeline = study.resolve_pipeline(study.pseudonyms.pipeline)
    with problems_of(study.file.name):
        return suggest(turns, included, pipeline=pipeline, keep=sorted(cities), roster=roster)


def _with_key(names: Iterable[Name], key: Key) -> list[Name]:
    """Suggestions with the entities, pseudonyms and decisions of the key for their forms."""
    by_form = {name.form: name for name in key.names if not name.files}
    return [
        replace(
            name,
            entity=by_form[name.form].entity,
            pseudonym=by_form[name.form].pseudonym,
            action=by_form[name.form].action,
            reasons=(*name.reasons, Evidence(Reason.KEY)),
        )
        if name.form in by_form
        else name
        for name in names
    ]


def occurrences_of(forms: Sequence[str], source: Source) -> dict[str, Counter[str]]:
    """Occurrences of each form by interview: in turns, labels, sections and variables."""
    exact = ExactForms(Name(form, "other", "", "", "keep") for form in forms if form)
    occurrences: dict[str, Counter[str]] = defaultdict(Counter)
    variables = source.corpus.variables
    for interview in source.corpus.turns if forms else ():
        turns = source.turns(interview)
        about = variables.loc[variables["interview_id"] == interview, "value"]
        for text in (
            *turns["text"],
            *turns["speaker"].unique(),
            *turns["section"].unique(),
            *about,
        ):
            for match in exact.find_all(str(text)):
                occurrences[match.name.form][interview] += 1
    return occurrences


def apply_sheet(
    study_file: Path,
    names: Path | None,
    folder: Path,
    key_path: Path,
    *,
    encrypt: bool,
    ask: Ask,
    workers: int,
) -> Applied:
    """Write the corpus with pseudonyms by the sheet as it was reviewed, and the key.

    Parameters
    ----------
    study_file, names, workers : as for :func:`suggest_names`.
    folder : takes the corpus.
    key_path : takes the key; when there is one already, this corpus is added to it.
    encrypt : True to encrypt a new key; one that is encrypted stays so.
    ask : gives the passphrase.

    Raises
    ------
    TextlienError
        When a row is not decided or wrong, or a path would put names where they can be shared:
        before anything is written.
    """
    study = load(study_file)
    path = sheet_path(study_file, names)
    refuse_folder(folder, study)
    refuse_private_file(key_path, "--key", study, folder)
    refuse_private_file(path, "--names", study, folder)
    if not path.exists():
        location = Location(file=str(path))
        raise TextlienError(Problem.error("pseudonyms.no-sheet", location, study=str(study_file)))
    rows, problems = read_names(path, path.name)
    source = _read(study, workers)
    occurrences = occurrences_of([row.name.form for row in rows], source)
    problems += faults_of(rows, path.name, occurrences, list(source.corpus.turns))
    passphrase, old = _passphrase(key_path, encrypt=encrypt, ask=ask)
    alive = [row for row in rows if not row.is_gone]
    problems += conflicts(old, [(row.number, row.name) for row in alive], path.name)
    raise_all(problems)
    decided = [row.name for row in alive]
    key = key_of(source.included, decided, old)
    return apply(
        source,
        decided,
        key,
        folder,
        read=read_source,
        before_moving=lambda: write_key(key_path, merged(old, key), passphrase),
    )


def _passphrase(path: Path, *, encrypt: bool, ask: Ask) -> tuple[str, Key]:
    """The passphrase for the key that will be written, and the content of the key so far."""
    if not path.exists():
        return (ask(True) if encrypt else ""), Key()
    answers: list[str] = []

    def once(_: bool) -> str:
        answers.append(ask(False))
        return answers[0]

    old = read_key(path, once)
    if not answers and encrypt:
        answers.append(ask(True))
    return (answers[0] if answers else ""), old


def audit_folder(study_file: Path, folder: Path, key_path: Path, *, ask: Ask) -> Audit:
    """Look for real names in a run or in a corpus with pseudonyms.

    Parameters
    ----------
    study_file : of the corpora; it is checked only.
    folder : searched as a whole.
    key_path : the key.
    ask : gives the passphrase of an encrypted key.

    Raises
    ------
    TextlienError
        When the key cannot be read, or replaces no name.
    """
    load(study_file)
    key = read_key(key_path, ask)
    if not any(name.action == "replace" for name in key.names):
        raise TextlienError(Problem.error("pseudonyms.empty-key", Location(file=str(key_path))))
    return audit(folder, key, key_path)
