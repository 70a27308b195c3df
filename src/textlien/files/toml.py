"""TOML written by users: read with the place of a fault; values as they are typed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import tomli_w

from textlien.errors import Problem, TextlienError
from textlien.files.source import cannot_open
from textlien.messages.message import Location, Message, message

# tomllib gives the line of a fault in its text only, before Python 3.14.
_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_HEADING = re.compile(r"\[{1,2}([^\[\]]*)\]{1,2}\s*(?:#.*)?")
_KEY = re.compile(r"([\w.\"'-]+)\s*=")
_COLON = re.compile(r"^([\w-]+)\s*:")
_CURLY = "“”„‟«»‘’"
# A text between marks of Word, where TOML expects a value: behind « = », « [ », « , » or « { ».
_TYPOGRAPHIC = re.compile(r"([=\[,{]\s*)[“”„‟«‘’\"']([^“”„‟«»\"]*)[“”‟»’\"']")
_ODD_BLANKS = re.compile("[\u00a0\u2007\u202f\u2009\ufeff\u200b]+")


def read_toml(path: Path, file: str) -> dict[str, Any]:
    """Content of a TOML file.

    Parameters
    ----------
    path : the file.
    file : its name in messages.

    Raises
    ------
    TextlienError
        When it cannot be opened, is not UTF-8 or is not TOML: with the line, and the fault where
        it is a usual one.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        return tomllib.loads(text)
    except OSError as error:
        raise TextlienError(cannot_open(error, file)) from error
    except UnicodeDecodeError as error:
        raise TextlienError(Problem.error("files.toml-not-utf8", Location(file=file))) from error
    except tomllib.TOMLDecodeError as error:
        match = _LINE.search(str(error))
        number = int(match[1]) if match else None
        lines = text.splitlines()
        before, line = (lines[: number - 1], lines[number - 1]) if number else ([], "")
        location = Location(file=file, line=number)
        raise TextlienError(Problem(_fault(line.strip(), before), location)) from error


_UNTOLD = message("files.not-toml")
"""The fault of a line that has none of the usual ones."""


def _fault(line: str, before: Sequence[str]) -> Message:
    """Describe the fault of a line that TOML does not allow, with the line as it should be.

    Parameters
    ----------
    line : without blanks around it.
    before : the lines above.
    """
    heading = _HEADING.fullmatch(line)
    if heading:
        return _fault_of_heading(heading[1].strip(), before)
    if _is_toml(line):
        key = _KEY.match(line)
        is_twice = key and _is_twice(key[1], before)
        return message("files.toml-key-twice", key=key[1]) if key and is_twice else _UNTOLD
    for identifier, repair in _REPAIRS:
        repaired = repair(line)
        if _is_toml(repaired):
            return message(identifier, line=repaired)
    if any(quote in line for quote in _CURLY):
        return message("files.toml-curly-quotes-somewhere")
    return _UNTOLD


def _fault_of_heading(name: str, before: Sequence[str]) -> Message:
    """Describe the fault of the heading of a section, mostly that it is there twice."""
    headings = [
        match[1].strip() for match in map(_HEADING.fullmatch, map(str.strip, before)) if match
    ]
    if name in headings:
        return message("files.toml-section-twice", section=name)
    return _UNTOLD


def _is_twice(key: str, before: Sequence[str]) -> bool:
    """True if a key stands above in the same section."""
    for line in reversed(before):
        if _HEADING.fullmatch(line.strip()):
            return False
        match = _KEY.match(line.strip())
        if match and match[1] == key:
            return True
    return False


def _is_toml(line: str) -> bool:
    """True if a line can stand alone; one that opens a list or a text goes on below."""
    try:
        tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _straight_quotes(line: str) -> str:
    """The line with the quotation marks of Word as straight ones where they set off a text."""
    return _TYPOGRAPHIC.sub(lambda match: match[1] + '"' + match[2].strip() + '"', line)


def _slashes(line: str) -> str:
    """The line with the paths of Windows as every system reads them."""
    return line.replace("\\", "/")


def _plain_blanks(line: str) -> str:
    """The line with plain blanks for those of Word."""
    return _ODD_BLANKS.sub(" ", line)


def _quoted_key(line: str) -> str:
    """The line with its key, which has accents or blanks, in quotes."""
    key, sign, value = line.partition("=")
    return f'"{key.strip()}" {sign}{value}' if sign and '"' not in key else line


def _quoted_value(line: str) -> str:
    """The line with its value, a text, in quotes."""
    key, sign, value = line.partition("=")
    text, _, comment = value.partition("#")
    truth = {"vrai": "true", "oui": "true", "faux": "false", "non": "false"}
    plain = text.strip()
    if not sign or not plain or plain[0] in "\"'[{":
        return line
    if plain.casefold() in ("true", "false", *truth):
        return f"{key.rstrip()} = {truth.get(plain.casefold(), plain.casefold())}"
    return f'{key.rstrip()} = "{plain}"' + (f"  #{comment}" if comment else "")


def _equals_sign(line: str) -> str:
    """The line with « = » for the « : » behind its key."""
    return _COLON.sub(r"\1 =", line, count=1)


_REPAIRS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("files.toml-odd-blanks", _plain_blanks),
    ("files.toml-curly-quotes", _straight_quotes),
    ("files.toml-backslash", _slashes),
    ("files.toml-backslash", lambda line: _straight_quotes(_slashes(line))),
    ("files.toml-no-quotes", _quoted_value),
    ("files.toml-no-quotes", lambda line: line + '"'),
    ("files.toml-key-quotes", _quoted_key),
    ("files.toml-colon", _equals_sign),
    ("files.toml-colon", lambda line: _quoted_value(_equals_sign(line))),
)
"""Usual faults, and what mends a line that has it; the first that makes it TOML is taken."""


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
