"""Spellings of speech that no treebank has, and numbers that a tokenizer cuts.

Words are respelt for the pipeline, never longer than they are written, so that places hold: it
then gives « p'tit » the lemma and the part of speech of « petit ». Numbers with blanks and times
of the day are joined again behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

_LETTERS = re.compile(r"\w*")
_BEFORE, _AFTER = r"(?<![\w'-])", r"(?![\w'])"


class Respelling(NamedTuple):
    """A word as the pipeline reads it; offsets count characters of the passage."""

    start: int
    end: int
    spelling: str


class Token(NamedTuple):
    """A token; ``start`` and ``end`` count characters of the passage."""

    start: int
    end: int
    form: str
    lemma: str
    pos: str


_RESPELT: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    # The apostrophe of « entr'aide », « entr'ouvrir » went in 1990 (Conseil supérieur de la langue
    # française, Rectifications de l'orthographe), after most dictionaries.
    (
        re.compile(r"(?<![\w-])entr'(?=[aàâeéèêiîoôuûhy])", re.IGNORECASE),
        lambda word: word.replace("'", ""),
    ),
    # « grand'mère », « grand'place », before 1932.
    (
        re.compile(r"(?<![\w'-])grand'(?=[^\W\d_]{3})", re.IGNORECASE),
        lambda word: word.replace("'", "-"),
    ),
    # An e that is not said: « p'tit », « r'garder », « ch'veux ». Of the letters that are elided
    # words too (« j'suis » is « je suis »), only the words that the tokenizer leaves whole.
    (
        re.compile(
            rf"{_BEFORE}(?:(?:ch|[bfgprv])'(?=[^\W\d_aàâeéèêiîoôuûy][^\W\d_]{{2}})"
            rf"|d'(?=(?:puis|main){_AFTER})|s'(?=maines?{_AFTER}))",
            re.IGNORECASE,
        ),
        lambda word: word.replace("'", "e"),
    ),
    (re.compile(rf"{_BEFORE}d'(?=jà{_AFTER})", re.IGNORECASE), lambda word: word[0] + "é"),
)

_REDUCED = {
    **dict.fromkeys(("ptit", "ptits", "ptite", "ptites"), ("petit", "ADJ")),
    **dict.fromkeys(("p't-être", "pt'être", "p'têt'", "ptêt", "p't'être"), ("peut-être", "ADV")),
    "v'là": ("voilà", "VERB"),
    "m'sieur": ("monsieur", "NOUN"),
    "mam'zelle": ("mademoiselle", "NOUN"),
}
"""Lemma and part of speech of reduced words that are longer in full."""

# « 3 000 », « 1 234 567 »: groups of three after one to three digits, so that « en 2013 200 » and a
# telephone number stay apart. « 18h30 », « 18 h 30 », « 8h ».
_NUMBER = re.compile(
    r"(?<![\d,.])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}){1,5}(?![\d\u2019'])(?![ \u00a0\u202f]\d)"
    r"|(?<![\d,.:])\d{1,2}[ \u00a0\u202f]?[hH](?:[ \u00a0\u202f]?[0-5]\d)?(?![\w'])"
)


def respellings(text: str) -> list[Respelling]:
    """Words of a passage that the pipeline reads in another spelling.

    Parameters
    ----------
    text : with plain apostrophes.

    >>> [word.spelling for word in respellings("de l'entr'aide des p'tits")]
    ['entraide', 'petits']
    """
    words = []
    for pattern, respell in _RESPELT:
        for match in pattern.finditer(text):
            rest = _LETTERS.match(text, match.end())
            ending = rest.group() if rest else ""
            spelling = respell(match.group()) + ending
            words.append(Respelling(match.start(), match.end() + len(ending), spelling))
    return sorted(words)


def full_form(form: str, lemma: str, pos: str) -> tuple[str, str]:
    """Lemma and part of speech of a token: those of the full word where it is a reduced one.

    >>> full_form("V'là", "v'là", "PROPN"), full_form("ville", "ville", "NOUN")
    (('voilà', 'VERB'), ('ville', 'NOUN'))
    """
    return _REDUCED.get(form.lower().replace("’", "'"), (lemma, pos))


def with_whole_numbers(tokens: Iterable[Token], text: str) -> Iterator[Token]:
    """Tokens of a passage, the pieces of a number or of a time of the day joined.

    Parameters
    ----------
    tokens : in order.
    text : the passage.
    """
    numbers = [match.span() for match in _NUMBER.finditer(text)]
    waiting: list[Token] = []
    for token in tokens:
        while numbers and numbers[0][1] <= token.start:
            numbers.pop(0)
        if not numbers or token.end <= numbers[0][0]:
            yield token
            continue
        start, end = numbers[0]
        waiting.append(token)
        if token.end >= end:
            yield from _joined(waiting, start, end, text)
            waiting = []
    yield from waiting


def _joined(pieces: list[Token], start: int, end: int, text: str) -> list[Token]:
    """One token of the pieces of a number, or the pieces where they are more than the number."""
    if (pieces[0].start, pieces[-1].end) != (start, end):
        return pieces
    form = text[start:end]
    return [Token(start, end, form, "".join(form.split()).lower(), "NUM")]
