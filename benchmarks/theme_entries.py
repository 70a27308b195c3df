"""Find the themes of ``themes.toml`` again in draws, and split what was merged.

    python benchmarks/theme_entries.py RUN [RUN …] [--draws 5] [--engine graph]

RUN is a folder with the tables ``terms`` and ``passage_terms`` (``runs/<study>/``). Entries are
those that ``textlien themes --write`` proposes for the 20 themes of the whole corpus; they are
looked for in draws of 80 % of the interviews. Words are judged by what they do not see: the theme
that they mean is the right one when its shares in passages are the most correlated with those of
the entry's theme, or within .05 of it, and r ≥ .5; when no theme of the draw has r ≥ .5 there is
none to find.

Splits: pairs of themes are merged and split again by three words of each; printed is the part of
the weight of all other words that comes back to its theme. It says how well words are divided, not
whether a theme that a sociologist would split falls into the parts that she means.

Merges: share of two themes measured on the mean of their words, over the sum of their shares, which
is what a run gives; least and greatest of eight pairs.
"""

from __future__ import annotations

import argparse
from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np

from textlien.pipeline.run_folder import Run
from textlien.study.options import ThemesOptions
from textlien.themes.edits.anchors import Match, match, telling_terms
from textlien.themes.edits.draft import anchors_of
from textlien.themes.edits.splitting import split
from textlien.themes.fitting import StudyFit
from textlien.themes.material import material_of
from textlien.themes.model import Material, ThemeModel
from textlien.themes.shares import passage_shares

K, SEED, SHARE, SAME, TIE = 20, 2013, 0.8, 0.5, 0.05


def correlations(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Pearson correlation of each column of one matrix with each of the other."""
    z = [(x - x.mean(axis=0)) / np.maximum(x.std(axis=0), 1e-12) for x in (left, right)]
    return z[0].T @ z[1] / len(left)


def kind_of(meant: Match) -> str:
    """The warning, if any, that a run gives of a match."""
    if not meant.holds:
        return "none"
    return "sure" if meant.is_sure else "tied" if meant.others else "weak"


def matches(material: Material, model: ThemeModel, fit: StudyFit, draws: int) -> Counter:
    """Number of entries by what a run says of them and what is true."""
    shares = passage_shares(model, material.counts)
    generator = np.random.default_rng(7)
    n = int(material.interviews.max()) + 1
    results: Counter = Counter()
    for number in range(draws):
        chosen = np.zeros(n, dtype=bool)
        chosen[generator.choice(n, round(SHARE * n), replace=False)] = True
        part = fit(material.of_interviews(chosen), K, number)
        r = correlations(shares, passage_shares(part, material.counts))
        telling = telling_terms(part.weights)
        for theme, words in enumerate(anchors_of(model.weights)):
            meant = match(part.weights, telling, words)
            best = r[theme].max()
            right = r[theme, meant.theme] >= best - TIE
            truth = "right" if right else "wrong"
            results[kind_of(meant), truth if best >= SAME else "no such theme"] += 1
    return results


def splits(material: Material, model: ThemeModel, pairs: int = 40) -> float:
    """Part of the weight that comes back when merged themes are split, mean over pairs."""
    every = list(combinations(range(len(model.weights)), 2))
    chosen = np.random.default_rng(1).choice(len(every), min(pairs, len(every)), replace=False)
    back = []
    for left, right in (model.weights[list(every[number])] for number in chosen):
        if np.minimum(left, right).sum() > 0.3:  # twins cannot be told apart by any word
            continue
        parts = [
            tuple(int(t) for t in np.argsort(-a, kind="stable") if a[t] > 2 * b[t])[:3]
            for a, b in ((left, right), (right, left))
        ]
        rows = split(left + right, parts, material)
        rest = np.ones(len(left), dtype=bool)
        rest[[term for part in parts for term in part]] = False
        kept = np.minimum(rows, np.array([left, right]))[:, rest].sum()
        back.append(kept / (left + right)[rest].sum())
    return float(np.mean(back)) if back else float("nan")


def merges(material: Material, model: ThemeModel, pairs: int = 8) -> list[float]:
    """Share on the mean of the words of two themes, over the sum of their shares."""
    shares = passage_shares(model, material.counts).mean(axis=0)
    every = list(combinations(range(len(model.weights)), 2))
    ratios = []
    for number in np.random.default_rng(0).choice(len(every), pairs, replace=False):
        pair = list(every[number])
        others = np.delete(model.weights, pair, axis=0)
        weights = np.vstack([others, model.weights[pair].mean(axis=0)])
        merged = passage_shares(model._replace(weights=weights), material.counts)[:, -1].mean()
        ratios.append(float(merged / shares[pair].sum()))
    return ratios


def main() -> None:
    """Print all three, for each run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", nargs="+", type=Path)
    parser.add_argument("--draws", type=int, default=5)
    parser.add_argument("--engine", default="graph")
    arguments = parser.parse_args()
    fit = StudyFit(ThemesOptions(engine=arguments.engine))
    for folder in arguments.runs:
        run = Run(folder)
        material, _ = material_of(run["terms"], run["passage_terms"])
        model = fit(material, K, SEED)
        results = matches(material, model, fit, arguments.draws)
        print(f"{folder.name}: {len(model.weights)} themes, {arguments.draws} draws")
        for kind in ("sure", "tied", "weak", "none"):
            counts = {truth: results[kind, truth] for truth in ("right", "wrong", "no such theme")}
            print(f"  {kind}: {counts}")
        print(f"  split again: {splits(material, model):.2f} of the weight comes back")
        ratios = merges(material, model)
        print(
            f"  merged on mean words: {min(ratios):.2f} to {max(ratios):.2f} of the sum", flush=True
        )


if __name__ == "__main__":
    main()
