"""Persons by the words before their names: titles, kinship, « s'appelle », « la petite »."""

from __future__ import annotations

from collections.abc import Iterator

from textlien.pseudonyms.finding.common import is_common
from textlien.pseudonyms.finding.cues import cues
from textlien.pseudonyms.finding.gazetteers import FREQUENT, gazetteers
from textlien.pseudonyms.finding.mentions import CUE, Mention, mention
from textlien.pseudonyms.finding.nameword import (
    COMPOUNDING,
    PARTICLES,
    could_be,
    follows,
    is_function,
    is_shown,
    is_unmistakable,
    run_from,
    skip,
)
from textlien.pseudonyms.finding.words import Turn

OWN = "« je m'appelle »"
"""Reason of a name that somebody said to be their own."""

_PARENTS = frozenset(["pere", "mere", "famille"])
_FAMILIES = frozenset(["famille", "familles", "freres", "soeurs"])
_ARTICLES = frozenset(["le", "la", "l'"])
_SHORT_TITLES = frozenset("mme mlle mr dr pr me".split())
_SHORTEST = 3
_FREQUENT = 500
_MYSELF = frozenset(["je", "moi"])
_SAID = frozenset(["dit", "dite", "nomme", "nommee", "prenom", "appeler"])


def persons(turn: Turn) -> Iterator[Mention]:
    """Persons of a turn that a word before them tells."""
    for index in range(len(turn.words)):
        yield from _titled(turn, index)
        yield from _kin(turn, index)
        yield from _called(turn, index)
        yield from _family(turn, index)


def parsed(turn: Turn, first: int, last: int) -> dict[str, str]:
    """First name, surname and gender of the name from word ``first`` to ``last``.

    « Benali Hocine » is read as « Hocine Benali » is.
    """
    keys = [turn.words[index].key for index in range(first, last + 1)]
    compound = turn.casing == "single" and len(keys) == 2 and keys[0] in COMPOUNDING
    if compound and gazetteers().is_first_name(keys[1]):
        # « jean claude » as an automatic transcript writes « Jean-Claude »
        return {"given": " ".join(keys), "gender": _gender(keys[0])}
    if len(keys) == 1:
        return {"given": keys[0], "gender": _gender(keys[0])}
    if comes_second(keys[0], keys[-1]):
        return {
            "given": keys[-1],
            "family": " ".join(keys[:-1]),
            "gender": _gender(keys[-1]),
        }
    return {"given": keys[0], "family": " ".join(keys[1:]), "gender": _gender(keys[0])}


def comes_second(first: str, last: str) -> bool:
    """Whether the first name stands behind the surname, by their keys."""
    lists = gazetteers()
    if not lists.is_first_name(last):
        return False
    listed, other = lists.first_names.get(first), lists.first_names.get(last)
    if listed is None or other is None:
        return not lists.is_first_name(first)
    # « Benali » is somebody's first name too, but far more rarely than « Hocine ».
    rarer = first in lists.surnames and listed.births < _FREQUENT <= other.births
    return rarer or listed.births < FREQUENT <= other.births


def _gender(key: str) -> str:
    found = gazetteers().gender(key)
    return "" if found == "mf" else found


def _titled(turn: Turn, index: int) -> Iterator[Mention]:
    """« Mme Vandamme », « maître Delobel », « la directrice Lopez »."""
    first = index + 1
    if not _is_title(turn, index) or not (follows(turn, first) or _is_after_stop(turn, index)):
        return
    start = skip(turn, first, PARTICLES)
    if start > first and not _is_of_a_surname(turn, index):
        return
    if not could_be(turn, start):
        return
    last = run_from(turn, start, particles=turn.casing == "mixed")
    name = _behind_title(turn, index, (start, last))
    reason = "titre devant"
    sure = is_unmistakable(turn, start) or turn.words[start].key in gazetteers().surnames
    if " ".join(word.key for word in turn.words[start : last + 1]) in cues().figures:
        reason, sure = "personnage public ?", False
    begin = first if "family" in name else start
    yield mention(turn, begin, last, "person", reason, sure=sure, rank=CUE, **name)


def _is_title(turn: Turn, index: int) -> bool:
    word, known = turn.words[index], cues()
    if turn.casing == "single":
        return word.key in known.plain_titles
    if word.key == "me":
        return word.text == "Me"
    return word.key in known.titles or word.key in known.post_heads


def _is_of_a_surname(turn: Turn, index: int) -> bool:
    """« Monsieur le Maire » is nobody's name; « Mme de Villiers » and « M. El Amrani » are."""
    particle = turn.words[index + 1].key
    if particle in ("le", "la", "les", "l'", "des", "d'"):
        return turn.words[index + 1].capital and turn.casing == "mixed"
    return turn.casing == "mixed" and turn.words[index].key in cues().plain_titles


