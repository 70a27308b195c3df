"""Predicates on words: of French or of no dictionary, a capital that counts, a part of a name."""

from __future__ import annotations

import re
from functools import lru_cache

import simplemma

from textlien.pseudonyms.finding.cues import cues
from textlien.pseudonyms.finding.gazetteers import FREQUENT, gazetteers
from textlien.pseudonyms.finding.words import Turn, Word, key_of

PARTICLES = frozenset(
    "de du d' des la le les l' el al ben bin ould ait von van der da dos di".split()
)
JOINING = frozenset("de du d' des la le les l' sur et aux a en sous lez".split())
COMPOUNDING = frozenset("jean marie anne mohamed mohammed mohamad".split())
"""First names that begin a compound: « jean claude », « mohamed amine »."""

_SHORTEST = 3
"""Letters of a word that may be a name in small letters: with 4, recall on half a of the marked
interviews falls by 0.4; 2 finds nothing more."""

_LONGEST = 6
"""Words behind the first one of a name, so that a list of names has an end. From 3 to 10 the marked
interviews give the same."""

_SHORTEST_ENDING = 6
"""Letters above which an ending makes a word of French, since short surnames end alike. From 4 to 8
the marked interviews give the same."""

_KNOWN_TOWN = 10_000
"""Inhabitants from which a commune ends the name before it: « Picpus Saint-Mandé » is two. A
judgement: towns of that size are known beyond their region."""

_DEMONYM = re.compile("(?:ien|ienne|éen|éenne|ais|aise|ois|oise|ain|aine|asque|kais)s?$")
_ARABIC_PARTICLES = ("ben", "el", "al", "ait", "ould")


@lru_cache(maxsize=1 << 16)
def is_common(text: str) -> bool:
    """True for a word of French in small letters.

    >>> is_common("Rose"), is_common("beaucoup"), is_common("Hauguel"), is_common("peut-être")
    (True, True, False, True)
    """
    low = text.lower().strip("'’").replace("’", "'")
    key, lists = key_of(low), gazetteers()
    if low.isdigit() or key in cues().invariable or simplemma.is_known(low, lang="fr"):
        return True
    listed = key in lists.first_names or key in lists.surnames or key in lists.communes
    parts = low.split("-")
    if len(parts) > 1 and not listed and not lists.is_first_name(key):
        return all(is_common(part) for part in parts)
    return len(low) > _SHORTEST_ENDING and not listed and low.endswith(cues().endings)


def is_demonym(text: str) -> bool:
    """True for what looks like people of somewhere: « Alsaciens », « Havraises », « Turcs ».

    >>> is_demonym("Alsaciens"), is_demonym("Vandamme")
    (True, False)
    """
    low = text.lower()
    return _DEMONYM.search(low) is not None or (low.endswith("s") and is_common(low[:-1]))


def is_people(text: str) -> bool:
    """True for a people or inhabitants that dictionaries have: « Parisien », « Maghrébins ».

    >>> is_people("Parisiens"), is_people("Platanes"), is_people("Vandamme")
    (True, False, False)
    """
    is_word = is_common(text) or key_of(text) in cues().oral
    return is_word and _DEMONYM.search(text.lower()) is not None


def is_town(key: str) -> bool:
    """True for a commune that many know, whose name is no word, surname or first name."""
    lists = gazetteers()
    population, is_word = lists.communes.get(key, (0, True))
    is_person = key in lists.surnames or key in lists.first_names
    return key in lists.abroad or (population >= _KNOWN_TOWN and not is_word and not is_person)


def follows(turn: Turn, index: int) -> bool:
    """True for a word that follows the one before, with a blank or an apostrophe between."""
    return 0 < index < len(turn.words) and turn.words[index].joined


def is_function(word: Word) -> bool:
    """True for function words and fillers: never a name in lower case."""
    lists = cues()
    return any(
        word.key in words
        for words in (lists.post_stops, lists.post_links, lists.oral, lists.invariable)
    )


