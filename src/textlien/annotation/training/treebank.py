"""Universal Dependencies treebanks: forms, lemmas and parts of speech of their sentences."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from textlien.raw import raw_error

_COLUMNS = 10


class GoldToken(NamedTuple):
    """One token of a treebank; ``space_after`` tells whether a blank follows it."""

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
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise raw_error(
            f"{path} cannot be read: {error}.", "Give a CoNLL-U file in UTF-8."
        ) from error
    sentences: list[Sentence] = []
    words: list[GoldToken] = []
    surface: list[GoldToken] = []
    contraction: _Contraction | None = None
    for number, line in enumerate([*lines, ""], 1):
        if not line.strip():
            if words:
                sentences.append(Sentence(words, surface))
            words, surface, contraction = [], [], None
            continue
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != _COLUMNS:
            raise raw_error(
                f"{path}, line {number}: {len(cells)} columns instead of {_COLUMNS}.",
                "A CoNLL-U file has ten columns, separated by tabulators.",
            )
        place, form, lemma, pos = cells[:4]
        token = GoldToken(form, lemma, pos, "SpaceAfter=No" not in cells[9].split("|"))
        if "-" in place:
            contraction = _Contraction(int(place.split("-")[1]), token, [])
        elif place.isdigit():
            words.append(token)
            if contraction is None:
                surface.append(token)
            else:
                contraction.parts.append(token)
                if int(place) == contraction.last:
                    surface.append(contraction.merged())
                    contraction = None
    return sentences


class _Contraction(NamedTuple):
    last: int
    written: GoldToken
    parts: list[GoldToken]

    def merged(self) -> GoldToken:
        head = self.parts[-1] if self.parts[-1].pos == "PRON" else self.parts[0]
        return self.written._replace(lemma=head.lemma, pos=head.pos)
