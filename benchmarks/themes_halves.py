"""Fragile themes of one half of the interviews, and the others: how many the other half lacks.

Usage: python benchmarks/themes_halves.py [RUN ...]

RUN is the folder of a run (``runs/<study>``); without any, the matrix of 19,847 segments of real
interviews is used (see ``benchmarks/themes.py``). Interviews are halved at random, three times. In
each half themes are found, k = 20, and refitted on twelve draws of 80 % of its interviews; nothing
of the other half is used. A theme is gone if the themes found in the other half have no
counterpart of it (likeness of .4 or more, no pair is forced). Spearman: stability against likeness
to the nearest theme of the other half.

Does not show: how themes of all interviews would fare, which are more stable than those of a half.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr

from textlien.study.options import ThemesOptions
from textlien.tables.parquet import read_parquet
from textlien.themes.fitting import StudyFit
from textlien.themes.matching import match
from textlien.themes.material import material_of
from textlien.themes.model import Material
from textlien.themes.refits.draws import fit_part, numbered_draw
from textlien.themes.refits.stability import assess_weights, marks
from theming.corpora import reference

K, REFITS, HALVINGS, SEED = 20, 12, 3, 2013
FIT = StudyFit(ThemesOptions())


def material_of_run(folder: Path) -> Material:
    """What themes of a run are found in."""
    tables = [
        read_parquet(folder / "tables" / f"{name}.parquet", name)
        for name in ("terms", "passage_terms")
    ]
    return material_of(*tables)[0]


def report(name: str, material: Material) -> None:
    """Print a row of the table."""
    n = int(material.interviews.max()) + 1
    generator = np.random.default_rng(SEED)
    stability, likeness, back = [], [], []
    for halving in range(HALVINGS):
        half = np.zeros(n, dtype=bool)
        half[generator.permutation(n)[: n // 2]] = True
        parts = [material.of_interviews(side) for side in (half, ~half)]
        models = [fit_part(part, FIT, SEED)(K) for part in parts]
        for part, model, other in zip(parts, models, reversed(models), strict=True):
            print(f"{name}: halving {halving} …", file=sys.stderr, flush=True)
            persons = np.arange(int(part.interviews.max()) + 1)
            refits = []
            for number in range(REFITS):
                drawn, seed = numbered_draw(persons, SEED + halving, number)
                refits.append(fit_part(part.of_interviews(drawn), FIT, seed)(K).weights)
            stability.append(marks(assess_weights(model, refits)))
            matching = match(model, other)
            likeness += matching.likeness.max(axis=1, initial=0).tolist()
            paired = {theme for theme, _ in matching.matched}
            back += [theme in paired for theme in range(len(model.weights))]
    fragile = np.concatenate([table["fragile"] for table in stability])
    printed = np.concatenate([table["stability"] for table in stability])
    gone = ~np.array(back)
    print(
        f"| {name} | {len(gone)} | {spearmanr(printed, likeness).statistic:.2f} "
        f"| {gone[fragile].mean():.2f} ({fragile.sum()}) "
        f"| {gone[~fragile].mean():.2f} ({(~fragile).sum()}) |",
        flush=True,
    )


def main() -> None:
    """Print the table."""
    print("| corpus | themes | Spearman | fragile: gone | others: gone |\n" + "|---" * 5 + "|")
    for folder in map(Path, sys.argv[1:]):
        report(folder.name, material_of_run(folder))
    if not sys.argv[1:]:
        report("reference matrix", material_of(*reference().tables())[0])


if __name__ == "__main__":
    main()
