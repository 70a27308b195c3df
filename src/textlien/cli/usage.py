"""Errors of usage: those of click, as messages of the catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from textlien.errors import did_you_mean
from textlien.messages.message import Message, message
from textlien.messages.translator import translator

if TYPE_CHECKING:
    # Generic from click 8.4 on, for type checkers only.
    _CountType = click.ParamType[int]
    _PathType = click.ParamType[Path]
else:
    _CountType = _PathType = click.ParamType


class UsageFault(click.UsageError):
    """An error of usage, not yet in a language.

    Parameters
    ----------
    fault : the error, and what was expected.
    ctx : of the command whose usage is shown with it.
    """

    def __init__(self, fault: Message, ctx: click.Context | None = None) -> None:
        super().__init__(fault.id, ctx)
        self.fault = fault

    def format_message(self) -> str:
        """The fault in the language of the command line."""
        return translator().message(self.fault)


def fault_of(error: click.UsageError) -> Message | None:
    """The message for one of click's errors; None for one that has none in the catalogue."""
    if isinstance(error, UsageFault):
        return error.fault
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return _missing(error.param, error.ctx)
    if isinstance(error, click.NoSuchOption):
        return message(
            "cli.no-such-option",
            option=error.option_name,
            suggestion=_suggestion(error.option_name, error.ctx),
        )
    if isinstance(error, click.BadOptionUsage):
        return _bad_use(error)
    if error.ctx is not None and isinstance(error.ctx.command, click.Group):
        return message("cli.missing-command")
    return None


def no_such_command(name: str, group: click.Group, ctx: click.Context) -> UsageFault:
    """The fault of a command that does not exist."""
    suggestion = did_you_mean(name, group.list_commands(ctx))
    return UsageFault(message("cli.no-such-command", command=name, suggestion=suggestion), ctx)


def _missing(parameter: click.Parameter, ctx: click.Context | None) -> Message:
    """A required argument or option that was not typed."""
    name = parameter_name(parameter, ctx)
    if isinstance(parameter, click.Argument):
        # Every argument of textlien says what it is about: ``translated.Argument``.
        about: str = parameter.about  # type: ignore[attr-defined]
        return message("cli.missing-argument", argument=name, about=message(about))
    if isinstance(parameter.type, click.Choice):
        choices = tuple(map(str, parameter.type.choices))
        return message("cli.missing-choice", option=name, choices=choices)
    return message("cli.missing-option", option=name)


def _suggestion(option: str, ctx: click.Context | None) -> Message:
    """The option that was probably meant, or all that the command has."""
    parameters = ctx.command.get_params(ctx) if ctx is not None else []
    return did_you_mean(option, [name for part in parameters for name in part.opts if "-" in name])


def _bad_use(error: click.BadOptionUsage) -> Message:
    """An option without its value, or a value after an option that takes none."""
    parameters = error.ctx.command.params if error.ctx is not None else []
    is_flag = any(
        isinstance(part, click.Option) and part.is_flag and error.option_name in part.opts
        for part in parameters
    )
    if is_flag:
        return message("cli.option-without-value", option=error.option_name)
    return message("cli.option-needs-value", option=error.option_name)


def parameter_name(parameter: click.Parameter | None, ctx: click.Context | None) -> str:
    """A parameter as it is typed: the longest spelling of an option, ``STUDY``."""
    if parameter is None:
        return ""
    if isinstance(parameter, click.Argument):
        metavar = parameter.make_metavar(ctx) if ctx is not None else parameter.human_readable_name
        return metavar.strip("[].…")
    return max(parameter.opts, key=len)


class Choice(click.Choice[str]):
    """One of some words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check that the word is one of them."""
        if value in self.choices:
            return str(value)
        fault = message(
            "cli.not-a-choice",
            option=parameter_name(param, ctx),
            value=str(value),
            suggestion=did_you_mean(str(value), map(str, self.choices)),
        )
        raise UsageFault(fault, ctx)


class Count(_CountType):
    """A whole number from 1."""

    name = "count"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Check that it is one."""
        try:
            number = int(value)
        except ValueError:
            number = 0
        if number < 1:
            name = parameter_name(param, ctx)
            raise UsageFault(message("cli.not-a-count", option=name, value=str(value)), ctx)
        return number


class OutputFile(_PathType):
    """The path of a file to write, which is not a folder."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Check that no folder is in the way."""
        path = Path(value)
        if path.is_dir():
            name = parameter_name(param, ctx)
            raise UsageFault(message("cli.is-a-folder", option=name, path=str(path)), ctx)
        return path
