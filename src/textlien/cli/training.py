"""Scores of a model of the axes, one row an axis, for a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from rich.markup import escape

from textlien.cli.display import out, print_table
from textlien.exchange.readable import heading, metric
from textlien.messages.translator import Translator, translator

if TYPE_CHECKING:
    from textlien.pipeline.run_folder import Run

_COUNTS = ("n", "n_positive", "n_interviews")
_SCORES = (
    *("precision", "recall", "f1", "f1_new_city", "f1_new_wave"),
    *("average_precision", "brier"),
)
"""Metrics that say how far a model can be trusted; the table ``axis_scores`` has all of them."""


def print_training(run: Run, study_file: Path) -> None:
    """Print what was learnt, how good it is, and where the model and its card are."""
    scores, folder = run["axis_scores"], run.manifest.stages["train"].model
    if scores.empty:
        return
    print_table(training_table(scores, translator()))
    text = translator().text("cli.trained", model=folder, study=str(study_file))
    out.print(escape(text))


def training_table(scores: pd.DataFrame, translator: Translator) -> pd.DataFrame:
    """Put table ``axis_scores`` in rows of axes: what each was learnt from, and its scores.

    Columns are the counts of passages and interviews, then each score, F1 with its interval and
    with what is reached without reading.
    """
    estimates = scores.pivot(index="axis", columns="metric", values="estimate")
    columns: dict[str, list[str]] = {heading("axis", translator): list(estimates.index)}
    for name in _COUNTS:
        if name in estimates:
            cells = [translator.count(round(number)) for number in estimates[name]]
            columns[metric(name, translator)] = cells
    for name in _SCORES:
        if name not in estimates:
            continue
        columns[metric(name, translator)] = _decimals(estimates[name], translator)
        if name == "f1":
            columns[translator.text("columns.interval")] = _intervals(scores, name, translator)
            baseline = f"{name}_baseline"
            columns[metric(baseline, translator)] = _decimals(estimates[baseline], translator)
    return pd.DataFrame(columns)


def _decimals(numbers: pd.Series, translator: Translator) -> list[str]:
    """Scores with two decimals, "" where there is none."""
    return ["" if pd.isna(number) else translator.decimal(number, 2) for number in numbers]


def _intervals(scores: pd.DataFrame, name: str, translator: Translator) -> list[str]:
    """Intervals of one metric, in the order of the axes."""
    rows = scores[scores["metric"] == name].sort_values("axis")
    return [
        "" if pd.isna(low) or pd.isna(high) else translator.plain_interval(low, high)
        for low, high in zip(rows["low"], rows["high"], strict=True)
    ]
