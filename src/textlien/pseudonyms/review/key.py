"""The key: who is behind each pseudonym. One file, kept apart, for its owner alone.

It is a table of three kinds of rows: names, files and persons of the metadata. An encrypted key
is a file of the age format (https://age-encryption.org), so that « age --decrypt » opens it too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from textlien.errors import Problem, TextlienError
from textlien.files.atomic import write_bytes
from textlien.files.csvfile import csv_text
from textlien.files.encoding import decode
from textlien.files.formula_guard import guarded, unguarded
from textlien.files.source import reason_of
from textlien.messages.message import Location
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.review.rows import (
    COLUMNS,
    action_of,
    key_cells,
    kind_of,
    named_columns,
    several,
)
from textlien.text.folding import fold

Ask = Callable[[bool], str]
"""Gives the passphrase; called with True for a new one, which is typed twice."""

_ENCRYPTED = b"age-encryption.org/"
_ARMOURED = b"-----BEGIN AGE"
_PART = "rubrique"
_HEADER = (_PART, "form", "kind", "entity", "pseudonym", "action", "files")
_NAME, _FILE, _PERSON = "nom", "fichier", "personne"


class RenamedFile(NamedTuple):
    """An interview, the file that it was read from, and the file that it is in now."""

    interview: str
    file: str
    new: str


@dataclass(frozen=True, slots=True)
class Key:
    """The content of a key.

    Attributes
    ----------
    names : rows that were replaced, and those kept, which an audit has to know.
    files : of each interview, where it was and where it is.
    persons : new by old identifier of the metadata.
    lines, person_lines : line in the table of each of ``names`` and ``persons``.
    """

    names: tuple[Name, ...] = ()
    files: tuple[RenamedFile, ...] = ()
    persons: dict[str, str] = field(default_factory=dict)
    lines: tuple[int, ...] = ()
    person_lines: dict[str, int] = field(default_factory=dict)


def read_key(path: Path, ask: Ask) -> Key:
    """Read a key; the passphrase is asked for when it is encrypted.

    Raises
    ------
    TextlienError
        When the file is missing, is not a key, or the passphrase is wrong.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        location = Location(file=str(path))
        problem = Problem.error("pseudonyms.key-not-opened", location, reason=reason_of(error))
        raise TextlienError(problem) from error
    if is_encrypted(content):
        content = _decrypted(content, path, ask(False))
    text = decode(content, str(path)).text.lstrip("\ufeff")
    return _parsed(text, path)


def is_encrypted(content: bytes) -> bool:
    """True for a file of the age format."""
    return content.startswith((_ENCRYPTED, _ARMOURED))


def _decrypted(content: bytes, path: Path, passphrase: str) -> bytes:
    """The content of an encrypted key."""
    from pyrage import DecryptError
    from pyrage import passphrase as by_passphrase

    try:
        plain: bytes = by_passphrase.decrypt(content, passphrase)
    except DecryptError as error:
        location = Location(file=str(path))
        raise TextlienError(Problem.error("pseudonyms.wrong-passphrase", location)) from error
    return plain


def write_key(path: Path, key: Key, passphrase: str = "") -> None:
    """Write a key at once or not at all, readable by its owner alone.

    Parameters
    ----------
    path : where; an older key there is replaced.
    key : its content.
    passphrase : encrypts it, unless it is empty.
    """
    content = ("\ufeff" + _table(key)).encode()
    if passphrase:
        from pyrage import passphrase as by_passphrase

        content = by_passphrase.encrypt(content, passphrase)
    write_bytes(path, content, mode=0o600)


def merged(old: Key, new: Key) -> Key:
    """Both keys; for a name, a file or a person that both have, the entry of ``new``."""
    named = {(name.form, name.files) for name in new.names}
    files = {file.interview for file in new.files}
    kept = tuple(name for name in old.names if (name.form, name.files) not in named)
    return Key(
        (*kept, *new.names),
        (*(file for file in old.files if file.interview not in files), *new.files),
        {**old.persons, **new.persons},
    )


