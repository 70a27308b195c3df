"""Places and organisations by the word before their names: « rue », « résidence », « lycée »."""

from __future__ import annotations

from collections.abc import Iterator

from textlien.pseudonyms.finding.cues import cues
from textlien.pseudonyms.finding.gazetteers import SAINTS, VERY_FREQUENT, gazetteers
from textlien.pseudonyms.finding.mentions import SITE, Mention, mention
from textlien.pseudonyms.finding.predicates import (
    JOINING,
    follows,
    is_acronym,
    is_capital,
    is_function,
    is_people,
    is_rare,
    is_town,
    skip,
)
from textlien.pseudonyms.finding.rules.runs import is_ordinal
from textlien.pseudonyms.finding.words import Turn, Word
from textlien.pseudonyms.model import Kind
from textlien.pseudonyms.reasons import Reason

_TO_NAME = frozenset("de du d' des la le les l' au aux".split())
_OF = frozenset(["de", "d'"])
_ARTICLES = frozenset(["le", "la", "les", "l'"])
_AT = frozenset(["a", "au", "aux"])
_OF_A_TOWN = frozenset(["de", "d'", "a", "au", "aux", "du"])
_NO_NAME_BEFORE = frozenset(["en", "sur", "mon", "ma", "sa", "son", "autre", "faire"])
_VERBS = frozenset("cite cites citent fermé fermée fermés fermées résidé".split())
"""« il cite Bourdieu », « c'est fermé »: with these accents they are not heads."""

_VERB_FORMS = frozenset(
    "bois cite marche monte montes place porte portes salle tour traverse".split()
)
_SUBJECTS = frozenset("je j' tu il elle on nous vous ils elles qui".split())
"""« on traverse le parc », « il porte Nike »: behind these a head is a verb."""

_OWNED = frozenset(["centre", "firm", "health", "house", "quarter", "school"])
"""« la bibliothèque de Montreuil », « le quartier de Londres »: the town is the name."""

_ADDRESSES = frozenset("m mme mlle mr monsieur madame mademoiselle me".split())
"""Titles that no street is named with: « le garage de monsieur Roux »."""

_LOOSE = frozenset("rue avenue boulevard allee impasse square".split())
"""Streets, whose names are words: « rue de la liberté »."""

_PERSONAL = frozenset(["association", "building", "centre", "firm", "health", "quarter"])
"""« le garage de Didier » names Didier, « la clinique de Didier » as well."""

_LOCAL = frozenset(["street", "quarter", "building", "centre"])
"""Heads that add no name to a city that stays: « la gare du Havre », « le centre de Creil »."""

_MONTHS = frozenset(
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()
)

_MOST = 6
"""Words after the first one of a place's name where capitals show where it ends. With 2, recall on
half b of the marked interviews falls by 0.4."""

_MOST_SMALL = 3
"""Words of the name in lower case, where nothing shows where it ends. With 1, recall on half a
of the marked interviews falls by 0.4; with 2 or 5 it stays."""

_SHORTEST_LOOSE = 4
"""Letters of a word that may be a street's name in small letters: shorter ones are grammar mostly.
From 3 to 6 the marked interviews give the same."""

_LONGEST_MIDDLE = 4
"""Words between « centre » and its name: « social et culturel de »."""


def locations(turn: Turn, keep: frozenset[str]) -> Iterator[Mention]:
    """Places and organisations of a turn whose name stands behind a word for them.

    Parameters
    ----------
    keep : keys of the cities that stay.
    """
    index = 0
    while index < len(turn.words):
        place = _place_at(turn, index, keep)
        if place is not None:
            yield place[0]
            index = place[1]
        index += 1


def _place_at(turn: Turn, index: int, keep: frozenset[str]) -> tuple[Mention, int] | None:
    """The place whose head is the word ``index``, and its last word."""
    word = turn.words[index]
    kind, family = _kind_of(word)
    if not family or _is_no_head(turn, index, family):
        return None
    middle = _middle_end(turn, index) if kind == "organisation" else index + 1
    name = skip(turn, middle, _TO_NAME)
    # « rue de l'abbé Grégoire », « place du général Leclerc »
    named = name + 1 if _is_small_title(turn, name) else name
    last = _last_of_name(turn, named, word.key, keep) if follows(turn, named) else None
    if last is None or _names_nothing(turn, (index, name, last), family, keep):
        return None
    bare = word.key in cues().bare and name == middle and turn.casing == "mixed"
    place = mention(
        turn,
        name if bare else index,
        last,
        kind,
        Reason.HEAD,
        word.text.lower(),
        label=_label(turn, index, middle),
        sure=_is_sure(turn, index, name, last),
        rank=SITE,
    )
    return place, last


