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


def label_draws(codings: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Draws of known probability that passages were coded in.

    A draw is named by its ``origin``, whoever coded: two coders may share a sheet out, or both code
    all of it. A passage to which codings of one draw with different probabilities apply has the
    greatest.

    Parameters
    ----------
    codings, passages : these tables; see :func:`label_passages` for what applies to what.

    Returns
    -------
    Table ``label_draws``, in order of passages and axes.
    """
    drawn = codings[codings["probability_of_selection"].notna()]
    keys = ["passage_id", "axis", "origin"]
    pairs = _pairs(drawn, passages, [*keys[1:], "probability_of_selection"])
    return tables.make("label_draws", pairs.groupby(keys, as_index=False).max())


def values_by_coder(codings: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Value that each coder gave each passage that a coding of theirs applies to.

    Parameters
    ----------
    codings, passages : these tables; see :func:`label_passages` for what applies to what.

    Returns
    -------
    Columns ``passage_id``, ``axis``, ``coder``, ``value``: one row per passage, axis and coder.
    """
    pairs = _pairs(codings, passages, ["axis", "coder", "value"])
    return pairs.groupby(["passage_id", "axis", "coder"], as_index=False)[["value"]].max()


def _pairs(codings: pd.DataFrame, passages: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Pairs of a coding and a passage that it applies to: columns of the one, id of the other."""
    by_interview = {str(name): rows for name, rows in passages.groupby("interview_id")}
    pairs = [
        _applied(coded, by_interview[str(interview)], columns)
        for interview, coded in codings.groupby("interview_id")
        if str(interview) in by_interview
    ]
    if not pairs:
        return pd.DataFrame(columns=["passage_id", *columns])
    return pd.concat(pairs, ignore_index=True)


def _applied(coded: pd.DataFrame, passages: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Pairs of coding and passage, of one interview, where the one applies to the other."""
    starts, ends = passages["start"].to_numpy(), passages["end"].to_numpy()
    left, right = coded["start"].to_numpy()[:, None], coded["end"].to_numpy()[:, None]
    shared = np.minimum(right, ends) - np.maximum(left, starts)
    applies = (shared >= _HALF * (ends - starts)) | (shared >= _HALF * (right - left))
    which, where = np.nonzero(applies & (shared > 0))
    pairs = coded.iloc[which][columns].reset_index(drop=True)
    return pairs.assign(passage_id=passages["passage_id"].to_numpy()[where])
