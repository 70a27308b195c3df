"""Messages about options of the study file, or of one it names, in terms of TOML.

Errors of pydantic are known by their type; its own words, which are for programmers and in
English, reach nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from textlien.errors import Problem, did_you_mean
from textlien.files.toml import inline
from textlien.messages.message import Location, Message, Value, message
from textlien.study.options import Study

Steps = Sequence[str | int]
"""Keys and numbers (from 0) of a list that lead to an option: ``("corpus", 0, "wave")``."""

_REPEATED = ("corpus", "speakers.file", "theme")
"""Sections that may be there several times."""

_WHOLE = "study.expected-whole-number"
_KINDS = {
    "bool_type": "study.expected-truth-value",
    "bool_parsing": "study.expected-truth-value",
    "string_too_short": "study.expected-some-text",
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": "study.expected-number",
    "float_parsing": "study.expected-number",
    "finite_number": "study.expected-finite-number",
    "two_waves": "study.expected-two-waves",
    "yes_below_no": "study.expected-yes-above-no",
    "folder_name": "study.expected-folder-name",
}
_BOUNDS = {
    "greater_than": ("study.expected-above", "gt"),
    "greater_than_equal": ("study.expected-at-least", "ge"),
    "less_than": ("study.expected-below", "lt"),
    "less_than_equal": ("study.expected-at-most", "le"),
}


def violation(file: str, details: Mapping[str, Any], model: type[BaseModel] = Study) -> Problem:
    """The problem of one option: what was expected there, and what it holds.

    Parameters
    ----------
    file : the study file as the user knows it.
    details : one of pydantic's ``ValidationError.errors()``.
    model : of the whole file.

    >>> from textlien.messages.translator import Translator
    >>> details = {"type": "string_type", "loc": ("corpus", 0, "wave"), "input": 2013.0}
    >>> violation("s.toml", details).text(Translator("en"))
    'expected text in quotes, as in wave = "2013"; found 2013.0.'
    """
    steps: Steps = details["loc"]
    kind = details["type"]
    location = Location(file=file, option=option_of(steps))
    if kind == "extra_forbidden":
        return unknown_key(file, steps, model)
    if kind in ("missing", "too_short") and tuple(steps) == ("corpus",):
        return Problem.error("study.no-corpus", Location(file=file))
    if kind == "missing":
        return Problem.error("study.key-missing", location)
    return Problem(_expectation(kind, steps, details, model), location)


def unknown_key(file: str, steps: Steps, model: type[BaseModel] = Study) -> Problem:
    """The problem of a key that the file should not have, with the nearest that it may."""
    *section, key = steps
    option = option_of(steps)
    suggestion = (
        message("study.instead-of-review-margin")
        if option == "axes.review_margin"
        else did_you_mean(str(key), _keys(section, model))
    )
    location = Location(file=file, option=option)
    return Problem.error("study.unknown-key", location, key=str(key), suggestion=suggestion)


def option_of(steps: Steps) -> str:
    """The option as messages name it.

    >>> option_of(("corpus", 0, "wave")), option_of(("terms", "pos", 1))
    ('corpus #1.wave', 'terms.pos #2')
    """
    option = ""
    for step in steps:
        if isinstance(step, int):
            option += f" #{step + 1}"
        else:
            option += f".{step}" if option else step
    return option


def _expectation(
    kind: str, steps: Steps, details: Mapping[str, Any], model: type[BaseModel]
) -> Message:
    """Describe the expected value, and the value found."""
    value = details["input"]
    written = _written(value)
    if kind in _KINDS:
        return Message(_KINDS[kind], {"value": written})
    if kind in _BOUNDS:
        identifier, bound = _BOUNDS[kind]
        return Message(identifier, {"value": written, "bound": f"{details['ctx'][bound]:g}"})
    if kind == "literal_error":
        return message("study.expected-choice", value=written, choices=_choices(steps, model))
    return _of_another_shape(kind, steps, value)


def _of_another_shape(kind: str, steps: Steps, value: object) -> Message:
    """Describe the expected shape where a text, a list or a section stands for another."""
    written = _written(value)
    name = next(str(step) for step in reversed(steps) if isinstance(step, str))
    if kind == "string_type":
        example = inline(_as_text(value))
        example = f"[{example}]" if isinstance(steps[-1], int) else example
        return message("study.expected-text", value=written, name=name, example=example)
    section = ".".join(str(step) for step in steps if isinstance(step, str))
    if section in _REPEATED:
        return message("study.expected-repeated-section", value=written, section=section)
    if kind == "tuple_type":
        example = inline([_as_text(value)])
        return message("study.expected-list", value=written, name=name, example=example)
    if kind == "dict_type":
        return message("study.expected-names-and-values", value=written, name=name)
    if kind == "model_type":
        return message("study.expected-section", value=written, name=name)
    return message("study.not-allowed", value=written)


def _as_text(value: object) -> str:
    """The text that was probably meant: 2013.0 was meant as "2013"."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str):
        return value
    return inline(value) if isinstance(value, bool | int | float | date | time) else "…"


def _written(value: object) -> Value:
    """A value as it is written in the file; of a section only that it is one."""
    parts = value if isinstance(value, list | tuple) else [value]
    if any(isinstance(part, dict) for part in parts):
        return message("study.a-section")
    return inline(value)


def _keys(section: Steps, model: type[BaseModel]) -> list[str]:
    """Keys that a section of the file may have."""
    kind = _type_at(section, model)
    return [key for key in kind.model_fields if (kind, key) != (Study, "file")]


def _choices(steps: Steps, model: type[BaseModel]) -> tuple[str, ...]:
    """Values of an option that has but a few, as they are written."""
    kind = _type_at(steps, model)
    choices = get_args(kind) if get_origin(kind) is Literal else ()
    return tuple(inline(choice) for choice in choices)


def _type_at(steps: Steps, model: type[BaseModel]) -> Any:
    """The type that an option or a section of the file has."""
    kind: Any = model
    for step in steps:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            kind = kind.model_fields[str(step)].annotation
        else:  # an item of a list, or a value by its name
            kind = get_args(kind)[1 if get_origin(kind) is dict else 0]
    return kind
