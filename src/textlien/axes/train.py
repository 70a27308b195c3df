"""Labelled passages → one calibrated classifier per axis, tested on interviews held out.

Every axis is a question of its own: a passage may carry none, one or several.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from textlien.arrays import Floats, Integers
from textlien.axes.features.fitting import beside
from textlien.axes.features.reference import Reference, fit_reference
from textlien.axes.learning.classifier import Classifiers, Labelled
from textlien.axes.learning.curve import Point
from textlien.axes.learning.decisions import choose_cuts, decide
from textlien.axes.learning.folds import Fold, Setting, rarest_axes, split
from textlien.axes.learning.prior import Prior, joined
from textlien.axes.material import Material, material_of, started
from textlien.axes.trainable import trainable
from textlien.coding.codebook import Axis
from textlien.errors import Problem
from textlien.study.options import AxesOptions

REVISION = 6
"""Raised when the same input gives another model or other scores."""

_MIN_CITIES = 3
"""Cities below which holding one out leaves a single city to train on."""

_MIN_WAVES = 2
"""Waves below which none can be held out."""

_OUT_OF_FOLD = ["passage_id", "interview_id", "axis", "key", "fold", "probability"]
_OUT_OF_FOLD += ["threshold", "decision"]
_KEY_LENGTH = 24
"""Hexadecimal digits of a passage's digest: 96 bits, without twins in any corpus."""


class HeldOut(NamedTuple):
    """Probabilities of models that have not seen what is held out.

    Attributes
    ----------
    persons, cities, waves : one row per passage of a labelled interview and axis: ``passage_id``,
        ``interview_id``, ``axis``, ``key`` (see :func:`passage_key`), ``fold``, ``probability``
        from a model that has not seen the person (the interviews of one person in both waves are
        held out together), the city, or the wave; ``threshold`` and ``decision``, chosen without
        them too. No row of cities where fewer than three are known, nor of waves where fewer
        than two are.
    """

    persons: pd.DataFrame
    cities: pd.DataFrame
    waves: pd.DataFrame


@dataclass(frozen=True)
class TrainedAxes:
    """Classifiers of the axes, and their probabilities on interviews held out.

    Attributes
    ----------
    axes : the axes that could be trained, and those that the prior answers for.
    untaught : keys of the latter: there is too little to learn from.
    prior : version of the model that the classifiers may have started from, as their recipe says;
        "" without one.
    classifiers : fitted on all labels.
    held_out : their probabilities on what such classifiers have not seen.
    curve : what passages of fewer persons would have taught.
    reference : what other interviews are compared with before the classifiers are used on them.
    labels : table ``labels``, of the passages and axes that were used.
    problems : axes that were left out and why, and doubts about the codings of the others.
    options, seed : options of the study and seed of the folds.
    """

    axes: tuple[Axis, ...]
    untaught: tuple[str, ...]
    prior: str
    classifiers: Classifiers
    held_out: HeldOut
    curve: list[Point]
    reference: Reference
    labels: pd.DataFrame
    problems: tuple[Problem, ...]
    options: AxesOptions
    seed: int


def _ignored(_done: int, _total: int) -> None:
    """Do nothing of progress."""


class Before(NamedTuple):
    """Material that was made before training, and whom to tell of progress.

    Attributes
    ----------
    vectors : meaning of each passage, in the order of the rows; encoded where not given.
    prior : a model to start from, which has learnt from none of the interviews.
    advanced : told how many fits are done, of how many.
    """

    vectors: Floats | None = None
    prior: Prior | None = None
    advanced: Callable[[int, int], None] = _ignored

    @property
    def axes(self) -> frozenset[str]:
        """Keys of the axes of the prior."""
        return frozenset(self.prior.by_axis if self.prior else ())


def passage_key(interview_id: str, text: str) -> str:
    """Digest that finds a passage again, in a file that does not hold its text."""
    content = f"{interview_id}\0{text}".encode()
    return hashlib.sha256(content).hexdigest()[:_KEY_LENGTH]


