"""Names with a capital, sorted by lists, by the word before, and by the entity model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from textlien.pseudonyms.finding.cues import cues
from textlien.pseudonyms.finding.entities import NamedSpan
from textlien.pseudonyms.finding.gazetteers import FREQUENT, SAINTS, VERY_FREQUENT, gazetteers
from textlien.pseudonyms.finding.mentions import GUESS, LISTED, Mention, mention
from textlien.pseudonyms.finding.predicates import (
    follows,
    is_acronym,
    is_capital,
    is_common,
    is_demonym,
    is_frequent,
    is_function,
    is_grammar,
    is_people,
    is_shown,
)
from textlien.pseudonyms.finding.rules.persons import parsed
from textlien.pseudonyms.finding.rules.runs import LEADING, Run, is_ordinal, last_of_run, run_of
from textlien.pseudonyms.finding.words import Turn, Word
from textlien.pseudonyms.model import Kind
from textlien.pseudonyms.reasons import Reason

_BIG_TOWN = 200_000
"""Inhabitants from which a town reveals little about the speaker: a person decides. On the marked
interviews 50,000 asks 6 rows more, 1,000,000 asks 4 fewer."""

_KNOWN_TOWN = 10_000
"""Inhabitants from which a town outweighs a first name of the same letters, « à Nancy ». From 1,000
to 100,000 the marked interviews give the same."""

_LONGEST_LISTED = 5
"""Words of a listed name that are looked at. From 3 to 8 the marked interviews give the same."""

_ARTICLES = frozenset("un une des les le la l' aux du ces deux trois quelques".split())
_OF = frozenset(["de", "d'", "en"])
_ENUMERATING = frozenset("et par pour entre des sont connais connait".split())
"""Words before towns that stand before anything else too."""

_PLACE_WORDS = frozenset("metro station gare arret direction cote vers saint sainte".split())
"""Words before places, and not before persons: « métro Alésia », « saint Honoré »."""


def capitalised(
    turn: Turn, entities: Sequence[NamedSpan], keep: frozenset[str]
) -> Iterator[Mention]:
    """Names of a turn in an interview that has capitals; none elsewhere.

    Parameters
    ----------
    entities : of the turn.
    keep : keys of the cities that stay.
    """
    index = 0
    while index < len(turn.words):
        if n_words := _phrase(turn, index):
            index += n_words
        elif listed := _listed_name(turn, index):
            name, last = listed
            yield name
            index = last + 1
        elif is_shown(turn, index) and _can_open(turn, index) and not _is_idle(turn, index):
            last = last_of_run(turn, index)
            name_or_none = _sorted(turn, run_of(turn, index, last, entities), keep)
            if name_or_none is not None:
                yield name_or_none
            index = last + 1
        else:
            index += 1


def _is_idle(turn: Turn, index: int) -> bool:
    """True for a capitalised function word that opens no title as « Le Relais du Nord »."""
    word = turn.words[index]
    title = word.key in LEADING and not word.begins and follows(turn, index + 1)
    return is_grammar(word) and not (title and is_capital(turn, index + 1))


def _phrase(turn: Turn, first: int) -> int:
    """Number of words of an institution that is never proposed: « Pôle emploi »."""
    if not turn.words[first].capital:
        return 0
    for size in (4, 3, 2):
        words = turn.words[first : first + size]
        if " ".join(word.key.rstrip("'") for word in words) in cues().phrases:
            return size
    return 0


def _listed_name(turn: Turn, first: int) -> tuple[Mention, int] | None:
    """A name of several words that the whole country knows, « Banque alimentaire », and its end."""
    if turn.casing == "single" or not turn.words[first].capital:
        return None
    for last in range(min(first + _LONGEST_LISTED, len(turn.words)) - 1, first, -1):
        if not all(follows(turn, index) for index in range(first + 1, last + 1)):
            continue
        key = " ".join(word.key.rstrip("'") for word in turn.words[first : last + 1])
        if key in cues().national:
            return _organisation(turn, Run(first, last, key, "", ""), Reason.NATIONAL), last
        if key in cues().figures:
            name = parsed(turn, first, last)
            return _figure(turn, first, last, name), last
    return None


def _figure(turn: Turn, first: int, last: int, name: dict[str, str]) -> Mention:
    """A public figure: a person decides."""
    return mention(turn, first, last, "person", Reason.PUBLIC_FIGURE, sure=False, **name)


def _figure_of(turn: Turn, run: Run) -> Mention:
    """A run as a public figure, of one word by the surname."""
    name = {"surname": run.key} if run.is_word else parsed(turn, run.first, run.last)
    return _figure(turn, run.first, run.last, name)


def _can_open(turn: Turn, index: int) -> bool:
    """True for a word inside a sentence, and for one at its beginning that is likely a name."""
    word = turn.words[index]
    if not word.begins:
        return True
    if is_function(word):
        return False
    if not is_common(word.text):
        return len(word.key) > 2
    return is_frequent(word.key, VERY_FREQUENT)


def _ordinal(turn: Turn, run: Run) -> Mention | None:
    """« le Quinzième », which in a large town is a district: a person decides."""
    if not is_ordinal(run.key):
        return None
    more = {"label": "arrondissement", "sure": False}
    return mention(turn, run.first, run.last, "place", Reason.ORDINAL, **more)


def _sorted(turn: Turn, run: Run, keep: frozenset[str]) -> Mention | None:
    """A run as a place, a person, an organisation, or none."""
    lists = cues()
    if run.key in lists.phrases or run.key == "france":
        return None
    if run.key in keep:
        return mention(turn, run.first, run.last, "place", Reason.CITY_OF_STUDY, label="ville")
    if run.key in lists.figures or turn.words[run.last].key in lists.figures:
        return _figure_of(turn, run)
    if run.key in lists.national:
        return _organisation(turn, run, Reason.NATIONAL)
    return (
        _ordinal(turn, run) or _listed_place(turn, run) or _person(turn, run) or _other(turn, run)
    )


def _organisation(turn: Turn, run: Run, reason: Reason, *names: str, rank: int = LISTED) -> Mention:
    """A run as an organisation: a person decides."""
    more = {"label": "organisation", "sure": False, "rank": rank}
    return mention(turn, run.first, run.last, "organisation", reason, *names, **more)


def _listed_place(turn: Turn, run: Run) -> Mention | None:
    """A run as a country, a town abroad or a commune of the lists."""
    label = gazetteers().abroad.get(run.key, "")
    if not label:
        return _commune(turn, run)
    sure = label == "ville" and not is_common(turn.words[run.first].text)
    reason = Reason.TOWN_ABROAD if label == "ville" else Reason.COUNTRY_OR_REGION
    return mention(turn, run.first, run.last, "place", reason, label=label, sure=sure)


def _commune(turn: Turn, run: Run) -> Mention | None:
    """A run as a commune of the lists, unless it is rather a person's name or a word."""
    lists = gazetteers()
    if run.key not in lists.communes or is_acronym(turn.words[run.first]):
        return None
    population, is_word = lists.communes[run.key]
    if run.key in lists.first_names and not _outweighs_first_name(run, population):
        return None
    is_else = any((is_word, run.key in lists.surnames, run.key in lists.first_names))
    may_be_else = is_else or run.label == "PER"
    is_place_before = run.before in cues().place_before
    if not is_place_before and may_be_else and population < _KNOWN_TOWN:
        return None
    is_place = is_place_before and run.before not in _ENUMERATING
    sure = is_place and not may_be_else and population < _BIG_TOWN
    return mention(turn, run.first, run.last, "place", Reason.COMMUNE, label="ville", sure=sure)


