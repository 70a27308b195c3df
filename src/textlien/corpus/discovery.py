"""From the folders of a study to its transcripts: files, identifiers, duplicates."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from textlien.errors import Problem, TextlienError
from textlien.files.digests import digest, file_digest
from textlien.messages.message import Location
from textlien.study.options import CorpusOptions, LabelsOptions, Study
from textlien.text.names import comparable
from textlien.transcripts import ACCEPTED, SUFFIXES, remedy

_NOT_IN_AN_IDENTIFIER = re.compile(r"[^a-z0-9]+")
# Lock files of Word and LibreOffice, hidden files.
_TEMPORARY = ("~$", ".")
# « noms » is the sheet of names of textlien pseudonymise.
_METADATA_NAMES = ("metadata", "readme", "lisez-moi", "noms")
_OUR_FOLDERS = ("runs", "models")
# Of the 255 bytes of a file name: a key, a suffix and the number of an interview come behind.
_LONGEST = 120


class Transcript(NamedTuple):
    """One file of a corpus.

    Attributes
    ----------
    corpus : number of its ``[[corpus]]``, from 0.
    path : the file.
    display_path : its path as the user knows it.
    identifier : beginning of the identifiers of its interviews.
    sha256 : of its bytes.
    twin : path of the file of the same kind that has the same bytes and is kept, or "".
    labels : of its speakers, by role.
    """

    corpus: int
    path: Path
    display_path: str
    identifier: str
    sha256: str
    twin: str = ""
    labels: LabelsOptions = LabelsOptions()


def identifier_of(text: str) -> str:
    """Letters, digits and hyphens that can stand in a file name.

    >>> identifier_of("Entretien 01 – Élu/Besançon")
    'entretien-01-elu-besancon'
    """
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    name = _NOT_IN_AN_IDENTIFIER.sub("-", plain).strip("-")
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 17]}-{digest(name)}"


def discover(study: Study) -> tuple[list[Transcript], list[Problem]]:
    """List the transcripts of a study, in the order of its corpora and of file names.

    Returns
    -------
    The files that can be read by their suffix, and problems: folders that are missing or empty,
    files of an unknown kind.

    Raises
    ------
    TextlienError
        When two corpora have a file in common: it would count in two waves.
    """
    transcripts: list[Transcript] = []
    problems: list[Problem] = []
    names: Counter[str] = Counter()
    for number, corpus in enumerate(study.corpus):
        base = corpus_folder(study, corpus)
        files, faults = _files(study, number)
        problems += faults
        for path, file in files.items():
            relative = path.relative_to(base) if path.is_relative_to(base) else Path(path.name)
            name = identifier_of(f"{corpus.wave}/{relative.with_suffix('')}")
            names[name] += 1
            if names[name] > 1:
                name = f"{name}-{identifier_of(path.suffix)}-{names[name]}"
            labels = study.speakers.of_file(file)
            transcripts.append(
                Transcript(number, path, file, name, file_digest(path), labels=labels)
            )
    _refuse_shared(transcripts, [corpus.wave for corpus in study.corpus])
    return _with_twins(transcripts), problems


def _refuse_shared(transcripts: Sequence[Transcript], waves: Sequence[str]) -> None:
    """Refuse a file of two corpora, by the wave of each: it would count in two waves."""
    owner: dict[Path, Transcript] = {}
    for part in transcripts:
        first = owner.setdefault(part.path.resolve(), part)
        if first is not part:
            raise TextlienError(
                Problem.error(
                    "corpus.shared-file",
                    Location(file=part.display_path),
                    first=waves[first.corpus],
                    second=waves[part.corpus],
                )
            )


def _parts(study: Study, path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The part of a path before its first wildcard, and the rest.

    A path that exists as it is has no wildcard, whatever characters are in its name.
    """
    parts = Path(path).parts
    first = next((i for i, part in enumerate(parts) if any(c in part for c in "*?[")), len(parts))
    if study.resolve(path).exists():
        first = len(parts)
    return parts[:first], parts[first:]


