"""A file to read, the limits on its cost, and the problem when it cannot be opened."""

from __future__ import annotations

import errno
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from textlien.errors import Problem
from textlien.files.limits import LimitsOptions
from textlien.messages.message import Location, Message, message
from textlien.text.names import comparable


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read.

    Attributes
    ----------
    path : the file.
    file : its path as the user knows it, for messages.
    declared : labels of the study file, which are labels even where they occur once.
    limits : what a file may cost; ``[limits]`` of the study file.
    """

    path: Path
    file: str
    declared: frozenset[str] = frozenset()
    limits: LimitsOptions = field(default_factory=LimitsOptions)


def on_disk(folder: Path, path: str) -> Path:
    """The path of an existing file or folder that a person wrote, or the path as it is written.

    Where the disk has no such name, the only one that a reader takes for it is meant: macOS
    decomposes accents, Windows minds neither capitals nor which way a bar leans.

    Parameters
    ----------
    folder : that the path begins in, unless it is absolute.
    path : as written in the study file.
    """
    exact = folder / path
    if exact.exists():
        return exact
    parts = PurePath(path.replace("\\", "/")).parts
    place = folder
    for part in parts:
        step = place / part
        if not step.exists() and place.is_dir():
            alike = [
                entry for entry in place.iterdir() if comparable(entry.name) == comparable(part)
            ]
            step = alike[0] if len(alike) == 1 else step
        place = step
    return place if place.exists() else exact


_REASONS = {
    errno.ENOENT: "files.reason-missing",
    errno.EACCES: "files.reason-not-permitted",
    errno.EPERM: "files.reason-not-permitted",
    errno.EROFS: "files.reason-read-only",
    errno.ENOSPC: "files.reason-disk-full",
    errno.EDQUOT: "files.reason-quota",
    errno.EFBIG: "files.reason-too-large",
    errno.EISDIR: "files.reason-is-folder",
    errno.ENOTDIR: "files.reason-no-folder",
    errno.EEXIST: "files.reason-exists",
    errno.ENAMETOOLONG: "files.reason-long-name",
    errno.ELOOP: "files.reason-circle-of-links",
}
"""Faults of a path or a disk that a user can do something about."""


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def cannot_open(error: OSError, file: str) -> Problem:
    """The problem of a file that the system does not open.

    Parameters
    ----------
    error : as the system raised it.
    file : its path as the user knows it.
    """
    location = Location(file=file)
    if isinstance(error, FileNotFoundError):
        return Problem.error("files.missing", location)
    if isinstance(error, PermissionError):
        return Problem.error("files.not-permitted", location)
    return Problem.error("files.cannot-open", location, reason=reason_of(error))


def cannot_write(error: OSError, file: str) -> Problem:
    """The problem of a file that the system does not write; it is as it was before.

    Parameters
    ----------
    error : as the system raised it; that of a write to a full disk names no file itself.
    file : its path as the user knows it.
    """
    location = Location(file=file)
    if error.errno in _NO_ROOM:
        return Problem.error("files.no-room", location, reason=reason_of(error))
    if isinstance(error, PermissionError):
        return Problem.error("files.not-writable", location)
    return Problem.error("files.cannot-write", location, reason=reason_of(error))


def reason_of(error: OSError) -> Message:
    """Why the system refused: its own words are in one language, whatever the user speaks."""
    name = _REASONS.get(error.errno or 0)
    return message(name) if name else message("files.reason-other", reason=str(error))
