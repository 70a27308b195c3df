"""Write the golden tables of the demonstration run anew: look at the difference before you commit.

Usage: python tests/golden/write.py RUN, where RUN is the folder ``runs/demo`` of a fresh run.
"""

import sys
from pathlib import Path

import pandas as pd

from textlien.pipeline.run_folder import Run

COLUMNS = {
    "interviews": ["interview_id", "wave", "city", "actor", "n_turns", "n_words", "problems"],
    "themes": ["theme", "label", "share"],
    "axis_scores": ["axis", "metric", "estimate"],
    "profiles": ["wave", "city", "actor", "measure", "item", "estimate", "n_interviews"],
    "contrasts": ["scope", "city", "measure", "item", "difference", "low", "high", "verdict"],
}

CITIES = ("Bordeaux", "Strasbourg")
"""Of profiles: each measure of both waves, all actors together, which one can look at."""


def part(run: Run, name: str) -> pd.DataFrame:
    """Columns and rows of a table of a run that are kept beside this file."""
    table = run[name][COLUMNS[name]]
    if name == "profiles":
        kept = run[name]["weight"] == "words"
        table = table[kept & table["city"].isin(CITIES) & (table["actor"] == "*")]
    return table.reset_index(drop=True)


def write(run: Run) -> None:
    """Write one CSV a table beside this file."""
    for name in COLUMNS:
        part(run, name).round(4).to_csv(Path(__file__).parent / f"{name}.csv", index=False)


if __name__ == "__main__":
    write(Run(Path(sys.argv[1])))
