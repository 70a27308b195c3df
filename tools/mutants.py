"""Change the code in eighteen ways that give other results, and see that tests notice each.

Usage: python tools/mutants.py [NAME ...]

For a look before a release, not for every commit: two minutes on one core. Works on a copy;
prints a table, and exits with 1 when a mutant survives. Names choose mutants; default all.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("src", "tests")
"""Folders that a mutant may change or that tests are collected from; the others are linked."""

LEFT_OUT = (".git", ".venv", "runs")


class Mutant(NamedTuple):
    """A change of the code that changes results.

    Attributes
    ----------
    name : what is changed.
    module : below ``src/textlien``.
    code, other : text that occurs once in the module, and what replaces it.
    tests : files or folders below ``tests`` that must notice; slow tests are left out.
    """

    name: str
    module: str
    code: str
    other: str
    tests: tuple[str, ...]


MUTANTS = (
    Mutant(
        "weight-of-interviews",
        "estimation/profiles.py",
        "1 / n_passages[codes]",
        "1 / np.sqrt(n_passages[codes])",
        ("estimation",),
    ),
    Mutant(
        "pairs-beside-one-alone",
        "estimation/changes.py",
        "1 in (len(both), len(only[0]), len(only[1]))",
        "len(both) == 1",
        ("estimation",),
    ),
    Mutant(
        "interjection-words",
        "segmentation/passages.py",
        "_INTERJECTION_WORDS = 3",
        "_INTERJECTION_WORDS = 2",
        ("segmentation",),
    ),
    Mutant(
        "backchannel-words",
        "segmentation/passages.py",
        "_BACKCHANNEL_WORDS = 6",
        "_BACKCHANNEL_WORDS = 12",
        ("segmentation",),
    ),
    Mutant(
        "strengths-of-punctuation",
        "segmentation/passages.py",
        '(4.0, ";"), (1.0, ",")',
        '(1.0, ";"), (4.0, ",")',
        ("segmentation",),
    ),
    Mutant(
        "lines-between-pieces",
        "coding/anchor.py",
        "_LINES_BETWEEN = 6",
        "_LINES_BETWEEN = 1",
        ("coding",),
    ),
    Mutant(
        "questions-of-one-asker",
        "transcripts/speakers/habits.py",
        "OF_ONE = QuestionThresholds(least=0.3, ratio=1.5, mostly=0.6)",
        "OF_ONE = QuestionThresholds(least=0.2, ratio=1.2, mostly=0.5)",
        ("transcripts/speakers",),
    ),
    Mutant(
        "labels-that-come-back",
        "transcripts/speakers/learning.py",
        "    turns: int = 6\n    share: float = 0.1\n",
        "    turns: int = 4\n    share: float = 0.05\n",
        ("transcripts/speakers",),
    ),
    Mutant(
        "rao-wu-factor",
        "estimation/resampling.py",
        "draws * (n / (n - 1))",
        "draws",
        ("estimation",),
    ),
    Mutant(
        "yekutieli-to-hochberg",
        "estimation/intervals.py",
        'method="by"',
        'method="bh"',
        ("estimation",),
    ),
    Mutant(
        "without-cr2",
        "estimation/shares.py",
        "others = np.maximum(1 - part, _TINY)",
        "others = np.ones(n)",
        ("estimation",),
    ),
    Mutant(
        "degrees-of-freedom-of-equals",
        "estimation/shares.py",
        "dfs.append(_degrees_of_freedom(part, others))",
        "dfs.append(n - 1)",
        ("estimation",),
    ),
    Mutant(
        "codings-without-their-probability",
        "estimation/coded.py",
        "np.add.at(r, place, a / pi)",
        "np.add.at(r, place, a)",
        ("estimation",),
    ),
    Mutant(
        "slope-from-the-same-persons",
        "estimation/coded.py",
        "(waves == wave) & (folds != fold)",
        "waves == wave",
        ("estimation",),
    ),
    Mutant(
        "city-without-codings",
        "estimation/shares.py",
        "enough = (numbers >= FEWEST_CODINGS) & in_place.all(axis=0)",
        "enough = numbers >= FEWEST_CODINGS",
        ("estimation",),
    ),
    Mutant(
        "greatest-of-coders",
        "coding/labels.py",
        'value=("value", "mean")',
        'value=("value", "max")',
        ("coding",),
    ),
    Mutant(
        "fewest-terms-of-a-repeat",
        "themes/repeated.py",
        "FEWEST_TERMS = 6",
        "FEWEST_TERMS = 3",
        ("themes",),
    ),
    Mutant(
        "richness-of-exemplars",
        "themes/describe.py",
        "-(shares[:, theme] * richness)",
        "-shares[:, theme]",
        ("themes",),
    ),
    Mutant(
        "file-written-in-place",
        "files/atomic.py",
        'temporary = path.with_name(f".{path.name[:40]}.{os.getpid()}")',
        "temporary = path",
        ("files",),
    ),
    Mutant(
        "question-marks",
        "transcripts/speakers/unlabelled.py",
        "    least: int = 4\n    share: tuple[float, float] = (0.2, 0.6)\n",
        "    least: int = 2\n    share: tuple[float, float] = (0.1, 0.8)\n",
        ("transcripts/speakers",),
    ),
    Mutant(
        "likeness-of-cities",
        "corpus/cities.py",
        "_ALIKE = 0.85",
        "_ALIKE = 0.8",
        ("corpus",),
    ),
    Mutant(
        "gap-before-a-nickname",
        "pseudonyms/linking/people.py",
        "_ALSO = 15",
        "_ALSO = 5",
        ("pseudonyms/linking", "pseudonyms/test_suggest.py"),
    ),
)


def copy_of_repository(folder: Path) -> None:
    """Copy what mutants change, and link the rest of the repository."""
    for path in ROOT.iterdir():
        if path.name in COPIED:
            shutil.copytree(path, folder / path.name, ignore=shutil.ignore_patterns("__pycache__"))
        elif path.name not in LEFT_OUT:
            (folder / path.name).symlink_to(path)


def first_failure(folder: Path, tests: Sequence[str]) -> str:
    """Run tests of the copy until one fails; what pytest prints then, or ""."""
    paths = [f"tests/{test}" for test in tests]
    options = ["-x", "-q", "-p", "no:cacheprovider", "-m", "not slow and not browser"]
    environment = {
        **os.environ,
        "PYTHONPATH": os.fspath(folder / "src"),
        # A module changed within a second, to the same length, has a valid cache of bytes.
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "pytest", *options, *paths]
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    output = f"{' '.join(command)}\n{result.stdout.decode()}{result.stderr.decode()}"
    if result.returncode > 1:
        sys.exit(output)
    return output if result.returncode else ""


def survives(folder: Path, mutant: Mutant) -> bool:
    """Whether tests pass on the code with one change; the code is restored."""
    path = folder / "src" / "textlien" / mutant.module
    source = path.read_text(encoding="utf-8")
    if source.count(mutant.code) != 1:
        sys.exit(f"{mutant.name}: {mutant.module} must hold once: {mutant.code}")
    path.write_text(source.replace(mutant.code, mutant.other), encoding="utf-8")
    try:
        return not first_failure(folder, mutant.tests)
    finally:
        path.write_text(source, encoding="utf-8")


def main(names: Sequence[str]) -> int:
    """Try mutants; 1 when one survives."""
    chosen = [mutant for mutant in MUTANTS if not names or mutant.name in names]
    tests = sorted({test for mutant in chosen for test in mutant.tests})
    survivors = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_of_repository(folder)
        failure = first_failure(folder, tests)
        if failure:
            print(f"{failure}\nTests fail on the code as it is: mutants would say nothing.")
            return 1
        for mutant in chosen:
            start = time.perf_counter()
            verdict = "SURVIVED" if survives(folder, mutant) else "killed"
            survivors += verdict == "SURVIVED"
            seconds = time.perf_counter() - start
            print(f"{verdict:10}{mutant.name:28}{mutant.module:38}{seconds:5.1f} s", flush=True)
    print(f"{len(chosen)} mutants, {survivors} survived")
    return int(survivors > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