def train(
    passages: pd.DataFrame,
    labels: pd.DataFrame,
    axes: Sequence[Axis],
    options: AxesOptions,
    seed: int,
    interviews: pd.DataFrame | None = None,
    before: Before | None = None,
) -> TrainedAxes:
    """Fit one classifier per axis, and its probabilities on interviews held out.

    Parameters
    ----------
    passages : table ``passages``, at least all those of the interviews that have a label.
    labels : table ``labels``.
    axes : the codebook.
    options : number of folds and least number of positive passages.
    seed : of the drawing of folds.
    interviews : ``interview_id``, ``person``, ``city`` and ``wave``. With three cities or more,
        whole cities are held out as well: what a city has of its own (places, facts, one circle of
        people) is then not known; with two waves, whole waves. Where it has a column ``judged``,
        recipe, calibration and thresholds are chosen on those interviews alone; the others are
        only learnt from. Where it has a column ``campaign``, distance is measured among those
        interviews alone (see :func:`~textlien.axes.features.reference.fit_reference`).
    before : vectors of the passages by the encoder of the options, and a model to start from.

    Raises
    ------
    TextlienError
        When fewer than three interviews have a label, or no axis can be trained.

    Notes
    -----
    Features (:mod:`textlien.axes.features`) are fitted once on the coded passages, without their
    labels. The recipe is chosen anew in each fold (:mod:`textlien.axes.learning.recipes`); each
    axis is then a ridge regression on the passages that are labelled on it, or, with a prior that
    does no harm on persons held out, of what its scores leave of their labels. The prior answers
    alone for axes that it knows and that there is too little to learn from.

    A value between 0 and 1 (the coders disagree) is the target as it is: the classifier learns the
    doubt. Where a yes or no is needed (thresholds, scores), more than half is yes, and an even
    split is left out.

    Calibration is Platt's sigmoid with his smoothed targets, on the scores of each person's
    passages by the regression without them. Isotonic regression needs about a thousand cases to do
    better (Niculescu-Mizil and Caruana 2005), and positives of an axis come by tens or hundreds.

    The threshold is the one of greatest F1 on the same scores. For the probabilities out of fold
    everything that looks at labels (recipe, weights, calibration, threshold) is made without the
    person.

    References
    ----------
    Platt, J. (1999). Probabilistic outputs for support vector machines. *Advances in Large
    Margin Classifiers*. Niculescu-Mizil, A., Caruana, R. (2005). Predicting good probabilities
    with supervised learning. *ICML*.
    """
    before = before or Before()
    usable = trainable(passages, labels, axes, options, before.axes)
    table, keys = usable.table, [axis.key for axis in usable.axes]
    with threadpool_limits(1):  # sums in another order differ in the last digit
        vectors, encoder = before.vectors, options.encoder
        material = material_of(passages, table, interviews, vectors, encoder, seed)
        material = started(material, before.prior, usable.untaught)
        folds, fits = _folds_of(material, options, seed, before.advanced)
        held_out = HeldOut(
            *(_out_of_fold(material, material.passages[by], folds[by], fits) for by in folds)
        )
        classifiers = fits.of(np.arange(len(table)))
        curve = material.labelled.curve(classifiers.recipe, seed)
        reference = _reference(material, seed)
    used = labels["passage_id"].isin(table.index) & labels["axis"].isin(keys)
    return TrainedAxes(
        axes=usable.axes,
        untaught=usable.untaught,
        prior=before.prior.version if before.prior else "",
        classifiers=joined(classifiers, before.prior, keys, usable.untaught),
        held_out=held_out,
        curve=curve,
        reference=reference,
        labels=labels[used].reset_index(drop=True),
        problems=usable.problems,
        options=options,
        seed=seed,
    )


def _reference(material: Material, seed: int) -> Reference:
    """Words and meaning of the coded passages, and distance of the interviews of the campaign."""
    passages = material.passages
    return fit_reference(
        material.inputs,
        material.rows,
        passages["person"].to_numpy(dtype="str"),
        passages["campaign"].to_numpy(dtype="bool"),
        seed,
    )