def is_grammar(word: Word) -> bool:
    """True where a capital makes no name of a word: « Donc », but not « Roux »."""
    return is_function(word) and word.key not in gazetteers().surnames


def is_rare(word: Word) -> bool:
    """True for a word in no dictionary."""
    return len(word.key) >= _SHORTEST and not is_function(word) and not is_common(word.text)


def is_shown(turn: Turn, index: int) -> bool:
    """True where a capital shows a word to be a name, in an interview that has capitals."""
    if not 0 <= index < len(turn.words) or turn.casing == "single":
        return False
    word = turn.words[index]
    return (
        word.capital
        and not cues().is_never_a_name(word.key)
        and word.key not in cues().titles
        and not word.text.endswith(("'", "’"))
    )


def is_capital(turn: Turn, index: int) -> bool:
    """True for a word inside a sentence with a capital that means something."""
    word = turn.words[index]
    return turn.casing == "mixed" and word.capital and not word.begins


def could_be(turn: Turn, index: int) -> bool:
    """True for a word that can be a name behind a cue; in small letters, listed or rare."""
    if not 0 <= index < len(turn.words):
        return False
    if turn.casing == "mixed":
        return is_shown(turn, index)
    word = turn.words[index]
    if len(word.key) < _SHORTEST or is_function(word) or cues().is_never_a_name(word.key):
        return False
    if word.key in cues().titles or word.key in cues().kin:
        return False
    return is_frequent(word.key) or word.key in gazetteers().surnames or is_rare(word)


def is_frequent(key: str, births: int = FREQUENT) -> bool:
    """True for a first name given to at least ``births`` children."""
    first_name = gazetteers().first_names.get(key)
    return first_name is not None and first_name.births >= births


def is_unmistakable(turn: Turn, index: int) -> bool:
    """True unless a word in small letters is also a word of French."""
    return turn.casing == "mixed" or not is_common(turn.words[index].text)


def run_from(turn: Turn, first: int, *, particles: bool = False) -> int:
    """Last word of the name that begins at word ``first``.

    Parameters
    ----------
    particles : True when « de », « ben »… may stand in it.
    """
    if turn.casing == "single":
        return first + 1 if _is_surname_behind(turn, first) else first
    last = first
    while last - first < _LONGEST:
        after = last + 1
        if particles:
            after = skip(turn, after, PARTICLES)
        elif follows(turn, after) and turn.words[after].key in _ARABIC_PARTICLES:
            after += 1
        if after == last or not _continues(turn, first, after):
            break
        last = after
    return last


def _continues(turn: Turn, first: int, index: int) -> bool:
    """True for a word that continues the name that begins at word ``first``."""
    if not follows(turn, index) or not is_shown(turn, index):
        return False
    word = turn.words[index]
    return (
        not word.begins
        and not is_grammar(word)
        and is_acronym(word) == is_acronym(turn.words[first])
    )


def skip(turn: Turn, index: int, words: frozenset[str], most: int = 3) -> int:
    """First word from ``index`` on that is not one of ``words``; ``index`` if none is."""
    while (
        most
        and follows(turn, index)
        and turn.words[index].key in words
        and not is_capital(turn, index)
    ):
        index, most = index + 1, most - 1
    return index


def is_acronym(word: Word) -> bool:
    """True for capitals only."""
    return len(word.text) > 1 and word.text.isupper() and word.text.isalnum()


def _is_surname_behind(turn: Turn, first: int) -> bool:
    """True when a surname follows the first name at ``first``, in small letters both."""
    after, lists = first + 1, gazetteers()
    if not follows(turn, after) or not lists.is_first_name(turn.words[first].key):
        return False
    word = turn.words[after]
    only_surname = lists.surnames.get(word.key) is False  # listed, and no word besides
    if is_frequent(word.key):
        is_compound = is_frequent(f"{turn.words[first].key} {word.key}")
        return is_compound or turn.words[first].key in COMPOUNDING or only_surname
    return is_rare(word) or (only_surname and not is_function(word))
