"""The folder of a trained model: everything needed to use it, judge it and trust it.

::

    weights.npz, vocabulary.json, config.json   features and classifiers: see ``weights``
    out_of_fold.parquet                         probabilities of the training interviews; no text
    manifest.json                               version, axes, options, digests, library versions
    metrics.json                                scores by axis
    README.md, README.en.md                     the card, in French and in English

A folder is named after its content: the same passages, codings and options give the same bytes
and the same version.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import BaseModel, ConfigDict, RootModel

from textlien.annotation.encoder import DIMENSIONS, PACKAGES, require
from textlien.axes import weights
from textlien.axes.card import card
from textlien.axes.features.parts import FittedMeaning, PassageFeatures
from textlien.axes.features.reference import Reference
from textlien.axes.learning.classifier import AxisClassifier
from textlien.axes.train import TrainedAxes
from textlien.errors import Problem, TextlienError
from textlien.files.atomic import json_bytes, write_bytes, write_json
from textlien.files.digests import (
    ModelManifest,
    check_files,
    content_digest,
    digest,
    read_object,
    require_files,
    validated,
)
from textlien.messages.message import Location, message
from textlien.messages.translator import Translator
from textlien.study.options import Encoder
from textlien.tables.parquet import table_digest

OUT_OF_FOLD = "out_of_fold.parquet"
MANIFEST = "manifest.json"
METRICS = "metrics.json"
CARDS = {"fr": "README.md", "en": "README.en.md"}
"""The card in each language: a model may go to colleagues who do not work in French."""

_FORMAT = 5
"""Format of the folder; the one before did not say what other interviews are compared with, nor had
passages that errors of decisions are bounded by."""

_LIBRARIES = ("numpy", "scikit-learn", "scipy", "textlien")
_HELD_OUT = ["key", "axis", "fold", "probability", "threshold"]
_NEEDED = (weights.WEIGHTS, weights.VOCABULARY, weights.CONFIG, OUT_OF_FOLD, METRICS)
_RETRAIN = message("files.retrain-model")


@dataclass(frozen=True)
class AxesModel:
    """A model read from its folder.

    Attributes
    ----------
    version : name of the folder.
    features, classifiers, reference : see :class:`textlien.axes.train.TrainedAxes`.
    out_of_fold : columns ``key``, ``axis``, ``fold``, ``probability``, ``threshold``.
    metrics : content of that file.
    """

    version: str
    features: PassageFeatures
    classifiers: Mapping[str, AxisClassifier]
    reference: Reference
    out_of_fold: pd.DataFrame
    metrics: Mapping[str, Any]

    @cached_property
    def held_out(self) -> dict[str, dict[str, float]]:
        """Probability out of fold, by key of the passage and axis."""
        probabilities: dict[str, dict[str, float]] = {}
        for key, axis, probability in zip(
            self.out_of_fold["key"],
            self.out_of_fold["axis"],
            self.out_of_fold["probability"],
            strict=True,
        ):
            probabilities.setdefault(str(key), {})[str(axis)] = float(probability)
        return probabilities


def save(
    trained: TrainedAxes,
    scores: pd.DataFrame,
    parent: Path,
    *,
    name: str,
    fictional: bool,
    notes: Mapping[str, str] | None = None,
    words: pd.DataFrame | None = None,
) -> Path:
    """Write the folder of a model.

    Parameters
    ----------
    trained : the model.
    scores : its table ``axis_scores``.
    parent : folder of models; the model gets a folder of its own in it.
    name : name of the study, which begins the version.
    fictional : True when any training interview is invented, which the card then says.
    notes : paragraphs for the card, by language, in the place of what it says of invented
        interviews.
    words : table ``axis_words`` of the coded interviews, for the card.

    Returns
    -------
    The folder, named after the version: ``name`` and eight digits of a digest of the content.
    """
    held_out = trained.held_out.persons[_HELD_OUT].drop_duplicates(["key", "axis"])
    held_out = held_out.sort_values(["key", "axis"], ignore_index=True)
    buffer = io.BytesIO()
    held_out.to_parquet(buffer, index=False)
    files = {
        **weights.to_files(
            trained.classifiers.features, trained.classifiers.by_axis, trained.reference
        ),
        OUT_OF_FOLD: buffer.getvalue(),
        METRICS: json_bytes(_metrics(scores)),
    }
    manifest = _manifest(trained, fictional)
    version = f"{name}-{digest(manifest, {key: content_digest(files[key]) for key in files})[:8]}"
    for language, file in CARDS.items():
        files[file] = card(
            trained,
            scores,
            version,
            manifest,
            Translator(language),
            (notes or {}).get(language, ""),
            words,
        ).encode()
    folder = parent / version
    for file, content in files.items():
        write_bytes(folder / file, content)
    # Last: a folder with a manifest is whole.
    digests = {file: content_digest(content) for file, content in sorted(files.items())}
    write_json(folder / MANIFEST, {"version": version, **manifest, "files": digests})
    return folder


def check_model(folder: Path) -> Manifest:
    """Refuse a model folder whose files are not those that were written; its manifest.

    Raises
    ------
    TextlienError
        When the folder is of another format, its manifest lacks a key or holds something of another
        type, a file is missing or is not the one that was written.
    """
    manifest = _read_manifest(folder)
    check_files(folder, manifest.files, _RETRAIN)
    return manifest


def load_model(folder: Path) -> AxesModel:
    """Read a model folder and check it against its manifest.

    Parameters
    ----------
    folder : as written by :func:`save`.

    Raises
    ------
    TextlienError
        When the folder is of another format, a file is missing or is not the one that was
        written, files do not belong together, or the encoder is another than it was trained with.
    """
    manifest = check_model(folder)
    features, classifiers, reference = weights.from_folder(folder)
    if any(isinstance(part, FittedMeaning) for part in features.parts):
        _check_encoder(folder, manifest, encoder_of(features))
    scores = folder / METRICS
    metrics = validated(scores, read_object(scores, _RETRAIN), _Metrics, _RETRAIN)
    return AxesModel(
        version=manifest.version,
        features=features,
        classifiers=classifiers,
        reference=reference,
        out_of_fold=_read_out_of_fold(folder / OUT_OF_FOLD),
        metrics=metrics.model_dump(exclude_unset=True),
    )


def encoder_of(features: PassageFeatures) -> Encoder:
    """Encoder of the vectors that features look at; the default where they look at none.

    The one of more numbers where some parts look at fewer, as those of a default model do.
    """
    widths = [len(part.mean) for part in features.parts if isinstance(part, FittedMeaning)]
    return next(
        (name for name, width in DIMENSIONS.items() if width == max(widths, default=0)), "use"
    )


def _check_encoder(folder: Path, manifest: Manifest, encoder: Encoder) -> None:
    """Refuse a model whose encoder is not here, or in another version.

    Raises
    ------
    TextlienError
        With what to install.
    """
    require(encoder)
    for package in PACKAGES[encoder]:
        there = installed(package)
        if manifest.libraries.get(package) != there:
            raise TextlienError(
                Problem.error(
                    "axes.other-encoder",
                    Location(file=str(folder)),
                    package=package,
                    version=manifest.libraries.get(package, ""),
                    installed=there,
                )
            )


def _manifest(trained: TrainedAxes, fictional: bool) -> dict[str, Any]:
    """All of the manifest but the version and the digests of files, which depend on it."""
    passages, options = trained.held_out.persons, trained.options
    libraries = (*_LIBRARIES, *PACKAGES[encoder_of(trained.classifiers.features)])
    return {
        "format": _FORMAT,
        "axes": [axis.key for axis in trained.axes],
        "codebook": digest([axis.model_dump() for axis in trained.axes]),
        "thresholds": {
            axis: classifier.threshold for axis, classifier in trained.classifiers.by_axis.items()
        },
        "options": {
            "folds": options.folds,
            "min_positives": options.min_positives,
            "false_discovery_rate": options.false_discovery_rate,
            "false_omission_rate": options.false_omission_rate,
            "confidence": options.confidence,
            "seed": trained.seed,
        },
        "data": {
            "labels": table_digest(trained.labels.sort_values(["passage_id", "axis"])),
            "passages": digest(sorted(set(passages["key"]))),
            "n_labels": len(trained.labels),
            "n_passages_labelled": int(trained.labels["passage_id"].nunique()),
            "n_passages": int(passages["passage_id"].nunique()),
            "n_interviews": int(passages["interview_id"].nunique()),
            "fictional": fictional,
        },
        "left_out": [problem.to_plain() for problem in trained.problems],
        "recipe": {
            "name": trained.classifiers.recipe.name,
            "penalty": trained.classifiers.recipe.penalty,
        },
        "prior": {"version": trained.prior, "untaught": list(trained.untaught)},
        "libraries": {library: installed(library) for library in libraries},
    }


def _metrics(scores: pd.DataFrame) -> dict[str, Any]:
    """Scores by axis and metric, bounds only where there are any."""
    metrics: dict[str, dict[str, Any]] = {}
    for row in scores.to_dict("records"):
        low, high = row["low"], row["high"]
        bounds = {} if pd.isna(low) else {"low": low, "high": high}
        estimate = None if pd.isna(row["estimate"]) else row["estimate"]
        metrics.setdefault(str(row["axis"]), {})[str(row["metric"])] = {
            "estimate": estimate,
            **bounds,
        }
    return metrics


class _Strict(BaseModel):
    """A part of a file in which "0.05" is no number."""

    model_config = ConfigDict(frozen=True, strict=True)


class Manifest(ModelManifest):
    """The keys of a manifest that are needed to use a model."""

    libraries: dict[str, str]


class _Metric(_Strict):
    """A score with its bounds."""

    estimate: float | None
    low: float | None = None
    high: float | None = None


class _Metrics(RootModel[dict[str, dict[str, _Metric]]]):
    """Scores by axis and metric."""


def _read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder, when it is one of this format and lists all files that it needs."""
    path = folder / MANIFEST
    where = Location(file=str(path))
    if not path.is_file():
        raise TextlienError(Problem.error("axes.no-model", Location(file=str(folder))))
    content = read_object(path, _RETRAIN)
    if content.get("format", _FORMAT) != _FORMAT:
        raise TextlienError(
            Problem.error(
                "axes.other-format", where, format=str(content["format"]), readable=_FORMAT
            )
        )
    manifest = validated(path, content, Manifest, _RETRAIN)
    require_files(path, manifest, _NEEDED, _RETRAIN)
    return manifest


def _read_out_of_fold(path: Path) -> pd.DataFrame:
    """Probabilities of the training interviews."""
    try:
        return pd.read_parquet(path)[_HELD_OUT]
    # pyarrow's own errors are ValueErrors and OSErrors.
    except (OSError, ValueError, KeyError) as error:
        raise TextlienError(
            Problem.error(
                "axes.unreadable-model",
                Location(file=str(path)),
                reason=f"{type(error).__name__}: {error}",
                remedy=_RETRAIN,
            )
        ) from error
