"""Guards of paths: the output and the key never lie where names could be shared by mistake."""

from __future__ import annotations

import json
from pathlib import Path

from textlien.errors import Problem, TextlienError
from textlien.files.digests import file_digest
from textlien.messages.message import Location, Message, message
from textlien.study.options import Study

MARKER = "textlien-pseudonyms.json"
"""Marks a folder as made by textlien, with the digests of its files."""

_DERIVED = ("runs", "models")
_MOST = 5
"""Files that a message lists: one line of a terminal."""


def refuse_folder(folder: Path, study: Study) -> None:
    """Raise unless ``folder`` is new, empty, or ours and as we left it."""
    inside, location = folder.resolve(), Location(file=str(folder))
    if inside.exists() and not inside.is_dir():
        raise TextlienError(Problem.error("pseudonyms.folder-is-file", location))
    if study.folder.resolve().is_relative_to(inside):
        raise TextlienError(Problem.error("pseudonyms.folder-of-study", location))
    for part, what in _sources(study):
        if inside.is_relative_to(part):
            raise TextlienError(Problem.error("pseudonyms.folder-inside", location, place=what))
    if inside.is_dir() and any(inside.iterdir()):
        _refuse_foreign(folder)


def refuse_private_file(path: Path, option: str, study: Study, folder: Path | None = None) -> None:
    """Raise when a file with real names would lie among transcripts or in an output.

    Parameters
    ----------
    path : the key, or the sheet of names.
    option : of the command line that gives it, for the message.
    study : whose corpora and runs are looked at.
    folder : the output, if there is one.
    """
    inside, location = path.resolve(), Location(file=str(path))
    places = _sources(study)
    if folder is not None:
        places.append((folder.resolve(), message("pseudonyms.output-folder")))
    for part, what in places:
        if inside.is_relative_to(part):
            raise TextlienError(
                Problem.error("pseudonyms.names-inside", location, place=what, option=option)
            )
    if inside == study.file.resolve() or inside.is_dir():
        raise TextlienError(Problem.error("pseudonyms.no-place", location, option=option))


def _sources(study: Study) -> list[tuple[Path, Message]]:
    """Folders that textlien reads or makes, each with its name in messages."""
    folders = [
        (study.folder.resolve() / name, message("pseudonyms.folder", name=f"{name}/"))
        for name in _DERIVED
    ]
    for corpus in study.corpus:
        path = study.resolve(corpus.path)
        if path.is_dir():
            folders.append((path, message("pseudonyms.corpus-folder", wave=corpus.wave)))
    return folders


def _refuse_foreign(folder: Path) -> None:
    """Raise unless a folder has our marker, and its files are as we left them."""
    location = Location(file=str(folder))
    try:
        digests = dict(json.loads((folder / MARKER).read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError):
        raise TextlienError(Problem.error("pseudonyms.foreign-folder", location)) from None
    changed = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        is_derived = name == MARKER or path.relative_to(folder).parts[0] in _DERIVED
        if path.is_file() and not is_derived and digests.get(name) != file_digest(path):
            changed.append(name)
    if changed:
        listed, n = tuple(changed[:_MOST]), len(changed)
        raise TextlienError(Problem.error("pseudonyms.changed-folder", location, n=n, files=listed))


def write_marker(folder: Path) -> None:
    """Leave the marker in a folder that is complete."""
    files = {
        path.relative_to(folder).as_posix(): file_digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    content = json.dumps({"made_by": "textlien pseudonymise", "files": files}, indent=1)
    (folder / MARKER).write_text(content + "\n", encoding="utf-8")
