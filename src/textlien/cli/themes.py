"""The command ``textlien themes``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.markup import escape

from textlien.cli.display import out, print_table
from textlien.cli.parameters import STUDY
from textlien.cli.translated import Command
from textlien.messages.translator import Translator, translator

if TYPE_CHECKING:
    import pandas as pd


@click.command(cls=Command, help="cli.themes")
@STUDY
def themes(study: Path) -> int:
    """Print the themes of the last run."""
    from textlien.commands.themes import list_themes
    from textlien.study.loading import load

    print_table(theme_table(list_themes(load(study)), translator()))
    out.print(escape(translator().text("cli.themes-next", study=str(study))))
    return 0


def theme_table(themes: pd.DataFrame, translator: Translator) -> pd.DataFrame:
    """Put the list of themes in the words of a language, shares with their sign."""
    from textlien.exchange.readable import readable

    shares = [translator.share(share) for share in themes["share"]]
    return readable(themes.assign(share=shares), translator)
