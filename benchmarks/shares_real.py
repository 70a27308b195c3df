"""Shares of axes where all passages are coded, from codings of some of them.

Usage: python benchmarks/shares_real.py [FOLDER] [--draws 500]

FOLDER holds passages.csv and codings.csv of real texts on municipal policy (by default
../shared/realdata/municipal_coded; left out where absent). Two corpora: its sources of 20 passages
or more, and the interviews of the demonstration (invented). Scores are those of classifiers that
have not seen the source, or the person. Codings are drawn at random from those that there are.

these texts
    Each draw takes codings of all passages with one probability; the truth is the share of all
    codings. « held »: by the interval for these very interviews.
others like them
    Interviews (sources) are drawn with replacement for two waves, from the same, so that nothing
    changes; the truth is the share of all. « held »: by the interval for other such interviews;
    « false changes »: tests at 5 % that reject. One in two draws takes passages of the second
    wave whose score is turned by half towards one half: a classifier that sees less there.

Beside them the mean of scores, and the false changes of tests on it with the same errors.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from textlien.arrays import Floats, Integers
from textlien.axes.train import train
from textlien.coding.codebook import load_codebook
from textlien.commands.scaffold import copy_demo
from textlien.estimation.changes import estimate_change
from textlien.estimation.coded import Drawn, coded_sums
from textlien.estimation.intervals import share_interval
from textlien.estimation.method import Basis
from textlien.estimation.profiles import design_of
from textlien.estimation.shares import Estimate, error, estimate
from textlien.estimation.sums import InterviewSums, sums_by
from textlien.pipeline.run import run
from textlien.study.loading import load
from textlien.study.options import AxesOptions

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from train_axes import real_passages  # noqa: E402

DEFAULT = ROOT.parent / "shared" / "realdata" / "municipal_coded"
AXES = [axis.key for axis in load_codebook()]
LEVEL, SEED, FEWEST_PASSAGES = 0.95, 2013, 20


class Coded(NamedTuple):
    """Passages that are all coded: their interview, score and value, (passages, axes)."""

    interviews: Integers
    f: Floats
    y: Floats

    def of(self, chosen: Integers) -> Coded:
        """Interviews in this order, a repeated one as another interview."""
        rows = [np.flatnonzero(self.interviews == number) for number in chosen]
        numbers = np.repeat(np.arange(len(chosen)), [len(part) for part in rows])
        every = np.concatenate(rows)
        return Coded(numbers, self.f[every], self.y[every])


def real(folder: Path) -> Coded:
    """Sources of real texts, scored by classifiers that have not seen the source."""
    texts = real_passages(folder, AXES)
    passages, labels = texts.passages, texts.labels
    table = train(passages, labels, load_codebook(), AxesOptions(folds=10), SEED).held_out.persons
    return coded(table, labels, passages)


def demonstration() -> Coded:
    """Interviews of the demonstration, scored by classifiers that have not seen the person."""
    with tempfile.TemporaryDirectory() as folder:
        tables, _ = run(load(copy_demo(Path(folder) / "demo")), last="axes")
        scores, passages = tables["passage_axes"], tables["passages"]
        scores = scores.assign(value=scores["probability"])
        held_out = scores.assign(probability=scores["model_probability"])
        return coded(held_out, scores[["passage_id", "axis", "value"]], passages)


def coded(scores: pd.DataFrame, labels: pd.DataFrame, passages: pd.DataFrame) -> Coded:
    """Passages that are coded on every axis, of interviews that have enough of them."""
    f = scores.pivot(index="passage_id", columns="axis", values="probability")[AXES]
    y = labels.pivot(index="passage_id", columns="axis", values="value")[AXES].dropna()
    owner = passages.set_index("passage_id")["interview_id"]
    names = owner.loc[y.index]
    enough = names.map(names.value_counts()) >= FEWEST_PASSAGES
    chosen = y.index[enough & y.index.isin(f.index)]
    codes = pd.factorize(owner.loc[chosen])[0].astype("int64")
    return Coded(codes, f.loc[chosen].to_numpy(), y.loc[chosen].to_numpy())


def sums_of(
    corpus: Coded, waves: Integers, pi: float, generator: np.random.Generator
) -> InterviewSums:
    """Sums of a corpus of which some passages are coded; ``waves`` is that of each interview."""
    n = int(corpus.interviews.max()) + 1
    table = pd.DataFrame(
        {
            "wave": waves.astype(str),
            "city": "",
            "cluster": [str(number) for number in range(n)],
        }
    )
    drawn = np.repeat(generator.random((len(corpus.f), 1)) < pi, len(AXES), axis=1)
    omega = np.ones(len(corpus.f))
    weights = Drawn(np.where(drawn, 1 / pi, 0), np.where(drawn, (1 - pi) / pi**2, 0))
    known = np.where(drawn, corpus.y, np.nan)
    of_codings = coded_sums(table, corpus.interviews, omega, corpus.f, known, weights)
    ones = sums_by(corpus.interviews, omega[:, np.newaxis])[:, 0]
    sums = sums_by(corpus.interviews, corpus.f)
    return InterviewSums(table, sums, ones, ones, ones, AXES, of_codings)


class Tally:
    """Counts of what was seen, by name."""

    def __init__(self) -> None:
        self._seen: dict[str, list[Floats]] = {}

    def add(self, name: str, values: Floats) -> None:
        """Add what was seen of each axis."""
        self._seen.setdefault(name, []).append(np.asarray(values, dtype=float))

    def mean(self, name: str) -> Floats:
        """Mean by axis, draws without the figure left out."""
        return np.nanmean(np.array(self._seen[name]), axis=0)


def holds(share: Estimate, variance: Floats, df: Floats, truth: Floats) -> Floats:
    """1 for intervals that hold the truth, NaN where there is none."""
    held = np.full(len(truth), np.nan)
    for number, basis in enumerate(share.basis):
        if basis is not Basis.UNCORRECTED:
            low, high = share_interval(
                float(share.values[number]),
                float(np.sqrt(variance[number])),
                df[number],
                LEVEL,
                share.size[number],
            )
            held[number] = low <= truth[number] <= high
    return held


def these(corpus: Coded, codings: int, draws: int) -> Tally:
    """Draw codings again and again from the same texts."""
    truth, pi = corpus.y.mean(axis=0), codings / len(corpus.y)
    generator, tally = np.random.default_rng(SEED), Tally()
    waves = np.zeros(int(corpus.interviews.max()) + 1, dtype=int)
    members = np.arange(len(waves))
    for _ in range(draws):
        share = estimate(sums_of(corpus, waves, pi, generator), members)
        tally.add("held", holds(share, share.within, share.n_codings - 1.0, truth))
        tally.add("bias", share.values - truth)
    return tally


def others(corpus: Coded, size: int, codings: int, draws: int) -> Tally:
    """Draw interviews for two waves, and codings among them."""
    truth, n = corpus.y.mean(axis=0), int(corpus.interviews.max()) + 1
    generator, tally = np.random.default_rng(SEED), Tally()
    waves = np.repeat([0, 1], size)
    left, right = np.flatnonzero(waves == 0), np.flatnonzero(waves == 1)
    for draw in range(draws):
        texts = corpus.of(generator.integers(0, n, 2 * size))
        if draw % 2:
            later = (waves[texts.interviews] == 1)[:, np.newaxis]
            texts = texts._replace(f=np.where(later, (texts.f + 0.5) / 2, texts.f))
        sums = sums_of(texts, waves, min(1.0, 2 * codings / len(texts.y)), generator)
        share = estimate(sums, left)
        of_share = error(share, design_of(sums, left))
        tally.add("held", holds(share, of_share.se**2, of_share.df, truth))
        for name, these_sums in (("", sums), ("scores ", sums._replace(coded=None))):
            change = estimate_change(these_sums, left, right)
            of = error(change.difference, change.design)
            half = stats.t.ppf((1 + LEVEL) / 2, np.maximum(of.df, 0.5)) * of.se
            rejected = (np.abs(change.difference.values) > half).astype(float)
            alone = [basis is Basis.UNCORRECTED for basis in change.difference.basis]
            tally.add(f"{name}rejected", np.where(alone, np.nan, rejected))
    return tally


def cells(values: Floats, digits: int = 3) -> str:
    """One cell an axis."""
    return " | ".join(f"{value:.{digits}f}" for value in values)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=DEFAULT)
    parser.add_argument("--draws", type=int, default=500)
    options = parser.parse_args()
    corpora = {"demonstration": demonstration()}
    if options.folder.is_dir():
        corpora = {"real texts": real(options.folder)} | corpora
    for name, corpus in corpora.items():
        truth = corpus.y.mean(axis=0)
        n = int(corpus.interviews.max()) + 1
        print(f"\n## {name}: {len(corpus.y):,} passages of {n}\n")
        print(f"| | {' | '.join(AXES)} |\n|{'---|' * 5}")
        print(f"| share of all codings | {cells(truth)} |")
        print(f"| mean of scores | {cells(corpus.f.mean(axis=0))} |")
        for codings in (60, 100, 200):
            tally = these(corpus, codings, options.draws)
            print(f"| these texts, {codings} codings: held | {cells(tally.mean('held'))} |")
            print(f"| bias, in points | {cells(100 * tally.mean('bias'), 2)} |", flush=True)
        for size, codings in ((8, 60), (15, 60), (15, 100)):
            tally = others(corpus, size, codings, options.draws)
            head = f"| {size} a wave, {codings} codings"
            print(f"{head}: held | {cells(tally.mean('held'))} |")
            print(f"{head}: false changes | {cells(tally.mean('rejected'))} |")
            print(f"{head}: by scores | {cells(tally.mean('scores rejected'))} |", flush=True)


if __name__ == "__main__":
    main()
