"""Names looked for in normalised text as their rows write them, case and accents included."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from textlien.pseudonyms.model import Name
from textlien.text.phrase_index import PhraseIndex

# One character for one, so that offsets stay: apostrophes are one letter, hyphens too.
_ALIKE = str.maketrans({**dict.fromkeys("’‘ʼ`´", "'"), **dict.fromkeys("‐‑", "-"), "\n": " "})
_PIECE = re.compile(r"\w+|\W")
"""Words, and every other character by itself: pieces tile a text."""

_ELIDED = frozenset(
    "l d j m t s n c qu jusqu lorsqu puisqu quoiqu presqu quelqu entr contr".split()
)
"""Words that end at an apostrophe; after another one, as « O' », the name continues."""

_PREFIXES = frozenset("ex pro anti non post pré".split())
_SUFFIXES = frozenset(["là", "ci"])
_BEFORE = re.compile(r"(\w+)[-']$")
_AFTER = re.compile(r"[-'](\w+)")
_WORD_REACH = 30
"""Characters looked at for the word before or behind: « anticonstitutionnellement » has 25."""


class NameMatch(NamedTuple):
    """A row found in a text: characters ``start`` to ``end``, the end excluded."""

    start: int
    end: int
    name: Name


class ExactForms:
    """The names of one interview, ready to be looked for.

    Parameters
    ----------
    names : rows that concern the interview. Those to keep are looked for as well, for what they
        cover is not touched: « Pierre » of « rue Pierre-Curie » or of « Pierre Curie ».
    """

    def __init__(self, names: Iterable[Name]) -> None:
        """Index the forms by their words and signs."""
        self._index = PhraseIndex((_pieces(_composed(name.form)), name) for name in names)

    def find(self, text: str) -> list[NameMatch]:
        """Names in ``text``, in order, without overlap: of two that meet, the longer one."""
        matches = self.find_all(text)
        matches.sort(key=lambda match: (match.start - match.end, match.start))
        return sorted(_without_overlap(matches), key=lambda match: match.start)

    def find_all(self, text: str) -> list[NameMatch]:
        """Names in ``text``, also those that are a part of another."""
        return list(self._find_all(alike(text)))

    def _find_all(self, text: str) -> Iterator[NameMatch]:
        """Names in a text of :func:`alike`."""
        pieces = _pieces(text)
        start = 0
        for index, piece in enumerate(pieces):
            for length, name in self._index.matches(pieces, index):
                end = start + sum(map(len, pieces[index : index + length]))
                if _is_whole(text, start, end):
                    yield NameMatch(start, end, name)
            start += len(piece)


def interview_names(names: Iterable[Name], interview: str) -> list[Name]:
    """The rows that concern one interview."""
    return [name for name in names if not name.files or interview in name.files]


def alike(text: str) -> str:
    """``text`` of the same length with one apostrophe, one hyphen, and blanks for line feeds."""
    return text.translate(_ALIKE)


def _composed(form: str) -> str:
    """A form as it is looked for."""
    return alike(unicodedata.normalize("NFC", form)).strip()


def _pieces(text: str) -> list[str]:
    """Words and other characters, which tile a text."""
    return _PIECE.findall(text)


def _without_overlap(matches: Sequence[NameMatch]) -> list[NameMatch]:
    """Matches that meet none before them."""
    kept: list[NameMatch] = []
    covered: set[int] = set()
    for match in matches:
        span = range(match.start, match.end)
        if covered.isdisjoint(span):
            covered.update(span)
            kept.append(match)
    return kept


def _is_whole(text: str, start: int, end: int) -> bool:
    """True when the characters ``start`` to ``end`` are words, not a part of one."""
    return not (
        (_is_letter(text[start]) and _continues_before(text, start))
        or (_is_letter(text[end - 1]) and _continues_behind(text, end))
    )


def _is_letter(char: str) -> bool:
    """True for a character that stands inside a word."""
    return char.isalnum() or char == "_"


def _continues_before(text: str, start: int) -> bool:
    """True when the word at ``start`` began before: « Amir » of « Samir » or « Jean-Amir »."""
    if start == 0:
        return False
    if _is_letter(text[start - 1]):
        return True
    before = _BEFORE.search(text, max(0, start - _WORD_REACH), start)
    if before is None:
        return False
    word, mark = before[1].lower(), text[start - 1]
    return word not in (_ELIDED if mark == "'" else _PREFIXES)


def _continues_behind(text: str, end: int) -> bool:
    """True when the word that ends at ``end`` continues: « Amir » of « Amira » or « Amir-Ali »."""
    if end == len(text):
        return False
    if _is_letter(text[end]):
        return True
    after = _AFTER.match(text, end, end + _WORD_REACH)
    if after is None:
        return False
    return after[1].lower() not in _SUFFIXES if text[end] == "-" else after[1] != "s"
