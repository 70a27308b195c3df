"""A range of numbers of themes, for a terminal."""

from __future__ import annotations

from pathlib import Path

from rich.markup import escape

from textlien.cli.display import Display, out, print_problems, print_table
from textlien.cli.parameters import all_processors
from textlien.messages.translator import translator


def compare_numbers(study: Path, text: str, workers: int | None) -> int:
    """Print the table of a range of k, what is recommended, and where the page is.

    Parameters
    ----------
    study : its file.
    text : the range, as it was typed.
    workers : number of processes; None for all processors.
    """
    from textlien.commands.k_range import measure_range
    from textlien.report.k_range import range_cells
    from textlien.themes.k_range.grid import read_range

    ks = read_range(text)
    with Display() as display:
        done = measure_range(
            study,
            ks,
            workers=workers or all_processors(),
            watcher=display,
            translator=translator(),
        )
    print_problems(done.problems)
    cells = range_cells(done.table, translator())
    seconds = [translator().decimal(each, 1) for each in done.seconds]
    print_table(cells.assign(**{translator().text("columns.seconds"): seconds}))
    for sentences in done.advice:
        out.print()
        out.print(escape(" ".join(map(translator().message, sentences))))
    out.print()
    files = ", ".join(map(str, done.files))
    out.print(escape(translator().text("cli.themes-k-next", files=files)))
    return 0
