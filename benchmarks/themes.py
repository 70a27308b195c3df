"""Themes on 19,847 segments of real interviews: textlien beside its peers.

Usage: python benchmarks/themes.py [FOLDER] [--peers PYTHON] [--only NAME ...] [--words]

FOLDER holds ``dtm.mtx.gz``, ``terms.txt`` and ``segments.csv.gz`` (by default
../shared/reference/rainette). k = 20 and seed 2013 for all. Peers that textlien does not install
need an environment of their own (``benchmarks/theming/peers.py`` says how), whose Python is
``.venv-peers/bin/python`` unless ``--peers`` names another; those that are absent are left out with
a word. Settings of each model are in ``benchmarks/theming/ours.py`` and ``peers.py``.

Each model runs in a process of its own, on one thread. All learn from the same segments: those that
repeat another one are left out.

s, CPU s, MB
    of the fit on all interviews: seconds by the clock, seconds of the processor (the same on a
    machine that does nothing else), and the peak of the process, libraries and corpus included.
    For textlien time begins with the tables of terms: looking for repeated segments and for word
    vectors counts.
found
    number of themes: k is an upper bound for textlien's graph.
NPMI, C_v
    coherence of the first ten words of a theme in the same segments; C_v by gensim.
diversity
    distinct share of the first 25 words of all themes.
80 %, halves
    stability: agreement between models of four draws of 80 % of the *interviews* (six pairs), and
    between models of two halves without a common interview (three splits). Agreement is the Jaccard
    index of the first 20 words, summed over themes matched by the Hungarian algorithm, over the
    larger of both numbers of themes, so that finding few themes does not help.
coverage
    share of segments more than half of which is in themes, measured by textlien's shares for every
    model.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from textlien.themes.coverage import has_theme
from textlien.themes.material import material_of
from textlien.themes.model import Material
from textlien.themes.shares import passage_shares
from theming import measures
from theming.corpora import REFERENCE, Corpus, reference
from theming.models import MODELS, PEERS_PYTHON, Fits, Settings, fit, present

DRAWS, SPLITS = 4, 3

# The engine of textlien that calls gensim stands for it.
DEFAULT_MODELS = [name for name in MODELS if name != "gensim LDA"]
COLUMNS = (
    *("model", "s", "CPU s", "MB", "found", "NPMI", "C_v", "diversity"),
    *("80 %", "halves", "coverage"),
)


def draws_of(n_interviews: int) -> NDArray[np.bool_]:
    """Four draws of 80 % of the interviews, then three pairs of halves."""
    generator = np.random.default_rng(1)
    drawn = np.zeros((DRAWS + 2 * SPLITS, n_interviews), dtype=bool)
    for row in drawn[:DRAWS]:
        row[generator.choice(n_interviews, round(0.8 * n_interviews), replace=False)] = True
    for number in range(SPLITS):
        half = generator.choice(n_interviews, n_interviews // 2, replace=False)
        drawn[DRAWS + 2 * number, half] = True
        drawn[DRAWS + 2 * number + 1] = ~drawn[DRAWS + 2 * number]
    return drawn


def stabilities(fits: Fits) -> tuple[float, float]:
    """Stability over draws of 80 % and over halves."""
    overlapping, halves = fits.draws[:DRAWS], fits.draws[DRAWS:]
    return (
        measures.stability(itertools.combinations(overlapping, 2)),
        measures.stability(zip(halves[::2], halves[1::2], strict=True)),
    )


def row(fits: Fits, corpus: Corpus, material: Material, c_v: float) -> list[str]:
    """Cells of a model's row of the table, after its name."""
    weights = fits.model.weights
    overlapping, halves = stabilities(fits)
    return [
        f"{fits.cost.seconds:.1f}",
        f"{fits.cost.fit:.1f}",
        f"{fits.cost.peak:.0f}",
        f"{len(weights)}",
        f"{measures.npmi(weights, corpus.counts):.3f}",
        f"{c_v:.3f}",
        f"{measures.diversity(weights):.2f}",
        f"{overlapping:.2f}",
        f"{halves:.2f}",
        f"{has_theme(passage_shares(fits.model, material.counts)).mean():.2f}",
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path, nargs="?", default=REFERENCE)
    parser.add_argument("--peers", type=Path, default=PEERS_PYTHON)
    parser.add_argument("--only", nargs="+", choices=MODELS, default=DEFAULT_MODELS)
    parser.add_argument("--words", action="store_true", help="print the first words of themes")
    options = parser.parse_args()
    corpus = reference(options.folder)
    material, _ = material_of(*corpus.tables())
    draws = draws_of(int(corpus.interviews.max()) + 1)
    settings = Settings(python=options.peers)
    fitted: dict[str, Fits] = {}
    for name in options.only:
        if present(name, options.peers):
            print(f"{name} …", file=sys.stderr, flush=True)
            fitted[name] = fit(name, corpus, material, draws, settings)
        else:
            print(f"{name} is not installed: left out.")
    coherence = measures.c_v([fits.model.weights for fits in fitted.values()], corpus.counts)
    print(f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|")
    for (name, fits), c_v in zip(fitted.items(), coherence, strict=True):
        print(f"| {name} | {' | '.join(row(fits, corpus, material, c_v))} |")
    if options.words:
        for name, fits in fitted.items():
            print(f"\n{name}")
            for theme in measures.first_words(fits.model.weights, measures.COHERENCE_WORDS):
                print("  " + " ".join(corpus.terms[theme]))


if __name__ == "__main__":
    main()
