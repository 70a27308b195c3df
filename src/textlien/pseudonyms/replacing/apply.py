"""The corpus with pseudonyms: a study of its own, complete, or nothing at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from textlien.files.atomic import write_bytes
from textlien.pseudonyms.model import Name
from textlien.pseudonyms.replacing.comparison import compare
from textlien.pseudonyms.replacing.guards import write_marker
from textlien.pseudonyms.replacing.plan import plan_of
from textlien.pseudonyms.replacing.source import Read, Source
from textlien.pseudonyms.replacing.study_file import STUDY_FILE
from textlien.pseudonyms.review.key import Key


class Applied(NamedTuple):
    """The corpus that was written.

    Attributes
    ----------
    study_file : of the corpus with pseudonyms.
    interviews, replaced, codings : numbers of interviews, of names replaced in their texts, and
        of codings that keep their words.
    rows_left_out : rows of codings files that point nowhere or code nothing.
    interviews_left_out : interviews that could not be used, and are not there.
    """

    study_file: Path
    interviews: int
    replaced: int
    codings: int
    rows_left_out: int
    interviews_left_out: int


def apply(
    source: Source,
    names: Sequence[Name],
    key: Key,
    folder: Path,
    *,
    read: Read,
    before_moving: Callable[[], None] = lambda: None,
) -> Applied:
    """Write the corpus with pseudonyms: transcripts, metadata, codings, codebook, study file.

    All texts are made first, then written beside ``folder``, read back and compared with what
    they were made from: turns, speakers, roles, sections and times, and every coding on its words.

    Parameters
    ----------
    source : the study.
    names : rows of the sheet, without faults.
    key : of :func:`~textlien.pseudonyms.replacing.identifiers.key_of`.
    folder : is replaced as a whole.
    read : reads the new study back.
    before_moving : called when all is well, before ``folder`` is touched; saves the key.
    """
    plan = plan_of(source, names, key)
    target = folder.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = target.with_name(f".{target.name}.{os.getpid()}")
    staged.mkdir()
    try:
        for file, text in plan.contents.items():
            _write(staged / file, text)
        compare(plan.expected, staged / STUDY_FILE, read)
        write_marker(staged)
        before_moving()
        _move(staged, target)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    rewritten = plan.expected.rewritten.values()
    return Applied(
        folder / STUDY_FILE,
        len(rewritten),
        sum(interview.replaced for interview in rewritten),
        plan.expected.n_codings,
        plan.rows_left_out,
        len(source.corpus.interviews) - len(rewritten),
    )


def _move(staged: Path, folder: Path) -> None:
    """Put the new folder in its place; the old one is deleted once the new one is there."""
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    if folder.exists():
        folder.rename(old)
    try:
        staged.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _write(path: Path, text: str) -> None:
    """Write a text with its line ends as they are; folders are made."""
    write_bytes(path, text.encode())
