"""Write the golden tables of the demonstration run anew: look at the difference before you commit.

Usage: python tests/golden/write.py RUN, where RUN is the folder ``runs/demo`` of a fresh run.
"""

import sys
from pathlib import Path

from textlien.pipeline.run_folder import Run

COLUMNS = {
    "interviews": ["interview_id", "wave", "city", "actor", "n_turns", "n_words", "problems"],
    "themes": ["theme", "label", "share"],
    "axis_scores": ["axis", "metric", "estimate"],
    "profiles": ["wave", "city", "actor", "measure", "item", "estimate", "n_interviews"],
    "contrasts": ["scope", "city", "measure", "item", "difference", "low", "high", "verdict"],
}


def write(run: Run) -> None:
    """Write one CSV a table beside this file."""
    for name, columns in COLUMNS.items():
        table = run[name][columns].round(4)
        table.to_csv(Path(__file__).parent / f"{name}.csv", index=False)


if __name__ == "__main__":
    write(Run(Path(sys.argv[1])))
