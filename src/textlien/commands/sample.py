"""Passages drawn at random to be coded, with the probability that each had of being drawn."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from textlien.axes.unscored import OTHER_LANGUAGE, unscored
from textlien.coding.codebook import Axis
from textlien.coding.sources import codebook_of
from textlien.errors import Problem, TextlienError
from textlien.exchange.spreadsheet import as_csv
from textlien.files.atomic import write_bytes
from textlien.messages.message import Location
from textlien.messages.translator import Translator
from textlien.pipeline.run_folder import Run, run_folder
from textlien.study.options import Study


class Sample(NamedTuple):
    """A file of passages to code.

    Attributes
    ----------
    path : of the file.
    passages, interviews : how many were drawn, and of how many interviews.
    cells : cities and waves that they were drawn in.
    """

    path: Path
    passages: int
    interviews: int
    cells: int


def sample(study: Study, number: int, translator: Translator) -> Sample:
    """Draw passages of the last run for people to code, and write them for a spreadsheet.

    Parameters
    ----------
    study : its file is beside the folder ``coding`` that the file is written to, under a number
        that no other has: an earlier draw is never touched, and draws are put together
        (:mod:`textlien.estimation.coded`).
    number : of passages expected in each city and wave; all of a smaller one are drawn.
    translator : of headings.

    Raises
    ------
    TextlienError
        When the study has not been run, or has no passage in French.

    Notes
    -----
    Each passage is drawn by itself, with the same probability within a city and wave, so that what
    is drawn in one interview says nothing of another (as the variance of shares takes it). The
    number drawn therefore varies, by √number about. Passages in another language have no share on
    the axes, and are not drawn (:mod:`textlien.axes.unscored`); those in which nothing is said are.
    """
    passages = _passages(Run(run_folder(study)))
    if passages.empty:
        place = Location(file=study.file.name)
        raise TextlienError(Problem.error("commands.nothing-to-sample", place))
    name, draw, path = _next_file(study, translator)
    sizes = passages.groupby(["wave", "city"])["passage_id"].transform("size")
    probability = np.minimum(1.0, number / sizes)
    generator = np.random.default_rng([study.study.seed, draw])
    drawn = generator.random(len(passages)) < probability
    chosen = passages.assign(probability_of_selection=probability, origin=name)[drawn]
    table = _sheet(chosen, codebook_of(study), translator)
    write_bytes(path, as_csv(table, translator))
    cells = len(passages[["wave", "city"]].drop_duplicates())
    return Sample(path, len(chosen), chosen["interview_id"].nunique(), cells)


def _passages(run: Run) -> pd.DataFrame:
    """Passages that have a share on the axes, with wave and city of their interview."""
    interviews, passages = run["interviews"], run["passages"]
    of_interview = interviews.loc[interviews["included"], ["interview_id", "wave", "city"]]
    passages = passages.merge(of_interview, on="interview_id")
    reasons = unscored(passages["text"].astype(str).tolist())
    foreign = [row for row, reason in reasons.items() if reason == OTHER_LANGUAGE]
    return passages.drop(index=foreign).reset_index(drop=True)


def _next_file(study: Study, translator: Translator) -> tuple[str, int, Path]:
    """Name and number of the draw, and its file, which does not exist yet."""
    draw = 1
    while True:
        name = translator.text("commands.draw", number=draw)
        path = study.folder / "coding" / f"{name}.csv"
        if not path.exists():
            return name, draw, path
        draw += 1


def _sheet(passages: pd.DataFrame, axes: tuple[Axis, ...], translator: Translator) -> pd.DataFrame:
    """Columns of a file of codings, those of the axes and of the coder to be filled in."""
    places = ["interview_id", "start", "end"]
    columns = [*places, "question", "text", "origin", "probability_of_selection"]
    label = "label" if translator.language == "fr" else "label_en"
    return passages[columns].assign(coder="", **{getattr(axis, label): "" for axis in axes})
