"""Parts of names: which word of a mention is the first name, which the surname.

What the other mentions of the same interviewee, or of the same town, say decides: « Boudjemaa » is
also a first name, « Jean Luc » may be a first name and a surname, « Mme Dupont Martin » too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from textlien.pseudonyms.finding.gazetteers import gazetteers
from textlien.pseudonyms.finding.mentions import CUE, GUESS, Mention
from textlien.pseudonyms.finding.predicates import is_frequent
from textlien.pseudonyms.linking.people import Setting, longer_names

_LEADING = frozenset("de du d des la le les l".split())
"""Particles before a surname, with which or without which a person is named."""


class _Compounds(NamedTuple):
    """First names and surnames that are written with a hyphen somewhere, « jean luc » by key."""

    first_names: frozenset[str]
    surnames: frozenset[str]


def _compounds(mentions: Iterable[Mention]) -> _Compounds:
    """Compounds of a corpus; a first name that is one in the lists needs no hyphen."""
    persons = [each for each in mentions if each.kind == "person"]
    hyphenated = {key for each in persons for key in each.keys if " " in key}
    return _Compounds(
        frozenset(each.first_name for each in persons) & hyphenated,
        frozenset(each.surname for each in persons) & hyphenated,
    )


def _joined(mention: Mention, compounds: _Compounds) -> Mention:
    """A mention with its compounds as one part, and its surname without a particle before."""
    whole = bare_surname(" ".join(mention.keys))
    first_name, surname = mention.first_name, mention.surname
    if whole in compounds.surnames - compounds.first_names:
        first_name, surname = "", whole
    elif surname and f"{first_name} {surname}" in compounds.first_names:
        first_name, surname = f"{first_name} {surname}", ""
    elif first_name:
        after, _, rest = surname.partition(" ")
        if rest and f"{first_name} {after}" in compounds.first_names:
            first_name, surname = f"{first_name} {after}", rest
    return replace(mention, first_name=first_name, surname=bare_surname(surname))


def bare_surname(key: str) -> str:
    """A surname by which one person is one: « de La Tour », « La Tour », « d'Artagnan ».

    >>> bare_surname("de la tour"), bare_surname("d' artagnan"), bare_surname("le")
    ('tour', 'artagnan', 'le')
    """
    words = key.split(" ")
    while len(words) > 1 and words[0].rstrip("'") in _LEADING:
        words = words[1:]
    return " ".join(words)


@dataclass
class _Parts:
    """Parts of names that a circle has.

    Attributes
    ----------
    first_name, surname : first names and surnames of full names.
    titled : surnames behind a cue.
    all_first_names : first names, alone or not.
    """

    first_name: set[str] = field(default_factory=set)
    surname: set[str] = field(default_factory=set)
    titled: set[str] = field(default_factory=set)
    all_first_names: set[str] = field(default_factory=set)

    def add(self, mention: Mention) -> None:
        """Note the parts of a mention."""
        if mention.first_name and mention.surname:
            self.first_name.add(mention.first_name)
            self.surname.add(mention.surname)
        elif mention.surname and mention.rank <= CUE:
            self.titled.add(mention.surname)
        if mention.first_name:
            self.all_first_names.add(mention.first_name)


def settle_parts(mentions: Sequence[Mention], settings: Mapping[str, Setting]) -> list[Mention]:
    """Decide which words of a mention are the first name, and which the surname.

    A name written with a hyphen anywhere decides for the same name without: « Jean Luc » beside
    « Jean-Luc », « Mme Dupont Martin » beside « Mme Dupont-Martin ». Of one word, the full names in
    the interviews of the same interviewee decide: « Boudjemaa » is also a first name; beside
    « Samira Boudjemaa » it is a surname.

    Parameters
    ----------
    mentions : of all kinds.
    settings : of each interview.
    """
    compounds = _compounds(mentions)
    mentions = [_joined(each, compounds) if each.kind == "person" else each for each in mentions]
    parts: dict[str, _Parts] = defaultdict(_Parts)
    for each in mentions:
        parts[settings[each.interview].circle].add(each)
    return [
        _settled(each, parts[settings[each.interview].circle]) if each.kind == "person" else each
        for each in mentions
    ]


def _settled(mention: Mention, parts: _Parts) -> Mention:
    """A mention of a person with its word as the part that it is in its circle."""
    first_name, surname = mention.first_name, mention.surname
    if first_name and surname:
        turned = first_name in parts.titled and surname not in parts.titled
        if turned and gazetteers().is_first_name(surname):
            # « Benali Hocine » beside « M. Benali »
            return replace(mention, first_name=surname, surname=first_name)
    elif _is_surname_behind(mention, parts):
        first_name, _, surname = first_name.rpartition(" ")
        return replace(mention, first_name=first_name, surname=surname)
    elif first_name in parts.surname - parts.first_name or _is_titled(first_name, parts):
        return replace(mention, first_name="", surname=first_name, gender="")
    elif surname in parts.first_name - parts.surname - parts.titled or _is_short_for(
        mention, parts.all_first_names
    ):
        return replace(mention, first_name=surname, surname="")
    return mention


def _is_titled(name: str, parts: _Parts) -> bool:
    """True for a rare first name that is a surname behind a title: « O'Bryan », « M. O'Bryan »."""
    return name in parts.titled and not is_frequent(name)


def _is_surname_behind(mention: Mention, parts: _Parts) -> bool:
    """True for « Jean Michel » without a hyphen, beside « M. Michel »."""
    last = mention.first_name.rpartition(" ")[2]
    return len(mention.keys) > 1 and not mention.surname and last in parts.titled


def _is_short_for(mention: Mention, first_names: Iterable[str]) -> bool:
    """True when a guessed surname may be short for a first name: « Yass » beside « Yassine »."""
    is_guess = mention.rank == GUESS and mention.surname not in gazetteers().surnames
    return is_guess and len(longer_names(mention.surname, first_names)) == 1
