"""Stages ``codings``, ``train`` and ``axes``: hand codings → a model → scores of all passages."""

from __future__ import annotations

import os
from collections.abc import Set
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textlien import tables
from textlien.axes.codebook import Axis, load_codebook
from textlien.axes.codings import label_passages, read_codings
from textlien.axes.evaluate import evaluate
from textlien.axes.model import AxesModel, load_model, save
from textlien.axes.score import score
from textlien.axes.train import train
from textlien.corpus import files_matching
from textlien.errors import Problem, TextlienError
from textlien.passages import interview_of
from textlien.reading import Corpus
from textlien.stage import Context, Done, Stage, per_interview, whole
from textlien.store import Run, digest, file_digest, read_table, table_digest, write_table
from textlien.study import Study

CODINGS_REVISION = 1
TRAIN_REVISION = 3
SCORE_REVISION = 2


def codebook_of(study: Study) -> tuple[Axis, ...]:
    """The axes of a study: those of its codebook file, else the four of the Odas."""
    return load_codebook(study.resolve(study.axes.codebook) if study.axes.codebook else None)


def coding_files(study: Study) -> tuple[list[Path], list[Problem]]:
    """Files of codings, in order, and a problem for each entry that names none."""
    files: list[Path] = []
    problems = []
    for entry in study.axes.codings:
        found = files_matching(study, entry)
        if not found:
            message = f'no such file: "{entry}".'
            hint = "Correct the path; it is relative to the study file."
            problems.append(Problem(study.file.name, message, hint, "[axes.codings]"))
        files += [path for path in found if path not in files]
    return files, problems


def check_codings(study: Study, corpus: Corpus, run: Run) -> list[Problem]:
    """Problems of the codings of a study, without computing anything."""
    files, problems = coding_files(study)
    if not files:
        return problems
    texts = _Texts(run, corpus.turns)
    _, found = read_codings(files, study, corpus.interviews, texts, codebook_of(study))
    return problems + found


class _Texts:
    """Normalised text of an interview, by identifier."""

    def __init__(self, run: Run, keys: dict[str, str]) -> None:
        self._run = run
        self._keys = keys

    def __call__(self, interview: str) -> str:
        if interview not in self._keys:
            return ""
        shard = self._run.shard("turns", interview, self._keys[interview])
        return tables.normalised_text(read_table(shard, "turns"))


def codings_stage(context: Context) -> Done:
    """Anchor hand codings in the transcripts and give their values to passages."""
    study, run = context.study, context.run
    files, missing = coding_files(study)
    key = digest(
        CODINGS_REVISION,
        [(study.shown(path), file_digest(path)) for path in files],
        [str(problem) for problem in missing],
        table_digest(context.interviews[["interview_id", "file", "included"]]),
        context.shard_keys("passages"),
        [(axis.key, axis.label) for axis in codebook_of(study)],
    )

    def compute() -> tuple[list[pd.DataFrame], list[Problem], str]:
        if not files:
            empty = [tables.make("codings", []), tables.make("labels", [])]
            return empty, missing, "no codings"
        texts = _Texts(run, context.shard_keys("turns"))
        axes = codebook_of(study)
        codings, problems = read_codings(files, study, context.interviews, texts, axes)
        labels = label_passages(codings, run["passages"])
        coded = labels["passage_id"].nunique()
        summary = f"{len(codings):,} codings, {coded:,} passages coded"
        return [codings, labels], missing + problems, summary

    return whole(context, key, ("codings", "labels"), compute)


def train_stage(context: Context) -> Done:
    """Train the model of the axes, unless the study names one or has no codings."""
    study, run = context.study, context.run
    labels, passages = run["labels"], context.shard_keys("passages")
    coded = {interview_of(passage) for passage in labels["passage_id"]}
    # Not the key of `codings`: one more interview that nobody coded changes nothing here.
    key = digest(
        TRAIN_REVISION,
        table_digest(labels),
        _digest_of_given(study),
        table_digest(_who(context, coded)),
        {interview: key for interview, key in passages.items() if interview in coded},
        study.axes.model_dump(),
        study.study.seed,
        [axis.model_dump() for axis in codebook_of(study)],
        run.manifest["libraries"],
    )
    if context.is_current(key, ("axis_scores",)) and _model_is_there(context):
        return context.recall()
    context.about_to_compute()
    trained = _given(study) if study.axes.model else _trained(context)
    run.write("axis_scores", trained.scores)
    context.record(key, trained.summary, trained.problems)
    # Relative to the study, so that a copy of its folder uses its own model.
    context.stages["train"]["model"] = (
        os.path.relpath(trained.folder, study.folder) if trained.folder else ""
    )
    return Done(trained.summary, True)


