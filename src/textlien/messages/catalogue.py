"""The texts of each language, read from the TOML files beside this module."""

from __future__ import annotations

import os
import string
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import NamedTuple

LANGUAGES = ("fr", "en")
"""The first is the default: textlien is for people who work in French."""

VARIABLE = "TEXTLIEN_LANG"
"""Environment variable that sets the language where nothing else does."""

_SPOKEN: ContextVar[str] = ContextVar("spoken", default="")

_HERE = Path(__file__).parent


class Text(NamedTuple):
    """Entry of the catalogue for one identifier: its text, and a hint on what to do, or ""."""

    text: str
    hint: str = ""


def default_language() -> str:
    """Language of messages where no call names another.

    That of :func:`speaking`, else of the environment variable ``TEXTLIEN_LANG``, else French.
    """
    return _SPOKEN.get() or language_of_environment() or LANGUAGES[0]


def language_of_environment() -> str:
    """Language that the environment variable ``TEXTLIEN_LANG`` asks for, or ""."""
    code = os.environ.get(VARIABLE, "")[:2].lower()
    return code if code in LANGUAGES else ""


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Set the language of messages within a ``with`` block.

    Parameters
    ----------
    language : one of :data:`LANGUAGES`, or "" to leave the choice to :func:`speak` or to the
        environment.
    """
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def speak(language: str) -> None:
    """Set the language of messages until the end of the :func:`speaking` block."""
    _SPOKEN.set(language)


def text_of(identifier: str, language: str) -> Text:
    """The templates of a message in a language.

    Raises
    ------
    KeyError
        When the catalogue lacks it, which is a bug: ``tests/messages`` looks for those.
    """
    file, _, name = identifier.partition(".")
    return _file(language, file)[name]


def files(language: str) -> list[str]:
    """Names of the files of a language, without their suffix."""
    return sorted(path.stem for path in (_HERE / language).glob("*.toml"))


def identifiers(language: str) -> set[str]:
    """Every identifier that a language has a text for."""
    return {f"{file}.{name}" for file in files(language) for name in _file(language, file)}


def placeholders(template: str) -> set[str]:
    """Names of the parameters of a template, those within plural forms included.

    >>> sorted(placeholders("{file}: {n:one line|{n} lines}"))
    ['file', 'n']
    """
    return set(_placeholders(template))


def _placeholders(template: str) -> Iterator[str]:
    """Names of the parameters of a template, nested ones included, with repetitions."""
    for _, name, spec, _ in string.Formatter().parse(template):
        if name is not None:
            yield name
            yield from _placeholders(spec or "")


@cache
def _file(language: str, file: str) -> dict[str, Text]:
    """Entries of one file of a language, by name."""
    content = tomllib.loads((_HERE / language / f"{file}.toml").read_text(encoding="utf-8"))
    return {
        name: Text(entry) if isinstance(entry, str) else Text(**entry)
        for name, entry in content.items()
    }
