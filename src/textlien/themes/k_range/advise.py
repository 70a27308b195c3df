"""One rule that recommends a k of a range, and what is lost on either side of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textlien.arrays import Floats
from textlien.messages.message import Message, message
from textlien.themes.k_range.compare import RangeThemes, standard_error
from textlien.themes.matching import match

RETURNING = 0.8
"""Share of the themes of the recommended k that come back when other interviews are drawn.

Four of five, as the usual least agreement between coders: set before any corpus was looked at.
"""


Outcome = Literal["recommended", "unstable", "no-draws", "alone", "tells-nothing"]


class Choice(NamedTuple):
    """The k that the rule picks.

    Attributes
    ----------
    row : number of it in the range; None where nothing can be recommended.
    outcome : why this one, or why none.
    equals : numbers of the other k that may be as good.
    """

    row: int | None
    outcome: Outcome
    equals: tuple[int, ...] = ()


def choose(gain: Floats, returns: Floats) -> Choice:
    """Pick the k whose themes tell most, of those whose themes come back.

    Parameters
    ----------
    gain : ks × draws, rising k: what themes tell about the interviews held out
        (:func:`~textlien.themes.k_range.measure.held_out_gain`).
    returns : ks × draws, share of the themes that come back in the draw.

    Notes
    -----
    Of equal k, the smaller. If no k has four themes of five that come back, the one with the
    greatest share is taken, and the reason says so. Nothing is recommended where the gain is not
    above 0 by more than its standard error.
    """
    n_ks, n_draws = gain.shape
    if n_draws < 2 or not np.isfinite(gain).all():
        return Choice(None, "no-draws")
    if n_ks < 2:
        return Choice(None, "alone")
    telling = gain.mean(axis=1) > standard_error(gain)
    if not telling.any():
        return Choice(None, "tells-nothing")
    both = telling & come_back(returns)
    if not both.any():
        return Choice(int(np.argmax(np.where(telling, returns.mean(axis=1), -1))), "unstable")
    best = int(np.argmax(np.where(both, gain.mean(axis=1), -np.inf)))
    others = np.flatnonzero(both & as_good(gain, best))
    return Choice(best, "recommended", tuple(row for row in others.tolist() if row != best))


def come_back(returns: Floats) -> NDArray[np.bool_]:
    """Mark the k of which four themes of five come back, exactly four included.

    Parameters
    ----------
    returns : ks × draws.
    """
    # Means of fractions: 36 of 45 themes may be a last digit below .8.
    return np.asarray(returns.mean(axis=1).round(9) >= RETURNING)


def as_good(gain: Floats, best: int) -> NDArray[np.bool_]:
    """Mark the k that tell as much as the best but for one standard error of the difference.

    Parameters
    ----------
    gain : ks × draws, two draws at least.
    best : number of it.
    """
    # In the same draws: some draws hold out interviews that are easier to predict, for all k.
    beyond = gain[best] - gain
    return np.asarray(beyond.mean(axis=1) <= standard_error(beyond))


def advice(themes: Sequence[RangeThemes], choice: Choice) -> list[list[Message]]:
    """Tell what is recommended, and what is lost with the next smaller and the next greater k.

    Parameters
    ----------
    themes : of each k of the range, rising.
    choice : of :func:`choose`.

    Returns
    -------
    Paragraphs, each a list of sentences.
    """
    if choice.row is None:
        return [[message(f"k_range.{choice.outcome}")]]
    chosen = themes[choice.row]
    paragraphs = [[_recommended(chosen, choice.outcome)]]
    if choice.equals:
        equals = tuple(themes[row].k for row in choice.equals)
        paragraphs[0].append(message("k_range.as-good", ks=equals, n=len(equals)))
    for step, edge in ((-1, "k_range.lowest"), (1, "k_range.highest")):
        other = choice.row + step
        if 0 <= other < len(themes):
            paragraphs.append(_beside(chosen, themes[other]))
        else:
            paragraphs.append([message(edge, k=chosen.k)])
    tried = tuple(of_k.k for of_k in themes)
    rule = message("k_range.rule", least=_percent(RETURNING))
    return [*paragraphs, [rule, message("k_range.tried", ks=tried)]]


def _recommended(chosen: RangeThemes, outcome: Outcome) -> Message:
    """The k that is recommended, how many of its themes come back, and how many are fragile."""
    k, n, percent = chosen.k, len(chosen.labels), _percent(float(chosen.returns.mean()))
    fragile = int(chosen.fragile.sum())
    if outcome == "unstable":
        least = _percent(RETURNING)
        return message(
            "k_range.unstable", k=k, themes=n, percent=percent, fragile=fragile, least=least
        )
    return message("k_range.recommended", k=k, themes=n, percent=percent, fragile=fragile)


def _percent(share: float) -> int:
    """A share in whole hundredths."""
    return round(100 * share)


def _beside(chosen: RangeThemes, other: RangeThemes) -> list[Message]:
    """Describe another k, and tell what has become there of the themes of the chosen one."""
    sentences = [
        message(
            "k_range.beside", k=other.k, themes=len(other.labels), fragile=int(other.fragile.sum())
        )
    ]
    matching = match(chosen.model, other.model)
    for parts, whole in matching.merged:
        names = tuple(chosen.labels[part] for part in parts)
        sentences.append(message("k_range.merged", themes=names, whole=other.labels[whole]))
    for whole, parts in matching.split:
        names = tuple(other.labels[part] for part in parts)
        sentences.append(message("k_range.split", theme=chosen.labels[whole], parts=names))
    if matching.vanished:
        names = tuple(chosen.labels[theme] for theme in matching.vanished)
        sentences.append(message("k_range.vanished", n=len(names), themes=names))
    if matching.appeared:
        names = tuple(other.labels[theme] for theme in matching.appeared)
        sentences.append(message("k_range.appeared", n=len(names), themes=names))
    return sentences
