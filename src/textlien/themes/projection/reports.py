"""Problems of a projection: how far the corpus is from that of the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.study.options import TermsOptions, ThemesOptions
from textlien.tables import ALL
from textlien.themes.projection.alignment import Aligned
from textlien.themes.projection.saved import SavedThemes

LEAST_KNOWN = 0.5
"""Share of the occurrences of terms below which a corpus hardly speaks the words of a model."""

# Options of a fit, which a projection does not make.
_OF_THE_FIT = ("engine", "k", "iterations", "lda_passes", "refits", "file")

_MAIN = "words"
"""Measure by which a wave is said to be far: it weighs each word by what it tells about themes."""

_EXAMPLES = 10


def reports(
    saved: SavedThemes,
    aligned: Aligned,
    fit: pd.DataFrame,
    candidates: pd.DataFrame,
    options: ThemesOptions,
) -> list[Problem]:
    """Problems of a projection.

    Parameters
    ----------
    fit, candidates : tables ``theme_fit`` and ``theme_candidates``.
    options : of the study.
    """
    place = Location(option="themes.model")
    problems = list(_options_without_effect(options))
    if aligned.coverage < LEAST_KNOWN:
        problems.append(
            Problem.warning(
                "themes.few-terms-in-common", place, share=aligned.coverage, model=saved.version
            )
        )
    if aligned.strange:
        n, examples = len(aligned.strange), aligned.strange[:_EXAMPLES]
        problems.append(Problem.note("themes.strange-terms", place, n=n, examples=examples))
    learnt = fit[(fit["interview_id"] != ALL) & fit["learnt"]]["interview_id"].nunique()
    if learnt:
        problems.append(Problem.note("themes.interviews-learnt", place, n=learnt))
    problems += _distances(fit, place)
    n_new = int((candidates["verdict"] == "new").sum())
    if n_new:
        problems.append(Problem.warning("themes.candidates", place, n=n_new))
    return problems


def _options_without_effect(options: ThemesOptions) -> Iterator[Problem]:
    """Options that the study file sets, and that only a fit would need."""
    for name in _OF_THE_FIT:
        if name in options.model_fields_set:
            yield Problem.warning("themes.no-effect", Location(option=f"themes.{name}"))


def _distances(fit: pd.DataFrame, place: Location) -> Iterator[Problem]:
    """Tell of each wave if it is farther from the themes than interviews held out are."""
    rows = fit[(fit["interview_id"] == ALL) & (fit["measure"] == _MAIN) & ~fit["learnt"]]
    for row in rows.to_dict("records"):
        wave, estimate, expected = str(row["wave"]), row["estimate"], row["expected"]
        if row["verdict"] == "not computed":
            yield Problem.warning("themes.distance-not-computed", place, wave=wave)
            continue
        low, high = row["low"], row["high"]
        if row["verdict"] == "farther":
            yield Problem.warning(
                "themes.farther",
                place,
                wave=wave,
                share=estimate,
                expected=expected,
                low=low,
                high=high,
            )
        else:
            yield Problem.note(
                "themes.not-farther",
                place,
                wave=wave,
                share=estimate,
                expected=expected,
                low=low,
                high=high,
            )


def other_terms(
    saved: SavedThemes, options: TermsOptions, sources: Mapping[str, str]
) -> Iterator[Problem]:
    """Tell which options, lexicons or annotator made other terms than those of the model.

    Parameters
    ----------
    options : of the terms of the study.
    sources : as :class:`~textlien.themes.projection.saved.Origin` has them.
    """
    now, then = options.model_dump(mode="json"), saved.origin.terms
    for name in now:
        if name in then and now[name] != then[name]:
            yield Problem.warning(
                "themes.other-terms",
                Location(option=f"terms.{name}"),
                here=str(now[name]),
                there=str(then[name]),
            )
    for name in sorted({*sources, *saved.origin.sources}):
        if sources.get(name) != saved.origin.sources.get(name):
            yield Problem.warning("themes.other-source", Location(option="themes.model"), name=name)
