"""Section « thèmes »: one card per theme, with the evidence to judge it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from textlien.messages.translator import Translator
from textlien.messages.typography import set_french_spaces
from textlien.report.labels import Labels
from textlien.report.sections.crosses import notable_crosses, source_warnings
from textlien.tables import ALL

STRONG = 0.15
WEAK = 0.0
"""NPMI from which a theme is called coherent, and under which it is called doubtful: 0 is what
words that meet by chance have. Reading aids, not tests."""

_WORDS = 12
_DISTINCTIVE = 8
_VERBATIMS = 5


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A passage in its own words, with the question it answers and who spoke.

    Attributes
    ----------
    before, after : the rest of an answer that was cut, "" where there is none.
    """

    text: str
    before: str
    after: str
    question: str
    source: str
    interview: str
    share: str


@dataclass(frozen=True, slots=True)
class Card:
    """One theme.

    Attributes
    ----------
    aside : True for a theme that the researcher has set aside: it has no share.
    shares : wave, share and interval.
    coherence : in words; ``npmi`` is the number behind it.
    stability : in words; ``returns`` has the numbers behind it, and is empty where there are none.
    source : that most of the theme is one interview or one person, or "".
    more, less : where the theme is more present than expected, and where less.
    words : word and its weight relative to the first one, in %.
    """

    number: int
    label: str
    aside: bool
    shares: list[tuple[str, str, str]]
    coherence: str
    coherence_level: str
    npmi: str
    stability: str
    stability_level: str
    returns: str
    source: str
    more: list[str]
    less: list[str]
    words: list[tuple[str, int]]
    distinctive: list[str]
    verbatims: list[Verbatim]


def theme_cards(tables: Mapping[str, pd.DataFrame], labels: Labels) -> list[Card]:
    """Cards of all themes, in the order of table ``themes``.

    Parameters
    ----------
    tables : themes, theme_terms, theme_exemplars, theme_crosses, theme_sources, terms, passages,
        interviews, profiles.
    """
    forms = dict(zip(tables["terms"]["term"], tables["terms"]["form"], strict=True))
    terms = dict(list(tables["theme_terms"].groupby("theme")))
    verbatims = _verbatims(tables, labels)
    shares = shares_by_item(tables["profiles"], labels)
    crosses = notable_crosses(tables["theme_crosses"], labels)
    sources = source_warnings(tables["theme_sources"], labels)
    empty = tables["theme_terms"].iloc[:0]
    cards = []
    for row in tables["themes"].to_dict("records"):
        terms_of_theme = terms.get(row["theme"], empty)
        level = coherence_level(row["npmi"])
        cards.append(
            Card(
                row["theme"],
                row["label"],
                row["aside"],
                shares.get(str(row["theme"]), []),
                labels.translator.text(f"report.coherence-{level}"),
                level,
                labels.translator.decimal(row["npmi"], 2),
                *_stability(row, labels.translator),
                sources.get(row["theme"], ""),
                *crosses.get(row["theme"], ([], [])),
                _weighted(terms_of_theme, forms),
                _most_distinctive(terms_of_theme, forms),
                verbatims.get(row["theme"], []),
            )
        )
    return cards


def _stability(row: dict[Any, Any], translator: Translator) -> tuple[str, str, str]:
    """Stability of a theme in words, its level (``strong``, ``weak``, ``none``), the numbers."""
    if math.isnan(row["stability"]):
        return translator.text("report.stability-none"), "none", ""
    numbers = translator.text(
        "report.stability-title",
        stability=translator.decimal(row["stability"], 2),
        returns=translator.share(row["returns"], digits=0),
    )
    if row["fragile"]:
        return translator.text("report.stability-fragile"), "weak", numbers
    return translator.text("report.stability-stable"), "strong", numbers


def coherence_level(npmi: float) -> str:
    """``strong``, ``medium``, ``weak`` or, for NaN, ``none``: of the number as printed."""
    if math.isnan(npmi):
        return "none"
    printed = round(npmi, 2)
    if printed >= STRONG:
        return "strong"
    return "medium" if printed >= WEAK else "weak"


