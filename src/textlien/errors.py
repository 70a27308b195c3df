"""Problems of the user's input, and the error that carries them."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from textlien.messages.message import (
    Location,
    Message,
    Value,
    from_plain,
    message,
    to_plain,
)
from textlien.messages.translator import Translator, translator

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault at one place of one input.

    Attributes
    ----------
    message : the fault, with the value found, the value expected, and what to do about
        it: an identifier of the catalogue and parameters.
    location : the file, and where in it.
    severity : ``error`` leaves the thing out, ``warning`` may change results, ``note`` says
        what was decided.
    """

    message: Message
    location: Location
    severity: Severity = "error"

    @classmethod
    def error(cls, id: str, location: Location, /, **values: Value) -> Problem:
        """Make a problem that leaves something out."""
        return cls(Message(id, values), location, "error")

    @classmethod
    def warning(cls, id: str, location: Location, /, **values: Value) -> Problem:
        """Make a problem that may change results."""
        return cls(Message(id, values), location, "warning")

    @classmethod
    def note(cls, id: str, location: Location, /, **values: Value) -> Problem:
        """Make a note of a decision."""
        return cls(Message(id, values), location, "note")

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Problem:
        """The problem that :meth:`to_plain` was called on."""
        message, location = from_plain(plain["message"]), from_plain(plain["location"])
        return cls(cast("Message", message), cast("Location", location), plain["severity"])

    def to_plain(self) -> dict[str, object]:
        """The problem as JSON has it, for a manifest."""
        return {
            "message": to_plain(self.message),
            "location": to_plain(self.location),
            "severity": self.severity,
        }

    @property
    def id(self) -> str:
        """Identifier of the message, which does not depend on the language."""
        return self.message.id

    def in_file(self, file: str) -> Problem:
        """The problem with ``file`` as its file, where it has none: an option, its study file."""
        if self.location.file or self.location.argument:
            return self
        return replace(self, location=replace(self.location, file=file))

    def text(self, translator: Translator) -> str:
        """The fault in words, without the place."""
        return translator.message(self.message)

    def hint(self, translator: Translator) -> str:
        """The remedy in words, or ""."""
        return translator.hint(self.message.id, **self.message.values)

    def render(self, translator: Translator, *, hint: bool = True) -> str:
        """File, place and text on one line, the hint below it."""
        place = translator.location(self.location)
        remedy = self.hint(translator).replace("\n", "\n  ") if hint else ""
        text = self.text(translator)
        line = translator.text("common.located", place=place, text=text) if place else text
        return line + (f"\n  {remedy}" if remedy else "")

    def __str__(self) -> str:
        return self.render(translator())


class TextlienError(Exception):
    """An error that the user can fix. The command line prints it without a traceback.

    Parameters
    ----------
    problems : one or more, in the order in which they are listed.
    """

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def in_file(self, file: str) -> TextlienError:
        """The error with ``file`` as the file of each problem that has none."""
        return TextlienError(*(problem.in_file(file) for problem in self.problems))

    def render(self, translator: Translator) -> str:
        """All problems, one below the other, in one language."""
        return "\n".join(problem.render(translator) for problem in self.problems)

    def __str__(self) -> str:
        return self.render(translator())


@contextmanager
def problems_of(file: str) -> Iterator[None]:
    """Give the problems of an error raised within a ``with`` block their file, if they have none.

    Parameters
    ----------
    file : for options, the study file as the user knows it.
    """
    try:
        yield
    except TextlienError as error:
        raise error.in_file(file) from error


def raise_all(problems: Iterable[Problem]) -> None:
    """Raise one :class:`TextlienError` that lists every problem, if there is any."""
    listed = tuple(problems)
    if listed:
        raise TextlienError(*listed)


def did_you_mean(
    value: str,
    choices: Iterable[str],
    *,
    cutoff: float = 0.6,
    key: Callable[[str], str] = str,
    otherwise: Message | None = None,
) -> Message:
    """Suggest the nearest of the values that are allowed, or list them all.

    Parameters
    ----------
    value : as the user wrote it.
    choices : what is allowed.
    cutoff : likeness from which a choice is suggested (:func:`difflib.get_close_matches`).
    key : form in which values are compared, as without case and accents.
    otherwise : message where none is near; by default the list of all choices.

    Returns
    -------
    « Did you mean "x"? », or « Possible values: … » where none is near.
    """
    allowed = {key(choice): choice for choice in choices}
    near = difflib.get_close_matches(key(value), allowed, n=1, cutoff=cutoff)
    if near:
        return message("common.did-you-mean", nearest=allowed[near[0]])
    return otherwise or message("common.possible-values", choices=tuple(allowed.values()))
