"""Stage ``train``: labels → a model of the axes."""

from __future__ import annotations

import os
from collections.abc import Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textlien import tables
from textlien.annotation.encoder import DIMENSIONS, unpacked
from textlien.arrays import Floats
from textlien.axes.doubts import doubts, other_codebook
from textlien.axes.evaluate import evaluate
from textlien.axes.learning.prior import Prior
from textlien.axes.registry import AxesModel, encoder_of, load_model, save
from textlien.axes.score import cuts_of, undecided
from textlien.axes.train import REVISION, Before, passage_key, train
from textlien.axes.words.evidence import words_of_axes
from textlien.coding.codebook import load_codebook
from textlien.coding.sources import codebook_of
from textlien.errors import Problem, TextlienError, raise_all
from textlien.files.digests import digest, file_digest
from textlien.messages.message import Location, message
from textlien.pipeline.libraries import ANNOTATOR
from textlien.pipeline.stage import Inputs, Result
from textlien.segmentation.passages import interview_of
from textlien.study.options import Study
from textlien.tables.parquet import concatenate, read_parquet, table_digest


def key(inputs: Inputs) -> str:
    """Digest of the labels, the coded passages, the options and the codebook.

    Not the key of ``codings``: one more interview that nobody coded changes nothing here.
    """
    study = inputs.study
    labels = inputs.run["labels"]
    coded = _coded(labels)
    passages = inputs.shards("passage_vectors")
    return digest(
        REVISION,
        table_digest(labels),
        _digest_of_model(study),
        table_digest(_coded_interviews(inputs, coded)),
        {interview: key for interview, key in passages.items() if interview in coded},
        study.axes.model_dump(),
        study.study.seed,
        [axis.model_dump() for axis in codebook_of(study)],
        # The annotator is left out: training does not use its tokens.
        {name: number for name, number in inputs.libraries.items() if name != ANNOTATOR},
    )


def compute(inputs: Inputs) -> Result:
    """Train the model of the axes, unless the study names one or has no codings."""
    study = inputs.study
    named = study.resolve_axes_model()
    if named:
        return _named(study, named)
    if inputs.run["labels"].empty:
        return Result(message("pipeline.no-codings-no-model"), _scores(tables.make(SCORES, [])))
    material = _material(inputs)
    prior, faults = _prior(study, material.passages)
    try:
        return _trained(inputs, material, prior, faults)
    except TextlienError as error:
        faults = [*faults, *_warnings(error)]
    if prior is None or set(prior.by_axis) - {axis.key for axis in codebook_of(study)}:
        none = _scores(tables.make(SCORES, []))
        return Result(message("pipeline.too-few-codings"), none, faults)
    answer = _named(study, study.default_axes_model())
    return answer._replace(problems=[*faults, *answer.problems])


SCORES = "axis_scores"