def _outweighs_first_name(run: Run, population: int) -> bool:
    """True for a commune behind « à » or « de » that is rather meant than the first name."""
    if population > _KNOWN_TOWN and not is_frequent(run.key, VERY_FREQUENT):
        return True
    is_certain = population > _KNOWN_TOWN or run.before == "a" or not is_frequent(run.key)
    return run.before in cues().place_before and is_certain


def _person(turn: Turn, run: Run) -> Mention | None:
    """A run with a first name of the lists at one of its ends."""
    name = parsed(turn, run.first, run.last)
    first_name = gazetteers().first_names.get(name["first_name"].partition(" ")[0])
    births = first_name.births if first_name else FREQUENT
    is_listed = first_name is not None or gazetteers().is_first_name(name["first_name"])
    if not is_listed or _is_of_something(run, name["first_name"], births):
        return None
    if run.is_word and not _is_bare_first_name(turn, run, births):
        return None
    if run.is_word and _may_be_place(turn, run):
        more: dict[str, Any] = {"sure": False, "rank": GUESS} | name
        return mention(turn, run.first, run.last, "person", Reason.PLACE_WORD, **more)
    sure = _is_sure_person(turn, run, births)
    return mention(turn, run.first, run.last, "person", Reason.FIRST_NAME, sure=sure, **name)


