"""Agreement of themes with groups that are known: crafts, sections, parties, départements.

Usage: python benchmarks/themes_groups.py [--folder FOLDER] [--peers PYTHON] [--only STUDY ...]
           [--models MODEL ...] [--k 20] [--draws 8]

Real texts of ../shared/realdata are run up to their terms in FOLDER (by default one that is removed
afterwards; a folder that is kept is not computed again), then themes are found by each model,
k = 20 unless another is asked for, in a process of its own:

craftspeople
    27 interviews with craftspeople: craft, and material worked (six), read off their first answers
    (``benchmarks/theming/studies.py``).
mixed
    The same and 41 interviews on Paris, ten times as long, in one study: who of both is speaking,
    craft and material.
contributions
    471 threads of the consultation on the digital republic; the section of the platform (18) and
    its grouping in four.
leaflets
    928 candidates' leaflets of 1988 and 1993; département, and family of parties where exactly one
    is named among the first 60 and last 40 words (rule in ``studies.py``: 607 leaflets; of thirty
    drawn at random and read, all were of the family that the rule says).

Figures are adjusted mutual information (Vinh, Epps, Bailey 2010), 0 by chance, 1 if each tells the
other: of the group with the dominant theme of a text (greatest mean share over its passages), and
with that of a passage. « texts, draws » is the first again, mean (and standard deviation) over
draws of nine tenths of the texts: of 27 texts in 14 groups a single figure moves by .05 and more
with two or three of them. « all »: every passage with a term, those that lie mostly outside of
themes as one more class; « with a theme »: the others alone, and how many of 100 they are. Shares
are textlien's for every model, so that only the themes differ; a second row of a peer has its own
shares of passages, whose remainder is 0 (no draws). Themes are found on passages that do not repeat
another, by all models.

Does not show: a theme that groups do not differ in is no worse for it. Texts of the leaflets often
name their party, and copies of a national text make a theme of a party easy to find.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import adjusted_mutual_info_score

from textlien.themes.coverage import has_theme
from textlien.themes.material import material_of
from textlien.themes.model import Material
from textlien.themes.shares import passage_shares, theme_model
from theming.models import PEERS_PYTHON, Settings, fit, present
from theming.studies import STUDIES, Study

COMPARED = ("textlien graph", "textlien nmf", "sklearn NMF", "gensim LDA", "tomotopy LDA")
COLUMNS = ("model", "found", "texts", "texts, draws", "all passages", "with a theme", "of 100")

# Texts of each draw that is fitted again.
PART = 0.9


def of_texts(
    shares: NDArray[np.float64], interviews: NDArray[np.int64], values: NDArray[np.object_]
) -> float:
    """Agreement of the dominant themes of texts with a group."""
    n = np.bincount(interviews, minlength=len(values))
    means = np.column_stack(
        [np.bincount(interviews, weights=column, minlength=len(values)) for column in shares.T]
    )
    grouped = (values != "") & (n > 0)
    return float(
        adjusted_mutual_info_score(list(values[grouped]), list(means[grouped].argmax(axis=1)))
    )


def scores(
    shares: NDArray[np.float64], interviews: NDArray[np.int64], group: list[str]
) -> list[str]:
    """Cells of a row: agreement of dominant themes of passages with a group.

    Parameters
    ----------
    shares : passages × themes.
    interviews : number of the interview of each passage.
    group : value of each interview; those without a value do not count.
    """
    values = np.array(group, dtype=object)
    dominant = shares.argmax(axis=1)
    themed = has_theme(shares)
    of_passage = values[interviews]
    chosen = of_passage != ""
    pairs = (
        (of_passage[chosen], np.where(themed, dominant, -1)[chosen]),
        (of_passage[chosen & themed], dominant[chosen & themed]),
    )
    agreements = [adjusted_mutual_info_score(list(left), list(right)) for left, right in pairs]
    return [*(f"{value:.3f}" for value in agreements), f"{100 * themed[chosen].mean():.0f}"]


class Row(NamedTuple):
    """A model, or a model with its own shares, on a study.

    Attributes
    ----------
    shares : passages × themes.
    draws : material of each draw, and shares of its passages.
    """

    name: str
    found: int
    shares: NDArray[np.float64]
    draws: list[tuple[Material, NDArray[np.float64]]]

    def cells(
        self, interviews: NDArray[np.int64], group: list[str], draws: NDArray[np.bool_]
    ) -> list[str]:
        """Cells of the row for a group."""
        values = np.array(group, dtype=object)
        drawn = [
            of_texts(shares, part.interviews, values[chosen])
            for chosen, (part, shares) in zip(draws, self.draws, strict=False)
        ]
        return [
            self.name,
            str(self.found),
            f"{of_texts(self.shares, interviews, values):.3f}",
            f"{np.mean(drawn):.3f} ({np.std(drawn):.3f})" if drawn else "–",
            *scores(self.shares, interviews, group),
        ]


def draws_of(n: int, number: int) -> NDArray[np.bool_]:
    """Draws of nine tenths of the texts."""
    generator = np.random.default_rng(1)
    drawn = np.zeros((number, n), dtype=bool)
    for row in drawn:
        row[generator.choice(n, round(PART * n), replace=False)] = True
    return drawn


def compare(study: Study, models: list[str], settings: Settings, n_draws: int) -> None:
    """Print the tables of a study, one a group."""
    corpus = study.corpus
    material, _ = material_of(*corpus.tables())
    draws = draws_of(len(study.names), n_draws)
    rows: list[Row] = []
    for name in models:
        if not present(name, settings.python):
            print(f"{name} is not installed: left out.")
            continue
        print(f"  {name} …", file=sys.stderr, flush=True)
        fits = fit(name, corpus, material, draws, settings)
        found = len(fits.model.weights)
        parts = [material.of_interviews(chosen) for chosen in draws]
        drawn = [
            (part, passage_shares(theme_model(part, weights), part.counts))
            for part, weights in zip(parts, fits.draws, strict=True)
        ]
        rows.append(Row(name, found, passage_shares(fits.model, material.counts), drawn))
        if fits.shares is not None and not name.startswith("textlien"):
            rows.append(Row(f"{name}, its own shares", found, fits.shares, []))
    for label, group in study.groups.items():
        known = [value for value in group if value]
        print(f"\n{label}: {len(known)} texts in {len(set(known))} groups\n")
        print(f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|")
        for row in rows:
            print(f"| {' | '.join(row.cells(corpus.interviews, group, draws))} |", flush=True)


def main() -> None:
    """Print the tables of all studies."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--peers", type=Path, default=PEERS_PYTHON)
    parser.add_argument("--only", nargs="+", choices=STUDIES, default=list(STUDIES))
    parser.add_argument("--models", nargs="+", choices=COMPARED, default=list(COMPARED))
    parser.add_argument("--k", type=int, default=20)
    parser.add_argument("--draws", type=int, default=8)
    options = parser.parse_args()
    settings = Settings(k=options.k, python=options.peers, own_shares=True)
    with tempfile.TemporaryDirectory() as temporary:
        for name in options.only:
            study = STUDIES[name]((options.folder or Path(temporary)) / name)
            print(f"\n## {name}: {study.corpus.counts.shape[0]:,} passages")
            compare(study, options.models, settings, options.draws)


if __name__ == "__main__":
    main()
