"""Interval charts, as figures of plotly that the page draws when they come into sight."""

from __future__ import annotations

import html
import json
import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from textlien.messages.translator import Translator

_COLOURS = {
    "increase": "#b35806",
    "decrease": "#3b4cc0",
    "inconclusive": "#6b7280",
    "fragile": "#6b7280",
    "uncorrected": "#6b7280",
    "not computed": "#6b7280",
}
"""Distinguished by lightness, by symbol and by the side of zero, not by hue alone."""

_MARKERS = {
    "increase": "triangle-right",
    "decrease": "triangle-left",
    "inconclusive": "circle",
    "fragile": "x",
    "uncorrected": "circle-open",
    "not computed": "circle-open",
}
_LABEL_WIDTH = 44
_ROW_HEIGHT = 46
_MARGIN = {"l": 8, "r": 8, "t": 6, "b": 32}


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart.

    Attributes
    ----------
    key : id in the page.
    data : JSON of the figure, safe inside ``<script>``.
    height : in pixels, so that the page does not move when it is drawn.
    label : description, for readers who do not see it.
    """

    key: str
    data: str
    height: int
    label: str


def interval_chart(
    key: str,
    labels: Sequence[str],
    changes: pd.DataFrame,
    hovers: Sequence[str],
    translator: Translator,
    label: str,
) -> Figure:
    """Differences with their intervals, one line per item, in the order given from the top.

    Parameters
    ----------
    key : id of the chart in the page.
    labels : one per item.
    changes : rows of table ``contrasts`` in the same order.
    hovers : one per item: text displayed under the pointer.
    label : description of the chart in words.
    """
    rows = changes.assign(
        hover=[html.escape(hover) for hover in hovers],
        position=range(len(changes)),
    )
    figure = go.Figure(layout_template="none")
    for kind in _COLOURS:
        changes_of_kind = rows[rows["verdict"] == kind]
        if len(changes_of_kind):
            figure.add_trace(_trace(changes_of_kind, kind))
    height = _MARGIN["t"] + _MARGIN["b"] + _ROW_HEIGHT * len(rows)
    ends = rows[["low", "high", "difference"]].to_numpy() * 100
    figure.update_layout(**_layout(labels, translator, height))
    figure.update_xaxes(**_ticks(float(np.nanmin(ends)), float(np.nanmax(ends)), translator))
    return Figure(key, _script_safe(figure), height, label)


def _trace(changes: pd.DataFrame, kind: str) -> go.Scatter:
    """Points of one verdict with their intervals."""
    difference = 100 * changes["difference"]
    low, high = 100 * changes["low"], 100 * changes["high"]
    # An interval that could not be computed is drawn as a point alone.
    return go.Scatter(
        x=difference.round(3).tolist(),
        y=changes["position"].tolist(),
        mode="markers",
        name=kind,
        marker={"color": _COLOURS[kind], "symbol": _MARKERS[kind], "size": 11},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": (high - difference).fillna(0).round(3).tolist(),
            "arrayminus": (difference - low).fillna(0).round(3).tolist(),
            "color": _COLOURS[kind],
            "thickness": 2,
            "width": 4,
        },
        text=changes["hover"].tolist(),
        hovertemplate="%{text}<extra></extra>",
    )


def _layout(labels: Sequence[str], translator: Translator, height: int) -> dict[str, object]:
    """Layout of the chart: sizes, fonts, labels, a line at zero."""
    return {
        "height": height,
        "autosize": True,
        "margin": _MARGIN,
        "font": {
            "family": "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif",
            "size": 13,
            "color": "#1f2933",
        },
        "separators": ", " if translator.language == "fr" else ".,",
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": "#ffffff", "font": {"color": "#1f2933"}},
        "dragmode": False,
        "showlegend": False,
        "annotations": [_label(label, position) for position, label in enumerate(labels)],
        "xaxis": {
            "zeroline": True,
            "zerolinecolor": "#1f2933",
            "zerolinewidth": 1.5,
            "gridcolor": "#e5e9f0",
            "fixedrange": True,
        },
        "yaxis": {
            "range": [len(labels) - 0.5, -0.6],
            "showticklabels": False,
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
        },
    }


def _label(label: str, position: int) -> dict[str, object]:
    """A label above its interval: beside it, it would leave no room on a telephone."""
    short = textwrap.shorten(label, _LABEL_WIDTH, placeholder=" …")
    return {
        "text": html.escape(short),
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "y": position,
        "yshift": 15,
        "showarrow": False,
        "align": "left",
        "bgcolor": "#ffffff",
        "borderpad": 0,
    }


def _ticks(low: float, high: float, translator: Translator) -> dict[str, object]:
    """Range and ticks in points: 0 always in sight, at most about seven round steps."""
    low, high = min(low, 0.0), max(high, 0.0)
    rough = max(high - low, 0.5) / 7
    power = 10.0 ** math.floor(math.log10(rough))
    step = power * next(factor for factor in (1, 2, 5, 10) if factor * power >= rough)
    numbers = range(math.ceil(low / step), math.floor(high / step) + 1)
    digits = max(0, -math.floor(math.log10(step)))
    texts = [translator.decimal(number * step, digits) for number in numbers]
    margin = 0.06 * max(high - low, 0.5)
    return {
        "range": [low - margin, high + margin],
        "tickvals": [round(number * step, 6) for number in numbers],
        "ticktext": [
            f"+{text}" if number > 0 else text for number, text in zip(numbers, texts, strict=True)
        ],
    }


def _script_safe(figure: go.Figure) -> str:
    """JSON in which no character can end the ``<script>`` that holds it."""
    text = json.dumps(figure.to_plotly_json(), ensure_ascii=True, sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
