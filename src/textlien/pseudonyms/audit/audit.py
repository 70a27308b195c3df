"""Search for real names in all output: tables, report, models, file names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from textlien.errors import Problem, TextlienError
from textlien.messages.message import Location, Message
from textlien.pseudonyms.audit.pieces import Part, Piece, Place, UnreadableError, pieces
from textlien.pseudonyms.finding.predicates import is_common
from textlien.pseudonyms.folded_forms import FoldedForms, folded_words
from textlien.pseudonyms.model import TITLES
from textlien.pseudonyms.review.key import Key

_PARTICLES = TITLES | frozenset(
    "de du des la le les el al ben ibn bin van von der den saint sainte et".split()
)
_SHORTEST_PART = 3
"""Letters of a part of a name that is looked for alone: shorter ones are particles."""

_SURE_LENGTH = 4
"""Letters from which a form is a leak for certain; below, « Li », « JP » and « Eve » are a piece
of something else as often as not."""

_SHORTEST_IN_BYTES = 5
"""Letters of a form that is looked for in a binary file, where shorter ones come up by chance."""

_WORD = re.compile(r"[^\W_]+")
# « EntretienAmirBenali2 »: a file name has words without blanks.
_CAMEL = re.compile(r"[^\W\d_a-zà-ÿ]?[a-zà-ÿœ]+|[^\W\d_a-zà-ÿ]+(?![a-zà-ÿ])|\d+")


class _Target(NamedTuple):
    """A row of the key behind a form; ``row`` 0 for names to keep and pseudonyms."""

    row: int
    form: str = ""
    is_part: bool = False
    may_stand: bool = False


class Leak(NamedTuple):
    """A real name where none should be.

    Attributes
    ----------
    file : path in the folder, with names masked.
    place : in the file, the first one, with names masked.
    masked : first letter of the form, for the holder of the key.
    row : of the key.
    times : occurrences in this column or part of the file.
    sure : False for what is also a common word, or a part of a name that may be another's.
    """

    file: str
    place: Place
    masked: str
    row: int
    times: int
    sure: bool


class Audit(NamedTuple):
    """The result of a search.

    Attributes
    ----------
    leaks : sure ones first.
    files : number of files looked into.
    closed : files that could not be, and why.
    """

    leaks: list[Leak]
    files: int
    closed: list[tuple[str, Message]]

    @property
    def sure(self) -> list[Leak]:
        """Real names for certain."""
        return [leak for leak in self.leaks if leak.sure]

    @property
    def possible(self) -> list[Leak]:
        """Common words, and parts of names that may be another's."""
        return [leak for leak in self.leaks if not leak.sure]


def audit(folder: Path, key: Key, key_path: Path | None = None) -> Audit:
    """Search all files of a folder, and their names, for every real name of the key.

    Names are found in any case, without accents, with other apostrophes or hyphens, glued in file
    names; of a person also the surname or first name alone. Rows to keep are not leaks.

    Parameters
    ----------
    folder : a run, or a corpus with pseudonyms.
    key : the key.
    key_path : path of the key, which must not lie in ``folder``.

    Raises
    ------
    TextlienError
        When there is no such folder.
    """
    if not folder.is_dir():
        raise TextlienError(Problem.error("pseudonyms.no-folder", Location(file=str(folder))))
    root = folder.resolve()
    searcher = _Searcher(key)
    leaks: list[Leak] = []
    closed: list[tuple[str, Message]] = []
    files = 0
    for path in [root, *sorted(root.rglob("*"))]:
        relative = path.relative_to(root.parent)
        file = "/".join(searcher.mask(part) for part in relative.parts)
        leaks += searcher.in_name(path.name, file)
        if not path.is_file():
            continue
        files += 1
        if key_path is not None and path == key_path.resolve():
            leaks.append(Leak(file, Place(Part.KEY), "•••", 1, 1, sure=True))
            continue
        try:
            leaks += searcher.in_pieces(pieces(path.read_bytes(), path.name), file)
        except UnreadableError as error:
            closed.append((file, error.reason))
    leaks.sort(key=lambda leak: not leak.sure)
    return Audit(leaks, files, closed)


