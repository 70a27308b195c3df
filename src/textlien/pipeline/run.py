"""Execution of the stages of a study that are not up to date.

The only module that executes stages and writes their results: tables, files, the manifest.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from threadpoolctl import threadpool_limits

from textlien.corpus.discovery import named_files
from textlien.errors import Problem, TextlienError, did_you_mean, problems_of
from textlien.files.atomic import write_bytes
from textlien.files.digests import file_digest
from textlien.messages.message import Location, Message, message
from textlien.pipeline.catalogue import STAGES
from textlien.pipeline.libraries import library_versions
from textlien.pipeline.manifest import Manifest, StageEntry
from textlien.pipeline.parallel import Executor, Processes
from textlien.pipeline.run_folder import Run, run_folder
from textlien.pipeline.stage import Inputs, Result, Stage
from textlien.pipeline.watcher import StageReport, Unwatched, Watcher
from textlien.study.options import Study


class PlannedStage(NamedTuple):
    """A stage of a plan, and whether it is up to date."""

    name: str
    current: bool


class Selection(NamedTuple):
    """The stages of a run, by name; "" for no choice.

    Attributes
    ----------
    first : executed, with those after it, even if up to date; ``read`` executes all.
    only : the one stage to execute, up to date or not; those before it must be up to date.
    last : the stage to stop after.
    """

    first: str = ""
    only: str = ""
    last: str = ""

    def is_forced(self, name: str, names: Sequence[str]) -> bool:
        """True for a stage that is executed even if up to date."""
        if self.first:
            return names.index(name) >= names.index(self.first)
        return name == self.only

    def end(self, names: Sequence[str]) -> int:
        """Number of the stages to look at."""
        last = self.only or self.last
        return names.index(last) + 1 if last else len(names)


_ARGUMENTS = ("--from", "--only", "last")
"""What gives the choices of a selection: options of the command line, and a parameter."""

_ALL = Selection()
_THIS_PROCESS = Processes(1)
_UNWATCHED = Unwatched()


class _Session(NamedTuple):
    """State shared by all stages of one run."""

    inputs: Inputs
    header: Manifest
    executor: Executor
    watcher: Watcher
    selection: Selection
    names: tuple[str, ...]

    def is_forced(self, stage: Stage) -> bool:
        """True for a stage that is executed even if up to date."""
        return self.selection.is_forced(stage.name, self.names)


def plan(
    study: Study, *, folder: Path | None = None, stages: Sequence[Stage] = STAGES
) -> tuple[PlannedStage, ...]:
    """Determine which stages are up to date, from their keys alone.

    Nothing is computed or written. Stages after one that is not up to date count as not up
    to date, although they may turn out unchanged.

    Parameters
    ----------
    study : as :func:`textlien.study.loading.load` gives it.
    folder : of the run; by default ``runs/<name>`` beside the study file.
    stages : declarations, in order.
    """
    inputs = Inputs(study, Run(folder or run_folder(study)), library_versions(study))
    planned: list[PlannedStage] = []
    with problems_of(study.file.name):
        for stage in stages:
            # A key may look into what the stages before made: computed only if that is current.
            current = all(before.current for before in planned) and _is_current(
                stage, inputs, stage.key(inputs)
            )
            planned.append(PlannedStage(stage.name, current))
    return tuple(planned)


def run(
    study: Study,
    *,
    workers: int = 1,
    watcher: Watcher | None = None,
    first: str = "",
    only: str = "",
    last: str = "",
    folder: Path | None = None,
) -> tuple[Run, list[Problem]]:
    """Bring a study's tables and report up to date.

    Parameters
    ----------
    study : as :func:`textlien.study.loading.load` gives it.
    workers : number of processes for the stages that work interview by interview.
    watcher : receives the progress of the run.
    first, only, last : see :class:`Selection`.
    folder : of the run; by default ``runs/<name>`` beside the study file.

    Returns
    -------
    The run and all problems, those of unchanged stages included.

    Raises
    ------
    TextlienError
        When nothing can be done: no interview can be read, or a stage cannot continue.
    """
    return execute(
        STAGES,
        study,
        Selection(first, only, last),
        folder=folder,
        executor=Processes(workers),
        watcher=watcher or Unwatched(),
    )


def execute(
    stages: Sequence[Stage],
    study: Study,
    selection: Selection = _ALL,
    *,
    folder: Path | None = None,
    executor: Executor = _THIS_PROCESS,
    watcher: Watcher = _UNWATCHED,
) -> tuple[Run, list[Problem]]:
    """Execute stages that are not up to date, on any executor (see :func:`run`).

    Parameters
    ----------
    stages : declarations, in order: each uses only what those before it made.
    study : options.
    selection : stages to execute although they are up to date, and where to stop.
    folder : of the run; by default ``runs/<name>`` beside the study file.
    executor : executes jobs.
    watcher : receives the progress of the run.
    """
    names = tuple(stage.name for stage in stages)
    for argument, name in zip(_ARGUMENTS, selection, strict=True):
        _refuse_unknown(argument, name, names)
    inputs = Inputs(study, Run(folder or run_folder(study)), library_versions(study))
    session = _Session(inputs, _header(inputs), executor, watcher, selection, names)
    problems = inputs.run.unusable
    # One thread: sums in another order would change last digits, and with them the bytes.
    with threadpool_limits(limits=1), problems_of(study.file.name):
        for stage in stages[: selection.end(names)]:
            problems += _bring_up_to_date(session, stage)
    manifest = session.header.with_stages(inputs.run.manifest.stages)
    if manifest != inputs.run.manifest:  # an option or a library that no stage depends on
        inputs.run.save(manifest)
    return inputs.run, problems


def _refuse_unknown(argument: str, name: str, names: Sequence[str]) -> None:
    """Refuse a name that no stage has, and suggest the nearest."""
    if name and name not in names:
        near = did_you_mean(name, names)
        place = Location(argument=argument)
        raise TextlienError(
            Problem.error("pipeline.unknown-stage", place, stage=name, suggestion=near)
        )


def _bring_up_to_date(session: _Session, stage: Stage) -> list[Problem]:
    """Execute a stage unless it is up to date, and notify the watcher; its problems.

    Raises
    ------
    TextlienError
        When the stage would have to be executed, but the selection is another one only.
    """
    inputs, only = session.inputs, session.selection.only
    session.watcher.started(stage.name)
    start = time.perf_counter()
    problems = _delete_damaged(session, stage)
    key = stage.key(inputs)
    current = not session.is_forced(stage) and _is_current(stage, inputs, key)
    if current:
        entry = inputs.entry(stage.name)
        summary = entry.summary
    elif only and stage.name != only:
        problem = Problem.error(
            "pipeline.stage-before-not-current",
            Location(argument="--only"),
            only=only,
            stage=stage.name,
        )
        raise TextlienError(problem)
    else:
        summary, entry = _execute(session, stage, key)
    seconds = time.perf_counter() - start
    files = tuple(inputs.run.folder / file for file in stage.files)
    session.watcher.finished(StageReport(stage.name, summary, not current, seconds, files))
    return [*problems, *entry.problems]


def _delete_damaged(session: _Session, stage: Stage) -> list[Problem]:
    """Delete the tables of a stage that are not those that it wrote, so that it makes them again.

    Returns
    -------
    A problem for each of them; none for those that are gone.
    """
    run = session.inputs.run
    entry = run.manifest.stages.get(stage.name)
    if entry is None:
        return []
    present = run.digests(run.folder / file for file in entry.tables)
    damaged = [file for file, digest in present.items() if digest != entry.tables[file]]
    for file in damaged:
        (run.folder / file).unlink()
    return [
        Problem.warning("pipeline.damaged-table", Location(file=str(run.folder / file)))
        for file in damaged
    ]


def _is_current(stage: Stage, inputs: Inputs, key: str) -> bool:
    """True when the result of a stage was made with this key and is complete."""
    run = inputs.run
    entry = run.manifest.stages.get(stage.name)
    if entry is None or entry.key != key:
        return False
    paths = [run.folder / file for file in stage.files]
    if entry.model:
        paths.append(inputs.study.resolve(entry.model) / "manifest.json")
    whole = run.digests(run.files(stage.outputs, entry.shards)) == entry.tables
    return whole and all(path.exists() for path in paths)


def _execute(session: _Session, stage: Stage, key: str) -> tuple[Message, StageEntry]:
    """Execute the pending jobs of a stage, compute its result and write it.

    Returns
    -------
    The summary for this execution, which says how much of the result was there before, and the
    entry of the manifest, but for the digests of tables.
    """
    study_file = session.inputs.study.file.name
    done, total = _execute_jobs(session, stage)
    advanced = partial(session.watcher.advanced, stage.name)
    result = stage.compute(replace(session.inputs, advanced=advanced))
    entry = StageEntry(
        key=key,
        summary=result.summary,
        problems=tuple(problem.in_file(study_file) for problem in result.problems),
        shards={table: dict(keys) for table, keys in result.shards.items()},
        inputs=dict(result.inputs),
        model=result.model,
    )
    _write(session, stage, result, entry)
    if 0 < done < total:
        summary = message("pipeline.partly-anew", summary=result.summary, done=done, total=total)
        return summary, entry
    return result.summary, entry


def _execute_jobs(session: _Session, stage: Stage) -> tuple[int, int]:
    """Execute the pending jobs of a stage; their number, and that of all its jobs."""
    if stage.jobs is None:
        return 0, 0
    jobs = stage.jobs(session.inputs, session.is_forced(stage))
    results = session.executor.map(jobs.execute, jobs.pending, most=jobs.processes)
    for done, _ in enumerate(results, start=1):
        session.watcher.advanced(stage.name, done, len(jobs.pending))
    return len(jobs.pending), jobs.total


def _write(session: _Session, stage: Stage, result: Result, entry: StageEntry) -> None:
    """Write the result of a stage: tables and files first, then the manifest; delete last."""
    run = session.inputs.run
    entries = dict(run.manifest.stages)
    if entries.pop(stage.name, None):
        # Stopped below, the former entry would describe tables that are no longer there.
        run.save(session.header.with_stages(entries))
    for name, frame in result.tables.items():
        run.write(name, frame)
    for file, content in result.files.items():
        write_bytes(run.folder / file, content)
    made = run.digests(run.files(stage.outputs, entry.shards))
    entries[stage.name] = entry.model_copy(update={"tables": made})
    ordered = {name: entries[name] for name in session.names if name in entries}
    run.save(session.header.with_stages(ordered))
    for table, keys in entry.shards.items():
        run.delete_other_shards(table, keys)


def _header(inputs: Inputs) -> Manifest:
    """The manifest of a run without its stages."""
    study = inputs.study
    files = sorted({study.file, *named_files(study)})
    return Manifest(
        study=study.name,
        options=study.model_dump(mode="json", exclude={"file"}),
        libraries=dict(inputs.libraries),
        named={study.display_path(path): file_digest(path) for path in files if path.is_file()},
    )
