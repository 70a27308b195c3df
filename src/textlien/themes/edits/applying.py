"""A theme model changed as the researcher's file says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textlien.arrays import Floats
from textlien.themes.edits.anchors import FEWEST, Match, first_terms, match, telling_terms
from textlien.themes.edits.resolving import Columns, Edit, Part
from textlien.themes.edits.splitting import split
from textlien.themes.model import Material, ThemeModel


class Claim(NamedTuple):
    """A list of words of an edit, and the theme that it means.

    Attributes
    ----------
    edit : number of the edit.
    part : number of the part that the words are of, where the run has set it apart by itself;
        None for anchor words.
    match : the theme, or the nearest one; None where there is no theme.
    theme_words : first terms of that theme.
    rival : number of another edit that holds the theme, or None.
    """

    edit: int
    part: int | None
    match: Match | None
    theme_words: Columns = ()
    rival: int | None = None

    @property
    def theme(self) -> int | None:
        """The theme that the edit may change by these words."""
        if self.match is None or not self.match.holds or self.rival is not None:
            return None
        return self.match.theme


class Edited(NamedTuple):
    """A theme model after the edits.

    Attributes
    ----------
    model : its themes are others in number and order.
    names : of each theme; "" for one that the researcher has not named.
    aside : (themes,), True for those that are not of the subject.
    claims : what each list of words has come to.
    unsplit : numbers of the edits whose theme has words of one part at most.
    """

    model: ThemeModel
    names: tuple[str, ...]
    aside: NDArray[np.bool_]
    claims: tuple[Claim, ...] = ()
    unsplit: tuple[int, ...] = ()


class _Row(NamedTuple):
    """A theme of the edited model: the themes that it is the sum of, components × terms."""

    components: Floats
    name: str = ""
    aside: bool = False


def apply(model: ThemeModel, material: Material, edits: Sequence[Edit]) -> Edited:
    """Rename, merge, set aside and split the themes of a model.

    Parameters
    ----------
    model : as an engine makes it.
    material : that it was fitted on.
    edits : :func:`textlien.themes.edits.resolving.resolve`.

    Returns
    -------
    The model with the rows of merged themes added up and those of split themes divided, both
    scaled to 1. Passages are measured on the parts of a merged theme: shares of themes that were
    merged add up, and all others stay as they were. A theme belongs to one edit at most: the one
    that more of its words mean.
    """
    weights = model.weights
    claims = claims_of(weights, edits)
    rows: list[_Row] = []
    unsplit: list[int] = []
    for number, edit in enumerate(edits):
        held = _held(claims, number)
        made = list(_rows(weights, material, edit, held))
        rows += made
        if held and len(made) < len(edit.parts):
            unsplit.append(number)
    rows += _untouched(weights, claims)
    return Edited(
        _stacked(model, [row.components for row in rows]),
        tuple(row.name for row in rows),
        np.array([row.aside for row in rows], dtype=bool),
        tuple(claims),
        tuple(unsplit),
    )


def _stacked(model: ThemeModel, themes: Sequence[Floats]) -> ThemeModel:
    """The model with other themes, each the sum of its components."""
    n_terms = model.weights.shape[1]
    weights = np.array([rows.sum(axis=0) for rows in themes]).reshape(len(themes), n_terms)
    edited = model._replace(weights=weights / weights.sum(axis=1, keepdims=True))
    if all(len(rows) == 1 for rows in themes):
        return edited
    components = np.vstack(themes)
    return edited._replace(
        components=components / components.sum(axis=1, keepdims=True),
        owners=np.repeat(np.arange(len(themes)), [len(rows) for rows in themes]),
    )


def claims_of(weights: Floats, edits: Sequence[Edit]) -> list[Claim]:
    """Find the theme that each list of words means.

    Parameters
    ----------
    weights : themes × terms, rows sum to 1.
    """
    return _settled(list(_claims(weights, edits)))


def _claims(weights: Floats, edits: Sequence[Edit]) -> Iterator[Claim]:
    """The theme that each list of anchor words means; parts of a split that are themes already."""
    first, telling = first_terms(weights), telling_terms(weights)
    for number, edit in enumerate(edits):
        meant = _meant(weights, telling, edit.anchors)
        for whole in meant:
            yield Claim(number, None, whole, _first_words(weights, whole))
        themes = [whole.theme for whole in meant if whole and whole.holds]
        for place, part in enumerate(edit.parts):
            apart = match(weights, telling, part.words)
            has_left = not first[themes][:, list(part.words)].any()
            if apart and apart.is_sure and apart.n_held >= FEWEST and has_left:
                yield Claim(number, place, apart, _first_words(weights, apart))


def _meant(weights: Floats, telling: Floats, lists: Sequence[Columns]) -> list[Match | None]:
    """The theme of each list of an entry: of themes that are alike, each list has its own."""
    meant: list[Match | None] = []
    for words in lists:
        used = {other.theme for other in meant if other}
        meant.append(match(weights, telling, words, used))
    themes = {each.theme for each in meant if each}
    return [
        each and each._replace(others=tuple(o for o in each.others if o not in themes))
        for each in meant
    ]


_WORDS_OF_THEME = 5


def _first_words(weights: Floats, meant: Match | None) -> Columns:
    """First terms of the theme of a match."""
    if meant is None:
        return ()
    row = weights[meant.theme]
    order = np.argsort(-row, kind="stable")[:_WORDS_OF_THEME]
    return tuple(int(column) for column in order if row[column] > 0)


def _settled(claims: Sequence[Claim]) -> list[Claim]:
    """The claims with their rival, where another edit has more words in the same theme."""
    owners: dict[int, tuple[float, float, int]] = {}
    for claim in claims:
        if claim.match and claim.match.holds:
            share = claim.match.n_held / claim.match.n_words
            strength = (-claim.match.n_held, -share, claim.edit)
            owners[claim.match.theme] = min(strength, owners.get(claim.match.theme, strength))
    settled = []
    for claim in claims:
        owner = owners.get(claim.match.theme) if claim.match and claim.match.holds else None
        is_lost = owner is not None and owner[2] != claim.edit
        settled.append(claim._replace(rival=owner[2]) if owner and is_lost else claim)
    return settled


def _held(claims: Sequence[Claim], edit: int) -> list[tuple[int | None, int]]:
    """Part and theme of the claims of an edit that hold."""
    return [
        (claim.part, claim.theme)
        for claim in claims
        if claim.edit == edit and claim.theme is not None
    ]


def _untouched(weights: Floats, claims: Sequence[Claim]) -> list[_Row]:
    """The themes that no edit holds."""
    held = {claim.theme for claim in claims}
    return [_Row(weights[[theme]]) for theme in range(len(weights)) if theme not in held]


def _rows(
    weights: Floats, material: Material, edit: Edit, held: Sequence[tuple[int | None, int]]
) -> Iterator[_Row]:
    """The themes that an edit makes of those it holds."""
    # Two parts may mean one theme: the first has it.
    apart = {theme: part for part, theme in reversed(held) if part is not None}
    for theme in sorted(apart):
        yield _Row(weights[[theme]], edit.parts[apart[theme]].name)
    whole = sorted({theme for part, theme in held if part is None})
    if whole:
        left = [part for n, part in enumerate(edit.parts) if n not in apart.values()]
        yield from _rows_of_whole(weights[whole], material, edit, left)


def _rows_of_whole(
    components: Floats, material: Material, edit: Edit, parts: Sequence[Part]
) -> Iterator[_Row]:
    """The themes that are made of one or of several merged ones: itself, or its parts."""
    row = components.sum(axis=0)
    present = [part for part in parts if row[list(part.words)].any()]
    if len(present) > 1:
        divided = split(row, [part.words for part in present], material)
        for part, weights in zip(present, divided, strict=True):
            yield _Row(weights[np.newaxis], part.name)
        return
    # Where the other parts have become themes by themselves, this one is what is left.
    is_last = len(parts) < len(edit.parts) and present
    yield _Row(components, present[0].name if is_last else edit.name, edit.aside)
