"""Distance of texts from what a model of axes was trained on: where it warns, and where not.

Usage: python benchmarks/axes_distance.py [REALDATA] [DRAWS]

REALDATA is a folder of real texts (by default ../shared/realdata), DRAWS the number of draws of
interviews for each size (10). Two models, of which only what distances need is made: that of the
demonstration, and the default one (real passages, corpora/axes, every third coded passage of the
demonstration). Left out of training and measured: interviews of the demonstration (draws of 1, 3,
6, 12; a wave) and, for the default model, each real source with eight passages or more. Of other
texts 150 documents at most, 60 passages of each at most.

Of each: unknown share of the words, nearness, distance, bound (one in a hundred), and how many of
its documents, five passages or more, are beyond it by themselves. Then the number of warnings by
level of the bound. Last, whether distance tells of error: rank correlation, over the real sources
of 24 passages or more, of distance with the gap between mean probability and prevalence (mean of
the axes; probabilities of the default model in models/axes, sources held out).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import spearmanr, t
from threadpoolctl import threadpool_limits

from classifying import alone, together
from textlien.axes.features.inputs import Inputs
from textlien.axes.features.reference import Reference, fit_reference
from textlien.axes.train import passage_key
from textlien.coding.codebook import load_codebook
from textlien.commands.scaffold import copy_demo
from textlien.pipeline.run import run
from textlien.study.loading import load

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from train_axes import OF_DEMONSTRATION, invented_passages, real_passages  # noqa: E402

DEFAULT = ROOT.parent / "shared" / "realdata"
AXES = [axis.key for axis in load_codebook()]
SIZES, LEVELS = (1, 3, 6, 12), (0.95, 0.99, 0.999)
FEWEST, OF_DOCUMENT, OF_CORRELATION, SEED = 8, 5, 24, 7
DOCUMENTS, MOST_OF_DOCUMENT = 150, 60


class Texts(NamedTuple):
    """Passages, the document of each (an interview, a leaflet, a source), and which are coded."""

    inputs: Inputs
    documents: np.ndarray
    coded: np.ndarray

    def rows(self, rows: np.ndarray) -> Texts:
        """Some of the passages."""
        return Texts(self.inputs.rows(rows), self.documents[rows], self.coded[rows])


class Row(NamedTuple):
    """A measured corpus."""

    name: str
    reference: Reference
    texts: Texts

    def distance(self) -> float:
        """Distance of all its passages."""
        return self.reference.distance(self._summary())

    def _summary(self) -> np.ndarray:
        """Unknown share and nearness."""
        return measured(self.reference, self.texts)

    def cells(self) -> list[str]:
        """Cells of the table."""
        names, counts = np.unique(self.texts.documents, return_counts=True)
        alone_ = [
            self.reference.distance(
                measured(self.reference, self.texts.rows(np.flatnonzero(self.texts.documents == d)))
            )
            for d in names[counts >= OF_DOCUMENT]
        ]
        unknown, near = self._summary()
        beyond = sum(distance > self.reference.bound for distance in alone_)
        return [
            self.name,
            f"{len(self.texts.documents):,}",
            f"{unknown:.3f}",
            f"{near:.3f}",
            f"{self.distance():.2f}",
            f"{self.reference.bound:.2f}",
            "**warns**" if self.distance() > self.reference.bound else "silent",
            f"{beyond} of {len(alone_)}",
        ]


def measured(reference: Reference, texts: Texts) -> np.ndarray:
    """Unknown share and nearness of passages."""
    measures = reference.measures(texts.inputs.text, texts.inputs.vectors)
    return measures.summary(np.arange(len(texts.documents)))


def level_of(row: Row, level: float) -> float:
    """The bound of another level."""
    n = len(row.reference.held_out)
    return row.reference.bound * t.ppf(level, n - 1) / t.ppf(0.99, n - 1)


def demonstration() -> Texts:
    """All passages of the demonstration."""
    with TemporaryDirectory() as folder:
        tables, _ = run(load(copy_demo(Path(folder) / "demo")), last="codings")
        passages, labels = tables["passages"], tables["labels"]
    coded = passages["passage_id"].isin(labels["passage_id"]).to_numpy()
    inputs = alone(passages["text"].tolist())
    return Texts(inputs, passages["interview_id"].to_numpy(), coded)


def study(pattern: str) -> Texts:
    """Passages of documents that textlien reads, drawn where there are many."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "study.toml"
        file.write_text(f'[study]\nname = "study"\n[[corpus]]\nwave = "1"\npath = "{pattern}"\n')
        passages = run(load(file), last="segment")[0]["passages"]
    ids = sorted(set(passages["interview_id"]))
    chosen = np.random.default_rng(SEED).permutation(ids)[:DOCUMENTS]
    passages = passages[passages["interview_id"].isin(chosen)].sample(frac=1, random_state=SEED)
    passages = passages.groupby("interview_id").head(MOST_OF_DOCUMENT).sort_index()
    inputs = alone(passages["text"].tolist())
    return Texts(inputs, passages["interview_id"].to_numpy(), np.zeros(len(passages), bool))


def contributions(folder: Path) -> Texts:
    """Passages of citizens' contributions, threads as documents."""
    table = pd.read_csv(folder / "republique_numerique" / "passages.csv")
    inputs = alone(table["text"].tolist())
    return Texts(inputs, table["opinion_id"].astype(str).to_numpy(), np.zeros(len(table), bool))


def trained(texts: Texts, rows: np.ndarray, campaign: np.ndarray) -> Reference:
    """Reference of the coded passages of some rows, whose campaign is measured."""
    some = texts.rows(rows)
    coded = np.flatnonzero(some.coded)
    return fit_reference(some.inputs, coded, some.documents.astype(str), campaign[rows], SEED)


