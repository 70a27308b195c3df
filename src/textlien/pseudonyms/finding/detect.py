"""Every rule on every turn: the names that a corpus holds, without overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textlien.pseudonyms.finding.entities import NamedSpan, named_spans
from textlien.pseudonyms.finding.mentions import Mention, without_overlap
from textlien.pseudonyms.finding.rules.capitalised import capitalised
from textlien.pseudonyms.finding.rules.contacts import contacts, with_houses
from textlien.pseudonyms.finding.rules.locations import locations
from textlien.pseudonyms.finding.rules.lowercase import lowercase
from textlien.pseudonyms.finding.rules.persons import persons
from textlien.pseudonyms.finding.rules.posts import posts
from textlien.pseudonyms.finding.words import Turn, key_of

_ARTICLES = ("le ", "la ", "les ")


def keys_to_keep(keep: Iterable[str]) -> frozenset[str]:
    """Keys of cities that stay, with and without their articles: « au Havre » too."""
    keys = {key_of(city) for city in keep if city.strip()}
    return frozenset(keys | {key.partition(" ")[2] for key in keys if key.startswith(_ARTICLES)})


def detect(turns: Sequence[Turn], pipeline: str, keep: frozenset[str]) -> list[Mention]:
    """Find names in turns, in order, without overlap.

    Parameters
    ----------
    turns : of all interviews.
    pipeline : spaCy pipeline whose entity model is asked.
    keep : keys of the cities that stay (:func:`keys_to_keep`).
    """
    mixed = [turn for turn in turns if turn.casing == "mixed"]
    usual = {word.key for turn in mixed for word in turn.words if not word.capital}
    spans = named_spans([turn.text for turn in mixed], pipeline)
    by_turn = {turn.number: entities for turn, entities in zip(mixed, spans, strict=True)}
    return [
        mention
        for turn in turns
        for mention in _in_turn(turn, by_turn.get(turn.number, []), keep, usual)
    ]


def _in_turn(
    turn: Turn, entities: Sequence[NamedSpan], keep: frozenset[str], usual: set[str]
) -> list[Mention]:
    """Names of one turn.

    Parameters
    ----------
    entities : of the entity model.
    usual : keys that stand in small letters in interviews that have capitals: words, not names.
    """
    places = list(locations(turn, keep))
    names = without_overlap(
        [
            *contacts(turn),
            *with_houses(turn, places),
            *places,
            *persons(turn),
            *capitalised(turn, entities, keep),
            *lowercase(turn, keep, usual),
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
