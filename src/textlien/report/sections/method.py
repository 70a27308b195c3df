"""Section on method: computation of the figures, and their inputs."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from textlien.messages.translator import Translator
from textlien.report.labels import Axis, Labels, axis_label, in_language
from textlien.report.sections.cards import STRONG, WEAK
from textlien.study.options import Study
from textlien.tables import ALL


@dataclass(frozen=True, slots=True)
class Method:
    """Content of the last section.

    Attributes
    ----------
    sentences : methods of computation.
    bare : cells without interval, in words.
    blocks : heading, then name and value of each line.
    """

    sentences: list[str]
    bare: list[str]
    blocks: list[tuple[str, list[tuple[str, str]]]]


def axis_definitions(axes: Sequence[Axis], language: str) -> list[tuple[str, str, str]]:
    """Label, question and definition of each axis."""
    return [
        (
            axis_label(axis, language),
            in_language(axis, "question", language),
            in_language(axis, "definition", language),
        )
        for axis in axes
    ]


def method_view(
    tables: Mapping[str, pd.DataFrame], study: Study, labels: Labels, manifest: Mapping[str, Any]
) -> Method:
    """Describe the computation of the figures.

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
    text = labels.translator.text
    blocks = [
        (text("report.options"), flattened(_options(study))),
        (text("report.libraries"), flattened(manifest.get("libraries", {}))),
        (text("report.stages"), flattened(stages)),
        (text("report.inputs"), list(files.itertuples(index=False, name=None))),
    ]
    return Method(
        _sentences(tables, study, labels.translator),
        bare_cells(tables["profiles"], labels),
        [(heading, lines) for heading, lines in blocks if lines],
    )


def bare_cells(shares: pd.DataFrame, labels: Labels) -> list[str]:
    """Cells of table ``profiles`` that have no interval for any item, with their size."""
    # A share of exactly 0 may lack an interval in a cell that has enough interviews.
    keys = ["wave", "city", "actor"]
    bare = shares[shares.groupby(keys)["low"].transform("count") == 0]
    sizes = bare.groupby(keys)["n_interviews"].max().to_dict()
    cells = itertools.product(
        labels.waves(bare["wave"]), labels.cities(bare["city"]), labels.actors(bare["actor"])
    )
    return [_cell(*cell, int(sizes[cell]), labels) for cell in cells if cell in sizes]


def _cell(wave: str, city: str, actor: str, n_interviews: int, labels: Labels) -> str:
    """A cell in words, without dimensions taken as a whole: « 2013, Creil (2 entretiens) »."""
    parts = [labels.wave(wave)]
    parts += [labels.city(city)] if city != ALL else []
    parts += [labels.actor(actor)] if actor != ALL else []
    size = labels.translator.text("report.interviews", n=n_interviews)
    return f"{', '.join(parts)} ({size})"


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
    """A value as the study file writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def _options(study: Study) -> dict[str, Any]:
    """Options of the study; the path of its file differs from one machine to the next."""
    return study.model_dump(mode="json", exclude={"file"})


def _sentences(
    tables: Mapping[str, pd.DataFrame], study: Study, translator: Translator
) -> list[str]:
    """One sentence per method of computation."""
    text = translator.text
    sentences = []
    methods = _methods(tables["profiles"], translator)
    if methods:
        sentences.append(text("report.method-intervals", list=methods))
    methods = _methods(tables["contrasts"], translator)
    if methods:
        sentences.append(text("report.method-contrasts", list=methods))
    if len(tables["themes"]):
        strong, weak = translator.decimal(STRONG, 2), translator.decimal(WEAK, 0)
        sentences.append(text("report.method-coherence", strong=strong, weak=weak))
        sentences.append(text("report.method-distinctive"))
    if len(tables["theme_crosses"]):
        sentences.append(text("report.method-crosses"))
    folded = tables["terms"].loc[tables["terms"]["folded"] != "", ["folded", "form"]]
    if len(folded):
        pairs = [f"{left} → {right}" for left, right in folded.itertuples(index=False, name=None)]
        sentences.append(text("report.method-fold", list=translator.listed(pairs)))
    sentences.append(text("report.seed", seed=study.study.seed))
    sentences.append(text("report.same-bytes"))
    return sentences


def _methods(estimates: pd.DataFrame, translator: Translator) -> str:
    """The distinct methods of a table of estimates, in words."""
    methods = dict.fromkeys(estimates["method"])
    return translator.listed([translator.text(f"estimation.method-{method}") for method in methods])
