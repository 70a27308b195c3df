"""Scores and hand codings of passages → sums by interview from which shares are corrected.

References
----------
Egami, N., Hinck, M., Stewart, B. M., Wei, H. (2023). Using imperfect surrogates for downstream
inference: design-based supervised learning. *NeurIPS*. Särndal, C.-E., Swensson, B., Wretman, J.
(1992). *Model Assisted Survey Sampling*, ch. 6, of the slope.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlien.arrays import Floats, Integers
from textlien.estimation.sums import (
    CodedSums,
    InterviewSums,
    interview_sums,
    passage_weights,
    sums_by,
)

_FOLDS = 5
"""Folds of persons: the slope that a passage gets is that of other persons' codings."""

_PRIOR_CODINGS = 4
"""Codings of the rarer answer at which the slope is trusted by half.

Without it, intervals of an axis of 5 % with 30 codings hold the true share in .90 of 1,000
simulated studies, with it in .94. With 2 or 8 instead, errors differ by less than 3 %.
"""


class Drawn(NamedTuple):
    """Weights of passages in the draws that they were coded in; see :class:`CodedSums`.

    Attributes
    ----------
    r, k : ``(passages, items)``; 0 for passages that were not drawn.
    """

    r: Floats
    k: Floats


def axis_sums(
    interviews: pd.DataFrame,
    passages: pd.DataFrame,
    scores: pd.DataFrame,
    draws: pd.DataFrame,
    weight: str,
    without: Sequence[str] = (),
) -> InterviewSums:
    """Sum scores over the passages of each interview, and what hand codings say of them.

    Parameters
    ----------
    interviews, passages : tables (of ``passages`` only ids and ``n_words`` are used).
    scores : table ``passage_axes``.
    draws : table ``label_draws``. Codings of unknown probability do not enter, since nothing tells
        which passages they stand for; but where all passages of a city in a wave are coded, they
        stand for themselves.
    weight : see :func:`~textlien.estimation.sums.interview_sums`.
    without : passages without a score that carry no axis, for nothing is said in them. They count
        whether they were coded or not: those alone that were would count too much.
    """
    axes = list(dict.fromkeys(scores["axis"]))

    def wide(column: str, rows: pd.DataFrame = scores) -> pd.DataFrame:
        return rows.pivot(index="passage_id", columns="axis", values=column).reindex(columns=axes)

    values = wide("model_probability")
    nothing = pd.DataFrame(0.0, pd.Index(without).difference(values.index), values.columns)
    values = pd.concat([values, nothing])
    sums = interview_sums(interviews, passages, values, weight)
    measured = passages[passages["passage_id"].isin(values.index)]
    ids, coders = measured["passage_id"], scores[scores["decided_by"] == "coders"]
    y = wide("probability", coders).reindex(ids).to_numpy(dtype="float64")
    codes = np.asarray(pd.factorize(measured["interview_id"])[0], dtype=np.int64)
    coded = coded_sums(
        sums.interviews,
        codes,
        passage_weights(measured["n_words"].to_numpy(dtype="float64"), codes, weight),
        values.reindex(ids).to_numpy(dtype="float64"),
        y,
        _drawn(draws, ids, sums.items, _cells(sums.interviews)[codes]),
    )
    return sums._replace(coded=coded)


