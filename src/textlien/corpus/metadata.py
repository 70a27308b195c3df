"""Who was interviewed, where and when: from a table, a file name or a head notice."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from textlien.corpus import file_name
from textlien.corpus.cities import main_name
from textlien.corpus.properties import stated
from textlien.corpus.roster import Given, Roster
from textlien.errors import Problem
from textlien.raw import raw_problem
from textlien.study.options import CorpusOptions, Study
from textlien.text.folding import fold
from textlien.transcripts.notice import FIELDS

_YES = frozenset("oui yes true vrai 1 x o".split())
_NO = frozenset(["non", "no", "false", "faux", "0", "n", ""])
# What a notice calls a function is a post, « directrice du CCAS », seldom one of the categories.
_POSTS = ("fonction", "profil")
_MONTHS = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of one interview; "" stands for what is not.

    Attributes
    ----------
    city : under its main name.
    actor : a key of ``[actors]``.
    date : as written.
    """

    wave: str
    city: str = ""
    actor: str = ""
    person: str = ""
    date: str = ""
    fictional: bool = False


def metadata_of(
    study: Study,
    corpus: CorpusOptions,
    roster: Roster,
    path: Path,
    reading_name: str,
    head: Mapping[str, str],
    properties: Mapping[str, str] | None = None,
) -> tuple[Metadata, list[Problem]]:
    """Gather what is known of one interview: roster, file name, head notice, then properties.

    Parameters
    ----------
    study, corpus, roster : options, and :func:`load_roster` of this corpus.
    path : the transcript.
    reading_name, head, properties : of its :class:`~textlien.transcripts.Reading`.

    Returns
    -------
    The metadata, and its problems: a city or actor that the study does not know (error), a
    file name unlike the pattern (error), a head notice or properties that say otherwise (warning).
    """
    shown = study.shown(path)
    place = f"interview {reading_name}" if reading_name else "head notice"
    noticed = {ours: _first(head, FIELDS[ours]) for ours in FIELDS}
    noticed["actor"] = _actor_in_head(study, head)
    sources = [Given(shown, place, noticed)]
    problems: list[Problem] = []
    row = roster.rows.get(path.resolve())
    if row:
        sources.insert(0, row)
    elif corpus.metadata and roster.usable:
        problems.append(_no_row(study, corpus, shown))
    if corpus.pattern:
        named, problem = _from_pattern(study, corpus.pattern, path, shown)
        problems += problem
        sources.insert(-1, Given(shown, "file name", named))
    known = {city: city for city in study.cities_of_study} | study.cities.aliases
    sources.append(Given(shown, "document properties", stated(properties or {}, known)))
    settled: dict[str, str] = {}
    for name in ("city", "actor", "person", "date", "fictional"):
        settled[name], faults = _settle(study, corpus, name, sources)
        problems += faults
    fictional = settled.pop("fictional") == "yes" or corpus.fictional
    if study.cities_of_study and not any(given.values.get("city") for given in sources):
        hint = "Give it in metadata.csv, in the file name or as « Ville : … » at the head."
        problems.append(raw_problem(shown, "its city is not known.", hint, severity="warning"))
    return Metadata(corpus.wave, **settled, fictional=fictional), problems


def _first(head: Mapping[str, str], names: Iterable[str]) -> str:
    return next((head[name] for name in names if head.get(name)), "")


def _no_row(study: Study, corpus: CorpusOptions, shown: str) -> Problem:
    table = study.shown(study.resolve(corpus.metadata))
    return raw_problem(
        shown, f"has no row in {table}.", "Add one with its city.", severity="warning"
    )


