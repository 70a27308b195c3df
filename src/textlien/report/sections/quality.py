"""Section on the quality of the axis model: scores with their intervals and baselines."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import pandas as pd

from textlien.exchange.readable import metric as metric_name
from textlien.messages.translator import Translator
from textlien.report.labels import Labels

_METRICS = (
    "precision",
    "recall",
    "f1",
    "f1_new_city",
    "f1_new_wave",
    "average_precision",
    "brier",
    "calibration_error",
    "false_discovery_rate",
    "false_omission_rate",
    "share_review",
    "prevalence",
    "n",
    "n_positive",
    "n_interviews",
    "n_split",
)
_CARD_ONLY = (
    "share_yes",
    "average_precision_new_city",
    "brier_new_city",
    "average_precision_new_wave",
    "brier_new_wave",
)
"""Metrics for the card of the model: the table of the report has columns enough."""

_SHARES = ("prevalence", "false_discovery_rate", "false_omission_rate", "share_review")

_BASELINE = "_baseline"
"""Suffix of the baseline of a metric, without reading the passage; shown beside that metric."""


_Rows: TypeAlias = Mapping[tuple[str, str], dict[Any, Any]]


@dataclass(frozen=True, slots=True)
class Quality:
    """The classifier's scores, one row per axis.

    Attributes
    ----------
    columns : labels of the metrics.
    rows : axis, then of each metric: estimate, interval and baseline ("" without one).
    """

    columns: list[str]
    rows: list[tuple[str, list[tuple[str, str, str]]]]


def quality_view(scores: pd.DataFrame, labels: Labels) -> Quality:
    """Put table ``axis_scores`` in rows of axes and columns of metrics, best known first."""
    rows = {(row["axis"], row["metric"]): row for row in scores.to_dict("records")}
    metrics = _metrics(scores)
    return Quality(
        [metric_name(metric, labels.translator) for metric in metrics],
        [
            (
                labels.item("axis", axis),
                [_cell(rows, axis, metric, labels.translator) for metric in metrics],
            )
            for axis in _axes(scores, labels)
        ],
    )


def _metrics(scores: pd.DataFrame) -> list[str]:
    """Metrics that head a column: those of :data:`_METRICS` first, then any other."""
    present = [
        name
        for name in dict.fromkeys(scores["metric"])
        if name not in _CARD_ONLY and not name.endswith(_BASELINE)
    ]
    familiar = [metric for metric in _METRICS if metric in present]
    return familiar + [metric for metric in present if metric not in _METRICS]


def _axes(scores: pd.DataFrame, labels: Labels) -> list[str]:
    """Axes in the order of the codebook, those that it lacks last."""
    present = list(dict.fromkeys(scores["axis"]))
    in_codebook = [key for key in labels.items["axis"] if key in present]
    return in_codebook + [key for key in present if key not in in_codebook]


def _cell(rows: _Rows, axis: str, metric: str, translator: Translator) -> tuple[str, str, str]:
    """Estimate, interval and baseline of a metric, as printed."""
    row, baseline = rows.get((axis, metric)), rows.get((axis, metric + _BASELINE))
    return (*_score(row, metric, translator), _baseline(baseline, translator))


def _score(row: dict[Any, Any] | None, metric: str, translator: Translator) -> tuple[str, str]:
    """Estimate and interval as printed: counts, shares, or scores with two decimals."""
    if row is None or math.isnan(row["estimate"]):
        return translator.text("report.none"), ""
    if metric == "n" or metric.startswith("n_"):
        return translator.count(round(row["estimate"])), ""
    low, high = row["low"], row["high"]
    is_share = metric in _SHARES
    write = translator.interval if is_share else translator.plain_interval
    estimate = (
        translator.share(row["estimate"]) if is_share else translator.decimal(row["estimate"], 2)
    )
    return estimate, "" if math.isnan(low) or math.isnan(high) else write(low, high)


def _baseline(row: dict[Any, Any] | None, translator: Translator) -> str:
    """The score reached without reading the passages, in words; "" where there is none."""
    if row is None or math.isnan(row["estimate"]):
        return ""
    return translator.text("report.metric-baseline", value=translator.decimal(row["estimate"], 2))
