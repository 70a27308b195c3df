"""Gain of the classifier of axes from the context of a passage, on the demonstration.

Usage: python benchmarks/axes.py

Average precision of each axis on passages of interviews held out (five folds), and of cities held
out; the 63 interviews are invented and were coded by a language model, so that only differences
between rows mean anything. « Question » puts the interviewer's question in the place of the rest
of the answer; textlien does not do that, for the reason in ``textlien.axes.features``.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import average_precision_score
from sklearn.model_selection import StratifiedGroupKFold
from threadpoolctl import threadpool_limits

from textlien.axes.classifier import fit
from textlien.axes.features import parts_of, with_context
from textlien.commands.scaffold import copy_demo
from textlien.pipeline.run import run
from textlien.study.loading import load

AXES = ("projet", "action_sociale", "gouvernance_interne", "gouvernance_externe")
CONTEXT = ("words", "vectors")
SYSTEMS = {
    "passage, words alone": (("words",), (), "context"),
    "passage": (("words", "characters", "vectors"), (), "context"),
    "**passage and rest of the answer**": (("words", "characters", "vectors"), CONTEXT, "context"),
    "passage and question": (("words", "characters", "vectors"), CONTEXT, "question"),
}


def coded_passages(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Coded passages of the demonstration with their city, and their values on the axes."""
    tables, _ = run(load(copy_demo(folder)), last="codings")
    values = tables["labels"].pivot(index="passage_id", columns="axis", values="value")[list(AXES)]
    passages = with_context(tables["passages"])
    cities = tables["interviews"].set_index("interview_id")["city"]
    passages["city"] = passages["interview_id"].map(cities)
    return passages.set_index("passage_id").loc[values.index], values


def precision(passages: pd.DataFrame, values: pd.DataFrame, system: str, group: str) -> list[float]:
    """Average precision by axis on groups held out."""
    text, context, source = SYSTEMS[system]
    inputs = passages.assign(context=passages[source])
    y_prob = np.zeros((len(inputs), len(AXES)))
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=1)
    for train, test in folds.split(inputs, values["projet"] > 0.5, inputs[group]):
        features, classifiers = fit(
            inputs.iloc[train],
            values.iloc[train],
            folds=5,
            seed=1,
            parts=parts_of(text, context),
        )
        X = features.transform(inputs.iloc[test])
        for number, axis in enumerate(AXES):
            y_prob[test, number] = classifiers[axis].probability(X)
    return [
        float(average_precision_score(values[axis] > 0.5, y_prob[:, number]))
        for number, axis in enumerate(AXES)
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch, threadpool_limits(1):
        coded, truth = coded_passages(Path(scratch) / "demo")
    print(f"{len(coded):,} passages of {coded['interview_id'].nunique()} interviews")
    print("| held out | seen | " + " | ".join(AXES) + " | mean |\n|---|---|" + "---|" * 5)
    for whole in ("interview_id", "city"):
        for name in SYSTEMS:
            scores = precision(coded, truth, name, whole)
            cells = " | ".join(f".{round(1000 * value):03}" for value in [*scores, np.mean(scores)])
            print(f"| {whole.removesuffix('_id')} | {name} | {cells} |", flush=True)
