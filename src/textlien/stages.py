"""How each stage gets its inputs and where its outputs go; the stages themselves are elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textlien.axes.stages import AXES_STAGES
from textlien.contrasts import contrast, panel_of
from textlien.errors import Problem, TextlienError
from textlien.passages import segment
from textlien.profiles import InterviewSums, axis_values, interview_sums, profile, theme_values
from textlien.reading import read_corpus
from textlien.report.stage import report_stage
from textlien.resources import folder as resource_folder
from textlien.stage import Context, Done, Stage, per_interview, whole
from textlien.store import concatenate, digest, file_digest, read_table, table_digest, write_table
from textlien.study import AnnotateOptions, SegmentOptions

SEGMENT_REVISION = 1
ANNOTATE_REVISION = 2
TERMS_REVISION = 2
THEMES_REVISION = 2
PROFILES_REVISION = 1

ANNOTATION_WORDS = 150_000
"""Words to annotate that are worth one more process, which first has to load its model."""

SEGMENTATION_WORDS = 300_000
"""Words to segment that are worth one more process."""


def read_stage(context: Context) -> Done:
    """Read what is new, and describe all interviews."""
    corpus = read_corpus(
        context.study,
        context.run,
        workers=context.workers if _is_worth_processes(context) else 1,
        advance=lambda done, total: context.watcher.advanced("read", done, total),
        force="read" in context.forced,
        before=context.about_to_compute,
        prune=not context.dry,
    )
    if not corpus.turns:
        listed = "\n".join(str(problem) for problem in corpus.problems)
        raise TextlienError(f"no interview could be read.\n{listed}")
    context.interviews = corpus.interviews
    files = zip(corpus.interviews["file"], corpus.interviews["sha256"], strict=True)
    context.run.manifest["inputs"] |= dict(files)
    found = (corpus.interviews, corpus.speakers, corpus.variables)
    key = digest(*(table_digest(table) for table in found), corpus.turns)
    known_before = bool(context.shard_keys("turns"))
    changed = bool(corpus.read) or key != context.key("read")
    if changed:
        context.about_to_compute()
    if context.dry:
        return context.recall()
    for name, table in zip(("interviews", "speakers", "variables"), found, strict=True):
        context.run.write(name, table)
    context.run.set_shards("turns", corpus.turns)
    turns = int(corpus.interviews.loc[corpus.interviews["included"], "n_turns"].sum())
    summary = f"{len(corpus.turns):,} interviews, {turns:,} turns"
    if known_before and corpus.read:
        summary += f" ({corpus.read:,} file{'' if corpus.read == 1 else 's'} anew)"
    context.record(key, summary, corpus.problems)
    return Done(summary, changed)


def _is_worth_processes(context: Context) -> bool:
    return not context.shard_keys("turns")


class _SegmentJob(NamedTuple):
    turns: Path
    passages: Path
    options: SegmentOptions


def _segment_job(job: _SegmentJob) -> int:
    passages = segment(read_table(job.turns, "turns"), job.options)
    write_table(job.passages, "passages", passages)
    return len(passages)


def segment_stage(context: Context) -> Done:
    """Cut each interview into passages."""
    options = context.study.segment
    turns = context.shard_keys("turns")
    keys = {i: digest(SEGMENT_REVISION, key, options.model_dump()) for i, key in turns.items()}

    def job(interview: str, shard: Path) -> _SegmentJob:
        return _SegmentJob(context.run.shard("turns", interview, turns[interview]), shard, options)

    workers = _workers(context, "passages", keys, SEGMENTATION_WORDS)
    return per_interview(context, "passages", keys, job, _segment_job, workers=workers)


def _workers(context: Context, table: str, keys: dict[str, str], words_each: int) -> int:
    """Number of processes that the words of the missing shards are worth."""
    words = context.interviews.set_index("interview_id")["n_words"]
    missing = [i for i, key in keys.items() if not context.run.shard(table, i, key).exists()]
    return max(1, min(context.workers, int(words[missing].sum()) // words_each))


class _AnnotateJob(NamedTuple):
    turns: Path
    passages: Path
    tokens: Path
    options: AnnotateOptions


def _annotate_job(job: _AnnotateJob) -> int:
    from textlien.annotate import annotate  # loads spaCy

    turns, passages = read_table(job.turns, "turns"), read_table(job.passages, "passages")
    tokens = annotate(passages, turns, job.options)
    write_table(job.tokens, "tokens", tokens)
    return len(tokens)


def annotate_stage(context: Context) -> Done:
    """Give each token its lemma and part of speech."""
    from textlien.annotate import pipeline_version

    options = context.study.annotate
    run, turns, passages = context.run, context.shard_keys("turns"), context.shard_keys("passages")
    pipeline = context.study.resolve_pipeline(options.pipeline)
    version, libraries = pipeline_version(pipeline), context.versions("spacy", "simplemma")
    context.run.manifest["libraries"]["annotator"] = version
    made_by = digest(ANNOTATE_REVISION, options.model_dump(), version, libraries)
    here = options.model_copy(update={"pipeline": pipeline})
    keys = {interview: digest(made_by, key) for interview, key in passages.items()}

    def job(interview: str, shard: Path) -> _AnnotateJob:
        return _AnnotateJob(
            run.shard("turns", interview, turns[interview]),
            run.shard("passages", interview, passages[interview]),
            shard,
            here,
        )

    workers = _workers(context, "tokens", keys, ANNOTATION_WORDS)
    return per_interview(context, "tokens", keys, job, _annotate_job, workers=workers)


def terms_stage(context: Context) -> Done:
    """Choose terms and count them in each passage."""
    from textlien.terms import build_terms

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
            problems.append(Problem("themes", message, hint, "", "note"))
        return list(themes), problems, f"{len(themes.themes)} themes ({options.engine})"

    return whole(context, key, outputs, compute)


def _sums(context: Context) -> dict[str, InterviewSums]:
    """Sums by interview of the themes and, where there is a model, of the axes."""
    if context.sums is None:
        context.sums = dict(_measures(context))
    return context.sums


def _measures(context: Context) -> Iterator[tuple[str, InterviewSums]]:
    """Yield each measure with its sums."""
    run, weight = context.run, context.study.profiles.weight
    columns = ["passage_id", "interview_id", "n_words"]
    passages = concatenate("passages", run.shards("passages"))[columns]
    included = context.interviews[context.interviews["included"]]
    if len(run["passage_themes"]):
        values = theme_values(run["passage_themes"])
        yield "theme", interview_sums(included, passages, values, weight)
    if context.shard_keys("passage_axes"):
        values = axis_values(run["passage_axes"])
        yield "axis", interview_sums(included, passages, values, weight)


def _measures_key(context: Context) -> str:
    return digest(
        PROFILES_REVISION,
        context.versions("numpy", "scipy"),
        table_digest(context.interviews),
        list(context.shard_keys("passages").values()),
        context.key("themes"),
        list(context.shard_keys("passage_axes").values()),
        context.study.profiles.model_dump(),
        context.study.study.seed,
    )


def profiles_stage(context: Context) -> Done:
    """Estimate the share of each theme and axis in each cell."""
    study = context.study

    def compute() -> tuple[list[pd.DataFrame], list[Problem], str]:
        parts, problems = [], []
        for measure, sums in _sums(context).items():
            table, found = profile(sums, measure, study.profiles, study.study.seed)
            parts.append(table)
            problems += found
        table = concatenate("profiles", parts)
        cells = len(table[["wave", "city", "actor"]].drop_duplicates())
        return [table], problems, f"{len(table):,} shares in {cells} cells"

    return whole(context, _measures_key(context), ("profiles",), compute)


def contrasts_stage(context: Context) -> Done:
    """Compare two waves in each city of the panel."""
    study = context.study
    waves = study.contrasts.waves or (study.waves[0], study.waves[-1])
    key = digest(_measures_key(context), waves, study.cities.panel)

    def compute() -> tuple[list[pd.DataFrame], list[Problem], str]:
        if waves[0] == waves[1]:
            return [concatenate("contrasts", [])], [], "one wave: nothing to compare"
        included = context.interviews[context.interviews["included"]]
        panel = panel_of(included, (waves[0], waves[1]), study.cities.panel)
        parts = [
            contrast(sums, measure, (waves[0], waves[1]), panel, study.profiles, study.study.seed)
            for measure, sums in _sums(context).items()
        ]
        table = concatenate("contrasts", parts)
        problems = [] if panel else [_no_panel(context, waves)]
        problems += _thin_cities(context, panel, waves)
        apart = [wave for wave in study.waves if wave not in waves]
        problems += [_not_compared(context, wave, waves) for wave in apart]
        missing = [city for city in study.cities.panel if city not in panel]
        problems += [_not_in_both(context, city, waves) for city in missing]
        summary = f"{len(table):,} differences {waves[0]} → {waves[1]}, {len(panel)} cities"
        return [table], problems, summary

    return whole(context, key, ("contrasts",), compute)


def _no_panel(context: Context, waves: tuple[str, ...]) -> Problem:
    message = f"no city has interviews in both {waves[0]} and {waves[1]}: nothing to compare."
    hint = "Check the spelling of cities, or give [cities] aliases."
    return Problem(context.study.file.name, message, hint, "[contrasts]", "warning")


def _thin_cities(context: Context, panel: Sequence[str], waves: tuple[str, ...]) -> list[Problem]:
    included = context.interviews[context.interviews["included"]]
    cells = included.groupby(["city", "wave"]).size()
    return [
        Problem(
            context.study.file.name,
            f"{city} has one interview in {wave}: the panel has no interval and no test.",
            "Add interviews there, or leave the city out of [cities] panel.",
            "[cities.panel]",
            "warning",
        )
        for city in panel
        for wave in waves
        if cells.get((city, wave), 0) == 1
    ]


def _not_compared(context: Context, wave: str, waves: tuple[str, ...]) -> Problem:
    message = f"the wave {wave} is not compared: only {waves[0]} with {waves[1]}."
    hint = "To compare others: [contrasts] waves."
    return Problem(context.study.file.name, message, hint, "[contrasts]", "warning")


def _not_in_both(context: Context, city: str, waves: tuple[str, ...]) -> Problem:
    message = f'"{city}" has no interview in {waves[0]} or in {waves[1]}: left out of the panel.'
    hint = "Add its interviews, or take it out of the panel."
    return Problem(context.study.file.name, message, hint, "[cities.panel]", "warning")


STAGES = (
    Stage("read", read_stage),
    Stage("segment", segment_stage),
    Stage("annotate", annotate_stage),
    Stage("terms", terms_stage),
    Stage("themes", themes_stage),
    *AXES_STAGES,
    Stage("profiles", profiles_stage),
    Stage("contrasts", contrasts_stage),
    Stage("report", report_stage),
)
"""All stages in order: each uses only what those before it made."""
