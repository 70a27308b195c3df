"""First steps: a copy of the demonstration corpus, or a new study folder."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from textlien.errors import Problem, TextlienError
from textlien.files.shipped import folder as resource_folder
from textlien.files.source import reason_of
from textlien.files.toml import inline
from textlien.messages.catalogue import default_language
from textlien.messages.message import Location
from textlien.text.names import folder_name

STUDY_FILE = "study.toml"
CODEBOOK = "axes.toml"

TRANSCRIPTS = ("transcripts/2013", "transcripts/2015")
"""Folders of a new study, for its first wave and for a second one."""

_NAME = re.compile(r'^name = "[^"]*"', re.MULTILINE)
_TITLE = re.compile(r'^title = "[^"]*"', re.MULTILINE)
_RUNS = re.compile(r"\bruns/[\w-]+/")


def copy_demo(folder: Path) -> Path:
    """Copy the demonstration corpus to a folder, and return its study file.

    Files that the user changed in an earlier copy are kept.

    Raises
    ------
    TextlienError
        When ``folder`` is a file or cannot be written.
    """
    source = resource_folder("demo")
    try:
        for path in sorted(source.rglob("*")):
            target = folder / path.relative_to(source)
            if path.is_file() and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
    except OSError as error:
        raise _cannot_write(folder, error) from error
    return folder / "demo.toml"


def create_study(folder: Path, language: str = "") -> Path:
    """Create a study folder: a commented study file, a codebook, folders for transcripts.

    Parameters
    ----------
    folder : to create; the study is named and titled after it.
    language : of the comments, by default that of messages.

    Returns
    -------
    The study file.

    Raises
    ------
    TextlienError
        When there is a study file already, or the folder cannot be written.
    """
    study_file = folder / STUDY_FILE
    if study_file.exists():
        raise TextlienError(Problem.error("scaffold.exists", Location(file=str(study_file))))
    source = resource_folder("configs") / "new-study" / (language or default_language())
    text = (source / STUDY_FILE).read_text(encoding="utf-8")
    title = folder.resolve().name
    name = folder_name(title, "etude")
    for pattern, value in (
        (_NAME, f"name = {inline(name)}"),
        (_TITLE, f"title = {inline(title or name)}"),
        (_RUNS, f"runs/{name}/"),
    ):
        text = pattern.sub(value.replace("\\", r"\\"), text, count=1)
    try:
        for transcripts in TRANSCRIPTS:
            (folder / transcripts).mkdir(parents=True, exist_ok=True)
        study_file.write_text(text, encoding="utf-8")
        if not (folder / CODEBOOK).exists():
            shutil.copyfile(source / CODEBOOK, folder / CODEBOOK)
    except OSError as error:
        raise _cannot_write(folder, error) from error
    return study_file


def _cannot_write(folder: Path, error: OSError) -> TextlienError:
    """The error for a folder that cannot be written."""
    location = Location(file=str(folder))
    return TextlienError(Problem.error("scaffold.cannot-write", location, reason=reason_of(error)))
