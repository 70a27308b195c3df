"""Matching of two theme models: which themes are the same, and which have no counterpart."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from textlien.arrays import Floats, Integers
from textlien.themes.model import ThemeModel

LEAST = 0.4
"""Likeness from which two themes are taken for the same.

Measured on the reference matrix (19,847 segments of 95 interviews, k = 20, 20 draws of 80 % of the
interviews): a theme and the most similar other one of its own model have .13 in the middle and
.21 at the 99 % quantile; a theme and its counterpart in the model of all interviews .82 in the
middle, .53 between models of disjoint halves.
"""

# By how much several themes together must be more like another than the best of them alone, to
# be parts of it.
_GAIN = 0.1


class Matching(NamedTuple):
    """Counterparts of the themes of an old model in a new one; every theme is in one list.

    Attributes
    ----------
    likeness : old × new, from 0 to 1 (:func:`likeness`).
    matched : pairs (old, new), by old theme.
    vanished : old themes without counterpart.
    appeared : new themes without counterpart.
    split : an old theme and the new ones, two at least, that it is made of.
    merged : old themes, two at least, and the new one that is made of them.
    """

    likeness: Floats
    matched: tuple[tuple[int, int], ...]
    vanished: tuple[int, ...]
    appeared: tuple[int, ...]
    split: tuple[tuple[int, tuple[int, ...]], ...]
    merged: tuple[tuple[tuple[int, ...], int], ...]


class _Group(NamedTuple):
    """A theme of one model, and those of the other that it is made of.

    ``gain`` is the likeness of all parts together, less that of the best part.
    """

    gain: float
    whole: int
    parts: tuple[int, ...]


def likeness(old: ThemeModel, new: ThemeModel) -> Floats:
    """Part of their words, by weight, that two themes have in common.

    Parameters
    ----------
    old, new : models, whose terms may differ: those that one lacks have no weight in it.

    Returns
    -------
    Old × new themes: Σ min(p, q) over terms, 0 for no word in common, 1 for the same weights. It
    is 1 less the total variation distance of the two distributions.
    """
    return _overlap(*_on_same_terms(old, new))


def match(old: ThemeModel, new: ThemeModel, least: float = LEAST) -> Matching:
    """Find the counterpart of each theme, where there is one.

    Parameters
    ----------
    old, new : models, whose terms may differ.
    least : likeness that counterparts have at least. No pair is forced below.

    Notes
    -----
    Pairs are those of the greatest sum of likeness (Kuhn 1955, the Hungarian algorithm), among
    pairs of ``least`` or more. A theme that is left over is a part of the most similar one of
    the other model, if the mean of the parts is more like the whole than the best part alone, by
    .1 at least, and as like as counterparts have to be.
    """
    left, right = _on_same_terms(old, new)
    alike = _overlap(left, right)
    pairs = _pairs(alike, least)
    split, merged = _without_conflict(
        _groups(left, right, pairs, least), _groups(right, left, pairs[:, ::-1], least)
    )
    olds, news = _members(split, merged), _members(merged, split)
    matched = [(int(i), int(j)) for i, j in pairs if i not in olds]
    return Matching(
        alike,
        tuple(matched),
        _others(len(left), {*olds, *(i for i, _ in matched)}),
        _others(len(right), {*news, *(j for _, j in matched)}),
        tuple((group.whole, group.parts) for group in split),
        tuple((group.parts, group.whole) for group in merged),
    )


def _members(as_wholes: Sequence[_Group], as_parts: Sequence[_Group]) -> set[int]:
    """Themes of one model that are in a group, as a whole or as a part."""
    return {group.whole for group in as_wholes}.union(*(group.parts for group in as_parts))


def _others(n_themes: int, used: Set[int]) -> tuple[int, ...]:
    """Themes that are in no pair or group."""
    return tuple(theme for theme in range(n_themes) if theme not in used)


def _without_conflict(
    splits: Sequence[_Group], merges: Sequence[_Group]
) -> tuple[list[_Group], list[_Group]]:
    """Groups that share no theme, those of the greatest gain first."""
    used: set[tuple[str, int]] = set()
    accepted: dict[bool, list[_Group]] = {True: [], False: []}
    both = [(group, True) for group in splits] + [(group, False) for group in merges]
    for group, is_split in sorted(both, key=lambda entry: -entry[0].gain):
        sides = ("old", "new") if is_split else ("new", "old")
        members = {(sides[0], group.whole), *((sides[1], part) for part in group.parts)}
        if not members & used:
            used |= members
            accepted[is_split].append(group)
    by_whole = sorted(accepted[True], key=lambda group: group.whole)
    return by_whole, sorted(accepted[False], key=lambda group: group.parts)


def _on_same_terms(old: ThemeModel, new: ThemeModel) -> tuple[Floats, Floats]:
    """Weights of both models over the terms of either."""
    if old.terms == new.terms:
        return old.weights, new.weights
    terms = dict.fromkeys([*old.terms, *new.terms])
    column = {term: number for number, term in enumerate(terms)}
    wide = []
    for model in (old, new):
        weights = np.zeros((len(model.weights), len(terms)))
        weights[:, [column[term] for term in model.terms]] = model.weights
        wide.append(weights)
    return wide[0], wide[1]


def _overlap(left: Floats, right: Floats) -> Floats:
    """Σ min(p, q) for each row p of ``left`` and q of ``right``."""
    rows = [np.minimum(row, right).sum(axis=1) for row in left]
    return np.array(rows).reshape(len(left), len(right))


def _pairs(alike: Floats, least: float) -> Integers:
    """Pairs (row, column) of the greatest sum of likeness, of those that have the least."""
    possible = np.where(alike >= least, alike, 0)
    rows, columns = linear_sum_assignment(possible, maximize=True)
    kept = possible[rows, columns] > 0
    return np.column_stack([rows[kept], columns[kept]]).astype(np.int64)


def _groups(wholes: Floats, parts: Floats, pairs: Integers, least: float) -> list[_Group]:
    """Themes of ``wholes`` that several of ``parts`` make up, of which one at most has a pair."""
    alike = _overlap(wholes, parts)
    partner = {int(whole): int(part) for whole, part in pairs}
    paired = set(partner.values())
    left_over = [part for part in range(len(parts)) if part not in paired]
    groups = []
    for whole in range(len(wholes)):
        candidates = [part for part in left_over if alike[:, part].argmax() == whole]
        candidates.sort(key=lambda part: -alike[whole, part])
        if whole in partner:
            candidates.insert(0, partner[whole])
        together = _parts(wholes[whole], parts, candidates)
        if len(together) < 2:
            continue
        total = _of_mean(wholes[whole], parts, together)
        gain = total - float(alike[whole, together].max())
        if gain >= _GAIN and total >= least:
            groups.append(_Group(gain, whole, tuple(sorted(together))))
    return groups


def _parts(whole: Floats, parts: Floats, candidates: Sequence[int]) -> list[int]:
    """The first candidate, and those after it that make the mean more like the whole."""
    together = list(candidates[:1])
    for part in candidates[1:]:
        if _of_mean(whole, parts, [*together, part]) > _of_mean(whole, parts, together):
            together.append(part)
    return together


def _of_mean(whole: Floats, parts: Floats, members: Sequence[int]) -> float:
    """Likeness of a theme and the mean of several."""
    return float(np.minimum(whole, parts[list(members)].mean(axis=0)).sum())