def _scores(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Table of scores as the only output of the stage."""
    return {SCORES: frame}


def _coded_interviews(inputs: Inputs, coded: Set[str]) -> pd.DataFrame:
    """Columns of the coded interviews that training needs besides their words."""
    interviews = inputs.interviews
    return interviews.loc[
        interviews["interview_id"].isin(coded),
        ["interview_id", "person", "city", "wave", "fictional"],
    ].reset_index(drop=True)


def _of(inputs: Inputs, table: str, interviews: Set[str]) -> pd.DataFrame:
    """A sharded table of some interviews, in the order of the corpus."""
    chosen = [interview for interview in inputs.shards(table) if interview in interviews]
    frames = (read_parquet(inputs.shard(table, interview), table) for interview in chosen)
    return concatenate(table, frames)


def _coded(labels: pd.DataFrame) -> set[str]:
    """Interviews that have a label."""
    return {interview_of(passage) for passage in labels["passage_id"]}


def _digest_of_model(study: Study) -> str:
    """Digest of the model that is used or started from, which may be replaced in place."""
    folder = study.resolve_axes_model()
    if folder is None and study.axes.from_default:
        folder = study.default_axes_model()
    manifest = folder / "manifest.json" if folder else None
    return file_digest(manifest) if manifest and manifest.is_file() else ""


def _relative(folder: Path, study: Study) -> str:
    """A folder relative to the study, so that a copy of its folder uses its own model."""
    return os.path.relpath(folder, study.folder)


def _named(study: Study, folder: Path) -> Result:
    """The model that the study file names, with the scores that it was registered with.

    Raises
    ------
    TextlienError
        When the folder is not that of a model, or the model needs an encoder that the study does
        not ask for.
    """
    model = load_model(folder)
    codebook = [axis.key for axis in codebook_of(study)]
    differences = other_codebook(list(model.classifiers), codebook)
    raise_all([problem for problem in differences if problem.severity == "error"])
    needed = encoder_of(model.features)
    if DIMENSIONS[needed] > DIMENSIONS[study.axes.encoder]:
        where = Location(option="axes.encoder")
        raise TextlienError(
            Problem.error("axes.needs-encoder", where, model=model.version, encoder=needed)
        )
    rows = [
        {"axis": axis, "metric": metric, "low": None, "high": None, **score}
        for axis, metrics in model.metrics.items()
        for metric, score in metrics.items()
    ]
    return Result(
        message("pipeline.named-model", version=model.version),
        _scores(tables.make(SCORES, rows)),
        [
            *differences,
            *([_first_sorting(model)] if folder == study.default_axes_model() else []),
            *undecided(cuts_of(model.classifiers, study.axes), study.axes),
        ],
        model=_relative(folder, study),
    )


def _first_sorting(model: AxesModel) -> Problem:
    """Warn that the default model has not learnt from the study, with how well it ranks."""
    precisions = [
        estimate
        for metrics in model.metrics.values()
        if (estimate := metrics["average_precision"]["estimate"]) is not None
    ]
    return Problem.warning(
        "axes.first-sorting",
        Location(option="axes.model"),
        low=min(precisions),
        high=max(precisions),
    )


class _Material(NamedTuple):
    """Passages of the coded interviews, and the meaning of each."""

    passages: pd.DataFrame
    vectors: Floats


def _material(inputs: Inputs) -> _Material:
    """Tables of the interviews that have a label."""
    coded = _coded(inputs.run["labels"])
    passages = _of(inputs, "passages", coded)
    vectors = _of(inputs, "passage_vectors", coded)["vector"]
    return _Material(passages, unpacked(vectors, inputs.study.axes.encoder))


def _prior(study: Study, passages: pd.DataFrame) -> tuple[Prior | None, list[Problem]]:
    """The default model, to start from, and what keeps it from being read.

    None where the study does not want it, where it has no axis of the codebook, and where it has
    learnt from these very passages, as from the demonstration's: its scores would not be those of
    passages not seen.
    """
    if not study.axes.from_default:
        return None, []
    try:
        model = load_model(study.default_axes_model())
    except TextlienError as error:
        return None, _warnings(error)
    ours = {axis.key: axis.label for axis in codebook_of(study)}
    shipped = {axis.key: axis.label for axis in load_codebook()}
    by_axis = {
        axis: classifier
        for axis, classifier in model.classifiers.items()
        if ours.get(axis) == shipped[axis]
    }
    seen = (
        passage_key(interview, text) in model.held_out
        for interview, text in zip(passages["interview_id"], passages["text"], strict=True)
    )
    if not by_axis or any(seen):
        return None, []
    return Prior(model.version, model.features, by_axis), []


def _warnings(error: TextlienError) -> list[Problem]:
    """Its problems, which do not stop the run."""
    return [Problem(problem.message, problem.location, "warning") for problem in error.problems]


def _trained(
    inputs: Inputs, material: _Material, prior: Prior | None, faults: Sequence[Problem]
) -> Result:
    """A model trained on the study's codings, and written to ``models/axes/``.

    Raises
    ------
    TextlienError
        When there are too few codings.
    """
    study, run, interviews = inputs.study, inputs.run, inputs.interviews
    seed, labels, passages = study.study.seed, run["labels"], material.passages
    before = Before(material.vectors, prior, inputs.advanced)
    trained = train(passages, labels, codebook_of(study), study.axes, seed, interviews, before)
    used = trained.labels[~trained.labels["axis"].isin(trained.untaught)]
    used = used.assign(interview_id=used["passage_id"].map(interview_of))
    trained = replace(trained, problems=(*trained.problems, *doubts(used, inputs.included)))
    apart = {"new_city": trained.held_out.cities, "new_wave": trained.held_out.waves}
    apart = {name: table for name, table in apart.items() if len(table)}
    scores = evaluate(trained.labels, trained.held_out.persons, apart, seed=seed)
    is_coded = interviews["interview_id"].isin(trained.held_out.persons["interview_id"])
    folder = save(
        trained,
        scores,
        study.folder / "models" / "axes",
        name=study.name,
        fictional=bool(interviews.loc[is_coded, "fictional"].any()),
        words=words_of_axes(passages, material.vectors, trained.classifiers),
    )
    return Result(
        message("pipeline.summary-train", version=folder.name, axes=len(trained.axes)),
        _scores(scores),
        [
            *faults,
            *trained.problems,
            *undecided(cuts_of(trained.classifiers.by_axis, study.axes), study.axes),
        ],
        model=_relative(folder, study),
    )
