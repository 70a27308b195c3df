"""New files of interviews and new identifiers of persons, without anybody's name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from textlien.corpus.discovery import identifier_of
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.replacing.replace import Say, saying_loosely
from textlien.pseudonyms.review.key import Key, RenamedFile


def key_of(interviews: pd.DataFrame, names: Sequence[Name], old: Key) -> Key:
    """The key of this corpus: names, new files and new persons; entries of ``old`` stay.

    Parameters
    ----------
    interviews : table ``interviews`` of those that are included.
    names : rows of the sheet.
    old : the key of the batches before, or an empty one.
    """
    say = saying_loosely(names)
    persons = _new_persons(interviews["person"], say, old)
    files = _new_files(interviews, say, old)
    decided = tuple(name for name in names if name.action != "ask")
    return Key(decided, tuple(files), persons)


def _new_files(interviews: pd.DataFrame, say: Say, old: Key) -> list[RenamedFile]:
    """One file per interview, named after city and actor, which identify nobody, and a number.

    Its folder is the wave, so that identifiers are « 2013-creil-maire-01 ».
    """
    before = {file.interview: file.new for file in old.files}
    used = set(before.values())
    files = []
    for row in interviews.to_dict("records"):
        interview = str(row["interview_id"])
        new = before.get(interview) or _free_file(row, say, used)
        used.add(new)
        files.append(RenamedFile(interview, str(row["file"]), new))
    return files


def _free_file(row: Mapping[Any, Any], say: Say, used: set[str]) -> str:
    """The first file of an interview's wave, city and actor that is not used."""
    parts = [say(str(row[part])) for part in ("city", "actor")]
    stem = "_".join(filter(None, map(identifier_of, parts))) or "entretien"
    folder = identifier_of(say(str(row["wave"]))) or "wave"
    number = 1
    while (file := f"transcripts/{folder}/{stem}_{number:02d}.csv") in used:
        number += 1
    return file


def _new_persons(persons: Iterable[str], say: Say, old: Key) -> dict[str, str]:
    """An identifier for each person of the metadata.

    One that has a name of the sheet gets its pseudonym; one with a digit is a code and stays;
    any other may be a name that nobody says in the interviews, and becomes a number.
    """
    new: dict[str, str] = {}
    used = set(old.persons.values())
    for person in dict.fromkeys(str(person) for person in persons if person):
        identifier = old.persons.get(person) or _free_identifier(person, say, used)
        used.add(identifier)
        new[person] = identifier
    return new


def _free_identifier(person: str, say: Say, used: set[str]) -> str:
    """The pseudonym or the code of a person, or else a number."""
    replaced = say(person)
    is_code = any(char.isdigit() for char in person)
    identifier = replaced if replaced != person or is_code else ""
    number = 1
    while not identifier or identifier in used:
        identifier = f"personne-{number:03d}"
        number += 1
    return identifier
