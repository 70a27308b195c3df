"""What a stage of the pipeline is, and the two ways to execute one: whole or by interview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pandas as pd

from textlien.errors import Problem
from textlien.estimation.profiles import InterviewSums
from textlien.files.digests import digest
from textlien.pipeline.parallel import map_jobs
from textlien.pipeline.run_folder import Run
from textlien.study.options import Study
from textlien.tables.parquet import count_rows


class Done(NamedTuple):
    """What a stage did.

    Attributes
    ----------
    summary : for the command line, as « 350 interviews, 61,204 turns ».
    changed : whether anything was computed.
    """

    summary: str
    changed: bool


class NotCurrentError(Exception):
    """In a dry run: a stage that would have to be executed."""


class StageReport(NamedTuple):
    """One stage of a run, for whoever shows it."""

    name: str
    summary: str
    changed: bool
    seconds: float


class Watcher(Protocol):
    """Who is told how a run goes."""

    def started(self, stage: str) -> None:
        """A stage begins."""

    def advanced(self, stage: str, done: int, total: int) -> None:
        """Part of a long stage is done."""

    def finished(self, report: StageReport) -> None:
        """A stage has ended."""


class Unwatched:
    """Nobody is told."""

    def started(self, stage: str) -> None:
        """Do nothing."""

    def advanced(self, stage: str, done: int, total: int) -> None:
        """Do nothing."""

    def finished(self, report: StageReport) -> None:
        """Do nothing."""


@dataclass
class Context:
    """What stages share during one run: the study, the run folder, keys, problems.

    ``sums`` are made by the first stage that needs them: profiles and contrasts share them.
    """

    study: Study
    run: Run
    workers: int
    watcher: Watcher
    forced: frozenset[str] = frozenset()
    dry: bool = False
    interviews: pd.DataFrame = field(default_factory=pd.DataFrame)
    problems: list[Problem] = field(default_factory=list)
    stage: str = ""
    sums: dict[str, InterviewSums] | None = None

    @property
    def stages(self) -> dict[str, Any]:
        """What the manifest says of each stage."""
        stages: dict[str, Any] = self.run.manifest.setdefault("stages", {})
        return stages

    def shard_keys(self, table: str) -> dict[str, str]:
        """Key of the shard of each interview, in the order of the corpus."""
        keys: dict[str, str] = self.run.manifest.get("shards", {}).get(table, {})
        return keys

    def key(self, stage: str) -> str:
        """Digest of all that the result of a stage depends on; "" if it was never run."""
        return str(self.stages.get(stage, {}).get("key", ""))

    def record(self, key: str, summary: str, problems: Sequence[Problem] = ()) -> None:
        """Note in the manifest what the present stage did."""
        self.problems += problems
        before = self.stages.get(self.stage, {})
        self.stages[self.stage] = {
            "key": key,
            "summary": summary,
            "problems": [problem.to_plain() for problem in problems],
            **({"seconds": before["seconds"]} if "seconds" in before else {}),
        }

    def versions(self, *libraries: str) -> list[str]:
        """Versions of libraries that a stage's result depends on, for its key."""
        known: dict[str, str] = self.run.manifest["libraries"]
        return [known[library] for library in libraries]

    def is_current(self, key: str, outputs: Sequence[str] = ()) -> bool:
        """Whether the present stage was done with this key, and its tables are there."""
        return (
            self.stage not in self.forced
            and self.key(self.stage) == key
            and all(self.run.path(name).exists() for name in outputs)
        )

    def about_to_compute(self) -> None:
        """Stop here if the run is only to say what it would do.

        Raises
        ------
        NotCurrentError
            In a dry run.
        """
        if self.dry:
            raise NotCurrentError(self.stage)

    def recall(self) -> Done:
        """Take over what the manifest says of the present stage, which is up to date."""
        if self.stage not in self.stages:  # a manifest that was deleted, its shards still there
            self.about_to_compute()
        entry = self.stages[self.stage]
        self.problems += [Problem.from_plain(plain) for plain in entry["problems"]]
        return Done(entry["summary"], False)


def whole(
    context: Context,
    key: str,
    outputs: Sequence[str],
    compute: Callable[[], tuple[Sequence[pd.DataFrame], list[Problem], str]],
) -> Done:
    """Execute a stage of the whole corpus, unless its result is there.

    Parameters
    ----------
    key : digest of everything that the result depends on.
    outputs : names of the tables that ``compute`` returns, in order.
    compute : gives the tables, problems and a summary.
    """
    if context.is_current(key, outputs):
        return context.recall()
    context.about_to_compute()
    frames, problems, summary = compute()
    for name, frame in zip(outputs, frames, strict=True):
        context.run.write(name, frame)
    context.record(key, summary, problems)
    return Done(summary, True)


def per_interview(
    context: Context,
    table: str,
    keys: dict[str, str],
    job: Callable[[str, Path], Any],
    execute: Callable[[Any], int],
    *,
    workers: int | None = None,
) -> Done:
    """Execute a stage on the interviews whose shard is missing.

    Parameters
    ----------
    table : that the shards belong to.
    keys : of the shard of each interview.
    job : from an interview and the path of its shard to the argument of ``execute``.
    execute : pure but for the shard that it writes; returns its number of rows.
    """
    run = context.run
    forced = context.stage in context.forced
    missing = [
        interview
        for interview, key in keys.items()
        if forced or not run.shard(table, interview, key).exists()
    ]
    removed = set(context.shard_keys(table)) - set(keys)
    if missing or removed:
        context.about_to_compute()
    if context.dry:
        return context.recall()
    jobs = [job(interview, run.shard(table, interview, keys[interview])) for interview in missing]
    results = map_jobs(execute, jobs, workers=workers or context.workers)
    earlier: dict[str, int] = context.stages.get(context.stage, {}).get("counts", {})
    same = {i for i, key in context.shard_keys(table).items() if keys.get(i) == key}
    known = {interview: rows for interview, rows in earlier.items() if interview in same}
    for done, (interview, rows) in enumerate(zip(missing, results, strict=True), start=1):
        known[interview] = rows
        context.watcher.advanced(context.stage, done, len(missing))
    run.set_shards(table, keys)
    # A run that was stopped leaves shards that the manifest does not know of.
    counts = {
        interview: known[interview]
        if interview in known
        else count_rows(run.shard(table, interview, key))
        for interview, key in keys.items()
    }
    summary = f"{sum(counts.values()):,} {table}"
    if 0 < len(missing) < len(keys):
        summary += f" ({len(missing)} of {len(keys)} interviews anew)"
    context.record(digest(keys), summary)
    context.stages[context.stage]["counts"] = counts
    return Done(summary, bool(missing or removed))


def workers_for(context: Context, table: str, keys: dict[str, str], words_each: int) -> int:
    """Number of processes that the words of the missing shards are worth."""
    words = context.interviews.set_index("interview_id")["n_words"]
    missing = [i for i, key in keys.items() if not context.run.shard(table, i, key).exists()]
    return max(1, min(context.workers, int(words[missing].sum()) // words_each))


@dataclass(frozen=True)
class Stage:
    """A named step of the pipeline."""

    name: str
    execute: Callable[[Context], Done]
