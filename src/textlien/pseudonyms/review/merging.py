"""A sheet brought up to date: decisions stay, new names come behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from textlien.pseudonyms.model import Name
from textlien.pseudonyms.review.rows import Remark
from textlien.pseudonyms.review.sheet import SheetRow


def merge(
    rows: Sequence[SheetRow], suggested: Sequence[Name], counts: Mapping[str, tuple[int, int]]
) -> list[tuple[Name, Remark]]:
    """Merge a sheet with names that are suggested now.

    Parameters
    ----------
    rows : of the sheet as it is.
    suggested : names with entities and pseudonyms that are not yet those of the sheet.
    counts : occurrences and interviews of forms of the sheet.

    Returns
    -------
    Names and remarks, in the order of the sheet; new names behind them.
    """
    fresh = {name.form: name for name in suggested}
    merged = [_refreshed(row.name, fresh.get(row.name.form), counts) for row in rows]
    added = _fitted([row.name for row in rows], suggested)
    return merged + [(name, "new") for name in added]


def _refreshed(
    name: Name, again: Name | None, counts: Mapping[str, tuple[int, int]]
) -> tuple[Name, Remark]:
    """A row of the sheet with new counts and contexts."""
    count, n_interviews = counts.get(name.form, (0, 0))
    if not count:
        return replace(name, count=0, n_interviews=0), "gone"
    contexts = again.contexts if again else name.contexts
    return replace(name, count=count, n_interviews=n_interviews, contexts=contexts), ""


def _fitted(reviewed: Sequence[Name], suggested: Sequence[Name]) -> list[Name]:
    """New names under entities and pseudonyms that fit those of the sheet.

    A form of somebody who is in the sheet gets the pseudonym decided there. Somebody else gets a
    new entity, and no pseudonym that the sheet has already.
    """
    by_form = {name.form: name for name in reversed(reviewed)}
    same: dict[str, Name] = {}
    for name in suggested:
        if name.form in by_form:
            same.setdefault(name.entity, by_form[name.form])
    entities = {name.entity for name in reviewed}
    reserved = {name.pseudonym for name in reviewed} | by_form.keys()
    renamed: dict[str, str] = {}
    added = []
    for name in suggested:
        if name.form in by_form:
            continue
        if name.entity in same:
            other = same[name.entity]
            added.append(replace(name, entity=other.entity, pseudonym=other.pseudonym))
            continue
        if name.entity not in renamed:
            renamed[name.entity] = _free(name.entity, entities)
            entities.add(renamed[name.entity])
        clashes = name.pseudonym in reserved and not name.is_generic
        fitting = replace(name, entity=renamed[name.entity])
        added.append(replace(fitting, pseudonym="", action="ask") if clashes else fitting)
    return added


def _free(entity: str, entities: set[str]) -> str:
    """``entity``, or the next one of its letter that is free: "p12" after "p11"."""
    letters = entity.rstrip("0123456789") or "p"
    number = 1
    while entity in entities:
        entity = f"{letters}{number}"
        number += 1
    return entity
