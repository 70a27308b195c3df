"""From the folders of a study to its transcripts: files, identifiers, duplicates."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from textlien.errors import Problem, TextlienError
from textlien.files.digests import digest, file_digest
from textlien.messages.message import Location, Message, message
from textlien.study.options import CorpusOptions, LabelsOptions, Study
from textlien.text.names import comparable
from textlien.transcripts import ACCEPTED, SUFFIXES, remedy

_NOT_IN_AN_IDENTIFIER = re.compile(r"[^a-z0-9]+")
# Lock files of Word and LibreOffice, what Word saves on the way, hidden files.
_TEMPORARY = ("~$", "~wr", ".")
# What editors, synchronisation and systems leave beside files, by suffix and by name.
_LEFTOVERS = ("~", ".tmp", ".temp", ".bak", ".wbk", ".asd", ".part", ".crdownload", ".lnk")
_OF_SYSTEMS = (
    *("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "@eadir"),
    *("$recycle.bin", "#recycle", "system volume information"),
)
_NOT_DOWNLOADED = ".icloud"
# « noms » is the sheet of names of textlien pseudonymise.
_METADATA_NAMES = ("metadata", "readme", "lisez-moi", "lisezmoi", "noms")
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
    """Files that a path of the study file stands for: itself, its content, or its matches.

    Links that lead out of the study are not followed; a folder elsewhere that the path names, as
    « ../commun/2013 », may hold links to itself.
    """
    start, _ = _start(study, path)
    return [
        entry
        for entry in _entries(study, path)
        if start and entry.is_file() and not _leads_out(study, start, entry)
    ]


def _start(study: Study, path: str) -> tuple[Path | None, tuple[str, ...]]:
    """The folder or file that a path begins with, None for a link out of the study; the pattern."""
    plain, pattern = _parts(study, path)
    home = study.folder.resolve()
    start = study.resolve(str(Path(*plain))) if plain else home
    is_written_inside = Path(os.path.normpath(home / Path(*plain))).is_relative_to(home)
    leads_out = is_written_inside and not start.is_relative_to(home)
    return (None if leads_out else start), pattern


def _entries(study: Study, path: str) -> list[Path]:
    """Files and folders that a path of the study file stands for, in order."""
    start, pattern = _start(study, path)
    if start is None or (start.is_file() and not pattern):
        return [start] if start else []
    if not pattern:
        return sorted(start.rglob("*"))
    wanted = [comparable(part) for part in pattern]
    return sorted(start.glob(str(Path(*pattern)))) or [
        entry
        for entry in sorted(start.rglob("*"))
        if _is_match([comparable(part) for part in entry.relative_to(start).parts], wanted)
    ]


def _is_match(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """True if the parts of a path match those of a pattern, of which ``**`` is any number."""
    if not parts or not pattern:
        return not parts and not pattern
    if pattern[0] == "**":
        return any(_is_match(parts[skipped:], pattern[1:]) for skipped in range(len(parts)))
    return fnmatchcase(parts[0], pattern[0]) and _is_match(parts[1:], pattern[1:])


def _leads_out(study: Study, start: Path, entry: Path) -> bool:
    """True for a link to neither the study nor the folder that its corpus is in."""
    real = entry.resolve()
    return not (real.is_relative_to(study.folder.resolve()) or real.is_relative_to(start))


def _links_out(study: Study, path: str, location: Location) -> Iterator[Problem]:
    """An error for each link that is not followed; ``location`` is that of the path."""
    start, _ = _start(study, path)
    if start is None:
        yield Problem.error("corpus.link-leads-out", location)
        return
    for entry in _entries(study, path):
        if _leads_out(study, start, entry):
            file = f"{study.display_path(entry.parent)}/{entry.name}"
            yield Problem.error("corpus.link-leads-out", Location(file=file))


def _files(study: Study, number: int) -> tuple[dict[Path, str], list[Problem]]:
    """Files of a corpus that can be read by their suffix, and a problem for each other one.

    Each comes with its path as the user knows it.
    """
    corpus = study.corpus[number]
    location = Location(file=study.file.name, option=f"corpus #{number + 1}.path")
    links = list(_links_out(study, corpus.path, location))
    if _start(study, corpus.path)[0] is None:
        return {}, links
    if not corpus_folder(study, corpus).is_dir() or not (
        _parts(study, corpus.path)[1] or study.resolve(corpus.path).exists()
    ):
        return {}, [Problem.error("corpus.no-such-path", location, path=corpus.path)]
    entries = files_matching(study, corpus.path)
    files = {path: study.display_path(path) for path in _candidates(study, entries)}
    readable = {path: file for path, file in files.items() if path.suffix.lower() in ACCEPTED}
    unread = [path for path in files if path not in readable]
    problems = [*links, *_not_downloaded(study, entries), *_of_unknown_kind(study, unread)]
    if not readable:
        suffixes = tuple(sorted(SUFFIXES))
        problems.append(
            Problem.error("corpus.no-transcript", location, path=corpus.path, suffixes=suffixes)
        )
    return readable, [*problems, *_names_alike(files.values())]


def _candidates(study: Study, entries: Sequence[Path]) -> list[Path]:
    """Files that may be transcripts; a link to one of the others counts for nothing."""
    apart, targets = named_files(study), set(entries)
    return [
        path
        for path in entries
        if _may_be_a_transcript(study, path, apart)
        and not (path.is_symlink() and path.resolve() in targets)
    ]


def _of_unknown_kind(study: Study, files: Iterable[Path]) -> Iterator[Problem]:
    """An error for each file whose suffix is that of no transcript."""
    for path in files:
        location = Location(file=study.display_path(path))
        yield Problem.error(
            "corpus.unknown-kind", location, suffix=path.suffix, remedy=remedy(path.suffix)
        )


def _not_downloaded(study: Study, files: Iterable[Path]) -> Iterator[Problem]:
    """An error for each transcript that iCloud keeps elsewhere, « .maire.docx.icloud »."""
    for path in files:
        name = path.name.removeprefix(".").removesuffix(_NOT_DOWNLOADED)
        is_elsewhere = path.name.startswith(".") and path.name.endswith(_NOT_DOWNLOADED)
        if is_elsewhere and Path(name).suffix.lower() in ACCEPTED:
            location = Location(file=study.display_path(path.with_name(name)))
            yield Problem.error("corpus.not-downloaded", location)


def _names_alike(files: Iterable[str]) -> Iterator[Problem]:
    """A warning for each file whose name looks like that of another in its folder."""
    earlier: dict[str, str] = {}
    for file in files:
        other = earlier.setdefault(comparable(file), file)
        if other != file:
            yield Problem.warning(
                "corpus.names-alike", Location(file=file), difference=_difference(file, other)
            )


def _difference(left: str, right: str) -> Message:
    """Describe how two names differ that look the same."""
    composed = [unicodedata.normalize("NFC", name) for name in (left, right)]
    if composed[0] == composed[1]:
        return message("corpus.differ-by-accents")
    if composed[0].casefold() == composed[1].casefold():
        return message("corpus.differ-by-case")
    return message("corpus.differ-by-characters")


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
        _is_litter(path.name)
        or any(part.startswith(".") or part.lower() in _OF_SYSTEMS for part in below.parts)
        or any(inside.is_relative_to(folder) for folder in ours)
        or path.suffix.lower() == ".toml"
        or inside in apart
        or path.stem.lower() in _METADATA_NAMES
    )


def _is_litter(name: str) -> bool:
    """True for the name of a file that a program left, and nobody wrote.

    >>> [_is_litter(name) for name in ("maire.docx", "Thumbs.db", ".~lock.a.odt#", "a.docx~")]
    [False, True, True, True]
    """
    plain = name.lower()
    return plain.startswith(_TEMPORARY) or plain.endswith(_LEFTOVERS) or plain in _OF_SYSTEMS


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
