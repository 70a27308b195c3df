"""Universal Dependencies treebanks: forms, lemmas and parts of speech of their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from textlien.errors import Problem, TextlienError
from textlien.messages.message import Location

_COLUMNS = 10


class GoldToken(NamedTuple):
    """One token of a treebank; ``space_after`` is True where a blank follows it."""

    form: str
    lemma: str
    pos: str
    space_after: bool


class Sentence(NamedTuple):
    """One sentence, cut in two ways.

    Attributes
    ----------
    words : syntactic words: « du » is « de » and « le ».
    surface : what is written: « du » is one token. A contraction with a determiner has the lemma
        and part of speech of its preposition (« de », ADP), one with a pronoun those of the
        pronoun (« duquel »: « lequel », PRON).
    """

    words: list[GoldToken]
    surface: list[GoldToken]

    @property
    def text(self) -> str:
        """The sentence as written, without blanks at its end."""
        return "".join(
            token.form + (" " if token.space_after else "") for token in self.surface
        ).rstrip()


def read_conllu(path: Path) -> list[Sentence]:
    """Sentences of a CoNLL-U file; empty nodes are left out.

    Raises
    ------
    TextlienError
        When the file cannot be read, or a line has not the ten columns of CoNLL-U.

    References
    ----------
    https://universaldependencies.org/format.html
    """
    location = Location(file=str(path))
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise TextlienError(
            Problem.error("annotation.conllu-unreadable", location, reason=str(error))
        ) from error
    sentences: list[Sentence] = []
    rows: list[_Row] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip() and not line.startswith("#"):
            rows.append(_row(line, replace(location, line=number)))
        elif not line.strip():
            sentence = _sentence(rows)
            sentences += [sentence] if sentence.words else []
            rows = []
    return sentences


class _Row(NamedTuple):
    """A token and its number: « 3 », « 3-4 » of a contraction, « 3.1 » of an empty node."""

    number: str
    token: GoldToken


def _row(line: str, location: Location) -> _Row:
    """The token of a line of a CoNLL-U file."""
    cells = line.split("\t")
    if len(cells) != _COLUMNS:
        raise TextlienError(
            Problem.error("annotation.conllu-columns", location, n=len(cells), expected=_COLUMNS)
        )
    number, form, lemma, pos = cells[:4]
    return _Row(number, GoldToken(form, lemma, pos, "SpaceAfter=No" not in cells[9].split("|")))


def _sentence(rows: Sequence[_Row]) -> Sentence:
    """The words of a sentence, and its tokens as written."""
    words: list[GoldToken] = []
    surface: list[GoldToken] = []
    contraction: _Contraction | None = None
    for number, token in rows:
        if "-" in number:
            contraction = _Contraction(int(number.split("-")[1]), token, [])
        elif number.isdigit():
            words.append(token)
            if contraction is None:
                surface.append(token)
                continue
            contraction.parts.append(token)
            if int(number) == contraction.last:
                surface.append(contraction.merged())
                contraction = None
    return Sentence(words, surface)


class _Contraction(NamedTuple):
    """A token of several words: number of its last word, what is written, its words."""

    last: int
    written: GoldToken
    parts: list[GoldToken]

    def merged(self) -> GoldToken:
        """The token with the lemma and part of speech that :class:`Sentence` describes."""
        head = self.parts[-1] if self.parts[-1].pos == "PRON" else self.parts[0]
        return self.written._replace(lemma=head.lemma, pos=head.pos)
