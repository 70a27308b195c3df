"""Stage ``words``: a model and its scores → the words that speak for them."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from textlien import tables
from textlien.annotation.encoder import unpacked
from textlien.axes.registry import load_model
from textlien.axes.unscored import NO_CONTENT, OTHER_LANGUAGE
from textlien.axes.words.evidence import REVISION, Scored, evidence
from textlien.errors import Problem
from textlien.files.digests import digest, file_digest
from textlien.messages.message import Location, message
from textlien.pipeline.stage import Inputs, Result
from textlien.tables.parquet import read_parquet

_TABLES = ("axis_words", "axis_parts", "passage_words", "passages_without_axis")


def key(inputs: Inputs) -> str:
    """Digest of the model and of the scores that it gave."""
    model = inputs.entry("train").model
    if not model:
        return digest(REVISION)
    manifest = file_digest(inputs.study.resolve(model) / "manifest.json")
    return digest(REVISION, manifest, list(inputs.shards("passage_axes").items()))


def compute(inputs: Inputs) -> Result:
    """List the words that speak for each axis and against it; none where there is no model."""
    model = inputs.entry("train").model
    if not model:
        empty = {name: tables.make(name, []) for name in _TABLES}
        return Result(message("pipeline.no-model"), empty)
    words = evidence(_scored(inputs), load_model(inputs.study.resolve(model)))
    summary = message(
        "pipeline.summary-words",
        axes=words.axis_parts["axis"].nunique(),
        passages=words.passage_words["passage_id"].nunique(),
    )
    return Result(summary, words._asdict(), list(_note(words.passages_without_axis)))


def _note(without: pd.DataFrame) -> Iterator[Problem]:
    """Say how many passages have no axis, and why; nothing where all have."""
    reasons = without["reason"].value_counts()
    texts = tuple(
        message(f"axes.without-{reason}", n=int(reasons[reason]))
        for reason in (OTHER_LANGUAGE, NO_CONTENT)
        if reason in reasons
    )
    if texts:
        where = Location(option="axes")
        yield Problem.note("axes.without", where, n=len(without), reasons=texts)


def _scored(inputs: Inputs) -> Iterator[Scored]:
    """Interviews with their scores, in the order of the corpus."""
    for interview in inputs.shards("passage_axes"):
        passages, scores, vectors = (
            read_parquet(inputs.shard(name, interview), name)
            for name in ("passages", "passage_axes", "passage_vectors")
        )
        yield Scored(passages, scores, unpacked(vectors["vector"], inputs.study.axes.encoder))
