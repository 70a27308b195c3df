"""Names in transcripts without capitals: by lists, and by words that are in no dictionary."""

from __future__ import annotations

from collections.abc import Iterator, Set

from textlien.pseudonyms.finding.cues import cues
from textlien.pseudonyms.finding.gazetteers import FREQUENT, VERY_FREQUENT, gazetteers
from textlien.pseudonyms.finding.mentions import GUESS, LISTED, Mention, mention
from textlien.pseudonyms.finding.predicates import (
    follows,
    is_common,
    is_function,
    is_rare,
    run_from,
)
from textlien.pseudonyms.finding.rules.persons import parsed
from textlien.pseudonyms.finding.words import Turn, Word
from textlien.pseudonyms.reasons import Reason

_TOWN = 2_000
"""Inhabitants of a commune that is looked for without « à » or « de » before it: many smaller ones
have the names of persons and things. From 500 to 10,000 the marked interviews give the same."""

_BIG_TOWN = 5 * _TOWN
"""Inhabitants of a commune that outweighs a frequent first name, « à nancy »."""

_SHORTEST = 3
"""Letters of a name: with 4, recall on half a of the marked interviews falls by 0.7."""

_LONGEST_PHRASE = 4
"""Words of a listed name that are looked at: « ligue de l'enseignement » has four. From 4 to 6 the
marked interviews give the same."""

_PLACE = frozenset("a d' de vers en du au sur jusqu'a pres habite".split())
_ARTICLES = ("la", "le", "les", "l'")
_NOT_BEFORE_A_NAME = frozenset(
    "un une le la les l' des du de d' en ma mon sa son ta ton ce cette ces au aux deux trois "
    "quatre toute tout tous toutes quelques chaque plusieurs leur leurs notre votre pas plus "
    "trop tres bien si est sont etait".split()
)
"""« une pierre », « en pierre », « la rose »: behind these a word is a word."""

_ORGANISATION = {"label": "organisation", "sure": False}


def lowercase(turn: Turn, keep: frozenset[str], usual: Set[str]) -> Iterator[Mention]:
    """Names of a turn of an interview whose capitals mean nothing.

    Parameters
    ----------
    keep : keys of the cities that stay.
    usual : keys that stand in small letters in interviews that have capitals: words, not names.
    """
    if turn.casing == "mixed":
        return
    index = 0
    while index < len(turn.words):
        name = _phrase(turn, index, keep) or _word(turn, index, keep, usual)
        if name is None:
            index += 1
            continue
        yield name
        while index < len(turn.words) and turn.words[index].start < name.end:
            index += 1


def _phrase(turn: Turn, index: int, keep: frozenset[str]) -> Mention | None:
    """The longest listed name of several words that begins at a word."""
    for last in range(min(index + _LONGEST_PHRASE, len(turn.words)) - 1, index, -1):
        if not all(follows(turn, between) for between in range(index + 1, last + 1)):
            continue
        key = " ".join(word.key.rstrip("'") for word in turn.words[index : last + 1])
        if key in cues().phrases:
            return None
        name = _listed_phrase(turn, index, last, key, keep)
        if name is not None:
            return name
    return None


def _listed_phrase(
    turn: Turn, first: int, last: int, key: str, keep: frozenset[str]
) -> Mention | None:
    """The name that the words ``first`` to ``last`` are, by the lists."""
    lists = gazetteers()
    if key in keep:
        return mention(turn, first, last, "place", Reason.CITY_OF_STUDY, label="ville")
    if key in cues().national:
        return mention(turn, first, last, "organisation", Reason.NATIONAL, **_ORGANISATION)
    if key in cues().figures:
        name = parsed(turn, first, last)
        return mention(turn, first, last, "person", Reason.PUBLIC_FIGURE, sure=False, **name)
    population, is_word = lists.communes.get(key, (0, True))
    is_town = not is_word and population >= _TOWN
    if (is_town or key in lists.abroad) and turn.words[first].key not in _ARTICLES:
        label = lists.abroad.get(key, "ville")
        reason = Reason.COMMUNE_OR_COUNTRY
        return mention(turn, first, last, "place", reason, label=label, sure=is_town)
    return None


