"""Seconds that axes take: training, scoring and the encoder, by the clock and by the processor.

Usage: python benchmarks/axes_speed.py [REAL]

Training of the demonstration, and of 5,000 coded passages with all its folds: passages drawn with
replacement from those of REAL (by default ../shared/realdata/municipal_coded), copies of a source
as other sources; left out where the folder is absent. One process, one thread.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from textlien.annotation.encoder import encode
from textlien.axes.features.inputs import inputs_of
from textlien.axes.train import Before, TrainedAxes, train
from textlien.coding.codebook import load_codebook
from textlien.commands.scaffold import copy_demo
from textlien.pipeline.run import run
from textlien.study.loading import load
from textlien.study.options import AxesOptions

REAL = Path(__file__).parents[2] / "shared" / "realdata" / "municipal_coded"
PASSAGES, CITIES, SEED, REPEATS = 5000, 5, 2013, 20
Value = TypeVar("Value")


def timed(name: str, before: str, function: Callable[[], Value]) -> Value:
    """Print a row with the seconds of a function, beside those of before."""
    clock, processor = time.perf_counter(), time.process_time()
    value = function()
    seconds = time.perf_counter() - clock
    processor = time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| {name} | {seconds:.1f} | {processor:.1f} | {before} | {peak:.0f} |", flush=True)
    return value


def drawn(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Tables of passages, labels and interviews: real passages, drawn with replacement.

    Sources are shared out among five cities and two waves, so that these are held out too.
    """
    axes = [axis.key for axis in load_codebook()]
    table = pd.read_csv(folder / "passages.csv").drop_duplicates("id")
    values = pd.read_csv(folder / "codings.csv").groupby("id")[axes].mean()
    chosen = table.iloc[np.random.default_rng(SEED).integers(len(table), size=PASSAGES)]
    # The second time that a passage is drawn it belongs to the second copy of its source.
    copies = chosen.groupby("id").cumcount().astype(str)
    ids = [f"p{number:05}" for number in range(PASSAGES)]
    place = range(PASSAGES)
    passages = pd.DataFrame(
        {
            "passage_id": ids,
            "interview_id": (chosen["source"] + " " + copies).to_numpy(),
            "turn_first": place,
            "turn_last": place,
            "start": place,
            "text": chosen["text"].to_numpy(),
        }
    )
    labels = values.loc[chosen["id"]].set_axis(ids).stack()
    labels = labels.rename_axis(["passage_id", "axis"]).rename("value").reset_index()
    sources = passages["interview_id"].unique()
    cities = [f"city {number % CITIES}" for number in range(len(sources))]
    waves = [f"wave {number // CITIES % 2}" for number in range(len(sources))]
    interviews = pd.DataFrame({"interview_id": sources, "city": cities, "wave": waves})
    return passages, labels.assign(n_coders=1), interviews.assign(person="")


def rates(trained: TrainedAxes, passages: pd.DataFrame) -> None:
    """Print rates of scoring and of the encoder."""
    texts = passages["text"].tolist()
    start = time.process_time()
    vectors = encode(texts)
    encoded = time.process_time()
    X = trained.classifiers.features.of(inputs_of(passages, vectors))
    ready = time.process_time()
    for _ in range(REPEATS):
        for classifier in trained.classifiers.by_axis.values():
            classifier.probability(X)
    scored = (time.process_time() - ready) / REPEATS
    words, n = sum(len(text.split()) for text in texts), len(texts)
    features = ready - encoded
    print(f"\nencoder: {words / (encoded - start):,.0f} words a second")
    print(f"vectors: {n * 512 * 2 / words:,.1f} MB a million words")
    print(f"scoring from ready features: {n / scored:,.0f} passages a second")
    print(f"scoring from texts and vectors: {n / (features + scored):,.0f} passages a second")


def main(real: Path) -> None:
    """Print the table, then the rates."""
    with tempfile.TemporaryDirectory() as scratch:
        study = load(copy_demo(Path(scratch) / "demo"))
        tables, _ = run(study, last="codings")
        passages, labels, interviews = (
            tables[name] for name in ("passages", "labels", "interviews")
        )
    encode(["bonjour"])
    vectors = encode(passages["text"].tolist())
    codebook, options = load_codebook(), AxesOptions()
    print("| training | seconds | of the processor | before | peak MB |\n|---|---|---|---|---|")
    trained = timed(
        f"the demonstration, {len(passages):,} passages",
        "52, then 26",
        lambda: train(passages, labels, codebook, options, SEED, interviews, Before(vectors)),
    )
    if real.is_dir():
        many, of_many, sources = drawn(real)
        meaning = encode(many["text"].tolist())
        timed(
            f"{PASSAGES:,} passages",
            "–",
            lambda: train(many, of_many, codebook, options, SEED, sources, Before(meaning)),
        )
    rates(trained, passages)


if __name__ == "__main__":
    with threadpool_limits(1):
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else REAL)
