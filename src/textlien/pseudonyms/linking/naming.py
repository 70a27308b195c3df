"""Entities with their pseudonyms: « p1 » is « Samir Haddad », « Samir » and « Haddad »."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from textlien.pseudonyms.finding.cues import cues
from textlien.pseudonyms.finding.mentions import STAYS, Mention
from textlien.pseudonyms.finding.propagate import keys_of
from textlien.pseudonyms.linking.aliases import Node, People, Where
from textlien.pseudonyms.linking.surrogates import Chooser
from textlien.pseudonyms.model import Kind

_LETTERS: dict[Kind, str] = {
    "person": "p",
    "place": "l",
    "organisation": "o",
    "service": "s",
    "contact": "c",
    "other": "x",
}
_GENERIC = frozenset(["lieu", "organisation", "nom", "ville"])
_LINKS = frozenset("de du d' des la le les l' au aux".split())


@dataclass
class Entity:
    """Who or what several forms name, with what stands in their place."""

    ident: str
    kind: Kind
    town: str
    label: str = ""
    givens: dict[str, None] = field(default_factory=dict)
    families: dict[str, None] = field(default_factory=dict)
    gender: str = ""
    bare_family: bool = False
    given: str = ""
    family: str = ""
    whole: str = ""
    stays: bool = False


class Entities:
    """Entities of a corpus.

    Parameters
    ----------
    mentions : all, in order.
    people : who is who.
    where : circle and town of each interview.
    taken : keys of words that no pseudonym may be.
    """

    def __init__(
        self,
        mentions: Sequence[Mention],
        people: People,
        where: Mapping[str, Where],
        taken: Container[str],
    ) -> None:
        self._people = people
        self._tails = _tails(mentions)
        self._by_node: dict[Node, Entity] = {}
        numbers: dict[str, int] = defaultdict(int)
        for one in mentions:
            node = self.node(one)
            if node not in self._by_node:
                letter = _LETTERS[one.kind]
                numbers[letter] += 1
                town = where[one.interview].town
                self._by_node[node] = Entity(f"{letter}{numbers[letter]}", one.kind, town)
            _add(self._by_node[node], one)
        self._choose(Chooser(taken))

    def node(self, mention: Mention) -> Node:
        """What a mention is known by: the same for all mentions of one entity."""
        if mention.kind == "person":
            return self._people.person(mention)
        keys = keys_of(mention.form)
        tail = self._tails.get(_tail(keys))
        return (mention.kind, *(tail or keys))

    def of(self, mention: Mention) -> Entity:
        """The entity of a mention."""
        return self._by_node[self.node(mention)]

    def pseudonym(self, mention: Mention) -> str:
        """What stands in the place of one mention: the part of the pseudonym that it says."""
        entity = self.of(mention)
        if mention.kind != "person":
            return entity.whole
        if mention.given and mention.family:
            parts = [entity.given, entity.family]
            if keys_of(mention.form)[0] != mention.given.partition(" ")[0] and (
                " ".join(keys_of(mention.form)).endswith(mention.given)
            ):
                parts.reverse()
            return " ".join(parts)
        return entity.given if mention.given else entity.family

    def _choose(self, chooser: Chooser) -> None:
        claimed: set[str] = set()
        shared: dict[tuple[str, str], str] = {}
        for entity in self._by_node.values():
            if entity.kind != "person":
                entity.whole = "" if entity.stays else chooser.numbered(entity.label)
                continue
            if entity.givens:
                entity.given = chooser.first_name(next(iter(entity.givens)), entity.gender)
            if entity.families:
                self._choose_family(entity, chooser, shared, claimed)

    @staticmethod
    def _choose_family(
        entity: Entity, chooser: Chooser, shared: dict[tuple[str, str], str], claimed: set[str]
    ) -> None:
        """A family shares its surname; but « Haddad » alone is one entity's only."""
        places = [(entity.town, key) for key in entity.families]
        chosen = next((shared[place] for place in places if place in shared), "")
        if not chosen or (entity.bare_family and chosen in claimed):
            chosen = chooser.surname(next(iter(entity.families)))
        for place in places:
            shared.setdefault(place, chosen)
        entity.family = chosen
        if entity.bare_family:
            claimed.add(chosen)


def _add(entity: Entity, one: Mention) -> None:
    if one.given:
        entity.givens.setdefault(one.given)
    if one.family:
        entity.families.setdefault(one.family)
        entity.bare_family |= not one.given
    entity.gender = entity.gender or one.gender
    entity.stays |= one.reason == STAYS
    if not entity.label or entity.label in _GENERIC:
        entity.label = one.label or "nom"


def _tail(keys: tuple[str, ...]) -> tuple[str, ...]:
    """The name without what it is: « Mare Rouge » of « secteur de la Mare Rouge »."""
    known, first = cues(), 0
    heads = known.places.keys() | known.organisations.keys()
    if keys and keys[0] in heads:
        first = 1
        while first < len(keys) and keys[first] in known.middles | _LINKS:
            first += 1
    while first < len(keys) and keys[first] in _LINKS:
        first += 1
    return keys[first:]


def _tails(mentions: Iterable[Mention]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Names without their heads that one place or organisation has, and its whole name."""
    whole: dict[tuple[str, ...], dict[tuple[str, ...], None]] = defaultdict(dict)
    kinds: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in mentions:
        if one.kind in ("place", "organisation"):
            keys = keys_of(one.form)
            whole[_tail(keys)].setdefault(keys)
            kinds[_tail(keys)].add(one.kind)
    return {
        tail: next(keys for keys in forms if keys != tail)
        for tail, forms in whole.items()
        if tail and len(kinds[tail]) == 1 and len({*forms} - {tail}) == 1
    }
