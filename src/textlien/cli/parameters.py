"""Arguments and options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from textlien.cli.language import speak_as_study
from textlien.cli.translated import Argument, Option
from textlien.cli.usage import Count

FILE = click.Path(path_type=Path)

option = partial(click.option, cls=Option)
argument = partial(click.argument, cls=Argument)


def _speak_as_study(ctx: click.Context, _argument: click.Parameter, study: Path) -> Path:
    """Speak the language of the study from here on, where no option asks for another."""
    speak_as_study(study, ctx.find_root().obj or "")
    return study


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
