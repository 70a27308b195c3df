"""Digests of values and of files; the manifests of models, which list them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError

from textlien.errors import Problem, TextlienError, raise_all
from textlien.files.source import cannot_open
from textlien.messages.message import Location, Message, message

Content = TypeVar("Content", bound=BaseModel)

# 64 bits: two of a million tables of one run are alike by chance with probability 3e-8.
_DIGEST_LENGTH = 16


def digest(*parts: object) -> str:
    """Short SHA-256 of any JSON-like values: equal values, equal digest, on any machine."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_LENGTH]


def file_digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def content_digest(content: bytes) -> str:
    """SHA-256 of the content of a file, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def check_files(folder: Path, digests: Mapping[str, str], remedy: Message) -> None:
    """Refuse a folder whose files are not those that its manifest lists.

    Parameters
    ----------
    digests : SHA-256 of each file, by its path in the folder.
    remedy : how to make the folder again.

    Raises
    ------
    TextlienError
        Names every file that is missing or another one.
    """
    faults = []
    for file, expected in digests.items():
        path = folder / file
        location = Location(file=str(path))
        if not path.is_file():
            faults.append(Problem.error("files.missing-from-model", location, remedy=remedy))
        elif file_digest(path) != expected:
            faults.append(Problem.error("files.other-digest", location, remedy=remedy))
    raise_all(faults)


class ModelManifest(BaseModel):
    """The keys that the manifest of any model has; others may stand beside them.

    Attributes
    ----------
    format : of the folder, raised when earlier ones can no longer be read.
    version : of the model.
    files : SHA-256 of each other file, by its path in the folder.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="allow")

    format: int
    version: str
    files: dict[str, str]


def require_files(
    path: Path, manifest: ModelManifest, needed: Iterable[str], remedy: Message
) -> None:
    """Refuse a manifest that does not list all files that its model needs.

    Raises
    ------
    TextlienError
        Names every file that it does not list.
    """
    raise_all(
        Problem.error(
            "files.key-missing",
            Location(file=str(path)),
            key=f"files.{file}",
            expected=message("files.expected-text"),
            remedy=remedy,
        )
        for file in needed
        if file not in manifest.files
    )


def read_object(path: Path, remedy: Message) -> dict[str, Any]:
    """Content of a JSON file of a model's folder, by key.

    Raises
    ------
    TextlienError
        When the file cannot be opened, is not JSON or holds something else than keys and values.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise TextlienError(cannot_open(error, str(path))) from error
    # A file made by hand may be nested deeper than Python's stack.
    except (ValueError, RecursionError) as error:
        location = Location(file=str(path), line=getattr(error, "lineno", None))
        raise TextlienError(Problem.error("files.not-json", location, remedy=remedy)) from error
    if not isinstance(content, dict):
        location = Location(file=str(path))
        raise TextlienError(Problem.error("files.not-json-object", location, remedy=remedy))
    return content


def validated(path: Path, content: object, kind: type[Content], remedy: Message) -> Content:
    """Content of a JSON file of a model's folder, with every key and type that ``kind`` has.

    Parameters
    ----------
    path : the file, for messages.
    content : as :func:`read_object` gives it.
    remedy : how to make the folder again.

    Raises
    ------
    TextlienError
        Names every key that is missing or holds something of another type.
    """
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        faults = [_fault(path, details, kind, remedy) for details in error.errors()]
        raise TextlienError(*faults) from error


def _fault(path: Path, details: Mapping[str, Any], kind: Any, remedy: Message) -> Problem:
    """The problem of one key: what was expected there, and what it holds."""
    steps = details["loc"]
    location = Location(file=str(path))
    key, expected = ".".join(map(str, steps)), message(_expected(steps, kind))
    if details["type"] == "missing":
        return Problem.error(
            "files.key-missing", location, key=key, expected=expected, remedy=remedy
        )
    written = json.dumps(details["input"], ensure_ascii=False, default=str)
    return Problem.error(
        "files.other-type",
        location,
        key=key,
        expected=expected,
        value=written if len(written) <= _LONGEST_VALUE else f"{written[:_LONGEST_VALUE]}…",
        remedy=remedy,
    )


_LONGEST_VALUE = 40
_EXPECTED = {
    str: "files.expected-text",
    int: "files.expected-whole-number",
    float: "files.expected-number",
    bool: "files.expected-truth-value",
    list: "files.expected-list",
    tuple: "files.expected-list",
}


def _expected(steps: Sequence[str | int], kind: Any) -> str:
    """Identifier of the type that a key should hold, from the annotations that lead to it."""
    for step in steps:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            field = kind.model_fields.get(str(step))
            kind = field.annotation if field else kind
        else:
            kind = next(iter(get_args(kind)[-1:]), kind)
    kind = next((part for part in get_args(kind) if part is float), kind)  # float | None
    return _EXPECTED.get(get_origin(kind) or kind, "files.expected-object")
