"""Sums over the passages of each interview, of which all shares are made."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from textlien.arrays import Floats, Integers
from textlien.tables import OUTSIDE


class CodedSums(NamedTuple):
    """Sums over the passages of each interview whose coding enters an estimate.

    A passage counts ``r = Σ a/π`` over the draws that it was coded in: π is its probability in the
    draw, and ``a`` the part that the draw has in all codings of its city and wave. Each draw alone
    gives an unbiased total, so their mean does. All arrays are ``(interviews, items)``.

    Attributes
    ----------
    predicted : Σ ω·m over all passages, m the value that the classifier and the codings of other
        persons foretell.
    weights, residuals : Σ ω·r and Σ ω·r·(y − m) over the coded passages.
    drawn : Σ ω²·k·(y − m)ᵖ for p = 0, 1, 2, in three arrays; k = Σ a²(1 − π)/π² over draws. The
        variance of drawing passages is made of them.
    numbers : coded passages that enter.
    unused : coded passages of unknown probability, which do not.
    spread : ``(items,)``, variance of y − m over the codings of the whole study.
    """

    predicted: Floats
    weights: Floats
    residuals: Floats
    drawn: tuple[Floats, Floats, Floats]
    numbers: Floats
    unused: Floats
    spread: Floats


class InterviewSums(NamedTuple):
    """Sums of one measure over the passages of each interview.

    Attributes
    ----------
    interviews : table ``interviews`` of those that have a passage measured, indexed by
        ``interview_id``, with a column ``cluster``: the person if known, else the interview.
    numerators : ``(n, items)``, Σ ω·value over the passages of the interview.
    denominators : ``(n,)``, Σ ω.
    squares : ``(n,)``, Σ ω².
    n_passages : ``(n,)``, number of passages measured.
    items : names of the columns of ``numerators``.
    coded : what hand codings say of the values of a classifier; None where values are no guesses.
    """

    interviews: pd.DataFrame
    numerators: Floats
    denominators: Floats
    squares: Floats
    n_passages: Floats
    items: list[str]
    coded: CodedSums | None = None

    def without(self, item: str) -> InterviewSums:
        """The same sums but for one item of values that no coder corrects, if it is there."""
        if item not in self.items:
            return self
        kept = [name != item for name in self.items]
        return self._replace(
            numerators=self.numerators[:, kept],
            items=[name for name in self.items if name != item],
        )


class RefitSums(NamedTuple):
    """Sums over interviews of themes that were found again on draws of the persons.

    Attributes
    ----------
    numerators : ``(refits, interviews, items)``, as in :class:`InterviewSums`; NaN where a theme
        did not come back.
    kept : part of the persons that each draw has.
    """

    numerators: Floats
    kept: float


def refit_sums(
    sums: InterviewSums, theme_refits: pd.DataFrame, weight: str, kept: float
) -> RefitSums:
    """Sums of refits, as :class:`InterviewSums` has them.

    Parameters
    ----------
    sums : of the themes.
    theme_refits : table.
    weight, kept : that the sums were made with, and part of the persons in each draw.
    """
    column = "share_of_words" if weight == "words" else "mean_share"
    index = [theme_refits["refit"], theme_refits["interview_id"], theme_refits["theme"].astype(str)]
    shares = theme_refits[column].set_axis(pd.MultiIndex.from_arrays(index))
    refits = theme_refits["refit"].unique()
    every = pd.MultiIndex.from_product([refits, sums.interviews.index, sums.items])
    cube = shares.reindex(every).to_numpy().reshape(len(refits), -1, len(sums.items))
    return RefitSums(cube * sums.denominators[:, np.newaxis], kept)


def theme_values(passage_themes: pd.DataFrame, passages: pd.Series) -> pd.DataFrame:
    """Share of each theme in each passage, and of what is outside of all themes.

    Parameters
    ----------
    passage_themes : table; shares that are not listed are 0.
    passages : identifiers of all passages. One without any theme counts as well: whole, it is
        outside of all themes.

    Returns
    -------
    Passages × themes, the last column :data:`~textlien.tables.OUTSIDE`; rows sum to 1.
    """
    wide = passage_themes.pivot(index="passage_id", columns="theme", values="share")
    shares = wide.reindex(passages).fillna(0.0).rename(columns=str)
    return shares.assign(**{OUTSIDE: np.clip(1 - shares.sum(axis=1), 0, 1)})


def interview_sums(
    interviews: pd.DataFrame, passages: pd.DataFrame, values: pd.DataFrame, weight: str
) -> InterviewSums:
    """Sum a measure over the passages of each interview.

    Parameters
    ----------
    interviews, passages : tables (of ``passages`` only ids and ``n_words`` are used).
    values : passages × items; a passage that is not in it is not measured, and counts in
        neither numerator nor denominator.
    weight : what a passage counts: ``words`` (the result is a share of speech), ``passages`` (each
        counts 1), ``interviews`` (each interview counts 1, whatever its length).
    """
    measured = passages.loc[passages["passage_id"].isin(values.index)]
    table = values.reindex(measured["passage_id"]).to_numpy(dtype="float64")
    codes, names = pd.factorize(measured["interview_id"])
    omega = passage_weights(measured["n_words"].to_numpy(dtype="float64"), codes, weight)
    rows = interviews.set_index("interview_id").loc[list(names)]
    cluster = rows["person"].where(rows["person"] != "", rows.index.to_series())
    return InterviewSums(
        rows.assign(cluster=cluster),
        sums_by(codes, table * omega[:, np.newaxis]),
        sums_by(codes, omega[:, np.newaxis])[:, 0],
        sums_by(codes, omega[:, np.newaxis] ** 2)[:, 0],
        np.bincount(codes, minlength=len(names)).astype("float64"),
        [str(item) for item in values.columns],
    )


def passage_weights(n_words: Floats, codes: Integers, weight: str) -> Floats:
    """Weight ω of each passage.

    Parameters
    ----------
    n_words, codes : ``(passages,)``, words and number of the interview.
    weight : see :func:`interview_sums`.
    """
    if weight == "words":
        return n_words
    if weight == "passages":
        return np.ones(len(codes))
    return np.asarray(1 / np.bincount(codes)[codes])


def sums_by(codes: Integers, values: Floats) -> Floats:
    """Sums ``(interviews, items)`` of values ``(passages, items)``."""
    sums = np.zeros((int(codes.max(initial=-1)) + 1, values.shape[1]))
    np.add.at(sums, codes, values)
    return sums
