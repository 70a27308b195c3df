"""Doubts about codings that a model can be trained on, but not judged or applied everywhere by."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import pandas as pd

from textlien.errors import Problem
from textlien.messages.message import Location

_FEWEST_CITIES = 3
"""Coded cities below which none is held out; see :mod:`textlien.axes.train`."""

_MOST_OF_ONE = 0.5
"""Share of the positive passages of an axis that one person may have."""

_ENOUGH_POSITIVES = 50
"""Positive passages from which the probabilities of an axis can be relied on.

On persons of the demonstration that were not learnt from, the calibration error is .12 on average
with 20 to 29 of them, .09 with 30 to 49, .05 with 50 to 99 and .03 with more; average precision
.47, .70, .79, .82 (``benchmarks/few_positives.py``).
"""

_CODINGS = Location(option="axes.codings")


def doubts(labels: pd.DataFrame, interviews: pd.DataFrame) -> list[Problem]:
    """Warn of codings that come from too few cities, persons or passages.

    Parameters
    ----------
    labels : table ``labels`` of the axes that were trained, with ``interview_id``.
    interviews : table ``interviews``, those that are used.
    """
    return [
        *_cities(labels, interviews),
        *_persons(labels, interviews),
        *_positives(labels),
    ]


def _cities(labels: pd.DataFrame, interviews: pd.DataFrame) -> Iterator[Problem]:
    """A warning where the model is applied to cities, and was tested on none held out."""
    coded = interviews.loc[interviews["interview_id"].isin(labels["interview_id"]), "city"]
    cities = _names(coded)
    others = [city for city in _names(interviews["city"]) if city not in cities]
    if cities and others and len(cities) < _FEWEST_CITIES:
        yield Problem.warning(
            "axes.unseen-cities",
            _CODINGS,
            cities=tuple(cities),
            n=len(cities),
            others=len(others),
            least=_FEWEST_CITIES,
        )


def _names(cities: pd.Series) -> list[str]:
    """Known cities, in alphabetical order."""
    return sorted(set(cities[cities != ""].astype(str)))


def _persons(labels: pd.DataFrame, interviews: pd.DataFrame) -> Iterator[Problem]:
    """A warning for each axis that most of what carries it is of one person."""
    persons = interviews.set_index("interview_id")["person"].astype(str)
    positive = labels[labels["value"] > 0.5]
    of_label = positive["interview_id"].map(persons).fillna("")
    positive = positive.assign(person=of_label.where(of_label != "", positive["interview_id"]))
    for axis, rows in positive.groupby("axis", sort=False):
        counts = rows["person"].value_counts()
        if counts.iloc[0] > _MOST_OF_ONE * len(rows):
            speaker = str(min(counts.index[counts == counts.iloc[0]]))
            yield Problem.warning(
                "axes.one-person",
                _CODINGS,
                axis=str(axis),
                passages=int(counts.iloc[0]),
                of=len(rows),
                speaker=speaker,
            )


def _positives(labels: pd.DataFrame) -> Iterator[Problem]:
    """A warning for each axis that few passages carry, with the number to code yet."""
    for axis, rows in labels.groupby("axis", sort=False):
        positives = int((rows["value"] > 0.5).sum())
        if 0 < positives < _ENOUGH_POSITIVES:
            more = _ENOUGH_POSITIVES - positives
            yield Problem.warning(
                "axes.few-to-learn-from",
                _CODINGS,
                axis=str(axis),
                passages=positives,
                enough=_ENOUGH_POSITIVES,
                more=more,
                drawn=math.ceil(more * len(rows) / positives / 10) * 10,
            )


def other_codebook(model: Sequence[str], codebook: Sequence[str]) -> list[Problem]:
    """Compare the axes of a model with those of the codebook.

    Parameters
    ----------
    model, codebook : keys of axes.

    Returns
    -------
    An error where they have no axis in common, a warning where they differ, else nothing.
    """
    missing = tuple(axis for axis in codebook if axis not in model)
    foreign = tuple(axis for axis in model if axis not in codebook)
    where = Location(option="axes.model")
    if not missing and not foreign:
        return []
    if len(missing) == len(codebook):
        return [Problem.error("axes.other-codebook", where, axes=tuple(model), codebook=missing)]
    return [
        Problem.warning(identifier, where, axes=axes)
        for identifier, axes in (("axes.axes-missing", missing), ("axes.axes-foreign", foreign))
        if axes
    ]
