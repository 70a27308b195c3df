"""Floors of quality, in ``baseline.json``; lowering one needs a reason in the commit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.theming import measures
from benchmarks.theming.corpora import REFERENCE, reference

from textlien.pipeline.run_folder import Run
from textlien.study.options import ThemesOptions
from textlien.themes.fitting import StudyFit
from textlien.themes.material import material_of

FLOORS: dict[str, float] = json.loads((Path(__file__).parent / "baseline.json").read_text())


def floor(*parts: str) -> float:
    return FLOORS[".".join(parts)]


@pytest.mark.parametrize(
    "axis", ["projet", "action_sociale", "gouvernance_interne", "gouvernance_externe"]
)
def test_axes_are_told_apart_on_interviews_that_were_not_learnt(demo, axis):
    scores = Run(demo.run)["axis_scores"].set_index(["axis", "metric"]).estimate
    assert scores[axis, "average_precision"] >= floor("axes.demo", axis, "average_precision")


@pytest.mark.real
@pytest.mark.slow
def test_themes_of_real_interviews_are_coherent_and_differ():
    if not REFERENCE.is_dir():
        pytest.skip("the matrix of real interviews is not here")
    corpus = reference()
    material, _ = material_of(*corpus.tables())
    weights = StudyFit(ThemesOptions())(material, 20, 2013).weights
    assert measures.npmi(weights, corpus.counts) >= floor("themes.segments.npmi")
    assert measures.diversity(weights) >= floor("themes.segments.diversity")
