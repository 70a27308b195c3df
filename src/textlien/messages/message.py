"""Messages as the code handles them: an identifier, parameters, and a location."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeAlias
from urllib.parse import quote, unquote

Value: TypeAlias = "int | float | str | Message | Location | tuple[Value, ...]"


@dataclass(frozen=True, slots=True)
class Message:
    """A text of the catalogue with its parameters, not yet in a language.

    Attributes
    ----------
    id : ``file.name`` in the catalogue, as ``transcripts.no-speaker-labels``.
    values : parameters by name; each is named in the text of every language.
    """

    id: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __hash__(self) -> int:
        """Hash of the identifier and the values, whose mapping has none."""
        return hash((self.id, tuple(sorted((name, hash(v)) for name, v in self.values.items()))))


def message(id: str, /, **values: Value) -> Message:
    """Make a message: ``message("stages.read", interviews=63, turns=1579)``."""
    return Message(id, values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where something is: a file, and a place in it, from the widest part to the narrowest.

    Attributes
    ----------
    file : path as the user knows it, relative to the study file where possible; "" for none.
    part : name of a file in an archive, as ``word/document.xml``.
    interview : name of an interview in a file that holds several.
    head : True for the head notice of a transcript.
    file_name, properties : True for the name of a file, and for the properties of a document.
    argument : of the command line, as ``--only``.
    option : dotted path in a TOML file, as ``segment.target_words`` or ``corpus #2.path``.
    sheet, table, tier : names of parts of a file.
    page, paragraph, turn, cue, segment, interval, annotation, row, line : numbers from 1, as the
        program that made the file shows them.
    column : a name or a number; ``cell`` as a spreadsheet names it.
    byte : offset in the file, from 0.
    """

    file: str = ""
    part: str = ""
    interview: str = ""
    head: bool = False
    file_name: bool = False
    properties: bool = False
    argument: str = ""
    option: str = ""
    sheet: str = ""
    table: str = ""
    tier: str = ""
    page: int | None = None
    paragraph: int | None = None
    turn: int | None = None
    cue: int | None = None
    segment: int | None = None
    interval: int | None = None
    annotation: int | None = None
    row: int | None = None
    line: int | None = None
    column: int | str | None = None
    cell: str = ""
    byte: int | None = None

    def parts(self) -> list[tuple[str, int | str]]:
        """The parts that are given below the file, in order: ``[("page", 2), ("line", 14)]``."""
        parts = ((name, getattr(self, name)) for name in _PARTS)
        return [(name, value) for name, value in parts if value not in ("", None, False)]

    def code(self) -> str:
        """The place in the file as a table keeps it, in no language: ``page=2;line=14``."""
        return ";".join(f"{name}={quote(str(value), safe=' ')}" for name, value in self.parts())

    @classmethod
    def from_code(cls, code: str, *, file: str = "") -> Location:
        """The location that :meth:`code` was called on."""
        parts = dict(part.split("=", 1) for part in code.split(";") if part)
        return cls(file=file, **{name: _value(name, text) for name, text in parts.items()})


def _value(name: str, text: str) -> Any:
    """Value of a part of a location, from its text in :meth:`Location.code`."""
    value = unquote(text)
    if name in _FLAGS:
        return True
    is_number = name in _NUMBERS or (name == "column" and value.isdecimal())
    return int(value) if is_number else value


_PARTS = tuple(part.name for part in fields(Location)[1:])
_FLAGS = {part.name for part in fields(Location) if part.type == "bool"}
_NUMBERS = {part.name for part in fields(Location) if part.type == "int | None"}


def to_plain(value: Value) -> object:
    """A parameter as JSON has it, so that a manifest can keep a message."""
    if isinstance(value, Message):
        return {"id": value.id, "values": values_to_plain(value.values)}
    if isinstance(value, Location):
        return {"location": dict([("file", value.file), *value.parts()])}
    return [to_plain(part) for part in value] if isinstance(value, tuple) else value


def values_to_plain(values: Mapping[str, Value]) -> dict[str, object]:
    """Parameters by name, as JSON has them."""
    return {name: to_plain(value) for name, value in values.items()}


def from_plain(plain: Any) -> Value:
    """The parameter that :func:`to_plain` was given."""
    if isinstance(plain, dict):
        if "location" in plain:
            return Location(**plain["location"])
        return Message(plain["id"], values_from_plain(plain["values"]))
    return tuple(from_plain(part) for part in plain) if isinstance(plain, list) else plain


def values_from_plain(plain: Mapping[str, Any]) -> dict[str, Value]:
    """The parameters that :func:`values_to_plain` was given."""
    return {name: from_plain(value) for name, value in plain.items()}
