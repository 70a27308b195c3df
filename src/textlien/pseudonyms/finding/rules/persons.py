"""Persons by the word before their name: a title, kinship, « s'appelle », « la petite »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from textlien.pseudonyms.finding.cues import cues
from textlien.pseudonyms.finding.gazetteers import FREQUENT, VERY_FREQUENT, gazetteers
from textlien.pseudonyms.finding.mentions import CUE, Mention, mention
from textlien.pseudonyms.finding.predicates import (
    COMPOUNDING,
    PARTICLES,
    could_be,
    follows,
    is_common,
    is_frequent,
    is_function,
    is_people,
    is_shown,
    is_unmistakable,
    run_from,
    skip,
)
from textlien.pseudonyms.finding.words import Turn, Word
from textlien.pseudonyms.model import Kind
from textlien.pseudonyms.reasons import Reason

_PARENTS = frozenset(["pere", "mere", "famille"])
_FAMILIES = frozenset(["famille", "familles", "freres", "soeurs"])
_ARTICLES = frozenset(["le", "la", "l'"])
_SHORT_TITLES = frozenset("mme mlle mr dr pr me".split())
_HIDDEN = re.compile(r"x{1,4}|y{1,4}|z{1,4}")
"""« madame X »: a name that the transcriber left out."""

_SUBJECT = 6
"""Words before « s'appelle » among which the word for a place is looked for."""

_SHORTEST = 3
"""Letters of a nickname in small letters: « il dit ça » names nobody."""

_MYSELF = frozenset(["je", "moi"])
_SAYING = frozenset(["dit", "dite", "nomme", "nommee", "prenom", "appeler"])


def persons(turn: Turn) -> Iterator[Mention]:
    """Persons of a turn whose name stands behind a cue."""
    for index in range(len(turn.words)):
        yield from _titled(turn, index)
        yield from _kin(turn, index)
        yield from _called(turn, index)
        yield from _family(turn, index)


def parsed(turn: Turn, first: int, last: int) -> dict[str, str]:
    """First name, surname and gender of the name from word ``first`` to ``last``.

    « Benali Hocine » is read as « Hocine Benali » is.
    """
    keys = compounded([turn.words[index].key for index in range(first, last + 1)])
    compound = turn.casing == "single" and len(keys) == 2 and keys[0] in COMPOUNDING
    if compound and gazetteers().is_first_name(keys[1]):
        # « jean claude » as an automatic transcript writes « Jean-Claude »
        return {"first_name": " ".join(keys), "gender": _gender(keys[0])}
    if len(keys) == 1:
        return {"first_name": keys[0], "gender": _gender(keys[0])}
    if comes_second(keys[0], keys[-1]):
        return {
            "first_name": keys[-1],
            "surname": " ".join(keys[:-1]),
            "gender": _gender(keys[-1]),
        }
    return {"first_name": keys[0], "surname": " ".join(keys[1:]), "gender": _gender(keys[0])}


def compounded(keys: Sequence[str]) -> list[str]:
    """Keys of words with the first names of two words as one: « Jean Luc » is « Jean-Luc »."""
    joined: list[str] = []
    for key in keys:
        if joined and is_frequent(f"{joined[-1]} {key}"):
            joined[-1] = f"{joined[-1]} {key}"
        else:
            joined.append(key)
    return joined


def comes_second(first: str, last: str) -> bool:
    """True when the first name stands behind the surname, by their keys."""
    lists = gazetteers()
    if not lists.is_first_name(last):
        return False
    before, behind = lists.first_names.get(first), lists.first_names.get(last)
    if before is None or behind is None:
        return not lists.is_first_name(first)
    # « Benali » is somebody's first name too, but far more rarely than « Hocine ».
    is_rarer = first in lists.surnames and before.births < VERY_FREQUENT <= behind.births
    return is_rarer or before.births < FREQUENT <= behind.births


def _gender(key: str) -> str:
    """Gender of a first name, empty where both have it."""
    gender = gazetteers().gender(key)
    return "" if gender == "mf" else gender


