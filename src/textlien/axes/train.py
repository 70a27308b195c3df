"""Labelled passages → one calibrated classifier per axis, tested on interviews held out.

Every axis is a question of its own: a passage may carry none, one or several.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from textlien.arrays import Integers
from textlien.axes.classifier import AxisClassifier, columns_to_use, fit_axes
from textlien.axes.counting import FoldFeatures, PassageCounts, count_passages
from textlien.axes.features import (
    PassageFeatures,
    parts_of,
    with_context,
)
from textlien.axes.folds import Setting, rarest_axes, split
from textlien.coding.codebook import Axis
from textlien.errors import Problem, TextlienError
from textlien.messages.message import Location
from textlien.study.options import AxesOptions

REVISION = 4
"""Raised when the same input gives another model or other scores."""

_MIN_INTERVIEWS = 3
"""Interviews without which there are no folds of interviews within folds of interviews."""

_MIN_POSITIVE_INTERVIEWS = 2
"""Interviews that must carry an axis: with one, the classifier knows the speaker, not the axis."""

_MIN_CITIES = 3
"""Cities below which holding one out leaves a single city to train on."""

_OUT_OF_FOLD = ["passage_id", "interview_id", "axis", "key", "fold", "probability", "threshold"]
_KEY_LENGTH = 24
"""Hexadecimal digits of a passage's digest: 96 bits, without twins in any corpus."""

_CODINGS = Location(option="axes.codings")


@dataclass(frozen=True)
class TrainedAxes:
    """Classifiers of the axes, and their probabilities on interviews held out.

    Attributes
    ----------
    axes : the axes that could be trained.
    features : fitted on all labelled passages.
    classifiers : one per axis, fitted on all its labels.
    out_of_fold : one row per passage of a labelled interview and axis: ``passage_id``,
        ``interview_id``, ``axis``, ``key`` (see :func:`passage_key`), ``fold``, ``probability``
        from a model that has not seen the interview, and ``threshold``, chosen without it too.
    by_city : the same from models that have not seen the interview's city; no row where fewer
        than three cities are known.
    labels : table ``labels``, of the passages and axes that were used.
    problems : axes that were left out, and why.
    options, seed : options of the study and seed of the folds.
    """

    axes: tuple[Axis, ...]
    features: PassageFeatures
    classifiers: Mapping[str, AxisClassifier]
    out_of_fold: pd.DataFrame
    by_city: pd.DataFrame
    labels: pd.DataFrame
    problems: tuple[Problem, ...]
    options: AxesOptions
    seed: int


@dataclass(frozen=True)
class _Material:
    """Passages of the coded interviews, counted, and their labels.

    Attributes
    ----------
    passages : with column ``context``.
    counts : of ``passages``.
    labels : coded passages × axes; NaN where not labelled.
    rows : (coded passages,), row of each in ``passages``.
    """

    passages: pd.DataFrame
    counts: PassageCounts
    labels: pd.DataFrame
    rows: Integers

    def fit(
        self, chosen: Integers, setting: Setting
    ) -> tuple[FoldFeatures, dict[str, AxisClassifier]]:
        """Fit features and classifiers on some of the coded passages."""
        rows = self.rows[chosen]
        coded = self.passages.iloc[rows]
        features = self.counts.fit(rows, columns=columns_to_use(coded))
        labels = self.labels.iloc[chosen]
        return features, fit_axes(features.rows(rows), labels, coded["interview_id"], setting)


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
    cities: Mapping[str, str] | None = None,
) -> TrainedAxes:
    """Fit one classifier per axis, and its probabilities on interviews held out.

    Parameters
    ----------
    passages : table ``passages``, at least all those of the interviews that have a label.
    labels : table ``labels``.
    axes : the codebook.
    options : number of folds and least number of positive passages.
    seed : of the drawing of folds.
    cities : city of each interview. With three or more, whole cities are held out as well: what
        a city has of its own (places, facts, one circle of people) is then not known.

    Raises
    ------
    TextlienError
        When fewer than three interviews have a label, or no axis can be trained.

    Notes
    -----
    Features (:mod:`textlien.axes.features`) are fitted once a fold, on its labelled passages; each
    axis is then an L2 logistic regression (C = 10) on those that are labelled on it.

    A value between 0 and 1 (the coders disagree) enters the fit as both a yes of that weight and
    a no of the rest: the classifier learns the doubt. Where a yes or no is needed (thresholds,
    scores), more than half is yes, and an even split is left out.

    Calibration is Platt's sigmoid with his smoothed targets, on scores of inner folds, also
    grouped by interview. Isotonic regression needs about a thousand cases to do better
    (Niculescu-Mizil and Caruana 2005), and positives of an axis come by tens or hundreds.

    The threshold is the one of greatest F1 on the same inner scores. For the probabilities out
    of fold everything (features, weights, calibration, threshold) is made without the interview.

    References
    ----------
    Platt, J. (1999). Probabilistic outputs for support vector machines. *Advances in Large
    Margin Classifiers*. Niculescu-Mizil, A., Caruana, R. (2005). Predicting good probabilities
    with supervised learning. *ICML*.
    """
    table = _label_table(passages, labels, axes)
    kept, problems = _trainable(passages, table, axes, options)
    table = table[[axis.key for axis in kept]].dropna(how="all")
    with threadpool_limits(1):  # sums in another order differ in the last digit
        material = _material(passages, table)
        interviews = material.passages["interview_id"]
        n_coded = interviews.iloc[material.rows].nunique()
        setting = Setting(min(options.folds, n_coded), seed)
        out_of_fold = _out_of_fold(material, interviews, setting)
        by_city = _by_city(material, cities or {}, setting)
        features, classifiers = material.fit(np.arange(len(table)), setting)
    used = labels["passage_id"].isin(table.index) & labels["axis"].isin(table.columns)
    return TrainedAxes(
        axes=kept,
        features=features.features,
        classifiers=classifiers,
        out_of_fold=out_of_fold,
        by_city=by_city,
        labels=labels[used].reset_index(drop=True),
        problems=problems,
        options=options,
        seed=seed,
    )


