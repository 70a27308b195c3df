"""Interval charts, as figures of plotly that the page draws when they come into sight."""

from __future__ import annotations

import html
import json
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from textlien.report.voice import Voice

_COLOURS = {"increase": "#b35806", "decrease": "#3b4cc0", "inconclusive": "#6b7280"}
"""Told apart by lightness, by symbol and by the side of zero, not by hue alone."""

_SYMBOLS = {"increase": "triangle-right", "decrease": "triangle-left", "inconclusive": "circle"}
_LABEL_WIDTH = 26
_LABEL_LINES = 2
_ROW_HEIGHT = 38
_MARGIN = 96


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart.

    Attributes
    ----------
    key : id in the page.
    data : JSON of the figure, safe inside ``<script>``.
    height : in pixels, so that the page does not move when it is drawn.
    label : what it shows, for those who do not see it.
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
    voice: Voice,
    waves: tuple[str, str],
    label: str,
) -> Figure:
    """Differences with their intervals, one line an item, in the order given from the top.

    Parameters
    ----------
    key : id of the chart in the page.
    labels : one an item.
    changes : rows of table ``contrasts`` in the same order.
    hovers : one an item: what is shown under the pointer.
    waves : left, right.
    label : description of the chart in words.
    """
    rows = changes.assign(
        hover=[html.escape(hover) for hover in hovers],
        position=range(len(changes)),
        kind=changes["verdict"].replace("not computed", "inconclusive"),
    )
    figure = go.Figure(layout_template="none")
    for kind in ("increase", "decrease", "inconclusive"):
        own = rows[rows["kind"] == kind]
        if len(own):
            figure.add_trace(_trace(own, kind, voice))
    height = _MARGIN + _ROW_HEIGHT * len(rows)
    figure.update_layout(**_layout(labels, voice, waves, height))
    return Figure(key, _script_safe(figure), height, label)


def _trace(own: pd.DataFrame, kind: str, voice: Voice) -> go.Scatter:
    difference = 100 * own["difference"]
    low, high = 100 * own["low"], 100 * own["high"]
    # An interval that could not be computed is drawn as a point alone.
    return go.Scatter(
        x=difference.round(3).tolist(),
        y=own["position"].tolist(),
        mode="markers",
        name=voice.say(f"legend_{kind}"),
        marker={"color": _COLOURS[kind], "symbol": _SYMBOLS[kind], "size": 11},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": (high - difference).fillna(0).round(3).tolist(),
            "arrayminus": (difference - low).fillna(0).round(3).tolist(),
            "color": _COLOURS[kind],
            "thickness": 2,
            "width": 4,
        },
        text=own["hover"].tolist(),
        hovertemplate="%{text}<extra></extra>",
    )


def _layout(
    labels: Sequence[str], voice: Voice, waves: tuple[str, str], height: int
) -> dict[str, object]:
    title = voice.say("chart_x", left=waves[0], right=waves[1])
    return {
        "height": height,
        "autosize": True,
        "margin": {"l": 8, "r": 12, "t": 36, "b": 56},
        "font": {
            "family": "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif",
            "size": 13,
            "color": "#1f2933",
        },
        "separators": ", " if voice.language == "fr" else ".,",
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": "#ffffff", "font": {"color": "#1f2933"}},
        "dragmode": False,
        "showlegend": True,
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "xaxis": {
            "title": {"text": html.escape(title), "standoff": 10},
            "zeroline": True,
            "zerolinecolor": "#1f2933",
            "zerolinewidth": 1.5,
            "gridcolor": "#e5e9f0",
            "fixedrange": True,
            "tickformat": "+",
            "nticks": 7,
        },
        "yaxis": {
            "tickvals": list(range(len(labels))),
            "ticktext": [_wrapped(label) for label in labels],
            "range": [len(labels) - 0.5, -0.5],
            "automargin": True,
            "fixedrange": True,
            "showgrid": True,
            "gridcolor": "#f1f4f8",
            "zeroline": False,
        },
    }


def _wrapped(label: str) -> str:
    """A label on two short lines, so that it leaves room for the intervals on a telephone."""
    lines = textwrap.wrap(label, _LABEL_WIDTH, max_lines=_LABEL_LINES, placeholder=" …")
    return "<br>".join(html.escape(line) for line in lines)


def _script_safe(figure: go.Figure) -> str:
    """JSON in which no character can end the ``<script>`` that holds it."""
    text = json.dumps(figure.to_plotly_json(), ensure_ascii=True, sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
