"""What an option of the study file should be, in the words of who writes TOML."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

_BOUNDS = {
    "greater_than": ("above", "gt"),
    "greater_than_equal": ("of at least", "ge"),
    "less_than": ("below", "lt"),
    "less_than_equal": ("of at most", "le"),
}
_WHOLE = "a whole number, without quotes"
_KINDS = {
    "bool_type": "true or false, without quotes",
    "bool_parsing": "true or false, without quotes",
    "string_too_short": "some text",
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": "a number, without quotes",
    "float_parsing": "a number, without quotes",
    "finite_number": "a finite number",
}


def expectation(details: Mapping[str, Any]) -> str:
    """Say what was expected at one place of a study file, and what is there.

    Parameters
    ----------
    details : one of pydantic's ``ValidationError.errors()``.

    >>> expectation({"type": "string_type", "loc": ("corpus", 0, "wave"), "input": 2013.0})
    'expected text in quotes, as in wave = "2013"; found 2013.0'
    """
    expected = _expected(details)
    if not expected:
        expected = str(details["msg"]).removeprefix("Value error, ")
    return f"{expected}; found {_in_toml(details['input'])}"


def _expected(details: Mapping[str, Any]) -> str:
    kind, found, context = details["type"], details["input"], details.get("ctx", {})
    name = next(str(step) for step in reversed(details["loc"]) if isinstance(step, str))
    in_list = isinstance(details["loc"][-1], int)
    if kind == "string_type":
        text = f'"{_plain(found)}"'
        return f"expected text in quotes, as in {name} = {f'[{text}]' if in_list else text}"
    if kind in _KINDS:
        return f"expected {_KINDS[kind]}"
    if kind in _BOUNDS:
        words, bound = _BOUNDS[kind]
        return f"expected a number {words} {context[bound]:g}"
    if kind == "literal_error":
        choices = str(context["expected"]).replace("'", '"').replace(" or ", ", ")
        return f"expected one of {choices}"
    return _expected_of_several(kind, name, found)


def _expected_of_several(kind: str, name: str, found: object) -> str:
    """What was expected where one value stands for a list or a section."""
    if name == "corpus" and kind in ("tuple_type", "model_type"):
        return "expected [[corpus]], in two brackets, on a line of its own"
    if kind == "tuple_type":
        item = _in_toml(found) if isinstance(found, str) else f'"{_plain(found)}"'
        return f"expected a list, as in {name} = [{item}]"
    if kind == "dict_type":
        return f'expected names and values, as in {name} = {{ "a" = "b" }}'
    if kind == "model_type":
        return f"expected a section, that is [{name}] on a line of its own"
    return ""


def _plain(value: object) -> str:
    """A value as its text would be: 2013.0 was meant as 2013."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _in_toml(value) if isinstance(value, (bool, int, float, date, time)) else "…"


def _in_toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_in_toml, value))}]"
    if isinstance(value, dict):
        return "a section"
    return str(value)
