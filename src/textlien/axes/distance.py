"""Interviews of a run against those that its model was trained on: where they are too far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlien import tables
from textlien.arrays import Floats, Integers
from textlien.axes.features.reference import Reference
from textlien.errors import Problem
from textlien.messages.message import Location, Value, message
from textlien.tables import ALL

REVISION = 1
"""Raised when the same model and passages get another distance."""


class _Place(NamedTuple):
    """A wave, or a city in it, and the rows of its passages."""

    wave: str
    city: str
    rows: Integers


def axis_distance(
    reference: Reference,
    mean_learnt: Mapping[str, float],
    passages: pd.DataFrame,
    vectors: Floats,
    passage_axes: pd.DataFrame,
    interviews: pd.DataFrame,
) -> pd.DataFrame:
    """Measure the interviews of each wave and city that the model was not trained on.

    Parameters
    ----------
    reference : of the model.
    mean_learnt : by axis, mean probability of the passages that the model was trained on.
    passages : table, whole.
    vectors : meaning of each passage, in the order of the rows.
    passage_axes : table. An interview with a score out of fold was trained on.
    interviews : table; those that are used.

    Returns
    -------
    Table ``axis_distance``. A place whose interviews were all trained on has no measure.
    """
    new = _new(passages, passage_axes)
    frame = passages[new].reset_index(drop=True)
    measures = reference.measures(frame["text"].astype(str).tolist(), vectors[new])
    wide = passage_axes.pivot(index="passage_id", columns="axis", values="probability")
    probabilities = wide.reindex(frame["passage_id"]).to_numpy(dtype="float64")
    rows: list[dict[str, object]] = []
    for place in _places(frame, interviews):
        summary = measures.summary(place.rows)
        distance = reference.distance(summary)
        for axis, means in zip(wide.columns, probabilities.T, strict=True):
            mean = means[place.rows].mean() if len(place.rows) else np.nan
            rows.append(
                {
                    "wave": place.wave,
                    "city": place.city,
                    "axis": axis,
                    "n_interviews": frame["interview_id"].iloc[place.rows].nunique(),
                    "n_passages": len(place.rows),
                    "unknown": summary[0],
                    "nearness": summary[1],
                    "distance": distance,
                    "bound": reference.bound,
                    "exceeds": bool(distance > reference.bound),
                    "mean_probability": mean,
                    "probability_learnt": mean_learnt.get(axis, np.nan),
                }
            )
    return tables.make("axis_distance", rows)


def _new(passages: pd.DataFrame, passage_axes: pd.DataFrame) -> NDArray[np.bool_]:
    """True for the passages of interviews that the model was not trained on."""
    scored = passages["passage_id"].isin(
        passage_axes.loc[passage_axes["out_of_fold"], "passage_id"]
    )
    trained_on = passages.loc[scored, "interview_id"].unique()
    return ~passages["interview_id"].isin(trained_on).to_numpy(dtype="bool")


def _places(frame: pd.DataFrame, interviews: pd.DataFrame) -> Iterator[_Place]:
    """Yield each wave, and each city that has a name in it: the places of table ``profiles``."""
    places = interviews.set_index("interview_id").loc[frame["interview_id"]]
    waves, cities = places["wave"].to_numpy(), places["city"].to_numpy()
    for wave, in_wave in interviews.groupby("wave", sort=False):
        yield _Place(str(wave), ALL, np.flatnonzero(waves == wave))
        for city in filter(None, in_wave["city"].unique()):
            here = (waves == wave) & (cities == city)
            yield _Place(str(wave), str(city), np.flatnonzero(here))


def too_far(distances: pd.DataFrame, reference: Reference) -> list[Problem]:
    """Warn of the waves, and of the cities in other waves, that are beyond the bound.

    Parameters
    ----------
    distances : table ``axis_distance``.
    reference : of the model.
    """
    beyond = distances[distances["exceeds"]].drop_duplicates(["wave", "city"])
    waves = set(beyond.loc[beyond["city"] == ALL, "wave"])
    named = beyond[(beyond["city"] == ALL) | ~beyond["wave"].isin(waves)]
    if named.empty:
        return []
    return [
        Problem.warning(
            "axes.too-far",
            Location(option="axes.model"),
            places=tuple(_named(row["wave"], row["city"]) for row in named.to_dict("records")),
            most=float(named["unknown"].max()),
            usual=float(reference.held_out[:, 0].mean()),
        )
    ]


def _named(wave: str, city: str) -> Value:
    """A wave or a city in it, in words."""
    if city == ALL:
        return message("axes.whole-wave", wave=wave) if wave else message("axes.whole-corpus")
    return message("axes.city-in-wave", city=city, wave=wave) if wave else city
