"""Words around names: titles, kinship, kinds of places and organisations (``cues.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from textlien.files.shipped import folder
from textlien.pseudonyms.finding.words import key_of
from textlien.pseudonyms.folded_forms import folded_words


@dataclass(frozen=True)
class Cues:
    """Words around names (``cues.toml``), by key; each attribute is a list of that file."""

    titles: Mapping[str, str]
    plain_titles: frozenset[str]
    kin: Mapping[str, str]
    possessive: frozenset[str]
    small: Mapping[str, str]
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
        """True for an institution, and for a word capitalised without being anybody's name."""
        return key in self.common or key in self.institutions


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The cues that come with textlien, read once."""
    path = folder("configs") / "gazetteers" / "cues.toml"
    with path.open("rb") as stream:
        lists = tomllib.load(stream)
    places, posts, words = lists["places"], lists["posts"], lists["words"]
    kin, called, countries = lists["kin"], lists["called"], lists["countries"]
    organisations = dict(lists["organisations"])
    middles, bare = organisations.pop("middles"), organisations.pop("bare")
    return Cues(
        titles=_gendered(lists["titles"]),
        plain_titles=_keys(lists["titles"]["plain"]),
        kin=_gendered(kin),
        possessive=_keys(kin["possessive"]),
        small=_keyed({"m": kin["small_m"], "f": kin["small_f"]}),
        own_call=_keys(called["own"]),
        calls=_keys(called["verbs"]),
        also=_keys(called["also"]),
        streets=_keys(places["street"]),
        places=_keyed({kind: places[kind] for kind in ("street", "quarter", "building")}),
        organisations=_keyed(organisations),
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
        oral=_keys(lists["speech"]["oral"]),
        invariable=_keys(lists["speech"]["invariable"]),
        endings=tuple(lists["speech"]["endings"]),
    )


def _keys(words: Iterable[str]) -> frozenset[str]:
    """Keys of words, whose apostrophes count: « d' » is not « d »."""
    return frozenset(key_of(word) for word in words)


def _phrases(phrases: Iterable[str]) -> frozenset[str]:
    """Keys of names of one word or several, whose apostrophes do not count."""
    return frozenset(" ".join(folded_words(phrase)) for phrase in phrases)


def _keyed(lists: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Name of its list by word; of a word in two lists, the later one."""
    return {key: kind for kind, words in lists.items() for key in _keys(words)}


def _gendered(lists: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Gender by word; empty for a word of both genders."""
    men, women = _keys(lists["m"]), _keys(lists["f"])
    either = _keys(lists["any"]) | men & women
    return {**dict.fromkeys(men, "m"), **dict.fromkeys(women, "f"), **dict.fromkeys(either, "")}
