"""Labelled passages → one calibrated classifier an axis, tested on interviews it has not seen.

Every axis is a question of its own: a passage may carry none, one or several. Folds keep
interviews whole, because passages of one interview share a speaker, a city and a subject: with
rows drawn at random, the classifier would be tested on what it has already heard.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import expit, logit
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import StratifiedGroupKFold
from threadpoolctl import threadpool_limits

from textlien.axes.features import beside, build_features, transform
from textlien.coding.codebook import Axis
from textlien.errors import Problem
from textlien.raw import raw_error, raw_place, raw_problem
from textlien.study.options import AxesOptions

REVISION = 3
"""Raised when the same input gives another model or other scores of it."""

Floats = NDArray[np.float64]

_C = 10.0
_MIN_INTERVIEWS = 3
_MIN_CITIES = 3
_SEEN = ["text", "around"]
_LEAST_AROUND = 20
"""Passages with others beside them that it takes to learn anything from those."""

_OUT_OF_FOLD = ["passage_id", "interview_id", "axis", "key", "fold", "probability", "threshold"]
_FILE = "[axes] codings"
_KEY_LENGTH = 24


@dataclass(frozen=True)
class AxisClassifier:
    """A logistic regression, its calibration, and where « yes » begins.

    Attributes
    ----------
    weights : (columns,), one a column of the features.
    intercept : of the logistic regression.
    slope, offset : of Platt's calibration of its scores.
    threshold : probability from which a passage is said to carry the axis.
    """

    weights: Floats
    intercept: float
    slope: float
    offset: float
    threshold: float

    def probability(self, features: sparse.csr_matrix) -> Floats:
        """Calibrated probability of each row of ``features``: (rows,)."""
        scores = features @ self.weights + self.intercept
        return np.asarray(expit(self.slope * scores + self.offset), dtype=np.float64)


@dataclass(frozen=True)
class TrainedAxes:
    """What :func:`train` found.

    Attributes
    ----------
    axes : the axes that could be trained.
    features : fitted on all labelled passages.
    classifiers : one an axis, fitted on all its labels.
    out_of_fold : one row a passage of a labelled interview and axis: ``passage_id``,
        ``interview_id``, ``axis``, ``key`` (see :func:`passage_key`), ``fold``, ``probability``
        from a model that has not seen the interview, and ``threshold``, chosen without it too.
    by_city : the same from models that have not seen the interview's city; no row where fewer
        than three cities are known.
    labels : table ``labels``, of the passages and axes that were used.
    problems : what was left out, and why.
    options, seed : as given.
    """

    axes: tuple[Axis, ...]
    features: ColumnTransformer
    classifiers: Mapping[str, AxisClassifier]
    out_of_fold: pd.DataFrame
    by_city: pd.DataFrame
    labels: pd.DataFrame
    problems: tuple[Problem, ...]
    options: AxesOptions
    seed: int


class _Setting(NamedTuple):
    """What every fit needs besides its data."""

    folds: int
    seed: int


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
    """Fit one classifier an axis, and its probabilities on interviews held out.

    Parameters
    ----------
    passages : table ``passages``, at least all those of the interviews that have a label.
    labels : table ``labels``.
    axes : the codebook.
    options : number of folds and least number of positive passages.
    seed : of the drawing of folds.
    cities : city of each interview. With three or more, whole cities are held out as well: what
        a city has of its own (places, facts, one circle of people) is then not learnt.

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
    passages = passages.assign(around=beside(passages)["around"])
    values = _values(passages, labels, axes)
    coded = passages.set_index("passage_id").loc[values.index]
    if coded["interview_id"].nunique() < _MIN_INTERVIEWS:
        raise raw_error(
            f"{_FILE}: passages of {coded['interview_id'].nunique()} interviews are coded; at "
            f"least {_MIN_INTERVIEWS} are needed, to test on interviews that were not learnt.",
            "Code passages of more interviews.",
        )
    problems = [
        problem
        for axis in axes
        if (problem := _untrainable(axis, values[axis.key], coded["interview_id"], options))
    ]
    kept = tuple(axis for axis in axes if not any(axis.key == raw_place(p) for p in problems))
    if not kept:
        raise raw_error("\n".join(str(problem) for problem in problems))
    values = values[[axis.key for axis in kept]].dropna(how="all")
    coded = coded.loc[values.index]
    setting = _Setting(min(options.folds, coded["interview_id"].nunique()), seed)
    with threadpool_limits(1):  # sums in another order differ in the last digit
        own = passages["interview_id"]
        out_of_fold = _out_of_fold(passages, own, coded, values, setting)
        of_interview = [(cities or {}).get(str(interview), "") for interview in own]
        by_city = _by_city(passages, of_interview, coded, values, setting)
        features, classifiers = fit(coded, values, **setting._asdict())
    used = labels["passage_id"].isin(values.index) & labels["axis"].isin(values.columns)
    return TrainedAxes(
        axes=kept,
        features=features,
        classifiers=classifiers,
        out_of_fold=out_of_fold,
        by_city=by_city,
        labels=labels[used].reset_index(drop=True),
        problems=tuple(problems),
        options=options,
        seed=seed,
    )


