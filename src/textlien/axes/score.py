"""Passages of one interview → probability and decision on each axis."""

from __future__ import annotations

import pandas as pd
from threadpoolctl import threadpool_limits

from textlien import tables
from textlien.arrays import Floats
from textlien.axes.features.inputs import inputs_of
from textlien.axes.registry import AxesModel, encoder_of
from textlien.axes.train import passage_key
from textlien.axes.unscored import unscored

REVISION = 3
"""Raised when the same model gives other scores."""


def score(passages: pd.DataFrame, model: AxesModel, vectors: Floats | None = None) -> pd.DataFrame:
    """Probability and decision of each passage on each axis of a model.

    Where the passage is one of an interview that the model was trained on, its probability is
    the one given by a model that had not seen that interview, and ``out_of_fold`` is true: the
    final model would recognise the answers it was taught.

    A passage that is not in French, or has no word of content, is no row of the table
    (:mod:`textlien.axes.unscored`), unless it was coded.

    Parameters
    ----------
    passages : table ``passages`` of one interview, or of several, whole.
    model : from :func:`textlien.axes.registry.load_model`.
    vectors : meaning of each passage, in the order of the rows; encoded here where not given.

    Returns
    -------
    Table ``passage_axes``, in the order of passages and of the model's axes. The decision is
    « review » within ``model.review_margin`` of the axis's threshold, else « yes » or « no ».
    """
    if passages.empty:
        return tables.make("passage_axes", [])
    keys = [
        passage_key(interview, text)
        for interview, text in zip(passages["interview_id"], passages["text"], strict=True)
    ]
    with threadpool_limits(1):  # sums in another order differ in the last digit
        inputs = inputs_of(passages, vectors, encoder_of(model.features))
        X = model.features.of(inputs)
        y_prob = {axis: model.classifiers[axis].probability(X) for axis in model.classifiers}
    without = unscored(passages["text"].astype(str).tolist())
    rows: list[dict[str, object]] = []
    for row, (passage, key) in enumerate(zip(passages["passage_id"], keys, strict=True)):
        held_out = model.held_out.get(key, {})
        if row in without and not held_out:
            continue
        for axis, classifier in model.classifiers.items():
            probability = held_out.get(axis, float(y_prob[axis][row]))
            rows.append(
                {
                    "passage_id": passage,
                    "axis": axis,
                    "probability": probability,
                    "decision": _decision(probability, classifier.threshold, model.review_margin),
                    "out_of_fold": axis in held_out,
                }
            )
    return tables.make("passage_axes", rows)


def _decision(probability: float, threshold: float, margin: float) -> str:
    """Value of column ``decision``."""
    if abs(probability - threshold) < margin:
        return "review"
    return "yes" if probability >= threshold else "no"
