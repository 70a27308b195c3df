"""Card of a model: its data, its scores, and its limits of use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from textlien.axes.evaluate import APART
from textlien.axes.learning.curve import next_passages
from textlien.axes.learning.decisions import choose_cuts
from textlien.axes.learning.recipes import Recipe
from textlien.axes.train import TrainedAxes
from textlien.messages.translator import Translator
from textlien.messages.typography import markdown_table

_COLUMNS = (
    "precision",
    "recall",
    "f1",
    "average_precision",
    "brier",
    "calibration_error",
)


_MOST_WORDS = 15
"""Words of each axis and direction on the card."""


def card(
    trained: TrainedAxes,
    scores: pd.DataFrame,
    version: str,
    manifest: Mapping[str, Any],
    translator: Translator,
    note: str = "",
    words: pd.DataFrame | None = None,
) -> str:
    """Text of the card, in Markdown.

    Parameters
    ----------
    trained, scores : see :func:`textlien.axes.registry.save`.
    version : of the model.
    manifest : its manifest, but for the digests of files.
    translator : of the language of the card.
    note : in the place of what the card says of invented interviews.
    words : table ``axis_words``; no list of words where it is not given.
    """
    text = translator.text
    by_axis = {str(key): rows.set_index("metric") for key, rows in scores.groupby("axis")}
    data, options = manifest["data"], manifest["options"]
    parts = [f"# {version}", text("axes.card-purpose"), _axes(trained, translator)]
    if note:
        parts.append(note)
    elif data["fictional"]:
        parts.append("> " + text("axes.card-fictional"))
    parts += _model(trained, translator)
    parts += [
        "## " + text("axes.card-data-title"),
        text(
            "axes.card-data",
            passages_labelled=data["n_passages_labelled"],
            labels=data["n_labels"],
            interviews=data["n_interviews"],
            passages=data["n_passages"],
            seed=options["seed"],
        ),
        "## " + text("axes.card-scores-title"),
        text("axes.card-scores", folds=int(trained.held_out.persons["fold"].nunique())),
        _scores(trained, by_axis, translator),
    ]
    parts += _decisions(trained, by_axis, translator)
    parts += _apart(trained, by_axis, translator)
    parts += _curve(trained, translator)
    if words is not None and len(words):
        parts += ["## " + text("axes.card-words-title"), text("axes.card-words")]
        parts.append(_words(trained, words, translator))
    parts += ["## " + text("axes.card-limits-title"), _limits(trained, translator)]
    return "\n\n".join(parts) + "\n"


def _axes(trained: TrainedAxes, translator: Translator) -> str:
    """The axes, by key and label of the language."""
    return "\n".join(
        f"- `{axis.key}` — {axis.label if translator.language == 'fr' else axis.label_en}"
        for axis in trained.axes
    )


def _scores(
    trained: TrainedAxes, by_axis: Mapping[str, pd.DataFrame], translator: Translator
) -> str:
    """Scores on interviews held out, one row per axis."""
    names = ["axis", "passages", "positives", *_COLUMNS]
    rows = []
    for axis in trained.axes:
        metrics = by_axis[axis.key]
        counts = [int(metrics["estimate"][count]) for count in ("n", "n_positive")]
        cells = [_cell(metrics, metric, translator) for metric in _COLUMNS]
        rows.append([f"`{axis.key}`", *map(translator.count, counts), *cells])
    return _table(names, rows, translator)


def _decisions(
    trained: TrainedAxes, by_axis: Mapping[str, pd.DataFrame], translator: Translator
) -> list[str]:
    """Where « yes » and « no » begin, and errors on interviews held out, one row per axis."""
    options = trained.options
    promise = translator.text(
        "axes.card-decisions",
        confidence=options.confidence,
        discovery=options.false_discovery_rate,
        omission=options.false_omission_rate,
    )
    columns = ("share_yes", "false_discovery_rate", "false_omission_rate", "share_review")
    rows = []
    for key, classifier in trained.classifiers.by_axis.items():
        yes, no = choose_cuts(classifier.tried, classifier.threshold, options, key)
        cells = [
            translator.decimal(yes, 2) if yes <= 1 else "–",
            translator.decimal(no, 2) if no > 0 else "–",
            *(_cell(by_axis[key], metric, translator) for metric in columns),
        ]
        rows.append([f"`{key}`", *cells])
    return [promise, _table(["axis", "yes_from", "no_below", *columns], rows, translator)]


_NEXT = 50
"""Passages that the card looks ahead: an afternoon of coding."""


def _curve(trained: TrainedAxes, translator: Translator) -> Iterator[str]:
    """Average precision by number of coded passages, and what the next ones would bring."""
    if len(trained.curve) < 2:
        return
    yield translator.text("axes.card-curve")
    taught = [f"`{axis.key}`" for axis in trained.axes if axis.key not in trained.untaught]
    rows = []
    for point in trained.curve:
        values = point.precisions.mean(axis=0)
        counts = translator.count(round(point.n_passages)), translator.count(point.n_persons)
        cells = [translator.decimal(value, 2) if np.isfinite(value) else "–" for value in values]
        rows.append([*counts, *cells])
    heads = [translator.text("axes.column-passages"), translator.text("axes.column-persons")]
    yield markdown_table([*heads, *taught], rows)
    gain = next_passages(trained.curve, _NEXT)
    if gain is None:
        yield translator.text("axes.card-next-unknown", n=_NEXT)
    else:
        yield translator.text("axes.card-next", n=_NEXT, gain=gain[0], error=2 * gain[1])


def _apart(
    trained: TrainedAxes, by_axis: Mapping[str, pd.DataFrame], translator: Translator
) -> Iterator[str]:
    """Scores on whole cities and whole waves, or that none could be held out."""
    for name, table in (("city", trained.held_out.cities), ("wave", trained.held_out.waves)):
        if not table.empty:
            folds = int(table["fold"].nunique())
            yield translator.text(f"axes.card-new-{name}", folds=folds)
            yield _scores_apart(trained, by_axis, name, translator)
        else:
            yield translator.text(f"axes.card-no-new-{name}")


def _scores_apart(
    trained: TrainedAxes, by_axis: Mapping[str, pd.DataFrame], name: str, translator: Translator
) -> str:
    """Scores on cities, or on waves, held out, one row per axis."""
    columns = [metric for metric in _COLUMNS if metric in APART]
    rows = [
        [
            f"`{axis.key}`",
            *(_cell(by_axis[axis.key], f"{metric}_new_{name}", translator) for metric in columns),
        ]
        for axis in trained.axes
    ]
    return _table(["axis", *columns], rows, translator)


def _model(trained: TrainedAxes, translator: Translator) -> Iterator[str]:
    """The recipe, the table of those that were tried, and what the default model brought."""
    recipe = trained.classifiers.recipe
    parts = translator.listed(_parts(recipe, translator))
    yield translator.text("axes.card-model", penalty=recipe.penalty, parts=parts)
    yield _recipes(trained, translator)
    yield from _prior(trained, translator)


def _recipes(trained: TrainedAxes, translator: Translator) -> str:
    """The recipes that were tried, with their errors, with and without the default model."""
    trials = trained.classifiers.trials
    errors = {trial.recipe: translator.decimal(trial.error, 3) for trial in trials}
    names = ["recipe", "penalty", "error"]
    if any(trial.recipe.prior for trial in trials):
        names.append("error-from-default")
    rows = [
        [
            translator.listed(_parts(recipe, translator)),
            translator.decimal(recipe.penalty, 0),
            errors[recipe],
            *(errors[tried] for tried in (recipe._replace(prior=True),) if tried in errors),
        ]
        for recipe in errors
        if not recipe.prior
    ]
    return _table(names, rows, translator)


def _prior(trained: TrainedAxes, translator: Translator) -> Iterator[str]:
    """Paragraphs on the model that was started from, if one was tried."""
    recipe = trained.classifiers.recipe
    started, alone = (
        [trial.error for trial in trained.classifiers.trials if trial.recipe.prior == prior]
        for prior in (True, False)
    )
    if started:
        name = "axes.card-prior" if recipe.prior else "axes.card-prior-refused"
        yield translator.text(name, version=trained.prior, started=min(started), alone=min(alone))
    if trained.untaught:
        axes = translator.listed([f"`{axis}`" for axis in trained.untaught])
        yield translator.text("axes.card-untaught", axes=axes)


def _parts(recipe: Recipe, translator: Translator) -> list[str]:
    """The parts of a recipe, in words."""
    return [translator.text(f"axes.part-{part.name.replace('_', '-')}") for part in recipe.parts]


def _table(names: Sequence[str], rows: Sequence[Sequence[str]], translator: Translator) -> str:
    """A Markdown table; ``names`` identify its columns."""
    header = [translator.text(f"axes.column-{name.replace('_', '-')}") for name in names]
    return markdown_table(header, rows)


def _cell(metrics: pd.DataFrame, metric: str, translator: Translator) -> str:
    """Estimate, interval, and baseline without reading."""
    estimate, low, high = (metrics[column][metric] for column in ("estimate", "low", "high"))
    if pd.isna(estimate):
        return "–"
    cell = translator.decimal(estimate, 2)
    if not pd.isna(low):
        cell += f" {translator.plain_interval(low, high)}"
    baseline = f"{metric}_baseline"
    if baseline in metrics.index:
        cell += f" / {translator.decimal(metrics['estimate'][baseline], 2)}"
    return cell


def _words(trained: TrainedAxes, words: pd.DataFrame, translator: Translator) -> str:
    """Words for each axis and against it, one row per axis."""
    rows = []
    for axis in trained.axes:
        cells = [f"`{axis.key}`"]
        for direction in ("for", "against"):
            chosen = words[(words["axis"] == axis.key) & (words["direction"] == direction)]
            cells.append(", ".join(chosen.sort_values("rank")["word"].head(_MOST_WORDS)))
        rows.append(cells)
    return _table(["axis", "words-for", "words-against"], rows, translator)


def _limits(trained: TrainedAxes, translator: Translator) -> str:
    """Limits of the model, and axes that it lacks."""
    text = translator.text
    lines = [
        text("axes.card-limit-shares"),
        text("axes.card-limit-review"),
        text("axes.card-limit-others"),
        text("axes.card-limit-opinion"),
        *(problem.text(translator) for problem in trained.problems),
    ]
    return "\n".join(f"- {line}" for line in lines)
