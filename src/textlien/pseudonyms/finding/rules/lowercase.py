"""Names in transcripts without capitals: by lists, and by words that are in no dictionary."""

from __future__ import annotations

from collections.abc import Iterator, Set

from textlien.pseudonyms.finding.common import is_common
from textlien.pseudonyms.finding.cues import cues
from textlien.pseudonyms.finding.gazetteers import FREQUENT, gazetteers
from textlien.pseudonyms.finding.mentions import GUESS, LISTED, STAYS, Mention, mention
from textlien.pseudonyms.finding.nameword import follows, is_function, is_rare, run_from
from textlien.pseudonyms.finding.rules.persons import parsed
from textlien.pseudonyms.finding.words import Turn

_VERY_FREQUENT = 500
_TOWN = 2_000
_SHORTEST = 3
_LONGEST_PHRASE = 4
_PLACE = frozenset("a d' de vers en du au sur jusqu'a pres habite".split())
_NOT_BEFORE_A_NAME = frozenset(
    "un une le la les l' des du de d' en ma mon sa son ta ton ce cette ces au aux deux trois "
    "quatre toute tout tous toutes quelques chaque plusieurs leur leurs notre votre pas plus "
    "trop tres bien si est sont etait".split()
)
"""« une pierre », « en pierre », « la rose »: behind these a word is a word."""


def small(turn: Turn, keep: frozenset[str], usual: Set[str]) -> Iterator[Mention]:
    """Names of a turn of an interview whose capitals tell nothing.

    Parameters
    ----------
    keep : keys of the cities that stay.
    usual : keys that stand in small letters in interviews that have capitals: words, not names.
    """
    if turn.casing == "mixed":
        return
    index = 0
    while index < len(turn.words):
        found = _phrase(turn, index, keep) or _one(turn, index, keep, usual)
        if found is None:
            index += 1
            continue
        yield found
        while index < len(turn.words) and turn.words[index].start < found.end:
            index += 1


def _phrase(turn: Turn, index: int, keep: frozenset[str]) -> Mention | None:
    """Names of several words that are listed as they are."""
    known, lists = cues(), gazetteers()
    for last in range(min(index + _LONGEST_PHRASE, len(turn.words)) - 1, index, -1):
        if not all(follows(turn, place) for place in range(index + 1, last + 1)):
            continue
        key = " ".join(word.key.rstrip("'") for word in turn.words[index : last + 1])
        if key in known.phrases:
            return None
        if key in keep:
            return mention(turn, index, last, "place", STAYS, label="ville")
        if key in known.national:
            reason = "connu dans tout le pays"
            return mention(
                turn, index, last, "organisation", reason, label="organisation", sure=False
            )
        if key in known.figures:
            reason, name = "personnage public ?", parsed(turn, index, last)
            return mention(turn, index, last, "person", reason, sure=False, **name)
        commune = lists.communes.get(key)
        town = commune is not None and not commune[1] and commune[0] >= _TOWN
        if (town or key in lists.abroad) and turn.words[index].key not in ("la", "le", "les", "l'"):
            label = lists.abroad.get(key, "ville")
            return mention(turn, index, last, "place", "commune ou pays", label=label, sure=town)
    return None


def _one(turn: Turn, index: int, keep: frozenset[str], usual: Set[str]) -> Mention | None:
    word, known = turn.words[index], cues()
    if len(word.key) < _SHORTEST or is_function(word) or known.is_never_a_name(word.key):
        return None
    if word.key in known.titles or word.key in known.kin or word.text[-1] in "'’":
        return None
    if word.key in keep:
        return mention(turn, index, index, "place", STAYS, label="ville")
    if word.key in known.figures and not is_common(word.text):
        reason = "personnage public ?"
        return mention(turn, index, index, "person", reason, sure=False, family=word.key)
    if word.key in known.national and not is_common(word.text):
        more = {"label": "organisation", "sure": False}
        return mention(turn, index, index, "organisation", "connu dans tout le pays", **more)
    return (
        _place(turn, index, usual) or _first_name(turn, index, usual) or _rare(turn, index, usual)
    )


def _place(turn: Turn, index: int, usual: Set[str]) -> Mention | None:
    word, lists = turn.words[index], gazetteers()
    where = index > 0 and turn.words[index - 1].key in _PLACE
    if word.key in lists.abroad:
        if is_common(word.text) and not (where and lists.abroad[word.key] == "ville"):
            return None
        label = lists.abroad[word.key]
        return mention(
            turn, index, index, "place", "pays ou ville", label=label, sure=label == "ville"
        )
    population, is_word = lists.communes.get(word.key, (0, True))
    if is_word or word.key in usual or not (population >= _TOWN or (where and population)):
        return None
    first_name = lists.first_names.get(word.key)
    if first_name and first_name.births >= FREQUENT and not (where and population > _TOWN * 5):
        return None
    sure = where and not is_common(word.text)
    if not where and word.key in lists.surnames:
        return None
    return mention(turn, index, index, "place", "commune", label="ville", sure=sure)


def _first_name(turn: Turn, index: int, usual: Set[str]) -> Mention | None:
    word = turn.words[index]
    first_name = gazetteers().first_names.get(word.key)
    if first_name is None:
        return None
    before = turn.words[index - 1].key if follows(turn, index) else ""
    if is_common(word.text) or first_name.is_word or word.key in usual:
        if first_name.births < _VERY_FREQUENT or before in _NOT_BEFORE_A_NAME:
            return None
        reason = "prénom et mot courant"
        more = parsed(turn, index, index)
        return mention(turn, index, index, "person", reason, sure=False, rank=GUESS, **more)
    last = run_from(turn, index)
    sure = first_name.births >= FREQUENT
    rank = LISTED if sure else GUESS
    name = parsed(turn, index, last)
    return mention(turn, index, last, "person", "prénom", sure=sure, rank=rank, **name)


def _rare(turn: Turn, index: int, usual: Set[str]) -> Mention | None:
    word = turn.words[index]
    if not is_rare(word) or word.key in usual or not word.key.isalpha():
        return None
    if word.key in gazetteers().surnames:
        return mention(
            turn,
            index,
            index,
            "person",
            "nom de famille",
            family=word.key,
            sure=False,
            rank=GUESS,
        )
    more = {"label": "nom", "sure": False, "rank": GUESS}
    return mention(turn, index, index, "other", "dans aucun dictionnaire", **more)
