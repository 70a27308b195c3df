"""Gain of the classifier of axes from the context of a passage, on the demonstration.

Usage: python benchmarks/axes.py

Average precision of each axis on passages of interviews held out (five folds), and of cities held
out; the 63 interviews are invented and were coded by a language model, so that only differences
between rows mean anything. « Question » puts the interviewer's question in the place of the rest
of the answer; textlien does not do that, for the reason in ``textlien.axes.features.inputs``.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import average_precision_score
from sklearn.model_selection import StratifiedGroupKFold
from threadpoolctl import threadpool_limits

from classifying import fitted, probabilities
from textlien.annotation.encoder import encode
from textlien.axes.features.inputs import Inputs, inputs_of
from textlien.axes.features.parts import CHARACTERS, MEANING, PARTS, WORDS, Part
from textlien.commands.scaffold import copy_demo
from textlien.pipeline.run import run
from textlien.study.loading import load

AXES = ("projet", "action_sociale", "gouvernance_interne", "gouvernance_externe")
SYSTEMS: dict[str, tuple[tuple[Part, ...], str]] = {
    "passage, words and characters": ((WORDS, CHARACTERS), "answer"),
    "passage": ((WORDS, CHARACTERS, MEANING), "answer"),
    "**passage and rest of the answer**": (PARTS, "answer"),
    "passage and question": (PARTS, "question"),
}


def coded_passages(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, Mapping[str, Inputs]]:
    """Coded passages of the demonstration with their city, their values, and their inputs."""
    tables, _ = run(load(copy_demo(folder)), last="codings")
    values = tables["labels"].pivot(index="passage_id", columns="axis", values="value")[list(AXES)]
    passages = tables["passages"]
    rows = pd.Series(range(len(passages)), index=passages["passage_id"]).loc[values.index]
    inputs = inputs_of(passages).rows(rows.to_numpy())
    cities = tables["interviews"].set_index("interview_id")["city"]
    passages = passages.assign(city=passages["interview_id"].map(cities)).iloc[rows]
    questions = passages["question"].tolist()
    asked = np.array([[bool(question)] for question in questions])
    question = replace(
        inputs, context=questions, context_vectors=np.where(asked, encode(questions), 0.0)
    )
    return passages.reset_index(drop=True), values, {"answer": inputs, "question": question}


def precision(
    passages: pd.DataFrame,
    values: pd.DataFrame,
    inputs: Inputs,
    parts: tuple[Part, ...],
    group: str,
) -> list[float]:
    """Average precision by axis on groups held out."""
    targets = values.to_numpy(dtype="float64")
    y_prob = np.zeros(targets.shape)
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=1)
    for train, test in folds.split(targets, values["projet"] > 0.5, passages[group]):
        interviews = passages["interview_id"].iloc[train].tolist()
        classifiers = fitted(inputs.rows(train), targets[train], interviews, parts)
        y_prob[test] = probabilities(classifiers, inputs.rows(test))
    return [
        float(average_precision_score(y_true > 0.5, y))
        for y_true, y in zip(targets.T, y_prob.T, strict=True)
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch, threadpool_limits(1):
        coded, truth, looked_at = coded_passages(Path(scratch) / "demo")
    print(f"{len(coded):,} passages of {coded['interview_id'].nunique()} interviews")
    print("| held out | seen | " + " | ".join(AXES) + " | mean |\n|---|---|" + "---|" * 5)
    for whole in ("interview_id", "city"):
        for name, (chosen, context) in SYSTEMS.items():
            scores = precision(coded, truth, looked_at[context], chosen, whole)
            cells = " | ".join(f".{round(1000 * value):03}" for value in [*scores, np.mean(scores)])
            print(f"| {whole.removesuffix('_id')} | {name} | {cells} |", flush=True)
