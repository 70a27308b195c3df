"""The content of ``manifest.json``: inputs, options and versions of a run, and its results.

It holds no moment and no duration: the same inputs give the same bytes, whatever was run before.

Frozen: only the runner (:mod:`textlien.pipeline.run`) makes a new one, and only
:meth:`~textlien.pipeline.run_folder.Run.save` writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, ConfigDict, GetPydanticSchema, ValidationError
from pydantic_core import core_schema

from textlien.errors import Problem
from textlien.messages.catalogue import LANGUAGES, identifiers
from textlien.messages.message import Message, Value, from_plain, to_plain

FORMAT: Literal[3] = 3
"""Raised when earlier manifests can no longer be read: they then count as absent."""


def _problem(plain: Any) -> Problem:
    """A problem from its plain form in a manifest."""
    problem = plain if isinstance(plain, Problem) else Problem.from_plain(plain)
    _refuse_unknown(problem.message)
    return problem


def _message(plain: Any) -> Message:
    """A message from its plain form in a manifest."""
    text = plain if isinstance(plain, Message) else cast("Message", from_plain(plain))
    _refuse_unknown(text)
    return text


def _refuse_unknown(text: Message) -> None:
    """Refuse a message that another version of textlien wrote, and this one cannot show."""
    for identifier in _identifiers(text):
        if identifier not in identifiers(LANGUAGES[0]):
            raise ValueError(f"no message {identifier}")


def _identifiers(value: Value) -> Iterator[str]:
    """Identifiers of a message and of those among its parameters."""
    if isinstance(value, Message):
        yield value.id
        for part in value.values.values():
            yield from _identifiers(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from _identifiers(part)


def _plain(read: Callable[[Any], object], write: Callable[[Any], object]) -> GetPydanticSchema:
    """Validate and serialise a value by two functions, without looking into its type."""
    serialization = core_schema.plain_serializer_function_ser_schema(write)
    schema = core_schema.no_info_plain_validator_function(read, serialization=serialization)
    return GetPydanticSchema(lambda _type, _handler: schema)


PlainProblem = Annotated[Problem, _plain(_problem, Problem.to_plain)]
PlainMessage = Annotated[Message, _plain(_message, to_plain)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StageEntry(_Frozen):
    """Record that a run keeps of one stage.

    Attributes
    ----------
    key : digest of all that the result depends on.
    summary : of the result, for the command line.
    problems : those that the stage met.
    shards : key of the shard of each interview, in the order of the corpus, by sharded table.
    tables : SHA-256 of each Parquet file that the stage made, shards included, by path in the run
        folder.
    inputs : SHA-256 of the files that the stage read, by path relative to the study file.
    model : folder of the model that the stage made or took, relative to the study file; "" for
        none.
    """

    key: str
    summary: PlainMessage
    problems: tuple[PlainProblem, ...] = ()
    shards: dict[str, dict[str, str]] = {}
    tables: dict[str, str] = {}
    inputs: dict[str, str] = {}
    model: str = ""


class Manifest(_Frozen):
    """Record that a run keeps of itself.

    Attributes
    ----------
    study : its name.
    options : of the study file, defaults included.
    libraries : versions of all that results depend on, the annotator included.
    named : SHA-256 of the files that the study file names, and of itself.
    stages : entries by name, in the order of the catalogue.
    """

    format: Literal[3] = FORMAT
    study: str = ""
    options: dict[str, Any] = {}
    libraries: dict[str, str] = {}
    named: dict[str, str] = {}
    stages: dict[str, StageEntry] = {}

    @classmethod
    def from_json(cls, content: bytes) -> Manifest | None:
        """The manifest in a file, or None when it is damaged or of another version."""
        try:
            return cls.model_validate_json(content)
        except (ValidationError, KeyError, TypeError, AttributeError):
            # The last three come from a problem or a message that lacks a part.
            return None

    @property
    def inputs(self) -> dict[str, str]:
        """SHA-256 of every file that the run depends on, by path relative to the study file."""
        read = (entry.inputs for entry in self.stages.values())
        return {name: digest for part in (self.named, *read) for name, digest in part.items()}

    @property
    def shards(self) -> dict[str, dict[str, str]]:
        """Key of the shard of each interview, by sharded table."""
        return {table: keys for e in self.stages.values() for table, keys in e.shards.items()}

    def with_stages(self, stages: Mapping[str, StageEntry]) -> Manifest:
        """The same with other entries."""
        return self.model_copy(update={"stages": dict(stages)})
