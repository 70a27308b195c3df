from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from textlien.axes.learning.curve import Point, learning_curve, next_passages
from textlien.axes.learning.ridge import solve


def point(n_passages: float, *precisions: float) -> Point:
    """A point of one axis, a value a draw."""
    return Point(10, n_passages, np.array(precisions)[:, np.newaxis])


def coded(n_persons: int = 16, each: int = 6):
    """Passages whose labels depend on one of twenty features."""
    generator = np.random.default_rng(1)
    n = n_persons * each
    features = generator.normal(size=(n, 20))
    targets = (features[:, :1] + generator.normal(size=(n, 1)) > 0.5).astype(float)
    return features @ features.T, targets, np.repeat(np.arange(n_persons), each)


def test_a_quarter_a_half_and_all_persons_are_drawn():
    kernel, targets, groups = coded()
    judged = np.ones(len(targets), dtype=bool)
    points = learning_curve(kernel, targets, np.zeros(targets.shape), groups, judged, 1.0, 7)
    assert [each.n_persons for each in points] == [4, 8, 16]
    assert [each.n_passages for each in points] == [24, 48, 96]
    assert [each.precisions.shape for each in points] == [(4, 1), (4, 1), (1, 1)]
    assert points[0].mean < points[2].mean


def test_the_last_point_is_what_the_regression_on_all_persons_tells_of_each():
    kernel, targets, groups = coded()
    judged = np.ones(len(targets), dtype=bool)
    start = 0.1 * targets
    *_, last = learning_curve(kernel, targets, start, groups, judged, 1.0, 7)
    scores = solve(kernel, targets - start, groups, 1.0).held_out + start
    assert last.mean == pytest.approx(average_precision_score(targets[:, 0], scores[:, 0]))


def test_passages_that_are_not_judged_always_teach_and_are_never_counted():
    kernel, targets, groups = coded()
    judged = groups < 12
    points = learning_curve(kernel, targets, np.zeros(targets.shape), groups, judged, 1.0, 7)
    assert [each.n_persons for each in points] == [3, 6, 12]
    assert [each.n_passages for each in points] == [18, 36, 72]


def test_parts_of_fewer_than_three_persons_are_left_out():
    kernel, targets, groups = coded(n_persons=5)
    judged = np.ones(len(targets), dtype=bool)
    points = learning_curve(kernel, targets, np.zeros(targets.shape), groups, judged, 1.0, 7)
    assert [each.n_persons for each in points] == [5]
    assert next_passages(points, 50) is None


def test_the_next_passages_bring_what_the_last_doubling_did_by_the_doubling():
    """From 100 to 200 passages .50 has become .60: 50 more are .32 of a doubling."""
    points = [point(100, 0.49, 0.50, 0.51, 0.50), point(200, 0.60)]
    gain, error = next_passages(points, 50)
    assert gain == pytest.approx(0.1 * np.log2(1.25))
    assert error == pytest.approx(np.std([0.49, 0.50, 0.51, 0.50], ddof=1) / 2 * np.log2(1.25))


def test_a_doubling_within_the_luck_of_the_draw_tells_nothing_of_the_next_passages():
    assert next_passages([point(100, 0.3, 0.5, 0.6, 0.7), point(200, 0.55)], 50) is None
    assert next_passages([point(100, 0.6, 0.6, 0.61, 0.6), point(200, 0.55)], 50) is None


def test_a_draw_without_a_passage_that_carries_the_axis_is_no_part_of_the_mean():
    assert point(100, np.nan, 0.4, 0.6, np.nan).mean == pytest.approx(0.5)