def _is_sure_person(turn: Turn, run: Run, births: int) -> bool:
    """True for a first name that is frequent, or not rare and taken for a person by the model."""
    word = turn.words[run.first]
    if not run.is_word:
        return births >= FREQUENT
    least = FREQUENT if run.label == "PER" else VERY_FREQUENT
    return births >= least and not (word.begins and is_common(word.text))


def _may_be_place(turn: Turn, run: Run) -> bool:
    """True for « Victor-Duruy », and for what stands behind a word for places."""
    return _is_behind_place_word(turn, run) or _is_full_name_with_hyphen(turn.words[run.first])


def _is_full_name_with_hyphen(word: Word) -> bool:
    """True for « Victor-Duruy », as schools, streets and stations are written, not persons."""
    parts = word.key.split(" ")
    if len(parts) == 1 or word.key in gazetteers().first_names:
        return False
    genders = {gazetteers().gender(part) for part in parts}
    return not all(map(is_frequent, parts)) or genders >= {"m", "f"}


def _is_behind_place_word(turn: Turn, run: Run) -> bool:
    """True behind « métro », « jusqu'à », « saint »: « faubourg saint Honoré »."""
    if run.before != "a":
        return run.before in _PLACE_WORDS
    return run.first > 1 and turn.words[run.first - 2].key.startswith("jusqu")


def _is_of_something(run: Run, key: str, births: int) -> bool:
    """True where articles and the model make a place of a run with a first name.

    Parameters
    ----------
    key, births : of its first name.
    """
    if run.before in ("l'", "aux", "des") or run.key.partition(" ")[0] in LEADING | SAINTS:
        return True
    # « Benali Hocine » is a person, « la Mare Blanche » a place.
    is_turned = not run.key.startswith(key)
    is_frequent_name = births >= VERY_FREQUENT
    if run.before in LEADING and (is_turned or not is_frequent_name):
        return True
    has_place_before = run.before in cues().place_before or run.before in _ARTICLES
    return run.label in ("LOC", "ORG") and not is_frequent_name and has_place_before


def _is_bare_first_name(turn: Turn, run: Run, births: int) -> bool:
    """True where a first name without a surname names somebody, and is not an acronym or a word."""
    word = turn.words[run.first]
    if is_acronym(word) and births < VERY_FREQUENT:
        return False
    if not is_common(word.text):
        return True
    if run.before in _ARTICLES or (births < FREQUENT and run.label != "PER"):
        return False
    # « Pierre, viens » and « Rose, la fiancée » may be names; « Pierre qui roule » is none.
    return not word.begins or turn.text[word.end : word.end + 1] == ","


