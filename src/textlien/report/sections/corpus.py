"""Section « corpus »: key figures, interviews per cell, what was left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from textlien.errors import Problem
from textlien.report.names import Names
from textlien.report.voice import Voice


@dataclass(frozen=True, slots=True)
class Counts:
    """A table of counts with totals; an empty cell is printed as a dash.

    Attributes
    ----------
    columns : heads of the columns, total excluded.
    rows : head, one text a column, total.
    totals : of the columns, the grand total last.
    """

    columns: list[str]
    rows: list[tuple[str, list[str], str]]
    totals: list[str]


@dataclass(frozen=True, slots=True)
class Corpus:
    """What the section shows.

    Attributes
    ----------
    figures : value and label of each key figure.
    fiction : banner, or "".
    problems : severity → problems, in the order they were found.
    """

    figures: list[tuple[str, str]]
    fiction: str
    by_city: Counts
    by_actor: Counts
    problems: dict[str, list[Problem]]
    n_interviews: int


def corpus_view(
    interviews: pd.DataFrame, passages: pd.DataFrame, names: Names, problems: Sequence[Problem]
) -> Corpus:
    """Describe the corpus.

    Parameters
    ----------
    interviews : table; only those ``included`` are counted.
    passages : table, of the included interviews.
    """
    kept = interviews[interviews["included"]]
    voice = names.voice
    figures = [
        (len(kept), "key_interviews"),
        (kept.loc[kept["city"] != "", "city"].nunique(), "key_cities"),
        (kept["wave"].nunique(), "key_waves"),
        (len(passages), "key_passages"),
        (int(kept["n_words"].sum()), "key_words"),
        (int(kept["n_words_interviewer"].sum()), "key_words_interviewer"),
    ]
    return Corpus(
        [(voice.count(n), voice.say(key)) for n, key in figures],
        _fiction(kept, voice),
        _counts(kept, "city", names, names.cities, names.city),
        _counts(kept, "actor", names, names.actors, names.actor),
        {
            severity: [problem for problem in problems if problem.severity == severity]
            for severity in ("error", "warning", "note")
        },
        len(kept),
    )


def _fiction(kept: pd.DataFrame, voice: Voice) -> str:
    n, total = int(kept["fictional"].sum()), len(kept)
    if n == 0:
        return ""
    key = "fiction_all" if n == total else "fiction_some"
    return voice.say(key, n=voice.count(n), total=voice.count(total))


def _counts(
    kept: pd.DataFrame,
    column: str,
    names: Names,
    order: Callable[[pd.Series], list[str]],
    label: Callable[[str], str],
) -> Counts:
    waves = names.waves(kept["wave"])
    found = kept.groupby([column, "wave"]).size().to_dict()
    keys = order(kept[column])
    shown = {0: names.voice.say("none")}

    def write(n: int) -> str:
        return shown.get(n, names.voice.count(n))

    rows = []
    for key in keys:
        cells = [int(found.get((key, wave), 0)) for wave in waves]
        rows.append((label(key), [write(n) for n in cells], write(sum(cells))))
    totals = [int((kept["wave"] == wave).sum()) for wave in waves]
    return Counts(
        [names.wave(wave) for wave in waves], rows, [write(n) for n in [*totals, sum(totals)]]
    )
