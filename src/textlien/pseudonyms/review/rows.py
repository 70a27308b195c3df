"""Cells of a row of names, on the sheet and in the key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeVar

from textlien.messages.translator import Translator
from textlien.pseudonyms.model import Action, Kind, Name
from textlien.pseudonyms.review.wording import reasons_cell
from textlien.text.folding import fold

Remark = Literal["", "new", "gone"]
"""``new``: added since the sheet was last written; ``gone``: not in the corpus any more."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "form": ("forme", "form"),
    "kind": ("type", "kind"),
    "entity": ("entité", "entity"),
    "pseudonym": ("pseudonyme", "pseudonym"),
    "action": ("action",),
    "files": ("entretiens", "interviews", "files"),
    "count": ("occurrences", "count"),
    "n_interviews": ("nombre d'entretiens", "n_interviews", "number of interviews"),
    "reasons": ("raisons", "reasons"),
    "context_1": ("contexte 1", "context 1"),
    "context_2": ("contexte 2", "context 2"),
    "context_3": ("contexte 3", "context 3"),
    "remark": ("remarque", "remark"),
}
"""Column of each field: the name that is written, and others that are understood."""

KINDS: dict[Kind, tuple[str, ...]] = {
    "person": ("personne", "person"),
    "place": ("lieu", "place"),
    "organisation": ("organisation", "organization"),
    "service": ("service",),
    "contact": ("contact",),
    "other": ("autre", "other"),
}

ACTIONS: dict[Action, tuple[str, ...]] = {
    "replace": ("remplacer", "replace"),
    "keep": ("garder", "keep"),
    "ask": ("à décider", "ask", "decide", "à demander"),
}

REMARKS: dict[Remark, tuple[str, ...]] = {
    "new": ("nouveau", "new"),
    "gone": ("plus dans le corpus", "gone"),
}

N_CONTEXTS = 3
"""Contexts of a form on the sheet: enough to see whether it is a name, few enough to read."""

T = TypeVar("T")


def kind_of(cell: str) -> Kind | None:
    """The kind that a cell names, in French or English."""
    return _named(cell, KINDS)


def action_of(cell: str) -> Action | None:
    """The action that a cell names, in French or English."""
    return _named(cell, ACTIONS)


def remark_of(cell: str) -> Remark:
    """The remark that a cell holds; empty for the words of a person."""
    return _named(cell, REMARKS) or ""


def _named(cell: str, choices: Mapping[T, Sequence[str]]) -> T | None:
    """The choice one of whose names a cell holds."""
    folded = fold(cell)
    return next(
        (choice for choice, names in choices.items() if folded in map(fold, names)),
        None,
    )


def named_columns(header: Sequence[str]) -> dict[str, int]:
    """Number of the column of each field that a header names."""
    folded = [fold(cell) for cell in header]
    columns: dict[str, int] = {}
    for field, names in COLUMNS.items():
        index = next((folded.index(fold(n)) for n in names if fold(n) in folded), None)
        if index is not None:
            columns[field] = index
    return columns


def key_cells(name: Name) -> dict[str, str]:
    """Cells of a row of the key, by field."""
    return {
        "form": name.form,
        "kind": KINDS[name.kind][0],
        "entity": name.entity,
        "pseudonym": name.pseudonym,
        "action": ACTIONS[name.action][0],
        "files": "; ".join(name.files),
    }


def sheet_cells(name: Name, remark: Remark, translator: Translator) -> dict[str, str]:
    """Cells of a row of the sheet, by field; reasons in the language of ``translator``."""
    contexts = [*name.contexts[:N_CONTEXTS], *[""] * N_CONTEXTS]
    return {
        **key_cells(name),
        "count": str(name.count),
        "n_interviews": str(name.n_interviews),
        "reasons": reasons_cell(name.reasons, translator),
        **{f"context_{number}": contexts[number - 1] for number in range(1, N_CONTEXTS + 1)},
        "remark": REMARKS[remark][0] if remark else "",
    }


def several(cell: str) -> tuple[str, ...]:
    """Parts of a cell that are set apart by semicolons."""
    return tuple(filter(None, (part.strip() for part in cell.split(";"))))
