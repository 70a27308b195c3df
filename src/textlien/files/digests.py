"""Digests of values and of files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from textlien.errors import Problem, raise_all
from textlien.messages.message import Location, Message

# 64 bits: two of a million tables of one run are alike by chance with probability 3e-8.
_DIGEST_LENGTH = 16


def digest(*parts: object) -> str:
    """Short SHA-256 of any JSON-like values: equal values, equal digest, on any machine."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_LENGTH]


def file_digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def check_files(folder: Path, digests: Mapping[str, str], remedy: Message) -> None:
    """Refuse a folder whose files are not those that its manifest lists.

    Parameters
    ----------
    digests : SHA-256 of each file, by its path in the folder.
    remedy : how to make the folder again.

    Raises
    ------
    TextlienError
        Names every file that is missing or another one.
    """
    faults = []
    for file, expected in digests.items():
        path = folder / file
        location = Location(file=str(path))
        if not path.is_file():
            faults.append(Problem.error("files.missing-from-model", location, remedy=remedy))
        elif file_digest(path) != expected:
            faults.append(Problem.error("files.other-digest", location, remedy=remedy))
    raise_all(faults)
