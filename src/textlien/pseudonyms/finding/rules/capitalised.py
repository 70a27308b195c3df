"""Names that capitals show, sorted by lists, by the word before, and by the entity model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textlien.pseudonyms.finding.common import is_common, is_demonym
from textlien.pseudonyms.finding.cues import cues
from textlien.pseudonyms.finding.entities import Entity
from textlien.pseudonyms.finding.gazetteers import FREQUENT, SAINTS, gazetteers
from textlien.pseudonyms.finding.mentions import GUESS, LISTED, STAYS, Mention, mention
from textlien.pseudonyms.finding.nameword import (
    JOINING,
    follows,
    is_acronym,
    is_capital,
    is_function,
    is_grammar,
    is_shown,
    run_from,
    skip,
)
from textlien.pseudonyms.finding.rules.persons import parsed
from textlien.pseudonyms.finding.words import Turn, Word
from textlien.pseudonyms.model import Kind

_BIG = 200_000
"""Towns of so many people tell little of who spoke: a person decides."""

_KNOWN_TOWN = 10_000
_LONGEST_KNOWN = 5
_VERY_FREQUENT = 500
_ARTICLES = frozenset("un une des les le la l' aux du ces deux trois quelques".split())
_OF = frozenset(["de", "d'", "en"])
_LEADING = frozenset(["le", "la", "les"])


class _Run(NamedTuple):
    """Words ``first`` to ``last`` of a turn that go together, and what the model says of them."""

    first: int
    last: int
    key: str
    before: str
    label: str


def capitals(turn: Turn, entities: Sequence[Entity], keep: frozenset[str]) -> Iterator[Mention]:
    """Names of a turn where capitals tell; none elsewhere.

    Parameters
    ----------
    entities : of the turn.
    keep : keys of the cities that stay.
    """
    index = 0
    while index < len(turn.words):
        passed = _phrase(turn, index)
        if passed:
            index += passed
            continue
        known = _known(turn, index)
        if known is not None:
            yield known
            index = next(i for i, w in enumerate(turn.words) if w.end == known.end) + 1
            continue
        if not is_shown(turn, index) or not _can_open(turn, index) or _is_idle(turn, index):
            index += 1
            continue
        last = _last_of_run(turn, index)
        run = _run(turn, index, last, entities)
        found = _sorted(turn, run, keep)
        if found is not None:
            yield found
        index = last + 1


def _is_idle(turn: Turn, index: int) -> bool:
    """Whether a capital is of grammar, and of no title as « Le Relais du Nord »."""
    word = turn.words[index]
    title = word.key in _LEADING and not word.begins and follows(turn, index + 1)
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


def _known(turn: Turn, first: int) -> Mention | None:
    """Names of several words that the whole country knows: « Banque alimentaire »."""
    if turn.casing == "single" or not turn.words[first].capital:
        return None
    for last in range(min(first + _LONGEST_KNOWN, len(turn.words)) - 1, first, -1):
        if not all(follows(turn, index) for index in range(first + 1, last + 1)):
            continue
        key = " ".join(word.key.rstrip("'") for word in turn.words[first : last + 1])
        if key in cues().national:
            run = _Run(first, last, key, "", "")
            return _organisation(turn, run, "connu dans tout le pays")
        if key in cues().figures:
            more = parsed(turn, first, last)
            return mention(turn, first, last, "person", "personnage public ?", sure=False, **more)
    return None


def _can_open(turn: Turn, index: int) -> bool:
    """Whether a word at the beginning of a sentence is likely to be a name."""
    word, lists = turn.words[index], gazetteers()
    if not word.begins:
        return True
    if is_function(word):
        return False
    if not is_common(word.text):
        return len(word.key) > 2
    first_name = lists.first_names.get(word.key)
    return first_name is not None and first_name.births >= _VERY_FREQUENT


def _last_of_run(turn: Turn, first: int) -> int:
    """Names of works and associations hold small words: « Les Pieds sur Terre »."""
    last = run_from(turn, first)
    if turn.words[first].key not in _LEADING:
        return last
    while True:
        after = skip(turn, last + 1, JOINING)
        if not follows(turn, after) or not is_capital(turn, after):
            return last
        last = after


def _run(turn: Turn, first: int, last: int, entities: Sequence[Entity]) -> _Run:
    start, end = turn.words[first].start, turn.words[last].end
    label = next((e.label for e in entities if e.start < end and start < e.end), "")
    before = turn.words[first - 1].key if first and turn.words[first].joined else ""
    key = " ".join(word.key for word in turn.words[first : last + 1])
    return _Run(first, last, key, before, label)


def _sorted(turn: Turn, run: _Run, keep: frozenset[str]) -> Mention | None:
    known = cues()
    if run.key in known.phrases or run.key == "france":
        return None
    if run.key in keep:
        return mention(turn, run.first, run.last, "place", STAYS, label="ville")
    if run.key in known.figures or (run.first < run.last and _last_key(turn, run) in known.figures):
        more = parsed(turn, run.first, run.last)
        if run.first == run.last:
            more = {"family": run.key}
        reason = "personnage public ?"
        return mention(turn, run.first, run.last, "person", reason, sure=False, **more)
    if run.key in known.national:
        reason = "connu dans tout le pays"
        return _organisation(turn, run, reason)
    return _listed_place(turn, run) or _person(turn, run) or _other(turn, run)


def _last_key(turn: Turn, run: _Run) -> str:
    return turn.words[run.last].key


def _organisation(turn: Turn, run: _Run, reason: str, rank: int = LISTED) -> Mention:
    return mention(
        turn,
        run.first,
        run.last,
        "organisation",
        reason,
        label="organisation",
        sure=False,
        rank=rank,
    )


def _listed_place(turn: Turn, run: _Run) -> Mention | None:
    lists = gazetteers()
    where = run.before in cues().place_before
    if run.key in lists.abroad:
        label = lists.abroad[run.key]
        sure = label == "ville" and not is_common(turn.words[run.first].text)
        reason = "ville à l'étranger" if label == "ville" else "pays ou région"
        return mention(turn, run.first, run.last, "place", reason, label=label, sure=sure)
    if run.key not in lists.communes:
        return None
    population, is_word = lists.communes[run.key]
    first_name = lists.first_names.get(run.key)
    if first_name and not (
        where and (first_name.births < FREQUENT or population > _KNOWN_TOWN or run.before == "a")
    ):
        return None
    if not where and (is_word or run.label == "PER" or run.key in lists.surnames):
        return None
    sure = where and population < _BIG and run.label != "PER"
    return mention(turn, run.first, run.last, "place", "commune", label="ville", sure=sure)


def _person(turn: Turn, run: _Run) -> Mention | None:
    """A run with a first name of the lists at one of its ends."""
    name = parsed(turn, run.first, run.last)
    lists = gazetteers()
    first_name = lists.first_names.get(name["given"].partition(" ")[0])
    births = first_name.births if first_name else FREQUENT
    listed = first_name is not None or lists.is_first_name(name["given"])
    if not listed or run.before == "l'" or run.key.partition(" ")[0] in _LEADING | SAINTS:
        return None
    # « Benali Hocine » is a person, « la Mare Blanche » a place.
    turned = not run.key.startswith(name["given"])
    if run.before in _LEADING and (turned or births < _VERY_FREQUENT):
        return None
    placed = run.before in cues().place_before or run.before in _ARTICLES
    if run.label in ("LOC", "ORG") and births < _VERY_FREQUENT and placed:
        return None
    if run.first == run.last and not _is_bare_first_name(turn, run, births):
        return None
    word = turn.words[run.first]
    opens = word.begins and run.first == run.last and is_common(word.text)
    sure = births >= FREQUENT and not opens
    return mention(turn, run.first, run.last, "person", "prénom", sure=sure, **name)


def _is_bare_first_name(turn: Turn, run: _Run, births: int) -> bool:
    """Whether a first name without a surname names somebody, and is no acronym or word."""
    word = turn.words[run.first]
    if is_acronym(word) and births < _VERY_FREQUENT:
        return False
    if not is_common(word.text):
        return True
    if run.before in _ARTICLES or (births < FREQUENT and run.label != "PER"):
        return False
    # « Pierre, viens » and « Rose, la fiancée » may be names; « Pierre qui roule » is none.
    return not word.begins or turn.text[word.end : word.end + 1] == ","


_KINDS: dict[str, Kind] = {"PER": "person", "LOC": "place", "ORG": "organisation"}


def _other(turn: Turn, run: _Run) -> Mention | None:
    """Capitals without a list that knows them: a person says what they are."""
    word = turn.words[run.first]
    if run.first < run.last:
        rare = any(not is_common(w.text) for w in turn.words[run.first : run.last + 1])
        if not rare and word.begins and not run.label:
            return None
    elif is_acronym(word):
        known = word.key in cues().institutions or (len(word.text) < 3 and run.label != "ORG")
        return None if known else _organisation(turn, run, "sigle", GUESS)
    elif not _is_word_of_somebody(word, run):
        return None
    reason = f"entité {run.label}" if run.label else "majuscule"
    if not run.label and run.key in gazetteers().surnames:
        reason = "nom de famille"
    return _guessed(turn, run, reason)


def _is_word_of_somebody(word: Word, run: _Run) -> bool:
    """Whether one capitalised word is likely to be a name: « Silva », but not « les Alsaciens »."""
    behind_article = run.before in _ARTICLES
    heads = cues().places.keys() | cues().organisations.keys()
    if len(word.text) < 2 or word.text.endswith(".") or word.key in heads:
        return False
    if (run.before in _ARTICLES or run.before in _OF) and is_demonym(word.text):
        return False
    if not is_common(word.text):
        return True
    if run.label and not behind_article:
        return True
    if word.begins:
        return False
    return behind_article or word.key in gazetteers().surnames


_LABELS: dict[Kind, str] = {"place": "lieu", "organisation": "organisation"}


def _guessed(turn: Turn, run: _Run, reason: str) -> Mention:
    lists = gazetteers()
    if run.key.partition(" ")[0] in _LEADING:
        return _organisation(turn, run, reason, GUESS)
    if run.before == "chez" and run.key not in lists.surnames:
        return _organisation(turn, run, reason, GUESS)
    kind = _guessed_kind(turn, run)
    if kind != "person":
        label = _LABELS.get(kind, "nom")
        return mention(turn, run.first, run.last, kind, reason, label=label, sure=False, rank=GUESS)
    name = parsed(turn, run.first, run.last)
    if run.first == run.last and not lists.is_first_name(run.key):
        name = {"family": run.key}
    return mention(turn, run.first, run.last, kind, reason, sure=False, rank=GUESS, **name)


def _guessed_kind(turn: Turn, run: _Run) -> Kind:
    kind = _KINDS.get(run.label, "other")
    if run.first < run.last and run.before in _LEADING | {"l'"} and kind == "person":
        return "place"
    if run.first == run.last and run.before in _ARTICLES:
        # Persons have no article: « l'Alma », « la Fonderie ».
        if run.before == "l'":
            return "organisation" if run.label == "ORG" else "place"
        if is_common(turn.words[run.first].text):
            return "place" if run.label in ("", "LOC", "PER") else "other"
    surnames = gazetteers().surnames
    if kind == "other" and not run.label and all(part in surnames for part in run.key.split(" ")):
        return "person"
    return kind
