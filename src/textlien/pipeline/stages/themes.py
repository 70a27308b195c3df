"""Stage ``themes``: counts of terms → themes."""

from __future__ import annotations

from textlien.errors import Problem
from textlien.files.digests import digest
from textlien.messages.message import Location, message
from textlien.pipeline.stage import Inputs, Result
from textlien.tables.parquet import count_rows
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
    without = _number_of_passages(inputs) - themes.passage_themes["passage_id"].nunique()
    if without:
        place = Location(file=inputs.study.file.name, option="themes")
        problems.append(Problem.note("pipeline.passages-without-theme", place, passages=without))
    summary = message(
        "pipeline.summary-themes", themes=len(themes.themes), engine=options.engine.upper()
    )
    return Result(summary, themes._asdict(), problems)


def _number_of_passages(inputs: Inputs) -> int:
    """Number of passages of the whole corpus."""
    return sum(count_rows(inputs.shard("passages", name)) for name in inputs.shards("passages"))
