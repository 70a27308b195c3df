"""Looking at a study without computing anything: what is read, what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textlien.annotation.annotate import check_pipeline
from textlien.coding.codings import read_codings
from textlien.coding.sources import codebook_of, coding_files
from textlien.corpus.describe import Corpus
from textlien.errors import Problem, TextlienError
from textlien.pipeline.reading import read_corpus
from textlien.pipeline.run_folder import Run, run_folder
from textlien.pipeline.texts import Texts
from textlien.raw import raw_hint, raw_place, raw_problem, raw_text
from textlien.study.loading import load
from textlien.study.options import Study
from textlien.terms.loading import read_expressions
from textlien.transcripts.model import Decision
from textlien.transcripts.speakers.roles import proposal


class StudyReport(NamedTuple):
    """What is found in a study.

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
        """Number of those that cannot."""
        return len(self.interviews) - self.included

    @property
    def doubtful(self) -> set[str]:
        """Identifiers of interviews that can be used, with a speaker whose role is a guess."""
        guessed = set(self.speakers.loc[~self.speakers["sure"], "interview_id"])
        return guessed & set(self.interviews.loc[self.interviews["included"], "interview_id"])

    def files(self) -> pd.DataFrame:
        """One row an interview: where it belongs, how it was read, who speaks, its state."""
        doubtful = self.doubtful
        warned = {
            problem.location.file for problem in self.problems if problem.severity == "warning"
        }
        interviews = self.interviews
        return pd.DataFrame(
            {
                "file": interviews["file"],
                "wave": interviews["wave"],
                "city": interviews["city"],
                "actor": interviews["actor"],
                "encoding": interviews["encoding"],
                "turns": interviews["n_turns"],
                "words": interviews["n_words"],
                "asked": interviews["n_words_interviewer"],
                "time": [_clock(seconds) for seconds in interviews["duration"]],
                "speakers": [self._who_speaks(name) for name in interviews["interview_id"]],
                "state": [
                    "left out"
                    if not included
                    else "doubtful"
                    if name in doubtful
                    else "warning"
                    if file in warned
                    else "ok"
                    for included, name, file in zip(
                        interviews["included"],
                        interviews["interview_id"],
                        interviews["file"],
                        strict=True,
                    )
                ],
            }
        )

    def summary(self) -> pd.DataFrame:
        """One row a wave and city, and the whole: interviews, words, hours, formats."""
        doubtful = self.doubtful
        marked = self.interviews.assign(
            doubtful=[name in doubtful for name in self.interviews["interview_id"]]
        )
        rows = [
            _summed(str(wave), str(city), group)
            for (wave, city), group in marked.groupby(["wave", "city"], sort=True)
        ]
        if len(rows) > 1:
            rows.append(_summed("all", "", marked))
        return pd.DataFrame(rows)

    def labels(self) -> pd.DataFrame:
        """One row a label and role: in how many interviews, how much they say, how many guesses.

        Labels that are met once only are one row together: they are mostly names.
        """
        counted = (
            self.speakers.assign(guessed=~self.speakers["sure"])
            .groupby(["role", "speaker"], as_index=False)
            .agg(
                interviews=("interview_id", "size"),
                turns=("n_turns", "sum"),
                words=("n_words", "sum"),
                guessed=("guessed", "sum"),
            )
        )
        return counted.sort_values(
            ["role", "interviews", "speaker"], ascending=[True, False, True], ignore_index=True
        )

    def proposals(self) -> list[str]:
        """A block for the study file for each file with a guessed role, to confirm or correct."""
        files = dict(zip(self.interviews["interview_id"], self.interviews["file"], strict=True))
        doubtful = self.speakers[self.speakers["interview_id"].isin(self.doubtful)]
        decisions: dict[str, dict[str, Decision]] = {}
        for row in doubtful.to_dict("records"):
            decision = Decision(row["role"], row["reason"], row["sure"])
            own = decisions.setdefault(files[row["interview_id"]], {})
            own.setdefault(row["speaker"], decision)
        return [proposal(file, found) for file, found in decisions.items()]

    def as_dict(self) -> dict[str, object]:
        """All of it as lists and plain values, for JSON: interviews, speakers, problems, summary.

        An interview's ``state`` is that of :meth:`files`; a problem that concerns no one file is
        that of the study file. Missing durations are ``None``.
        """
        interviews = self.interviews.drop(columns="problems")
        states = self.files()["state"].tolist()
        return {
            "interviews": _records(interviews.assign(state=states)),
            "speakers": _records(self.speakers),
            "problems": [
                {
                    "file": problem.location.file,
                    "place": raw_place(problem),
                    "message": raw_text(problem),
                    "hint": raw_hint(problem),
                    "severity": problem.severity,
                }
                for problem in self.problems
            ],
            "summary": _records(self.summary()),
            "proposals": self.proposals(),
            "included": self.included,
            "left_out": self.left_out,
            "doubtful": sorted(self.doubtful),
        }

    def _who_speaks(self, interview: str) -> str:
        """« Enquêteur asks; Mme le Maire, M. Roux? answer »: a question mark for a guess."""
        own = self.speakers[self.speakers["interview_id"] == interview]
        named = own.assign(
            shown=[
                (label or "(no label)") + ("" if sure else "?")
                for label, sure in zip(own["speaker"], own["sure"], strict=True)
            ]
        )
        sides = (("interviewer", "Q"), ("interviewee", "R"), ("other", "–"))
        parts = [
            f"{sign}: {', '.join(named.loc[named['role'] == role, 'shown'])}"
            for role, sign in sides
            if (named["role"] == role).any()
        ]
        return "; ".join(parts)


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]