def _who(context: Context, coded: Set[str]) -> pd.DataFrame:
    """What training needs to know of the coded interviews besides their words."""
    interviews = context.interviews
    return interviews.loc[
        interviews["interview_id"].isin(coded), ["interview_id", "city", "fictional"]
    ].reset_index(drop=True)


def _digest_of_given(study: Study) -> str:
    """Digest of the model that the study file names, which may be replaced in place."""
    manifest = study.resolve(study.axes.model) / "manifest.json"
    return file_digest(manifest) if study.axes.model and manifest.is_file() else ""


class _Training(NamedTuple):
    folder: Path | None
    scores: pd.DataFrame
    summary: str
    problems: list[Problem]


def _given(study: Study) -> _Training:
    """The model that the study file names, with the scores that it was registered with."""
    folder = study.resolve(study.axes.model)
    model = load_model(folder)
    rows = [
        {"axis": axis, "metric": metric, "low": None, "high": None, **score}
        for axis, metrics in model.metrics.items()
        for metric, score in metrics.items()
    ]
    return _Training(folder, tables.make("axis_scores", rows), f"model {model.version} (given)", [])


def _trained(context: Context) -> _Training:
    """A model trained on the study's codings, or none where there are too few."""
    study, run, interviews = context.study, context.run, context.interviews
    none = tables.make("axis_scores", [])
    if run["labels"].empty:
        return _Training(None, none, "no codings, no model", [])
    try:
        cities = dict(zip(interviews["interview_id"], interviews["city"], strict=True))
        trained = train(
            run["passages"], run["labels"], codebook_of(study), study.axes, study.study.seed, cities
        )
    except TextlienError as error:
        problem = Problem(study.file.name, error.message, error.hint, "[axes]", "warning")
        return _Training(None, none, "too few codings, no model", [problem])
    scores = evaluate(trained.labels, trained.out_of_fold, trained.by_city, seed=study.study.seed)
    learnt = interviews["interview_id"].isin(trained.out_of_fold["interview_id"])
    folder = save(
        trained,
        scores,
        study.folder / "models" / "axes",
        name=study.name,
        fictional=bool(interviews.loc[learnt, "fictional"].any()),
    )
    return _Training(
        folder, scores, f"model {folder.name}, {len(trained.axes)} axes", list(trained.problems)
    )


def _model_is_there(context: Context) -> bool:
    folder = _model_folder(context)
    return folder is None or (folder / "manifest.json").exists()


def _model_folder(context: Context) -> Path | None:
    """Folder of the model in use, if there is one."""
    relative = context.stages["train"].get("model", "")
    return context.study.resolve(relative) if relative else None


class _ScoreJob(NamedTuple):
    passages: Path
    scores: Path
    model: Path


@lru_cache(maxsize=1)
def _loaded(folder: Path) -> AxesModel:
    return load_model(folder)


def _score_job(job: _ScoreJob) -> int:
    scores = score(read_table(job.passages, "passages"), _loaded(job.model))
    write_table(job.scores, "passage_axes", scores)
    return len(scores)


def axes_stage(context: Context) -> Done:
    """Score every passage on every axis of the model."""
    run, folder = context.run, _model_folder(context)
    keys: dict[str, str] = {}
    if folder:
        made_by = digest(SCORE_REVISION, file_digest(folder / "manifest.json"))
        keys = {i: digest(made_by, key) for i, key in context.shard_keys("passages").items()}

    def job(interview: str, shard: Path) -> _ScoreJob:
        key = context.shard_keys("passages")[interview]
        return _ScoreJob(run.shard("passages", interview, key), shard, folder or Path())

    done = per_interview(context, "passage_axes", keys, job, _score_job, workers=1)
    return done if folder else Done("no model", done.changed)


AXES_STAGES = (
    Stage("codings", codings_stage),
    Stage("train", train_stage),
    Stage("axes", axes_stage),
)
