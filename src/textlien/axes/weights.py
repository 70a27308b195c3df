"""Features and classifiers as plain files: arrays, vocabulary, configuration.

::

    weights.npz      arrays of floats: idf, landmarks of meaning, coefficients of the regressions,
                     what other interviews are compared with (« reference.… »), and passages that
                     errors of decisions are bounded by (« tried.… »; no text)
    vocabulary.json  n-grams by part, in the order of their columns; words of the reference
    config.json      parts of the features; intercept, calibration and threshold of each axis

As model2vec keeps its models. Nothing is executed on reading (``allow_pickle=False``), and equal
models give equal bytes: entries of the archive have no date, and are not compressed, since zlib
does not give the same bytes everywhere.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textlien.annotation.encoder import DIMENSION, DIMENSIONS
from textlien.arrays import Floats, archive, read_archive
from textlien.axes.features.parts import (
    Fitted,
    FittedMeaning,
    FittedNgrams,
    Meaning,
    Ngrams,
    PassageFeatures,
)
from textlien.axes.features.reference import Reference
from textlien.axes.learning.classifier import AxisClassifier
from textlien.axes.learning.decisions import Tried
from textlien.errors import Problem, TextlienError
from textlien.messages.message import Location, message

WEIGHTS = "weights.npz"
VOCABULARY = "vocabulary.json"
CONFIG = "config.json"

_COEFFICIENTS, _TRIED = "coefficients", "tried"
_SCALARS = ("intercept", "slope", "offset", "threshold")
_ARRAYS = ("mean", "landmarks", "root")

_REFERENCE = "reference"
_OF_REFERENCE = ("mean", "landmarks", "held_out")


def to_files(
    features: PassageFeatures,
    classifiers: Mapping[str, AxisClassifier],
    reference: Reference,
) -> dict[str, bytes]:
    """Content of the three files, by name.

    Parameters
    ----------
    features : fitted.
    classifiers : by key of the axis, in order.
    reference : what other interviews are compared with.
    """
    arrays: dict[str, NDArray[np.floating]] = {
        _COEFFICIENTS: np.stack([classifier.weights for classifier in classifiers.values()])
    }
    for axis, classifier in classifiers.items():
        arrays[f"{_TRIED}.{axis}"] = np.stack([*map(np.float64, classifier.tried)])
    vocabulary: dict[str, list[str]] = {}
    for fitted in features.parts:
        name = fitted.part.name
        if isinstance(fitted, FittedNgrams):
            vocabulary[name] = list(fitted.ngrams)
            arrays[f"{name}.idf"] = fitted.idf
        else:
            for array in _ARRAYS:
                arrays[f"{name}.{array}"] = getattr(fitted, array)
    vocabulary[_REFERENCE] = list(reference.idf)
    arrays[f"{_REFERENCE}.idf"] = np.array([*reference.idf.values(), reference.unknown_idf])
    for array in _OF_REFERENCE:
        # Distances need no more digits, and landmarks of eight bytes would be a megabyte.
        arrays[f"{_REFERENCE}.{array}"] = getattr(reference, array).astype(np.float16)
    config = {
        "parts": [
            {"kind": type(fitted.part).__name__.lower(), **fitted.part._asdict()}
            for fitted in features.parts
        ],
        "axes": [
            {"key": axis, **{name: getattr(classifier, name) for name in _SCALARS}}
            for axis, classifier in classifiers.items()
        ],
    }
    return {
        WEIGHTS: archive(arrays),
        VOCABULARY: _json(vocabulary, indent=None),
        CONFIG: _json(config, indent=1),
    }


def from_folder(
    folder: Path,
) -> tuple[PassageFeatures, dict[str, AxisClassifier], Reference]:
    """Read the files that :func:`to_files` made.

    Raises
    ------
    TextlienError
        When the files are not those of a model, or do not belong together.
    """
    try:
        arrays = read_archive(folder / WEIGHTS)
        vocabulary = json.loads((folder / VOCABULARY).read_text(encoding="utf-8"))
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        features = PassageFeatures(
            tuple(_fitted(part, arrays, vocabulary) for part in config["parts"])
        )
        classifiers = _classifiers(config, arrays, features.width)
        return features, classifiers, _reference(arrays, vocabulary)
    # Files made by anyone can break reading in any way; the kind of fault is for an expert.
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise TextlienError(
            Problem.error(
                "axes.unreadable-model",
                Location(file=str(folder)),
                reason=f"{type(error).__name__}: {error}",
                remedy=message("files.retrain-model"),
            )
        ) from error


def _fitted(
    config: Mapping[str, Any], arrays: Mapping[str, Floats], vocabulary: Mapping[str, list[str]]
) -> Fitted:
    """One part of the features.

    Raises
    ------
    ValueError
        When its arrays have other shapes than they should.
    """
    fields = {name: value for name, value in config.items() if name != "kind"}
    name = fields["name"]
    if config["kind"] == "ngrams":
        ngrams, idf = tuple(vocabulary[name]), arrays[f"{name}.idf"]
        if idf.shape != (len(ngrams),):
            raise ValueError(f"{len(ngrams)} n-grams of {name}, {idf.shape} weights")
        return FittedNgrams(Ngrams(**fields), ngrams, idf)
    if config["kind"] != "meaning":
        raise ValueError(f"no such part: {config['kind']}")
    mean, landmarks, root = (arrays[f"{name}.{array}"] for array in _ARRAYS)
    shapes = (mean.shape, landmarks.shape, root.shape[:1])
    width = mean.size
    if shapes != ((width,), (len(root), width), (len(root),)) or root.ndim != 2:
        raise ValueError(f"mean, landmarks and root of {name}: {shapes}")
    if width not in DIMENSIONS.values():
        raise ValueError(f"mean, landmarks and root of {name}: {shapes}")
    return FittedMeaning(Meaning(**fields), mean, landmarks, root)


def _reference(arrays: Mapping[str, Floats], vocabulary: Mapping[str, list[str]]) -> Reference:
    """Words, landmarks and persons held out that other interviews are compared with.

    Raises
    ------
    ValueError
        When its arrays have other shapes than they should.
    """
    words, idf = vocabulary[_REFERENCE], arrays[f"{_REFERENCE}.idf"]
    mean, landmarks, held_out = (arrays[f"{_REFERENCE}.{array}"] for array in _OF_REFERENCE)
    shapes = (idf.shape, mean.shape, landmarks.shape[1:], held_out.shape[1:])
    if shapes != ((len(words) + 1,), (DIMENSION,), (DIMENSION,), (2,)):
        raise ValueError(f"words, mean, landmarks and persons held out of the reference: {shapes}")
    weights = dict(zip(words, idf[:-1].tolist(), strict=True))
    return Reference(weights, float(idf[-1]), mean, landmarks, held_out)


def _classifiers(
    config: Mapping[str, Any], arrays: Mapping[str, Floats], width: int
) -> dict[str, AxisClassifier]:
    """Classifiers by axis.

    Raises
    ------
    ValueError
        When they have not a weight for each column of the features, or not a probability, a label
        and a person for each passage tried.
    """
    axes, coefficients = config["axes"], arrays[_COEFFICIENTS]
    if coefficients.shape != (len(axes), width):
        raise ValueError(f"{len(axes)} axes, {width} columns, coefficients {coefficients.shape}")
    return {
        str(axis["key"]): AxisClassifier(
            weights=weights,
            tried=_tried(*arrays[f"{_TRIED}.{axis['key']}"]),
            **{name: float(axis[name]) for name in _SCALARS},
        )
        for axis, weights in zip(axes, coefficients, strict=True)
    }


def _tried(y_prob: Floats, y_true: Floats, groups: Floats) -> Tried:
    """Passages tried, from the rows of their array."""
    return Tried(y_prob, y_true > 0.5, groups.astype("int64"))


def _json(value: object, *, indent: int | None) -> bytes:
    """A JSON file; on one line without ``indent``."""
    separators = None if indent else (",", ":")
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
    return f"{text}\n".encode()
