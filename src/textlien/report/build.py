"""Assembly of the report: views of the tables, in one self-contained page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from plotly.offline import get_plotlyjs

from textlien import tables as schemas
from textlien.errors import Problem
from textlien.messages.translator import Translator
from textlien.report.labels import Axis, Labels, labels_of
from textlien.report.policy import Looks, content_security_policy, injected_styles
from textlien.report.sections.axis_words import axis_words_view
from textlien.report.sections.cards import shares_by_item, theme_cards
from textlien.report.sections.change import Comparison, ComparisonPlace, comparisons
from textlien.report.sections.corpus import corpus_view
from textlien.report.sections.crosses import outside_view
from textlien.report.sections.distance import FarPlaces, far_places
from textlien.report.sections.heat import heat_maps
from textlien.report.sections.method import axis_definitions, method_view
from textlien.report.sections.quality import quality_view
from textlien.report.templating import environment
from textlien.study.options import Study
from textlien.tables import ALL, OUTSIDE

NEEDED = (
    "interviews",
    "passages",
    "terms",
    "themes",
    "theme_terms",
    "theme_exemplars",
    "theme_crosses",
    "theme_sources",
    "passages_without_theme",
    "profiles",
    "contrasts",
    "axis_scores",
    "axis_distance",
    "axis_words",
    "axis_parts",
    "passage_words",
    "passage_axes",
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
    problems : all problems of the run, rendered in the language of the report.
    manifest : of the run; its ``libraries`` and the keys of its ``stages`` are shown.

    Returns
    -------
    One HTML page without any reference to the network; the same inputs give the same text.
    """
    complete = _complete(tables, study.profiles.weight)
    translator = Translator(study.report.language)
    labels = labels_of(translator, study, complete["themes"], axes)
    far = far_places(complete["axis_distance"], labels)
    compared = comparisons(complete["contrasts"], far)
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            t=translator,
            looks=Looks(),
            policy=content_security_policy,
            injected=injected_styles,
            title=study.study.title or study.name,
            study=study,
            level=translator.share(study.profiles.level, digits=0),
            alpha=translator.decimal(1 - study.profiles.level, 2),
            corpus=corpus_view(complete["interviews"], complete["passages"], labels, problems),
            brief=_brief(complete["profiles"], compared, labels, far),
            weight=translator.text(f"report.weight-{study.profiles.weight}"),
            interval_example=_interval_example(complete["profiles"], study, translator),
            some_city=bool((complete["interviews"]["city"] != "").any()),
            quality=quality_view(complete["axis_scores"], labels),
            axis_words=axis_words_view(complete, labels),
            comparisons=compared,
            method=method_view(complete, study, labels, manifest),
            files=_files(complete, translator),
            plotly=get_plotlyjs() if _has_charts(compared) else "",
            **_theme_views(complete, labels),
            **_profile_views(complete["profiles"], axes, labels, far),
        )
    )


def _complete(tables: Mapping[str, pd.DataFrame], weight: str) -> dict[str, pd.DataFrame]:
    """All tables that are needed, empty where not made; profiles of one weight."""
    complete = {name: tables.get(name, schemas.make(name, [])) for name in NEEDED}
    profiles = complete["profiles"]
    return complete | {"profiles": profiles[profiles["weight"] == weight]}


def _theme_views(complete: Mapping[str, pd.DataFrame], labels: Labels) -> dict[str, object]:
    """Cards of themes, and what is in none."""
    return {
        "cards": theme_cards(complete, labels),
        "outside": outside_view(complete, shares_by_item(complete["profiles"], labels), labels),
    }


def _profile_views(
    profiles: pd.DataFrame, axes: Sequence[Axis], labels: Labels, far: FarPlaces
) -> dict[str, object]:
    """Heat maps of cities and actors, and the definitions of the axes that they show."""
    of_axes = profiles[profiles["measure"] == "axis"]
    bases, present = set(of_axes["basis"]), set(of_axes["item"])
    grounds = [basis for basis in ("uncorrected", "corrected", "coded") if basis in bases]
    return {
        "ground": labels.translator.text(f"report.axes-ground-{grounds[0]}") if grounds else "",
        "uncorrected": "uncorrected" in bases,
        "city_theme": heat_maps(profiles, "theme", "city", labels),
        "city_axis": heat_maps(profiles, "axis", "city", labels, far),
        "actor_theme": heat_maps(profiles, "theme", "actor", labels),
        "actor_axis": heat_maps(profiles, "axis", "actor", labels, far),
        "axes": axis_definitions(
            [axis for axis in axes if axis.key in present], labels.translator.language
        ),
    }


