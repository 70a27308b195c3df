"""The city of an interview: its main name, where people write it in several ways."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from textlien.errors import Problem
from textlien.raw import raw_problem
from textlien.study.options import CorpusOptions, Study
from textlien.text.folding import fold

_ALIKE = 0.85


def main_name(
    study: Study, corpus: CorpusOptions, written: str, file: str, place: str
) -> tuple[str, list[Problem]]:
    """Give a city its main name.

    Parameters
    ----------
    study, corpus : options. A corpus that lists its ``cities`` has those only; one that lists
        none has any, and those that the study knows have their main name.
    written : as the source writes it. Case and accents do not count.
    file, place : of the source, in messages.

    Returns
    -------
    The main name, with a warning where hyphens or spaces had to be overlooked; "" and an error
    for a city that the corpus does not have.
    """
    # Starred variables hold no space: « *ville_le_havre ».
    city = " ".join(written.replace("_", " ").split())
    known = _known(study, corpus)
    exact = {_plain(name): main for name, main in known.items()}
    if _plain(city) in exact:
        return exact[_plain(city)], []
    alike = {main for name, main in known.items() if fold(name) == fold(city)}
    if len(alike) == 1:
        (main,) = alike
        if "_" in written:
            return main, []
        message = f'city "{city}" is taken for "{main}".'
        hint = "Write it as in [[corpus]] cities, or declare another place there."
        return main, [raw_problem(file, message, hint, place, "warning")]
    if not corpus.cities:
        return city, []
    return "", [_unknown(study, city, known, file, place)]


def _known(study: Study, corpus: CorpusOptions) -> dict[str, str]:
    """Main name by each name that an interview of this corpus may give to its city."""
    aliases = study.cities.aliases
    declared = corpus.cities or study.cities_of_study
    mains = {aliases.get(city, city) for city in declared}
    known = {name: main for name, main in aliases.items() if main in mains or not corpus.cities}
    return known | {main: main for main in sorted(mains)}


def _unknown(study: Study, city: str, known: dict[str, str], file: str, place: str) -> Problem:
    folded = {fold(name): name for name in known}
    near = difflib.get_close_matches(fold(city), folded, n=1, cutoff=0.6)
    proposal = f'Did you mean "{folded[near[0]]}"? ' if near else ""
    what = "line" if place.startswith("line") else place
    hint = f"{proposal}Correct the {what}, or add the city to [[corpus]] cities in "
    message = f'city "{city}" is not one of the study\'s cities.'
    if any(fold(city) == fold(name) for name in study.cities_of_study):
        message = f'city "{city}" is not one of the cities of this wave.'
    return raw_problem(file, message, f"{hint}{study.file.name}.", place)


def _plain(name: str) -> str:
    """``name`` without case and accents; hyphens and spaces still count."""
    return "".join(fold(char) or char for char in name.replace("’", "'"))


def unify_cities(cities: Sequence[tuple[str, str]]) -> tuple[dict[str, str], list[Problem]]:
    """Take spellings that differ in case, accents, hyphens or spaces for one city.

    Parameters
    ----------
    cities : (file as shown, city as written) of each interview of a study that declares none.

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
        raw_problem(
            shown,
            f'city "{city}" is written "{unified[city]}" elsewhere; taken for the same.',
            "Write it one way, or list the study's cities in [[corpus]] cities.",
            severity="warning",
        )
        for shown, city in cities
        if unified[city] != city
    ]
    return unified, [*problems, *_nearly_the_same(cities, spellings, main)]


def _nearly_the_same(
    cities: Sequence[tuple[str, str]], spellings: dict[str, Counter[str]], main: dict[str, str]
) -> Iterator[Problem]:
    # The rarer of two is the one to look at: it is met after the more frequent.
    ranked = sorted((key for key in spellings if key), key=lambda key: -spellings[key].total())
    for rank, key in enumerate(ranked):
        rivals = [other for other in ranked[:rank] if _digits(other) == _digits(key)]
        for other in difflib.get_close_matches(key, rivals, n=1, cutoff=_ALIKE):
            shown = next(file for file, city in cities if fold(city) == key)
            message = f'city "{main[key]}" is nearly "{main[other]}"; taken for two cities.'
            hint = (
                "If they are one, mend the spelling; else list the study's cities in "
                "[[corpus]] cities."
            )
            yield raw_problem(shown, message, hint, severity="warning")


def _digits(name: str) -> str:
    """The digits of a name: « Paris 11 » and « Paris 12 » are two places."""
    return "".join(char for char in name if char.isdigit())
