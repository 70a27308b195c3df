"""Worth of a classifier of an axis by the number of coded passages that carry it.

Usage: python benchmarks/few_positives.py [REAL]

Persons of the demonstration (invented) are drawn until they have 40, 80, 160, 320 and 640 coded
passages; classifiers learn from these and are judged on all other persons. With REAL, a folder as
``tools/train_axes.py`` takes it, sources of real passages instead. Average precision, prevalence
and calibration error (ten bins; mean, and 90th percentile over draws and axes).
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import average_precision_score
from threadpoolctl import threadpool_limits

from textlien.annotation.encoder import encode
from textlien.axes.evaluate import calibration_error
from textlien.axes.features.fitting import fit_parts
from textlien.axes.features.inputs import Inputs, inputs_of
from textlien.axes.features.parts import PARTS
from textlien.axes.learning.classifier import Labelled
from textlien.commands.scaffold import copy_demo
from textlien.pipeline.run import run
from textlien.study.loading import load

AXES = ["projet", "action_sociale", "gouvernance_interne", "gouvernance_externe"]
TARGETS = (40, 80, 160, 320, 640)
DRAWS, FEWEST_GROUPS, FEWEST_OTHERS = 8, 3, 5
BINS = [0, 9, 19, 29, 49, 99, 999]


def demonstration() -> tuple[Inputs, pd.DataFrame, pd.Series]:
    """Inputs, values and persons of the coded passages of the demonstration."""
    with tempfile.TemporaryDirectory() as folder:
        tables, _ = run(load(copy_demo(Path(folder) / "demo")), last="codings")
        passages, labels, interviews = (
            tables[name] for name in ("passages", "labels", "interviews")
        )
    values = labels.pivot(index="passage_id", columns="axis", values="value")[AXES]
    rows = pd.Series(range(len(passages)), index=passages["passage_id"]).loc[values.index]
    persons = interviews.set_index("interview_id")["person"]
    ids = passages["interview_id"].iloc[rows]
    of_passage = ids.map(persons)
    inputs = inputs_of(passages).rows(rows.to_numpy())
    return inputs, values, of_passage.where(of_passage != "", ids)


def real(folder: Path) -> tuple[Inputs, pd.DataFrame, pd.Series]:
    """Inputs, values and sources of real passages."""
    table = pd.read_csv(folder / "passages.csv").drop_duplicates("id")
    values = pd.read_csv(folder / "codings.csv").groupby("id")[AXES].mean().loc[table["id"]]
    texts = table["text"].tolist()
    vectors = encode(texts)
    inputs = Inputs(texts, [""] * len(texts), vectors, np.zeros_like(vectors))
    return inputs, values, table["source"]


def trials(inputs: Inputs, values: pd.DataFrame, groups: pd.Series) -> Iterator[dict[str, float]]:
    """Number of positive passages, average precision, prevalence, calibration error of fits."""
    numbers = np.unique(groups, return_inverse=True)[1].astype("int64")
    sizes, targets = np.bincount(numbers), values.to_numpy()
    all_judged = np.ones(len(numbers), dtype=bool)
    labelled = Labelled(AXES, targets, numbers, fit_parts(PARTS, inputs, 1), all_judged)
    for draw in range(DRAWS):
        order = np.random.default_rng(draw).permutation(len(sizes))
        for target in TARGETS:
            chosen = order[: int(np.searchsorted(np.cumsum(sizes[order]), target)) + 1]
            if len(chosen) < FEWEST_GROUPS or len(sizes) - len(chosen) < FEWEST_OTHERS:
                continue
            learnt = np.isin(numbers, chosen)
            test = np.flatnonzero(~learnt)
            fitted = labelled.fit(np.flatnonzero(learnt), 1)
            X = fitted.features.of(inputs.rows(test))
            for column, axis in enumerate(AXES):
                value = targets[test, column]
                clear = value != 0.5
                y_true = (value[clear] > 0.5).astype(float)
                y_prob = fitted.by_axis[axis].probability(X)[clear]
                yield {
                    "positives": float((targets[learnt, column] > 0.5).sum()),
                    "average precision": float(average_precision_score(y_true, y_prob)),
                    "prevalence": float(y_true.mean()),
                    "calibration error": calibration_error(y_true, y_prob, np.ones(len(y_true))),
                }


def main() -> None:
    """Print the table."""
    with threadpool_limits(1):
        material = real(Path(sys.argv[1])) if sys.argv[1:] else demonstration()
        table = pd.DataFrame(trials(*material))
    bins = pd.cut(table.pop("positives"), BINS)
    by_bin = table.groupby(bins, observed=True)
    shown = by_bin.mean()
    shown.insert(0, "fits", by_bin.size())
    shown["90 % below"] = by_bin["calibration error"].quantile(0.9)
    print(shown.round(3).to_string())


if __name__ == "__main__":
    main()
