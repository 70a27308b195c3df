"""Check of a study, without computing anything: the content read, and its problems."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textlien.annotation.annotate import check_pipeline
from textlien.annotation.encoder import require
from textlien.axes.registry import check_model
from textlien.coding.codings import read_codings
from textlien.coding.sources import codebook_of, coding_files
from textlien.errors import Problem, TextlienError, did_you_mean
from textlien.messages.message import Location, Message, message
from textlien.messages.translator import Translator
from textlien.pipeline.reading import read_corpus
from textlien.pipeline.run_folder import Run, run_folder
from textlien.pipeline.texts import Texts
from textlien.pipeline.warnings import doubtful
from textlien.study.loading import load
from textlien.study.options import DEFAULT_AXES, Study
from textlien.terms.loading import load_lexicon
from textlien.themes.edits.reading import entries_of
from textlien.themes.projection.folder import check_model as check_themes
from textlien.transcripts.model import Decision, Evidence, RoleReason
from textlien.transcripts.speakers.reasons import proposal


class State(StrEnum):
    """Degree to which an interview can be used, worst first."""

    LEFT_OUT = "left out"
    DOUBTFUL = "doubtful"
    """It can be used, but the role of a speaker is a guess."""
    WARNING = "warning"
    OK = "ok"


class StudyReport(NamedTuple):
    """The interviews of a study and all its problems.

    Attributes
    ----------
    interviews, speakers : these tables.
    problems : all of them, notes included.
    """

    interviews: pd.DataFrame
    speakers: pd.DataFrame
    problems: list[Problem]

    @property
    def included(self) -> int:
        """Number of interviews that can be used."""
        return int(self.interviews["included"].sum())

    @property
    def left_out(self) -> int:
        """Number of interviews that cannot be used."""
        return len(self.interviews) - self.included

    @property
    def doubtful(self) -> set[str]:
        """Identifiers of interviews that can be used, with a speaker whose role is a guess."""
        rows = doubtful(self.interviews, self.speakers)
        return set(self.interviews.loc[rows, "interview_id"])

    def states(self) -> list[State]:
        """The state of each interview, in the order of ``interviews``."""
        doubtful = self.doubtful
        warned = {
            problem.location.file for problem in self.problems if problem.severity == "warning"
        }
        rows = self.interviews[["interview_id", "file", "included"]]
        return [
            _state(included, name in doubtful, file in warned)
            for name, file, included in rows.itertuples(index=False)
        ]

    def cells(self) -> pd.DataFrame:
        """Counts of each wave and city; of all together in a last row whose wave is "".

        Returns
        -------
        Columns ``wave``, ``city``, ``interviews``, ``left_out``, ``doubtful``, ``actors`` (how
        many categories), ``words`` and ``asked`` (words of interviewees and of interviewers of
        the interviews that can be used), ``hours`` and ``formats`` (interviews of each format).
        """
        doubtful = self.interviews["interview_id"].isin(self.doubtful)
        interviews = self.interviews.assign(doubtful=doubtful)
        rows = [
            {"wave": wave, "city": city, **_counts(group)}
            for (wave, city), group in interviews.groupby(["wave", "city"], sort=True)
        ]
        if len(rows) > 1:
            rows.append({"wave": "", "city": "", **_counts(interviews)})
        return pd.DataFrame(rows, columns=["wave", "city", *_counts(interviews)])

    def labels(self) -> pd.DataFrame:
        """Counts of each speaker label and role: interviews, turns, words, guesses."""
        counts = (
            self.speakers.assign(guessed=~self.speakers["sure"])
            .groupby(["role", "speaker"], as_index=False)
            .agg(
                interviews=("interview_id", "size"),
                turns=("n_turns", "sum"),
                words=("n_words", "sum"),
                guessed=("guessed", "sum"),
            )
        )
        return counts.sort_values(
            ["role", "interviews", "speaker"], ascending=[True, False, True], ignore_index=True
        )

    def proposals(self, translator: Translator) -> list[str]:
        """A block for the study file for each file with a guessed role, to confirm or correct."""
        files = dict(zip(self.interviews["interview_id"], self.interviews["file"], strict=True))
        doubtful = self.speakers[self.speakers["interview_id"].isin(self.doubtful)]
        decisions: dict[str, dict[str, Decision]] = {}
        for row in doubtful.to_dict("records"):
            figures = (row["habit"], row["habit_of_others"], row["share_of_words"])
            evidence = Evidence(*(None if pd.isna(share) else share for share in figures))
            reason = RoleReason(row["reason"])
            decision = Decision(row["role"], reason, row["sure"], evidence)
            of_file = decisions.setdefault(files[row["interview_id"]], {})
            of_file.setdefault(row["speaker"], decision)
        return [proposal(file, of_file, translator) for file, of_file in decisions.items()]


def _state(included: bool, doubtful: bool, warned: bool) -> State:
    """The worst state that applies."""
    if not included:
        return State.LEFT_OUT
    if doubtful:
        return State.DOUBTFUL
    return State.WARNING if warned else State.OK


def _counts(interviews: pd.DataFrame) -> dict[str, object]:
    """One row of :meth:`StudyReport.cells`."""
    included = interviews[interviews["included"]]
    formats = interviews["format"].value_counts().sort_index()
    return {
        "interviews": len(interviews),
        "left_out": len(interviews) - len(included),
        "doubtful": int(interviews["doubtful"].sum()),
        "actors": interviews.loc[interviews["actor"] != "", "actor"].nunique(),
        "words": int(included["n_words"].sum()),
        "asked": int(included["n_words_interviewer"].sum()),
        "hours": float(interviews["duration"].sum() / 3600),
        "formats": {str(name): int(count) for name, count in formats.items()},
    }


def check_study(study_file: str | Path, *, workers: int = 1) -> StudyReport:
    """Read a study file and its transcripts, metadata and codings, and check all else it names.

    What is read is kept in the run folder, so that a run need not read it again.

    Raises
    ------
    TextlienError
        When the study file itself is wrong.
    """
    study = load(study_file)
    run = Run(run_folder(study))
    corpus = read_corpus(study, run, workers=workers)
    interviews = corpus.interviews
    problems = [
        *corpus.problems,
        *_codings(study, interviews, Texts(run, corpus.turns)),
        *_annotator(study),
        *_lexicon(study),
        *entries_of(study)[1],
        *_axes_model(study),
        *_themes_model(study),
        *_thin_cells(study, interviews[interviews["included"]]),
    ]
    return StudyReport(interviews, corpus.speakers, problems)


def _codings(study: Study, interviews: pd.DataFrame, texts: Texts) -> list[Problem]:
    """Problems of the codebook or, where it can be read, of the codings."""
    try:
        axes = codebook_of(study)
    except TextlienError as error:
        return list(error.in_file(study.file.name).problems)
    files, problems = coding_files(study)
    if not files:
        return problems
    _, faults = read_codings(files, study.display_path, interviews, texts, axes)
    return [*problems, *faults]


def _annotator(study: Study) -> list[Problem]:
    """Problems of the pipeline that annotates passages."""
    pipeline = study.resolve_pipeline(study.annotate.pipeline)
    return _problems_of(lambda: check_pipeline(pipeline), study.file.name)


def _problems_of(part: Callable[[], object], study_file: str) -> list[Problem]:
    """Problems that stop a part from being read; those of an option belong to the study file."""
    try:
        part()
    except TextlienError as error:
        return list(error.in_file(study_file).problems)
    return []


def _lexicon(study: Study) -> list[Problem]:
    """Problems of the lexicons of expressions, and of the folds of names."""
    _, problems = load_lexicon(study.terms, study.folder)
    return [problem.in_file(study.file.name) for problem in problems]


def _axes_model(study: Study) -> list[Problem]:
    """Problems of the encoder, and of the model of axes that the study file names."""
    none = message("commands.no-model-trained")
    encoder = _problems_of(lambda: require(study.axes.encoder), study.file.name)
    return [*encoder, *_model(study, study.axes.model, "axes", check_model, none)]


def _themes_model(study: Study) -> list[Problem]:
    """Problems of the model of themes that the study file names."""
    none = message("commands.no-model-kept")
    return _model(study, study.themes.model, "themes", check_themes, none)


def _model(
    study: Study, path: str, room: str, check: Callable[[Path], object], none: Message
) -> list[Problem]:
    """Problems of a model that the study file names: it is not there, or was changed.

    Parameters
    ----------
    path : as the study file has it; "" for none.
    room : section that names it, and folder of ``models`` for such models.
    check : refuses a folder that is no whole model.
    none : suggestion where there is no such model.
    """
    if not path or (room == "axes" and path == DEFAULT_AXES):
        return []
    folder = study.resolve(path)
    if (folder / "manifest.json").is_file():
        return _problems_of(lambda: check(folder), study.file.name)
    location = Location(file=study.file.name, option=f"{room}.model")
    present = [
        study.display_path(manifest.parent)
        for manifest in sorted((study.folder / "models" / room).glob("*/manifest.json"))
    ]
    suggestion = did_you_mean(path, present) if present else none
    return [Problem.error("commands.no-model-folder", location, path=path, suggestion=suggestion)]


def _thin_cells(study: Study, interviews: pd.DataFrame) -> list[Problem]:
    """Cells of wave and city with too few interviews for an interval."""
    least = study.profiles.min_interviews
    location = Location(file=study.file.name, option="profiles.min_interviews")
    cells = interviews.groupby(["wave", "city"]).size().reset_index(name="size")
    return [
        Problem.warning(
            "commands.thin-cell", location, wave=wave, city=city, interviews=int(size), least=least
        )
        if city
        else Problem.warning(
            "commands.thin-cell-no-city", location, wave=wave, interviews=int(size), least=least
        )
        for wave, city, size in cells.itertuples(index=False)
        if size < least
    ]
