"""The folder of an annotator: what it holds, and whether it is whole.

::

    config.cfg, meta.json, tokenizer, tok2vec/, morphologizer/, lemmatizer/    a spaCy pipeline
    LICENSE.md       of the model; another one than that of textlien
    README.md        the card
    manifest.json    data, options, libraries, licence, digests of the other files
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from textlien.files.digests import check_files, file_digest
from textlien.files.shipped import folder as resource_folder
from textlien.messages.message import message
from textlien.raw import raw_error

MANIFEST = "manifest.json"
LICENCE = "LICENSE.md"
CARD = "README.md"
FORMAT = 1

VERSION = "1.0.0"
"""Of the annotator that comes with this version of textlien."""

_RESTORE = (
    "Restore the folder from where it came (install textlien again), or remove it and train the "
    "annotator again: make annotator."
)


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
    """Name, version and eight digits that tell this annotator from another of the version.

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
    return f"{manifest['name']} {manifest['version']} ({file_digest(path)[:8]})"


def check_folder(folder: Path) -> None:
    """Refuse an annotator that is not as it was written.

    A folder without a manifest, such as any other spaCy pipeline, is not looked at.

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
        _check_licence(folder / "meta.json", manifest["licence"])
    check_files(folder, manifest["files"], message("files.restore-annotator"))


def _manifest(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise raw_error(f"{path} cannot be read: {error}.", _RESTORE) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        found = content.get("format") if isinstance(content, dict) else None
        raise raw_error(
            f"{path}: format {found}; this version of textlien reads format {FORMAT}.",
            "Use the annotator that comes with this version of textlien.",
        )
    missing = {"files", "licence", "name", "version"} - content.keys()
    if missing or not isinstance(content["files"], dict):
        what = ", ".join(sorted(missing)) or "files"
        raise raw_error(f"{path}: it lacks {what}.", _RESTORE)
    return content


def _check_licence(meta: Path, expected: str) -> None:
    try:
        stated = json.loads(meta.read_text(encoding="utf-8")).get("license")
    except (ValueError, AttributeError) as error:
        raise raw_error(f"{meta} cannot be read: {error}.", _RESTORE) from error
    if stated != expected:
        raise raw_error(
            f'{meta}: licence "{stated}", but the annotator was published under "{expected}".',
            "Its licence comes from the treebanks that it was trained on: do not pass it on before "
            f"that is settled. {_RESTORE}",
        )
