"""Scores of each axis on interviews that the classifier has not seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlien import tables
from textlien.arrays import Floats, Integers
from textlien.estimation.intervals import logit_interval
from textlien.estimation.resampling import bootstrap_weights

METRICS = (
    "precision",
    "recall",
    "f1",
    "f1_baseline",
    "average_precision",
    "average_precision_baseline",
    "brier",
    "brier_baseline",
    "prevalence",
    "false_discovery_rate",
    "false_omission_rate",
    "share_yes",
    "share_review",
    "calibration_error",
)
"""``*_baseline`` is the score reached without reading the passage."""

APART = ("f1", "average_precision", "brier")
"""Metrics given for whole cities and waves held out too, with ``_new_city`` or ``_new_wave`` behind
their name."""

COUNTS = ("n", "n_positive", "n_interviews", "n_split")

_WITHOUT_INTERVAL = "calibration_error"

_BINS = 10
"""Bins of the calibration error: with the 100 to 1,000 passages of a study, 10 to 100 in each."""


class Score(NamedTuple):
    """One metric of one axis; bounds are NaN where there is no interval."""

    metric: str
    estimate: float
    low: float
    high: float


class Predictions(NamedTuple):
    """Labelled passages of one axis, and what a model that has not seen them predicts.

    Attributes
    ----------
    y_true : (n,), 1 where more than half of the coders give 1, else 0.
    y_prob : (n,), calibrated probabilities.
    y_pred : (n,), 1 where ``y_prob`` reaches the threshold, else 0.
    decision : (n,), « yes », « no » or « review ».
    interviews : (n,), interview of each passage, numbered from 0.
    """

    y_true: Floats
    y_prob: Floats
    y_pred: Floats
    decision: NDArray[np.str_]
    interviews: Integers


def evaluate(
    labels: pd.DataFrame,
    out_of_fold: pd.DataFrame,
    apart: Mapping[str, pd.DataFrame] | None = None,
    *,
    seed: int,
    replicates: int = 1000,
    level: float = 0.95,
) -> pd.DataFrame:
    """Score each axis, with intervals from a bootstrap over interviews.

    Parameters
    ----------
    labels : table ``labels``.
    out_of_fold : of :class:`textlien.axes.train.HeldOut`.
    apart : the same of cities and of waves held out, under ``new_city`` and ``new_wave``.
    seed : seed of the bootstrap.
    replicates : number of bootstrap samples of interviews.
    level : level of the intervals.

    Returns
    -------
    Table ``axis_scores``: :data:`METRICS`, :data:`APART` where cities or waves were held out,
    then :data:`COUNTS`, whose bounds are NaN. Only the labelled passages count. More than half of
    the coders is a yes; passages on which they are evenly split have no truth to compare with,
    and are counted in ``n_split`` alone.

    Notes
    -----
    - ``brier`` is the mean squared error of the probability; its baseline gives every passage the
      prevalence, that of average precision draws passages at random, that of F1 says « yes » to
      all (saying « no » to all, the majority, has F1 0).
    - ``false_discovery_rate`` is the share of the decisions « yes » that are wrong,
      ``false_omission_rate`` that of the decisions « no »; precision and recall are those of
      the threshold of greatest F1, which decides everything.
    - ``calibration_error`` is the mean over ten bins of as many passages of |mean probability -
      share of yes|; with few passages it is above 0 even for a perfect classifier. It has no
      interval: passages that a replicate repeats push it up, often beyond the estimate.
    """
    rows: list[dict[str, object]] = []
    joined = {name: dict(_joined(labels, table)) for name, table in (apart or {}).items()}
    for axis, labelled in _joined(labels, out_of_fold):
        clear = _clear(labelled)
        if clear.empty:
            continue
        scores = score_axis(_predictions(clear), seed, replicates, level)
        for name, tables_by_axis in joined.items():
            if axis in tables_by_axis:
                predictions = _predictions(_clear(tables_by_axis[axis]))
                scores += [
                    score._replace(metric=f"{score.metric}_{name}")
                    for score in score_axis(predictions, seed, replicates, level)
                    if score.metric in APART
                ]
        counts = (
            len(clear),
            int((clear["value"] > 0.5).sum()),
            clear["interview_id"].nunique(),
            len(labelled) - len(clear),
        )
        scores += [
            Score(metric, count, np.nan, np.nan)
            for metric, count in zip(COUNTS, counts, strict=True)
        ]
        rows += [{"axis": axis, **score._asdict()} for score in scores]
    return tables.make("axis_scores", rows)


def _joined(labels: pd.DataFrame, held_out: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Labels of each axis beside the probabilities of models that have not seen them."""
    joined = labels.merge(held_out, on=["passage_id", "axis"], validate="one_to_one")
    for axis, labelled in joined.groupby("axis", sort=True):
        yield str(axis), labelled


def _clear(labelled: pd.DataFrame) -> pd.DataFrame:
    """Passages on which the coders are not evenly split."""
    return labelled[labelled["value"] != 0.5].sort_values("passage_id")


