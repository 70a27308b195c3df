"""Where the output and the key may be: never where a name can slip into what is shared."""

from __future__ import annotations

import json
from pathlib import Path

from textlien.files.digests import file_digest
from textlien.raw import raw_error
from textlien.study.options import Study

MARKER = "textlien-pseudonyms.json"
"""Says that a folder is ours, and which files it had."""

_DERIVED = ("runs", "models")
_MOST = 5


def refuse_folder(folder: Path, study: Study) -> None:
    """Raise unless ``folder`` is new, empty, or ours and as we left it."""
    inside = folder.resolve()
    if inside.exists() and not inside.is_dir():
        raise raw_error(f"{folder}: this is a file.", "Give a new folder to --to.")
    if study.folder.resolve().is_relative_to(inside):
        raise raw_error(
            f"{folder}: the study itself is in this folder.", "Give a new folder to --to."
        )
    for part, what in _sources(study):
        if inside.is_relative_to(part):
            raise raw_error(
                f"{folder}: inside {what}, which would be read with it.",
                "Give a new folder beside the study folder to --to.",
            )
    if inside.is_dir() and any(inside.iterdir()):
        _refuse_foreign(folder)


def refuse_private_file(path: Path, option: str, study: Study, folder: Path | None = None) -> None:
    """Raise when a file with real names would lie among transcripts or in an output.

    Parameters
    ----------
    path : the key, or the sheet of names.
    option : that gives it, for the message.
    study : whose corpora and runs are looked at.
    folder : the output, if there is one.
    """
    inside = path.resolve()
    places = [(part, what) for part, what in _sources(study)]
    if folder is not None:
        places.append((folder.resolve(), "the output folder"))
    for part, what in places:
        if inside.is_relative_to(part):
            raise raw_error(
                f"{path}: inside {what}. It says who is who.",
                f"Keep it elsewhere, best on another medium: give another {option}.",
            )
    if inside == study.file.resolve() or inside.is_dir():
        raise raw_error(f"{path}: not a place for this file.", f"Give another {option}.")


def _sources(study: Study) -> list[tuple[Path, str]]:
    """Folders that are read or made by textlien, in words."""
    found = [(study.folder.resolve() / name, f"{name}/") for name in _DERIVED]
    for corpus in study.corpus:
        path = study.resolve(corpus.path)
        if path.is_dir():
            found.append((path, f'the corpus of wave "{corpus.wave}"'))
    return found


def _refuse_foreign(folder: Path) -> None:
    marker = folder / MARKER
    try:
        files: dict[str, str] = json.loads(marker.read_text(encoding="utf-8"))["files"]
        known = dict(files)
    except (OSError, ValueError, KeyError, TypeError):
        raise raw_error(
            f"{folder}: not empty, and not made by textlien pseudonymise.",
            "Give a new folder to --to.",
        ) from None
    changed = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or name == MARKER or name.split("/")[0] in _DERIVED:
            continue
        if known.get(name) != file_digest(path):
            changed.append(name)
    if changed:
        listed = ", ".join(changed[:_MOST])
        raise raw_error(
            f"{folder}: {len(changed)} files were changed or added since ({listed}).",
            "They would be lost. Move them out, or give a new folder to --to.",
        )


def write_marker(folder: Path) -> None:
    """Leave the marker in a folder that is complete."""
    files = {
        path.relative_to(folder).as_posix(): file_digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    content = json.dumps({"made_by": "textlien pseudonymise", "files": files}, indent=1)
    (folder / MARKER).write_text(content + "\n", encoding="utf-8")
