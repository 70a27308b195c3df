"""The codebook: the axes on which passages are coded."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from textlien.errors import Problem, raise_all
from textlien.files import shipped
from textlien.raw import raw_problem

_Text = Annotated[str, Field(min_length=1)]


class Axis(BaseModel):
    """One axis of the codebook.

    Attributes
    ----------
    key : its name in tables and files: lower-case letters, digits and ``_``.
    label, label_en : its name in the report, in French and in English.
    question : the question of the study that it answers.
    definition : what it is about.
    include, exclude : rules and examples of what is in, and of what is out and goes where.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: _Text
    label_en: _Text
    question: str = ""
    definition: str = ""
    include: tuple[_Text, ...] = ()
    exclude: tuple[_Text, ...] = ()


class _Codebook(BaseModel):
    model_config = ConfigDict(extra="forbid")

    axis: Annotated[tuple[Axis, ...], Field(min_length=1)]


def load_codebook(path: Path | None = None) -> tuple[Axis, ...]:
    """Read and check a codebook.

    Parameters
    ----------
    path : TOML file with one ``[[axis]]`` an axis; None for the codebook of the study of the
        cities, which comes with textlien.

    Raises
    ------
    TextlienError
        When the file is missing, is no TOML or breaks the schema: every violation at once, with
        the axis concerned.
    """
    file = path or shipped.folder("configs") / "axes.toml"
    shown = file.name if path is None else str(path)
    if not file.is_file():
        raise_all([raw_problem(shown, "no such codebook.", "Correct [axes] codebook.")])
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        axes = _Codebook.model_validate(content).axis
    except UnicodeDecodeError as error:
        raise_all([raw_problem(shown, f"not UTF-8 text ({error.reason}).", "Save it as UTF-8.")])
    except tomllib.TOMLDecodeError as error:
        raise_all(
            [raw_problem(shown, f"not a valid TOML file: {error}.", "Text values need quotes.")]
        )
    except ValidationError as error:
        raise_all([_violation(shown, content, details) for details in error.errors()])
    raise_all(_twins(shown, axes))
    return axes


def _violation(shown: str, content: dict[str, Any], details: Any) -> Problem:
    steps = details["loc"]
    place = f"[{'.'.join(str(step) for step in steps)}]"
    if steps[0] == "axis" and len(steps) > 1:
        found = content["axis"][steps[1]]
        key = found.get("key", "") if isinstance(found, dict) else ""
        rest = ".".join(str(step) for step in steps[2:])
        place = f"[[axis]] {steps[1] + 1}{f' ({key})' if key else ''}{f', {rest}' if rest else ''}"
    if details["type"] == "extra_forbidden":
        known = ", ".join(Axis.model_fields) if len(steps) > 1 else "[[axis]]"
        return raw_problem(shown, f'unknown key "{steps[-1]}".', f"Known: {known}.", place)
    if details["type"] == "missing":
        return raw_problem(shown, "this key is needed.", "Add it.", place)
    hint = "Correct the value."
    if steps[-1] == "key":
        hint = "A key has lower-case letters, digits and _, and begins with a letter."
    return raw_problem(shown, f"{details['msg']}; found {details['input']!r}.", hint, place)


def _twins(shown: str, axes: tuple[Axis, ...]) -> list[Problem]:
    problems = []
    for field in ("key", "label"):
        for value, count in Counter(getattr(axis, field) for axis in axes).items():
            if count > 1:
                message = f'{count} axes have the {field} "{value}".'
                problems.append(
                    raw_problem(shown, message, "Give each its own.", f"[[axis]] {field}")
                )
    return problems
