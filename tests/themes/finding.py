"""Themes of tables of terms, as the stage finds them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from textlien.errors import Problem
from textlien.study.options import ThemesOptions
from textlien.themes.edits.resolving import Edit
from textlien.themes.find import Themes, find_themes
from textlien.themes.fitting import StudyFit
from textlien.themes.material import material_of


def themes_of(
    terms: pd.DataFrame,
    passage_terms: pd.DataFrame,
    options: ThemesOptions,
    seed: int = 1,
    edits: Sequence[Edit] = (),
) -> tuple[Themes, list[Problem]]:
    """Tables of themes, and problems, without refits."""
    material, passages = material_of(terms, passage_terms)
    fit = StudyFit(options, tuple(edits))
    return find_themes(material, passages, terms, passage_terms, fit, seed)
