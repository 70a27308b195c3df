"""Coverage of intervals and false changes of shares of axes, where the truth is known.

Usage: python benchmarks/coverage.py [--quick] [--trials 1000] [--workers 2]

Two waves of one city (or of a panel of five) are simulated: interviews whose prevalences are Beta
with the intraclass correlation of the design, passages, the scores of a classifier whose
sensitivity is .75 and specificity .92 (shifting: .65 and .85 in the second wave), calibrated at a
prevalence of .15, and codings of passages drawn at random. Estimates are textlien's own, of arrays
in which each trial is an item: nothing is simplified but the tables.

Designs are all combinations of interviews a wave, passages an interview, correlation, prevalence,
errors and codings a wave; ``--quick`` takes fewer passages and prevalences. For
each design

coverage
    of the share of one wave (nominal 95 %) and of the change, where there is an interval.
false changes
    of tests at 5 % where nothing changed.
refused
    of 100 shares that have no interval: fewer than 20 codings, or a draw that does not fit.

Beside them, of the same trials: counting (decisions of the classifier as if they were truth,
passages independent), mean of its probabilities with CR1 and normal quantiles, and codings alone
(same estimator, slope 0).

The second part repeats the two tables of the audit of earlier versions, with +15 points, and prints
how much narrower than by codings alone. ``--trials`` sets the error of each figure: .007 at 1,000.
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats
from scipy.special import expit, logit

from textlien.arrays import Floats
from textlien.estimation.changes import estimate_change, mean_change
from textlien.estimation.coded import Drawn, coded_sums
from textlien.estimation.intervals import share_interval
from textlien.estimation.method import Basis
from textlien.estimation.profiles import design_of
from textlien.estimation.shares import error, estimate
from textlien.estimation.sums import CodedSums, InterviewSums, sums_by
from textlien.pipeline.parallel import map_jobs

LEVEL = 0.95
TRAINED_AT, SENSITIVITY, SPECIFICITY = 0.15, 0.75, 0.92
SHIFTED = (0.65, 0.85)
CUT = float(stats.norm.ppf(SPECIFICITY))
APART = CUT + float(stats.norm.ppf(SENSITIVITY))


class Design(NamedTuple):
    """A simulated study."""

    interviews: int
    passages: int
    correlation: float
    prevalence: tuple[float, float]
    shifts: bool
    codings: int
    cities: int = 1


class Trials(NamedTuple):
    """Trials of one design: each is an item of the sums."""

    sums: InterviewSums
    alone: InterviewSums
    decided: InterviewSums


class Result(NamedTuple):
    """What was seen of one design; coverage of the first wave, of the second, of the change."""

    design: Design
    coverage: tuple[float, float, float]
    rejected: float
    refused: float
    difference: float
    deviation: float
    of_alone: float
    counting: tuple[float, float]
    probabilities: tuple[float, float]


def simulated(design: Design, trials: int, seed: int) -> Trials:
    """Draw interviews, passages, scores and codings."""
    generator = np.random.default_rng(seed)
    rows, truths, scores, codings, codes, pis = [], [], [], [], [], []
    pi = min(1.0, design.codings / (design.interviews * design.passages))
    for city, wave in itertools.product(range(design.cities), (0, 1)):
        share = design.prevalence[wave]
        sensitivity, specificity = SHIFTED if wave and design.shifts else (SENSITIVITY, SPECIFICITY)
        for number in range(design.interviews):
            levels = np.full(trials, share)
            if design.correlation:
                size = 1 / design.correlation - 1
                levels = generator.beta(share * size, (1 - share) * size, trials)
            truth = generator.random((design.passages, trials)) < levels
            means = np.where(
                truth, CUT + stats.norm.ppf(sensitivity), CUT - stats.norm.ppf(specificity)
            )
            codes += [len(rows)] * design.passages
            rows.append((str(wave), str(city), f"{city}-{wave}-{number}"))
            truths.append(truth)
            scores.append(means + generator.standard_normal(truth.shape))
            codings.append(generator.random(truth.shape) < pi)
            pis += [pi] * design.passages
    interviews = pd.DataFrame(rows, columns=["wave", "city", "cluster"])
    y, x, drawn = np.vstack(truths).astype(float), np.vstack(scores), np.vstack(codings)
    f = expit(logit(TRAINED_AT) + APART * x - APART**2 / 2)
    r = np.where(drawn, 1 / max(pi, 1e-9), 0.0)
    numbers, omega = np.array(codes), np.ones(len(codes))

    def sums(values: Floats, model: Floats | None) -> InterviewSums:
        coded: CodedSums | None = None
        if model is not None:
            known = np.where(drawn, y, np.nan)
            weights = Drawn(r, np.where(drawn, (1 - pi) / max(pi, 1e-9) ** 2, 0.0))
            coded = coded_sums(interviews, numbers, omega, model, known, weights)
        ones = sums_by(numbers, omega[:, np.newaxis])[:, 0]
        items = [str(trial) for trial in range(trials)]
        return InterviewSums(interviews, sums_by(numbers, values), ones, ones, ones, items, coded)

    return Trials(sums(f, f), sums(f, np.zeros_like(f)), sums((x > CUT).astype(float), None))


def members(sums: InterviewSums, wave: int, city: int = 0) -> np.ndarray:
    """Rows of one city in one wave."""
    table = sums.interviews
    return np.flatnonzero((table["wave"] == str(wave)) & (table["city"] == str(city)))


def of_share(sums: InterviewSums, wave: int, truth: float) -> tuple[float, float]:
    """Part of the intervals of a share that hold it, and part that are refused."""
    rows = members(sums, wave)
    share = estimate(sums, rows)
    errors = error(share, design_of(sums, rows))
    held, refused = [], 0
    for value, se, df, size, basis in zip(
        share.values, errors.se, errors.df, share.size, share.basis, strict=True
    ):
        if basis is Basis.UNCORRECTED:
            refused += 1
            continue
        low, high = share_interval(value, se, df, LEVEL, size)
        held.append(low <= truth <= high)
    return float(np.mean(held)) if held else float("nan"), refused / len(share.values)


def of_change(
    sums: InterviewSums, cities: int, truth: float
) -> tuple[float, float, Floats, Floats]:
    """Coverage of the change, part of tests that reject none, the differences, their errors."""
    changes = [
        estimate_change(sums, members(sums, 0, city), members(sums, 1, city))
        for city in range(cities)
    ]
    change = mean_change(changes) if cities > 1 else changes[0]
    of = error(change.difference, change.design)
    usable = np.array([basis is not Basis.UNCORRECTED for basis in change.difference.basis])
    difference, se = change.difference.values[usable], of.se[usable]
    if not len(difference):
        return float("nan"), float("nan"), difference, se
    half = stats.t.ppf((1 + LEVEL) / 2, np.maximum(of.df[usable], 0.5)) * se
    held = float((np.abs(difference - truth) <= half).mean())
    return held, float((np.abs(difference) > half).mean()), difference, se


def naive(sums: InterviewSums, truth: float, *, clustered: bool) -> tuple[float, float]:
    """Coverage of the change and part of tests that reject, the values taken as they are."""
    z = stats.norm.ppf((1 + LEVEL) / 2)
    values, variances = [], []
    for wave in (0, 1):
        rows = members(sums, wave)
        n, total = len(rows), sums.denominators[rows].sum()
        value = sums.numerators[rows].sum(axis=0) / total
        spread = sums.numerators[rows] - value * sums.denominators[rows][:, np.newaxis]
        by_cluster = n / max(n - 1, 1) * (spread**2).sum(axis=0) / total**2
        values.append(value)
        variances.append(by_cluster if clustered else value * (1 - value) / total)
    difference, half = values[1] - values[0], z * np.sqrt(variances[0] + variances[1])
    held = float((np.abs(difference - truth) <= half).mean())
    return held, float((np.abs(difference) > half).mean())


class Job(NamedTuple):
    """One design to simulate."""

    design: Design
    trials: int
    seed: int


def simulate(job: Job) -> Result:
    """Simulate one design."""
    design = job.design
    trials = simulated(design, job.trials, job.seed)
    truth = design.prevalence[1] - design.prevalence[0]
    covered, rejected, differences, _ = of_change(trials.sums, design.cities, truth)
    _, _, alone, _ = of_change(trials.alone, design.cities, truth)
    left, refused = of_share(trials.sums, 0, design.prevalence[0])
    right, refused_too = of_share(trials.sums, 1, design.prevalence[1])
    none = float("nan")
    return Result(
        design,
        (left, right, covered),
        rejected,
        max(refused, refused_too),
        float(differences.mean()) if len(differences) else none,
        float(differences.std()) if len(differences) else none,
        float(alone.std()) if len(alone) else none,
        naive(trials.decided, truth, clustered=False),
        naive(trials.sums, truth, clustered=True),
    )


def designs(*, quick: bool) -> list[Design]:
    """All designs without a change."""
    passages = (40,) if quick else (30, 60)
    correlations = (0.0, 0.12, 0.3)
    prevalences = (0.05, 0.15, 0.5) if quick else (0.02, 0.05, 0.15, 0.5)
    grid = itertools.product(
        (3, 5, 8, 15, 30), passages, correlations, prevalences, (False, True), (30, 60, 100)
    )
    single = [Design(i, m, icc, (p, p), shift, n) for i, m, icc, p, shift, n in grid]
    none = [Design(i, 40, 0.12, (p, p), True, 0) for i in (8, 30) for p in (0.05, 0.15)]
    panel = [
        Design(i, 40, 0.12, (p, p), True, n, 5)
        for i, p, n in itertools.product((3, 4, 8), (0.05, 0.15), (30, 60))
    ]
    return [*single, *none, *panel]


def audit() -> list[Design]:
    """Designs of the audit of earlier versions."""
    changed = [Design(i, 40, 0.12, (0.1, 0.25), False, 60) for i in (8, 15, 30)]
    shifted = [
        Design(i, 40, 0.12, (p, p), True, 60)
        for i, p in ((8, 0.05), (8, 0.15), (15, 0.15), (30, 0.05), (30, 0.15))
    ]
    return [*changed, *shifted, Design(4, 40, 0.12, (0.05, 0.05), True, 60, 5)]


HEADING = """
| interviews | passages | ICC | share | errors | codings | cities | coverage, 1st | 2nd | change \
| rejected | refused | difference | sd | codings alone, sd | counting | probabilities |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"""


def row(result: Result) -> str:
    """One line of the table."""
    d = result.design
    share = " → ".join(f"{p:.2f}" for p in dict.fromkeys(d.prevalence))
    naive_of = [
        f"{held:.2f}, {rejects:.2f}" for held, rejects in (result.counting, result.probabilities)
    ]
    cells = [
        d.interviews,
        d.passages,
        d.correlation,
        share,
        "shift" if d.shifts else "same",
        d.codings,
        d.cities,
        *(f"{held:.3f}" for held in result.coverage),
        f"{result.rejected:.3f}",
        f"{100 * result.refused:.0f}",
        f"{100 * result.difference:+.1f}",
        *(f"{100 * sd:.1f}" for sd in (result.deviation, result.of_alone)),
        *naive_of,
    ]
    return f"| {' | '.join(map(str, cells))} |"


def known(figures: Iterable[float]) -> list[float]:
    """Figures of designs that have an interval."""
    return [figure for figure in figures if not np.isnan(figure)]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--trials", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    start = time.perf_counter()
    found = []
    for title, chosen in (("Audit", audit()), ("Designs", designs(quick=options.quick))):
        print(f"\n{title}: {len(chosen)}\n{HEADING}")
        jobs = [Job(design, options.trials, number) for number, design in enumerate(chosen, 1)]
        for result in map_jobs(simulate, jobs, workers=options.workers):
            print(row(result), flush=True)
            if title == "Designs" and result.design.codings:
                found.append(result)
    shares = known(held for result in found for held in result.coverage[:2])
    changes = known(result.coverage[2] for result in found)
    rejected = known(result.rejected for result in found)
    print(f"\n{time.perf_counter() - start:.0f} s; {len(found)} designs with codings")
    for name, values in (("shares", shares), ("changes", changes), ("false changes", rejected)):
        low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
        print(f"{name}: median {middle:.3f}, 90 of 100 designs {low:.3f} to {high:.3f}")
    covered = [*shares, *changes]
    print(
        f"worst: coverage {min(covered):.3f} to {max(covered):.3f}, "
        f"false positives {min(rejected):.3f} to {max(rejected):.3f}"
    )


if __name__ == "__main__":
    main()
