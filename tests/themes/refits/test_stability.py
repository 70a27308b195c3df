from __future__ import annotations

import numpy as np
import pytest
from benchmarks.theming.corpora import REFERENCE, reference
from scipy import sparse
from scipy.stats import spearmanr

from tests.making import place_of, text_of
from textlien import tables
from textlien.study.options import ThemesOptions
from textlien.themes.fitting import StudyFit
from textlien.themes.material import material_of
from textlien.themes.model import Material, ThemeModel
from textlien.themes.refits.draws import Refit, Refits, fit_part, numbered_draw, refit
from textlien.themes.refits.speech import Speech
from textlien.themes.refits.stability import (
    ABSENT,
    assess,
    assess_weights,
    doubts,
    marks,
    refit_table,
)

TERMS = ("bus", "métro", "école", "classe")
TRANSPORT = [0.5, 0.5, 0, 0]
SCHOOL = [0, 0, 0.5, 0.5]
BUSES = [1.0, 0, 0, 0]

MODEL = ThemeModel(TERMS, np.array([TRANSPORT, SCHOOL]), np.ones(4), np.full(4, 0.25))


def refits_of(*weights: list[list[float]]) -> Refits:
    """Refits with these themes; interviews « a » and « b » have .1, .2, … of them."""
    made = []
    for rows in weights:
        shares = np.array([[0.1 * (n + 1) for n in range(len(rows))]] * 2).reshape(2, len(rows))
        made.append(Refit(np.array(rows).reshape(len(rows), 4), shares, shares / 2))
    return Refits(("a", "b"), 9, tuple(made))


def test_stability_is_the_mean_likeness_of_counterparts_and_zero_where_there_is_none():
    refits = refits_of([SCHOOL, TRANSPORT], [BUSES], [TRANSPORT], [TRANSPORT, SCHOOL], [])
    stability = assess(MODEL, refits)
    absent = [ABSENT, ABSENT]
    assert stability.counterparts.tolist() == [[1, 0], [0, ABSENT], [0, ABSENT], [0, 1], absent]
    table = marks(stability)
    # Transport: the same, half of it, the same, the same, nothing. School: twice the same.
    assert table["stability"].tolist() == pytest.approx([3.5 / 5, 2 / 5])
    assert table["returns"].tolist() == [0.8, 0.4]
    assert table["fragile"].tolist() == [False, True]


def test_without_refits_nothing_is_marked_and_it_is_said():
    table = marks(assess(MODEL, Refits()))
    assert table["stability"].isna().all()
    assert table["returns"].isna().all()
    assert not table["fragile"].any()
    (problem,) = doubts(themes(fragile=[False, False]), ThemesOptions(refits=0), Refits())
    assert problem.id == "themes.no-refits"
    assert place_of(problem) == "[themes] refits"


def test_four_persons_are_too_few_and_it_is_said():
    (problem,) = doubts(themes(fragile=[False, False]), ThemesOptions(), Refits((), 4, ()))
    assert problem.id == "themes.too-few-to-refit"
    assert text_of(problem).startswith("4 persons: too few")


def test_fragile_themes_are_named():
    (problem,) = doubts(themes(fragile=[False, True]), ThemesOptions(), refits_of([SCHOOL]))
    assert problem.id == "themes.fragile"
    assert "1 of 2 themes is fragile: 2 (theme 2)." in text_of(problem)


def test_nothing_is_said_where_all_themes_hold_or_there_are_none():
    stable = themes(fragile=[False, False])
    assert doubts(stable, ThemesOptions(), refits_of([SCHOOL])) == []
    assert doubts(stable.iloc[:0], ThemesOptions(), Refits()) == []


def themes(fragile: list[bool]):
    """Table ``themes`` of themes that are fragile or not."""
    return tables.make(
        "themes",
        [
            {"theme": n, "label": f"theme {n}", "share": 0.1, "fragile": mark}
            for n, mark in enumerate(fragile, start=1)
        ],
    )


def test_shares_of_refits_are_those_of_the_counterpart_and_missing_without_one():
    refits = refits_of([SCHOOL, TRANSPORT], [TRANSPORT])
    table = refit_table(assess(MODEL, refits), refits)
    tables.check("theme_refits", table)
    assert len(table) == 2 * 2 * 2
    wide = table.pivot(index=["refit", "theme"], columns="interview_id", values="share_of_words")
    assert wide.loc[(1, 1), "a"] == pytest.approx(0.2)
    assert wide.loc[(1, 2), "b"] == pytest.approx(0.1)
    assert wide.loc[(2, 1), "a"] == pytest.approx(0.1)
    assert wide.loc[(2, 2)].isna().all()
    assert table["mean_share"].max() == pytest.approx(0.1)