class _Searcher:
    """Finds the names of a key in texts."""

    def __init__(self, key: Key) -> None:
        """Index the forms of the key, and their spellings in one piece."""
        forms, parts = _targets(key)
        # Of the same words the first counts: a real name before a mask before a part.
        self._forms = FoldedForms([*forms, *_masks(key), *parts])
        glued = {"".join(folded_words(form)): target for form, target in forms}
        self._glued = {form: target for form, target in glued.items() if len(form) > _SURE_LENGTH}

    def in_pieces(self, texts: Iterable[Piece], file: str) -> list[Leak]:
        """Leaks of one file, those of one column or part together."""
        leaks: dict[tuple[Place, int, bool], Leak] = {}
        for piece in texts:
            for target, written in self._hits(piece.text):
                if piece.is_binary and len(written) < _SHORTEST_IN_BYTES:
                    continue
                sure = _is_sure(target, written)
                group = (piece.place._replace(number=0), target.row, sure)
                if before := leaks.get(group):
                    leaks[group] = before._replace(times=before.times + 1)
                else:
                    place = self._masked_place(piece.place)
                    leaks[group] = Leak(file, place, _masked(target.form), target.row, 1, sure)
        return list(leaks.values())

    def in_name(self, name: str, file: str) -> list[Leak]:
        """Leaks in the name of a file or folder."""
        hits = [*self._hits(name), *self._hits(" ".join(_CAMEL.findall(name)))]
        targets = {target.row: (target, _is_sure(target, written)) for target, written in hits}
        whole = "".join(folded_words(name))
        for form, target in self._glued.items():
            if form in whole:
                targets.setdefault(target.row, (target, False))
        return [
            Leak(file, Place(Part.FILE_NAME), _masked(target.form), row, 1, sure)
            for row, (target, sure) in targets.items()
        ]

    def _masked_place(self, place: Place) -> Place:
        """A place whose names of columns and members may be printed."""
        members = tuple(self.mask(member) for member in place.members)
        return place._replace(name=self.mask(place.name), members=members)

    def _hits(self, text: str) -> Iterator[tuple[_Target, str]]:
        """Real names in a text, each as it is written there."""
        composed = unicodedata.normalize("NFC", text)
        for match in self._forms.find(composed):
            if match.item.row:
                yield match.item, composed[match.start : match.end]

    def mask(self, text: str) -> str:
        """``text`` as it may be printed."""
        composed = unicodedata.normalize("NFC", text)
        parts: list[str] = []
        last = 0
        for match in self._forms.find(composed):
            if match.item.row:
                parts += [composed[last : match.start], _masked(composed[match.start :])]
                last = match.end
        masked = "".join([*parts, composed[last:]])
        whole = "".join(folded_words(masked))
        return _masked(masked) if any(form in whole for form in self._glued) else masked


_Targets = list[tuple[str, _Target]]


def _targets(key: Key) -> tuple[_Targets, _Targets]:
    """Forms of real names with their rows of the key, and parts of them that are names too."""
    rows = list(zip(key.names, key.lines or range(2, len(key.names) + 2), strict=True))
    kept = {name.form_words for name in key.names if name.action == "keep"}
    forms: _Targets = []
    parts: _Targets = []
    for name, row in rows:
        words = name.form_words
        if name.action == "replace" and len("".join(words)) > 1:
            forms.append((name.form, _Target(row, name.form, may_stand=words in kept)))
            if name.kind == "person":
                parts += _parts(name.form, row)
    for person, new in key.persons.items():
        if new != person:
            row = key.person_lines.get(person, 0) or 1
            forms.append((person, _Target(row, person)))
            parts += _parts(person, row)
    return forms, parts


def _masks(key: Key) -> _Targets:
    """Forms that may stand anywhere: names to keep, and pseudonyms."""
    kept = [name.form for name in key.names if name.action == "keep"]
    pseudonyms = [name.pseudonym for name in key.names if name.action == "replace"]
    return [(form, _Target(0)) for form in (*kept, *pseudonyms, *key.persons.values())]


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
    """True for a real name; False for a common word, as « rose » and « pierre » are."""
    if target.may_stand:
        return False
    words = _WORD.findall(target.form.lower())
    doubtful = len("".join(words)) < _SURE_LENGTH or all(map(_is_word, words))
    if not doubtful:
        return True
    # Written as the name is, capital and all, it is one; in small letters it may be the word.
    return not target.is_part and written == target.form and not written.islower()


def _is_word(word: str) -> bool:
    """True for a word of French; False for a number."""
    return not word.isdecimal() and is_common(word)


def _masked(form: str) -> str:
    """The first letter of a form, and dots."""
    return f"{form[:1]}•••"
