"""City, actor, person and date of an interview: from a table, a file name or a head notice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from textlien.corpus import file_name
from textlien.corpus.cities import main_name
from textlien.corpus.properties import stated
from textlien.corpus.roster import Roster, Statement
from textlien.errors import Problem, did_you_mean
from textlien.messages.message import Location, message
from textlien.study.options import CorpusOptions, Study
from textlien.text.folding import fold
from textlien.transcripts.notice import FIELDS

_FICTIONAL = "oui"
_YES = frozenset("oui yes true vrai 1 x o".split())
_NO = frozenset(["non", "no", "false", "faux", "0", "n", ""])
# What a notice calls a function is a post, « directrice du CCAS », seldom one of the categories.
_POSTS = ("fonction", "profil")
_MONTHS = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """One interview: where, when and with whom it was held; "" stands for what is not known.

    Attributes
    ----------
    wave : of its corpus.
    city : under its main name.
    actor : a key of ``[actors]``.
    person : as written.
    date : as written.
    fictional : True for an invented interview.
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
    interview: str,
    head: Mapping[str, str],
    properties: Mapping[str, str] | None = None,
) -> tuple[Metadata, list[Problem]]:
    """Describe one interview by its row of the roster, file name, head notice, then properties.

    Parameters
    ----------
    study, corpus : options.
    roster : :func:`~textlien.corpus.roster.load_roster` of this corpus.
    path : the transcript.
    interview : name of the interview in a file that holds several, or "".
    head, properties : of its :class:`~textlien.transcripts.model.Document`.

    Returns
    -------
    The metadata, and its problems: a city or actor that the study does not know (error), a
    file name unlike the pattern (error), a head notice or properties that say otherwise (warning).
    """
    file = study.display_path(path)
    place = Location(file=file, interview=interview, head=not interview)
    values = {field: _first(head, FIELDS[field]) for field in FIELDS}
    values["actor"] = _actor_in_head(study, head)
    sources = [Statement(place, values)]
    problems: list[Problem] = []
    row = roster.rows.get(path.resolve())
    if row:
        sources.insert(0, row)
    elif corpus.metadata and roster.usable:
        table = study.display_path(study.resolve(corpus.metadata))
        problems.append(Problem.warning("corpus.no-row", Location(file=file), table=table))
    if corpus.pattern:
        fields, problem = _from_pattern(study, corpus, path)
        problems += problem
        sources.insert(-1, Statement(Location(file=file, file_name=True), fields))
    cities = {city: city for city in study.cities_of_study} | study.cities.aliases
    values = stated(properties or {}, cities)
    sources.append(Statement(Location(file=file, properties=True), values))
    metadata, faults = _settle_all(study, corpus, sources)
    problems += faults
    if study.cities_of_study and not any(source.values.get("city") for source in sources):
        problems.append(Problem.warning("corpus.no-city", Location(file=file)))
    return metadata, problems


def _settle_all(
    study: Study, corpus: CorpusOptions, sources: Sequence[Statement]
) -> tuple[Metadata, list[Problem]]:
    """The metadata that some sources give, those of most weight first."""
    settled: dict[str, str] = {}
    problems: list[Problem] = []
    for field in ("city", "actor", "person", "date", "fictional"):
        settled[field], faults = _settle(study, corpus, field, sources)
        problems += faults
    fictional = settled.pop("fictional") == _FICTIONAL or corpus.fictional
    return Metadata(corpus.wave, **settled, fictional=fictional), problems


def _first(head: Mapping[str, str], names: Iterable[str]) -> str:
    """The first of some entries of a head notice that is there and not empty."""
    return next((head[name] for name in names if head.get(name)), "")


def _from_pattern(
    study: Study, corpus: CorpusOptions, path: Path
) -> tuple[dict[str, str], list[Problem]]:
    """Fields of a file name, or the problem with it or with the pattern."""
    pattern = corpus.pattern
    if not file_name.is_usable(pattern):
        option = f"corpus #{study.corpus.index(corpus) + 1}.pattern"
        location = Location(file=study.file.name, option=option)
        fields = tuple(f"{{{name}}}" for name in file_name.FIELDS)
        problem = Problem.error(
            "corpus.pattern-not-usable", location, pattern=pattern, fields=fields
        )
        return {}, [problem]
    cities = [*study.cities_of_study, *study.cities.aliases]
    actors = [name for pair in study.actors.items() for name in pair]
    values = file_name.values(pattern, path.stem, cities, actors)
    if values is not None:
        return values, []
    location = Location(file=study.display_path(path))
    problem = Problem.error(
        "corpus.file-name-unlike-pattern", location, name=path.stem, pattern=pattern
    )
    return {}, [problem]


def _settle(
    study: Study, corpus: CorpusOptions, field: str, sources: Sequence[Statement]
) -> tuple[str, list[Problem]]:
    """The value of the first source that has one; the others are compared with it."""
    problems: list[Problem] = []
    settled: tuple[str, Location] | None = None
    for source in sources:
        written = source.values.get(field, "")
        if not written:
            continue
        value, faults = _value(study, corpus, field, written, source.location)
        if settled is None:
            problems += faults
            settled = value, source.location
        elif value and settled[0] and not _agree(field, value, settled[0]):
            problems.append(_conflict(field, settled, (value, source.location)))
    return (settled[0] if settled else ""), problems


def _agree(field: str, left: str, right: str) -> bool:
    """True if two values of a field are the same: of dates the day, where both have one."""
    if field != "date":
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


def _conflict(field: str, first: tuple[str, Location], second: tuple[str, Location]) -> Problem:
    """A warning that a source of less weight has another value."""
    value, where = first
    if where.file == second[1].file:
        where = replace(where, file="")
    return Problem.warning(
        "corpus.conflict",
        second[1],
        field=message(f"corpus.field-{field}"),
        first=value,
        second=second[0],
        where=where,
    )


def _value(
    study: Study, corpus: CorpusOptions, field: str, written: str, location: Location
) -> tuple[str, list[Problem]]:
    """A value in its main form, or "" and the problem with it."""
    if field == "city":
        return main_name(study, corpus, written, location)
    if field == "actor":
        return _actor(study, written, location)
    if field == "fictional":
        if fold(written) in _YES | _NO:
            return (_FICTIONAL if fold(written) in _YES else "non"), []
        return "", [Problem.error("corpus.neither-yes-nor-no", location, value=written)]
    return written, []


def _actor_in_head(study: Study, head: Mapping[str, str]) -> str:
    """The actor that a head notice names; a post only where it is one of the study's actors."""
    written = _first(head, [name for name in FIELDS["actor"] if name not in _POSTS])
    post = _first(head, _POSTS)
    return written or (post if fold(post) in _actors(study) else "")


def _actors(study: Study) -> dict[str, str]:
    """Key of each actor by its folded key and label."""
    return {fold(name): key for key, label in study.actors.items() for name in (key, label)}


def _actor(study: Study, written: str, location: Location) -> tuple[str, list[Problem]]:
    """Key of an actor, or "" and an error for one that the study does not have."""
    actors = _actors(study)
    if fold(written) in actors:
        return actors[fold(written)], []
    suggestion = did_you_mean(
        written,
        [*study.actors.values(), *study.actors],
        key=fold,
        otherwise=message("common.possible-values", choices=tuple(study.actors)),
    )
    problem = Problem.error("corpus.unknown-actor", location, actor=written, suggestion=suggestion)
    return "", [problem]
