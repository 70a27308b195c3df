"""Table ``theme_crosses``: where each theme is more present, and where less."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from textlien import tables
from textlien.arrays import Floats, Integers
from textlien.estimation.intervals import adjust_by, verdict
from textlien.estimation.permutations import Series, permute_labels, shift_labels
from textlien.estimation.sums import InterviewSums
from textlien.files.digests import digest
from textlien.study.options import ProfilesOptions
from textlien.tables import OUTSIDE

REVISION = 1
"""Raised when the same input gives other crosses."""

VARIABLES = ("wave", "city", "actor")
QUESTION = "question"

# A variable of one value tells nothing apart.
_FEWEST_VALUES = 2


class _Unit(NamedTuple):
    """A person in one value of a variable: the shares of the themes in her interviews there."""

    person: str
    value: str
    shares: Floats
    n_interviews: int


def cross_variable(
    sums: InterviewSums, variable: str, options: ProfilesOptions, seed: int
) -> pd.DataFrame:
    """Cross themes with a variable of interviews.

    Parameters
    ----------
    sums : of the themes.
    variable : ``wave``, ``city`` or ``actor``.
    options : level of verdicts, and the fewest interviews for a test.
    seed : of the permutations.

    Returns
    -------
    Rows of table ``theme_crosses``; none where the variable has a single value.

    Notes
    -----
    A unit is a person in one value of the variable: her interviews there are put together. Cities
    and actors are permuted between units of the same waves, waves between those of the same city,
    or within the person where she was interviewed in several.
    """
    sums = sums.without(OUTSIDE)
    units = _units(sums, list(sums.interviews[variable]))
    sizes = Counter(unit.value for unit in units if unit.value)
    if len(sizes) < _FEWEST_VALUES or not sums.items:
        return tables.make("theme_crosses", [])
    tested = [value for value in sizes if sizes[value] >= options.min_interviews]
    generator = np.random.default_rng([seed, int(digest("crosses", variable), 16)])
    strata = _strata(sums.interviews, units, variable)
    figures = _figures(units, tested, strata, generator)
    rows: list[dict[str, object]] = []
    for value in sizes:
        here = [unit for unit in units if unit.value == value]
        mean = np.mean([unit.shares for unit in here], axis=0)
        n_interviews = sum(unit.n_interviews for unit in here)
        tests = figures.get(value, _no_test(len(sums.items)))
        rows += _rows(variable, value, n_interviews, sums.items, mean, *tests)
    return _judged(rows, options.level)


def cross_questions(
    interviews: pd.DataFrame,
    passages: pd.DataFrame,
    values: pd.DataFrame,
    questions: pd.Series,
    options: ProfilesOptions,
    seed: int,
) -> pd.DataFrame:
    """Cross themes with the questions that passages answer.

    Parameters
    ----------
    interviews, passages : tables.
    values : passages × themes, of :func:`~textlien.estimation.sums.theme_values`.
    questions : question of each passage, by passage; "" for none that is crossed.
    options : weight of passages, level of verdicts, and the fewest interviews for a test.
    seed : of the shifts.

    Returns
    -------
    Rows of table ``theme_crosses``.

    Notes
    -----
    Each interview is compared with itself: share of the theme in the answers to the question,
    against as long a stretch anywhere in it. So a question has no theme because those who were
    asked it speak of that theme all along.
    """
    themes = values.drop(columns=OUTSIDE)
    asked = questions.reindex(passages["passage_id"]).fillna("").to_numpy()
    rows: list[dict[str, object]] = []
    speech = _series(interviews, passages, themes, asked, options.weight)
    for question in sorted(set(asked) - {""}):
        series = [
            Series(shares, weights, labels)
            for shares, weights, questions_there in speech
            for labels in [(questions_there == question).astype("float64")]
            if labels.any()
        ]
        if not series:
            continue
        generator = np.random.default_rng([seed, int(digest("crosses", QUESTION, question), 16)])
        figures: Sequence[Floats] = _no_test(themes.shape[1])
        if len(series) >= options.min_interviews:
            figures = shift_labels(series, generator)
        mean = np.mean([each.share for each in series], axis=0)
        items = [str(item) for item in themes.columns]
        rows += _rows(QUESTION, question, len(series), items, mean, *figures)
    return _judged(rows, options.level)


def without_verdict_on(crosses: pd.DataFrame, fragile: pd.Series) -> pd.DataFrame:
    """Table ``theme_crosses`` in which no fragile theme has a direction.

    Parameters
    ----------
    crosses : table.
    fragile : numbers of the themes that other interviews would not have given.
    """
    unsure = crosses["theme"].isin(fragile) & crosses["verdict"].isin(["more", "less"])
    return crosses.assign(verdict=crosses["verdict"].mask(unsure, "fragile"))


def _series(
    interviews: pd.DataFrame,
    passages: pd.DataFrame,
    themes: pd.DataFrame,
    asked: NDArray[np.object_],
    weight: str,
) -> list[tuple[Floats, Floats, NDArray[np.object_]]]:
    """Shares, weights and questions of the passages of each interview."""
    shares = themes.reindex(passages["passage_id"]).to_numpy(dtype="float64")
    words = passages["n_words"].to_numpy(dtype="float64")
    # Within an interview, passages that make it weigh one count alike.
    weights = words if weight == "words" else np.ones(len(passages))
    members = passages.groupby("interview_id", sort=False).indices
    included = [members[name] for name in interviews["interview_id"] if name in members]
    return [(shares[rows], weights[rows], asked[rows]) for rows in included]


def _units(sums: InterviewSums, values: Sequence[str]) -> list[_Unit]:
    """Persons in each value of a variable, in order.

    Parameters
    ----------
    values : of the variable, one an interview.
    """
    members: dict[tuple[str, str], list[int]] = {}
    for row, key in enumerate(zip(sums.interviews["cluster"], values, strict=True)):
        members.setdefault(key, []).append(row)
    return [
        _Unit(
            person,
            value,
            sums.numerators[rows].sum(axis=0) / sums.denominators[rows].sum(),
            len(rows),
        )
        for (person, value), rows in sorted(members.items())
    ]


def _strata(interviews: pd.DataFrame, units: Sequence[_Unit], variable: str) -> Integers:
    """Stratum of each unit: units of the same one may change places."""
    waves: dict[str, set[str]] = {}
    cities: dict[tuple[str, str], str] = {}
    waves_there: dict[tuple[str, str], set[str]] = {}
    for row in interviews.to_dict("records"):
        unit = (row["cluster"], row[variable])
        waves.setdefault(row["cluster"], set()).add(row["wave"])
        waves_there.setdefault(unit, set()).add(row["wave"])
        cities.setdefault(unit, row["city"])
    if variable == "wave":
        names = [
            "\n".join([cities[unit.person, unit.value], unit.person if again else ""])
            for unit in units
            for again in [len(waves[unit.person]) > 1]
        ]
    else:
        names = ["\n".join(sorted(waves_there[unit.person, unit.value])) for unit in units]
    return np.asarray(pd.factorize(np.array(names, dtype=object))[0], dtype=np.int64)


def _figures(
    units: Sequence[_Unit],
    tested: Sequence[str],
    strata: Integers,
    generator: np.random.Generator,
) -> dict[str, list[Floats]]:
    """Expected share, chi² and p of each value that is tested."""
    numbers = {value: number for number, value in enumerate(tested)}
    shares = np.array([unit.shares for unit in units])
    groups = np.array([numbers.get(unit.value, -1) for unit in units], dtype=np.int64)
    association = permute_labels(shares, groups, strata, generator)
    return {value: [part[number] for part in association] for value, number in numbers.items()}


def _no_test(n_items: int) -> list[Floats]:
    """Expected share, chi² and p of each item where there is no test."""
    return [np.full(n_items, np.nan)] * 3


def _rows(
    variable: str,
    value: str,
    n_interviews: int,
    themes: Sequence[str],
    *columns: Floats,
) -> list[dict[str, object]]:
    """Rows of one value; columns are mean and expected share, chi² and p."""
    names = ("observed_share", "expected_share", "chi2", "p")
    return [
        {
            "variable": variable,
            "value": value,
            "theme": int(theme),
            "n_interviews": n_interviews,
            **dict(zip(names, figures, strict=True)),
        }
        for theme, *figures in zip(themes, *columns, strict=True)
    ]


def _judged(rows: list[dict[str, object]], level: float) -> pd.DataFrame:
    """Table ``theme_crosses`` of one variable, p adjusted for all its tests, with verdicts."""
    table = pd.DataFrame(rows, columns=tables.columns("theme_crosses"))
    for share in ("observed_share", "expected_share"):
        table[share] = table[share].astype("float64").clip(0, 1)
    table["p_adjusted"] = adjust_by(table["p"].astype("float64"))
    table["verdict"] = [
        verdict(chi2, p, level, ("more", "less"))
        for chi2, p in zip(table["chi2"], table["p_adjusted"], strict=True)
    ]
    return tables.make("theme_crosses", table)