def coded_sums(
    interviews: pd.DataFrame, codes: Integers, omega: Floats, f: Floats, y: Floats, drawn: Drawn
) -> CodedSums:
    """Sum what hand codings say of scores.

    Parameters
    ----------
    interviews : of the sums: columns ``wave``, ``city`` and ``cluster``.
    codes, omega : ``(passages,)``, row of the interview, and weight.
    f, y : ``(passages, items)``, score, and value by hand; NaN where not coded.
    drawn : for draws of known probability.
    """
    cells, has_y = _cells(interviews)[codes], ~np.isnan(y)
    r, k = np.where(has_y, drawn.r, 0.0), np.where(has_y, drawn.k, 0.0)
    for cell in np.unique(cells):
        whole = (cells == cell)[:, np.newaxis] & has_y[cells == cell].all(axis=0)
        r[whole], k[whole] = 1.0, 0.0
    m = f * _slopes(interviews, codes, f, y, r)
    enters = r > 0
    e, omega = np.where(enters, y - m, 0.0), omega[:, np.newaxis]
    total = np.maximum(r.sum(axis=0), np.finfo(float).tiny)
    bias = (r * e).sum(axis=0) / total
    return CodedSums(
        predicted=sums_by(codes, omega * m),
        weights=sums_by(codes, omega * r),
        residuals=sums_by(codes, omega * r * e),
        drawn=(
            sums_by(codes, omega**2 * k),
            sums_by(codes, omega**2 * k * e),
            sums_by(codes, omega**2 * k * e**2),
        ),
        numbers=sums_by(codes, enters.astype("float64")),
        unused=sums_by(codes, (has_y & ~enters).astype("float64")),
        spread=(r * (e - bias) ** 2).sum(axis=0) / total,
    )


def _cells(interviews: pd.DataFrame) -> Integers:
    """Number of the wave and city of each interview."""
    cells = interviews.groupby(["wave", "city"], sort=False).ngroup()
    return np.asarray(cells, dtype=np.int64)


def _drawn(draws: pd.DataFrame, ids: pd.Series, items: list[str], cells: Integers) -> Drawn:
    """Weights of the passages that were coded in draws of known probability."""
    r, k = np.zeros((len(ids), len(items))), np.zeros((len(ids), len(items)))
    draws = draws[draws["passage_id"].isin(ids)]
    row = pd.Index(ids).get_indexer(pd.Index(draws["passage_id"]))
    item = pd.Index(items).get_indexer(pd.Index(draws["axis"]))
    table = pd.DataFrame(
        {
            "row": row,
            "item": item,
            "cell": cells[row],
            "draw": draws.groupby("origin", sort=False).ngroup().to_numpy(),
            "pi": draws["probability_of_selection"].to_numpy(dtype="float64"),
        }
    )
    table = table[table["item"] >= 0]
    in_draw = table.groupby(["cell", "item", "draw"])["row"].transform("size")
    a = (in_draw / table.groupby(["cell", "item"])["row"].transform("size")).to_numpy()
    pi, place = table["pi"].to_numpy(), (table["row"].to_numpy(), table["item"].to_numpy())
    np.add.at(r, place, a / pi)
    np.add.at(k, place, a**2 * (1 - pi) / pi**2)
    return Drawn(r, k)


def _slopes(interviews: pd.DataFrame, codes: Integers, f: Floats, y: Floats, r: Floats) -> Floats:
    """Slope of codings on scores, for each passage from those of other persons in its wave.

    It is the slope that makes the variance of drawing passages least. Any slope gives shares
    without bias; one from the same passages would make errors look smaller than they are.
    """
    persons = np.unique(interviews["cluster"].to_numpy(dtype="str"), return_inverse=True)[1]
    folds, waves = (persons % _FOLDS)[codes], interviews["wave"].to_numpy()[codes]
    slopes = np.zeros(f.shape)
    for wave in pd.unique(waves):
        for fold in range(_FOLDS):
            here, others = (waves == wave) & (folds == fold), (waves == wave) & (folds != fold)
            slopes[here] = [
                _slope(*columns)
                for columns in zip(f[others].T, y[others].T, r[others].T, strict=True)
            ]
    return slopes


def _slope(f: Floats, y: Floats, r: Floats) -> float:
    """Slope of one item, smaller where few codings tell it; never negative."""
    used: NDArray[np.bool_] = r > 0
    f, y, r = f[used], y[used], r[used]
    if not len(y):
        return 0.0
    x = f - np.average(f, weights=r)
    spread = np.average(x**2, weights=r)
    rarer = min((y > 0.5).sum(), (y <= 0.5).sum())
    if not spread > 0 or not rarer:
        return 0.0
    slope = np.average(x * y, weights=r) / spread
    return float(max(slope, 0.0) * rarer / (rarer + _PRIOR_CODINGS))