def _has_charts(compared: Sequence[Comparison]) -> bool:
    """True when some comparison has an interval to draw."""
    places = [
        place
        for comparison in compared
        for place in (comparison.whole, *comparison.cities)
        if place is not None
    ]
    return any(block.figure for place in places for block in place.blocks)


def _files(complete: Mapping[str, pd.DataFrame], translator: Translator) -> list[tuple[str, str]]:
    """Tables beside the page that have rows, with a description of each."""
    sources = {
        "passage_themes": "themes",
        "passage_questions": "theme_crosses",
    }
    return [
        (name, translator.text(f"report.table-{name.replace('_', '-')}"))
        for name in (*NEEDED, *sources)
        if len(complete[sources.get(name, name)])
    ]


def _brief(
    profiles: pd.DataFrame, compared: Sequence[Comparison], labels: Labels, far: FarPlaces
) -> list[str]:
    """Most present themes and axes of each wave, and how many changes are established."""
    whole = profiles[(profiles["city"] == ALL) & (profiles["actor"] == ALL)]
    sentences = []
    for wave, ranking in _rankings(whole, "theme", labels):
        sentences.append(labels.translator.text("report.brief-themes", wave=wave, list=ranking))
    sentences += _brief_outside(whole[whole["item"] == OUTSIDE], labels)
    for wave, ranking in _rankings(whole, "axis", labels):
        sentences.append(labels.translator.text(_brief_axes(whole), wave=wave, list=ranking))
    sentences += filter(None, [far.in_all()])
    sentences += [
        _brief_change(comparison, comparison.whole, labels.translator)
        for comparison in compared
        if comparison.whole is not None
    ]
    return sentences


def _brief_axes(whole: pd.DataFrame) -> str:
    """Identifier of the sentence on axes: it says where shares are a model's alone."""
    alone = (whole.loc[whole["measure"] == "axis", "basis"] == "uncorrected").any()
    return "report.brief-axes-uncorrected" if alone else "report.brief-axes"


def _brief_outside(outside: pd.DataFrame, labels: Labels) -> Iterator[str]:
    """One sentence for each wave: the share of it that is outside of all themes."""
    shares = dict(zip(outside["wave"], outside["estimate"], strict=True))
    for wave in labels.waves(outside["wave"]):
        share = labels.translator.share(shares[wave])
        yield labels.translator.text("report.brief-outside", wave=labels.wave(wave), share=share)


def _rankings(whole: pd.DataFrame, measure: str, labels: Labels) -> Iterator[tuple[str, str]]:
    """Each wave with its most present items and their shares."""
    translator = labels.translator
    for wave in labels.waves(whole["wave"]):
        shares = whole[(whole["measure"] == measure) & (whole["wave"] == wave)]
        shares = shares[shares["item"] != OUTSIDE]
        top = shares.sort_values("estimate", ascending=False, kind="stable").head(_IN_BRIEF)
        parts = [
            f"{labels.item(measure, item)} ({translator.share(estimate)})"
            for item, estimate in zip(top["item"], top["estimate"], strict=True)
        ]
        if parts:
            yield labels.wave(wave), translator.listed(parts)


def _brief_change(comparison: Comparison, whole: ComparisonPlace, translator: Translator) -> str:
    """One sentence: of the changes examined, how many are established."""
    established = sum(block.conclusive for block in whole.blocks)
    computed = sum(block.computed for block in whole.blocks)
    place = {"place": whole.name, "left": comparison.left, "right": comparison.right}
    if not computed:
        return translator.text("report.brief-not-computed", **place)
    if not established:
        return translator.text("report.brief-no-change", **place, total=computed)
    return translator.text("report.brief-changes", **place, n=established, total=computed)


def _interval_example(profiles: pd.DataFrame, study: Study, translator: Translator) -> str:
    """Explain intervals with the greatest share of this study that has one; "" without any."""
    with_interval = profiles[profiles["low"].notna() & profiles["high"].notna()]
    with_interval = with_interval[with_interval["item"] != OUTSIDE]
    if not len(with_interval):
        return ""
    row = with_interval.sort_values("estimate", ascending=False, kind="stable").iloc[0]
    estimate, low, high = (float(row[key]) for key in ("estimate", "low", "high"))
    return translator.text(
        "report.how-interval-text",
        example=f"{translator.share(estimate)} {translator.interval(low, high)}",
        estimate=translator.share(estimate),
        low=translator.share(low),
        high=translator.share(high),
        level=translator.share(study.profiles.level, digits=0),
    )
