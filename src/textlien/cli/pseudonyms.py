"""``textlien pseudonymise``: suggest, apply, audit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.markup import escape

from textlien.cli.display import out, print_table
from textlien.cli.parameters import FILE, STUDY, WORKERS, all_processors, argument, option
from textlien.cli.translated import Group
from textlien.errors import Problem, TextlienError
from textlien.messages.message import Location, Message, Value, message
from textlien.messages.translator import translator

if TYPE_CHECKING:
    import pandas as pd

    from textlien.commands.pseudonymise import Suggested
    from textlien.pseudonyms.audit.audit import Leak
    from textlien.pseudonyms.model import Action, Kind
    from textlien.pseudonyms.replacing.apply import Applied

NAMES: Callable[..., Any] = option("--names", type=FILE, help="pseudonyms.option-names")
PASSPHRASE: Callable[..., Any] = option(
    "--passphrase-file", type=FILE, help="pseudonyms.option-passphrase-file"
)
KEY: Callable[..., Any] = option(
    "--key", "key", type=FILE, required=True, help="pseudonyms.option-key"
)


@click.group(cls=Group, help="pseudonyms.command")
def pseudonymise() -> None:
    """Run a step of pseudonymisation."""


@pseudonymise.command(help="pseudonyms.command-suggest")
@STUDY
@NAMES
@option("--key", type=FILE, help="pseudonyms.option-old-key")
@PASSPHRASE
@WORKERS
def suggest(
    study: Path,
    names: Path | None,
    key: Path | None,
    passphrase_file: Path | None,
    workers: int | None,
) -> int:
    """Write the sheet of names, or bring it up to date."""
    from textlien.commands.pseudonymise import suggest_names

    suggested = suggest_names(
        study,
        names,
        key=key,
        ask=partial(passphrase, passphrase_file),
        workers=workers or all_processors(),
        language=translator().language,
    )
    total = suggested.kept + suggested.new
    if total:
        print_table(_table_of_kinds(suggested.kinds))
    _print(
        message(
            "pseudonyms.suggested",
            path=str(suggested.path),
            n=total,
            changes=tuple(_changes(suggested)),
        )
    )
    errors = (problem for problem in suggested.problems if problem.severity == "error")
    left_out = {problem.location.file for problem in errors}
    if left_out:
        _print(message("pseudonyms.files-left-out", n=len(left_out), study=str(study)))
    typed = f" --names {names}" if names else ""
    _print(message("pseudonyms.next-review", study=str(study), names=typed))
    return 0


@pseudonymise.command(help="pseudonyms.command-apply")
@STUDY
@option("--to", "folder", type=FILE, required=True, help="pseudonyms.option-to")
@KEY
@NAMES
@option("--encrypt", is_flag=True, help="pseudonyms.option-encrypt")
@PASSPHRASE
@WORKERS
def apply(
    study: Path,
    folder: Path,
    key: Path,
    names: Path | None,
    encrypt: bool,
    passphrase_file: Path | None,
    workers: int | None,
) -> int:
    """Write the corpus with pseudonyms, and the key."""
    from textlien.commands.pseudonymise import apply_sheet
    from textlien.pseudonyms.review.key import is_encrypted

    applied = apply_sheet(
        study,
        names,
        folder,
        key,
        encrypt=encrypt,
        ask=partial(passphrase, passphrase_file),
        workers=workers or all_processors(),
    )
    _print_applied(applied, study)
    if is_encrypted(key.read_bytes()):
        _print(message("pseudonyms.key-encrypted", key=str(key)))
    else:
        _print(message("pseudonyms.key-plain", key=str(key)))
    _print(message("pseudonyms.next-audit", study=str(study), folder=str(folder), key=str(key)))
    _print(message("pseudonyms.remain-personal"))
    return 1 if applied.interviews_left_out or applied.rows_left_out else 0


def _print_applied(applied: Applied, study: Path) -> None:
    """Report the corpus written, that it was read back, and omissions."""
    _print(
        message(
            "pseudonyms.applied",
            file=str(applied.study_file),
            interviews=applied.interviews,
            replaced=applied.replaced,
            codings=applied.codings,
        )
    )
    _print(message("pseudonyms.read-back"))
    if applied.rows_left_out:
        _print(message("pseudonyms.rows-left-out", n=applied.rows_left_out))
    if applied.interviews_left_out:
        n = applied.interviews_left_out
        _print(message("pseudonyms.interviews-left-out", n=n, study=str(study)))


@pseudonymise.command(help="pseudonyms.command-audit")
@STUDY
@argument("folder", type=FILE, metavar="cli.metavar-folder", about="pseudonyms.about-folder")
@KEY
@PASSPHRASE
def audit(study: Path, folder: Path, key: Path, passphrase_file: Path | None) -> int:
    """Print where real names are left in a folder."""
    from textlien.commands.pseudonymise import audit_folder

    result = audit_folder(study, folder, key, ask=partial(passphrase, passphrase_file))
    if result.possible:
        _print(message("pseudonyms.possible-names"))
        _print_leaks(result.possible)
    if result.sure:
        _print(message("pseudonyms.real-names"))
        _print_leaks(result.sure)
    for file, reason in result.closed:
        _print(message("pseudonyms.closed-file", file=file, reason=reason))
    sure = message("pseudonyms.no-real-name")
    if result.sure:
        sure = message("pseudonyms.places-with-names", n=len(result.sure))
    possible = len(result.possible)
    _print(message("pseudonyms.audited", files=result.files, sure=sure, possible=possible))
    if result.sure:
        _print(message("pseudonyms.next-correct"))
    return 1 if result.sure or result.closed else 0


def passphrase(path: Path | None, is_new: bool) -> str:
    """The passphrase: the first line of a file, or typed by a person.

    Parameters
    ----------
    path : the file, or None to ask.
    is_new : True for a new passphrase, which is typed twice.

    Raises
    ------
    TextlienError
        When the file cannot be read or its first line is empty.
    """
    if path is None:
        prompt = translator().text("pseudonyms.passphrase")
        return str(click.prompt(prompt, hide_input=True, confirmation_prompt=is_new, err=True))
    from textlien.files.source import cannot_open

    location = Location(file=str(path), line=1)
    try:
        line = path.read_text(encoding="utf-8-sig").partition("\n")[0].strip("\r")
    except OSError as error:
        raise TextlienError(cannot_open(error, str(path))) from error
    except UnicodeDecodeError as error:
        raise TextlienError(Problem.error("pseudonyms.passphrase-not-text", location)) from error
    if not line:
        raise TextlienError(Problem.error("pseudonyms.passphrase-empty", location))
    return line


def _print(text: Message) -> None:
    """Print a message in the language of the command line."""
    out.print(escape(translator().message(text)))


def _changes(suggested: Suggested) -> Iterator[Value]:
    """Numbers of rows that are new, kept, and gone."""
    yield message("pseudonyms.change-new", n=suggested.new)
    if suggested.kept:
        yield message("pseudonyms.change-kept", n=suggested.kept)
    if suggested.gone:
        yield message("pseudonyms.change-gone", n=suggested.gone)


def _table_of_kinds(counts: Mapping[tuple[Kind, Action], int]) -> pd.DataFrame:
    """One line per kind: numbers of names to replace, to keep, to decide."""
    import pandas as pd

    from textlien.pseudonyms.model import KIND_ORDER
    from textlien.pseudonyms.review.rows import ACTIONS

    kinds = [kind for kind in KIND_ORDER if any((kind, action) in counts for action in ACTIONS)]
    text = translator().text
    columns = {
        text(f"pseudonyms.column-{action}"): [counts.get((kind, action), 0) for kind in kinds]
        for action in ACTIONS
    }
    names = [text(f"pseudonyms.kind-{kind}") for kind in kinds]
    return pd.DataFrame({text("pseudonyms.column-kind"): names, **columns})


def _print_leaks(leaks: list[Leak]) -> None:
    """Print one line per leak; forms are masked."""
    import pandas as pd

    text = translator().text
    table = pd.DataFrame(
        {
            text("pseudonyms.column-file"): [leak.file for leak in leaks],
            text("pseudonyms.column-where"): [
                translator().message(leak.place.message()) for leak in leaks
            ],
            text("pseudonyms.column-form"): [leak.masked for leak in leaks],
            text("pseudonyms.column-row"): [leak.row for leak in leaks],
            text("pseudonyms.column-times"): [leak.times for leak in leaks],
        }
    )
    print_table(table)
    out.print()
