"""Seconds and peak memory of each stage on 928 real texts in two waves, and of one text more.

Usage: python benchmarks/pipeline.py [FOLDER]

FOLDER holds ``metadata.csv`` and ``texts/`` (by default the candidates' leaflets of 1988 and 1993
in ../shared/realdata/archelec_two_waves). Every stage runs in a process of its own, whose largest
process gives the peak; seconds are those of the stage, without starting Python. The peak therefore
includes what every command loads (about 200 MB).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from textlien.messages.translator import translator
from textlien.pipeline.catalogue import STAGES
from textlien.pipeline.run_folder import Run

DEFAULT = Path(__file__).parents[2] / "shared" / "realdata" / "archelec_two_waves"

STUDY = """
[study]
name = "leaflets"
[[corpus]]
wave = "1988"
path = "texts/*_1988_*.txt"
metadata = "metadata.csv"
[[corpus]]
wave = "1993"
path = "texts/*_1993_*.txt"
metadata = "metadata.csv"
"""


def textlien(*arguments: str) -> tuple[float, float]:
    """Wall seconds and peak memory in MB of one command, its processes included."""
    command = [str(Path(sys.executable).with_name("textlien")), *arguments]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode == 2:
        sys.exit(f"failed: {' '.join(command)}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def copy_corpus(source: Path, target: Path) -> Path:
    """A study over a copy of the corpus without its last text; returns that text."""
    (target / "texts").mkdir(parents=True)
    shutil.copyfile(source / "metadata.csv", target / "metadata.csv")
    *texts, last = sorted((source / "texts").glob("*.txt"))
    for text in texts:
        shutil.copyfile(text, target / "texts" / text.name)
    (target / "study.toml").write_text(STUDY, encoding="utf-8")
    return last


def main(source: Path) -> None:
    """Print the tables."""
    if not (source / "metadata.csv").exists():
        sys.exit(f"{source}: no metadata.csv. Give the folder of the corpus as argument.")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "study"
        last = copy_corpus(source, target)
        study = str(target / "study.toml")
        run = target / "runs" / "leaflets"
        print(f"{'stage':<10} {'seconds':>8} {'peak MB':>8}  result")
        total = 0.0
        for stage in STAGES:
            _, peak = textlien("run", study, "--only", stage.name)
            entry = Run(run).manifest.stages[stage.name]
            total += entry.seconds
            result = translator("en").message(entry.summary)
            print(f"{stage.name:<10} {entry.seconds:8.1f} {peak:8.0f}  {result}")
        print(f"{'all':<10} {total:8.1f}")
        shutil.rmtree(target / "runs")
        first, peak = textlien("run", study)
        print(f"\nwhole command       {first:6.1f} s   peak {peak:.0f} MB")
        again, _ = textlien("run", study)
        print(f"second run          {again:6.1f} s   all unchanged")
        shutil.copyfile(last, target / "texts" / last.name)
        one_more, _ = textlien("run", study)
        print(f"one text more       {one_more:6.1f} s   {one_more / first:.2f} of the first run")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
