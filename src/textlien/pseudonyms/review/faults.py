"""What is wrong with a reviewed sheet: everything at once, each with its row."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from textlien.errors import Problem
from textlien.pseudonyms.replacing.folded import folded_words
from textlien.pseudonyms.review.rows import TITLES
from textlien.pseudonyms.review.sheet import Row
from textlien.raw import raw_problem
from textlien.text.folding import fold
from textlien.text.normalise import normalise

_MOST_ROWS = 20
_GENERIC = "["
"""« [prénom] » stands for anybody; such pseudonyms may be shared."""


def faults_of(
    rows: Sequence[Row], shown: str, where: Mapping[str, Collection[str]], known: Collection[str]
) -> list[Problem]:
    """Problems that keep a sheet from being applied.

    Parameters
    ----------
    rows : of the sheet.
    shown : its name in messages.
    where : interviews in which each form occurs.
    known : identifiers of all interviews.
    """
    alive = [row for row in rows if not row.is_gone]
    return [
        *_undecided(alive, shown),
        *_cells(alive, shown, known),
        *_twice(alive, shown),
        *_uncovered(alive, shown, where),
        *_real_names(alive, shown),
        *_entities(alive, shown),
    ]


def numbers(found: Sequence[int]) -> str:
    """Row numbers in words: "row 3", "rows 3, 4 and 12 more"."""
    listed = ", ".join(str(number) for number in found[:_MOST_ROWS])
    more = f" and {len(found) - _MOST_ROWS:,} more" if len(found) > _MOST_ROWS else ""
    return f"row{'' if len(found) == 1 else 's'} {listed}{more}"


def _undecided(rows: Sequence[Row], shown: str) -> Iterator[Problem]:
    waiting = [row.number for row in rows if row.name.action == "ask"]
    if waiting:
        hint = "Write « remplacer » or « garder » in column action."
        yield raw_problem(shown, "still to be decided.", hint, numbers(waiting))


def _cells(rows: Sequence[Row], shown: str, known: Collection[str]) -> Iterator[Problem]:
    for row in rows:
        name, place = row.name, f"row {row.number}"
        if not name.form:
            yield raw_problem(shown, "no form.", "Fill it in, or delete the row.", place)
        if name.action == "replace" and not folded_words(name.pseudonym):
            hint = "Give one, or write « garder » in column action."
            yield raw_problem(shown, "no pseudonym.", hint, place)
        elif normalise(name.pseudonym) != name.pseudonym or "\n" in name.pseudonym:
            hint = "Write it again by hand, on one line, without time marks."
            yield raw_problem(shown, "the pseudonym has odd characters.", hint, place)
        for file in name.files:
            if file not in known:
                near = difflib.get_close_matches(file, known, n=1)
                hint = f'Did you mean "{near[0]}"?' if near else "textlien check lists them."
                yield raw_problem(shown, f'there is no interview "{file}".', hint, place)


def _twice(rows: Sequence[Row], shown: str) -> Iterator[Problem]:
    by_form: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_form[row.name.form].append(row)
    for same in by_form.values():
        for index, row in enumerate(same):
            for other in same[:index]:
                files, before = set(row.name.files), set(other.name.files)
                if not files or not before or files & before:
                    message = f"the same form as row {other.number}, for the same interview."
                    hint = "Delete one, or say in column entretiens which interviews each is for."
                    yield raw_problem(shown, message, hint, f"row {row.number}")
                    break


def _uncovered(
    rows: Sequence[Row], shown: str, where: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """Forms whose rows are for some interviews, and that occur in others."""
    by_form: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_form[row.name.form].append(row)
    for form, same in by_form.items():
        if not all(row.name.files for row in same):
            continue
        covered = {file for row in same for file in row.name.files}
        others = sorted(set(where.get(form, ())) - covered)
        if others:
            message = f"the form occurs in interviews of no row: {', '.join(others[:5])}."
            hint = "Add them to column entretiens, or a row that keeps the form there."
            yield raw_problem(shown, message, hint, numbers([row.number for row in same]))


def _real_names(rows: Sequence[Row], shown: str) -> Iterator[Problem]:
    real = {folded_words(row.name.form): row.number for row in rows}
    for row in rows:
        if row.name.action != "replace" or not row.name.pseudonym:
            continue
        number = real.get(folded_words(row.name.pseudonym))
        if number is not None:
            message = f"the pseudonym is a real name of the corpus (row {number})."
            yield raw_problem(shown, message, "Choose another one.", f"row {row.number}")


def _entities(rows: Sequence[Row], shown: str) -> Iterator[Problem]:
    """One pseudonym an entity, and for persons one entity a pseudonym."""
    by_entity: dict[str, list[Row]] = defaultdict(list)
    owners: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        if row.name.action == "replace" and row.name.entity and row.name.pseudonym:
            by_entity[row.name.entity].append(row)
            if row.name.kind == "person" and not row.name.pseudonym.startswith(_GENERIC):
                owners[fold(row.name.pseudonym)].setdefault(row.name.entity, row.number)
    for entity, same in by_entity.items():
        fullest = max(same, key=lambda row: len(folded_words(row.name.pseudonym)))
        words = {*folded_words(fullest.name.pseudonym), *TITLES}
        odd = [row.number for row in same if set(folded_words(row.name.pseudonym)) - words]
        if odd:
            message = f'entity "{entity}" has another pseudonym in row {fullest.number}.'
            hint = "Give all its rows one pseudonym, or parts of one: « Samir Haddad », « Samir »."
            yield raw_problem(shown, message, hint, numbers(odd))
    for entities in owners.values():
        if len(entities) > 1:
            message = f"two persons have one pseudonym ({', '.join(entities)})."
            hint = "Give each their own, or the rows one entity if they are the same person."
            yield raw_problem(shown, message, hint, numbers(sorted(entities.values())))
