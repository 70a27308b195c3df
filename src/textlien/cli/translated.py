"""Commands and options of click whose texts are identifiers of the catalogue.

``help`` and ``metavar`` of these classes are identifiers: they become words when help is
displayed, in the language of that moment, so that nothing is translated on import.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from typing import Any

import click
from rich.markup import escape

import textlien
from textlien.cli.display import err
from textlien.cli.language import OPTION as LANGUAGE_OPTION
from textlien.cli.language import language_of_arguments
from textlien.cli.usage import Choice, UsageFault, fault_of, no_such_command
from textlien.errors import Problem, TextlienError
from textlien.messages.catalogue import LANGUAGES, speaking
from textlien.messages.message import Location, message
from textlien.messages.translator import translator

NOTHING_DONE = 2
"""Exit code when nothing could be done."""

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells expect it."""

_TYPE_METAVARS = {"count": "cli.metavar-count", "path": "cli.metavar-path"}
"""Names of types of parameters → the words that stand for their values."""


def _metavar(parameter: click.Parameter) -> str:
    """The word that stands for the value of an argument or option."""
    if parameter.metavar is not None:
        return translator().text(parameter.metavar)
    if isinstance(parameter.type, click.Choice):
        return f"[{'|'.join(map(str, parameter.type.choices))}]"
    return translator().text(_TYPE_METAVARS[parameter.type.name])


class Option(click.Option):
    """An option whose ``help`` and ``metavar`` are identifiers of the catalogue."""

    def make_metavar(self, ctx: click.Context) -> str:  # noqa: ARG002 - click gives it
        """The word that stands for the value."""
        return _metavar(self)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Spelling of the option and its help."""
        metavar = "" if self.is_flag else f" {self.make_metavar(ctx)}"
        text = translator().text(self.help or "")
        if self.show_default:
            text += f" {translator().text('cli.default', value=str(self.default))}"
        return f"{', '.join(sorted(self.opts, key=len))}{metavar}", text


class Argument(click.Argument):
    """An argument whose ``metavar`` is an identifier of the catalogue.

    Parameters
    ----------
    about : identifier of its description.
    """

    def __init__(self, *arguments: Any, about: str, **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        self.about = about

    def make_metavar(self, ctx: click.Context) -> str:  # noqa: ARG002 - click gives it
        """The word that stands for the value, in brackets where it may be left out."""
        name = _metavar(self)
        return (name if self.required else f"[{name}]") + ("…" if self.nargs != 1 else "")

    def record(self, ctx: click.Context) -> tuple[str, str]:
        """Spelling of the argument and its help."""
        return self.make_metavar(ctx), translator().text(self.about)


def _show_help(ctx: click.Context, _option: click.Parameter, is_asked: bool) -> None:
    """Print the help of a command and stop."""
    if is_asked and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


def show_version(ctx: click.Context, _option: click.Parameter, is_asked: bool) -> None:
    """Print the version and stop."""
    if is_asked and not ctx.resilient_parsing:
        click.echo(f"textlien {textlien.__version__}")
        ctx.exit()


def _common_options() -> list[click.Parameter]:
    """Options of every command: language and help."""
    return [
        Option(
            [LANGUAGE_OPTION, "language"],
            type=Choice(LANGUAGES),
            expose_value=False,
            help="cli.lang",
        ),
        Option(
            ["-h", "--help", "asks_help"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_help,
            help="cli.help",
        ),
    ]


class Command(click.Command):
    """A command whose ``help`` is an identifier of the catalogue; ``hint`` holds its details."""

    def __init__(self, *arguments: Any, **attributes: Any) -> None:
        super().__init__(*arguments, **(attributes | {"add_help_option": False}))
        self.params += _common_options()
        # Left to click, a word too many would be reported in English.
        self.allow_extra_args = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments; words that belong to no argument are an error."""
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        if rest and not isinstance(self, click.Group) and not ctx.resilient_parsing:
            raise UsageFault(
                message("cli.unexpected-arguments", n=len(rest), words=tuple(rest)), ctx
            )
        return rest

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - click gives it
        """Help of the command in a line."""
        return translator().text(self.help or "").rstrip(".")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Words after the name of the command on the usage line."""
        pieces = [translator().text("cli.metavar-options")]
        pieces += [part.make_metavar(ctx) for part in _arguments(self)]
        if isinstance(self, click.Group):
            pieces.append(translator().text("cli.metavar-command"))
        return pieces

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        prefix = translator().text("cli.usage")
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{prefix} ")

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write usage, text, arguments, options and commands."""
        self.format_usage(ctx, formatter)
        formatter.write_paragraph()
        with formatter.indentation():
            for text in (translator().text(self.help or ""), translator().hint(self.help or "")):
                if text:
                    formatter.write_text(text)
                    formatter.write_paragraph()
        formatter.buffer.pop()
        sections = {
            "cli.arguments": [part.record(ctx) for part in _arguments(self)],
            "cli.options": [
                record
                for part in self.params
                if isinstance(part, Option)
                for record in [part.get_help_record(ctx)]
                if record is not None
            ],
            "cli.commands": list(_commands(self, ctx)),
        }
        for heading, records in sections.items():
            if records:
                # A section of click ends its heading with an English colon.
                formatter.write(f"\n{translator().text(heading)}\n")
                with formatter.indentation():
                    formatter.write_dl(records)