def _behind_title(turn: Turn, index: int, name: tuple[int, int]) -> dict[str, str]:
    """Parts of a name behind a title: one word is a surname, « Madame Fatima » excepted."""
    start, last = name
    gender = cues().titles.get(turn.words[index].key, "")
    if last > start:
        return parsed(turn, start, last) | ({"gender": gender} if gender else {})
    key, lists = turn.words[start].key, gazetteers()
    listed = lists.first_names.get(key)
    is_first = listed is not None and listed.births >= _FREQUENT and key not in lists.surnames
    return {"given" if is_first else "family": key, "gender": gender}


def _is_after_stop(turn: Turn, index: int) -> bool:
    """« Mme. Vandamme »: a full stop that ends no sentence."""
    if index + 1 >= len(turn.words) or turn.casing == "single":
        return False
    between = turn.text[turn.words[index].end : turn.words[index + 1].start]
    return between == ". " and turn.words[index].key in _SHORT_TITLES


def _kin(turn: Turn, index: int) -> Iterator[Mention]:
    """« mon fils Bilal », « ma sœur, Nawel », « le petit Kevin », « la mère Vandamme »."""
    word, known = turn.words[index], cues()
    small = word.key in known.small and index > 0 and not word.capital
    start = index + 1
    if word.key not in known.kin and not small:
        return
    if not (follows(turn, start) or (not small and _is_after_comma(turn, index))):
        return
    if not could_be(turn, start) or turn.words[start].key in known.kin.keys() | known.small.keys():
        return
    last = run_from(turn, start)
    name = parsed(turn, start, last)
    if last == start and _is_of_a_family(turn, index):
        name = {"family": name["given"]}
    gender = known.kin.get(word.key) or known.small.get(word.key, "")
    if gender:
        name["gender"] = gender
    reason = "« petit » ou « mère »… devant" if small else "lien de parenté devant"
    sure = is_unmistakable(turn, start)
    yield mention(turn, start, last, "person", reason, sure=sure, rank=CUE, **name)


def _is_after_comma(turn: Turn, index: int) -> bool:
    """« ma sœur, Nawel »."""
    if index + 1 >= len(turn.words) or not index or turn.casing == "single":
        return False
    between = turn.text[turn.words[index].end : turn.words[index + 1].start]
    return between == ", " and turn.words[index - 1].key in cues().possessive


def _is_of_a_family(turn: Turn, index: int) -> bool:
    """« la mère Vandamme », but « ma mère Yamina » and « le père Duhamel » of one first name."""
    if turn.words[index].key not in _PARENTS or index + 1 >= len(turn.words):
        return False
    article = index > 0 and turn.words[index - 1].key in _ARTICLES
    return article and not gazetteers().is_first_name(turn.words[index + 1].key)


def _called(turn: Turn, index: int) -> Iterator[Mention]:
    """« je m'appelle Samira », « on l'appelle Nono », « Lucien Hauguel, dit Lulu »."""
    known = cues()
    verb, bare = _verb_at(turn, index)
    start = index + 1
    if not verb or not follows(turn, start):
        return
    if turn.casing == "mixed" and bare not in _SAID:
        start = skip(turn, start, _ARTICLES, 1)
    if start == len(turn.words) or turn.words[start].begins:
        return
    if not _can_be_called(turn, start, bare):
        return
    last = run_from(turn, start)
    mine = verb in known.own_call and index > 1 and turn.words[index - 2].key in _MYSELF
    sure = is_unmistakable(turn, start) and could_be(turn, start)
    yield mention(
        turn,
        start,
        last,
        "person",
        OWN if mine else "« s'appelle » ou « dit »…",
        sure=sure,
        rank=CUE,
        is_nickname=bare in known.also or verb in known.also,
        **parsed(turn, start, last),
    )


def _can_be_called(turn: Turn, index: int, verb: str) -> bool:
    """Whether somebody can be called so: « on l'appelle bouboule », but « il dit vas-y »."""
    if verb in _SAID and turn.casing == "single":
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
    if word.key not in _FAMILIES and word.key not in ("les", "des", "chez les"):
        return
    if not follows(turn, start) or not is_shown(turn, start) or turn.words[start].begins:
        return
    last = run_from(turn, start)
    name = turn.words[start]
    if last > start or (word.key not in _FAMILIES and not _is_family_name(name.text, name.key)):
        return
    yield mention(
        turn, start, last, "person", "famille", rank=CUE, family=name.key, sure=word.key != "des"
    )


def _is_family_name(text: str, key: str) -> bool:
    """A name without the s of « les Anglais », « les Roms »."""
    lists = gazetteers()
    if text.isupper() or key in lists.abroad or key.endswith("s"):
        return key in lists.surnames and not text.isupper() and not lists.surnames[key]
    return key in lists.surnames or not is_common(text)
