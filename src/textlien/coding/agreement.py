"""Agreement between coders: how far two readers of the same passages say the same."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import krippendorff
import numpy as np
import pandas as pd

from textlien.arrays import Floats
from textlien.segmentation.passages import interview_of

REPLICATES = 2000


def agreement(
    said: pd.DataFrame, *, level: float = 0.95, seed: int = 0, replicates: int = REPLICATES
) -> pd.DataFrame:
    """Agreement on each axis, over the passages that two coders or more have read.

    Parameters
    ----------
    said : what each coder says of each passage: passage_id, axis, coder, value (0 or 1).
    level, seed, replicates : of the intervals.

    Returns
    -------
    A row an axis: ``coders`` (how many), ``n_passages`` and ``n_interviews`` read twice or more,
    ``prevalence`` (mean of the coders' shares of passages coded 1), ``agreement`` (share of
    passages on which two coders of it say the same, averaged over pairs), ``alpha`` with ``low``
    and ``high``. Alpha is NaN where no coder ever says anything else than the others say always:
    then nothing varies that they could agree on.

    Notes
    -----
    The interval resamples interviews, for passages of one interview are not independent: the
    percentiles of ``replicates`` draws. Agreement in per cent alone flatters a rare axis, which
    is why alpha and prevalence stand beside it.

    References
    ----------
    Krippendorff, K. (2019). *Content Analysis*, 4th ed., chapter 12. Computed by the package
    ``krippendorff`` (Castro, S.).
    """
    generator = np.random.default_rng(seed)
    rows = []
    for axis, own in said.groupby("axis", sort=False):
        wide = own.pivot_table(index="passage_id", columns="coder", values="value")
        wide = wide[wide.notna().sum(axis=1) >= 2]
        if wide.empty:
            continue
        units = [interview_of(str(passage)) for passage in wide.index]
        counts = _counts(wide)
        low, high = _interval(counts, units, level, replicates, generator)
        rows.append(
            {
                "axis": axis,
                "coders": int(wide.notna().any().sum()),
                "n_passages": len(wide),
                "n_interviews": len(set(units)),
                "prevalence": float(wide.mean().mean()),
                "agreement": _same(wide),
                "alpha": _alpha(counts),
                "low": low,
                "high": high,
            }
        )
    return pd.DataFrame(rows)


def _counts(wide: pd.DataFrame) -> Floats:
    """How many coders say 0 and how many 1, by passage: (passages, 2)."""
    ones = wide.sum(axis=1).to_numpy(float)
    return np.stack([wide.notna().sum(axis=1).to_numpy(float) - ones, ones], axis=1)


def _alpha(counts: Floats) -> float:
    if (counts.sum(axis=0) == 0).any():
        return float("nan")
    return float(
        krippendorff.alpha(value_counts=counts.astype(int), level_of_measurement="nominal")
    )


def _same(wide: pd.DataFrame) -> float:
    """Share of agreeing pairs of values of one passage."""
    agreeing = pairs = 0
    for left, right in combinations(wide.columns, 2):
        both = wide[[left, right]].dropna()
        pairs += len(both)
        agreeing += int((both[left] == both[right]).sum())
    return agreeing / pairs


def _interval(
    counts: Floats,
    units: Sequence[str],
    level: float,
    replicates: int,
    generator: np.random.Generator,
) -> tuple[float, float]:
    """Percentile interval of alpha over resampled interviews; NaN with fewer than three."""
    names, number = np.unique(np.array(units), return_inverse=True)
    if len(names) < 3:
        return float("nan"), float("nan")
    members = [np.flatnonzero(number == unit) for unit in range(len(names))]
    drawn = []
    for _ in range(replicates):
        picked = generator.integers(len(names), size=len(names))
        drawn.append(_alpha(counts[np.concatenate([members[unit] for unit in picked])]))
    usable = np.array([value for value in drawn if not np.isnan(value)])
    if len(usable) < replicates / 2:
        return float("nan"), float("nan")
    low, high = np.quantile(usable, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
