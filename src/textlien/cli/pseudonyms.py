"""What ``textlien pseudonymise`` says: from what was typed to lines and an exit code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from textlien.commands.pseudonymise import apply_sheet, audit_folder, suggest_names
from textlien.pseudonyms.review.key import Ask, is_encrypted
from textlien.raw import raw_error


@dataclass(frozen=True, slots=True)
class Options:
    """What was typed."""

    study: Path
    names: Path | None = None
    applies: bool = False
    folder: Path | None = None
    key: Path | None = None
    encrypt: bool = False
    audited: Path | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be printed, lines and tables, and the exit code."""

    code: int
    parts: Sequence[str | pd.DataFrame]


REMAIN_PERSONAL = (
    "Pseudonymised data remain personal data: posts, places and stories may still tell who spoke. "
    "Share them as such."
)


def passphrase_of(path: Path | None, prompt: Callable[[], str]) -> str:
    """The passphrase: first line of a file, or what somebody types."""
    if path is None:
        return prompt()
    try:
        passphrase = path.read_text(encoding="utf-8-sig").partition("\n")[0].strip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise raw_error(
            f"{path}: the passphrase cannot be read ({error}).", "Correct --passphrase-file."
        ) from error
    if not passphrase:
        raise raw_error(f"{path}: its first line is empty.", "Write the passphrase there.")
    return passphrase


def execute(options: Options, ask: Ask, workers: int) -> Told:
    """Do what the options say: suggest names, apply the sheet, or audit."""
    if options.audited is not None:
        if options.applies:
            raise raw_error("--apply and --audit are two steps.", "Apply first, then audit.")
        return _told_audit(options, ask)
    if options.applies:
        return _told_applied(options, ask, workers)
    if options.folder is not None or options.encrypt:
        raise raw_error("--to and --encrypt go with --apply.", "Add --apply, or leave them out.")
    return _told_suggested(options, ask, workers)


def _told_suggested(options: Options, ask: Ask, workers: int) -> Told:
    done = suggest_names(options.study, options.names, key=options.key, ask=ask, workers=workers)
    total = done.kept + done.new
    lines: list[str | pd.DataFrame] = [done.table()] if total else []
    changes = [f"{done.new:,} new"]
    if done.kept:
        changes.append(f"{done.kept:,} kept as they were")
    if done.gone:
        changes.append(f"{done.gone:,} not in the corpus any more")
    lines.append(f"{done.path}: {total:,} names ({', '.join(changes)}).")
    left_out = {problem.location.file for problem in done.problems if problem.severity == "error"}
    if left_out:
        lines.append(
            f"{len(left_out):,} files were left out, and their names: "
            f"textlien check {options.study}"
        )
    names = f" --names {options.names}" if options.names else ""
    lines.append(
        "No list finds all names. Review it in Excel or LibreOffice, column action: « remplacer » "
        "or « garder »; add a row for each name that is missing. Then:\n"
        f"  textlien pseudonymise {options.study}{names} --apply --to FOLDER --key FILE"
    )
    return Told(0, lines)


def _told_applied(options: Options, ask: Ask, workers: int) -> Told:
    if options.folder is None or options.key is None:
        raise raw_error(
            "--apply needs --to FOLDER and --key FILE.",
            "The key must not lie in the folder: keep it where only you can read it.",
        )
    done = apply_sheet(
        options.study,
        options.names,
        options.folder,
        options.key,
        encrypt=options.encrypt,
        ask=ask,
        workers=workers,
    )
    lines = [
        f"{done.study_file}: {done.interviews:,} interviews, {done.replaced:,} names replaced, "
        f"{done.codings:,} codings on the same words.",
        "All was read back: turns, speakers, roles and times are the same.",
    ]
    if done.rows_left_out:
        lines.append(f"{done.rows_left_out:,} rows of codings were left out: they point nowhere.")
    if done.interviews_left_out:
        lines.append(
            f"{done.interviews_left_out:,} interviews were left out: textlien check {options.study}"
        )
    state = "encrypted" if is_encrypted(options.key.read_bytes()) else "not encrypted"
    lines += [
        f"{options.key}: the key, {state}, for you alone. Keep it apart from the corpus.",
        "Now look for what was missed:\n"
        f"  textlien pseudonymise {options.study} --audit {options.folder} --key {options.key}",
        REMAIN_PERSONAL,
    ]
    return Told(1 if done.interviews_left_out or done.rows_left_out else 0, lines)


def _told_audit(options: Options, ask: Ask) -> Told:
    if options.audited is None or options.key is None:
        raise raw_error("--audit needs --key FILE.", "It says which names to look for.")
    done = audit_folder(options.study, options.audited, options.key, ask=ask)
    lines: list[str | pd.DataFrame] = []
    possible = done.table(sure=False)
    if len(possible):
        lines += [
            "Possible: also common words, or a part of a name that may be another's.",
            possible,
            "",
        ]
    if done.sure:
        lines += ["Real names:", done.table(sure=True), ""]
    for file, reason in done.closed:
        lines.append(f"{file}: could not be looked into ({reason}). Take it out, or look yourself.")
    found = f"{len(done.sure):,} places with real names" if done.sure else "no real name"
    lines.append(f"{done.files:,} files: {found}, {len(possible):,} possible.")
    if done.sure:
        lines.append("Add what is missing to the sheet, apply it again to a clean folder, and run.")
    return Told(1 if done.sure or done.closed else 0, lines)