def conflicts(key: Key, rows: Sequence[tuple[int, Name]], file: str) -> list[Problem]:
    """Rows of a sheet that contradict the key: another pseudonym, or one of somebody else.

    Parameters
    ----------
    key : of the batches before.
    rows : of the sheet, with their numbers.
    file : name of the sheet.
    """
    replaced = {(name.form, name.files): name for name in key.names if name.action == "replace"}
    owners: dict[str, set[str]] = {}
    for name in replaced.values():
        if name.kind == "person":
            owners.setdefault(fold(name.pseudonym), set()).add(fold(name.form))
    problems = []
    for number, name in rows:
        if name.action != "replace":
            continue
        before = replaced.get((name.form, name.files))
        location = Location(file=file, row=number)
        if before and fold(before.pseudonym) != fold(name.pseudonym):
            problems.append(
                Problem.error(
                    "pseudonyms.key-has-another",
                    location,
                    form=name.form,
                    pseudonym=before.pseudonym,
                )
            )
        elif not before and _is_of_another(name, owners, rows):
            pseudonym = name.pseudonym
            problems.append(
                Problem.error("pseudonyms.key-has-owner", location, pseudonym=pseudonym)
            )
    return problems


def _is_of_another(
    name: Name, owners: dict[str, set[str]], rows: Sequence[tuple[int, Name]]
) -> bool:
    """True when the key gives this pseudonym to none of the forms of the same person."""
    forms = owners.get(fold(name.pseudonym), set())
    same = {fold(other.form) for _, other in rows if other.entity == name.entity}
    return name.kind == "person" and bool(forms) and not forms & same and not name.is_generic


def _table(key: Key) -> str:
    """A key as CSV: names, files and persons."""
    rows = [[_PART, *(COLUMNS[column][0] for column in _HEADER[1:])]]
    for name in key.names:
        cells = key_cells(name)
        rows.append([_NAME, *(guarded(cells[column]) for column in _HEADER[1:])])
    for file in key.files:
        rows.append([_FILE, guarded(file.file), "", "", guarded(file.new), "", file.interview])
    for person, pseudonym in key.persons.items():
        rows.append([_PERSON, guarded(person), "", "", guarded(pseudonym), "", ""])
    return csv_text(rows, separator=";", line_end="\r\n")


def _parsed(text: str, path: Path) -> Key:
    """A key from its CSV."""
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header = next(lines, [])
    columns = named_columns(header)
    if not {"form", "pseudonym"} <= columns.keys() or fold(header[0]) != _PART:
        raise TextlienError(Problem.error("pseudonyms.not-a-key", Location(file=str(path))))
    names: dict[int, Name] = {}
    files: list[RenamedFile] = []
    persons: dict[str, str] = {}
    person_lines: dict[str, int] = {}
    for number, cells in enumerate(lines, start=2):
        padded = [unguarded(cell.strip()) for cell in cells] + [""] * len(header)
        row = {field: padded[index] for field, index in columns.items()}
        if padded[0] == _NAME:
            names[number] = _name(row, Location(file=str(path), line=number))
        elif padded[0] == _FILE:
            files.append(RenamedFile(row["files"], row["form"], row["pseudonym"]))
        elif padded[0] == _PERSON:
            persons[row["form"]] = row["pseudonym"]
            person_lines[row["form"]] = number
    return Key(tuple(names.values()), tuple(files), persons, tuple(names), person_lines)


def _name(row: dict[str, str], location: Location) -> Name:
    """A row of names."""
    kind, action = kind_of(row.get("kind", "")), action_of(row.get("action", ""))
    if kind is None or action is None or not row["form"]:
        raise TextlienError(Problem.error("pseudonyms.broken-key", location))
    files = several(row.get("files", ""))
    return Name(row["form"], kind, row.get("entity", ""), row["pseudonym"], action, files)
