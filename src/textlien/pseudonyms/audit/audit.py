"""Looking for real names in whatever was written: tables, report, models, file names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textlien.pseudonyms.audit.pieces import Piece, UnreadableError, pieces
from textlien.pseudonyms.replacing.folded import FoldedForms, folded_words
from textlien.pseudonyms.review.key import Key
from textlien.pseudonyms.review.rows import TITLES
from textlien.raw import raw_error

_PARTICLES = TITLES | frozenset(
    "de du des la le les el al ben ibn bin van von der den saint sainte et".split()
)
_SHORTEST_PART = 3
# Below, a form is a piece of something else as often as not: « Li », « JP », « Eve ».
_SURE_LENGTH = 4
_SHORTEST_IN_BYTES = 5
_WORD = re.compile(r"[^\W_]+")
_PLACE = re.compile(r"(?:(?:row|line|item|byte|page) \d+)$")
# « EntretienAmirBenali2 »: a file name has words without blanks.
_CAMEL = re.compile(r"[^\W\d_a-zà-ÿ]?[a-zà-ÿœ]+|[^\W\d_a-zà-ÿ]+(?![a-zà-ÿ])|\d+")


class _Target(NamedTuple):
    """What a form found means; ``row`` 0 for what may stand: names to keep, pseudonyms."""

    row: int
    form: str = ""
    is_part: bool = False
    may_stand: bool = False


class Leak(NamedTuple):
    """A real name where none should be.

    Attributes
    ----------
    file : path in the folder, with names masked.
    place : where in the file first, with names masked.
    masked : first letter of the form, for one who has the key.
    row : of the key.
    times : how often in this column or part of the file.
    sure : False for what is also a common word, or a part of a name that may be another's.
    """

    file: str
    place: str
    masked: str
    row: int
    times: int
    sure: bool


class Audit(NamedTuple):
    """What was found.

    Attributes
    ----------
    leaks : sure ones first.
    files : number of files looked into.
    closed : files that could not be, and why.
    """

    leaks: list[Leak]
    files: int
    closed: list[tuple[str, str]]

    @property
    def sure(self) -> list[Leak]:
        """Leaks that are no common words."""
        return [leak for leak in self.leaks if leak.sure]

    def table(self, *, sure: bool) -> pd.DataFrame:
        """Leaks, or what may be one, a line each; forms are masked."""
        found = [leak for leak in self.leaks if leak.sure == sure]
        return pd.DataFrame(
            {
                "file": [leak.file for leak in found],
                "where": [leak.place for leak in found],
                "form": [leak.masked for leak in found],
                "row of the key": [leak.row for leak in found],
                "times": [leak.times for leak in found],
            }
        )


def audit(folder: Path, key: Key, key_path: Path | None = None) -> Audit:
    """Look for every real name of the key in all files of a folder, and in their names.

    Names are found in any case, without accents, with other apostrophes or hyphens, glued in file
    names; of a person also the surname or first name alone. Rows to keep are no leaks.

    Parameters
    ----------
    folder : a run, or a corpus with pseudonyms.
    key : who is who.
    key_path : where the key is: it must not be in ``folder``.
    """
    if not folder.is_dir():
        raise raw_error(
            f"{folder}: there is no such folder.", "Give --audit the folder of a run or a corpus."
        )
    searcher = _Searcher(key)
    leaks: list[Leak] = []
    closed: list[tuple[str, str]] = []
    paths = sorted(path for path in folder.resolve().rglob("*"))
    files = 0
    for path in [folder.resolve(), *paths]:
        relative = path.relative_to(folder.resolve().parent)
        shown = "/".join(searcher.mask(part) for part in relative.parts)
        leaks += searcher.in_name(path.name, shown)
        if not path.is_file():
            continue
        files += 1
        if key_path is not None and path == key_path.resolve():
            leaks.append(Leak(shown, "the key itself", "•••", 1, 1, sure=True))
            continue
        try:
            leaks += searcher.in_pieces(pieces(path.read_bytes(), path.name), shown)
        except UnreadableError as error:
            closed.append((shown, str(error)))
    leaks.sort(key=lambda leak: not leak.sure)
    return Audit(leaks, files, closed)


class _Searcher:
    """Finds the names of a key in texts."""

    def __init__(self, key: Key) -> None:
        rows = list(zip(key.names, key.lines or range(2, len(key.names) + 2), strict=True))
        kept = {folded_words(name.form) for name, _ in rows if name.action == "keep"}
        forms: list[tuple[str, _Target]] = []
        parts: list[tuple[str, _Target]] = []
        for name, row in rows:
            if name.action == "replace" and len("".join(folded_words(name.form))) > 1:
                both = folded_words(name.form) in kept
                forms.append((name.form, _Target(row, name.form, may_stand=both)))
                if name.kind == "person":
                    parts += _parts(name.form, row)
        for person, new in key.persons.items():
            if new != person:
                row = key.person_lines.get(person, 0) or 1
                forms.append((person, _Target(row, person)))
                parts += _parts(person, row)
        masks = [(name.form, _Target(0)) for name, _ in rows if name.action == "keep"]
        masks += [(name.pseudonym, _Target(0)) for name, _ in rows if name.action == "replace"]
        masks += [(new, _Target(0)) for new in key.persons.values()]
        # Of the same words the first counts: a real name before a mask before a part.
        self._forms = FoldedForms([*forms, *masks, *parts])
        glued = {"".join(folded_words(form)): target for form, target in forms}
        self._glued = {form: target for form, target in glued.items() if len(form) > _SURE_LENGTH}

    def in_pieces(self, found: Iterator[Piece], shown: str) -> list[Leak]:
        """Leaks of one file, those of one column or part together."""
        leaks: dict[tuple[str, int, bool], Leak] = {}
        for piece in found:
            for target, written in self._hits(piece.text):
                if piece.is_binary and len(written) < _SHORTEST_IN_BYTES:
                    continue
                sure = _is_sure(target, written)
                key = (_PLACE.sub("", piece.place), target.row, sure)
                before = leaks.get(key)
                if before:
                    leaks[key] = before._replace(times=before.times + 1)
                else:
                    place = self.mask(piece.place)
                    leaks[key] = Leak(shown, place, _masked(target.form), target.row, 1, sure)
        return list(leaks.values())

    def in_name(self, name: str, shown: str) -> list[Leak]:
        """Leaks in the name of a file or folder."""
        hits = [*self._hits(name), *self._hits(" ".join(_CAMEL.findall(name)))]
        found = {target.row: (target, _is_sure(target, written)) for target, written in hits}
        whole = "".join(folded_words(name))
        for form, target in self._glued.items():
            if form in whole:
                found.setdefault(target.row, (target, False))
        return [
            Leak(shown, "name of the file", _masked(target.form), row, 1, sure)
            for row, (target, sure) in found.items()
        ]

    def _hits(self, text: str) -> Iterator[tuple[_Target, str]]:
        composed = unicodedata.normalize("NFC", text)
        for found in self._forms.find(composed):
            if found.item.row:
                yield found.item, composed[found.start : found.end]

    def mask(self, text: str) -> str:
        """``text`` as it may be printed."""
        composed = unicodedata.normalize("NFC", text)
        parts: list[str] = []
        last = 0
        for found in self._forms.find(composed):
            if found.item.row:
                parts += [composed[last : found.start], _masked(composed[found.start :])]
                last = found.end
        shown = "".join([*parts, composed[last:]])
        whole = "".join(folded_words(shown))
        return _masked(shown) if any(form in whole for form in self._glued) else shown


def _parts(form: str, row: int) -> list[tuple[str, _Target]]:
    """The words of a person's name that are names on their own."""
    words = folded_words(form)
    return [
        (word, _Target(row, word, is_part=True))
        for word in words
        if len(words) > 1
        and len(word) >= _SHORTEST_PART
        and word.isalpha()
        and word not in _PARTICLES
    ]


def _is_sure(target: _Target, written: str) -> bool:
    """Whether what was found is a real name: not a common word, as « rose » and « pierre » are."""
    if target.may_stand:
        return False
    words = _WORD.findall(target.form.lower())
    doubtful = len("".join(words)) < _SURE_LENGTH or all(map(_is_common, words))
    if not doubtful:
        return True
    # Written as the name is, capital and all, it is one; in small letters it may be the word.
    return not target.is_part and written == target.form and not written.islower()


def _is_common(word: str) -> bool:
    # Imported here: reading the lists takes a moment, and an audit may find nothing.
    from textlien.pseudonyms.finding.common import is_common

    return not word.isdecimal() and is_common(word)


def _masked(form: str) -> str:
    return f"{form[:1]}•••"
