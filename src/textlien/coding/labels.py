"""Labels: the values that hand codings give to passages."""

from __future__ import annotations

import numpy as np
import pandas as pd

from textlien import tables

_HALF = 0.5
"""Part of a passage, or of a coding, that must be shared: the larger part decides."""


def label_passages(codings: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Give passages the values of the codings that apply to them.

    A coding applies to a passage when it covers at least half of it, or when at least half of
    the coding lies in it: a long coding labels the passages it fills, a short one the passage it
    is in. A coder's value for a passage is the greatest of the values that apply; the value of
    the passage is the mean of its coders'. A passage that was coded on some axis only has a label
    on that axis only.

    Parameters
    ----------
    codings : table ``codings``.
    passages : table ``passages``.

    Returns
    -------
    Table ``labels``, in order of passages and axes.
    """
    values = values_by_coder(codings, passages)
    if values.empty:
        return tables.make("labels", [])
    labels = values.groupby(["passage_id", "axis"], as_index=False).agg(
        value=("value", "mean"), n_coders=("value", "size")
    )
    return tables.make("labels", labels)


def values_by_coder(codings: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Value that each coder gave each passage that a coding of theirs applies to.

    Parameters
    ----------
    codings, passages : these tables; see :func:`label_passages` for what applies to what.

    Returns
    -------
    Columns ``passage_id``, ``axis``, ``coder``, ``value``: one row per passage, axis and coder.
    """
    by_interview = {str(name): rows for name, rows in passages.groupby("interview_id")}
    pairs = [
        _applied(coded, by_interview[str(interview)])
        for interview, coded in codings.groupby("interview_id")
        if str(interview) in by_interview
    ]
    if not pairs:
        return pd.DataFrame(columns=["passage_id", "axis", "coder", "value"])
    keys = ["passage_id", "axis", "coder"]
    return pd.concat(pairs).groupby(keys, as_index=False)[["value"]].max()


def _applied(coded: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Pairs of coding and passage, of one interview, where the one applies to the other."""
    starts, ends = passages["start"].to_numpy(), passages["end"].to_numpy()
    left, right = coded["start"].to_numpy()[:, None], coded["end"].to_numpy()[:, None]
    shared = np.minimum(right, ends) - np.maximum(left, starts)
    applies = (shared >= _HALF * (ends - starts)) | (shared >= _HALF * (right - left))
    which, where = np.nonzero(applies & (shared > 0))
    pairs = coded.iloc[which][["axis", "coder", "value"]].reset_index(drop=True)
    return pairs.assign(passage_id=passages["passage_id"].to_numpy()[where])
