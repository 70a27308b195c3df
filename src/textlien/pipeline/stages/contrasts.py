"""Stage ``contrasts``: change between two waves."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from textlien.errors import Problem
from textlien.estimation.contrasts import contrast, panel_of
from textlien.files.digests import digest
from textlien.pipeline.stage import Context, Done, whole
from textlien.pipeline.stages.profiles import _measures_key, _sums
from textlien.raw import raw_problem
from textlien.tables.parquet import concatenate


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
    return raw_problem(context.study.file.name, message, hint, "[contrasts]", "warning")


def _thin_cities(context: Context, panel: Sequence[str], waves: tuple[str, ...]) -> list[Problem]:
    included = context.interviews[context.interviews["included"]]
    cells = included.groupby(["city", "wave"]).size()
    return [
        raw_problem(
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
    return raw_problem(context.study.file.name, message, hint, "[contrasts]", "warning")


def _not_in_both(context: Context, city: str, waves: tuple[str, ...]) -> Problem:
    message = f'"{city}" has no interview in {waves[0]} or in {waves[1]}: left out of the panel.'
    hint = "Add its interviews, or take it out of the panel."
    return raw_problem(context.study.file.name, message, hint, "[cities.panel]", "warning")
