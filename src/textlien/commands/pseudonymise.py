"""What ``textlien pseudonymise`` does, without printing: suggest, apply, audit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from textlien.errors import Problem
from textlien.pipeline.reading import read_corpus
from textlien.pipeline.run_folder import Run, run_folder
from textlien.pseudonyms.audit.audit import Audit, audit
from textlien.pseudonyms.model import Action, Kind, Name
from textlien.pseudonyms.replacing.apply import Applied, Source, apply, key_of
from textlien.pseudonyms.replacing.guards import refuse_folder, refuse_private_file
from textlien.pseudonyms.replacing.replace import Names
from textlien.pseudonyms.review.faults import faults_of
from textlien.pseudonyms.review.key import Ask, Key, conflicts, merged, read_key, write_key
from textlien.pseudonyms.review.sheet import GONE, merge, read_names, write_names
from textlien.raw import raw_error
from textlien.study.loading import load
from textlien.study.options import Study

SHEET = "noms.xlsx"

KIND_ORDER: tuple[Kind, ...] = ("person", "contact", "place", "organisation", "service", "other")


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

    def table(self) -> pd.DataFrame:
        """A line a kind: how many names to replace, to keep, to decide."""
        found = [kind for kind in KIND_ORDER if any(known == kind for known, _ in self.kinds)]
        return pd.DataFrame(
            {
                "kind": found,
                "to replace": [self.kinds.get((kind, "replace"), 0) for kind in found],
                "to keep": [self.kinds.get((kind, "keep"), 0) for kind in found],
                "to decide": [self.kinds.get((kind, "ask"), 0) for kind in found],
            }
        )


def sheet_path(study_file: Path, names: Path | None) -> Path:
    """Where the sheet is: ``noms.xlsx`` beside the study file unless said otherwise."""
    return names if names is not None else study_file.parent / SHEET


def read_source(study: Study, *, workers: int) -> Source:
    """Read the corpora, as ``textlien check`` does."""
    run = Run(run_folder(study))
    corpus = read_corpus(study, run, workers=workers)
    if not corpus.turns:
        raise raw_error(
            f"{study.file.name}: no interview could be read.", f"textlien check {study.file.name}"
        )
    return Source(study, run, corpus)


def suggest_names(
    study_file: Path, names: Path | None, *, key: Path | None, ask: Ask, workers: int
) -> Suggested:
    """Write the sheet of names, or bring it up to date; what was decided there stays.

    Parameters
    ----------
    study_file : of the corpora.
    names : the sheet, or None for ``noms.xlsx`` beside the study file.
    key : of the batches before, whose pseudonyms are used again.
    ask : gives the passphrase of an encrypted key.
    workers : number of processes.
    """
    study = load(study_file)
    path = sheet_path(study_file, names)
    refuse_private_file(path, "--names", study)
    rows, problems = read_names(path, path.name) if path.exists() else ([], [])
    if problems:
        raise raw_error("\n".join(str(problem) for problem in problems))
    known = read_key(key, ask) if key is not None else Key()
    source = read_source(study, workers=workers)
    suggested = _with_key(_suggested(source), known)
    found = occurrences([row.name.form for row in rows], source)
    counted = {form: (sum(each.values()), len(each)) for form, each in found.items()}
    sheet = merge(rows, suggested, counted)
    write_names(path, sheet)
    remarks = Counter(remark for _, remark in sheet)
    return Suggested(
        path,
        Counter((name.kind, name.action) for name, _ in sheet),
        len(sheet) - len(rows),
        remarks[GONE],
        len(rows),
        source.corpus.problems,
    )


def _suggested(source: Source) -> list[Name]:
    from textlien.pseudonyms.linking.suggest import suggest  # loads spaCy

    interviews = source.corpus.interviews
    included = interviews[interviews["interview_id"].isin(set(source.corpus.turns))]
    study = source.study
    turns = pd.concat([source.turns(name) for name in included["interview_id"]], ignore_index=True)
    cities = {*study.cities_of_study, *study.cities.aliases, *study.cities.panel}
    cities |= {str(city) for city in included["city"] if city}
    roster = [str(person) for person in included["person"].unique() if person]
    pipeline = study.resolve_pipeline(study.pseudonyms.pipeline)
    return suggest(turns, included, pipeline=pipeline, keep=sorted(cities), roster=roster)


def _with_key(names: Iterable[Name], key: Key) -> list[Name]:
    """Suggestions with the entities, pseudonyms and decisions that the key has for their forms."""
    by_form = {name.form: name for name in key.names if not name.files}
    return [
        replace(
            name,
            entity=by_form[name.form].entity,
            pseudonym=by_form[name.form].pseudonym,
            action=by_form[name.form].action,
            reasons=(*name.reasons, "clé"),
        )
        if name.form in by_form
        else name
        for name in names
    ]


def occurrences(forms: Sequence[str], source: Source) -> dict[str, Counter[str]]:
    """How often each form is in each interview: in turns, labels, sections and variables."""
    known = Names(Name(form, "other", "", "", "keep") for form in forms if form)
    found: dict[str, Counter[str]] = defaultdict(Counter)
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
            for match in known.find_all(str(text)):
                found[match.name.form][interview] += 1
    return found


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
    study_file, names, workers : as :func:`suggest_names` takes them.
    folder : takes the corpus.
    key_path : takes the key; when there is one already, this corpus is added to it.
    encrypt : whether a new key is encrypted; one that is stays so.
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
        raise raw_error(f"{path}: no such sheet.", f"textlien pseudonymise {study_file}")
    rows, problems = read_names(path, path.name)
    source = read_source(study, workers=workers)
    found = occurrences([row.name.form for row in rows], source)
    problems += faults_of(rows, path.name, found, list(source.corpus.turns))
    passphrase, old = _passphrase(key_path, encrypt=encrypt, ask=ask)
    alive = [row for row in rows if not row.is_gone]
    problems += conflicts(old, [(row.number, row.name) for row in alive], path.name)
    if problems:
        raise raw_error("\n".join(str(problem) for problem in problems))
    decided = [row.name for row in alive]
    key = key_of(source, decided, old)
    return apply(
        source,
        decided,
        key,
        folder,
        before_moving=lambda: write_key(key_path, merged(old, key), passphrase),
    )


def _passphrase(path: Path, *, encrypt: bool, ask: Ask) -> tuple[str, Key]:
    """The passphrase for the key that will be written, and what the key says so far."""
    if not path.exists():
        return (ask(True) if encrypt else ""), Key()
    given: list[str] = []

    def once(_: bool) -> str:
        given.append(ask(False))
        return given[0]

    old = read_key(path, once)
    if not given and encrypt:
        given.append(ask(True))
    return (given[0] if given else ""), old


def audit_folder(study_file: Path, folder: Path, key_path: Path, *, ask: Ask) -> Audit:
    """Look for real names in a run or in a corpus with pseudonyms.

    Parameters
    ----------
    study_file : of the corpora; it is checked only.
    folder : is looked through, all of it.
    key_path : who is who.
    ask : gives the passphrase of an encrypted key.
    """
    load(study_file)
    key = read_key(key_path, ask)
    if not any(name.action == "replace" for name in key.names):
        raise raw_error(f"{key_path}: no name is replaced by this key.", "Correct --key.")
    return audit(folder, key, key_path)
