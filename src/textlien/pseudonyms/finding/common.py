"""Which words are words of French and which are in no dictionary."""

from __future__ import annotations

import re
from functools import lru_cache

import simplemma

from textlien.pseudonyms.finding.cues import cues
from textlien.pseudonyms.finding.gazetteers import gazetteers
from textlien.pseudonyms.finding.words import key_of

_SHORTEST = 6
_DEMONYM = re.compile("(?:ien|ienne|éen|éenne|ais|aise|ois|oise|ain|aine|asque|kais)s?$")


@lru_cache(maxsize=1 << 16)
def is_common(text: str) -> bool:
    """Whether a word is one of French in small letters.

    >>> is_common("Rose"), is_common("beaucoup"), is_common("Hauguel"), is_common("peut-être")
    (True, True, False, True)
    """
    low = text.lower().strip("'’").replace("’", "'")
    known, key, lists = cues(), key_of(low), gazetteers()
    if low.isdigit() or key in known.invariable or simplemma.is_known(low, lang="fr"):
        return True
    named = key in lists.first_names or key in lists.surnames or key in lists.communes
    parts = low.split("-")
    if len(parts) > 1 and not named and not lists.is_first_name(key):
        return all(is_common(part) for part in parts)
    return len(low) > _SHORTEST and not named and low.endswith(known.endings)


def is_demonym(text: str) -> bool:
    """Whether a word looks like people of somewhere: « Alsaciens », « Havraises », « Turcs ».

    >>> is_demonym("Alsaciens"), is_demonym("Vandamme")
    (True, False)
    """
    low = text.lower()
    return _DEMONYM.search(low) is not None or (low.endswith("s") and is_common(low[:-1]))
