"""Material of training: passages of the coded interviews, their features, labels and origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from textlien.arrays import Floats, Integers
from textlien.axes.features.fitting import Columns, fit_parts
from textlien.axes.features.inputs import Inputs, inputs_of
from textlien.axes.features.parts import PARTS, Part
from textlien.axes.learning.classifier import AxisClassifier, Labelled, PriorScores
from textlien.axes.learning.prior import Prior
from textlien.study.options import Encoder


@dataclass(frozen=True)
class Material:
    """Passages of the coded interviews, and the labels of some of them.

    Attributes
    ----------
    passages : of all coded interviews, with the columns of :func:`_with_origin`.
    inputs : of the same rows.
    columns : features of the same rows, fitted on the coded.
    labels : coded passages × axes; NaN where not labelled.
    rows : (coded passages,), row of each in ``passages``.
    labelled : the coded passages, with their features.
    prior : scores of all passages on the axes of ``labels`` by the model that is started from.
    untaught : axes that it answers for alone, with its classifier and its scores of all passages.
    """

    passages: pd.DataFrame
    inputs: Inputs
    columns: Mapping[Part, Columns]
    labels: pd.DataFrame
    rows: Integers
    labelled: Labelled
    prior: PriorScores | None
    untaught: Mapping[str, tuple[AxisClassifier, Floats]]


def material_of(
    passages: pd.DataFrame,
    table: pd.DataFrame,
    interviews: pd.DataFrame | None,
    vectors: Floats | None,
    encoder: Encoder,
    seed: int,
) -> Material:
    """Gather the passages of all interviews that have a label, and fit features on the labelled."""
    coded = passages["passage_id"].isin(table.index)
    chosen = passages["interview_id"].isin(set(passages.loc[coded, "interview_id"])).to_numpy()
    rows_of = passages[chosen].reset_index(drop=True)
    inputs = inputs_of(rows_of, None if vectors is None else vectors[chosen], encoder)
    rows_of = _with_origin(rows_of, interviews)
    places = pd.Series(rows_of.index, index=rows_of["passage_id"])
    rows = places.loc[table.index].to_numpy(dtype="int64")
    persons = np.unique(rows_of["person"].iloc[rows].astype(str), return_inverse=True)[1]
    columns = fit_parts(PARTS, inputs, seed, rows)
    labelled = Labelled(
        [str(axis) for axis in table.columns],
        table.to_numpy(dtype="float64"),
        persons.astype("int64"),
        {part: of_part.rows(rows) for part, of_part in columns.items()},
        rows_of["judged"].iloc[rows].to_numpy(dtype=bool),
    )
    return Material(rows_of, inputs, columns, table, rows, labelled, None, {})


def started(material: Material, prior: Prior | None, untaught: Sequence[str]) -> Material:
    """Material with the scores of the model that is started from, if there is one."""
    if prior is None:
        return material
    scores = prior.of(material.inputs, [*material.labelled.axes, *untaught])
    taught = slice(len(material.labelled.axes))
    ours = PriorScores(scores.scores[:, taught], scores.calibrations[taught])
    of_coded = ours._replace(scores=ours.scores[material.rows])
    answers = zip(untaught, scores.scores.T[taught.stop :], strict=True)
    return replace(
        material,
        labelled=replace(material.labelled, prior=of_coded),
        prior=ours,
        untaught={axis: (prior.by_axis[axis], column) for axis, column in answers},
    )


def _with_origin(passages: pd.DataFrame, interviews: pd.DataFrame | None) -> pd.DataFrame:
    """Passages with person, city, wave, whether they are judged, and are of a campaign.

    Where a person, a city or a wave is not known, the interview stands for it.
    """
    ids = passages["interview_id"].astype(str)
    for column in ("person", "city", "wave"):
        values = pd.Series("", index=ids.index)
        if interviews is not None:
            of_interview = interviews.set_index("interview_id")[column].astype(str)
            values = ids.map(of_interview).fillna("")
        passages = passages.assign(**{column: values.where(values != "", ids)})
    for column in ("judged", "campaign"):
        chosen = pd.Series(True, index=ids.index)
        if interviews is not None and column in interviews:
            chosen = ids.isin(set(interviews.loc[interviews[column], "interview_id"]))
        passages = passages.assign(**{column: chosen})
    return passages
