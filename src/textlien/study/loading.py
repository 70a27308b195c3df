"""Reading and checking a study file."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from textlien.errors import Problem, raise_all
from textlien.raw import raw_problem
from textlien.study.options import Study
from textlien.study.wording import expectation


def load(file: str | Path) -> Study:
    """Read and check a study file.

    Parameters
    ----------
    file : path of the TOML file.

    Raises
    ------
    TextlienError
        When the file is missing, is no TOML or breaks the schema: every violation at once,
        each with its place and, for an unknown key, the nearest known one.
    """
    path = Path(file).resolve()
    shown = str(file)
    if not path.is_file():
        raise_all([raw_problem(shown, "no such study file.", "Create one with: textlien init DIR")])
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise_all([raw_problem(shown, f"not UTF-8 text ({error.reason}).", "Save it as UTF-8.")])
    except tomllib.TOMLDecodeError as error:
        raise_all(
            [raw_problem(shown, f"not a valid TOML file: {error}.", "Text values need quotes.")]
        )
    if "file" in content:
        raise_all([_unknown_key(shown, ("file",))])
    try:
        study = Study(file=path, **content)
    except ValidationError as error:
        # A [[corpus]] that is broken inside is also reported as a missing one: say it once.
        nested = any(
            details["loc"][0] == "corpus" and len(details["loc"]) > 1 for details in error.errors()
        )
        raise_all(
            [
                _violation(shown, details)
                for details in error.errors()
                if not (nested and details["type"] == "too_short")
            ]
        )
    raise_all(_cross_checks(shown, study))
    return study


def _violation(shown: str, details: Any) -> Problem:
    place = tuple(details["loc"])
    if details["type"] == "extra_forbidden":
        return _unknown_key(shown, place)
    if details["type"] == "missing" and place == ("corpus",):
        hint = 'Add:\n[[corpus]]\nwave = "2013"\npath = "transcripts"'
        return raw_problem(shown, "there is no [[corpus]].", hint)
    if details["type"] == "missing":
        return raw_problem(shown, "this key is needed.", "Add it.", _place(place))
    return raw_problem(shown, f"{expectation(details)}.", "Correct the value.", _place(place))


def _unknown_key(shown: str, place: tuple[str | int, ...]) -> Problem:
    known = _known_keys(place[:-1])
    near = difflib.get_close_matches(str(place[-1]), known, n=1)
    hint = f'Did you mean "{near[0]}"?' if near else f"Known keys: {', '.join(sorted(known))}."
    return raw_problem(shown, f'unknown key "{place[-1]}".', hint, _place(place))


def _known_keys(place: tuple[str | int, ...]) -> list[str]:
    model: type[BaseModel] = Study
    for step in place:
        if isinstance(step, int):
            continue
        annotation = model.model_fields[step].annotation
        arguments = [kind for kind in get_args(annotation) if isinstance(kind, type)]
        candidates = [annotation, *arguments]
        model = next(
            kind for kind in candidates if isinstance(kind, type) and issubclass(kind, BaseModel)
        )
    return [key for key in model.model_fields if key != "file"]


def _place(steps: tuple[str | int, ...]) -> str:
    parts = [f"#{step + 1}" if isinstance(step, int) else step for step in steps]
    return f"[{'.'.join(parts).replace('.#', ' #')}]"


def _cross_checks(shown: str, study: Study) -> list[Problem]:
    problems = []
    for wave in study.contrasts.waves:
        if wave not in study.waves:
            known = ", ".join(f'"{name}"' for name in study.waves)
            hint = f"The corpora have the waves {known}."
            problems.append(
                raw_problem(shown, f'no corpus has the wave "{wave}".', hint, "[contrasts.waves]")
            )
    known_cities = study.cities_of_study
    for city in study.cities.panel if known_cities else ():
        if city not in known_cities:
            near = difflib.get_close_matches(city, known_cities, n=1, cutoff=0.5)
            hint = f'Did you mean "{near[0]}"?' if near else "Add it to [[corpus]] cities."
            message = f'"{city}" is not one of the cities of a [[corpus]].'
            problems.append(raw_problem(shown, message, hint, "[cities.panel]"))
    for index, corpus in enumerate(study.corpus, start=1):
        if corpus.metadata and corpus.pattern:
            hint = "Keep the one that describes the files."
            place = f"[corpus #{index}]"
            problems.append(raw_problem(shown, "both metadata and pattern are given.", hint, place))
    return problems
