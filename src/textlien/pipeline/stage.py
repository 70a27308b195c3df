"""The declaration of a stage: its name, its key, what it makes and what computes it.

A stage is declared once, in :mod:`textlien.pipeline.catalogue`. Its key is computed apart from
its result, so that a plan, a dry run and a run read the same declaration; see
:mod:`textlien.pipeline.run`, which alone executes stages and writes what they make.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pandas as pd

from textlien.errors import Problem
from textlien.files.digests import digest
from textlien.messages.message import Message
from textlien.pipeline.manifest import StageEntry
from textlien.pipeline.run_folder import Run
from textlien.pipeline.watcher import Unwatched
from textlien.study.options import Study
from textlien.tables.parquet import count_rows

Job = TypeVar("Job")


_UNWATCHED = partial(Unwatched().advanced, "")


@dataclass(frozen=True)
class Inputs:
    """Inputs from which keys and results are computed.

    Attributes
    ----------
    study : options.
    run : tables and entries of the stages before, to be read only.
    libraries : versions of all that results may depend on, the annotator included.
    advanced : told how much of a long stage is done, of how much.
    """

    study: Study
    run: Run
    libraries: Mapping[str, str]
    advanced: Callable[[int, int], None] = _UNWATCHED

    def versions(self, *libraries: str) -> list[str]:
        """Versions of the libraries that one result depends on, for its key."""
        return [self.libraries[library] for library in libraries]

    def shards(self, table: str) -> Mapping[str, str]:
        """Key of the shard of each interview, in the order of the corpus."""
        return self.run.manifest.shards.get(table, {})

    def shard(self, table: str, interview: str) -> Path:
        """Path of the shard of one interview."""
        return self.run.shard(table, interview, self.shards(table)[interview])

    def entry(self, stage: str) -> StageEntry:
        """Record of an earlier stage of the run.

        Raises
        ------
        KeyError
            When it was not executed: its name is wrong, or it does not come before.
        """
        return self.run.manifest.stages[stage]

    @property
    def interviews(self) -> pd.DataFrame:
        """Table ``interviews``."""
        return self.run["interviews"]

    @property
    def included(self) -> pd.DataFrame:
        """The rows of ``interviews`` that are used."""
        interviews = self.interviews
        return interviews[interviews["included"]]


class Result(NamedTuple):
    """Result of a stage; the runner writes it.

    Attributes
    ----------
    summary : for the command line.
    tables : frames of the whole corpus, by name.
    problems : those that the stage met.
    shards : key of the shard of each interview, by table; the shards themselves are there.
    files : content of each file, by path relative to the run folder.
    inputs, model : see :class:`~textlien.pipeline.manifest.StageEntry`.
    """

    summary: Message
    tables: Mapping[str, pd.DataFrame] = {}
    problems: Sequence[Problem] = ()
    shards: Mapping[str, Mapping[str, str]] = {}
    files: Mapping[str, bytes] = {}
    inputs: Mapping[str, str] = {}
    model: str = ""


class Jobs(NamedTuple):
    """The part of a stage that is done piece by piece, before its result is put together.

    Attributes
    ----------
    execute : function of one job, importable by name; it writes a file named after its key.
    pending : jobs to execute: paths and options, small and picklable.
    total : number of jobs if all were to be executed.
    processes : number of processes that the pending jobs are worth.
    """

    execute: Callable[[Any], object]
    pending: Sequence[Any]
    total: int
    processes: int


@dataclass(frozen=True)
class Stage:
    """A named step of the pipeline.

    Attributes
    ----------
    name : as the command line and the manifest have it.
    key : digest of all that the result depends on: options, digests of files, keys of stages
        before, versions of libraries, and the ``REVISION`` of the algorithm. Called only when
        the stages before are up to date; writes nothing.
    outputs : tables that the stage makes, sharded ones included.
    compute : puts the result together; writes nothing in the run folder.
    jobs : the pending jobs, all of them if the second argument is true; None when the result is
        computed in one piece.
    files : paths of other files that the stage makes, relative to the run folder.
    """

    name: str
    key: Callable[[Inputs], str]
    outputs: tuple[str, ...]
    compute: Callable[[Inputs], Result]
    jobs: Callable[[Inputs, bool], Jobs] | None = None
    files: tuple[str, ...] = ()


def by_interview(
    name: str,
    table: str,
    *,
    keys: Callable[[Inputs], Mapping[str, str]],
    job: Callable[[Inputs, str, Path], Job],
    execute: Callable[[Job], object],
    summary: Callable[[int], Message],
    words_a_process: int = 0,
) -> Stage:
    """Declare a stage that makes one shard per interview.

    Parameters
    ----------
    name : of the stage.
    table : the sharded table that it makes.
    keys : key of the shard of each interview, in the order of the corpus.
    job : from an interview and the path of its shard to the argument of ``execute``.
    execute : writes that shard; importable by name.
    summary : from the number of rows of the table.
    words_a_process : words to work on that are worth one more process; 0 for one process only.
    """

    def key(inputs: Inputs) -> str:
        # A list: the order of interviews is that of the table.
        return digest(list(keys(inputs).items()))

    def jobs(inputs: Inputs, every: bool) -> Jobs:
        paths = {i: inputs.run.shard(table, i, key) for i, key in keys(inputs).items()}
        pending = {i: path for i, path in paths.items() if every or not path.exists()}
        return Jobs(
            execute,
            [job(inputs, interview, path) for interview, path in pending.items()],
            len(paths),
            _processes(inputs, list(pending), words_a_process),
        )

    def compute(inputs: Inputs) -> Result:
        shards = dict(keys(inputs))
        # Counted in the files: a run that was stopped left some that were never counted.
        rows = sum(count_rows(inputs.run.shard(table, i, key)) for i, key in shards.items())
        return Result(summary(rows), shards={table: shards})

    return Stage(name, key, (table,), compute, jobs)


def _processes(inputs: Inputs, interviews: Sequence[str], words_a_process: int) -> int:
    """Number of processes that the words of some interviews are worth."""
    if not words_a_process:
        return 1
    words = inputs.interviews.set_index("interview_id")["n_words"]
    return max(1, int(words[list(interviews)].sum()) // words_a_process)
