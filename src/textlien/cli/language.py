"""The language that the command line speaks."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Sequence
from pathlib import Path

from textlien.messages.catalogue import LANGUAGES, language_of_environment, speak

OPTION = "--lang"


def language_of_arguments(arguments: Sequence[str]) -> str:
    """Language that ``--lang`` asks for, before or after the command, or "".

    It is looked for before the arguments are parsed, because errors in them are reported in
    that language too.

    >>> language_of_arguments(["check", "--lang=en", "study.toml"])
    'en'
    """
    options = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    values = [
        value if option == OPTION else option.removeprefix(f"{OPTION}=")
        for option, value in itertools.pairwise([*options, ""])
        if option == OPTION or option.startswith(f"{OPTION}=")
    ]
    return values[-1] if values and values[-1] in LANGUAGES else ""


def speak_as_study(study_file: Path, asked: str) -> None:
    """Speak the language of a study's report, unless an option or the environment says another.

    Parameters
    ----------
    study_file : read here for that one option; its faults are reported on loading.
    asked : language that ``--lang`` asks for, or "".
    """
    if asked or language_of_environment():
        return
    try:
        report = tomllib.loads(study_file.read_text(encoding="utf-8-sig")).get("report")
    except (OSError, ValueError):
        return
    language = report.get("language") if isinstance(report, dict) else None
    if language in LANGUAGES:
        speak(str(language))