def _titled(turn: Turn, index: int) -> Iterator[Mention]:
    """« Mme Vandamme », « maître Delobel », « la directrice Lopez »."""
    first = index + 1
    if not _is_title(turn, index) or not (follows(turn, first) or _is_after_stop(turn, index)):
        return
    start = skip(turn, first, PARTICLES)
    if start > first and not _is_of_a_surname(turn, index):
        return
    if not could_be(turn, start) or not _is_whole(turn.words[start]):
        return
    last = run_from(turn, start, particles=turn.casing == "mixed")
    name = _behind_title(turn, index, (start, last))
    reason = Reason.PUBLIC_FIGURE if _is_figure(turn, start, last) else Reason.TITLE
    is_surname = turn.words[start].key in gazetteers().surnames
    sure = reason is Reason.TITLE and (is_surname or is_unmistakable(turn, start))
    begin = first if "surname" in name else start
    yield mention(turn, begin, last, "person", reason, sure=sure, rank=CUE, **name)


def _is_figure(turn: Turn, first: int, last: int) -> bool:
    """True for a name of the list of public figures, with or without a first name."""
    whole = " ".join(word.key for word in turn.words[first : last + 1])
    return whole in cues().figures or turn.words[last].key in cues().figures


def _is_whole(word: Word) -> bool:
    """False for « Mme X », who is hidden already, and for « Europe1 »."""
    return not _HIDDEN.fullmatch(word.key) and not any(map(str.isdigit, word.text))


def _is_title(turn: Turn, index: int) -> bool:
    """True for a title or a post; without capitals, for plain titles only."""
    word, lists = turn.words[index], cues()
    if turn.casing == "single":
        return word.key in lists.plain_titles
    if word.key == "me":
        return word.text == "Me"
    return word.key in lists.titles or word.key in lists.post_heads


def _is_of_a_surname(turn: Turn, index: int) -> bool:
    """False for « Monsieur le Maire »; true for « Mme de Villiers » and « M. El Amrani »."""
    particle = turn.words[index + 1].key
    if particle in ("le", "la", "les", "l'", "des"):
        return turn.words[index + 1].capital and turn.casing == "mixed"
    return turn.casing == "mixed" and turn.words[index].key in cues().plain_titles


def _behind_title(turn: Turn, index: int, name: tuple[int, int]) -> dict[str, str]:
    """Parts of a name behind a title: one word is a surname, « Madame Fatima » excepted."""
    start, last = name
    gender = cues().titles.get(turn.words[index].key, "")
    if last > start:
        return _full_behind_title(turn, start, last, gender)
    key = turn.words[start].key
    is_first = is_frequent(key, VERY_FREQUENT) and key not in gazetteers().surnames
    return {"first_name" if is_first else "surname": key, "gender": gender}


def _full_behind_title(turn: Turn, start: int, last: int, gender: str) -> dict[str, str]:
    """« Mme Paule Roux », or a surname of two words: « Mme Dupont Martin » is no Martin."""
    name = parsed(turn, start, last)
    is_first = gazetteers().is_first_name(name["first_name"])
    if not is_first or (gender and name.get("gender", "") not in ("", gender)):
        keys = [word.key for word in turn.words[start : last + 1]]
        return {"surname": " ".join(keys), "gender": gender}
    return name | ({"gender": gender} if gender else {})


def _is_after_stop(turn: Turn, index: int) -> bool:
    """True in « Mme. Vandamme », where the full stop ends no sentence."""
    if index + 1 >= len(turn.words) or turn.casing == "single":
        return False
    between = turn.text[turn.words[index].end : turn.words[index + 1].start]
    return between == ". " and turn.words[index].key in _SHORT_TITLES


def _kin(turn: Turn, index: int) -> Iterator[Mention]:
    """« mon fils Bilal », « ma sœur, Nawel », « le petit Kevin », « la mère Vandamme »."""
    word, lists = turn.words[index], cues()
    affectionate = word.key in lists.small and index > 0 and not word.capital
    if not (affectionate or word.key in lists.kin):
        return
    if not _has_name_behind(turn, index, affectionate=affectionate):
        return
    start = index + 1
    last = run_from(turn, start)
    yield _of_kin(turn, index, last, affectionate=affectionate)


