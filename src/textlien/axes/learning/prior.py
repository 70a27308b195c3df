"""A model trained before on other texts, which regressions on few codings start from.

Weights are held to those of that model and not to 0: a passage that nothing learnt here speaks
about has its score. With normal errors this is Bayes' rule, the model being the mean of the prior.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from textlien.axes.features.inputs import Inputs
from textlien.axes.features.parts import PassageFeatures
from textlien.axes.learning.classifier import AxisClassifier, Classifiers, PriorScores

_PREFIX = "default_"
"""Before the names of its parts, in the features of a model that started from it."""


@dataclass(frozen=True)
class Prior:
    """A model that may be started from.

    Attributes
    ----------
    version : name of its folder.
    features, by_axis : as in :class:`~textlien.axes.learning.classifier.Classifiers`.
    """

    version: str
    features: PassageFeatures
    by_axis: Mapping[str, AxisClassifier]

    def of(self, inputs: Inputs, axes: Sequence[str]) -> PriorScores:
        """Scores of passages on some axes."""
        X = self.features.of(inputs)
        classifiers = [self.by_axis.get(axis) for axis in axes]
        nothing = np.zeros(len(inputs))
        return PriorScores(
            np.column_stack([nothing if each is None else each.score(X) for each in classifiers]),
            [None if each is None else (each.slope, each.offset) for each in classifiers],
        )


def joined(
    classifiers: Classifiers, prior: Prior | None, axes: Sequence[str], untaught: Collection[str]
) -> Classifiers:
    """Classifiers that hold the model that they started from, and do not need its folder.

    Parameters
    ----------
    classifiers : fitted on what the prior leaves, if their recipe says so.
    prior : what they started from; None where they started from nothing.
    axes : keys of the axes of both, in order.
    untaught : those that are the prior's alone.
    """
    if prior is None or not (classifiers.recipe.prior or untaught):
        return classifiers
    parts = [fitted.renamed(_PREFIX + fitted.part.name) for fitted in prior.features.parts]
    zeros, before = np.zeros(classifiers.features.width), np.zeros(prior.features.width)
    by_axis = {}
    for axis in axes:
        if axis in untaught:
            answer = prior.by_axis[axis]
            by_axis[axis] = replace(answer, weights=np.concatenate([zeros, answer.weights]))
            continue
        ours = classifiers.by_axis[axis]
        start = prior.by_axis.get(axis) if classifiers.recipe.prior else None
        by_axis[axis] = replace(
            ours,
            weights=np.concatenate([ours.weights, before if start is None else start.weights]),
            intercept=ours.intercept + (0.0 if start is None else start.intercept),
        )
    features = PassageFeatures((*classifiers.features.parts, *parts))
    return replace(classifiers, features=features, by_axis=by_axis)
