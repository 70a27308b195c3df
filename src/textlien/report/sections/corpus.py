"""Section « corpus »: key figures, interviews per cell, interviews left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from textlien.errors import Problem
from textlien.messages.translator import Translator
from textlien.report.labels import Labels


@dataclass(frozen=True, slots=True)
class Counts:
    """A table of counts with totals; an empty cell is printed as a dash.

    Attributes
    ----------
    columns : heads of the columns, total excluded.
    rows : head, one text per column, total.
    totals : of the columns, the grand total last.
    """

    columns: list[str]
    rows: list[tuple[str, list[str], str]]
    totals: list[str]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Content of the section.

    Attributes
    ----------
    figures : value and label of each key figure.
    fiction : banner, or "".
    problems : severity → problems, in the order of the run.
    """

    figures: list[tuple[str, str]]
    fiction: str
    by_city: Counts
    by_actor: Counts
    problems: dict[str, list[Problem]]
    n_interviews: int


def corpus_view(
    interviews: pd.DataFrame, passages: pd.DataFrame, labels: Labels, problems: Sequence[Problem]
) -> Corpus:
    """Describe the corpus.

    Parameters
    ----------
    interviews : table; only those ``included`` are counted.
    passages : table, of the included interviews.
    """
    included = interviews[interviews["included"]]
    translator = labels.translator
    return Corpus(
        _figures(included, len(passages), translator),
        _fiction(included, translator),
        _counts(included, "city", labels, labels.cities, labels.city),
        _counts(included, "actor", labels, labels.actors, labels.actor),
        {
            severity: [problem for problem in problems if problem.severity == severity]
            for severity in ("error", "warning", "note")
        },
        len(included),
    )


def _figures(
    included: pd.DataFrame, n_passages: int, translator: Translator
) -> list[tuple[str, str]]:
    """Value and label of each key figure."""
    text = translator.text
    figures = [
        (len(included), text("report.key-interviews")),
        (included.loc[included["city"] != "", "city"].nunique(), text("report.key-cities")),
        (included["wave"].nunique(), text("report.key-waves")),
        (n_passages, text("report.key-passages")),
        (int(included["n_words"].sum()), text("report.key-words")),
        (int(included["n_words_interviewer"].sum()), text("report.key-words-interviewer")),
    ]
    return [(translator.count(n), label) for n, label in figures]


def _fiction(included: pd.DataFrame, translator: Translator) -> str:
    """Banner of a corpus that is invented, wholly or in part; "" of a real one."""
    n, total = int(included["fictional"].sum()), len(included)
    if n == 0:
        return ""
    if n == total:
        return translator.text("report.fiction-all", n=n)
    return translator.text("report.fiction-some", n=n, total=total)


def _counts(
    included: pd.DataFrame,
    column: str,
    labels: Labels,
    order: Callable[[pd.Series], list[str]],
    label: Callable[[str], str],
) -> Counts:
    """Interviews by a column and wave, with totals."""
    waves = labels.waves(included["wave"])
    sizes = included.groupby([column, "wave"]).size().to_dict()
    none = labels.translator.text("report.none")

    def write(n: int) -> str:
        return labels.translator.count(n) if n else none

    rows = []
    for key in order(included[column]):
        cells = [int(sizes.get((key, wave), 0)) for wave in waves]
        rows.append((label(key), [write(n) for n in cells], write(sum(cells))))
    totals = [int((included["wave"] == wave).sum()) for wave in waves]
    return Counts(
        [labels.wave(wave) for wave in waves], rows, [write(n) for n in [*totals, sum(totals)]]
    )
