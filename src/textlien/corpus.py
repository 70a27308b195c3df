"""From the folders of a study to its transcripts: files, identifiers, duplicates."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from textlien.errors import Problem
from textlien.store import file_digest
from textlien.study import CorpusOptions, Study
from textlien.transcripts import SUFFIXES

_NOT_IN_AN_IDENTIFIER = re.compile(r"[^a-z0-9]+")
_TEMPORARY = ("~$", ".")
_METADATA_NAMES = ("metadata", "readme", "lisez-moi")


class Transcript(NamedTuple):
    """One file of a corpus.

    Attributes
    ----------
    corpus : number of its ``[[corpus]]``, from 0.
    path : the file.
    shown : its path as the user knows it.
    identifier : what the identifiers of its interviews begin with.
    sha256 : of its bytes.
    twin : the file that has the same bytes and comes first, as shown, or "".
    """

    corpus: int
    path: Path
    shown: str
    identifier: str
    sha256: str
    twin: str = ""


def identifier_of(text: str) -> str:
    """Letters, digits and hyphens that can stand in a file name.

    >>> identifier_of("Entretien 01 – Élu/Besançon")
    'entretien-01-elu-besancon'
    """
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return _NOT_IN_AN_IDENTIFIER.sub("-", plain).strip("-")


def find_transcripts(study: Study) -> tuple[list[Transcript], list[Problem]]:
    """List the transcripts of a study, in the order of its corpora and of file names.

    Returns
    -------
    The files that can be read by their suffix, and problems: folders that are missing or empty,
    files of an unknown kind.
    """
    found: list[Transcript] = []
    problems: list[Problem] = []
    names: Counter[str] = Counter()
    for number, corpus in enumerate(study.corpus):
        files, faults = _files(study, corpus)
        problems += faults
        base = _base(study, corpus)
        for path in files:
            relative = path.relative_to(base) if path.is_relative_to(base) else Path(path.name)
            name = identifier_of(f"{corpus.wave}/{relative.with_suffix('')}")
            names[name] += 1
            if names[name] > 1:
                name = f"{name}-{identifier_of(path.suffix)}-{names[name]}"
            found.append(Transcript(number, path, study.shown(path), name, file_digest(path)))
    return _with_twins(found), problems


def _base(study: Study, corpus: CorpusOptions) -> Path:
    """Folder that names of files are taken relative to: the part of the path without wildcards."""
    parts = Path(corpus.path).parts
    plain = parts[: _first_wildcard(parts)]
    base = study.resolve(str(Path(*plain))) if plain else study.folder
    return base.parent if base.is_file() else base


def _first_wildcard(parts: Sequence[str]) -> int:
    return next((i for i, part in enumerate(parts) if any(c in part for c in "*?[")), len(parts))


def _files(study: Study, corpus: CorpusOptions) -> tuple[list[Path], list[Problem]]:
    parts = Path(corpus.path).parts
    first = _first_wildcard(parts)
    place = f'[[corpus]] wave "{corpus.wave}"'
    start = _base(study, corpus)
    if first < len(parts):
        candidates: Iterator[Path] = start.glob(str(Path(*parts[first:])))
    elif study.resolve(corpus.path).is_file():
        candidates = iter([study.resolve(corpus.path)])
    elif start.is_dir():
        candidates = start.rglob("*")
    else:
        hint = "Correct path; it is relative to the study file."
        message = f'no such file or folder: "{corpus.path}".'
        return [], [Problem(study.file.name, message, hint, place)]
    files = sorted(p for p in candidates if p.is_file() and not p.name.startswith(_TEMPORARY))
    files = [path for path in files if not _is_about_the_corpus(study, path)]
    readable = [path for path in files if path.suffix.lower() in SUFFIXES]
    problems = [
        Problem(
            study.shown(path),
            f'files of kind "{path.suffix}" cannot be read.',
            f"Save it as one of: {', '.join(sorted(SUFFIXES))}; or move it out of the folder.",
        )
        for path in files
        if path.suffix.lower() not in SUFFIXES
    ]
    if not readable:
        hint = f"Put transcripts there ({', '.join(sorted(SUFFIXES))}), or correct path."
        problems.append(Problem(study.file.name, f'"{corpus.path}": no transcript.', hint, place))
    return readable, problems


def _is_about_the_corpus(study: Study, path: Path) -> bool:
    named = {study.resolve(corpus.metadata) for corpus in study.corpus if corpus.metadata}
    return path.resolve() in named or path.stem.lower() in _METADATA_NAMES


def _with_twins(found: list[Transcript]) -> list[Transcript]:
    first: dict[str, Transcript] = {}
    for transcript in found:
        first.setdefault(transcript.sha256, transcript)
    return [
        transcript
        if first[transcript.sha256] is transcript
        else transcript._replace(twin=first[transcript.sha256].shown)
        for transcript in found
    ]
