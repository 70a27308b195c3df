"""Stage ``codings``: hand codings, anchored in the transcripts and given to passages."""

from __future__ import annotations

import pandas as pd

from textlien import tables
from textlien.coding.codings import label_passages, read_codings
from textlien.coding.sources import codebook_of, coding_files
from textlien.corpus.describe import Corpus
from textlien.errors import Problem
from textlien.files.digests import digest, file_digest
from textlien.pipeline.run_folder import Run
from textlien.pipeline.stage import Context, Done, whole
from textlien.study.options import Study
from textlien.tables.parquet import read_parquet, table_digest

CODINGS_REVISION = 1


def check_codings(study: Study, corpus: Corpus, run: Run) -> list[Problem]:
    """Problems of the codings of a study, without computing anything."""
    files, problems = coding_files(study)
    if not files:
        return problems
    texts = _Texts(run, corpus.turns)
    _, found = read_codings(files, study, corpus.interviews, texts, codebook_of(study))
    return problems + found


class _Texts:
    """Normalised text of an interview, by identifier."""

    def __init__(self, run: Run, keys: dict[str, str]) -> None:
        self._run = run
        self._keys = keys

    def __call__(self, interview: str) -> str:
        if interview not in self._keys:
            return ""
        shard = self._run.shard("turns", interview, self._keys[interview])
        return tables.normalised_text(read_parquet(shard, "turns"))


def codings_stage(context: Context) -> Done:
    """Anchor hand codings in the transcripts and give their values to passages."""
    study, run = context.study, context.run
    files, missing = coding_files(study)
    key = digest(
        CODINGS_REVISION,
        [(study.shown(path), file_digest(path)) for path in files],
        [str(problem) for problem in missing],
        table_digest(context.interviews[["interview_id", "file", "included"]]),
        context.shard_keys("passages"),
        [(axis.key, axis.label) for axis in codebook_of(study)],
    )

    def compute() -> tuple[list[pd.DataFrame], list[Problem], str]:
        if not files:
            empty = [tables.make("codings", []), tables.make("labels", [])]
            return empty, missing, "no codings"
        texts = _Texts(run, context.shard_keys("turns"))
        axes = codebook_of(study)
        codings, problems = read_codings(files, study, context.interviews, texts, axes)
        labels = label_passages(codings, run["passages"])
        coded = labels["passage_id"].nunique()
        summary = f"{len(codings):,} codings, {coded:,} passages coded"
        return [codings, labels], missing + problems, summary

    return whole(context, key, ("codings", "labels"), compute)
