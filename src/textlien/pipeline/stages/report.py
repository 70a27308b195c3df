"""Stage ``report``: the page, and beside it the tables as CSV for a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from textlien import exchange, messages, report
from textlien.coding.codebook import load_codebook
from textlien.errors import Problem
from textlien.exchange.spreadsheet import as_csv
from textlien.files.digests import digest, file_digest
from textlien.messages.message import message
from textlien.messages.translator import Translator
from textlien.pipeline.run_folder import Run
from textlien.pipeline.stage import Inputs, Result
from textlien.study.options import Study

PAGE = "report/index.html"

IN_REPORT = (
    "interviews",
    "terms",
    "themes",
    "theme_terms",
    "theme_exemplars",
    "axis_scores",
    "profiles",
    "contrasts",
)
"""Tables that the page is made of; ``passages`` come with them, for the verbatims."""

AS_CSV = (*IN_REPORT, "passages", "passage_themes", "passage_axes")


def key(inputs: Inputs) -> str:
    """Digest of the stages before, the study file, the problems and the code of the page."""
    study = inputs.study
    codebook = _codebook(study)
    return digest(
        _made_by(),
        _keys(inputs.run),
        study.model_dump(mode="json", exclude={"file"}),
        [problem.to_plain() for problem in _problems(inputs.run)],
        file_digest(codebook) if codebook else "",
    )


def compute(inputs: Inputs) -> Result:
    """Make the page and ``report/tables/*.csv``."""
    from textlien.report.build import build_report

    study, run = inputs.study, inputs.run
    tables = {name: run[name] for name in (*IN_REPORT, "passages") if name in run}
    html = build_report(
        tables,
        study,
        axes=load_codebook(_codebook(study)),
        problems=_problems(run),
        manifest=_described(run),
    )
    files = {PAGE: html.encode()}
    for name in AS_CSV:
        if name in run:
            frame = _with_metadata(run[name], tables["interviews"], name)
            files[f"report/tables/{name}.csv"] = as_csv(frame, Translator(study.report.language))
    return Result(message("pipeline.summary-report", page=PAGE), files=files)


def _codebook(study: Study) -> Path | None:
    return study.resolve(study.axes.codebook) if study.axes.codebook else None


def _keys(run: Run) -> dict[str, str]:
    """Key of each stage before."""
    return {name: entry.key for name, entry in run.manifest.stages.items() if name != "report"}


def _problems(run: Run) -> list[Problem]:
    """Problems of the stages before, in their order."""
    stages = run.manifest.stages.items()
    return [problem for name, entry in stages if name != "report" for problem in entry.problems]


def _described(run: Run) -> dict[str, Any]:
    """The parts of the manifest that the page shows: no seconds, which differ between runs."""
    stages = {name: {"key": key} for name, key in _keys(run).items()}
    return {"libraries": run.manifest.libraries, "stages": stages}


def _made_by() -> str:
    """Digest of the code, words and templates of the page: it is new when they are."""
    folders = [Path(*package.__path__) for package in (report, exchange, messages)]
    files = sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    )
    return digest([(path.name, file_digest(path)) for path in files])


def _with_metadata(frame: pd.DataFrame, interviews: pd.DataFrame, name: str) -> pd.DataFrame:
    """``passages`` with the wave, city and actor of their interview, which a reader filters by."""
    if name != "passages":
        return frame
    described = interviews[["interview_id", "wave", "city", "actor"]]
    return frame.merge(described, on="interview_id", how="left", validate="many_to_one")
