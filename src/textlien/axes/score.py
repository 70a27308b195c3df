"""Passages of one interview → probability and decision on each axis; hand codings win."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from textlien import tables
from textlien.arrays import Floats
from textlien.axes.features.inputs import inputs_of
from textlien.axes.learning.classifier import AxisClassifier
from textlien.axes.learning.decisions import Cuts, choose_cuts, decide
from textlien.axes.registry import AxesModel, encoder_of
from textlien.axes.train import passage_key
from textlien.axes.unscored import unscored
from textlien.errors import Problem, did_you_mean
from textlien.messages.message import Location
from textlien.study.options import AxesOptions

REVISION = 6
"""Raised when the same model gives other scores."""


class Label(NamedTuple):
    """Value that coders gave a passage on an axis, in [0, 1]."""

    passage_id: str
    axis: str
    value: float


def score(
    passages: pd.DataFrame,
    model: AxesModel,
    vectors: Floats | None = None,
    cuts: Mapping[str, Cuts] | None = None,
    labels: Iterable[Label] = (),
) -> pd.DataFrame:
    """Probability and decision of each passage on each axis of a model.

    Where the passage is one of an interview that the model was trained on, its probability is
    the one given by a model that had not seen that interview, and ``out_of_fold`` is true: the
    final model would recognise the answers it was taught.

    A passage that is not in French, or has no word of content, is no row of the table
    (:mod:`textlien.axes.unscored`), unless it was coded.

    Where people coded the passage on the axis, their value stands in the place of the probability
    (``model_probability`` keeps the model's, 0 where it is not asked), and ``decided_by`` is
    « coders »: more than half of the coders is « yes », less is « no », an even split is to be
    reviewed.

    Parameters
    ----------
    passages : table ``passages`` of one interview, or of several, whole.
    model : from :func:`textlien.axes.registry.load_model`.
    vectors : meaning of each passage, in the order of the rows; encoded here where not given.
    cuts : of :func:`cuts_of`; by default those of the default options.
    labels : hand codings; those of other passages, or of axes that the model has not, are ignored.

    Returns
    -------
    Table ``passage_axes``, in the order of passages and of the model's axes.
    """
    if passages.empty:
        return tables.make("passage_axes", [])
    keys = map(passage_key, passages["interview_id"], passages["text"])
    with threadpool_limits(1):  # sums in another order differ in the last digit
        inputs = inputs_of(passages, vectors, encoder_of(model.features))
        X = model.features.of(inputs)
        y_prob = {axis: model.classifiers[axis].probability(X) for axis in model.classifiers}
    without = unscored(passages["text"].astype(str).tolist())
    cuts = cuts_of(model.classifiers, AxesOptions()) if cuts is None else cuts
    by_passage = _by_passage(labels, model.classifiers)
    rows: list[dict[str, object]] = []
    for row, (passage, key) in enumerate(zip(passages["passage_id"], keys, strict=True)):
        held_out, coded = model.held_out.get(key, {}), by_passage.get(str(passage), {})
        if row in without and not held_out and not coded:
            continue
        of_model = {axis: float(values[row]) for axis, values in y_prob.items()}
        rows += _answers(
            str(passage), of_model | held_out, coded, held_out, cuts, is_asked=row not in without
        )
    return tables.make("passage_axes", rows)


def _answers(
    passage: str,
    of_model: Mapping[str, float],
    coded: Mapping[str, float],
    held_out: Container[str],
    cuts: Mapping[str, Cuts],
    *,
    is_asked: bool,
) -> list[dict[str, object]]:
    """Rows of one passage: the coders' value where they gave one, the model's elsewhere.

    Where nothing is said the model foretells nothing, as of such passages that nobody coded.
    """
    rows: list[dict[str, object]] = []
    for axis, of_axis in of_model.items():
        is_coded = axis in coded
        probability = coded.get(axis, of_axis)
        rows.append(
            {
                "passage_id": passage,
                "axis": axis,
                "probability": probability,
                "model_probability": of_axis if is_asked else 0.0,
                "decision": _decision(probability, _CODED if is_coded else cuts[axis]),
                "decided_by": "coders" if is_coded else "model",
                "out_of_fold": axis in held_out and not is_coded,
            }
        )
    return rows


def _by_passage(labels: Iterable[Label], axes: Container[str]) -> dict[str, dict[str, float]]:
    """Hand codings of each passage on some axes."""
    by_passage: dict[str, dict[str, float]] = {}
    for label in labels:
        if label.axis in axes:
            by_passage.setdefault(label.passage_id, {})[label.axis] = label.value
    return by_passage


_CODED = Cuts(yes=float(np.nextafter(0.5, 1)), no=0.5)
"""A majority of the coders decides."""


def _decision(probability: float, cuts: Cuts) -> str:
    """Value of column ``decision``."""
    return str(decide(np.array([probability]), cuts)[0])


def cuts_of(classifiers: Mapping[str, AxisClassifier], options: AxesOptions) -> dict[str, Cuts]:
    """Probabilities at which the « yes » and the « no » of each axis begin."""
    return {
        axis: choose_cuts(classifier.tried, classifier.threshold, options, axis)
        for axis, classifier in classifiers.items()
    }


def undecided(cuts: Mapping[str, Cuts], options: AxesOptions) -> list[Problem]:
    """Warn of axes on which the model says no « yes », or no « no », and of thresholds of none.

    Parameters
    ----------
    cuts : of :func:`cuts_of`.
    options : by which they were chosen.
    """
    problems = []
    no_yes = tuple(axis for axis, cut in cuts.items() if cut.yes > 1)
    no_no = tuple(axis for axis, cut in cuts.items() if cut.no <= 0)
    where = Location(option="axes")
    if no_yes:
        rate = options.false_discovery_rate
        problems.append(Problem.warning("axes.no-yes", where, axes=no_yes, rate=rate))
    if no_no:
        rate = options.false_omission_rate
        problems.append(Problem.warning("axes.no-no", where, axes=no_no, rate=rate))
    for axis in options.thresholds:
        if axis not in cuts:
            nearest = did_you_mean(axis, list(cuts))
            place = Location(option=f"axes.thresholds.{axis}")
            problems.append(
                Problem.warning("axes.other-threshold", place, axis=axis, nearest=nearest)
            )
    return problems
