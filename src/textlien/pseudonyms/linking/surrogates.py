"""Pseudonyms: first names of the same gender and frequency, surnames, numbered places.

Nothing is drawn: the choice follows from a digest of the name, so that the same corpus gets the
same pseudonyms, and one more name changes few of the others.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache

from textlien.pseudonyms.finding.cues import cues
from textlien.pseudonyms.finding.gazetteers import gazetteers
from textlien.pseudonyms.finding.predicates import is_common
from textlien.pseudonyms.finding.words import key_of

_POOL = 800
"""Number of the most frequent names that serve as pseudonyms: rarer ones draw the eye."""

_BAND = 150
"""Ranks around that of the real name among which its pseudonym is: about as old and as common."""

_CONTACTS = frozenset("téléphone courriel site numéro compte".split())


class Chooser:
    """Gives pseudonyms, each once.

    Parameters
    ----------
    reserved : keys of words that no pseudonym may be: words of the corpus, cities that stay.
    """

    def __init__(self, reserved: Container[str]) -> None:
        self._reserved = reserved
        self._used: set[str] = set()
        self._numbers: dict[str, int] = defaultdict(int)

    def first_name(self, name: str, gender: str) -> str:
        """A first name.

        Parameters
        ----------
        name : key of the real one.
        gender : m, f, or empty for a name that both have.
        """
        pool = _first_names(gender or "mf")
        rank = _rank(name, pool)
        low = max(0, min(rank - _BAND // 2, len(pool) - _BAND))
        band = pool[low : low + _BAND]
        return self._first_free(name, [*_turned(name, band), *_turned(name, pool)])

    def surname(self, name: str) -> str:
        """A surname for the surname of key ``name``."""
        return self._first_free(name, _turned(name, _surnames()))

    def numbered(self, label: str) -> str:
        """« [rue 3] », or « [téléphone] » where a number adds nothing."""
        if label in _CONTACTS:
            return f"[{label}]"
        self._numbers[label] += 1
        return f"[{label} {self._numbers[label]}]"

    def _first_free(self, name: str, choices: Sequence[str]) -> str:
        """The first choice that is free and unlike the real name."""
        for choice in choices:
            key = key_of(choice)
            alike = key[:1] == name[:1] or key in name or name in key
            real = any(part in self._reserved for part in (key, *key.split(" ")))
            if not real and key not in self._used and not alike:
                self._used.add(key)
                return choice
        return next(self._invented())

    def _invented(self) -> Iterator[str]:
        """Pseudonyms for a corpus that has used up the list."""
        while True:
            self._numbers[""] += 1
            yield f"[personne {self._numbers['']}]"


def _turned(name: str, choices: Sequence[str]) -> list[str]:
    """The choices from a place on that depends on the name only."""
    start = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") % len(choices)
    return [*choices[start:], *choices[:start]]


def _rank(name: str, pool: Sequence[str]) -> int:
    """Place in the pool of a name as frequent as the real one; its end for an unlisted name."""
    listed = gazetteers().first_names
    first = listed.get(name) or listed.get(name.partition(" ")[0])
    if first is None:
        return len(pool)
    return next(
        (place for place, other in enumerate(pool) if listed[key_of(other)].rank >= first.rank),
        len(pool),
    )


@lru_cache(maxsize=3)
def _first_names(gender: str) -> tuple[str, ...]:
    """The most frequent first names of a gender that are nothing else."""
    lists = gazetteers()
    forms = [
        first.form
        for key, first in lists.first_names.items()
        if first.gender == gender
        and not first.is_word
        and not is_common(first.form)
        and key not in lists.communes
        and key not in lists.abroad
        and key not in cues().figures
        and " " not in key
    ]
    return tuple(forms[:_POOL])


@lru_cache(maxsize=1)
def _surnames() -> tuple[str, ...]:
    """The most frequent surnames that are nothing else."""
    lists = gazetteers()
    names = (lists.first_names, lists.communes, lists.abroad, cues().figures, cues().national)
    forms = [
        form
        for form in lists.surname_forms
        for key in [key_of(form)]
        if not lists.surnames[key]
        and not any(key in other for other in names)
        and not is_common(form)
    ]
    return tuple(forms[: 2 * _POOL])