def _values(passages: pd.DataFrame, labels: pd.DataFrame, axes: Sequence[Axis]) -> pd.DataFrame:
    """Values by passage and axis, NaN where not labelled, in an order of their own.

    Order is by identifier, so that the order of rows of a codings file changes nothing.
    """
    known = labels[labels["passage_id"].isin(passages["passage_id"])]
    table = known.pivot(index="passage_id", columns="axis", values="value").sort_index()
    return table.reindex(columns=[axis.key for axis in axes]).dropna(how="all")


def _untrainable(
    axis: Axis, values: pd.Series, interviews: pd.Series, options: AxesOptions
) -> Problem | None:
    labelled = values.dropna()
    positive = labelled[labelled > 0.5]
    negative = labelled[labelled < 0.5]
    least = options.min_positives
    code = "Code more passages on it, or lower [axes] min_positives."
    if len(positive) < least:
        message = f"left out: {len(positive)} passages carry it, {least} are needed."
        return raw_problem(_FILE, message, code, axis.key)
    if len(negative) < least:
        message = (
            f"left out: {len(negative)} passages are coded as not carrying it, {least} are needed."
        )
        hint = "Give the value 0 to passages that were read and do not carry it."
        return raw_problem(_FILE, message, hint, axis.key)
    if interviews.loc[positive.index].nunique() < 2:
        message = "left out: all passages that carry it are in one interview."
        return raw_problem(_FILE, message, "Code passages of other interviews on it.", axis.key)
    return None


def _by_city(
    passages: pd.DataFrame,
    cities: Sequence[str],
    coded: pd.DataFrame,
    values: pd.DataFrame,
    setting: _Setting,
) -> pd.DataFrame:
    """Probabilities from models that have not seen the city; nothing with fewer than three.

    An interview of no known city is a city of its own.
    """
    learnt = passages["passage_id"].isin(coded.index)
    known = {city for city, used in zip(cities, learnt, strict=True) if city and used}
    if len(known) < _MIN_CITIES:
        return pd.DataFrame(columns=_OUT_OF_FOLD)
    groups = pd.Series(
        [
            city or interview
            for city, interview in zip(cities, passages["interview_id"], strict=True)
        ],
        index=passages.index,
    )
    setting = setting._replace(folds=min(setting.folds, len(known)))
    return _out_of_fold(passages, groups, coded, values, setting)


def _out_of_fold(
    passages: pd.DataFrame,
    groups: pd.Series,
    coded: pd.DataFrame,
    values: pd.DataFrame,
    setting: _Setting,
) -> pd.DataFrame:
    """Probabilities of every passage of the coded groups; see :class:`TrainedAxes`.

    ``groups`` has the interview, or the city, of each of ``passages``: it is held out whole.
    """
    of_coded = groups.set_axis(passages["passage_id"]).loc[coded.index]
    frames = []
    strata = _strata(values, setting.folds)
    for fold, (learnt, tested) in enumerate(_folds(strata, of_coded, setting), start=1):
        features, classifiers = fit(coded.iloc[learnt], values.iloc[learnt], **setting._asdict())
        held_out = passages[groups.isin(set(of_coded.iloc[tested]))]
        columns = transform(features, held_out[_SEEN])
        keys = [
            passage_key(interview, text)
            for interview, text in zip(held_out["interview_id"], held_out["text"], strict=True)
        ]
        for axis, classifier in classifiers.items():
            frames.append(
                held_out[["passage_id", "interview_id"]].assign(
                    axis=axis,
                    key=keys,
                    fold=fold,
                    probability=classifier.probability(columns),
                    threshold=classifier.threshold,
                )
            )
    table = pd.concat(frames, ignore_index=True)
    return table.sort_values(["passage_id", "axis"], ignore_index=True)


def _strata(values: pd.DataFrame, folds: int) -> NDArray[np.str_]:
    """The rarest axis that each passage carries, so that folds have their share of each."""
    strata = np.full(len(values), "", dtype=object)
    positives = (values > 0.5).sum().sort_values(ascending=False, kind="stable")
    for axis in positives.index:
        if positives[axis] >= folds:
            strata[(values[axis] > 0.5).to_numpy()] = axis
    return strata.astype(str)