def test_without_refits_the_table_is_empty():
    table = refit_table(assess(MODEL, Refits()), Refits())
    assert list(table.columns) == list(tables.SCHEMAS["theme_refits"].columns)
    assert table.empty


N_INTERVIEWS, N_PASSAGES, N_TERMS = 30, 20, 120


def corpus(seed: int, share: np.ndarray) -> Material:
    """Speech of thirty people who each speak of some of twelve subjects.

    Each subject has ten words of its own. ``share`` is the part of the interviews that speak of
    it; the others draw words from anywhere.
    """
    generator = np.random.default_rng(seed)
    counts = np.zeros((N_INTERVIEWS * N_PASSAGES, N_TERMS))
    for interview in range(N_INTERVIEWS):
        subjects = np.flatnonzero(generator.random(12) < share)
        for number in range(N_PASSAGES):
            row = counts[interview * N_PASSAGES + number]
            np.add.at(row, generator.integers(0, N_TERMS, 3), 1)
            if len(subjects):
                subject = subjects[number * len(subjects) // N_PASSAGES]
                np.add.at(row, subject * 10 + generator.integers(0, 10, 5), 1)
            else:
                np.add.at(row, generator.integers(0, N_TERMS, 5), 1)
    return Material(
        sparse.csr_matrix(counts),
        np.repeat(np.arange(N_INTERVIEWS), N_PASSAGES),
        np.ones(len(counts), dtype=bool),
        tuple(f"mot{number:03d}" for number in range(N_TERMS)),
        np.zeros((N_TERMS, 1)),
    )


def refitted(material: Material, numbers: range, k: int = 12) -> tuple[ThemeModel, Refits]:
    """Themes of a corpus, and refits."""
    fit = StudyFit(ThemesOptions(k=k))
    n = np.full(N_INTERVIEWS, float(N_PASSAGES))
    speech = Speech(
        tuple(str(number) for number in range(N_INTERVIEWS)),
        material.interviews,
        np.ones(len(material.interviews)),
        n,
        n,
        np.arange(N_INTERVIEWS),
    )
    made = tuple(refit(material, speech, fit, k, 5, number) for number in numbers)
    return fit(material, k, 5), Refits(speech.interviews, N_INTERVIEWS, made)


def test_planted_subjects_are_stable_and_noise_has_no_theme():
    planted = marks(assess(*refitted(corpus(1, np.full(12, 0.4)), range(8))))
    assert planted["stability"].median() > 0.75
    assert planted["fragile"].mean() <= 0.25
    assert len(StudyFit(ThemesOptions())(corpus(1, np.zeros(12)), 12, 5).weights) <= 1


def test_printed_stability_foretells_which_themes_come_back_in_fresh_draws():
    """Subjects of a third of the interviews, and of one in thirty."""
    material = corpus(2, np.linspace(0.03, 0.35, 12))
    model, printed = refitted(material, range(10), k=16)
    _, fresh = refitted(material, range(100, 110), k=16)
    stability, returns = marks(assess(model, printed)), marks(assess(model, fresh))
    assert spearmanr(stability["stability"], returns["returns"]).statistic >= 0.6


@pytest.mark.real
@pytest.mark.slow
def test_stability_of_real_themes_foretells_their_return_in_fresh_draws():
    if not REFERENCE.is_dir():
        pytest.skip("the reference matrix is not here")
    material, _ = material_of(*reference().tables())
    persons = np.arange(material.interviews.max() + 1)
    fit = StudyFit(ThemesOptions())
    model = fit(material, 20, 2013)
    tables_of_draws = []
    for numbers in (range(10), range(1000, 1010)):
        draws = [numbered_draw(persons, 2013, number) for number in numbers]
        weights = [
            fit_part(material.of_interviews(drawn), fit, seed)(20).weights for drawn, seed in draws
        ]
        tables_of_draws.append(marks(assess_weights(model, weights)))
    printed, fresh = tables_of_draws
    assert spearmanr(printed["stability"], fresh["returns"]).statistic >= 0.6
    assert fresh.loc[~printed["fragile"], "returns"].mean() >= 0.9
