"""Stage ``terms``: tokens → terms and their counts."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from textlien.errors import Problem
from textlien.files.digests import digest, file_digest
from textlien.files.shipped import folder as resource_folder
from textlien.pipeline.stage import Context, Done, whole

TERMS_REVISION = 2


def terms_stage(context: Context) -> Done:
    """Choose terms and count them in each passage."""
    from textlien.terms.build import build_terms

    study = context.study
    lexicons = [*sorted((resource_folder("configs") / "fr").iterdir())]
    lexicons += [study.resolve(path) for path in study.terms.expressions]
    key = digest(
        TERMS_REVISION,
        context.versions("gensim"),
        list(context.shard_keys("tokens").values()),
        study.terms.model_dump(),
        [file_digest(path) if path.is_file() else "" for path in lexicons],
    )

    def compute() -> tuple[list[pd.DataFrame], list[Problem], str]:
        def shards() -> Iterator[pd.DataFrame]:
            return context.run.shards("tokens")

        terms, passage_terms, problems = build_terms(shards, study.terms, study.folder)
        kinds = terms["kind"].value_counts()
        several = int(kinds.get("expression", 0) + kinds.get("collocation", 0))
        summary = f"{len(terms):,} terms, {several:,} of several words"
        return [terms, passage_terms], problems, summary

    return whole(context, key, ("terms", "passage_terms"), compute)
