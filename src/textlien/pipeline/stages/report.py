"""Stage ``report``: the page, and beside it the tables as CSV for a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from textlien import messages, report
from textlien.coding.codebook import load_codebook
from textlien.files.atomic import write_bytes
from textlien.files.digests import digest, file_digest
from textlien.files.formula_guard import guarded
from textlien.pipeline.stage import Context, Done

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


def report_stage(context: Context) -> Done:
    """Write ``report/index.html`` and ``report/tables/*.csv``."""
    study, run = context.study, context.run
    page = run.folder / "report" / "index.html"
    codebook = study.resolve(study.axes.codebook) if study.axes.codebook else None
    key = digest(
        _made_by(),
        {name: entry.get("key") for name, entry in context.stages.items() if name != "report"},
        study.model_dump(mode="json", exclude={"file"}),
        [str(problem) for problem in context.problems],
        file_digest(codebook) if codebook else "",
    )
    if context.is_current(key) and page.exists():
        context.recall()
        return Done(str(page), False)
    context.about_to_compute()
    from textlien.report.build import build_report

    tables = {name: run[name] for name in IN_REPORT if name in run}
    tables["passages"] = run["passages"]
    html = build_report(
        tables,
        study,
        axes=load_codebook(codebook),
        problems=context.problems,
        manifest=_without_seconds(run.manifest),
    )
    write_bytes(page, html.encode())
    for name in AS_CSV:
        if name in run:
            frame = _with_metadata(run[name], tables["interviews"], name)
            write_bytes(page.parent / "tables" / f"{name}.csv", as_csv(frame))
    context.record(key, str(page.relative_to(run.folder)))
    return Done(str(page), True)


def _made_by() -> str:
    """Digest of the code, words and templates of the page: it is new when they are."""
    folders = [Path(*package.__path__) for package in (report, messages)]
    files = sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    )
    return digest([(path.name, file_digest(path)) for path in files])


def as_csv(frame: pd.DataFrame) -> bytes:
    """A table as a spreadsheet of a French system opens it: semicolons, UTF-8 with a mark.

    Cells that a spreadsheet would take for a formula get an apostrophe in front, so that the
    words of a transcript cannot act.
    """
    safe = frame.copy()
    for column in [name for name in safe if safe[name].dtype == "str"]:
        safe[column] = safe[column].map(guarded)
    return safe.to_csv(index=False, sep=";", decimal=",", lineterminator="\r\n").encode("utf-8-sig")


def _with_metadata(frame: pd.DataFrame, interviews: pd.DataFrame, name: str) -> pd.DataFrame:
    """``passages`` with the wave, city and actor of their interview, which a reader filters by."""
    if name != "passages":
        return frame
    described = interviews[["interview_id", "wave", "city", "actor"]]
    return frame.merge(described, on="interview_id", how="left", validate="many_to_one")


def _without_seconds(manifest: Mapping[str, Any]) -> dict[str, object]:
    """The manifest without what differs between two runs on the same input."""
    stages: Mapping[str, Mapping[str, object]] = manifest["stages"]
    timeless = {
        name: {key: value for key, value in entry.items() if key not in ("seconds", "counts")}
        for name, entry in stages.items()
    }
    return {**manifest, "stages": timeless}