def _weighted(terms: pd.DataFrame, forms: Mapping[str, str]) -> list[tuple[str, int]]:
    """The words of most weight, each with its weight in % of the first."""
    first = terms.sort_values("rank").head(_WORDS)
    top = float(first["weight"].max()) if len(first) else 0.0
    return [
        (forms.get(term, term), round(100 * weight / top) if top else 0)
        for term, weight in zip(first["term"], first["weight"], strict=True)
    ]


def _most_distinctive(terms: pd.DataFrame, forms: Mapping[str, str]) -> list[str]:
    """The words that come first by FREX."""
    first = terms.sort_values(["frex", "rank"], ascending=[False, True]).head(_DISTINCTIVE)
    return [forms.get(term, term) for term in first["term"]]


def shares_by_item(profiles: pd.DataFrame, labels: Labels) -> dict[str, list[tuple[str, str, str]]]:
    """Item → wave, share and interval of each wave, all cities and actors together."""
    whole = profiles[
        (profiles["measure"] == "theme") & (profiles["city"] == ALL) & (profiles["actor"] == ALL)
    ]
    rows = {(row["wave"], row["item"]): row for row in whole.to_dict("records")}
    result: dict[str, list[tuple[str, str, str]]] = {}
    for wave in labels.waves(whole["wave"]):
        for item in dict.fromkeys(whole["item"]):
            if (wave, item) in rows:
                result.setdefault(item, []).append(
                    _share(rows[wave, item], labels.wave(wave), labels.translator)
                )
    return result


def _share(row: dict[Any, Any], wave: str, translator: Translator) -> tuple[str, str, str]:
    """Wave, share and interval as printed."""
    bare = math.isnan(row["low"]) or math.isnan(row["high"])
    interval = (
        translator.text("report.no-interval")
        if bare
        else translator.interval(row["low"], row["high"])
    )
    return wave, translator.share(row["estimate"]), interval


def _verbatims(tables: Mapping[str, pd.DataFrame], labels: Labels) -> dict[int, list[Verbatim]]:
    """Theme → its most typical passages, with who spoke."""
    joined = (
        tables["theme_exemplars"]
        .query("rank <= @_VERBATIMS", local_dict={"_VERBATIMS": _VERBATIMS})
        .merge(tables["passages"], on="passage_id")
        .merge(tables["interviews"], on="interview_id")
        .sort_values(["theme", "rank"])
    )
    result: dict[int, list[Verbatim]] = {}
    rest = _rest_of_answers(tables["passages"], set(joined["passage_id"]))
    for row in joined.to_dict("records"):
        source = labels.place(row["city"], row["wave"], row["actor"])
        share = labels.translator.text(
            "report.passage-share", share=labels.translator.share(row["share"], digits=0)
        )
        result.setdefault(row["theme"], []).append(
            Verbatim(
                set_french_spaces(row["text"]),
                *rest[row["passage_id"]],
                set_french_spaces(row["question"]),
                source,
                row["interview_id"],
                share,
            )
        )
    return result


def _rest_of_answers(passages: pd.DataFrame, cited: set[str]) -> dict[str, tuple[str, str]]:
    """Passage → what stands before it and after it in the same answer.

    Passages that follow each other in an interview, by the same speaker and to the same question,
    are one answer.
    """
    keys = ["interview_id", "speaker", "question"]
    new = (passages[keys] != passages[keys].shift()).any(axis=1)
    answers = new.cumsum()
    wanted = answers[passages["passage_id"].isin(cited)]
    result = {}
    for _, answer in passages[answers.isin(wanted)].groupby(answers, sort=False):
        texts = [set_french_spaces(text) for text in answer["text"]]
        for place, passage in enumerate(answer["passage_id"]):
            result[passage] = (" ".join(texts[:place]), " ".join(texts[place + 1 :]))
    return result