def draws(name: str, texts: Texts, campaign: np.ndarray, number: int) -> Iterator[Row]:
    """Interviews of the campaign that are left out of training."""
    interviews = np.unique(texts.documents[campaign].astype(str))
    random = np.random.default_rng(SEED)
    for size in SIZES:
        for _ in range(number):
            drawn = np.isin(texts.documents, random.choice(interviews, size, replace=False))
            reference = trained(texts, np.flatnonzero(~drawn), campaign)
            yield Row(f"{name}: {size} left out", reference, texts.rows(np.flatnonzero(drawn)))


def left_out(texts: Texts, campaign: np.ndarray, name: str, out: np.ndarray) -> Row:
    """Documents that are left out of training."""
    reference = trained(texts, np.flatnonzero(~out), campaign)
    return Row(name, reference, texts.rows(np.flatnonzero(out)))


def rows_of(
    texts: Texts,
    campaign: np.ndarray,
    others: dict[str, Texts],
    sources: list[str],
    number: int,
) -> Iterator[Row]:
    """All that is measured by one model."""
    reference = trained(texts, np.arange(len(texts.documents)), campaign)
    for name, other in others.items():
        yield Row(name, reference, other)
    yield from draws("interviews", texts, campaign, number)
    waves = np.array([str(document)[:4] for document in texts.documents])
    for wave in sorted({"2013", "2015"} & set(waves)):
        yield left_out(texts, campaign, f"wave {wave} left out", campaign & (waves == wave))
    for source in sources:
        yield left_out(texts, campaign, f"source {source}", texts.documents == source)


def campaign_of(texts: Texts) -> tuple[Texts, np.ndarray]:
    """All passages as coded, and of one campaign."""
    everything = np.ones(len(texts.coded), bool)
    return texts._replace(coded=everything), everything


def without(others: dict[str, Texts], name: str) -> dict[str, Texts]:
    """The other corpora but one."""
    return {other: texts for other, texts in others.items() if other != name}


def calibration_gaps(passages: pd.DataFrame, labels: pd.DataFrame) -> pd.Series:
    """Gap between mean probability and prevalence of each source, mean of the axes."""
    (file,) = (ROOT / "models" / "axes").glob("default-*/out_of_fold.parquet")
    keys = [
        passage_key(source, text)
        for source, text in zip(passages["interview_id"], passages["text"], strict=True)
    ]
    coded = labels.merge(passages.assign(key=keys)[["passage_id", "interview_id", "key"]])
    coded = coded.merge(pd.read_parquet(file), on=["key", "axis"])
    means = coded.groupby(["interview_id", "axis"])[["probability", "value"]].mean()
    return (means["probability"] - means["value"]).abs().groupby("interview_id").mean()


def main() -> None:
    """Print the tables."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    with threadpool_limits(1):
        demo = demonstration()
        coded = real_passages(folder / "municipal_coded", AXES)
        real, invented = coded.passages, invented_passages(AXES).passages
        others = {
            "leaflets": study((folder / "archelec_two_waves/texts/*.txt").resolve().as_posix()),
            "contributions": contributions(folder),
            "craftspeople": study((folder / "artisans_docx/*.docx").resolve().as_posix()),
            "Parisians": study((folder / "cfpp2000_textgrid/*.TextGrid").resolve().as_posix()),
        }
        real_texts = Texts(
            alone(real["text"].tolist()), real["interview_id"].to_numpy(), np.ones(len(real), bool)
        )
        third = np.zeros(len(demo.coded), bool)
        third[np.flatnonzero(demo.coded)[::OF_DEMONSTRATION]] = True
        everything = Texts(
            together(together(real_texts.inputs, alone(invented["text"].tolist())), demo.inputs),
            np.concatenate([real["interview_id"], invented["interview_id"], demo.documents]),
            np.concatenate([np.ones(len(real) + len(invented), bool), third]),
        )
        of_demo = np.arange(len(everything.coded)) >= len(real) + len(invented)
        of_source = real["interview_id"].value_counts()
        captions = real_texts.rows(
            np.flatnonzero([s.startswith("lafranceinsoumise") for s in real_texts.documents])
        )
        models = {
            "demonstration": (
                demo,
                np.ones(len(demo.coded), bool),
                {**others, "captions of speeches": captions, "all real passages": real_texts},
                [],
            ),
            # Campaigns of real interviews, as if all of their passages were coded.
            "craftspeople": (
                *campaign_of(others["craftspeople"]),
                without(others, "craftspeople"),
                [],
            ),
            "Parisians": (*campaign_of(others["Parisians"]), without(others, "Parisians"), []),
            "default": (everything, of_demo, others, list(of_source[of_source >= FEWEST].index)),
        }
        for kind, (texts, campaign, measured_, sources) in models.items():
            print(f"\n## {kind}\n")
            print("| texts | passages | unknown | nearness | distance | bound | | beyond alone |")
            print("|---" * 8 + "|")
            kept = []
            for row in rows_of(texts, campaign, measured_, sources, number):
                kept.append(row)
                print(f"| {' | '.join(row.cells())} |", flush=True)
            print()
            for level in LEVELS:
                there = pd.Series([row.distance() > level_of(row, level) for row in kept])
                names = [row.name.partition(" ")[0].rstrip(":") for row in kept]
                print(level, there.groupby(names).agg(["sum", "count"]).to_dict("index"))
        gaps = calibration_gaps(real, coded.labels)
        large = of_source[of_source >= OF_CORRELATION].index
        far = {row.name.removeprefix("source "): row.distance() for row in kept}
        correlation = spearmanr([far[source] for source in large], gaps[large])
        print(f"{len(large)} sources, distance and calibration gap: {correlation.statistic:.2f}")


if __name__ == "__main__":
    main()
