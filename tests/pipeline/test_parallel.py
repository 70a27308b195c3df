from __future__ import annotations

import numpy as np
from scipy import linalg
from threadpoolctl import threadpool_info

from textlien.pipeline.parallel import Processes, map_jobs


def threads(size: int) -> int:
    """Most threads that a library of linear algebra would use, numpy's and scipy's.

    Both have one of their own.
    """
    _ = linalg.inv(np.eye(size))
    return max(int(library["num_threads"]) for library in threadpool_info())


def test_results_come_in_the_order_of_the_jobs():
    assert list(map_jobs(abs, [-3, -1, -2], workers=2)) == [3, 1, 2]


def test_each_process_keeps_linear_algebra_to_one_thread():
    assert list(map_jobs(threads, [10, 20], workers=2)) == [1, 1]


def test_jobs_that_are_worth_one_process_stay_in_this_one():
    unpicklable = [lambda: 1, lambda: 2]
    results = Processes(4).map(lambda job: job(), unpicklable, most=1)
    assert list(results) == [1, 2]
