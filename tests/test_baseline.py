"""Floors of quality, in ``baseline.json``; lowering one needs a reason in the commit."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from scipy.io import mmread

from textlien.pipeline.run_folder import Run
from textlien.study.options import ThemesOptions
from textlien.themes import describe, nmf
from textlien.themes.repeated import repeats

FLOORS: dict[str, float] = json.loads((Path(__file__).parent / "baseline.json").read_text())
SEGMENTS = Path(__file__).parents[2] / "shared" / "reference" / "rainette"


def floor(*parts: str) -> float:
    return FLOORS[".".join(parts)]


@pytest.mark.parametrize(
    "axis", ["projet", "action_sociale", "gouvernance_interne", "gouvernance_externe"]
)
def test_axes_are_told_apart_on_interviews_that_were_not_learnt(demo, axis):
    scores = Run(demo.run)["axis_scores"].set_index(["axis", "metric"]).estimate
    assert scores[axis, "average_precision"] >= floor("axes.demo", axis, "average_precision")


@pytest.mark.real
def test_themes_of_real_interviews_are_coherent_and_differ():
    if not SEGMENTS.is_dir():
        pytest.skip("the matrix of real interviews is not here")
    with gzip.open(SEGMENTS / "dtm.mtx.gz") as stream:
        counts = sparse.csr_matrix(mmread(stream)).astype(float)
    counts = counts[np.diff(counts.indptr) > 0]
    terms = (SEGMENTS / "terms.txt").read_text(encoding="utf-8").split("\n")[: counts.shape[1]]
    long = counts.tocoo()
    passage_terms = pd.DataFrame(
        {"passage_id": long.row.astype(str), "term": np.array(terms, dtype=object)[long.col]}
    )
    _, weights = nmf.fit(counts, ~repeats(counts), 20, ThemesOptions(), 2013)
    weights = weights / weights.sum(axis=1, keepdims=True)
    table = describe.ranked_terms(weights, describe.frex(weights), terms, 25)
    assert describe.npmi(table, passage_terms, counts.shape[0]).mean() >= floor(
        "themes.segments.npmi"
    )
    assert table["term"].nunique() / len(table) >= floor("themes.segments.diversity")
