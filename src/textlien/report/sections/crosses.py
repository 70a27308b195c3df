"""Parts of the section « thèmes »: where a theme is more present, its sources, what is in none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from textlien.messages.typography import set_french_spaces
from textlien.report.labels import Labels
from textlien.tables import OUTSIDE
from textlien.themes.coverage import counts_by_reason

_MOST = 4
"""Crosses of a theme that are printed in each direction; the table has them all."""

_LONGEST_QUESTION = 110
"""Characters of a question that are printed."""


@dataclass(frozen=True, slots=True)
class Outside:
    """Speech outside of all themes.

    Attributes
    ----------
    shares : wave, share and interval, as on the cards.
    passages : how many passages have no theme, in words; "" where all have one.
    reasons : why, each with its number of passages.
    """

    shares: list[tuple[str, str, str]]
    passages: str
    reasons: list[str]


def outside_view(
    tables: Mapping[str, pd.DataFrame],
    shares: Mapping[str, list[tuple[str, str, str]]],
    labels: Labels,
) -> Outside:
    """Describe what is in no theme.

    Parameters
    ----------
    tables : passages, passages_without_theme.
    shares : wave, share and interval by item.
    """
    without = tables["passages_without_theme"]
    n, total = len(without), len(tables["passages"])
    translator = labels.translator
    text = (
        translator.text("report.outside-passages", n=n, total=total, share=n / total) if n else ""
    )
    reasons = [translator.message(reason) for reason in counts_by_reason(without)]
    return Outside(shares.get(OUTSIDE, []), text, reasons)


def notable_crosses(
    crosses: pd.DataFrame, labels: Labels
) -> dict[int, tuple[list[str], list[str]]]:
    """Theme → where it is more present, and where less, in words: the clearest first.

    Parameters
    ----------
    crosses : table ``theme_crosses``.
    """
    result: dict[int, tuple[list[str], list[str]]] = {}
    order = crosses["chi2"].abs().sort_values(ascending=False, kind="stable").index
    for row in crosses.loc[order].to_dict("records"):
        if row["verdict"] in ("more", "less"):
            sides = result.setdefault(int(row["theme"]), ([], []))
            sides[row["verdict"] == "less"].append(_cross(row, labels))
    return {theme: (more[:_MOST], less[:_MOST]) for theme, (more, less) in result.items()}


def source_warnings(sources: pd.DataFrame, labels: Labels) -> dict[int, str]:
    """Theme → that most of it comes from one interview, or one person.

    Parameters
    ----------
    sources : table ``theme_sources``.
    """
    text = labels.translator.text
    result = {}
    for row in sources.to_dict("records"):
        if row["carried_by"] == "interview":
            result[int(row["theme"])] = text(
                "report.one-interview",
                share=labels.translator.share(row["interview_share"], digits=0),
            )
        if row["carried_by"] == "speaker":
            result[int(row["theme"])] = text(
                "report.one-speaker", share=labels.translator.share(row["speaker_share"], digits=0)
            )
    return result


def _cross(row: dict[Any, Any], labels: Labels) -> str:
    """One cross in words: « Bordeaux : 12,3 % au lieu de 5,1 % (8 entretiens) »."""
    translator = labels.translator
    return translator.text(
        "report.cross",
        value=_value(row["variable"], row["value"], labels),
        observed=translator.share(row["observed_share"]),
        expected=translator.share(row["expected_share"]),
        interviews=translator.text("report.interviews", n=int(row["n_interviews"])),
    )


def _value(variable: str, value: str, labels: Labels) -> str:
    """A value of a variable as printed."""
    if variable == "city":
        return labels.city(value)
    if variable == "actor":
        return labels.actor(value)
    if variable == "wave":
        return labels.translator.text("report.cross-wave", wave=labels.wave(value))
    question = " ".join(value.split())
    if len(question) > _LONGEST_QUESTION:
        question = question[:_LONGEST_QUESTION].rsplit(" ", 1)[0] + "…"
    return labels.translator.quoted(set_french_spaces(question))
