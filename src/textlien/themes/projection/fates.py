"""Fate of the themes of one model in another: kept, changed, split, merged, vanished, appeared."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from textlien.arrays import Floats
from textlien.themes.matching import Matching, match
from textlien.themes.projection.saved import SavedThemes

_Pair = tuple[int | None, int | None, str]


def fates(old: SavedThemes, new: SavedThemes) -> pd.DataFrame:
    """Put the themes of two models side by side, and judge them by how far refits move them.

    Returns
    -------
    A row for each pair, and for each theme without counterpart: ``old``, ``old_label``, ``new``,
    ``new_label`` (missing or empty where there is none), ``likeness`` (to the most similar theme
    where there is no counterpart), ``lowest_likeness`` of the theme in refits on four fifths of
    its own interviews, and ``fate``: ``kept``; ``changed``, less alike than any of these refits
    is; ``split``; ``merged``; ``vanished`` or ``appeared``; ``uncertain`` where there is no
    counterpart, as in some of these refits.
    """
    matching = match(old.model, new.model)
    lowest = _lowest(old), _lowest(new)
    rows = []
    for i, j, fate in sorted(_pairs(matching), key=_by_number):
        alike = _likeness(matching, i, j)
        least = float(lowest[1][j] if i is None else lowest[0][i])
        rows.append(
            {
                **_theme("old", old, i),
                **_theme("new", new, j),
                "likeness": alike,
                "lowest_likeness": least,
                "fate": _judged(fate, alike, least),
            }
        )
    return pd.DataFrame(rows).astype({"old": "Int64", "new": "Int64"})


def _pairs(matching: Matching) -> Iterator[_Pair]:
    """Old theme, new theme and fate of each row."""
    yield from ((i, j, "kept") for i, j in matching.matched)
    yield from ((i, j, "split") for i, parts in matching.split for j in parts)
    yield from ((i, j, "merged") for parts, j in matching.merged for i in parts)
    yield from ((i, None, "vanished") for i in matching.vanished)
    yield from ((None, j, "appeared") for j in matching.appeared)


def _lowest(saved: SavedThemes) -> Floats:
    """Least likeness of each theme in refits; NaN without any."""
    if not len(saved.refits):
        return np.full(len(saved.model.weights), np.nan)
    return np.asarray(saved.refits.min(axis=0), dtype="float64")


def _judged(fate: str, alike: float, least: float) -> str:
    """The fate, by what happens to the theme when it is looked for again in its own corpus."""
    if fate == "kept" and alike < least:
        return "changed"
    if fate in ("vanished", "appeared") and least == 0:
        return "uncertain"
    return fate


def _likeness(matching: Matching, old: int | None, new: int | None) -> float:
    """Likeness of a pair, or of a theme without counterpart and the most similar one."""
    alike = matching.likeness
    if old is None:
        return float(alike[:, new].max(initial=0))
    return float(alike[old].max(initial=0) if new is None else alike[old, new])


def _theme(side: str, saved: SavedThemes, theme: int | None) -> dict[str, object]:
    """Number and label of a theme of one side."""
    if theme is None:
        return {side: None, f"{side}_label": ""}
    row = saved.themes.iloc[theme]
    return {side: int(row["theme"]), f"{side}_label": row["label"]}


def _by_number(pair: _Pair) -> tuple[bool, int, int]:
    """Order of the table: by old theme, those that appeared at the end."""
    old, new, _ = pair
    return old is None, old or 0, new or 0
