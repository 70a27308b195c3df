"""Lists that names are looked up in: first names, surnames, communes, and cues around names."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from textlien.files.shipped import folder
from textlien.pseudonyms.finding.words import key_of
from textlien.pseudonyms.replacing.folded import folded_words

FREQUENT = 100
"""Births of a name that is looked for without any cue around it."""


SAINTS = frozenset(["saint", "sainte"])
"""First names too, it is said; but « Saint-Lazare » is a place."""


class FirstName(NamedTuple):
    """A first name: gender ``m``, ``f`` or ``mf``; least births of its class; its rank."""

    form: str
    gender: str
    births: int
    is_word: bool
    rank: int


@dataclass(frozen=True)
class Gazetteers:
    """Names by key (:func:`textlien.pseudonyms.finding.words.key_of`).

    Attributes
    ----------
    first_names : first names of France.
    surnames : whether each is also a word.
    surname_forms : the same as they are written, the most frequent first.
    communes : population, and whether the name is also a word.
    abroad : countries, regions, and towns abroad: "pays" or "ville".
    """

    first_names: Mapping[str, FirstName]
    surnames: Mapping[str, bool]
    surname_forms: tuple[str, ...]
    communes: Mapping[str, tuple[int, bool]]
    abroad: Mapping[str, str]

    def gender(self, key: str) -> str:
        """Gender of a first name, of a compound by its first part; empty where not known."""
        whole = self.first_names.get(key) or self.first_names.get(key.partition(" ")[0])
        return whole.gender if whole else ""

    def is_first_name(self, key: str) -> bool:
        """Whether a word is a first name, or a compound of two."""
        if key in self.first_names:
            return True
        parts = key.split(" ")
        if parts[0] in SAINTS:
            return False
        return len(parts) == 2 and all(part in self.first_names for part in parts)


@lru_cache(maxsize=1)
def gazetteers() -> Gazetteers:
    """The lists that come with textlien, read once."""
    first_names = {
        _key(row["name"]): FirstName(
            row["name"], row["gender"], int(row["births"]), row["word"] == "1", rank
        )
        for rank, row in enumerate(_rows("first_names.csv"))
        if _key(row["name"]) not in SAINTS
    }
    # The order is that of frequency; of two that fold to one key the more frequent one is kept.
    communes: dict[str, tuple[int, bool]] = {}
    for row in _rows("communes.csv"):
        communes.setdefault(_key(row["name"]), (int(row["population"]), row["word"] == "1"))
    listed = cues()
    abroad = dict.fromkeys(listed.towns, "ville") | dict.fromkeys(listed.countries, "pays")
    by_surname = {row["name"]: row["word"] == "1" for row in _rows("surnames.csv")}
    surnames = {_key(name): is_word for name, is_word in by_surname.items()}
    return Gazetteers(first_names, surnames, tuple(by_surname), communes, abroad)


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = folder("configs") / "gazetteers" / name
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _key(form: str) -> str:
    return " ".join(folded_words(form))


@dataclass(frozen=True)
class Cues:
    """Words around names (``cues.toml``), by key; each attribute is a list of that file."""

    titles: Mapping[str, str]
    plain_titles: frozenset[str]
    kin: Mapping[str, str]
    possessive: frozenset[str]
    small: Mapping[str, str]
    near: frozenset[str]
    own_call: frozenset[str]
    calls: frozenset[str]
    also: frozenset[str]
    streets: frozenset[str]
    places: Mapping[str, str]
    organisations: Mapping[str, str]
    middles: frozenset[str]
    bare: frozenset[str]
    post_heads: frozenset[str]
    post_units: frozenset[str]
    post_links: frozenset[str]
    post_stops: frozenset[str]
    common: frozenset[str]
    institutions: frozenset[str]
    phrases: frozenset[str]
    national: frozenset[str]
    figures: frozenset[str]
    countries: frozenset[str]
    towns: frozenset[str]
    place_before: frozenset[str]
    oral: frozenset[str]
    invariable: frozenset[str]
    endings: tuple[str, ...]

    def is_never_a_name(self, key: str) -> bool:
        """Whether a word is an institution, or capitalised without being anybody's name."""
        return key in self.common or key in self.institutions


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The cues that come with textlien, read once."""
    path = folder("configs") / "gazetteers" / "cues.toml"
    with path.open("rb") as stream:
        found = tomllib.load(stream)
    places, posts, words = found["places"], found["posts"], found["words"]
    kin, called, countries = found["kin"], found["called"], found["countries"]
    kinds = {kind: found["organisations"][kind] for kind in found["organisations"]}
    middles, bare = kinds.pop("middles"), kinds.pop("bare")
    return Cues(
        titles=_gendered(found["titles"]),
        plain_titles=_keys(found["titles"]["plain"]),
        kin=_gendered(kin),
        possessive=_keys(kin["possessive"]),
        small=_keyed({"m": kin["small_m"], "f": kin["small_f"]}),
        near=_keys(kin["near"]),
        own_call=_keys(called["own"]),
        calls=_keys(called["verbs"]),
        also=_keys(called["also"]),
        streets=_keys(places["street"]),
        places=_keyed({kind: places[kind] for kind in ("street", "quarter", "building")}),
        organisations=_keyed(kinds),
        middles=_keys(middles),
        bare=_keys(bare),
        post_heads=_keys(posts["heads"]),
        post_units=_keys(posts["units"]),
        post_links=_keys(posts["links"]),
        post_stops=_keys(posts["stops"]),
        common=_keys(words["common"]),
        institutions=_keys(words["institutions"]),
        phrases=_phrases(words["phrases"]),
        national=_phrases(words["national"]),
        figures=_phrases(words["figures"]),
        countries=_phrases(countries["names"]),
        towns=_phrases(countries["towns"]),
        place_before=_keys(countries["before"]),
        oral=_keys(found["speech"]["oral"]),
        invariable=_keys(found["speech"]["invariable"]),
        endings=tuple(found["speech"]["endings"].split()),
    )


def _keys(words: str) -> frozenset[str]:
    return frozenset(key_of(word) for word in words.split())


def _phrases(words: Iterable[str]) -> frozenset[str]:
    return frozenset(_key(word) for word in words)


def _keyed(lists: Mapping[str, str]) -> dict[str, str]:
    return {key: kind for kind, words in lists.items() for key in _keys(words)}


def _gendered(lists: Mapping[str, Any]) -> dict[str, str]:
    """Gender by word; a word of both lists tells none."""
    men, women = _keys(lists["m"]), _keys(lists["f"])
    either = _keys(lists["any"]) | men & women
    return {**dict.fromkeys(men, "m"), **dict.fromkeys(women, "f"), **dict.fromkeys(either, "")}
