"""All stages, declared in order: each uses only what those before it made."""

from __future__ import annotations

from textlien.pipeline.stage import Stage, by_interview
from textlien.pipeline.stages import (
    annotate,
    codings,
    contrasts,
    crosses,
    profiles,
    read,
    report,
    segment,
    terms,
    themes,
)
from textlien.pipeline.stages.classify import axes, distance, encode, train, words

STAGES = (
    Stage(
        "read",
        read.key,
        ("interviews", "speakers", "variables", "turns"),
        read.compute,
        jobs=read.jobs,
    ),
    by_interview(
        "segment",
        "passages",
        keys=segment.keys,
        job=segment.job,
        execute=segment.execute,
        summary=segment.summary,
        # Two seconds of work (70,162 words of the demonstration take 0.5 s), for a process that
        # takes almost one to start.
        words_a_process=300_000,
    ),
    by_interview(
        "annotate",
        "tokens",
        keys=annotate.keys,
        job=annotate.job,
        execute=annotate.execute,
        summary=annotate.summary,
        # About eight seconds of work (70,162 words take 4 s), for a process that has to load the
        # annotator first, in two.
        words_a_process=150_000,
    ),
    Stage("terms", terms.key, ("terms", "passage_terms"), terms.compute),
    Stage(
        "themes",
        themes.key,
        (
            "themes",
            "theme_terms",
            "theme_exemplars",
            "passage_themes",
            "passages_without_theme",
            "theme_refits",
            "theme_fit",
            "theme_candidates",
            "candidate_exemplars",
        ),
        themes.compute,
        jobs=themes.jobs,
    ),
    Stage("codings", codings.key, ("codings", "labels", "label_draws"), codings.compute),
    by_interview(
        "encode",
        "passage_vectors",
        keys=encode.keys,
        job=encode.job,
        execute=encode.execute,
        summary=encode.summary,
        # Eight seconds of work at 12,500 words a second, for a process that loads the encoder.
        words_a_process=100_000,
    ),
    Stage("train", train.key, ("axis_scores",), train.compute),
    by_interview(
        "axes",
        "passage_axes",
        keys=axes.keys,
        job=axes.job,
        execute=axes.execute,
        summary=axes.summary,
    ),
    Stage("distance", distance.key, ("axis_distance",), distance.compute),
    Stage(
        "words",
        words.key,
        ("axis_words", "axis_parts", "passage_words", "passages_without_axis"),
        words.compute,
    ),
    Stage("profiles", profiles.key, ("profiles",), profiles.compute),
    Stage("contrasts", contrasts.key, ("contrasts",), contrasts.compute),
    Stage(
        "crosses",
        crosses.key,
        ("theme_crosses", "theme_sources", "passage_questions"),
        crosses.compute,
    ),
    Stage("report", report.key, (), report.compute, files=(report.PAGE,)),
)
