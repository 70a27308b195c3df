"""The city of an interview: its main name, where people write it in several ways."""

from __future__ import annotations

import csv
import difflib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from textlien.corpus.vocabulary import Vocabulary
from textlien.errors import Problem, did_you_mean
from textlien.files.shipped import folder
from textlien.messages.message import Location
from textlien.text.folding import fold
from textlien.text.names import comparable

# « Le Havr » and « Le Havre » are (0.93), « Montreuil » and « Montreux » are not (0.82).
_ALIKE = 0.85

_SHORTEST = 4
"""Letters from which a name that differs by one is looked at: « Eu » and « Ay » are two."""

_ARTICLES = ("le", "la", "les", "l")
_SAINTS = {"st": "saint", "ste": "sainte"}


def main_name(
    vocabulary: Vocabulary, declared: Sequence[str], written: str, location: Location
) -> tuple[str, list[Problem]]:
    """Give a city its main name.

    Parameters
    ----------
    vocabulary : of the study.
    declared : ``cities`` of the corpus. A corpus that lists some has those only; one that lists
        none has any, and those that the study knows have their main name.
    written : as the source writes it. Case and accents do not count.
    location : of the source, in messages.

    Returns
    -------
    The main name, with a warning where hyphens or spaces had to be overlooked; "" and an error
    for a city that the corpus does not have.
    """
    # Starred variables hold no space: « *ville_le_havre ».
    city = " ".join(unicodedata.normalize("NFC", written).replace("_", " ").split())
    names = _main_names(vocabulary, declared)
    exact = {_plain(name): main for name, main in names.items()}
    if _plain(city) in exact:
        return exact[_plain(city)], []
    alike = {main for name, main in names.items() if fold(name) == fold(city)}
    if len(alike) == 1:
        (main,) = alike
        if "_" in written:
            return main, []
        return main, [Problem.warning("corpus.city-respelt", location, city=city, main=main)]
    if not declared:
        return city, []
    suggestion = did_you_mean(city, names, key=fold)
    file = vocabulary.study_file
    if any(fold(city) == fold(name) for name in vocabulary.cities):
        return "", [
            Problem.error(
                "corpus.city-of-another-wave",
                location,
                city=city,
                suggestion=suggestion,
                study=file,
            )
        ]
    return "", [
        Problem.error("corpus.unknown-city", location, city=city, suggestion=suggestion, study=file)
    ]


def _main_names(vocabulary: Vocabulary, declared: Sequence[str]) -> dict[str, str]:
    """Main name by each name that an interview of this corpus may give to its city."""
    aliases = vocabulary.aliases
    mains = {aliases.get(city, city) for city in declared or vocabulary.cities}
    names = {name: main for name, main in aliases.items() if main in mains or not declared}
    return names | {main: main for main in sorted(mains)}


def _plain(name: str) -> str:
    """``name`` without case and accents; hyphens and spaces still count."""
    return "".join(fold(char) or char for char in comparable(name))


def unify_cities(cities: Sequence[tuple[str, str]]) -> tuple[dict[str, str], list[Problem]]:
    """Take spellings that differ in case, accents, hyphens or spaces for one city.

    Parameters
    ----------
    cities : (file as the user knows it, city as written) of each interview of a study that
        declares none.

    Returns
    -------
    The main spelling of each one met, the most frequent (then the first met), and a warning
    for each file that writes another, and for each two cities that are nearly written the same,
    as « Le Havr » and « Le Havre »: these stay two.
    """
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for _, city in cities:
        spellings[fold(city)][city] += 1
    main = {key: counts.most_common(1)[0][0] for key, counts in spellings.items()}
    unified = {city: main[fold(city)] for _, city in cities}
    problems = [
        Problem.warning(
            "corpus.city-spelt-in-two-ways", Location(file=file), city=city, main=unified[city]
        )
        for file, city in cities
        if comparable(unified[city]) != comparable(city)
    ]
    return unified, [*problems, *_nearly_the_same(cities, spellings, main)]


def _nearly_the_same(
    cities: Sequence[tuple[str, str]], spellings: dict[str, Counter[str]], main: dict[str, str]
) -> Iterator[Problem]:
    """A warning for each city whose name is nearly that of a more frequent one."""
    # The rarer of two is the one to look at: it is met after the more frequent.
    ranked = sorted((key for key in spellings if key), key=lambda key: -spellings[key].total())
    for rank, key in enumerate(ranked):
        rivals = [other for other in ranked[:rank] if _digits(other) == _digits(key)]
        near = difflib.get_close_matches(key, rivals, n=1, cutoff=_ALIKE)
        for other in near or [other for other in rivals if _is_slip(key, other)][:1]:
            file = next(file for file, city in cities if fold(city) == key)
            yield Problem.warning(
                "corpus.cities-nearly-the-same",
                Location(file=file),
                city=main[key],
                other=main[other],
            )


def _is_slip(left: str, right: str) -> bool:
    """True for two short names of which one is probably the other misspelt: « Evri », « Criel ».

    Where both are communes of France, as « Lens » and « Sens », they are two places.

    Parameters
    ----------
    left, right : folded names.
    """
    plain = _without_article(left), _without_article(right)
    if plain[0] == plain[1]:
        return True
    if min(map(len, plain)) < _SHORTEST or not _is_one_letter_off(*plain):
        return False
    return not {left, right} <= _communes()


def _without_article(name: str) -> str:
    """A folded name without its article, « Havre » for « Le Havre », and with « saint » in full."""
    words = [_SAINTS.get(word, word) for word in name.split()]
    return " ".join(words[1:] if words[0] in _ARTICLES and len(words) > 1 else words)


def _is_one_letter_off(left: str, right: str) -> bool:
    """True if a letter more, another letter, or two in the wrong order makes one of the other."""
    head = _letters_in_common(left, right)
    rests = left[head:], right[head:]
    tail = _letters_in_common(rests[0][::-1], rests[1][::-1])
    first, second = (rest[: len(rest) - tail] for rest in rests)
    is_swap = len(first) == 2 and first == second[::-1]
    return is_swap or max(len(first), len(second)) == 1


def _letters_in_common(left: str, right: str) -> int:
    """Number of letters with which both begin."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(left), len(right)))


@lru_cache(maxsize=1)
def _communes() -> frozenset[str]:
    """Folded names of the communes of France."""
    path = folder("configs") / "gazetteers" / "communes.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return frozenset(fold(row["name"]) for row in csv.DictReader(stream))


def _digits(name: str) -> str:
    """The digits of a name: « Paris 11 » and « Paris 12 » are two places."""
    return "".join(char for char in name if char.isdigit())
