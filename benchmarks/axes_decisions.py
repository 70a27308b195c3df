"""Decisions yes, no, review: errors promised and observed on sources and interviews held out.

Usage: python benchmarks/axes_decisions.py [FOLDER]

FOLDER holds passages.csv and codings.csv of real texts on municipal policy (by default
../shared/realdata/municipal_coded). Ten folds of whole sources, learnt from the other sources, the
invented passages and every third of the demonstration, as the default model is; ten folds of whole
interviews of the demonstration, learnt from the others. Recipe, calibration and thresholds are
chosen without the fold. Each cell has the share of passages decided so, and the share of errors
among them with their number; « folds without yes » are those in which none could be promised.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold
from threadpoolctl import threadpool_limits

from axes import coded_passages
from axes_real import AXES, DEFAULT, FOLDS, SEED, Texts, real_texts
from classifying import fitted, probabilities
from textlien.axes.features.inputs import Inputs
from textlien.axes.features.parts import PARTS
from textlien.axes.learning.classifier import Classifiers
from textlien.axes.learning.decisions import choose_cuts, decide
from textlien.study.options import AxesOptions

PROMISES = ((0.1, 0.02), (0.2, 0.05), (0.3, 0.1))
Floats = NDArray[np.float64]


class Fold(NamedTuple):
    """Classifiers, and what they say of passages held out beside their labels."""

    classifiers: Classifiers
    y_prob: Floats
    targets: Floats


def folds(
    inputs: Inputs,
    targets: Floats,
    groups: list[str],
    fit: Callable[[NDArray[np.int64]], Classifiers],
) -> Iterator[Fold]:
    """Fit on all groups but those of each fold."""
    y = targets > 0.5
    strata = np.where(y.any(axis=1), y.argmax(axis=1) + 1, 0)
    splitter = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    for train, test in splitter.split(y, strata, groups):
        classifiers = fit(train)
        yield Fold(classifiers, probabilities(classifiers, inputs.rows(test)), targets[test])


def of_sources(folder: Path) -> Iterator[Fold]:
    """Folds of real passages."""
    real, others = real_texts(folder)

    def fit(train: NDArray[np.int64]) -> Classifiers:
        seen = Texts(
            real.inputs.rows(train), real.targets[train], [real.sources[row] for row in train]
        )
        for more in others.values():
            seen = seen.and_(more)
        judged = np.arange(len(seen.sources)) < len(train)
        return fitted(seen.inputs, seen.targets, seen.sources, PARTS, judged)

    yield from folds(real.inputs, real.targets, real.sources, fit)


def of_interviews() -> Iterator[Fold]:
    """Folds of the demonstration."""
    with tempfile.TemporaryDirectory() as scratch:
        passages, values, by_context = coded_passages(Path(scratch) / "demo")
    inputs, interviews = by_context["answer"], passages["interview_id"].tolist()
    targets = values[AXES].to_numpy(dtype="float64")

    def fit(train: NDArray[np.int64]) -> Classifiers:
        groups = [interviews[row] for row in train]
        return fitted(inputs.rows(train), targets[train], groups, PARTS)

    yield from folds(inputs, targets, interviews, fit)


def row(tested: list[Fold], number: int, options: AxesOptions) -> list[str]:
    """Cells of one axis: « yes », « no », to review, and folds without any « yes »."""
    decisions, labels, without = [], [], 0
    for fold in tested:
        classifier = list(fold.classifiers.by_axis.values())[number]
        cuts = choose_cuts(classifier.tried, classifier.threshold, options, AXES[number])
        clear = fold.targets[:, number] != 0.5
        decisions.append(decide(fold.y_prob[clear, number], cuts))
        labels.append(fold.targets[clear, number] > 0.5)
        without += cuts.yes > 1
    decision, y_true = np.concatenate(decisions), np.concatenate(labels)
    cells = []
    for answer, wrong in (("yes", ~y_true), ("no", y_true)):
        chosen = decision == answer
        errors = int((wrong & chosen).sum())
        share = (
            f"{errors / chosen.sum():.3f} ({errors} of {chosen.sum():,})" if any(chosen) else "–"
        )
        cells += [f"{chosen.mean():.3f}", share]
    return [*cells, f"{(decision == 'review').mean():.3f}", str(without)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=DEFAULT)
    folder = parser.parse_args().folder
    if not folder.is_dir():
        parser.error(f"{folder} is missing.")
    heading = "held out | promised | axis | yes | false | no | missed | review | folds without yes"
    print(f"| {heading} |\n{'|---' * 9}|")
    with threadpool_limits(1):
        for name, tested in (("interviews", of_interviews()), ("sources", of_sources(folder))):
            held_out = list(tested)
            for discovery, omission in PROMISES:
                options = AxesOptions(false_discovery_rate=discovery, false_omission_rate=omission)
                for number, axis in enumerate(AXES):
                    cells = [
                        name,
                        f"{discovery}, {omission}",
                        axis,
                        *row(held_out, number, options),
                    ]
                    print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