def _predictions(clear: pd.DataFrame) -> Predictions:
    """Arrays of one axis."""
    return Predictions(
        (clear["value"] > 0.5).to_numpy().astype(np.float64),
        clear["probability"].to_numpy(dtype=np.float64),
        (clear["probability"] >= clear["threshold"]).to_numpy().astype(np.float64),
        clear["decision"].to_numpy(dtype=str),
        pd.factorize(clear["interview_id"], sort=True)[0],
    )


def score_axis(predictions: Predictions, seed: int, replicates: int, level: float) -> list[Score]:
    """All :data:`METRICS` of one axis, in order.

    Notes
    -----
    Intervals are t intervals on the logit scale, with the standard error of
    :func:`textlien.estimation.resampling.bootstrap_weights` and interviews less one degrees of
    freedom, as those of shares are. A replicate without any yes leaves the metrics that need one
    out of the error; a metric of exactly 0 or 1 has no interval.
    """
    y_true, y_prob, interviews = predictions.y_true, predictions.y_prob, predictions.interviews
    everything = np.ones((1, len(y_true)))
    estimates = _metrics(predictions, everything)[0]
    n_interviews = int(interviews.max()) + 1
    weights = bootstrap_weights(
        np.zeros(n_interviews, dtype=np.int64), replicates, np.random.default_rng(seed)
    )
    drawn = _metrics(predictions, weights[:, interviews])
    scores = []
    for metric, estimate, values in zip(METRICS[:-1], estimates, drawn.T, strict=True):
        usable = values[~np.isnan(values)]
        se = float(usable.std(ddof=1)) if len(usable) > 1 else 0.0
        interval = logit_interval(float(estimate), se, n_interviews - 1, level)
        scores.append(Score(metric, float(estimate), *interval))
    error = calibration_error(y_true, y_prob, everything[0])
    return [*scores, Score(_WITHOUT_INTERVAL, error, np.nan, np.nan)]


def _metrics(predictions: Predictions, weights: Floats) -> Floats:
    """:data:`METRICS` but for the last: (replicates, metrics), for weights (replicates, n)."""
    y_true, y_prob, y_pred, decision, _ = predictions
    yes, no = (np.asarray(decision == answer, dtype="float64") for answer in ("yes", "no"))
    total = weights.sum(axis=1)
    positive = weights @ y_true
    predicted = weights @ y_pred
    hits = weights @ (y_true * y_pred)
    prevalence = positive / total
    some = positive > 0
    return np.column_stack(
        [
            _quotient(hits, predicted),
            _quotient(hits, positive),
            np.where(some, _quotient(2 * hits, positive + predicted), np.nan),
            np.where(some, 2 * prevalence / (1 + prevalence), np.nan),
            average_precision(y_true, y_prob, weights),
            np.where(some, prevalence, np.nan),
            weights @ (y_prob - y_true) ** 2 / total,
            prevalence * (1 - prevalence),
            prevalence,
            _quotient(weights @ (yes * (1 - y_true)), weights @ yes),
            _quotient(weights @ (no * y_true), weights @ no),
            weights @ yes / total,
            weights @ (1 - yes - no) / total,
        ]
    )


def _quotient(part: Floats, whole: Floats) -> Floats:
    """``part / whole``; NaN where ``whole`` is 0."""
    quotients = np.full(len(part), np.nan)
    np.divide(part, whole, out=quotients, where=whole > 0)
    return quotients


def average_precision(y_true: Floats, y_prob: Floats, weights: Floats) -> Floats:
    """Average precision, of many weightings at once.

    Parameters
    ----------
    y_true : (n,), 0 or 1.
    y_prob : (n,), probabilities; passages of equal probability are taken together.
    weights : (replicates, n), how often each passage counts.

    Returns
    -------
    Array (replicates,): Σ (recall_k − recall_k−1) · precision_k over the distinct probabilities
    from the highest down, as scikit-learn defines it; NaN without any yes.
    """
    order = np.argsort(-y_prob, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(y_prob[order])), len(order) - 1)
    seen = np.cumsum(weights[:, order], axis=1)[:, ends]
    hits = np.cumsum((weights * y_true)[:, order], axis=1)[:, ends]
    precision = np.divide(hits, seen, out=np.zeros_like(hits), where=seen > 0)
    gains = np.diff(hits, axis=1, prepend=0.0)
    return _quotient((gains * precision).sum(axis=1), hits[:, -1])


def calibration_error(y_true: Floats, y_prob: Floats, weights: Floats) -> float:
    """Mean gap between probability and share of yes, over ten bins of equal weight.

    Parameters
    ----------
    y_true : (n,) 0 or 1.
    y_prob : (n,) probabilities.
    weights : (n,) how often each row counts, not all 0.
    """
    order: NDArray[np.int64] = np.argsort(y_prob, kind="stable")
    order = order[weights[order] > 0]
    shares = weights[order] / weights[order].sum()
    middles = np.cumsum(shares) - shares / 2
    bins = np.minimum((middles * _BINS).astype(int), _BINS - 1)
    gaps = np.bincount(bins, shares * (y_prob[order] - y_true[order]), minlength=_BINS)
    return float(np.abs(gaps).sum())
