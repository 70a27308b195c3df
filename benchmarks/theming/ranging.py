"""Themes for a range of k, in jobs that processes can share."""

from __future__ import annotations

import resource
import time
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from textlien.pipeline.parallel import map_jobs
from textlien.study.options import ThemesOptions
from textlien.themes.fitting import StudyFit
from textlien.themes.k_range import compare
from textlien.themes.k_range.grid import read_range
from textlien.themes.k_range.measure import DRAWS, RangeFit, fit_all, fit_draw
from textlien.themes.material import material_of

from .corpora import Corpus, load

SEED = 2013


class RangeCost(NamedTuple):
    """Numbers of themes tried, and seconds: by the clock, and of all processors together."""

    ks: tuple[int, ...]
    seconds: float
    processors: float


def measure_range(corpus: Corpus, k: str, workers: int, folder: Path) -> RangeCost:
    """Do what `textlien themes STUDY --k` does once terms are there, but for the page.

    Parameters
    ----------
    k : range, as it is typed.
    workers : number of processes.
    folder : for the corpus, which every job reads.
    """
    ks = read_range(k)
    path = folder / "corpus.npz"
    corpus.save(path)
    terms, passage_terms = corpus.tables()
    start, used = time.perf_counter(), _processors()
    jobs = [None, *range(DRAWS)]
    fits = list(map_jobs(partial(_fit, path, ks), jobs, workers=workers))
    material, _ = material_of(terms, passage_terms)
    described = compare.Corpus(material, terms, passage_terms, material.counts.shape[0])
    for whole, *draws in zip(*fits, strict=True):
        compare.compare(described, whole, draws)
    return RangeCost(ks, time.perf_counter() - start, _processors() - used)


def _fit(path: Path, ks: tuple[int, ...], number: int | None) -> list[RangeFit]:
    """Themes for all k of one draw of the interviews, or of all of them."""
    material, _ = material_of(*load(path).tables())
    study_fit = StudyFit(ThemesOptions())
    if number is None:
        return fit_all(material, study_fit, ks, SEED)
    persons = np.arange(int(material.interviews.max()) + 1)
    return fit_draw(material, persons, study_fit, ks, SEED, number)


def _processors() -> float:
    """Seconds of the processor of this process and of those that it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)
