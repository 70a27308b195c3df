"""Page of a range of k: what is recommended, six small charts, the table, how to read it.

Charts are drawn here as SVG, without any script: each value is printed beside its point.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from textlien.arrays import Floats
from textlien.exchange.readable import heading
from textlien.messages.message import Message
from textlien.messages.translator import Translator
from textlien.report.policy import Looks, content_security_policy
from textlien.report.templating import environment

_ERRORS = {"returning": "returning_se", "gain": "gain_se"}
"""Columns that have a standard error, and the column of it."""

_CHARTS = ("n_themes", "returning", "gain", "npmi", "diversity", "coverage")

# Sizes in pixels of a chart: margins, room for a printed value, height of the plot.
_LEFT, _STEP, _TOP, _HEIGHT, _BOTTOM = 28, 40, 26, 84, 26

_LEAST_SPAN = {"n_themes": 2.0, "gain": 0.01}
"""Difference that fills a chart at least, so that a chart does not make much of nothing."""

_LEAST_SPAN_OF_SHARES = 0.1

_COUNTS = {"k", "n_themes", "n_fragile"}
_PERCENT = {"returning", "coverage"}


@dataclass(frozen=True, slots=True)
class Point:
    """A k in a chart; ``y``, ``low`` and ``high`` are None where nothing was measured."""

    k: str
    value: str
    x: int
    y: float | None
    low: float | None
    high: float | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A measure by k.

    Attributes
    ----------
    key : name of the measure.
    title : heading of its column.
    description : all values in words, for readers who do not see the chart.
    points : of each k.
    line : coordinates of the line through the points.
    width, height : in pixels.
    """

    key: str
    title: str
    description: str
    points: tuple[Point, ...]
    line: str
    width: int
    height: int


def k_page(
    table: pd.DataFrame,
    advice: Sequence[Sequence[Message]],
    *,
    chosen: int | None,
    draws: int,
    title: str,
    translator: Translator,
) -> str:
    """Make the page of a range.

    Parameters
    ----------
    table : of :func:`textlien.themes.k_range.compare.range_table`.
    advice : paragraphs of sentences.
    chosen : row of the k that is recommended, None for none.
    draws : number of draws of interviews.
    title : of the study.

    Returns
    -------
    One HTML page without script or reference to the network.
    """
    return (
        environment()
        .get_template("k_range.html.j2")
        .render(
            t=translator,
            looks=Looks(),
            policy=content_security_policy,
            title=title,
            ks=table["k"].tolist(),
            advice=[" ".join(map(translator.message, sentences)) for sentences in advice],
            charts=[_chart(table, name, chosen, translator) for name in _CHARTS],
            cells=range_cells(table, translator),
            chosen=chosen,
            columns=column_notes(table, translator),
            draws=draws,
        )
    )


def range_cells(table: pd.DataFrame, translator: Translator) -> pd.DataFrame:
    """Write the table of a range as it is printed: headings and numbers in a language.

    Standard errors stand behind what they are the errors of.
    """
    columns = {
        heading(name, translator): [
            cell if error is None else f"{cell}{error}"
            for cell, error in zip(
                _cells(table[name], name, translator), _errors(table, name, translator), strict=True
            )
        ]
        for name in table.columns
        if name not in _ERRORS.values()
    }
    return pd.DataFrame(columns)


def column_notes(table: pd.DataFrame, translator: Translator) -> list[tuple[str, str]]:
    """Heading of each column of the printed table, and what it holds."""
    return [
        (heading(name, translator), translator.text(f"k_range.about-{name.replace('_', '-')}"))
        for name in table.columns
        if name not in _ERRORS.values()
    ]


def _cells(values: pd.Series, name: str, translator: Translator) -> list[str]:
    """Values of a column as they are printed; a dash for what was not measured."""
    if name in _COUNTS:
        return ["—" if pd.isna(value) else translator.count(int(value)) for value in values]
    if name in _PERCENT:
        return ["—" if math.isnan(v) else translator.share(v, digits=0) for v in values]
    return [translator.decimal(value, 3 if name == "gain" else 2) for value in values]


def _errors(table: pd.DataFrame, name: str, translator: Translator) -> list[str | None]:
    """« ± error » for each row of a column that has errors."""
    if name not in _ERRORS:
        return [None] * len(table)
    errors = table[_ERRORS[name]]
    scale, digits = (100, 0) if name in _PERCENT else (1, 3)
    return [
        None if math.isnan(error) else f" ± {translator.decimal(scale * error, digits)}"
        for error in errors
    ]


def _chart(table: pd.DataFrame, name: str, chosen: int | None, translator: Translator) -> Chart:
    """The chart of one measure."""
    values = table[name].to_numpy(dtype="float64")
    errors = np.zeros(len(values))
    if name in _ERRORS:
        errors = np.nan_to_num(table[_ERRORS[name]].to_numpy(dtype="float64"))
    y, low, high = _heights(values, errors, _LEAST_SPAN.get(name, _LEAST_SPAN_OF_SHARES))
    printed = _cells(table[name], name, translator)
    ks = [translator.decimal(k, 0) for k in table["k"]]
    points = tuple(
        Point(
            k,
            text,
            _LEFT + _STEP * number,
            _number(y[number]),
            _number(low[number]) if errors[number] else None,
            _number(high[number]) if errors[number] else None,
            number == chosen,
        )
        for number, (k, text) in enumerate(zip(ks, printed, strict=True))
    )
    title = heading(name, translator)
    spoken = [
        translator.text("k_range.panel-value", value=_spoken(point, translator), k=point.k)
        for point in points
    ]
    return Chart(
        name,
        title,
        translator.text("k_range.panel", measure=title, values=translator.listed(spoken)),
        points,
        " ".join(f"{point.x},{point.y}" for point in points if point.y is not None),
        2 * _LEFT + _STEP * (len(points) - 1),
        _TOP + _HEIGHT + _BOTTOM,
    )


def _spoken(point: Point, translator: Translator) -> str:
    """Value of a point in words."""
    return translator.text("k_range.no-value") if point.y is None else point.value


def _heights(values: Floats, errors: Floats, least_span: float) -> tuple[Floats, Floats, Floats]:
    """Vertical places of values and of the ends of their error bars, from the top."""
    if np.isnan(values).all():
        return values, values, values
    least, greatest = float(np.nanmin(values - errors)), float(np.nanmax(values + errors))
    span = max(greatest - least, least_span)
    places = [
        _TOP + _HEIGHT * (greatest - ends) / span
        for ends in (values, values - errors, values + errors)
    ]
    return places[0], places[1], places[2]


def _number(value: float) -> float | None:
    """A coordinate with one decimal; None where there is none."""
    return None if math.isnan(value) else round(float(value), 1)
