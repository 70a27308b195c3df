"""Faults of a reviewed sheet: all of them at once, each with its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from textlien.errors import Problem, did_you_mean
from textlien.messages.message import Location, Value, message
from textlien.pseudonyms.model import TITLES
from textlien.pseudonyms.review.sheet import SheetRow
from textlien.text.folding import fold
from textlien.text.normalise import normalise

_MOST_ROWS = 20
"""Rows that a message lists: one line of a terminal, and enough to begin with."""

_MOST_INTERVIEWS = 5
"""Interviews that a message lists: their names are long."""


def faults_of(
    rows: Sequence[SheetRow],
    file: str,
    where: Mapping[str, Collection[str]],
    interviews: Collection[str],
) -> list[Problem]:
    """Problems that keep a sheet from being applied.

    Parameters
    ----------
    rows : of the sheet.
    file : its name in messages.
    where : interviews in which each form occurs.
    interviews : identifiers of all interviews.
    """
    alive = [row for row in rows if not row.is_gone]
    return [
        *_undecided(alive, file),
        *_cells(alive, file, interviews),
        *_duplicates(alive, file),
        *_uncovered(alive, file, where),
        *_real_names(alive, file),
        *_entities(alive, file),
        *_shared_pseudonyms(alive, file),
    ]


def row_numbers(numbers: Sequence[int]) -> tuple[Value, ...]:
    """Row numbers for a message, of many the first ones."""
    listed: list[Value] = [str(number) for number in numbers[:_MOST_ROWS]]
    if len(numbers) > _MOST_ROWS:
        listed.append(message("pseudonyms.and-more", n=len(numbers) - _MOST_ROWS))
    return tuple(listed)


def _undecided(rows: Sequence[SheetRow], file: str) -> Iterator[Problem]:
    """Rows whose action is still « à décider »."""
    waiting = [row.number for row in rows if row.name.action == "ask"]
    if waiting:
        location = Location(file=file, row=waiting[0])
        listed = row_numbers(waiting)
        yield Problem.error("pseudonyms.undecided", location, n=len(waiting), rows=listed)


def _cells(rows: Sequence[SheetRow], file: str, interviews: Collection[str]) -> Iterator[Problem]:
    """Cells that are empty or cannot be used, row by row."""
    for row in rows:
        name, location = row.name, Location(file=file, row=row.number)
        if not name.form:
            yield Problem.error("pseudonyms.no-form", location)
        if name.action == "replace" and not name.pseudonym_words:
            yield Problem.error("pseudonyms.no-pseudonym", location)
        elif normalise(name.pseudonym) != name.pseudonym or "\n" in name.pseudonym:
            yield Problem.error("pseudonyms.odd-pseudonym", location, pseudonym=name.pseudonym)
        for interview in name.files:
            if interview not in interviews:
                # The nearest one, however far: a study has hundreds to list.
                nearest = did_you_mean(interview, interviews, cutoff=0.0)
                yield Problem.error(
                    "pseudonyms.no-such-interview",
                    location,
                    interview=interview,
                    suggestion=nearest,
                )


def _by_form(rows: Sequence[SheetRow]) -> dict[str, list[SheetRow]]:
    """Rows of each form, in order."""
    by_form: dict[str, list[SheetRow]] = defaultdict(list)
    for row in rows:
        by_form[row.name.form].append(row)
    return by_form


def _duplicates(rows: Sequence[SheetRow], file: str) -> Iterator[Problem]:
    """Rows of one form for the same interview."""
    for same in _by_form(rows).values():
        for index, row in enumerate(same):
            files = set(row.name.files)
            for other in same[:index]:
                before = set(other.name.files)
                if not files or not before or files & before:
                    location = Location(file=file, row=row.number)
                    other_row = str(other.number)
                    yield Problem.error("pseudonyms.duplicate-form", location, other=other_row)
                    break


def _uncovered(
    rows: Sequence[SheetRow], file: str, where: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """Forms whose rows are for some interviews, and that occur in others."""
    for form, same in _by_form(rows).items():
        covered = {interview for row in same for interview in row.name.files}
        others = sorted(set(where.get(form, ())) - covered)
        if others and all(row.name.files for row in same):
            yield Problem.error(
                "pseudonyms.form-elsewhere",
                Location(file=file, row=same[0].number),
                form=form,
                n=len(others),
                interviews=tuple(others[:_MOST_INTERVIEWS]),
            )


def _real_names(rows: Sequence[SheetRow], file: str) -> Iterator[Problem]:
    """Pseudonyms that are forms of the sheet."""
    real = {row.name.form_words: row.number for row in rows}
    for row in rows:
        if row.name.action != "replace" or not row.name.pseudonym:
            continue
        number = real.get(row.name.pseudonym_words)
        if number is not None:
            yield Problem.error(
                "pseudonyms.real-name",
                Location(file=file, row=row.number),
                pseudonym=row.name.pseudonym,
                other=str(number),
            )


def _replaced(rows: Sequence[SheetRow]) -> list[SheetRow]:
    """Rows with an entity and a pseudonym that is put in the place of names."""
    return [
        row
        for row in rows
        if row.name.action == "replace" and row.name.entity and row.name.pseudonym
    ]


def _entities(rows: Sequence[SheetRow], file: str) -> Iterator[Problem]:
    """Entities with several pseudonyms that are not parts of one."""
    by_entity: dict[str, list[SheetRow]] = defaultdict(list)
    for row in _replaced(rows):
        by_entity[row.name.entity].append(row)
    for entity, same in by_entity.items():
        fullest = max(same, key=lambda row: len(row.name.pseudonym_words))
        words = {*fullest.name.pseudonym_words, *TITLES}
        odd = [row.number for row in same if set(row.name.pseudonym_words) - words]
        if odd:
            yield Problem.error(
                "pseudonyms.entity-with-two-pseudonyms",
                Location(file=file, row=odd[0]),
                entity=entity,
                rows=row_numbers(odd),
                other=str(fullest.number),
                pseudonym=fullest.name.pseudonym,
            )


def _shared_pseudonyms(rows: Sequence[SheetRow], file: str) -> Iterator[Problem]:
    """Pseudonyms of several persons; « [prénom] » may be shared."""
    owners: dict[str, dict[str, SheetRow]] = defaultdict(dict)
    for row in _replaced(rows):
        if row.name.kind == "person" and not row.name.is_generic:
            owners[fold(row.name.pseudonym)].setdefault(row.name.entity, row)
    for by_entity in owners.values():
        if len(by_entity) > 1:
            numbers = sorted(row.number for row in by_entity.values())
            yield Problem.error(
                "pseudonyms.pseudonym-of-two",
                Location(file=file, row=numbers[0]),
                pseudonym=next(iter(by_entity.values())).name.pseudonym,
                entities=tuple(by_entity),
                rows=row_numbers(numbers),
            )
