"""All rules on all turns: the names that each turn holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textlien.pseudonyms.finding.entities import Entity, entities
from textlien.pseudonyms.finding.mentions import Mention, without_overlap
from textlien.pseudonyms.finding.rules.capitalised import capitals
from textlien.pseudonyms.finding.rules.contacts import contacts, with_houses
from textlien.pseudonyms.finding.rules.locations import sites
from textlien.pseudonyms.finding.rules.lowercase import small
from textlien.pseudonyms.finding.rules.persons import persons
from textlien.pseudonyms.finding.rules.posts import posts
from textlien.pseudonyms.finding.words import Turn, key_of

_ARTICLES = ("le ", "la ", "les ")


def keys_to_keep(keep: Iterable[str]) -> frozenset[str]:
    """Keys of cities that stay, with and without their articles: « au Havre » too."""
    keys = {key_of(city) for city in keep if city.strip()}
    return frozenset(keys | {key.partition(" ")[2] for key in keys if key.startswith(_ARTICLES)})


def find(turns: Sequence[Turn], pipeline: str, keep: frozenset[str]) -> list[Mention]:
    """Names in turns, in order, without overlap.

    Parameters
    ----------
    turns : of all interviews.
    pipeline : whose entity model is asked.
    keep : keys of the cities that stay (:func:`keys_to_keep`).
    """
    usual = {
        word.key
        for turn in turns
        if turn.casing == "mixed"
        for word in turn.words
        if not word.capital
    }
    mixed = [turn for turn in turns if turn.casing == "mixed"]
    by_model = dict(
        zip(
            (turn.number for turn in mixed),
            entities([turn.text for turn in mixed], pipeline),
            strict=True,
        )
    )
    found: list[Mention] = []
    for turn in turns:
        found += _in_turn(turn, by_model.get(turn.number, []), keep, usual)
    return found


def _in_turn(
    turn: Turn, by_model: Sequence[Entity], keep: frozenset[str], usual: set[str]
) -> list[Mention]:
    located = list(sites(turn, keep))
    names = without_overlap(
        [
            *contacts(turn),
            *with_houses(turn, located),
            *located,
            *persons(turn),
            *capitals(turn, by_model, keep),
            *small(turn, keep, usual),
        ]
    )
    replaced = [name for name in names if key_of(name.form) not in keep]
    in_posts = list(posts(turn, replaced))
    # A city that stays may be a part of a post: « le directeur du CCAS de Roubaix ».
    apart = [
        name
        for name in names
        if name in replaced
        or not any(post.start <= name.start and name.end <= post.end for post in in_posts)
    ]
    return without_overlap([*apart, *in_posts])
