"""How a row of names is written in a table, on the sheet and in the key."""

from __future__ import annotations

from collections.abc import Sequence

from textlien.pseudonyms.model import Action, Kind, Name
from textlien.text.folding import fold

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

TITLES = frozenset("m mme mlle mr monsieur madame mademoiselle docteur dr maitre me".split())
"""Folded words that stand before a name and are none."""

_CONTEXTS = 3


def kinds_of(cell: str) -> Kind | None:
    """The kind that a cell names, in French or English."""
    return next((kind for kind, names in KINDS.items() if _is_one(cell, names)), None)


def actions_of(cell: str) -> Action | None:
    """The action that a cell names, in French or English."""
    return next((action for action, names in ACTIONS.items() if _is_one(cell, names)), None)


def _is_one(cell: str, names: Sequence[str]) -> bool:
    return fold(cell) in {fold(name) for name in names}


def named_columns(header: Sequence[str]) -> dict[str, int]:
    """Number of the column of each field that a header names."""
    folded = [fold(cell) for cell in header]
    found: dict[str, int] = {}
    for field, names in COLUMNS.items():
        index = next((folded.index(fold(n)) for n in names if fold(n) in folded), None)
        if index is not None:
            found[field] = index
    return found


def name_cells(name: Name, remark: str = "") -> dict[str, str]:
    """Cells of a row, by field."""
    contexts = [*name.contexts[:_CONTEXTS], *[""] * _CONTEXTS]
    return {
        "form": name.form,
        "kind": KINDS[name.kind][0],
        "entity": name.entity,
        "pseudonym": name.pseudonym,
        "action": ACTIONS[name.action][0],
        "files": "; ".join(name.files),
        "count": str(name.count),
        "n_interviews": str(name.n_interviews),
        "reasons": ", ".join(name.reasons),
        **{f"context_{number}": contexts[number - 1] for number in range(1, _CONTEXTS + 1)},
        "remark": remark,
    }
