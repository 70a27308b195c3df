"""Models of themes in a terminal: kept in a folder, compared, and what a projection leaves out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from rich.markup import escape

from textlien.cli.display import out, print_problems, print_table
from textlien.messages.translator import translator
from textlien.tables import ALL

if TYPE_CHECKING:
    from textlien.pipeline.run_folder import Run
    from textlien.study.options import Study

_NAMES = 10
"""Terms that may be names, printed after a model was kept."""


def save_themes(study_file: Path, folder: Path) -> int:
    """Keep the themes of the last run, and say how to use them."""
    from textlien.commands.theme_models import save_themes as save
    from textlien.study.loading import load

    study = load(study_file)
    kept = save(study, folder)
    text = translator().text
    out.print(
        escape(
            text(
                "cli.themes-saved",
                themes=kept.themes,
                terms=kept.terms,
                folder=str(folder),
                version=kept.version,
                path=Path(os.path.relpath(folder.resolve(), study.folder)).as_posix(),
            )
        )
    )
    if kept.names:
        names = kept.names[:_NAMES]
        out.print(escape(text("cli.themes-names", n=len(kept.names), names=names)))
    return 0


def compare_themes(study_file: Path, folder: Path) -> int:
    """Print the counterparts of the themes of a model among those of the last run."""
    from textlien.commands.theme_models import compare_with
    from textlien.exchange.readable import readable
    from textlien.study.loading import load

    table, problems = compare_with(load(study_file), folder)
    print_problems(problems)
    print_table(readable(table, translator()))
    out.print(escape(translator().text("cli.themes-compared")))
    return 0


def print_outside(study: Study) -> None:
    """Print what the themes of a model do not hold of the last run, where they are of a model."""
    from textlien.exchange.readable import readable
    from textlien.pipeline.run_folder import Run, run_folder

    run = Run(run_folder(study))
    fit, candidates = run["theme_fit"], run["theme_candidates"]
    if fit.empty:
        return
    text = translator().text
    waves = fit[(fit["interview_id"] == ALL) & ~fit["learnt"]]
    out.print("\n" + escape(text("cli.themes-outside")))
    print_table(readable(_waves(waves), translator()))
    new = candidates[candidates["verdict"] == "new"]
    present = candidates[candidates["verdict"] == "present"]
    if len(new):
        out.print("\n" + escape(text("cli.themes-candidates")))
        _print_candidates(new, run)
    if len(present):
        out.print("\n" + escape(text("cli.themes-present", n=len(present))))
        for row in present.to_dict("records"):
            out.print(escape(_candidate(row)))


def _print_candidates(candidates: pd.DataFrame, run: Run) -> None:
    """Print possible new themes, with the beginning of some passages each."""
    passages = run["passages"].set_index("passage_id")["text"]
    exemplars = run["candidate_exemplars"]
    for row in candidates.to_dict("records"):
        out.print(escape(_candidate(row)))
        for passage in exemplars.loc[exemplars["candidate"] == row["candidate"], "passage_id"]:
            words = str(passages[passage]).split()
            quote = " ".join(words[:_QUOTED]) + (" …" if len(words) > _QUOTED else "")
            line = translator().text("cli.themes-quote", passage=passage, quote=quote)
            out.print(escape(line))


def _candidate(row: Mapping[Any, Any]) -> str:
    """A row of table ``theme_candidates`` in words."""
    return translator().text(
        "cli.themes-candidate",
        candidate=row["candidate"],
        words=row["words"],
        passages=row["n_passages"],
        interviews=row["n_interviews"],
        ratio=float(row["ratio"]),
        theme=row["theme"],
        likeness=float(row["likeness"]),
    )


_QUOTED = 40
"""Words of a passage that are printed; the report and the tables have the whole."""


def _waves(fit: pd.DataFrame) -> pd.DataFrame:
    """Rows of waves, shares with their sign."""
    share = translator().share
    cells = {
        name: ["" if pd.isna(value) else share(value) for value in fit[name]]
        for name in ("estimate", "expected", "low", "high")
    }
    columns = ["wave", "measure", "estimate", "expected", "low", "high", "verdict"]
    return fit.assign(**cells)[columns]