def _word(turn: Turn, index: int, keep: frozenset[str], usual: Set[str]) -> Mention | None:
    """The name that one word is."""
    word = turn.words[index]
    if not _can_be_a_name(word):
        return None
    if word.key in keep:
        return mention(turn, index, index, "place", Reason.CITY_OF_STUDY, label="ville")
    if word.key in cues().figures and not is_common(word.text):
        more = {"sure": False, "surname": word.key}
        return mention(turn, index, index, "person", Reason.PUBLIC_FIGURE, **more)
    if word.key in cues().national and not is_common(word.text):
        return mention(turn, index, index, "organisation", Reason.NATIONAL, **_ORGANISATION)
    return (
        _place(turn, index, usual) or _first_name(turn, index, usual) or _rare(turn, index, usual)
    )


def _can_be_a_name(word: Word) -> bool:
    """False for grammar, institutions, titles and kinship."""
    lists = cues()
    return not (
        len(word.key) < _SHORTEST
        or is_function(word)
        or lists.is_never_a_name(word.key)
        or word.key in lists.titles
        or word.key in lists.kin
        or word.text[-1] in "'’"
    )


def _place(turn: Turn, index: int, usual: Set[str]) -> Mention | None:
    """A country, a town abroad or a commune."""
    word, lists = turn.words[index], gazetteers()
    is_place_before = index > 0 and turn.words[index - 1].key in _PLACE
    label = lists.abroad.get(word.key, "")
    if label:
        if is_common(word.text) and not (is_place_before and label == "ville"):
            return None
        more = {"label": label, "sure": label == "ville"}
        return mention(turn, index, index, "place", Reason.COUNTRY_OR_TOWN, **more)
    if not _is_commune(word, usual, is_place_before=is_place_before):
        return None
    sure = is_place_before and not is_common(word.text)
    return mention(turn, index, index, "place", Reason.COMMUNE, label="ville", sure=sure)


def _is_commune(word: Word, usual: Set[str], *, is_place_before: bool) -> bool:
    """True for a commune that is not a word, nor, without a cue for places, a person's name."""
    lists = gazetteers()
    population, is_word = lists.communes.get(word.key, (0, True))
    is_large_enough = population >= _TOWN or (is_place_before and population > 0)
    if is_word or word.key in usual or not is_large_enough:
        return False
    first_name = lists.first_names.get(word.key)
    if first_name and first_name.births >= FREQUENT:
        return is_place_before and population > _BIG_TOWN
    return is_place_before or word.key not in lists.surnames


def _first_name(turn: Turn, index: int, usual: Set[str]) -> Mention | None:
    """A first name, with the surname behind it; doubtful where it is also a word."""
    word = turn.words[index]
    first_name = gazetteers().first_names.get(word.key)
    if first_name is None:
        return None
    before = turn.words[index - 1].key if follows(turn, index) else ""
    if is_common(word.text) or first_name.is_word or word.key in usual:
        if first_name.births < VERY_FREQUENT or before in _NOT_BEFORE_A_NAME:
            return None
        more = {"sure": False, "rank": GUESS} | parsed(turn, index, index)
        return mention(turn, index, index, "person", Reason.FIRST_NAME_OR_WORD, **more)
    last = run_from(turn, index)
    sure = first_name.births >= FREQUENT
    rank = LISTED if sure else GUESS
    name = parsed(turn, index, last)
    return mention(turn, index, last, "person", Reason.FIRST_NAME, sure=sure, rank=rank, **name)


def _rare(turn: Turn, index: int, usual: Set[str]) -> Mention | None:
    """A surname, or a word in no dictionary: a person decides."""
    word = turn.words[index]
    if not is_rare(word) or word.key in usual or not word.key.isalpha():
        return None
    if word.key in gazetteers().surnames:
        more = {"surname": word.key, "sure": False, "rank": GUESS}
        return mention(turn, index, index, "person", Reason.SURNAME, **more)
    more = {"label": "nom", "sure": False, "rank": GUESS}
    return mention(turn, index, index, "other", Reason.NO_DICTIONARY, **more)