class _Fits:
    """Fits classifiers, and tells how many fits of all are done."""

    def __init__(
        self,
        labelled: Labelled,
        setting: Setting,
        advanced: Callable[[int, int], None],
        total: int,
    ) -> None:
        self._labelled = labelled
        self._advanced = advanced
        self._done, self._total = 0, total
        self.setting = setting

    def of(self, rows: Integers) -> Classifiers:
        """Classifiers of some of the coded passages."""
        fitted = self._labelled.fit(rows, self.setting.seed)
        self._done += 1
        self._advanced(self._done, self._total)
        return fitted


def _folds_of(
    material: Material, options: AxesOptions, seed: int, advanced: Callable[[int, int], None]
) -> tuple[dict[str, list[Fold]], _Fits]:
    """Folds of persons, cities and waves, in the order of :class:`HeldOut`, and what fits them."""
    persons = material.passages["person"]
    most = persons.iloc[material.rows].nunique()
    setting = Setting(min(options.folds, most), seed, options)
    folds = {
        "person": _folds(material, persons, setting),
        "city": _folds_of_places(material, "city", _MIN_CITIES, setting),
        "wave": _folds_of_places(material, "wave", _MIN_WAVES, setting),
    }
    # One more: all passages.
    total = sum(map(len, folds.values())) + 1
    return folds, _Fits(material.labelled, setting, advanced, total)


def _folds_of_places(material: Material, column: str, least: int, setting: Setting) -> list[Fold]:
    """Folds of cities or waves; none where fewer than ``least`` are known."""
    groups = material.passages[column]
    ids = material.passages["interview_id"].astype(str)
    coded = groups.iloc[material.rows]
    names = set(coded[coded != ids.iloc[material.rows]])
    if len(names) < least:
        return []
    return _folds(material, groups, setting._replace(folds=min(setting.folds, len(names))))


def _folds(material: Material, groups: pd.Series, setting: Setting) -> list[Fold]:
    """Folds of the coded passages that keep groups whole."""
    strata = rarest_axes(material.labels, setting.folds)
    return list(split(strata, groups.iloc[material.rows], setting))


def _out_of_fold(
    material: Material, groups: pd.Series, folds: Sequence[Fold], fits: _Fits
) -> pd.DataFrame:
    """Probabilities of every passage of the coded groups; see :class:`HeldOut`.

    ``groups`` has the person, the city or the wave of each passage: it is held out whole.
    """
    of_coded = groups.iloc[material.rows]
    frames = [pd.DataFrame(columns=_OUT_OF_FOLD)] if not folds else []
    for number, fold in enumerate(folds, start=1):
        fitted = fits.of(fold.train)
        test = np.flatnonzero(groups.isin(set(of_coded.iloc[fold.test])))
        held_out = material.passages.iloc[test]
        X = beside(material.columns, fitted.recipe.parts, test)
        keys = [
            passage_key(interview, text)
            for interview, text in zip(held_out["interview_id"], held_out["text"], strict=True)
        ]
        before = np.zeros((len(test), len(fitted.by_axis)))
        if material.prior is not None and fitted.recipe.prior:
            before = material.prior.scores[test]
        answers = {
            axis: (classifier.probability(X, start), classifier)
            for (axis, classifier), start in zip(fitted.by_axis.items(), before.T, strict=True)
        } | {
            axis: (classifier.calibrated(scores[test]), classifier)
            for axis, (classifier, scores) in material.untaught.items()
        }
        for axis, (y_prob, classifier) in answers.items():
            cuts = choose_cuts(classifier.tried, classifier.threshold, fits.setting.options, axis)
            frames.append(
                held_out[["passage_id", "interview_id"]].assign(
                    axis=axis,
                    key=keys,
                    fold=number,
                    probability=y_prob,
                    threshold=classifier.threshold,
                    decision=decide(y_prob, cuts),
                )
            )
    table = pd.concat(frames, ignore_index=True)
    return table.sort_values(["passage_id", "axis"], ignore_index=True)
