"""Agreement of themes with groups that are known: crafts, sections, parties, départements.

Usage: python benchmarks/themes_groups.py [--folder FOLDER] [--peers PYTHON] [--only STUDY ...]
           [--models MODEL ...]

Real texts of ../shared/realdata are run up to their terms in FOLDER (by default one that is removed
afterwards; a folder that is kept is not computed again), then themes are found by each model,
k = 20, in a process of its own:

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
with that of a passage. « all »: every passage with a term, those that lie mostly outside of themes
as one more class; « with a theme »: the others alone, and how many of 100 they are. Shares are
textlien's for every model, so that only the themes differ; a second row of a peer has its own
shares of passages, whose remainder is 0. Themes are found on passages that do not repeat another,
by all models.

Does not show: a theme that groups do not differ in is no worse for it. Texts of the leaflets often
name their party, and copies of a national text make a theme of a party easy to find.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import adjusted_mutual_info_score

from textlien.themes.coverage import has_theme
from textlien.themes.material import material_of
from textlien.themes.shares import passage_shares
from theming.models import PEERS_PYTHON, Settings, fit, present
from theming.studies import STUDIES, Study

COMPARED = ("textlien graph", "textlien nmf", "sklearn NMF", "gensim LDA", "tomotopy LDA")
COLUMNS = ("model", "found", "texts", "all passages", "with a theme", "of 100")


def scores(
    shares: NDArray[np.float64], interviews: NDArray[np.int64], group: list[str]
) -> list[str]:
    """Cells of a row: agreement of dominant themes with a group, of texts and of passages.

    Parameters
    ----------
    shares : passages × themes.
    interviews : number of the interview of each passage.
    group : value of each interview; those without a value do not count.
    """
    values = np.array(group, dtype=object)
    n = np.bincount(interviews, minlength=len(values))
    means = np.column_stack(
        [np.bincount(interviews, weights=column, minlength=len(values)) for column in shares.T]
    )
    grouped = (values != "") & (n > 0)
    dominant = shares.argmax(axis=1)
    themed = has_theme(shares)
    of_passage = values[interviews]
    chosen = grouped[interviews]
    pairs = (
        (values[grouped], means[grouped].argmax(axis=1)),
        (of_passage[chosen], np.where(themed, dominant, -1)[chosen]),
        (of_passage[chosen & themed], dominant[chosen & themed]),
    )
    agreements = [adjusted_mutual_info_score(list(left), list(right)) for left, right in pairs]
    return [*(f"{value:.3f}" for value in agreements), f"{100 * themed[chosen].mean():.0f}"]


def compare(study: Study, models: list[str], python: Path) -> None:
    """Print the tables of a study, one a group."""
    corpus = study.corpus
    material, _ = material_of(*corpus.tables())
    settings = Settings(python=python, own_shares=True)
    no_draws = np.zeros((0, len(study.names)), dtype=bool)
    rows: list[tuple[str, int, NDArray[np.float64]]] = []
    for name in models:
        if not present(name, python):
            print(f"{name} is not installed: left out.")
            continue
        print(f"  {name} …", file=sys.stderr, flush=True)
        fits = fit(name, corpus, material, no_draws, settings)
        found = len(fits.model.weights)
        rows.append((name, found, passage_shares(fits.model, material.counts)))
        if fits.shares is not None and not name.startswith("textlien"):
            rows.append((f"{name}, its own shares", found, fits.shares))
    for label, group in study.groups.items():
        known = [value for value in group if value]
        print(f"\n{label}: {len(known)} texts in {len(set(known))} groups\n")
        print(f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|")
        for name, found, shares in rows:
            cells = scores(shares, corpus.interviews, group)
            print(f"| {name} | {found} | {' | '.join(cells)} |", flush=True)


def main() -> None:
    """Print the tables of all studies."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--peers", type=Path, default=PEERS_PYTHON)
    parser.add_argument("--only", nargs="+", choices=STUDIES, default=list(STUDIES))
    parser.add_argument("--models", nargs="+", choices=COMPARED, default=list(COMPARED))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        for name in options.only:
            study = STUDIES[name]((options.folder or Path(temporary)) / name)
            print(f"\n## {name}: {study.corpus.counts.shape[0]:,} passages")
            compare(study, options.models, options.peers)


if __name__ == "__main__":
    main()
