"""Sections on axes' quality and on method: what the figures rest on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from textlien.messages.typography import set_label
from textlien.report.names import Axis, Names, axis_label
from textlien.report.sections.cards import STRONG, WEAK
from textlien.report.voice import Voice
from textlien.study.options import Study
from textlien.tables import ALL

_METRICS = (
    "precision",
    "recall",
    "f1",
    "f1_new_city",
    "average_precision",
    "brier",
    "calibration_error",
    "prevalence",
    "n",
    "n_positive",
    "n_interviews",
    "n_split",
)
_CARD_ONLY = ("average_precision_new_city", "brier_new_city")
"""Metrics for the card of the model: the table of the report has columns enough."""

_BASELINE = "_baseline"
"""Ends the name of what a metric is without reading the passage; shown beside that metric."""


@dataclass(frozen=True, slots=True)
class Quality:
    """The classifier's scores, a row an axis.

    Attributes
    ----------
    columns : names of the metrics.
    rows : axis, then of each metric: estimate, interval and baseline ("" without one).
    """

    columns: list[str]
    rows: list[tuple[str, list[tuple[str, str, str]]]]


@dataclass(frozen=True, slots=True)
class Method:
    """What the last section shows.

    Attributes
    ----------
    sentences : how things were computed.
    bare : cells without interval, in words.
    blocks : key of a title, then name and value of each line.
    """

    sentences: list[str]
    bare: list[str]
    blocks: list[tuple[str, list[tuple[str, str]]]]


def quality_view(scores: pd.DataFrame, names: Names) -> Quality:
    """Put table ``axis_scores`` in rows of axes and columns of metrics, best known first."""
    voice = names.voice
    found = {(row["axis"], row["metric"]): row for row in scores.to_dict("records")}
    present = [name for name in dict.fromkeys(scores["metric"]) if name not in _CARD_ONLY]
    present = [name for name in present if not name.endswith(_BASELINE)]
    metrics = [metric for metric in _METRICS if metric in present]
    metrics += [metric for metric in present if metric not in _METRICS]
    axes = [key for key in names.items["axis"] if key in set(scores["axis"])]
    axes += [key for key in dict.fromkeys(scores["axis"]) if key not in axes]
    heads = [
        voice.say(f"metric_{metric}") if metric in _METRICS else metric.replace("_", " ")
        for metric in metrics
    ]
    return Quality(
        heads,
        [
            (
                names.item("axis", axis),
                [
                    (
                        *_score(found.get((axis, metric)), metric, voice),
                        _baseline(found.get((axis, metric + _BASELINE)), voice),
                    )
                    for metric in metrics
                ],
            )
            for axis in axes
        ],
    )


def _score(row: dict[Any, Any] | None, metric: str, voice: Voice) -> tuple[str, str]:
    if row is None or math.isnan(row["estimate"]):
        return voice.say("none"), ""
    if metric == "n" or metric.startswith("n_"):
        return voice.count(round(row["estimate"])), ""
    low, high = row["low"], row["high"]
    bare = math.isnan(low) or math.isnan(high)
    if metric == "prevalence":
        return voice.share(row["estimate"]), "" if bare else voice.interval(low, high)
    return voice.decimal(row["estimate"], 2), "" if bare else voice.plain_interval(low, high)


def _baseline(row: dict[Any, Any] | None, voice: Voice) -> str:
    if row is None or math.isnan(row["estimate"]):
        return ""
    return voice.say("metric_baseline", value=voice.decimal(row["estimate"], 2))


def axis_definitions(axes: Sequence[Axis], language: str) -> list[tuple[str, str, str]]:
    """Label, question and definition of each axis."""
    return [
        (axis_label(axis, language), set_label(axis.question), set_label(axis.definition))
        for axis in axes
    ]


def method_view(
    tables: Mapping[str, pd.DataFrame], study: Study, names: Names, manifest: Mapping[str, Any]
) -> Method:
    """Describe how the figures were made.

    Parameters
    ----------
    manifest : of the run. Only what depends on the inputs alone is shown: seconds, or the key
        of the report itself, would make two identical runs give two pages.
    """
    files = tables["interviews"][["file", "sha256"]].drop_duplicates()
    stages = {
        name: entry.get("key", "")
        for name, entry in manifest.get("stages", {}).items()
        if name != "report"
    }
    blocks = [
        ("options", flattened(_options(study))),
        ("libraries", flattened(manifest.get("libraries", {}))),
        ("stages", flattened(stages)),
        ("inputs", list(files.itertuples(index=False, name=None))),
    ]
    return Method(
        _sentences(tables, study, names.voice),
        bare_cells(tables["profiles"], names),
        [(key, lines) for key, lines in blocks if lines],
    )


def bare_cells(profiles: pd.DataFrame, names: Names) -> list[str]:
    """Cells of ``profiles`` that have no interval for any item, with their size."""
    voice = names.voice
    # A share of exactly 0 may lack an interval in a cell that has enough interviews.
    keys = ["wave", "city", "actor"]
    bare = profiles[profiles.groupby(keys)["low"].transform("count") == 0]
    sizes = bare.groupby(keys)["n_interviews"].max().to_dict()
    result = []
    for wave in names.waves(bare["wave"]):
        for city in names.cities(bare["city"]):
            for actor in names.actors(bare["actor"]):
                if (wave, city, actor) in sizes:
                    parts = [names.wave(wave)]
                    parts += [names.city(city)] if city != ALL else []
                    parts += [names.actor(actor)] if actor != ALL else []
                    size = voice.counted("interviews", int(sizes[wave, city, actor]))
                    result.append(f"{', '.join(parts)} ({size})")
    return result


def flattened(value: object, path: str = "") -> list[tuple[str, str]]:
    """Nested mappings and lists as lines ``a.b.c`` → text, in the order of their keys."""
    if isinstance(value, Mapping):
        return [
            line
            for key in sorted(value, key=str)
            for line in flattened(value[key], f"{path}.{key}" if path else str(key))
        ]
    if isinstance(value, list | tuple):
        if any(isinstance(part, Mapping) for part in value):
            return [
                line
                for index, part in enumerate(value, start=1)
                for line in flattened(part, f"{path} {index}".strip())
            ]
        return [(path, ", ".join(str(part) for part in value))]
    return [(path, _plain(value))]


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def _options(study: Study) -> dict[str, Any]:
    # The path of the study file changes from one machine to the next.
    return study.model_dump(mode="json", exclude={"file"})


def _sentences(tables: Mapping[str, pd.DataFrame], study: Study, voice: Voice) -> list[str]:
    sentences = []
    for table, key in (("profiles", "method_intervals"), ("contrasts", "method_contrasts")):
        methods = [voice.method(method) for method in dict.fromkeys(tables[table]["method"])]
        if methods:
            sentences.append(voice.say(key, list=voice.listed(methods)))
    if len(tables["themes"]):
        strong, weak = voice.decimal(STRONG, 2), voice.decimal(WEAK, 0)
        sentences.append(voice.say("method_coherence", strong=strong, weak=weak))
        sentences.append(voice.say("method_distinctive"))
    folded = tables["terms"].loc[tables["terms"]["folded"] != "", ["folded", "form"]]
    if len(folded):
        pairs = [f"{left} → {right}" for left, right in folded.itertuples(index=False, name=None)]
        sentences.append(voice.say("method_fold", list=voice.listed(pairs)))
    sentences.append(voice.say("seed", seed=study.study.seed))
    sentences.append(voice.say("same_bytes"))
    return sentences
