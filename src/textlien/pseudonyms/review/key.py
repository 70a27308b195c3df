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

from textlien.errors import Problem
from textlien.files.atomic import write_bytes
from textlien.files.encoding import decode
from textlien.files.formula_guard import guarded, unguarded
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.review.rows import (
    COLUMNS,
    actions_of,
    kinds_of,
    name_cells,
    named_columns,
)
from textlien.raw import raw_error, raw_problem
from textlien.text.folding import fold

Ask = Callable[[bool], str]
"""Gives the passphrase; told whether it is a new one, to be typed twice."""

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
    """What a key says.

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
        When the file is missing, is no key, or the passphrase is wrong.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise raw_error(
            f"{path}: the key cannot be opened ({error.strerror}).", "Correct --key."
        ) from error
    if is_encrypted(content):
        content = _decrypted(content, path, ask(False))
    text = decode(content, str(path)).text.lstrip("\ufeff")
    return _parsed(text, path)


def is_encrypted(content: bytes) -> bool:
    """Whether ``content`` is a file of the age format."""
    return content.startswith((_ENCRYPTED, _ARMOURED))


def _decrypted(content: bytes, path: Path, passphrase: str) -> bytes:
    from pyrage import DecryptError
    from pyrage import passphrase as by_passphrase

    try:
        plain: bytes = by_passphrase.decrypt(content, passphrase)
    except DecryptError as error:
        raise raw_error(
            f"{path}: the passphrase is wrong, or the file is damaged.",
            "Type it again. Nobody can open the key without it.",
        ) from error
    return plain


def write_key(path: Path, key: Key, passphrase: str = "") -> None:
    """Write a key at once or not at all, readable by its owner alone.

    Parameters
    ----------
    path : where; an older key there is replaced.
    key : what it says.
    passphrase : encrypts it, unless it is empty.
    """
    content = ("\ufeff" + _table(key)).encode()
    if passphrase:
        from pyrage import passphrase as by_passphrase

        content = by_passphrase.encrypt(content, passphrase)
    write_bytes(path, content, mode=0o600)


def merged(old: Key, new: Key) -> Key:
    """Both keys; of a name, a file or a person that both have, what ``new`` says."""
    named = {(name.form, name.files) for name in new.names}
    files = {file.interview for file in new.files}
    kept = tuple(name for name in old.names if (name.form, name.files) not in named)
    return Key(
        (*kept, *new.names),
        (*(file for file in old.files if file.interview not in files), *new.files),
        {**old.persons, **new.persons},
    )


def conflicts(key: Key, rows: Sequence[tuple[int, Name]], shown: str) -> list[Problem]:
    """Rows of a sheet that say otherwise than the key: another pseudonym, or one that is taken.

    Parameters
    ----------
    key : of the batches before.
    rows : of the sheet, with their numbers.
    shown : name of the sheet.
    """
    known = {(name.form, name.files): name for name in key.names if name.action == "replace"}
    owners: dict[str, set[str]] = {}
    for name in known.values():
        if name.kind == "person":
            owners.setdefault(fold(name.pseudonym), set()).add(fold(name.form))
    problems = []
    for number, name in rows:
        if name.action != "replace":
            continue
        before = known.get((name.form, name.files))
        place = f"row {number}"
        if before and fold(before.pseudonym) != fold(name.pseudonym):
            message = f'the key has the pseudonym "{before.pseudonym}" for this form.'
            hint = "Write that one, or give another --key to begin anew."
            problems.append(raw_problem(shown, message, hint, place))
        elif not before and _is_taken(name, owners, rows):
            message = f'the key has the pseudonym "{name.pseudonym}" for somebody else.'
            problems.append(raw_problem(shown, message, "Choose another one.", place))
    return problems


def _is_taken(name: Name, owners: dict[str, set[str]], rows: Sequence[tuple[int, Name]]) -> bool:
    """Whether the key gives this pseudonym to none of the forms of the same person."""
    forms = owners.get(fold(name.pseudonym), set())
    own = {fold(other.form) for _, other in rows if other.entity == name.entity}
    is_generic = name.pseudonym.startswith("[")
    return name.kind == "person" and bool(forms) and not forms & own and not is_generic


def _table(key: Key) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([_PART, *(COLUMNS[column][0] for column in _HEADER[1:])])
    for name in key.names:
        cells = name_cells(name)
        writer.writerow([_NAME, *(guarded(cells[column]) for column in _HEADER[1:])])
    for file in key.files:
        row = [_FILE, guarded(file.file), "", "", guarded(file.new), "", file.interview]
        writer.writerow(row)
    for person, pseudonym in key.persons.items():
        writer.writerow([_PERSON, guarded(person), "", "", guarded(pseudonym), "", ""])
    return buffer.getvalue()


def _parsed(text: str, path: Path) -> Key:
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header = next(lines, [])
    columns = named_columns(header)
    missing = {"form", "pseudonym"} - set(columns)
    if missing or fold(header[0]) != _PART:
        raise raw_error(f"{path}: this is not a key of textlien.", "Correct --key.")
    names: list[Name] = []
    numbers: list[int] = []
    files: list[RenamedFile] = []
    persons: dict[str, str] = {}
    person_lines: dict[str, int] = {}
    for number, cells in enumerate(lines, start=2):
        padded = [unguarded(cell.strip()) for cell in cells] + [""] * len(header)
        row = {ours: padded[index] for ours, index in columns.items()}
        if padded[0] == _NAME:
            names.append(_name(row, path, number))
            numbers.append(number)
        elif padded[0] == _FILE:
            files.append(RenamedFile(row["files"], row["form"], row["pseudonym"]))
        elif padded[0] == _PERSON:
            persons[row["form"]] = row["pseudonym"]
            person_lines[row["form"]] = number
    return Key(tuple(names), tuple(files), persons, tuple(numbers), person_lines)


def _name(row: dict[str, str], path: Path, number: int) -> Name:
    kind, action = kinds_of(row.get("kind", "")), actions_of(row.get("action", ""))
    if kind is None or action is None or not row["form"]:
        raise raw_error(f"{path}, line {number}: not a row of a key.", "Restore the key.")
    files = tuple(filter(None, (part.strip() for part in row.get("files", "").split(";"))))
    return Name(row["form"], kind, row.get("entity", ""), row["pseudonym"], action, files)
