"""Which words can be a part of a name, and how far a name goes."""

from __future__ import annotations

from textlien.pseudonyms.finding.common import is_common
from textlien.pseudonyms.finding.cues import cues
from textlien.pseudonyms.finding.gazetteers import FREQUENT, gazetteers
from textlien.pseudonyms.finding.words import Turn, Word

PARTICLES = frozenset(
    "de du d' des la le les l' el al ben bin ould ait von van der da dos di".split()
)
JOINING = frozenset("de du d' des la le les l' sur et aux a en sous lez".split())
COMPOUNDING = frozenset("jean marie anne mohamed mohammed mohamad".split())
"""First names that begin a compound: « jean claude », « mohamed amine »."""

_SHORTEST = 3
_LONGEST = 6
_BLANK = frozenset(" \u00a0\n")


def follows(turn: Turn, index: int) -> bool:
    """Whether a word goes on from the one before, with a blank or an apostrophe between."""
    return 0 < index < len(turn.words) and turn.words[index].joined


def is_function(word: Word) -> bool:
    """Whether a word is grammar, or heard everywhere in speech: never a name in small letters."""
    known = cues()
    return any(
        word.key in words
        for words in (known.post_stops, known.post_links, known.oral, known.invariable)
    )


def is_grammar(word: Word) -> bool:
    """Whether a capital makes no name of a word: « Donc », but not « Roux »."""
    return is_function(word) and word.key not in gazetteers().surnames


def is_rare(word: Word) -> bool:
    """Whether a word is in no dictionary."""
    return len(word.key) >= _SHORTEST and not is_function(word) and not is_common(word.text)


def is_shown(turn: Turn, index: int) -> bool:
    """Whether a capital shows a word to be a name: where capitals tell, and not of a sentence."""
    if not 0 <= index < len(turn.words) or turn.casing == "single":
        return False
    word = turn.words[index]
    known = cues()
    return (
        word.capital
        and not known.is_never_a_name(word.key)
        and word.key not in known.titles
        and not word.text.endswith(("'", "’"))
    )


def is_capital(turn: Turn, index: int) -> bool:
    """Whether a word inside a sentence has a capital that means something."""
    word = turn.words[index]
    return turn.casing == "mixed" and word.capital and not word.begins


def could_be(turn: Turn, index: int) -> bool:
    """Whether a word behind a cue can be a name; listed or rare in small letters."""
    if not 0 <= index < len(turn.words):
        return False
    if turn.casing == "mixed":
        return is_shown(turn, index)
    word, lists = turn.words[index], gazetteers()
    if len(word.key) < _SHORTEST or is_function(word) or cues().is_never_a_name(word.key):
        return False
    if word.key in cues().titles or word.key in cues().kin:
        return False
    frequent = lists.first_names.get(word.key)
    listed = frequent is not None and frequent.births >= FREQUENT
    return listed or word.key in lists.surnames or is_rare(word)


def is_unmistakable(turn: Turn, index: int) -> bool:
    """Whether a word in small letters is no word of French besides."""
    return turn.casing == "mixed" or not is_common(turn.words[index].text)


def run_from(turn: Turn, first: int, *, particles: bool = False) -> int:
    """Last word of the name that begins at word ``first``.

    Parameters
    ----------
    particles : whether « de », « ben »… may stand in it.
    """
    last = first
    if turn.casing == "single":
        return first + 1 if _is_surname_behind(turn, first) else first
    while last - first < _LONGEST:
        after = last + 1
        if particles:
            after = skip(turn, after, PARTICLES)
        elif follows(turn, after) and turn.words[after].key in ("ben", "el", "al", "ait", "ould"):
            after += 1
        if after == last or not follows(turn, after) or not is_shown(turn, after):
            break
        if (
            turn.words[after].begins
            or is_grammar(turn.words[after])
            or is_acronym(turn.words[after]) != is_acronym(turn.words[first])
        ):
            break
        last = after
    return last


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
    """Whether a word is capitals only."""
    return len(word.text) > 1 and word.text.isupper() and word.text.isalnum()


def _is_surname_behind(turn: Turn, first: int) -> bool:
    after = first + 1
    if not follows(turn, after) or not gazetteers().is_first_name(turn.words[first].key):
        return False
    word, lists = turn.words[after], gazetteers()
    frequent = lists.first_names.get(word.key)
    if turn.words[first].key in COMPOUNDING and frequent and frequent.births >= FREQUENT:
        return True
    if word.key in lists.first_names and lists.first_names[word.key].births >= FREQUENT:
        return lists.surnames.get(word.key) is False
    return is_rare(word) or (lists.surnames.get(word.key) is False and not is_function(word))
