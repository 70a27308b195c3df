"""Stage ``themes``: counts of terms → themes."""

from __future__ import annotations

import pandas as pd

from textlien.errors import Problem
from textlien.files.digests import digest
from textlien.pipeline.stage import Context, Done, whole
from textlien.raw import raw_problem

THEMES_REVISION = 2


def themes_stage(context: Context) -> Done:
    """Find themes and their share of each passage."""
    options, seed = context.study.themes, context.study.study.seed
    libraries = context.versions("gensim", "numpy", "scikit-learn", "scipy")
    key = digest(THEMES_REVISION, libraries, context.key("terms"), options.model_dump(), seed)
    outputs = ("themes", "theme_terms", "theme_exemplars", "passage_themes")

    def compute() -> tuple[list[pd.DataFrame], list[Problem], str]:
        from textlien.themes import find_themes

        run = context.run
        themes, problems = find_themes(run["terms"], run["passage_terms"], options, seed)
        left = sum(context.stages["segment"]["counts"].values())
        left -= themes.passage_themes["passage_id"].nunique()
        if left:
            message = f"{left:,} passages hold none of the terms: they have no theme."
            hint = "They count in no share of a theme. Short answers are most of them."
            problems.append(raw_problem("themes", message, hint, "", "note"))
        return list(themes), problems, f"{len(themes.themes)} themes ({options.engine})"

    return whole(context, key, outputs, compute)
