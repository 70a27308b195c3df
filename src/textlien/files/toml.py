"""TOML written by users: read with the place of a fault; values as they are typed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import tomli_w

from textlien.errors import Problem, TextlienError
from textlien.files.source import cannot_open
from textlien.messages.message import Location

# tomllib gives the line of a fault in its text only, before Python 3.14.
_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def read_toml(path: Path, file: str) -> dict[str, Any]:
    """Content of a TOML file.

    Parameters
    ----------
    path : the file.
    file : its name in messages.

    Raises
    ------
    TextlienError
        When it cannot be opened, is not UTF-8 or is not TOML: with the line.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise TextlienError(cannot_open(error, file)) from error
    except UnicodeDecodeError as error:
        raise TextlienError(Problem.error("files.toml-not-utf8", Location(file=file))) from error
    except tomllib.TOMLDecodeError as error:
        match = _LINE.search(str(error))
        location = Location(file=file, line=int(match[1]) if match else None)
        raise TextlienError(Problem.error("files.not-toml", location)) from error


def inline(value: object) -> str:
    r"""A text, number, truth value, date or list of those as TOML has it on one line.

    Bytes of a path that are not text become « ? ».

    >>> print(inline(["Léa", 'dit "Lo"', 2013, True]))
    ["Léa", "dit \"Lo\"", 2013, true]
    """
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(inline, value))}]"
    if isinstance(value, str):
        value = value.encode("utf-8", "replace").decode("utf-8")
    return tomli_w.dumps({"value": value}).removeprefix("value = ").rstrip("\n")
