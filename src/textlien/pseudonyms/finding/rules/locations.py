"""Places and organisations by the word before their names: « rue », « résidence », « lycée »."""

from __future__ import annotations

from collections.abc import Iterator

from textlien.pseudonyms.finding.cues import cues
from textlien.pseudonyms.finding.gazetteers import gazetteers
from textlien.pseudonyms.finding.mentions import SITE, Mention, mention
from textlien.pseudonyms.finding.nameword import (
    JOINING,
    follows,
    is_acronym,
    is_capital,
    is_function,
    is_rare,
    skip,
)
from textlien.pseudonyms.finding.words import Turn, Word
from textlien.pseudonyms.model import Kind

_TO_NAME = frozenset("de du d' des la le les l' au aux".split())
_OF = frozenset(["de", "d'"])
_NO_NAME_BEFORE = frozenset(["en", "sur", "mon", "ma", "sa", "son", "autre", "faire"])
_VERBS = frozenset("cite cites citent fermé fermée fermés fermées résidé".split())
"""« il cite Bourdieu », « c'est fermé »: with these accents they are no heads."""

_LOOSE = frozenset("rue avenue boulevard allee impasse square".split())
"""Streets, whose names are words: « rue de la liberté »."""

_PERSONAL = frozenset(["firm", "centre", "building", "health", "quarter"])
"""« le garage de Didier » names Didier, « la clinique de Didier » as well."""

_MONTHS = frozenset(
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()
)
_MOST = 6
_MOST_SMALL = 3
_SHORTEST_LOOSE = 4


def sites(turn: Turn, keep: frozenset[str]) -> Iterator[Mention]:
    """Places and organisations of a turn that a word before them tells.

    Parameters
    ----------
    keep : keys of the cities that stay.
    """
    index = 0
    while index < len(turn.words):
        found = _site(turn, index, keep)
        if found is not None:
            yield found[0]
            index = found[1]
        index += 1


def _site(turn: Turn, index: int, keep: frozenset[str]) -> tuple[Mention, int] | None:
    known, word = cues(), turn.words[index]
    kind, family = _kind_of(word)
    street = family == "street" and index and turn.words[index - 1].key in _NO_NAME_BEFORE
    if not family or street:
        return None
    organisation = kind == "organisation"
    middle = skip(turn, index + 1, known.middles, 4) if organisation else index + 1
    while middle > index + 1 and turn.words[middle - 1].key in ("pour", "et"):
        middle -= 1  # « pour tous » is of the name, « la crèche pour Lina » is not
    name = skip(turn, middle, _TO_NAME)
    last = _last_of_name(turn, name, word.key, keep) if follows(turn, name) else None
    if last is None or _is_no_site(turn, (index, name, last), family, keep):
        return None
    bare = word.key in known.bare and name == middle and turn.casing == "mixed"
    label_end = middle - 1
    while label_end > index and turn.words[label_end].key in _TO_NAME:
        label_end -= 1
    sure = turn.casing == "mixed" or any(is_rare(w) for w in turn.words[name : last + 1])
    found = mention(
        turn,
        name if bare else index,
        last,
        kind,
        f"« {word.text.lower()} » devant",
        label=_label(turn.span(index, label_end)),
        sure=sure and not _is_national(turn, name, last),
        rank=SITE,
    )
    return found, last


def _label(head: str) -> str:
    return head if head.isupper() else head.lower()


def _kind_of(word: Word) -> tuple[Kind, str]:
    known = cues()
    if word.text.lower() in _VERBS:
        return "place", ""
    if word.key in known.places:
        return "place", known.places[word.key]
    kind = known.organisations.get(word.key, "")
    return "organisation", "" if kind == "acronym" and not is_acronym(word) else kind


def _is_no_site(turn: Turn, where: tuple[int, int, int], family: str, keep: frozenset[str]) -> bool:
    """« le garage de Didier », « la gare du Havre », « l'antenne de la CAF »."""
    index, name, last = where
    key = turn.words[name].key
    whole = " ".join(word.key for word in turn.words[name : last + 1])
    known, lists = cues(), gazetteers()
    if known.is_never_a_name(key) or key in known.plain_titles or whole in known.phrases:
        return True
    if whole in keep or whole == "france":
        return family in ("street", "quarter", "building", "centre")
    linked = name > index + 1 and turn.words[name - 1].key in _OF
    return linked and family in _PERSONAL and lists.is_first_name(key)


def _is_national(turn: Turn, first: int, last: int) -> bool:
    whole = " ".join(word.key for word in turn.words[first : last + 1])
    return whole in cues().national


def _last_of_name(turn: Turn, first: int, head: str, keep: frozenset[str]) -> int | None:
    """Last word of the name that begins at ``first``; None if none begins there."""
    if turn.casing == "single":
        return _last_in_small(turn, first, head, keep)
    if turn.words[first].text[0].isdigit():
        return _last_of_date(turn, first)
    if not is_capital(turn, first):
        return None
    if len(turn.words[first].key) == 1 or turn.words[first].text.endswith("."):
        return None
    last = first
    while last - first < _MOST:
        after = skip(turn, last + 1, JOINING)
        if not follows(turn, after) or not is_capital(turn, after):
            break
        if after > last + 1 and _is_another(turn, last + 1, after):
            break
        last = after
    return last


def _is_another(turn: Turn, link: int, after: int) -> bool:
    """« le lycée Baudelaire à Lille », « la tour Ampère et Didier »: the second is apart."""
    key, listed = turn.words[after].key, gazetteers()
    if turn.words[link].key == "et":
        return listed.is_first_name(key) or key in listed.communes
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
    return follows(turn, index + 1) and is_rare(turn.words[index + 1])


def _is_name_in_small(word: Word) -> bool:
    lists = gazetteers()
    listed = lists.first_names.get(word.key)
    if listed is not None and listed.births >= 500 and not listed.is_word:
        return True
    commune = lists.communes.get(word.key)
    return is_rare(word) or (commune is not None and not commune[1])
