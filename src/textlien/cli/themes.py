"""The command ``textlien themes``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.markup import escape

from textlien.cli.display import out, print_problems, print_table
from textlien.cli.parameters import FILE, STUDY, WORKERS, option
from textlien.cli.translated import Command
from textlien.cli.usage import UsageFault
from textlien.files.toml import inline
from textlien.messages.message import message
from textlien.messages.translator import Translator, translator

if TYPE_CHECKING:
    import pandas as pd


@click.command(cls=Command, help="cli.themes")
@STUDY
@option("--k", "ks", metavar="cli.metavar-range", default="", help="cli.themes-k")
@option("--save", "model", type=FILE, metavar="cli.metavar-folder", help="cli.themes-save")
@option("--compare", "other", type=FILE, metavar="cli.metavar-folder", help="cli.themes-compare")
@option("--write", is_flag=True, help="cli.themes-write")
@WORKERS
def themes(
    study: Path,
    ks: str,
    model: Path | None,
    other: Path | None,
    write: bool,
    workers: int | None,
) -> int:
    """Print the themes of the last run, keep or compare them, or compare numbers of themes."""
    from textlien.cli.k_range import compare_numbers
    from textlien.cli.theme_models import compare_themes, print_outside, save_themes
    from textlien.commands.themes import list_themes
    from textlien.study.loading import load

    typed = {"--k": ks, "--save": model, "--compare": other, "--write": write}
    asked = tuple(name for name, value in typed.items() if value)
    if len(asked) > 1:
        raise UsageFault(message("cli.options-exclude", options=asked), click.get_current_context())
    if write:
        return _write(study)
    if ks:
        return compare_numbers(study, ks, workers)
    if model:
        return save_themes(study, model)
    if other:
        return compare_themes(study, other)
    print_table(theme_table(list_themes(load(study)), translator()), widest=_WIDEST_LABEL)
    out.print(escape(translator().text("cli.themes-next", study=str(study))))
    print_outside(load(study))
    return 0


_WIDEST_LABEL = 120
"""Characters of a label that are printed: three expressions have room."""


def _write(study_file: Path) -> int:
    """Write the file of themes, or print the entries that it lacks."""
    from textlien.commands.themes import draft_themes
    from textlien.study.loading import load

    draft, words = draft_themes(load(study_file), translator()), translator()
    print_problems(draft.problems)
    if draft.is_new:
        text = words.text("cli.themes-written", file=draft.file, n=len(draft.entries))
    elif draft.entries:
        text = words.text("cli.themes-to-paste", file=draft.file, n=len(draft.entries))
    else:
        text = words.text("cli.themes-all-have-entries", file=draft.file)
    out.print(escape(text))
    if not draft.is_new and draft.entries:
        click.echo("\n" + "\n".join(draft.entries))
    after = "cli.themes-then-run" if draft.is_read else "cli.themes-then-name"
    out.print(escape(words.text(after, file=inline(draft.file), study=str(study_file))))
    return 0


def theme_table(themes: pd.DataFrame, translator: Translator) -> pd.DataFrame:
    """Put the list of themes in the words of a language, shares with their sign."""
    from textlien.exchange.readable import readable

    shares = [translator.share(share) for share in themes["share"]]
    return readable(themes.assign(share=shares), translator)
