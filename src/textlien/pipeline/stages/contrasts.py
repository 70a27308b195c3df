"""Stage ``contrasts``: change between two waves."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from textlien import tables
from textlien.errors import Problem
from textlien.estimation.contrasts import REVISION, contrast, panel_of, without_verdict_on
from textlien.estimation.sums import InterviewSums, RefitSums, refit_sums
from textlien.files.digests import digest
from textlien.messages.message import Location, message
from textlien.pipeline.measures import measures, measures_key
from textlien.pipeline.stage import Inputs, Result
from textlien.study.options import Study
from textlien.tables import OUTSIDE
from textlien.tables.parquet import concatenate
from textlien.text.names import comparable
from textlien.themes.refits.draws import SHARE


def key(inputs: Inputs) -> str:
    """Digest of the measures, the waves and the panel."""
    study = inputs.study
    return digest(measures_key(inputs, REVISION), _waves(study), study.cities.panel)


def compute(inputs: Inputs) -> Result:
    """Compare two waves in each city of the panel."""
    study = inputs.study
    waves = _waves(study)
    if waves[0] == waves[1]:
        return Result(message("pipeline.one-wave"), {"contrasts": tables.make("contrasts", [])})
    included = inputs.included
    declared = _declared_panel(study, included)
    panel = panel_of(included, waves, declared)
    parts = [
        contrast(sums, measure, waves, panel, study.profiles, _refits(inputs, measure, sums))
        for measure, sums in measures(inputs).items()
    ]
    themes = inputs.run["themes"]
    fragile = set(themes.loc[themes["fragile"], "theme"].astype(str))
    table = without_verdict_on(concatenate("contrasts", parts), fragile)
    summary = message(
        "pipeline.summary-contrasts",
        differences=len(table),
        left=waves[0],
        right=waves[1],
        cities=len(panel),
    )
    return Result(summary, {"contrasts": table}, _problems(study, included, declared, panel, waves))


def _refits(inputs: Inputs, measure: str, sums: InterviewSums) -> RefitSums | None:
    """Refits of the themes, if there are any."""
    table = inputs.run["theme_refits"]
    if measure != "theme" or table.empty:
        return None
    return refit_sums(sums.without(OUTSIDE), table, inputs.study.profiles.weight, SHARE)


def _waves(study: Study) -> tuple[str, str]:
    """The two waves to compare: those of the study file, else the first and the last."""
    left, right = study.contrasts.waves or (study.waves[0], study.waves[-1])
    return left, right


def _declared_panel(study: Study, included: pd.DataFrame) -> list[str]:
    """The cities of the study file's panel, each under the name that its interviews have."""
    mains = {comparable(city): city for city in included["city"]}
    mains |= {comparable(alias): main for alias, main in study.cities.aliases.items()}
    return [mains.get(comparable(city), city) for city in study.cities.panel]


def _problems(
    study: Study,
    included: pd.DataFrame,
    declared: Sequence[str],
    panel: Sequence[str],
    waves: tuple[str, str],
) -> list[Problem]:
    """Warnings about waves and cities that are not compared, or without an interval."""
    file = study.file.name
    contrasts = Location(file=file, option="contrasts")
    cities = Location(file=file, option="cities.panel")
    left, right = waves
    problems = []
    if not panel:
        problems.append(Problem.warning("pipeline.no-panel", contrasts, left=left, right=right))
    cells = included.groupby(["city", "wave"]).size()
    problems += [
        Problem.warning("pipeline.one-interview-in-cell", cities, city=city, wave=wave)
        for city in panel
        for wave in waves
        if cells.get((city, wave), 0) == 1
    ]
    problems += [
        Problem.warning("pipeline.wave-not-compared", contrasts, wave=wave, left=left, right=right)
        for wave in study.waves
        if wave not in waves
    ]
    problems += [
        Problem.warning(
            "pipeline.city-not-in-both-waves", cities, city=city, left=left, right=right
        )
        for city in declared
        if city not in panel
    ]
    return problems
