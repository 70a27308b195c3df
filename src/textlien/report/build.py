"""Put the report together: views of the tables, in one page that needs nothing else."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import jinja2
import pandas as pd
from plotly.offline import get_plotlyjs

from textlien import tables as schemas
from textlien.errors import Problem
from textlien.report.names import Axis, Names, names_of
from textlien.report.sections.cards import theme_cards
from textlien.report.sections.change import Comparison, Place, comparisons
from textlien.report.sections.corpus import corpus_view
from textlien.report.sections.heat import heat_maps
from textlien.report.sections.method import axis_definitions, method_view, quality_view
from textlien.report.voice import Voice
from textlien.study.options import Study
from textlien.tables import ALL

NEEDED = (
    "interviews",
    "passages",
    "terms",
    "themes",
    "theme_terms",
    "theme_exemplars",
    "profiles",
    "contrasts",
    "axis_scores",
)
"""Tables that the report is made from; one that is absent is taken as empty."""

_IN_BRIEF = 3


def build_report(
    tables: Mapping[str, pd.DataFrame],
    study: Study,
    *,
    axes: Sequence[Axis],
    problems: Sequence[Problem],
    manifest: Mapping[str, Any],
) -> str:
    """Make the report of a run.

    Parameters
    ----------
    tables : by name, those of :data:`NEEDED`.
    study : its title, options, order of waves and labels of actors.
    axes : of the codebook, in order.
    problems : everything that was found wrong.
    manifest : of the run; its ``libraries`` and the keys of its ``stages`` are shown.

    Returns
    -------
    One HTML page without any reference to the network; the same inputs give the same text.
    """
    given = {name: tables.get(name, schemas.make(name, [])) for name in NEEDED}
    voice = Voice(study.report.language)
    names = names_of(voice, study, given["themes"], axes)
    compared = comparisons(given["contrasts"], names)
    used = set(given["profiles"].query("measure == 'axis'")["item"])
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            v=voice,
            title=study.study.title or study.name,
            study=study,
            level=voice.share(study.profiles.level, digits=0),
            alpha=voice.decimal(1 - study.profiles.level, 2),
            corpus=corpus_view(given["interviews"], given["passages"], names, problems),
            brief=_brief(given["profiles"], compared, names),
            example=_example(given["profiles"], voice),
            cards=theme_cards(given, names),
            city_theme=heat_maps(given["profiles"], "theme", "city", names),
            city_axis=heat_maps(given["profiles"], "axis", "city", names),
            actor_theme=heat_maps(given["profiles"], "theme", "actor", names),
            actor_axis=heat_maps(given["profiles"], "axis", "actor", names),
            some_city=bool((given["interviews"]["city"] != "").any()),
            axes=axis_definitions([axis for axis in axes if axis.key in used], voice.language),
            quality=quality_view(given["axis_scores"], names),
            comparisons=compared,
            method=method_view(given, study, names, manifest),
            files=_files(given),
            plotly=get_plotlyjs() if _has_charts(compared) else "",
        )
    )


def _has_charts(compared: Sequence[Comparison]) -> bool:
    places = [place for one in compared for place in (one.whole, *one.cities) if place]
    return any(block.figure for place in places for block in place.blocks)


def _files(given: Mapping[str, pd.DataFrame]) -> list[str]:
    """Tables that lie beside the page as CSV: those that have rows here, and what made them."""
    made = {"passage_themes": "themes", "passage_axes": "axis_scores"}
    return [name for name in (*NEEDED, *made) if len(given[made.get(name, name)])]


@functools.cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("textlien.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _brief(profiles: pd.DataFrame, compared: Sequence[Comparison], names: Names) -> list[str]:
    """Most present themes and axes of each wave, and how many changes are established."""
    voice = names.voice
    whole = profiles[(profiles["city"] == ALL) & (profiles["actor"] == ALL)]
    sentences = []
    for measure, key in (("theme", "brief_themes"), ("axis", "brief_axes")):
        for wave in names.waves(whole["wave"]):
            own = whole[(whole["measure"] == measure) & (whole["wave"] == wave)]
            first = own.sort_values("estimate", ascending=False, kind="stable").head(_IN_BRIEF)
            parts = [
                f"{names.item(measure, item)} ({voice.share(estimate)})"
                for item, estimate in zip(first["item"], first["estimate"], strict=True)
            ]
            if parts:
                sentences.append(voice.say(key, wave=names.wave(wave), list=voice.listed(parts)))
    for comparison in compared:
        if comparison.whole:
            sentences.append(_brief_change(comparison, comparison.whole, voice))
    return sentences


def _brief_change(comparison: Comparison, whole: Place, voice: Voice) -> str:
    established = sum(block.conclusive for block in whole.blocks)
    computed = sum(block.computed for block in whole.blocks)
    key = "brief_changes" if established else "brief_no_change"
    return voice.say(
        key if computed else "brief_not_computed",
        place=whole.name,
        left=comparison.left,
        right=comparison.right,
        n=voice.count(established),
        total=voice.count(computed),
    )


def _example(profiles: pd.DataFrame, voice: Voice) -> dict[str, str]:
    """A share of this very study with its interval, to explain intervals with."""
    with_interval = profiles[profiles["low"].notna() & profiles["high"].notna()]
    if not len(with_interval):
        return {}
    row = with_interval.sort_values("estimate", ascending=False, kind="stable").iloc[0]
    estimate, low, high = (float(row[key]) for key in ("estimate", "low", "high"))
    return {
        "example": f"{voice.share(estimate)} {voice.interval(low, high)}",
        "estimate": voice.share(estimate),
        "low": voice.share(low),
        "high": voice.share(high),
    }
