"""How well each axis is found in interviews that the classifier has not seen."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score

from textlien import tables

Floats = NDArray[np.float64]

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
    "calibration_error",
)
"""``*_baseline`` is what one gets without reading the passage."""

NEW_CITY = ("f1", "average_precision", "brier")
"""Metrics given for cities held out too, with ``_new_city`` behind their name."""

COUNTS = ("n", "n_positive", "n_interviews", "n_split")

_BINS = 10


def evaluate(
    labels: pd.DataFrame,
    out_of_fold: pd.DataFrame,
    by_city: pd.DataFrame | None = None,
    *,
    seed: int,
    replicates: int = 1000,
    level: float = 0.95,
) -> pd.DataFrame:
    """Scores of each axis, with intervals from a bootstrap over interviews.

    Parameters
    ----------
    labels : table ``labels``.
    out_of_fold, by_city : of :class:`textlien.axes.train.TrainedAxes`.
    seed : of the bootstrap.
    replicates : how many samples of interviews are drawn, with replacement.
    level : of the intervals, which lie between percentiles of the replicates.

    Returns
    -------
    Table ``axis_scores``: :data:`METRICS`, :data:`NEW_CITY` where cities were held out, then
    :data:`COUNTS`, whose bounds are NaN. Only the
    labelled passages count. More than half of the coders is a yes; passages on which they are
    evenly split have no truth to compare with, and are counted in ``n_split`` alone.

    Notes
    -----
    - ``brier`` is the mean squared error of the probability; its baseline gives every passage the
      prevalence, that of average precision draws passages at random, that of F1 says « yes » to
      all (saying « no » to all, the majority, has F1 0).
    - ``calibration_error`` is the mean over ten bins of as many passages of |mean probability -
      share of yes|; with few passages it is above 0 even for a perfect classifier. It has no
      interval: passages that a replicate repeats push it up, often beyond the estimate.

    A replicate without any yes leaves the metrics that need one out of the interval.
    """
    rows: list[dict[str, object]] = []
    new_city = dict(_joined(labels, by_city)) if by_city is not None else {}
    for axis, found in _joined(labels, out_of_fold):
        clear = _clear(found)
        if clear.empty:
            continue
        scores = _scores(clear, seed, replicates, level)
        if axis in new_city:
            scored = _scores(_clear(new_city[axis]), seed, replicates, level)
            scores += [
                (f"{score[0]}_new_city", *score[1:]) for score in scored if score[0] in NEW_CITY
            ]
        for metric, estimate, low, high in scores:
            rows.append(
                {"axis": axis, "metric": metric, "estimate": estimate, "low": low, "high": high}
            )
        counts = (
            len(clear),
            int((clear["value"] > 0.5).sum()),
            clear["interview_id"].nunique(),
            len(found) - len(clear),
        )
        for metric, count in zip(COUNTS, counts, strict=True):
            rows.append(
                {"axis": axis, "metric": metric, "estimate": count, "low": np.nan, "high": np.nan}
            )
    return tables.make("axis_scores", rows)


def _joined(labels: pd.DataFrame, held_out: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Labels of each axis beside the probabilities of models that have not seen them."""
    joined = labels.merge(held_out, on=["passage_id", "axis"], validate="one_to_one")
    for axis, found in joined.groupby("axis", sort=True):
        yield str(axis), found


def _clear(found: pd.DataFrame) -> pd.DataFrame:
    return found[found["value"] != 0.5].sort_values("passage_id")


def _scores(
    clear: pd.DataFrame, seed: int, replicates: int, level: float
) -> list[tuple[str, float, float, float]]:
    truth = (clear["value"] > 0.5).to_numpy().astype(np.float64)
    given = clear["probability"].to_numpy(dtype=np.float64)
    said = (clear["probability"] >= clear["threshold"]).to_numpy().astype(np.float64)
    interviews, names = pd.factorize(clear["interview_id"], sort=True)
    estimates = _metrics(truth, given, said, np.ones(len(truth)))
    draws = np.random.default_rng(seed).multinomial(
        len(names), np.full(len(names), 1 / len(names)), size=replicates
    )
    drawn = np.array(
        [_metrics(truth, given, said, draw[interviews].astype(np.float64)) for draw in draws]
    )
    tail = (1 - level) / 2
    scores = []
    for column, metric in enumerate(METRICS):
        known = drawn[~np.isnan(drawn[:, column]), column]
        bounded = len(known) > 0 and metric != "calibration_error"
        low, high = np.quantile(known, [tail, 1 - tail]) if bounded else (np.nan, np.nan)
        scores.append((metric, estimates[column], float(low), float(high)))
    return scores


def _metrics(truth: Floats, given: Floats, said: Floats, weights: Floats) -> tuple[float, ...]:
    """:data:`METRICS`, in order, of passages that count ``weights`` times."""
    total = weights.sum()
    positive = float(weights @ truth)
    hits = float(weights @ (truth * said))
    prevalence = positive / total
    some = positive > 0
    return (
        _ratio(hits, float(weights @ said)),
        _ratio(hits, positive),
        _ratio(2 * hits, positive + float(weights @ said)) if some else np.nan,
        2 * prevalence / (1 + prevalence) if some else np.nan,
        float(average_precision_score(truth, given, sample_weight=weights)) if some else np.nan,
        prevalence if some else np.nan,
        float(weights @ (given - truth) ** 2 / total),
        prevalence * (1 - prevalence),
        prevalence,
        calibration_error(truth, given, weights),
    )


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else np.nan


def calibration_error(truth: Floats, given: Floats, weights: Floats) -> float:
    """Mean gap between probability and share of yes, over ten bins of equal weight.

    Parameters
    ----------
    truth : (n,) 0 or 1.
    given : (n,) probabilities.
    weights : (n,) how often each row counts, not all 0.
    """
    order = np.argsort(given, kind="stable")
    order = order[weights[order] > 0]
    shares = weights[order] / weights[order].sum()
    middles = np.cumsum(shares) - shares / 2
    bins = np.minimum((middles * _BINS).astype(int), _BINS - 1)
    gaps = np.bincount(bins, shares * (given[order] - truth[order]), minlength=_BINS)
    return float(np.abs(gaps).sum())