def _folds(
    strata: NDArray[np.str_] | NDArray[np.bool_], interviews: pd.Series, setting: _Setting
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Rows learnt and rows tested, interviews whole; (all rows, no row) never comes out."""
    groups = interviews.to_numpy()
    # With fewer members of a class than folds the splitter cannot share them out, and says so.
    least = int(pd.Series(strata).value_counts().min())
    split = strata if least >= setting.folds else np.zeros(len(strata), dtype=bool)
    splitter = StratifiedGroupKFold(setting.folds, shuffle=True, random_state=setting.seed)
    for learnt, tested in splitter.split(np.zeros(len(split)), split, groups):
        if len(tested):
            yield learnt, tested


def fit(
    coded: pd.DataFrame,
    values: pd.DataFrame,
    *,
    folds: int,
    seed: int,
    features: ColumnTransformer | None = None,
) -> tuple[ColumnTransformer, dict[str, AxisClassifier]]:
    """Fit features and one calibrated classifier an axis, without testing them.

    Parameters
    ----------
    coded : ``interview_id``, ``text`` and ``around`` of the passages to learn from.
    values : one row a row of ``coded``, one column an axis; NaN where not labelled.
    folds, seed : of the inner folds, for calibration and thresholds.
    features : unfitted; those of :func:`textlien.axes.features.build_features` by default.
    """
    if features is None:
        with_others = int((coded["around"] != "").sum())
        features = build_features() if with_others >= _LEAST_AROUND else build_features(around=())
    features = features.fit(coded[_SEEN])
    setting = _Setting(folds, seed)
    columns = transform(features, coded[_SEEN])
    classifiers = {}
    for axis in values.columns:
        rows = values[axis].notna().to_numpy()
        classifiers[str(axis)] = _fit_axis(
            columns[rows],
            values[axis].to_numpy(dtype=np.float64)[rows],
            coded["interview_id"][rows],
            setting,
        )
    return features, classifiers


def _fit_axis(
    columns: sparse.csr_matrix, values: Floats, interviews: pd.Series, setting: _Setting
) -> AxisClassifier:
    weights, intercept = _regress(columns, values)
    inner = setting._replace(folds=min(setting.folds, interviews.nunique()))
    if inner.folds < 2 or not weights.any():
        # One interview, or one answer: nothing to calibrate on. Only a fold can be so poor.
        return AxisClassifier(weights, intercept, slope=1.0, offset=0.0, threshold=0.5)
    scores = np.zeros(len(values))
    for learnt, tested in _folds(values > 0.5, interviews, inner):
        inner_weights, inner_intercept = _regress(columns[learnt], values[learnt])
        scores[tested] = columns[tested] @ inner_weights + inner_intercept
    slope, offset = calibrate(scores, values)
    threshold = best_threshold(np.asarray(expit(slope * scores + offset)), values)
    return AxisClassifier(weights, intercept, slope, offset, threshold)


def _regress(columns: sparse.csr_matrix, values: Floats) -> tuple[Floats, float]:
    """Weights and intercept of a logistic regression on values in [0, 1]."""
    yes, no = np.flatnonzero(values > 0), np.flatnonzero(values < 1)
    if not len(yes) or not len(no):
        return np.zeros(columns.shape[1]), float(logit((values.sum() + 0.5) / (len(values) + 1)))
    rows = np.concatenate([yes, no])
    answers = np.repeat([1, 0], [len(yes), len(no)])
    shares = np.concatenate([values[yes], 1 - values[no]])
    fitted = LogisticRegression(C=_C, max_iter=1000).fit(columns[rows], answers, shares)
    return fitted.coef_[0].astype(np.float64), float(fitted.intercept_[0])


def calibrate(scores: Floats, values: Floats) -> tuple[float, float]:
    """Platt's sigmoid: slope and offset that turn scores into probabilities.

    Parameters
    ----------
    scores : (n,) scores of a classifier on rows that it has not learnt.
    values : (n,) labels in [0, 1].

    Returns
    -------
    slope ≥ 0 and offset. A slope of 0 means that the scores say nothing: every probability is
    then about the share of positives.
    """
    positives = float(values.sum())
    negatives = len(values) - positives
    high, low = (positives + 1) / (positives + 2), 1 / (negatives + 2)
    targets = values * high + (1 - values) * low
    doubled = np.concatenate([scores, scores])[:, np.newaxis]
    answers = np.repeat([1, 0], len(scores))
    shares = np.concatenate([targets, 1 - targets])
    fitted = LogisticRegression(C=np.inf, max_iter=1000).fit(doubled, answers, shares)
    slope, offset = float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
    if slope <= 0:
        return 0.0, float(logit(targets.mean()))
    return slope, offset


def best_threshold(probabilities: Floats, values: Floats) -> float:
    """Probability from which saying « yes » has the greatest F1.

    It lies half-way to the next lower probability, so that it holds for the rows it was found
    on; of several as good, the highest. Values of 0.5 are left out.
    """
    clear = values != 0.5
    truth, given = values[clear] > 0.5, probabilities[clear]
    if not truth.any():
        return 0.5
    precision, recall, cuts = precision_recall_curve(truth, given)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    best = int(np.flatnonzero(f1[:-1] >= f1[:-1].max() - 1e-12)[-1])
    below = given[given < cuts[best]]
    return float((cuts[best] + below.max()) / 2) if len(below) else float(cuts[best])
