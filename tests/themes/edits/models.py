"""Small theme models and materials, written as a person would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from textlien.messages.message import Location
from textlien.tables import make
from textlien.themes.edits.reading import Entry, PlacedEntry
from textlien.themes.model import Material, ThemeModel


def terms_of(
    names: Sequence[str], forms: Mapping[str, str] = {}, folded: Mapping[str, str] = {}
) -> pd.DataFrame:
    """Table ``terms`` of these names."""
    rows = [
        {
            "term": name,
            "kind": "lemma",
            "form": forms.get(name, name),
            "folded": folded.get(name, ""),
            "count": 1,
            "n_passages": 1,
            "n_interviews": 1,
        }
        for name in names
    ]
    return make("terms", rows)


def model_of(*themes: str) -> ThemeModel:
    """Themes whose words, of falling weight, are written in a line: « école prof classe »."""
    names = tuple(dict.fromkeys(word for theme in themes for word in theme.split()))
    weights = np.zeros((len(themes), len(names)))
    for row, theme in zip(weights, themes, strict=True):
        words = theme.split()
        for place, word in enumerate(words):
            row[names.index(word)] = len(words) - place
    n_terms = len(names)
    return ThemeModel(
        names,
        weights / np.maximum(weights.sum(axis=1, keepdims=True), 1),
        np.ones(n_terms),
        np.full(n_terms, 1 / max(n_terms, 1)),
    )


def material_of(model: ThemeModel, *passages: str) -> Material:
    """Material of the terms of a model; each passage is an interview of its own."""
    counts = np.array([[text.split().count(term) for term in model.terms] for text in passages])
    return Material(
        sparse.csr_matrix(counts.reshape(len(passages), len(model.terms))),
        np.arange(len(passages)),
        np.ones(len(passages), dtype=bool),
        model.terms,
        np.zeros((len(model.terms), 2)),
    )


def entry(number: int = 1, **content: object) -> PlacedEntry:
    """An entry as the file has it, at a place of its own."""
    place = Location(file="themes.toml", option=f"theme #{number}", line=10 * number)
    return PlacedEntry(Entry.model_validate(content), place)
