"""Lists in which names are looked up: first names, surnames, communes, and towns abroad."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from textlien.files.shipped import folder
from textlien.pseudonyms.finding.cues import cues
from textlien.pseudonyms.folded_forms import folded_words

FREQUENT = 100
"""Births from which a first name is certain without any cue around it. The classes of the source
begin at 3, 50, 100 and 500. On the marked interviews 3 would leave 8 rows fewer to decide and 500
seven more, with the same recall and precision."""

VERY_FREQUENT = 500
"""Births from which a first name outweighs a surname, a place or a word of the same letters: the
highest class of the source. With 100, precision on half a of the marked interviews falls by 0.4."""

SAINTS = frozenset(["saint", "sainte"])
"""Listed as first names too; but « Saint-Lazare » is a place."""


class FirstName(NamedTuple):
    """A first name: gender ``m``, ``f`` or ``mf``; least births of its class; rank by frequency."""

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
    surnames : True for those that are also a word.
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
        """Gender m, f or mf of a first name, of a compound by its first part; empty if unlisted."""
        whole = self.first_names.get(key) or self.first_names.get(key.partition(" ")[0])
        return whole.gender if whole else ""

    def is_place(self, key: str) -> bool:
        """True for a commune, a country, a region, or a town abroad."""
        return key in self.communes or key in self.abroad

    def is_first_name(self, key: str) -> bool:
        """True for a first name of the list, and for a compound of two."""
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
    """Rows of a list of names, by column."""
    path = folder("configs") / "gazetteers" / name
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _key(form: str) -> str:
    """Key by which a form is looked up."""
    return " ".join(folded_words(form))