_KINDS: dict[str, Kind] = {"PER": "person", "LOC": "place", "ORG": "organisation"}


def _other(turn: Turn, run: Run) -> Mention | None:
    """A run that is on no list: a person says what it is."""
    word = turn.words[run.first]
    if not run.is_word:
        if _is_ordinary_opening(turn, run):
            return None
    elif is_acronym(word):
        is_short = len(word.text) < 3 and run.label != "ORG"
        if word.key in cues().institutions or is_short:
            return None
        return _organisation(turn, run, Reason.ACRONYM, rank=GUESS)
    elif not _is_word_of_somebody(word, run):
        return None
    if run.label:
        return _guessed(turn, run, Reason.ENTITY, run.label)
    is_surname = run.key in gazetteers().surnames
    return _guessed(turn, run, Reason.SURNAME if is_surname else Reason.CAPITAL)


def _is_ordinary_opening(turn: Turn, run: Run) -> bool:
    """True for words of French at the beginning of a sentence that the model does not label."""
    words = turn.words[run.first : run.last + 1]
    return words[0].begins and not run.label and all(is_common(word.text) for word in words)


def _is_word_of_somebody(word: Word, run: Run) -> bool:
    """True for one capitalised word that is likely a name: « Silva », not « les Alsaciens »."""
    behind_article = run.before in _ARTICLES
    is_surname = word.key in gazetteers().surnames
    if _is_nobodys(word, run):
        return False
    if not is_common(word.text):
        return True
    if run.label and not behind_article:
        return True
    if word.begins:
        return False
    return behind_article or is_surname


def _is_nobodys(word: Word, run: Run) -> bool:
    """True for a letter, a word for places, and for people of somewhere: « les Alsaciens »."""
    heads = cues().places.keys() | cues().organisations.keys()
    if len(word.text) < 2 or word.text.endswith(".") or word.key in heads:
        return True
    if run.before in _ARTICLES | _OF and is_demonym(word.text):
        return True
    return is_people(word.text) and word.key not in gazetteers().surnames


_LABELS: dict[Kind, str] = {"place": "lieu", "organisation": "organisation"}


def _guessed(turn: Turn, run: Run, reason: Reason, *names: str) -> Mention:
    """A run of the kind that articles, lists and the model suggest."""
    lists = gazetteers()
    is_house = run.before == "chez" and run.key not in lists.surnames
    if run.key.partition(" ")[0] in LEADING or is_house:
        return _organisation(turn, run, reason, *names, rank=GUESS)
    kind = _guessed_kind(turn, run)
    more: dict[str, Any] = {"sure": False, "rank": GUESS}
    if kind != "person":
        more["label"] = _LABELS.get(kind, "nom")
    elif run.is_word and not lists.is_first_name(run.key):
        more["surname"] = run.key
    else:
        more |= parsed(turn, run.first, run.last)
    return mention(turn, run.first, run.last, kind, reason, *names, **more)


def _guessed_kind(turn: Turn, run: Run) -> Kind:
    """The kind that the model says, unless the article before contradicts it."""
    kind = _KINDS.get(run.label, "other")
    if not run.is_word and run.before in LEADING | {"l'"} and kind == "person":
        return "place"
    if kind_by_article := _kind_by_article(turn, run):
        return kind_by_article
    surnames = gazetteers().surnames
    if kind == "other" and not run.label and all(part in surnames for part in run.key.split(" ")):
        return "person"
    return kind


def _kind_by_article(turn: Turn, run: Run) -> Kind | None:
    """The kind of one word behind an article, which persons have not: « l'Alma »."""
    if not run.is_word or run.before not in _ARTICLES:
        return None
    if run.before == "l'":
        return "organisation" if run.label == "ORG" else "place"
    if is_common(turn.words[run.first].text):
        return "place" if run.label in ("", "LOC", "PER") else "other"
    return None
