"""Files written at once or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

from textlien.errors import TextlienError
from textlien.files.source import cannot_write


def write_bytes(path: Path, content: bytes, *, mode: int = 0o666) -> None:
    """Write a file at once or not at all.

    Parameters
    ----------
    path : file to write or replace; folders that are missing are made.
    content : bytes of the file.
    mode : permissions of the file, less the umask; ``0o600`` is for its owner alone.

    Raises
    ------
    TextlienError
        When the disk is full, the folder is read-only, or a program on Windows holds the file open:
        it names the file, which is as it was.
    """
    try:
        _write_beside(path, content, mode)
    except OSError as error:
        raise TextlienError(cannot_write(error, str(path))) from error


def _write_beside(path: Path, content: bytes, mode: int) -> None:
    """Write a temporary file in the folder of ``path``, then give it its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Not tempfile: its files are for their owner alone, and a report is for colleagues too.
    temporary = path.with_name(f".{path.name[:40]}.{os.getpid()}")
    temporary.unlink(missing_ok=True)  # of a process that was killed, and had the same number
    try:
        # From its first byte: a file whose rights are set afterwards can be read in between.
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(temporary, flags, mode), "wb") as stream:
            stream.write(content)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_json(path: Path, value: object) -> None:
    """Write a JSON file as :func:`json_bytes` makes it."""
    write_bytes(path, json_bytes(value))


def json_bytes(value: object) -> bytes:
    """Content of a JSON file, sorted and indented so that two versions compare line by line."""
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=str)
    return f"{text}\n".encode()
