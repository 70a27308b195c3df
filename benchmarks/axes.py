"""What the classifier of axes gains by what stands around a passage, on the demonstration.

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

from textlien.axes.features import beside, build_features, transform
from textlien.axes.train import fit
from textlien.commands.scaffold import copy_demo
from textlien.pipeline.run import run
from textlien.study.loading import load

AXES = ("projet", "action_sociale", "gouvernance_interne", "gouvernance_externe")
AROUND = ("words", "vectors")
SYSTEMS = {
    "passage, words alone": (("words",), (), "around"),
    "passage": (("words", "characters", "vectors"), (), "around"),
    "**passage and rest of the answer**": (("words", "characters", "vectors"), AROUND, "around"),
    "passage and question": (("words", "characters", "vectors"), AROUND, "question"),
}


def coded_passages(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Coded passages of the demonstration with their city, and their values on the axes."""
    tables, _ = run(load(copy_demo(folder)), last="codings")
    values = tables["labels"].pivot(index="passage_id", columns="axis", values="value")[list(AXES)]
    passages = tables["passages"]
    passages["around"] = beside(passages)["around"]
    cities = tables["interviews"].set_index("interview_id")["city"]
    passages["city"] = passages["interview_id"].map(cities)
    return passages.set_index("passage_id").loc[values.index], values


def precision(passages: pd.DataFrame, values: pd.DataFrame, system: str, group: str) -> list[float]:
    """Average precision by axis on groups held out."""
    parts, around, beside_it = SYSTEMS[system]
    seen = passages.assign(around=passages[beside_it])
    given = np.zeros((len(seen), len(AXES)))
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=1)
    for learnt, tested in folds.split(seen, values["projet"] > 0.5, seen[group]):
        features, classifiers = fit(
            seen.iloc[learnt],
            values.iloc[learnt],
            folds=5,
            seed=1,
            features=build_features(parts, around),
        )
        columns = transform(features, seen.iloc[tested][["text", "around"]])
        for number, axis in enumerate(AXES):
            given[tested, number] = classifiers[axis].probability(columns)
    return [
        float(average_precision_score(values[axis] > 0.5, given[:, number]))
        for number, axis in enumerate(AXES)
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch, threadpool_limits(1):
        coded, truth = coded_passages(Path(scratch) / "demo")
    print(f"{len(coded):,} passages of {coded['interview_id'].nunique()} interviews")
    print("| held out | seen | " + " | ".join(AXES) + " | mean |\n|---|---|" + "---|" * 5)
    for whole in ("interview_id", "city"):
        for name in SYSTEMS:
            found = precision(coded, truth, name, whole)
            cells = " | ".join(f".{round(1000 * value):03}" for value in [*found, np.mean(found)])
            print(f"| {whole.removesuffix('_id')} | {name} | {cells} |", flush=True)
