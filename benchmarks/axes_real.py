"""Axes of real passages whose sources are held out: what features and texts learnt from bring.

Usage: python benchmarks/axes_real.py [FOLDER] [--encoder use+e5]

FOLDER holds passages.csv and codings.csv of real texts on municipal policy (by default
../shared/realdata/municipal_coded). Ten folds of whole sources, both repositories on one town
together. Each row is learnt from the other sources and from what it names: « demonstration », every
third coded passage of the invented interviews, here without the rest of its answer; « invented »,
corpora/axes, whose writers had read real passages of all sources for their tone, so that its gain
may be flattered. Recipe, calibration and thresholds are chosen on real passages of the other
sources.

AP: average precision, by axis and mean, of all real passages together; « by source » is the mean
over sources and axes with four passages or more that carry the axis, and as many that do not. F1 at
the thresholds; « off », calibration error (ten bins), greatest of the axes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score
from sklearn.model_selection import StratifiedGroupKFold
from threadpoolctl import threadpool_limits

from classifying import alone, fitted, probabilities, together
from textlien.annotation.encoder import DIMENSIONS, encode
from textlien.axes.evaluate import calibration_error
from textlien.axes.features.inputs import Inputs
from textlien.axes.features.parts import CHARACTERS, MEANING, PARTS, WORDS, Part
from textlien.coding.codebook import load_codebook
from textlien.study.options import Encoder

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from train_axes import demonstration, invented_passages, real_passages  # noqa: E402

DEFAULT = ROOT.parent / "shared" / "realdata" / "municipal_coded"
AXES = [axis.key for axis in load_codebook()]
FOLDS, SEED, FEWEST = 10, 7, 4
Floats = NDArray[np.float64]


class Texts(NamedTuple):
    """Passages with their labels and sources."""

    inputs: Inputs
    targets: Floats
    sources: list[str]

    def and_(self, other: Texts) -> Texts:
        """Both."""
        return Texts(
            together(self.inputs, other.inputs),
            np.vstack([self.targets, other.targets]),
            self.sources + other.sources,
        )


class System(NamedTuple):
    """Features that are looked at, and what is learnt from besides real passages, or without."""

    parts: tuple[Part, ...]
    more: tuple[str, ...] = ()
    real: bool = True


SYSTEMS = {
    "words and characters": System((WORDS, CHARACTERS)),
    "meaning": System((MEANING,)),
    "words, characters and meaning": System((WORDS, CHARACTERS, MEANING)),
    "the same, demonstration": System(PARTS, ("demonstration",)),
    "the same, invented": System(PARTS, ("invented",)),
    "**default: demonstration, invented**": System(PARTS, ("demonstration", "invented")),
    "demonstration alone": System(PARTS, ("demonstration",), real=False),
}


def logistic(train: Texts, test: Inputs) -> tuple[Floats, Floats]:
    """TF-IDF of words and logistic regression: the comparison; thresholds of one half."""
    vectorizer = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2)
    X, new = vectorizer.fit_transform(train.inputs.text), vectorizer.transform(test.text)
    models = [LogisticRegression(C=10, max_iter=1000).fit(X, y > 0.5) for y in train.targets.T]
    return (
        expit(np.column_stack([model.decision_function(new) for model in models])),
        np.full(len(models), 0.5),
    )


def ours(
    system: System, real: Texts, others: dict[str, Texts], test: Inputs
) -> tuple[Floats, Floats]:
    """Probabilities and thresholds of textlien, learnt from real passages and from others."""
    texts = [real] if system.real else []
    texts += [others[name] for name in system.more]
    seen = texts[0]
    for more in texts[1:]:
        seen = seen.and_(more)
    judged = np.arange(len(seen.sources)) < len(texts[0].sources)
    classifiers = fitted(seen.inputs, seen.targets, seen.sources, system.parts, judged)
    thresholds = [classifier.threshold for classifier in classifiers.by_axis.values()]
    return probabilities(classifiers, test), np.array(thresholds)


def row(name: str, real: Texts, others: dict[str, Texts]) -> list[str]:
    """Cells of a system."""
    y_true = real.targets > 0.5
    strata = np.where(y_true.any(axis=1), y_true.argmax(axis=1) + 1, 0)
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    y_prob, said = np.zeros(y_true.shape), np.zeros(y_true.shape, dtype=bool)
    for train, test in folds.split(y_true, strata, real.sources):
        inputs = real.inputs.rows(test)
        seen = Texts(
            real.inputs.rows(train), real.targets[train], [real.sources[row] for row in train]
        )
        y_prob[test], thresholds = (
            ours(SYSTEMS[name], seen, others, inputs) if name in SYSTEMS else logistic(seen, inputs)
        )
        said[test] = y_prob[test] >= thresholds
    everything = np.ones(len(y_true))
    precisions = [average_precision_score(y, p) for y, p in zip(y_true.T, y_prob.T, strict=True)]
    f1 = [f1_score(y, p) for y, p in zip(y_true.T, said.T, strict=True)]
    off = [
        calibration_error(y.astype(float), p, everything)
        for y, p in zip(y_true.T, y_prob.T, strict=True)
    ]
    return [
        *(f"{value:.2f}" for value in precisions),
        f"{np.mean(precisions):.3f}",
        f"{by_source(y_true, y_prob, real.sources):.3f}",
        f"{np.mean(f1):.3f}",
        f"{max(off):.3f}",
    ]


def by_source(y_true: NDArray[np.bool_], y_prob: Floats, sources: list[str]) -> float:
    """Mean average precision over sources and axes that have enough of both."""
    names = np.array(sources, dtype=object)
    values = []
    for source in sorted(set(sources)):
        here = names == source
        for y, p in zip(y_true[here].T, y_prob[here].T, strict=True):
            if min(y.sum(), (~y).sum()) >= FEWEST:
                values.append(average_precision_score(y, p))
    return float(np.mean(values))


def real_texts(folder: Path, encoder: Encoder = "use") -> tuple[Texts, dict[str, Texts]]:
    """The real passages, and those that are learnt from besides them, by name."""
    texts = {
        "real": real_passages(folder, AXES),
        "invented": invented_passages(AXES),
        "demonstration": demonstration(),
    }
    tables = {}
    for name, coded in texts.items():
        values = coded.labels.pivot(index="passage_id", columns="axis", values="value")[AXES]
        chosen = coded.passages.set_index("passage_id").loc[values.index]
        tables[name] = Texts(
            alone(chosen["text"].tolist(), encode(chosen["text"].tolist(), encoder)),
            values.to_numpy(dtype="float64"),
            chosen["interview_id"].tolist(),
        )
    return tables.pop("real"), tables


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=DEFAULT)
    parser.add_argument("--encoder", choices=list(DIMENSIONS), default="use")
    arguments = parser.parse_args()
    folder = arguments.folder
    if not folder.is_dir():
        parser.error(f"{folder} is missing.")
    with threadpool_limits(1):
        real, tables = real_texts(folder, arguments.encoder)
        print(f"{len(real.sources):,} passages of {len(set(real.sources))} sources\n")
        print(f"| learnt from, features | {' | '.join(AXES)} | AP | by source | F1 | off |")
        print("|---" * 9 + "|")
        for name in ("TF-IDF of words, logistic regression", *SYSTEMS):
            print(f"| {name} | {' | '.join(row(name, real, tables))} |", flush=True)


if __name__ == "__main__":
    main()
