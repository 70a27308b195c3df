"""Axes that there are enough codings to learn, and why the others are not learnt."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import NamedTuple

import pandas as pd

from textlien.coding.codebook import Axis
from textlien.errors import Problem, TextlienError
from textlien.messages.message import Location
from textlien.study.options import AxesOptions

_MIN_INTERVIEWS = 3
"""Interviews without which there are no folds of interviews within folds of interviews."""

_MIN_POSITIVE_INTERVIEWS = 2
"""Interviews that must carry an axis: with one, the classifier knows the speaker, not the axis."""

_MIN_TAUGHT = 3
"""Passages that must carry an axis that the prior knows: with fewer it answers alone. With 2 to 9
average precision was .03 to .09 above its own (five sources, always starting from it)."""

_CODINGS = Location(option="axes.codings")


class Trainable(NamedTuple):
    """Labels that can be learnt from.

    Attributes
    ----------
    table : coded passages × axes that are learnt; NaN where not labelled.
    axes : those that are learnt, and those that the prior answers for.
    untaught : keys of the latter.
    problems : remarks on axes that are left out, or rest on the prior.
    """

    table: pd.DataFrame
    axes: tuple[Axis, ...]
    untaught: tuple[str, ...]
    problems: tuple[Problem, ...]


def trainable(
    passages: pd.DataFrame,
    labels: pd.DataFrame,
    axes: Sequence[Axis],
    options: AxesOptions,
    of_prior: Set[str],
) -> Trainable:
    """Find the axes that can be trained, and what is to be said of the others.

    Parameters
    ----------
    passages, labels : tables.
    axes : the codebook.
    options : with the least number of positive passages of an axis that is learnt from nothing.
    of_prior : keys of the axes of the model that is started from.

    Raises
    ------
    TextlienError
        When too few interviews are coded, or no axis can be trained.
    """
    table = _label_table(passages, labels, axes)
    interviews = passages.set_index("passage_id")["interview_id"].loc[table.index]
    n_interviews = interviews.nunique()
    if n_interviews < _MIN_INTERVIEWS:
        raise TextlienError(
            Problem.error(
                "axes.few-interviews", _CODINGS, interviews=n_interviews, least=_MIN_INTERVIEWS
            )
        )
    faults = _faults(table, interviews, options.min_positives, of_prior)
    kept = [axis.key for axis in axes if axis.key not in faults]
    if not kept:
        raise TextlienError(*faults.values())
    untaught = tuple(axis for axis in faults if axis in of_prior)
    return Trainable(
        table[kept].dropna(how="all"),
        tuple(axis for axis in axes if axis.key in {*kept, *untaught}),
        untaught,
        (
            *faults.values(),
            *(Problem.warning("axes.default-answers", _CODINGS, axis=axis) for axis in untaught),
        ),
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


def _faults(
    table: pd.DataFrame, interviews: pd.Series, least: int, of_prior: Set[str]
) -> dict[str, Problem]:
    """Reasons why axes cannot be trained, by key."""
    faults = {}
    for axis in map(str, table.columns):
        enough = min(_MIN_TAUGHT, least) if axis in of_prior else least
        fault = _fault(axis, table[axis], interviews, enough)
        if fault is not None:
            faults[axis] = fault
    return faults


def _fault(axis: str, values: pd.Series, interviews: pd.Series, least: int) -> Problem | None:
    """Reason why an axis cannot be trained, if there is one."""
    labelled = values.dropna()
    positive, negative = labelled[labelled > 0.5], labelled[labelled < 0.5]
    if len(positive) < least:
        return Problem.error(
            "axes.few-positives", _CODINGS, axis=axis, passages=len(positive), least=least
        )
    if len(negative) < least:
        return Problem.error(
            "axes.few-negatives", _CODINGS, axis=axis, passages=len(negative), least=least
        )
    if interviews.loc[positive.index].nunique() < _MIN_POSITIVE_INTERVIEWS:
        return Problem.error("axes.one-interview", _CODINGS, axis=axis)
    return None
