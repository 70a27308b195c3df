"""Themes of the last run, in a list that the researcher can read through."""

from __future__ import annotations

import pandas as pd

from textlien.errors import Problem, TextlienError
from textlien.messages.message import Location
from textlien.pipeline.run_folder import Run, run_folder
from textlien.study.options import Study

_FIRST_WORDS = 6
_ALWAYS = ("theme", "label", "share")
# Columns that are shown where the run has them.
_WHERE_COMPUTED = ("stability",)


def list_themes(study: Study) -> pd.DataFrame:
    """List the themes of the last run, with their first words in their commonest form.

    Returns
    -------
    Columns ``theme``, ``label``, ``share``, ``stability`` where it was computed, ``first_words``.

    Raises
    ------
    TextlienError
        When the study has not been run, or its run has no theme.
    """
    run = Run(run_folder(study))
    themes, theme_terms, terms = run["themes"], run["theme_terms"], run["terms"]
    if themes.empty:
        raise TextlienError(Problem.error("commands.no-themes", Location(file=study.file.name)))
    forms = dict(zip(terms["term"], terms["form"], strict=True))
    first = theme_terms[theme_terms["rank"] <= _FIRST_WORDS].sort_values(["theme", "rank"])
    words = first["term"].map(forms).fillna(first["term"]).groupby(first["theme"]).agg(", ".join)
    columns = [*_ALWAYS, *(name for name in _WHERE_COMPUTED if name in themes)]
    return themes[columns].assign(first_words=themes["theme"].map(words).fillna(""))
