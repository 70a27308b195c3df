"""Stage ``train``: labels → a model of the axes."""

from __future__ import annotations

import os
from collections.abc import Set
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textlien import tables
from textlien.axes.evaluate import evaluate
from textlien.axes.registry import load_model, save
from textlien.axes.train import train
from textlien.coding.sources import codebook_of
from textlien.errors import Problem, TextlienError
from textlien.files.digests import digest, file_digest
from textlien.pipeline.stage import Context, Done
from textlien.raw import raw_hint, raw_problem, raw_text
from textlien.segmentation.passages import interview_of
from textlien.study.options import Study
from textlien.tables.parquet import table_digest

TRAIN_REVISION = 3


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
        problem = raw_problem(
            study.file.name, raw_text(error), raw_hint(error), "[axes]", "warning"
        )
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