def _summed(wave: str, city: str, group: pd.DataFrame) -> dict[str, object]:
    formats = group["format"].value_counts().sort_index()
    hours = group["duration"].sum() / 3600
    return {
        "wave": wave,
        "city": city or ("" if wave == "all" else "(none)"),
        "interviews": len(group),
        "left out": int((~group["included"]).sum()),
        "doubtful": int(group["doubtful"].sum()),
        "actors": group.loc[group["actor"] != "", "actor"].nunique(),
        "words": int(group.loc[group["included"], "n_words"].sum()),
        "asked": int(group.loc[group["included"], "n_words_interviewer"].sum()),
        "hours": f"{hours:.1f}" if hours else "",
        "formats": ", ".join(f"{name} {count}" for name, count in formats.items()),
    }


def _clock(seconds: float) -> str:
    """Hours, minutes and seconds, or nothing where the file has no times."""
    if pd.isna(seconds):
        return ""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"


def check_study(study_file: Path, *, workers: int = 1) -> StudyReport:
    """Read a study file, all transcripts, metadata and codings, and look for all else it names.

    What is read is kept in the run folder, so that a run need not read it again.

    Raises
    ------
    TextlienError
        When the study file itself is wrong.
    """
    study = load(study_file)
    run = Run(run_folder(study))
    corpus = read_corpus(study, run, workers=workers)
    problems = corpus.problems + _parts_missing(study)
    if not any(raw_place(problem) == "[axes.codebook]" for problem in problems):
        problems += _check_codings(study, corpus, run)
    interviews = corpus.interviews
    problems += _thin_cells(study, interviews[interviews["included"]])
    return StudyReport(interviews, corpus.speakers, problems)


def _check_codings(study: Study, corpus: Corpus, run: Run) -> list[Problem]:
    """Problems of the codings of a study, without computing anything."""
    files, problems = coding_files(study)
    if not files:
        return problems
    texts = Texts(run, corpus.turns)
    _, faults = read_codings(files, study, corpus.interviews, texts, codebook_of(study))
    return problems + faults


def _parts_missing(study: Study) -> list[Problem]:
    """What stages to come would stop at."""
    problems: list[Problem] = []

    def look(place: str, part: Callable[[], object]) -> None:
        try:
            part()
        except TextlienError as error:
            problems.append(raw_problem(study.file.name, raw_text(error), raw_hint(error), place))

    look("[axes.codebook]", lambda: codebook_of(study))
    pipeline = study.resolve_pipeline(study.annotate.pipeline)
    look("[annotate.pipeline]", lambda: check_pipeline(pipeline))
    for path in study.terms.expressions:
        problems += read_expressions(study.resolve(path), path)[1]
    model = study.resolve(study.axes.model)
    if study.axes.model and not (model / "manifest.json").is_file():
        message = f'"{study.axes.model}" is not the folder of a model (no manifest.json).'
        hint = "Correct the path; it is relative to the study file."
        problems.append(raw_problem(study.file.name, message, hint, "[axes.model]"))
    return problems


def _thin_cells(study: Study, interviews: pd.DataFrame) -> list[Problem]:
    """Cells of wave and city with too few interviews for an interval."""
    fewest = study.profiles.min_interviews
    cells = interviews.groupby(["wave", "city"]).size().reset_index(name="size")
    return [
        raw_problem(
            study.file.name,
            f"{city or 'no city'}, {wave}: {size} interview{'' if size == 1 else 's'}, too few for "
            f"an interval (at least {fewest}).",
            "Shares will be given without one. Add interviews, or lower [profiles] min_interviews.",
            "[profiles.min_interviews]",
            "warning",
        )
        for wave, city, size in cells.itertuples(index=False)
        if size < fewest
    ]
