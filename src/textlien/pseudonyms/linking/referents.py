"""Referents with their pseudonyms: « p1 » is « Samir Haddad », « Samir » and « Haddad »."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from textlien.pseudonyms.finding.gazetteers import gazetteers
from textlien.pseudonyms.finding.kinds import name_tail
from textlien.pseudonyms.finding.mentions import Mention
from textlien.pseudonyms.finding.words import FormKeys
from textlien.pseudonyms.linking.people import Node, People, Setting
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


@dataclass
class Referent:
    """The person or thing that several forms name, with the pseudonyms for it.

    Attributes
    ----------
    ident : "p12", "l3".
    kind : of what it is.
    town : city of the interview where it is mentioned first.
    label : of places and organisations, "rue" for « [rue 3] ».
    real_first_names, real_surnames : keys of its first names and surnames, in order.
    gender : m, f, or empty.
    is_bare_surname : True when it is named by a surname alone somewhere.
    first_name, surname, whole : pseudonyms, of a person in two parts.
    stays : True for a city of the study.
    """

    ident: str
    kind: Kind
    town: str
    label: str = ""
    real_first_names: dict[str, None] = field(default_factory=dict)
    real_surnames: dict[str, None] = field(default_factory=dict)
    gender: str = ""
    is_bare_surname: bool = False
    first_name: str = ""
    surname: str = ""
    whole: str = ""
    stays: bool = False

    def add(self, mention: Mention) -> None:
        """Note the parts of one more mention."""
        if mention.first_name:
            self.real_first_names.setdefault(mention.first_name)
        if mention.surname:
            self.real_surnames.setdefault(mention.surname)
            self.is_bare_surname |= not mention.first_name
        self.gender = self.gender or mention.gender
        self.stays |= mention.stays
        if not self.label or self.label in _GENERIC:
            self.label = mention.label or "nom"


class Referents:
    """Referents of a corpus.

    Parameters
    ----------
    mentions : all, in order.
    people : who is who.
    settings : circle and town of each interview.
    reserved : keys of words that no pseudonym may be.
    """

    def __init__(
        self,
        mentions: Sequence[Mention],
        people: People,
        settings: Mapping[str, Setting],
        reserved: Container[str],
    ) -> None:
        """Gather mentions into referents, then give each referent its pseudonyms."""
        self._people = people
        self._tails = _tails(mentions)
        self._by_node: dict[Node, Referent] = {}
        numbers: dict[str, int] = defaultdict(int)
        for each in mentions:
            node = self._node(each)
            if node not in self._by_node:
                letter = _LETTERS[each.kind]
                numbers[letter] += 1
                town = settings[each.interview].town
                self._by_node[node] = Referent(f"{letter}{numbers[letter]}", each.kind, town)
            self._by_node[node].add(each)
        self._choose(Chooser(reserved))

    def of(self, mention: Mention) -> Referent:
        """The referent of a mention."""
        return self._by_node[self._node(mention)]

    def pseudonym(self, mention: Mention) -> str:
        """The part of the pseudonym that one mention gives: first name, surname or both."""
        referent = self.of(mention)
        if mention.kind != "person":
            return referent.whole
        if mention.first_name and mention.surname:
            parts = [referent.first_name, referent.surname]
            return " ".join(reversed(parts) if _is_turned(mention) else parts)
        return referent.first_name if mention.first_name else referent.surname

    def _node(self, mention: Mention) -> Node:
        """Identity of a mention: the same for all mentions of one referent."""
        if mention.kind == "person":
            return self._people.person(mention)
        tail = self._tails.get(name_tail(mention.keys))
        return (mention.kind, *(tail or mention.keys))

    def _choose(self, chooser: Chooser) -> None:
        """Give every referent its pseudonyms."""
        claimed: set[str] = set()
        shared: dict[tuple[str, str], str] = {}
        for referent in self._by_node.values():
            if referent.kind != "person":
                referent.whole = "" if referent.stays else chooser.numbered(referent.label)
                continue
            if referent.real_first_names:
                referent.first_name = chooser.first_name(
                    next(iter(referent.real_first_names)), referent.gender
                )
            if referent.real_surnames:
                _choose_family(referent, chooser, shared, claimed)


def _choose_family(
    person: Referent, chooser: Chooser, shared: dict[tuple[str, str], str], claimed: set[str]
) -> None:
    """Give a person a surname, which a family shares; but « Haddad » alone is one person's only.

    Parameters
    ----------
    shared : surnames by town and real surname.
    claimed : surnames that somebody is called by alone.
    """
    families = [(person.town, key) for key in person.real_surnames]
    surname = next((shared[family] for family in families if family in shared), "")
    if not surname or (person.is_bare_surname and surname in claimed):
        surname = chooser.surname(next(iter(person.real_surnames)))
    for family in families:
        shared.setdefault(family, surname)
    person.surname = surname
    if person.is_bare_surname:
        claimed.add(surname)


def _is_turned(mention: Mention) -> bool:
    """True where the surname stands first: « Benali Hocine »."""
    keys = mention.keys
    begins = keys[0] == mention.first_name.partition(" ")[0]
    return not begins and " ".join(keys).endswith(mention.first_name)


def _tails(mentions: Iterable[Mention]) -> dict[FormKeys, FormKeys]:
    """Names without their heads that one place or organisation has, and its whole name."""
    whole: dict[FormKeys, dict[FormKeys, None]] = defaultdict(dict)
    kinds: dict[FormKeys, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.kind in ("place", "organisation"):
            tail = name_tail(mention.keys)
            whole[tail].setdefault(mention.keys)
            kinds[tail].add(mention.kind)
    return {
        tail: next(keys for keys in forms if keys != tail)
        for tail, forms in whole.items()
        if tail
        and len(kinds[tail]) == 1
        and len({*forms} - {tail}) == 1
        # « Sèvres » is no « rue de Sèvres »
        and not gazetteers().is_place(" ".join(tail))
    }
