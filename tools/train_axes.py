"""Train the default model of the axes and write its folder, models/axes/default-….

Usage: python tools/train_axes.py REAL

REAL holds passages.csv (``id``, ``source``, ``register``, ``text``) and codings.csv (a row a
reading, 0 or 1 for each axis): real texts on municipal policy, which stay where they are. Learnt
from as well: corpora/axes (invented passages) and every third coded passage of the demonstration
(invented interviews; with all of them the real passages are ranked less well).

Recipe, calibration and thresholds are chosen on the real passages alone, sources held out; so are
the figures of the card. Same files, same machine: same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from textlien.annotation.encoder import encode
from textlien.axes.evaluate import evaluate
from textlien.axes.registry import save
from textlien.axes.train import Before, TrainedAxes, train
from textlien.axes.words.evidence import words_of_axes
from textlien.coding.codebook import load_codebook
from textlien.commands.scaffold import copy_demo
from textlien.messages.translator import Translator
from textlien.messages.typography import markdown_table
from textlien.pipeline.run import run
from textlien.study.loading import load
from textlien.study.options import DEFAULT_AXES, AxesOptions

ROOT = Path(__file__).parents[1]
NOTES = ROOT / "tools" / "axes"
SEED, FOLDS, OF_DEMONSTRATION = 2013, 10, 3

# One collector's two repositories speak of one town.
SAME_SOURCE = {"nfroidure/politics": "nfroidure/tribunator"}


class Coded(NamedTuple):
    """Passages in the tables of a study.

    Attributes
    ----------
    passages, labels : tables.
    origins : ``interview_id``, ``person``, ``city``, ``wave``, ``judged``, ``campaign``.
    registers : of each passage, by identifier.
    """

    passages: pd.DataFrame
    labels: pd.DataFrame
    origins: pd.DataFrame
    registers: dict[str, str]


def alone(table: pd.DataFrame, values: pd.DataFrame, *, judged: bool) -> Coded:
    """Passages that are texts of their own, by source.

    Parameters
    ----------
    table : ``id``, ``source``, ``register``, ``text``.
    values : the same rows × axes, means of the readings.
    """
    place = range(len(table))
    passages = pd.DataFrame(
        {
            "passage_id": table["id"].astype(str).to_numpy(),
            "interview_id": table["source"].to_numpy(),
            "turn_first": place,
            "turn_last": place,
            "start": place,
            "text": table["text"].to_numpy(),
        }
    )
    labels = values.set_axis(passages["passage_id"]).stack()
    labels = labels.rename_axis(["passage_id", "axis"]).rename("value").reset_index()
    origins = pd.DataFrame({"interview_id": table["source"].unique(), "judged": judged})
    origins = origins.assign(campaign=False)
    registers = dict(zip(passages["passage_id"], table["register"], strict=True))
    return Coded(passages, labels, origins.assign(person="", city="", wave=""), registers)


def real_passages(folder: Path, axes: list[str]) -> Coded:
    """The real passages, several readings by their mean."""
    # A passage that was drawn in two ways has two rows, and all its readings under one identifier.
    table = pd.read_csv(folder / "passages.csv").drop_duplicates("id")
    table["source"] = table["source"].replace(SAME_SOURCE)
    readings = pd.read_csv(folder / "codings.csv").groupby("id")[axes].mean()
    return alone(table, readings.loc[table["id"]], judged=True)


def invented_passages(axes: list[str]) -> Coded:
    """The invented passages, each writer's as one source."""
    table = pd.read_csv(ROOT / "corpora" / "axes" / "passages.csv")
    table["source"] = table["id"].str.partition("-")[0]
    return alone(table, table[axes].astype(float), judged=False)


def demonstration(every: int = OF_DEMONSTRATION) -> Coded:
    """Every third coded passage of the demonstration, with its context, or another share."""
    with TemporaryDirectory() as folder:
        tables, _ = run(load(copy_demo(Path(folder) / "demo")), last="codings")
        passages, labels, interviews = (
            tables[name] for name in ("passages", "labels", "interviews")
        )
    chosen = sorted(set(labels["passage_id"]))[::every]
    labels = labels.loc[labels["passage_id"].isin(chosen), ["passage_id", "axis", "value"]]
    passages = passages[["passage_id", "interview_id", "turn_first", "turn_last", "start", "text"]]
    origins = interviews[["interview_id"]].assign(
        person="", city="", wave="", judged=False, campaign=True
    )
    return Coded(passages, labels, origins, {})


def by_register(
    trained: TrainedAxes, labels: pd.DataFrame, registers: dict[str, str], translator: Translator
) -> str:
    """Average precision of each axis by register, sources held out, as a table of the card."""
    axes = [axis.key for axis in trained.axes]
    names = [f"`{axis}`" for axis in axes]
    lines = []
    of_passage = labels["passage_id"].map(registers)
    for register in ("written", "meeting", "spoken", "interview"):
        some = labels[of_passage == register]
        scores = evaluate(some, trained.held_out.persons, seed=SEED)
        table = scores.pivot(index="axis", columns="metric", values=["estimate", "low", "high"])
        cells = []
        for axis in axes:
            value, low, high = (
                float(table.loc[axis, (bound, "average_precision")])
                for bound in ("estimate", "low", "high")
            )
            interval = "" if np.isnan(low) else f" {translator.plain_interval(low, high)}"
            cells.append(translator.decimal(value, 2) + interval)
        number = translator.count(int(table["estimate"]["n"].iloc[0]))
        lines.append([REGISTERS[translator.language][register], number, *cells])
    return markdown_table(["", translator.text("axes.column-passages"), *names], lines)


REGISTERS = {
    "fr": {
        "written": "écrit (tribunes, blogs, notes)",
        "meeting": "comptes rendus de réunions",
        "spoken": "discours et débats",
        "interview": "entretiens",
    },
    "en": {
        "written": "written (columns, blogs, notes)",
        "meeting": "minutes of meetings",
        "spoken": "speeches and debates",
        "interview": "interviews",
    },
}


def main() -> None:
    """Train, score and write the model."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("real", type=Path, metavar="REAL")
    arguments = parser.parse_args()
    codebook = load_codebook()
    axes = [axis.key for axis in codebook]
    real = real_passages(arguments.real, axes)
    parts = [real, invented_passages(axes), demonstration()]
    passages, labels, origins = (
        pd.concat([part[number] for part in parts], ignore_index=True) for number in range(3)
    )
    labels["n_coders"] = 1
    with threadpool_limits(1):
        vectors = encode(passages["text"].tolist())
    options, before = AxesOptions(folds=FOLDS), Before(vectors)
    trained = train(passages, labels, codebook, options, SEED, origins, before)
    judged = trained.labels[trained.labels["passage_id"].isin(real.registers)]
    scores = evaluate(judged, trained.held_out.persons, seed=SEED)
    notes = {}
    for language in ("fr", "en"):
        table = by_register(trained, judged, real.registers, Translator(language))
        text = (NOTES / f"note.{language}.md").read_text(encoding="utf-8").strip()
        notes[language] = text.replace("{registers}", table)
    folder = save(
        trained,
        scores,
        ROOT / "models" / "axes",
        name=DEFAULT_AXES,
        fictional=False,
        notes=notes,
        words=words_of_axes(passages, vectors, trained.classifiers),
    )
    print(folder)
    print(scores.pivot(index="axis", columns="metric", values="estimate").round(3).T.to_string())


if __name__ == "__main__":
    main()
