"""Choice of k: seconds of a range on 20,000 segments, and planted numbers of themes recovered.

Usage: python benchmarks/themes_k.py [FOLDER] [--parts time planted] [--workers 2]

FOLDER holds the matrix of 19,847 segments of real interviews (see ``benchmarks/themes.py``).

time
    The range 5-40 of ``textlien themes STUDY --k 5-40`` on the matrix: all that the command does
    after reading the tables. The table and the k that the rule recommends are printed.
planted
    The first 60 interviews of the matrix with words exchanged at random between all segments, so
    that nothing is spoken of; then invented themes are added (``theming/planting.py``, two words of
    a theme in a segment of an episode, in the mean): 5, 10, 20 or 30. The range 5-40; the k
    recommended is to be the number planted, or the next of the range.

The rule was chosen on the demonstration, on artisans_docx with cfpp2000_textgrid, on leaflets
(archelec_two_waves), on the matrix and on 5 and 10 planted themes; 20 and 30 were measured
afterwards.
Does not show: whether a sociologist would sign the themes of the recommended k.
"""

from __future__ import annotations

import argparse
import pickle
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from textlien.pipeline.parallel import map_jobs
from textlien.study.options import ThemesOptions
from textlien.themes.fitting import StudyFit
from textlien.themes.k_range import compare as k_compare
from textlien.themes.k_range.advise import choose
from textlien.themes.k_range.grid import read_range
from textlien.themes.k_range.measure import DRAWS, RangeFit, fit_all, fit_draw
from textlien.themes.material import material_of
from theming.corpora import REFERENCE, Corpus, reference
from theming.planting import plant, shuffled

SEED, STRENGTH, INTERVIEWS, PLANTED = 2013, 2, 60, (5, 10, 20, 30)
FIT = StudyFit(ThemesOptions())
KS = read_range("5-40")


class Job(NamedTuple):
    """One draw of a pickled material, or all of it."""

    file: Path
    number: int | None


def execute(job: Job) -> list[RangeFit]:
    """Find the themes of one job."""
    material = pickle.loads(job.file.read_bytes())  # noqa: S301 - written below
    if job.number is None:
        return fit_all(material, FIT, KS, SEED)
    persons = np.arange(material.interviews.max() + 1)
    return fit_draw(material, persons, FIT, KS, SEED, job.number)


def ranged(corpus: Corpus, workers: int) -> tuple[pd.DataFrame, int | None, str]:
    """Table of a range, the k recommended, and why."""
    terms, passage_terms = corpus.tables()
    material, _ = material_of(terms, passage_terms)
    described = k_compare.Corpus(material, terms, passage_terms, corpus.counts.shape[0])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "material"
        file.write_bytes(pickle.dumps(material))
        jobs = [Job(file, number) for number in (None, *range(DRAWS))]
        fits = list(map_jobs(execute, jobs, workers=workers))
    themes = [
        k_compare.compare(described, whole, draws) for whole, *draws in zip(*fits, strict=True)
    ]
    choice = choose(np.array([k.gain for k in themes]), np.array([k.returns for k in themes]))
    recommended = None if choice.row is None else KS[choice.row]
    return k_compare.range_table(themes), recommended, choice.outcome


def planted(corpus: Corpus, number: int) -> Corpus:
    """Passages of nothing, with this number of planted themes."""
    for seed in range(1, max(1, number // 10) + 1):
        corpus, themes = plant(corpus, STRENGTH, seed)
    if number >= 10:
        return corpus
    rest = set().union(*themes[number:]) - set().union(*themes[:number])
    kept = np.array([column not in rest for column in range(len(corpus.terms))])
    return corpus._replace(
        counts=corpus.counts[:, kept],
        terms=corpus.terms[kept],
        forms=corpus.forms[kept],
        kinds=corpus.kinds[kept],
    )


def main() -> None:
    """Print both parts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=REFERENCE)
    parser.add_argument(
        "--parts", nargs="+", choices=("time", "planted"), default=("time", "planted")
    )
    parser.add_argument("--planted", nargs="+", type=int, default=PLANTED)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    corpus = reference(arguments.folder)
    if "time" in arguments.parts:
        start = time.perf_counter()
        table, k, outcome = ranged(corpus, arguments.workers)
        print(f"{len(corpus.interviews)} segments: {time.perf_counter() - start:.0f} s")
        print(table.round(3).to_string(index=False), f"\nk = {k} ({outcome})", flush=True)
    if "planted" in arguments.parts:
        rows = corpus.interviews < INTERVIEWS
        part = corpus._replace(counts=corpus.counts[rows], interviews=corpus.interviews[rows])
        for number in arguments.planted:
            table, k, outcome = ranged(planted(shuffled(part, SEED), number), arguments.workers)
            print(f"\n{number} planted: k = {k} ({outcome})")
            print(table.round(3).to_string(index=False), flush=True)


if __name__ == "__main__":
    main()
