"""Arguments and options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from textlien.cli.language import speak_as_study
from textlien.cli.translated import Argument, Option
from textlien.cli.usage import Count, UsageFault
from textlien.messages.message import message

FILE = click.Path(path_type=Path)

option = partial(click.option, cls=Option)
argument = partial(click.argument, cls=Argument)


def _speak_as_study(ctx: click.Context, _argument: click.Parameter, study: Path) -> Path:
    """Speak the language of the study from here on, where no option asks for another.

    Raises
    ------
    UsageFault
        When a folder was typed: it names the study files that are in it.
    """
    if study.is_dir():
        files = tuple(str(path) for path in sorted(study.glob("*.toml")) if _is_study(path))
        raise UsageFault(
            message("cli.study-is-a-folder", path=str(study), files=files)
            if files
            else message("cli.folder-without-study", path=str(study)),
            ctx,
        )
    speak_as_study(study, ctx.find_root().obj or "")
    return study


def _is_study(path: Path) -> bool:
    """True for a file that declares a corpus; its faults are reported on loading."""
    try:
        return "[[corpus]]" in path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return False


STUDY: Callable[..., Any] = argument(
    "study",
    type=FILE,
    callback=_speak_as_study,
    metavar="cli.metavar-study",
    about="cli.about-study",
)
WORKERS: Callable[..., Any] = option("--workers", type=Count(), help="cli.workers")


def all_processors() -> int:
    """Number of processors that this process may use."""
    from textlien.pipeline.parallel import workers_available

    return workers_available()
