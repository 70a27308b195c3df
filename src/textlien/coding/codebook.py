"""The codebook: the axes on which passages are coded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from textlien.errors import Problem, TextlienError, did_you_mean, raise_all
from textlien.files import shipped
from textlien.files.toml import read_toml
from textlien.messages.message import Location, message

_Text = Annotated[str, Field(min_length=1)]


class Axis(BaseModel):
    """One axis of the codebook.

    Attributes
    ----------
    key : its name in tables and files: lower-case letters, digits and ``_``.
    label, label_en : its name in the report, in French and in English.
    question, question_en : the question of the study that it answers.
    definition, definition_en : the subject of the axis; the report in English takes ``_en``.
    include, exclude : rules and examples of passages that carry it, and of those that do not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: _Text
    label_en: _Text
    question: str = ""
    question_en: str = ""
    definition: str = ""
    definition_en: str = ""
    include: tuple[_Text, ...] = ()
    exclude: tuple[_Text, ...] = ()


class _Codebook(BaseModel):
    model_config = ConfigDict(extra="forbid")

    axis: Annotated[tuple[Axis, ...], Field(min_length=1)]


def load_codebook(path: Path | None = None, file: str = "") -> tuple[Axis, ...]:
    """Read and check a codebook.

    Parameters
    ----------
    path : TOML file with one ``[[axis]]`` per axis; None for the codebook of the study of the
        cities, which comes with textlien.
    file : its path as the user knows it, for messages.

    Raises
    ------
    TextlienError
        When the file is missing, is not TOML or breaks the schema: every violation at once, with
        the axis concerned.
    """
    source = path or shipped.folder("configs") / "new-study" / "fr" / "axes.toml"
    file = file or (source.name if path is None else str(path))
    if not source.is_file():
        raise TextlienError(Problem.error("coding.codebook-absent", Location(file=file)))
    content = read_toml(source, file)
    try:
        axes = _Codebook.model_validate(content).axis
    except ValidationError as error:
        violations = error.errors()
        # Where an axis is wrong, pydantic also counts it as missing from the list.
        raise_all(
            _violation(file, content, details)
            for details in violations
            if details["type"] != "too_short" or len(violations) == 1
        )
    raise_all(_twins(file, axes))
    return axes


_EXPECTED = {
    "string_type": "coding.expected-text",
    "string_too_short": "coding.expected-text",
    "string_pattern_mismatch": "coding.expected-key",
    "tuple_type": "coding.expected-list",
    "too_short": "coding.expected-axes",
}
"""Kind of violation, as pydantic names it → what was expected."""


def _violation(file: str, content: dict[str, Any], details: Any) -> Problem:
    """Problem of one violation of the schema."""
    steps = details["loc"]
    where = Location(file=file, option=_option(steps, content))
    if details["type"] == "extra_forbidden":
        allowed = tuple(Axis.model_fields) if len(steps) > 1 else ("axis",)
        return Problem.error(
            "coding.codebook-unknown-key",
            where,
            key=str(steps[-1]),
            suggestion=did_you_mean(str(steps[-1]), allowed),
        )
    if details["type"] == "missing":
        return Problem.error("coding.codebook-missing-key", where)
    expected = message(_EXPECTED.get(details["type"], "coding.expected-table"))
    return Problem.error(
        "coding.codebook-wrong-value", where, value=str(details["input"]), expected=expected
    )


def _option(steps: Sequence[int | str], content: dict[str, Any]) -> str:
    """Path of an option, with the number and the key of its axis: ``axis #2 (projet).label``."""
    if steps[0] != "axis" or len(steps) == 1:
        return ".".join(str(step) for step in steps)
    axis = content["axis"][steps[1]]
    key = axis.get("key", "") if isinstance(axis, dict) else ""
    name = f"axis #{int(steps[1]) + 1}" + (f" ({key})" if key else "")
    return ".".join([name, *(str(step) for step in steps[2:])])


def _twins(file: str, axes: tuple[Axis, ...]) -> list[Problem]:
    """Problems of axes that share a key or a label."""
    return [
        Problem.error(
            "coding.twin-axes",
            Location(file=file, option=f"axis.{field}"),
            n=count,
            field=field,
            value=value,
        )
        for field in ("key", "label")
        for value, count in Counter(getattr(axis, field) for axis in axes).items()
        if count > 1
    ]
