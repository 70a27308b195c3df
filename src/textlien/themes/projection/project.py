"""A corpus on the themes of another one: shares, what does not fit, and what may be new in it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from textlien import tables
from textlien.arrays import Floats
from textlien.errors import Problem, TextlienError
from textlien.messages.message import Location
from textlien.segmentation.passages import interview_of
from textlien.study.options import ThemesOptions
from textlien.tables import ALL
from textlien.themes import describe
from textlien.themes.coverage import without_theme
from textlien.themes.find import Themes, positive_shares
from textlien.themes.fitting import StudyFit
from textlien.themes.material import material_of
from textlien.themes.model import Material
from textlien.themes.projection.alignment import Aligned, align
from textlien.themes.projection.candidates import WORDS, Candidates, candidates, is_new
from textlien.themes.projection.remainder import MEASURES, compare, compare_one, remainders
from textlien.themes.projection.reports import reports
from textlien.themes.projection.saved import SavedThemes
from textlien.themes.shares import background_of, passage_shares

EXEMPLARS = 3
"""Passages that are listed with a candidate."""


class Projection(NamedTuple):
    """Tables of a corpus on old themes; those of :class:`~textlien.themes.find.Themes` first."""

    themes: pd.DataFrame
    theme_terms: pd.DataFrame
    theme_exemplars: pd.DataFrame
    passage_themes: pd.DataFrame
    passages_without_theme: pd.DataFrame
    theme_refits: pd.DataFrame
    theme_fit: pd.DataFrame
    theme_candidates: pd.DataFrame
    candidate_exemplars: pd.DataFrame


def project(
    saved: SavedThemes,
    terms: pd.DataFrame,
    passage_terms: pd.DataFrame,
    interviews: pd.DataFrame,
    options: ThemesOptions,
) -> tuple[Projection, list[Problem]]:
    """Measure a corpus on the themes of a model. Nothing is fitted but candidates.

    Parameters
    ----------
    saved : the model.
    terms, passage_terms : tables of the corpus, made with the terms of the model expected.
    interviews : columns ``interview_id``, ``wave`` and ``digest``, by which the model knows those
        that it was learnt on.
    options : what is shown of themes; those of the fit have no effect.

    Returns
    -------
    The tables: themes keep the numbers and names of the model, and its figures but for ``share``
    and ``npmi``, which are of this corpus. Problems: how far the corpus is from that of the model.

    Raises
    ------
    TextlienError
        When no term of the corpus is one of the model.
    """
    material, passages = material_of(terms, passage_terms)
    aligned = align(saved, terms, material.counts, int(material.interviews.max()) + 1)
    if not aligned.counts.nnz:
        place = Location(option="themes.model")
        raise TextlienError(Problem.error("themes.no-term-in-common", place, model=saved.version))
    shares = passage_shares(saved.model, aligned.counts)
    fit = _fit_table(saved, material, passages, aligned, interviews)
    engine = options.model_copy(update={"engine": saved.origin.engine})
    fresh = candidates(saved, material, shares, StudyFit(engine))
    table = _candidate_table(saved, fresh, material, terms)
    projection = Projection(
        *_described(saved, shares, aligned, passages, passage_terms, options),
        fit,
        table,
        _candidate_exemplars(fresh, material, passages),
    )
    return projection, reports(saved, aligned, fit, table, options)


def _described(
    saved: SavedThemes,
    shares: Floats,
    aligned: Aligned,
    passages: list[str],
    passage_terms: pd.DataFrame,
    options: ThemesOptions,
) -> Themes:
    """The tables of themes, under the numbers that they have in the model."""
    weights, names = saved.model.weights, list(saved.model.terms)
    ranked = describe.ranked_terms(weights, saved.model.background, names, options.top_terms)
    heard = ranked[ranked["term"].isin(passage_terms["term"])]
    coherence = describe.npmi(heard, passage_terms, len(passages))
    themes = saved.themes.assign(
        share=shares.mean(axis=0), npmi=saved.themes["theme"].map(coherence).to_numpy()
    )
    aside = saved.themes["aside"].to_numpy(dtype=bool)
    return Themes(
        tables.make("themes", themes),
        ranked,
        describe.exemplars(shares, aligned.counts, passages, options.exemplars),
        positive_shares(shares, passages),
        without_theme(saved.model, aligned.counts, shares, passages, aside),
        tables.make("theme_refits", []),
    )


def _fit_table(
    saved: SavedThemes,
    material: Material,
    passages: list[str],
    aligned: Aligned,
    interviews: pd.DataFrame,
) -> pd.DataFrame:
    """Table ``theme_fit``: what themes do not hold, of each interview and of each wave."""
    measured = remainders(
        saved.model, aligned.counts, aligned.unknown, material.interviews, material.learn
    )
    names = list(dict.fromkeys(interview_of(passage) for passage in passages))
    of_names = interviews.set_index("interview_id").loc[names]
    waves = of_names["wave"].to_numpy(dtype=object)
    learnt = of_names["digest"].isin(saved.learnt).to_numpy()
    rows: list[dict[str, object]] = []
    for column, measure in enumerate(MEASURES):
        values, reference = measured[:, column], saved.held_out[:, column]
        for wave in sorted(set(waves)):
            new = (waves == wave) & ~learnt
            row = {"wave": wave, "interview_id": ALL, "measure": measure, "learnt": not new.any()}
            rows.append({**row, "exceeds": np.nan, **compare(values[new], reference)})
        for place, name in enumerate(names):
            row = {"wave": waves[place], "interview_id": name, "measure": measure}
            row["learnt"] = bool(learnt[place])
            rows.append({**row, **compare_one(values[place], reference)})
    return tables.make("theme_fit", rows)


def _candidate_table(
    saved: SavedThemes, fresh: Candidates, material: Material, terms: pd.DataFrame
) -> pd.DataFrame:
    """Table ``theme_candidates``: words, support, and how new each candidate is."""
    ranked = describe.ranked_terms(
        fresh.weights, background_of(material), list(material.terms), WORDS
    )
    forms = dict(zip(terms["term"], terms["form"], strict=True))
    words = ranked["term"].map(forms).groupby(ranked["theme"]).agg(", ".join)
    rows = [
        {
            "candidate": number + 1,
            "words": words[number + 1],
            "n_passages": fresh.n_passages[number],
            "n_interviews": fresh.n_interviews[number],
            "ratio": fresh.ratio[number],
            "verdict": "new" if is_new(fresh.ratio[number]) else "present",
            "theme": int(saved.themes["theme"].iloc[fresh.nearest[number]]),
            "likeness": min(1.0, fresh.likeness[number]),
        }
        for number in range(len(fresh.weights))
    ]
    return tables.make("theme_candidates", rows)


def _candidate_exemplars(
    fresh: Candidates, material: Material, passages: list[str]
) -> pd.DataFrame:
    """Table ``candidate_exemplars``: the passages that show each candidate best."""
    frame = describe.exemplars(fresh.shares, material.counts, passages, EXEMPLARS)
    return tables.make("candidate_exemplars", frame.rename(columns={"theme": "candidate"}))
