"""City, actor, person and date of an interview: from a table, a file name or a head notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textlien.corpus.actors import main_actor
from textlien.corpus.cities import main_name
from textlien.corpus.discovery import Transcript
from textlien.corpus.file_name import name_fields
from textlien.corpus.head import head_fields
from textlien.corpus.properties import property_fields
from textlien.corpus.records import InterviewRecord
from textlien.corpus.roster import Roster, Statement
from textlien.corpus.vocabulary import Vocabulary
from textlien.errors import Problem
from textlien.messages.message import Location, message
from textlien.study.options import CorpusOptions
from textlien.text.folding import fold
from textlien.text.yes_no import is_blank, yes_or_no

_FICTIONAL = "oui"
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
    vocabulary: Vocabulary,
    corpus: CorpusOptions,
    roster: Roster,
    transcript: Transcript,
    record: InterviewRecord,
) -> tuple[Metadata, list[Problem]]:
    """Describe one interview by its row of the roster, file name, head notice, then properties.

    Parameters
    ----------
    vocabulary : of the study.
    corpus : options of the corpus.
    roster : :func:`~textlien.corpus.roster.load_roster` of this corpus.
    transcript : file of the interview.
    record : head notice, properties and name of the interview.

    Returns
    -------
    The metadata, and its problems: a city or actor that the study does not know (error), a
    file name unlike the pattern (error), a head notice or properties that say otherwise (warning).
    """
    file = transcript.display_path
    sources, problems = _sources(vocabulary, corpus, roster, transcript, record)
    settled: dict[str, str] = {}
    for field in ("city", "actor", "person", "date", "fictional"):
        settled[field], faults = _settle(vocabulary, corpus, field, sources)
        problems += faults
    has_no_city = not any(source.values.get("city") for source in sources)
    # A missing row is the missing city, and is told already.
    if vocabulary.cities and has_no_city and not _lacks_row(corpus, roster, transcript):
        problems.append(Problem.warning("corpus.no-city", Location(file=file)))
    fictional = settled.pop("fictional") == _FICTIONAL or corpus.fictional
    return Metadata(corpus.wave, **settled, fictional=fictional), problems


def _sources(
    vocabulary: Vocabulary,
    corpus: CorpusOptions,
    roster: Roster,
    transcript: Transcript,
    record: InterviewRecord,
) -> tuple[list[Statement], list[Problem]]:
    """Statements about one interview, those of most weight first, and problems of their sources."""
    file = transcript.display_path
    sources: list[Statement] = []
    problems: list[Problem] = []
    row = roster.rows.get(transcript.path.resolve())
    if row:
        sources.append(row)
    elif _lacks_row(corpus, roster, transcript):
        location = Location(file=file)
        problems.append(Problem.warning("corpus.no-row", location, table=roster.file))
    if corpus.pattern:
        fields, problem = name_fields(corpus.pattern, transcript, vocabulary)
        problems += problem
        sources.append(Statement(Location(file=file, file_name=True), fields))
    location = Location(file=file, interview=record.name, head=not record.name)
    sources.append(Statement(location, head_fields(record.head, vocabulary.actors)))
    values = property_fields(record.properties, vocabulary.main_names)
    sources.append(Statement(Location(file=file, properties=True), values))
    return sources, problems


def _lacks_row(corpus: CorpusOptions, roster: Roster, transcript: Transcript) -> bool:
    """True for a file of which a metadata table that could be read has no row."""
    return bool(corpus.metadata) and roster.usable and transcript.path.resolve() not in roster.rows


def _settle(
    vocabulary: Vocabulary, corpus: CorpusOptions, field: str, sources: Sequence[Statement]
) -> tuple[str, list[Problem]]:
    """The value of the first source that has one; the others are compared with it."""
    problems: list[Problem] = []
    settled: tuple[str, Location] | None = None
    for source in sources:
        written = source.values.get(field, "")
        if not written:
            continue
        value, faults = _value(vocabulary, corpus, field, written, source.location)
        if settled is None:
            problems += faults
            settled = value, source.location
        elif value and settled[0] and not _agree(field, value, settled[0]):
            problems.append(_conflict(field, settled, (value, source.location)))
    return (settled[0] if settled else ""), problems


def _agree(field: str, left: str, right: str) -> bool:
    """True if two values of a field are the same: of dates the day, where both have one."""
    folded = fold(left), fold(right)
    days = [_day(text) if field == "date" else text for text in folded]
    return None in days or days[0] == days[1]


def _day(folded: str) -> tuple[int, int, int] | None:
    """Year, month and day of « 2013-03-12 », « 12/03/2013 » or « 12 mars 2013 », folded."""
    words = [str(_MONTHS.index(word) + 1) if word in _MONTHS else word for word in folded.split()]
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
    vocabulary: Vocabulary, corpus: CorpusOptions, field: str, written: str, location: Location
) -> tuple[str, list[Problem]]:
    """A value in its main form, or "" and the problem with it."""
    if field == "city":
        return main_name(vocabulary, corpus.cities, written, location)
    if field == "actor":
        return main_actor(vocabulary.actors, written, location)
    if field == "fictional":
        # A dash in a column of crosses is a cell left blank.
        answer = False if is_blank(written) else yes_or_no(written)
        if answer is None:
            return "", [Problem.error("corpus.neither-yes-nor-no", location, value=written)]
        return (_FICTIONAL if answer else "non"), []
    return written, []