def corpus_folder(study: Study, corpus: CorpusOptions) -> Path:
    """Folder that names of files are taken relative to."""
    plain, _ = _parts(study, corpus.path)
    base = study.resolve(str(Path(*plain))) if plain else study.folder
    return base.parent if base.is_file() else base


def files_matching(study: Study, path: str) -> list[Path]:
    """Files that a path of the study file stands for: itself, its content, or its matches."""
    plain, pattern = _parts(study, path)
    start = study.resolve(str(Path(*plain))) if plain else study.folder
    if pattern:
        paths: Iterator[Path] = start.glob(str(Path(*pattern)))
    elif start.is_file():
        paths = iter([start])
    else:
        paths = start.rglob("*")
    return sorted(path for path in paths if path.is_file())


def _files(study: Study, number: int) -> tuple[dict[Path, str], list[Problem]]:
    """Files of a corpus that can be read by their suffix, and a problem for each other one.

    Each comes with its path as the user knows it.
    """
    corpus = study.corpus[number]
    location = Location(file=study.file.name, option=f"corpus #{number + 1}.path")
    if not corpus_folder(study, corpus).is_dir() or not (
        _parts(study, corpus.path)[1] or study.resolve(corpus.path).exists()
    ):
        return {}, [Problem.error("corpus.no-such-path", location, path=corpus.path)]
    apart = named_files(study)
    paths = [
        path
        for path in files_matching(study, corpus.path)
        if _may_be_a_transcript(study, path, apart)
    ]
    files = {path: study.display_path(path) for path in paths}
    readable = {path: file for path, file in files.items() if path.suffix.lower() in ACCEPTED}
    problems = [
        Problem.error(
            "corpus.unknown-kind",
            Location(file=file),
            suffix=path.suffix,
            remedy=remedy(path.suffix),
        )
        for path, file in files.items()
        if path not in readable
    ]
    if not readable:
        suffixes = tuple(sorted(SUFFIXES))
        problems.append(
            Problem.error("corpus.no-transcript", location, path=corpus.path, suffixes=suffixes)
        )
    return readable, problems


def named_files(study: Study) -> set[Path]:
    """Files that the study file names for another purpose than as transcripts."""
    named = [corpus.metadata for corpus in study.corpus] + [study.axes.codebook]
    named += study.terms.expressions
    files = {study.resolve(path) for path in named if path}
    for entry in study.axes.codings:
        files |= {path.resolve() for path in files_matching(study, entry)}
    return files


def _may_be_a_transcript(study: Study, path: Path, apart: set[Path]) -> bool:
    """True unless a file is temporary, one of ours, or about the corpus."""
    inside = path.resolve()
    ours = [study.folder.resolve() / name for name in _OUR_FOLDERS]
    below = inside.relative_to(study.folder) if inside.is_relative_to(study.folder) else Path()
    return not (
        path.name.startswith(_TEMPORARY)
        or any(part.startswith(".") for part in below.parts)
        or any(inside.is_relative_to(folder) for folder in ours)
        or path.suffix.lower() == ".toml"
        or inside in apart
        or path.stem.lower() in _METADATA_NAMES
    )


def copies(parts: Sequence[Transcript]) -> list[int]:
    """For each of some files that hold the same, 0 or how many of the others it seems a copy of.

    « maire » comes before « maire (copie) », « maire v2 » and « Copie de maire », whose names hold
    its own; « double » and « maire » are alike.
    """
    stems = [comparable(part.path.stem) for part in parts]
    return [sum(other != stem and other in stem for other in stems) for stem in stems]


def _with_twins(transcripts: Sequence[Transcript]) -> list[Transcript]:
    """Name for each file the one of its kind that has the same bytes and is kept."""
    same: dict[tuple[str, str], list[Transcript]] = defaultdict(list)
    for part in transcripts:
        same[part.sha256, part.path.suffix.lower()].append(part)
    originals: dict[Transcript, Transcript] = {}
    for parts in same.values():
        ranks = zip((part.corpus for part in parts), copies(parts), range(len(parts)), strict=True)
        first = parts[min(ranks)[-1]]
        originals |= dict.fromkeys(parts, first)
    return [
        part if part is originals[part] else part._replace(twin=originals[part].display_path)
        for part in transcripts
    ]
