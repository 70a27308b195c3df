"""Loading and validation of a study file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from textlien.errors import Problem, TextlienError, did_you_mean, raise_all
from textlien.files.toml import read_toml
from textlien.messages.message import Location
from textlien.study.options import Study
from textlien.study.wording import unknown_key, violation
from textlien.text.names import comparable, is_folder_name


def load(file: str | Path) -> Study:
    """Read and check a study file.

    Parameters
    ----------
    file : path of the TOML file.

    Raises
    ------
    TextlienError
        When the file is missing, is not TOML or breaks the schema: every violation at once,
        each with its place and, for an unknown key, the nearest one that may stand there.
    """
    path = Path(file).resolve()
    display_path = str(file)
    if not path.is_file():
        raise TextlienError(Problem.error("study.no-file", Location(file=display_path)))
    content = read_toml(path, display_path)
    if "file" in content:
        raise TextlienError(unknown_key(display_path, ("file",)))
    try:
        study = Study(file=path, **content)
    except ValidationError as error:
        raise TextlienError(*_violations(display_path, error)) from error
    raise_all(
        [
            *_escaped_paths(display_path, study),
            *_contradictions(display_path, study),
            *_edits_of_a_model(display_path, study),
        ]
    )
    return study


def _violations(file: str, error: ValidationError) -> Iterator[Problem]:
    """Every violation of the schema, once."""
    all_details = error.errors()
    # A [[corpus]] that is broken inside is also reported as a missing one.
    nested = any(
        details["loc"][0] == "corpus" and len(details["loc"]) > 1 for details in all_details
    )
    for details in all_details:
        if not (nested and details["type"] == "too_short"):
            yield violation(file, details)


def _paths(study: Study) -> Iterator[tuple[str, str]]:
    """Option and path of all files and folders that a study file names."""
    for number, corpus in enumerate(study.corpus, start=1):
        yield f"corpus #{number}.path", corpus.path
        yield f"corpus #{number}.metadata", corpus.metadata
    for number, entry in enumerate(study.speakers.file, start=1):
        yield f"speakers.file #{number}", entry.path
    yield "themes.file", study.themes.file
    yield "themes.guide", study.themes.guide
    yield "axes.codebook", study.axes.codebook
    yield "axes.model", study.axes.model
    yield "themes.model", study.themes.model
    yield from (("axes.codings", path) for path in study.axes.codings)
    yield from (("terms.expressions", path) for path in study.terms.expressions)


def _escaped_paths(file: str, study: Study) -> Iterator[Problem]:
    """Errors of paths with backslashes that TOML took for a tabulator or the end of a line."""
    for option, path in _paths(study):
        plain = path.translate(_ESCAPES)
        if plain != path:
            location = Location(file=file, option=option)
            yield Problem.error("study.backslash-in-path", location, path=plain)


def _contradictions(file: str, study: Study) -> Iterator[Problem]:
    """Options that are allowed each, and not together."""
    if not is_folder_name(study.name):
        option = Location(file=file, option="study.name")
        yield Problem.error("study.file-name-names-no-folder", option, name=study.name)
    for wave in study.contrasts.waves:
        if wave not in study.waves:
            location = Location(file=file, option="contrasts.waves")
            yield Problem.error("study.unknown-wave", location, wave=wave, waves=study.waves)
    cities = study.cities_of_study
    names = {comparable(city) for city in (*cities, *study.cities.aliases)}
    for city in study.cities.panel if cities else ():
        if comparable(city) not in names:
            yield Problem.error(
                "study.unknown-panel-city",
                Location(file=file, option="cities.panel"),
                city=city,
                suggestion=did_you_mean(city, cities, cutoff=_ALIKE_CITIES),
            )
    for number, corpus in enumerate(study.corpus, start=1):
        if corpus.metadata and corpus.pattern:
            location = Location(file=file, option=f"corpus #{number}")
            yield Problem.error("study.metadata-and-pattern", location)


def _edits_of_a_model(file: str, study: Study) -> Iterator[Problem]:
    """The error of a file of themes beside a model, whose themes are as they were kept."""
    if study.themes.file and study.themes.model:
        yield Problem.error("study.themes-file-and-model", Location(file=file, option="themes"))


_ESCAPES = str.maketrans({"\t": "/t", "\n": "/n", "\r": "/r", "\b": "/b", "\f": "/f"})
"""Control characters that TOML makes of « \\t » and the like, as parts of a path."""

_ALIKE_CITIES = 0.5
"""Likeness from which a city is suggested: « Clichy » for « Clichy-sous-Bois » is at 0.55."""
