"""Time and memory of themes as a corpus grows, beside scikit-learn's NMF in the same session.

Usage: python benchmarks/themes_growth.py [FOLDER] [--refits NUMBER]

FOLDER holds the matrix of 19,847 segments of real interviews (see ``benchmarks/themes.py``), about
60 words each. It is grown to 3 million words: interviews are drawn with replacement under new
names, and 30 of 100 occurrences of a word are replaced by one of the ten words next to it in the
order of frequency. With fewer, two copies of a segment have more than half of their words in common
and would be set apart as repeats.

Each model has a process of its own, on one thread; seconds are those of the processor. For textlien
« fit » begins with the tables of terms; « shares » measures all segments; « refits » are as many
fits on draws of 80 % of the interviews as the stage makes, which it shares out among its processes
(and each of which measures all segments again). scikit-learn's NMF is fitted on its tf-idf with all
defaults, and transforms all segments. ``benchmarks/themes_k.py`` times a range of k.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textlien.study.options import ThemesOptions
from textlien.themes.material import material_of
from theming.corpora import REFERENCE, Corpus, reference
from theming.models import Cost, Settings, fit

WORDS, WORDS_OF_SEGMENT = 3_000_000, 60
REPLACED, NEIGHBOURS = 0.3, 5
MODELS = ("textlien graph", "textlien nmf", "sklearn NMF")


def grown(corpus: Corpus, n_words: int, seed: int) -> Corpus:
    """Interviews drawn with replacement until there are enough words, varied."""
    generator = np.random.default_rng(seed)
    ends = np.searchsorted(corpus.interviews, np.arange(corpus.interviews.max() + 2))
    rows: list[NDArray[np.int64]] = []
    while sum(map(len, rows)) * WORDS_OF_SEGMENT < n_words:
        interview = generator.integers(len(ends) - 1)
        rows.append(np.arange(ends[interview], ends[interview + 1]))
    cells = corpus.counts[np.concatenate(rows)].tocoo()
    row, column = (np.repeat(part, cells.data.astype(int)) for part in (cells.row, cells.col))
    by_frequency = np.argsort(-np.asarray(corpus.counts.sum(axis=0)).ravel(), kind="stable")
    place = np.empty(len(by_frequency), dtype="int64")
    place[by_frequency] = np.arange(len(by_frequency))
    steps = generator.integers(1, NEIGHBOURS + 1, len(column))
    steps *= generator.choice([-1, 1], len(column))
    moved = np.clip(place[column] + steps, 0, len(place) - 1)
    column = np.where(generator.random(len(column)) < REPLACED, by_frequency[moved], column)
    counts = sparse.csr_matrix((np.ones(len(row), dtype="int64"), (row, column)), cells.shape)
    counts.sum_duplicates()
    sizes = [len(part) for part in rows]
    return corpus._replace(counts=counts, interviews=np.repeat(np.arange(len(rows)), sizes))


def measured(corpus: Corpus, n_refits: int) -> None:
    """Print a row for each model."""
    material, _ = material_of(*corpus.tables())
    n_interviews = int(corpus.interviews.max()) + 1
    generator = np.random.default_rng(1)
    draws = np.zeros((n_refits, n_interviews), dtype=bool)
    for draw in draws:
        draw[generator.choice(n_interviews, round(0.8 * n_interviews), replace=False)] = True
    learnt = f"{len(material.learn):,} ({100 * material.learn.mean():.0f} % learnt from)"
    print(f"\n{learnt} segments of {n_interviews} interviews\n")
    print("| model | fit | of sklearn | shares | refits | peak MB |\n" + "|---" * 6 + "|")
    costs: dict[str, Cost] = {}
    for name in MODELS:
        print(f"{name} …", file=sys.stderr, flush=True)
        chosen = draws if name == "textlien graph" else draws[:0]
        costs[name] = fit(name, corpus, material, chosen, Settings(own_shares=True)).cost
    for name, cost in costs.items():
        refits = f"{cost.draws:.0f}" if cost.draws > 0.1 else "–"
        print(
            f"| {name} | {cost.fit:.1f} | {cost.fit / costs['sklearn NMF'].fit:.2f} "
            f"| {cost.shares:.1f} | {refits} | {cost.peak:.0f} |"
        )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path, nargs="?", default=REFERENCE)
    parser.add_argument("--refits", type=int, default=ThemesOptions().refits)
    options = parser.parse_args()
    corpus = reference(options.folder)
    measured(corpus, options.refits)
    measured(grown(corpus, WORDS, 1), options.refits)


if __name__ == "__main__":
    main()
