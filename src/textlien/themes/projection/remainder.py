"""Speech that themes do not hold, by interview: of a new wave, and of interviews held out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.stats import ttest_ind
from sklearn.model_selection import KFold

from textlien.arrays import Floats, Integers
from textlien.themes.burst import interview_rows
from textlien.themes.coverage import has_theme
from textlien.themes.fitting import FEWEST as FEWEST_THEMES
from textlien.themes.fitting import Fit, most_themes
from textlien.themes.model import Material, ThemeModel
from textlien.themes.projection.saved import of_terms, would_be_terms
from textlien.themes.shares import passage_shares

MEASURES = ("passages", "words", "unknown")
"""Share of passages without theme; of what their words tell about themes, the part outside of all
themes; share of their terms that the model does not know."""

FOLDS = 5
"""Parts of the corpus that are held out in turn, whole interviews, as in the training of axes."""

FEWEST = 3
"""Interviews below which their spread says nothing."""

_LEVEL = 0.95


def remainders(
    model: ThemeModel,
    counts: sparse.csr_matrix,
    unknown: Floats,
    interviews: Integers,
    counted: NDArray[np.bool_],
) -> Floats:
    """Measure what themes do not hold, by interview.

    Parameters
    ----------
    model : themes.
    counts : passages × terms of the model.
    unknown : (passages,), occurrences of terms that the model does not know.
    interviews : (passages,), number of the interview, from 0.
    counted : (passages,), True for those that count: not those that repeat another, which may be
        one that the themes were found on.

    Returns
    -------
    Interviews × :data:`MEASURES`, from 0 to 1; NaN where no passage counts.
    """
    shares = passage_shares(model, counts)
    mass = np.asarray(counts @ model.salience, dtype="float64").ravel()
    familiar = np.asarray(counts.sum(axis=1), dtype="float64").ravel()
    number = int(interviews.max()) + 1 if len(interviews) else 0

    def of_interviews(values: Floats) -> Floats:
        sums = np.bincount(interviews[counted], weights=values[counted], minlength=number)
        return np.asarray(sums, dtype="float64")

    parts = (
        (~has_theme(shares)).astype("float64"),
        mass * (1 - shares.sum(axis=1)),
        unknown,
    )
    wholes = (np.ones(len(mass)), mass, familiar + unknown)
    columns = [
        _ratio(of_interviews(part), of_interviews(whole))
        for part, whole in zip(parts, wholes, strict=True)
    ]
    return np.column_stack(columns)


class HeldOut(NamedTuple):
    """Interviews measured on themes that were found without them, and those themes.

    Attributes
    ----------
    remainders : interviews × :data:`MEASURES`, in the order of the corpus.
    models : one of each fold.
    """

    remainders: Floats
    models: tuple[ThemeModel, ...]


_NOTHING = HeldOut(np.zeros((0, len(MEASURES))), ())


def held_out(material: Material, fit: Fit, k: int, seed: int, fewest: tuple[int, int]) -> HeldOut:
    """Measure what themes do not hold of interviews that they were found without.

    Each fifth of the interviews is projected on themes found in the others, as a new wave would
    be: it is the remainder to expect of interviews like those of the corpus.

    Parameters
    ----------
    material, k, seed : as for the themes themselves.
    fit : makes them.
    fewest : passages and interviews that a term must be in, to be a term
        (:class:`textlien.study.options.TermsOptions`).

    Returns
    -------
    No row and no model with fewer than five interviews, or where a fold holds no theme.
    """
    number = int(material.interviews.max()) + 1
    if number < FOLDS:
        return _NOTHING
    models = []
    result = np.full((number, len(MEASURES)), np.nan)
    for train, test in KFold(FOLDS, shuffle=True, random_state=seed).split(np.arange(number)):
        seen = np.zeros(number, dtype=bool)
        seen[train] = True
        learnt = material.of_interviews(seen)
        most = min(k, most_themes(learnt))
        model = fit(learnt, most, seed) if most >= FEWEST_THEMES else None
        if model is None or not len(model.weights):
            return _NOTHING
        models.append(model)
        result[test] = _of_new(material.of_interviews(~seen), learnt, model, fewest)
    return HeldOut(result, tuple(models))


def _of_new(new: Material, learnt: Material, model: ThemeModel, fewest: tuple[int, int]) -> Floats:
    """Remainders of interviews held out: their terms are those of a corpus of their own."""
    n_passages, n_interviews = _frequencies(learnt)
    familiar = (n_passages >= fewest[0]) & (n_interviews >= fewest[1])
    size = len(learnt.interviews), int(learnt.interviews.max()) + 1
    passages, interviews = _frequencies(new)
    expected = would_be_terms(
        passages / len(new.interviews), interviews / (new.interviews.max() + 1), size, fewest
    )
    unknown = ~familiar & expected
    among = of_terms(model, familiar)
    foreign = np.asarray(new.counts[:, unknown].sum(axis=1), dtype="float64").ravel()
    return remainders(among, new.counts[:, familiar], foreign, new.interviews, new.learn)


def _frequencies(material: Material) -> tuple[Floats, Floats]:
    """Number of passages and of interviews that have each term."""
    present = sparse.csr_matrix(material.counts > 0, dtype=np.float64)
    of_interview = interview_rows(material) @ present > 0
    n_passages, n_interviews = (
        np.asarray(part.sum(axis=0), dtype="float64").ravel() for part in (present, of_interview)
    )
    return n_passages, n_interviews


def compare(values: Floats, reference: Floats) -> dict[str, object]:
    """Compare the remainder of interviews with that of interviews held out.

    Parameters
    ----------
    values : of the new interviews, one measure.
    reference : of the interviews held out.

    Returns
    -------
    ``estimate``, ``expected`` (means), ``difference`` with ``low`` and ``high``, and ``verdict``:
    ``farther``, ``nearer``, ``not farther`` or ``not computed``.

    References
    ----------
    Welch, B. L. (1947). The generalization of « Student's » problem when several different
    population variances are involved. *Biometrika* 34, 28-35. By scipy.
    """
    values, reference = values[~np.isnan(values)], reference[~np.isnan(reference)]
    row: dict[str, object] = {
        "estimate": float(values.mean()) if len(values) else np.nan,
        "expected": float(reference.mean()) if len(reference) else np.nan,
        "difference": np.nan,
        "low": np.nan,
        "high": np.nan,
        "verdict": "not computed",
    }
    if min(len(values), len(reference)) < FEWEST:
        return row
    low = high = row["difference"] = float(values.mean() - reference.mean())
    if values.std() > 0 or reference.std() > 0:  # else there is no spread to speak of
        low, high = ttest_ind(values, reference, equal_var=False).confidence_interval(_LEVEL)
    verdict = "farther" if low > 0 else "nearer" if high < 0 else "not farther"
    return row | {"low": float(low), "high": float(high), "verdict": verdict}


def compare_one(value: float, reference: Floats) -> dict[str, object]:
    """Place the remainder of an interview among those of the interviews held out.

    Returns
    -------
    ``estimate``, ``expected``, ``difference``, ``exceeds``: share of the interviews held out that
    have less, and ``verdict``: ``farther`` where 95 % have less.
    """
    reference = np.sort(reference[~np.isnan(reference)])
    row = {"estimate": value, "expected": np.nan, "difference": np.nan, "exceeds": np.nan}
    if len(reference) < FEWEST or np.isnan(value):
        return row | {"verdict": "not computed"}
    exceeds = float(np.searchsorted(reference, value, side="left")) / len(reference)
    row |= {"expected": float(reference.mean()), "exceeds": exceeds}
    row["difference"] = value - float(reference.mean())
    return row | {"verdict": "farther" if exceeds >= _LEVEL else "not farther"}


def _ratio(part: Floats, whole: Floats) -> Floats:
    """Parts of wholes, NaN of nothing."""
    ratio = np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return np.asarray(ratio, dtype="float64")
