"""Passages of one interview that tile 200 characters, and codings upon them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from textlien import tables
from textlien.coding.labels import label_draws, label_passages, values_by_coder


def passage(number, start, end):
    return {
        "passage_id": f"p{number}",
        "interview_id": "i",
        "turn_first": 0,
        "turn_last": 0,
        "start": start,
        "end": end,
        "speaker": "",
        "question": "",
        "text": "x",
        "n_words": 1,
    }


def coding(number, start, end, value=1.0, coder="Ana", axis="projet"):
    return {
        "coding_id": str(number),
        "interview_id": "i",
        "start": start,
        "end": end,
        "quote": "x",
        "axis": axis,
        "value": value,
        "coder": coder,
        "when": "",
        "origin": "",
        "probability_of_selection": np.nan,
        "anchor": "kept",
    }


def labelled(*codings):
    passages = tables.make("passages", [passage(1, 0, 100), passage(2, 100, 200)])
    labels = label_passages(tables.make("codings", codings), passages)
    return {(row.passage_id, row.axis): (row.value, row.n_coders) for row in labels.itertuples()}


def test_a_long_coding_labels_the_passages_that_it_fills_by_half():
    assert labelled(coding(1, 0, 150)) == {("p1", "projet"): (1.0, 1), ("p2", "projet"): (1.0, 1)}
    assert labelled(coding(1, 0, 149)) == {("p1", "projet"): (1.0, 1)}


def test_a_short_coding_labels_the_passage_in_which_half_of_it_lies():
    assert labelled(coding(1, 95, 103)) == {("p1", "projet"): (1.0, 1)}
    assert labelled(coding(1, 200, 210)) == {}


def test_coders_count_by_their_mean_and_each_by_the_greatest_of_its_values():
    codings = (coding(1, 0, 100, 0.0), coding(2, 10, 30, 1.0), coding(3, 0, 100, 0.0, "Bob"))
    assert labelled(*codings) == {("p1", "projet"): (0.5, 2)}


def test_a_passage_has_labels_on_the_axes_it_was_coded_on_only():
    labels = labelled(coding(1, 0, 100, 0.0), coding(2, 100, 200, 1.0, axis="action_sociale"))
    assert labels == {("p1", "projet"): (0.0, 1), ("p2", "action_sociale"): (1.0, 1)}


@given(st.integers(0, 199), st.integers(1, 200))
def test_a_coding_within_the_tiled_text_labels_at_least_one_passage(start, length):
    end = min(start + length, 200)
    assert labelled(coding(1, start, end))


def test_each_coder_has_one_value_a_passage_and_axis():
    passages = tables.make("passages", [passage(1, 0, 100), passage(2, 100, 200)])
    codings = tables.make(
        "codings", [coding(1, 0, 100, 0.0), coding(2, 0, 60), coding(3, 0, 100, 0.0, "Bob")]
    )
    expected = [("p1", "projet", "Ana", 1.0), ("p1", "projet", "Bob", 0.0)]
    values = values_by_coder(codings, passages)
    assert list(values.itertuples(index=False, name=None)) == expected


def test_codings_of_interviews_without_passages_give_no_value():
    values = values_by_coder(tables.make("codings", [coding(1, 0, 9)]), tables.make("passages", []))
    assert values.empty
    assert list(values) == ["passage_id", "axis", "coder", "value"]


def drawn(number, start, end, coder, pi, origin="draw-1"):
    return coding(number, start, end, coder=coder) | {
        "origin": origin,
        "probability_of_selection": pi,
    }


def test_a_draw_that_two_coders_share_out_or_both_code_is_one_draw():
    passages = tables.make("passages", [passage(1, 0, 100), passage(2, 101, 200)])
    shared = [drawn(1, 0, 100, "Ana", 0.25), drawn(2, 101, 200, "Bea", 0.25)]
    twice = [drawn(3, 0, 100, "Bea", 0.25), drawn(4, 0, 100, "Ana", 0.1, "draw-2")]
    chosen = [coding(5, 101, 200, coder="Cleo")]
    draws = label_draws(tables.make("codings", [*shared, *twice, *chosen]), passages)
    rows = [tuple(row) for row in draws.itertuples(index=False)]
    assert rows == [
        ("p1", "projet", "draw-1", 0.25),
        ("p1", "projet", "draw-2", 0.1),
        ("p2", "projet", "draw-1", 0.25),
    ]
    assert label_draws(tables.make("codings", chosen), passages).empty
