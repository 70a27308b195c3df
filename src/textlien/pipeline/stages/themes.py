"""Stage ``themes``: counts of terms → themes."""

from __future__ import annotations

from textlien.files.digests import digest
from textlien.messages.message import message
from textlien.pipeline.stage import Inputs, Result
from textlien.themes.coverage import ledger, note
from textlien.themes.find import REVISION, find_themes


def key(inputs: Inputs) -> str:
    """Digest of the terms, the options and the seed."""
    study = inputs.study
    libraries = inputs.versions("gensim", "numpy", "scikit-learn", "scipy")
    terms = inputs.entry("terms").key
    return digest(REVISION, libraries, terms, study.themes.model_dump(), study.study.seed)


def compute(inputs: Inputs) -> Result:
    """Find themes and their share of each passage."""
    options, run = inputs.study.themes, inputs.run
    themes, problems = find_themes(
        run["terms"], run["passage_terms"], options, inputs.study.study.seed
    )
    if len(themes.themes):
        passages = run["passages"]["passage_id"]
        counted = run["passage_terms"]["passage_id"]
        without = ledger(themes.passages_without_theme, passages, counted)
        themes = themes._replace(passages_without_theme=without)
        if len(without):
            problems.append(note(without, len(passages)))
    summary = message(
        "pipeline.summary-themes", themes=len(themes.themes), engine=options.engine.upper()
    )
    return Result(summary, themes._asdict(), problems)
