"""Planted themes that are recovered, themes of words without topic, and stability that holds.

Usage: python benchmarks/themes_planted.py [FOLDER] [--peers PYTHON] [--parts PART ...]

FOLDER holds the matrix of 19,847 segments of real interviews (see ``benchmarks/themes.py``).

planted
    Ten invented themes are added to the real segments (``theming/planting.py`` says how), at three
    strengths: .5, 1 or 2 words of a theme in a segment of an episode, in the mean, beside eleven
    real ones. At 2 their words are about as frequent, as spread over interviews and as clustered as
    those of real themes. k = 30: ten for them, and twenty for the real themes that are there too;
    the graph at strength 2 also with k = 40, since the segments hold more than twenty real themes,
    which a theme of twelve interviews has to compete with.
    Recall: planted themes half of whose words, five at least, are among the first twenty words of
    one theme, a theme counting for one. Mean of five plantings (seeds 1 to 5; peers: the first).
nothing
    The same segments with words exchanged at random, between all segments or within each interview:
    lengths and frequencies are those of talk, and nothing is spoken of. How many themes are found,
    and how many of them are not marked as fragile by the refits of the stage, k = 30; « invented »
    is the latter over k. Exchanged within interviews, differences between interviews remain.
return
    The stability that is printed beside each theme (20 refits on draws of 80 % of the interviews)
    against its return where nothing of the refits was used: Spearman's rank correlation over
    themes, k = 20. « fresh draws »: eight other draws of 80 %. « other interviews »: themes and
    stability of one half of the interviews, return in four draws of 80 % of the other half; three
    splits. Return is the Jaccard index of the first twenty words with the theme's counterpart, by
    the Hungarian algorithm, mean over draws: not the likeness that stability is made of.

Does not show: planted words have no meaning, so word vectors cannot help with them.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.stats import spearmanr

from textlien.study.options import ThemesOptions
from textlien.themes.fitting import StudyFit
from textlien.themes.material import material_of
from textlien.themes.model import Material, ThemeModel
from textlien.themes.refits.draws import draw, fit_part, numbered_draw
from textlien.themes.refits.stability import assess_weights, marks
from theming import measures
from theming.corpora import REFERENCE, Corpus, reference
from theming.models import MODELS, PEERS_PYTHON, Settings, fit, present
from theming.planting import plant, recovered, shuffled

PARTS = ("planted", "nothing", "return")
STRENGTHS, SEEDS = (0.5, 1, 2), (1, 2, 3, 4, 5)
COMPARED = ("textlien graph", "textlien nmf", "tomotopy LDA")
K_PLANTED, K_PLANTED_MORE, K, SEED = 30, 40, 20, 2013
REFITS, FRESH, FRESH_OF_HALF, SPLITS = ThemesOptions().refits, 8, 4, 3


def planted(corpus: Corpus, python: Path) -> None:
    """Print recall by model and strength."""
    print("| model | strength | k | recall | themes recovered by number of interviews | found |")
    print("|---" * 6 + "|")
    for name in COMPARED:
        if not present(name, python):
            print(f"{name} is not installed: left out.")
            continue
        seeds = SEEDS if MODELS[name].startswith("textlien:graph") else SEEDS[:1]
        more = [(STRENGTHS[-1], K_PLANTED_MORE)] if len(seeds) > 1 else []
        for strength, k in [*((strength, K_PLANTED) for strength in STRENGTHS), *more]:
            hits, found = [], []
            for seed in seeds:
                print(f"planted: {name}, {strength}, {seed} …", file=sys.stderr, flush=True)
                known = plant(corpus, strength, seed)
                material, _ = material_of(*known.corpus.tables())
                draws = np.zeros((0, int(corpus.interviews.max()) + 1), dtype=bool)
                settings = Settings(k=k, python=python)
                weights = fit(name, known.corpus, material, draws, settings).model.weights
                hits.append(recovered(known.themes, weights))
                found.append(len(weights))
            by_theme = " ".join(f"{share:.1f}" for share in np.mean(hits, axis=0))
            print(
                f"| {name} | {strength} | {k} | {np.mean(hits):.2f} | {by_theme} "
                f"| {np.mean(found):.0f} |",
                flush=True,
            )


def nothing(corpus: Corpus) -> None:
    """Print themes found where there are none."""
    print("\n| engine | words exchanged | found | not fragile | invented |\n" + "|---" * 5 + "|")
    for engine in ("graph", "nmf"):
        for within in (False, True):
            print(f"nothing: {engine}, {within} …", file=sys.stderr, flush=True)
            mixed = shuffled(corpus, SEED, within_interviews=within)
            material, _ = material_of(*mixed.tables())
            model, table = stability_of(material, engine, K_PLANTED)
            firm = int((~table["fragile"]).sum())
            between = "within interviews" if within else "between all"
            print(
                f"| {engine} | {between} | {len(model.weights)} | {firm} "
                f"| {firm / K_PLANTED:.2f} |",
                flush=True,
            )


def returns(corpus: Corpus) -> None:
    """Print how well stability tells which themes return."""
    material, _ = material_of(*corpus.tables())
    n_interviews = int(material.interviews.max()) + 1
    print("\n| return in | themes | Spearman | fragile: return | others: return |")
    print("|---" * 5 + "|")
    print("return: fresh draws …", file=sys.stderr, flush=True)
    everyone = np.ones(n_interviews, dtype=bool)
    printed = [compared(material, everyone, everyone, FRESH)]
    report("fresh draws", *printed[0])
    generator = np.random.default_rng(SEED)
    halves = []
    for split in range(SPLITS):
        print(f"return: split {split} …", file=sys.stderr, flush=True)
        half = np.zeros(n_interviews, dtype=bool)
        half[generator.choice(n_interviews, n_interviews // 2, replace=False)] = True
        halves.append(compared(material, half, ~half, FRESH_OF_HALF))
        report(f"other interviews, split {split + 1}", *halves[-1])
    report("other interviews, all", *(np.concatenate(part) for part in zip(*halves, strict=True)))


def compared(
    material: Material, here: NDArray[np.bool_], there: NDArray[np.bool_], number: int
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64]]:
    """Stability of themes and their marks in some interviews, and their return in others."""
    model, table = stability_of(material.of_interviews(here), "graph", K)
    other = material.of_interviews(there)
    generator = np.random.default_rng(SEED + 1)
    scores = np.zeros((number, len(model.weights)))
    for row in scores:
        drawn = draw(np.arange(int(there.sum())), generator)
        seed = int(generator.integers(2**31))
        weights = StudyFit(ThemesOptions())(other.of_interviews(drawn), K, seed).weights
        alike = measures.likeness(model.weights, weights)
        own, counterpart = linear_sum_assignment(-alike)
        row[own] = alike[own, counterpart]
    return table["stability"].to_numpy(), table["fragile"].to_numpy(), scores.mean(axis=0)


def report(
    where: str,
    stability: NDArray[np.float64],
    fragile: NDArray[np.bool_],
    back: NDArray[np.float64],
) -> None:
    """Print a row of the table of returns."""
    means = [f"{back[mask].mean():.2f}" if mask.any() else "–" for mask in (fragile, ~fragile)]
    print(
        f"| {where} | {len(back)} | {spearmanr(stability, back).statistic:.2f} "
        f"| {means[0]} ({fragile.sum()}) | {means[1]} |",
        flush=True,
    )


def stability_of(material: Material, engine: str, k: int) -> tuple[ThemeModel, pd.DataFrame]:
    """Themes of a material, and the columns that refits give them in the table of themes."""
    study_fit = StudyFit(ThemesOptions(engine=engine))
    model = study_fit(material, k, SEED)
    persons = np.arange(int(material.interviews.max()) + 1)
    refits = []
    for number in range(1, REFITS + 1):
        drawn, seed = numbered_draw(persons, SEED, number)
        refits.append(fit_part(material.of_interviews(drawn), study_fit, seed)(k).weights)
    return model, marks(assess_weights(model, refits))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path, nargs="?", default=REFERENCE)
    parser.add_argument("--peers", type=Path, default=PEERS_PYTHON)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    options = parser.parse_args()
    corpus = reference(options.folder)
    if "planted" in options.parts:
        planted(corpus, options.peers)
    if "nothing" in options.parts:
        nothing(corpus)
    if "return" in options.parts:
        returns(corpus)


if __name__ == "__main__":
    main()
