"""Themes on 19,847 segments of real interviews: seconds, coherence, diversity, stability.

Usage: python benchmarks/themes.py [FOLDER]

FOLDER holds ``dtm.mtx.gz``, ``terms.txt`` and ``segments.csv.gz`` (by default
../shared/reference/rainette). k = 20. NPMI: the first ten words, co-occurrence in a segment.
Diversity: distinct share of the first 25 words of all themes. Stability: mean Jaccard of the first
20 words between models of two draws of 80 % of the *interviews*, themes matched by the Hungarian
algorithm, over the ten pairs of five draws. gensim's LdaModel with its automatic priors is run on
the same matrix in the same session, as the peer that seconds are to be compared with.
"""

from __future__ import annotations

import gzip
import itertools
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.io import mmread
from scipy.optimize import linear_sum_assignment

from textlien.study.options import ThemesOptions
from textlien.themes import describe, lda, nmf
from textlien.themes.repeated import repeats

DEFAULT = Path(__file__).parents[2] / "shared" / "reference" / "rainette"
K = 20
ENGINES = {"textlien nmf": nmf.fit, "textlien lda (gensim)": lda.fit}


def first_words(weights: NDArray[np.float64], number: int) -> list[set[int]]:
    """The ``number`` heaviest terms of each theme."""
    return [set(np.argsort(-row, kind="stable")[:number].tolist()) for row in weights]


def stability(models: list[NDArray[np.float64]]) -> float:
    """Mean Jaccard of matched themes over all pairs of models."""
    scores = []
    for one, other in itertools.combinations([first_words(m, 20) for m in models], 2):
        jaccard = np.array([[len(a & b) / len(a | b) for b in other] for a in one])
        scores.append(jaccard[linear_sum_assignment(-jaccard)].mean())
    return float(np.mean(scores))


def main(folder: Path) -> None:
    """Print the table."""
    if not (folder / "dtm.mtx.gz").exists():
        sys.exit(f"{folder}: no dtm.mtx.gz. Give the folder of the matrix as argument.")
    with gzip.open(folder / "dtm.mtx.gz") as stream:
        counts = sparse.csr_matrix(mmread(stream)).astype(float)
    terms = (folder / "terms.txt").read_text(encoding="utf-8").split("\n")[: counts.shape[1]]
    segments = pd.read_csv(folder / "segments.csv.gz")
    kept = np.diff(counts.indptr) > 0
    counts, interviews = counts[kept], segments.iloc[:, 1].to_numpy()[kept]
    long = counts.tocoo()
    passage_terms = pd.DataFrame(
        {"passage_id": long.row.astype(str), "term": np.array(terms, dtype=object)[long.col]}
    )
    print(f"{'engine':<24} {'seconds':>7} {'NPMI':>6} {'diversity':>9} {'stability':>9}")
    for name, fit in ENGINES.items():
        start = time.perf_counter()
        _, weights = fit(counts, ~repeats(counts), K, ThemesOptions(lda_passes=5), 2013)
        seconds = time.perf_counter() - start
        scaled = weights / weights.sum(axis=1, keepdims=True)
        table = describe.ranked_terms(scaled, describe.frex(scaled), terms, 25)
        coherence = describe.npmi(table, passage_terms, counts.shape[0]).mean()
        diversity = table["term"].nunique() / len(table)
        generator = np.random.default_rng(1)
        names = np.unique(interviews)
        models = []
        for _ in range(5):
            drawn = generator.choice(names, round(0.8 * len(names)), replace=False)
            rows = np.isin(interviews, drawn)
            part = counts[rows]
            models.append(fit(part, ~repeats(part), K, ThemesOptions(lda_passes=5), 2013)[1])
        print(
            f"{name:<24} {seconds:7.1f} {coherence:6.3f} {diversity:9.2f} {stability(models):9.2f}"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
