"""Four-class macro-F1 on citizens' contributions, with few labels and threads kept whole.

Compares the features and the classifier of textlien with TF-IDF of words alone, on the same
splits: for each seed one fifth of the threads (``opinion_id``) is held out, and the labels are
drawn from the other threads. textlien fits one calibrated yes-or-no classifier a class; the
class is the one of greatest probability.

The least frequency of n-grams was chosen on the splits of seeds 100 to 104 of the same
contributions, everything else on other data; the seeds reported here are others.

Usage: python benchmarks/classification.py [FILE]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import make_pipeline
from threadpoolctl import threadpool_limits

from classifying import alone, fitted, probabilities
from textlien.annotation.encoder import encode
from textlien.axes.features.inputs import Inputs
from textlien.axes.features.parts import CHARACTERS, MEANING, WORDS, Part

SHARED = Path(__file__).parents[2] / "shared" / "realdata"
DEFAULT = SHARED / "republique_numerique" / "passages.csv"
SIZES = (100, 200, 500, 1500)
SEEDS = (0, 1, 2, 3, 4)

Predict = Callable[[pd.DataFrame, pd.DataFrame, int], NDArray[np.object_]]


def words_alone(train: pd.DataFrame, test: pd.DataFrame, seed: int) -> NDArray[np.object_]:
    """TF-IDF of words and pairs of words, multinomial logistic regression: the comparison."""
    del seed  # nothing is drawn
    model = make_pipeline(
        TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2)),
        LogisticRegression(C=10, max_iter=1000),
    )
    return np.asarray(model.fit(train["text"], train["class4"]).predict(test["text"]))


def encoder_alone(train: pd.DataFrame, test: pd.DataFrame, seed: int) -> NDArray[np.object_]:
    """Vectors of the sentence encoder, multinomial logistic regression."""
    del seed
    model = LogisticRegression(C=10, max_iter=1000)
    model.fit(np.vstack(train["vector"]), train["class4"])
    return np.asarray(model.predict(np.vstack(test["vector"])))


def textlien_with(*parts: Part) -> Predict:
    """The classifier of textlien, its recipe chosen among those of some features."""

    def predict(train: pd.DataFrame, test: pd.DataFrame, seed: int) -> NDArray[np.object_]:
        del seed
        values = pd.get_dummies(train["class4"]).astype(float)
        classifiers = fitted(
            _inputs(train), values.to_numpy(), train["opinion_id"].astype(str).tolist(), parts
        )
        y_prob = probabilities(classifiers, _inputs(test))
        return np.asarray(values.columns.to_numpy(dtype=object)[y_prob.argmax(axis=1)])

    return predict


def _inputs(data: pd.DataFrame) -> Inputs:
    """Contributions, which are encoded once for all systems."""
    return alone(data["text"].tolist(), np.vstack(data["vector"]))


SYSTEMS: dict[str, Predict] = {
    "TF-IDF words alone": words_alone,
    "the encoder alone": encoder_alone,
    "textlien": textlien_with(WORDS, CHARACTERS, MEANING),
    "textlien without meaning": textlien_with(WORDS, CHARACTERS),
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("passages", type=Path, nargs="?", default=DEFAULT)
    file = parser.parse_args().passages
    if not file.exists():
        parser.error(f"{file} is missing. Give the path of passages.csv.")
    data = pd.read_csv(file)
    data["vector"] = list(encode(data["text"].tolist()))
    print(f"{'labels':>6}  {'features':<28} {'macro-F1':>8} {'sd':>5} {'gain':>6} {'seconds':>8}")
    for size in SIZES:
        scores: dict[str, list[float]] = {}
        for name, predict in SYSTEMS.items():
            began = time.perf_counter()
            scores[name] = [_macro_f1(data, predict, size, seed) for seed in SEEDS]
            seconds = (time.perf_counter() - began) / len(SEEDS)
            by_seed = np.array(scores[name])
            gain = by_seed - np.array(scores["TF-IDF words alone"])
            print(
                f"{size:>6}  {name:<28} {by_seed.mean():>8.1f} {by_seed.std(ddof=1):>5.1f} "
                f"{gain.mean():>+6.1f} {seconds:>8.1f}  "
                f"by seed: {' '.join(f'{score:.1f}' for score in by_seed)}",
                flush=True,
            )


def _macro_f1(data: pd.DataFrame, predict: Predict, size: int, seed: int) -> float:
    splitter = StratifiedGroupKFold(5, shuffle=True, random_state=seed)
    rest, held_out = next(splitter.split(data, data["class4"], data["opinion_id"]))
    train = data.iloc[np.random.default_rng(seed).permutation(rest)[:size]]
    test = data.iloc[held_out]
    return 100 * float(f1_score(test["class4"], predict(train, test, seed), average="macro"))


if __name__ == "__main__":
    with threadpool_limits(1):
        main()
