from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.invented import contrasts_of, interviews_of
from textlien.messages.translator import Translator
from textlien.report.figures import _ticks, interval_chart

ITEMS = [("theme", "1"), ("theme", "2"), ("theme", "3")]
LABELS = ["1 · fête", "2 · CCAS", "3 · services"]


def panel():
    contrasts = contrasts_of(interviews_of(), ITEMS, ("2013", "2015"))
    return contrasts[contrasts["scope"] == "panel"]


def figure_of(changes, labels=LABELS):
    chart = interval_chart("c", labels, changes, labels, Translator("fr"), "écarts")
    return chart, json.loads(chart.data)


def test_an_interval_is_drawn_from_its_low_to_its_high_end_in_points():
    _, figure = figure_of(panel())
    up = next(trace for trace in figure["data"] if trace["name"] == "increase")
    assert up["x"] == [12.1]
    assert up["x"][0] - up["error_x"]["arrayminus"][0] == pytest.approx(7.1)
    assert up["x"][0] + up["error_x"]["array"][0] == pytest.approx(17.1)


def test_what_is_not_established_is_grey():
    _, figure = figure_of(panel())
    colours = {trace["name"]: trace["marker"]["color"] for trace in figure["data"]}
    assert colours["inconclusive"] == "#6b7280"
    assert len(set(colours.values())) == 3


def test_a_change_without_interval_is_drawn_as_a_point():
    changes = panel().assign(low=float("nan"), high=float("nan"), verdict="not computed")
    _, figure = figure_of(changes)
    (trace,) = figure["data"]
    assert trace["error_x"]["array"] == [0, 0, 0]
    assert trace["marker"]["symbol"] == "circle-open"
    assert len(trace["x"]) == 3


def test_a_label_can_neither_end_the_script_nor_become_markup():
    labels = ["</script><script>alert(1)</script>", "<b>gras</b> & co", "3"]
    chart, figure = figure_of(panel(), labels)
    assert "<" not in chart.data
    assert figure["layout"]["annotations"][1]["text"] == "&lt;b&gt;gras&lt;/b&gt; &amp; co"


@given(st.floats(-100, 100), st.floats(0, 100))
def test_the_axis_holds_the_intervals_and_zero_with_few_ticks(low, width):
    high = low + width
    axis = _ticks(low, high, Translator("fr"))
    left, right = axis["range"]
    assert left < min(low, 0)
    assert right > max(high, 0)
    assert 0 in axis["tickvals"]
    assert 1 <= len(axis["tickvals"]) <= 9
    assert len(set(axis["ticktext"])) == len(axis["tickvals"])
