"""From the folders of a study to its transcripts: files, identifiers, duplicates."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from textlien.errors import Problem
from textlien.files.digests import digest, file_digest
from textlien.raw import raw_error, raw_problem
from textlien.study.options import CorpusOptions, Study
from textlien.transcripts import SUFFIXES, remedy

_NOT_IN_AN_IDENTIFIER = re.compile(r"[^a-z0-9]+")
_TEMPORARY = ("~$", ".")
# « noms » is the sheet of names of textlien pseudonymise.
_METADATA_NAMES = ("metadata", "readme", "lisez-moi", "noms")
_OUR_FOLDERS = ("runs", "models")
_LONGEST = 120


class Transcript(NamedTuple):
    """One file of a corpus.

    Attributes
    ----------
    corpus : number of its ``[[corpus]]``, from 0.
    path : the file.
    display_path : its path as the user knows it.
    identifier : what the identifiers of its interviews begin with.
    sha256 : of its bytes.
    twin : the file of the same kind that has the same bytes and comes first, as shown, or "".
    """

    corpus: int
    path: Path
    display_path: str
    identifier: str
    sha256: str
    twin: str = ""


def identifier_of(text: str) -> str:
    """Letters, digits and hyphens that can stand in a file name.

    >>> identifier_of("Entretien 01 – Élu/Besançon")
    'entretien-01-elu-besancon'
    """
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    name = _NOT_IN_AN_IDENTIFIER.sub("-", plain).strip("-")
    # It becomes the name of a file, with more behind it: file systems stop at 255 bytes.
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
    found: list[Transcript] = []
    problems: list[Problem] = []
    names: Counter[str] = Counter()
    owner: dict[Path, str] = {}
    for number, corpus in enumerate(study.corpus):
        files, faults = _files(study, corpus)
        problems += faults
        _refuse_shared(study, corpus, files, owner)
        base = _base(study, corpus)
        for path in files:
            relative = path.relative_to(base) if path.is_relative_to(base) else Path(path.name)
            name = identifier_of(f"{corpus.wave}/{relative.with_suffix('')}")
            names[name] += 1
            if names[name] > 1:
                name = f"{name}-{identifier_of(path.suffix)}-{names[name]}"
            found.append(Transcript(number, path, study.shown(path), name, file_digest(path)))
    return _with_twins(found), problems


def _refuse_shared(
    study: Study, corpus: CorpusOptions, files: Sequence[Path], owner: dict[Path, str]
) -> None:
    for path in files:
        if path.resolve() in owner:
            raise raw_error(
                f"{study.file.name}, [[corpus]]: {study.shown(path)} is in the corpus of wave "
                f'"{owner[path.resolve()]}" and in that of wave "{corpus.wave}".',
                "Put each wave in a folder of its own, or tell them apart by name: "
                'path = "transcripts/*_2013_*".',
            )
        owner[path.resolve()] = corpus.wave


def _parts(study: Study, path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The part of a path before its first wildcard, and the rest.

    A path that exists as it is has no wildcard, whatever characters are in its name.
    """
    parts = Path(path).parts
    first = next((i for i, part in enumerate(parts) if any(c in part for c in "*?[")), len(parts))
    if study.resolve(path).exists():
        first = len(parts)
    return parts[:first], parts[first:]


def _base(study: Study, corpus: CorpusOptions) -> Path:
    """Folder that names of files are taken relative to."""
    plain, _ = _parts(study, corpus.path)
    base = study.resolve(str(Path(*plain))) if plain else study.folder
    return base.parent if base.is_file() else base


def files_matching(study: Study, path: str) -> list[Path]:
    """Files that a path of the study file stands for: itself, what is below it, what it matches."""
    plain, pattern = _parts(study, path)
    start = study.resolve(str(Path(*plain))) if plain else study.folder
    if pattern:
        found: Iterator[Path] = start.glob(str(Path(*pattern)))
    elif start.is_file():
        found = iter([start])
    else:
        found = start.rglob("*")
    return sorted(path for path in found if path.is_file())


def _files(study: Study, corpus: CorpusOptions) -> tuple[list[Path], list[Problem]]:
    place = f'[[corpus]] wave "{corpus.wave}"'
    if not _base(study, corpus).is_dir() or not (
        _parts(study, corpus.path)[1] or study.resolve(corpus.path).exists()
    ):
        hint = "Correct path; it is relative to the study file."
        message = f'no such file or folder: "{corpus.path}".'
        return [], [raw_problem(study.file.name, message, hint, place)]
    apart = named_files(study)
    files = [path for path in files_matching(study, corpus.path) if _may_be_one(study, path, apart)]
    readable = [path for path in files if path.suffix.lower() in SUFFIXES]
    problems = [
        raw_problem(
            study.shown(path),
            f'files of kind "{path.suffix}" cannot be read.',
            f"{remedy(path.suffix)} Or move it out of the folder.",
        )
        for path in files
        if path.suffix.lower() not in SUFFIXES
    ]
    if not readable:
        hint = f"Put transcripts there ({', '.join(sorted(SUFFIXES))}), or correct path."
        problems.append(
            raw_problem(study.file.name, f'"{corpus.path}": no transcript.', hint, place)
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


def _may_be_one(study: Study, path: Path, apart: set[Path]) -> bool:
    """Whether a file may be a transcript, and is neither ours nor about the corpus."""
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


def _with_twins(found: list[Transcript]) -> list[Transcript]:
    first: dict[tuple[str, str], Transcript] = {}
    kinds = [(transcript.sha256, transcript.path.suffix.lower()) for transcript in found]
    for kind, transcript in zip(kinds, found, strict=True):
        first.setdefault(kind, transcript)
    return [
        transcript
        if first[kind] is transcript
        else transcript._replace(twin=first[kind].display_path)
        for kind, transcript in zip(kinds, found, strict=True)
    ]
