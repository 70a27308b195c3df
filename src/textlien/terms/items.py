"""Tokens → items: the content words, expressions and connectors of a passage, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import pandas as pd

from textlien.terms.lexicon import Keys, Lexicon, word_keys

CONNECTORS = frozenset("de d' du des à au aux en la le les l'".split())
"""What may stand between two words of a collocation: « mise en place », « droit à l'oubli »."""

_LETTERS = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
# A body or a benefit (« la DGA », « le PRE ») that a pipeline takes for a name at times. Names of
# persons and towns are in capitals too, but have no article. Longer runs of capitals are headings.
_ACRONYM = re.compile(r"[A-ZÀ-ÖØ-Þ]{2,6}")
_CONTRACTED = frozenset({"du", "des", "au", "aux"})
_HYPHENS = re.compile(r"[-‑]")
# Fillers, marks and cut words do not part an expression: « le conseil euh général » is one.
_TRANSPARENT = frozenset({"X", "INTJ"})


class Kind(Enum):
    """Role of an item in its passage."""

    CONTENT = auto()
    CONNECTOR = auto()
    EXPRESSION = auto()
    BREAK = auto()


class Token(NamedTuple):
    """One row of table ``tokens``."""

    form: str
    lemma: str
    pos: str
    start: int
    end: int


class Item(NamedTuple):
    """One word or expression of a passage.

    Attributes
    ----------
    text : lemma or name of the expression; "" where a run of words ends.
    kind : see :class:`Kind`.
    form : as written.
    joins : True for what may begin or end a collocation.
    """

    text: str
    kind: Kind
    form: str
    joins: bool


BREAK = Item("", Kind.BREAK, "", False)
"""What ends a run of words: punctuation, verbs, stop words."""


class _Words(NamedTuple):
    """The words of a passage; a token with hyphens holds several.

    Attributes
    ----------
    tokens : without fillers, marks and hyphens.
    keys : of each word.
    owner : index of the token that each word is part of.
    first : index of the first word of each token.
    """

    tokens: list[Token]
    keys: list[Keys]
    owner: list[int]
    first: list[int]


@dataclass(frozen=True)
class ItemReader:
    """Reads the items of passages.

    Attributes
    ----------
    lexicon : expressions, which replace the words that they are made of.
    pos : parts of speech of content words.
    stop_words : lemmas in lower case that are not content words.
    """

    lexicon: Lexicon
    pos: frozenset[str]
    stop_words: frozenset[str]

    def passages(self, tokens: pd.DataFrame) -> Iterator[tuple[str, list[Item]]]:
        """Yield each passage of one interview with its items, in order."""
        columns = [tokens[name].tolist() for name in Token._fields]
        names = tokens["passage_id"].tolist()
        passage: list[Token] = []
        for index, row in enumerate(zip(*columns, strict=True)):
            passage.append(Token(*row))
            if index + 1 == len(names) or names[index + 1] != names[index]:
                yield names[index], list(self.items(passage))
                passage = []

    def items(self, tokens: Sequence[Token]) -> Iterator[Item]:
        """Yield expressions, words and breaks of one passage."""
        words = _words(tokens)
        index = 0
        while index < len(words.tokens):
            length, term = self._expression(words, index)
            if length:
                form = _surface(words.tokens[index : index + length])
                yield Item(term, Kind.EXPRESSION, form, False)
                index += length
            else:
                yield self._word(words.tokens[index], words.tokens[index - 1] if index else None)
                index += 1

    def _expression(self, words: _Words, index: int) -> tuple[int, str]:
        """Tokens and name of the longest expression that begins at a token; 0 where none does.

        An expression that ends within a token, as « centre » in « centre-ville », does not count.
        """
        start = words.first[index]
        match = self.lexicon.longest(words.keys, start)
        if match is None:
            return 0, ""
        last = start + match.length - 1
        if last + 1 < len(words.owner) and words.owner[last + 1] == words.owner[last]:
            return 0, ""
        return words.owner[last] + 1 - index, match.term

    def _word(self, token: Token, before: Token | None) -> Item:
        """The item of a single token."""
        form = token.form.lower().replace("’", "'")
        if form in CONNECTORS:
            return Item(form, Kind.CONNECTOR, form, False)
        pos = "NOUN" if before and _is_acronym(token, before) else token.pos
        if pos not in self.pos:
            return BREAK
        lemma = token.lemma.replace("’", "'")
        if pos != "PROPN" and not lemma.isupper():
            lemma = lemma.lower()
        if not _is_spelt(token.form, lemma) or lemma.lower() in self.stop_words:
            return BREAK
        # « appris » or « signe » would show one tense of a verb; a noun's number matters more.
        form = lemma if pos == "VERB" else token.form
        return Item(lemma, Kind.CONTENT, form, pos in {"NOUN", "ADJ", "PROPN"})


def _words(tokens: Sequence[Token]) -> _Words:
    """The words that expressions are looked for in."""
    audible = list(_audible(tokens))
    parts = [_parts(token.form, token.lemma) for token in audible]
    return _Words(
        audible,
        [keys for token_parts in parts for keys in token_parts],
        [index for index, token_parts in enumerate(parts) for _ in token_parts],
        [0, *accumulate(map(len, parts))],
    )


def _is_acronym(token: Token, before: Token) -> bool:
    """« la DGA », « au PRE »: no « M. DURAND », nor « à LYON »."""
    article = before.pos == "DET" or before.form.lower() in _CONTRACTED
    return token.pos == "PROPN" and article and _ACRONYM.fullmatch(token.form) is not None


def _is_spelt(form: str, lemma: str) -> bool:
    """False for « % » and « 2e », whose lemmas have letters (« pourcent »), and single letters."""
    return form[:1].isalpha() and len(lemma) > 1 and _LETTERS.fullmatch(lemma) is not None


def _audible(tokens: Sequence[Token]) -> Iterator[Token]:
    """Tokens without marks, fillers, and hyphens within a word (« vivre-ensemble »)."""
    for before, token in zip([None, *tokens], tokens, strict=False):
        hyphen = _HYPHENS.fullmatch(token.form) and before and before.end == token.start
        if token.pos not in _TRANSPARENT and not hyphen:
            yield token


@lru_cache(maxsize=200_000)
def _parts(form: str, lemma: str) -> tuple[Keys, ...]:
    """Keys of each part of a token: « petite-enfance » has two; punctuation matches nothing."""
    forms = [part for part in _HYPHENS.split(form) if part]
    lemmas = [part for part in _HYPHENS.split(lemma) if part]
    if not any(character.isalnum() for character in form):
        return (frozenset(),)
    if len(lemmas) != len(forms):
        lemmas = forms
    return tuple(map(word_keys, forms, lemmas))


def _surface(tokens: Sequence[Token]) -> str:
    """Their forms as written, fillers between them left out."""
    return " ".join(token.form.replace("’", "'") for token in tokens).replace("' ", "'")
