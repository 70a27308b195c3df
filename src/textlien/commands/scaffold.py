"""First steps: a copy of the demonstration corpus, or a new study folder."""

from __future__ import annotations

import shutil
from pathlib import Path

from textlien.files.shipped import folder as resource_folder
from textlien.raw import raw_error

_STUDY_FILE = "study.toml"


def copy_demo(folder: Path) -> Path:
    """Copy the demonstration corpus to a folder, and return its study file.

    What the user changed in an earlier copy is kept.

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
        raise raw_error(
            f"{folder}: cannot be written ({error}).", "Name another folder."
        ) from error
    return folder / "demo.toml"


def create_study(folder: Path) -> Path:
    """Create a study folder with a commented study file, and return the file.

    Raises
    ------
    TextlienError
        When there is a study file already, or the folder cannot be written.
    """
    study_file = folder / _STUDY_FILE
    if study_file.exists():
        raise raw_error(f"{study_file} exists.", "Change it, or name another folder.")
    try:
        (folder / "transcripts" / "2013").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(resource_folder("configs") / "new-study.toml", study_file)
        shutil.copyfile(resource_folder("configs") / "axes.toml", folder / "axes.toml")
    except OSError as error:
        raise raw_error(
            f"{folder}: cannot be written ({error}).", "Name another folder."
        ) from error
    return study_file
