"""Map a pure function over interviews, on one process or several."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Protocol, TypeVar

from threadpoolctl import threadpool_limits

Job = TypeVar("Job")
Result = TypeVar("Result")

# Jobs waiting for each process: enough that none idles while a result is taken up.
_AHEAD = 4


class Executor(Protocol):
    """Executes the jobs of a stage, on this machine or elsewhere."""

    def map(
        self, function: Callable[[Job], Result], jobs: Sequence[Job], *, most: int
    ) -> Iterator[Result]:
        """Yield ``function(job)`` for each job, in order.

        Parameters
        ----------
        function : importable by name; what it makes is in files.
        jobs : small and picklable: paths and options rather than tables.
        most : number of processes that the jobs are worth.
        """


@dataclass(frozen=True)
class Processes:
    """Executes jobs in processes of this machine.

    Attributes
    ----------
    workers : number of processes at most; 1 stays in this one.
    """

    workers: int = 1

    def map(
        self, function: Callable[[Job], Result], jobs: Sequence[Job], *, most: int
    ) -> Iterator[Result]:
        """Yield ``function(job)`` for each job, in order (:func:`map_jobs`)."""
        return map_jobs(function, jobs, workers=min(self.workers, most))


def workers_available() -> int:
    """Number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def map_jobs(
    function: Callable[[Job], Result], jobs: Sequence[Job], *, workers: int
) -> Iterator[Result]:
    """Yield ``function(job)`` for each job, in order.

    Parameters
    ----------
    function : importable by name, without side effects.
    jobs : small and picklable: paths and options rather than tables.
    workers : number of processes; 1 stays in this one.

    Notes
    -----
    At most ``4 × workers`` jobs are handed over at a time, so that memory does not grow with
    the number of interviews. Processes are spawned, not forked: forking a process that runs
    threads (BLAS, Arrow, a progress bar) can hang.
    """
    workers = min(workers, len(jobs))
    if workers <= 1:
        yield from map(function, jobs)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as executor:
        yield from _map_ahead(executor, function, jobs, _AHEAD * workers)


def _on_one_thread(function: Callable[[Job], Result], job: Job) -> Result:
    """Do a job on one thread: a new process does not inherit the limit of the run.

    Processes that are as many as the cores, each with as many threads, wait for each other; and
    sums in another order would change last digits. Only what is loaded can be limited: numpy and
    scipy have libraries of their own, which are there once the function was imported.
    """
    with threadpool_limits(1):
        return function(job)


def _map_ahead(
    executor: ProcessPoolExecutor,
    function: Callable[[Job], Result],
    jobs: Sequence[Job],
    ahead: int,
) -> Iterator[Result]:
    """Yield results in order, with at most ``ahead`` jobs handed over at a time."""
    waiting = deque(executor.submit(_on_one_thread, function, job) for job in jobs[:ahead])
    for job in jobs[ahead:]:
        yield waiting.popleft().result()
        waiting.append(executor.submit(_on_one_thread, function, job))
    for future in waiting:
        yield future.result()