def _is_sure(turn: Turn, head: int, first: int, last: int) -> bool:
    """True for a name that capitals or a rare word show, and that the country does not know."""
    if _is_national(turn, head, last):
        return False
    is_marked = turn.casing == "mixed" or any(is_rare(w) for w in turn.words[first : last + 1])
    return is_marked and not _is_national(turn, first, last)


def _is_small_title(turn: Turn, index: int) -> bool:
    """True for a title in small letters in an interview that has capitals."""
    if turn.casing == "single" or not follows(turn, index):
        return False
    word = turn.words[index]
    is_title = word.key in cues().titles and word.key not in _ADDRESSES
    return is_title and not word.capital


def _is_no_head(turn: Turn, index: int, family: str) -> bool:
    """True for a word for places that is a verb here, or stands in « en route »."""
    return _is_verb(turn, index) or (family == "street" and _is_common_street(turn, index))


def _is_verb(turn: Turn, index: int) -> bool:
    """True for « on traverse », « il porte », « marche »: forms of verbs that are heads too."""
    word = turn.words[index]
    if word.text.lower() == "marche":
        return True
    return index > 0 and word.key in _VERB_FORMS and turn.words[index - 1].key in _SUBJECTS


def _is_common_street(turn: Turn, index: int) -> bool:
    """True for « en route », « ma rue », behind which no name is to be expected."""
    return index > 0 and turn.words[index - 1].key in _NO_NAME_BEFORE


def _middle_end(turn: Turn, index: int) -> int:
    """First word behind « centre social », « maison de quartier »."""
    middle = skip(turn, index + 1, cues().middles, _LONGEST_MIDDLE)
    while middle > index + 1 and turn.words[middle - 1].key in ("pour", "et"):
        middle -= 1  # « pour tous » is of the name, « la crèche pour Lina » is not
    return middle


def _label(turn: Turn, index: int, middle: int) -> str:
    """The head with what specifies it, without the article before the name."""
    end = middle - 1
    while end > index and turn.words[end].key in _TO_NAME:
        end -= 1
    head = turn.span(index, end)
    return head if head.isupper() else head.lower()


def _kind_of(word: Word) -> tuple[Kind, str]:
    """Kind and list of a head; an empty list for a word that is not a head."""
    lists = cues()
    if word.text.lower() in _VERBS:
        return "place", ""
    if word.key in lists.places:
        return "place", lists.places[word.key]
    family = lists.organisations.get(word.key, "")
    return "organisation", "" if family == "acronym" and not is_acronym(word) else family


def _names_nothing(
    turn: Turn, where: tuple[int, int, int], family: str, keep: frozenset[str]
) -> bool:
    """True for « le garage de Didier », « la gare du Havre », « l'antenne de la CAF »."""
    index, name, last = where
    key = turn.words[name].key
    whole = " ".join(word.key for word in turn.words[name : last + 1])
    lists = cues()
    is_title = key in (_ADDRESSES if family == "street" else lists.plain_titles)
    if lists.is_never_a_name(key) or is_title or whole in lists.phrases:
        return True
    if whole in keep or whole == "france":
        return family in _LOCAL
    if _is_towns_or_peoples(turn, where, family):
        return True
    linked = name > index + 1 and turn.words[name - 1].key in _OF
    return linked and family in _PERSONAL and gazetteers().is_first_name(key)


def _is_towns_or_peoples(turn: Turn, where: tuple[int, int, int], family: str) -> bool:
    """True for a house of a town or of a people, but not for one that the country knows."""
    index, name, last = where
    if family != "street" and _is_peoples(turn, name, last):
        return True
    if _is_national(turn, index, last) or _is_national(turn, name, last):
        return False
    return family in _OWNED and _is_in_town(turn, where)


def _is_peoples(turn: Turn, name: int, last: int) -> bool:
    """True for « un foyer de Maghrébins » and « à l'école Le Portugais »."""
    has_article = last == name + 1 and turn.words[name].key in _ARTICLES
    return (last == name or has_article) and is_people(turn.words[last].text)


