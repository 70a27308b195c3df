"""Stage ``distance``: passages, scores and a model → interviews that are far from the model's."""

from __future__ import annotations

from textlien import tables
from textlien.annotation.encoder import unpacked
from textlien.axes.distance import REVISION, axis_distance, too_far
from textlien.axes.registry import load_model
from textlien.files.digests import digest, file_digest
from textlien.messages.message import message
from textlien.pipeline.stage import Inputs, Result
from textlien.tables.parquet import concatenate, table_digest

_OF_INTERVIEW = ["interview_id", "wave", "city"]


def key(inputs: Inputs) -> str:
    """Digest of the model, the scored passages, and the wave and city of each interview."""
    model = inputs.entry("train").model
    if not model:
        return digest(REVISION)
    return digest(
        REVISION,
        file_digest(inputs.study.resolve(model) / "manifest.json"),
        list(inputs.shards("passage_axes").items()),
        table_digest(inputs.included[_OF_INTERVIEW].reset_index(drop=True)),
    )


def compute(inputs: Inputs) -> Result:
    """Measure the interviews of each wave and city, and warn where they are beyond the bound."""
    folder = inputs.entry("train").model
    if not folder:
        nothing = tables.make("axis_distance", [])
        return Result(message("pipeline.no-model"), {"axis_distance": nothing})
    model = load_model(inputs.study.resolve(folder))
    passages, vectors, scores = (
        concatenate(table, inputs.run.shards(table))
        for table in ("passages", "passage_vectors", "passage_axes")
    )
    vectors = vectors.set_index("passage_id").loc[passages["passage_id"], "vector"]
    learnt = model.out_of_fold.groupby("axis")["probability"].mean().items()
    distances = axis_distance(
        model.reference,
        {str(axis): float(mean) for axis, mean in learnt},
        passages,
        unpacked(vectors, inputs.study.axes.encoder),
        scores,
        inputs.included[_OF_INTERVIEW],
    )
    places = distances.drop_duplicates(["wave", "city"])
    beyond = int(places["exceeds"].sum())
    summary = message("pipeline.summary-distance", places=len(places), beyond=beyond)
    return Result(summary, {"axis_distance": distances}, too_far(distances, model.reference))