def _of_kin(turn: Turn, index: int, last: int, *, affectionate: bool) -> Mention:
    """The person whose name stands behind the word for kinship ``index``."""
    word, lists, start = turn.words[index], cues(), index + 1
    name = parsed(turn, start, last)
    if last == start and _is_of_a_family(turn, index):
        name = {"surname": name["first_name"]}
    gender = lists.kin.get(word.key) or lists.small.get(word.key, "")
    if gender:
        name["gender"] = gender
    reason = Reason.AFFECTIONATE if affectionate else Reason.KINSHIP
    sure = is_unmistakable(turn, start) and _is_likely(turn, index, affectionate=affectionate)
    return mention(turn, start, last, "person", reason, sure=sure, rank=CUE, **name)


def _is_of_somewhere(turn: Turn, index: int) -> bool:
    """True for « le petit Parisien » and « le petit Montreuil », who are nobody's names."""
    word, lists = turn.words[index], gazetteers()
    if lists.is_first_name(word.key) or turn.casing == "single":
        return False
    return is_people(word.text) or lists.is_place(word.key)


def _is_likely(turn: Turn, index: int, *, affectionate: bool) -> bool:
    """False for « Mère Courage », « Père Lachaise », « le petit Casino »: a person decides."""
    name, lists = turn.words[index + 1], gazetteers()
    if lists.is_first_name(name.key):
        return True
    if is_common(name.text):
        return False
    is_theirs = index > 0 and turn.words[index - 1].key in cues().possessive
    return (
        is_theirs
        or (not affectionate and _is_of_a_family(turn, index))
        or (affectionate and turn.words[index].key in _PARENTS)
    )


def _has_name_behind(turn: Turn, index: int, *, affectionate: bool) -> bool:
    """True when a name may follow the word ``index``; a comma between for kinship only."""
    start, lists = index + 1, cues()
    if not could_be(turn, start):
        return False
    is_apposition = not affectionate and _is_after_comma(turn, index)
    is_cue = turn.words[start].key in lists.kin.keys() | lists.small.keys()
    if is_cue or _is_of_somewhere(turn, start):
        return False
    return follows(turn, start) or is_apposition


def _is_after_comma(turn: Turn, index: int) -> bool:
    """True in « ma sœur, Nawel »."""
    if index + 1 >= len(turn.words) or not index or turn.casing == "single":
        return False
    between = turn.text[turn.words[index].end : turn.words[index + 1].start]
    return between == ", " and turn.words[index - 1].key in cues().possessive


def _is_of_a_family(turn: Turn, index: int) -> bool:
    """True in « la mère Vandamme », but not in « ma mère Yamina »."""
    if turn.words[index].key not in _PARENTS or index + 1 >= len(turn.words):
        return False
    article = index > 0 and turn.words[index - 1].key in _ARTICLES
    return article and not gazetteers().is_first_name(turn.words[index + 1].key)


def _called(turn: Turn, index: int) -> Iterator[Mention]:
    """« je m'appelle Samira », « on l'appelle Nono », « Lucien Hauguel, dit Lulu »."""
    verb, bare = _verb_at(turn, index)
    start = index + 1
    if not verb or not follows(turn, start):
        return
    if turn.casing == "mixed" and bare not in _SAYING:
        start = skip(turn, start, _ARTICLES, 1)
    if not _can_be_called(turn, start, bare):
        return
    last = run_from(turn, start)
    if head := _thing_called(turn, index, start):
        yield _called_thing(turn, start, last, head)
        return
    more: dict[str, Any] = {
        "sure": _is_sure_called(turn, (start, last), bare, has_article=start > index + 1),
        "is_nickname": bool({bare, verb} & cues().also),
    } | parsed(turn, start, last)
    reason = Reason.OWN_NAME if _is_own_name(turn, index, verb) else Reason.CALLED
    yield mention(turn, start, last, "person", reason, rank=CUE, **more)