def _from_pattern(
    study: Study, pattern: str, path: Path, shown: str
) -> tuple[dict[str, str], list[Problem]]:
    if not file_name.is_usable(pattern):
        fields = ", ".join(f"{{{name}}}" for name in file_name.FIELDS)
        message = f'the pattern "{pattern}" cannot be used.'
        hint = f"Use one or more of {fields}, each once."
        return {}, [raw_problem(study.shown(study.file), message, hint, "[corpus.pattern]")]
    cities = [*study.cities_of_study, *study.cities.aliases]
    actors = [name for pair in study.actors.items() for name in pair]
    named = file_name.values(pattern, path.stem, cities, actors)
    if named is not None:
        return named, []
    message = f'the file name "{path.stem}" does not follow the pattern "{pattern}".'
    return {}, [raw_problem(shown, message, "Rename the file, or describe it in a metadata.csv.")]


def _settle(
    study: Study, corpus: CorpusOptions, name: str, sources: Sequence[Given]
) -> tuple[str, list[Problem]]:
    """The value of the first source that has one; the others are compared with it."""
    problems: list[Problem] = []
    settled: tuple[str, Given] | None = None
    for given in sources:
        written = given.values.get(name, "")
        if not written:
            continue
        value, faults = _value(study, corpus, name, written, given)
        if settled is None:
            problems += faults
            settled = value, given
        elif value and settled[0] and not _agree(name, value, settled[0]):
            problems.append(_conflict(name, settled, (value, given)))
    return (settled[0] if settled else ""), problems


def _agree(name: str, left: str, right: str) -> bool:
    if name != "date":
        return fold(left) == fold(right)
    days = _day(left), _day(right)
    return None in days or days[0] == days[1]


def _day(written: str) -> tuple[int, int, int] | None:
    """Year, month and day of « 2013-03-12 », « 12/03/2013 » or « 12 mars 2013 »."""
    words = [
        str(_MONTHS.index(word) + 1) if word in _MONTHS else word for word in fold(written).split()
    ]
    numbers = [int(word) for word in words if word.isdecimal()]
    if len(numbers) != 3:
        return None
    first, month, last = numbers
    return (first, month, last) if first > 31 else (last, month, first)


def _conflict(name: str, first: tuple[str, Given], second: tuple[str, Given]) -> Problem:
    where = (
        f"{first[1].file}, {first[1].place}" if first[1].file != second[1].file else first[1].place
    )
    return raw_problem(
        second[1].file,
        f'{name} is "{second[0]}" here and "{first[0]}" in {where}.',
        f'"{first[0]}" was taken. Correct the one that is wrong.',
        second[1].place,
        "warning",
    )


def _value(
    study: Study, corpus: CorpusOptions, name: str, written: str, given: Given
) -> tuple[str, list[Problem]]:
    if name == "city":
        return main_name(study, corpus, written, given.file, given.place)
    if name == "actor":
        return _actor(study, written, given)
    if name == "fictional":
        if fold(written) in _YES | _NO:
            return ("yes" if fold(written) in _YES else "no"), []
        message = f'fictional "{written}" is neither yes nor no.'
        return "", [raw_problem(given.file, message, 'Write "oui" or "non".', given.place)]
    return written, []


def _actor_in_head(study: Study, head: Mapping[str, str]) -> str:
    written = _first(head, [name for name in FIELDS["actor"] if name not in _POSTS])
    post = _first(head, _POSTS)
    return written or (post if fold(post) in _actors(study) else "")


def _actors(study: Study) -> dict[str, str]:
    """Key of each actor by its folded key and label."""
    return {fold(name): key for key, label in study.actors.items() for name in (key, label)}


def _actor(study: Study, written: str, given: Given) -> tuple[str, list[Problem]]:
    known = _actors(study)
    if fold(written) in known:
        return known[fold(written)], []
    near = difflib.get_close_matches(fold(written), known, n=1, cutoff=0.6)
    proposal = f'Did you mean "{known[near[0]]}"? ' if near else ""
    hint = f"{proposal}Known actors: {', '.join(study.actors)}."
    message = f'actor "{written}" is not one of the study\'s actors.'
    return "", [raw_problem(given.file, message, hint, given.place)]
