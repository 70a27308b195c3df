"""The folder of an annotator: its files, its version, and a check that it is whole.

::

    config.cfg, meta.json, tokenizer, tok2vec/, morphologizer/, lemmatizer/    a spaCy pipeline
    LICENSE.md       of the model; another one than that of textlien
    README.md        the card
    manifest.json    data, options, libraries, licence, digests of the other files
"""

from __future__ import annotations

from pathlib import Path

from textlien.errors import Problem, TextlienError
from textlien.files.digests import (
    ModelManifest,
    check_files,
    file_digest,
    read_object,
    validated,
)
from textlien.files.shipped import folder as resource_folder
from textlien.messages.message import Location, message

MANIFEST = "manifest.json"
LICENCE = "LICENSE.md"
CARD = "README.md"
FORMAT = 1

VERSION = "1.0.0"
"""Of the annotator that comes with this version of textlien."""

_RESTORE = message("files.restore-annotator")


def shipped() -> Path:
    """The annotator that comes with textlien."""
    return resource_folder("annotator") / VERSION


def files_of(folder: Path) -> dict[str, str]:
    """Digest (SHA-256) of each file of a folder but its manifest, by its path in it."""
    return {
        path.relative_to(folder).as_posix(): file_digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def title(folder: Path) -> str:
    """Name, version and eight digits that distinguish annotators of the same version.

    Empty for a folder without a manifest.

    Raises
    ------
    TextlienError
        When the manifest cannot be read.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return ""
    manifest = _manifest(path)
    return f"{manifest.name} {manifest.version} ({file_digest(path)[:8]})"


def check_folder(folder: Path) -> None:
    """Refuse an annotator whose files are incomplete or changed.

    A folder without a manifest, such as any other spaCy pipeline, is not checked.

    Parameters
    ----------
    folder : as written by ``tools/train_annotator.py``.

    Raises
    ------
    TextlienError
        When the manifest cannot be read, a file is missing or another one, or ``meta.json`` states
        another licence than the manifest.
    """
    if not (folder / MANIFEST).is_file():
        return
    manifest = _manifest(folder / MANIFEST)
    if (folder / "meta.json").is_file():
        _check_licence(folder / "meta.json", manifest.licence)
    check_files(folder, manifest.files, _RESTORE)


class _Manifest(ModelManifest):
    """The keys of an annotator's manifest that are needed to use it."""

    name: str
    licence: str


def _manifest(path: Path) -> _Manifest:
    """Read a manifest, and refuse one of another format or without a key that is needed."""
    content = read_object(path, _RESTORE)
    if content.get("format", FORMAT) != FORMAT:
        raise TextlienError(
            Problem.error(
                "annotation.other-format",
                Location(file=str(path)),
                format=str(content["format"]),
                supported=FORMAT,
            )
        )
    return validated(path, content, _Manifest, _RESTORE)


def _check_licence(meta: Path, licence: str) -> None:
    """Refuse a ``meta.json`` that states another licence than the manifest."""
    stated = read_object(meta, _RESTORE).get("license")
    if stated != licence:
        raise TextlienError(
            Problem.error(
                "annotation.other-licence",
                Location(file=str(meta)),
                stated=str(stated),
                licence=licence,
                remedy=_RESTORE,
            )
        )
