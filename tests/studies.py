"""Studies that several tests look at: the demonstration, and a small one for the machinery."""

from __future__ import annotations

import fcntl
import hashlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from click.testing import CliRunner

from textlien.cli.main import main

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "corpora" / "demo"

SMALL_FILES = (
    "2013/Entretien Bdx adjointe quartiers.docx",
    "2013/ENT_BX_chef-de-projet_v2.docx",
    "2013/bordeaux_centre_animation.txt",
    "2013/Stras-directeur-territoire-2011.txt",
    "2013/Strasbourg adjointe solidarites.docx",
    "2013/str_educ_rue.TextGrid",
    "2015/2016-03 adjointe 2e entretien.docx",
    "2015/bordeaux_DGA_cohesion.odt",
    "2015/deleguee_prefet_33.txt",
    "2015/Strasbourg_DT_vague2.docx",
    "2015/strasbourg_iramuteq.txt",
)
"""Two cities in two waves, three interviews each (the last file holds two), of six formats."""

SMALL_INTERVIEWS = (
    "2013-entretien-bdx-adjointe-quartiers",
    "2013-ent-bx-chef-de-projet-v2",
    "2013-bordeaux-centre-animation",
    "2013-stras-directeur-territoire-2011",
    "2013-strasbourg-adjointe-solidarites",
    "2013-str-educ-rue",
    "2015-2016-03-adjointe-2e-entretien",
    "2015-bordeaux-dga-cohesion",
    "2015-deleguee-prefet-33",
    "2015-strasbourg-dt-vague2",
    "2015-strasbourg-iramuteq-1",
    "2015-strasbourg-iramuteq-2",
)

SMALL_AXES = ("projet", "gouvernance_externe")

SMALL_STUDY = """\
[study]
name = "small"

[[corpus]]
wave = "2013"
path = "2013"
metadata = "metadata.csv"
cities = ["Bordeaux", "Strasbourg"]
fictional = true

[[corpus]]
wave = "2015"
path = "2015"
metadata = "metadata.csv"
cities = ["Bordeaux", "Strasbourg"]
fictional = true

[terms]
min_passages = 3
collocation_min_count = 10

[terms.fold]
"conseil général" = "conseil départemental"

[themes]
k = 4

[axes]
codebook = "codebook.toml"
codings = ["codings.csv"]
folds = 2
"""


STAGES = (
    "read segment annotate terms themes codings encode train axes distance words "
    "profiles contrasts crosses report"
).split()


def invoke(*arguments: object) -> tuple[int, str]:
    """Exit code and output of a command of textlien."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def executed(output: str) -> list[str]:
    """Stages that did something, from what the command printed."""
    lines = [line.split() for line in output.splitlines() if line.split()[:1]]
    return [words[0] for words in lines if words[0] in STAGES and words[-1] == "s"]


class Ran(NamedTuple):
    """A study that was run.

    Attributes
    ----------
    folder : that of the study.
    name : of the study file, without its suffix.
    exit_code, output : of the command that ran it.
    """

    folder: Path
    name: str
    exit_code: int
    output: str

    @property
    def file(self) -> Path:
        """The study file."""
        return self.folder / f"{self.name}.toml"

    @property
    def run(self) -> Path:
        """The run folder."""
        return self.folder / "runs" / self.name

    def copy(self, folder: Path) -> Ran:
        """A copy, results included, that a test may change."""
        shutil.copytree(self.folder, folder / self.name)
        return self._replace(folder=folder / self.name)


def write_small(folder: Path) -> None:
    """Write the small study: twelve interviews of the demonstration with their codings."""
    for file in SMALL_FILES:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(DEMO / file, folder / file)
    metadata = pd.read_csv(DEMO / "metadata.csv", dtype=str, keep_default_na=False)
    metadata = metadata[metadata["file"].isin(SMALL_FILES)]
    metadata.to_csv(folder / "metadata.csv", index=False)
    codings = pd.read_csv(DEMO / "coding" / "adjudicated.csv", sep=";", dtype=str)
    codings = codings[codings["interview"].isin(SMALL_INTERVIEWS)]
    columns = ["interview", "start", "end", "quote", "coder", *SMALL_AXES]
    codings[columns].to_csv(folder / "codings.csv", sep=";", index=False)
    whole = ROOT / "configs" / "new-study" / "fr" / "axes.toml"
    axes = [
        f"[[axis]]{axis}"
        for axis in whole.read_text(encoding="utf-8").split("[[axis]]")
        if re.search(rf'^key = "({"|".join(SMALL_AXES)})"$', axis, re.MULTILINE)
    ]
    (folder / "codebook.toml").write_text("".join(axes), encoding="utf-8")
    (folder / "small.toml").write_text(SMALL_STUDY, encoding="utf-8")


def ran(folder: Path, name: str, *command: str) -> Ran:
    """Run a command of textlien that runs a study of a folder."""
    return Ran(folder, name, *invoke(*command, "--workers", "1"))


def digest_of_sources() -> str:
    """Digest of all that the run of the demonstration depends on."""
    digest = hashlib.sha256()
    for part in ("src", "corpora", "configs", "models", "requirements"):
        for path in sorted((ROOT / part).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(ROOT).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def demonstration(cache: Path) -> Ran:
    """The demonstration, kept in a folder that outlives a session."""
    return kept(cache, "demo", lambda folder: ran(folder, "demo", "demo", str(folder)))


def twelve_interviews(cache: Path) -> Ran:
    """Twelve interviews of the demonstration, kept alike."""

    def make(folder: Path) -> Ran:
        folder.mkdir(parents=True)
        write_small(folder)
        return ran(folder, "small", "run", str(folder / "small.toml"))

    return kept(cache, "small", make)


def kept(cache: Path, name: str, make: Callable[[Path], Ran]) -> Ran:
    """A study, run once for all sessions and workers that test the same sources.

    Parameters
    ----------
    cache : folder that outlives a session; another digest's run is removed from it.
    make : makes the study in a folder and runs it.
    """
    folder = cache / digest_of_sources() / name
    output = folder.parent / "output.txt"
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not output.is_file():
            for other in cache.iterdir():
                if other.is_dir():
                    shutil.rmtree(other)
            result = make(folder)
            if result.exit_code:
                return result
            output.write_text(result.output, encoding="utf-8")
    return Ran(folder, name, 0, output.read_text(encoding="utf-8"))