def _is_sure_called(turn: Turn, name: tuple[int, int], verb: str, *, has_article: bool) -> bool:
    """True for a first name, and for a word that can be nothing but a name."""
    start, last = name
    if not (is_unmistakable(turn, start) and could_be(turn, start)):
        return False
    lists, key = gazetteers(), turn.words[start].key
    if verb in _SAYING or lists.is_place(key):
        return is_frequent(key)
    if lists.is_first_name(key) or lists.is_first_name(turn.words[last].key):
        return True
    return not has_article and not is_common(turn.words[start].text)


def _thing_called(turn: Turn, index: int, name: int) -> str:
    """The word for a place or organisation that is called so: « une cité qui s'appelle »."""
    lists = cues()
    if gazetteers().is_first_name(turn.words[name].key):
        return ""
    for word in reversed(turn.words[max(0, index - _SUBJECT) : index]):
        if word.key in lists.kin or word.key in lists.titles:
            return ""
        if word.key in lists.places or word.key in lists.organisations:
            return word.key
    return ""


def _called_thing(turn: Turn, start: int, last: int, head: str) -> Mention:
    """A place or an organisation by its name; a person decides."""
    kind: Kind = "place" if head in cues().places else "organisation"
    more: dict[str, Any] = {"label": head, "sure": False, "rank": CUE}
    return mention(turn, start, last, kind, Reason.HEAD, head, **more)


def _is_own_name(turn: Turn, index: int, verb: str) -> bool:
    """True in « je m'appelle Samira », where the speaker names herself."""
    return verb in cues().own_call and index > 1 and turn.words[index - 2].key in _MYSELF


def _can_be_called(turn: Turn, index: int, verb: str) -> bool:
    """True for a possible nickname: « on l'appelle bouboule », but not « il dit vas-y »."""
    if index == len(turn.words) or turn.words[index].begins:
        return False
    if verb in _SAYING and turn.casing == "single":
        return could_be(turn, index) and is_unmistakable(turn, index)
    if could_be(turn, index):
        return True
    word = turn.words[index]
    nobody = is_function(word) or word.key in cues().small or len(word.key) < _SHORTEST
    return turn.casing == "single" and not nobody


def _verb_at(turn: Turn, index: int) -> tuple[str, str]:
    """The verb of naming at a word, with and without its pronoun; empty if there is none."""
    key = turn.words[index].key
    before = turn.words[index - 1].key.rstrip("'") if index else ""
    both = f"{before} {key}"
    if both in cues().calls:
        return both, key
    return (key, key) if key in cues().calls else ("", "")


def _family(turn: Turn, index: int) -> Iterator[Mention]:
    """« les Diarra », « la famille Lopez »."""
    word = turn.words[index]
    start = index + 1
    is_family = word.key in _FAMILIES
    if not is_family and word.key not in ("les", "des", "chez les"):
        return
    if not _is_single_name(turn, start):
        return
    name = turn.words[start]
    if not is_family and (_is_of_somewhere(turn, start) or not _is_family_name(name)):
        return
    is_surname = gazetteers().surnames.get(name.key) is False and not is_common(name.text)
    more = {"rank": CUE, "surname": name.key, "sure": is_family or is_surname}
    yield mention(turn, start, start, "person", Reason.FAMILY, **more)


def _is_single_name(turn: Turn, index: int) -> bool:
    """True for a name of one word within a sentence, that of a people excepted."""
    if not follows(turn, index) or not is_shown(turn, index) or turn.words[index].begins:
        return False
    return run_from(turn, index) == index and not is_people(turn.words[index].text)


def _is_family_name(word: Word) -> bool:
    """True for a surname, unless it looks like a people: « les Anglais », « les Roms »."""
    key, surnames = word.key, gazetteers().surnames
    if word.text.isupper() or key in gazetteers().abroad or key.endswith("s"):
        return not word.text.isupper() and surnames.get(key) is False
    return key in surnames or not is_common(word.text)
