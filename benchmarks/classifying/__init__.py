"""Classifiers of the axes, fitted on some passages and asked about others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlien.annotation.encoder import encode
from textlien.axes.features.fitting import fit_parts
from textlien.axes.features.inputs import Inputs
from textlien.axes.features.parts import Part
from textlien.axes.learning.classifier import Classifiers, Labelled

Floats = NDArray[np.float64]


def alone(texts: Sequence[str], vectors: Floats | None = None) -> Inputs:
    """Passages that are texts of their own, without context; encoded where they are not yet."""
    meaning = encode(texts) if vectors is None else vectors
    return Inputs(list(texts), [""] * len(texts), meaning, np.zeros(meaning.shape))


def together(first: Inputs, second: Inputs) -> Inputs:
    """The passages of both."""
    return Inputs(
        first.text + second.text,
        first.context + second.context,
        np.vstack([first.vectors, second.vectors]),
        np.vstack([first.context_vectors, second.context_vectors]),
    )


def fitted(
    inputs: Inputs,
    targets: Floats,
    groups: Sequence[str],
    parts: Sequence[Part],
    judged: NDArray[np.bool_] | None = None,
) -> Classifiers:
    """Fit the classifiers of textlien; the recipe is chosen among those of the parts.

    Parameters
    ----------
    inputs, targets, groups : of the passages to learn from; targets are passages × axes.
    parts : features that are looked at, at most.
    judged : passages that recipe and calibration are chosen on; all by default.
    """
    numbers = pd.factorize(pd.Series(groups, dtype=str), sort=True)[0].astype("int64")
    rows = np.arange(len(targets))
    labelled = Labelled(
        [str(axis) for axis in range(targets.shape[1])],
        targets,
        numbers,
        fit_parts(parts, inputs, 1),
        np.ones(len(rows), dtype=bool) if judged is None else judged,
    )
    return labelled.fit(rows, 1)


def probabilities(classifiers: Classifiers, inputs: Inputs) -> Floats:
    """Probability of each axis: passages × axes."""
    X = classifiers.features.of(inputs)
    return np.column_stack([each.probability(X) for each in classifiers.by_axis.values()])