def _arguments(command: click.Command) -> list[Argument]:
    """The arguments of a command, in order."""
    return [part for part in command.params if isinstance(part, Argument)]


def _commands(command: click.Command, ctx: click.Context) -> Iterator[tuple[str, str]]:
    """Name and short help of the commands of a group."""
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            subcommand = command.get_command(ctx, name)
            if subcommand is not None:
                yield name, subcommand.get_short_help_str()


class Group(Command, click.Group):
    """A group of commands; as the whole program, what turns errors into words and exit codes."""

    command_class = Command
    group_class = type

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click gives it
        """Commands in the order in which they are declared: that of the work."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was typed, and what follows it."""
        if self.get_command(ctx, args[0]) is None and not ctx.resilient_parsing:
            raise no_such_command(args[0], self, ctx)
        return super().resolve_command(ctx, args)

    def main(self, *arguments: Any, **extra: Any) -> Any:
        """Run the program and exit: 0, 1 when something was left out, 2 when nothing was done."""
        typed = extra.get("args", arguments[0] if arguments else None)
        asked = language_of_arguments(sys.argv[1:] if typed is None else typed)
        with speaking(asked):
            try:
                extra |= {"standalone_mode": False, "obj": asked}
                code = super().main(*arguments, **extra)
            except click.UsageError as error:
                _print_usage_error(error)
                code = NOTHING_DONE
            except TextlienError as error:
                _print_error(error.render(translator()))
                code = NOTHING_DONE
            except OSError as error:
                if error.errno == errno.EPIPE:
                    raise
                _print_os_error(error)
                code = NOTHING_DONE
            except click.Abort:
                err.print(translator().text("cli.interrupted"))
                code = INTERRUPTED
        sys.exit(code or 0)


def _print_error(text: str) -> None:
    """Print the problems of an error to standard error."""
    err.print(f"[bold red]{translator().text('cli.error')}[/] {escape(text)}")


def _print_usage_error(error: click.UsageError) -> None:
    """Print an error of usage, below the usage line of the command."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return
    if error.ctx is not None:
        click.echo(error.ctx.get_usage(), err=True)
        help_command = f"{error.ctx.command_path} --help"
        click.echo(f"{translator().text('cli.see-help', command=help_command)}\n", err=True)
    fault = fault_of(error)
    _print_error(translator().message(fault) if fault else error.format_message())


def _print_os_error(error: OSError) -> None:
    """Print which file could not be read or written; without a file, it was the output itself."""
    from textlien.files.source import reason_of

    id = "cli.cannot-open" if error.filename else "cli.output-lost"
    file = Location(file=str(error.filename or ""))
    problem = Problem.error(id, file, reason=reason_of(error))
    _print_error(problem.render(translator()))
