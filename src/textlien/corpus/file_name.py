"""An interview as its file name describes it: ``{city}_{actor}_{n}``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from textlien.corpus.discovery import Transcript
from textlien.corpus.records import InterviewRecord
from textlien.corpus.vocabulary import Vocabulary
from textlien.errors import Problem
from textlien.messages.message import Location
from textlien.text.folding import fold

_VALUE = r"[\w-]+?"
_SHAPES = {
    "city": _VALUE,
    "actor": _VALUE,
    "person": _VALUE,
    "date": _VALUE,
    "n": r"\d+[a-z]?",
}
FIELDS = tuple(_SHAPES)
"""Fields that a pattern may hold; ``{n}`` is a number that means nothing else."""

_OTHER_DOCUMENTS = (
    *("grille d'entretien", "grille entretien", "guide d'entretien", "guide entretien"),
    *("trame d'entretien", "trame entretien", "grille", "trame", "questionnaire", "consentement"),
    *("autorisation", "formulaire", "note d'information", "lettre d'information", "charte"),
    *("notes de terrain", "note de terrain", "carnet de terrain", "journal de terrain"),
    *("notes d'observation", "notes d'entretien", "compte rendu", "CR de réunion", "planning"),
    *("calendrier", "liste des entretiens", "liste des enquêtés", "coordonnées", "contacts"),
    *("consignes de transcription", "conventions de transcription", "bibliographie", "à faire"),
)
"""Names, or parts of names, of what lies beside transcripts."""

_FEWEST_WORDS = 30
"""Words of a text without questions from which it may be an interview; a judgement."""

_FIELD = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\W_]+")
_PIECE = re.compile(r"[^\W_]+|[\W_]+")
_JOINT = re.compile("[_-]")


def name_fields(
    pattern: str, transcript: Transcript, vocabulary: Vocabulary
) -> tuple[dict[str, str], list[Problem]]:
    """Fields of an interview that its file name gives, or the problem with it or the pattern.

    Parameters
    ----------
    pattern : ``pattern`` of the corpus.
    transcript : the file.
    vocabulary : of the study.
    """
    if not is_usable(pattern):
        option = f"corpus #{transcript.corpus + 1}.pattern"
        location = Location(file=vocabulary.study_file, option=option)
        choices = tuple(f"{{{name}}}" for name in FIELDS)
        problem = Problem.error(
            "corpus.pattern-not-usable", location, pattern=pattern, fields=choices
        )
        return {}, [problem]
    stem = transcript.path.stem
    cities = [*vocabulary.cities, *vocabulary.aliases]
    actors = [name for pair in vocabulary.actors.items() for name in pair]
    fields = values(pattern, stem, cities, actors)
    if fields is not None:
        return fields, []
    location = Location(file=transcript.display_path)
    problem = Problem.error("corpus.file-name-unlike-pattern", location, name=stem, pattern=pattern)
    return {}, [problem]


def perhaps_no_interview(transcript: Transcript, record: InterviewRecord) -> Problem | None:
    """A warning for a file in which nobody is asked, and that its name or its length sets apart.

    Parameters
    ----------
    transcript : the file.
    record : an interview of it.
    """
    roles = {speaker.role for speaker in record.speakers}
    if {"interviewer", "interviewee"} <= roles or record.name:
        return None
    location = Location(file=transcript.display_path)
    stem = f" {fold(transcript.path.stem)} "
    kind = next((kind for kind in _OTHER_DOCUMENTS if f" {fold(kind)} " in stem), "")
    if kind:
        return Problem.warning("corpus.name-of-another-document", location, kind=kind)
    if 0 < record.n_words < _FEWEST_WORDS:
        return Problem.warning("corpus.too-short-for-an-interview", location, words=record.n_words)
    return None


def is_usable(pattern: str) -> bool:
    """True if a pattern has fields, no unknown one, each once."""
    fields = _FIELD.findall(pattern)
    return bool(fields) and set(fields) <= set(FIELDS) and len(set(fields)) == len(fields)


def values(
    pattern: str, stem: str, cities: Sequence[str], actors: Sequence[str]
) -> dict[str, str] | None:
    """Read a file name after a pattern, or None when it does not follow it.

    Case and accents do not count. Where the pattern has one separator and the file name has it
    too, only that one separates: ``Le-Havre_voisin_3`` is of Le-Havre; else all do. Cities and
    actors of the study are recognised whole, so that ``clichy_sous_bois_elu_3`` is not cut at its
    first ``_``; any other name comes out as written.

    Parameters
    ----------
    pattern : one for which :func:`is_usable` holds.
    stem : a file name without its suffix.
    cities, actors : names that the study knows.

    >>> values("{city}_{actor}_{n}", "le-havre_ELU_3", ["Le Havre"], ["elu"])
    {'city': 'Le Havre', 'actor': 'ELU'}
    """
    words = list(_WORD.finditer(unicodedata.normalize("NFC", stem)))
    folded = _folded(words, _separator(pattern))
    city, actor = {"city": _any_of(cities)}, {"actor": _any_of(actors)}
    for by_sight in (city | actor, city, actor, {}):
        shapes = _SHAPES | by_sight
        match = re.fullmatch(_expression(pattern, shapes), folded)
        if match:
            fields = {
                name: _as_written(words, folded, match.span(name))
                for name in _FIELD.findall(pattern)
                if name != "n"
            }
            if "city" in fields:
                declared = {fold(city): city for city in cities}
                fields["city"] = declared.get(fold(fields["city"]), fields["city"])
            return fields
    return None


def _separator(pattern: str) -> str:
    """The one character that separates the fields of a pattern, or "" where there are more."""
    separators = set("".join(_BETWEEN.findall("".join(_FIELD.split(pattern)[::2]))))
    return separators.pop() if len(separators) == 1 else ""


def _folded(words: Sequence[re.Match[str]], separator: str) -> str:
    """Folded words joined by ``_`` where fields may be separated, by ``-`` elsewhere."""
    if not words:
        return ""
    stem = words[0].string
    between = [stem[before.end() : after.start()] for before, after in pairwise(words)]
    strict = separator and any(separator in gap for gap in between)
    joints = ["-" if strict and separator not in gap else "_" for gap in between]
    plain = [fold(word.group()).replace(" ", "") for word in words]
    return "".join(text for pair in zip(plain, [*joints, ""], strict=True) for text in pair)


def _expression(pattern: str, shapes: Mapping[str, str]) -> str:
    """``pattern`` as a regular expression over what :func:`_folded` gives."""
    parts = _FIELD.split(unicodedata.normalize("NFC", pattern))
    literals = [
        "".join(fold(piece) if _WORD.match(piece) else "_" for piece in _PIECE.findall(part))
        for part in parts[::2]
    ]
    named = [f"(?P<{name}>{shapes[name]})" for name in parts[1::2]]
    return "".join(text for pair in zip(literals, [*named, ""], strict=True) for text in pair)


def _as_written(words: Sequence[re.Match[str]], folded: str, span: tuple[int, int]) -> str:
    """The words under ``span`` of the folded name, as they were before they were folded."""
    first = len(_JOINT.findall(folded[: span[0]]))
    last = len(_JOINT.findall(folded[: span[1]]))
    whole = words[0].string[words[first].start() : words[last].end()]
    return whole.replace("_", " ")


def _any_of(names: Iterable[str]) -> str:
    """A regular expression of names, the longest first, or of any value where there is none."""
    longest_first = sorted((fold(name) for name in names), key=len, reverse=True)
    return "|".join("[_-]".join(map(re.escape, name.split())) for name in longest_first) or _VALUE