def _is_in_town(turn: Turn, where: tuple[int, int, int]) -> bool:
    """True for « la maison d'Argenteuil », « un salon au Mans », not for « centre social de »."""
    index, name, last = where
    whole = " ".join(word.key for word in turn.words[name : last + 1])
    links = {word.key for word in turn.words[index + 1 : name]}
    if turn.casing == "single" or len(links) != 1 or not links <= _OF_A_TOWN:
        return False
    return gazetteers().is_place(whole) or bool(links & _AT)


def _is_national(turn: Turn, first: int, last: int) -> bool:
    """True for a name that the whole country knows."""
    whole = " ".join(word.key.rstrip("'") for word in turn.words[first : last + 1])
    return whole in cues().national


def _last_of_name(turn: Turn, first: int, head: str, keep: frozenset[str]) -> int | None:
    """Last word of the name that begins at ``first``; None if none begins there."""
    if turn.casing == "single":
        return _last_in_small(turn, first, head, keep)
    word = turn.words[first]
    if word.text[0].isdigit():
        return _last_of_date(turn, first)
    if not is_capital(turn, first) or len(word.key) == 1 or word.text.endswith("."):
        return None
    last = first
    while last - first < _MOST:
        after = skip(turn, last + 1, JOINING)
        if not follows(turn, after) or not is_capital(turn, after):
            break
        if _begins_another(turn, last, after):
            break
        last = after
    return last


def _begins_another(turn: Turn, last: int, after: int) -> bool:
    """True where the word ``after`` begins another name than the one that ends at ``last``."""
    word, before = turn.words[after], turn.words[last]
    if word.key == before.key or is_ordinal(word.key) or word.key in cues().titles:
        return True
    if after == last + 1:
        return is_town(word.key) and before.key not in SAINTS
    return _is_loosely_linked(turn, last, after) or _is_another(turn, last + 1, after)


def _is_loosely_linked(turn: Turn, last: int, after: int) -> bool:
    """True for « rue Mouffetard les les Gobelins » and « sur la ZAC Porte de Saint-Ouen »."""
    links = [link.key for link in turn.words[last + 1 : after]]
    is_repeated = len(links) > len(set(links))
    is_head = turn.words[after].key in cues().places
    return is_repeated or is_head or _ARTICLES.issuperset(links)


def _is_another(turn: Turn, link: int, after: int) -> bool:
    """True for the second name of « lycée Baudelaire à Lille », « tour Ampère et Didier »."""
    key, listed = turn.words[after].key, gazetteers()
    if turn.words[link].key == "et":
        # « rue Pierre et Marie Curie », but « boulevard Raspail et Gallimard »
        is_pair = listed.is_first_name(turn.words[link - 1].key) and listed.is_first_name(key)
        return not is_pair or link + 1 != after
    return turn.words[link].key in ("a", "en")


def _last_of_date(turn: Turn, first: int) -> int | None:
    """« rue du 8-Mai-1945 », « rue du 11 novembre »."""
    if any(char.isalpha() for char in turn.words[first].text[2:]):
        return first
    after = first + 1
    if not follows(turn, after) or turn.words[after].key not in _MONTHS:
        return None
    return after + (follows(turn, after + 1) and turn.words[after + 1].text.isdigit())


def _last_in_small(turn: Turn, first: int, head: str, keep: frozenset[str]) -> int | None:
    """The same in small letters: a name holds a word that is in no dictionary, or on a list."""
    last = None
    for index in range(first, min(first + _MOST_SMALL, len(turn.words))):
        if index > first and not follows(turn, index):
            break
        word = turn.words[index]
        if _is_name_in_small(word) or word.key in keep:
            last = index
        elif index > first or is_function(word) or len(word.key) < _SHORTEST_LOOSE:
            break
        elif head in _LOOSE:
            last = index
        elif not _goes_on(turn, index):
            break
    return last


def _goes_on(turn: Turn, index: int) -> bool:
    """True when the next word is in no dictionary: « résidence du vieux Hauguel »."""
    return follows(turn, index + 1) and is_rare(turn.words[index + 1])


def _is_name_in_small(word: Word) -> bool:
    """True for a word in small letters that is on a list only, or in no dictionary."""
    lists = gazetteers()
    first_name = lists.first_names.get(word.key)
    if first_name and first_name.births >= VERY_FREQUENT and not first_name.is_word:
        return True
    commune = lists.communes.get(word.key)
    return is_rare(word) or (commune is not None and not commune[1])
