"""Themes of a study for a range of k, with a recommendation."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from textlien.errors import Problem, TextlienError
from textlien.exchange.spreadsheet import as_csv
from textlien.files.atomic import write_bytes
from textlien.messages.message import Location, Message, message
from textlien.messages.translator import Translator
from textlien.pipeline.parallel import Processes
from textlien.pipeline.run import run
from textlien.pipeline.run_folder import Run
from textlien.pipeline.stages.themes import corpus, corpus_key
from textlien.pipeline.watcher import StageReport, Watcher
from textlien.report.k_range import k_page
from textlien.study.loading import load
from textlien.themes.fitting import FEWEST, StudyFit, most_themes, too_few
from textlien.themes.k_range.advise import advice, choose
from textlien.themes.k_range.compare import Corpus, RangeThemes, compare, range_table
from textlien.themes.k_range.grid import limited
from textlien.themes.k_range.measure import DRAWS, RangeFit, fit_all, fit_draw
from textlien.themes.model import Material
from textlien.themes.refits.draws import FEWEST as FEWEST_PERSONS
from textlien.themes.refits.speech import Speech

_STAGE = "k-range"

_COUNTS_A_PROCESS = 500_000
"""Counts of terms to fit, over all k and draws, that are worth one more process."""


class KRange(NamedTuple):
    """A range of k, measured.

    Attributes
    ----------
    table : a row for each k.
    seconds : to find the themes of each k in all interviews.
    advice : paragraphs of sentences.
    files : the page and the table as CSV, written in the run folder.
    problems : of the stages before, and of the range.
    """

    table: pd.DataFrame
    seconds: list[float]
    advice: list[list[Message]]
    files: tuple[Path, ...]
    problems: list[Problem]


class _Job(NamedTuple):
    """Themes of all k in one draw of the interviews, or in all of them where ``number`` is None."""

    folder: Path
    made_by: str
    fit: StudyFit
    ks: tuple[int, ...]
    seed: int
    number: int | None


def measure_range(
    study_file: Path, ks: Sequence[int], *, workers: int, watcher: Watcher, translator: Translator
) -> KRange:
    """Find themes for each k of a range, compare them, and write a page and a table of it.

    Stages before themes are executed where they are not up to date. The researcher's edits are
    left out: entries that split or merge hold for one set of themes.

    Parameters
    ----------
    study_file : the study.
    ks : numbers of themes at most, rising.
    workers : number of processes.
    watcher : receives the progress.
    translator : of the page and the table that are written.

    Raises
    ------
    TextlienError
        When the corpus holds no themes.
    """
    study = load(study_file)
    result, problems = run(study, workers=workers, watcher=watcher, last="terms")
    watcher.started(_STAGE)
    start = time.perf_counter()
    # One thread: sums in another order would change last digits.
    with threadpool_limits(limits=1):
        made_by = corpus_key(result.manifest.stages["terms"].key, result["interviews"])
        material, _, speech = corpus(result.folder, made_by)
        ks, faults = _possible(material, ks, study.file.name)
        draws, few = _draws(speech, study.file.name)
        jobs = [
            _Job(result.folder, made_by, StudyFit(study.themes), ks, study.study.seed, number)
            for number in (None, *range(draws))
        ]
        themes = _compared(result, material, speech, _fits(jobs, material, workers, watcher))
    summary = message("k_range.summary", n=len(ks), draws=draws)
    watcher.finished(StageReport(_STAGE, summary, True, time.perf_counter() - start))
    choice = choose(np.array([k.gain for k in themes]), np.array([k.returns for k in themes]))
    sentences = advice(themes, choice)
    if study.themes.file:
        sentences.append([message("k_range.without-edits")])
    table = range_table(themes)
    page = k_page(
        table,
        sentences,
        chosen=choice.row,
        draws=draws,
        title=study.study.title or study.name,
        translator=translator,
    )
    files = _write(
        result.folder, {"html": page.encode(), "csv": as_csv(table.round(4), translator)}
    )
    seconds = [of_k.seconds for of_k in themes]
    return KRange(table, seconds, sentences, files, [*problems, *faults, *few])


def _possible(
    material: Material, ks: Sequence[int], study: str
) -> tuple[tuple[int, ...], list[Problem]]:
    """The numbers of themes that a corpus can hold, and a warning in place of greater ones.

    Raises
    ------
    TextlienError
        When it holds no themes.
    """
    most = most_themes(material)
    if most < FEWEST:
        raise TextlienError(too_few(material).in_file(study))
    greater = tuple(k for k in ks if k > most)
    if not greater:
        return tuple(ks), []
    problem = Problem.warning(
        "k_range.limited",
        Location(file=study),
        passages=int(material.learn.sum()),
        terms=len(material.terms),
        ks=greater,
        most=most,
    )
    return limited(ks, most), [problem]


def _draws(speech: Speech, study: str) -> tuple[int, list[Problem]]:
    """Number of draws of the interviews; none, and a warning, where there are too few persons."""
    persons = int(speech.persons.max()) + 1
    if persons >= FEWEST_PERSONS:
        return DRAWS, []
    problem = Problem.warning(
        "k_range.too-few-persons", Location(file=study), persons=persons, fewest=FEWEST_PERSONS
    )
    return 0, [problem]


def _fits(
    jobs: Sequence[_Job], material: Material, workers: int, watcher: Watcher
) -> list[list[RangeFit]]:
    """Themes of all k, first in all interviews, then in each draw."""
    counts = material.counts.nnz * len(jobs) * len(jobs[0].ks)
    most = max(1, counts // _COUNTS_A_PROCESS)
    fits = []
    for fitted in Processes(workers).map(_execute, jobs, most=most):
        fits.append(fitted)
        watcher.advanced(_STAGE, len(fits), len(jobs))
    return fits


def _execute(job: _Job) -> list[RangeFit]:
    """Find the themes of one job."""
    material, _, speech = corpus(job.folder, job.made_by)
    if job.number is None:
        return fit_all(material, job.fit, job.ks, job.seed)
    return fit_draw(material, speech.persons, job.fit, job.ks, job.seed, job.number)


def _compared(
    result: Run, material: Material, speech: Speech, fits: Sequence[Sequence[RangeFit]]
) -> list[RangeThemes]:
    """Describe the themes of each k."""
    n_passages = int(speech.n_passages.sum())
    described = Corpus(material, result["terms"], result["passage_terms"], n_passages)
    return [compare(described, whole, draws) for whole, *draws in zip(*fits, strict=True)]


def _write(folder: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files ``themes-k`` by suffix; their paths."""
    paths = []
    for suffix, content in contents.items():
        paths.append(folder / f"themes-k.{suffix}")
        write_bytes(paths[-1], content)
    return tuple(paths)