def _label_table(
    passages: pd.DataFrame, labels: pd.DataFrame, axes: Sequence[Axis]
) -> pd.DataFrame:
    """Labels by passage and axis, NaN where not labelled, in an order of their own.

    Order is by identifier, so that the order of rows of a codings file changes nothing.
    """
    usable = labels[labels["passage_id"].isin(passages["passage_id"])]
    table = usable.pivot(index="passage_id", columns="axis", values="value").sort_index()
    return table.reindex(columns=[axis.key for axis in axes]).dropna(how="all")


def _trainable(
    passages: pd.DataFrame, table: pd.DataFrame, axes: Sequence[Axis], options: AxesOptions
) -> tuple[tuple[Axis, ...], tuple[Problem, ...]]:
    """Axes that can be trained, and why the others cannot.

    Raises
    ------
    TextlienError
        When too few interviews are coded, or no axis can be trained.
    """
    interviews = passages.set_index("passage_id")["interview_id"].loc[table.index]
    n_interviews = interviews.nunique()
    if n_interviews < _MIN_INTERVIEWS:
        raise TextlienError(
            Problem.error(
                "axes.few-interviews", _CODINGS, interviews=n_interviews, least=_MIN_INTERVIEWS
            )
        )
    faults = {axis: _fault(axis, table[axis.key], interviews, options) for axis in axes}
    problems = tuple(problem for problem in faults.values() if problem is not None)
    kept = tuple(axis for axis, problem in faults.items() if problem is None)
    if not kept:
        raise TextlienError(*problems)
    return kept, problems


def _fault(
    axis: Axis, values: pd.Series, interviews: pd.Series, options: AxesOptions
) -> Problem | None:
    """Reason why an axis cannot be trained, if there is one."""
    labelled = values.dropna()
    positive, negative = labelled[labelled > 0.5], labelled[labelled < 0.5]
    least = options.min_positives
    if len(positive) < least:
        return Problem.error(
            "axes.few-positives", _CODINGS, axis=axis.key, passages=len(positive), least=least
        )
    if len(negative) < least:
        return Problem.error(
            "axes.few-negatives", _CODINGS, axis=axis.key, passages=len(negative), least=least
        )
    if interviews.loc[positive.index].nunique() < _MIN_POSITIVE_INTERVIEWS:
        return Problem.error("axes.one-interview", _CODINGS, axis=axis.key)
    return None


def _material(passages: pd.DataFrame, table: pd.DataFrame) -> _Material:
    """Count the passages of all interviews that have a label."""
    coded = passages["passage_id"].isin(table.index)
    interviews = set(passages.loc[coded, "interview_id"])
    chosen = passages[passages["interview_id"].isin(interviews)].reset_index(drop=True)
    chosen = with_context(chosen)
    rows = pd.Series(chosen.index, index=chosen["passage_id"]).loc[table.index].to_numpy()
    return _Material(chosen, count_passages(chosen, parts_of()), table, rows)


def _by_city(material: _Material, cities: Mapping[str, str], setting: Setting) -> pd.DataFrame:
    """Probabilities from models that have not seen the city; nothing with fewer than three.

    An interview without a city counts as a city of its own.
    """
    interviews = material.passages["interview_id"].astype(str)
    coded = interviews.iloc[material.rows]
    names = {cities.get(interview, "") for interview in coded} - {""}
    if len(names) < _MIN_CITIES:
        return pd.DataFrame(columns=_OUT_OF_FOLD)
    groups = interviews.map(lambda interview: cities.get(interview, "") or interview)
    return _out_of_fold(material, groups, setting._replace(folds=min(setting.folds, len(names))))


def _out_of_fold(material: _Material, groups: pd.Series, setting: Setting) -> pd.DataFrame:
    """Probabilities of every passage of the coded groups; see :class:`TrainedAxes`.

    ``groups`` has the interview, or the city, of each passage: it is held out whole.
    """
    of_coded = groups.iloc[material.rows]
    strata = rarest_axes(material.labels, setting.folds)
    frames = []
    for number, fold in enumerate(split(strata, of_coded, setting), start=1):
        features, classifiers = material.fit(fold.train, setting)
        test = np.flatnonzero(groups.isin(set(of_coded.iloc[fold.test])))
        held_out, X = material.passages.iloc[test], features.rows(test)
        keys = [
            passage_key(interview, text)
            for interview, text in zip(held_out["interview_id"], held_out["text"], strict=True)
        ]
        frames += [
            held_out[["passage_id", "interview_id"]].assign(
                axis=axis,
                key=keys,
                fold=number,
                probability=classifier.probability(X),
                threshold=classifier.threshold,
            )
            for axis, classifier in classifiers.items()
        ]
    table = pd.concat(frames, ignore_index=True)
    return table.sort_values(["passage_id", "axis"], ignore_index=True)
