"""An interview as the properties of its document describe it: title, subject, keywords, place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from textlien.text.folding import fold
from textlien.transcripts.notice import FIELDS, in_title, pairs

_TEXTS = ("keywords", "subject", "title", "description", "place")
_BETWEEN = re.compile(r"[;,\n|]")


def property_fields(properties: Mapping[str, str], cities: Mapping[str, str]) -> dict[str, str]:
    """Fields of an interview that its document's properties give.

    Parameters
    ----------
    properties : by name, as a format keeps them: title, subject, keywords, description, date,
        place.
    cities : main name by each name of the cities that the study knows.

    Returns
    -------
    Value by field of :data:`~textlien.transcripts.notice.FIELDS`. « Ville : Creil » counts in any
    of them; a known city counts where just one is named. The date at which a file was made is
    none of an interview's, and is not looked at: transcripts are typed weeks later.

    >>> property_fields({"title": "Entretien CCAS, Le Havre", "keywords": "acteur : élu"},
    ...        {"Le Havre": "Le Havre", "Bordeaux": "Bordeaux"})
    {'city': 'Le Havre', 'actor': 'élu'}
    """
    texts = [properties[name] for name in _TEXTS if properties.get(name)]
    mains = _named(texts, cities)
    city = {"city": mains.pop()} if len(mains) == 1 else {}
    date = properties.get("date") or in_title(properties.get("title", "")).get("date", "")
    dated = {"date": date} if date else {}
    return city | dated | _fields(_pairs(texts))


def _pairs(texts: Iterable[str]) -> dict[str, str]:
    """« Ville : Creil » and the like in some texts or parts of them; the first of a name counts."""
    entries: dict[str, str] = {}
    for text in texts:
        for part in (text, *_BETWEEN.split(text)):
            for key, value in pairs(part.strip()).items():
                entries.setdefault(key, value)
    return entries


def _fields(entries: Mapping[str, str]) -> dict[str, str]:
    """Value of each field that some entries give, under any of its names."""
    values = {}
    for field, names in FIELDS.items():
        present = [name for name in names if name in entries]
        if present:
            values[field] = entries[present[0]]
    return values


def _named(texts: Iterable[str], cities: Mapping[str, str]) -> set[str]:
    """Main names of the known cities in some texts; « Valenciennes Métropole » is one of them."""
    mains: set[str] = set()
    for text in texts:
        words = f" {fold(text)} "
        for name in sorted(cities, key=len, reverse=True):
            folded = f" {fold(name)} "
            if folded.strip() and folded in words:
                mains.add(cities[name])
                words = words.replace(folded, " ")
    return mains
