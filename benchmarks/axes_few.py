"""Axes from few codings of one source: alone, by the default model alone, and starting from it.

Usage: python benchmarks/axes_few.py [FOLDER] [--chosen-on]

FOLDER holds passages.csv and codings.csv of real texts on municipal policy (by default
../shared/realdata/municipal_coded). For each source of sixty passages or more, and for the
demonstration, a default model is trained without it; then 25, 50, 100 and 200 of its passages are
codings of one's own, drawn ten times by blocks of eight that stand together (of the demonstration
by twelve an interview), and the passages of all other blocks are asked about. How to start from the
default was chosen on the sources in CHOSEN_ON, which --chosen-on shows; the others are reported.

Each figure is the mean over cells, source by axis, with four passages or more that carry the axis
among those asked about, and as many that do not; between brackets, 95 % of a t over cells. « Other
axes » starts from a default whose axes are exchanged: whether one that misleads is given up.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from sklearn.metrics import average_precision_score, f1_score
from threadpoolctl import threadpool_limits

from classifying import alone, fitted, probabilities, together
from textlien.axes.features.fitting import fit_parts
from textlien.axes.features.inputs import Inputs
from textlien.axes.features.parts import PARTS
from textlien.axes.learning.classifier import Classifiers, Labelled, PriorScores
from textlien.axes.learning.prior import Prior
from textlien.coding.codebook import load_codebook

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from train_axes import (  # noqa: E402
    OF_DEMONSTRATION,
    demonstration,
    invented_passages,
    real_passages,
)

DEFAULT = ROOT.parent / "shared" / "realdata" / "municipal_coded"
AXES = [axis.key for axis in load_codebook()]
DEMONSTRATION = "the demonstration"
CHOSEN_ON = ("Assemblée nationale", "La 27e Région", "clairezed", "lafrance", "lassembleuse")
SIZES, DRAWS = (25, 50, 100, 200), 10
FEWEST_PASSAGES, FEWEST_ASKED, FEWEST_EACH, FEWEST_BLOCKS = 60, 40, 4, 3
BLOCK, OF_INTERVIEW = 8, 12
Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
Cells: TypeAlias = dict[tuple[str, int], list[tuple[float, float]]]


class Texts(NamedTuple):
    """Passages with their labels and sources."""

    inputs: Inputs
    targets: Floats
    sources: NDArray[np.object_]

    def rows(self, rows: Rows) -> Texts:
        """Some of the passages."""
        return Texts(self.inputs.rows(rows), self.targets[rows], self.sources[rows])

    def and_(self, other: Texts) -> Texts:
        """Both."""
        return Texts(
            together(self.inputs, other.inputs),
            np.vstack([self.targets, other.targets]),
            np.concatenate([self.sources, other.sources]),
        )


class Source(NamedTuple):
    """A source, the blocks that its passages stand in, and a default that has not seen it."""

    name: str
    texts: Texts
    blocks: Rows
    default: Classifiers


def sources(real: Texts, invented: Texts, demo: Texts) -> list[Source]:
    """Every source that is large enough, with its default."""
    third = demo.rows(np.arange(0, len(demo.sources), OF_DEMONSTRATION))
    names, sizes = np.unique(real.sources.astype(str), return_counts=True)
    made = []
    for name in names[sizes >= FEWEST_PASSAGES]:
        here = real.sources == name
        default = default_of(real.rows(np.flatnonzero(~here)), invented.and_(third))
        texts = real.rows(np.flatnonzero(here))
        made.append(Source(name, texts, np.arange(here.sum()) // BLOCK, default))
        print(".", end="", file=sys.stderr, flush=True)
    interviews = np.unique(demo.sources.astype(str), return_inverse=True)[1]
    made.append(Source(DEMONSTRATION, demo, interviews, default_of(real, invented)))
    return made


def default_of(real: Texts, others: Texts) -> Classifiers:
    """A default model as ``tools/train_axes.py`` makes it."""
    seen = real.and_(others)
    judged = np.arange(len(seen.sources)) < len(real.sources)
    return fitted(seen.inputs, seen.targets, seen.sources.astype(str).tolist(), PARTS, judged)


def draw(source: Source, size: int, seed: int) -> tuple[Rows, Rows]:
    """Passages that are coded, and those of the other blocks."""
    rng = np.random.default_rng(seed)
    coded: list[int] = []
    for number, block in enumerate(rng.permutation(np.unique(source.blocks))):
        if len(coded) >= size and number >= FEWEST_BLOCKS:
            break
        coded += rng.permutation(np.flatnonzero(source.blocks == block))[:OF_INTERVIEW].tolist()
    rows = np.sort(rng.permutation(coded)[:size])
    return rows, np.flatnonzero(~np.isin(source.blocks, source.blocks[rows]))


def answers(source: Source, coded: Rows, asked: Rows) -> Mapping[str, tuple[Floats, Floats]]:
    """Probabilities and thresholds of each way to learn."""
    inputs, targets = source.texts.inputs.rows(coded), source.texts.targets[coded]
    columns, new = fit_parts(PARTS, inputs, 1), source.texts.inputs.rows(asked)
    numbers = [str(axis) for axis in range(len(AXES))]
    prior = Prior("", source.default.features, source.default.by_axis)
    before, later = prior.of(inputs, numbers), prior.of(new, numbers)
    turned = [*numbers[1:], numbers[0]]
    starts = {
        "own": (None, None),
        "both": (before, later),
        "other axes": (prior.of(inputs, turned), prior.of(new, turned)),
    }
    made = {
        "default": (probabilities(source.default, new), thresholds(source.default)),
    }
    everything = np.ones(len(coded), dtype=bool)
    for name, (start, start_new) in starts.items():
        labelled = Labelled(numbers, targets, source.blocks[coded], columns, everything, start)
        learnt = labelled.fit(np.arange(len(coded)), 1)
        scores = later_scores(start_new, learnt, len(asked))
        X = learnt.features.of(new)
        y_prob = [
            classifier.probability(X, scores[:, axis])
            for axis, classifier in enumerate(learnt.by_axis.values())
        ]
        made[name] = np.column_stack(y_prob), thresholds(learnt)
    return made


def later_scores(start: PriorScores | None, learnt: Classifiers, n_asked: int) -> Floats:
    """Scores of the prior, where it was started from."""
    if start is None or not learnt.recipe.prior:
        return np.zeros((n_asked, len(AXES)))
    return start.scores


def thresholds(classifiers: Classifiers) -> Floats:
    """Threshold of each axis."""
    return np.array([classifier.threshold for classifier in classifiers.by_axis.values()])


def cells(source: Source, size: int) -> Cells:
    """Average precision and F1 of each draw, by way to learn and axis."""
    values: Cells = defaultdict(list)
    if len(source.blocks) - size < FEWEST_ASKED:
        return values
    for seed in range(DRAWS):
        coded, asked = draw(source, size, seed)
        y_true = source.texts.targets[asked] > 0.5
        for name, (y_prob, cuts) in answers(source, coded, asked).items():
            for axis, (y, p, cut) in enumerate(zip(y_true.T, y_prob.T, cuts, strict=True)):
                if min(y.sum(), (~y).sum()) >= FEWEST_EACH:
                    scores = average_precision_score(y, p), f1_score(y, p >= cut)
                    values[name, axis].append(scores)
    return values


def show(values: Floats) -> str:
    """Mean and interval of cells."""
    if len(values) < 2:
        return f"{values.mean():.2f}"
    half = stats.t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / len(values) ** 0.5
    return f"{values.mean():.2f} [{values.mean() - half:.2f}, {values.mean() + half:.2f}]"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=DEFAULT)
    parser.add_argument("--chosen-on", action="store_true")
    arguments = parser.parse_args()
    if not arguments.folder.is_dir():
        parser.error(f"{arguments.folder} is missing.")
    with threadpool_limits(1):
        coded = real_passages(arguments.folder, AXES), invented_passages(AXES), demonstration(1)
        texts = []
        for part in coded:
            values = part.labels.pivot(index="passage_id", columns="axis", values="value")[AXES]
            chosen = part.passages[part.passages["passage_id"].isin(values.index)]
            values = values.loc[chosen["passage_id"]]
            inputs = alone(chosen["text"].tolist())
            texts.append(Texts(inputs, values.to_numpy(), chosen["interview_id"].to_numpy(object)))
        everything = sources(*texts)
        shown = [
            source
            for source in everything
            if source.name.startswith(CHOSEN_ON) == arguments.chosen_on
        ]
        scores = {size: [cells(source, size) for source in shown] for size in SIZES}
    for measure, name in enumerate(("Average precision", "F1")):
        print(f"\n| codings | cells | {name}: own alone | default alone | both | both over own |"
              " over default | other axes |\n" + "|---" * 8 + "|")  # fmt: skip
        for size in SIZES:
            print(row(size, scores[size], measure))


def row(size: int, by_source: list[Cells], measure: int) -> str:
    """Cells of one number of codings."""
    means: dict[str, list[float]] = defaultdict(list)
    for scores_of in by_source:
        for (name, _), scores in scores_of.items():
            means[name].append(float(np.mean([score[measure] for score in scores])))
    own, default, both, other = (
        np.array(means[name]) for name in ("own", "default", "both", "other axes")
    )
    columns = [own, default, both, both - own, both - default, other]
    return f"| {size} | {len(both)} | {' | '.join(map(show, columns))} |"


if __name__ == "__main__":
    main()
