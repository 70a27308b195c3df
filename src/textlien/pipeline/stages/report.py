"""Stage ``report``: the page, and beside it the tables as CSV for a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from textlien import exchange, messages, report
from textlien.coding.sources import codebook_of
from textlien.errors import Problem
from textlien.exchange.spreadsheet import as_csv
from textlien.files.digests import digest, file_digest
from textlien.messages.message import message
from textlien.messages.translator import Translator
from textlien.pipeline.run_folder import Run
from textlien.pipeline.stage import Inputs, Result

PAGE = "report/index.html"

IN_REPORT = (
    "interviews",
    "terms",
    "themes",
    "theme_terms",
    "theme_exemplars",
    "theme_crosses",
    "theme_sources",
    "passages_without_theme",
    "axis_scores",
    "axis_distance",
    "axis_words",
    "axis_parts",
    "passage_words",
    "passage_axes",
    "profiles",
    "contrasts",
)
"""Tables that the page is made of; ``passages`` come with them, for the verbatims."""

AS_CSV = (*IN_REPORT, "passages", "passage_themes", "passage_questions", "passages_without_axis")


def key(inputs: Inputs) -> str:
    """Digest of all that the page shows: earlier stages, options, problems, versions; its code."""
    study = inputs.study
    return digest(
        _made_by(),
        _keys(inputs.run),
        study.model_dump(mode="json", exclude={"file"}),
        [problem.to_plain() for problem in _problems(inputs.run)],
        [axis.model_dump() for axis in codebook_of(study)],
        inputs.libraries,
    )


def compute(inputs: Inputs) -> Result:
    """Make the page and ``report/tables/*.csv``."""
    from textlien.report.build import build_report

    study, run = inputs.study, inputs.run
    tables = {name: run[name] for name in (*IN_REPORT, "passages") if name in run}
    html = build_report(
        tables,
        study,
        axes=codebook_of(study),
        problems=_problems(run),
        manifest=_described(inputs),
    )
    files = {PAGE: html.encode()}
    for name in AS_CSV:
        if name in run:
            frame = _with_metadata(run[name], tables["interviews"], name)
            files[f"report/tables/{name}.csv"] = as_csv(frame, Translator(study.report.language))
    return Result(message("pipeline.summary-report", page=PAGE), files=files)


def _keys(run: Run) -> dict[str, str]:
    """Key of each earlier stage."""
    return {name: entry.key for name, entry in run.manifest.stages.items() if name != "report"}


def _problems(run: Run) -> list[Problem]:
    """Problems of the earlier stages, in their order."""
    stages = run.manifest.stages.items()
    return [problem for name, entry in stages if name != "report" for problem in entry.problems]


def _described(inputs: Inputs) -> dict[str, Any]:
    """The parts of the manifest that the page shows: no seconds, which differ between runs."""
    stages = {name: {"key": key} for name, key in _keys(inputs.run).items()}
    return {"libraries": inputs.libraries, "stages": stages}


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
